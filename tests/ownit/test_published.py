"""No personal data and no blaming sentence gets out through any published text, whatever is typed.

Published is what anybody but its writer reads: the thread, a supervisor's message, the lesson in
the recap, the draft of a playbook.
"""

import json
import secrets
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mend.app import Bot
from mend.db.model import Refused
from mend.ownit.drafting import Drafting
from mend.ownit.model import Visibility
from mend.ownit.releasing import Releasing
from mend.ownit.service import Owning
from mend.text.redaction import redact
from mend.text.wording import TONE, apology, judge
from workspace import Workspace

PERSONAL = {
    "refunded 4111 1111 1111 1111": "4111 1111",
    "used 5555-5555-5555-4444 twice": "5555-5555",
    "read out cvv 987": "987",
    "mailed ana.cruz@example.com": "ana.cruz@",
    "wrote to bo at mail dot com": "bo at mail",
    "called +63 917 555 0123": "555 0123",
    "their password is hunter2": "hunter2",
    "IBAN DE89 3704 0044 0532 0130 00": "3704 0044",
    "the code is 482913": "482913",
    "told Mr Cruz": "Cruz",
}
BLAMING = (
    "Ben is careless",
    "I'm so stupid",
    "the back office never checks anything",
    "it is all their fault",
    "I should have known better",
    "you people are lazy",
    "nagkamali ako, ang tanga ko",
)
PLAIN = (
    "sent the wrong form",
    "order 123456 for $25.00",
    "at 14:30",
    "I should just quit",
    "<!channel>",
)
SENTENCES = st.lists(st.sampled_from([*PERSONAL, *BLAMING, *PLAIN]), min_size=1, max_size=5)
TEXTS = SENTENCES.map(". ".join)

published = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def wrong(text: str) -> list[str]:
    """What must not be read in a text that Mend published."""
    leaked = [secret for secret in PERSONAL.values() if secret in text]
    return [*leaked, *(found.type for found in redact(text).found), *blames(text)]


def blames(text: str) -> list[str]:
    return [label for label in judge(text).labels if label != TONE]


def attempt(step: Callable[[], Any]) -> Any:
    try:
        return step()
    except Refused:
        return None


@published
@given(text=TEXTS, did=TEXTS | st.just(""), edited=TEXTS)
def test_in_the_thread_and_in_a_supervisors_message(
    bot: Bot, ws: Workspace, ada: Any, cam: Any, text: str, did: str, edited: str
) -> None:
    owning = bot.of(Owning)
    before = len(ws.calls)
    note = owning.own(ada.id, secrets.token_hex(8), text, did=did, even_if_same=True).note
    attempt(lambda: owning.show(ada.id, note.id, Visibility.AS_ME))
    attempt(lambda: owning.edit(ada.id, note.id, owning.of(ada.id, note.id).version, edited))
    attempt(lambda: owning.ask_for_help(ada.id, note.id))
    bot.scheduler.run_due()
    for call in ws.calls[before:]:
        if call.method in ("chat.postMessage", "chat.update"):
            said = [*quotes(call.args["blocks"]), call.args["text"].partition("owns this:")[2]]
            assert [wrong(each) for each in said if wrong(each)] == []
    owning.withdraw(ada.id, note.id)


def quotes(blocks: Any) -> list[str]:
    """What people wrote in a message: the runs of its rich text."""
    parsed = json.loads(blocks) if isinstance(blocks, str) else blocks
    return [
        run["text"]
        for block in parsed
        if block["type"] == "rich_text"
        for part in block["elements"]
        for run in part["elements"]
        if run["type"] == "text" and not run.get("style")
    ]


@published
@given(text=TEXTS)
def test_in_a_released_lesson(bot: Bot, ws: Workspace, ada: Any, text: str) -> None:
    releasing = bot.of(Releasing)
    note = bot.of(Owning).own(ada.id, secrets.token_hex(8), "a slip", even_if_same=True).note
    learned = releasing.learned(note, text)
    attempt(lambda: releasing.release(learned))
    rows = bot.db.rows("select text from lessons")
    assert [wrong(row["text"]) for row in rows if wrong(row["text"])] == []


@published
@given(title=TEXTS, words=TEXTS)
def test_in_a_draft(bot: Bot, ada: Any, title: str, words: str) -> None:
    note = bot.of(Owning).own(ada.id, "one", "a slip").note
    draft = attempt(lambda: bot.of(Drafting).propose(note, title, words, may_tell=True))
    if draft:
        assert wrong(draft.title) == [] and wrong(draft.words) == []


@given(text=TEXTS)
def test_an_apology_tells_nothing_of_the_customers_and_blames_nobody(text: str) -> None:
    words = apology(redact(text).text)
    assert words is None or wrong(words) == []


def test_the_walk_can_fail() -> None:
    assert wrong("Ben is careless") and wrong("mailed ana.cruz@example.com")
    assert wrong("sent the wrong form") == []
