"""Made-up small libraries, and short questions for what they tell, and for what they do not.

People ask a few notes in a few words. Each note tells some things of an object or of somebody;
asked are those, also in other words, and, with no answer, what no note tells of it, what only
another one's note tells, the same the other way round, and what nothing here is about. In the
questions without an answer most words stand in the notes, but not the one that matters: what
calibration must learn from (`workbench.bench.calibrate`). All words are of our own making;
everything follows from a seed.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workbench.bench.corpus import Dataset, Question

#: How the id ends of a question in other words, for what is not told of this one, for what is told
#: of another one only, for what is told the other way round, and for what nothing tells of.
OTHER_WORDS, UNTOLD, OTHER, REVERSE, NEVER = "other words", "untold", "other", "reverse", "never"


@dataclass(frozen=True, slots=True)
class _Fact:
    """A thing to tell: ways to tell it, how it is asked in its words and in others, and values.

    `reverse` asks the same of the value, of which it is not told.
    """

    told: tuple[str, ...]
    asked: str
    other_words: tuple[str, ...]
    values: tuple[str, ...]
    reverse: str = ""


def _of(told: str, asked: str, other_words: str, values: str, reverse: str = "") -> _Fact:
    """`told`, `other_words` and `values` are parted by bars."""
    others = tuple(filter(None, other_words.split("|")))
    return _Fact(tuple(told.split("|")), asked, others, tuple(values.split("|")), reverse)


_PEOPLE = (
    "Arne Holst|Birgit Kamm|Cyril Dane|Doreen Falck|Edgar Munk|Frauke Behn|Gerrit Oss|Hedda Klint"
    "|Ivo Brandl|Jette Lohse|Konrad Weill|Lina Storm|Magnus Trey|Nora Quist|Otmar Ried|Petra Sell"
    "|Ruben Hagg|Sonja Velt|Thorben Ulm|Veronika Pauls"
)
_OBJECTS = (
    "the stone bridge|the chapel on the hill|the bronze statue|the old ferry|the water mill"
    "|the village school|the wooden gate|the cider press|the bell tower|the glass pavilion"
    "|the tandem|the sailing boat|the market hall|the grandfather clock|the harmonium"
    "|the log cabin|the fire engine|the greenhouse|the sundial|the cable car|the printing press"
    "|the fountain in the square|the signal box|the bakehouse|the rocking chair"
)
_YEARS = "1789|1823|1851|1868|1887|1902|1913|1926|1934|1957|1971|1988"
_ABOUT_OBJECTS = (
    _of("{T} was built by {v}.", "Who built {t}?", "Who constructed {t}?", _PEOPLE),
    _of("{T} was completed in {v}.", "When was {t} completed?",
        "In which year was {t} finished?|When did they finish {t}?", _YEARS),
    _of("{T} was painted by {v}.", "Who painted {t}?", "", _PEOPLE),
    _of("{v} designed {t}.", "Who designed {t}?", "Who drew the plans of {t}?", _PEOPLE),
    _of("{T} cost {v} crowns.", "How much did {t} cost?", "What was the price of {t}?",
        "340|900|1,200|2,750|18,000"),
    _of("{T} was sold to {v}.", "To whom was {t} sold?", "Who bought {t}?", _PEOPLE),
    _of("A storm damaged {t} in {v}.", "When did a storm damage {t}?", "What damaged {t}?",
        _YEARS),
    _of("{T} is {v} metres high.", "How high is {t}?", "How tall is {t}?", "three|seven|12|19|31"),
    _of("{T} is painted {v}.|We all liked {t} in {v}.", "What colour is {t}?", "",
        "green|dark red|white|sky blue|yellow"),
    _of("{T} belongs to {v}.|The owner of {t} is {v}.|{v} owns {t}.", "Who owns {t}?",
        "To whom does {t} belong?|Who is the owner of {t}?", _PEOPLE),
    _of("{v} looks after {t}.", "Who looks after {t}?", "Who takes care of {t}?", _PEOPLE),
    _of("{T} is run by {v}.|The head of {t} is {v}.|{v} is in charge of {t}.", "Who runs {t}?",
        "Who is in charge of {t}?|Who manages {t}?", _PEOPLE),
    _of("{T} is called {v} by everybody.", "What is {t} called?", "What is the name of {t}?",
        "Old Bertha|Lucky Tom|the Grey Lady|Methusalem|Little Fritz"),
    _of("{T} stands in {v}.", "Where is {t}?", "Where does {t} stand?|In which place is {t}?",
        "Ostrau|Bellheim|Kirkwall|Torsby|Lunden|the cellar|the old barn|the shed behind the house"
        "|the yard"),
    _of("{T} was stolen in {v}.", "When was {t} stolen?", "", _YEARS),
    _of("{T} was repaired by {v}.", "Who repaired {t}?", "Who mended {t}?", _PEOPLE),
    _of("{v} opened {t} with a short speech.", "Who opened {t}?", "Who gave a speech at {t}?",
        _PEOPLE),
    _of("{T} was given to us by {v}.", "Who gave us {t}?", "From whom do we have {t}?", _PEOPLE),
    _of("{T} weighs {v} kilograms.", "How much does {t} weigh?", "How heavy is {t}?",
        "80|140|460|2,300"),
    _of("{T} is made of {v}.", "What is {t} made of?", "Of which material is {t}?",
        "oak|granite|cast iron|larch|copper"),
    _of("{v} photographed {t}.", "Who photographed {t}?", "Who took a picture of {t}?", _PEOPLE),
    _of("{T} burned down in {v}.", "When did {t} burn down?", "In which year was the fire at {t}?",
        _YEARS),
    _of("{v} is not allowed to use {t}.", "Who is not allowed to use {t}?", "", _PEOPLE),
    _of("{T} is closed on {v}.", "When is {t} closed?", "On which day is {t} shut?",
        "Mondays|Tuesdays|Sundays|public holidays"),
    _of("{T} was cleaned because of {v}.", "Why was {t} cleaned?", "",
        "the moss|an inspection|the wedding|a bad smell"),
)  # fmt: skip
_ABOUT_PEOPLE = (
    _of("{T} was born in {v}.", "Where was {t} born?", "What is the birthplace of {t}?",
        "Riga|Leeds|Turku|Graz|Bruges"),
    _of("{T} married {v}.", "Whom did {t} marry?", "Who is the spouse of {t}?", _PEOPLE),
    _of("{T} studied {v}.", "What did {t} study?", "What subject did {t} read at university?",
        "forestry|chemistry|Latin|law|geology"),
    _of("{T} works as a {v}.", "What does {t} work as?", "What is the job of {t}?",
        "piano tuner|nurse|surveyor|bookbinder|pilot"),
    _of("{T} plays the {v}.", "What does {t} play?", "Which instrument does {t} play?",
        "bassoon|harp|cello|trumpet"),
    _of("{T} was taught to swim by {v}.", "Who taught {t} to swim?",
        "From whom did {t} learn to swim?", _PEOPLE),
    _of("{T} lives in {v}.", "Where does {t} live?", "What is the home of {t}?",
        "Mill Street|Gull Lane|the old rectory|Dock Road"),
    _of("{T} keeps {v}.", "What does {t} keep?", "Which animals does {t} have?",
        "bees|two donkeys|quails|a parrot"),
    _of("{T} lost {v} in the woods.", "What did {t} lose in the woods?", "",
        "a compass|the car keys|a red scarf|a wedding ring"),
    _of("{T} wrote a letter to {v}.", "To whom did {t} write a letter?", "", _PEOPLE),
    _of("{T} is afraid of {v}.", "What is {t} afraid of?", "What does {t} fear?",
        "geese|heights|thunder|dentists"),
    _of("{T}'s manager is {v}.|{v} manages {t}.", "Who is the manager of {t}?",
        "Who manages {t}?|Who is {t}'s boss?", _PEOPLE, "Who manages {t}?"),
    _of("{T}'s assistant is {v}.|{v} assists {t}.", "Who is the assistant of {t}?",
        "Who assists {t}?", _PEOPLE, "Who assists {t}?"),
    _of("{T} teaches {v}.", "Whom does {t} teach?", "Who is taught by {t}?", _PEOPLE,
        "Whom does {t} teach?"),
    _of("{T} hired {v} in the spring.", "Whom did {t} hire?", "", _PEOPLE, "Whom did {t} hire?"),
    _of("{T} collects {v}.", "What does {t} collect?", "", "stamps|thimbles|old maps|beer mats"),
    _of("{T} was elected {v} last year.", "What was {t} elected?", "Which office does {t} hold?",
        "mayor|treasurer|chairman|fire chief"),
    _of("{T} invented {v}.", "What did {t} invent?", "",
        "a folding ladder|a nut cracker|a quiet doorbell"),
    _of("{T} died in {v}.", "When did {t} die?", "What is the year of death of {t}?", _YEARS),
)  # fmt: skip
_BETWEEN = (
    "The weather stayed dry for most of the week.", "Nobody had expected so many visitors.",
    "Some of this was told to me over coffee.", "I must look for the other papers some day.",
    "The rest is of no importance.", "We talked until the lamps went out.",
    "More about that another time.", "The meeting was longer than usual.",
)  # fmt: skip
#: Short questions that no note is about.
_ELSEWHERE = (
    "Who wrote the national anthem?", "What is the capital of Norway?", "When did the war begin?",
    "How do I change a tyre?", "Who discovered radium?", "How many planets are there?",
    "What does the dentist charge?", "Which train leaves at noon?", "Who is the pope?",
    "How long must rice be cooked?", "Where can I buy stamps?", "Why is the sky blue?",
)  # fmt: skip
#: Notes of a library at most, things told in one, and questions of each sort about one.
_NOTES, _TOLD, _EACH = 7, 4, 2


@dataclass(frozen=True, slots=True)
class _Note:
    """What a note is about, the facts that it tells of it with their values, and its key."""

    key: str
    about: str
    kinds: tuple[_Fact, ...]
    facts: tuple[_Fact, ...]
    values: tuple[str, ...]


def shelves(count: int, seed: int) -> Iterator[Dataset]:
    """So many libraries of one to seven notes, each with the questions for it."""
    chance = random.Random(seed)
    for number in range(count):
        many = chance.choice((1, 1, 2, 3, 4, 5, _NOTES))
        yield _shelf(chance, f"notes-{seed}-{number}", many)


def _shelf(chance: random.Random, name: str, many: int) -> Dataset:
    things = chance.sample(_OBJECTS.split("|"), many)
    people = chance.sample(_PEOPLE.split("|"), many)
    notes: list[_Note] = []
    for number in range(many):
        person = chance.random() < 0.4
        about, kinds = (people, _ABOUT_PEOPLE) if person else (things, _ABOUT_OBJECTS)
        facts = tuple(chance.sample(kinds, chance.randint(1, _TOLD)))
        free = [[each for each in fact.values if each != about[number]] for fact in facts]
        values = tuple(map(chance.choice, free))
        notes.append(_Note(f"{name}/{number}", about[number], kinds, facts, values))
    records = tuple(_record(chance, note) for note in notes)
    return Dataset(name, "made notes", records, tuple(_questions(chance, name, notes)))


def _record(chance: random.Random, note: _Note) -> dict[str, str]:
    said: list[str] = []
    for fact, value in zip(note.facts, note.values, strict=True):
        # "It" stands for what was named before, as in what people write.
        short = "It" if note.about[0].islower() else note.about.split(" ")[0]
        named = note.about if not said or chance.random() < 0.5 else short
        said.append(_filled(chance.choice(fact.told), named, value))
        if chance.random() < 0.4:
            said.append(chance.choice(_BETWEEN))
    title = chance.choice((note.about.removeprefix("the ").capitalize(), "Note", ""))
    return {"id": note.key, "title": title, "text": " ".join(said)}


def _filled(told: str, about: str, value: str) -> str:
    small = about[0].lower() + about[1:] if about == "It" else about
    said = told.format(T=about, t=small, v=value)
    return said[0].upper() + said[1:]


def _questions(chance: random.Random, name: str, notes: Sequence[_Note]) -> Iterator[Question]:
    for note in notes:
        told = list(note.facts)
        for number, fact in enumerate(told):
            yield _question(f"{note.key}/{number}", fact.asked, note.about, note.key)
            if fact.other_words and chance.random() < 0.6:
                asked = chance.choice(fact.other_words)
                yield _question(f"{note.key}/{number}/{OTHER_WORDS}", asked, note.about, note.key)
        for fact, value in zip(note.facts, note.values, strict=True):
            if fact.reverse and all(other.about != value for other in notes):
                yield _question(f"{note.key}/{REVERSE}", fact.reverse, value, None)
        elsewhere = {fact for other in notes if other.kinds is note.kinds for fact in other.facts}
        others = [fact for fact in note.kinds if fact in elsewhere and fact not in told]
        untold = [fact for fact in note.kinds if fact not in elsewhere]
        for number, fact in enumerate(chance.sample(untold, min(_EACH, len(untold)))):
            asked = chance.choice((fact.asked, *fact.other_words))
            yield _question(f"{note.key}/{number}/{UNTOLD}", asked, note.about, None)
        for fact in chance.sample(others, min(1, len(others))):
            yield _question(f"{note.key}/{OTHER}", fact.asked, note.about, None)
    yield _question(f"{name}/{NEVER}", chance.choice(_ELSEWHERE), "", None)


def _question(key: str, asked: str, about: str, gold: str | None) -> Question:
    return Question(key, asked.format(t=about), frozenset(() if gold is None else (gold,)), "A")
