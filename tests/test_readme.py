"""The README leads nowhere that is not there, and names nothing that does not exist."""

import re
from pathlib import Path

import handlers
from mend.dispatch.routes import Kind
from mend.settings import SETTINGS

PROJECT = Path(__file__).parent.parent
README = (PROJECT / "README.md").read_text(encoding="utf-8")


def test_every_link_leads_to_a_file() -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)|src=\"([^\"]+)\"", README)
    assert links
    assert [link for pair in links for link in pair if link and not (PROJECT / link).exists()] == []


def test_every_setting_it_names_exists() -> None:
    named = set(re.findall(r"\b(?:MEND|SLACK)_[A-Z_]+\b", README))
    assert named <= {row.key for row in SETTINGS}


def test_every_command_it_names_exists() -> None:
    routes = handlers.declared()
    slash = set(re.findall(r"`(/\w+)", README)) - {"/metrics", "/readyz", "/invite", "/mend"}
    assert slash <= {route.id for route in routes.of(Kind.COMMAND)}
    words = set(re.findall(r"`/mend (\w+)", README))
    assert words <= {route.id for route in routes.of(Kind.SUBCOMMAND)}
