from __future__ import annotations

import pytest

from mend.playbooks.model import Playbook
from mend.search import Ranker, SentenceModel

LIBRARY = (
    Playbook(
        slug="charged-twice",
        title="You charged me twice",
        summary="The same payment was taken more than once.",
        phrases=("double charge on my card", "billed two times", "dalawang beses nasingil"),
        do=("Find both entries in the ledger.",),
    ),
    Playbook(
        slug="late-refund",
        title="Where is my refund?",
        summary="Money promised back has not arrived.",
        phrases=("still waiting for my refund", "refund not received", "wala pa yung refund"),
    ),
    Playbook(
        slug="late-parcel",
        title="My order has not come",
        summary="A delivery is later than the promised date.",
        phrases=("parcel not delivered", "where is my package", "courier never came"),
    ),
    Playbook(
        slug="angry-customer",
        title="The customer is shouting",
        summary="Somebody is furious and raises their voice.",
        phrases=("he is yelling at me", "irate caller", "galit na galit si customer"),
    ),
    Playbook(
        slug="locked-out",
        title="I cannot log in",
        summary="An account is locked or the password does not work.",
        phrases=("account locked", "forgot my password", "login fails"),
    ),
    Playbook(
        slug="dropped-call",
        title="We were cut off",
        summary="The line dropped in the middle of the conversation.",
        phrases=("call got disconnected", "line went dead", "naputol yung tawag"),
    ),
)


@pytest.fixture(scope="session")
def model() -> SentenceModel:
    return SentenceModel.load()


@pytest.fixture(scope="session")
def ranker(model: SentenceModel) -> Ranker:
    """Knows the library by meaning; tests that change a library make their own."""
    ranker = Ranker(model)
    ranker.replace(LIBRARY)
    ranker.warm()
    return ranker


@pytest.fixture(scope="session")
def words_only() -> Ranker:
    ranker = Ranker()
    ranker.replace(LIBRARY)
    return ranker


@pytest.fixture
def library() -> tuple[Playbook, ...]:
    return LIBRARY
