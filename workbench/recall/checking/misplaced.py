"""Words next to each other, in a sentence and in its evidence: whether one was put elsewhere.

No grammar of a language is known here. A number that stands, in the sentence, where another one
stands in the evidence was put in the other one's place; so was a name. Of words thrown together
hardly any two stand side by side in the evidence, too: a breakpoint measure, as between genomes
(Watterson et al., 1982, "The chromosome inversion problem").
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from workbench.recall.checking.clauses import Clause, Word, same, sentences
from workbench.recall.checking.roles import holds
from workbench.recall.checking.tables import STRONG

#: Words on each side that are looked at, light ones too.
_NEAR = 2
#: How much more of them another number, or another name, has to share with its place. Calibrated on
#: half a of the written answers.
_NUMBER, _NAME = 2, 3
#: The share of neighbours that have to be neighbours in the evidence, of so many pairs at least.
#: Calibrated on half a and on shuffled sentences of Wikipedia.
_KEPT, _PAIRS = 0.3, 6

#: The words before a place, and those after it.
Sides = tuple[list[Word], list[Word]]


def misplaced(said: Sequence[Clause], facts: Sequence[Clause]) -> str:
    """A number or name of the sentence in the place of another one; "" where there is none."""
    return (
        _number(said, facts) or _name(said, facts) or _turned(said, facts) or _beside(said, facts)
    )


def jumbled(said: Sequence[Clause], facts: Sequence[Clause]) -> bool:
    """Whether a sentence throws the words of its evidence together in an order of its own.

    All words count in their order, those that say something, without the others, in any order.
    """
    told = [[w for clause in each for w in clause.words] for each in sentences(facts)]
    plain = [[w for w in each if not w.light] for each in told]
    for each in sentences(said):
        words = [w for clause in each for w in clause.words if not w.dense]
        kept = [*_kept(words, told)]
        kept += _kept([w for w in words if not w.light], [*plain, *(e[::-1] for e in plain)])
        if len(kept) >= _PAIRS and sum(kept) < _KEPT * len(kept):
            return True
    return False


def _kept(words: Sequence[Word], told: Sequence[Sequence[Word]]) -> Iterator[bool]:
    """For each two neighbours, whether they are neighbours in one of the sentences."""
    for one, two in pairwise(words):
        yield any(same(one, a) and same(two, b) for each in told for a, b in pairwise(each))


def _number(said: Sequence[Clause], facts: Sequence[Clause]) -> str:
    told = [
        (amount.value, _sides(each, amount.start, amount.end))
        for each in sentences(facts)
        for clause in each
        for amount in clause.amounts
        if not amount.loose
    ]
    for each in sentences(said):
        for amount in (a for clause in each for a in clause.amounts if not a.loose):
            mine = _sides(each, amount.start, amount.end)
            own = [_shared(mine, sides) for value, sides in told if value == amount.value]
            others = [_shared(mine, sides) for value, sides in told if value != amount.value]
            if own and max(others, default=0) >= max(own) + _NUMBER:
                return f"{amount.value:g}"
    return ""


def _name(said: Sequence[Clause], facts: Sequence[Clause]) -> str:
    told = [
        (word, _sides(each, word.start, word.start + 1))
        for each in sentences(facts)
        for word in _names(each)
    ]
    for each in sentences(said):
        for word in _names(each):
            mine = _sides(each, word.start, word.start + 1)
            own = [_shared(mine, sides) for other, sides in told if same(word, other)]
            others = [_shared(mine, sides) for other, sides in told if not same(word, other)]
            if own and max(others, default=0) >= max(own) + _NAME:
                return word.text
    return ""


def _turned(said: Sequence[Clause], facts: Sequence[Clause]) -> str:
    """Two names beside each other that stand so the other way round alone."""
    told = list(_pairs(facts))
    for one, two in _pairs(said):
        turned = any(same(one, b) and same(two, a) for a, b in told)
        if turned and not any(same(one, a) and same(two, b) for a, b in told):
            return f"{one.text} {two.text}"
    return ""


def _beside(said: Sequence[Clause], facts: Sequence[Clause]) -> str:
    """A word right after one that it never follows, where it always follows another one.

    Names have their own rules, and the other one may stand somewhere else in the clause. Where
    cases say who does what, a verb follows anything.
    """
    told = list(_pairs(facts, named=False))
    every = [w for clause in facts for w in clause.words]
    for clause in said:
        for one, two in _pairs([clause], named=False):
            before = [a for a, b in told if same(two, b)]
            apart = any(
                w.name or w.text in STRONG or not w.text.isascii() for w in (one, two, *before)
            )
            always = 0 < len(before) == sum(same(two, w) for w in every)
            left_out = not any(holds(clause.words, w) for w in before)
            if always and left_out and not apart and holds(every, one):
                return two.text
    return ""


def _pairs(found: Sequence[Clause], *, named: bool = True) -> Iterator[tuple[Word, Word]]:
    """Two words that say something with none between them; names alone where they are `named`."""
    for clause in found:
        for one, two in pairwise(clause.words):
            beside = two.start - one.start - len(one.text) <= 2
            if (
                beside
                and not one.light
                and not two.light
                and (not named or (one.name and two.name))
            ):
                yield one, two


def _names(sentence: Sequence[Clause]) -> Iterator[Word]:
    return (w for clause in sentence for w in clause.words if w.name and not w.light)


def _sides(sentence: Sequence[Clause], start: int, end: int) -> Sides:
    words = [word for clause in sentence for word in clause.words]
    before = [word for word in words if word.start < start][-_NEAR:]
    return before, [word for word in words if word.start >= end][:_NEAR]


def _shared(mine: Sides, theirs: Sides) -> int:
    """How many words both have beside them; one on the same side counts twice."""
    (left, right), (before, after) = mine, theirs
    beside = [*before, *after]
    on_sides = sum(holds(before, w) for w in left) + sum(holds(after, w) for w in right)
    return on_sides + sum(holds(beside, w) for w in (*left, *right))
