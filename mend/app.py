"""Where the real things are chosen and put together: from settings to a Bot."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from slack_bolt import App

import handlers
from mend.db.engine import Database
from mend.db.schema import opened
from mend.db.worker import Scheduler
from mend.dispatch import acknowledging as surfaces
from mend.dispatch.routes import Deps
from mend.doctor import alerts
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
from mend.ownit.service import Owning
from mend.people.directory import People
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
from mend.search import ModelUnavailable, Ranker, SentenceModel, VectorCache
from mend.settings import BadSettings, Settings
from mend.slack import notices
from mend.slack.gateway import SlackGateway, web_client
from mend.slack.model import Identity
from mend.text.guard import Guard
from mend.text.masking import Masking

LISTENER_THREADS = 40  # Bolt's default of five answers five of twenty simultaneous commands in time
LOOKING_THREADS = 4  # that ask Slack who somebody is while a listener waits a second for it


@dataclass(frozen=True)
class Bot:
    """Everything put together and not yet running."""

    settings: Settings
    app: App
    db: Database
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
        return self.db.is_readable() and self.scheduler.is_running()


def now_utc() -> datetime:
    return datetime.now(UTC)


def gateway_of(settings: Settings, now: Callable[[], datetime] = now_utc) -> SlackGateway:
    return SlackGateway(web_client(settings.slack_bot_token, settings.slack_api_url), now)


def build(
    settings: Settings,
    identity: Identity,
    *,
    now: Callable[[], datetime] = now_utc,
    executor: Executor | None = None,
    open: Callable[[Path, str], Database] = opened,
) -> Bot:
    """Put the bot together, around the database that `open` gives.

    Raises CannotOpen where the database cannot be used, BadSettings for an unknown country.
    """
    try:
        check_country(settings.for_teams.get("MEND_COUNTRY", ""))
    except ValueError as wrong:
        country = settings.for_teams["MEND_COUNTRY"]
        raise BadSettings([f'MEND_COUNTRY is "{country}": it {wrong}.']) from None
    db = open(database_of(settings), identity.workspace)
    client = web_client(settings.slack_bot_token, settings.slack_api_url)
    slack = SlackGateway(client, now)
    people = People(
        slack,
        now,
        executor or ThreadPoolExecutor(LOOKING_THREADS, "people"),
        workspace=db.workspace,
        admins=settings.mend_admins,
        supervisors=lambda: teams.supervisors(),
        guests=settings.mend_allow_guests == "yes",
    )
    masking = Masking(people.names)
    teams = Teams(
        db,
        slack,
        people.among,
        now,
        settings.mend_channel,
        settings.for_teams,
        people.in_which,
    )
    model, ranking = model_of(settings)
    guard = Guard(model)
    ranker = ranker_of(settings, model)
    library = Library(db, ranker, now)
    folder = Path(settings.mend_playbooks)

    def serve(old: tuple[Playbook, ...], new: tuple[Playbook, ...]) -> None:
        library.replace(new)
        scheduler.plan_soon()
        library.warm()

    shelf = Shelf(folder, serve)
    library.replace(shelf.playbooks)
    desk = Desk(folder, shelf)
    proposals = drafting.Drafting(
        db,
        masking,
        guard,
        people,
        now,
        teams,
        desk.keep_draft,
    )
    learning = feedback.Feedback(db, library, people, masking, now)
    missing = gaps.Gaps(db, library, people, masking, now, proposals.published, settings.mend_k)
    suggestions = suggesting.Suggesting(db, masking, guard, now)
    publisher = publishing.Publishing(db, desk, suggestions, now)
    fresh = verifying.Verifying(db, slack, library, teams, people, publisher, now)
    playbook_sheets = sheets.Sheets(db, people, desk, publisher, today=teams.today)
    recaps = recapping.Recapping(
        db,
        slack,
        now,
        teams=teams,
        playbooks=library.all,
    )
    briefs = briefing.Briefing(db, slack, now, teams, library.all)
    doctor = Doctor(
        db,
        slack,
        people,
        recaps,
        now,
        teams=teams,
        app_token=settings.slack_app_token if settings.mend_mode == "socket" else "",
        playbooks=lambda: (len(library.all()), [str(problem) for problem in shelf.problems]),
        ranking=lambda: ranking,
    )
    weeks = weekly.Weekly(db, slack, now, teams, library, settings.mend_k)
    admin_alerts = alerts.Alerts(db, people, now)
    hands_up = hands.HandsUp(
        db,
        slack,
        people,
        masking,
        now,
        teams=teams,
        remind_after=timedelta(minutes=settings.mend_help_reminder_minutes),
    )
    look_backs = lookbacks.LookBacks(db, masking, now, teams)
    kept_promises = promises.Promises(db, hands_up, masking, now)
    first_week = leads.Leads(db, now, teams)
    owning = Owning(
        db,
        masking,
        now,
        teams=teams,
        hands=hands_up,
        lookbacks=look_backs,
        fitting=library.fitting,
        guard=guard,
        privacy_contact=settings.mend_privacy_contact,
        help_line=settings.mend_help_line,
    )
    keep = timedelta(days=settings.mend_retention_days)
    retention = Retention(db, owning, now, keep)
    standing = threads.Threads(db, slack, now, first_week)
    scheduler = Scheduler(
        db,
        {
            lookbacks.KIND: look_backs.run,
            lookbacks.LEFT_KIND: look_backs.run_left,
            promises.KIND: kept_promises.run,
            drafting.KIND: proposals.run,
            verifying.KIND: fresh.run,
            publishing.KIND: publisher.run,
            threads.KIND: standing.run,
            hands.KIND: hands_up.run,
            hands.REMIND_KIND: hands_up.remind,
            notices.KIND: notices.Deliveries(db, slack, now).run,
            receipts.KIND: receipts.Receipts(db, slack, now, owning.receipt).run,
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
        bot_user=identity.bot_user,
        db=db,
        slack=slack,
        teams=teams,
        library=library,
        feedback=learning,
        gaps=missing,
        verifying=fresh,
        owning=owning,
        hands=hands_up,
        privacy=Privacy(db, owning, hands_up, library, now),
        lookbacks=look_backs,
        promises=kept_promises,
        drafting=proposals,
        sheets=playbook_sheets,
        editing=editing.Editing(playbook_sheets, publisher, suggestions),
        suggesting=suggestions,
        recapping=recaps,
        causes=Causes(db, masking, guard, now, settings.mend_k),
        briefing=briefs,
        conditions=conditions.Conditions(db, masking, guard, now),
        doctor=doctor,
        hurry=scheduler.hurry,
        now=now,
        people=people,
        masking=masking,
        onboarding=Onboarding(db, slack, people, teams, now, library.all),
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
        db=db,
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


def model_of(settings: Settings) -> tuple[SentenceModel | None, str]:
    """The sentence model, and a sentence on what the ranking works with."""
    if settings.mend_model == "off":
        return None, "words only (MEND_MODEL=off)"
    folder = None if settings.mend_model == "installed" else Path(settings.mend_model)
    try:
        return SentenceModel.load(folder), "words and meaning"
    except ModelUnavailable as missing:
        return None, f"words only: {missing}"


def ranker_of(settings: Settings, model: SentenceModel | None) -> Ranker:
    """The ranking; its vectors are kept beside the database."""
    vectors = database_of(settings).with_name("vectors.npz")
    return Ranker(model, VectorCache(vectors) if model else None)


def database_of(settings: Settings) -> Path:
    return Path(settings.mend_database_url.removeprefix("sqlite:///"))
