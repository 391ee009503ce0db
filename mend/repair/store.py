"""What the library learns: counts by playbook and day, phrases; who taught is kept apart."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from mend.db.engine import Database
from mend.db.personal import Personal, impersonal
from mend.recap.daily.model import Lookups
from mend.repair.model import PENDING_OF_ONE, SERVED_AFTER_PEOPLE, LearnedPhrase, Use

PERSONAL = (
    Personal("uses.person", "whoever looked a playbook up", "deleted, or 90 days"),
    Personal("phrases.phrase", "whoever typed it", "deleted by the last who used it"),
    Personal("phrase_askers.mark", "whoever typed it, by a mark", "deleted"),
)
IMPERSONAL = (
    *impersonal("uses", "workspace slug parts at team"),
    *impersonal("phrases", "workspace slug undone_at"),
    *impersonal("phrase_askers", "at"),
    *impersonal("playbook_use", "workspace day slug team closed_at"),
    *impersonal("playbook_rivals", "workspace day one other closed_at"),
)
_CLOSED = "workspace = :workspace and closed_at is not null"


@dataclass(frozen=True)
class LearningStore:
    """What the library learns from use. Counts are read once their window is closed."""

    db: Database

    def close(self, team: str, before: date, until: datetime, k: int) -> None:
        """End the window of each playbook that k people of the team looked up since its last one.

        Days from `before` on, which begins at `until`, stay open; so does what fewer looked up.
        """
        window = {"team": team, "before": before, "until": until, "k": k}
        known = (
            "with last as (select slug, max(closed_at) as at from playbook_use"
            "  where workspace = :workspace and team = :team group by slug)"
            " select uses.slug from uses left join last on last.slug = uses.slug"
            " where workspace = :workspace and team = :team"
            " and uses.at > coalesce(last.at, '') and uses.at <= :until"
            " group by uses.slug having count(*) >= :k"
        )
        closed = "select slug from playbook_use where workspace = :workspace and closed_at = :until"
        with self.db.transaction():
            self.db.change(
                "update playbook_use set closed_at = :until where workspace = :workspace"
                " and team = :team and closed_at is null and day < :before"
                f" and slug in ({known})",
                **window,
            )
            self.db.change(
                "update playbook_rivals set closed_at = :until where workspace = :workspace"
                " and closed_at is null and day < :before"
                f" and (one in ({closed}) or other in ({closed}))",
                **window,
            )

    def count(self, slug: str, what: str, day: date, team: str) -> None:
        """One more "shown", "worked" or "not_this" of the playbook in the team; nobody's."""
        self.db.change(
            f"insert into playbook_use (workspace, day, slug, team, {what})"
            f" values (:workspace, ?, ?, ?, 1) on conflict (workspace, day, slug, team)"
            f" do update set {what} = playbook_use.{what} + 1",
            *(day, slug, team),
        )

    def competed(self, one: str, other: str, day: date) -> None:
        """Some words would have found, or did find, either of the two."""
        self.db.change(
            "insert into playbook_rivals (workspace, day, one, other, times)"
            " values (:workspace, ?, ?, ?, 1)"
            " on conflict (workspace, day, one, other)"
            " do update set times = playbook_rivals.times + 1",
            *(day, *sorted((one, other))),
        )

    def most_shown(self, since: date, limit: int) -> list[str]:
        return self.db.all(
            str,
            f"select slug from playbook_use where {_CLOSED} and day > ?"
            " group by slug order by sum(shown) desc, slug limit ?",
            *(since, limit),
        )

    def people_who_used(self, team: str, after: datetime, until: datetime) -> dict[str, int]:
        """How many of the team saw each playbook last in that time: to suppress by, never to

        show.
        """
        found = self.db.rows(
            "select slug, count(*) as people from uses where workspace ="
            " :workspace and team = ? and at > ? and at <= ?"
            " group by slug",
            *(team, after, until),
        )
        return {each["slug"]: each["people"] for each in found}

    def use(self, first: date, last: date, team: str | None = None) -> list[Use]:
        """Of every playbook shown on those days, in the team or in all, the most shown first."""
        return self.db.all(
            Use,
            "select slug, sum(shown) as shown, sum(worked) as worked, sum(not_this) as not_this"
            f" from playbook_use where {_CLOSED} and day between :first and :last"
            " and team = coalesce(:team, team) group by slug order by sum(shown) desc, slug",
            **{"first": first, "last": last, "team": team},
        )

    def competing(self, since: date, often: int) -> list[tuple[str, str]]:
        """Pairs that competed at least so often, the most often first."""
        pairs = self.db.rows(
            f"select one, other from playbook_rivals where {_CLOSED} and day > ?"
            " group by one, other having sum(times) >= ? order by sum(times) desc, one, other",
            *(since, often),
        )
        return [(pair["one"], pair["other"]) for pair in pairs]

    def looked_up_on(self, days: Sequence[date], team: str) -> list[Lookups]:
        """How often the team looked each playbook up on these days of its own."""
        return self.db.all(
            Lookups,
            f"select day, slug, shown as times from playbook_use where {_CLOSED}"
            " and day in (:days) and team = :team and shown > 0",
            **{"days": days, "team": team},
        )

    def used(
        self, person: str, slug: str, parts: Mapping[str, str], at: datetime, team: str = ""
    ) -> None:
        """Remember which version of the playbook this person saw last, and in which team."""
        self.db.change(
            "insert into uses (workspace, person, slug, parts, at, team)"
            " values (:workspace, ?, ?, ?, ?, ?) on conflict (workspace, person, slug)"
            " do update set parts = excluded.parts, at = excluded.at, team = excluded.team,"
            " judged = 0",
            *(person, slug, parts, at, team),
        )

    def judged(self, person: str, slug: str) -> str | None:
        """Count this as what the person says of the playbook: the team in which they saw it last,

        or None where they said something since.
        """
        return self.db.one(
            str,
            "update uses set judged = 1 where workspace = :workspace and person = ? and slug = ?"
            " and judged = 0 returning team",
            *(person, slug),
        )

    def last_use(self, person: str, slug: str) -> tuple[datetime, dict[str, str]] | None:
        uses = self.db.rows(
            "select at, parts from uses where workspace = :workspace and person = ? and slug = ?",
            *(person, slug),
        )
        return next(
            ((datetime.fromisoformat(use["at"]), json.loads(use["parts"])) for use in uses), None
        )

    def recently_used(self, person: str, limit: int) -> list[str]:
        return self.db.all(
            str,
            "select slug from uses where workspace = :workspace and person = ?"
            " order by at desc, rowid desc limit ?",
            *(person, limit),
        )

    def may_judge(self, person: str, slug: str) -> bool:
        """Whether this person saw the playbook and has not said since whether it worked."""
        this = "workspace = :workspace and person = ? and slug = ? and judged = 0"
        return bool(self.db.rows(f"select 1 from uses where {this}", person, slug))

    def learn(self, slug: str, phrase: str, person: str, at: datetime) -> None:
        """One more who found `slug` by `phrase`: it is served from the second person on.

        Who used it is kept as a mark only, by which the same person is known again. Nothing is
        kept of one who has too many phrases waiting already, or of a phrase an admin undid.
        """
        this = "workspace = :workspace and slug = :slug and phrase = :phrase"
        key = {"slug": slug, "phrase": phrase}
        with self.db.transaction():
            if len(self._waiting_of(person)) >= PENDING_OF_ONE:
                return
            self.db.change(
                "insert into phrases (workspace, slug, phrase) values (:workspace, :slug, :phrase)"
                " on conflict do nothing",
                **key,
            )
            kept = self.db.one(int, f"select id from phrases where {this}", **key)
            assert kept is not None
            is_new = self.db.change(
                "insert into phrase_askers (phrase, mark, at) values (?, ?, ?)"
                " on conflict do nothing",
                *(kept, _mark(kept, person), at),
            )
            self.db.change("update phrases set people = people + ? where id = ?", is_new, kept)

    def phrases(
        self, *, people: int = SERVED_AFTER_PEOPLE, slug: str | None = None
    ) -> list[LearnedPhrase]:
        """The phrases in use that at least so many people used, oldest first."""
        return self.db.all(
            LearnedPhrase,
            "select * from phrases where workspace = :workspace and people >= :people"
            " and undone_at is null and (:slug is null or slug = :slug) order by id",
            **{"people": people, "slug": slug},
        )

    def show_phrases(self) -> None:
        """A day ends: what admins see of the phrases is, until the next one does, what is now."""
        self.db.change("update phrases set people_shown = people where workspace = :workspace")

    def taught(self, person: str) -> list[int]:
        """The ids of the phrases that this person used."""
        marked = self.db.rows(
            "select phrases.id, mark from phrase_askers join phrases"
            " on phrases.id = phrase_askers.phrase where workspace = :workspace order by phrases.id"
        )
        return [each["id"] for each in marked if each["mark"] == _mark(each["id"], person)]

    def forget_teacher(self, person: str) -> None:
        """Take this person out of the phrases they used; one that nobody else used goes."""
        with self.db.transaction():
            for phrase in self.taught(person):
                self.db.change(
                    "delete from phrase_askers where phrase = ? and mark = ?",
                    *(phrase, _mark(phrase, person)),
                )
                self.db.change("update phrases set people = people - 1 where id = ?", phrase)
                self.db.change("delete from phrases where id = ? and people < 1", phrase)

    def _waiting_of(self, person: str) -> set[int]:
        waiting = {each.id for each in self.phrases(people=1) if not each.is_served}
        return waiting & set(self.taught(person))

    def undo_phrase(self, phrase: int, at: datetime) -> None:
        self.db.change(
            "update phrases set undone_at = ? where workspace = :workspace and id = ?",
            *(at, phrase),
        )

    def export(self) -> dict[str, list[dict[str, object]]]:
        """Phrases that two people used, and use by playbook and month; nothing by person."""
        return {
            "phrases": self.db.rows(
                "select slug as playbook, phrase from phrases"
                " where people_shown >= ? and undone_at is null order by slug, phrase",
                SERVED_AFTER_PEOPLE,
            ),
            "use": self.db.rows(
                "select slug as playbook, substr(day, 1, 7) as month, sum(shown) as shown,"
                " sum(worked) as worked, sum(not_this) as not_this from playbook_use"
                " where closed_at is not null group by 2, 1 order by 2, 1"
            ),
        }

    def forget(self, waiting: datetime, uses: datetime, counts: date) -> None:
        """Drop phrases that waited, who used what, and what was counted before these moments."""
        with self.db.transaction():
            self.db.change(
                "delete from phrases where people < ? and undone_at is null and not exists"
                " (select 1 from phrase_askers where phrase = phrases.id and at >= ?)",
                *(SERVED_AFTER_PEOPLE, waiting),
            )
            self.db.change("delete from uses where at < ?", uses)
            for table in ("playbook_use", "playbook_rivals"):
                self.db.change(f"delete from {table} where day < ?", counts)


def _mark(phrase: int, person: str) -> str:
    """By which a person is known again as one who used this phrase, without being named."""
    return hashlib.sha256(f"{phrase} {person}".encode()).hexdigest()[:32]
