"""Who has which role and who is called what, while Slack answers, is slow, or says nothing."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor

import pytest

from mend.db.model import Refused
from mend.people.directory import (
    KEEP_GROUP,
    KEEP_PROFILE,
    UNKNOWN,
    WAIT_SECONDS,
    People,
)
from mend.people.model import (
    DEACTIVATED,
    ELSEWHERE,
    GUEST,
    Profile,
    Role,
)
from mend.slack.gateway import SlackGateway
from mend.slack.model import DirectoryPage, Failure, NotSent
from tests.conftest import AtOnce, Clock

HERE = "T0HERE"
DOWN = NotSent(Failure.UNAVAILABLE)


def profile(person: str, *names: str, **more: bool) -> Profile:
    return Profile(person, names or (person.title(),), frozenset({HERE}), **more)


class Slack:
    """Answers from memory, records what it was asked, and can be slow or away."""

    def __init__(self) -> None:
        self.profiles = {person: profile(person) for person in ("UADA", "UCAM", "UDEE")}
        self.groups: dict[str, list[str] | NotSent] = {"SLEADS": ["UCAM"]}
        self.pages: dict[str, DirectoryPage | NotSent] = {}
        self.asked: list[str] = []
        self.is_away = False
        self.missing: NotSent | None = None
        self.go_on = threading.Event()
        self.go_on.set()

    def members(self, channel: str) -> list[str] | NotSent:
        return []

    def profile(self, person: str) -> Profile | NotSent:
        self.asked.append(person)
        self.go_on.wait()
        return self.missing or (DOWN if self.is_away else self.profiles[person])

    def group(self, group: str) -> list[str] | NotSent:
        self.asked.append(group)
        self.go_on.wait()
        return DOWN if self.is_away else self.groups[group]

    def directory(self, cursor: str) -> DirectoryPage | NotSent:
        self.asked.append(f"directory {cursor}")
        everybody = DirectoryPage(list(self.profiles.values()))
        return DOWN if self.is_away else self.pages.get(cursor, everybody)


@pytest.fixture
def slack() -> Slack:
    return Slack()


@pytest.fixture
def threads(slack: SlackGateway) -> Iterator[Executor]:
    with ThreadPoolExecutor(4) as pool:
        yield pool
        slack.go_on.set()


def people(slack: SlackGateway, clock: Clock, executor: Executor | None = None) -> People:
    """Dee and a group are admins; a group and somebody that a team lists are supervisors."""
    known = People(
        slack,  # type: ignore[arg-type]  # of all of Slack, what people are asked for
        clock,
        executor or AtOnce(),
        workspace=HERE,
        admins={"UDEE", "SADMINS"} if "SADMINS" in slack.groups else {"UDEE"},
        supervisors=lambda: known.among(["SLEADS", "UTEAM"]),
        guests=False,
    )
    return known


def test_roles_come_from_lists_groups_and_teams_together(slack: SlackGateway, clock: Clock) -> None:
    slack.groups["SADMINS"] = ["UFAY"]
    known = people(slack, clock)
    known.refresh()
    assert known.with_role(Role.ADMIN) == ["UDEE", "UFAY"]
    assert known.with_role(Role.SUPERVISOR) == ["UCAM", "UTEAM"]
    assert [known.role_of(each) for each in ("UFAY", "UTEAM", "UADA")] == [3, 2, 1]


def test_asking_for_a_role_makes_no_call(slack: SlackGateway, clock: Clock) -> None:
    known = people(slack, clock)
    assert known.role_of("UCAM") is Role.AGENT
    assert slack.asked == []


def test_a_group_is_read_again_after_some_minutes_and_no_sooner(
    slack: SlackGateway, clock: Clock
) -> None:
    known = people(slack, clock)
    known.refresh()
    slack.groups["SLEADS"] = ["UADA"]
    known.refresh()
    assert known.role_of("UADA") is Role.AGENT
    clock.moment += KEEP_GROUP
    known.refresh()
    assert known.with_role(Role.SUPERVISOR) == ["UADA", "UTEAM"]


def test_the_last_known_members_serve_while_slack_is_away(
    slack: SlackGateway, clock: Clock
) -> None:
    known = people(slack, clock)
    known.refresh()
    slack.is_away = True
    clock.advance(days=3)
    known.refresh()
    assert known.role_of("UCAM") is Role.SUPERVISOR
    assert known.group_failures == {"SLEADS": DOWN} and known.directory_failure == DOWN
    slack.is_away = False
    known.refresh()
    assert known.group_failures == {} and known.directory_failure is None


@pytest.mark.parametrize("error", ["paid_teams_only", "no_such_subteam"])
def test_without_the_paid_feature_the_lists_still_work(
    slack: SlackGateway, clock: Clock, error: str
) -> None:
    slack.groups["SADMINS"] = NotSent(Failure.REFUSED, error)
    known = people(slack, clock)
    known.refresh()
    known.require("UDEE", Role.ADMIN)
    assert known.group_failures["SADMINS"].detail == error


def test_a_group_that_was_deleted_gives_no_rights_any_more(
    slack: SlackGateway, clock: Clock
) -> None:
    known = people(slack, clock)
    known.refresh()
    slack.groups["SLEADS"] = NotSent(Failure.REFUSED, "no_such_subteam")
    clock.moment += KEEP_GROUP
    known.refresh()
    assert known.role_of("UCAM") is Role.AGENT
    with pytest.raises(Refused) as refused:
        known.require("UCAM", Role.SUPERVISOR)
    assert "try again" not in refused.value.sentence
    assert known.group_failures["SLEADS"].detail == "no_such_subteam"


@pytest.mark.parametrize(
    "failure", [NotSent(Failure.MISSING_SCOPE, "usergroups:read"), NotSent(Failure.RATE_LIMITED)]
)
def test_a_group_that_may_only_not_be_read_right_now_keeps_its_members(
    slack: SlackGateway, clock: Clock, failure: NotSent
) -> None:
    known = people(slack, clock)
    known.refresh()
    slack.groups["SLEADS"] = failure
    clock.moment += KEEP_GROUP
    known.refresh()
    assert known.role_of("UCAM") is Role.SUPERVISOR


def test_a_role_nobody_asked_about_yet_is_waited_for(slack: SlackGateway, clock: Clock) -> None:
    people(slack, clock).require("UCAM", Role.SUPERVISOR)
    assert slack.asked == ["SLEADS"]


def test_nobody_waits_longer_than_a_second(
    slack: SlackGateway, clock: Clock, threads: Executor
) -> None:
    slack.go_on.clear()
    known = people(slack, clock, threads)
    began = time.monotonic()
    with pytest.raises(Refused, match="try again in a moment"):
        known.require("UCAM", Role.SUPERVISOR)
    with pytest.raises(Refused, match=UNKNOWN):
        known.admit("UADA", HERE)
    assert 2 * WAIT_SECONDS <= time.monotonic() - began < 2 * WAIT_SECONDS + 1.5
    slack.go_on.set()
    known.admit("UADA", HERE)
    known.require("UCAM", Role.SUPERVISOR)


def test_a_missing_scope_is_no_reason_to_try_again(slack: SlackGateway, clock: Clock) -> None:
    slack.missing = NotSent(Failure.MISSING_SCOPE, "needs the scope users:read")
    with pytest.raises(Refused, match="bot.py doctor") as refused:
        people(slack, clock).admit("UADA", HERE)
    assert "<@UDEE> can help" in refused.value.sentence


def test_who_left_is_asked_for_nothing_any_more(slack: SlackGateway, clock: Clock) -> None:
    slack.profiles["UCAM"] = profile("UCAM", is_deactivated=True)
    known = people(slack, clock)
    known.refresh()
    assert known.with_role(Role.SUPERVISOR) == ["UTEAM"]


def test_many_presses_ask_once(slack: SlackGateway, clock: Clock, threads: Executor) -> None:
    slack.go_on.clear()
    known = people(slack, clock, threads)
    pressing = [threads.submit(known.admit, "UADA", HERE) for _ in range(3)]
    while not slack.asked:
        threading.Event().wait(0.001)
    slack.go_on.set()
    for each in pressing:
        each.result()
    assert slack.asked == ["UADA"]


def test_a_profile_holds_for_a_day(slack: SlackGateway, clock: Clock) -> None:
    known = people(slack, clock)
    known.admit("UADA", HERE)
    slack.profiles["UADA"] = profile("UADA", is_guest=True)
    clock.moment += KEEP_PROFILE / 2
    known.admit("UADA", HERE)
    clock.moment += KEEP_PROFILE / 2
    with pytest.raises(Refused, match=GUEST):
        known.admit("UADA", HERE)


@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        (profile("UX", is_guest=True), GUEST),
        (profile("UX", is_deactivated=True), DEACTIVATED),
        (Profile("UX", ("X",), frozenset({"T0OTHER"})), ELSEWHERE),
        (Profile("UX", ("X",), frozenset()), ELSEWHERE),
    ],
)
def test_whom_mend_is_not_for(
    slack: SlackGateway, clock: Clock, who: Profile, sentence: str
) -> None:
    slack.profiles["UX"] = who
    with pytest.raises(Refused, match=sentence):
        people(slack, clock).admit("UX", HERE)


def test_within_a_company_both_workspaces_must_be_the_persons(
    slack: SlackGateway, clock: Clock
) -> None:
    slack.profiles["UX"] = Profile("UX", ("X",), frozenset({HERE, "T0SISTER", "E0COMPANY"}))
    known = people(slack, clock)
    known.admit("UX", "T0SISTER")
    for elsewhere in ("T0OTHER", ""):
        with pytest.raises(Refused, match=ELSEWHERE):
            known.admit("UX", elsewhere)


def test_the_directory_gives_names_and_profiles_and_is_read_once_a_day(
    slack: SlackGateway, clock: Clock
) -> None:
    slack.profiles = {
        each.id: each
        for each in (
            profile("UANA", "Ana Cruz", "ana | Billing (nights)"),
            profile("UBOT", "Mend", is_bot=True),
            profile("UOLD", "Oscar Old", is_deactivated=True),
        )
    }
    known = people(slack, clock)
    known.refresh()
    assert known.names() == ("Ana Cruz", "ana")
    known.admit("UANA", HERE)
    clock.advance(hours=23)
    known.refresh()
    assert slack.asked.count("directory ") == 1 and "UANA" not in slack.asked
    clock.advance(hours=2)
    known.refresh()
    assert slack.asked.count("directory ") == 2


def test_a_directory_broken_off_goes_on_where_it_was(slack: SlackGateway, clock: Clock) -> None:
    slack.pages = {
        "": DirectoryPage([profile("UANA", "Ana")], "next"),
        "next": NotSent(Failure.RATE_LIMITED),
    }
    known = people(slack, clock)
    known.refresh()
    assert known.names() == () and known.is_known("UANA")
    slack.pages["next"] = DirectoryPage([profile("UBEN", "Ben")])
    known.refresh()
    assert set(known.names()) == {"Ana", "Ben"}
    assert [each for each in slack.asked if each.startswith("dir")] == [
        "directory ",
        "directory next",
        "directory next",
    ]


def test_a_cursor_slack_knows_no_more_starts_the_directory_anew(
    slack: SlackGateway, clock: Clock
) -> None:
    slack.pages = {
        "": DirectoryPage([profile("UANA", "Ana")], "old"),
        "old": NotSent(Failure.REFUSED, "invalid_cursor"),
    }
    known = people(slack, clock)
    known.refresh()
    slack.pages = {"": DirectoryPage([profile("UBEN", "Ben")])}
    known.refresh()
    assert known.names() == ("Ben",)
