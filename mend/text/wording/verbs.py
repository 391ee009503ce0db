"""Verbs that tell an act without judging it, in the three forms that a rewrite needs."""

from __future__ import annotations

from typing import Final

# Base forms; then those that double their last letter; then base, past and participle.
_REGULAR = """
accept activate add adjust admit answer apply approve archive arrange ask assign attach
authorise authorize bill bin block book bounce call cancel carry change charge check clean clear
clip close collect complete confirm consult contact convert cook copy count crease credit crop
cross cross-check damage deactivate debit deduct delete deliver deploy deposit describe dial
disable discharge discount discuss dispatch dispense document double-book double-charge
double-check duplicate e-mail email empty enable endorse enrol enroll enter escalate examine
exchange explain extend fax file fill finish fix flag follow forward fuel glue grade hand heat ice
include inform inspect install invite invoice iron issue jam key knock label lift list load lock
log lower mail map mark measure mention merge misdirect misfile mislabel misplace misspell
mistype mix move name note notify number offer open order overcharge pack paint park pass paste
phone pick place plan post pour pre-approve prescribe print prioritise prioritize process
promise pull push quote raise rank rate re-open re-send reassign reboot receive recheck record
refuel refund register reject release remind remove rename renew reopen repair replace reply
report reschedule reserve reset resolve restart return reverse revert review round route save
scan schedule scrap scratch screen seal search seat select serve service share shift ship sign
skip sort stack stain stamp staple start stock stop store submit substitute suspend swap switch
tag tape test text tick tie tow train transfer translate triage turn type undercharge unload
unlock unplug update upgrade upload use validate verify waive warn wash water weigh wipe wire
wrap
"""
_DOUBLED = """
admit bin cancel clip crop drop enrol fit jam knit log map pin plan refer scrap ship skip stop
submit swap tag transfer unplug wrap
"""
_IRREGULAR = """
bend/bent/bent, break/broke/broken, bring/brought/brought, build/built/built, buy/bought/bought,
catch/caught/caught, choose/chose/chosen, cut/cut/cut, draw/drew/drawn, drive/drove/driven,
feed/fed/fed, find/found/found, freeze/froze/frozen, give/gave/given, hand/handed/handed,
hang/hung/hung, hear/heard/heard, hold/held/held, keep/kept/kept, leave/left/left,
lend/lent/lent, lose/lost/lost, mislay/mislaid/mislaid, misread/misread/misread,
overwrite/overwrote/overwritten, pay/paid/paid, put/put/put, read/read/read,
resend/resent/resent, rewrite/rewrote/rewritten, ring/rang/rung, sell/sold/sold, send/sent/sent,
set/set/set, show/showed/shown, shut/shut/shut, speak/spoke/spoken, spell/spelt/spelt,
split/split/split, stick/stuck/stuck, take/took/taken, teach/taught/taught, tell/told/told,
undo/undid/undone, withdraw/withdrew/withdrawn, write/wrote/written
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
    for row in _IRREGULAR.split(","):
        base, past, participle = row.strip().split("/")
        by_past[past] = by_base[base] = participle
        by_past.setdefault(participle, participle)
    return by_past, by_base


BY_PAST, BY_BASE = _forms()  # "sent" to "sent", "send" to "sent"
