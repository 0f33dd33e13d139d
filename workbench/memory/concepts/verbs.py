"""Dictionary forms of verb groups, and the relation that a verb implies."""

import re
from functools import lru_cache
from typing import NamedTuple

from ingest.language.word_lists import entries
from workbench.memory.concepts.records import AssociationType
from workbench.memory.concepts.tags import WORDS
from workbench.memory.concepts.vocabulary import VERBS
from workbench.memory.irregular import LEMMAS

COPULAS = {form: verb for verb, forms in entries("copular_verbs.txt") for form in forms.split()}
#: Verb, or verb and preposition, → what it says and whether of the object first.
RELATIONS = {
    name.replace("-", " "): (int(AssociationType[head.split()[0]]), head.endswith("turned"))
    for head, names in entries("verb_relations.txt")
    for name in names.split()
}


class Reading(NamedTuple):
    """A group of verbs: its dictionary forms, the last of them, and how it is said."""

    base: str
    last: str
    participle: str
    passive: bool
    denied: bool


#: Ends of stems that are written with e: damag-ed, hallucinat-ed, configur-ed.
_WITH_E = re.compile(
    r"(?:[aeiou]|[nr])[cgvz]$|[aeiu]s$|[ai]z$|[aiu]t$|[ui]r$|u$|[bpdgfk]l$|[^ao]in$|[^aeo]id$|[ao]k$"
)


_KEPT: dict[tuple[str, ...], Reading] = {}


def read(words: tuple[str, ...], letters: str) -> Reading:
    """Read a group of verbs, each with its letter."""
    known = _KEPT.get(words)
    if known is not None:
        return known
    if len(_KEPT) > 50_000:
        _KEPT.clear()
    found = _KEPT[words] = _read(words, letters)
    return found


def _read(words: tuple[str, ...], letters: str) -> Reading:
    bases: list[str] = []
    participle, passive, to_be, last = "", False, False, ""
    intended = False
    for word, letter in zip((word.lower() for word in words), letters, strict=True):
        if letter in "bB":
            to_be = True
        elif letter in "VZYegnsXa" or (letter == "I" and not bases and "t" not in letters):
            if intended and letter == "e" and "V" in letters:
                continue
            last = base(word)
            bases.append(last)
            passive = to_be and letter == "e"
            participle = word if letter in "eg" and to_be else ""
        elif letter == "v":
            bases.append(word)
        elif letter in "IGO":
            intended = True
    return Reading(" ".join(bases), last, participle, passive, any(x in "NKB" for x in letters))


@lru_cache(maxsize=50_000)
def base(word: str) -> str:
    """The dictionary form of a verb; of one that is not known the likeliest."""
    found = LEMMAS.get(word, word)
    if found in VERBS:
        return found
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word[: -len(ending)]
            doubled = stem[:-1] if len(stem) > 2 and stem[-1] == stem[-2] else ""
            tries = [stem, f"{stem}e", doubled]
            if stem.endswith("i"):
                tries.insert(0, f"{stem[:-1]}y")
            for each in tries:
                if each in VERBS:
                    return each
            if ending in ("ing", "ed") and _WITH_E.search(stem):
                return f"{stem}e"
            if ending in ("ing", "ed"):
                return tries[0] if stem.endswith("i") else doubled or stem
            return word[:-1] if WORDS.get(word) != "n" else word
    return word
