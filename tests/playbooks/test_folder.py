"""A folder is read whole, one bad file never takes others down, and a file is written whole."""

import hashlib
import os
from pathlib import Path

import pytest

from mend.db.model import Refused, Stale
from mend.playbooks.files import PlaybookFolder, digest_of, write
from mend.playbooks.model import Problem

GOOD = "---\ntitle: Where is my order?\n---\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "playbooks"
    inside.mkdir()
    return inside


def put(folder: Path, name: str, text: str = GOOD) -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


def slugs(folder: Path) -> list[str]:
    return [playbook.slug for playbook in PlaybookFolder(folder).playbooks]


def only_problem(folder: Path) -> Problem:
    (problem,) = PlaybookFolder(folder).problems
    return problem


def test_files_are_playbooks_named_by_their_slug_and_in_its_order(folder: Path) -> None:
    for name in ("refund-late.md", "card_blocked.md", "Reverted_payment?.md"):
        put(folder, name)

    assert slugs(folder) == ["Reverted_payment?", "card_blocked", "refund-late"]
    assert PlaybookFolder(folder).problems == ()


def test_what_is_no_playbook_is_left_alone(folder: Path) -> None:
    for name in ("README.md", ".draft.md", ".#late.md", "late.md~", "late.txt", "late.md.swp"):
        put(folder, name, "not a playbook")

    assert PlaybookFolder(folder).playbooks == ()
    assert PlaybookFolder(folder).problems == ()


def test_a_broken_file_does_not_take_the_others_down(folder: Path) -> None:
    put(folder, "broken.md", "---\ntitle: They said: late\n---\n")
    put(folder, "good.md")

    assert slugs(folder) == ["good"]
    assert only_problem(folder).file == "broken.md"


def test_a_missing_folder_is_told_with_the_setting_to_change(tmp_path: Path) -> None:
    problem = only_problem(tmp_path / "nowhere")

    assert problem.says == "the folder of playbooks cannot be read (No such file or directory)."
    assert "MEND_PLAYBOOKS" in problem.fix


def test_a_file_instead_of_a_folder_is_told(tmp_path: Path) -> None:
    assert "cannot be read" in only_problem(put(tmp_path, "playbooks")).says


def test_bytes_that_are_not_utf_8_are_told_with_their_line(folder: Path) -> None:
    (folder / "latin.md").write_bytes(b"---\ntitle: Caf\xe9 closed\n---\n")

    problem = only_problem(folder)
    assert (problem.line, "0xE9" in problem.says) == (2, True)


def test_a_huge_file_is_refused(folder: Path) -> None:
    put(folder, "huge.md", GOOD + "x" * 256 * 1024)

    assert "larger than 256 KB" in only_problem(folder).says


@pytest.mark.parametrize("name", ["two words.md", "-x.md", "a&b.md", "a" * 81 + ".md", "?.md"])
def test_a_name_that_makes_no_slug_is_told_with_one_that_does(folder: Path, name: str) -> None:
    put(folder, name)
    renamed = only_problem(folder).fix.removeprefix("Rename it to ").removesuffix(".")

    (folder / name).rename(folder / renamed)
    assert PlaybookFolder(folder).problems == ()


def test_a_name_that_is_no_text_is_told(folder: Path) -> None:
    (folder / os.fsdecode(b"caf\xe9.md")).write_text(GOOD)

    assert str(only_problem(folder)).encode()
    assert PlaybookFolder(folder).playbooks == ()


def test_of_two_names_that_differ_by_case_one_is_used_and_the_other_told(folder: Path) -> None:
    put(folder, "Refund.md")
    put(folder, "refund.md")

    assert slugs(folder) == ["Refund"]
    assert only_problem(folder).file == "refund.md"


def test_a_link_inside_the_folder_is_followed(folder: Path) -> None:
    (folder / "..data").mkdir()
    put(folder / "..data", "late.md")
    (folder / "late.md").symlink_to("..data/late.md")

    assert slugs(folder) == ["late"]


