"""The later steps to today's tables. A new one goes to the end; none is ever changed."""

from __future__ import annotations

import json
import re
from hashlib import sha256

import sqlite_utils

from mend.db.first_steps import steps

__all__ = ["steps"]


@steps()
def m0012_patience(database: sqlite_utils.Database) -> None:
    """Since when work fails; which attempt at a post was certainly not sent."""
    for statement in (
        "alter table jobs add column failing_since text",
        "alter table posts add column unsent integer not null default 0",
    ):
        database.execute(statement)


@steps()
def m0014_personal(database: sqlite_utils.Database) -> None:
    """What people said goes when they say so: what is tied to a note says to which."""
    for statement in (
        # whose it is, and which note it came from, as long as it can still be taken back
        "alter table drafts add column entry text not null default ''",
        "update drafts set entry = coalesce((select json_extract(payload, '$.entry') from jobs"
        " where jobs.workspace = drafts.workspace and key = 'draft:' || drafts.id), '')",
        # given up for a folder that could not be written, or left behind by a withdrawn note
        "update jobs set parked_at = null, failures = 0 where kind = 'draft'",
        "update jobs set done_at = null, armed = armed + 1 where kind = 'draft'"
        " and json_extract(payload, '$.draft') in (select id from drafts where entry <> ''"
        "  and entry not in (select id from entries where withdrawn_at is null))",
        "delete from drafts where entry <> ''"
        " and entry not in (select id from entries where withdrawn_at is null)",
        "alter table lessons add column owner text not null default ''",
        "update lessons set owner ="
        " coalesce((select owner from entries where entries.id = lessons.entry), '')",
        # a lesson is read from its own table, so that it can be taken back everywhere
        "update recaps set content = json_set(content, '$.lesson', '')",
        "alter table replies add column deleted_at text",
        # what a note that expired still counts for, until its week is closed
        """create table answers (
            workspace text not null, team text not null, owner text not null,
            factors text not null, answered_at text not null
        ) strict""",
        "alter table phrase_askers rename column person to mark",
    ):
        database.execute(statement)
    gone = "select id, request from entries where withdrawn_at is not null"
    for entry, request in database.execute(gone).fetchall():
        mark = sha256(request.encode()).hexdigest()
        database.execute("update entries set request = ? where id = ?", [mark, entry])
    taught = database.execute("select phrase, mark from phrase_askers").fetchall()
    for phrase, person in taught:
        database.execute(
            "update phrase_askers set mark = ? where phrase = ? and mark = ?",
            [sha256(f"{phrase} {person}".encode()).hexdigest()[:32], phrase, person],
        )


@steps()
def m0013_help_requests(database: sqlite_utils.Database) -> None:
    """Whose team a request and a promise are of, what a request is about, who reads what of it."""
    for statement in (
        "alter table hands add column team text not null default ''",
        "alter table hands add column playbook text not null default ''",
        "alter table hands add column promise text not null default ''",
        "alter table hands add column due_at text",
        "alter table hands add column on_line integer not null default 0",
        "alter table hands add column outcome text",
        "alter table promises add column team text not null default ''",
        "update promises set team = coalesce((select team from entries where id = entry), '')",
        "update hands set team = coalesce((select team from entries where id = entry),"
        " (select channel from members where workspace = hands.workspace and person = asker), '')",
        """create table hand_messages (
            workspace text not null, subject text not null, hand text not null,
            person text not null,     -- empty once forgotten, where a message still stands
            part text not null, primary key (workspace, subject)
        ) strict""",
        "create index hand_messages_of on hand_messages (workspace, hand)",
        # until now the subject itself ended in the supervisor
        "insert into hand_messages select workspace, subject,"
        " substr(subject, 6, instr(substr(subject, 6), ':') - 1),"
        " substr(subject, 6 + instr(substr(subject, 6), ':')), 'lead' from posts"
        " where substr(subject, 1, 5) = 'hand:'",
    ):
        database.execute(statement)


@steps()
def m0014_personal_keys(database: sqlite_utils.Database) -> None:
    """No key of a private message ends in whoever reads it any more."""
    for table, column in (("notices", "key"), ("jobs", "key"), ("posts", "subject")):
        kept = f"select rowid, {column} from {table} where {column} like 'notice:%'"
        for row, key in database.execute(kept).fetchall():
            front, _, end = key.rpartition(":")
            if re.fullmatch(r"[UW][A-Z0-9]{4,}", end):
                mark = sha256(key.removeprefix("notice:").encode()).hexdigest()[:16]
                database.execute(
                    f"update {table} set {column} = ? where rowid = ?", [f"{front}:{mark}", row]
                )


