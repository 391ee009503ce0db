"""Personal data out of what agents type, before the first write.

Missing a card, a security code or a password is worse than masking too much; but order numbers,
tickets, tracking, amounts, dates and the last four digits stay, because repair needs them.
"""

from mend.text.redaction.found import Found, Redacted, undoable
from mend.text.redaction.redacting import redact

__all__ = ["Found", "Redacted", "redact", "undoable"]
