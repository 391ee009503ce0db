"""The command line: `python bot.py COMMAND …`."""

import argparse
import importlib
import logging
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from mend import settings as settings_table
from mend.cli import run as serving
from mend.cli import with_slack, without_slack
from mend.db.engine import CannotOpen
from mend.db.model import NotSaved, Refused
from mend.serve.log import start_log
from mend.settings import BadSettings, Settings

Command = Callable[[Settings, argparse.Namespace], int]

log = logging.getLogger("mend")


def parser() -> argparse.ArgumentParser:
    """Each command beside the function that runs it."""
    top = argparse.ArgumentParser(prog="bot.py", description="Mend, a Slack bot.")
    commands = top.add_subparsers(dest="command", required=True)

    def command(name: str, run: Command, help: str) -> argparse.ArgumentParser:
        each = commands.add_parser(name, help=help)
        each.set_defaults(run=run)
        return each

    command("run", lambda settings, args: serving.run(settings), "serve Slack until stopped")
    each = command("check", without_slack.check, "lint the playbooks")
    each.add_argument("folder", nargs="?", help="default: MEND_PLAYBOOKS")
    each.add_argument("--json", action="store_true")
    command("doctor", with_slack.show_doctor, "what works, and what to do about the rest")
    search = command("search", without_slack.search, "which playbooks some words find")
    search.add_argument("--playbooks", help="default: MEND_PLAYBOOKS")
    redact = command("redact", without_slack.redact, "mask personal data in some words")
    judge = "whether some words blame, and another way"
    wording = command("wording", without_slack.wording, judge)
    wording.add_argument("--reactive", action="store_true", help="judge a reply instead of a note")
    for each in (search, redact, wording):
        each.add_argument("words", nargs="*")
        each.add_argument("--jsonl", action="store_true", help="one JSON object a line, in and out")
    each = command("recap", with_slack.show_recap, "the recap of a day, as it would be posted")
    each.add_argument("--date", type=date.fromisoformat, help="YYYY-MM-DD, default today")
    each.add_argument("--json", action="store_true", help="the exact message")
    each.add_argument("--post", action="store_true", help="post today's now")
    kept = "playbooks, phrases and use, as JSON; nothing by person"
    command("export", without_slack.export, kept)
    each = command("backup", without_slack.backup, "copy the database, also while the bot runs")
    each.add_argument("path", help="a new file")
    each = command("restore", without_slack.restore, "put a backup in the database's place")
    each.add_argument("path", help="a file that backup wrote")
    each = command("move", without_slack.move, "from the SQLite file to a PostgreSQL server")
    each.add_argument("--to", required=True, help="postgresql://USER@HOST/DATABASE")
    drafts = "hand admins the drafts from notes now, not tomorrow"
    command("drafts", with_slack.hand_drafts_over, drafts)
    each = command("seed", seed, "three invented weeks, for a workspace of your own")
    each.add_argument("--paced", action="store_true", help="wait for a line at every new moment")
    each = command("manifest", without_slack.show_manifest, "the app manifest for Slack")
    each.add_argument("--url", default="", help="public address of the bot, for MEND_MODE=http")
    command("settings", without_slack.show_settings, "the text of .env.example")
    return top


def main(arguments: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run one command; problems the operator can solve are sentences on stderr and exit 2."""
    args = parser().parse_args(arguments)
    run: Command = args.run
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
        return run(settings, args)
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
