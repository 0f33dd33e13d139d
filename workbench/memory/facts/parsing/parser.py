"""Texts into what the memory keeps of them, in arrays over all of them."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbench.memory.facts.parsing.stored_facts import REASONS, keep
from workbench.store.claim_records import pack

Hashes = NDArray[np.uint64]
Ends = NDArray[np.int64]


class Parsed(NamedTuple):
    """What is kept of texts, in arrays over all of them.

    `reasons` are places in `REASONS`, 0 says that a text is a statement; of others nothing is kept
    but `same`. Text i has the terms `terms[term_starts[i]:term_starts[i + 1]]` (distinct, without
    a scope), its claims likewise in `topics` (0: none), `contents` and `negative`, packed in
    `records[i]`.
    """

    reasons: NDArray[np.int64]
    same: Hashes
    term_starts: Ends
    terms: Hashes
    claim_starts: Ends
    topics: Hashes
    contents: Hashes
    negative: NDArray[np.bool_]
    records: list[bytes]


def parse(texts: Sequence[str], *, weighed: bool = False, every: bool = False) -> Parsed:
    """Read texts, each one sentence.

    Where somebody has `weighed` them and said what kind they are, two words are enough; with
    `every` all of them are statements, since they were taken for such before.
    """
    kept = [keep(text, weighed=weighed or every, every=every) for text in texts]
    claims = [claim for each in kept for claim in each.claims]
    return Parsed(
        reasons=np.array([REASONS.index(each.reason) for each in kept], np.int64),
        same=np.array([each.same for each in kept], np.uint64),
        term_starts=_starts([len(each.terms) for each in kept]),
        terms=np.array([term for each in kept for term in each.terms], np.uint64),
        claim_starts=_starts([len(each.claims) for each in kept]),
        topics=np.array([claim.topic for claim in claims], np.uint64),
        contents=np.array([claim.content for claim in claims], np.uint64),
        negative=np.array([claim.negative for claim in claims], np.bool_),
        records=[pack(each.claims) for each in kept],
    )


def _starts(sizes: Sequence[int]) -> Ends:
    """Where parts of these sizes begin that lie one behind the other, and the end of the last."""
    starts = np.zeros(len(sizes) + 1, np.int64)
    np.cumsum(sizes, out=starts[1:])
    return starts
