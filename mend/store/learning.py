"""What the library learns: lookups of nobody's, phrases, gaps; who asked is kept apart."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from mend.ports import Draft, Gap, LearnedPhrase
from mend.store.connection import Connections
from mend.store.moments import from_text, to_text


@dataclass(frozen=True)
class SqliteLearning:
    """See ports.Learning."""

    connections: Connections

    def looked_up(self, workspace: str, slug: str, at: datetime) -> None:
        with self.connections.transaction() as database:
            database.table("lookups").insert(
                {"workspace": workspace, "slug": slug, "at": to_text(at)}
            )

    def most_looked_up(self, workspace: str, since: datetime, limit: int) -> list[str]:
        rows = self.connections.database().query(
            "select slug from lookups where workspace = ? and at > ?"
            " group by slug order by count(*) desc, slug limit ?",
            [workspace, to_text(since), limit],
        )
        return [row["slug"] for row in rows]

    def used(
        self, workspace: str, person: str, slug: str, parts: Mapping[str, str], at: datetime
    ) -> None:
        with self.connections.transaction() as database:
            database.execute(
                "insert into uses (workspace, person, slug, parts, at) values (?, ?, ?, ?, ?)"
                " on conflict do update set parts = excluded.parts, at = excluded.at",
                [workspace, person, slug, json.dumps(dict(parts)), to_text(at)],
            )

    def last_use(
        self, workspace: str, person: str, slug: str
    ) -> tuple[datetime, dict[str, str]] | None:
        rows = self.connections.database().query(
            "select at, parts from uses where workspace = ? and person = ? and slug = ?",
            [workspace, person, slug],
        )
        return next(((from_text(row["at"]), json.loads(row["parts"])) for row in rows), None)

    def recently_used(self, workspace: str, person: str, limit: int) -> list[str]:
        rows = self.connections.database().query(
            "select slug from uses where workspace = ? and person = ? order by at desc limit ?",
            [workspace, person, limit],
        )
        return [row["slug"] for row in rows]

    def learn(self, workspace: str, slug: str, phrase: str, person: str, at: datetime) -> None:
        with self.connections.transaction() as database:
            database.execute(
                "insert into phrases (workspace, slug, phrase) values (?, ?, ?)"
                " on conflict do nothing",
                [workspace, slug, phrase],
            )
            key = {"workspace": workspace, "slug": slug, "phrase": phrase}
            is_new = database.execute(
                "insert into phrase_askers (phrase, person, at) select id, :person, :at"
                " from phrases where workspace = :workspace and slug = :slug and phrase = :phrase"
                " on conflict do nothing",
                {**key, "person": person, "at": to_text(at)},
            ).rowcount
            database.execute(
                "update phrases set people = people + :new"
                " where workspace = :workspace and slug = :slug and phrase = :phrase",
                {**key, "new": is_new},
            )

    def phrases(self, workspace: str, *, people: int = 1) -> list[LearnedPhrase]:
        rows = self.connections.database().query(
            "select id, slug, phrase, people from phrases where workspace = ? and people >= ?"
            " and undone_at is null order by id",
            [workspace, people],
        )
        return [LearnedPhrase(**row) for row in rows]

    def undo_phrase(self, workspace: str, phrase: int, at: datetime) -> None:
        with self.connections.transaction() as database:
            database.execute(
                "update phrases set undone_at = ? where workspace = ? and id = ?",
                [to_text(at), workspace, phrase],
            )

    def missed(self, workspace: str, theme: str, person: str, at: datetime) -> str:
        gap = secrets.token_hex(8)
        with self.connections.transaction() as database:
            database.table("gaps").insert(
                {
                    "id": gap,
                    "workspace": workspace,
                    "theme": theme,
                    "words": "",
                    "at": to_text(at),
                }
            )
            database.table("gap_askers").insert({"gap": gap, "person": person, "at": to_text(at)})
        return gap

    def send_words(self, workspace: str, gap: str, person: str, words: str) -> bool:
        with self.connections.transaction() as database:
            changed = database.execute(
                "update gaps set words = ? where workspace = ? and id = ? and closed_at is null"
                " and exists (select 1 from gap_askers where gap = gaps.id and person = ?)",
                [words, workspace, gap, person],
            )
            return int(changed.rowcount) == 1

    def gaps(self, workspace: str) -> list[Gap]:
        rows = self.connections.database().query(
            "select id, theme, words, at from gaps where workspace = ? and closed_at is null"
            " order by at desc",
            [workspace],
        )
        return [Gap(row["id"], row["theme"], row["words"], from_text(row["at"])) for row in rows]

    def close_gap(self, workspace: str, gap: str, at: datetime) -> str | None:
        with self.connections.transaction() as database:
            database.execute(
                "update gaps set closed_at = ?, words = '' where workspace = ? and id = ?",
                [to_text(at), workspace, gap],
            )
            rows = database.query("delete from gap_askers where gap = ? returning person", [gap])
            return next((str(row["person"]) for row in list(rows)), None)

    def keep_draft(self, workspace: str, draft: Draft) -> None:
        with self.connections.transaction() as database:
            database.table("drafts").insert({"workspace": workspace, **asdict(draft)})

    def draft(self, workspace: str, draft: str) -> Draft | None:
        rows = self.connections.database().query(
            "select id, owner, title, words, may_tell from drafts where workspace = ? and id = ?",
            [workspace, draft],
        )
        return next((Draft(**{**row, "may_tell": bool(row["may_tell"])}) for row in rows), None)

    def forget_draft(self, workspace: str, draft: str) -> None:
        with self.connections.transaction() as database:
            database.execute(
                "delete from drafts where workspace = ? and id = ?", [workspace, draft]
            )

    def forget(self, askers_before: datetime, uses_before: datetime) -> None:
        with self.connections.transaction() as database:
            for table, moment in (
                ("phrase_askers", askers_before),
                ("gap_askers", askers_before),
                ("uses", uses_before),
            ):
                database.execute(f"delete from {table} where at < ?", [to_text(moment)])
