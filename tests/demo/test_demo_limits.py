"""The demo's company has set its limits, for what its playbooks say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from mend.people.model import Role
from mend.playbooks.files import PlaybookFolder
from mend.repair.model import say_of
from tests.conftest import PLAYBOOKS
from workspace import demo


def test_the_demo_ships_with_limits_and_changes_nothing_else(tmp_path: Path) -> None:
    found = PlaybookFolder(demo.copied_playbooks(tmp_path))
    assert found.problems == ()
    bare = [
        replace(b, digest="", authority=tuple(replace(a, limits={}) for a in b.authority))
        for b in found.playbooks
    ]
    assert bare == [replace(book, digest="") for book in PlaybookFolder(PLAYBOOKS).playbooks]
    limited = [book for book in found.playbooks if say_of(book, Role.AGENT).may]
    assert len(limited) > 0.8 * len(found.playbooks)
    asked = [book for book in found.playbooks if say_of(book, Role.AGENT).asks]
    assert 0 < len(asked) < 10  # some things are still asked first


def test_every_line_of_the_limits_is_one_of_a_playbook() -> None:
    rows = demo.LIMITS.read_text("utf-8").splitlines()[1:]
    may = {entry.what for book in PlaybookFolder(PLAYBOOKS).playbooks for entry in book.authority}
    assert {row.split("|")[0].strip() for row in rows} <= may
