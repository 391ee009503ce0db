"""What is kept about one person, for that person alone, and how it is forgotten."""

import secrets
from dataclasses import dataclass
from typing import Any

from mend.db.engine import Database
from mend.repair.store import LearningStore

_MINE = "workspace = :workspace and owner = :person"
ABOUT = {
    "notes": "select id, text, did, would_help, learned, link, visibility, team as channel,"
    f" created_at, repaired_at, closed_at from notes where {_MINE} and withdrawn_at is null"
    " order by created_at, rowid",
    "replies": "select note as note, ts, replies.text from replies"
    f" join notes on notes.id = note where {_MINE} and deleted_at is null order by ts",
    "promises": "select note as note, what, due_at, may_tell_lead, state from promises"
    f" where {_MINE} order by due_at, rowid",
    "look_backs": "select note as note, state, factors, words, cause, who, answered_at"
    f" from lookbacks join notes on notes.id = note where {_MINE}"
    " union all select '', 'answered', factors, '', '', '', answered_at from answers"
    f" where {_MINE} order by answered_at nulls first",
    "lessons": f"select text, told_on from lessons where {_MINE} order by tell_after, rowid",
    "drafts": f"select title, words, may_tell from drafts where {_MINE} order by id",
    "team": "select channel from members where workspace = :workspace and person = :person",
    "suggestions": "select slug as playbook, words, is_outdated, suggestions.at from suggestions"
    " join suggestion_askers on suggestion = id where workspace = :workspace and person = :person"
    " order by suggestions.at, suggestions.rowid",
    "playbook_edits": "select slug as playbook, state, at from revisions"
    " where workspace = :workspace and author = :person order by id",
    "playbooks_seen": "select slug as playbook, at from uses"
    " where workspace = :workspace and person = :person order by at, rowid",
    "phrases_taught": "select slug as playbook, phrase from phrases where workspace = :workspace"
    " and id in (:taught) order by id",
    "gaps_asked_about": "select theme, case when sent = 1 then words else '' end as words,"
    " gap_askers.at"
    " from gap_askers join gaps on gaps.id = gap"
    " where workspace = :workspace and person = :person order by gap_askers.at",
    # of a request that somebody else made, only that this person has it or was asked
    "requests_for_a_hand": "select case when asker = :person then 'you asked' when taker = :person"
    " then 'you took it' else 'you were asked' end as part, asked_at,"
    " case when asker = :person then playbook else '' end as playbook,"
    " case when asker = :person then context else '' end as context from help_requests"
    " where workspace = :workspace and state <> 'closed' and (:person in (asker, taker) or exists"
    " (select 1 from help_messages where help_messages.workspace = help_requests.workspace"
    "  and help_request = help_requests.id and person = :person)) order by asked_at, rowid",
    "admin_acts": "select act, subject, at from audit"
    " where workspace = :workspace and admin = :person order by at, rowid",
    "welcomes": "select part, at from welcomes"
    " where workspace = :workspace and person = :person order by at, rowid",
    "messages_owed": "select json_extract(content, '$.text') as text, owed_at from notices"
    " where workspace = :workspace and person = :person and content is not null order by owed_at",
}

# A key that names a person (an older Mend's did) ends in ":" and their id.
_HERE = "workspace = :workspace"
_OWED = f"select key from notices where {_HERE} and person = :person"
_NAMED = "substr({0}, length({0}) - length(:ending) + 1) = :ending"
_RENAMED = "{0} = substr({0}, 1, length({0}) - length(:ending)) || ':' || :nobody"
_IN_KEY, _IN_SUBJECT = _NAMED.format("key"), _NAMED.format("subject")

_FORGETTING = (
    f"delete from promises where {_MINE}",
    f"delete from drafts where {_MINE}",
    f"delete from answers where {_MINE}",
    f"delete from suggestions where {_HERE}"
    " and id in (select suggestion from suggestion_askers where person = :person)",
    f"delete from revisions where {_HERE} and author = :person and state in ('draft', 'set aside')",
    f"update revisions set author = '' where {_HERE} and author = :person",
    "update lookbacks set who = '' where who = :person"
    f" and note in (select id from notes where {_HERE})",
    f"delete from members where {_HERE} and person = :person",
    f"delete from uses where {_HERE} and person = :person",
    # words that nobody else sent, and that no two others used, are theirs
    f"delete from gaps where {_HERE} and words <> ''"
    " and id in (select gap from gap_askers where person = :person)"
    " and not exists (select 1 from gap_askers where gap = gaps.id and person <> :person"
    "  group by gap having max(sent) = 1 or count(distinct person) > 1)",
    f"delete from gap_askers where person = :person and gap in (select id from gaps where {_HERE})",
    f"update audit set admin = '' where {_HERE} and admin = :person",
    f"delete from welcomes where {_HERE} and person = :person",
    f"delete from posts where {_HERE} and subject in ({_OWED})",
    f"delete from jobs where {_HERE} and key in ({_OWED})",
    f"delete from notices where {_HERE} and (person = :person or {_IN_KEY})",
    f"update notices set content = replace(content, :mention, 'a colleague') where {_HERE}",
    # what a supervisor was told about somebody's request is still to be taken back when that is
    # answered, so where it stands is kept under nobody's name
    f"delete from posts where {_HERE}"
    f" and ((channel = :person and unsent >= 0) or ({_IN_SUBJECT} and subject not like 'hand:%'))",
    f"delete from jobs where {_HERE} and {_IN_KEY}"
    f" and key not in (select subject from posts where {_HERE})",
    f"update jobs set {_RENAMED.format('key')},"
    f" payload = json_set(payload, '$.person', :nobody) where {_HERE} and {_IN_KEY}",
    f"delete from jobs where {_HERE} and json_extract(payload, '$.person') = :person",
    f"update posts set {_RENAMED.format('subject')} where {_HERE} and {_IN_SUBJECT}",
)


@dataclass(frozen=True)
class PrivacyStore:
    """See, and forget, what is kept about one person."""

    db: Database

    def about(self, person: str) -> dict[str, list[dict[str, Any]]]:
        """Everything kept about them, and nothing of anybody else: by what it is, its rows.

        The names are read by people too: in the text they are sent, and in what was deleted.
        """
        with self.db.transaction():  # one moment for all of it
            named = {"person": person, "taught": LearningStore(self.db).taught(person)}
            return {name: self.db.rows(sql, **named) for name, sql in ABOUT.items()}

    def forget_person(self, person: str) -> None:
        """Leave no trace of them, once their notes are withdrawn and their requests let go."""
        named = {
            "person": person,
            "ending": f":{person}",
            "mention": f"<@{person}>",
            "nobody": secrets.token_hex(8),
        }
        with self.db.transaction():
            LearningStore(self.db).forget_teacher(person)
            for statement in _FORGETTING:
                self.db.change(statement, **named)
