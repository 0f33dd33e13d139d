"""Sets of facts with questions whose right answers are known, made by rule and the same everywhere.

Each set is for one class of what a memory of facts must get right. People and things have made-up
names, so that no answer can be known from elsewhere.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, cycle, islice, product

from workbench.bench.made_facts import name


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the values that are right; none are right where it must stay unanswered."""

    question: str
    right: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QualitySet:
    """Facts in the order of telling, and what is asked once all are told."""

    name: str
    told: tuple[str, ...]
    asked: tuple[Asked, ...]


#: Facts with the place of a name in them, then what may be asked about it.
_Template = tuple[Sequence[str], Sequence[tuple[str, Sequence[str]]]]


def _people(first: int) -> Iterator[str]:
    """Names that no other set uses, in pairs of different ones."""
    return (name(90_000_000 + number) for number in range(first, first + 100_000))


def _filled(
    title: str,
    templates: Sequence[_Template],
    count: int,
    first: int,
    values: Sequence[str] = ("",),
) -> QualitySet:
    """`count` questions from the templates in turn, each time about somebody else."""
    who = _people(first)
    what = cycle(_THINGS)
    facts: list[str] = []
    asked: list[Asked] = []
    for told, questions in cycle(templates):
        if len(asked) >= count:
            break
        fill = {"a": next(who), "b": next(who), "c": next(who), "v": next(what), "w": next(what)}
        facts += [fact.format_map(fill) for fact in told]
        asked += [
            Asked(question.format_map(fill), tuple(value.format_map(fill) for value in right))
            for question, right in questions
        ]
    return QualitySet(title, tuple(facts), tuple(asked[:count]))


def distinct_keys() -> QualitySet:
    """400 keys of three words; every word occurs in many of them."""
    sides = [
        "north",
        "south",
        "upper",
        "lower",
        "inner",
        "outer",
        "first",
        "second",
        "spare",
        "night",
    ]
    rooms = ("mail", "garden", "lab", "boiler", "archive", "studio", "harbour", "chapel")
    kinds = ("door code", "wifi password", "locker number", "alarm pin", "shelf label")
    facts, asked = [], []
    for number, (side, room, kind) in enumerate(product(sides, rooms, kinds)):
        value = (
            f"{name(number, 2).lower()}{1000 + 7 * number}" if number % 3 else str(4021 + number)
        )
        facts.append(f"the {side} {room} {kind} is {value}")
        asked.append(Asked(f"what is the {side} {room} {kind}?", (value,)))
    return QualitySet("distinct_keys_400", tuple(facts), tuple(asked))


def late_digit_keys() -> QualitySet:
    """500 keys that differ in a digit far behind."""
    facts, asked = [], []
    for number in range(500):
        value = str(61_000 + 17 * number)
        facts.append(f"the code of project{number} is {value}")
        asked.append(Asked(f"what is the code of project{number}?", (value,)))
    return QualitySet("late_digit_keys_500", tuple(facts), tuple(asked))


def needles(count: int = 50) -> QualitySet:
    """Facts of many kinds to be hidden among others."""
    return _filled(f"needles_{count}", _NEEDLES, count, 10_000)


def absent_needles(count: int = 50) -> tuple[Asked, ...]:
    """Questions like those for the needles, about what nobody hid."""
    unseen = _filled("absent", _NEEDLES, count, 15_000)
    return tuple(Asked(each.question, ()) for each in unseen.asked)


def updates() -> tuple[QualitySet, QualitySet]:
    """What holds now, and what held before, once something newer was told."""
    now = _filled("updates_400", [(t, q[:1]) for t, q in _UPDATES], 400, 20_000)
    before = _filled("former_200", [(t, q[1:]) for t, q in _UPDATES], 200, 30_000)
    return now, before


def negations() -> QualitySet:
    """Denials: they say no, take back, and answer nothing."""
    return _filled("negations_300", _NEGATIONS, 300, 40_000)


