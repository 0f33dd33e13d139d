"""Merges quotes with the same words and counts their other occurrences.

A form, a signature or a verse that is repeated would fill an answer. Only quotes that add no
sentence to a better one are merged: records with one form have different contents.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from ingest.language.numerals import months, number_words, weekdays
from workbench.memory import words
from workbench.memory.segment import Ordinals, intersection
from workbench.recall.full_text import located
from workbench.recall.question import Cue, Term
from workbench.recall.quotes import Quote, matched
from workbench.recall.records import Elsewhere
from workbench.recall.search import Search
from workbench.store import text

#: Maximum listed occurrences, maximum texts that are compared (others are counted by the index),
#: and the rarest words of a sentence that are looked up.
_LIST_LIMIT, _COMPARED, _WORDS = 20, 200, 8
#: The minimum similarity of near-duplicates.
_SIMILARITY = 0.8


@dataclass(frozen=True, slots=True)
class _Kept:
    """A quote that later ones are compared with: `vocabulary` are its words as bits."""

    vocabulary: int
    terms: list[Term]
    source: int


@dataclass(frozen=True, slots=True)
class Repeats:
    """The other occurrences of a quote: their number, and the first of them."""

    places: int
    listed: tuple[Elsewhere, ...]


def distinct(
    quotes: Sequence[Quote], cue: Cue, newer: Mapping[int, int]
) -> tuple[list[Quote], list[Quote], frozenset[int]]:
    """Separate quotes from those that add no sentence to a better one, or nearly none.

    Returns the quotes, their near-duplicates, and the positions of repeated ones.

    A former version of a file (`newer` maps sources to their successor) adds nothing to quotes of
    the newest one with the same words of the question. Near-duplicates have similar words (Jaccard
    1912) and the same words of the question: four copies of a near miss would displace an answer.
    """
    selection: list[Quote] = []
    similar: list[Quote] = []
    repeated: set[int] = set()
    index: list[_Kept] = []
    # The places in `index` of each sentence.
    holders: defaultdict[tuple[str, ...], set[int]] = defaultdict(set)
    # Sets of words as bits of a number, since every quote is compared with every better one.
    bits: dict[str, int] = {}
    former = [quote.engrams[0].source in newer for quote in quotes]
    order = sorted(range(len(quotes)), key=former.__getitem__)
    for quote in map(quotes.__getitem__, order):
        source = quote.engrams[0].source
        sentences = quote.sentences
        vocabulary = 0
        for word in set(chain.from_iterable(sentences)):
            vocabulary |= 1 << bits.setdefault(word, len(bits))
        row = _Kept(vocabulary, matched(quote.words, cue), source)
        whole = set.intersection(*map(holders.__getitem__, sentences))
        if whole:
            repeated.add(selection[min(whole)].place)
        elif (
            source in newer
            and any(
                newer[source] == other.source and all(term in other.terms for term in row.terms)
                for other in index
            )
        ) or _is_similar(row, index, bits):
            similar.append(quote)
        else:
            for sentence in sentences:
                holders[sentence].add(len(index))
            selection.append(quote)
            index.append(row)
    kept = {quote.place for quote in selection}
    selection = [quote for quote in quotes if quote.place in kept]
    return selection, similar, frozenset(repeated)


def _is_similar(row: _Kept, index: Sequence[_Kept], bits: Mapping[str, int]) -> bool:
    """Whether a near-duplicate precedes, with similar words and the same ones of the question.

    Another value in a second source is no duplicate.
    """
    own = row.vocabulary
    neighbors = [
        other
        for other in index
        if (own & other.vocabulary).bit_count()
        >= _SIMILARITY * (own | other.vocabulary).bit_count()
        and row.terms == other.terms
    ]
    if len(neighbors) != 1 or neighbors[0].source == row.source:
        return bool(neighbors)
    differing = row.vocabulary ^ neighbors[0].vocabulary
    values = number_words() | months("").keys() | set(weekdays())
    return not any(
        word in values or any(map(str.isdigit, word))
        for word, bit in bits.items()
        if differing >> bit & 1
    )


def repeats(search: Search, quote: Quote) -> Repeats:
    """The other occurrences in the scope of the longest repeated sentence of a quote."""
    primary = {engram.id for engram in quote.engrams}
    for engram in sorted(quote.engrams, key=lambda engram: -len(engram.text)):
        result = _similar_sentences(search, engram.text, engram.id - 1)
        alternatives = [ordinal + 1 for ordinal in result.tolist() if ordinal + 1 not in primary]
        scanned = text.statements(search.connection, alternatives[:_COMPARED])
        target = _plain(engram.text)
        same = [id for id, wording in scanned.items() if _plain(wording) == target]
        if same:
            places = len(same) + max(0, len(alternatives) - _COMPARED)
            return Repeats(places, _place_listing(search.connection, same, engram.source))
    return Repeats(0, ())


def _plain(sentence: str) -> str:
    return " ".join(sentence.split()).casefold()


def _similar_sentences(search: Search, sentence: str, ordinal: int) -> Ordinals:
    """The ordinals of sentences with the same length and rarest words."""
    keys = set(map(words.key, words.sequence(sentence)))
    posted = sorted((search.snapshot.lookup(key) for key in keys), key=len)[:_WORDS]
    matches = search.restrict(intersection(posted))
    length = search.snapshot.columns["words"]
    similar: Ordinals = matches[length[matches] == length[ordinal]]
    return similar


def _place_listing(
    connection: sqlite3.Connection, ids: Sequence[int], source: int
) -> tuple[Elsewhere, ...]:
    """The first occurrences: other sources than `source` first, each once before repetitions."""
    rows = text.engrams(connection, ids)
    turns: dict[int, int] = {source: 1}
    order: list[tuple[int, int]] = []
    for id in ids:
        if id in rows:
            turn = turns.get(rows[id].source, 0)
            turns[rows[id].source] = turn + 1
            order.append((turn, id))
    selection = [rows[id] for _, id in sorted(order)[:_LIST_LIMIT]]
    return tuple(
        Elsewhere(
            hit.engram, hit.source.id, hit.source.title, hit.place.chapter,
            hit.place.start, hit.place.end,
        )
        for hit in located(connection, dict.fromkeys(selection, ()))
    )  # fmt: skip
