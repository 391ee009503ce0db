"""`bot.py seed`: three invented weeks, lived in an empty database of a local workspace."""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from demo import weeks as seeding
from demo.shelved import Shelved
from mend.app import build, gateway_of, now_utc
from mend.cli.with_slack import introduced, operators_team
from mend.db.model import Refused
from mend.people.directory import People
from mend.people.model import Role
from mend.settings import BadSettings, Settings
from mend.settings.address import Server
from mend.slack.model import NotSent


def seed(settings: Settings, *, paced: bool) -> int:
    """Fill an empty database with three believable weeks; never against the real Slack."""
    seeding.check_local(settings.slack_api_url)
    database = settings.database
    if isinstance(database, Server):
        raise Refused("seed fills a file of its own: MEND_DATABASE_URL=sqlite:///…")
    if database.exists() and database.stat().st_size:
        raise Refused(f"seed fills an empty database, and {database} holds something already.")
    slack = gateway_of(settings)
    identity = introduced(slack)
    members = slack.members(settings.mend_channel)
    if isinstance(members, NotSent):
        raise BadSettings([f"MEND_CHANNEL: {members.reason.value}."])
    clock = seeding.Clock(now_utc(), pace if paced else lambda moment: None)
    with tempfile.TemporaryDirectory(prefix="mend-seed-") as folder:
        shelved = Shelved(Path(settings.mend_playbooks), Path(folder))
        shelved.fill()
        then = replace(settings, mend_playbooks=folder, mend_model="off")
        bot = build(then, identity, now=clock)
        bot.db.connection().execute("pragma synchronous = off")  # invented anew in seconds
        bot.of(People).refresh()
        team = operators_team(bot)
        clock.moment = seeding.beginning(now_utc(), team.zone)
        leads = {*team.supervisors, *bot.of(People).with_role(Role.ADMIN), identity.bot_user}
        weeks = seeding.Seeding(
            bot,
            clock,
            team,
            shelved,
            agents=[person for person in members if person not in leads],
            supervisors=sorted(team.supervisors),
        )
        owned = weeks.live(now_utc().astimezone(team.zone).date())
        bot.db.close()
    print(f"Three weeks of {len(weeks.agents)} agents, with {owned} notes.")
    return 0


def pace(moment: datetime) -> None:
    """Say what time it is now, and go on when told to: so a test workspace can set its clock."""
    print(moment.isoformat(), flush=True)
    sys.stdin.readline()