@pytest.mark.parametrize("target", ["/etc/hostname", "../outside.md"])
def test_a_link_out_of_the_folder_is_not_followed(folder: Path, target: str) -> None:
    put(folder.parent, "outside.md")
    (folder / "late.md").symlink_to(target)

    assert only_problem(folder).says == "it is a link that leads out of the folder."


def test_links_that_lead_nowhere_or_in_a_circle_are_told(folder: Path) -> None:
    (folder / "a.md").symlink_to("b.md")
    (folder / "b.md").symlink_to("a.md")
    (folder / "c.md").symlink_to("gone.md")

    assert all("cannot be read" in problem.says for problem in PlaybookFolder(folder).problems)
    assert len(PlaybookFolder(folder).problems) == 3


def test_a_folder_or_a_pipe_named_like_a_playbook_is_told(folder: Path) -> None:
    (folder / "folder.md").mkdir()
    os.mkfifo(folder / "pipe.md")

    assert len(PlaybookFolder(folder).problems) == 2


def test_the_lines_of_fields_are_known(folder: Path) -> None:
    put(folder, "late.md", "---\ntitle: a\nphrases:\n  - b\n---\n\n## Do\n\n1. x\n")
    loaded = PlaybookFolder(folder)

    assert loaded.line_of("late", "phrases") == 3
    assert loaded.line_of("late", "do") == 7
    assert loaded.line_of("late", "close") == 0


def test_what_is_written_is_read(folder: Path) -> None:
    write(folder, "late", GOOD)

    (playbook,) = PlaybookFolder(folder).playbooks
    assert playbook.slug == "late"
    assert playbook.digest == hashlib.sha256((folder / "late.md").read_bytes()).hexdigest()


def test_writing_keeps_the_mode_and_leaves_nothing_behind(folder: Path) -> None:
    put(folder, "late.md").chmod(0o640)

    write(folder, "late", GOOD + "new\r\n")

    assert (folder / "late.md").stat().st_mode & 0o777 == 0o640
    assert (folder / "late.md").read_bytes().endswith(b"new\r\n")
    assert [path.name for path in folder.iterdir()] == ["late.md"]


def test_a_newer_version_is_never_written_over(folder: Path) -> None:
    put(folder, "late.md", "---\ntitle: Newer\n---\n")

    with pytest.raises(Stale):
        write(folder, "late", GOOD, base=digest_of(GOOD))
    with pytest.raises(Stale):
        write(folder, "late", GOOD, base="")
    with pytest.raises(Stale):
        write(folder, "gone", GOOD, base=digest_of(GOOD))
    assert "Newer" in (folder / "late.md").read_text()


def test_the_version_the_edit_began_with_is_written_over(folder: Path) -> None:
    put(folder, "late.md")

    write(folder, "late", "---\ntitle: New\n---\n", base=digest_of(GOOD))
    write(folder, "first", GOOD, base="")

    assert slugs(folder) == ["first", "late"]


def test_a_failed_write_leaves_the_old_file_and_nothing_else(folder: Path) -> None:
    (folder / "late.md").mkdir()

    with pytest.raises(OSError):
        write(folder, "late", GOOD)
    assert [path.name for path in folder.iterdir()] == ["late.md"]


@pytest.mark.parametrize("slug", ["../late", "a/b", "", "two words", ".late", "late\n"])
def test_a_slug_cannot_lead_out_of_the_folder(folder: Path, slug: str) -> None:
    with pytest.raises(Refused):
        write(folder, slug, GOOD)
    assert list(folder.parent.rglob("*.md")) == []


def test_a_link_stays_a_link_when_written(folder: Path) -> None:
    (folder / "..data").mkdir()
    put(folder / "..data", "late.md")
    (folder / "late.md").symlink_to("..data/late.md")

    write(folder, "late", "---\ntitle: New\n---\n")

    assert (folder / "late.md").is_symlink()
    assert PlaybookFolder(folder).playbooks[0].title == "New"


def test_a_link_out_of_the_folder_is_never_written(folder: Path) -> None:
    outside = put(folder.parent, "outside.md")
    (folder / "late.md").symlink_to(outside)

    with pytest.raises(Refused):
        write(folder, "late", "---\ntitle: New\n---\n")
    assert outside.read_text() == GOOD
