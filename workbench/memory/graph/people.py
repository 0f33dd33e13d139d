"""Personal names: title, given names, surname; whether two names may be one person.

For scripts with capitals only. Whether a name is a person's is unknown; names that are also English
words ("Baker", "War") are distinguished by `plain`.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

#: Titles, folded, with their gender; and particles within names.
TITLES = dict.fromkeys(
    [
        "poor", "dear", "dearest",
        "dr", "doctor", "prof", "professor", "captain", "colonel", "general", "major", "sergeant",
        "lieutenant", "inspector", "judge", "senator", "governor", "rev", "reverend",
        "dean", "chancellor",
    ],
    "",
)  # fmt: skip
TITLES |= dict.fromkeys(
    ["mr", "mister", "master", "sir", "lord", "herr", "monsieur", "don", "uncle"], "m"
)
TITLES |= dict.fromkeys(
    ["mrs", "ms", "miss", "mistress", "lady", "frau", "madame", "dame", "aunt"], "f"
)
_SHORT = {"mister": "mr", "master": "mr"}
PARTICLES = frozenset(["van", "von", "de", "der", "den", "di", "da", "du", "la", "le", "of"])
_NAME = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*\.?")
_WORD_LIMIT = 5


@dataclass(frozen=True, slots=True)
class Person:
    """A name in parts, folded; `gender` is that of its title, "" if unknown."""

    title: str
    gender: str
    forenames: tuple[str, ...]
    surname: str

    @property
    def is_surname(self) -> bool:
        """Whether this is a surname alone."""
        return not self.title and not self.forenames


def person(name: str) -> Person | None:
    """The parts of a name that may be a person's; None if it cannot be."""
    parts = name.split()
    if not 1 <= len(parts) <= _WORD_LIMIT or not all(_NAME.fullmatch(part) for part in parts):
        return None
    folded = [part.rstrip(".").casefold() for part in parts]
    title = folded[0] if folded[0] in TITLES and len(parts) > 1 else ""
    names = parts[1:] if title else parts
    if any(
        not part[0].isupper() and (at in (0, len(names) - 1) or part not in PARTICLES)
        for at, part in enumerate(names)
    ):
        return None
    if "of" in folded or (len(parts) == 1 and parts[0].isupper()):
        # "University of Oslo" is no person, "WHO" no surname.
        return None
    *forenames, surname = [part.rstrip(".").casefold() for part in names]
    if len(surname) < 2:
        return None
    significant = tuple(part for part in forenames if part not in PARTICLES)
    return Person(_SHORT.get(title, title), TITLES.get(title, ""), significant, surname)


def may_match(person_a: Person, person_b: Person) -> bool:
    """Whether two names with one surname may be the same person."""
    if person_a.surname != person_b.surname or (
        person_a.gender and person_b.gender and person_a.gender != person_b.gender
    ):
        return False
    if not person_a.forenames or not person_b.forenames:
        return True
    if not _is_compatible(person_a.forenames[0], person_b.forenames[0]):
        return False
    # Middle names may be missing, but not differ.
    middle, other_middle = person_a.forenames[1:], person_b.forenames[1:]
    return all(map(_is_compatible, middle, other_middle))


def same_forename(person_a: Person, person_b: Person) -> bool:
    """Whether the first given names are both spelled out and equal."""
    return bool(person_a.forenames and person_b.forenames) and len(person_a.forenames[0]) > 1 and (
        person_a.forenames[0] == person_b.forenames[0]
    )  # fmt: skip


def _is_compatible(first: str, second: str) -> bool:
    short, long = sorted((first, second), key=len)
    return long.startswith(short) if len(short) == 1 else short == long


_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_NO_NAME = frozenset([*TITLES, *PARTICLES, "esq", "the", "and"])


@lru_cache(maxsize=4096)
def core(name: str) -> frozenset[str] | None:
    """The words of a name without titles and particles, folded; empty if it is nothing else.

    None for a lower-case name: the word of one thing may be part of another's.
    """
    if name.islower() and name not in PARTICLES:
        return None
    return frozenset(word.casefold() for word in _WORD.findall(name)) - _NO_NAME


def lacks_name(name: str) -> bool:
    """Whether a name is only a title or a particle."""
    words = core(name)
    return words is not None and not words and not any(mark.isdigit() for mark in name)


def same(first: str, second: str) -> bool:
    """Whether one name contains all words of the other."""
    ours, theirs = core(first), core(second)
    if not ours or not theirs:
        return False
    return ours <= theirs or theirs <= ours
