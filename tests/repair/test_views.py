"""The answer to `/repair`, as it is rendered."""

from datetime import date
from pathlib import Path

import pytest

from mend.people.model import Role
from mend.playbooks.files import load
from mend.playbooks.model import Playbook
from mend.repair.views import answer
from mend.slack.model import message_fault

STARTERS = load(Path(__file__).parent.parent.parent / "playbooks").playbooks
TODAY = date(2026, 11, 24)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("book", STARTERS, ids=lambda book: book.slug)
def test_every_starter_is_shown_in_full_to_every_role(book: Playbook, role: Role) -> None:
    shown = answer(book, STARTERS[:3], role, TODAY, is_sure=True)
    assert message_fault(shown) == ""
    for line in (book.title, book.say_first, book.ask, *book.do, *book.avoid, book.close):
        assert line in shown.text.replace("&amp;", "&")
        assert line in str(shown.blocks) or repr(line)[1:-1] in str(shown.blocks)


def test_a_playbook_of_a_title_alone_can_be_shown() -> None:
    shown = answer(Playbook("x", "It broke"), (), Role.AGENT, TODAY, is_sure=False)
    assert shown.text.startswith("Closest, but maybe not: It broke\nAsk: What would you like")


def test_what_a_file_says_never_pings_or_links() -> None:
    book = Playbook("x", "<!channel> & <http://a|b>", say_first="<@U0ADA>", do=("<!here>",))
    shown = answer(book, (), Role.AGENT, TODAY, is_sure=True)
    assert "<!" not in shown.text and "<@" not in shown.text and "<http" not in shown.text
