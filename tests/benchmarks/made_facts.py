"""Made-up facts about projects, as many as one likes and the same everywhere, and cues for them.

Sentences of about 55 characters that the grammar takes apart. The mixture is the one that indexes
are known by: a key in four facts, one word in every fact, two words in three facts of ten each
that never meet, and nouns drawn by Zipf's law.
"""

import random
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from itertools import accumulate

from tests.benchmarks.prose import Prose

#: Facts that share a key.
PER_KEY = 4
#: In every fact; in three of ten each, never both.
COMMON, NORTH, SOUTH = "project", "north", "south"

_CONSONANTS = "bdfgjklmnprstvwzhcxy"
_VOWELS = "aeiou"
_NOUNS = 4000
_PEOPLE = 5000


def name(number: int, syllables: int = 4) -> str:
    """A made-up name; below 100 ** `syllables`, every number has one of its own."""
    space = 100**syllables
    left = (number * 48_271_003 + 12_347) % space
    letters = []
    for _ in range(syllables):
        left, place = divmod(left, 100)
        letters.append(_CONSONANTS[place // 5] + _VOWELS[place % 5])
    return "".join(letters).capitalize()


def key(fact: int) -> str:
    """The key of a fact, by its place in the order of telling."""
    return name(fact // PER_KEY)


def owner(fact: int) -> str:
    """Who owns the project that a fact is about."""
    return name(fact // PER_KEY * 7919 % _PEOPLE, 3)


@cache
def _nouns() -> tuple[str, ...]:
    """The nouns, the most frequent first."""
    prose = Prose(4)
    found: dict[str, None] = {}
    while len(found) < _NOUNS - 200:
        found[prose.noun()] = None
    return tuple(found)


def facts(first: int, last: int) -> Iterator[str]:
    """The facts from place `first` up to `last`; what a place holds depends on nothing else."""
    nouns = _nouns()
    shares = list(accumulate(1 / (rank + 3) for rank in range(len(nouns))))
    total = shares[-1]
    for place in range(first, last):
        draw = random.Random(place)
        one, two = (nouns[bisect_left(shares, draw.random() * total)] for _ in range(2))
        lot = draw.random()
        side = f"{NORTH} " if lot < 0.3 else f"{SOUTH} " if lot < 0.6 else ""
        thing = f"the {side}{COMMON} {key(place)}"
        kind = place % PER_KEY
        if kind == 0:
            yield f"{thing} uses {one} and {two}"
        elif kind == 1:
            yield f"{thing} is owned by {owner(place)} from {one.capitalize()}"
        elif kind == 2:
            yield f"the {one} budget of {thing} is {draw.randint(1000, 99_000):,} euros"
        else:
            yield f"{thing} depends on the {one} of {two}"


def frequent(ranks: range, cues: int) -> list[str]:
    """Cues of six nouns each, whose ranks by frequency are in `ranks`."""
    nouns = _nouns()
    draw = random.Random(11)
    return [" ".join(nouns[rank] for rank in draw.sample(ranks, 6)) for _ in range(cues)]


def places(size: int, count: int) -> list[int]:
    """Places of `count` facts spread over the first `size`, in no order."""
    draw = random.Random(size)
    return [draw.randrange(size) for _ in range(count)]


def slipped(word: str) -> str:
    """The word with a letter doubled, as a finger slips; no name is written like that."""
    return word[:3] + word[2] + word[3:]


def person(place: int) -> str:
    """Somebody in a line of people each of whom reports to the next."""
    return name(50_000_000 + place)


def reports(people: int) -> Iterator[str]:
    """The facts of a line of so many people: a chain that is one hop shorter."""
    return (f"{person(place)} reports to {person(place + 1)}" for place in range(people - 1))
