"""Facts that were told one by one and wait to be taken into the index together.

They are in the library already, so nothing is lost with them; whoever looks into the index takes
them in first. Nobody who tells a fact waits for that, and many together cost less than one by one.
"""

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np

from workbench.memory.facts import taking_in
from workbench.memory.facts.parsing.parser import Parsed
from workbench.memory.postings.arrays import I64
from workbench.memory.postings.batch import Batch
from workbench.memory.postings.index import Postings

#: So many are taken in one by one: a batch is not worth making.
_FEW = 4


class NewFact(NamedTuple):
    """A fact with its salted dedup key."""

    id: int
    at: float
    one: Parsed
    scope: int
    same: int


class Coming:
    """Facts in the order of their ids. Whoever adds or takes holds a lock, any thread may ask."""

    __slots__ = ("_facts", "_same", "last_id")

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Let go of all."""
        self._facts: list[NewFact] = []
        self._same: set[int] = set()
        #: The id of the newest one, 0 where nobody waits.
        self.last_id = 0

    def __len__(self) -> int:
        return len(self._facts)

    def add(self, fact: NewFact) -> None:
        """Let a fact wait that was stored just now."""
        self._facts.append(fact)
        self._same.add(fact.same)
        self.last_id = fact.id

    def says(self, same: int) -> bool:
        """Whether one of them says this; `same` is a salted dedup key."""
        return same in self._same

    def move_to(self, held: Postings) -> None:
        """Put those into the index that are not there yet; nobody waits then.

        They can be found there before they are gone from here.
        """
        facts = [fact for fact in self._facts if fact.id > held.last_id]
        if len(facts) > _FEW:
            held.append(_together(facts))
        else:
            for id, at, one, scope, same in facts:
                keys = taking_in.keys_of(one, scope, same)
                held.add(id, at, keys, same, scope, one.words)
        self.clear()


def _together(facts: Sequence[NewFact]) -> Batch:
    """Statements that were read one by one as a batch."""
    ids, at, ones, scopes, _ = zip(*facts, strict=True)
    parsed = Parsed(
        reasons=np.zeros(len(ones), np.int64),
        same=np.concatenate([one.same for one in ones]),
        term_starts=_starts([len(one.terms) for one in ones]),
        terms=np.concatenate([one.terms for one in ones]),
        claim_starts=_starts([len(one.topics) for one in ones]),
        topics=np.concatenate([one.topics for one in ones]),
        contents=np.concatenate([one.contents for one in ones]),
        negative=np.concatenate([one.negative for one in ones]),
        records=[],
        words=list(chain.from_iterable(one.words for one in ones)),
    )
    numbers, since = np.array(ids, np.int64), np.array(at, np.float64)
    return taking_in.batch(parsed, range(len(ones)), numbers, since, scopes)


def _starts(sizes: Sequence[int]) -> I64:
    """Where parts of these sizes begin that lie one behind the other, and the end of the last."""
    starts = np.zeros(len(sizes) + 1, np.int64)
    np.cumsum(sizes, out=starts[1:])
    return starts
