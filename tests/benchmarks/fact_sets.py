"""Sets of facts with questions whose right answers are known, made by rule and the same everywhere.

Each set is for one class of what a memory of facts must get right. People and things have made-up
names, so that no answer can be known from elsewhere.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, cycle, islice, product

from tests.benchmarks.made_facts import name
from tests.benchmarks.rows import made_texts


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
#: What is told and asked of made-up people and things, by set.
_MADE = made_texts("fact_sets.json")


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
    what = cycle(_MADE["things"])
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
    return _filled(f"needles_{count}", _MADE["needles"], count, 10_000)


def updates() -> tuple[QualitySet, QualitySet]:
    """What holds now, and what held before, once something newer was told."""
    now = _filled("updates_400", [(t, q[:1]) for t, q in _MADE["updates"]], 400, 20_000)
    before = _filled("former_200", [(t, q[1:]) for t, q in _MADE["updates"]], 200, 30_000)
    return now, before


def negations() -> QualitySet:
    """Denials: they say no, take back, and answer nothing."""
    return _filled("negations_300", _MADE["negations"], 300, 40_000)


def unanswerable() -> QualitySet:
    """Questions that share words with what is known, and that nothing known answers."""
    return _filled("unanswerable_400", _MADE["unanswerable"], 400, 50_000)


def values() -> QualitySet:
    """Values whole: short, of many words, dates, amounts, addresses, times."""
    return _filled("values_300", _MADE["values"], 300, 60_000)


def relations() -> QualitySet:
    """A relation told with a verb and asked with a noun, and the other way round."""
    return _filled("relations_300", _MADE["relations"], 300, 70_000)


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


def unread() -> QualitySet:
    """Sentences that no rule read when they were collected."""
    return _filled("unread_17", _MADE["unread"], 17, 95_000)


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


_ORGANISATION = (
    ("the owner of project {a} is {b}", "the manager of {a} is {b}", "the city of {b} is {c}"),
    ("project {a} is owned by {b}", "{a} reports to {b}", "{b} lives in {c}"),
)


def every() -> Iterable[QualitySet]:
    """The sets that are told into a library of their own."""
    return chain(
        (distinct_keys(), late_digit_keys()),
        updates(),
        (negations(), unanswerable(), values(), relations(), slips(), unread()),
    )
