"""`python -m workspace demo`: a workspace of one's own with the bot in it."""

import argparse
import sys

from workspace import demo


def port(text: str) -> int:
    """A number that can be one. Raises ArgumentTypeError or ValueError where it cannot."""
    if not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"{text} is not between 1 and 65535")
    return int(text)


parser = argparse.ArgumentParser(
    prog="python -m workspace", description="A local Slack workspace to try the bot in."
)
commands = parser.add_subparsers(required=True, metavar="command")
each = commands.add_parser(
    "demo",
    help="start the bot in a workspace of its own, to use in a browser",
    description="Start the bot in a workspace of its own, with a made-up team and its last three weeks, and"
    " say where to open it in a browser. Ctrl-C stops both; nothing is kept.",
)
each.add_argument(
    "--port", type=port, default=demo.PORT, help=f"of the page, by default {demo.PORT}"
)
sys.exit(demo.main(port=parser.parse_args().port))
