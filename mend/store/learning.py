"""What the library learns: lookups of nobody's, phrases, gaps; who asked is kept apart."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from mend.domain.briefs import Lookups
from mend.ports import Draft, Gap, LearnedPhrase
from mend.store.connection import Connections
from mend.store.rows import row


@dataclass(frozen=True)
class SqliteLearning:
    """See ports.Learning."""

    file: Connections

    def looked_up(self, workspace: str, slug: str, at: datetime) -> None:
        self.file.insert("insert into lookups", workspace=workspace, slug=slug, at=at)

    def most_looked_up(self, workspace: str, since: datetime, limit: int) -> list[str]:
        return self.file.all(
            str,
            "select slug from lookups where workspace = ? and at > ?"
            " group by slug order by count(*) desc, slug limit ?",
            *(workspace, since, limit),
        )

    def looked_up_in(self, workspace: str, after: datetime, until: datetime) -> dict[str, int]:
        found = self.file.rows(
            "select slug, count(*) as lookups from lookups where workspace = ? and at > ?"
            " and at <= ? group by slug order by lookups desc, slug",
            *(workspace, after, until),
        )
        return {each["slug"]: each["lookups"] for each in found}

    def people_who_used(self, workspace: str, after: datetime, until: datetime) -> dict[str, int]:
        found = self.file.rows(
            "select slug, count(*) as people from uses where workspace = ? and at > ? and at <= ?"
            " group by slug",
            *(workspace, after, until),
        )
        return {each["slug"]: each["people"] for each in found}

    def looked_up_on(self, workspace: str, days: Sequence[date]) -> list[Lookups]:
        return self.file.all(
            Lookups,
            "select value as day, slug, count(*) as times from json_each(:days)"
            " join lookups on workspace = :workspace and at >= value"
            " and at < date(value, '+1 day') group by 1, 2",
            **{"workspace": workspace, "days": days},
        )

    def used(
        self, workspace: str, person: str, slug: str, parts: Mapping[str, str], at: datetime
    ) -> None:
        self.file.change(
            "insert into uses (workspace, person, slug, parts, at) values (?, ?, ?, ?, ?)"
            " on conflict do update set parts = excluded.parts, at = excluded.at",
            *(workspace, person, slug, parts, at),
        )

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

    def missed(self, workspace: str, theme: str, person: str, at: datetime) -> str:
        gap = Gap(id=secrets.token_hex(8), theme=theme, words="", at=at)
        with self.file.transaction():
            self.file.insert("insert into gaps", workspace=workspace, **row(gap))
            self.file.insert("insert into gap_askers", gap=gap.id, person=person, at=at)
        return gap.id

    def send_words(self, workspace: str, gap: str, person: str, words: str) -> bool:
        changed = self.file.change(
            "update gaps set words = ? where workspace = ? and id = ? and closed_at is null"
            " and exists (select 1 from gap_askers where gap = gaps.id and person = ?)",
            *(words, workspace, gap, person),
        )
        return changed == 1

    def gaps(self, workspace: str) -> list[Gap]:
        return self.file.all(
            Gap,
            "select * from gaps where workspace = ? and closed_at is null order by at desc",
            workspace,
        )

    def close_gap(self, workspace: str, gap: str, at: datetime) -> str | None:
        with self.file.transaction():
            self.file.change(
                "update gaps set closed_at = ?, words = '' where workspace = ? and id = ?",
                *(at, workspace, gap),
            )
            return self.file.one(str, "delete from gap_askers where gap = ? returning person", gap)

    def keep_draft(self, workspace: str, draft: Draft) -> None:
        self.file.insert("insert into drafts", workspace=workspace, **row(draft))

    def draft(self, workspace: str, draft: str) -> Draft | None:
        return self.file.one(
            Draft, "select * from drafts where workspace = ? and id = ?", workspace, draft
        )

    def forget_draft(self, workspace: str, draft: str) -> None:
        self.file.change("delete from drafts where workspace = ? and id = ?", workspace, draft)

    def forget(self, askers_before: datetime, uses_before: datetime) -> None:
        with self.file.transaction():
            self.file.change("delete from phrase_askers where at < ?", askers_before)
            self.file.change("delete from gap_askers where at < ?", askers_before)
            self.file.change("delete from uses where at < ?", uses_before)
