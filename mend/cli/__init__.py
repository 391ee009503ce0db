"""The command line: `python bot.py COMMAND …`."""

from __future__ import annotations

import argparse
import importlib
import logging
import sys
from collections.abc import Mapping, Sequence
from datetime import date

from mend import settings as settings_table
from mend.cli import run, with_slack, without_slack
from mend.db.engine import CannotOpen
from mend.db.model import NotSaved, Refused
from mend.serve.log import start_log
from mend.settings import BadSettings, Settings

log = logging.getLogger("mend")


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="bot.py", description="Mend, a Slack bot.")
    commands = top.add_subparsers(dest="command", required=True)
    commands.add_parser("run", help="serve Slack until stopped")
    each = commands.add_parser("check", help="lint the playbooks")
    each.add_argument("folder", nargs="?", help="default: MEND_PLAYBOOKS")
    each.add_argument("--json", action="store_true")
    commands.add_parser("doctor", help="what works, and what to do about the rest")
    each = commands.add_parser("search", help="which playbooks some words find")
    each.add_argument("words", nargs="*")
    each.add_argument("--playbooks", help="default: MEND_PLAYBOOKS")
    each.add_argument("--jsonl", action="store_true", help="one JSON object a line, in and out")
    each = commands.add_parser("redact", help="mask personal data in some words")
    each.add_argument("words", nargs="*")
    each.add_argument("--jsonl", action="store_true", help="one JSON object a line, in and out")
    each = commands.add_parser("wording", help="whether some words blame, and another way")
    each.add_argument("words", nargs="*")
    each.add_argument("--jsonl", action="store_true", help="one JSON object a line, in and out")
    each.add_argument("--reactive", action="store_true", help="judge a reply instead of a note")
    each = commands.add_parser("recap", help="the recap of a day, as it would be posted")
    each.add_argument("--date", type=date.fromisoformat, help="YYYY-MM-DD, default today")
    each.add_argument("--json", action="store_true", help="the exact message")
    each.add_argument("--post", action="store_true", help="post today's now")
    commands.add_parser("export", help="playbooks, phrases and use, as JSON; nothing by person")
    each = commands.add_parser("backup", help="copy the database, also while the bot runs")
    each.add_argument("path", help="a new file")
    each = commands.add_parser("restore", help="put a backup in the database's place")
    each.add_argument("path", help="a file that backup wrote")
    each = commands.add_parser("move", help="from the SQLite file to a PostgreSQL server")
    each.add_argument("--to", required=True, help="postgresql://USER@HOST/DATABASE")
    commands.add_parser("drafts", help="hand admins the drafts from notes now, not tomorrow")
    each = commands.add_parser("seed", help="three invented weeks, for a workspace of your own")
    each.add_argument("--paced", action="store_true", help="wait for a line at every new moment")
    each = commands.add_parser("manifest", help="the app manifest for Slack")
    each.add_argument("--url", default="", help="public address of the bot, for MEND_MODE=http")
    commands.add_parser("settings", help="the text of .env.example")
    return top


def main(arguments: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run one command; problems the operator can solve are sentences on stderr and exit 2."""
    args = parser().parse_args(arguments)
    is_json = environment.get("MEND_LOG_FORMAT", "").lower() == "json"  # though others are wrong

    def say(sentence: object) -> None:
        if is_json:
            log.error("%s", sentence)
        else:
            print(sentence, file=sys.stderr)

    try:
        start_log("info", "json" if is_json else "text")
        settings = settings_table.read(environment)
        start_log(settings.mend_log_level, settings.mend_log_format)
        for remark in settings.remarks:
            say(remark)
        if args.command == "run":
            return run.run(settings)
        return COMMANDS[args.command](settings, args)
    except BadSettings as bad:
        for problem in bad.problems:
            say(problem)
    except Refused as refused:
        say(refused.sentence)
    except CannotOpen as cannot:
        say(cannot)
    except NotSaved as wrong:
        say(f"The database cannot be written: {wrong}. Close what uses it.")
    return 2


def seed(settings: Settings, args: argparse.Namespace) -> int:
    """The demo leans on everything here, so it is called by name."""
    done: int = importlib.import_module("demo.seed").seed(settings, paced=args.paced)
    return done


COMMANDS = {
    "check": without_slack.check,
    "search": without_slack.search,
    "redact": without_slack.redact,
    "wording": without_slack.wording,
    "export": without_slack.export,
    "backup": without_slack.backup,
    "restore": without_slack.restore,
    "move": without_slack.move,
    "doctor": with_slack.show_doctor,
    "recap": with_slack.show_recap,
    "drafts": with_slack.hand_drafts_over,
    "seed": seed,
    "manifest": without_slack.show_manifest,
    "settings": without_slack.show_settings,
}
