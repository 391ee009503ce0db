"""Mend: the one place where real things are chosen and put together, and the command line."""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # the matrices are small: two threads are slower

import argparse
import json
import logging
import signal
import socket
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TypeVar

import dotenv
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.signature import SignatureVerifier

import handlers
from demo import fortnight as seeding
from mend import console, http
from mend import settings as settings_table
from mend.db.model import NotSaved, Refused
from mend.db.stores import CannotOpen, SqliteStore
from mend.db.worker import Scheduler
from mend.dispatch import acknowledging as surfaces
from mend.dispatch.manifest import manifest
from mend.dispatch.routes import Deps
from mend.doctor import alerts
from mend.doctor import views as doctor_blocks
from mend.doctor.service import Doctor
from mend.editor import (
    publishing,
    sheets,
    verifying,
)
from mend.editor import (
    service as editing,
)
from mend.editor import (
    suggestions as suggesting,
)
from mend.helping import service as hands
from mend.home.service import Onboarding
from mend.lookbacks import service as lookbacks
from mend.ownit import (
    drafting,
    leads,
)
from mend.ownit import (
    receipt as receipts,
)
from mend.ownit import (
    thread as threads,
)
from mend.ownit.retention import Retention
from mend.ownit.service import Owning, rehearse
from mend.people.directory import People
from mend.people.model import Role, Team
from mend.people.teams import Teams, check_country
from mend.playbooks.files import Desk, Shelf
from mend.playbooks.library import Library
from mend.playbooks.model import Playbook
from mend.privacy.service import Privacy
from mend.promises import service as promises
from mend.recap.brief import service as briefing
from mend.recap.causes.service import Causes
from mend.recap.conditions import service as conditions
from mend.recap.daily import service as recapping
from mend.recap.weekly import service as weekly
from mend.repair import gaps
from mend.repair import service as feedback
from mend.serve import (
    Stop,
    background,
    finish,
    over_http,
    over_socket,
)
from mend.settings import SETTINGS, BadSettings, Settings
from mend.slack import notices
from mend.slack.gateway import TIMEOUT_SECONDS, SlackGateway
from mend.slack.model import Identity, NotSent
from mend.text.guard import Guard
from mend.text.masking import Masking
from mend.text.wording import Remembering

LISTENER_THREADS = 40  # Bolt's default of five answers five of twenty simultaneous commands in time
LOOKING_THREADS = 4  # that ask Slack who somebody is while a listener waits a second for it
READING_SECONDS = 5.0  # a start waits so long for the names and roles of the workspace's people
STOP_SECONDS = 8.0  # to finish what was acknowledged, within the ten a supervisor allows

T = TypeVar("T")

log = logging.getLogger("mend")


@dataclass(frozen=True)
class Bot:
    """Everything put together and not yet running."""

    settings: Settings
    app: App
    store: SqliteStore
    scheduler: Scheduler
    library: Library
    shelf: Shelf
    feedback: feedback.Feedback
    now: Callable[[], datetime]
    doctor: Doctor
    recapping: recapping.Recapping
    weekly: weekly.Weekly
    people: People
    deps: Deps

    def is_healthy(self) -> bool:
        return self.store.is_readable() and self.scheduler.is_running()


def now_utc() -> datetime:
    return datetime.now(UTC)


def client_of(settings: Settings) -> WebClient:
    """A Web API client that repeats nothing by itself (see slack_gateway)."""
    return WebClient(
        settings.slack_bot_token,
        base_url=settings.slack_api_url,
        timeout=TIMEOUT_SECONDS,
        retry_handlers=[],
    )


def open_store(settings: Settings) -> SqliteStore:
    return SqliteStore(console.database_of(settings))


