"""`/mend privacy`: what is kept about me, sent to me, or deleted. Nobody can ask about another."""

from mend.db.model import NotSaved, Stale
from mend.dispatch.routes import Reply, Request, Routes, tells
from mend.people.teams import Teams
from mend.privacy import views as blocks
from mend.privacy.service import Privacy
from mend.promises.service import Promises
from mend.slack import ui

on = Routes()

HALF_DONE = (
    "The store was busy, so not everything could be deleted. Press *Delete all of mine* once more:"
    " it goes on with what is left."
)


@on.subcommand("privacy", help="What is kept about you; take it with you, or delete it.")
@on.action(blocks.OPEN)
def show(request: Request, privacy: Privacy) -> Reply:
    found = privacy.about(request.user)
    return Reply(blocks.about(found, privacy.keep_days), replaces=False)


@on.action(blocks.EXPORT)
def export(request: Request, privacy: Privacy) -> Reply:
    jobs = privacy.send(request.user, request.id)
    said = "It is on its way, in your direct messages with Mend."
    return tells(said, jobs=jobs, replaces=False)


@on.action(blocks.DELETE)
def delete(request: Request, promises: Promises, privacy: Privacy, teams: Teams) -> Reply:
    """Gone; but promises to customers are asked about first.

    Many notes take longer than Slack waits, so the answer says what was deleted afterwards.
    """
    owed = promises.open_by(request.user)
    if owed and request.value != blocks.PROMISES_TOO:
        return Reply(blocks.before_deleting(owed, teams.zone_of(request.user)), replaces=False)

    def forget() -> ui.Message:
        try:
            return blocks.deleted(privacy.forget(request.user))
        except (NotSaved, Stale):
            return ui.notice(HALF_DONE)

    return Reply(later=forget)
