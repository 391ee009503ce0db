"""What happens in the three invented weeks: the words, and the one slip that becomes a playbook."""

from __future__ import annotations

from mend.lookbacks.model import Cause, Factor
from mend.recap.causes.model import Given, Strength

NEW_LATER = ("colleague-tension",)
CHANGED_LATER = ("double-charge", "refund-late", "hold-too-long", "missed-callback")
VERIFIED_LATER = ("forgotten-password", "wrong-item", "high-bill")
PUBLISHED_ON = {  # so many days after the first, or before the last
    1: "wrong-item",
    3: "hold-too-long",
    7: "refund-late",
    10: "colleague-tension",
    14: "high-bill",
    18: "forgotten-password",
    -4: "missed-callback",
    -1: "double-charge",
}
POPULAR = ("double-charge", "refund-late", "order-status", "missed-callback", "app-not-working")

SLIPS = (
    "sent the refund confirmation to the old e-mail address",
    "said five days, the policy says ten",
    "hung up while the transfer was still ringing",
    "booked the technician for the wrong week",
    "read the address of the neighbour's account out loud",
    "answered in a tone I would not want to hear myself",
    "forgot to write the promise down, so nobody called back",
    "closed the ticket before the courier had answered",
    "told them the outage was over when it was not",
    "asked for the reference three times",
    "used the template for cancellations on a complaint",
    "left them on hold for twelve minutes without coming back",
    "transferred the call back to the queue it came from",
    "changed the order instead of the delivery date",
    "sent the reply meant for another customer",
    "quoted last month's price",
    "skipped one question of the identity check",
    "talked over them until they asked me to stop",
    "gave them the wrong opening hours for the counter",
    "typed the amount without reading it back",
)
DONE = ("called back and said so", "wrote again with the right one", "asked billing to reverse it")
WOULD_HELP = (
    "a warning before sending",
    "the limit on the same screen",
    "five minutes to write up",
)
LEARNED = ("read it back before pressing the button", "say when, and write the day down first")
MISSED = (
    "the gift card shows zero after topping up",
    "customer wants the invoice in another company's name",
    "the chat bot promised something we do not offer",
)
MISSED_ON = {1: "tension with back office", 2: "tension with back office"}  # until it is there
CONDITIONS = (  # days from the first, or before the last; what is to be watched, how long, what for
    (2, "The courier is on strike", 3, "delivery-delayed"),
    (-3, "The billing screen is slow to show a refund", 7, "refund-late"),
)
ANSWERS = ("Call them back now, I take your next one.", "You may waive it; I have noted it.")
PHRASES = {  # a customer's words that lead to a playbook; how many people use them
    "double-charge": (("the app took my money and then took it again", 2),),
    "refund-late": (("my money went back to nowhere", 3), ("refund stuck in limbo since may", 1)),
}

# The loop. In the first week these are owned, each by somebody else. What was going on is the
# same, so the week says it; the first becomes a playbook, and the board says what was done.
OF_THE_LOOP = (
    "promised an exception, and had to call back that I may not",
    "kept them waiting eleven minutes to ask whether I may waive it",
    "offered a voucher that only a lead may give",
    "refused the fee waiver that we are allowed to give once",
    "told them to write in, though I could have waived it myself",
    "charged the change fee on an order where it is free",
)
BEHIND_THEM = (Factor.AUTH, Factor.INFO)
FROM_NOTE = "cannot-do-that"  # the playbook that comes of it
WOULD_IMPROVE = "Say what we may offer instead, without asking, and who decides above that."
DONE_ABOUT_IT = Given(
    what="a playbook says what an agent may offer instead",
    who="the playbook team",
    strength=Strength.INTERMEDIATE,
    state=Cause.PREVENTED,
    reason="",
    checked_on=None,  # the day on which it is written down
)
