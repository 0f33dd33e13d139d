"""What the index takes in: parsed facts as a batch of its terms, and facts of the library anew.

Every fact has one term more than its words: that of belonging to its scope. What it says or denies
is a key as well, by which it finds what it contradicts.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from workbench import kernels
from workbench.memory import hashing
from workbench.memory.facts.parsing.parser import One, Parsed, Parser
from workbench.memory.postings.arrays import F64, I32, I64, U64
from workbench.memory.postings.batch import DENIAL, SAME, TOPIC, Batch
from workbench.memory.postings.salting import salt, salted_in
from workbench.store.facts import FeedRow

#: The term of every fact of a scope, before it is salted.
EVERY = hashing.word_hash("every fact", "scope")
#: What is denied, and what is said after all, are told apart by this.
_DENIED = 0x9E3779B97F4A7C15
_EVERY_64 = np.uint64(EVERY)
DENIED = np.uint64(_DENIED)
_NONE = np.uint64(0)


def stance(content: int, negative: bool) -> int:
    """The key of saying something, or of denying it; see `ClaimRow.content`."""
    return content ^ _DENIED if negative else content


def batch(parsed: Parsed, chosen: Sequence[int], ids: I64, at: F64, scopes: Sequence[int]) -> Batch:
    """The facts at these places of what was parsed, as the index takes them in.

    `ids`, `at` and `scopes` are those of the chosen ones; one scope may stand for all.
    """
    count, known = len(chosen), sorted(set(scopes))
    claims = len(parsed.topics)
    starts, claim_starts = np.zeros(count + 1, np.int32), np.zeros(count + 1, np.int32)
    terms = np.empty(len(parsed.terms) + count, np.uint64)
    same = np.empty(count, np.uint64)
    topics, denials = np.empty(claims, np.uint64), np.empty(claims, np.uint64)
    salts = np.array([salt(scope) for scope in scopes], np.uint64)
    seasoned(
        np.array(chosen, np.int64), salts, parsed.term_starts, parsed.terms, parsed.same,
        parsed.claim_starts, parsed.topics, parsed.contents, parsed.negative,
        starts, terms, same, claim_starts, topics, denials,
    )  # fmt: skip
    return Batch(
        ids=ids,
        at=at,
        starts=starts,
        terms=terms[: starts[-1]],
        same=same,
        claim_starts=claim_starts,
        topics=topics[: claim_starts[-1]],
        denials=denials[: claim_starts[-1]],
        words=tuple(parsed.words),
        scopes=tuple(known),
    )


@kernels.kernel
def seasoned(
    chosen: I64,
    salts: U64,
    term_starts: I64,
    terms: U64,
    same: U64,
    claim_starts: I64,
    topics: U64,
    contents: U64,
    negative: NDArray[np.bool_],
    to_starts: I32,
    to_terms: U64,
    to_same: U64,
    to_claim_starts: I32,
    to_topics: U64,
    to_denials: U64,
) -> None:
    """Salt the keys of the chosen facts and put them one behind the other; see `batch`."""
    at = claim = 0
    for i in range(chosen.size):
        place = chosen[i]
        mixed = salts[i] if salts.size > 1 else salts[0]
        for j in range(term_starts[place], term_starts[place + 1]):
            to_terms[at] = salted_in(terms[j], mixed)
            at += 1
        to_terms[at] = salted_in(_EVERY_64, mixed)
        at += 1
        to_starts[i + 1] = at
        to_same[i] = salted_in(same[place], mixed)
        for j in range(claim_starts[place], claim_starts[place + 1]):
            to_topics[claim] = salted_in(topics[j], mixed) if topics[j] != _NONE else _NONE
            content = contents[j] ^ DENIED if negative[j] else contents[j]
            to_denials[claim] = salted_in(content, mixed)
            claim += 1
        to_claim_starts[i + 1] = claim


def keys_of(one: One, scope: int, same: int) -> U64:
    """All that one statement is found by, marked; `same` is its salted dedup key."""
    terms, claims = one.terms, one.claims
    keys = np.empty(len(terms) + 2 + 2 * claims.shape[1], np.uint64)
    keys[-1] = same
    return keys[: one_seasoned.run(_salt(scope), terms, claims, keys)]


@lru_cache(maxsize=1024)
def _salt(scope: int) -> U64:
    return np.array([salt(scope)], np.uint64)


@kernels.kernel
def one_seasoned(salts: U64, terms: I64, claims: I64, keys: U64) -> int:
    """Salt and mark what one fact is found by; the last of `keys` is its dedup key. How many."""
    mixed, same = salts[0], keys[keys.size - 1]
    own, parts = terms.view(np.uint64), claims.view(np.uint64)
    for j in range(own.size):
        keys[j] = salted_in(own[j], mixed)
    at = own.size
    keys[at] = salted_in(_EVERY_64, mixed)
    keys[at + 1] = same ^ SAME
    at += 2
    for j in range(parts.shape[1]):
        if parts[0, j] != _NONE:
            keys[at] = salted_in(parts[0, j], mixed) ^ TOPIC
            at += 1
        content = parts[1, j]
        if claims[2, j] != 0:
            content ^= DENIED
        keys[at] = salted_in(content, mixed) ^ DENIAL
        at += 1
    return at


def replayed(parser: Parser, rows: Sequence[FeedRow]) -> tuple[Batch, list[tuple[int, bytes]]]:
    """Facts of the library as a batch, and the records that are not as they are stored."""
    parsed = parser.parse([row[2] for row in rows], every=True)
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


@kernels.warm_up
def _warm() -> None:
    one, none = np.ones(1, np.uint64), np.zeros(1, np.int64)
    starts, to_starts = np.array([0, 1]), np.zeros(2, np.int32)
    seasoned(none, one, starts, one, one, starts, one, one, np.ones(1, np.bool_), to_starts,
             np.zeros(2, np.uint64), one, to_starts, one, one)  # fmt: skip
    one_seasoned(one, none, np.zeros((3, 1), np.int64), np.zeros(5, np.uint64))
