"""One line of the log: what is in it in either form, and what is not."""

import json
import logging
import sys
from datetime import datetime

import pytest

from mend.cli import main
from mend.serve.log import FORMATTERS

WORDS = "sent Ana's refund to the wrong card"


@pytest.fixture
def record() -> logging.LogRecord:
    """Of an error whose own text quotes a person."""
    try:
        raise ValueError(WORDS)
    except ValueError:
        told = ("mend.dispatch", logging.ERROR, __file__, 1, "reference %s", ("C0FFEE",))
        made = logging.LogRecord(*told, exc_info=sys.exc_info())
    made.reference = "C0FFEE"
    return made


@pytest.mark.parametrize("form", FORMATTERS)
def test_of_an_error_it_says_where_and_of_which_kind_and_not_its_words(
    record: logging.LogRecord, form: str
) -> None:
    line = FORMATTERS[form].format(record)
    assert "C0FFEE" in line and "test_log.py" in line and "ValueError" in line
    assert WORDS not in line


def test_as_json_it_is_one_line_of_named_parts(record: logging.LogRecord) -> None:
    line = FORMATTERS["json"].format(record)
    assert "\n" not in line
    found = json.loads(line)
    assert list(found) == ["time", "level", "logger", "message", "reference", "exception"]
    assert datetime.fromisoformat(found["time"]).tzinfo
    assert found["level"] == "error" and found["message"] == "reference C0FFEE"


def test_what_is_wrong_with_the_settings_is_said_as_json_too(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["run"], {"MEND_LOG_FORMAT": "json", "MEND_PORT": "xoxb-1-SECRET"}) == 2
    [line] = capsys.readouterr().err.splitlines()
    assert json.loads(line)["message"].startswith("MEND_PORT is a bot token")
    assert "SECRET" not in line
