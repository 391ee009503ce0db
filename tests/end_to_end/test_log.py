"""The log of a whole day, troubles included: it names nobody and quotes nobody."""

import contextlib
import json
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.end_to_end.process import Process
from workspace import Workspace

SECRETS = (
    "zebrastripe",  # what Ada owns
    "giraffeneck",  # what Ada asks /repair
    "pelicanbill",  # what Ada says in a direct message
    "ostrichfeather",  # what Ada replies in her thread
    "walrustusk",  # what Ada fills in a form
    "hippotooth",  # what Ben says to others
    "flamingoleg",  # what a stranger sends without a signature
    "tapirsnout",  # what Ada types into a command Mend does not have
)


def test_the_log_names_nobody_and_quotes_nobody(
    process: Process, ws: Workspace, ada: Any, ben: Any, dee: Any
) -> None:
    process.start_and_wait(MEND_MODE="http", MEND_LOG_LEVEL="debug", MEND_LOG_FORMAT="json")
    a_day(ws, ada, ben)
    a_bad_hour(process, ws, ada, dee)
    assert process.stop()[0] == 0
    said = process.said
    lines = [json.loads(line) for line in said.splitlines()]
    assert any("was refused" in line["message"] for line in lines)
    [failed, *_] = [line for line in lines if "reference" in line]
    assert failed["reference"] in failed["message"] and failed["level"] == "error"
    assert failed["exception"].endswith("OperationalError") and "\n" in failed["exception"]
    for secret in SECRETS:
        assert secret not in said
    for person in (*ws.state.users, *(channel for channel in ws.state.channels)):
        assert person not in said
    for token in (ws.bot_token, ws.app_token, ws.signing_secret):
        assert token not in said


def a_day(ws: Workspace, ada: Any, ben: Any) -> None:
    ada.command("/repair", "giraffeneck late refund")
    receipt = ada.command("/ownit", "zebrastripe mailed ana@example.com").message
    ada.press(receipt, "Post as me")
    assert ws.wait(lambda: ws.messages("support"))
    root = ws.messages("support")[0]
    ada.say("support", "ostrichfeather and called back", thread=root)
    ben.say("support", "hippotooth is a good story", thread=root)
    ben.press(root, "Open")
    ada.press(root, "Open")
    assert ws.wait(lambda: ada.modal)
    ada.press(ada.modal, "I need a hand")
    ada.close()
    ada.dm("pelicanbill dropped the call")
    ada.command("/ownit", "")
    assert ws.wait(lambda: ada.modal)
    ada.submit({"happened": "walrustusk wrong date"})
    ada.open_home()


def a_bad_hour(process: Process, ws: Workspace, ada: Any, dee: Any) -> None:
    ws.fail("chat.postMessage", error="is_archived", times=2)
    ada.press(ada.command("/ownit", "zebrastripe again, another way").message, "Post as me")
    ws.fail("views.open", error="lost")
    ada.command("/ownit", "")
    ws.fail("response_url", error="http_500")
    ada.press(ada.command("/ownit", "zebrastripe once more, differently").message, "Keep private")
    ada.command("/unheard", "tapirsnout")
    ada.shortcut("unheard", ben_says(ws))
    with pytest.raises(HTTPError):
        urlopen(Request(f"{process.url}/slack/events", b"text=flamingoleg"), timeout=5)
    dee.command("/mend", "doctor")
    with contextlib.closing(process.opened()) as database:
        database.change("alter table notes rename to lost")
    assert "reference" in ada.command("/ownit", "zebrastripe for the third time").message.visible
    ada.dm("pelicanbill once more")


def ben_says(ws: Workspace) -> Any:
    return ws.person("ben").say("support", "hippotooth to everybody")
