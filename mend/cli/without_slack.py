"""The commands that need no Slack: what they read are files and lines, what they write is text.

With `--jsonl` many lines go in and out, one JSON object each, so that they can be measured.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import handlers
from mend import settings as settings_table
from mend.db.backup import back_up
from mend.db.backup import restore as restore_from
from mend.db.mapping import plain
from mend.db.model import Refused
from mend.db.schema import NO_PSYCOPG
from mend.db.snapshot import looked_into
from mend.dispatch.manifest import manifest
from mend.playbooks.files import PlaybookFolder
from mend.playbooks.lint import lint
from mend.playbooks.model import Severity
from mend.repair.store import LearningStore
from mend.search import Confidence
from mend.search.chosen import model_of, ranker_of
from mend.settings import Settings
from mend.settings.address import Server
from mend.settings.address import database as database_address
from mend.text.redaction import redact as redact_text
from mend.text.wording import Remembering, judge, judge_reactive, rewrite

RESULTS = 5


def print_json(value: object, indent: int | None = None) -> None:
    """In letters as they are where the output can hold all of them, else spelled in ASCII."""
    is_narrow = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    print(json.dumps(value, indent=indent, ensure_ascii=is_narrow))


def check(settings: Settings, args: argparse.Namespace) -> int:
    """Lint the playbooks; 1 where a file has an error."""
    folder = Path(args.folder or settings.mend_playbooks)
    loaded = PlaybookFolder(folder)
    found = lint(
        loaded.playbooks, loaded.problems, datetime.now(UTC).date(), line_of=loaded.line_of
    )
    if args.json:
        print_json([problem.to_json() for problem in found], indent=2)
    else:
        for problem in found:
            print(problem)
        print(f"{len(loaded.playbooks)} playbooks in {folder}.")
    return int(any(problem.severity is Severity.ERROR for problem in found))


def search(settings: Settings, args: argparse.Namespace) -> int:
    """Rank playbooks for words, or for each line of JSON with a "query"."""
    model, _ = model_of(settings)
    ranker = ranker_of(settings, model)
    loaded = PlaybookFolder(Path(args.playbooks or settings.mend_playbooks))
    ranker.replace(loaded.playbooks)
    ranker.warm()
    titles = {book.slug: book.title for book in loaded.playbooks}

    def find(query: str) -> dict[str, Any]:
        answer = ranker.find(query, RESULTS)
        return {
            "query": query,
            "match": answer.confidence is not Confidence.NONE,
            "results": [{"slug": hit.slug, "score": round(hit.score, 4)} for hit in answer.hits],
        }

    if args.jsonl:
        return _each_line(lambda line: find(str(line["query"])))
    answer = ranker.find(" ".join(args.words), RESULTS)
    print(f"{answer.confidence.value}:")
    for hit in answer.hits:
        print(f"  {hit.score:.2f}  {hit.slug}: {titles[hit.slug]}")
    return 0


def redact(settings: Settings, args: argparse.Namespace) -> int:
    """Mask personal data in words, or in each line of JSON with a "text"."""

    def masked(line: dict[str, Any]) -> dict[str, Any]:
        done = redact_text(str(line["text"]))
        found = [{"type": each.type, "start": each.start, "end": each.end} for each in done.found]
        return {"text": done.text, "found": found}

    if args.jsonl:
        return _each_line(masked)
    print(redact_text(" ".join(args.words)).text)
    return 0


def wording(settings: Settings, args: argparse.Namespace) -> int:
    """Judge wording in each line of JSON with a "text", or in some words."""
    loaded, _ = model_of(settings)
    model = Remembering(loaded) if loaded else None

    def judged(line: dict[str, Any]) -> dict[str, Any]:
        text = str(line["text"])
        found = judge_reactive(text, model) if args.reactive else judge(text, model)
        said = rewrite(text, model) if found.flag and not args.reactive else None
        return {"flag": found.flag, "labels": list(found.labels), "rewrite": said}

    if args.jsonl:
        return _each_line(judged)
    print_json(judged({"text": " ".join(args.words)}))
    return 0


def export(settings: Settings, args: argparse.Namespace) -> int:
    """Playbooks, phrases that two people used, and counts by playbook and month, as JSON."""
    db = looked_into(settings.database, "")
    kept = LearningStore(db).export()
    db.close()
    books = [plain(book) for book in PlaybookFolder(Path(settings.mend_playbooks)).playbooks]
    print_json({"playbooks": books, **kept}, indent=2)
    return 0


def backup(settings: Settings, args: argparse.Namespace) -> int:
    """Copy the database to a new file, also while the bot runs."""
    to = Path(args.path)
    if isinstance(settings.database, Server):
        raise Refused(_of_server("pg_dump --format=custom --file", settings.database, to))
    back_up(settings.database, to)
    print(
        f"{to} holds all that Mend remembers: people's notes, who wrote them, promises, counts."
        " Playbooks are files: copy their folder, too.\nIt is readable for this account only."
        " What people delete stays in it, so delete each backup after"
        f" {settings.mend_retention_days} days at the latest."
    )
    return 0


def restore(settings: Settings, args: argparse.Namespace) -> int:
    """Put a backup in the place of the database, while the bot does not run."""
    database = settings.database
    if isinstance(database, Server):
        told = "pg_restore --clean --if-exists --no-owner --single-transaction --dbname"
        raise Refused(f"Stop Mend first. {_of_server(told, database, Path(args.path), last=True)}")
    aside = restore_from(database, Path(args.path), datetime.now(UTC))
    kept = f" The one of before is kept as {aside}; delete it once all is well." if aside else ""
    print(
        f"{database} is the backup now.{kept}\nWhat was deleted since it was made is in it again."
    )
    return 0


def _of_server(command: str, server: Server, file: Path, *, last: bool = False) -> str:
    places = f"{server} {file}" if last else f"{file} {server}"
    return f"The database is on a PostgreSQL server, which has its own command: {command} {places}"


def move(settings: Settings, args: argparse.Namespace) -> int:
    """Move an installation from its file to a PostgreSQL server, while the bot does not run."""
    try:
        to = database_address(args.to)
    except ValueError as wrong:
        raise Refused(f"What --to names {wrong}.") from None
    if not isinstance(to, Server) or isinstance(settings.database, Server):
        raise Refused(
            "move goes from a file (MEND_DATABASE_URL=sqlite:///…) to a server (--to postgresql://…)."
        )
    try:
        from mend.db.moving import move as move_to
    except ImportError:
        raise Refused(NO_PSYCOPG) from None
    rows, tables = move_to(settings.database, to)
    print(
        f"{rows} rows of {tables} tables are at {to}, each compared with its original.\nSet"
        f" MEND_DATABASE_URL to that address and start Mend. {settings.database} is as it was: keep"
        " it until all is well, then delete it."
    )
    return 0


def _each_line(answer: Callable[[dict[str, Any]], dict[str, Any]]) -> int:
    """Answer stdin line by line; a line that cannot be read is named, and ends it with 1."""
    for number, line in _lines():
        try:
            print_json(answer(json.loads(line)))
            sys.stdout.flush()
        except (ValueError, KeyError, TypeError) as wrong:
            print(f"line {number}: not the JSON this expects ({wrong!r})", file=sys.stderr)
            return 1
    return 0


def _lines() -> Iterator[tuple[int, str]]:
    return ((number, line) for number, line in enumerate(sys.stdin, 1) if line.strip())


def show_manifest(settings: Settings, args: argparse.Namespace) -> int:
    print_json(manifest(handlers.declared(), args.url), indent=2)
    return 0


def show_settings(settings: Settings, args: argparse.Namespace) -> int:
    print(settings_table.example_file(), end="")
    return 0
