from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mend import settings
from mend.settings import SETTINGS, BadSettings
from mend.settings.values import PLACES, zone


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
        ("MEND_HOST", "mend.example", "not an IP address"),
        ("SLACK_API_URL", "slack.com/api", "not an address"),
        ("MEND_DATABASE_URL", "mysql://x", "not the address of an SQLite file"),
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


SECRETS = [
    ("xapp-1-A0123-456-SECRETSECRET", "an app-level token"),
    ("xoxp-123-SECRETSECRET", "a user token"),
    ("xoxe.xoxb-1-SECRETSECRET", "a token that expires within hours"),
    ("xoxe-1-SECRETSECRET", "a refresh token"),
    ("xoxb-1-SECRETSECRET with more", "a bot token"),
    ("XOXB-1-SECRETSECRET", "a bot token"),
    ("xoxc-SECRETSECRET", "another kind of Slack token"),
    ("https://hooks.slack.com/services/T1/B1/SECRETSECRET", "the address of a webhook"),
    ("postgres://mend:SECRETSECRET@db/mend", "an address with a password in it"),
    ("5ec2e75ec2e75ec2e75ec2e75ec2e75e", "a signing secret or client secret"),
]


@pytest.mark.parametrize("quote", ["", '"', "'"])
@pytest.mark.parametrize(("secret", "kind"), SECRETS, ids=lambda value: value[:9])
def test_a_secret_in_the_wrong_setting_is_named_and_never_shown(
    secret: str, kind: str, quote: str
) -> None:
    for row in SETTINGS:
        if row.is_secret and kind_belongs(kind, row.key):
            continue
        if row.may_hold_password and "password" in kind:
            continue
        problems = problems_of(**{row.key: f"{quote}{secret}{quote}"})
        assert problems[0].startswith(f"{row.key} is {kind}")
        assert secret not in "".join(problems) and "SECRETSECRET" not in "".join(problems)


def test_settings_that_are_printed_hold_no_secret() -> None:
    given = {row.key: row.example for row in SETTINGS if row.is_secret}
    said = repr(settings.read(given))
    assert len(given) == 3 and not any(secret in said for secret in given.values())


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://mend:SECRETSECRET@db.example:5432/mend",
        "postgresql:///mend?host=/run/postgresql&password=SECRETSECRET",
        "postgresql//mend:SECRETSECRET@db.example/mend",
        "mysql://mend:SECRETSECRET@db.example/mend",
        "postgresql://mend:SECRET/SECRET@db.example/mend",
        "postgresql://mend:SECRET?SECRET@db.example/mend",
    ],
)
def test_the_password_of_the_database_is_shown_nowhere(address: str) -> None:
    try:
        read = settings.read({"MEND_DATABASE_URL": address})
        said = f"{read} {read.database} {read.database!r}"
        assert "mend" in str(read.database)
    except BadSettings as wrong:
        said = str(wrong)
    assert "SECRET" not in said


def kind_belongs(kind: str, key: str) -> bool:
    """Whether it may be what that setting is for, as far as its shape tells."""
    could_be = {
        "SLACK_APP_TOKEN": ["an app-level token"],
        "SLACK_SIGNING_SECRET": [
            "a signing secret or client secret",
            "an address with a password in it",
        ],
    }
    return kind in could_be.get(key, [])


@given(st.text(st.characters(exclude_categories=["Cs"])), st.text())
def test_nothing_that_stands_in_the_place_of_a_token_is_shown(before: str, after: str) -> None:
    for key in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"):
        assert "SECRETSECRET" not in problems_of(**{key: f"{before}SECRETSECRET{after}"})[0]


@pytest.mark.parametrize("quotes", ['""', "''", "“”"])
def test_quotes_that_docker_leaves_around_a_value_are_taken_off(quotes: str) -> None:
    before, after = quotes
    read = settings.read(
        {
            "SLACK_BOT_TOKEN": f"{before}xoxb-1{after}",
            "MEND_RECAP_TIME": f" {before}17:00{after} ",
            "MEND_ADMINS": f"{before}U0DEE{after}",
        }
    )
    assert (read.slack_bot_token, read.for_teams["MEND_RECAP_TIME"]) == ("xoxb-1", "17:00")
    assert read.mend_admins == {"U0DEE"}


KUBERNETES = {
    "MEND_PORT": "tcp://10.96.0.12:3000",
    "MEND_SERVICE_HOST": "10.96.0.12",
    "MEND_SERVICE_PORT": "3000",
    "MEND_SERVICE_PORT_HTTP": "3000",
    "MEND_PORT_3000_TCP": "tcp://10.96.0.12:3000",
    "MEND_PORT_3000_TCP_PROTO": "tcp",
    "MEND_PORT_3000_TCP_PORT": "3000",
    "MEND_PORT_3000_TCP_ADDR": "10.96.0.12",
    "MEND_METRICS_PORT": "tcp://10.96.0.13:9090",
    "MEND_METRICS_SERVICE_HOST": "10.96.0.13",
}


def test_what_kubernetes_puts_there_is_not_read_and_that_is_said() -> None:
    read = settings.read(KUBERNETES)
    assert read.mend_port == 3000
    [remark] = read.remarks
    assert all(key in remark for key in KUBERNETES) and "enableServiceLinks: false" in remark
    assert settings.read({**KUBERNETES, "MEND_PORT": "8080"}).mend_port == 8080


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("GMT+8", "Asia/Manila"),
        ("UTC+08:00", "Asia/Manila"),
        ("gmt-5", "America/New_York"),
        ("+5:30", "Asia/Kolkata"),
        ("UTC +1", "Europe/Berlin"),
    ],
)
def test_a_zone_written_as_hours_is_answered_with_a_place_on_that_side_of_greenwich(
    typed: str, meant: str
) -> None:
    [problem] = problems_of(MEND_TIMEZONE=typed)
    assert f"did you mean {meant}? Example" in problem


def test_every_place_that_is_named_for_an_offset_is_that_far_from_greenwich() -> None:
    for hours, place in PLACES.items():
        whole, _, part = hours.partition(":")
        east = timedelta(hours=int(whole), minutes=int(part or 0))
        winter = 7 if place.startswith(("Australia/", "Pacific/A")) else 1  # no summer time there
        assert datetime(2026, winter, 15, tzinfo=zone(place)).utcoffset() == east, place


def test_a_zone_whose_sign_is_reversed_is_taken_and_that_is_said() -> None:
    read = settings.read({"MEND_TIMEZONE": "Etc/GMT+8"})
    [remark] = read.remarks
    assert "8 hours behind Greenwich" in remark and "America/Los_Angeles" in remark
    assert settings.read({"MEND_TIMEZONE": "Asia/Manila"}).remarks == ()


@pytest.mark.parametrize("typed", ["::", "[::1]", "0.0.0.0", "127.0.0.1", "localhost"])
def test_the_address_to_listen_at_may_be_of_either_kind(typed: str) -> None:
    assert settings.read({"MEND_HOST": typed}).mend_host == typed.strip("[]")
    assert settings.read({}).mend_host == "127.0.0.1"


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
