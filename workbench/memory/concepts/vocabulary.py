"""What the rules know of English words: each list one class of words, of general validity.

Lists decide only how words stand to one another; what a statement is about comes from the words
that no list has. Classes are the letters of `tags`.
"""

from workbench.memory.facts.speech import VERBS as _FACT_VERBS
from workbench.memory.facts.speech import these
from workbench.memory.irregular import LEMMAS

#: Class → the words that are always of it.
CLOSED = {
    "d": "the a an my our your his her its their thy these those some any no another both either"
    " neither such several many much most more few fewer less enough all other certain various",
    "Q": "this",
    "R": "every each",
    "p": "i you he she it we they me him us them thou thee ye one myself yourself himself herself"
    " itself ourselves themselves mine yours hers ours theirs someone somebody anyone anybody"
    " everyone everybody nobody something anything everything nothing there",
    "w": "who whom whose which what where how why that whether whatever whoever whichever whomever",
    "l": "in at on near under behind beside between inside outside within across along around"
    " above below over through opposite beneath underneath amid among",
    "f": "from into onto towards toward",
    "t": "to",
    "o": "of",
    "i": "with for by about as like without via per than against upon despite except besides"
    " concerning regarding versus vs unlike worth",
    "k": "because therefore thus hence consequently thereby so accordingly thanks due",
    "x": "before after during since until till while once when whenever ere",
    "m": "will would can could may might do does did shall dare doing done",
    "K": "don't doesn't didn't won't wouldn't can't couldn't cannot dont doesnt didnt wont wouldnt"
    " cant couldnt mustn't shouldn't shouldnt",
    "O": "must should ought let's lets gonna gotta wanna",
    "h": "have has had having",
    "b": "is are was were be been being am get gets got gotten become becomes became remain remains"
    " remained stay stays stayed seem seems seemed feels felt seeming"
    " smelled smelt tasted sounded appear appears appeared"
    " grew",
    "L": "feel look looks looked smell smells taste tastes sound sounds turn turns turned",
    "B": "isn't aren't wasn't weren't isnt arent wasnt werent ain't",
    "N": "not never hardly barely",
    "c": "and or nor plus & and/or",
    ";": "but however although though whereas yet if unless otherwise instead",
    "v": "up off out down away back together apart aside ahead forward",
    "J": "ago",
    ",": "yep yay wow yeah bye hey hi hello oh ah aha ouch oops hmm um uh ugh aww lol haha hahaha"
    " congrats congratulations ok okay yup nope alas hurrah hurray bravo well",
    "@": "am pm a.m p.m o'clock oclock",
    "G": "todo fixme goal goals aim objective reminder",
    "j": "last next past coming previous following upcoming",
    "q": "yesterday today tomorrow tonight to-day to-night to-morrow",
    "u": "second minute hour day week month quarter year decade century seconds minutes hours days"
    " weeks months quarters years decades centuries weekend weekends fortnight min mins hrs",
    "P": "morning mornings afternoon afternoons evening evenings night nights noon midnight dawn"
    " dusk midday lunchtime nightfall sunrise sunset",
    "S": "spring summer autumn winter",
    "W": "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays"
    " thursdays fridays saturdays sundays",
    "M": "january february april june july september october november december",
    "#": "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"
    " hundred thousand million billion half first third fourth fifth sixth seventh eighth ninth"
    " tenth dozen dozens hundreds thousands millions billions",
    "r": "very too also just only still already even again soon often always usually sometimes"
    " rarely now then here once almost quite rather perhaps maybe later earlier ever else"
    " well far away indeed instead anyway abroad everywhere somewhere twice mostly lately"
    " now currently recently finally originally alone nearly meanwhile afterwards nowadays please"
    " longer anymore otherwise furthermore moreover besides forever",
    "I": "want wants wanted need needs needed hope hopes hoped intend intends intended wish wishes"
    " wished plan plans planned planning aim aims aimed going trying remember",
    "T": "mr mrs ms dr prof professor sir madam lady lord president king queen prince princess"
    " saint st captain colonel major sergeant judge senator pope emperor",
}
#: The same for words as they stand: what a capital tells apart.
CASED = {
    "M": "March May Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec",
    "W": "Mon Tue Tues Wed Thu Thur Thurs Fri",
    "U": "Q1 Q2 Q3 Q4",
    "p": "I",
    "C": "United Allied Associated Limited Incorporated",
}