def build(
    settings: Settings,
    identity: Identity,
    *,
    now: Callable[[], datetime] = now_utc,
    executor: Executor | None = None,
) -> Bot:
    """Put the bot together.

    Raises CannotOpen where the database cannot be used, BadSettings for an unknown country.
    """
    try:
        check_country(settings.for_teams.get("MEND_COUNTRY", ""))
    except ValueError as wrong:
        country = settings.for_teams["MEND_COUNTRY"]
        raise BadSettings([f'MEND_COUNTRY is "{country}": it {wrong}.']) from None
    store = open_store(settings)
    client = client_of(settings)
    slack = SlackGateway(client, now)
    workspace = identity.workspace
    people = People(
        slack,
        now,
        executor or ThreadPoolExecutor(LOOKING_THREADS, "people"),
        workspace=workspace,
        admins=settings.mend_admins,
        supervisors=lambda: teams.supervisors(),
        guests=settings.mend_allow_guests == "yes",
    )
    masking = Masking(people.names)
    teams = Teams(
        store, slack, people.among, now, workspace, settings.mend_channel, settings.for_teams
    )
    model, ranking = console.model_of(settings)
    guard = Guard(Remembering(model) if model else None)
    ranker = console.ranker_of(settings, model)
    library = Library(store, ranker, now, workspace)
    folder = Path(settings.mend_playbooks)

    def serve(old: tuple[Playbook, ...], new: tuple[Playbook, ...]) -> None:
        library.replace(new)
        scheduler.plan_soon()
        library.warm()

    shelf = Shelf(folder, serve)
    library.replace(shelf.playbooks)
    desk = Desk(folder, shelf)
    proposals = drafting.Drafting(
        store,
        masking,
        guard,
        people,
        now,
        workspace,
        teams,
        desk.keep_draft,
    )
    learning = feedback.Feedback(store, library, people, masking, now, workspace)
    missing = gaps.Gaps(store, library, teams, people, masking, now, workspace, proposals.published)
    suggestions = suggesting.Suggesting(store, masking, guard, now, workspace)
    publisher = publishing.Publishing(store, desk, suggestions, now, workspace)
    fresh = verifying.Verifying(store, slack, library, teams, people, publisher, now, workspace)
    playbook_sheets = sheets.Sheets(store, people, desk, publisher, workspace, today=teams.today)
    recaps = recapping.Recapping(
        store,
        slack,
        now,
        workspace=workspace,
        teams=teams,
        playbooks=library.all,
    )
    briefs = briefing.Briefing(store, slack, now, workspace, teams, library.all)
    doctor = Doctor(
        store,
        slack,
        people,
        recaps,
        now,
        workspace=workspace,
        teams=teams,
        app_token=settings.slack_app_token if settings.mend_mode == "socket" else "",
        playbooks=lambda: (len(library.all()), [str(problem) for problem in shelf.problems]),
        ranking=lambda: ranking,
    )
    weeks = weekly.Weekly(store, slack, now, workspace, teams, library)
    admin_alerts = alerts.Alerts(store, people, now)
    hands_up = hands.HandsUp(
        store,
        slack,
        people,
        masking,
        now,
        workspace=workspace,
        teams=teams,
        remind_after=timedelta(minutes=settings.mend_help_reminder_minutes),
    )
    look_backs = lookbacks.LookBacks(store, masking, guard, now, workspace, teams)
    kept_promises = promises.Promises(store, hands_up, masking, now, workspace)
    first_week = leads.Leads(store, now, workspace, teams)
    owning = Owning(
        store,
        masking,
        now,
        workspace=workspace,
        teams=teams,
        hands=hands_up,
        lookbacks=look_backs,
        fitting=library.fitting,
        guard=guard,
        privacy_contact=settings.mend_privacy_contact,
        help_line=settings.mend_help_line,
    )
    keep = timedelta(days=settings.mend_retention_days)
    retention = Retention(store, owning, now, workspace, keep)
    standing = threads.Threads(store, slack, now, teams, first_week, library.get)
    scheduler = Scheduler(
        store,
        {
            lookbacks.KIND: look_backs.run,
            lookbacks.LEFT_KIND: look_backs.run_left,
            promises.KIND: kept_promises.run,
            drafting.KIND: proposals.run,
            verifying.KIND: fresh.run,
            publishing.KIND: publisher.run,
            threads.KIND: standing.run,
            threads.PLAYBOOK_KIND: standing.run_playbook,
            hands.KIND: hands_up.run,
            hands.REMIND_KIND: hands_up.remind,
            notices.KIND: notices.Notices(store, slack, now).run,
            receipts.KIND: receipts.Receipts(store, slack, now, owning.receipt).run,
            recapping.KIND: recaps.run,
            recapping.DETAILS_KIND: recaps.run_details,
            weekly.KIND: weeks.run,
            briefing.KIND: briefs.run,
        },
        now,
        plan=[
            people.refresh,
            missing.note_changes,
            fresh.plan,
            first_week.invite,
            recaps.plan,
            weeks.plan,
            briefs.plan,
            learning.forget,
            suggestions.forget,
            publisher.note_files,
            retention.plan,
        ],
        given_up=admin_alerts.given_up,
    )
    routes = handlers.declared()
    deps = Deps(
        workspace=workspace,
        bot_user=identity.bot_user,
        store=store,
        slack=slack,
        teams=teams,
        library=library,
        feedback=learning,
        gaps=missing,
        verifying=fresh,
        owning=owning,
        hands=hands_up,
        privacy=Privacy(store, owning, hands_up, library, now, workspace),
        lookbacks=look_backs,
        promises=kept_promises,
        drafting=proposals,
        sheets=playbook_sheets,
        editing=editing.Editing(playbook_sheets, publisher, suggestions),
        suggesting=suggestions,
        recapping=recaps,
        causes=Causes(store, masking, guard, now, workspace),
        briefing=briefs,
        conditions=conditions.Conditions(store, masking, guard, now, workspace),
        doctor=doctor,
        hurry=scheduler.hurry,
        now=now,
        people=people,
        masking=masking,
        onboarding=Onboarding(store, slack, people, teams, now, workspace, library.all),
        routes=routes,
        retention_days=settings.mend_retention_days,
        slack_url=identity.url,
        policy_url=settings.mend_policy_url,
    )
    # At each start Bolt warns that it takes the token from the client it is given, as meant.
    bolt_log = logging.getLogger("mend.bolt")
    bolt_log.setLevel(logging.ERROR)
    app = App(
        logger=bolt_log,
        client=client,
        signing_secret=settings.slack_signing_secret,
        token_verification_enabled=False,
        listener_executor=executor or ThreadPoolExecutor(LISTENER_THREADS, "listener"),
    )
    surfaces.attach(app, routes, deps)
    return Bot(
        settings=settings,
        app=app,
        store=store,
        scheduler=scheduler,
        library=library,
        shelf=shelf,
        feedback=learning,
        now=now,
        doctor=doctor,
        recapping=recaps,
        weekly=weeks,
        people=people,
        deps=deps,
    )


