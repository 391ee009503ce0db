"""What was looked for in vain; who asked is kept apart, with a mark of their words."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from mend.db.engine import Connections
from mend.db.mapping import row
from mend.repair.model import Gap

_LIVE = "gaps.workspace = :workspace and (closed_at is null or reason <> '')"


@dataclass(frozen=True)
class SqliteGaps:
    """See ports.Gaps."""

    file: Connections

    def live(self, workspace: str) -> list[Gap]:
        return self.file.all(
            Gap, f"select * from gaps where {_LIVE} order by at desc, id", workspace=workspace
        )

    def asked_in(self, workspace: str, mark: str) -> Gap | None:
        return self.file.one(
            Gap,
            "select gaps.* from gap_askers join gaps on gaps.id = gap"
            f" where {_LIVE} and mark <> '' and mark = :mark order by words = '' limit 1",
            workspace=workspace,
            mark=mark,
        )

    def get(self, workspace: str, gap: str) -> Gap | None:
        sql = "select * from gaps where workspace = ? and id = ?"
        return self.file.one(Gap, sql, workspace, gap)

    def people(self, workspace: str) -> dict[str, int]:
        counted = self.file.rows(
            "select theme, count(distinct person) as people from gaps join gap_askers on gap = id"
            f" where {_LIVE} and not told group by theme",
            workspace=workspace,
        )
        return {each["theme"]: each["people"] for each in counted}

    def make(self, workspace: str, theme: str, words: str, at: datetime, reason: str = "") -> Gap:
        gap = Gap(secrets.token_hex(8), theme, words, at, reason=reason)
        self.file.insert("insert into gaps", workspace=workspace, **row(gap))
        return gap

    def ask(self, gap: Gap, person: str, mark: str, at: datetime, *, sent: bool = False) -> None:
        this = {"gap": gap.id, "at": at}
        with self.file.transaction():
            self.file.change(
                "insert into gap_askers (gap, person, mark, at, sent)"
                " values (:gap, :person, :mark, :at, :sent)"
                " on conflict do update set at = excluded.at, told = 0,"
                "  sent = max(excluded.sent, iif(told, 0, sent))",
                **{**this, "person": person, "mark": mark, "sent": sent},
            )
            self.file.change(
                "update gaps set at = :at, closed_at = case when"
                " (select count(distinct person) from gap_askers where gap = :gap and not told)"
                " < 2"
                " then closed_at end where id = :gap",
                **this,
            )

    def is_asked_by_others(self, gap: Gap, person: str, mark: str) -> bool:
        found = self.file.rows(
            "select 1 from gap_askers where gap = ? and mark = ? and person <> ? and not told",
            *(gap.id, mark, person),
        )
        return bool(found)

    def to_send(self, workspace: str, person: str, mark: str) -> Gap | None:
        return self.file.one(
            Gap,
            f"select gaps.* from gap_askers join gaps on id = gap where {_LIVE}"
            " and person = :person and mark = :mark and not told",
            **{"workspace": workspace, "person": person, "mark": mark},
        )

    def move(self, gap: Gap, mark: str, to: Gap) -> None:
        with self.file.transaction():
            self.file.change(
                "update or replace gap_askers set gap = ? where gap = ? and mark = ?",
                *(to.id, gap.id, mark),
            )
            self._drop_if_nobody_asks(gap.id)

    def askers(self, workspace: str, marks: Mapping[str, str]) -> list[tuple[str, str]]:
        with self.file.transaction():
            found = self.file.rows(
                "delete from gap_askers where mark in (select value from json_each(:marks))"
                f" and gap in (select id from gaps where {_LIVE} and words = '')"
                " returning gap, person, mark",
                workspace=workspace,
                marks=list(marks),
            )
            for gap in {each["gap"] for each in found}:
                self._drop_if_nobody_asks(gap)
        return [(each["person"], marks[each["mark"]]) for each in found]

    def close(self, gap: Gap, at: datetime, reason: str = "") -> list[tuple[str, bool]]:
        with self.file.transaction():
            self.file.change(
                "update gaps set closed_at = :at, reason = :reason,"
                " words = case when :reason = '' then '' else words end where id = :gap",
                **{"at": at, "reason": reason, "gap": gap.id},
            )
            askers = self.file.rows(
                "select person, max(sent) as sent from gap_askers where gap = ? and not told"
                " group by person",
                gap.id,
            )
            # whose words are kept with it stays known, so that they can still be taken away
            kept = "" if reason == "" else " and not sent"
            self.file.change(f"delete from gap_askers where gap = ?{kept}", gap.id)
            self.file.change("update gap_askers set told = 1 where gap = ?", gap.id)
        return [(asker["person"], bool(asker["sent"])) for asker in askers]

    def closed(self, workspace: str, after: datetime, until: datetime) -> list[str]:
        return self.file.all(
            str,
            "select distinct theme from gaps where workspace = ? and reason = ''"
            " and closed_at > ? and closed_at <= ? order by theme",
            *(workspace, after, until),
        )

    def forget(self, askers: datetime, gaps: datetime) -> None:
        with self.file.transaction():
            self.file.change("delete from gap_askers where at < ?", askers)
            self.file.change("delete from gaps where at < ?", gaps)

    def _drop_if_nobody_asks(self, gap: str) -> None:
        self.file.change(
            "delete from gaps where id = ? and words = '' and reason = ''"
            " and not exists (select 1 from gap_askers where gap = id)",
            gap,
        )
