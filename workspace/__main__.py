"""`python -m workspace demo`: a workspace of one's own with the bot in it."""

import argparse
import sys

from workspace import demo


class Help(argparse.RawDescriptionHelpFormatter):
    """What it does comes first, then how it is typed."""

    def format_help(self) -> str:
        usage, _, rest = super().format_help().partition("\n\n")
        what, _, rest = rest.partition("\n\n")
        return f"{what}\n\n{usage}\n\n{rest}"


def port(text: str) -> int:
    """A number that can be one. Raises ArgumentTypeError or ValueError where it cannot."""
    if not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"{text} is not between 1 and 65535")
    return int(text)


parser = argparse.ArgumentParser(
    prog="python -m workspace",
    description="A local Slack workspace to try the bot in.",
    formatter_class=Help,
)
commands = parser.add_subparsers(required=True, metavar="command")
each = commands.add_parser(
    "demo",
    help="start the bot in a workspace of its own, to use in a browser",
    description="Start the bot in a workspace of its own, to use in a browser.\n"
    "It has a made-up team with its last three weeks, and a guided tour. It says where\n"
    "to open it; Ctrl-C stops it, and nothing is kept.",
    formatter_class=Help,
)
each.add_argument(
    "--port", type=port, default=demo.PORT, help=f"of the page, by default {demo.PORT}"
)
sys.exit(demo.main(port=parser.parse_args().port))
