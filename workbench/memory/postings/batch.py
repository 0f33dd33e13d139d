"""A batch: facts in order of arrival, as the index takes them in.

A fact is a set of terms to the index. What it says the same as, what it claims something about and
what it denies are terms as well, told apart from words by a mark in their bits.
"""

from dataclasses import dataclass

import numpy as np

from workbench.memory.postings.arrays import F64, I32, I64, U64

#: Marks of the keys that are no words.
SAME = np.uint64(0x9FB21C651E98DF25)
TOPIC = np.uint64(0xC2B2AE3D27D4EB4F)
DENIAL = np.uint64(0x165667B19E3779F9)


@dataclass(frozen=True, slots=True)
class Batch:
    """n facts. All keys are salted with the scope of their fact; 0 stands for none.

    `ids` (n,) ascend; `at` (n,) since when each holds, seconds since 1970. The terms of fact i are
    `terms[starts[i]:starts[i + 1]]`, distinct within a fact; its dedup key is `same[i]`; its claims
    are `claim_starts[i]:claim_starts[i + 1]` of `topics` and `denials`.
    """

    ids: I64
    at: F64
    starts: I32
    terms: U64
    same: U64
    claim_starts: I32
    topics: U64
    denials: U64

    def __len__(self) -> int:
        return len(self.ids)

    def slice(self, begin: int, end: int) -> "Batch":
        """The facts from `begin` up to `end`."""
        at, claims = self.starts[begin : end + 1], self.claim_starts[begin : end + 1]
        return Batch(
            ids=self.ids[begin:end],
            at=self.at[begin:end],
            starts=at - at[0],
            terms=self.terms[int(at[0]) : int(at[-1])],
            same=self.same[begin:end],
            claim_starts=claims - claims[0],
            topics=self.topics[int(claims[0]) : int(claims[-1])],
            denials=self.denials[int(claims[0]) : int(claims[-1])],
        )


def pairs(batch: Batch) -> tuple[U64, I64]:
    """(key, place in the batch) of everything that its facts are found by, each pair once.

    The keys ascend, and so do the places of each.
    """
    facts = np.arange(len(batch))
    claims = np.repeat(facts, np.diff(batch.claim_starts))
    held = (batch.terms, batch.same, batch.topics, batch.denials)
    marks = (np.uint64(0), SAME, TOPIC, DENIAL)
    # 0 stands for no key, and becomes none.
    keys = np.concatenate(
        [np.where(key, key ^ mark, key) for key, mark in zip(held, marks, strict=True)]
    )
    places = np.concatenate([np.repeat(facts, np.diff(batch.starts)), facts, claims, claims])
    order = np.lexsort((places, keys))
    keys, places = keys[order], places[order]
    fresh = keys != 0
    fresh[1:] &= (keys[1:] != keys[:-1]) | (places[1:] != places[:-1])
    return keys[fresh], places[fresh]
