"""Words that decide whether something is a name."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Final

from mend.text.redaction.cues import (
    AROUND_NUMBERS,
    NOT_SECRET,
    PASSED,
    words,
)

# Names that are common words too: taken for a name only where they are written like one.
COMMON: Final = words(
    """will may grace mark bill rob jack joy hope faith april june august summer rose art pat sue
    drew chase rich frank grant miles max chip dot gene guy jay ray dean earl duke king price
    case page bond cash penny sandy star angel precious love charity christian march sunny
    crystal ruby amber jade dawn victor major young long short brown green white black gray grey
    wood stone field fields hill lane park ford cook law lord church small best bright power
    powers speed strong wise good goodman moon sky river prince sergeant chance mercy justice
    honor honour merit happy gay honey sugar violet iris holly heather robin bear daily weekly
    winters day days week weeks night monday friday sunday english india china manila washington
    rush pace pool brook bridge street hall house home smart walker turner early quick blank
    call bell ring cox cross curry door flowers flower glass gold golden silver hand hands hurt
    key keys legend line little lock low master masters maker mean means minor most much must
    nice note paper pain peace post pride pure read reed rice rock rocky root rude sale sales
    save seal sell snow spring staff stand steel still stock story tab tally tell temple trace
    track trail trout true trust van wait waters watch way web wild worth wright yard boy baby
    bing nene jan jun ang lang kay abbot archer baker bank banks barber bean berry birch bishop
    book bull butler candy carpenter carter castle castles chambers cherry child clay close
    coach cole coin cooper cotton couch crane crow darling dear deer dollar dove drake dyer
    farmer fast finch fish fisher fishman flood fort fox free friend frost fry gale gardener
    garland gate gates gentle ginger goose granger grove guard hale ham hardy hare harper hart
    haven hawk hay head heard hide hood hook hunt hunter ivory iron israel judge kind knight
    lamb lamp lance last late leach leaf lesson lily lion list lot lovely loving mason mayor
    miller mills monk moss mount needle new newton noble noon north oak office olive only open
    parker past peach pearl pepper pike pine piper plant pond pope porter pot potter proper
    quill rain ranger rapid raven ready return rivers roads roper round sage salmon salt sand
    savage school seller send sharp shepherd ship shore silk singer skinner slater slow smiles
    snell song soon south spear speer spice sport squire stack stark steward stocks storm
    strange sweet swift tailor taylor teach teller thorn tower town towers travel tree tucker
    turn underwood urban usher vale vine waite wall ward warden warm waterman weaver wells west
    whale wheat wheeler while wilde wind window winner winter wolf woods world worker wren
    writer yates york always again about after all also any back been before both busy check
    date did due each even ever few first get go had has have help her here him his holiday how
    if it just kept left let link live load login logs made main make many me meet more my need
    next no not now off on once one or order other our out over own pages paid pay per pin plan
    plus put ran rate red refund reset right run said same saw say see sent set she shop show
    sign site so some sort stop such sure system take team than thank that the their them then
    there these they this tied time to told too top try turned two type unit up upon us use used
    very via view wake want war was we well went were what when where which who whole why wish
    with word write wrote yes yet you your"""
)
WEEKDAYS: Final = words("monday tuesday wednesday thursday friday saturday sunday")
MONTHS: Final = words("january february march april may june july august october jan")
PARTICLES: Final = words(
    "de del dela la las los van von der den bin binti ibn al el da dos di le st y jr sr"
)

# Taken for a name after "customer" however they are written.
GIVEN_AND_FAMILY: Final = words(
    """mark jack frank juan jose maria mario ana anna anne ann john joan jane james michael mike
    david dave robert bob bobby richard dick thomas tom tommy charles charlie daniel dan danny
    matthew matt anthony tony donald steven steve paul andrew andy joshua josh kenneth ken kevin
    brian george edward ed ronald ron timothy tim jason jeffrey jeff ryan jacob gary nicholas
    nick eric jonathan stephen larry justin scott brandon benjamin ben samuel sam gregory greg
    alexander alex patrick raymond dennis jerry tyler aaron adam nathan henry zachary peter kyle
    noah ethan liam oliver harry mary patricia jennifer jen linda elizabeth liz barbara susan
    jessica jess sarah sara karen lisa nancy betty sandra margaret ashley kimberly kim emily
    donna michelle carol amanda melissa deborah stephanie rebecca becky laura helen sharon
    cynthia kathleen amy angela shirley brenda emma pamela pam nicole samantha katherine kate
    katie christine chris christina cathy debra rachel carolyn janet catherine heather diane
    julie olivia joyce victoria kelly lauren evelyn megan cheryl andrea hannah martha jacqueline
    teresa theresa gloria sophia isabella charlotte amelia fiona siobhan niamh gareth nigel
    graham trevor keith priya raj ravi anil sunil deepak amit rahul neha pooja anjali mohammed
    muhammad mohamed ahmed ali omar fatima aisha yusuf ibrahim wei ming chen li wang zhang liu
    nguyen tran pham minh jun junjun jhun jericho jerome jayson jomar joemar rommel ronnie rodel
    rolando reynaldo ricardo ramon rafael carlos carlo miguel antonio pedro pablo paolo luis
    luisa lito noel nestor nelson arnel arnold ariel allan alvin edwin edgar eduardo ernesto
    ferdinand fernando francis francisco gerald gilbert jeric mylene marites maricel maribel
    marivic marilou rosario rowena rhea rosalie rosemarie liza lorna lourdes luz luzviminda
    cristina carmela carmen beth bea bianca angelica angelo jasmin jocelyn josephine jovelyn
    imelda irene josie leah lea leonora santos reyes cruz bautista ocampo garcia mendoza torres
    tomas andrada castillo flores villanueva ramos castro rivera aquino navarro salazar mercado
    gonzales gonzalez fernandez hernandez lopez perez sanchez ramirez gomez diaz morales
    delacruz delosreyes dizon domingo santiago soriano tolentino valdez velasco villegas pascual
    manalo magsaysay macaraeg lim tan uy sy smith jones williams davis wilson moore anderson
    jackson thompson robinson lewis hughes edwards roberts evans morris murphy bailey richardson
    watson bennett ross henderson coleman jenkins simpson patel singh kumar sharma khan hussain
    begum o'brien o'neill o'connor mcdonald macdonald campbell mitchell murray fraser sullivan"""
)

