"""The environment as others hand it over: quotes around values, and names that are theirs.

Kubernetes describes every Service of a namespace in the environment of its pods. One named `mend`
makes MEND_SERVICE_HOST, and a MEND_PORT that is no port but an address.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_QUOTES = {'"': '"', "'": "'", "“": "”", "‘": "’"}
_SERVICE = re.compile(
    r"MEND_(?:\w+_)?(?:SERVICE_(?:HOST|PORT(?:_\w+)?)"
    r"|PORT_\d+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?)"
)
_ADDRESS = re.compile(r"(?:tcp|udp|sctp)://\S+")

KUBERNETES = (
    "Kubernetes put {keys} here for a Service whose name starts with mend; they are not read. To be"
    " rid of them, write enableServiceLinks: false into the pod's spec, or rename the Service."
)


def unquoted(value: str) -> str:
    """Without the one pair of quotes that `docker --env-file` and others leave around a value."""
    value = value.strip()
    closing = _QUOTES.get(value[:1])
    return value[1:-1].strip() if closing and len(value) > 1 and value[-1] == closing else value


def of_services(environment: Mapping[str, str]) -> list[str]:
    """The names in it that Kubernetes made of Services."""
    return sorted(
        key
        for key, value in environment.items()
        if key.startswith("MEND_")
        and (_SERVICE.fullmatch(key) or (key.endswith("_PORT") and _ADDRESS.fullmatch(value)))
    )
