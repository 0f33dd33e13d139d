"""Families of everyday relations: words by which people mean the same relation.

A relation joins what it is said of (A: whoever lives somewhere) with what is said (B: the place).
A verb may have A as its subject ("Ann lives in Rome") or B ("the bike belongs to Ann"), a noun may
name B ("the manager of Ann") or A ("a resident of Rome"); so direction is kept in any wording. The
table (`resources/facts/families.txt`) is this project's own. A word may be of several families:
what it means is settled by the fact beside the question.
"""

from functools import lru_cache
from typing import NamedTuple

from workbench.memory.facts import word_tables


class Evoked(NamedTuple):
    """A family that a word evokes, and how.

    `how` is "ab" or "ba" (a verb with A or B as its subject), "b" or "a" (a noun for B or A) or
    "m" (an adjective said of A); `led` are the prepositions that lead in the other part (empty:
    any, or none).
    """

    family: str
    how: str
    led: frozenset[str] = frozenset()


class Family(NamedTuple):
    """What is known of a relation: the kinds of its B, and whether A and B are interchangeable."""

    kinds: frozenset[str]
    mutual: bool


class Tables(NamedTuple):
    """Families by name, and for each word or phrase (joined by "-") what it evokes."""

    families: dict[str, Family]
    words: dict[str, tuple[Evoked, ...]]


_HOW = {">": "ab", "<": "ba", "b": "b", "a": "a", "m": "m"}


@lru_cache(maxsize=1)
def tables() -> Tables:
    """The families, read from their table once."""
    families: dict[str, Family] = {}
    found: dict[str, list[Evoked]] = {}
    name = ""
    for line in word_tables.lines("families.txt"):
        if not line.startswith(" "):
            name, _, kinds = line.partition(" = ")
            said = frozenset(kinds.split())
            families[name] = Family(said - {"~"}, "~" in said)
            continue
        sign, *entries = line.split()
        for entry in entries:
            word, _, led = entry.partition(":")
            evoked = Evoked(name, _HOW[sign], frozenset(led.split(",")) - {""})
            found.setdefault(word, []).append(evoked)
    return Tables(families, {word: tuple(dict.fromkeys(each)) for word, each in found.items()})


#: Families that a bare value may state: "I'm 34", "I'm a nurse".
_BARE = frozenset(("age", "job", "nationality", "height", "weight", "origin", "name"))


@lru_cache(maxsize=256)
def cues_of(families: frozenset[str]) -> frozenset[str]:
    """All words that evoke one of these families."""
    bare = ("am", "ive") if families & _BARE else ()
    return frozenset(bare) | frozenset(
        part
        for word, each in tables().words.items()
        if any(one.family in families for one in each)
        for part in word.split("-")
    )
