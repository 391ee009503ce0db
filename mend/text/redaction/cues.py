"""The words that say what stands after them, one row for each kind of value.

A ten-digit waybill is a valid phone number and one order number in ten passes the check of a card:
the words around a number decide before its digits do.
"""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple, cast

from mend.text.redaction.found import Type
from mend.text.redaction.reading import ACCOUNT_MARK, CARD_MARK

# "other" is a number with a name of its own ("loan number"): no phone, but perhaps an id.
Kind = Type | Literal["reference", "other"]


def words(text: str) -> frozenset[str]:
    """The words of a text, once each."""
    return frozenset(text.split())


class Cue(NamedTuple):
    """What `words` announce: a `value` to mask, or (`is_context`) only what a number is."""

    kind: Kind
    words: re.Pattern[str]
    value: re.Pattern[str]

    @property
    def is_context(self) -> bool:
        return self.kind in ("reference", "other", "card", "phone")


# A row: kind, value, words ("_" is a space); more words on lines that begin with a space.
_ROWS: Final = r"""
reference number (?:customer|client|user|caller|member)_(?:number|no|num|nr|ref)s?
 (?:customer|client|user|member)_ids? (?:call|contact|card|gcash)_(?:id|ref)
 orders? ordered po so tickets? tix cases? refs? references? track tracking tracker trk waybills?
 awb airwaybill shipment parcels? package consignment invoices? inv bookings? reservation pnr
 itinerary confirmation conf transactions? txn trx trace arn rrn rma return serial sn imei iccid sim
 sku ean upc gtin barcodes? isbn item product model batch lot voucher coupon promo gift complaint
 incident request sr job jira zendesk salesforce sf claim policy quote contract meter mpan mprn
 docket manifest delivery fedex ups dhl usps lbc jt ninjavan ninja hermes evri dpd auspost startrack
 interaction session chat log agent employee emp staff asset flight seat loyalty member membership
 points subscription approval auth authori[sz]ation gcashref receipt statement memo dispute
 chargeback epoch timestamp version build error port zip postcode postal
other number ids? NOT_A_PHONE[a-z]{2,20}_?(?:ids?|nos?|num|numbers?|nr|code|\#)
card number cards? visa mastercard mc amex maestro diners discover jcb unionpay pan cc dc debit
 credit ccnum cardnumber
phone number (?:his|her|their|my)_number (?:cx|cust|customer)# (?:tele|cell)?phones? tel telno
 mobile mobil mob cell cel landline cp call(?:s|ed|ing|er|back)? cb ring rang ringing
 dial(?:l?ed)? text(?:ed)? sms whatsapp viber telegram gcash (?:pay)?maya contacts? reach(?:ed)? fax
 hotline ph fone recontact
security_code three_or_four cvv2?s? cv2 cvc2?s? cvn2?s? csc cid cav2? cvd (?:card|front)_code
 (?:security|sec|verification|signature)[_-]?(?:code|number|no|value|digit)s?
 (?:3|three|4|four)[_-](?:security_)?(?:digits?|numbers?)(?!_(?:pin|otp))
 back_of_(?:(?:the|his|her|their|my)_)?card
security_code at_the_end (?:cvv2?|cvc2?|cvn)\b[^.\d\n]{0,60}[,:(-]
security_code beside_a_card CARD
expiry month CARD exp(?:iry|iration)?(?:[_.]?(?:date|dt))? (?:valid|good)_(?:thru|through)
 (?:CARD|card|visa|mastercard|amex)[^.\n]{0,60}?\b(?:expir(?:es|ed|ing)|valid_(?:until|till|to))
code mixed (?:[mt]-?)?pins? otps? codigo clave tac
 (?:backup|pairing|text|mail(?:ed)?|e-?mailed|login)_codes?
 o\.t\.p one[_-]?time[_-]?(?:pass_?(?:word|code)|code|pin)s?
 (?:verification|2fa|mfa|two[_-]factor|authenticat(?:ion|or)|sms|access)_?(?:code|pin)s?
 (?:unlock|sign-?in|log-?in|reset|recovery|security|temp(?:orary)?|activation)_?(?:code|pin)s?
 (?:gate|door|alarm|pass|safe|lock|(?:[4-8]|four|five|six|eight)[_-]digit)_?(?:code|pin)s?
code code (?<!/)(?<![a-z]_)codes?
 (?:the|an?|her|his|their|my|your|this|that|new|texted|confirm|read|repeat(?:ed)?|wrong)_codes?
 (?:entered|typed|sent|gave|got|received|shared|correct)_codes?
account digits_5_17 (?:account|acct?)(?=_?(?:no|num|number|nbr|#)) acct a/c accno acctno
account digits_6_17 ACCOUNT sort(?:_?codes?)? s/c(?:ode)? routing aba rtn transit bsb bank bdo bpi
 metrobank unionbank landbank rcbc pnb barclays hsbc lloyds natwest santander monzo halifax
 nationwide chase wells_fargo citibank westpac anz nab commbank cba
account digits_8_17 accounts? acc savings checking chequing current deposit payroll
password secret pass_?words? passwd contrasena passwort kennwort senha mot_de_passe
 wachtwoord passkey pass_?phrase pword pwd pw p/w security_question_answer
 (?<!/)pass(?=\s?[:=]|\s(?:is|was)\s\S*\d) memorable_(?:word|name|place)
 (?:secret|security)_(?:answer|word) maiden_name
 (?:log-?in|log-?on|sign-?in)\s?[:=]\s?[^\s,/]{2,64}\s?/
 logged_(?:in_)?(?:with|as)_[^\s,/]{2,64}_?(?:and|/|,)
 (?:user(?:name)?_?[/&+]_?(?:pass(?:word)?|pw)|cred(?:ential)?s)[\s:=]+[^\s,/]{2,64}\s?[/,&|]
"""

