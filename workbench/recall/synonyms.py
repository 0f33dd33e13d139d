"""Everyday words that say nearly the same, so that a paraphrase is found without any model.

Small on purpose: general words of narration and reports. Names, technical terms and anything that
would need a context to be the same are left out. A word counts half when it is met by another of
its group, and never more than by its own rarity.
"""

from collections.abc import Iterable, Mapping

from workbench.memory import words

_GROUPS = """
say tell speak talk mention declare remark reply answer state utter exclaim
ask inquire question request beg demand
buy purchase
sell trade
big large great huge enormous vast immense gigantic
small little tiny slight
begin start commence
end finish conclude close
stop cease halt
child boy girl infant baby kid
father papa parent dad
mother mamma parent mom
son boy heir
daughter girl
brother sibling
sister sibling
husband spouse marry
wife spouse bride marry
marry wed wedding marriage engaged engagement
house home dwelling residence mansion cottage lodging
inn hotel tavern lodging
room chamber apartment
ship vessel boat craft
sailor seaman mariner crew
captain commander skipper
doctor physician surgeon dr
lawyer solicitor attorney barrister
priest clergyman parson minister vicar preacher
teacher tutor governess instructor
servant maid footman butler valet
friend companion comrade
enemy foe rival
job profession occupation employment trade post position work
money fortune sum wealth cash
pay wage salary income fee
rich wealthy
poor penniless
die death perish
kill murder slay destroy
sick ill unwell ailing illness disease sickness
wound injure hurt injury
angry anger rage fury furious wrath
sad sorrow grief unhappy melancholy miserable
happy joy glad delight cheerful pleased
fear afraid dread terror frightened scared
love adore affection fond
hate loathe detest hatred
like enjoy prefer admire
look gaze stare glance
see observe notice perceive behold
hear listen
find discover
search seek hunt
hide conceal
show display reveal exhibit
give present grant offer
gift present
take seize grab
get obtain receive acquire gain
keep retain hold
throw cast fling toss hurl
carry bear bring convey
go travel journey walk proceed
journey voyage trip travel passage expedition
leave depart quit departure
arrive reach come
return back
visit call
stay remain
live reside dwell inhabit
sleep slumber asleep
wake awake
eat dine supper dinner meal breakfast
drink wine
cook prepare
wear dress clothes clothing garment attire
coat jacket cloak
letter note message
write compose pen
read study
book volume novel
picture portrait painting
paint draw
sing song
think believe suppose consider
know aware
remember recall recollect memory
forget
learn study discover
teach instruct educate
understand comprehend
decide determine resolve resolution
plan scheme intend intention
promise vow swear pledge
try attempt endeavour
help assist aid
save rescue
protect guard defend
attack assault
fight battle struggle combat
steal rob theft thief
crime guilt guilty criminal
prison jail gaol imprison
police constable inspector
cry weep tear
laugh smile
beautiful handsome lovely beauty pretty
ugly hideous deformed
old aged elderly
young youth youthful
new recent modern
strange odd curious peculiar singular queer
secret mystery hidden
true real genuine
false lie untrue deceive
good excellent fine
bad evil wicked
fast quick rapid swift speed
slow
strong powerful strength
weak feeble faint
clever intelligent wise
stupid foolish fool
brave courage courageous bold
quiet silent still silence
loud noise
cold chill freezing frost ice
hot warm heat
fire flame burn blaze
light lamp candle
dark darkness night gloom
storm tempest gale
rain
sea ocean
river stream
mountain hill peak
forest wood
field meadow
road street lane path way
town city village
country nation land
king monarch sovereign
war conflict
weapon gun pistol rifle knife sword
money coin gold
part piece portion
reason cause motive
result consequence effect outcome
purpose aim goal object
way method manner means
place spot location
near close beside
far distant
job task duty
name call title
kind sort type species
number amount quantity
start beginning origin
first opening initial
last final
build construct erect make
repair mend fix
gather collect
bicycle bike
make create produce
invent devise design
use employ apply
increase grow rise
decrease reduce fall decline lower
change alter transform
join unite connect attach
divide separate split
win victory defeat
lose loss
own possess belong property owner
manage manager
found founder
build builder
invent inventor
compose composer
paint painter
conduct conductor
publish publisher
design designer
allow permit
forbid prohibit ban
refuse reject deny decline
accept receive
hire employ engage
meet encounter
famous celebrated renowned
important significant major
difficult hard
easy simple
dangerous danger peril risk
safe secure safety
dead death corpse body
grave tomb buried bury burial
ghost spirit phantom
dog hound
horse
face countenance
hair
eye
hand
head skull
blood
mad insane madness insanity lunatic
dream vision
wish want desire
need require
"""


def _table() -> Mapping[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for line in _GROUPS.splitlines():
        group = line.split()
        for word in group:
            table.setdefault(word, set()).update(w for w in group if w != word)
    return {word: frozenset(kin) for word, kin in table.items() if kin}


def _stems(table: Mapping[str, frozenset[str]]) -> Mapping[str, frozenset[str]]:
    """What says the same as the words of a stem, where the stem is no word of the table.

    Only where a last letter was dropped or changed: the stem of commander is a verb of its own.
    """
    found: dict[str, set[str]] = {}
    for word, kin in table.items():
        stem = words.forms(word, "en")[0]
        if stem not in table and len(word) - len(stem) <= 1:
            found.setdefault(stem, set()).update(kin)
    return {stem: frozenset(kin) for stem, kin in found.items()}


#: Dictionary form → dictionary forms that say nearly the same.
SYNONYMS = _table()
#: Stem that is no dictionary form, as that of “composed”, → the same.
STEMMED = _stems(SYNONYMS)


def alike(lemmas: Iterable[str]) -> set[str]:
    """Dictionary forms that say nearly the same as any of these, dictionary forms or stems."""
    none = frozenset[str]()
    return {kin for each in lemmas for kin in SYNONYMS.get(each) or STEMMED.get(each, none)}
