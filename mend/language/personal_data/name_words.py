"""Words that decide whether something is a name."""

from __future__ import annotations

from typing import Final

from mend.language.personal_data.words import words

# Names that are common words too: taken for a name only where they are written like one.
COMMON: Final = words(
    """will may grace mark bill rob jack joy hope faith april june august summer autumn winter rose
    lily ivy art pat sue drew chase rich frank grant miles max chip dot gene guy jay ray
    dean earl duke king price case page bond cash penny sandy candy star angel precious love
    charity christian march sunny crystal ruby pearl amber jade melody dawn victor major
    young long short brown green white black gray grey wood woods stone banks bush field
    fields hill hills lane park parks rivers ford cook baker carter mason porter miller
    fisher hunter law lord church small sharp keen noble best bright power powers speed
    swift strong wise good goodman moon sky skye river ocean forest bishop pope knight royal
    prince princess queen baron judge marshall constable sergeant chance trinity destiny
    harmony serenity patience prudence constance mercy justice honor honour merit bliss
    happy gay merry rusty dusty stormy misty cherry olive basil sage rosemary ginger pepper
    coco honey sugar peaches plum berry daisy violet iris poppy holly heather hazel jasmine
    myrtle fern laurel robin wren martin drake swan crane peacock wolf fox buck colt bear
    lion tiger cat daily weekly summers winters day days week weeks night monday friday
    sunday english french german welsh scott england ireland london paris houston austin
    dallas jordan israel india china sydney manila brooklyn carolina virginia georgia
    florence chelsea kent lincoln washington wells rush pace sands marsh pool poole brook
    brooks bridge bridges street gates hall house holmes home homes castle barn mills smart
    walker turner cooper potter sawyer tailor taylor weaver butler archer gardner gardener
    farmer shepherd skinner spencer steward stewart clark early quick blank call bell ring
    cox cross curry dash doll door fang fair finch flynn flowers flower frost fry garland
    glass gold golden silver hand hands heart hood horn hurt key keys legend line little
    locke lock low lowe lovely lucky mann master masters maker mercado mean means minor monk
    moody moss most much must nice note paper payne pain parish paz peace pike pitt pond
    post pride pry pure quest raven read reed rice rock rocky root rude sale sales save
    savage seal self sell shore silva sims snow spark sparks spring staff stand steel stern
    still stock story tab tally tanner tate tell temple thorn tide toll trace track trail
    tripp trout true trust van vance wade wait ware warren waters watch way web wild wing
    winner worth wright yard bong boy ding dong baby bing nene jan jun ang ako ikaw mga lang
    kay nya niya siya sya kami tayo sila kasi daw raw opo and the for you not out now how
    who why all any"""
)
MONTHS: Final = words("january february march april may june july august october jan")
PARTICLES: Final = words(
    """de del dela la las los van von der den bin binti ibn al el da dos di du le st san y jr sr ii
    iii iv"""
)

# Given and family names that are taken for a name after "customer" however they are written.
GIVEN_AND_FAMILY: Final = words(
    """mark jack frank juan jose maria mario ana anna anne ann john joan jane james michael mike
    david dave robert bob bobby richard dick thomas tom tommy charles charlie daniel dan
    danny matthew matt anthony tony donald steven steve paul andrew andy joshua josh kenneth
    ken kevin brian george edward ed ronald ron timothy tim jason jeffrey jeff ryan jacob
    gary nicholas nick eric jonathan stephen larry justin scott brandon benjamin ben samuel
    sam gregory greg alexander alex patrick raymond dennis jerry tyler aaron adam nathan
    henry zachary peter kyle noah ethan liam oliver harry mary patricia jennifer jen linda
    elizabeth liz barbara susan jessica jess sarah sara karen lisa nancy betty sandra
    margaret ashley kimberly kim emily donna michelle carol amanda melissa deborah stephanie
    rebecca becky laura helen sharon cynthia kathleen amy angela shirley brenda emma pamela
    pam nicole samantha katherine kate katie christine chris christina cathy debra rachel
    carolyn janet catherine heather diane julie olivia joyce victoria kelly lauren evelyn
    megan cheryl andrea hannah martha jacqueline teresa theresa gloria sophia isabella
    charlotte amelia fiona siobhan niamh gareth nigel graham trevor keith priya raj ravi
    anil sunil deepak amit rahul neha pooja anjali mohammed muhammad mohamed ahmed ali omar
    fatima aisha yusuf ibrahim wei ming chen li wang zhang liu nguyen tran pham minh jun
    junjun jhun jericho jerome jayson jomar joemar rommel ronnie rodel rolando reynaldo
    ricardo ramon rafael carlos carlo miguel antonio pedro pablo paolo luis luisa lito noel
    nestor nelson arnel arnold ariel allan alvin edwin edgar eduardo ernesto ferdinand
    fernando francis francisco gerald gilbert jeric mylene marites maricel maribel marivic
    marilou rosario rowena rhea rosalie rosemarie liza lorna lourdes luz luzviminda cristina
    carmela carmen beth bea bianca angelica angelo jasmin jocelyn josephine jovelyn imelda
    irene josie leah lea leonora santos reyes cruz bautista ocampo garcia mendoza torres
    tomas andrada castillo flores villanueva ramos castro rivera aquino navarro salazar
    mercado gonzales gonzalez fernandez hernandez lopez perez sanchez ramirez gomez diaz
    morales delacruz delosreyes dizon domingo santiago soriano tolentino valdez velasco
    villegas pascual manalo magsaysay macaraeg lim tan uy sy smith jones williams davis
    wilson moore anderson jackson thompson robinson lewis hughes edwards roberts evans
    morris murphy bailey richardson watson bennett ross henderson coleman jenkins simpson
    patel singh kumar sharma khan hussain begum o'brien o'neill o'connor mcdonald macdonald
    campbell mitchell murray fraser sullivan"""
)

