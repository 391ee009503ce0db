"""What a number is introduced as: the words around it decide before its digits do.

A ten-digit waybill is a valid phone number, one order number in ten passes the check of a card,
so every detector of bare numbers asks here first.
"""

from __future__ import annotations

import re
from typing import Final, Literal

from mend.language.personal_data.reading import ACCOUNT_MARK, CARD_MARK
from mend.language.personal_data.words import words

Kind = Literal["reference", "card", "phone", "account", "id"]

_WORDS: Final[dict[Kind, str]] = {
    "reference": """order orders ordered po so ticket tickets tix case cases ref refs reference
        references tracking track tracker trk waybill waybills awb airwaybill shipment parcel
        parcels package consignment invoice invoices inv booking bookings reservation pnr
        itinerary confirmation conf transaction transactions txn trx trace arn rrn rma return
        serial sn imei iccid sim sku ean upc gtin barcode barcodes isbn item product model batch
        lot voucher coupon promo gift complaint incident request sr job jira zendesk salesforce
        sf claim policy quote contract meter mpan mprn docket manifest delivery fedex ups dhl usps
        lbc jt ninjavan ninja hermes evri dpd auspost startrack interaction session chat log
        agent employee emp staff asset flight seat loyalty member membership points
        subscription approval auth authorisation authorization gcashref receipt bill statement
        memo dispute chargeback epoch timestamp version build error port zip postcode postal""",
    "card": """card cards visa mastercard amex maestro diners discover jcb unionpay pan cc dc debit
        credit ccnum cardnumber mc""",
    "phone": """phone phones telephone tel mobile mob cell cellphone cel landline cp call calls
        called calling callback cb ring rang ringing dial dialled dialed text texted sms whatsapp
        viber telegram gcash maya paymaya contact contacts reach reached fax hotline ph mobil fone
        caller recontact telno""",
    "account": """account acct acc a/c acctno iban routing aba bsb sortcode savings checking
        chequing current bdo bpi metrobank unionbank landbank barclays hsbc lloyds natwest
        monzo chase westpac anz nab commbank bank sort""",
    "id": """ssn social nino ni nin tin sss umid crn gsis philhealth philsys philid pcn psn phic
        pagibig hdmf tfn medicare nhs passport licence license dl itin""",
}
_KINDS: Final[dict[str, Kind]] = {w: kind for kind, text in _WORDS.items() for w in words(text)}
_PAIRS: Final[dict[str, Kind]] = {
    "his number": "phone",
    "her number": "phone",
    "their number": "phone",
    "my number": "phone",
    "customer number": "reference",
    "call id": "reference",
    "call ref": "reference",
    "contact id": "reference",
    "gcash ref": "reference",
    "card ref": "reference",
    "national id": "id",
    "tax file": "id",
    "phil id": "id",
    "pag-ibig id": "id",
}
# Words that may stand between the introducing word and the number.
_FILLERS: Final = words(
    """number numbers no nos num nr nbr id ids code is was are were be a an the this that his her
    their its our my your new old same correct right wrong other second first 2nd 1st full
    of for from with to at on in under via and or & / as it he she they # details detail
    info ending him me them back us again mr mrs ms cx customer cust s up please pls actual
    alternate alt tomorrow today tonight later am pm after before by until asap primary main
    work home office registered given gave said not said: reads read out"""
)
_TOKEN = re.compile(r"[a-z]+(?:/[a-z])?(?:-[a-z]+)?|\d[\d .-]*|[#&]|[.!?;]\s|[\ue000-\ue002]")
_REACH = 72  # characters of context that are looked at
_PASSED = 6  # words that may be passed on the way back


class Context:
    """The surroundings of numbers in one text; each place is looked at once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._before: dict[int, Kind | None] = {}
        self._after: dict[int, Kind | None] = {}

    def kind_of(self, start: int, end: int) -> Kind | None:
        """What the number at start:end is, as the words before it, or else after it, say."""
        if start not in self._before:
            self._before[start] = _introduced_as(self.text, start)
        if end not in self._after:
            self._after[end] = _explained_as(self.text, end)
        return self._before[start] or self._after[end]


def _introduced_as(text: str, start: int) -> Kind | None:
    """What the nearest introducing word before `start` says the number there is."""
    glued = _glued(text, start)
    if glued:
        return glued
    tokens = _TOKEN.findall(text[max(0, start - _REACH) : start].lower())
    passed = 0
    for index in range(len(tokens) - 1, -1, -1):
        token = tokens[index].strip()
        before = tokens[index - 1].strip() if index else ""
        kind = _PAIRS.get(f"{before} {token}") or _KINDS.get(token)
        if kind:
            return kind
        if token in (CARD_MARK, ACCOUNT_MARK):
            return None
        if token[0] in ".!?;":
            if before not in ("no", "nos", "num", "ref", "acct", "tel", "mob", "id", "inv"):
                return None
        elif not token[0].isdigit():
            if token not in _FILLERS:
                return None
            passed += 1
            if passed > _PASSED:
                return None
    return None


_EXPLAINED = re.compile(
    r"\)?\s?(?:[(=]|-\s|,?\s?(?:is|was|as|being)\b)\s?((?:[a-z/]+\W{1,2}){0,3}?[a-z/]+)"
)


def _explained_as(text: str, end: int) -> Kind | None:
    """What the words after a number say it was: "5123456789 is the waybill"."""
    match = _EXPLAINED.match(text[end : end + 48].lower())
    if not match:
        return None
    for word in re.findall(r"[a-z/]+", text[end : end + match.end() + 24].lower())[:5]:
        if word in _KINDS:
            return _KINDS[word]
        if word not in _FILLERS:
            return None
    return None


_GLUE = re.compile(r"([a-z]+)\d{0,4}(?:[-_/:]|\s?#\s?)?$|#\s?$", re.IGNORECASE)


def _glued(text: str, start: int) -> Kind | None:
    """Letters or # that are written together with a number make it a reference ("INV-5125")."""
    match = _GLUE.search(text[max(0, start - 12) : start])
    if not match:
        return None
    word = (match[1] or "").lower()
    return None if word in ("cx", "cust", "customer") else _KINDS.get(word, "reference")
