"""Every renderer of every room, over whatever its types allow: no judge may object.

The renderers are found by their return type and fed by their parameters' types, so a new one is
judged from the day it is written.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, get_type_hints
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import mend
from mend.doctor import views as doctor
from mend.doctor.views import Finding
from mend.editor import forms as editor_forms
from mend.editor import limit_views
from mend.editor import review_views as waiting
from mend.editor import views as editor
from mend.editor.model import (
    KEPT_PER_PLAYBOOK,
    PARTS,
    Change,
    Listed,
    Revision,
    Sheet,
    Suggestion,
    Version,
)
from mend.helping import views as help_blocks
from mend.helping.model import HelpRequest
from mend.home import views as home
from mend.home.onboarding_views import Step
from mend.lookbacks import views as lookbacks
from mend.lookbacks.model import Factor
from mend.ownit import lesson_views, receipt_views
from mend.ownit.model import TEXT_LIMIT, Note, Visibility
from mend.ownit.window_views import Moment
from mend.pause import views as pause
from mend.people import views as team
from mend.people.model import Role, Team
from mend.people.store import AdminAct
from mend.playbooks.model import Authority, Playbook, Script
from mend.playbooks.model import Problem as PlaybookProblem
from mend.privacy import views as privacy
from mend.privacy.store import ABOUT
from mend.promises import views as promises
from mend.promises.model import Promise, PromiseState
from mend.promises.views import WHAT_LENGTH
from mend.recap.causes import views as causes
from mend.recap.causes.model import Action, Condition
from mend.recap.conditions.model import WORDS_LENGTH
from mend.recap.conditions.model import Condition as OpenCondition
from mend.recap.daily.model import (
    THANKS,
    Brief,
    ChangeKind,
    IfThen,
    PlaybookChange,
    Recap,
)
from mend.recap.weekly import views as week
from mend.recap.weekly.model import Problem, Told, Week
from mend.repair import (
    fill_in,
    picker,
    unsure_views,
)
from mend.repair import (
    gap_views as gaps,
)
from mend.repair import use_views as use_blocks
from mend.repair import (
    views as repair,
)
from mend.repair.control_views import Asked
from mend.repair.model import (
    Gap,
    LearnedPhrase,
    Theme,
    Use,
)
from mend.settings import TEAM_SETTINGS
from mend.slack import ui as kit
from mend.slack.ui import Message, panel
from tests.judges.judges import faults_of_message, faults_of_options, faults_of_view

NOW = datetime(2026, 11, 24, 14, 30, tzinfo=UTC)
LENGTHS = (0, 1, 24, 25, 75, 76, 150, 151, 255, 256, 2000, 2001, 2900, 3000, 3001, 4001, 12_001)
PIECES = (
    "x",
    "word ",
    "&",
    "<",
    "_",
    '"',
    "\\",
    "é",
    "🧵",
    "👩🏽‍💻",
    "ไทย",
    "‮",
    "\n",
    "<!channel>",
)
Renderer = Callable[..., Any]

long_texts = st.builds(
    lambda piece, length: (piece * length)[:length],
    st.sampled_from(PIECES),
    st.sampled_from(LENGTHS),
)
texts = st.one_of(st.text(max_size=30), long_texts)
words = texts.filter(lambda text: text.strip())
note_texts = words.map(lambda text: text[:TEXT_LIMIT]).filter(lambda text: text.strip())
ids = st.text("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789", min_size=9, max_size=11).map("U".__add__)
slugs = st.text("abcdefghijklmnopqrstuvwxyzñ-", min_size=1, max_size=100)
moments = st.integers(0, 2 * 10**9).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
blanks = st.sampled_from(
    (
        "name",
        "amount",
        "due date",
        "time",
        "x" * 300,
        "choice refund or replacement",
        "choice or or",
    )
    + tuple(f"thing {number}" for number in range(40))
)


keys = st.just("0123456789abcdef")


def several(items: st.SearchStrategy[Any], most: int) -> st.SearchStrategy[Any]:
    return st.one_of(st.lists(items, max_size=3), st.lists(items, min_size=most, max_size=most))


scripts = st.builds(
    Script,
    words,
    st.builds(
        lambda text, names: text + "".join(f" {{{name}}}" for name in names),
        texts,
        several(blanks, 40),
    ),
)
roles = st.sampled_from([role.word for role in Role])
authorities = st.builds(
    Authority, what=words, limits=st.dictionaries(roles, words), next=words, reach=texts
)
playbooks = st.builds(
    Playbook,
    slug=slugs,
    title=words,
    category=texts,
    owner=texts,
    verified=st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2035, 1, 1))),
    authority=several(authorities, 6).map(tuple),
    say_first=texts,
    ask=words,
    do=several(words, 30).map(tuple),
    avoid=several(words, 6).map(tuple),
    if_stuck=texts,
    close=texts,
    scripts=several(scripts, 4).map(tuple),
)
few_playbooks = st.one_of(
    st.lists(playbooks, max_size=3),
    st.lists(playbooks, min_size=1, max_size=1).map(lambda found: found * 120),
)
notes = st.builds(
    Note,
    id=keys,
    team=st.one_of(st.just(""), ids),
    owner=ids,
    text=note_texts,
    created_at=st.just(NOW),
    did=texts.map(lambda text: text[:TEXT_LIMIT]),
    would_help=texts.map(lambda text: text[:TEXT_LIMIT]),
    learned=texts.map(lambda text: text[:TEXT_LIMIT]),
    visibility=...,
    version=st.integers(1, 10**6),
    repaired_at=st.one_of(st.none(), moments),
)
helping = st.builds(
    HelpRequest,
    id=keys,
    asker=ids,
    context=texts,
    note=st.just(""),
    asked_at=st.just(NOW),
    state=...,
    taker=ids,
)
kinds = st.sampled_from([kind for kind in ChangeKind if kind is not ChangeKind.SEEN])
changes = st.builds(PlaybookChange, slug=slugs, title=words, kind=kinds, digest=slugs, at=moments)
days = st.dates(date(2020, 1, 1), date(2035, 1, 1))
open_conditions = st.builds(
    OpenCondition,
    id=keys,
    team=st.one_of(st.just(""), ids),
    words=words.map(lambda text: text[:WORDS_LENGTH]).filter(str.strip),
    until=days,
    playbook=slugs,
)
if_thens = st.builds(IfThen, words, words)
recaps = st.builds(
    Recap,
    team=ids,
    day=days,
    after=moments,
    until=moments,
    changes=several(changes, 70).map(tuple),
    keep_in_mind=if_thens,
    thanks=st.sampled_from(THANKS),
    conditions=several(open_conditions, 12).map(tuple),
    gaps=several(words, 12).map(tuple),
    lesson=note_texts,
)
briefs = st.builds(
    Brief,
    day=days,
    changes=several(st.tuples(changes, st.one_of(st.none(), if_thens)), 9).map(tuple),
    conditions=several(st.tuples(open_conditions, st.one_of(st.none(), if_thens)), 9).map(tuple),
    usual=several(if_thens, 9).map(tuple),
)
promises_made = st.builds(
    Promise,
    id=keys,
    note=keys,
    owner=ids,
    what=words.map(lambda text: text[:WHAT_LENGTH]).filter(str.strip),
    due_at=moments,
    may_tell_lead=...,
    state=st.sampled_from(PromiseState),
)
teams = st.builds(
    Team,
    channel=ids,
    zone=st.sampled_from([ZoneInfo("UTC"), ZoneInfo("America/Argentina/ComodRivadavia")]),
    country=st.sampled_from(["", "PH", "GB-ENG"]),
    days=st.frozensets(st.integers(0, 6), min_size=1),
    recap_at=st.times(),
    brief_at=st.one_of(st.none(), st.times()),
    visibility=...,
    lookback_days=st.integers(3, 7),
    supervisors=st.frozensets(ids, max_size=50),
    since=st.one_of(st.none(), moments),
    holidays=st.just(frozenset()),
)
actions = st.builds(
    Action,
    id=keys,
    team=ids,
    factor=...,
    what=words.map(lambda text: text[:200]).filter(str.strip),
    who=texts.map(lambda text: text[:100]),
    strength=...,
    state=...,
    reason=texts.map(lambda text: text[:300]),
    checked_on=st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2035, 1, 1))),
    changed_at=moments,
)
revisions = st.builds(
    Revision,
    slug=slugs,
    author=st.one_of(st.just(""), ids),
    at=moments,
    text=texts,
    digest=keys,
    base=keys,
    state=...,
    id=st.integers(1),
)
suggested = st.builds(Suggestion, id=keys, slug=slugs, words=texts, at=moments)
changed = st.builds(Change, st.sampled_from(sorted(PARTS.values())), texts, texts)
sheets = st.builds(
    Sheet,
    slug=slugs,
    title=words,
    text=texts,
    base=keys,
    book=st.one_of(st.none(), playbooks),
    problems=several(
        st.builds(PlaybookProblem, slugs, st.integers(0), slugs, words, texts), 40
    ).map(tuple),
    draft=st.one_of(st.none(), revisions),
    underneath=st.lists(st.sampled_from(sorted(PARTS.values())), unique=True).map(tuple),
    clashes=several(changed, 12).map(tuple),
    good=st.one_of(st.none(), revisions),
    sources=several(words, 5).map(tuple),
)
for kind, strategy in {
    Revision: revisions,
    Sheet: sheets,
    Suggestion: suggested,
    str: texts,
    Team: teams,
    Promise: promises_made,
    date: days,
    Brief: briefs,
    OpenCondition: open_conditions,
    HelpRequest: helping,
    Recap: recaps,
    datetime: moments,
    Note: notes,
    Playbook: playbooks,
    Moment: st.builds(Moment, words, texts, st.one_of(st.none(), moments)),
    Message: texts.filter(bool).map(lambda text: kit.notice(kit.escape(text))),
}.items():
    st.register_type_strategy(kind, strategy)


findings = st.builds(Finding, words, words, texts)
BY_NAME = {  # of parameters that hold ids, whatever renders them
    "person": ids,
    "channel": ids,
    "reader": ids,
    "supervisor": ids,
    "teams": st.lists(ids, max_size=40),
    "link": st.sampled_from(["", "https://example.slack.com/archives/C1/p1?thread_ts=1&cid=C1"]),
}
open_gaps = st.builds(Gap, keys, words, texts, moments, st.none(), texts)
asked = st.builds(Asked, slugs, texts, st.lists(slugs, max_size=4).map(tuple))
parts = st.lists(st.tuples(texts, playbooks), min_size=1, max_size=3)
steps = st.builds(Step, st.booleans(), words)
rows = st.lists(
    st.fixed_dictionaries({"visibility": st.sampled_from(list(Visibility))}), max_size=9
)
kept_about = st.fixed_dictionaries(dict.fromkeys(ABOUT, rows))
SPECIAL: dict[Renderer, dict[str, st.SearchStrategy[Any]]] = {
    editor.books: {
        "found": several(st.builds(Listed, slugs, words, texts, texts), 2 * editor.OPTIONS),
        "group": st.just(editor.ALL),
    },
    limit_views.limits_form: {
        "place": st.builds(
            limit_views.Place, st.sampled_from(Role), st.text("0123456789abcdef", max_size=16)
        )
    },
    editor.options: {"found": several(st.builds(Listed, slugs, words), 2 * editor.OPTIONS)},
    editor.versions: {
        "found": st.one_of(
            st.none(),
            st.builds(
                Version,
                revisions,
                words,
                st.one_of(st.none(), several(changed, 40).map(tuple)),
                st.booleans(),
                st.booleans(),
            ),
        ),
        "every": several(revisions, KEPT_PER_PLAYBOOK + 1),
        "slug": slugs,
        "zone": st.just(ZoneInfo("Asia/Manila")),
        "page": st.integers(0, 1),
    },
    waiting.fold: {"near": st.lists(playbooks, max_size=2)},
    editor.not_published: {"slug": slugs, "title": words},
    waiting.waiting: {
        "found": several(st.one_of(playbooks, revisions, suggested), 20),
        "title": st.just(str),
        "zone": st.just(ZoneInfo("Asia/Manila")),
        "place": st.integers(0, 30),
    },
    editor_forms.playbook_form: {"digest": keys},
    waiting.words_form: {"suggestion": keys},
    waiting.flagged: {"suggestion": keys},
    doctor.report: {"findings": st.lists(findings, min_size=1, max_size=40)},
    fill_in.words_to_send: {
        "book": playbooks.filter(lambda book: book.scripts),
        "place": st.just(0),
        "filled": st.none(),
    },
    fill_in.finished: {"text": words},
    help_blocks.answer: {"words": words},
    home.admin_acts: {
        "acts": st.lists(st.builds(AdminAct, moments, ids, words, words), max_size=20),
        "title": st.just(str),
        "zone": st.just(ZoneInfo("Asia/Manila")),
    },
    home.closed: {"why": words},
    home.home: {
        "mine": st.builds(
            home.Mine,
            notes=st.lists(notes, max_size=home.NOTES_SHOWN),
            promises=st.lists(promises_made, max_size=10),
            lookbacks=st.lists(notes, max_size=5),
            recent=st.lists(playbooks, max_size=3),
            helping=st.lists(helping, max_size=9),
            role=...,
            team=st.one_of(st.just(""), ids),
            next_recap=st.one_of(st.none(), moments),
            page=st.integers(0, 10_000),
            has_older=...,
        ),
        "policy_url": st.sampled_from(["", "https://intranet.example/fair?a=1&b=2"]),
        "on_top": st.just(()),
    },
    picker.options: {"books": few_playbooks},
    picker.picker: {
        "most_used": st.lists(playbooks, max_size=5),
        "recent": st.lists(playbooks, max_size=3),
        "books": few_playbooks.filter(bool),
    },
    gaps.dismiss_form: {"gap": open_gaps},
    gaps.queue: {
        "themes": several(
            st.builds(
                Theme,
                words,
                st.sampled_from(["", "a few people"]),
                st.lists(open_gaps, min_size=1, max_size=9),
            ),
            30,
        ),
        "place": st.integers(-1, 20),
    },
    use_blocks.view: {
        "name": st.sampled_from(list(use_blocks.VIEWS)),
        "titles": st.dictionaries(slugs, words, max_size=40),
        "used": several(st.builds(Use, slugs, *[st.integers(0, 10**6)] * 3), 40),
        "phrases": several(st.builds(LearnedPhrase, st.integers(1), slugs, words, st.just(2)), 40),
    },
    causes.board: {
        "conditions": several(
            st.builds(
                Condition,
                factor=...,
                mondays=st.lists(st.dates(date(2020, 1, 1), date(2035, 1, 1))).map(tuple),
                actions=st.lists(actions, max_size=9).map(tuple),
            ),
            13,
        ),
        "page": st.integers(0, 2),
        "team": ids,
        "k": st.integers(5, 1000),
    },
    causes.action_form: {"action": st.one_of(st.none(), actions), "team": ids},
    week.post: {
        "week": st.builds(
            Week,
            team=ids,
            monday=st.dates(date(2020, 1, 1), date(2035, 1, 1)),
            after=moments,
            until=moments,
            factors=several(st.builds(Told, st.sampled_from(Factor), st.integers(5)), 13).map(
                tuple
            ),
            problems=several(st.builds(Problem, words, st.integers(10)), 6).map(
                lambda found: tuple(found[:6])
            ),
            helped=st.lists(words, max_size=3).map(tuple),
            causes=several(words, 10).map(tuple),
            gaps=st.lists(words, max_size=3).map(tuple),
            learned=texts,
        )
    },
    lookbacks.thanks: {"note": keys},
    lookbacks.what_became_of_it: {"k": st.integers(5, 1000)},
    lesson_views.learned: {"note": st.builds(replace, notes, learned=words)},
    receipt_views.words_for_customer: {"back_to": st.sampled_from(["", "a1b2"])},
    pause.calmer_ways: {"ways": st.tuples(words, words)},
    privacy.about: {"found": kept_about},
    privacy.deleted: {"was": kept_about},
    promises.before_withdrawing: {
        "note": keys,
        "promises": st.lists(promises_made, min_size=1, max_size=10),
    },
    repair.answer: {
        "runners_up": st.lists(playbooks, max_size=3),
        "changed": st.lists(st.sampled_from(list(repair.PARTS)), unique=True),
        "asked": asked,
    },
    repair.all_steps: {"book": playbooks.filter(repair.fits_a_message), "asked": asked},
    repair.ending: {"book": playbooks.filter(repair.fits_a_message), "asked": asked},
    unsure_views.nothing_fits: {
        "runners_up": st.lists(playbooks, max_size=3),
        "asked": asked,
    },
    unsure_views.several: {"found": parts},
    team.team_form: {
        "texts": st.just({row.key: row.default for row in TEAM_SETTINGS.values()}),
        "locked": st.frozensets(st.sampled_from(sorted(TEAM_SETTINGS))),
    },
}
READERS = {editor_forms.read_playbook}
SURFACES = {"Message", "Message | None", "dict[str, Any]", "list[dict[str, Any]]"}


DRAWS = ("views", "forms", "picker", "fill_in")  # how a module that draws is named, or ends


def renderers() -> list[Renderer]:
    """What the rooms offer that makes a message, a view or options."""
    found: list[Renderer] = []
    for module in pkgutil.walk_packages(mend.__path__, "mend."):
        if not module.name.endswith(DRAWS):
            continue
        part = importlib.import_module(module.name)
        for name, made in inspect.getmembers(part, inspect.isfunction):
            returns = str(made.__annotations__.get("return"))
            is_ours = made.__module__ == part.__name__ and not name.startswith("_")
            if is_ours and returns in SURFACES and made not in READERS:
                found.append(made)
    return found


def inputs(renderer: Renderer) -> st.SearchStrategy[dict[str, Any]]:
    known = BY_NAME | SPECIAL.get(renderer, {})
    hints = get_type_hints(renderer)
    names = inspect.signature(renderer).parameters
    return st.fixed_dictionaries(
        {name: known[name] if name in known else st.from_type(hints[name]) for name in names}
    )


def faults(shown: Message | dict[str, Any] | list[dict[str, Any]] | None) -> list[str]:
    """A message may also come to stand in a window, or on top of App Home."""
    if shown is None:
        return []
    if isinstance(shown, Message):
        elsewhere = {"data_visualization", "input"}  # a chart, and what is filled in, stay put
        is_anywhere = all(block["type"] not in elsewhere for block in shown.blocks)
        in_a_window = faults_of_view(panel("Mend", shown)) if is_anywhere else []
        return faults_of_message(shown) + in_a_window
    return faults_of_options(shown) if isinstance(shown, list) else faults_of_view(shown)


@pytest.mark.parametrize(
    "renderer", renderers(), ids=lambda made: f"{made.__module__}.{made.__name__}"
)
@settings(
    max_examples=3,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],  # shrinking a whole library takes minutes and says no more
    suppress_health_check=list(HealthCheck),
)
@given(data=st.data())
def test_no_judge_objects(renderer: Renderer, data: st.DataObject) -> None:
    assert faults(renderer(**data.draw(inputs(renderer)))) == []


def test_a_broken_message_is_objected_to_by_each_judge() -> None:
    """The judges themselves see what they are there for."""
    found = faults_of_message(Message("", ({"type": "section", "text": "no object"},)))
    assert {fault.partition(":")[0] for fault in found} >= {"gateway", "schema", "workspace"}
