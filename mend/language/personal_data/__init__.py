"""Personal data out of what agents type, before the first write.

Missing a card, a security code or a password is worse than masking too much; but order numbers,
tickets, tracking, amounts, dates and the last four digits stay, because repair needs them.
"""

from mend.language.personal_data.found import Found, Masked, undoable
from mend.language.personal_data.masking import mask
from mend.language.personal_data.undoing import originals, put_back

__all__ = ["Found", "Masked", "mask", "originals", "put_back", "undoable"]