# May stand between the word that announces a value and the value.
PASSED: Final = words(
    """is was are were be as the a an this that it its it's his her their our my your no nos num
    number numbers nr code codes digit digits full new old correct right wrong other same second
    and or not then also instead of to into from id ids card acct account acc he she they i we
    you me us him them cx cust customer customer's caller client member agent gave give gives
    given said says say saying read reads reading told tells sent send got get gets received
    receives used uses typed entered provided quoted texted shared forwarded had has showed
    shows noted wrote saved put out back aloud loud over phone via text sms chat email just now
    today again which that's thats answer written message should below above here being called
    niya nya ay yung ang po daw raw na ko siya sya binigay sinabi kanyang ng ni kay sabi niyang
    nyang " ' for in with on front reverse side security cvv cvc exp expiry pcn psn crn mid bp s
    sss gsis bank savings checking current joint business personal changed set reset updated
    temporary temp there"""
)
# The same, where only what a number is gets announced.
AROUND_NUMBERS: Final = words(
    """at under details detail info mr mrs ms up please pls actual alternate alt tomorrow
    tonight later am pm after before by until asap primary main work home office registered
    first"""
)


# Follows "password" and only says what became of it.
NOT_SECRET: Final = words(
    """incorrect invalid expired resets locked working different weak strong too required needed
    case still already blank empty missing unknown ok okay fine good bad accepted rejected
    refused denied forgotten lost without but so because when while if twice never always going
    asked stored visible shown emailed why how what where who field box page link screen form
    issue issues problem problems error errors request policy manager protected attempt attempts
    retries tries hint change changes help rules update successful yes probably only about
    during since user supposed confirmed verified recovery unable able due less more very secure
    safe private default simple complex long short easy hard common public compromised unchanged
    ready active inactive pending correctly"""
)

_NOT_A_DATE = (
    r"(?!(?:(?:19|20)\d\d ?- ?(?:19|20)\d\d|(?:19|20)\d\d-\d\d?-\d\d?|"
    r"\d\d?-\d\d?-(?:19|20)\d\d)(?!\d))"
)


def _digits(least: int, most: int) -> str:
    return rf"{_NOT_A_DATE}\d(?:[ \-.]?\d){{{least - 1},{most - 1}}}(?![\w%]|[.,:\-]\d|/\d\d)"


