"""What is seen only after others did something: one more team, two editors, the day after."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from mend.editor.service import Editing
from mend.people.directory import People
from mend.people.teams import Teams
from mend.recap.daily.service import Briefing, Recapping
from mend.recap.weekly.service import Weekly
from mend.repair.store import LearningStore
from tests.browser.day import Day, Walk
from tests.conftest import saved
from tests.lookbacks.test_lookbacks import days_later
from tests.people.test_team import made_team
from tests.repair.test_playbooks import queue, sent, use
from workspace.blocks import elements


def _posted(day: Day, hour: int, says: str) -> Any:
    """What the channel gets on one of the next days at that hour."""
    day.clock.moment = day.clock.moment.replace(hour=hour, minute=0)
    for _ in range(4):  # there is a weekend, and a day on which nothing is told
        day.clock.advance(days=1)
        for service in (Recapping, Briefing, Weekly):
            day.bot.of(service).plan()
        day.bot.scheduler.run_due()
    there = [each for each in day.ws.messages("support") if says in each.visible]
    return there[-1]


def _brief(day: Day) -> Any:
    """The team wants it at nine, and has something to watch."""
    support = day.ws.channel("support").id
    day.bot.of(Teams).choose(support, {"MEND_BRIEF_TIME": "09:00"}, day.cam.id)
    day.mend(day.cam, "condition courier strike till friday")
    day.cam.submit({})
    return _posted(day, 9, "Before we start")


def _deleted(day: Day) -> Any:
    day.ada.delete(day.ada.dm(f"I {day.slip()} to the wrong customer"))
    day.bot.scheduler.run_due()
    return day.ada.dms[-1]


def _of_no_team(day: Day) -> tuple[Any, Any]:
    words = f"I {day.slip()} to the wrong customer"
    made_team(day.ws, day.dee, f"shop{day.slips}")
    new = day.ws.add_person(f"new{day.slips}")
    day.bot.of(People).refresh()
    new.dm(words)
    return new, new.dms[-1]


def _taught(day: Day) -> Any:
    words = f"paid for {day.slip()} 2x"
    LearningStore(day.bot.db).learn("double-charge", words, day.ada.id, day.bot.now())
    return use(day.bot, day.dee, "Found by these words, too")


def _missed(day: Day) -> Any:
    sent(day.ada, f"zqx my flamingo is {day.slip()}")
    return queue(day.bot, day.dee)


def _drafted(day: Day, *labels: str) -> Any:
    """What waits, at a draft that a note became, and what is opened from it."""
    day.window(day.ada, day.note(day.ada), "Turn into a playbook change")
    words = {"title": f"They {day.slip()}", "words": "see which of the two it is"}
    day.ada.submit(words)
    while day.ada.modal:
        day.ada.close()
    days_later(day.bot, day.clock, 3)
    shown = day.home(day.dee, "What waits")
    while "Make it a playbook" not in shown.buttons:
        day.dee.press(shown, "Next")
    return day.window(day.dee, shown, *labels)


def _published(day: Day, words: str) -> None:
    """By hand, in the file."""
    file = Path(day.bot.settings.mend_playbooks) / "double-charge.md"
    [close] = re.findall(r"^## Close\n+(.*)$", text := file.read_text(), re.M)
    file.write_text(text.replace(close, words))
    saved(day.bot)


def _older(day: Day) -> Any:
    for _ in range(2):
        _published(day, f"Read back the amount, {day.slip()}.")
        day.bot.of(Editing).publishing.note_files()
    shown = day.playbook("History")
    [chooser] = [e for _, e in elements(shown.blocks) if e["action_id"] == "playbook_version_1"]
    day.dee.choose(shown, "playbook_version_1", chooser["options"][-1]["value"])
    return day.dee.modal


def _clash(day: Day) -> Any:
    shown = day.playbook()
    if "Edit" in shown.buttons:
        day.dee.press(shown, "Edit")
        _published(day, f"Theirs, {day.slip()}.")
        day.dee.submit({"close": f"Mine, {day.slip()}."})
    return day.dee.modal


def _second_team(day: Day) -> Any:
    name = f"shop{day.slip().split()[-1]}"
    made_team(day.ws, day.dee, name)
    while day.dee.modal:
        day.dee.close()
    return day.dee.command("/mend", "team", channel=name).message


def _no_team(day: Day) -> Any:
    name = f"spare{day.slip().split()[-1]}"
    day.ws.add_channel(name)
    return day.dee.command("/mend", "team", channel=name).message


AGENTS: dict[str, Walk] = {
    "which team is yours": _of_no_team,
    "a message deleted": lambda day: (day.ada, _deleted(day)),
    "the recap, posted": lambda day: (day.ada, _posted(day, 18, "What we learned")),
    "the week, posted": lambda day: (day.ada, _posted(day, 10, "The week of")),
    "what to expect, posted": lambda day: (day.ada, _brief(day)),
}
ADMINS: dict[str, Walk] = {
    "found by these words, too": lambda day: (day.dee, _taught(day)),
    "what was not found": lambda day: (day.dee, _missed(day)),
    "what was not found, dismissed": lambda day: (
        day.dee,
        day.window(day.dee, _missed(day), "Dismiss"),
    ),
    "what waits, from a note": lambda day: (day.dee, _drafted(day)),
    "what waits, folded": lambda day: (day.dee, _drafted(day, "Fold into another")),
    "a playbook, an older version": lambda day: (day.dee, _older(day)),
    "a playbook, two editors": lambda day: (day.dee, _clash(day)),
    "a team to be": lambda day: (day.dee, _no_team(day)),
    "one more team": lambda day: (day.dee, _second_team(day)),
}