def unanswerable() -> QualitySet:
    """Questions that share words with what is known, and that nothing known answers."""
    return _filled("unanswerable_400", _UNANSWERABLE, 400, 50_000)


def values() -> QualitySet:
    """Values whole: short, of many words, dates, amounts, addresses, times."""
    return _filled("values_300", _VALUES, 300, 60_000)


def relations() -> QualitySet:
    """A relation told with a verb and asked with a noun, and the other way round."""
    return _filled("relations_300", _RELATIONS, 300, 70_000)


def slips() -> QualitySet:
    """A word of the question has a letter too many; names are as they were told."""
    nouns = (
        "account",
        "insurance",
        "membership",
        "telephone",
        "reservation",
        "customer",
        "invoice",
    )
    facts, asked = [], []
    for number, (who, noun) in enumerate(zip(islice(_people(80_000), 100), cycle(nouns))):
        facts.append(f"the {noun} number of {who} is {7000 + 11 * number}")
        slip = noun[:4] + noun[3] + noun[4:]
        asked.append(Asked(f"what is the {slip} number of {who}?", (str(7000 + 11 * number),)))
    return QualitySet("slips_100", tuple(facts), tuple(asked))


#: Start, relations, what must come out in the end.
Chain = tuple[str, tuple[str, ...], str]


