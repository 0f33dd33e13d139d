"""What the index takes in: parsed facts as a batch of its terms, and facts of the library anew.

Every fact has one term more than its words: that of belonging to its scope. What it says or denies
is a key as well, by which it finds what it contradicts.
"""

from collections.abc import Sequence

import numpy as np

from workbench.memory import hashing
from workbench.memory.facts.parsing.parser import Parsed, parse
from workbench.memory.postings.arrays import F64, I64
from workbench.memory.postings.batch import Batch
from workbench.memory.postings.salting import salt, salted_with
from workbench.store.facts import FeedRow

#: The term of every fact of a scope, before it is salted.
EVERY = hashing.word_hash("every fact", "scope")
#: What is denied, and what is said after all, are told apart by this.
_DENIED = 0x9E3779B97F4A7C15
DENIED = np.uint64(_DENIED)


def stance(content: int, negative: bool) -> int:
    """The key of saying something, or of denying it; see `ClaimRow.content`."""
    return content ^ _DENIED if negative else content


def batch(parsed: Parsed, chosen: Sequence[int], ids: I64, at: F64, scopes: Sequence[int]) -> Batch:
    """The facts at these places of what was parsed, as the index takes them in.

    `ids`, `at` and `scopes` are those of the chosen ones; one scope may stand for all.
    """
    places = np.array(chosen, np.int64)
    salts = np.array([salt(scope) for scope in scopes], np.uint64)
    each_salt = salts if len(salts) == len(places) else np.repeat(salts, len(places))
    terms, ends = _parts(parsed.term_starts, places)
    claims, claim_ends = _parts(parsed.claim_starts, places)
    words = np.insert(parsed.terms[terms], ends[1:], EVERY)
    starts = ends + np.arange(len(ends))
    claim_salts = np.repeat(each_salt, np.diff(claim_ends))
    topics = parsed.topics[claims]
    contents = np.where(parsed.negative[claims], parsed.contents[claims] ^ DENIED,
                        parsed.contents[claims])  # fmt: skip
    return Batch(
        ids=ids,
        at=at,
        starts=starts.astype(np.int32),
        terms=salted_with(words, np.repeat(each_salt, np.diff(starts))),
        same=salted_with(parsed.same[places], each_salt),
        claim_starts=claim_ends.astype(np.int32),
        topics=np.where(topics != 0, salted_with(topics, claim_salts), np.uint64(0)),
        denials=salted_with(contents, claim_salts),
    )


def _parts(starts: I64, places: I64) -> tuple[I64, I64]:
    """Where all is that lies in these parts, and where each begins once they lie side by side."""
    sizes = starts[places + 1] - starts[places]
    ends = np.zeros(len(places) + 1, np.int64)
    np.cumsum(sizes, out=ends[1:])
    return np.arange(ends[-1]) + np.repeat(starts[places] - ends[:-1], sizes), ends


def replayed(rows: Sequence[FeedRow]) -> tuple[Batch, list[tuple[int, bytes]]]:
    """Facts of the library as a batch, and the records that are not as they are stored."""
    parsed = parse([row[2] for row in rows], every=True)
    made = batch(
        parsed,
        range(len(rows)),
        np.array([row[0] for row in rows], np.int64),
        np.array([row[3] for row in rows], np.float64),
        [row[1] for row in rows],
    )
    anew = [
        (row[0], record)
        for row, record in zip(rows, parsed.records, strict=True)
        if row[4] != record
    ]
    return made, anew
