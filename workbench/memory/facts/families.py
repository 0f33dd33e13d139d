"""Families of everyday relations: words by which people mean the same relation.

A relation joins what it is said of (A: whoever lives somewhere) with what is said (B: the place).
A verb may have A as its subject ("Ann lives in Rome") or B ("the bike belongs to Ann"), a noun may
name B ("the manager of Ann") or A ("a resident of Rome"); so direction is kept in any wording. The
table (`resources/facts/families.txt`) is this project's own. A word may be of several families:
what it means is settled by the fact beside the question.

Phrases such as "date of birth", a birthday, and "cannot eat", to avoid, count as one word, so that
question and fact are compared by what they speak of.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from workbench import paths
from workbench.errors import WorkbenchError
from workbench.memory.facts import speech
from workbench.memory.facts.reading import Token


def lines(name: str) -> list[str]:
    """The lines of a table without its comments. Raises `WorkbenchError` where it is missing."""
    try:
        text = (paths.resources() / "facts" / name).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise WorkbenchError(
            f"A file that ships with the program is missing or damaged (facts/{name}).",
            "Reinstall the program.",
        ) from problem
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


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
    for line in lines("families.txt"):
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


@dataclass(frozen=True, slots=True)
class Unit:
    """A word or phrase at tokens `[first, last)`, under the `forms` it may be looked up by.

    `parts` are the forms of a phrase's words.
    """

    first: int
    last: int
    word: str
    forms: frozenset[str]
    name: bool
    parts: tuple[frozenset[str], ...] = ()


@lru_cache(maxsize=1)
def _phrases() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for line in lines("phrases.txt"):
        left, _, meant = line.partition(" = ")
        words = tuple(left.split())
        found.setdefault(words[0], []).append((words, meant))
    for each in found.values():
        each.sort(key=lambda entry: -len(entry[0]))
    return found


def units(tokens: Sequence[Token], first: int = 0, last: int | None = None) -> list[Unit]:
    """The words of tokens `[first, last)` with known phrases as one, in order."""
    stop = len(tokens) if last is None else last
    found: list[Unit] = []
    at = first
    while at < stop:
        phrase = _phrase(tokens, at, stop)
        if phrase is not None:
            meant, size = phrase
            parts = tuple(speech.kin(token.word) for token in tokens[at : at + size])
            found.append(Unit(at, at + size, meant, frozenset((meant,)), False, parts))
            at += size
            continue
        token = tokens[at]
        acronym = len(token.raw) > 1 and token.raw.isupper() and token.raw.isalpha()
        name = token.capital and at > 0 and not acronym
        found.append(Unit(at, at + 1, token.word, speech.kin(token.word), name))
        at += 1
    return found


def _phrase(tokens: Sequence[Token], at: int, stop: int) -> tuple[str, int] | None:
    known = _phrases()
    for form in speech.kin(tokens[at].word):
        for words, meant in known.get(form, ()):
            size = len(words)
            if at + size <= stop and all(
                word in speech.kin(tokens[at + step].word)
                for step, word in enumerate(words) if step
            ):  # fmt: skip
                return meant, size
    return None


@lru_cache(maxsize=8192)
def evoked(forms: frozenset[str]) -> tuple[Evoked, ...]:
    """What a unit evokes, by its forms."""
    words = tables().words
    return tuple(dict.fromkeys(each for form in sorted(forms) for each in words.get(form, ())))