# --- running ---------------------------------------------------------------------------------


def run(settings: Settings, now: Callable[[], datetime] = now_utc) -> int:
    """Serve Slack until SIGTERM or Ctrl-C; then finish what was acknowledged and return 0."""
    missing = settings.missing_for_slack()
    if missing:
        raise BadSettings(missing)
    stop = told_to_stop()
    slack = SlackGateway(client_of(settings), now_utc)
    identity = patiently(slack.identity, "SLACK_BOT_TOKEN", stop)
    if identity is None:
        return 0
    executor = ThreadPoolExecutor(LISTENER_THREADS, "listener")
    bot = build(settings, identity, now=now, executor=executor)
    for problem in bot.shelf.problems:
        log.warning("playbooks: %s", problem)
    background(bot.people.refresh, "people").join(READING_SECONDS)
    bot.scheduler.start()
    background(lambda: rehearse(bot.deps.owning.guard.encoder), "rehearse")
    background(bot.library.warm, "warm")
    background(lambda: bot.shelf.watch(stop), "playbooks")
    deafen = serve_http(bot) if settings.mend_mode == "http" else serve_socket(bot, slack, stop)
    if not stop.is_set():
        log.info("Mend is ready in %s (%s)", identity.workspace_name, settings.mend_mode)
    stop.wait()
    log.info("stopping")
    until = time.monotonic() + STOP_SECONDS
    if deafen:
        deafen(until)
    executor.shutdown(wait=False)
    finish(executor, until)
    bot.scheduler.stop(until - time.monotonic())
    bot.store.close()
    return 0


