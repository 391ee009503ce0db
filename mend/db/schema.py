"""The tables, as a list of named steps applied in order; the only place where tables are made."""

from __future__ import annotations

import contextlib
import re
import sqlite3
from hashlib import sha256
from pathlib import Path

import sqlite_utils
from sqlite_utils import Migrations

from mend.db.engine import BUSY_SECONDS, CannotOpen, Database
from mend.db.model import NotSaved

steps = Migrations("mend")


@steps()
def m0001_ground(database: sqlite_utils.Database) -> None:
    """Notes, replies, posts, jobs, recaps, what was last seen of each playbook."""
    for table in (
        """create table entries (
            id text primary key, workspace text not null, team text not null, request text not null,
            owner text,               -- null once withdrawn: a tombstone names nobody
            text text, did text, would_help text, learned text, visibility text not null,
            version integer not null, created_at text not null, repaired_at text, withdrawn_at text,
            unique (workspace, request)
        ) strict""",
        "create index entries_of_owner on entries (workspace, owner, created_at)",
        """create table replies (
            entry text not null references entries (id) on delete cascade, ts text not null,
            text text not null, primary key (entry, ts)
        ) strict""",
        """create table posts (
            workspace text not null, subject text not null, key text not null,
            channel text not null, thread text not null, ts text not null default '',
            version integer not null default 0, since text not null,
            primary key (workspace, subject)
        ) strict""",
        "create index posts_of_thread on posts (workspace, channel, ts)",
        """create table jobs (
            id integer primary key, workspace text not null, kind text not null, key text not null,
            payload text not null, due_at text not null, armed integer not null default 1,
            attempts integer not null default 0, failures integer not null default 0,
            claimed_until text, done_at text, parked_at text, reason text, unique (workspace, key)
        ) strict""",
        "create index jobs_due on jobs (due_at) where done_at is null and parked_at is null",
        """create table recaps (
            workspace text not null, team text not null, day text not null, content text not null,
            primary key (workspace, team, day)
        ) strict""",
        """create table playbook_changes (
            workspace text not null, slug text not null, title text not null, kind text not null,
            digest text not null, at text not null
        ) strict""",
        "create index playbook_changes_at on playbook_changes (workspace, at)",
    ):
        database.execute(table)


@steps()
def m0002_learning(database: sqlite_utils.Database) -> None:
    """Lookups without a person, learned phrases, gaps, requests for a hand, private notices."""
    for table in (
        """create table lookups (
            workspace text not null, slug text not null, at text not null
        ) strict""",
        "create index lookups_at on lookups (workspace, at)",
        """create table uses (
            workspace text not null, person text not null, slug text not null, parts text not null,
            at text not null, primary key (workspace, person, slug)
        ) strict""",
        """create table phrases (
            id integer primary key, workspace text not null, slug text not null,
            phrase text not null, people integer not null default 0, undone_at text,
            unique (workspace, slug, phrase)
        ) strict""",
        """create table phrase_askers (
            phrase integer not null references phrases (id) on delete cascade, person text not null,
            at text not null, primary key (phrase, person)
        ) strict""",
        """create table gaps (
            id text primary key, workspace text not null, theme text not null,
            words text not null,      -- empty unless the asker sent them to the playbook team
            at text not null, closed_at text
        ) strict""",
        """create table gap_askers (
            gap text primary key references gaps (id) on delete cascade, person text not null,
            at text not null
        ) strict""",
        """create table hands (
            id text primary key, workspace text not null, asker text not null,
            context text not null, entry text not null, asked_at text not null, state text not null,
            taker text not null, version integer not null
        ) strict""",
        """create table notices (
            workspace text not null, key text not null, person text not null,
            content text,             -- null once delivered
            owed_at text not null, primary key (workspace, key)
        ) strict""",
    ):
        database.execute(table)


