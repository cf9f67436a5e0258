"""Words that tell whether a capitalised word is a name: titles, roles, relations, and words that are none."""

from __future__ import annotations


def words(listed: str) -> frozenset[str]:
    """The words of a list that is written as text, for the eye."""
    return frozenset(listed.split())


# Before a name: the name follows at once, and one word is enough.
TITLES = words(
    """mr mrs ms miss mx dr doctor prof professor nurse sister sgt sergeant pc dc ds dci insp inspector supt
    constable baroness baron justice rev revd reverend drs messrs cllr councillor sir dame lady lord hhj
    judge matron midwife sr pcso fr capt captain major col colonel imam rabbi"""
)
# In lower case only these are titles: "miss" and "ms" are other things as well.
PLAIN_TITLES = ("mr", "mrs", "dr")

RELATIONS = words(
    """son sons daughter daughters wife husband mum mummy mom mam mother dad daddy father brother brothers
    sister sisters partner fiance fiancee fiancé fiancée grandson granddaughter grandmother grandfather
    grandma grandad granddad gran granny nan nana nanny aunt auntie uncle niece nephew cousin friend
    neighbour boyfriend girlfriend ex-husband ex-wife ex-partner stepson stepdaughter stepmother
    stepfather stepdad stepmum son-in-law daughter-in-law mother-in-law father-in-law brother-in-law
    sister-in-law in-law twin twins baby child flatmate housemate roommate cellmate colleague carer
    nok dtr dau grand-dtr granddtr grand-daughter grand-son hubby fella missus godmother godfather godson
    goddaughter foster-mum foster-dad stepbrother stepsister great-grandson great-granddaughter landlord
    landlady lodger buddy"""
)

ROLES = words(
    """patient pt client resident deceased victim complainant informant witness caller reporter applicant cpn
    cmhn rmn rgn rn rnld hca csw hcsw odp ot physio physiotherapist psychologist psychiatrist therapist
    counsellor paramedic emt technician midwife consultant registrar sho fy1 fy2 f1 f2 st1 st2 st3 st4 st5
    st6 st7 ct1 ct2 ct3 spr gp pharmacist dietitian dietician podiatrist radiographer sonographer
    anaesthetist surgeon physician cardiologist neurologist oncologist geriatrician paediatrician
    obstetrician gynaecologist doctor nurse doctors nurses porter receptionist secretary manager
    coordinator co-ordinator keyworker advocate warden officer solicitor barrister coroner pathologist
    chaplain teacher headteacher housekeeper assistant worker practitioner amhp imca imha
    mw hv sw ssw cons cns anp acp tna oda phleb intern locum hcw senco supporter befriender prescriber
    screener vaccinator operator reviewer author interpreter photographer engineer plumber electrician
    milkman postman cleaner chef bouncer vicar pastor undertaker joiner decorator tutor lecturer
    supervisor supervisee assessor facilitator scribe runner helper janitor caretaker lifeguard
    ward-manager matron dentist optometrist optician phlebotomist trainee student volunteer clinician crew
    driver taker handler detective governor"""
)

# Before a name, as the last words before it: "death of", "is called".
PHRASES = words(
    """death-of deaths-of named name-is names-are known-as called call-me thank thanks-to regards sincerely
    belonged-to belonging-to behalf-of relating-to-the-late the-late inquest-into inquests-into
    investigation-into widow-of mother-of father-of parents-of son-of daughter-of wife-of husband-of
    signed name name-of wishes care-of letter-for letters-for referral-for referrals-for results-for
    notes-for chart-for prescription-for record-for records-for appointment-for form-for labelled"""
)

