"""What was looked for in vain; who asked is kept apart, with a mark of their words."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from mend.db.engine import Database
from mend.db.mapping import row
from mend.db.personal import Personal, impersonal
from mend.repair.model import Gap

_LIVE = "gaps.workspace = :workspace and (closed_at is null or reason <> '')"

PERSONAL = (
    Personal("gaps.words", "whoever sent them", "deleted, or answered"),
    Personal("gap_askers.person", "whoever asked", "deleted, or 30 days"),
    Personal("gap_askers.mark", "whoever asked, by a mark of their words", "deleted, or 30 days"),
)
IMPERSONAL = (
    *impersonal("gaps", "id workspace theme at closed_at reason quantity"),
    *impersonal("gap_askers", "gap at"),
    *impersonal("closed_days", "workspace day"),
)


@dataclass(frozen=True)
class GapStore:
    """What was looked for in vain. A gap is open, dismissed (`reason`), or answered and gone.

    Who asked is kept apart with a `mark` of their words, by which the same words are known again.
    """

    db: Database

    def live(self) -> list[Gap]:
        """The open and the dismissed ones, newest first."""
        return self.db.all(Gap, f"select * from gaps where {_LIVE} order by at desc, id")

    def queued(self) -> list[Gap]:
        """What admins see, by theme, as the last day ended; less what they closed since."""
        return self.db.all(
            Gap,
            "select * from gaps where workspace = :workspace and place is not null"
            " and closed_at is null order by place",
        )

    def queue(self, gaps: Sequence[tuple[Gap, str]], asked_since: datetime) -> None:
        """A day ends: this is the queue, each with its quantity, until the next day does.

        A theme about which nobody asks any more is gone; `asked_since` is from when on who asked
        is still known.
        """
        with self.db.transaction():
            self.db.change("update gaps set place = null where workspace = :workspace")
            for place, (gap, quantity) in enumerate(gaps):
                change = "update gaps set place = ?, quantity = ? where id = ?"
                self.db.change(change, place, quantity, gap.id)
            self.db.change(
                "delete from gaps where workspace = :workspace and words = '' and reason = ''"
                " and closed_at is null and at > ?"
                " and not exists (select 1 from gap_askers where gap = id)",
                asked_since,
            )

    def asked_in(self, mark: str) -> Gap | None:
        """The live one about which somebody asked in words of this mark."""
        return self.db.one(
            Gap,
            "select gaps.* from gap_askers join gaps on gaps.id = gap"
            f" where {_LIVE} and mark <> '' and mark = :mark order by words = '' limit 1",
            mark=mark,
        )

    def get(self, gap: str) -> Gap | None:
        sql = "select * from gaps where workspace = :workspace and id = ?"
        return self.db.one(Gap, sql, gap)

    def people(self, but: Collection[str] = ()) -> dict[str, int]:
        """How many different people (`but` for some) ask about each theme: to choose a word by,

        never to show.
        """
        counted = self.db.rows(
            "select theme, count(distinct person) as people from gaps join gap_askers on gap = id"
            f" where {_LIVE} and told = 0 and person not in (:but)"
            " group by theme",
            but=list(but),
        )
        return {each["theme"]: each["people"] for each in counted}

    def make(self, theme: str, words: str, at: datetime, reason: str = "") -> Gap:
        gap = Gap(secrets.token_hex(8), theme, words, at, reason=reason)
        self.db.insert("gaps", **row(gap))
        return gap

    def ask(self, gap: Gap, person: str, mark: str, at: datetime, *, sent: bool = False) -> None:
        """One who asks; the second person since it was dismissed opens it again."""
        this = {"gap": gap.id, "at": at}
        with self.db.transaction():
            self.db.change(
                "insert into gap_askers (gap, person, mark, at, sent)"
                " values (:gap, :person, :mark, :at, :sent)"
                " on conflict (gap, person, mark) do update set at = excluded.at, told = 0,"
                "  sent = case when excluded.sent = 1 then 1 when gap_askers.told = 1 then 0"
                "  else gap_askers.sent end",
                **{**this, "person": person, "mark": mark, "sent": sent},
            )
            self.db.change(
                "update gaps set at = :at, closed_at = case when"
                " (select count(distinct person) from gap_askers where gap = :gap and told = 0)"
                " < 2"
                " then closed_at end where id = :gap",
                **this,
            )

    def asked_by(self, gap: Gap, mark: str) -> set[str]:
        """Who asks about it in words of this mark."""
        asking = "select person from gap_askers where gap = ? and mark = ? and told = 0"
        return set(self.db.all(str, asking, gap.id, mark))

    def to_send(self, person: str, mark: str) -> Gap | None:
        """The live gap about which this person asked in these words."""
        return self.db.one(
            Gap,
            f"select gaps.* from gap_askers join gaps on id = gap where {_LIVE}"
            " and person = :person and mark = :mark and told = 0",
            **{"person": person, "mark": mark},
        )

    def move(self, gap: Gap, mark: str, to: Gap) -> None:
        """Who asked in these words asks about `to` from now on."""
        with self.db.transaction():
            self.db.change(
                "delete from gap_askers where gap = ? and mark = ? and person in"
                " (select person from gap_askers where gap = ? and mark = ?)",
                *(to.id, mark, gap.id, mark),
            )
            self.db.change(
                "update gap_askers set gap = ? where gap = ? and mark = ?", to.id, gap.id, mark
            )
            self._drop_if_nobody_asks(gap.id)

    def askers(self, marks: Mapping[str, str]) -> list[tuple[str, str]]:
        """Forget who asked about a theme in words of these marks; their ids, each with what its

        mark stands for.
        """

        with self.db.transaction():
            found = self.db.rows(
                "delete from gap_askers where mark in (:marks)"
                f" and gap in (select id from gaps where {_LIVE} and words = '')"
                " returning gap, person, mark",
                marks=list(marks),
            )
            for gap in {each["gap"] for each in found}:
                self._drop_if_nobody_asks(gap)
        return [(each["person"], marks[each["mark"]]) for each in found]

    def close(self, gap: Gap, at: datetime, reason: str = "") -> list[tuple[str, bool]]:
        """Dismiss it for a reason, or have it answered; returns who asked and whether they sent."""
        with self.db.transaction():
            self.db.change(
                "update gaps set closed_at = :at, reason = :reason, place = null,"
                " words = case when :reason = '' then '' else words end where id = :gap",
                **{"at": at, "reason": reason, "gap": gap.id},
            )
            askers = self.db.rows(
                "select person, max(sent) as sent from gap_askers where gap = ? and told = 0"
                " group by person",
                gap.id,
            )
            # whose words are kept with it stays known, so that they can still be taken away
            kept = "" if reason == "" else " and sent = 0"
            self.db.change(f"delete from gap_askers where gap = ?{kept}", gap.id)
            self.db.change("update gap_askers set told = 1 where gap = ?", gap.id)
        return [(asker["person"], bool(asker["sent"])) for asker in askers]

    def closed(self, after: datetime, until: datetime) -> list[str]:
        """The themes that were answered then, by name."""
        return self.db.all(
            str,
            "select distinct theme from gaps where workspace = :workspace and reason = ''"
            " and closed_at > ? and closed_at <= ? order by theme",
            *(after, until),
        )

    def forget(self, askers: datetime, gaps: datetime) -> None:
        """Drop who asked, and what nobody asked about since these moments."""
        with self.db.transaction():
            self.db.change("delete from gap_askers where at < ?", askers)
            self.db.change("delete from gaps where at < ?", gaps)

    def _drop_if_nobody_asks(self, gap: str) -> None:
        self.db.change(
            "delete from gaps where id = ? and words = '' and reason = '' and place is null"
            " and not exists (select 1 from gap_askers where gap = id)",
            gap,
        )
