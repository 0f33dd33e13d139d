"""English verbs, relations with two phrasings, and everyday aliases.

Word lists of general validity. A *frame* says which noun names the part of a verb: who reports to
somebody has him as manager, who owns a thing is its owner. So "Kim reports to Lee" and "the manager
of Kim is Lee" are one statement in two phrasings.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from ingest.language.word_lists import months
from workbench.memory import words
from workbench.memory.irregular import LEMMAS


def these(text: str) -> frozenset[str]:
    """The words of a list that is written as a text."""
    return frozenset(text.split())


COPULAS = these(
    "is are was were am be been being isnt arent wasnt werent equals means ist sind est sont es son"
    " é è são sono är er"
)
#: Copulas of other languages count only where the sentence has no English one.
ENGLISH_COPULAS = these("is are was were am be been isnt arent wasnt werent equals means")
AUXILIARIES = these(
    "do does did has have had will would can could shall should may might must dont doesnt didnt"
    " hasnt havent hadnt wont wouldnt cant couldnt shouldnt cannot"
)
NEGATIONS = these(
    "not never no nor neither isnt arent wasnt werent dont doesnt didnt hasnt havent hadnt wont"
    " wouldnt cant couldnt shouldnt cannot hardly"
)
#: Words that say how or when something holds, and are no part of what it is about.
ADVERBS = these(
    "now currently still also always already just really actually usually often sometimes today"
    " again finally soon recently officially basically only then presently nowadays ever please"
    " longer anymore so well probably maybe perhaps possibly first later once originally"
)
DOUBT = these("probably maybe perhaps possibly apparently allegedly might may could")
DETERMINERS = these(
    "the a an my our your his her its their this that these those some any every each all both no"
    " another one"
)
SELF = these("i me my mine myself we us our ours ourselves im ive id ill")
PRONOUNS = these("i you he she it we they this that there these those who")
PREPOSITIONS = these(
    "in at on by from to with near under behind beside between into onto through for about around"
    " after before during since until till inside outside above below over as against towards"
    " toward across along within without upon opposite via"
)
PLACE_PREPOSITIONS = these(
    "in at on by near under behind beside between into onto inside outside above below over to next"
    " opposite within across along around"
)
#: Words of time that qualify a key without naming another thing.
FRESH = these("new current latest present actual updated newest recent now today")
#: Words for somebody or something said before, of which nobody knows who it is.
THIRD = these("he she it they his her hers its their theirs")
#: Words that only point at somebody or something said before, or at those who speak.
POINTING = these(
    "i me we us you he him she her it they them this that these those one mine ours yours his hers"
    " its theirs here there"
)
FORMER = these("old previous former earlier before previously formerly prior past")
ARTICLES = these("the a an")

_VERBS = """
abandon absorb accept accompany accuse achieve acquire add adjoin adjust admire admit adopt adore
advise affect afford agree aim allow announce answer appear apply appoint approve argue arrange
arrive ask assemble assign assist attach attend attract audit avoid award back bake base bathe be
bear become begin belong bike bind bite block book boost borrow bottle break breathe breed brew
bring broadcast build burn bury buy call cancel capture carry carve cast catch cause celebrate
certify chair change charge chase check choose claim clean climb close coach collapse collect
combine come command commute compete compile complain compose compress comprise confirm connect
consist construct consume contain continue control convince cook cost count cover create cross cure
cut cycle dance deal decide dedicate defend delay delete deliver demolish depart depend deploy
describe deserve design destroy detest develop devote diagnose die differ dig direct disappear
discard discover discuss dislike distribute divide divorce donate downgrade drain draw drink drive
drop dwell earn eat edit educate elect emerge emigrate employ encourage encrypt end engage enjoy
enrol enroll enter escalate establish estimate evolve examine exceed exist expand expect expire
explain explode explore export express face fail fall farm favor favour feed feel fetch fight fill
find finish fish fit fix flow fly follow forge forget found fund gain gather get give glaze go
govern graduate grind grow guard guide handle hang happen harvest hatch hate have head heal hear
heat help hide hire hold host house hunt hurt identify ignore illustrate immigrate implement import
improve include increase influence inform inhabit inherit inspect inspire install instruct insure
integrate introduce invent invest invite irrigate join judge jump keep kill knit know lack land last
laugh launch lay lead lean learn leave lend let lie light like link list listen live load loathe
locate lock look lose love lower maintain make manage manufacture marry mean measure meet mend
mention mentor merge migrate mill miss mix monitor mount move mow name narrate need negotiate
neighbor neighbour nominate note notify obtain occupy occur offer open operate order organise
organize oversee owe own pack paint park pass patrol pay perform permit persuade pick place plan
plant play plough polish possess post postpone pour precede predict prefer prepare present preserve
pretend prevent price print produce program promise promote protect prove provide publish pull
punish purchase push put qualify quit raise reach read receive recite recommend record recruit
recycle refer refuse regret reject relate release relocate rely remain remember remind remove rename
renew rent repair replace report represent require reschedule rescue reserve reset reside resign
resolve respond rest retire return reveal review revise ride ring rise roast rob run sail save say
schedule seat see seek sell send serve set settle sew shake share ship shoot show sign sing sit
sleep smoke solve speak specialise specialize spell spend spill sponsor stand start state stay steal
steer stir stop store study subscribe succeed sue suffer suggest summon supervise supply support
surround survive suspect swear sweep swim switch take talk teach tell test thank think threaten
throw tie touch tow train translate transport travel treat trust tune turn type understand unlock
update upgrade use value vanish vary visit volunteer wait wake walk want warn wash watch wear weave
weigh welcome win wish work worry write yield
"""
VERBS = these(_VERBS)
#: Verbs of which one thing holds at a time: whoever lives in Rome now lives in Bonn no longer.
FUNCTIONAL = these(
    "live reside dwell report weigh cost belong own manage lead head supervise employ marry"
    " move relocate base locate bear measure last open close start begin end expire depart"
    " arrive leave seat house call name equal mean consist chair oversee lie stand sit hang"
    " rent price work be"
)
#: "X changed to V": what holds of X is V from now on.
CHANGES = these(
    "change upgrade downgrade move switch rename update raise lower reset set increase reduce"
    " reschedule postpone delay push relocate convert turn bump cut extend shift promote"
)
#: "X rose to 5": how much X is from now on.
SHIFTS = these("rise drop fall climb grow jump go")
NAMERS = these("call name title dub")


class Frame(NamedTuple):
    """Which nouns name a part of a verb. `part` is subject, object or a preposition.

    `holder` is the part of whom the noun is said: subject or object.
    """

    verb: str
    part: str
    holder: str
    nouns: frozenset[str]


_FRAMES = """
report to subject: manager boss supervisor
answer to subject: manager boss supervisor
live in subject: city town home residence
reside in subject: city town home residence
dwell in subject: city town home residence
base in object: city town location base
live at subject: address home residence
move to subject: city town home residence
relocate to subject: city town home residence
work at subject: employer company workplace
work for subject: employer company
work as subject: job profession occupation role
work in subject: department team
work under subject: manager boss supervisor
employ subject object: employer
bear in object: birthplace hometown
bear on object: birthday birthdate
come from subject: origin hometown
belong to subject: owner
own subject object: owner proprietor
possess subject object: owner
manage subject object: manager boss
lead subject object: leader lead head
head subject object: head leader
supervise subject object: supervisor boss manager
run subject object: operator
write subject object: author writer
cost object subject: price cost
weigh object subject: weight
speak object subject: language
drive object subject: car vehicle
marry object subject: spouse husband wife partner
marry to object: spouse husband wife partner
study at subject: school university college
attend object subject: school university college
study object subject: subject major
play object subject: instrument sport game
depend on subject: dependency
mentor subject object: mentor
coach subject object: coach
guide subject object: guide
host subject object: host
chair subject object: chair
sponsor subject object: sponsor
assign to object: assignee
expire on subject: expiry deadline
locate in object: location place
locate at object: location place
"""


def _frames() -> Mapping[str, tuple[Frame, ...]]:
    found: dict[str, list[Frame]] = {}
    for line in _FRAMES.strip().splitlines():
        left, _, right = line.partition(":")
        verb, part, holder = left.split()
        found.setdefault(verb, []).append(Frame(verb, part, holder, frozenset(right.split())))
    return {verb: tuple(frames) for verb, frames in found.items()}


#: Verb → its frames.
FRAMES = _frames()

_ALIASES = """
plan tier subscription package
manager boss supervisor
job profession occupation
employer company workplace
editor ide
email mail
phone telephone mobile cellphone cell
deadline due
city town
spouse husband
spouse wife
partner spouse
child kid
pet dog
pet cat
car vehicle automobile
salary pay wage income
handle username nickname login
birthday birthdate
price cost
location place
colour color
favourite favorite
centre center
licence license
organisation organization
programme program
grey gray
mother mum mom
father dad
film movie
holiday vacation
flat apartment
begin start
end finish
buy purchase
repair fix mend
url link website
wifi wlan
doctor physician
owner proprietor
amount sum
weight weigh
height tall
like enjoy
like love
hate dislike
reside live dwell
hometown birthplace
leader head
author writer
surname lastname
timezone zone
language tongue
password passcode passphrase
"""


def _aliases() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in _ALIASES.strip().splitlines():
        group = line.split()
        for word in group:
            found.setdefault(word, set()).update(w for w in group if w != word)
    return {word: frozenset(kin) for word, kin in found.items()}


#: Word → words that mean the same where something is asked of a person or a thing.
ALIASES = _aliases()

#: Words that stand where a kind of answer is asked for, and need not be in the fact.
KIND_NOUNS = {
    "who": these("name person man woman"),
    "where": these("location place venue city address room town country spot"),
    "when": these("time date day deadline year month hour"),
    "much": these("price cost amount sum fee"),
    "many": these("number count amount"),
    "what": frozenset(("name",)),
}
CHATTER = these(
    "ok okay thanks thank you hi hello hey yo bye goodbye cool great nice fine yes no yeah yep nope"
    " sure please lol haha hm hmm well alright right good morning evening night afternoon there see"
    " later welcome cheers wow oh ah"
)
WEEKDAYS = these(
    "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays"
    " fridays saturdays sundays"
)
MONTHS = frozenset(months())
TIME_WORDS = these(
    "today tomorrow yesterday tonight night noon midnight morning afternoon evening week month year"
    " day weekend spring summer autumn winter daily weekly monthly yearly hourly"
)

NUMBER_WORDS = these(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"
    " hundred thousand million dozen"
)


#: Forms too short for the rules.
IRREGULAR = {"born": "bear", "used": "use", "owed": "owe", "tied": "tie"}


@lru_cache(maxsize=8192)
def kin(word: str) -> frozenset[str]:
    """The word and the dictionary forms that it may be an inflection of; nothing derived.

    Words with digits are kin to themselves alone, so that project1 is never project10.
    """
    if len(word) < 3 or not word.isalpha():
        return frozenset((word,))
    if word[-1] not in "sdg" and word.isascii() and not (word in LEMMAS or word in IRREGULAR):
        # No ending of those below.
        return frozenset((word,))
    found = {word}
    plain = words.unaccented(word)
    found.add(plain)
    if plain in LEMMAS:
        found.add(LEMMAS[plain])
    if not plain.isascii():
        return frozenset(found)
    if plain in IRREGULAR:
        found.add(IRREGULAR[plain])
    size = len(plain)
    if size > 3 and plain.endswith("s") and not plain.endswith(("ss", "us", "is")):
        found.add(plain[:-1])
        if plain.endswith("ies") and size > 4:
            found.add(plain[:-3] + "y")
        if plain.endswith(("ches", "shes", "xes", "sses", "zes", "oes")):
            found.add(plain[:-2])
    for ending in ("ed", "ing"):
        if plain.endswith(ending) and size > len(ending) + 2:
            stem = plain[: -len(ending)]
            if stem.endswith("i") and ending == "ed":
                found.add(stem[:-1] + "y")
            found.update(base for base in (stem, stem + "e") if len(base) > 2)
            if len(stem) > 3 and stem[-1] == stem[-2]:
                found.add(stem[:-1])
    return frozenset(found)


@lru_cache(maxsize=16_384)
def verb_of(word: str) -> str:
    """The dictionary form of a verb, or "" for what is no verb this program knows."""
    for base in (word, LEMMAS.get(word, ""), *sorted(kin(word), key=len, reverse=True)):
        if base in VERBS:
            return base
    return ""


@lru_cache(maxsize=1024)
def agent_verb(noun: str) -> str:
    """The verb whose doer the noun names (keeper → keep); "" where it names none."""
    if not noun.endswith(("er", "or")) or len(noun) < 5 or noun in _NO_AGENTS:
        return ""
    stem = noun[:-2]
    doubled = stem[:-1] if stem[-1] == stem[-2] else ""
    for base in (stem, f"{stem}e", doubled, f"{stem[:-1]}y" if stem[-1] == "i" else ""):
        if base in VERBS:
            return base
    return ""


_NO_AGENTS = these(
    "letter matter order paper water tower meter corner dinner poster folder counter printer server"
    " number master center counter rather other never over after under cover lower power"
)


def is_inflected(word: str) -> bool:
    """Whether the word bears the mark of a finite verb: s, ed, or an irregular past."""
    return word in LEMMAS or word.endswith(("s", "ed")) or word == "born"


def _agents() -> Mapping[str, frozenset[str]]:
    found = {}
    for verb in VERBS:
        stems = {verb[:-1] if verb.endswith("e") else verb, verb + verb[-1], f"{verb[:-1]}i"}
        nouns = {stem + ending for stem in stems for ending in ("er", "or")}
        found[verb] = frozenset(noun for noun in nouns if agent_verb(noun) == verb)
    return found


#: Verb → what its doer may be called.
AGENTS = _agents()


def _nouns() -> Mapping[str, tuple[Frame, ...]]:
    found: dict[str, list[Frame]] = {}
    for frames in FRAMES.values():
        for frame in frames:
            for noun in frame.nouns:
                found.setdefault(noun, []).append(frame)
    return {noun: tuple(frames) for noun, frames in found.items()}


#: Noun → the frames in which it names a part.
FRAMES_OF_NOUN = _nouns()


@lru_cache(maxsize=4096)
def related(word: str) -> frozenset[str]:
    """Every word under which a fact that answers for this one may stand in the index."""
    found = set(kin(word))
    for base in tuple(found):
        found |= ALIASES.get(base, frozenset())
    for base in tuple(found):
        for frame in FRAMES_OF_NOUN.get(base, ()):
            found.add(frame.verb)
        for frame in FRAMES.get(base, ()):
            found |= frame.nouns
            found |= {f.verb for noun in frame.nouns for f in FRAMES_OF_NOUN[noun]}
        found |= AGENTS.get(base, frozenset())
        verb = agent_verb(base)
        if verb:
            found.add(verb)
    return frozenset(found)