@steps()
def m0003_working(database: sqlite_utils.Database) -> None:
    """When a note closed; promises to customers; look-backs."""
    for statement in (
        "alter table entries add column closed_at text",
        """create table promises (
            id text primary key, workspace text not null,
            entry text not null references entries (id) on delete cascade, owner text not null,
            what text not null, due_at text not null, may_tell_lead integer not null,
            state text not null, version integer not null
        ) strict""",
        "create index promises_of_entry on promises (entry)",
        """create table lookbacks (
            entry text primary key references entries (id) on delete cascade, state text not null,
            factors text not null, words text not null, cause text not null, who text not null,
            asked integer not null, answered_at text
        ) strict""",
    ):
        database.execute(statement)


@steps()
def m0004_drafts(database: sqlite_utils.Database) -> None:
    """Playbook changes proposed by owners of notes, until they are published."""
    database.execute(
        """create table drafts (
            id text primary key, workspace text not null, owner text not null, title text not null,
            words text not null, may_tell integer not null
        ) strict"""
    )
    database.execute(
        """create table lessons (
            entry text primary key, workspace text not null, team text not null, text text not null,
            tell_after text not null, told_on text
        ) strict"""
    )


@steps()
def m0005_teams(database: sqlite_utils.Database) -> None:
    """Teams made in Slack, what each chose, and the team each person was in last."""
    for table in (
        """create table teams (
            workspace text not null, channel text not null, chosen text not null,
            since text not null, primary key (workspace, channel)
        ) strict""",
        """create table members (
            workspace text not null, person text not null, channel text not null,
            primary key (workspace, person)
        ) strict""",
    ):
        database.execute(table)


@steps()
def m0006_owning(database: sqlite_utils.Database) -> None:
    """The owner's own message that a note is about."""
    database.execute("alter table entries add column link text not null default ''")


@steps()
def m0007_revisions(database: sqlite_utils.Database) -> None:
    """Versions of playbooks; suggestions for them, with who made them apart."""
    for statement in (
        """create table revisions (
            id integer primary key, workspace text not null, slug text not null,
            author text not null,     -- empty for what was found on the disk
            at text not null, digest text not null, base text not null, state text not null,
            sources text not null, text text not null
        ) strict""",
        "create index revisions_of on revisions (workspace, slug, id)",
        "create index revisions_in on revisions (workspace, state)",
        """create table suggestions (
            id text primary key, workspace text not null, slug text not null, words text not null,
            is_outdated integer not null, verified text, at text not null
        ) strict""",
        """create table suggestion_askers (
            suggestion text primary key references suggestions (id) on delete cascade,
            person text not null, at text not null
        ) strict""",
    ):
        database.execute(statement)


@steps()
def m0011_weeks(database: sqlite_utils.Database) -> None:
    """Closed weeks, what is done about causes, and whether an answer's words may be shown."""
    for statement in (
        """create table weeks (
            workspace text not null, team text not null, monday text not null,
            content text not null, primary key (workspace, team, monday)
        ) strict""",
        """create table causes (
            id text primary key, workspace text not null, team text not null, factor text not null,
            what text not null, who text not null, strength text not null, state text not null,
            reason text not null, checked_on text, changed_at text not null, came_back text,
            version integer not null
        ) strict""",
        "create index causes_of_team on causes (workspace, team)",
        "alter table lookbacks add column may_show integer not null default 0",
        "create index lookbacks_answered on lookbacks (answered_at)",
    ):
        database.execute(statement)


