"""Numbers by which states know people and firms, declared: one row for each kind.

A row says whose it is, what it is called, its shape, the sum that its check digit must fulfil (a
module of python-stdnum, or one of `ids.SUMS`) and the shape in which it is sure without being
called anything.
"""

from __future__ import annotations

from typing import Final, NamedTuple

_BETWEEN = r"(?:\s?[\-./_,·•]\s?|\s)?"


def _n(*counts: int) -> str:
    """So many digits, whatever stands between them."""
    return "|".join(rf"\d(?:{_BETWEEN}\d){{{count - 1}}}" for count in sorted(counts)[::-1])


def _groups(*counts: int, by: str = r"[\- ]") -> str:
    """Groups of digits with one and the same mark between them."""
    first, *others = (rf"\d{{{count}}}" for count in counts)
    return rf"{first}(?P<by>{by}){'(?P=by)'.join(others)}"


class IdKind(NamedTuple):
    """`alone` is the shape that needs no label.

    `always` says that its sum need not be right, `despite` that it is one whatever it is called,
    `exact` that its label may mean something else, so that the shape must be there too.
    """

    country: str
    labels: str
    shape: str
    check: str = ""
    alone: str = ""
    always: bool = False
    despite: bool = False
    exact: bool = False


_DNI = r"\d{2}\.?\d{3}\.?\d{3}[ \-]?[a-z]"
_NIE = r"[xyz][ \-]?\d{7}[ \-]?[a-z]"
_NRIC = r"[stfgm]\d{7}[a-z]"
_CURP = r"[a-z][aeioux][a-z]{2}\d{6}[hmx][a-z]{5}[a-z\d]\d"
_FISCAL = r"[a-z]{6}[\dlmnp-v]{2}[abcdehlmprst][\dlmnp-v]{2}[a-z][\dlmnp-v]{3}[a-z]"
_DRIVER = r"[a-z9]{2,5} ?\d[0156]\d[0-3]\d\d ?[a-z9]{2}\d[a-z\d][a-z](?: \d\d\b)?"
_NINO = (  # QQ is the prefix of published examples
    r"(?!bg|gb|kn|nk|nt|tn|zz)(?:qq|[a-ceghj-pr-tw-z][a-ceghj-npr-tw-z])"
    r"(?:[ \-]?\d{2}){3}[ \-]?[a-d]"
)
_SSN = rf"(?!000|666){_groups(3, 2, 4, by=r' ?[-./_] ?| ')}"

