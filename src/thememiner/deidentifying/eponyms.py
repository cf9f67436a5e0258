"""Names of people that stand for diseases, tests, theories, hospitals and charities, and what follows them.

Written from general knowledge of the field. Most of these are surnames of ordinary people as well, so that
a name here is left alone only beside a word that tells what it stands for, or in a list of its like.
"""

from __future__ import annotations

from thememiner.deidentifying.vocabulary import words

# Signs, tests, operations, instruments, scales and scientists.
_MEDICAL = words(
    """abbe abrikosoff achard adamkiewicz adams adie addison adson aird albee albers albright alcock alexander
    allen allgower allis altemeier alzheimer ampère amsler amyand anderson angelman angle apert apgar
    apley argyll arnold ashby asherman ashman askin asperger auer auerbach austin avellis babcock
    babinski backhaus bainbridge baker ballance ballard balthazar bankart bannayan bárány barany barlow
    barnard barr barré barrett bart bartholin barthel barton bartter bassini battle bazett bazin becker
    beckwith bechterew behçet behcet bell bence benedict bennett berg berger bergman berlin bernard
    bernstein bertel bethesda beevor bielschowsky bier bigelow billroth binet biot bishop bitot bjork
    björk blackburn blakemore blalock bland blatchford bloom blount blumberg boas bochdalek boeck bonney
    bonnet boerhaave bornholm borrmann bouchard bouchier bourneville bowen bowman boxer boyce boyle
    braak braden bradford brackmann bright brill broca brodie brodmann brompton brooke broselow brown
    browne bruce brudzinski brugada brunner buck budd buerger bull burkitt burow burton busse caffey
    calot campbell cannon caplan cardarelli caroli carpenter carvallo carter castleman celsius cesar
    chaddock chadwick chagas chance chandler charcot charlson charnley chediak cherney cheyne chiari
    child chopart christmas churg chvostek ciaglia clark clarke claude clavien cloward cloquet cobb
    cockayne cockcroft codman cogan colles collin compton conn connor conradi cooley coombs cooper
    corrigan costen costello cotard courvoisier couvelaire cowden cowper cox coxsackie crawford credé
    crigler crohn cronbach crouzon cruveilhier cullen curling currarino cushing dalrymple dandy darier
    darwin davies davis dawson debakey dejerine dellon dempster denonvilliers dercum descemet deville
    dieulafoy digeorge dix donath döhle dohle donders donovan doppler douglas down draeger dressler
    dubin duchenne dühring duhring duffy dukes dunlop dunphy dupuytren duroziez duval dworkin ebstein
    eddowes edwards ehlers ehrlich eisenmenger ekbom ellis ellsworth epley epstein epworth erb erdheim
    ernst esmarch eustachian evans ewart ewing fabry fairbank fallopian fallot fanconi farber fehling
    felty ferguson finkelstein fisher fishman fitz fitzpatrick flesch flint fogarty foley fordyce
    forrest fothergill fournier foville fowler fox frank franklin fraser freiberg frey freyberg
    friedländer friedman friedreich froment fröhlich frohlich fuchs fuhrman galant gail galeazzi gamgee
    gamna ganser gardner garden garre gaucher geiger gell gerdy gerstmann ghon gianotti gibson giemsa
    gigli gilbert gillies gilles girdlestone gitelman glanzmann glasgow gleason goodell goldberg
    goldblatt goldenhar goldman goldmann goldthwait golgi goodenough goodpasture goodsall gordon gorlin
    gottron gowers graefe graham gram grandi graves greenfield grey griffith grocco groshong groningen
    grynfeltt guedel guillain gunn günther gurd gustilo guthrie guyon haab haber haglund hachinski hakim
    halban hallervorden hallpike halstead halsted hamilton hamman hampton hand hansen harrington harris
    harrison hart hartmann hartnup hashimoto hassall hausdorff hawkins hawthorne haynes head heaf
    heberden hegar heimlich heineke heinz heller hemming henle henoch henry hering hermansky herring
    hertz hess heubner hickam hickman hicks higoumenakis hilgenreiner hill hirano hirschberg hirschprung
    hirschsprung his hodgkin hoffa hoffman hoffmann hohl holmes holter homan homans hoover horner horton
    hounsfield house howell howship hubscher hudson hughes hunt hunter huntington hurler hutchinson
    hutchison huxley ishihara jackson jacksonian jacobson jaeger jakob janeway janzen jarisch jefferson
    jefford jeghers jendrassik jobe jobst jones kahler kakowicz kallmann kanner kantrowitz kaposi
    kartagener kasabach kasai katz kawasaki kayser kearns kegel kehr keith keller kell kellgren kelly
    kemp kennedy kent kerley kernig kessler kidd kienböck kienbock kiesselbach kikuchi killip
    kimmelstiel kinsbourne kirklin kirschner klatskin kleihauer klein kleine klinefelter klumpke klüver
    kluver knapp koch kocher koebner koeppe köhler kohler kolmogorov koplik korotkoff korsakoff kraske
    krabbe kraepelin krause krebs krukenberg kugelberg kuhn kulchitsky kuntscher küntscher kupffer
    kussmaul kveim lachman ladd laennec lafora lambert lambl landau landolt landouzy landry landsteiner
    langer langerhans langhans langenbeck lanz laplace larmor laron larrey larsen lasègue lasegue
    laurence laurin lawrence leber ledderhose lee leede lefort legg leigh leishman lembert lemierre
    lennert lennox leopold leriche lesch lesser letterer levene levine lewin lewis lewy lhermitte libman
    lichtenstein lichtheim liddle liebermann lieberkühn lindau lisfranc little littre lloyd löffler
    loeffler lofgren löfgren look lowe lowenberg lown luciani ludwig luer lugol lund lundh luschka
    lutembacher lyell lyme lynch macewen macintosh mackay mackenrodt macleod madelung maddox maffucci
    magill magnan mahaim maisonneuve malassez mallampati mallory malpighi malta mantel mantoux mapleson
    marburg marcus marfan marie marion marjolin marsh marshall martin masson maslach matas matson may
    maydl mayer mayfield maylard mayo mazabraud mcardle mcbride mcburney mccune mccoy mcdonald mcgill
    mcgrath mcivor mckenzie mclintock mcmurray mcroberts mcvay meckel medina meibomian meige meigs
    meissner meleney mendel mendelson ménétrier menetrier menghini ménière meniere menkes mercier merkel
    merseburg mikulicz milch millard miller milligan milroy minor mirizzi mitchell mitrofanoff mobitz
    moebius möbius moll monro monteggia montgomery moore morgagni morison morley moro morquio morse
    morton mosteller müller mullerian muller munchausen münchhausen murphy nager neer nelson newcastle
    nightingale niemann nissen nissl noonan norton norwood nottingham oddi ogilvie ohm oliver ollier
    ombredanne oppenheim ormond ortolani osgood osler ossoff otis otto owen oxford paget palmaz palmer
    pancoast paneth papanicolaou papez papillon paris parinaud park parker parkes parkinson parkland
    parks parvin pasteur patau paterson patrick pavlik pavlov payr pearson pel pelger pemberton pendred
    penfield penrose perls perthes petit petrie peutz peyer peyronie pfannenstiel phalen pick pickwick
    pierre piper pirie plimmer plummer poland pompe ponseti poole popeye portsmouth pott potter potts
    poupart prader pratt prehn price priestley pringle prinzmetal prophet pudenz pugh purkinje purtscher
    puusepp queckenstedt quervain quetelet quick quincke quinsy raimiste ramsay ramstedt ranke rankin
    ransohoff ransford ranson ranvier rapoport rasmussen rastelli rathke raynaud recklinghausen reed
    refsum reid reidel reinke reissner reiter reitan renshaw rett reye reynolds rey reynell richards
    richardson richter ridley riedel rieger riggs rigler riley ringer rinne ritter ritchie riva robert
    robertson robin robinson rochester rockall rockwood roentgen roger rokitansky romano romberg rome
    rorschach rosenbach rosenberg rosenthal ross roth rothmund rotor rotterdam roux rovsing royle rubin
    rubinstein rud rumack russell russe ruysch ryle ryles sabin sabouraud sachs sahli salter sandhoff
    sandifer santorini sarnat savary schatz schatzki schaumann scheie scheuermann schick schiff schilder
    schiller schilling schiötz schiotz schirmer schlatter schlemm schmidt schmorl schneider schober
    schönlein schonlein schüller schwabach schwann schwartz schwarz scott seashore segond seldinger
    sellick sengstaken sengupta sézary sezary shaver sheehan sheldrick shenton shewhart shiga shirodkar
    shouldice shprintzen shwachman shy sibson silver simmonds simpson sims sinding singh sipple sister
    sjögren sjogren skene skinner smith snellen snyder sobel sokolow soave souttar spaulding spearman
    spencer sperling spetzler spigelian spitz spitzer sprengel spurling stacke stamm stanford starling
    starr steele steell stein steinmann stellwag stener stensen stewart stickler still stokes strachan
    straus strauss stroop strümpell stuart sturge sudeck sugarbaker suggs sutherland swan swansea
    swanson sweet sydenham syme syms takayasu tanner taussig tay taylor teller tenckhoff terry terson
    tessier thoma thomas thompson thomsen thornwaldt throckmorton thudichum tietze tinel tinetti todd
    tolosa tompkins torkildsen toronto tourette townes townsend toynbee traube treacher treitz
    trendelenburg treves tristan troisier trömner trousseau trueta truelove tullio turcot turner tuohy
    tyndall tzanck uhthoff unna unverricht usher valsalva van vater vaughan veau velpeau venn venturi
    verner vernet veress verneuil vincent virchow vogt volhard volkmann volpe voss wada wagner
    waldenström waldenstrom waldeyer walker wallace wallenberg waller walther wangensteen wardill warren
    warthin wassermann waterhouse waterlow waters waterston watson weaver weber wechsler wegener
    weichselbaum weil weill weiss welch wells werdnig wermer werner wernicke wertheim west westergren
    westermark westphal wharton whartin wheelhouse whipple whitaker white whitnall widal widmark wilkins
    wilkinson williams williamson willis wills wilms wilson wiltse winterbottom wirsung wiskott witzel
    wolff wolfe wolfram wolman wood woods woodward wright wucherer yale yates yerkes young zadik zarit
    zeis zellweger zenker ziehl zieve zimmer zinn zollinger zung fegan cavanagh keen gluck wales
    blackwood goligher dennyson dohlman kielland wrigley neville rhodes pinard sonicaid bakri cook rusch
    manchester lovset løvset mauriceau smellie veit zavanelli gaskin bandl braxton crede brandt andrews
    ahlfeld schultze duncan naegele kerr joel cohen misgav ladach hayman bonferroni kaplan meier kruskal
    wallis mann whitney wilcoxon fleiss altman student mcnemar hosmer lemeshow nelder poisson gauss
    bayes markov pareto gantt ishikawa hogan likert rasch guttman thurstone glaser braun dunning kruger
    swiss lutheran diego colton dombrock cartwright chido rodgers cromer knops gerbich scianna raph gill"""
)
# Thinkers whom teaching and supervision name by surname alone.
_THEORISTS = words(
    """adair adams adler ainsworth allport argyris asch bandura barkley beauchamp beck belbin benner bentham
    berne bernstein berwick bion bowen bowlby brazelton brofenbrenner bronfenbrenner bruner butler
    cannon charmaz chess childress chomsky clark codman crosby deci dekker deming derrida descartes
    donabedian driscoll durkheim dweck edmondson egan ehlers ellis engel engeström erikson eysenck
    fairbairn fayol feinstein fennell festinger feuerstein fonagy foucault freud fromm gagne gardner
    gibbs giddens gilbert gilligan goffman goleman greenberger guntrip habermas handy harlow hayes
    heifetz heinrich henderson heron hersey herzberg hollnagel honey horney janis johns juran jung kant
    kelly kitwood klein knowles kohlberg kolb kotter kübler kubler kurtz lacan laing lave leininger
    leveson lewin linehan lipsky locke luft machiavelli mahler maister malan marmot maslow mcgregor
    mckinsey mead menzies mezirow milgram miller mintzberg moos moreno mumford neuman nietzsche norcross
    nussbaum ogden orem orlando padesky papadopoulos parkes parse parsons patton pavlov peplau perls
    piaget pendleton prochaska rasmussen rawls reason rogers rolfe rollnick roper rosenhan rotter roy
    rutter ryan safran salkovskis schein schön schon seddon segal seligman selye senge shannon shewhart
    skinner spearman stacey steiner sternberg sullivan swanwick tannenbaum taylor teasdale thorndike
    tierney titchener tolman travelbee tronto tuckman vincent vroom vygotsky watson weber weick wenger
    wells winnicott wittgenstein wolpe worden yalom young zimbardo zinn calgary cambridge neighbour
    johari balint"""
)
EPONYM_NAMES = _MEDICAL | _THEORISTS