_MONTH = r"(?:0?[1-9]|1[0-2])"
_NO_MORE = r"(?![\w%]|[.,:/\-]\d| \d)"
_PIN = rf"(?:[a-z]-)?{_NOT_A_DATE}\d(?:[ \-]?\d){{3,7}}{_NO_MORE}"
_OUTCOME = "|".join(sorted(PASSED | AROUND_NUMBERS | NOT_SECRET, key=len, reverse=True))
_LINKED = r"(?<=[:=])|(?<=[:=] )|(?<=- )|(?<=\bis )|(?<=was )|(?<=to )|(?<=as )|(?<='s )|(?<=ay )"
_VALUES: Final = {
    "number": r"\d+",
    "three_or_four": r"\d ?\d ?\d(?: ?\d)?" + _NO_MORE,
    "at_the_end": r"\d{3,4}(?=\s*(?:$|[.,;)\n]))(?![.,:]\d)",  # "gave the CVV without asking, 882"
    "beside_a_card": rf"\d{{3,4}}{_NO_MORE}(?!\s?(?:times|php|pesos?|usd|dollars?|gbp|pounds?|quid|"
    r"aud|eur|items?|pcs|units?|days?|hrs?|hours?|mins?|am|pm)\b)",
    "month": rf"(?:{_MONTH}\s?[/\-.|]\s?(?:20)?[2-4]\d|{_MONTH} (?:20)?[2-4]\d|"
    rf"(?:0[1-9]|1[0-2])[2-4]\d|20[2-4]\d\s?[/\-]\s?{_MONTH}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|"
    r"oct|nov|dec)[a-z]{0,6}[ ,/\-]{0,2}'?(?:20)?[2-4]\d)(?!\d|[/.\-]\d)",
    "pin": _PIN,
    "mixed": rf"{_PIN}|(?=[a-z]{{0,9}}\d)(?=\d{{0,9}}[a-z])[a-z\d]{{4,10}}"
    rf"(?:-[a-z\d]{{3,8}}){{0,3}}{_NO_MORE}"
    r"(?<!\dth)(?<!\dst)(?<!\dnd)(?<!\drd)(?<!am)(?<!pm)",
    "code": rf"(?!(?<=code )\d{{4}}\b){_PIN}",  # "code 4410" is a wrap-up code
    **{f"digits_{a}_{b}": _digits(a, b) for a, b in ((5, 17), (6, 17), (8, 17))},
    "secret": rf"\"[^\"\n]{{2,60}}\"|'[^'\n]{{2,60}}'|(?!(?:{_OUTCOME})(?![\w'\-]))"
    rf"(?!\d{{1,3}}(?!\w))"
    rf"(?:(?:{_LINKED})(?![a-z]+(?:ed|ing|n't)(?!\w))|(?=\S{{0,63}}\d)(?=\S{{4}}))"
    '[^\\s"\ue000-\ue002]{1,63}[^\\s"\ue000-\ue002.,;:?)]',
}


# "her number", "callback no": what may be dialled.
_NOT_A_PHONE = (
    r"(?!(?:(?:tele|cell|i)?phone|mobile|mob|cell?|tel|contact|call|callback|viber|whatsapp|telegram|"
    r"gcash|maya|home|house|work|office|landline|line|alternat(?:e|ive)|alt|other|another|new|old|"
    r"right|wrong|correct|incorrect|best|same|her|his|their|my|your|our|its|this|that|the|an?|first|"
    r"second|emergency|direct|main|personal|primary|secondary|local|fax|sms|ext|extension|hotline|"
    r"daytime|evening|preferred|current|previous|real|actual|updated|registered|full|complete|missing|"
    r"verified|given|caller|called|calling|dialled|dialed|ring|rang|text|texted|and|or|with|on|at|from|"
    r"to|of|in|is|was|no|any|some|by|for|as|one|two|both|last|next|personal|private|company|toll|free|"
    r"ph|uk|us|au|foreign|overseas|international|reach|via|under|number|customer'?s|cx)(?![a-z]))"
)


def _cue(row: str) -> Cue:
    kind, value, *words = row.split()
    pattern = "|".join(words).replace("_", " ")
    pattern = pattern.replace("CARD", CARD_MARK).replace("ACCOUNT", ACCOUNT_MARK)
    pattern = pattern.replace("NOT A PHONE", _NOT_A_PHONE)
    return Cue(
        cast(Kind, kind),
        re.compile(rf"(?<![\w\-])(?:{pattern})(?<![a-z](?=[a-z]))"),
        re.compile(_VALUES[value]),
    )


SENTENCE_END: Final = re.compile(
    r"(?<!\bno)(?<!nos)(?<!num)(?<!ref)(?<!acc)(?<!tel)(?<!mob)[.;!?]\s"
)
CUES: Final = tuple(_cue(row) for row in re.split(r"\n(?! )", _ROWS.strip()))
