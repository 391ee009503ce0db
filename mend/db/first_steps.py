"""The first steps to today's tables, in order; later ones are in steps.py."""

from __future__ import annotations

import sqlite_utils
from sqlite_utils import Migrations

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
