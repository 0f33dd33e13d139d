"""Words and phrases of a text that indicate a relation, such as "date of birth".

"Date of birth" is a birthday and "cannot eat" is to avoid: such phrases count as one word, so that
question and fact are compared by what they speak of.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from workbench.memory.facts import speech, word_tables
from workbench.memory.facts.families import Evoked, tables
from workbench.memory.facts.reading import Token


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
    for line in word_tables.lines("phrases.txt"):
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
