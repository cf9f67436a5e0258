"""What is called as people are: organisations, regions, diseases, measures, records and devices."""

from __future__ import annotations

from thememiner.deidentifying.vocabulary import words

# These say it from further on as well: "Example Tester Fencing Ltd".
COMPANIES = words("ltd limited plc llp inc gmbh solicitors lettings contractors")

# After a name, in any case, these say that it is a thing: "Parkinson's disease".
THINGS = words(
    """disease syndrome palsy scale score sign test index classification criteria chart tube line catheter
    body bodies bundle protocol pump principles competence competency guidelines method manoeuvre position
    sepsis lymphoma sarcoma fracture ulcer oesophagus chorea phenomenon encephalopathy medication meds
    patients"""
)

# After any name, in any case and without "'s", these say that it is a measure or a disease.
MEASURES = words(
    """score scores scale scales criteria index classification disease syndrome palsy sign test tube tubes
    stockings dressing dressings forceps ward wards unit tool matrix chart charts splint splints frame
    clamp blade needle probe mask airway brace collar mattress pump syringe pen line lines catheter
    catheters inventory scan stain reflex procedure operation technique protocol protocols bandage
    bandages kappa antibody antibodies antigen oesophagectomy gastrectomy formula equation questionnaire
    interview lab labs staging"""
)

# Before a name these say that it is a place, an exercise or a ship: "St Example", "Storm Example".
LEADERS = words(
    "st saint ss ysbyty hmp hms yoi exercise operation storm hurricane project mount lake port loch"
)

# Regions and rivers that organisations are called after; the list of places has towns and counties.
REGIONS = words(
    """anglia mersey merseyside thames trent tyne tees teesside humber humberside severn avon pennine
    mercia wessex solent medway tamar wye dee clyde forth tay lothian fife grampian highland tayside
    borders dyfed powys gwent glamorgan gwynedd clwyd antrim armagh tyrone down derry londonderry
    fermanagh jersey guernsey wales yorkshire lancashire cheshire derbyshire nottinghamshire
    lincolnshire staffordshire shropshire suffolk norfolk essex kent surrey sussex hampshire dorset
    devon cornwall somerset wiltshire berkshire cambria albion britannia cymru"""
)

# People whose names are those of diseases, tests and rules far more often than of anybody in a text.
EPONYMS = words(
    """parkinson parkinsons alzheimer alzheimers crohn crohns addison addisons bell bells hodgkin hodgkins
    cushing cushings huntington huntingtons raynaud raynauds sjogren sjögren graves hashimoto hashimotos
    guillain barre barré wernicke wernickes korsakoff korsakoffs tourette tourettes asperger aspergers
    marfan marfans ehlers danlos klinefelter turner turners down downs lewy creutzfeldt jakob kawasaki
    barrett barretts meniere menieres ménière menière paget pagets wilson wilsons hirschsprung
    hirschsprungs dupuytren dupuytrens baker bakers bartholin bartholins braxton hicks apgar bishop
    waterlow braden glasgow norton barthel beck edinburgh hickman foley yankauer guedel venturi hudson
    doppler holter colles smith gillick fraser bolam bolitho montgomery caldicott donabedian francis
    berwick ockenden kirkup bamford stevens johnson heimlich valsalva trendelenburg kerley babinski
    romberg murphy mcburney cheyne stokes kussmaul virchow charcot marie tooth friedreich duchenne
    becker edwards patau angelman prader willi rett fallot ebstein wolff white brugada osler janeway
    kaposi ewing wilms burkitt epstein salmonella lyme zollinger ellison mallory weiss boerhaave cavell
    seacole bevan attlee lister elgar keats byron tennyson brunel telford faraday darwin pasteur fleming
    jenner budd chiari von willebrand gilbert gaucher fabry pompe conn sheehan bright berger goodpasture
    wegener behcet behçet still reiter felty takayasu buerger perthes osgood schlatter scheuermann
    kienbock morton quervain gamgee allevyn lucas mccoy macintosh miller magill robertson tarnier
    neville barnes kielland wrigley ferguson sengstaken blakemore minnesota richter snellen ishihara
    rorschach rinne weber schirmer likert pareto swiss ishikawa"""
)

# Records, devices, charities and firms that are called as people are.
PRODUCTS = words(
    """rio lorenzo cerner epic emis datix ulysses millennium meditech nervecentre vocera badger alexa siri
    cortana sage mcgowan macmillan curie mencap richmond fellowship rethink nacro serco capita virgin
    priory cygnet elysium barchester bupa barnardo maudsley tavistock portman broadmoor rampton ashworth
    bevan brittas sodexo mitie nuffield ramsay allocate teva pfizer roche bayer sanofi novartis baxter
    braun medtronic philips stryker arjo hill-rom invacare maxims symphony lilie titan orion delta echo
    romeo papa tango foxtrot quebec zulu nissan vauxhall ford toyota honda audi bmw mercedes benz
    volkswagen renault peugeot citroen citroën fiat kia hyundai mazda skoda volvo yamaha suzuki triumph
    jaguar rover mini tesla healthwatch systmone emisweb adastra carenotes fujitsu horizon capgemini
    accenture siemens tesco boots asda deloitte kpmg bevan brittan hempsons browne jacobson weightmans
    kennedys"""
)

# Forenames that are words, places or queens as well: at the beginning of a sentence they may be just that.
WORDS_TOO = words(
    """adam alice angel barbie bob chastity chi constance delphi geneva hazel jesus ken serenity sunny teddy
    willow winnie rosemary dot gill abbey alma ally basil bay bertie bliss bud buster candy carol cecil
    charity chance christian chuck clay clement cliff clint cob colin colt coral dale dash dean dell
    dolly don drake drew duke earnest ebony elizabeth ember erin fawn fern flora florence forest gale
    garnet gary gem gene george glen gypsy harper harry harvey hunter india indigo ivory jack jade
    jasper jay jenny jerry jet jewel jock joey johnny jordan josh journey juliet kelvin kitty kiwi lance
    lark laurel lee leo leighton lewis liberty lincoln linden lock lotus mac magnolia mason maverick max
    maxwell may melody mercedes mercury merit mickey mike milan mint misty molly montana mort muse
    myrtle nan nana nelly nelson newton noble norm oakley oasis ocean oliver opal oscar otter otto paddy
    pansy parker patty peg penny perry peter petra phoenix pierce pip piper polly posy presley preston
    prudence quince rain raven ray reef rex rhea rick ricky rocky rod roger roman romeo rose ross rowan
    royal ruby rue rufus rusty sabine saffron sage sailor sally sandy sapphire savannah scarlet scot
    scott sherry sidney sienna sierra skip skye sonny star stella sterling stew storm summer sydney
    tanner tate teal terry tess tiffany tiger tilly tilt timothy tom tommy tony topaz trinity troy
    tucker turner ty tyne tyson una unity usher venus vera verity victor victoria vince viola violet
    walker wally warren wayne wren wellington winston york zephyr zion"""
)
