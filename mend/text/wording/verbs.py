"""Verbs that tell an act without judging it, in the three forms that a rewrite needs."""

from __future__ import annotations

from typing import Final

# Base forms.
_REGULAR = """
accept activate add adjust admit answer apply approve arrange ask assign attach authorise
authorize bill block book call cancel carry change charge check clean clear clip close collect
complete confirm consult contact convert cook copy count credit crop cross-check deactivate debit
deduct delete deliver deploy deposit describe dial disable discharge discount discuss dispatch
dispense document double-check duplicate e-mail email enable endorse enrol enroll enter escalate
examine exchange explain extend fax file fill finish fix flag follow forward grade hand heat
include inform inspect install invite invoice issue key label lift list load lock log lower mail
map mark measure mention merge mix move name note notify number offer open order pack park pass
paste phone pick place plan post prescribe print prioritise prioritize process promise quote raise
rank rate re-send reassign reboot receive recheck record refund register reject release remind
remove rename renew repair replace reply report reschedule reserve reset resolve restart return
reverse revert review route save scan schedule scrap screen search seat select serve service share
ship sign skip sort stack stamp start stock stop store submit substitute suspend swap switch tag
test text tick tie train transfer translate triage turn type unload unlock update upgrade upload
use validate verify waive warn water weigh wire wrap
"""
_DOUBLED = """
cancel clip crop enrol fit log map plan scrap ship skip stop swap tag transfer wrap drop refer submit
admit
"""
_IRREGULAR = """
send sent sent|give gave given|tell told told|take took taken|write wrote written|leave left left
put put put|lose lost lost|make made made|keep kept kept|read read read|set set set|say said said
sell sold sold|shut shut shut|cut cut cut|let let let|do did done|choose chose chosen|bring brought
brought|buy bought bought|find found found|hold held held|pay paid paid|ring rang rung|speak spoke
spoken|get got got|hang hung hung|hand handed handed|build built built|lend lent lent|teach taught
taught|show showed shown|draw drew drawn|drive drove driven|feed fed fed|see saw seen|spell spelt
spelt|mislay mislaid mislaid|overwrite overwrote overwritten|resend resent resent|rewrite rewrote
rewritten|withdraw withdrew withdrawn|undo undid undone|catch caught caught|hear heard heard|stick stuck stuck|split split split
"""
# What charges is said by what it came to: an ignored mail was not answered by anybody.
MILDER: Final = {
    "ignored": "missed",
    "overlooked": "missed",
    "missed": "missed",
    "skipped": "skipped",
    "forgot": "forgotten",
    "dumped": "left",
    "threw": "put",
    "shoved": "put",
    "dropped": "left",
    "rubber-stamped": "approved",
    "copy-pasted": "pasted",
}
DITRANSITIVE: Final = frozenset(
    ["given", "told", "sent", "offered", "quoted", "promised", "charged", "emailed", "e-mailed"]
    + ["texted", "shown", "handed", "asked", "paid", "sold", "billed", "refunded", "lent"]
)


def _past(base: str) -> str:
    if base in _DOUBLED.split():
        return base + base[-1] + "ed"
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2] not in "aeou":
        return base[:-1] + "ied"
    return base + "ed"


def _forms() -> tuple[dict[str, str], dict[str, str]]:
    by_past: dict[str, str] = {}
    by_base: dict[str, str] = {}
    for base in _REGULAR.split():
        past = _past(base)
        by_past[past] = by_base[base] = past
    by_past["canceled"] = "canceled"
    for row in " ".join(_IRREGULAR.split("\n")).replace("  ", " ").split("|"):
        words = row.split()
        for base, past, participle in zip(words[::3], words[1::3], words[2::3], strict=False):
            by_past[past] = by_base[base] = participle
            by_past.setdefault(participle, participle)
    return by_past, by_base


BY_PAST, BY_BASE = _forms()  # "sent" to "sent", "send" to "sent"
