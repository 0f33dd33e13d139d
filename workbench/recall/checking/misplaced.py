"""Compares adjacent words of a sentence and its evidence, to find words that were moved.

No grammar is used. A number in the position of another one of the evidence was exchanged, and two
names that are adjacent in reverse order only. In a random order hardly any adjacent words are
adjacent in the evidence: a breakpoint measure, as between genomes (Watterson et al., 1982, "The
chromosome inversion problem").
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from workbench.recall.checking.clauses import Clause, Word, same, sentences, words_of
from workbench.recall.checking.roles import contains_form

#: Words that are compared on each side, including function words.
_NEIGHBORS = 2
#: The minimum additional overlap of another number with the position. Calibrated on half a of the
#: written answers.
_NUMBER = 2
#: The minimum share of adjacent pairs that are adjacent in the evidence, and the minimum number of
#: pairs. Calibrated on half a and on shuffled sentences of Wikipedia.
_RETAINED, _PAIRS = 0.3, 6

#: The words before and after a position.
Sides = tuple[list[Word], list[Word]]


def jumbled(tokens: Sequence[Clause], facts: Sequence[Clause]) -> bool:
    """Whether a sentence has the words of its evidence in an unrelated order.

    Tested for all words in order, and for content words in any order.
    """
    statements = [*map(words_of, sentences(facts))]
    plain = [[w for w in item if not w.light] for item in statements]
    for sentence in sentences(tokens):
        words = [w for w in words_of(sentence) if not w.dense]
        selection = [*_adjacency_kept(words, statements)]
        selection += _adjacency_kept(
            [w for w in words if not w.light], [*plain, *(e[::-1] for e in plain)]
        )
        if len(selection) >= _PAIRS and sum(selection) < _RETAINED * len(selection):
            return True
    return False


def adjacent_share(words: Sequence[Word], statements: Iterable[Sequence[Word]]) -> float:
    """The share of adjacent pairs that are adjacent in one single sentence."""
    kept = max((sum(_adjacency_kept(words, [item])) for item in statements), default=0)
    return kept / (len(words) - 1) if len(words) > 1 else 1.0


def _adjacency_kept(words: Sequence[Word], statement: Sequence[Sequence[Word]]) -> Iterator[bool]:
    """For each adjacent pair, whether it is adjacent in one of the sentences."""
    for left, two in pairwise(words):
        yield any(same(left, a) and same(two, b) for item in statement for a, b in pairwise(item))


def misplaced_number(tokens: Sequence[Clause], facts: Sequence[Clause]) -> bool:
    """Whether a number of the sentence is in the position of another one."""
    statements = [
        (amount.value, _sides(sentence, amount.start, amount.end))
        for sentence in sentences(facts)
        for clause in sentence
        for amount in clause.amounts
        if not amount.loose
    ]
    for sentence in sentences(tokens):
        for amount in (a for clause in sentence for a in clause.amounts if not a.loose):
            matching = _sides(sentence, amount.start, amount.end)
            primary = [
                _shared(matching, sides) for value, sides in statements if value == amount.value
            ]
            alternatives = [
                _shared(matching, sides) for value, sides in statements if value != amount.value
            ]
            if primary and max(alternatives, default=0) >= max(primary) + _NUMBER:
                return True
    return False


def reversed_names(tokens: Sequence[Clause], facts: Sequence[Clause]) -> bool:
    """Whether two adjacent names occur only in reverse order."""
    statements = list(_name_pairs(facts))
    return any(
        any(same(left, b) and same(right, a) for a, b in statements)
        and not any(same(left, a) and same(right, b) for a, b in statements)
        for left, right in _name_pairs(tokens)
    )


def _name_pairs(matches: Sequence[Clause]) -> Iterator[tuple[Word, Word]]:
    for clause in matches:
        for left, right in pairwise(clause.words):
            adjacent = right.start - left.start - len(left.text) <= 2
            if adjacent and all(word.name and not word.light for word in (left, right)):
                yield left, right


def _sides(sentence: Sequence[Clause], start: int, end: int) -> Sides:
    words = words_of(sentence)
    history = [word for word in words if word.start < start][-_NEIGHBORS:]
    return history, [word for word in words if word.start >= end][:_NEIGHBORS]


def _shared(matching: Sides, theirs: Sides) -> int:
    """The number of common neighbours; those on the same side count twice."""
    (left, right), (previous, after) = matching, theirs
    adjacent = [*previous, *after]
    on_sides = sum(contains_form(previous, w) for w in left) + sum(
        contains_form(after, w) for w in right
    )
    return on_sides + sum(contains_form(adjacent, w) for w in (*left, *right))