_VERBS = """
star portray depict act premiere debut chart tour script air rank relegate feature
supersede outdate accelerate access activate adapt address aggregate align allocate amplify
analyse analyze annotate approve approximate archive arrest assess assume attack automate
authenticate authorize awaken ban benchmark bless blame bloom boil bother bounce breach brush
buffer bump burst cache calculate calibrate carve challenge characterize chat cheer chop cite
clarify classify click clone clash cling cluster code collide compensate compute concatenate
conclude condense conduct configure confuse conquer contribute convert convey correct corrupt
correlate crack crash crawl crush crystallize curl debug decay declare decline decode decrease
deduce defeat define degrade delay delegate demonstrate deny dependence deploy deprecate deprive
derive descend detach detect deteriorate determine diffuse digest dilute disable disagree
disappoint disconnect dismiss dispatch display disrupt dissolve dominate double download draft
drag drift drill drip drown dry dump duplicate eliminate embed embrace emit emphasize enable
encode encounter enforce enhance ensure erase erode erupt escape evaluate evaporate evoke exceed
exchange excite execute exert exhaust exhibit exploit export expose extend extract evict
facilitate fade fasten fear ferment file filter finalize finance fire flash flee flicker float
flood flourish flush focus fold forbid force forecast forgive format forward freeze frighten fuel
fulfil function furnish generate gallop glow grab grade grasp greet groan group guarantee guess
halt handle haunt heat hesitate highlight hinder hit host hum identify impact imply impose impress
index induce infect inhibit initialize inject injure insert insist inspire integrate interpret
interrupt invade invalidate invent investigate isolate issue jam justify kick kiss kneel knock
label lag land launch leak leap lean limit link litter load log lower magnify map mark mask match
matter melt memorize merge mine mitigate modify mock motivate multiply murder mutate negotiate nod
normalize nourish number obey object observe omit ooze optimise optimize orbit originate oscillate
outline outweigh overflow overheat overload override overtake overwrite parse participate
partition patch pause peel penetrate perceive persist phone photograph pin ping pinpoint pitch
poison poll pollute pop populate pose power practise practice praise pray preach prepare preserve
press presume process proceed profile program prohibit project propagate propose prove provoke
prune pump punch query question quote race rain react realise realize reason reboot rebuild recall
recognise recognize recompile reconcile reconfigure recover redesign redirect reduce refactor
refill refine reflect refresh refund regulate reinforce reinstall reinstate rely remark remodel
render repay repeat rephrase reply reproduce request resemble resent reside resist respond restart
restore restrict resume retain retreat retrieve retry reuse revert revise revoke reward rewrite
rinse roar rob rock roll rotate round route ruin rule rupture rush rust sacrifice sample satisfy
saturate scale scan scare scatter scold score scrape scratch scream screen scroll seal search
secrete secure seize select separate sequence shatter shift shine shout shrink shut sigh signal
simplify simulate sink skip slam slice slip slow smash smell smile snap snow soak sort spark spawn
specify spike split spoil spot spray spread sprint squeeze stabilize stack stage stain stall stare
steam stimulate stretch strike strip stream strengthen stress struggle stumble submit substitute
suck suggest suit summarise summarize surge surpass surrender suspend sustain swallow switch sync
synchronize synthesize tackle tag taste tear tease terminate thaw thrive throttle tighten tilt
tolerate topple trace track trade transfer transform transmit trap treat tremble trick trigger
trim trip troubleshoot truncate twist undergo underline undermine unify unite unload unlock unpack
unplug unveil upload urge validate vectorize ventilate verify violate visualize vomit vote wander
warm weaken weep weld whisper whistle widen wipe withdraw withstand witness wonder wrap wreck yell
zoom ask approach arise awake beat bet bid bleed blend blossom impair damage hallucinate chase
congratulate contend yawn sneeze cough bark howl chirp wither sow reap graze spin sew stitch
embroider polish sand solder wire mount unmount provision containerize dockerize lint refute
rebuff rebuke plead beg bribe kidnap rescue loot pillage besiege siege occupy liberate colonize
annex cede ratify enact repeal veto legislate tax subsidize fine sentence convict acquit pardon
prosecute sue testify confess accuse fertilize irrigate pollinate photosynthesize metabolize
hydrolyze oxidize catalyze precipitate crystallise sublimate ionize polarize magnetize radiate
refract diffract vibrate resonate accumulate deplete replenish deallocate enqueue dequeue iterate
recurse hash encrypt decrypt compress decompress serialize deserialize tokenize lemmatize regress
extrapolate interpolate estimate infer hypothesize falsify corroborate outperform underperform
excel falter stagnate plummet soar skyrocket tumble dip peak bottom hover fluctuate stabilise
rally hire recruit promote demote mentor coach tutor lecture graduate enrol dictate jot scribble
sketch sculpt compose rehearse perform improvise applaud boo heckle narrate recount retell rewatch
reread skim peruse browse bookmark paraphrase translate transcribe typeset print bind publish
circulate censor regenerate synthesise modulate depolarize innervate release unbind dock
phosphorylate methylate inherit evolve migrate hibernate mate lay brood nest perch roost swarm
sting bite gnaw chew regurgitate excrete sweat shiver faint collapse relapse heal scar bruise
sprain fracture amputate operate diagnose prescribe administer vaccinate immunize quarantine
sterilize disinfect slide skid swerve brake steer moor anchor sail row paddle dive surface
submerge tow haul hoist lift heave shove nudge tug yank jerk fling hurl toss lob catch intercept
deflect block parry dodge duck crouch squat stoop bow curtsy salute wave beckon gesture frown grin
smirk scowl glare gaze peer peek glance glimpse squint blink wink sob wail moan mutter mumble
stammer stutter bellow shriek cry gasp pant wheeze snore doze nap settle inhabit reign crown
dethrone abdicate succeed precede outlive survive perish retort exclaim announce proclaim assert
concede admit warn advise counsel instruct command decree mandate oblige compel coerce persuade
convince outsource insource license sublicense fork rebase cherrypick squash branch checkout stash
shorten sharpen deepen lengthen harden soften loosen onboard offboard deliver believe imagine
suppose indicate involve compare commit oppose recollect utter inquire enquire endeavour endeavor
endure conceal betray deceive entreat beseech implore lament mourn rejoice shudder linger hasten
"""
VERBS = (_FACT_VERBS | these(_VERBS)) - these(
    "be have fish house land seat host head light dependence will like bear mill time number"
    " matter object rock race rule power value party school school"
)
#: Verbs whose form in s is no plural of a noun.
PURE_VERBS = these("""
accept achieve acquire add adjust admire admit adopt affect afford agree allow announce appear
apply appoint approve arrange arrive assemble assign attach attend avoid become begin believe
belong breathe bring carry celebrate choose clean combine commit compare complain comprise confirm
connect consist construct consume contain continue create decide defend define deliver demonstrate
depend deploy derive describe deserve destroy detect determine develop differ disappear discover
discuss distribute divide eat emerge emphasize employ enable encourage enhance enjoy enter ensure
establish examine exceed exist expand explain express feed find follow forbid forget generate get
give go govern grow happen hate hear hinder identify imply improve inform inhibit insist install
integrate introduce invade invent involve keep know lack lead learn let lose maintain make measure
meet modify move need negotiate obtain occupy occur offer oppose oversee own participate perform
permit persuade possess predict prefer prepare preserve prevent produce propose prove provide
publish receive recognize recommend reduce refer refuse regulate reject relate rely remain
remember remind remove replace represent require resemble resolve respond restore retain reveal
satisfy say see seek seem select sell send separate serve solve speak stem store strengthen submit
succeed suffer suggest supersede supervise suppose survive take teach tell think treat trigger
understand unlock use vary want weaken win write
""") - these(
    "use store lack lead need trigger find feed offer measure move win own add treat permit"
)
#: Verbs that say nothing of what was done.
WEAK_VERBS = these(
    "do go get have be make come give put let seem appear say tell take see know think "
    " lead result stem arise lack cause become try look feel mean"
    " call show need want ask include contain consist exist "
)
IRREGULAR_PARTS = {form: base for form, base in LEMMAS.items() if base in VERBS}