def told_to_stop() -> threading.Event:
    """Set on SIGTERM or Ctrl-C.

    The signal wakes a thread through a socket: a handler that runs in the main thread, which is
    itself about to wait for the event, was seen to be lost about once in ten stops.
    """
    stop = threading.Event()
    told, tell = socket.socketpair()
    tell.setblocking(False)
    signal.set_wakeup_fd(tell.fileno())
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, frame: None)

    def wait() -> None:
        told.recv(1)
        stop.set()
        tell.close()

    background(wait, "signals")
    return stop


def patiently(ask: Callable[[], T | NotSent], token: str, stop: threading.Event) -> T | None:
    """Ask Slack again and again while it cannot be reached; None where told to stop.

    Raises BadSettings, naming the token, where Slack says no.
    """
    wait = 1.0
    while not stop.is_set():
        answer = ask()
        if not isinstance(answer, NotSent):
            return answer
        if not answer.reason.is_passing:
            raise BadSettings(
                [
                    f"Slack refused {token} ({answer.detail}). Copy it again from the app's"
                    f" settings. {next(row.help for row in SETTINGS if row.key == token)}"
                ]
            )
        log.warning("%s; trying again in %.0f s", answer.reason.value, wait)
        stop.wait(max(wait, answer.retry_after))
        wait = min(wait * 2, 60.0)
    return None


def serve_socket(bot: Bot, slack: SlackGateway, stop: threading.Event) -> Stop | None:
    def connect() -> Stop | NotSent:
        ask = partial(slack.socket_url, bot.settings.slack_app_token)
        return over_socket(bot.app, ask, LISTENER_THREADS)

    return patiently(connect, "SLACK_APP_TOKEN", stop)


def serve_http(bot: Bot, host: str = "0.0.0.0") -> Stop:
    verifier = SignatureVerifier(bot.settings.slack_signing_secret)
    application = http.wsgi(bot.app, verifier.is_valid, bot.is_healthy)
    port = bot.settings.mend_port
    try:
        return over_http(application, host, port)
    except OSError as wrong:
        raise BadSettings(
            [f"MEND_PORT={port} cannot be used: {wrong.strerror}. Set another one."]
        ) from None


# --- the command line ------------------------------------------------------------------------


def show_doctor(settings: Settings, args: argparse.Namespace) -> int:
    """Print what works and what does not; 1 where anything does not."""
    missing = settings.missing_for_slack()
    if missing:
        raise BadSettings(missing)
    identity = SlackGateway(client_of(settings), now_utc).identity()
    if isinstance(identity, NotSent):
        identity = Identity("unknown", "", "", frozenset(), 0.0)
    bot = build(settings, identity)
    bot.people.refresh()
    findings = bot.doctor.examine()
    print("\n".join(doctor_blocks.lines(findings)))
    bot.store.close()
    return int(any(finding.remedy for finding in findings))


def introduced(slack: SlackGateway) -> Identity:
    """Who the bot is; raises BadSettings where Slack does not say."""
    identity = slack.identity()
    if isinstance(identity, NotSent):
        raise BadSettings([f"Slack: {identity.reason.value} {identity.detail}".strip()])
    return identity


def show_recap(settings: Settings, args: argparse.Namespace) -> int:
    """Print the recap of a day as it would be posted, or post today's."""
    if not settings.slack_bot_token:
        raise BadSettings(settings.missing_for_slack()[:1])
    bot = build(settings, introduced(SlackGateway(client_of(settings), now_utc)))
    if args.post:
        return post_recap(bot)
    team = operators_team(bot)
    day = args.date or now_utc().astimezone(team.zone).date()
    content = bot.recapping.of_day(team, day)
    if args.json:
        print(json.dumps({"text": content.text, "blocks": content.blocks}, ensure_ascii=False))
    else:
        print(content.text)
    bot.store.close()
    return 0


def operators_team(bot: Bot) -> Team:
    """The team of MEND_CHANNEL, or else the oldest; raises BadSettings where there is none."""
    found = bot.deps.teams.all()
    if not found:
        raise BadSettings(["There is no team yet. Set MEND_CHANNEL, or type /mend team in Slack."])
    return found[0]