# Words that are never part of a name here: grammar, the calendar, and the nouns of health and care.
NOT_NAMES = words(
    """a an and or but nor so yet if then else than that this these those there here the it its it's is are
    was were be been being am do does did done doing has have had having can could shall should would
    must might not no yes ok okay of in on at by to for from with without within into onto upon over
    under after before during since until till while when where why who whom whose which what how as
    about above across against along amid among around behind below beneath beside besides between
    beyond down inside near off out outside past per round through throughout toward towards up via i me
    my mine myself you your yours yourself he him his himself she her hers herself we us our ours
    ourselves they them their theirs themselves all any both each either every few many more most much
    neither none other others own same several some such too very also again already always almost
    although though because however therefore thus hence whether unless despite just only even still
    never ever now once twice often sometimes usually soon later today tomorrow yesterday tonight
    morning afternoon evening night weekend midnight noon first second third fourth last next previous
    new old another one two three four five six seven eight nine ten eleven twelve hundred thousand good
    great bad best better worse worst lovely nice kind brilliant excellent amazing fantastic wonderful
    poor monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri
    sat sun january february march july september october november december feb mar apr jun jul aug sep
    sept oct nov dec christmas easter boxing bank holiday year years month months week weeks day days
    hour hours minute minutes mins min hrs hr seconds time times date dates said says say told tell
    tells asked ask asks called call calls came come comes went go goes going got get gets gave give
    gives given took take takes taken made make makes saw see sees seen felt feel feels found find finds
    knew know knows left leave leaves thought think thinks wanted want wants needed need needs tried try
    tries used use uses worked work works kept keep keeps put let seemed seem seems became become
    becomes please thank thanks thankyou hi hello dear hey sorry regards sincerely faithfully cheers god
    goodness unfortunately fortunately overall finally firstly secondly thirdly lastly additionally
    furthermore moreover following further according attended attending reviewed admitted discharged
    referred transferred completed informed advised noted reported identified documented recorded
    contacted nhs england wales scotland ireland britain british english welsh scottish irish uk gb eu
    european london national regional local north south east west northern southern eastern western
    central midlands greater royal trust trusts foundation board boards icb icbs ccg ccgs ics hospital
    hospitals infirmary hospice clinic clinics surgery practice practices centre center unit units ward
    wards department departments dept team teams service services care caring home homes house community
    primary secondary tertiary acute mental health healthcare medical clinical nursing social physical
    learning disability disabilities autism council councils authority authorities committee commission
    commissioner commissioners government ministry parliament police fire ambulance emergency urgent
    crisis out-of-hours samaritans childline mind barnardo a&e ed eau amu mau sau itu icu hdu picu nicu
    scbu camhs cmht cmhts hbtt crht eip iapt idva mash dols lps mca mha cqc hse hsib hssib mhra nmc gmc
    hcpc gphc ico ons phso rcn rcp rcpsych bma cpr dnar dnacpr respect news news2 ews mews gcs avpu sbar
    ecg ct mri mr ms xray x-ray scan scans imaging angiogram angiography spectroscopy elastography
    enterography ultrasound bp rr spo2 bm bms ngt iv im sc po prn od bd tds qds stat covid covid-19 mrsa
    vte dvt pe uti copd tia mi af ckd dka adhd asd ptsd ocd eupd bpd lead leads leader leaders led head
    chief executive director directors chair chairman chairwoman chairperson deputy associate assistant
    assistants senior junior specialist specialists manager managers management administrator
    administration officer officers coordinator co-ordinator supervisor advisor adviser advisors
    advisers consultant consultants registrar practitioner practitioners doctor doctors nurse nurses
    midwife midwives midwifery matron sister sisters paramedic paramedics therapist therapists therapy
    psychologist psychology psychologists psychiatrist psychiatry psychiatric pharmacist pharmacists
    pharmacy physiotherapist physiotherapy physio occupational radiographer radiology dietitian
    dietetics porter receptionist reception clinician clinicians professional professionals staff
    staffing worker workers colleague colleagues student students trainee trainees volunteer volunteers
    patient patients patient's patients' client clients resident residents inpatient inpatients
    outpatient outpatients user users carer carers family families relative relatives parent parents
    child children adult adults older person persons people public member members man woman men women
    boy girl lady ladies gentleman gentlemen baby babies maternity neonatal paediatric paediatrics
    obstetric obstetrics gynaecology surgical surgeon surgeons anaesthetic anaesthetics theatre theatres
    oncology cardiology neurology dental dentist eye ear act acts regulation regulations section
    sections schedule article clause policy policies procedure procedures protocol protocols guideline
    guidelines guidance standard standards framework frameworks strategy strategies plan plans planning
    programme programmes project pathway pathways process processes system systems form forms record
    records register report reports reporting review reviews audit audits assessment assessments
    appointment appointments admission admissions discharge discharges transfer transfers referral
    referrals handover handovers observation observations monitoring treatment treatments medication
    medications medicine medicines drug drugs dose doses prescription prescribing infection control
    prevention safety safe safeguarding risk risks incident incidents complaint complaints concern
    concerns investigation investigations inquest inquests inquiry inquiries coroner coroners coroner's
    court legal law rights human information communication communications training education experience
    experiences quality improvement governance assurance performance data digital electronic number
    numbers name names address telephone email website page table figure appendix annex chapter part
    version draft final copy contents introduction background purpose scope aim aims summary conclusion
    conclusions recommendation recommendations action actions responsibility responsibilities
    responsible duty duties role roles function functions definition definitions reference references
    source sources key note notes question questions answer answers access support supporting helpline
    help group groups network networks partnership partnerships partner partners alliance association
    society college university school institute charity voluntary sector organisation organisations
    company ltd limited plc llp inc provider providers commissioning contract contracts bed beds room
    rooms bay bays floor corridor site sites entrance exit door doors car cars parking park road street
    lane avenue station bus train taxi miles mile metres metre feet yards bedroom bathroom kitchen
    equipment machine monitor pump pumps alarm bell trolley wheelchair hoist lift phone computer blood
    glucose insulin morphine paracetamol ibuprofen warfarin heparin oxygen oxycodone diazepam lorazepam
    haloperidol clozapine lithium sertraline fluoxetine mirtazapine olanzapine risperidone quetiapine
    methadone naloxone adrenaline amoxicillin penicillin gentamicin vancomycin propranolol pregabalin
    gabapentin codeine tramadol fentanyl midazolam enoxaparin apixaban rivaroxaban aspirin clopidogrel
    atorvastatin metformin lantus novorapid humalog actrapid oramorph zomorph tazocin augmentin calpol
    ventolin sepsis pneumonia diabetes epilepsy dementia delirium depression anxiety psychosis
    schizophrenia bipolar stroke cancer fall falls pressure ulcer ulcers wound wounds pain death deaths
    died dying suicide self-harm harm injury injuries fracture neck chest arm leg foot hand right upper
    lower scale score index tool chart charts french polish urdu punjabi bengali arabic somali romanian
    spanish portuguese muslim christian jewish hindu sikh catholic happy sad absolutely really well
    special particular whole entire extra additional various everyone everybody someone somebody anyone
    anybody nobody everything something anything nothing google facebook whatsapp twitter zoom tesco
    lab labs mesh callback achilles re
    boots asda amazon microsoft redacted withheld unknown anonymous n/a tbc see-above mrs miss dr prof
    duty-of-candour specialling liaison link lived living end life long term short early late high low
    medium full half open closed private general independent joint integrated single multi interim
    acting named designated allocated approved authorised registered qualified unregistered agency
    duty-doctor on-call call-handler handed who's what's there's that's we're they're you're i'm i've
    i'd i'll transport united natural causes cause highways state states inner outer area areas higher
    elevation didn't don't doesn't wasn't weren't isn't aren't can't couldn't wouldn't shouldn't won't
    hasn't haven't hadn't bereavement nutrition hydration hygiene privacy dignity respectful equality
    diversity inclusion ethnicity gender sex age religion belief sexual orientation marriage civil
    pregnancy race waiting list lists target targets outcome outcomes measure measures indicator
    indicators evidence level levels meeting meetings agenda secretary apologies present absent item
    items dysphagia swallowing bladder bowel catheter catheters line lines airway breathing circulation
    tablet tablets capsule capsules injection injections vaccine vaccines narrative verdict matters
    future statutory paragraph jury ref refs esq non-executive non-executives strategic finance finances
    financial committees union unions business businesses continuity leadership forum forums income
    associated collaborative honorary property workforce headlines tracking select lieutenant commander
    teacher vaccination vaccinations innovation improvements operations operational resources estates
    facilities entry forensic commercial building vehicle examiner colorectal trustwide treasury flow
    voice voices engagement passport event events initiated regulatory products memorandum essentials
    associates apprenticeship chaplains researcher credentials identifiable funding priority plant
    inclusive recruitment expenditure chairs congress award awards champion champions ambassador
    ambassadors body choice choices journey journeys portal hub app tracker charter promise pledge
    survey surveys stories story leaflet leaflets advice involvement satisfaction focus centred-care
    ombudsman advocate advocates exceeding friendly ceo hm honourable hon rt honour non asap nil uh um
    erm roman catholic methodist baptist anglican"""
)

