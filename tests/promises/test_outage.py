"""A reminder that Slack did not take in time is told only where it is still true."""

from typing import Any

import pytest

from mend.app import Bot
from tests.conftest import Clock
from tests.owed.bad_days import away, hours
from tests.ownit.test_ownit import own
from tests.promises.test_promises import promise
from workspace import Workspace


@pytest.mark.parametrize("act", ["Done", "Later", "Hand over"])
def test_what_was_settled_during_an_outage_is_reminded_of_no_more(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any, act: str
) -> None:
    promise(ada, own(ada), clock)
    with away(ws, "chat.postMessage"):
        hours(bot, clock, 2)
        ada.press(ada.open_home(), act)
    hours(bot, clock, 0.2, every=2)  # less than until the next one is due
    assert not [told for told in ada.dms if "Due now" in told.visible]
    assert not [told for told in ada.dms if "You promised" in told.visible]