ID_KINDS: Final = (
    IdKind("PH", r"tin|t\.i\.n\.?|bir", _n(9, 12, 14)),
    IdKind("PH", r"sss", _n(10), alone=r"\d{2}-\d{7}-\d"),
    IdKind("PH", r"gsis", _n(11)),
    IdKind("PH", r"phil-?health|phic", _n(12), alone=r"\d{2}-\d{9}-\d"),
    IdKind("PH", r"pag-?ibig|hdmf", _n(12)),
    IdKind("PH", r"phil ?sys|phil ?id|psn", _n(16, 12)),
    IdKind("PH", r"pcn", _n(16, 12), exact=True),
    IdKind("PH", r"umid", _n(12), alone=r"\d{4}-\d{7}-\d"),
    IdKind("PH", r"crn", _n(12), exact=True),
    IdKind("GB", r"nino|ni|n\.i\.|national insurance", _NINO, alone=_NINO),
    IdKind("GB", r"utr|unique taxpayer ref[a-z]*", _n(10), "gb.utr", exact=True),
    IdKind("GB", r"nhs", _n(10), "gb.nhs"),
    IdKind("GB", r"dvla", _DRIVER, alone=_DRIVER),
    IdKind("US", r"ssns?|s\.s\.n\.?|ss(?= ?(?:no|num|#))|social(?! ins)(?: security)?|soc sec",
           _n(9), alone=_SSN),
    IdKind("US", r"itin|i\.t\.i\.n\.?", _n(9)),
    IdKind("US", r"ein|fein|employer id(?:entification)?", _n(9)),
    IdKind("AU", r"tfn|tax file", _n(9, 8), "au.tfn", alone=_groups(3, 3, 3)),
    IdKind("AU", r"medicare", _n(11, 10)),
    IdKind("IN", r"a{1,2}dh?a{1,2}r(?: card)?|e-?a{1,2}dh?a{1,2}r"
           r"|uid(?:ai)?|unique id(?:entification)?", _n(12),
           "in_.aadhaar", alone=_groups(4, 4, 4), exact=True),
    IdKind("IN", r"pan(?: card)?", r"[a-z]{5}\d{4}[a-z]", "in_.pan", alone=r"[a-z]{5}\d{4}[a-z]"),
    IdKind("IN", r"voter'?s? (?:id|card)|epic", r"[a-z]{3}\d{7}"),
    IdKind("IN", r"gst(?:in)?", r"\d{2}[a-z]{5}\d{4}[a-z]\dz[a-z\d]",
           alone=r"\d{2}[a-z]{5}\d{4}[a-z]\dz[a-z\d]", always=True),
    IdKind("BR", r"cpf", _n(11), "br.cpf", alone=r"\d{3}\.\d{3}\.\d{3}-\d{2}", despite=True),
    IdKind("BR", r"cnpj", _n(14), "br.cnpj", alone=r"\d{2}\.\d{3}\.\d{3}/\d{4}-\d{2}",
           despite=True),
    IdKind("CA", r"s\.?i\.?n\.?|social ins(?:urance|\.)?|nas|assurance sociale", _n(9), "ca.sin",
           alone=_groups(3, 3, 3), exact=True),
    IdKind("ES", r"dni|nif|d\.n\.i\.?", _DNI, "es.dni", alone=_DNI),
    IdKind("ES", r"nie|n\.i\.e\.?|tarjeta de residencia", _NIE, "es.nie", alone=_NIE),
    IdKind("ES", r"cif", r"[a-z]\d{7}[\da-j]", "es.cif", exact=True),
    IdKind("SG", r"nric|n\.r\.i\.c\.?|fin (?:no|number)|singpass", _NRIC, "nric", alone=_NRIC),
    IdKind("HK", r"hk ?ids?|h\.k\.i\.d\.?|hong kong id(?:entity)?(?: card)?",
           r"[a-z]{1,2}\d{6} ?(?:\([\da]\)|[\da])", "hkid", alone=r"[a-z]{1,2}\d{6} ?\([\da]\)"),
    IdKind("MY", r"my ?kad|i\.?c\.?|nric", r"\d{6}-?\d{2}-?\d{4}", "my.nric",
           alone=r"\d{6}-\d{2}-\d{4}", exact=True),
    IdKind("AE", r"emirates id|e\.?i\.?d\.?", _n(15), "luhn",
           alone=r"784[\- ]?(?:19|20)\d{2}[\- ]?\d{7}[\- ]?\d", exact=True),
    IdKind("ID", r"nik|e-?ktp|ktp", _n(16), "id.nik", alone=r"\d{16}"),
    IdKind("ID", r"npwp", _n(16, 15), alone=r"\d{2}\.\d{3}\.\d{3}\.\d-\d{3}\.\d{3}", always=True),
    IdKind("MX", r"curp|c\.u\.r\.p\.?", _CURP, alone=_CURP, always=True, despite=True),
    IdKind("MX", r"rfc|r\.f\.c\.?", r"[a-z&]{3,4}\d{6}[a-z\d]{3}", "mx.rfc",
           alone=r"[a-z][aeioux][a-z]{2}\d{6}[a-z\d]{3}"),
    IdKind("PL", r"pesel[a-z]*", _n(11), "pl.pesel", alone=r"\d{11}"),
    IdKind("PL", r"nip", _n(10), "pl.nip", exact=True),
    IdKind("IT", r"codice fiscale|c\.f\.|cod\.? fisc\.?|tax code", _FISCAL, alone=_FISCAL,
           always=True, despite=True),
    IdKind("IT", r"partita iva|p\.? ?iva", _n(11), "it.iva"),
    IdKind("NL", r"bsn(?:-?nummer)?|burger ?service ?num(?:mer|ber)|sofi-?nummer", _n(9), "nl.bsn"),
    IdKind("DE", r"steuer[ -]?id[a-z]*|identifikationsnummer|idnr\.?", _n(11), "de.idnr"),
    IdKind("DE", r"(?:sozial|renten)versicherungsnummer|sv-?nummer", r"\d{8}[a-z]\d{3}"),
    IdKind("DE", r"ausweis[a-z]*|personalausweis[a-z]*", r"[a-z\d]{9,10}"),
    IdKind("FR", r"securite sociale|carte vitale|nir|n(?:umero|o|um)? de secu", _n(15, 13),
           "fr.nir", alone=r"[12] ?\d{2} ?(?:0[1-9]|1[0-2]) ?\d[\dab](?: ?\d{3}){2} ?\d{2}"),
    IdKind("FR", r"(?:numero|no) fiscal|spi", _n(13), exact=True),
    IdKind("ZA", r"sa id|south african id|id number|identity number", _n(13), "za.idnr",
           alone=r"\d{6} ?\d{4} ?[01]\d{2}"),
    IdKind("NG", r"nin|n\.i\.n\.?|bvn", _n(11)),
    IdKind("JP", r"my ?number card|individual number|個人番号|マイナンバー(?:カード)?",
           _n(12), "jp.in_"),
    IdKind("CH", r"ahv[a-z]*|avs", _n(13), "ch.ssn", alone=r"756\.\d{4}\.\d{4}\.\d{2}"),
    IdKind("IE", r"pps[ns]?", r"\d{7}[a-w][a-iw]?"),
    IdKind("PT", r"contribuinte|cartao de cidadao", _n(9), "pt.nif"),
    IdKind("BE", r"rijksregister[a-z]*|registre national|insz|niss", _n(11), "be.nn",
           alone=r"\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}"),
    IdKind("SE", r"personnummer|personal identity number", r"(?:\d{2})?\d{6}[ \-+]?\d{4}"),
    IdKind("NO", r"fodselsnummer|d-nummer", _n(11)),
    IdKind("DK", r"cpr", _n(10)),
    IdKind("FI", r"hetu|henkilotunnus", r"\d{6}[\-+a]\d{3}[\da-y]", "fi.hetu",
           alone=r"\d{6}[\-+a]\d{3}[\da-y]"),
    IdKind("AT", r"svnr|sozialversicherung[a-z]*", _n(10)),
    IdKind("TR", r"t\.?c\.? kimlik|tckn|kimlik", _n(11), "tr.tckimlik"),
    IdKind("KR", r"rrn|resident registration|주민등록번호", _n(13), "kr.rrn",
           alone=r"\d{6}-[1-8]\d{6}"),
    IdKind("CN", r"身份证|shenfenzheng", r"\d{17}[\dx]", "cn.ric",
           alone=r"[1-9]\d{5}(?:19|20)\d{9}[\dx]"),
    IdKind("TW", r"身分證|taiwan id", r"[a-z][1289]\d{8}"),
    IdKind("TH", r"thai id|บัตรประชาชน", _n(13), "th.pin", alone=r"\d-\d{4}-\d{5}-\d{2}-\d"),
    IdKind("VN", r"cccd|cmnd|can cuoc", _n(12, 9)),
    IdKind("AR", r"cui[tl]|c\.u\.i\.[tl]\.?", _n(11), "ar.cuit", alone=r"\d{2}-\d{8}-\d"),
    IdKind("CL", r"r\.?u\.?[tn]\.?", r"\d{1,2}\.?\d{3}\.?\d{3}-?[\dk]", "cl.rut",
           alone=r"\d{1,2}\.\d{3}\.\d{3}-[\dk]", exact=True),
    IdKind("CO", r"cedula(?: de ciudadania)?|nit", _n(10, 9, 8), exact=True),
    IdKind("NZ", r"ird", _n(9, 8), "nz.ird", exact=True),
    IdKind("IL", r"teudat zehut|israeli id", _n(9), "il.idnr"),
    IdKind("PK", r"cnic", _n(13), "pk.cnic", alone=r"\d{5}-\d{7}-\d"),
    IdKind("LK", r"nic", r"\d{9}[vx]|\d{12}", alone=r"\d{9}[vx]", always=True, exact=True),
    IdKind("RO", r"cnp", _n(13), "ro.cnp"),
    IdKind("CZ", r"rodne cislo", _n(10, 9)),
    IdKind("GR", r"amka|afm", _n(11, 9)),
    IdKind("HR", r"oib", _n(11), "hr.oib"),
    IdKind("BG", r"egn", _n(10), "bg.egn"),
    # Of every country: masked by their label.
    IdKind("", r"passports?|ppt(?= ?(?:no|num|#))"
           r"|reisepass|pasaporte|passeport|passaporto|paspoort|passnummer",
           r"(?:[a-z]{3} )?(?!no)[a-z]{0,2} ?\d(?: ?\d){5,8}|[a-z]\d\d[a-z]\d\d[a-z]\d\d"),
    IdKind("", r"driv(?:er'?s?|ing)(?:'s)? (?:licen[cs]e|permit)|licen[cs]e(?! plate)|dl"
           r"|führerschein[a-z]*|fuhrerschein[a-z]*|permis de conduire|lisensya|driver'?s? id"
           r"|(?:licencia|carnet?|permiso) de conducir|rijbewijs[a-z]*|patente di guida",
           rf"{_DRIVER}|[a-z]{{2}}[ \-]?\d{{2}} ?\d{{11}}"),
    IdKind("", r"(?:national|citizen(?:ship)?|identity|government|govt|state|military|photo|"
           r"resident|senior(?: citizen)?|personal) id(?:entity|entification)?"
           r"(?: (?:card|number|no))?|identity (?:card|document)|id card|"
           r"tax(?:payer)?'?s? (?:id[a-z]*|number|no|ref[a-z]*)|"
           r"residen(?:ce|cy) (?:permit|card)|green card", _n(16, 15, 14, 13, 12, 11, 10, 9)),
)  # fmt: skip
