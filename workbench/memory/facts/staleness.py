"""Supersession: which claims a newer fact replaced.

A claim is stale where a newer fact claims something about its topic, or says the opposite of it,
or where its own fact does further on.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from workbench.arrays import F64, I64, U64
from workbench.memory.facts.index_entries import stance
from workbench.memory.facts.parsing.sentences import rows as claims_in
from workbench.memory.facts.parsing.sentences import sentence
from workbench.memory.postings.entries import DENIAL, TOPIC, salted
from workbench.memory.postings.index import Postings
from workbench.store import claim_records
from workbench.store.claim_records import ClaimRecordError, ClaimRow
from workbench.store.facts import FactRow

#: Facts of a topic that are looked at in one go, then in the next, the newest first.
_STEPS = (16, 1024, -1)


def stale(
    postings: Postings, found: Sequence[FactRow], as_of: float | None = None
) -> set[tuple[int, int]]:
    """The places of claims that something newer has taken the place of: (fact, place).

    `as_of` leaves out what holds only from later on.
    """
    if not found:
        return set()
    keys = [_keys_of(row) for row in found]
    terms = np.concatenate([each.terms for each in keys])
    numbers = postings.frequency(terms).tolist()
    newest: dict[int, list[tuple[I64, F64]]] = {}
    taken: set[tuple[int, int]] = set()
    at = 0
    for row, each in zip(found, keys, strict=True):
        for place, own in enumerate(each.own):
            topical, denied = numbers[at], numbers[at + 1]
            # Of its topic it is one itself.
            if (
                own
                or (topical > 1 and _newer(postings, int(terms[at]), newest, row, as_of))
                or (denied and _newer(postings, int(terms[at + 1]), newest, row, as_of))
            ):
                taken.add((row.id, place))
            at += 2
    return taken


@lru_cache(maxsize=4096)
def _unpacked(record: bytes) -> tuple[ClaimRow, ...]:
    return claim_records.unpack(record)


def claims_of(row: FactRow) -> tuple[ClaimRow, ...]:
    """What a fact claims, in order."""
    if row.claims is not None:
        try:
            return _unpacked(row.claims)
        except ClaimRecordError:
            pass
    return claims_in(sentence(row.text))


class _Keys(NamedTuple):
    """What a fact's claims are looked up by: for each its topic (or 0) and what denies it.

    `own` says which of them the fact itself takes back.
    """

    terms: U64
    own: tuple[bool, ...]


@lru_cache(maxsize=4096)
def _keys_of_record(record: bytes, scope: int) -> _Keys:
    return _keys(_unpacked(record), scope)


def _keys(claims: Sequence[ClaimRow], scope: int) -> _Keys:
    terms = [
        term
        for claim in claims
        for term in (
            salted(claim.topic, scope) ^ TOPIC if claim.topic else 0,
            salted(stance(claim.content, not claim.negative), scope) ^ DENIAL,
        )
    ]
    own = tuple(
        any(
            (claim.topic and later.topic == claim.topic)
            or (later.content == claim.content and later.negative != claim.negative)
            for later in claims[place + 1 :]
        )
        for place, claim in enumerate(claims)
    )
    return _Keys(np.array(terms, np.uint64), own)


def _keys_of(row: FactRow) -> _Keys:
    if row.claims is not None:
        try:
            return _keys_of_record(row.claims, row.scope)
        except ClaimRecordError:
            pass
    return _keys(claims_of(row), row.scope)


def _newer(
    postings: Postings,
    term: int,
    newest: dict[int, list[tuple[I64, F64]]],
    row: FactRow,
    as_of: float | None,
) -> bool:
    """Whether a fact with this term is newer than this one, and not of after `as_of`."""
    looked = newest.setdefault(term, [])
    for step, limit in enumerate(_STEPS):
        if step == len(looked):
            ids = postings.meeting([[term]], limit)
            looked.append((ids, postings.at_of(ids)))
        ids, since = looked[step]
        later = (since > row.at) | ((since == row.at) & (ids > row.id))
        if as_of is not None:
            later &= since <= as_of
        if later.any():
            return True
        if limit < 0 or len(ids) < limit:
            return False
    return False
