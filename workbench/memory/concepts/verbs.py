"""Lemmas of verb groups, and the relations that verbs imply."""

from functools import lru_cache
from typing import NamedTuple

from ingest.language.word_lists import entries
from ingest.triples.lexicon import lemma
from workbench.memory.concepts.records import AssociationType

COPULAS = {form: verb for verb, forms in entries("copular_verbs.txt") for form in forms.split()}
#: Verb, or verb and preposition → its relation, and whether the object is its head.
RELATIONS = {
    name.replace("-", " "): (AssociationType[head.split()[0]], head.endswith("turned"))
    for head, names in entries("verb_relations.txt")
    for name in names.split()
}


class Reading(NamedTuple):
    """A verb group: its lemmas, the last of them, participle, voice and polarity."""

    base: str
    head: str
    participle: str
    passive: bool
    denied: bool


@lru_cache(maxsize=50_000)
def read(words: tuple[str, ...], letters: str) -> Reading:
    """Parse a verb group with the letters of its words."""
    bases: list[str] = []
    participle, passive, to_be, head = "", False, False, ""
    intended = False
    for word, letter in zip((word.lower() for word in words), letters, strict=True):
        if letter in "bB":
            to_be = True
        elif letter in "VYegnsXa" or (letter == "I" and not bases and "t" not in letters):
            if intended and letter == "e" and "V" in letters:
                continue
            head = lemma(word)
            bases.append(head)
            passive = to_be and letter == "e"
            participle = word if letter in "eg" and to_be else ""
        elif letter == "v":
            bases.append(word)
        elif letter in "IGO":
            intended = True
    return Reading(" ".join(bases), head, participle, passive, any(x in "NKB" for x in letters))
