"""A folder being edited: a save is served by the next poll, a slip of the editor never is."""

import os
import threading
from pathlib import Path

import pytest

from mend.playbooks.files import PlaybookFolder
from mend.playbooks.model import Playbook

Change = tuple[tuple[str, ...], tuple[str, ...]]


class Desk:
    """An admin with an editor, and whoever listens to the shelf."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.told: list[Change] = []
        self.save("late", "Late")
        self.save("lost", "Lost")
        self.playbook_folder = PlaybookFolder(folder, self.listen)

    def listen(self, old: tuple[Playbook, ...], new: tuple[Playbook, ...]) -> None:
        self.told.append((tuple(p.title for p in old), tuple(p.title for p in new)))

    def save(self, slug: str, title: str) -> None:
        self.put(slug, f"---\ntitle: {title}\n---\n")

    def put(self, slug: str, text: str) -> None:
        (self.folder / f"{slug}.md").write_text(text)

    @property
    def titles(self) -> list[str]:
        return [playbook.title for playbook in self.playbook_folder.playbooks]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_the_folder_is_on_the_shelf_from_the_start(desk: Desk) -> None:
    assert desk.titles == ["Late", "Lost"]
    assert desk.told == []


def test_nothing_changed_is_nothing_told(desk: Desk) -> None:
    assert not any(desk.playbook_folder.poll() for _ in range(3))
    assert desk.told == []


def test_a_save_is_there_with_the_next_poll(desk: Desk) -> None:
    desk.save("late", "Later")

    assert desk.playbook_folder.poll()
    assert desk.titles == ["Later", "Lost"]
    assert desk.told == [(("Late", "Lost"), ("Later", "Lost"))]


def test_a_new_file_is_there_with_the_next_poll(desk: Desk) -> None:
    desk.save("angry", "Angry")

    assert desk.playbook_folder.poll()
    assert desk.titles == ["Angry", "Late", "Lost"]


def test_files_that_did_not_change_are_not_parsed_again(desk: Desk) -> None:
    _, lost = desk.playbook_folder.playbooks
    desk.save("late", "Later")
    desk.playbook_folder.poll()

    assert desk.playbook_folder.playbooks[1] is lost


def test_touching_a_file_changes_nothing(desk: Desk) -> None:
    os.utime(desk.folder / "late.md", (1, 1))

    assert not desk.playbook_folder.poll()


def test_a_new_comment_is_on_the_shelf_and_is_no_change_of_content(desk: Desk) -> None:
    desk.put("late", "---\n# ours\ntitle: Late\n---\n")
    before = desk.playbook_folder.playbooks[0]

    assert not desk.playbook_folder.poll()
    assert desk.told == []
    assert desk.playbook_folder.playbooks[0] == before
    assert desk.playbook_folder.playbooks[0].digest != before.digest


def test_a_broken_file_keeps_its_last_good_version_and_is_listed(desk: Desk) -> None:
    desk.put("late", "---\ntitle: They said: late\n---\n")
    desk.playbook_folder.poll()

    assert desk.playbook_folder.poll()
    assert desk.titles == ["Late", "Lost"]
    assert [problem.file for problem in desk.playbook_folder.problems] == ["late.md"]
    assert desk.told == []


def test_a_broken_file_that_is_mended_is_served_again(desk: Desk) -> None:
    desk.put("late", "")
    for _ in range(4):
        desk.playbook_folder.poll()
    desk.save("late", "Late")

    assert desk.playbook_folder.poll()
    assert desk.playbook_folder.problems == ()
    assert desk.titles == ["Late", "Lost"]


def test_a_half_written_file_shows_no_error(desk: Desk) -> None:
    desk.put("late", "")
    assert not desk.playbook_folder.poll()
    desk.put("late", "---\ntitle:")
    assert not desk.playbook_folder.poll()
    desk.save("late", "Later")

    assert desk.playbook_folder.poll()
    assert desk.playbook_folder.problems == ()
    assert desk.titles == ["Later", "Lost"]


def test_an_editor_that_moves_the_file_aside_shows_no_gap(desk: Desk) -> None:
    (desk.folder / "late.md").rename(desk.folder / "late.md~")
    assert not desk.playbook_folder.poll()
    desk.save("late", "Later")
    desk.playbook_folder.poll()

    assert desk.told == [(("Late", "Lost"), ("Later", "Lost"))]


def test_a_removed_file_is_gone_after_two_polls(desk: Desk) -> None:
    (desk.folder / "late.md").unlink()
    desk.playbook_folder.poll()

    assert desk.playbook_folder.poll()
    assert desk.titles == ["Lost"]


def test_a_second_save_within_one_tick_of_the_clock_is_seen(desk: Desk) -> None:
    path = desk.folder / "late.md"
    desk.save("late", "First")
    desk.playbook_folder.poll()
    before = path.stat()
    with path.open("r+") as file:
        file.write("---\ntitle: Other\n---\n")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    desk.playbook_folder.poll()

    assert desk.titles == ["Other", "Lost"]


def test_a_folder_that_is_not_there_any_more_keeps_the_shelf_full(desk: Desk) -> None:
    aside = desk.folder.with_name("aside")
    desk.folder.rename(aside)

    assert desk.playbook_folder.poll()
    assert desk.titles == ["Late", "Lost"]
    assert "No such file" in desk.playbook_folder.problems[0].says

    aside.rename(desk.folder)
    assert desk.playbook_folder.poll()
    assert desk.playbook_folder.problems == ()


def test_a_broken_file_is_listed_from_the_start(tmp_path: Path) -> None:
    (tmp_path / "late.md").write_text("")

    playbook_folder = PlaybookFolder(tmp_path, lambda old, new: None)

    assert playbook_folder.playbooks == ()
    assert len(playbook_folder.problems) == 1


def test_a_link_that_comes_to_point_outside_is_refused_and_its_last_text_kept(desk: Desk) -> None:
    outside = desk.folder.parent / "secret.md"
    outside.write_text("---\ntitle: Secret\n---\n")
    (desk.folder / "late.md").unlink()
    (desk.folder / "late.md").symlink_to(outside)
    for _ in range(3):
        desk.playbook_folder.poll()

    assert desk.titles == ["Late", "Lost"]
    assert "out of the folder" in desk.playbook_folder.problems[0].says


def test_watching_serves_a_save_and_stops_when_told(desk: Desk) -> None:
    served, stop = threading.Event(), threading.Event()
    playbook_folder = PlaybookFolder(desk.folder, lambda old, new: served.set())
    watching = threading.Thread(target=playbook_folder.watch, args=(stop, 0.01))
    watching.start()
    desk.save("late", "Later")

    assert served.wait(2)
    stop.set()
    watching.join(2)
    assert not watching.is_alive()
    assert playbook_folder.playbooks[0].title == "Later"