def post_recap(bot: Bot) -> int:
    """Post today's recap now; 1 where it could not be posted."""
    key = bot.recapping.tell_early(operators_team(bot))
    bot.scheduler.hurry([key])
    post = bot.store.posts.get(bot.deps.workspace, key)
    is_posted = bool(post and post.ts)
    print("The recap of today stands in the channel." if is_posted else "Not posted: see doctor.")
    bot.store.close()
    return int(not is_posted)


def hand_drafts_over(settings: Settings, args: argparse.Namespace) -> int:
    """Give admins the drafts from notes today that they would get the next working day."""
    bot = build(settings, introduced(SlackGateway(client_of(settings), now_utc)))
    waiting = bot.store.jobs.pending(bot.deps.workspace, drafting.KIND)
    for job in waiting:
        bot.store.jobs.arm(bot.deps.workspace, job.kind, job.key, bot.now(), job.payload)
    bot.scheduler.hurry([job.key for job in waiting])
    left = len(bot.store.jobs.pending(bot.deps.workspace, drafting.KIND))
    print(f"Handed over: {len(waiting) - left} of {len(waiting)}.")
    bot.store.close()
    return int(left > 0)


def seed(settings: Settings, args: argparse.Namespace) -> int:
    """Fill an empty database with a believable fortnight; never against the real Slack."""
    seeding.check_local(settings.slack_api_url)
    database = console.database_of(settings)
    if database.exists() and database.stat().st_size:
        raise Refused(f"seed fills an empty database, and {database} holds something already.")
    slack = SlackGateway(client_of(settings), now_utc)
    identity = introduced(slack)
    members = slack.members(settings.mend_channel)
    if isinstance(members, NotSent):
        raise BadSettings([f"MEND_CHANNEL: {members.reason.value}."])
    clock = seeding.Clock(now_utc(), pace if args.paced else lambda moment: None)
    with tempfile.TemporaryDirectory(prefix="mend-seed-") as folder:
        shelved = seeding.Shelved(Path(settings.mend_playbooks), Path(folder))
        shelved.fill()
        then = replace(settings, mend_playbooks=folder, mend_model="off")
        bot = build(then, identity, now=clock)
        bot.people.refresh()
        team = operators_team(bot)
        clock.moment = seeding.beginning(now_utc(), team.zone)
        leads = {*team.supervisors, *bot.people.with_role(Role.ADMIN), identity.bot_user}
        fortnight = seeding.Seeding(
            clock=clock,
            feedback=bot.feedback,
            gaps=bot.deps.gaps,
            owning=bot.deps.owning,
            hands=bot.deps.hands,
            lookbacks=bot.deps.lookbacks,
            promises=bot.deps.promises,
            recapping=bot.recapping,
            weekly=bot.weekly,
            conditions=bot.deps.conditions,
            team=team,
            shelf=shelved,
            read_again=bot.shelf.poll,
            run_due=bot.scheduler.run_due,
            agents=[person for person in members if person not in leads],
            supervisors=sorted(team.supervisors),
        )
        owned = fortnight.live(now_utc().astimezone(team.zone).date())
        bot.store.close()
    print(f"A fortnight of {len(fortnight.agents)} agents, with {owned} notes.")
    return 0


def pace(moment: datetime) -> None:
    """Say what time it is now, and go on when told to: so a test workspace can set its clock."""
    print(moment.isoformat(), flush=True)
    sys.stdin.readline()


def show_manifest(settings: Settings, args: argparse.Namespace) -> int:
    print(json.dumps(manifest(handlers.declared(), args.url), indent=2, ensure_ascii=False))
    return 0