# Words that are names as well: they count after a title or a relation, and are never looked for elsewhere.
NAMES_AND_WORDS = words(
    """oak elm ash beech birch cedar chestnut sycamore maple larch poplar lime walnut aspen alder hawthorn
    elder kit dean jade bow young old church may june april august will rose grace hope joy faith mark
    bill rob
    frank grant pat
    sue dawn guy art chase miles robin holly poppy heather olive pearl opal penny summer autumn winter
    melody harmony angel daisy lily ivy ruby amber iris violet jasmine ginger sandy rusty buddy brown
    white black green gray grey reed redhead long short little small bright sharp wise good best strong
    hall wood woods field fields hill hills stone stones rivers river brook brooks lake marsh moor moore
    heath forest park parks lane street bridge bridges castle kitchen house home barn mill mills gate
    gates wall walls banks cook baker gardener porter potter shepherd bishop pope abbot priest monk king
    prince duke earl knight lord page squire bell bells cross crown day days night noon frost snow rain
    storm summers winters spring fox wolf lamb bull hart buck swan crane finch nightingale partridge
    peacock pike salmon fish bird birds sparrow wren dove love loving price power powers case chance
    care close cash ward wards ford hand hands head heading headings foot legg race ray read rich ridge
    ring rush sales
    savage self sells senior major junior shaw sharpe speed stock swift temple thorn train tree trees
    wells west east north south way webb wilde wild york england ireland french welsh english german
    holland london lancaster durham bacon berry berries cherry coffee pepper rice sugar salt bean beans
    curry lemon apple sergeant constable sister judge sheriff marshal chambers court law lawless justice
    barthel marfan klinefelter wernicke korsakoff asperger tourette huntington hodgkin cushing hickman
    doppler bartholin caldicott gillick braden waterlow raynaud babinski sjogren ehlers parkinson crohn
    alzheimer addison lewy down downs graves foley glasgow hoover yates nick wade wake walk warn wash
    watch whale wheel wick wing winn hasty holder holdup holiday jolly kind lively merry moody noble
    proud quick quirk steel sterling stern still tall thick trust truth usher vale vine waters waits
    want blood bone bones pain payne coward cower crisp cruise daily darling dear dose drinkwater early
    ever fair fear fielding flint flood flower flowers fortune friend friends goodman gold golden
    goodwill jewel paris virginia china india asia christian christmas easter noel natal pascal sunday
    friday tuesday jan blue red silver bronze gold platinum box pound will mike tango alpha valentine
    valentines mercy fell"""
)