# Forenames among them, and what makes each an eponym where "'s" or a capital could be a person's too.
FORENAME_EPONYMS = {
    name: words(heads)
    for names, heads in (
        ("todd", "paresis paralysis palsy"),
        ("cohen", "kappa d"),
        ("rey", "figure complex auditory test item items"),
        ("hamilton", "score scale rating ventilator depression"),
        ("sara", "stedy plus lite hoist"),
        ("hunter", "syndrome"),
        ("adam", "apple apples"),
        ("alice", "band bands"),
        ("barbie ken", "doll dolls"),
        ("bob", "cut"),
        ("chi", "square squared"),
        ("geneva", "convention conventions"),
        ("jack", "plug plugs knife"),
        ("jesus", "sandals christ"),
        ("teddy", "bear bears"),
        ("tommy", "tippee"),
        ("winnie", "pooh"),
        ("petri", "dish dishes"),
        ("otis", "lift lifts"),
        ("caesar", "salad"),
        ("henry", "law loop machine hoover"),
        ("gene", "testing test tests therapy panel"),
        ("nolan", "principles"),
        ("martin bell", "syndrome"),
        ("victoria", "sponge cake plum bitter station"),
        (
            "lewis",
            "antibodies antibody blood antigen sign lines lead leads a b x negative positive phenotype",
        ),
        ("kelly", "clamp forceps antigen"),
        ("kell duffy kidd diego", "antibodies antibody blood antigen negative positive"),
        ("graham", "patch steell"),
        ("allen", "test key"),
        ("thomas", "splint test"),
        ("bruce", "protocol"),
        ("gordon", "sign reflex syndrome"),
        ("russell", "sign traction viper bodies silver"),
        ("trevor", "disease"),
        ("patrick", "test sign"),
        ("oliver", "sign mcgowan training campaign"),
        ("douglas", "pouch bag"),
        ("charles", "law bonnet"),
        ("boyle", "law machine"),
        ("marcus", "gunn"),
        ("marie", "tooth curie"),
        ("robin pierre", "sequence anomalad"),
        ("vincent", "angina"),
        ("ludwig", "angina"),
        ("wallace", "rule"),
        ("lloyd davies", "position stirrups"),
        ("ellis howell owen nelson dennis", "van jolly kit syndrome brown"),
        ("martin", "gel suit bell"),
        ("austin", "moore flint"),
        ("frank", "starling sign breech haematuria pus blood discussion"),
        ("joel", "cohen"),
        ("rosenthal miller robert stewart laurence gilles", "fibres blade jones treves moon tourette"),
        ("herbert", "protocol screw screws"),
        ("dawn sandy", "phenomenon"),
        ("clark", "rule level levels electrode"),
        ("leopold", "manoeuvre manoeuvres"),
        ("gail", "model score"),
        ("rome", "criteria iv iii"),
        ("martha", "rule"),
        ("seni natasha harper terry", "law mcgowan training campaign"),
        ("jessica jess", "trust"),
        ("maggie", "centre center centres"),
        ("bennett rolando tillaux duverney stieda gosselin holdsworth lopresti", "fracture fractures"),
        ("humphrey octopus", "fields field perimetry analyser"),
        ("murphy romberg homan hoffman", "sign signs"),
    )
    for name in names.split()
}

