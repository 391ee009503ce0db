import pytest

from mend.db.model import Refused
from mend.people.model import Role, require, role_of


def test_whoever_is_on_no_list_is_an_agent() -> None:
    assert role_of("UADA", {"UDEE"}, {"UCAM"}) is Role.AGENT
    assert role_of("UCAM", {"UDEE"}, {"UCAM"}) is Role.SUPERVISOR
    assert role_of("UDEE", {"UDEE"}, {"UDEE"}) is Role.ADMIN


def test_a_refusal_names_who_can_help() -> None:
    with pytest.raises(Refused, match="for an admin. <@UDEE> can help"):
        require(Role.AGENT, Role.ADMIN, ["UDEE"])


def test_a_refusal_says_so_where_nobody_can_help() -> None:
    with pytest.raises(Refused, match="Nobody has that role yet"):
        require(Role.AGENT, Role.SUPERVISOR, [])


def test_each_role_may_do_what_the_ones_below_may() -> None:
    for needed in Role:
        require(Role.ADMIN, needed, [])
