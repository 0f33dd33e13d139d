"""Compares adjacent words of a sentence and its evidence, to find words that were moved.

No grammar is used. A number in the position of another one of the evidence was exchanged; likewise
a name. In a random order hardly any adjacent words are adjacent in the evidence: a breakpoint
measure, as between genomes (Watterson et al., 1982, "The chromosome inversion problem").
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from workbench.recall.checking.clauses import Clause, Word, same, sentences
from workbench.recall.checking.roles import contains_form
from workbench.recall.checking.tables import STRONG

#: Words that are compared on each side, including function words.
_NEIGHBORS = 2
#: The minimum additional overlap of another number or name with the position. Calibrated on half a
#: of the written answers.
_NUMBER, _NAME = 2, 3
#: The minimum share of adjacent pairs that are adjacent in the evidence, and the minimum number of
#: pairs. Calibrated on half a and on shuffled sentences of Wikipedia.
_RETAINED, _PAIRS = 0.3, 6

#: The words before and after a position.
Sides = tuple[list[Word], list[Word]]


def misplaced(tokens: Sequence[Clause], facts: Sequence[Clause]) -> str:
    """A number or name of the sentence in the position of another; "" if there is none."""
    return (
        _number(tokens, facts)
        or _name(tokens, facts)
        or _reversed_names(tokens, facts)
        or _wrong_neighbor(tokens, facts)
    )


def jumbled(tokens: Sequence[Clause], facts: Sequence[Clause]) -> bool:
    """Whether a sentence has the words of its evidence in an unrelated order.

    Tested for all words in order, and for content words in any order.
    """
    statements = [[w for clause in sentence for w in clause.words] for sentence in sentences(facts)]
    plain = [[w for w in item if not w.light] for item in statements]
    for sentence in sentences(tokens):
        words = [w for clause in sentence for w in clause.words if not w.dense]
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


def _number(tokens: Sequence[Clause], facts: Sequence[Clause]) -> str:
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
                return f"{amount.value:g}"
    return ""


def _name(tokens: Sequence[Clause], facts: Sequence[Clause]) -> str:
    statements = [
        (word, _sides(sentence, word.start, word.start + 1))
        for sentence in sentences(facts)
        for word in _names(sentence)
    ]
    for sentence in sentences(tokens):
        for word in _names(sentence):
            matching = _sides(sentence, word.start, word.start + 1)
            primary = [_shared(matching, sides) for other, sides in statements if same(word, other)]
            alternatives = [
                _shared(matching, sides) for other, sides in statements if not same(word, other)
            ]
            if primary and max(alternatives, default=0) >= max(primary) + _NAME:
                return word.text
    return ""


def _reversed_names(tokens: Sequence[Clause], facts: Sequence[Clause]) -> str:
    """Two adjacent names that occur only in reverse order."""
    statements = list(_pairs(facts))
    for left, two in _pairs(tokens):
        reversed_item = any(same(left, b) and same(two, a) for a, b in statements)
        if reversed_item and not any(same(left, a) and same(two, b) for a, b in statements):
            return f"{left.text} {two.text}"
    return ""


def _wrong_neighbor(tokens: Sequence[Clause], facts: Sequence[Clause]) -> str:
    """A word after one that it never follows, if that one always precedes another.

    Names have separate rules, and the other word may be elsewhere in the clause. In languages with
    cases, a verb may follow anything.
    """
    statements = list(_pairs(facts, is_name=False))
    all_items = [w for clause in facts for w in clause.words]
    for clause in tokens:
        for left, two in _pairs([clause], is_name=False):
            history = [a for a, b in statements if same(two, b)]
            separate = any(
                w.name or w.text in STRONG or not w.text.isascii() for w in (left, two, *history)
            )
            constant = 0 < len(history) == sum(same(two, w) for w in all_items)
            left_out = not any(contains_form(clause.words, w) for w in history)
            if constant and left_out and not separate and contains_form(all_items, left):
                return two.text
    return ""


def _pairs(matches: Sequence[Clause], *, is_name: bool = True) -> Iterator[tuple[Word, Word]]:
    """Adjacent content words; only names if `is_name`."""
    for clause in matches:
        for left, two in pairwise(clause.words):
            adjacent = two.start - left.start - len(left.text) <= 2
            if (
                adjacent
                and not left.light
                and not two.light
                and (not is_name or (left.name and two.name))
            ):
                yield left, two


def _names(sentence: Sequence[Clause]) -> Iterator[Word]:
    return (w for clause in sentence for w in clause.words if w.name and not w.light)


def _sides(sentence: Sequence[Clause], start: int, end: int) -> Sides:
    words = [word for clause in sentence for word in clause.words]
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
