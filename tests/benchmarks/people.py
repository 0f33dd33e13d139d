"""Made-up statements about people, and questions for some of them: direct, reworded, unanswerable.

Ten people have ten traits each, whose values no other statement holds; all the rest are statements
of the same kinds about others, who share first or last names with them. Those who are asked about
stand among the first thousand statements. The kinds of questions are those by which rival memories
are measured, the words are others.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from tests.benchmarks.made_facts import name
from tests.benchmarks.rows import made_texts

#: People who are asked about, and names that everybody's are made of.
KNOWN, _FIRST, _LAST = 10, 48, 48
#: Statements among which those that are asked for stand.
EARLY = 1000


@dataclass(frozen=True, slots=True)
class Trait:
    """A kind of statement: how it is said, asked directly, and asked in other words.

    `values` are those of the people asked about, `others` those of everybody else.
    """

    says: str
    direct: str
    reworded: str
    values: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the value that answers it; "" where nothing does."""

    kind: str
    question: str
    value: str


_MADE = made_texts("people.json")
TRAITS = tuple(
    Trait(**{**each, "values": tuple(each["values"]), "others": tuple(each["others"])})
    for each in _MADE["traits"]
)
NEVER: tuple[str, ...] = tuple(_MADE["never"])


def _name(number: int) -> str:
    """Names meet in first or last parts; nobody is two people."""
    again, pair = divmod(number, _FIRST * _LAST)
    place = pair * 1009 % (_FIRST * _LAST)
    more, letter = divmod(again, 27)
    middle = f" {chr(64 + letter)}." if letter else ""
    last = name(60_000 + place // _FIRST, 3) + (name(more, 1).lower() if more else "")
    return f"{name(50_000 + place % _FIRST, 2)}{middle} {last}"


def statements(size: int) -> Iterator[str]:
    """So many statements, the same every time; those that are asked for are among the first."""
    known = [
        trait.says.format(n=_name(person), v=trait.values[person])
        for person in range(KNOWN)
        for trait in TRAITS
    ][:size]
    draw = random.Random(8)
    early = known + [_other(place) for place in range(max(0, min(size, EARLY) - len(known)))]
    draw.shuffle(early)
    yield from early
    for place in range(EARLY - len(known), size - len(known)):
        yield _other(place)


def _other(place: int) -> str:
    # Told trait by trait, so that what is known of somebody does not stand together.
    block, left = divmod(place, 100 * len(TRAITS))
    kind, person = divmod(left, 100)
    trait = TRAITS[kind]
    value = trait.others[(place * 7 + block) % len(trait.others)]
    return trait.says.format(n=_name(KNOWN + 100 * block + person), v=value)


def questions() -> list[Asked]:
    """A hundred direct questions, a hundred reworded ones, and twenty that nothing answers."""
    asked = []
    for person in range(KNOWN):
        who = _name(person)
        for trait in TRAITS:
            value = trait.values[person]
            asked.append(Asked("direct", trait.direct.format(n=who), value))
            asked.append(Asked("reworded", trait.reworded.format(n=who), value))
        for step in range(2):
            asked.append(Asked("silent", NEVER[(person + 2 * step) % 4].format(n=who), ""))
    return asked
