import pytest

from mend import settings
from mend.settings import SETTINGS, BadSettings


def problems_of(**environment: str) -> list[str]:
    with pytest.raises(BadSettings) as bad:
        settings.read(environment)
    return bad.value.problems


def test_nothing_set_gives_the_defaults() -> None:
    read = settings.read({})
    assert read.mend_mode == "socket"
    assert read.mend_port == 3000
    assert read.for_teams == {}
    assert read.mend_admins == frozenset()


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("MEND_RECAP_TIME", "25:00", "not a time of day"),
        ("MEND_TIMEZONE", "Manila", "not a time zone of the IANA list; did you mean Asia/Manila?"),
        ("MEND_TIMEZONE", "../etc/passwd", "not a time zone"),
        ("MEND_PORT", "http", "not a port"),
        ("MEND_PORT", "70000", "not a port"),
        ("MEND_RETENTION_DAYS", "0", "not a number of days"),
        ("MEND_RETENTION_DAYS", "a month", "not a number of days"),
        ("MEND_PRIVACY_CONTACT", "x" * 301, "longer than 300 characters"),
        ("MEND_MODE", "sockets", "not one of socket, http"),
        ("MEND_CHANNEL", "#support", "not a channel ID"),
        ("MEND_ADMINS", "U0DEE, @cam", "@cam"),
        ("SLACK_BOT_TOKEN", "xapp-1", "not a bot token"),
        ("SLACK_API_URL", "slack.com/api", "not an address"),
        ("MEND_DATABASE_URL", "postgres://x", "not an SQLite address"),
    ],
)
def test_a_wrong_value_names_its_key_the_fault_and_an_example(
    key: str, value: str, says: str
) -> None:
    problem = problems_of(**{key: value})[0]
    example = next(row.example for row in SETTINGS if row.key == key)
    assert problem.startswith(f'{key} is "{value}"')
    assert says in problem
    assert problem.endswith(f"{key}={example}")


def test_every_fault_is_told_at_once() -> None:
    assert len(problems_of(MEND_PORT="x", MEND_MODE="y", MEND_TIMEZONE="z")) == 3


def test_a_mistyped_key_is_refused_with_the_key_that_was_meant() -> None:
    assert problems_of(MEND_RECAPTIME="18:00") == [
        "MEND_RECAPTIME is not a setting of Mend. Did you mean MEND_RECAP_TIME?"
    ]


def test_every_default_and_every_example_can_be_read() -> None:
    settings.read({row.key: row.default for row in SETTINGS})
    settings.read({row.key: row.example for row in SETTINGS})


def test_lists_of_people_take_commas_and_spaces() -> None:
    read = settings.read({"MEND_ADMINS": " U0DEE,S0FAY  W0GUS,"})
    assert read.mend_admins == {"U0DEE", "S0FAY", "W0GUS"}


def test_each_mode_says_which_token_it_lacks() -> None:
    socket = settings.read({"SLACK_BOT_TOKEN": "xoxb-1"}).missing_for_slack()
    assert len(socket) == 1 and socket[0].startswith("SLACK_APP_TOKEN is not set")
    http = settings.read({"MEND_MODE": "http"}).missing_for_slack()
    assert [line.split()[0] for line in http] == ["SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET"]


def test_the_example_file_holds_every_key_and_reads_as_the_defaults() -> None:
    text = settings.example_file()
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert [line.split("=", 1)[0] for line in lines] == [row.key for row in SETTINGS]
    assert settings.read(dict(line.split("=", 1) for line in lines)) == settings.read({})
