"""Brands met in British health care: medicines, dressings, devices, furniture, computer systems, shops.

Written from general knowledge. Some are forenames as well; those that a list holds as common stay doubtful.
"""

from __future__ import annotations

from thememiner.deidentifying.vocabulary import words

_MEDICINES = words(
    """abidec abilify abstral accuhaler accolate accrete acidex actavis actemra actilyse actiq activan
    activelle actonel actos acular acupan adalat adartrel adcal adcirca adcortyl adipine adoport
    adtralza advagraf advil aerius aerochamber afinitor aggrastat aimovig airomir airsalb ajovy akynzeo
    alimta alkeran alutard alvesco alventa alzain amaryl ambisome amgevita amias anadin anafranil
    androgel angeliq anoro antabuse anusol apidra aprovel aptivus aranesp arava arcoxia aricept arimidex
    arixtra aromasin arpoya asacol asmabec asmanex atarax atectura atimos ativan atripla atrovent
    aubagio augmentin avamys avastin avelox avodart avonex axorid azarga azopt azilect bactroban balneum
    banocide baraclude beclazone beconase benadryl benepali benlysta benzac berinert betaferon
    betahistine betmiga betnesol betnovate betoptic bettamousse bevespi bexsero bezalip biktarvy binosto
    bisodol bondronat boniva bonjela boostrix botox breo bretaris brevinor bricanyl brilique brintellix
    britaject briviact brufen buccastem buccolam budelin budenofalk burinex buscopan buspar butec
    butrans bydureon byetta cacit calceos calcichew calcort calfovit calpol camcolit campral canesten
    caprin caphosol cardicor cardioplen cardura carbagen carbex casodex catapres cefuroxime celebrex
    celevac cellcept celluvisc celsentri ceporex cerazette cerelle cerumol champix cialis ciclosporin
    cilest cimzia cimizt cipralex cipramil ciproxin circadin citramag clarelux clarityn clasteon clenil
    clexane climara clinitas clopixol clozaril coaprovel codalax codipar cofact colazide colofac
    colpermin combigan combivent combivir combodart comirnaty concerta constella contraflam copaxone
    coracten cordarone coroday cosentyx cosopt cosuric coversyl cozaar creon crestor cuprofen curam
    cyclimorph cymbalta cymex cystopurin cytotec daktacort daktarin dalacin dalivit peptyl defitelio
    delmosart deltacortril denzapine depakote dermol dermovate deponit desferal desmotabs desunin
    detrunorm detrusitol dianette diamox diazemuls differin diflucan digibind dilzem dioctyl dioderm
    diprobase diprosalic diprivan disipal distaclor ditropan doloposterine doralese dostinex doublebase
    dovobet dovonex driclor dulcolax duloxetine dukoral duac duodopa duofilm duphalac duphaston duraphat
    durogesic dymista ebixa edronax efcortesol efexor effentora efient efudix eklira elantan elidel
    eliquis ellaone elleste eloine elocon eltroxin emadine emerade emla emgality emozul enbrel endone
    engerix enstilar entocort entresto entyvio epaderm epanutin epiduo epilim epimax epipen episenta
    eprex erelzi erbitux ertapenem erythroped esbriet eskazole estraderm estradot etalpha etopophos
    eucardic eucreas eumovate evista evorel evra exelon exjade exocin exterol eylea ezetrol fareston
    farxiga fasenra faslodex feldene femara femodene femodette femoston fentazin ferinject ferrograd
    fersamal fiasp filnarine finacea firazyr flagyl flamazine flexbumin flixonase flixotide flomaxtra
    florinef floxapen fluanxol fluarix fluad fluenz flutiform fluvirin forceval foradil forxiga forsteo
    forticreme fortijuce fortisip fosamax fosavance fostair fostimon fragmin freederm frisium froben
    frumil fucibet fucidin fucithalmic fultium fungilin fuzeon fybogel galvus gamanil ganfort gardasil
    gastrografin gaviscon gedarel gengigel genotropin genvoya gilenya ginoret glandosane glargine
    gliadel glivec glucagen glucobay glucogel glucophage glucotrol glypressin gonal granocyte grazax
    haldol halaven harvoni havrix hemlibra heparinoid herceptin herzuma hiprex hirudoid hizentra hulio
    humalog humira humulin hyalase hycamtin hydrocortisone hydromol hygroton hylo hypnovel hypostop
    hyrimoz ibandronic ibrance idacio ikorel ilaris imdur imigran imbruvica imodium imovax imraldi
    imuran imukin incruse inderal indocid infacol infanrix inegy inflectra inhixa innohep innovace
    inovelon inspra instanyl instillagel insulatard intal integrilin intelence intratect intuniv invanz
    invega invirase invokana irbesartan iressa isentress ismn isoket isopto isotrex istin ivemend
    jaydess janumet januvia jardiance jext juluca kaletra kaftrio kalydeco kalten kapake kaspargo
    kenalog kentera keppra kerendia ketek keytruda kineret kivexa klaricid kliofem kliovance kolanticon
    konakion konverge kovaltry kuvan kwells kyleena lactulose lamictal lamisil lanoxin lansoprazole
    lantus largactil lariam lasix latuda laxido lemtrada lercadip lescol leukeran levact levemir levest
    levitra levonelle lexapro lialda librium linzess lipantil lipitor lipostat liskonum livial locoid
    loestrin logynon lomotil loniten loprazolam loron losec lotriderm lovenox loxapac lucentis lucette
    luminal lumigan lustral lutrate luveris lynparza lyrica lyrinel mabthera maalox macrobid madopar
    magnaspartate malarone manerix marcain marevan marvelon matrifen maxalt maxepa dex tram trol maxolon
    meditelle medikinet medrone megace menactra menitorix menjugate menopur menveo mepact meptid
    mercilon meronem mestinon metalyse methadose metoject metosyn metopirone mezavant mezolar miacalcic
    micardis microgynon microgest micronor microval migraleve mildison millinette minims minitran
    minocin minodene minulet mircera mirena mirapexin mirvaso mizollen mobic modecate modigraf modisal
    modrasone mogadon molipaxin moraxen morcap morphgesic motens motifene motilium mounjaro movelat
    moviprep movicol movial mucodyne mucogel multaq mycobutin myfortic myocet myocrisin myotonine nacsys
    naftidrofuryl nalcrom naprosyn naramig nardil naropin nasacort naseptin nasonex natecal navelbine
    navidoxine nebido neoclarityn neoral neorecormon nerisone neulasta neupogen neupro neurontin nexavar
    nexium nexplanon niaspan nicorette nicotinell nimenrix nimotop niquitin nitrolingual nivestim
    nizoral nolvadex nootropil norditropin norgeston noriday norimin norimode normacol normosang
    norplant norvir novasource novofem novomix novonorm novorapid novoseven noxafil nozinan nplate
    nucala nucynta nuedexta nulojix nurofen nutilis nutrison nuvaring nuvelle nystan nystatin nytol
    ocrevus octagam octreotide odefsey oestrogel ofev oilatum olanzapine olbetam olmetec omacor
    omnitrope oncotice onglyza ontruzant opatanol opdivo opsumit optive optilast orabase oralieve orajel
    oramorph orelox orgalutran orlept oruvail ovestin oxis oxyact oxycontin oxylan oxynorm ozempic
    ozurdex pabal pabrinex palexia paludrine panadeine panadol panretin panzyga parlodel pariet parvolex
    paxlovid paxoran pecfent pegasys penbritin pentasa pepcid perfalgan periactin periostat persantin
    pevaryl phenergan phosex phyllocontin physeptone picolax pipril piriton plaquenil plasmalyte plavix
    plegridy plenvu plendil pollinex ponstan pradaxa praluent praxilene praxbind foam sol premarin
    premique prevenar prevymis prexidil prezista priadel priligy primacor primperan prioderm priorix
    pripsen privigen prochlor procoralan procorolan proctosedyl prograf proluton prolia promixin
    propecia propess proscar prostap prostin prothiaden protopic provera provigil prozac psoriderm
    puregon pulmicort pulmozyme pylera qlaira quetiapine questran quinoric qutenza qvar ranexa rapamune
    rapilysin rasilez rapydan rebetol rebif recormon redelcon rectogesic refludan regaine regurin
    relenza relifex relistor relpax relvar remeron remicade reminyl remsima renagel renitec renvela
    repatha repaglinide requip resolor respreeza restasis retacrit retrovir revatio revia revlimid
    revolade rezolsta rhinocort rhophylac riamet ridaura rifadin rifater rigevidon rilutek risperdal
    ritalin rivotril rixathon roaccutane robaxin robinul rocaltrol rocephin roferon romozin roteas rix
    rozex rukobia ruxience rybelsus ryzodeg rythmodan sabril salamol salagen salazopyrin salbulin
    salofalk sandimmun sandocal sandostatin saphris sativex savene saxenda scheriproct seebri selexid
    selincro sensipar septrin serc serenace seretide serevent seroquel seroxat sertraline sevredol
    shingrix sibelium signifor silkis simponi simvador sinemet sinequan singulair sirdupla skinoren
    skyrizi slozem slenyto slynd soliris solaraze solpadeine solpadol soltamox solu solvazinc somatuline
    somavert sominex sonata soprobec sotacor sovaldi spedra spevigo spikevax spinraza spiolto spiriva
    sporanox sprycel stalevo starlix stelara stemetil stesolid stexerol stilnoct stivarga stoboclo
    strattera stribild striverdi stugeron suboxone subutex sudafed sudocrem suprax suprecur surgam
    surmontil sustiva sutent symbicort symkevi symtuza synacthen synalar synarel syndol synflorix
    synphase synagis syntaris syntocinon syntometrine systane tagamet tagrisso taltz tambocor tamiflu
    tamoxifen taptiqo targinact targocid tarka tasigna tasmar tavanic taxol taxotere tazocin tecentriq
    tecfidera tegretol telfast temgesic temodal tenif tenormin tensipine teoptic tepadina terbinafine
    teveten tilade tildiem timentin timoptol tivicay tobi tobradex tobravisc tofranil toctino toujeo
    tracleer tractocile tradorec tramacet tranxene travatan tredaptive trelegy tremfya trental tresiba
    trevicta trevo tridestra trimbow trimovate triludan trintellix triptafen triumeq trileptal trisenox
    trisequens trobalt trulicity truvada truxima tsimane twinrix tybost tygacil tylex tysabri tyverb
    ubretid ucerax ultibro ultracet uniphyllin uniroid urispas uromitexan ursofalk utrogestan utovlan
    vagifem valcyte valdoxan valium vallergan valoid valtrex vancocin varilrix vaxigrip vectibix velbe
    velcade velosulin velphoro venclyxto venofer ventavis ventolin vepesid vermox versatis vesanoid
    vesicare vesomni vfend viagra viazem victoza victrelis videx vidaza vimpat viramune viread visanne
    viscotears vitaros vivaxim vivotif vizarsin volibris volon voltarol vokanamet vosevi votrient
    vyvanse warticon wegovy welldorm wellvone wellbutrin xadago xagrid xalacom xalatan xanax xarelto
    xatral xelevia xeljanz xeloda xenical xeomin xeplion xerclear xgeva xifaxan ximluci xismox xolair
    xtandi xultophy xyloproct xyzal yasmin yasminelle yellox yentreve yervoy zaditen zaltrap zamadol
    zanidip zantac zapain zaponex zarontin zarzio zavedos zavicefta zebinix zeffix zelboraf zelapar
    zelleta zemplar zemtard zenalb zerbaxa zerit zestoretic zestril ziagen zidoval zineryt zinforo
    zinnat zispin zithromax zocor zofran zoladex zolvera zomacton zometa zomig zomorph zonegran zorac
    zoton zovirax zubsolv zumenon zutectra zyban zydol zyloric zypadhera zyprexa zyrtec zytiga zyvox"""
)
_DEVICES = words(
    """accuchek acticoat actimove activa adaptic advadraw aeroneb aerogen airvo alaris alenti algisite allevyn
    amalgatome ambu ameda aptima aquacel aquarius arjo askina asept aspen atrauman atrium avance
    avantguard babytherm babylog bactigras bariquip barbour baxa baxter bayer beaver becton biatain
    bioderma biogaia biosense biotronik bodyguard bovie braun bronchitrac cadd camelbak camino carba
    carefusion carelink carescape cavilon cerner chiroform cica clinell clinidine clinifix clinisorb
    coban codan coloplast comfeel comfifast compax contour convatec convamax conveen corflo corpak
    corpuls cosmopor covidien cryocuff cutimed cutiplast cuticell cysto dansac dermabond derma dermol
    dexcom dinamap dormio draeger drager dräger drypro duoderm durapore easigrip easiflo elastoplast
    elecsys elisio entonox envitec eqora escort ethibond ethicon eurotec evita evolve exeter exogen
    exudry eykona ferno scan filac finesse flexiseal flexima flowtron flocare forcefield fresenius
    freestyle fujifilm gambro geliperm gelocast gluma glidescope glucomen graseby granuflex granugel
    guldmann hartmann hemocue hemoccult hollister hoverjack hovermatt huntleigh hydrocoll hydrosorb igel
    illumina inadine invacare iodoflex iodosorb ivac jelonet jelco kaltostat kangaroo kendall kerralite
    kerlix kerrapro kinair kontour kwill laerdal lapco lerado libre liko lifepak lifeport lifescan
    lifevac linet liofoam lohmann lomatuell lumify luxaderm lyofoam mangar maquet marisa masimo s
    mckinley mediderm medela medihoney medipore medstrom medtronic mefix melolin melgisorb mepiform
    mepilex mepitel mepore metalline micropore microlife microstream mindray minxray miele mobilat
    molift molnlycke mölnlycke monocryl montgomery-strap nellcor neonatal nexiva nippy niagara nimbus
    nihon nomad novopen nuvasive oasis olympus omnipod omron opsite optiflow orabrush oxford-hoist
    oxylog oxyperm oxymask pamper pampers paracube parafricta parietex pegasus penumbra permafoam
    philips phlexiview piccline plasmalyte polymem portex premilene primapore profore prisma proclude
    proshield prolene promogran protect purewick puffin puricore quadrasil quattro quickie raizer
    redivac repose resmed resusci rezum roho rotoprone rusch sabina sana savina seca sechrist sentinel
    septanest setopress siemens silipos silverline simman softban softpore solent sonosite sorbact
    sorbsan spacelabs spenco spiromax stannah stedy steripod steristrip stericlens stryker suprasorb
    surgicel surgipad surgilube surgifix swiftlock symphony tagaderm techotherm tegaderm telfa tempur
    tensoplast tensopress terumo thopaz tielle tisseel tork tornier toshiba transpore trendcare trilogy
    tubifast tubigrip turbohaler uriplan urgo urgoclean urgotul urosheath vacutainer vapotherm vascath
    velcro velband venflon ventimask versajet versiva vicryl vicair viasorb viasys vitalograph vivano
    volumatic vygon whatman wingset workrite xsensor yankauer zavation zerobase zetuvit zimmer zipzoc
    zoll"""
)
_SYSTEMS = words(
    """accurx adastra agfa airmid airtable allocate anima ardens ascribe attendanywhere autoplan badgernet
    bigword bleepsoft bluespier carenotes careflow careplus caretower caresys centricity cerner cito
    civica cleric cogito datix dbmotion docman docmail doctorlink drfirst ecaris econsult egton emis
    emisweb epic eclipse eroster evolve exprodo florey fortrus frontline graphnet healthroster healthrow
    heidi hermes highland-gateway icecube icare iclip imedicor inphase insignia isla jac klinik langline
    languageline lilie liquidlogic livi lorenzo lumeon maternity-clever medchart medicus medisec
    meditech medway medisight metavision mosaic mysense centre nimbus nhsmail nhspathways numed omnicell
    oceano oracle orion patchs patches patientrack patienttrack pharmoutcomes pinpoint pyxis qadmissions
    qlik quris refero resonance rhapsody rio master sage scribetech sectra sentinel servicenow
    sharepoint silverlink softmed soliton somerset-register sunquest symphony synertec systemone
    systmone tableau telologic tortus totara trakcare tquest ulysses unify utopia vecta verto viewpoint
    vitalpac vitro vocera vodafone winpath winscribe winvoice zesty alexa siri cortana copilot gemini
    grammarly outlook powerpoint skype slack trello webex wordpress yammer zoom tiktok instagram
    snapchat youtube linkedin reddit google facebook whatsapp messenger twitter telegram tinder grindr
    discord twitch netflix spotify paypal ebay vinted deliveroo uber addison-lee amazon argos aldi asda
    asos boohoo boots costa costco currys debenhams dunelm greggs halfords harrods homebase iceland ikea
    jewson lidl lloyds mcdonalds matalan morrisons mothercare ocado nandos poundland poundstretcher
    primark rymans sainsburys sainsbury savers screwfix selfridges smyths specsavers spar starbucks
    superdrug tesco toolstation waitrose waterstones wetherspoons wetherspoon wickes wilko woolworths
    barclays nationwide natwest santander monzo revolut ladbrokes paddypower william-hill betfred subway
    travelodge premierinn weetabix horlicks complan ensure lucozade ribena ovaltine bovril marmite
    calogen fresubin meritene foodlink ryvita kelloggs heinz nescafe nestle cadbury cadburys pringles
    stannah fedex evri yodel parcelforce interflora dyson hoover hotpoint bosch samsung panasonic sony
    nokia huawei motorola lenovo logitech hewlett epson canon xerox ricoh kodak garmin fitbit casio
    rolex pandora swarovski"""
)
BRANDS = _MEDICINES | _DEVICES | _SYSTEMS
