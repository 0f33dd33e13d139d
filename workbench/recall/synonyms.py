"""Everyday words that say nearly the same, so that a paraphrase is found without any model.

Small on purpose: general words of narration and reports. Names, technical terms and anything that
would need a context to be the same are left out. A word counts half when it is met by another of
its group, and never more than by its own rarity.
"""

from collections.abc import Iterable, Mapping

from ingest.language.word_lists import lines
from workbench.memory import words


def _table() -> Mapping[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for line in lines("synonyms.txt"):
        group = line.split()
        for word in group:
            table.setdefault(word, set()).update(w for w in group if w != word)
    return {word: frozenset(kin) for word, kin in table.items() if kin}


def _stems(table: Mapping[str, frozenset[str]]) -> Mapping[str, frozenset[str]]:
    """What says the same as the words of a stem, where the stem is no word of the table.

    Only where a last letter was dropped or changed: the stem of commander is a verb of its own.
    """
    found: dict[str, set[str]] = {}
    for word, kin in table.items():
        stem = words.forms(word, "en")[0]
        if stem not in table and len(word) - len(stem) <= 1:
            found.setdefault(stem, set()).update(kin)
    return {stem: frozenset(kin) for stem, kin in found.items()}


#: Dictionary form → dictionary forms that say nearly the same.
SYNONYMS = _table()
#: Stem that is no dictionary form, as that of “composed”, → the same.
STEMMED = _stems(SYNONYMS)


def alike(lemmas: Iterable[str]) -> set[str]:
    """Dictionary forms that say nearly the same as any of these, dictionary forms or stems."""
    none = frozenset[str]()
    return {kin for each in lemmas for kin in SYNONYMS.get(each) or STEMMED.get(each, none)}
