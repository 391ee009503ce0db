"""What the library learns: counts by playbook and day, phrases; who taught is kept apart."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from mend.db.engine import Connections
from mend.db.mapping import row
from mend.ports import Draft
from mend.recap.brief.model import Lookups
from mend.repair.model import SHOWN_AFTER_PEOPLE, LearnedPhrase, Use


@dataclass(frozen=True)
class SqliteLearning:
    """See ports.Learning."""

    file: Connections

    def count(self, workspace: str, slug: str, what: str, day: date) -> None:
        self.file.change(
            f"insert into playbook_use (workspace, day, slug, {what}) values (?, ?, ?, 1)"
            f" on conflict do update set {what} = {what} + 1",
            *(workspace, day, slug),
        )

    def competed(self, workspace: str, one: str, other: str, day: date) -> None:
        self.file.change(
            "insert into playbook_rivals (workspace, day, one, other, times)"
            " values (?, ?, min(?3, ?4), max(?3, ?4), 1)"
            " on conflict do update set times = times + 1",
            *(workspace, day, one, other),
        )

    def most_shown(self, workspace: str, since: date, limit: int) -> list[str]:
        return self.file.all(
            str,
            "select slug from playbook_use where workspace = ? and day > ?"
            " group by slug order by sum(shown) desc, slug limit ?",
            *(workspace, since, limit),
        )

    def people_who_used(self, workspace: str, after: datetime, until: datetime) -> dict[str, int]:
        found = self.file.rows(
            "select slug, count(*) as people from uses where workspace = ? and at > ? and at <= ?"
            " group by slug",
            *(workspace, after, until),
        )
        return {each["slug"]: each["people"] for each in found}

    def use(self, workspace: str, first: date, last: date) -> list[Use]:
        return self.file.all(
            Use,
            "select slug, sum(shown) as shown, sum(worked) as worked, sum(not_this) as not_this"
            " from playbook_use where workspace = ? and day between ? and ?"
            " group by slug order by sum(shown) desc, slug",
            *(workspace, first, last),
        )

    def competing(self, workspace: str, since: date, often: int) -> list[tuple[str, str]]:
        pairs = self.file.rows(
            "select one, other from playbook_rivals where workspace = ? and day > ?"
            " group by one, other having sum(times) >= ? order by sum(times) desc, one, other",
            *(workspace, since, often),
        )
        return [(pair["one"], pair["other"]) for pair in pairs]

    def looked_up_on(self, workspace: str, days: Sequence[date]) -> list[Lookups]:
        return self.file.all(
            Lookups,
            "select day, slug, shown as times from playbook_use where workspace = :workspace"
            " and day in (select value from json_each(:days)) and shown > 0",
            **{"workspace": workspace, "days": days},
        )

    def used(
        self, workspace: str, person: str, slug: str, parts: Mapping[str, str], at: datetime
    ) -> None:
        self.file.change(
            "insert into uses (workspace, person, slug, parts, at) values (?, ?, ?, ?, ?)"
            " on conflict do update set parts = excluded.parts, at = excluded.at, judged = 0",
            *(workspace, person, slug, parts, at),
        )

    def judged(self, workspace: str, person: str, slug: str) -> bool:
        changed = self.file.change(
            "update uses set judged = 1"
            " where workspace = ? and person = ? and slug = ? and judged = 0",
            *(workspace, person, slug),
        )
        return changed == 1

    def last_use(
        self, workspace: str, person: str, slug: str
    ) -> tuple[datetime, dict[str, str]] | None:
        uses = self.file.rows(
            "select at, parts from uses where workspace = ? and person = ? and slug = ?",
            *(workspace, person, slug),
        )
        return next(
            ((datetime.fromisoformat(use["at"]), json.loads(use["parts"])) for use in uses), None
        )

    def recently_used(self, workspace: str, person: str, limit: int) -> list[str]:
        return self.file.all(
            str,
            "select slug from uses where workspace = ? and person = ? order by at desc limit ?",
            *(workspace, person, limit),
        )

    def learn(self, workspace: str, slug: str, phrase: str, person: str, at: datetime) -> None:
        this = "workspace = :workspace and slug = :slug and phrase = :phrase"
        key = {"workspace": workspace, "slug": slug, "phrase": phrase}
        with self.file.transaction():
            self.file.insert("insert or ignore into phrases", **key)
            is_new = self.file.change(
                "insert into phrase_askers (phrase, person, at) select id, :person, :at"
                f" from phrases where {this} on conflict do nothing",
                **key,
                person=person,
                at=at,
            )
            self.file.change(
                f"update phrases set people = people + :new where {this}", **key, new=is_new
            )

    def phrases(self, workspace: str, *, people: int = 1) -> list[LearnedPhrase]:
        return self.file.all(
            LearnedPhrase,
            "select * from phrases where workspace = ? and people >= ? and undone_at is null"
            " order by id",
            *(workspace, people),
        )

    def undo_phrase(self, workspace: str, phrase: int, at: datetime) -> None:
        self.file.change(
            "update phrases set undone_at = ? where workspace = ? and id = ?",
            *(at, workspace, phrase),
        )

    def keep_draft(self, workspace: str, draft: Draft) -> None:
        self.file.insert("insert into drafts", workspace=workspace, **row(draft))

    def draft(self, workspace: str, draft: str) -> Draft | None:
        return self.file.one(
            Draft, "select * from drafts where workspace = ? and id = ?", workspace, draft
        )

    def forget_draft(self, workspace: str, draft: str) -> None:
        self.file.change("delete from drafts where workspace = ? and id = ?", workspace, draft)

    def export(self) -> dict[str, list[dict[str, object]]]:
        return {
            "phrases": self.file.rows(
                "select slug as playbook, phrase from phrases"
                " where people >= ? and undone_at is null order by slug, phrase",
                SHOWN_AFTER_PEOPLE,
            ),
            "use": self.file.rows(
                "select slug as playbook, substr(day, 1, 7) as month, sum(shown) as shown,"
                " sum(worked) as worked, sum(not_this) as not_this from playbook_use"
                " group by 2, 1 order by 2, 1"
            ),
        }

    def forget(self, askers: datetime, uses: datetime, counts: date) -> None:
        with self.file.transaction():
            self.file.change("delete from phrase_askers where at < ?", askers)
            self.file.change("delete from uses where at < ?", uses)
            for table in ("playbook_use", "playbook_rivals"):
                self.file.change(f"delete from {table} where day < ?", counts)
