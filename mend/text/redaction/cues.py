"""The words that say what stands after them, one row for each kind of value.

A ten-digit waybill is a valid phone number and one order number in ten passes the check of a card:
the words around a number decide before its digits do.
"""

from __future__ import annotations

import re
from importlib.resources import files
from typing import Final, Literal, NamedTuple, cast

from mend.text.redaction.found import Type
from mend.text.redaction.reading import ACCOUNT_MARK, CARD_MARK

# "other" is a number with a name of its own ("loan number"): no phone, but perhaps an id.
Kind = Type | Literal["reference", "other"]


def words(text: str) -> frozenset[str]:
    """The words of a text, once each."""
    return frozenset(text.split())


def listed(name: str) -> frozenset[str]:
    """The words of a list of `lists.txt`."""
    return _LISTS[name]


_TEXT: Final = files(__package__).joinpath("lists.txt").read_text(encoding="utf-8")
_LISTS: Final = {
    name: words(text) for name, text in re.findall(r"^\[(.+)\]\n([^\[]+)", _TEXT, re.MULTILINE)
}


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
other number ids? NOT_A_PHONE[a-z]{2,20}_?(?:ids?|refs?|nos?|num|numbers?|nr|code|\#)
reference number user_accounts? (?:loan|mortgage)_(?:account|acc)(?:_(?:no|num|number))?
 (?:WHO)_?(?:(?:id|code|file|account_id)s?|(?:ref|no|num|number|nr|n(?=\u00b0))s?)
 (?:WHO)\s?[#=:]+ (?:call|contact|card|gcash)_(?:id|ref)
 (?:smart|loyalty|rewards?|library|membership|fuel|travel)_cards?
 (?:no|nr|numero|numeros)_d[eo]_(?:WHO_ABROAD) (?:WHO_ABROAD)_(?:no|nr|num|numero|n) orders?
 order(?:id|no|_?number) ordered po pos so baskets? pedidos? orden(?:es)? comanda
 ord bestell(?:ung(?:en)?|ing) auftrag commande rx prescriptions? requisitions? bookings?
 reservations?
 reserva(?:cion|tion)?s? pnr itinerary confirmation conf appointments? citas? localizador locator
 folios? seat flight vuelo tickets? tiquetes? boletas? e-tickets? tix entradas? cases? casos? refs?
 references? referencia expedientes? dossiers? vorgang aktenzeichen incidents? incidencias? inc
 requests? sr sctask ritm chg prb complaints? reclamos? reclamacion quejas? track tracking tracker
 trk seguimiento waybills? awb airwaybill shipments? parcels? packages? paquetes? pallets?
 containers? consignment con_notes? connote bill_of_lading bol guia envio manifest dockets?
 delivery deliveries fedex ups dhl usps lbc jt j&t spx mtcn ninjavan ninja hermes evri dpd auspost
 startrack rma returns? dispatch drop-off invoices? inv facturas? rechnung recibos? receipts?
 resibo or_(?:no|number|\#) soa statements? memos? credit_notes? quotes? quotations? transactions?
 transaccion txn trx trace arn rrn gcashref remittance payouts? batch journal voucher coupon promo
 mandates? direct_debit disputes? chargeback epoch timestamp approval auth authori[sz]ation
 subscription points loyalty rewards_(?:no|number) frequent_flyer mabuhay_miles avios membership
 mrn chart_(?:no|number) patient_(?:file|chart) matricula mat uid policy policies polizas?
 certificates? cover_note claims? siniestros? fnol loans? prestamos? mortgages? leases? facility
 solicitud(?:es)? applications? contracts? contratos? utang_ref jobs? work[\-_]?orders? w/o
 [a-z]{3,20}(?:nummer|ordernr|nr|numero) wo orden_de_trabajo parte_(?:no|numero|de_trabajo) tarea
 repairs? jira zendesk salesforce sf site_visit projects? permits? inspections? timesheets?
 specimens? samples? accession interaction session chat log devices? dispositivos? serial serie s/n
 sn imei iccid sim asset asset_tags? tags? routers? modems? set-top_box terminals? sensors?
 gauges? pumps? lockers? casilleros? chassis engine vin number_?plates? licen[cs]e_plates? plates?
 plaka placa gate_pass fleet penalty_notice toll meters? medidor contador(?:es)? mpan mprn nmi
 suministro nis supply_point service_ids? premises? sku ean upc gtin barcodes? isbn items?
 articles? articulos? product model lot part_(?:no|number) listing raffle version build error port
 zip postcode postal gift property plot
reference beside users? members? sellers? merchants? agents? employees? emp staff donors? patrons?
 borrowers? pupils? student candidate registration rego reg vrm vehicle trailer truck trip route
 load seal cart trolley bay dock crate bag bin rack shelf badge kiosk stall till register cheque
 check draft fund portfolio deal ledger matter deed title tenancy block parcel circuit cabinet ont
 pole transformer valve feeder cylinder tank boiler host node server bug defect story task alarm
 alert change problem outage payslip vacancy roll enrol?lment exam class course transcript referral
 script ward admission visit wristband form notice declaration citation warrant summons blotter
 petition fine pallet drop run shift unit entry campaign (?<!on_)(?:record|file) plan kit pass
 cover hearing slip sheet catalogue catalog collection crn lieferung sendung warranty microchip
card number NOT_A_SHOPS_cards? visa mastercard mc amex maestro diners discover jcb unionpay pan cc
 dc debit credit ccnum cardnumber
phone number (?:his|her|their|my)_number(?:_for_(?:(?:the|this|that)_)?[a-z]{3,20})? (?:cx|cust)#
 (?:tele|cell)?phones? tel telno mobile mobil mob cell cel landline cp telefono celular movil
 call(?:s|ed|ing|er|back)? cb ring rang ringing dial(?:l?ed)? text(?:ed)? sms whatsapp viber
 telegram gcash (?:pay)?maya contacts? reach(?:ed)? fax hotline ph fone recontact
security_code three_or_four cvv2?s? cv2 cvc2?s? cvn2?s? csc cid cav2? cvd (?:card|front)_code
 (?:security|sec|verification|signature)[_-]?(?:code|number|no|value|digit)s?
 (?:3|three|4|four)[_-](?:security_)?(?:digits?|numbers?)(?!_(?:pin|otp))
 back_of_(?:(?:the|his|her|their|my)_)?card
security_code at_the_end (?:cvv2?|cvc2?|cvn)\b[^.\d\n]{0,60}[,:(-]
security_code beside_a_card CARD
expiry month CARD exp(?:iry|iration)?(?:[_.]?(?:date|dt))? (?:valid|good)_(?:thru|through)
 (?:CARD|card|visa|mastercard|amex)[^.\n]{0,60}?\b(?:expir(?:es|ed|ing)|valid_(?:until|till|to))
code mixed (?:[mt]-?)?pins? otps? [2m]fa codigo clave tac
 (?:backup|pairing|text|mail(?:ed)?|e-?mailed|login)_codes?
 o\.t\.p one[_-]?time[_-]?(?:pass_?(?:word|code)|code|pin)s?
 (?:verification|2fa|mfa|two[_-]factor|authenticat(?:ion|or)|sms|access)_?(?:code|pin)s?
 (?:unlock|sign-?in|log-?in|reset|recovery|security|temp(?:orary)?|activation)_?(?:code|pin)s?
 (?:gate|door|alarm|pass|safe|lock|(?:[4-8]|four|five|six|eight)[_-]digit)_?(?:code|pin)s?
code code (?<!/)(?<![a-z]_)codes?
 (?:the|an?|her|his|their|my|your|this|that|new|texted|confirm|read|repeat(?:ed)?|wrong)_codes?
 (?:entered|typed|sent|gave|got|received|shared|correct)_codes?
account digits_5_17 (?<!loan_)(?<!mortgage_)(?:account|acct?)(?=_?(?:no|num|number|nbr|#))
 acct a/c accno acctno
account digits_6_17 ACCOUNT sort(?:_?codes?)? s/c(?:ode)? routing aba rtn transit bsb bank bdo bpi
 metrobank unionbank landbank rcbc pnb barclays hsbc lloyds natwest santander monzo halifax
 nationwide chase wells_fargo citibank westpac anz nab commbank cba
account digits_8_19 clabe
account digits_8_17 (?<!loan_)(?<!mortgage_)(?<!user_)accounts? acc savings
 checking chequing current deposit
 payroll
password secret pass_?words? (?:wi-?fi|wlan|wpa2?)_(?:key|code) passwd
 contrasena passwort kennwort senha mot_de_passe
 wachtwoord passkey pass_?phrase pword pwd pw p/w security_question_answer
 (?<!/)pass(?=\s?[:=]|\s(?:is|was)\s\S*\d) memorable_(?:word|name|place)
 (?:secret|security)_(?:answer|word) maiden_name
 (?:log-?in|log-?on|sign-?in|user(?:name)?)\s?[:=\s]\s?[^\s,/]{2,64}\s?/(?=\s?\S*\d)
 logged_(?:in_)?(?:with|as)_[^\s,/]{2,64}_?(?:and|/|,)
 (?:user(?:name)?_?[/&+]_?(?:pass(?:word)?|pw)|cred(?:ential)?s)[\s:=]+[^\s,/]{2,64}\s?[/,&|]
"""

# May stand between the word that announces a value and the value.
PASSED: Final = listed("passed")
# The same, where only what a number is gets announced.
AROUND_NUMBERS: Final = listed("around numbers")


# Between a reference's label and its number: "job sheet", "numero ng order po nila", "pedido n.o".
BETWEEN: Final = listed("between")
# Whom a number may belong to; only "customer no", never "customer" alone, makes it a reference.
_WHO = (
    "customer|client|user|caller|member|cust|patient|student|donor|driver|rider|guest|passenger|"
    "tenant|subscriber|consumer|seller|buyer|merchant|shop|store|hospital|account_holder|agent"
)
_NOT_OF_A_SHOP = "".join(
    f"(?<!{word} )" for word in ("loyalty", "library", "membership", "rewards", "reward", "smart")
)
_WHO_ABROAD = "cliente|socio|usuario|paciente|alumno|abonado|afiliado|client|kunden?|klient"

# Follows "password" and only says what became of it.
NOT_SECRET: Final = listed("not secret")

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
    "beside": r"\d+",  # words that say much else, too: only with the number right after them
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
    **{f"digits_{a}_{b}": _digits(a, b) for a, b in ((5, 17), (6, 17), (8, 17), (8, 19))},
    "secret": rf"\"[^\"\n]{{2,60}}\"|'[^'\n]{{2,60}}'|(?!(?:{_OUTCOME})(?![\w'\-]))"
    rf"(?!\d{{1,3}}(?!\w))"
    rf"(?:(?:{_LINKED})(?![a-z]+(?:ed|ing|n't)(?!\w))|(?=\S{{0,63}}\d)(?=\S{{4}}))"
    '[^\\s"\ue000-\ue002]{1,63}[^\\s"\ue000-\ue002.,;:?)]',
}


# "her number", "callback no": what may be dialled.
_TO_DIAL: Final = listed("to dial")
_NOT_A_PHONE = rf"(?!(?:{'|'.join(_TO_DIAL)}|customer's)(?![a-z]))"
PEOPLE: Final = listed("people")
# Stand before a number without saying what it is: people, and what is done with a number.
NO_THING: Final = (
    _TO_DIAL | PASSED | AROUND_NUMBERS | BETWEEN | PEOPLE | listed("around numbers too")
) - words("customer client user member patient guest tenant passenger subscriber")


def _cue(row: str) -> Cue:
    kind, value, *words = row.split()
    pattern = "|".join(words).replace("_", " ")
    pattern = pattern.replace("CARD", CARD_MARK).replace("ACCOUNT", ACCOUNT_MARK)
    pattern = pattern.replace("NOT A PHONE", _NOT_A_PHONE)
    pattern = pattern.replace("NOT A SHOPS ", _NOT_OF_A_SHOP)
    pattern = pattern.replace("WHO ABROAD", _WHO_ABROAD).replace("WHO", _WHO)
    if value == "beside":
        pattern = rf"(?:{pattern})(?=[\s:#=(]{{1,3}}(?:(?:no|number|id|ref)[.:\s#=(]{{1,4}})?\d)"
    return Cue(
        cast(Kind, kind),
        re.compile(rf"(?<![^\W_])(?<!-)(?:{pattern})(?<![a-z](?=[a-z]))"),
        re.compile(_VALUES[value]),
    )


SENTENCE_END: Final = re.compile(
    r"(?<!\bno)(?<!\bord)(?<!\binv)(?<!\btkt)(?<!\bpol)(?<!\btxn)"
    r"(?<!\bconf)(?<!\bappt)(?<!\bnr)(?<!\bn)(?<!\bn\.o)(?<!nos)(?<!num)(?<!ref)(?<!acc)(?<!tel)(?<!mob)[.;!?]\s"
)
CUES: Final = tuple(_cue(row) for row in re.split(r"\n(?! )", _ROWS.strip()))