# After a name, with a capital, these say that it is a place: "Ivy Ward".
PLACES = words(
    """ward wards unit units hospital hospitals house lodge court centre center clinic clinics surgery
    practice infirmary hospice suite wing building site college university school academy church
    cathedral road street lane avenue close drive way park council trust nhs icb borough county city
    town village station prison hmp foundation institute society association charity group ltd limited
    plc llp partners report inquiry review law act rule healthcare home homes nursing community pharmacy
    chemist hall line principles guardian competence competency guidelines bundle protocol club church manor
    gardens garden grove terrace crescent mews square roundabout junction interchange reservoir canal
    stadium arena theatre hotel inn arms garage quarry farm villas villa beach pier ferry dental health
    medical clinical general infirmary memorial royal children's cancer mental walk-in minor day-case
    outpatients theatres library gallery museum archive bank office team teams service services care
    partnership police district fire ambulance crisis safeguarding academy plc councils trusts
    solicitors builders lettings contractors chamber"""
)

# Where a name that is a word stands before one of these, it is the name: "Grace was".
VERBS = words(
    """was had has is said told died felt did didn't could couldn't would wouldn't went lived attended
    suffered reported became presented asked came got took left stayed spoke explained contacted"""
)
CALENDAR = words(
    """jan may june april august sunday friday saturday summer autumn winter spring easter christmas day
    night noon"""
)

# After a name, in brackets or after a comma: who this was.
ROLES_AFTER = tuple(
    role.replace("-", " ")
    for role in sorted(
        words(
            """rn rmn rgn rnld hca hcsw odp cpn amhp sho registrar consultant paramedic nurse midwife
            doctor gp social-worker physiotherapist psychologist psychiatrist pharmacist carer surgeon
            anaesthetist"""
        )
    )
)
