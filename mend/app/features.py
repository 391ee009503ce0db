"""The features, from the lower rows of the house to the upper."""

from __future__ import annotations

from concurrent.futures import Executor
from datetime import timedelta
from pathlib import Path

from mend.app.services import Core, Services
from mend.db.worker import Scheduler
from mend.dispatch.support import Support
from mend.doctor.service import Doctor
from mend.editor.limits import Limits
from mend.editor.publishing import Publishing
from mend.editor.service import Editing
from mend.editor.sheets import Sheets
from mend.editor.suggestions import Suggesting
from mend.editor.verifying import Verifying
from mend.helping.messages import HelpMessages
from mend.helping.service import Helping
from mend.home.page import HomePage
from mend.home.service import Onboarding
from mend.lookbacks.service import LookBacks
from mend.ownit.drafting import Drafting
from mend.ownit.hearing import Hearing
from mend.ownit.leads import Leads
from mend.ownit.releasing import Releasing
from mend.ownit.retention import Retention
from mend.ownit.service import Owning
from mend.ownit.showing import Showing
from mend.ownit.store import NoteStore
from mend.ownit.thread import Threads
from mend.ownit.words import Words
from mend.playbooks.files import PlaybookFolder
from mend.playbooks.library import Library
from mend.playbooks.model import Playbook
from mend.privacy.service import Privacy
from mend.promises.service import Promises
from mend.recap.brief.service import Briefing
from mend.recap.causes.service import Causes
from mend.recap.conditions.service import Conditions
from mend.recap.daily.service import Recapping
from mend.recap.weekly.service import Weekly
from mend.repair.finding import Finding
from mend.repair.gaps import Gaps
from mend.repair.service import Feedback
from mend.repair.sharing import Sharing


def playbooks(core: Core, services: Services) -> None:
    """The files and what is served of them, how they are used, and how admins change them."""
    db, outbox, now = core.db, core.outbox, core.now
    people, redactor = core.people, core.redactor
    library, folder = services.of(Library), Path(core.settings.mend_playbooks)

    def serve(old: tuple[Playbook, ...], new: tuple[Playbook, ...]) -> None:
        library.replace(new)
        services.of(Scheduler).plan_soon()
        library.warm()

    playbook_folder = services.add(PlaybookFolder(folder, serve))
    library.replace(playbook_folder.playbooks)
    proposals = Drafting(
        db,
        outbox,
        redactor,
        core.guard,
        people,
        now,
        core.teams,
        playbook_folder.keep_draft,
        playbook_folder.remove_draft,
    )
    services.add(proposals)
    feedback = services.add(Feedback(db, library, people, redactor, core.teams, now))
    k = core.settings.mend_k
    gaps = services.add(
        Gaps(db, outbox, library, people, redactor, core.guard, now, proposals.published, k)
    )
    services.add(Sharing(db, outbox, library, core.teams, now))
    services.add(Finding(library, gaps, feedback, people, core.teams, redactor))
    suggesting = services.add(Suggesting(db, outbox, redactor, core.guard, now))
    publisher = services.add(Publishing(db, outbox, playbook_folder, suggesting, now))
    services.add(Verifying(db, outbox, core.slack, library, core.teams, people, publisher, now))
    sheets = services.add(Sheets(db, people, playbook_folder, publisher, today=core.teams.today))
    services.add(Editing(sheets, publisher, suggesting))
    services.add(Limits(sheets, publisher))


def notes(core: Core, services: Services) -> None:
    """A note, and what may follow from one."""
    settings, db, outbox, now = core.settings, core.db, core.outbox, core.now
    teams = core.teams
    threads = services.add(
        Threads(db, outbox, core.slack, now, services.add(Leads(db, outbox, now, teams)))
    )
    helping = services.add(
        Helping(
            db,
            outbox,
            core.people,
            core.redactor,
            now,
            teams=teams,
            messages=services.add(HelpMessages(db, outbox, now, teams, note=threads.about)),
            remind_after=timedelta(minutes=settings.mend_help_reminder_minutes),
        )
    )
    notes = NoteStore(db)
    promises = services.add(Promises(db, outbox, helping, core.redactor, now, teams))
    lookbacks = services.add(
        LookBacks(db, outbox, core.redactor, now, teams, notes.get, notes.update, settings.mend_k)
    )
    words = services.add(Words(core.redactor, core.guard))
    support = services.add(Support(settings.mend_help_line))
    owning = services.add(Owning(db, outbox, words, now, teams, helping, lookbacks, support))
    services.add(Hearing(owning))
    services.add(
        Showing(
            db,
            words,
            now,
            teams,
            services.of(Library).fitting,
            support,
            settings.mend_k,
            promises.offered,
            settings.mend_privacy_contact,
        )
    )
    keep = timedelta(days=settings.mend_retention_days)
    services.add(Retention(db, owning, services.add(Releasing(db, outbox, words, now)), now, keep))


def recaps(core: Core, services: Services) -> None:
    db, outbox, now, teams = core.db, core.outbox, core.now, core.teams
    library, k = services.of(Library), core.settings.mend_k
    services.add(Recapping(db, outbox, now, teams=teams, playbooks=library.all))
    services.add(Briefing(db, outbox, now, teams, library.all))
    services.add(Weekly(db, outbox, now, teams, library, k))
    services.add(Causes(db, core.redactor, core.guard, now, k))
    services.add(Conditions(db, core.redactor, core.guard, now))


def home(core: Core, services: Services, ranking: str, executor: Executor) -> None:
    """What looks at all the rest: App Home, what is kept about somebody, the doctor."""
    settings, db, slack, people, now = core.settings, core.db, core.slack, core.people, core.now
    library, playbook_folder = services.of(Library), services.of(PlaybookFolder)
    owning, helping = services.of(Owning), services.of(Helping)
    services.add(
        Privacy(db, core.outbox, owning, helping, library, now, settings.mend_retention_days)
    )
    services.add(
        HomePage(
            slack,
            people,
            core.teams,
            services.add(Onboarding(db, core.outbox, slack, people, core.teams, now, library.all)),
            owning,
            services.of(Showing),
            services.of(Promises),
            helping,
            services.of(Feedback),
            services.of(Recapping),
            now,
            settings.mend_policy_url,
            db.has_changed,
            executor,
        )
    )
    services.add(
        Doctor(
            db,
            slack,
            people,
            services.of(Recapping),
            now,
            teams=core.teams,
            app_token=settings.slack_app_token if settings.mend_mode == "socket" else "",
            playbooks=lambda: (
                len(library.all()),
                [str(problem) for problem in playbook_folder.problems],
            ),
            ranking=lambda: ranking,
        )
    )