ADJECTIVES = these("""
awesome favorite favourite fun incredible amazing ultimate moderate immediate elaborate delicate
accurate adequate appropriate approximate intimate desperate fortunate unfortunate legitimate hard
fast early long able absent active actual afraid alive angry annual anxious asleep available aware
awake bad bare basic best better big bitter black blank blind blue bold brave brief bright broad
broken brown busy calm careful cheap clean clear clever cloudy cold common complete complex
concrete constant cool correct costly crazy crisp critical crowded cruel curious current damp dark
dead deaf dear deep dense different difficult digital dirty distant distinct double down dry dull
dumb each eager early east easy elder empty entire equal eternal evil exact excellent extra faint
fair false familiar famous fat final fine firm fit flat foreign former fragile free frequent fresh
frozen full funny gentle glad golden good grand gray great green grey guilty happy harsh healthy
heavy hidden high hollow holy honest hot huge human humid humble hungry icy idle ill important
independent inner innocent intense internal jealous joint just keen kind large late latest lazy
lean legal likely little live lively local lonely long loose loud low loyal lucky mad main major
mature mean medium mere mild missing mixed modern moist mutual naked narrow nasty native neat
necessary nervous neural new nice noisy northern numb obvious odd offline old online open orange
outer overdue own pale parallel perfect pink pleased pleasant polite poor possible precious
precise pregnant pretty previous primary prime private probable prompt proper proud public pure
purple quick quiet random rapid rare raw ready real recent red regular relevant remote responsible
rich right ripe rotten rough round royal rude rural sad safe salty same scarlet scary secure
separate serious severe shallow sharp sheer short shy sick silent silly silver similar simple
single sleepy slight slow small smart smooth social soft sole sore sour southern spare special
spicy stable stale steady steep sticky still straight strange strict strong stuck stupid sudden
sufficient super sure sweet swift tall tame tender tense thick thin thirsty tight tiny tired top
tough toxic true typical ugly unable unique unknown unlike unsafe upper upset urban urgent usual
vague valid vast vital vivid warm weak wealthy weary weird western wet white whole wide wild wise
wooden worried worse worst worth wrong yellow young friendly lovely deadly elderly daily weekly
monthly yearly
""")
#: Adjectives that describe what any thing may be: no part of what a thing is called.
DESCRIPTIVE = these("""
able actual bad basic best better big brief certain clear common complete constant correct current
different difficult early easy enough entire equal exact excellent extra fair final fine former
full good great huge important large late latest little long main major many mere minor more
most necessary new next nice obvious odd old other own particular past perfect possible present
previous proper real recent relevant right same serious several short significant similar simple
single small special strange such sudden sure tall tiny total true typical usual various very
whole wrong young fresh useful useless interesting beautiful lovely wonderful terrible awful
famous familiar amazing awesome incredible additional subsequent overall respective latter
sole ordinary heavy broken first
second third last only few less worse worst considerable substantial
""")
#: Nouns and adjectives whose ending would say otherwise.
NOUNS = these("""
grandmother grandfather grandma grandpa mother father mom mum dad aunt uncle sister brother cousin
neighbour neighbor nephew niece wife husband daughter teacher doctor nurse
user error key patient adult warning password server client customer employee drought
animal hospital metal signal music public fabric topic traffic capital journal arrival proposal
approval material festival canal terminal cable table vegetable variable diary library salary
glossary summary dictionary boundary secretary olive archive drive motive detective executive
perspective objective initiative alternative relative thing king string spring ring wing morning
evening ceiling building meeting feeling painting wedding clothing housing funding training bed
seed speed need feed weed breed shed sled hundred bread thread family reply supply lily belly
bully jelly ally fly july italy cell people children criminal professional individual principal
potential tutorial trial ritual manual annual crystal interval mineral funeral hotel general goal
logic magic panic mechanic critic clinic picnic republic plastic virus focus campus status census
chorus apparatus genius corpus bonus radius nucleus fungus process address access success business
wireless princess fitness witness glass class mass gas bus lens news bias atlas canvas chaos
series species physics mathematics politics economics ethics statistics dynamics genetics
linguistics electronics thesis basis crisis analysis axis tennis hypothesis synthesis diagnosis
emphasis oasis parenthesis catharsis genesis nemesis iris water rain snow oil milk gold silver
iron coffee tea wine beer sugar salt flour rice wheat corn cotton wool wood paper sand dust smoke
steam ice fire air light heat sound noise money time history science art love death life war peace
nature man woman energy information data software hardware code research evidence knowledge memory
sleep learning health education law religion philosophy society culture language literature
weather furniture equipment luggage homework advice progress work food fish meat fruit cheese
butter honey bank house land mill seat head host matter rock race rule power value party school
object number bear electricity gravity oxygen hydrogen carbon protein blood photosynthesis
evolution everyone inflation unemployment poverty democracy logging testing caffeine insulin
exercise mitochondria budget disk deploy staging lack vitamin vaccination copper erosion
deforestation captain soup bakery fog choir ceremony treaty enzyme seal bacteria insects cancer
disease medicine surgery therapy stress anxiety happiness pollution climate agriculture trade
tourism transport industry technology engineering mining construction architecture design geometry
algebra calculus probability chemistry biology geology astronomy ecology psychology sociology
anthropology archaeology journalism advertising marketing management leadership teamwork ownership
friendship childhood adulthood parenthood freedom justice truth beauty faith hope charity courage
wisdom patience silence darkness thunder lightning wind frost hail mud clay stone marble granite
limestone sandstone coal petroleum gasoline petrol diesel uranium aluminium aluminum zinc tin
nickel mercury sulfur phosphorus calcium potassium sodium magnesium helium nitrogen methane ozone
ammonia ethanol alcohol nicotine aspirin penicillin cortisol dopamine serotonin adrenaline
oxytocin melatonin glucose starch cellulose collagen keratin hemoglobin plasma tissue skin bone
muscle brain heart liver lung kidney stomach intestine spine silk linen leather rubber steel
concrete cement brick timber rope yarn jazz opera ballet theatre cinema poetry prose fiction drama
comedy tragedy satire irony metaphor grammar syntax vocabulary spelling pronunciation monitoring
caching shipping
""")