@steps()
def m0015_names(database: sqlite_utils.Database) -> None:
    """Tables and columns bear the names they have in the code."""
    owned = ("replies", "promises", "lookbacks", "lessons", "drafts", "hands")
    for statement in (
        "alter table entries rename to notes",
        *(f"alter table {table} rename column entry to note" for table in owned),
        "alter table hands rename to help_requests",
        "alter table hand_messages rename to help_messages",
        "alter table help_messages rename column hand to help_request",
        "alter table jobs rename column armed to scheduled",
        "alter table jobs rename column parked_at to dead_at",
        """update jobs set payload = replace(replace(payload, '"entry":', '"note":'),"""
        """ '"hand":', '"help_request":')""",
    ):
        database.execute(statement)


@steps()
def m0016_lookups_of_a_team(database: sqlite_utils.Database) -> None:
    """In which team a playbook was looked up; until now that is known where there is only one."""
    only = (
        "coalesce((select case count(distinct team) when 1 then min(team) end from recaps"
        "  where recaps.workspace = {0}.workspace), '')"
    )
    for statement in (
        "alter table uses add column team text not null default ''",
        f"update uses set team = {only.format('uses')}",
        "alter table playbook_use rename to use_of_all",
        """create table playbook_use (
            workspace text not null, day text not null, slug text not null,
            team text not null,       -- its channel; empty where no team's
            shown integer not null default 0, worked integer not null default 0,
            not_this integer not null default 0, primary key (workspace, day, slug, team)
        ) strict, without rowid""",
        f"insert into playbook_use select workspace, day, slug, {only.format('use_of_all')},"
        " shown, worked, not_this from use_of_all",
        "drop table use_of_all",
    ):
        database.execute(statement)


@steps()
def m0017_chosen(database: sqlite_utils.Database) -> None:
    """Whether a note is private because its owner said so, or because nobody asked yet."""
    database.execute("alter table notes add column chosen integer not null default 0")


@steps()
def m0018_closed_windows(database: sqlite_utils.Database) -> None:
    """What people did is read once a window is closed."""
    for statement in (
        "alter table playbook_use add column closed_at text",
        "alter table playbook_rivals add column closed_at text",
        # what admins see of gaps and phrases is decided at the end of each day
        "create table closed_days (workspace text primary key, day text not null) strict",
        "alter table gaps add column place integer",  # in the queue; null: not in it yet
        "alter table gaps add column quantity text not null default ''",
        "alter table phrases add column people_shown integer not null default 0",
    ):
        database.execute(statement)
    for row, content in database.execute("select rowid, content from weeks").fetchall():
        week = json.loads(content)
        for told in week["factors"]:
            told["people"] = min(told["people"], 5)  # no figure stays behind what was told
        database.execute("update weeks set content = ? where rowid = ?", [json.dumps(week), row])


@steps()
def m0019_notices_about(database: sqlite_utils.Database) -> None:
    """What a private message is about: it goes with that."""
    database.execute("alter table notices add column about text not null default ''")
    for kind in ("lookback", "promise"):
        front = f"notice:{kind}:"
        rest = f"substr(key, {len(front) + 1})"
        database.execute(
            f"update notices set about = substr({rest}, 1, instr({rest} || ':', ':') - 1)"
            " where content is not null and substr(key, 1, ?) = ?",
            [len(front), front],
        )
    database.execute("create index notices_about on notices (workspace, about) where about <> ''")


@steps()
def m0020_submissions(database: sqlite_utils.Database) -> None:
    """Which forms were accepted: an answer that got lost makes people submit them again."""
    database.execute(
        "create table submissions (workspace text not null, key text not null, at text not null,"
        " primary key (workspace, key)) strict, without rowid"
    )


@steps()
def m0021_help_asks(database: sqlite_utils.Database) -> None:
    """Who asked for a hand within the hour, by a mark: the limit holds across restarts."""
    database.execute(
        "create table help_asks (workspace text not null, mark text not null, at text not null)"
        " strict"
    )


@steps()
def m0022_told_before(database: sqlite_utils.Database) -> None:
    """What was told before messages were about anything is so, too, and goes with that.

    Where it stands was not kept: it is looked for by what its buttons are about, as if an answer
    had been lost.
    """
    for kind, table in (("lookback", "notes"), ("promise", "promises")):
        front = f"notice:{kind}:"
        rest = f"substr(notices.key, {len(front) + 1})"
        about = f"substr({rest}, 1, instr({rest}, ':') - 1)"
        told = "content is null and about = '' and substr(notices.key, 1, ?) = ?"
        database.execute(
            "insert into posts (workspace, subject, key, channel, thread, since, unsent)"
            f" select notices.workspace, notices.key, {table}.id, owner, '', owed_at, -1"
            f" from notices join {table} on {table}.id = {about}"
            f" where {told} and owner is not null on conflict do nothing",
            [len(front), front],
        )
        changed = f"update notices set about = {about} where {told}"
        database.execute(changed, [len(front), front])