@steps()
def m0009_library(database: sqlite_utils.Database) -> None:
    """Counts by playbook and day instead of a row a lookup; many askers of one gap."""
    for statement in (
        """create table playbook_use (
            workspace text not null, day text not null, slug text not null,
            shown integer not null default 0, worked integer not null default 0,
            not_this integer not null default 0, primary key (workspace, day, slug)
        ) strict, without rowid""",
        "insert into playbook_use (workspace, day, slug, shown)"
        " select workspace, substr(at, 1, 10), slug, count(*) from lookups group by 1, 2, 3",
        "drop table lookups",
        """create table playbook_rivals (
            workspace text not null, day text not null, one text not null, other text not null,
            times integer not null, primary key (workspace, day, one, other)
        ) strict, without rowid""",
        "alter table uses add column judged integer not null default 0",
        "alter table gaps add column reason text not null default ''",
        "create index gaps_live on gaps (workspace) where closed_at is null or reason <> ''",
        "alter table gap_askers rename to single_askers",
        """create table gap_askers (
            gap text not null references gaps (id) on delete cascade, person text not null,
            mark text not null, at text not null, sent integer not null,
            told integer not null default 0, primary key (gap, person, mark)
        ) strict""",
        "create index gap_askers_of_mark on gap_askers (mark, person)",
        # from a gap a miss to one a theme, and one for words that were sent
        "create temporary table themes as select workspace, theme, min(id) as id from gaps"
        " where words = '' and closed_at is null group by 1, 2",
        "insert or ignore into gap_askers (gap, person, mark, at, sent)"
        " select iif(words = '', themes.id, gap), person, '', single_askers.at, words <> ''"
        " from single_askers join gaps on gaps.id = gap left join themes using (workspace, theme)",
        "drop table single_askers",
        "delete from gaps where words = '' and closed_at is null"
        " and id not in (select id from themes)",
        "drop table themes",
    ):
        database.execute(statement)


@steps()
def m0008_people(database: sqlite_utils.Database) -> None:
    """What admins did, and who has seen App Home."""
    for statement in (
        """create table audit (
            workspace text not null, at text not null, admin text not null, act text not null,
            subject text not null
        ) strict""",
        "create index audit_at on audit (workspace, at)",
        """create table welcomes (
            workspace text not null, person text not null, part text not null, at text not null,
            primary key (workspace, person, part)
        ) strict""",
    ):
        database.execute(statement)


@steps()
def m0010_conditions(database: sqlite_utils.Database) -> None:
    """What admins and supervisors ask the next shift to watch; a recap's line by its fields."""
    for statement in (
        """create table conditions (
            id text primary key, workspace text not null,
            team text not null,       -- empty: for every team
            words text not null, until text not null, playbook text not null
        ) strict""",
        "update recaps set content = json_set(content, '$.keep_in_mind', json_object("
        " 'title', coalesce(json_extract(content, '$.keep_in_mind[0]'), ''),"
        " 'say_first', coalesce(json_extract(content, '$.keep_in_mind[1]'), '')))",
    ):
        database.execute(statement)


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


def opened(path: Path, workspace: str, *, busy_seconds: float = BUSY_SECONDS) -> Database:
    """The workspace's part of the file, made where it is missing and brought up to date.

    Safe when several processes start together. Raises CannotOpen where the file cannot be used,
    or a newer Mend has already changed it.
    """
    db = Database(path, workspace, busy_seconds=busy_seconds)
    try:
        with db.transaction() as connection:
            check_version(connection)
            steps.apply(connection)
    except NotSaved as wrong:
        db.close()
        raise CannotOpen(
            f"{path} cannot be written ({wrong}). Close the other program that uses it, or free"
            " some space, then start again."
        ) from None
    except CannotOpen:
        db.close()
        raise
    return db


def check_version(database: sqlite_utils.Database) -> bool:
    """Whether it is one of Mend's; raises CannotOpen where a newer version has changed it."""
    applied = {step.name for step in steps.applied(database)}
    with contextlib.closing(sqlite3.connect(":memory:")) as empty:
        known = {step.name for step in steps.pending(sqlite_utils.Database(empty))}
    if applied - known:
        raise CannotOpen(
            "This database was made by a newer version of Mend (it knows"
            f" {', '.join(sorted(applied - known))}). Start that version, or restore the"
            " backup made before the upgrade."
        )
    return bool(applied)