def organisations(phrasing: int, count: int = 48) -> tuple[tuple[str, ...], tuple[Chain, ...]]:
    """Projects, who owns them, whom those report to and where these live; phrasing 0 or 1."""
    who = _people(85_000 + 1000 * phrasing)
    facts: list[str] = []
    asked: list[Chain] = []
    managers = [next(who) for _ in range(count // 4)]
    cities = [f"New {next(who)}" for _ in managers]
    for manager, city in zip(managers, cities, strict=True):
        facts.append(_ORGANISATION[phrasing][2].format(b=manager, c=city))
    for number in range(count):
        project, holder = next(who), next(who)
        manager = managers[number % len(managers)]
        facts.append(_ORGANISATION[phrasing][0].format(a=project, b=holder))
        facts.append(_ORGANISATION[phrasing][1].format(a=holder, b=manager))
        asked.append((project, ("owner", "manager", "city"), cities[number % len(cities)]))
    return tuple(facts), tuple(asked)


# fmt: off
_ORGANISATION = (
    ("the owner of project {a} is {b}", "the manager of {a} is {b}", "the city of {b} is {c}"),
    ("project {a} is owned by {b}", "{a} reports to {b}", "{b} lives in {c}"),
)

_THINGS = (
    "copper kettle", "blue falcon", "grey heron", "oak table", "silver whistle", "paper lantern",
    "wooden horse", "velvet glove", "iron gate", "glass marble", "amber ring",
)

_NEEDLES: Sequence[_Template] = (
    (["the spare key of the {a} house hangs behind the {v}"],
     [("where does the spare key of the {a} house hang?", ["the {v}", "behind the {v}"])]),
    (["the night porter of the {a} hotel is called {b}"],
     [("what is the night porter of the {a} hotel called?", ["{b}"])]),
    (["{a} was born on 3 May 1961"], [("when was {a} born?", ["3 May 1961", "on 3 May 1961"])]),
    (["the combination of the {a} safe is 47-13-88"],
     [("what is the combination of the {a} safe?", ["47-13-88"])]),
    (["{a} is allergic to walnuts"], [("what is {a} allergic to?", ["walnuts"])]),
    (["{a} lent {b} the {v}"], [("who lent {b} the {v}?", ["{a}"])]),
    (["the ferry to {a} leaves at 6:45"],
     [("when does the ferry to {a} leave?", ["6:45", "at 6:45"])]),
    (["{a} sold {b} the {v} for 1,250 euros"],
     [("who sold {b} the {v}?", ["{a}"])]),
    (["the {a} bridge is 214 metres long"],
     [("how long is the {a} bridge?", ["214 metres", "214 metres long"])]),
    (["{a} works as a beekeeper in {b}"], [("where does {a} work?", ["{b}", "in {b}"])]),
)

_UPDATES: Sequence[_Template] = (
    (["the plan of {a} is basic", "last week the plan of {a} was upgraded and is now gold"],
     [("what is the plan of {a}?", ["gold"]), ("what was the plan of {a} before?", ["basic"])]),
    (["{a} lives in {b}", "{a} moved to {c} in the spring"],
     [("where does {a} live?", ["{c}", "in {c}"]),
      ("where did {a} live before?", ["{b}", "in {b}"])]),
    (["{a} works at {b}", "since March {a} works at {c}"],
     [("where does {a} work?", ["{c}", "at {c}"]),
      ("where did {a} work before?", ["{b}", "at {b}"])]),
    (["the rent of the {a} flat is 900 euros",
      "the rent of the {a} flat is 955 euros as of this month"],
     [("what is the rent of the {a} flat?", ["955 euros"]),
      ("what was the rent of the {a} flat before?", ["900 euros"])]),
    (["the {a} meeting is on Monday", "the {a} meeting moved to Thursday"],
     [("when is the {a} meeting?", ["Thursday", "on Thursday"]),
      ("when was the {a} meeting before?", ["Monday", "on Monday"])]),
    (["the owner of project {a} is {b}", "project {a} is owned by {c} from today on"],
     [("who owns project {a}?", ["{c}"]), ("who owned project {a} before?", ["{b}"])]),
    (["{a}'s phone number is 555-0110", "correction: {a}'s phone number is 555-0199"],
     [("what is {a}'s phone number?", ["555-0199"]),
      ("what was {a}'s phone number before?", ["555-0110"])]),
    (["{a}'s favourite thing is the {v}", "{a}'s favourite thing is now the {w}"],
     [("what is {a}'s favourite thing?", ["{w}", "the {w}"]),
      ("what was {a}'s favourite thing before?", ["{v}", "the {v}"])]),
    (["{a} reports to {b}", "{a} now reports to {c}, who came from another office"],
     [("who does {a} report to?", ["{c}"]), ("who did {a} report to before?", ["{b}"])]),
    (["the deadline of {a} is 3 May", "we changed the deadline of {a} to 17 May"],
     [("what is the deadline of {a}?", ["17 May"]),
      ("what was the deadline of {a} before?", ["3 May"])]),
    (["version 4.1 of {a} is the newest", "the newest version of {a} is 4.2",
      "the newest version of {a} is 4.3"],
     [("what is the newest version of {a}?", ["4.3"]),
      ("what was the newest version of {a} before?", ["4.2"])]),
    (["the password of {a} is heron7", "{a} has a new password: otter9"],
     [("what is the password of {a}?", ["otter9"]),
      ("what was the password of {a} before?", ["heron7"])]),
)

_NEGATIONS: Sequence[_Template] = (
    (["{a} does not like the {v}"],
     [("does {a} like the {v}?", ["no"]), ("what does {a} like?", []),
      ("who likes the {v} of {a}?", [])]),
    (["{a} likes the {v} but not the {w}"],
     [("does {a} like the {v}?", ["yes"]), ("does {a} like the {w}?", ["no"])]),
    (["{a} lives in {b}", "{a} no longer lives in {b}"],
     [("where does {a} live?", []), ("does {a} live in {b}?", ["no"])]),
    (["{a} is not the owner of {b}"],
     [("who is the owner of {b}?", []), ("is {a} the owner of {b}?", ["no"])]),
    (["{a} is a member of {b}", "{a} isn't a member of {b} any more"],
     [("is {a} a member of {b}?", ["no"])]),
    (["{a} never visited {b}"], [("did {a} visit {b}?", ["no"]), ("who visited {b}?", [])]),
    (["{a} doesn't work at {b}, {a} works at {c}"],
     [("where does {a} work?", ["{c}", "at {c}"]), ("does {a} work at {b}?", ["no"])]),
    (["the code of the {a} gate is not 4411", "the code of the {a} gate is 4412"],
     [("what is the code of the {a} gate?", ["4412"])]),
    (["{a} can't swim"], [("can {a} swim?", ["no"])]),
    (["the {a} shop is open", "the {a} shop is not open"], [("is the {a} shop open?", ["no"])]),
    (["neither {a} nor {b} owns a boat"], [("who owns a boat of {a}?", [])]),
)

_UNANSWERABLE: Sequence[_Template] = (
    (["{a} lives in {b}"],
     [("where does {a} work?", []), ("when did {a} move to {b}?", []), ("where does {c} live?", []),
      ("what is {a}'s phone number?", [])]),
    (["the wifi password of the {a} office is heron7"],
     [("what is the bank password of the {a} office?", []),
      ("what is the wifi password of the {c} office?", []),
      ("what is the wifi name of the {a} office?", [])]),
    (["{a} is the sister of {b}"],
     [("who is the brother of {b}?", []), ("how old is {a}?", []), ("where does {b} live?", [])]),
    (["{a} bought the {v} in {b}"],
     [("who sold the {v} in {b}?", []), ("what did {a} sell?", []), ("how much did {a} pay?", [])]),
    (["the {a} bridge is 80 metres long"],
     [("how old is the {a} bridge?", []), ("how long is the {c} bridge?", []),
      ("who built the {a} bridge?", [])]),
    (["{a} reports to {b}"],
     [("who reports to {a}?", []), ("who does {b} report to?", []), ("what is {a}'s salary?", [])]),
    (["the {a} review is in room 12"],
     [("when is the {a} review?", []), ("who leads the {a} review?", []),
      ("in which room is the {c} review?", [])]),
    (["{a} wrote the song about the {v}"],
     [("who sang the song of {a}?", []), ("what did {b} write?", []), ("when was {a} born?", [])]),
    (["the deadline of {a} is 9 June"],
     [("what is the budget of {a}?", []), ("who set the deadline of {a}?", []),
      ("what is the deadline of {b}?", [])]),
    (["{a} drinks coffee in the morning"],
     [("does {a} drink tea?", []), ("what does {a} eat in the morning?", []),
      ("what does {a} drink in the evening?", [])]),
    (["the capital of {a} is {b}"],
     [("what is the currency of {a}?", []), ("what is the capital of {b}?", []),
      ("how many people live in {b}?", [])]),
    (["project {a} depends on project {b}"],
     [("what does project {b} depend on?", []), ("who owns project {a}?", []),
      ("what is the status of project {a}?", [])]),
)

_VALUES: Sequence[_Template] = (
    (["{a}'s grade is A"], [("what is {a}'s grade?", ["A"])]),
    (["the region of {a} is US"], [("what is the region of {a}?", ["US"])]),
    (["the size of the {a} model is 7B"], [("what is the size of the {a} model?", ["7B"])]),
    (["{a} ships in Q3"], [("when does {a} ship?", ["Q3", "in Q3"])]),
    (["the code name of {a} is blue falcon"], [("what is the code name of {a}?", ["blue falcon"])]),
    (["{a}'s favourite tool is Search Console"],
     [("what is {a}'s favourite tool?", ["Search Console"])]),
    (["the {a} invoice is 1,249.50 euros"],
     [("how much is the {a} invoice?", ["1,249.50 euros"])]),
    (["{a}'s birthday is 12 March 1984"], [("when is {a}'s birthday?", ["12 March 1984"])]),
    (["the e-mail of {a} is {b}.k@example.org"],
     [("what is the e-mail of {a}?", ["{b}.k@example.org"])]),
    (["the {a} train leaves at 7:42 from platform 9"],
     [("when does the {a} train leave?", ["7:42", "at 7:42"]),
      ("from which platform does the {a} train leave?", ["9", "platform 9"])]),
    (["{a} weighs 3.5 kg"], [("how much does {a} weigh?", ["3.5 kg"])]),
    (["{a} has 24 chairs and 6 tables"],
     [("how many chairs does {a} have?", ["24"]), ("how many tables does {a} have?", ["6"])]),
    (["the title of {a}'s book is the long way to the sea"],
     [("what is the title of {a}'s book?", ["the long way to the sea"])]),
    (["the address of {a} is 14 Mill Lane, {b}"],
     [("what is the address of {a}?", ["14 Mill Lane, {b}"])]),
    (["the website of {a} is https://example.org/{b}?page=2"],
     [("what is the website of {a}?", ["https://example.org/{b}?page=2"])]),
    (["the tax rate in {a} is 19.5 %"], [("what is the tax rate in {a}?", ["19.5 %", "19.5%"])]),
    (["{a} runs version v1.2.3"], [("which version does {a} run?", ["v1.2.3", "version v1.2.3"])]),
    (["the capital of {a} is {b} and the capital of {c} is Old {a}"],
     [("what is the capital of {a}?", ["{b}"]), ("what is the capital of {c}?", ["Old {a}"])]),
)

_RELATIONS: Sequence[_Template] = (
    (["{a} owns {b}"], [("who is the owner of {b}?", ["{a}"]), ("what does {a} own?", ["{b}"])]),
    (["{b} is owned by {a}"], [("who owns {b}?", ["{a}"]), ("who is {b}'s owner?", ["{a}"])]),
    (["the owner of {b} is {a}"], [("who owns {b}?", ["{a}"]), ("what does {a} own?", ["{b}"])]),
    (["{a} reports to {b}"],
     [("who is the manager of {a}?", ["{b}"]), ("who reports to {b}?", ["{a}"])]),
    (["{a}'s boss is {b}"], [("who does {a} report to?", ["{b}"]), ("who manages {a}?", ["{b}"])]),
    (["{a} lives in {b}"],
     [("which city does {a} live in?", ["{b}"]), ("what is {a}'s home town?", ["{b}"])]),
    (["{a} wrote {b}"], [("who is the author of {b}?", ["{a}"]), ("what did {a} write?", ["{b}"])]),
    (["{b} was founded by {a}"],
     [("who founded {b}?", ["{a}"]), ("who is the founder of {b}?", ["{a}"])]),
    (["{a} teaches {b}"], [("who is the teacher of {b}?", ["{a}"]), ("who taught {b}?", ["{a}"])]),
    (["{a} is the capital of {b}"],
     [("what is the capital of {b}?", ["{a}"]), ("which country is {a} the capital of?", ["{b}"])]),
    (["{a} is married to {b}"],
     [("who is {a} married to?", ["{b}"]), ("who is married to {b}?", ["{a}"])]),
    (["{a} leads the {b} team"],
     [("who leads the {b} team?", ["{a}"]), ("who is the leader of the {b} team?", ["{a}"])]),
    (["{a} gave {b} the {v}"],
     [("who gave {b} the {v}?", ["{a}"]), ("what did {a} give {b}?", ["the {v}", "{v}"])]),
    (["{a} is employed by {b}"],
     [("who employs {a}?", ["{b}"]), ("where does {a} work?", ["{b}", "at {b}", "by {b}"])]),
    (["{a} was built by {b}"],
     [("who built {a}?", ["{b}"]), ("who was {a} built by?", ["{b}"])]),
)
# fmt: on


def every() -> Iterable[QualitySet]:
    """The sets that are told into a library of their own."""
    return chain(
        (distinct_keys(), late_digit_keys()),
        updates(),
        (negations(), unanswerable(), values(), relations(), slips()),
    )