def show_settings(settings: Settings, args: argparse.Namespace) -> int:
    print(settings_table.example_file(), end="")
    return 0


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="bot.py", description="Mend, a Slack bot.")
    commands = top.add_subparsers(dest="command", required=True)
    commands.add_parser("run", help="serve Slack until stopped")
    each = commands.add_parser("check", help="lint the playbooks")
    each.add_argument("folder", nargs="?", help="default: MEND_PLAYBOOKS")
    each.add_argument("--json", action="store_true")
    commands.add_parser("doctor", help="what works, and what to do about the rest")
    each = commands.add_parser("search", help="which playbooks some words find")
    each.add_argument("words", nargs="*")
    each.add_argument("--playbooks", help="default: MEND_PLAYBOOKS")
    each.add_argument("--jsonl", action="store_true", help="one JSON object a line, in and out")
    each = commands.add_parser("redact", help="mask personal data in some words")
    each.add_argument("words", nargs="*")
    each.add_argument("--jsonl", action="store_true", help="one JSON object a line, in and out")
    each = commands.add_parser("wording", help="whether some words blame, and another way")
    each.add_argument("words", nargs="*")
    each.add_argument("--jsonl", action="store_true", help="one JSON object a line, in and out")
    each.add_argument("--reactive", action="store_true", help="judge a reply instead of a note")
    each = commands.add_parser("recap", help="the recap of a day, as it would be posted")
    each.add_argument("--date", type=date.fromisoformat, help="YYYY-MM-DD, default today")
    each.add_argument("--json", action="store_true", help="the exact message")
    each.add_argument("--post", action="store_true", help="post today's now")
    commands.add_parser("export", help="playbooks, phrases and use, as JSON; nothing by person")
    each = commands.add_parser("backup", help="copy the database, also while the bot runs")
    each.add_argument("path", help="a new file")
    each = commands.add_parser("restore", help="put a backup in the database's place")
    each.add_argument("path", help="a file that backup wrote")
    commands.add_parser("drafts", help="hand admins the drafts from notes now, not tomorrow")
    each = commands.add_parser("seed", help="an invented fortnight, for a workspace of your own")
    each.add_argument("--paced", action="store_true", help="wait for a line at every new moment")
    each = commands.add_parser("manifest", help="the app manifest for Slack")
    each.add_argument("--url", default="", help="public address of the bot, for MEND_MODE=http")
    commands.add_parser("settings", help="the text of .env.example")
    return top


def main(arguments: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run one command; problems the operator can solve are sentences on stderr and exit 2."""
    args = parser().parse_args(arguments)
    try:
        settings = settings_table.read(environment)
        start_log(settings.mend_log_level)
        if args.command == "run":
            return run(settings)
        return _COMMANDS[args.command](settings, args)
    except BadSettings as bad:
        for problem in bad.problems:
            print(problem, file=sys.stderr)
    except Refused as refused:
        print(refused.sentence, file=sys.stderr)
    except CannotOpen as cannot:
        print(cannot, file=sys.stderr)
    except NotSaved as wrong:
        print(f"The database cannot be written: {wrong}. Close what uses it.", file=sys.stderr)
    return 2


_COMMANDS = {
    "check": console.check,
    "search": console.search,
    "redact": console.redact,
    "wording": console.wording,
    "export": console.export,
    "backup": console.backup,
    "restore": console.restore,
    "doctor": show_doctor,
    "recap": show_recap,
    "drafts": hand_drafts_over,
    "seed": seed,
    "manifest": show_manifest,
    "settings": show_settings,
}


class PrivateFormatter(logging.Formatter):
    """Tracebacks without the error's own text, which may quote what a person wrote."""

    def formatException(
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        kind, _, trace = ei
        frames = "".join(traceback.format_tb(trace))
        return f"{frames}{kind.__name__ if kind else ''}"


def start_log(level: str) -> None:
    """Log to stderr; the libraries' own debug lines hold payloads, so they stay at warning."""
    handler = logging.StreamHandler()
    handler.setFormatter(PrivateFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in ("mend", "handlers"):
        logging.getLogger(name).setLevel(level.upper())
    sys.excepthook = lambda kind, wrong, trace: log.error("ended", exc_info=(kind, wrong, trace))
    threading.excepthook = lambda gone: log.error(
        "thread %s ended", gone.thread.name if gone.thread else "", exc_info=gone.exc_value
    )


if __name__ == "__main__":
    dotenv.load_dotenv()
    code = main(sys.argv[1:], os.environ)
    logging.shutdown()
    sys.stdout.flush()
    os._exit(code)  # a listener stuck in a call must not hold the exit for longer than promised