#: What can be sensed, as its word says.
SENSORY = these("""
red green blue yellow orange purple pink brown black white grey gray golden silver scarlet crimson
violet turquoise beige colour color bright dark dim shiny glossy pale loud quiet silent noisy
deafening shrill hoarse noise sound sounds echo hum humming buzz buzzing rumble whisper hiss clang
creak crackle bang thunder murmur melody screech ringing smell odour odor scent aroma stench stink
perfume fragrance fragrant smelly smoky musty taste flavour flavor sweet sour bitter salty spicy
bland tart metallic rough smooth soft sticky slippery slimy silky wet damp moist dry cold hot warm
cool icy chilly freezing boiling sharp itchy burning glare glow flash gleam shimmer sparkle pain
ache dizzy
""")
#: Things sensed; as other nouns they are found without an adjective's place.
SENSATIONS = these("""
noise sound echo hum humming buzz buzzing rumble hiss clang creak crackle bang thunder murmur
screech smell odour odor scent aroma stench stink perfume fragrance taste flavour flavor glare
glow gleam shimmer pain ache
""")
PERCEIVING = these("hear smell taste hearing smelling tasting")
EMOTIONS = these("""
happy sad angry afraid proud anxious frustrated excited relieved worried scared nervous jealous
ashamed lonely hopeful grateful disappointed guilty furious delighted joy sadness anger fear pride
anxiety frustration excitement relief worry jealousy shame loneliness hope gratitude
disappointment guilt fury delight happiness grief sorrow love hatred disgust surprise surprised
upset calm embarrassed embarrassment nostalgia nostalgic awe dread despair regret tired exhausted
bored boredom stressed overwhelmed confused curious homesick miserable cheerful joyful desperate
envy panic glad
""")
#: Conditions that come and go, said with or without a verb.
STATES = these("""
blocked stuck broken down offline online open closed locked unlocked busy free empty full ready
pending late overdue sick ill dead alive asleep awake missing lost absent available unavailable
unstable stable idle frozen flooded damaged cancelled canceled delayed postponed suspended paused
finished complete completed incomplete done unfinished active inactive retired married divorced
single pregnant hungry thirsty drunk injured wounded healthy infected safe unsafe dangerous
disabled enabled deprecated obsolete outdated corrupted corrupt vacant occupied abandoned bankrupt
jammed cracked leaking rotten spoiled ripe overloaded overheated disconnected connected unknown
stale expired valid invalid running crashed up homeless unemployed exhausted clogged
""")
#: "on leave", "out of order": conditions of several words.
STATE_PHRASES = these(
    "on-leave on-holiday on-vacation on-hold on-fire on-strike on-duty on-call on-track on-sale"
    " on-schedule on-time in-progress in-review in-danger in-debt in-love in-trouble in-use"
    " in-stock in-production in-pain in-charge at-risk at-war at-peace at-rest at-capacity"
    " under-construction under-review under-pressure under-attack under-repair under-control"
    " under-way behind-schedule behind-bars out-of-order out-of-stock out-of-date out-of-memory"
    " out-of-control out-of-office out-of-service out-of-work off-duty off-sick"
)
#: Nouns that are places.
PLACES = these("""
airport apartment attic avenue backyard bakery balcony bank barn basement bathroom bay beach
bedroom border bridge building cabin cafe café camp campus canyon castle cathedral cave cellar
cemetery church cinema city classroom clinic coast college corridor cottage country courtyard
county crossroads desert district dock factory farm field forest garage garden gate greenhouse
hall hallway harbor harbour headquarters highway hill hospital hostel hotel house inn island
jungle kitchen laboratory lab lake lane library lobby market meadow monastery mosque mountain
museum neighbourhood neighborhood ocean office orchard palace park pharmacy pier plaza port prison
province pub quarry railway region restaurant river road roof room school sea shed shop shore
square stable stadium station store street studio suburb supermarket temple terminal theater
theatre tower town university valley village vineyard warehouse waterfall workshop yard zoo
""")
NOT_PLACES = these(
    "bank gate library port store terminal tower hall field stable roof bridge house square road"
    " dock border country county region"
)
#: Ways: where a verb of motion leads.
MOTION = these(
    "go come travel move drive fly walk sail return arrive send ship run ride march emigrate"
    " immigrate commute relocate journey flee head land depart leave hike cycle sit live"
    " reside dwell settle stay meet base bear"
)
GAZETTEER = these("""
africa america asia europe australia antarctica oceania england scotland wales ireland britain
france germany spain portugal italy switzerland austria belgium netherlands holland luxembourg
denmark sweden norway finland iceland poland czechia slovakia hungary romania bulgaria greece
turkey russia ukraine belarus serbia croatia slovenia albania estonia latvia lithuania malta
cyprus israel palestine lebanon syria iraq iran egypt libya tunisia algeria morocco sudan ethiopia
kenya uganda tanzania rwanda nigeria ghana senegal mali congo angola zambia zimbabwe mozambique
madagascar namibia botswana india pakistan bangladesh nepal bhutan china japan korea mongolia
taiwan vietnam thailand cambodia laos malaysia singapore indonesia philippines canada mexico
guatemala honduras nicaragua panama cuba jamaica haiti colombia venezuela ecuador peru bolivia
chile argentina uruguay paraguay brazil california texas florida virginia alaska hawaii london
paris berlin munich hamburg cologne frankfurt leipzig dresden vienna zurich geneva bern basel rome
milan naples venice turin bologna palermo genoa madrid barcelona seville valencia granada lisbon
porto brussels antwerp ghent bruges amsterdam rotterdam utrecht copenhagen aarhus stockholm
gothenburg oslo bergen helsinki reykjavik dublin edinburgh glasgow manchester liverpool birmingham
leeds bristol cambridge oxford cardiff belfast lyon marseille bordeaux nice nantes toulouse lille
strasbourg warsaw krakow prague brno budapest bucharest athens thessaloniki istanbul ankara moscow
kyiv kiev odessa minsk riga vilnius tallinn belgrade zagreb ljubljana jerusalem beirut damascus
baghdad tehran cairo alexandria tripoli tunis algiers casablanca nairobi lagos accra dakar
johannesburg delhi mumbai bangalore chennai kolkata karachi lahore dhaka kathmandu beijing
shanghai shenzhen hongkong tokyo osaka kyoto seoul taipei hanoi saigon bangkok jakarta manila
sydney melbourne brisbane perth auckland wellington toronto montreal vancouver ottawa chicago
boston seattle denver houston dallas miami atlanta philadelphia detroit washington havana bogota
lima santiago caracas quito siberia sahara himalaya alps andes pyrenees mediterranean atlantic
pacific baltic danube rhine nile amazon thames seine volga ganges mississippi
""")
#: Words that look like content and say nothing of what a statement is about.
NOISE = these("""
thing things way ways lot lots kind kinds sort sorts stuff bit something anything example examples
fact case cases point points part parts number numbers amount use uses instance order time times
today matter question questions answer answers reason reasons result results place places side end
ends beginning middle rest everything nothing people person someone guy guys others thank thanks
hello hi hey bye yes no ok okay please sorry oh ah um uh hmm etc eg ie e.g i.e cf viz figure fig
aye nay alas lo
table section chapter page pages appendix paragraph footnote note notes ibid et al copyright
rights reserved isbn issn doi url http https www com org net html pdf click here subscribe
newsletter cookie cookies login menu home next previous contents index music applause laughter
inaudible crosstalk speaker source sources author authors editor title subject from date sent cc
bcc re fwd fw metadata timestamp uuid id none null true false undefined nan percent per cent self
sake regard regards sense terms term means mean kinda sorta idea ideas front addition general
particular view aspect aspects level levels extent can will do does did let get got make makes
made used using say says said first second third last one ones two three many much few some any
all each every bzw usw z.b
""")
NOISE_NAMES = these(
    "chapter page figure fig table section part volume vol appendix re fwd fw subject cc bcc"
    " mr mrs ms dr isbn issn doi copyright i ii iii iv vi vii viii ix xi xii ok okay hi hello hey"
    " aye nay alas lo dear regards thanks sincerely yes no pdf www http https todo fixme note"
)
#: What may stand after "is" and says nothing of the thing.
IDLE_QUALITIES = these("""
able unable sure likely unlikely true same different possible impossible necessary certain clear
such own aware unaware worth due about here there important other similar glad willing
""")
#: Given names that look like plurals.
NAMES_IN_S = these("""
james thomas lukas lucas tomas nicholas nicolas carlos marcos charles jones agnes dolores alexis
lars hans jens niels anders mads klaus matthias mattias tobias jonas elias andreas johannes
francis dennis curtis doris phyllis boris louis lewis ross chris marcus julius socrates archimedes
hughes williams davies adams roberts richards phillips achilles hercules moses jesus judas douglas
""")
#: Who or what is of a country or people: part of what a thing is called.
PEOPLES = these("""
american african asian european australian british english scottish welsh irish french german
spanish portuguese italian swiss austrian belgian dutch danish swedish norwegian finnish icelandic
polish czech slovak hungarian romanian bulgarian greek turkish russian ukrainian serbian croatian
albanian israeli palestinian lebanese syrian iraqi iranian persian egyptian libyan moroccan
ethiopian kenyan nigerian indian pakistani nepali chinese japanese korean mongolian taiwanese
vietnamese thai indonesian canadian mexican cuban colombian peruvian chilean argentine brazilian
roman etruscan celtic viking norse byzantine ottoman mughal aztec inca mayan victorian georgian
christian jewish muslim islamic buddhist hindu catholic protestant orthodox latin arabic hebrew
arab
""")
#: Compounds written in one word by some and in two by others.
CLOSED_COMPOUNDS = these("""
dataset database timeout backup frontend backend website workflow filename namespace codebase
login setup username password livestock notebook firmware middleware workspace workshop workload
workaround runtime uptime downtime deadline headline pipeline online offline email keyword
keyboard bookmark bytecode checkpoint checkbox dropdown endpoint firewall framework freshwater
rainwater seawater groundwater greenhouse handwriting hardware homepage household laptop lifecycle
lifetime lookup newspaper nightmare payload playground playlist plugin popup rainforest roadmap
rollback screenshot shutdown smartphone snapshot spreadsheet standup startup subnet textbook
thunderstorm timeline timestamp toolchain touchscreen troubleshooting typescript whitespace
wildlife windmill heartbeat birthday earthquake farmhouse watermill
""")
