"""Where the database is: a file, or a PostgreSQL server."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Server:
    """A database on a PostgreSQL server. As text it is without the password."""

    url: str = field(repr=False)

    def __str__(self) -> str:
        parts = urlsplit(self.url)
        place = parts.netloc.rpartition("@")[2]
        user = parts.netloc.rpartition("@")[0].partition(":")[0]
        return f"postgresql://{user}{'@' if user else ''}{place}{parts.path}"


def database(value: str) -> Path | Server:
    """What a database address names; raises ValueError where it names nothing."""
    if re.fullmatch(r"sqlite:///.+", value):
        return Path(value.removeprefix("sqlite:///"))
    if re.fullmatch(r"postgres(ql)?://[^\s/?#]*(/[^\s?#@]*)?(\?[^\s@]*)?", value):
        return Server(value)
    if value.startswith("postgres") and "@" in value:
        raise ValueError(
            "is no PostgreSQL address (in a password / is %2F, ? is %3F, # is %23, @ is %40)"
        )
    raise ValueError("is not the address of an SQLite file or of a PostgreSQL database")