# Of the common ones those that often are a second given name: "mary grace".
SECOND_GIVEN: Final = words(
    """grace mark joy hope faith april rose june angel precious love charity christian crystal ruby
    amber jade dawn victor sunny iris heather robin pearl honey mae lee kay jay ray dean marie
    princess mercy star gay heart jewel summer autumn lily violet holly hazel ivy may jan ann dee
    glen dale blue page"""
)

# Follows "customer", "cx" or a title and is written like a name without being one.
NOT_A_NAME: Final = (
    PASSED
    | AROUND_NUMBERS
    | NOT_SECRET
    | MONTHS
    | words(
        """these those so off been have do does did done will would can cannot could might must ask
    calls call wants want needs need went goes go came comes come complaint refuses refund
    refunds requests request reports paid pays pay orders order bought returns sends heard
    thinks thought believes claims demands confirms cancels found left even yesterday once
    really angry upset happy unhappy rude calm polite nice another next last previous service
    services care support accounts portal success feedback journey survey surveys data record
    records profile name names address phone mobile contact contacts card cards visa mastercard
    amex maestro paypal gcash maya paymaya lazada shopee amazon ebay google apple facebook
    messenger whatsapp viber telegram slack zendesk salesforce jira team teams list lists type
    types tier status ref references ticket tickets case cases notes note history file files app
    apps website site chat chats emails voice queue queues desk lounge line lines level centre
    center advocate advisor adviser representative agent agents contract letter manila ph
    english spanish sms thanks thank hi hello sorry sir madam ma'am maam miss dr word excel
    project means however therefore meanwhile unfortunately apparently wi fi wifi po
        corp corporation inc ltd llc plc gmbh company bank group holdings trading enterprises"""
    )
)


@cache
def _ordinary() -> frozenset[str]:
    text = files(__package__).joinpath("ordinary.txt").read_text(encoding="utf-8")
    return words(text.partition("\n")[2]) | NOT_A_NAME | COMMON


def is_ordinary(word: str) -> bool:
    """Whether a word, in lower case, says something; what does not may be a name."""
    if word in GIVEN_AND_FAMILY:
        return False
    return word in _ordinary() or (
        len(word) > 4 and word.endswith(("ed", "ing", "n't", "'s", "ly"))
    )
