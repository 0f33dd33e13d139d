"""Which words of a question stand in quotes as they are, and which of them in its order.

The index knows which sentences hold a word, so that only those are taken apart in which two words
that follow each other in the question may do so.
"""

import itertools
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from workbench.recall.ascending import among
from workbench.recall.question import Cue
from workbench.store.records import EngramRow

Words = frozenset[str]
#: Two words that follow each other.
Pair = tuple[str, str]
_NONE: frozenset[Pair] = frozenset()


class Exact:
    """What stands of one question in sentences, each of which is looked at once."""

    def __init__(self, cue: Cue, said: Callable[[str], Sequence[str]]) -> None:
        """`said` gives the folded words of a sentence in their order."""
        self._cue, self._said = cue, said
        self._follow = [(a.word, b.word) for a, b in itertools.pairwise(cue.terms)]
        self._pairs = frozenset(self._follow)
        self._total = sum(term.weight for term in cue.terms) or 1.0
        self._stands: dict[int, Words] = {}
        self._inside: dict[int, frozenset[Pair]] = {}

    def look_up(self, ids: Iterable[int]) -> None:
        """Ask the index which words stand in these statements."""
        new = sorted(set(ids) - self._stands.keys())
        at = np.array(new, np.int32) - np.int32(1)
        standing: dict[int, list[str]] = {id: [] for id in new}
        for term in self._cue.terms:
            for ordinal in at[among(term.exact, at)].tolist():
                standing[ordinal + 1].append(term.word)
        self._stands.update((id, frozenset(words)) for id, words in standing.items())

    def share(self, engrams: Sequence[EngramRow], worth: float) -> float:
        """`worth` times the share of the question's weight in words that stand there as asked."""
        found = Words().union(*(self._stands[engram.id] for engram in engrams))
        said = sum(term.weight for term in self._cue.terms if term.word in found)
        return worth * said / self._total

    def in_order(self, engrams: Sequence[EngramRow], worth: float) -> float:
        """`worth` times the share of the question's pairs of words that follow each other there."""
        if not self._follow:
            return 0.0
        pairs = self._followed(engrams)
        return worth * sum(pair in pairs for pair in self._follow) / len(self._follow)

    def _followed(self, engrams: Sequence[EngramRow]) -> frozenset[Pair]:
        """The pairs that follow each other, also over sentences."""
        found = _NONE
        earlier = Words()
        for place, engram in enumerate(engrams):
            stands = self._stands[engram.id]
            if stands:
                found |= self._within(engram, stands)
            if self._may_follow(earlier, stands):
                found |= self._across(engrams[: place + 1])
            earlier |= stands
        return found

    def _within(self, engram: EngramRow, stands: Words) -> frozenset[Pair]:
        known = self._inside.get(engram.id)
        if known is None:
            known = _NONE
            if self._may_follow(stands, stands):
                said = self._said(engram.text)
                known = self._pairs.intersection(itertools.pairwise(said))
            self._inside[engram.id] = known
        return known

    def _across(self, engrams: Sequence[EngramRow]) -> frozenset[Pair]:
        """The pair of the last word before the last of these sentences and its first one."""
        said = self._said(engrams[-1].text)
        before = (self._said(engram.text) for engram in reversed(engrams[:-1]))
        last = next((words[-1] for words in before if words), "")
        return self._pairs.intersection([(last, said[0])]) if said else _NONE

    def _may_follow(self, earlier: Words, later: Words) -> bool:
        if earlier and later:
            for one, other in self._follow:
                if one in earlier and other in later:
                    return True
        return False
