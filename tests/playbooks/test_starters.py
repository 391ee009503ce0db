"""The shipped playbooks are real, usable, and set no limits for anybody."""

import re
from datetime import date
from pathlib import Path

import pytest

from mend.playbooks.blanks import read
from mend.playbooks.files import PlaybookFolder
from mend.playbooks.lint import first_block_words, lint
from mend.playbooks.model import FIRST_BLOCK_WORDS, NOT_FOR_WANTED, Playbook, Severity

FOLDER = Path(__file__, "../../../playbooks").resolve()
LOADED = PlaybookFolder(FOLDER)
SLUGS = re.findall(
    r"\S+",
    """
    abusive-language address-change angry-customer app-not-working bereavement booking-changed
    call-dropped cancellation-not-processed cannot-do-that card-details-change changed-mind
    close-account code-not-arriving colleague-tension copy-of-bill damaged-on-arrival
    data-on-wrong-account delivery-delayed double-charge failed-id-check forgotten-password
    formal-complaint high-bill hold-too-long language-barrier locked-out missed-appointment
    missed-callback order-status payment-declined plan-question policy-misquoted price-increase
    privacy-slip promo-not-applied refund-late return-or-exchange rude-reply-sent service-outage
    store-hours supervisor-demanded suspected-fraud transfer-loop vulnerable-customer
    wants-to-cancel warranty-claim wrong-info-given wrong-item
    """,
)


def every(check: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(check, LOADED.playbooks, ids=lambda book: book.slug)


def test_the_promised_ones_are_there() -> None:
    assert [book.slug for book in LOADED.playbooks] == sorted(SLUGS)


def test_they_have_no_errors_and_no_warnings() -> None:
    found = lint(LOADED.playbooks, LOADED.problems, date(2026, 11, 2), LOADED.line_of)

    assert [str(p) for p in found if p.severity is not Severity.INFO] == []


@every("book")
def test_everything_an_agent_needs_is_in_each(book: Playbook) -> None:
    assert all((book.say_first, book.do, book.avoid, book.if_stuck, book.close, book.scripts))
    assert 12 <= len(book.phrases) <= 14
    assert len(book.not_for) >= NOT_FOR_WANTED
    assert first_block_words(book) <= FIRST_BLOCK_WORDS


@every("book")
def test_the_first_sentence_takes_responsibility(book: Playbook) -> None:
    assert re.search(r"\b(?:I|we)\b", book.say_first, re.IGNORECASE)


@every("book")
def test_no_limit_is_shipped_as_a_fact(book: Playbook) -> None:
    assert book.authority
    assert all(not entry.limits and entry.next and entry.reach for entry in book.authority)
    assert not re.search(
        r"[$€£₱]|\d+ (?:EUR|USD|GBP|PHP)", (FOLDER / f"{book.slug}.md").read_text()
    )


@every("book")
def test_every_script_has_a_blank_to_make_it_theirs(book: Playbook) -> None:
    assert 1 <= len(book.scripts) <= 3
    assert all(read(script.text).blanks for script in book.scripts)