# Family names that are also words; a name where they follow a given name, written with a capital.
SHORT_FAMILY: Final = words("ng may go so an yu ong sy uy")

# What follows "customer", "cx" or a title and is written like a name without being one.
NOT_A_NAME: Final = words(
    """a an the this that these those and or but so if then when while because as at by for from in
    of off on out over to up with without within not no yes who whose whom which what where
    why how i i'm i've i'd i'll me my we our us you your he his him she her it its they
    their them there here is isn't was wasn't are aren't were weren't be been being am has
    hasn't had hadn't have haven't having do does doesn't did didn't done will won't would
    wouldn't can can't cannot could couldn't should shouldn't may might must said says say
    saying told tells tell asked asks ask asking called calls call calling wants want wanted
    needs need needed got gets get getting gave gives give given went goes go going came
    comes come complained complains complaining complaint refused refuses refund refunds
    requested requests request reported reports received receives paid pays pay ordered
    orders order bought returned returns sent sends emailed texted messaged contacted
    chatted waited waiting hung hangs heard thinks thought believes claims claimed insists
    insisted insisting demanded demands demanding threatened threatens threatening explained
    agreed accepted confirmed confirms declined rejected cancelled canceled cancels changed
    moved mentioned noticed found lost left never always still already again also just only
    even now today yesterday tomorrow once twice very too really angry upset happy unhappy
    frustrated furious annoyed irate rude calm polite nice satisfied dissatisfied confused
    worried right wrong new old first second same other another next last previous full
    empty missing unknown service services care support id ids number numbers account
    accounts acct portal relations relationship success experience effort feedback journey
    satisfaction survey surveys info information data details detail record records profile
    name names address email phone mobile contact contacts card cards card's visa mastercard
    amex maestro paypal gcash maya paymaya lazada shopee amazon ebay google apple facebook
    messenger instagram twitter tiktok whatsapp viber telegram slack zoom zendesk salesforce
    hubspot jira netflix spotify uber grab side team teams list lists base type types tier
    status ref reference references code codes ticket tickets case cases issue issues
    problem problems question questions query enquiry enquiries notes note history file
    files app apps website site page chat chats emails voice call's queue queues desk lounge
    manager line lines level centre center facing focus focused advocate advocacy advisor
    adviser representative rep reps agent agents agreement agreements contract contracts
    letter letters review reviews retention monday tuesday wednesday thursday friday
    saturday sunday mon tue tues wed thu thur thurs fri sat sun january february march april
    june july august september october november december jan feb mar apr jul aug sep sept
    oct nov dec manila cebu davao makati quezon philippines ph leeds london manchester uk
    england scotland wales ireland austin texas dallas houston usa america sydney melbourne
    brisbane perth australia aus canada india singapore dubai europe asia english tagalog
    filipino spanish ivr sms otp crm kyc vip csat nps faq sla tl qa sme aht ok okay please
    pls thanks thank hi hello sorry dear sir madam ma'am maam mr mrs ms miss dr appointment
    appointments office word excel outlook access edge powerpoint project visio windows
    azure store exchange family household couple both combo field fields form title prefix
    means stands however therefore moreover meanwhile unfortunately apparently finally later
    sadly since although though after before during until whatever despite instead wi fi
    wifi plus via per re xyz abc ang ng sa na ay si ni kay nang mga lang daw raw po opo kasi
    pero galit nagalit tumawag gusto nagreklamo sinabi kanina kahapon ngayon hindi wala
    mayroon"""
)