# After a surname or an eponym, with or without "'s", these make it a thing.
HEADS = words(
    """fracture fractures bandage bandages level levels kappa field fields protein proteins antibody
    antibodies     antigen antigens inventory mania test tests sign signs syndrome disease palsy paresis
    paralysis
    stent stents drain drains sling slings hoist hoists training model models programme transplant
    reflex reflexes manoeuvre manoeuvres staging stage grade grading criteria criterion rule rules law
    laws formula equation ratio quotient curve plot triad tetrad pentad phenomenon effect cells bodies
    granules stain agar medium solution fluid lotion paste ring pessary plug valve valves clip clips
    retractor scissors forceps needle cannula blade bougie circuit walker boot boots collar splint cast
    traction pin pins wire wires nail nails plate plates screw screws prosthesis arthroplasty procedure
    repair anastomosis pouch flap incision approach position technique method exercise exercises
    lymphoma sarcoma tumour carcinoma cyst contracture chorea ataxia dystrophy encephalopathy anaemia
    thyroiditis arteritis nodes node nodules gland glands duct canal ligament fascia fibres membrane
    loop triangle point angle lens lamp keratometer manometer regimen regime award trial cohort charter
    prize lecture fellowship scholarship consent competence competent principles principle cycle theory
    hierarchy matrix diagram chart charts score scores scale scales index questionnaire interview
    classification wave waves breathing respiration gait dementia block nerve vein artery plexus gun
    lights bias sequence anomaly malformation jacket cuff suture sutures knot stitch tip sucker system
    blue-code hernia oesophagus ulcer gangrene amputation nystagmus pupil spots spot patches lines rings
    crisis operation reaction chromosome quadrant sac tubule cake body murmur pulse rash nose joint foot
    hand disciplines review report inquiry"""
)
_ROYALS = {
    "king": "george edward charles william james henry john alfred edgar edmund",
    "queen": "elizabeth victoria alexandra mary anne charlotte camilla margaret adelaide mother caroline",
    "prince": "charles philip albert george edward william harry andrew alfred henry arthur michael regent",
    "princess": "anne alexandra margaret diana elizabeth mary marina beatrice eugenie royal charlotte alice"
    " louise may helena christian grace",
    "lady": "mary margaret sobell astor bridget chichester",
    "royal": "alexandra albert edward victoria brompton marsden sussex surrey",
}
# Hospitals, hospices, charities and firms called after somebody, and devices with a forename.
_CALLED = """addenbrooke hospital|agnes hunt|alan turing|alder hey|alexandra palace
|alfred nobel|aneurin bevan|arjo huntleigh|barbara castle|barnes wallis|beatson oncology|bernard sunley
|betsi cadwaladr|cavendish square|cecily saunders|charles thackrah|cicely saunders|clement attlee
|clementine churchill|countess mountbatten|cwm taf|daisy hill|dame vera|dorothy hodgkin|dorothy house
|dr kershaw|edith borthwick|edith cavell|elizabeth garrett|elsie inglis|emma's diary|evelina london
|father christmas|florence nightingale|frances crick|francis crick|francis report|great ormond
|harvey's gang|helen rollason|henry dunant|henry wellcome|horatio nelson|hywel dda|isabel hospice
|jarvis centre|john radcliffe|joseph lister|joseph rowntree|katharine house|katherine house|lady sobell
|leonard cheshire|louis pasteur|lucy faithfull|margaret centre|maria montessori|marie curie|marie stopes
|martha trust|martin house|mary ann evans|mary seacole|max perutz|molly maid|nell gwynne|nye bevan
|oliver mcgowan|oscar romero|paul o'gorman|queen's nurse|rachel madocks|resusci anne|ronald mcdonald
|rosalind franklin|sara lite|sara plus|sara steady|sara stedy|sigmund freud|sir robert peel|sobell house
|stella maris|stephen hawking|sue ryder|suzy lamplugh|teddy bear|terrence higgins|tessa jowell
|thomas pocklington|vera lynn|victoria cross|wilfrid sheldon|william osler|winston churchill|wye valley
|zachary merton"""
# Two names of one eponym, or of two that go together.
_DOUBLE = """john bowlby|donald winnicott|melanie klein|abraham maslow|jean piaget|erik erikson
|albert bandura|marsha linehan|avedis donabedian|edwards deming|tom kitwood|hildegard peplau
|dorothea orem|kurt lewin|bruce tuckman|meredith belbin|jack daniels|jim beam|captain morgan
|granny smith|douglas macmillan|marie therese|albert dock|argyll robertson|austin flint|austin moore
|bence jones|charles bonnet|cockcroft gault|denis browne|dix hallpike|ellis van|epley manoeuvre
|fitz hugh|foster kennedy|graham steell|grey turner|harris benedict|holmes adie|hughlings jackson
|johns hopkins|laurence moon|lawrence moon|lloyd davies|marcus gunn|millard gubler|miller fisher
|paul bunnell|pierre robin|ramsay hunt|richardson eastlake|robin sequence|rose bengal|rose waaler
|ross river|russell silver|spencer wells|stevens johnson|stewart treves|swan ganz|ivor lewis
|salter harris|lewis sumner|maxi move|sara stedy|maxi twin|maxi sky|bair hugger|treacher collins
|west nile|wolff parkinson|kaplan meier|bland altman|mann whitney|myers briggs"""
CALLED = frozenset(f"{_CALLED}|{_DOUBLE}".replace("\n", "").split("|")) | frozenset(
    f"{first} {last}" for first, lasts in _ROYALS.items() for last in lasts.split()
)
# The same, where anybody could be called so: only in the company of what hospitals and shops do.
_LIKE_PEOPLE = """alexander fleming|anna freud|anthony nolan|bob champion|bobby moore|charles darwin
|charles hastings|dorothy pattison|edward jenner|elizabeth fry|ellen badger|ellen terry|ernest gardner
|george eliot|helen ley|isaac newton|james connolly|james cook|james lind|james paget|james watt
|jane ashley|jane scarth|jo cox|john eastwood|john hampden|john hunter|john innes|john lewis|john ryle
|john snow|john taylor|joseph weld|kate granger|katie piper|keir hardie|laura ashley|margaret mcmillan
|maria mallaband|mark holland|martin luther|mary how|mary potter|mary rose|mary stevens|michael sobell
|molly rose|paul strickland|peter maccallum|peter pan|philip morris|richard doll|richard wells
|rob burrow|robert burns|robert jones|robert koch|robert ogden|ronald gibson|roy castle|ruth lancaster
|samuel johnson|sarah swift|sharon fox|stephen lawrence|sue lambert|sylvia blackburn|thomas cook
|thomas coram|thomas guy|thomas linacre|william budd|william farr|william harvey|william hill
|william morris"""
CALLED_LIKE_PEOPLE = frozenset(_LIKE_PEOPLE.replace("\n", "").split("|"))
# With a number behind, the score: "Hamilton 24".
SCALES = words(
    """hamilton rey young beck zarit braden norton waterlow wells bishop child edinburgh boston abbey berg
    rankin rockwood charlson lawton katz bayley griffiths conners barthel rockall ranson apgar bristol
    tinetti hogan ashworth blatchford glasgow richmond cornell crichton clifton likert gleason gustilo
    killip fisher hunt mallampati cormack ramsay clarke townsend garden weber salter neer schatzker
    fitzpatrick wagner texas rutherford fontaine tanner"""
)
# What only an eponym has, forename or not: "Cullen's sign".
SIGNS = words(
    "sign triad tetrad criteria classification manoeuvre node kappa phenomenon paresis formula reflex"
)
# Hospitals that are spoken of by one name; a person's as well, so only in the company of what hospitals do.
HOSPITALS = words(
    """addenbrookes airedale alexandra arrowe barts basildon bensham bethlem bradgate broadgreen broomfield
    bronglais burton cassel chase christie churchill conquest crosshouse darent derriford evelina
    fairfield fazakerley freeman frenchay frimley furness gartnavel glenfield grantham hairmyres
    hammersmith harefield harrogate heartlands hillingdon homerton hope horton jessop jessops jimmys
    kettering leighton lincoln lister littlemore maelor marsden maudsley monklands morriston musgrove
    nevill ninewells norwood nuffield papworth pilgrim pinderfields radcliffe raigmore ronkswood russell
    salford seacroft singleton springfield stobhill tameside treliske victoria walton walsgrave
    warneford warwick wexham wharfedale whiston whittington william winchester wishaw withybush
    woodlands wythenshawe yeovil alderhey nelson lambert scott clarence marlborough mason wordsley selly"""
)
# Words that are forenames as well, and are asked of people.
VIRTUES = words("patience grace hope faith charity joy mercy prudence verity constance felicity honor honour")
