"""The commands that ask Slack something before they are done."""

import argparse
import contextlib
import sys
from pathlib import Path

from mend.app import Bot, build, gateway_of, now_utc
from mend.cli.without_slack import print_json
from mend.db.jobs import Jobs
from mend.db.schema import opened
from mend.db.snapshot import looked_into
from mend.doctor import views as doctor_blocks
from mend.doctor.here import about_the_door, about_the_files
from mend.doctor.remedies import remedy, said
from mend.doctor.service import Doctor
from mend.ownit import drafting
from mend.people.directory import People
from mend.people.model import Team
from mend.people.teams import Teams
from mend.recap.daily.service import Recapping
from mend.settings import BadSettings, Settings
from mend.slack.gateway import SlackGateway
from mend.slack.model import Identity, NotSent
from mend.slack.store import Posts


def show_doctor(settings: Settings, args: argparse.Namespace) -> int:
    """Print what works and what does not; 1 where anything does not."""
    missing = settings.missing_for_slack()
    if missing:
        raise BadSettings(missing)
    identity = gateway_of(settings).identity()
    if isinstance(identity, NotSent):
        identity = Identity("unknown", "", "", frozenset(), 0.0)
    bot = build(settings, identity, open=looked_into)
    bot.of(People).refresh()
    findings = [
        *bot.of(Doctor).examine(),
        *about_the_files(Path(".env"), settings.database),
        *about_the_door(settings),
    ]
    print("\n".join(doctor_blocks.lines(findings, marks_for(sys.stdout.encoding))))
    bot.db.close()
    return int(any(finding.remedy for finding in findings))


def marks_for(encoding: str) -> tuple[str, str]:
    """Signs that a console with these letters can show."""
    try:
        "".join(doctor_blocks.MARKS).encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return doctor_blocks.PLAIN_MARKS
    return doctor_blocks.MARKS


def introduced(slack: SlackGateway) -> Identity:
    """Who the bot is; raises BadSettings where Slack does not say."""
    identity = slack.identity()
    if isinstance(identity, NotSent):
        raise BadSettings([f"Slack: {said(identity)}. {remedy(identity)}"])
    return identity


def show_recap(settings: Settings, args: argparse.Namespace) -> int:
    """Print the recap of a day as it would be posted, or post today's."""
    if not settings.slack_bot_token:
        raise BadSettings(settings.missing_for_slack()[:1])
    identity = introduced(gateway_of(settings))
    bot = build(settings, identity, open=opened if args.post else looked_into)
    if args.post:
        return post_recap(bot)
    with contextlib.closing(bot.db):
        team = operators_team(bot)
        day = args.date or now_utc().astimezone(team.zone).date()
        content = bot.of(Recapping).of_day(team, day)
    if args.json:
        print_json({"text": content.text, "blocks": content.blocks})
    else:
        print(content.text)
    return 0


def operators_team(bot: Bot) -> Team:
    """The team of MEND_CHANNEL, or else the oldest; raises BadSettings where there is none."""
    found = bot.of(Teams).all()
    if not found:
        raise BadSettings(["There is no team yet. Set MEND_CHANNEL, or type /mend team in Slack."])
    return found[0]


def post_recap(bot: Bot) -> int:
    """Post today's recap now; 1 where it could not be posted."""
    key = bot.of(Recapping).tell_early(operators_team(bot))
    bot.scheduler.run_now([key])
    post = Posts(bot.db).get(key)
    is_posted = bool(post and post.ts)
    print("The recap of today stands in the channel." if is_posted else "Not posted: see doctor.")
    bot.db.close()
    return int(not is_posted)


def hand_drafts_over(settings: Settings, args: argparse.Namespace) -> int:
    """Give admins the drafts from notes today that they would get the next working day."""
    bot = build(settings, introduced(gateway_of(settings)))
    waiting = Jobs(bot.db).pending(drafting.KIND)
    for job in waiting:
        Jobs(bot.db).schedule(job.kind, job.key, bot.now(), job.payload)
    bot.scheduler.run_now([job.key for job in waiting])
    left = len(Jobs(bot.db).pending(drafting.KIND))
    print(f"Handed over: {len(waiting) - left} of {len(waiting)}.")
    bot.db.close()
    return int(left > 0)
