"""Many facts put into the tail at once with NumPy, where no compiled kernel is ready.

The same as `tail.add` and `tail.refill` one key at a time: chains, heads and frequencies come out
equal. Heads are written last, so that whoever reads meanwhile meets only whole entries.
"""

import numpy as np

from workbench.memory.postings.arrays import I32, I64, NONE, SKIP, U32, U64
from workbench.memory.postings.batch import DENIAL, SAME, TOPIC, Batch


def chain(
    table: U64, heads: I32, frequency: U32, older: I32, filled: I64, keys: U64, at: int
) -> None:
    """Join the entries from `at` on, which have these keys, to those there are."""
    if not len(keys):
        return
    order = np.argsort(keys, kind="stable")
    begins = np.ones(len(keys), np.bool_)
    begins[1:] = keys[order][1:] != keys[order][:-1]
    firsts = np.flatnonzero(begins)
    slots, taken = _slots(table, keys[order][firsts])
    places = order + at
    before = np.empty(len(keys), np.int64)
    before[1:] = places[:-1]
    before[firsts] = heads[slots]
    older[places] = before
    ends = np.append(firsts[1:], len(keys))
    frequency[slots] += (ends - firsts).astype(np.uint32)
    filled[0] += taken
    heads[slots] = places[ends - 1]


def keys_of(batch: Batch) -> tuple[U64, I64]:
    """All keys of a batch, fact by fact, with the fact of each; a key counts once in a fact."""
    facts = np.arange(len(batch))
    terms = batch.starts[:-1].astype(np.int64), batch.starts[1:].astype(np.int64)
    claims = batch.claim_starts[:-1].astype(np.int64), batch.claim_starts[1:].astype(np.int64)
    term_of = np.repeat(facts, terms[1] - terms[0])
    claim_of = np.repeat(facts, claims[1] - claims[0])
    count = len(term_of) + len(facts) + 2 * len(claim_of)
    keys, of = np.zeros(count, np.uint64), np.zeros(count, np.int64)
    ends = np.cumsum(terms[1] - terms[0])
    claimed = np.cumsum(claims[1] - claims[0]) - (claims[1] - claims[0])
    said = slice(int(batch.starts[0]), int(batch.starts[-1]))
    at = np.arange(len(term_of)) + term_of + 2 * claimed[term_of]
    keys[at], of[at] = batch.terms[said], term_of
    at = ends + facts + 2 * claimed
    keys[at], of[at] = np.where(batch.same != NONE, batch.same ^ SAME, NONE), facts
    held = slice(int(batch.claim_starts[0]), int(batch.claim_starts[-1]))
    at = ends[claim_of] + claim_of + 1 + 2 * np.arange(len(claim_of))
    topics, denials = batch.topics[held], batch.denials[held]
    keys[at], of[at] = np.where(topics != NONE, topics ^ TOPIC, NONE), claim_of
    keys[at + 1] = np.where(denials != NONE, denials ^ DENIAL, NONE)
    of[at + 1] = claim_of
    kept = keys != NONE
    keys, of = keys[kept], of[kept]
    order = np.lexsort((of, keys))
    first = np.ones(len(keys), np.bool_)
    first[1:] = (keys[order][1:] != keys[order][:-1]) | (of[order][1:] != of[order][:-1])
    chosen = np.sort(order[first])
    return keys[chosen], of[chosen]


def _slots(table: U64, keys: U64) -> tuple[I64, int]:
    """The slots of keys that all differ, and how many were free and now are theirs."""
    mask = len(table) - 1
    slots = (keys >> SKIP).astype(np.int64) & mask
    left = np.arange(len(keys))
    taken = 0
    while len(left):
        held = table[slots[left]]
        free = left[held == NONE]
        if len(free):
            # Of several keys that want one slot the first gets it, the others look on.
            _, winners = np.unique(slots[free], return_index=True)
            table[slots[free[winners]]] = keys[free[winners]]
            taken += len(winners)
            held = table[slots[left]]
        left = left[held != keys[left]]
        slots[left] = (slots[left] + 1) & mask
    return slots, taken
