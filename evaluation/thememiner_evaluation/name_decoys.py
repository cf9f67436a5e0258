"""Invented texts without a person's name or home: none of them should get a mask."""

from __future__ import annotations


def decoys() -> list[str]:
    """The texts, sorted: every frame with every filling of its own."""
    made = {
        frame.format(filling, lower=filling.lower())
        for frames, fillings in _KINDS
        for frame in frames
        for filling in fillings.split("|")
    }
    return sorted(made | set(_WHOLE))


_DISEASES = (
    ("She has {} and takes tablets for it.", "{} was diagnosed late.", "Known {}; no new symptoms."),
    (
        "Parkinson's disease|Alzheimer's disease|Crohn's disease|Addison's disease|Hodgkin lymphoma"
        "|Bell's palsy"
        "|Huntington's chorea|Cushing's syndrome|Down's syndrome|Lewy body dementia|Raynaud's phenomenon"
        "|Barrett's oesophagus|Tourette syndrome|Wernicke's encephalopathy|Graves' disease|Meniere's disease"
        "|Guillain-Barré syndrome|Paget's disease|Wilson's disease|Marfan syndrome|Ehlers-Danlos syndrome"
    ),
)
_SCORES = (
    ("The {} was 12 on arrival.", "Record the {} every hour.", "{} not repeated after the fall."),
    (
        "Glasgow Coma Scale|Waterlow score|Braden scale|Apgar score|Barthel index|Bishop score|Wells score"
        "|Bristol Stool Chart|Norton scale|Rockall score|Abbey pain scale|Edinburgh scale|Hamilton scale"
        "|Beck inventory|Clarke score|Townsend index|Charlson index|Addenbrooke's test|Rinne test"
        "|Romberg's test"
    ),
)
_THINGS = (
    ("A {} was passed without difficulty.", "The {} was not on the trolley.", "Check the {} before use."),
    (
        "Foley catheter|Hickman line|Yankauer sucker|Guedel airway|Venturi mask|Doppler probe"
        "|Ryles tube|Swan-Ganz catheter"
        "|Kocher clamp|Spencer Wells forceps|Tuohy needle|Luer lock|Bodok seal|Robertson gag|Miller blade"
        "|Macintosh blade|Thomas splint|Zimmer frame|Kardex|Redivac drain"
    ),
)
_DRUGS = (
    ("Given {} 5 mg at 22:00.", "{} was omitted twice.", "The chart said {} but the label said water."),
    (
        "Clexane|Lantus|Oramorph|Zomorph|Tazocin|Ventolin|Clozaril|Depakote|Keppra|Madopar|Sinemet|Adcal"
        "|Fragmin|Apixaban|Zopiclone|Mirtazapine|Aripiprazole|Warfarin|Metformin|Enoxaparin|Pregabalin"
        "|Citalopram"
        "|Novorapid|Actrapid|Omeprazole"
    ),
)
_WARDS = (
    (
        "He was moved to {} Ward at noon.",
        "{} Ward was two nurses short.",
        "Staff on {} Ward were kind.",
        "the bleep for {lower} ward went unanswered",
    ),
    (
        "Rose|Ivy|Willow|Nightingale|Victoria|Alexandra|Florence|Elizabeth|Heather|Poppy|Jasmine"
        "|Nelson|Churchill"
        "|Seacole|Kingsley|Larch|Beech|Mary Seacole|Hazel|Charlotte"
    ),
)
_HOSPITALS = (
    ("Transferred to {} by ambulance.", "{} had no beds.", "A letter from {} did not arrive."),
    (
        "St Mary's Hospital|St Luke's Hospice|Queen Elizabeth Hospital|King George Infirmary"
        "|Royal Victoria Infirmary"
        "|James Alder University Hospital|Princess Anne Hospital|Great Elm Street Hospital|St Jude's Clinic"
        "|John Rowan Hospital|Marie Ashdown Hospice|Guy's Hospital|Lady Margaret Hospital"
        "|Prince Charles Hospital"
    ),
)
_SERVICES = (
    ("{} was called at 04:10.", "We rang {} and nobody answered.", "The report was sent to {}."),
    (
        "London Ambulance Service|Thames Valley Police|Samaritans|Norfolk and Suffolk NHS Foundation Trust"
        "|Leeds City Council|Mersey Care|Devon Partnership Trust|Age UK|Mind|Rethink|Turning Point"
        "|Citizens Advice"
        "|Healthwatch Kent|Kent Police|Crawley Crisis Team|Lincoln County Hospital"
        "|the Care Quality Commission"
        "|Surrey Safeguarding Adults Board|Bradford District Care|Cheshire Fire and Rescue Service"
    ),
)
_MODALS = (
    ("{} come back if needed.", "{} have to wait but worth it.", "{} be late again."),
    "Will|May|Might|Can|Must|Should|Could",
)
_CALENDAR = (
    (
        "The audit was done in {}.",
        "In {} the ward was closed.",
        "Seen on 4 {0} and again on 12 {0}.",
        "By {} 2021 there was no change.",
    ),
    "April|May|June|August|January|March|October|Christmas|Easter|Spring",
)
_WORDS = (
    ("{} was the main concern.", "There was no {lower} at all.", "Lack of {lower} was noted."),
    (
        "Hope|Faith|Grace|Joy|Patience|Charity|Justice|Peace|Price|Care|Trust|Ward|Chance|Love|Power"
        "|Pain|Mercy"
    ),
)
_POSTS = (
    ("The {} was informed.", "{} to review the plan.", "Please tell the {} by Friday."),
    (
        "Ward Manager|Nurse in Charge|Medical Director|Chief Executive|Site Manager|Bed Manager|Crisis Team"
        "|Duty Consultant|Care Coordinator|Freedom to Speak Up Guardian|Caldicott Guardian"
        "|Senior Coroner|Chief Nurse"
        "|Modern Matron|Social Worker|Home Treatment Team|Named Nurse|Clinical Lead"
    ),
)
_TITLES = (
    ("{} applies to all staff.", "See the {}, section 4.", "This replaces the {}."),
    (
        "Mental Health Act|Equality Act|Mental Capacity Act|Patient Safety Incident Response Framework"
        "|Duty of Candour"
        "|National Early Warning Score|Restraint Policy|Observation Policy|Martha's Rule|Seni's Law|Care Act"
        "|Right Care Right Person|Winterbourne Review|Francis Report|Ockenden Review|Working Time Directive"
    ),
)
_SYSTEMS = (
    ("It was not on {} until Monday.", "{} was down all night.", "Look it up in {} first."),
    (
        "Datix|SystmOne|Rio|EMIS|Lorenzo|Ulysses|Carenotes|Adastra|Nervecentre|Cerner|Teams|SharePoint"
        "|PACS|ICE"
    ),
)
_CODES = (
    ("Coded as {} in the record.", "SNOMED CT 22298006, ICD-10 {}."),
    "F20.0|X60|I21.9|T42.4|G30.1|Y87.0|J18.1|E10.9",
)
_PLACES = (
    (
        "The {} office opens at nine.",
        "The bus to {} was late.",
        "Services in {} differ from those elsewhere.",
    ),
    "Leeds|London|Bristol|Cornwall|Norwich|Preston|Lincoln|Chester|Bath|Reading|Durham|Stafford",
)
_FIRMS = (
    ("{} supplied the pumps.", "An invoice of {} was paid.", "The contract with {} ends soon."),
    (
        "Harper Fencing Ltd|Morton & Sons Ltd|Tyler Webb LLP|Baxter|Stryker|Philips|Siemens|Tesco|Boots"
        "|Bupa|Serco"
    ),
)
_KINDS = (
    *(_DISEASES, _SCORES, _THINGS, _DRUGS, _WARDS, _HOSPITALS, _SERVICES, _MODALS, _CALENDAR, _WORDS, _POSTS),
    *(_TITLES, _SYSTEMS, _CODES, _PLACES, _FIRMS),
)
_WHOLE = (
    "NEWS2 was 7, GCS 14, BP 120/80, SpO2 94% on air.",
    "Obs at 02:00, 06:00 and 10:00; bloods sent, Na 138, K 4.2.",
    "PATIENT FELL IN BATHROOM. NO INJURY SEEN. FAMILY INFORMED.",
    "URGENT: CHECK THE DEFIBRILLATOR DAILY",
    "i will come back, it may take a while, the staff mark the time and hope for the best",
    "The young man rose early and the bill was paid by cheque.",
    "Lived in supported accommodation; moved to respite care.",
    "She lived with her parents and moved to a care home.",
    "Returned to the ward from theatre. Moved to ICU.",
    "Thank you all. Thanks to everyone on the unit. Thank God.",
    "Good Morning. Kind Regards. Yours Sincerely.",
    "Dear Sir or Madam, To Whom It May Concern",
    "Black British, White Irish, Asian, Muslim, Church of England, Roman Catholic.",
    "Reference range: Low, Medium, High. Red, Amber, Green.",
    "The doctor rang back. The nurse went off shift. My mum rather liked it.",
    "Name: Signature: Date: Designation:",
)
