"""What has taken whose place: the claims of facts that a newer fact speaks of otherwise.

A claim is stale where a newer fact claims something about its topic, or says the opposite of it,
or where its own fact does further on. By kernels it is one call, which reads the records of the
facts as the library keeps them (`store.claim_records`); else it goes step by step.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from workbench import kernels
from workbench.memory.facts.parsing.sentences import rows as claims_in
from workbench.memory.facts.parsing.sentences import sentence
from workbench.memory.facts.taking_in import DENIED, stance
from workbench.memory.postings import addresses as at_
from workbench.memory.postings import reading
from workbench.memory.postings.addresses import FIRST, SEGMENTS, WIDTH, f64, i64
from workbench.memory.postings.arrays import F64, I32, I64, ONE, U8, U64, whole
from workbench.memory.postings.batch import DENIAL, TOPIC
from workbench.memory.postings.index import Postings
from workbench.memory.postings.lookup import frequency_at, place_of, run_of
from workbench.memory.postings.salting import salted, salted_in, salting
from workbench.memory.postings.segment import BITMAP, LIST
from workbench.memory.postings.tail import newest, room, slot_of
from workbench.store import claim_records
from workbench.store.claim_records import NEGATIVE, TOPICAL, VERSION, ClaimRecordError, ClaimRow
from workbench.store.facts import FactRow

#: Facts of a topic that are looked at in one go, then in the next, the newest first.
_STEPS = (16, 1024, -1)
#: Bytes that a claim takes at least.
_LEAST = 14
#: What is given for records that cannot be read.
_UNREADABLE = -1
_FLAGGED = 0x7FFFFFFF


def stale(
    postings: Postings, found: Sequence[FactRow], as_of: float | None = None
) -> set[tuple[int, int]]:
    """The places of claims that something newer has taken the place of: (fact, place).

    `as_of` leaves out what holds only from later on.
    """
    if not found:
        return set()
    if reading.ready():
        pairs = _at_once(postings, found, as_of)
        if pairs is not None:
            return pairs
    return _step_by_step(postings, found, as_of)


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


# -- at once ---------------------------------------------------------------------------------------


def _at_once(
    postings: Postings, found: Sequence[FactRow], as_of: float | None
) -> set[tuple[int, int]] | None:
    """None where a record is missing or cannot be read, or the facts are of several scopes."""
    scope, end = found[0].scope, 0
    records: list[bytes] = []
    heads: list[tuple[int, float, int]] = []
    for row in found:
        record = row.claims
        if record is None or row.scope != scope:
            return None
        end += len(record)
        records.append(record)
        heads.append((row.id, row.at, end))
    if not end:
        return set()
    places = np.empty(2 * (end // _LEAST + 1), np.int64)
    state = postings.state
    lie = postings.addresses(state)
    held = _stale.run(
        lie.table, state.size, state.base, salting(scope),
        np.array(heads, np.float64), np.frombuffer(b"".join(records), np.uint8),
        _EVER if as_of is None else as_of, places,
    )  # fmt: skip
    if held < 0:
        return None
    if not held:
        return set()
    pairs = places[: 2 * held].tolist()
    return {(found[at].id, place) for at, place in zip(pairs[::2], pairs[1::2], strict=True)}


_EVER = float("inf")


@kernels.kernel
def _stale(
    table: I64,
    size: int,
    base: int,
    salt: np.uint64,
    facts: F64,
    records: U8,
    until: float,
    found: I64,
) -> int:
    """Put (place among the facts, place among its claims) of stale claims into `found`; how many.

    The columns of `facts` are ids, since when they hold, and where their records end; `until`
    leaves out what holds only from later on. `_UNREADABLE` where a record is none.
    """
    held, begin = 0, 0
    most = records.size // _LEAST + 1
    topics, contents = np.empty(most, np.uint64), np.empty(most, np.uint64)
    negative = np.empty(most, np.int64)
    for i in range(facts.shape[0]):
        end = int(facts[i, 2])
        claims = _claims(records, begin, end, topics, contents, negative)
        if claims < 0:
            return _UNREADABLE
        begin = end
        for place in range(claims):
            topic, content = topics[place], contents[place]
            own = False
            for later in range(place + 1, claims):
                if topic and topics[later] == topic:
                    own = True
                if contents[later] == content and negative[later] != negative[place]:
                    own = True
            if not own and topic:
                # Of its topic it is one itself.
                term = salted_in(topic, salt) ^ TOPIC
                own = _taken(table, size, base, term, 2, facts[i, 1], int(facts[i, 0]), until)
            if not own:
                against = content if negative[place] else content ^ DENIED
                term = salted_in(against, salt) ^ DENIAL
                own = _taken(table, size, base, term, 1, facts[i, 1], int(facts[i, 0]), until)
            if own:
                found[2 * held] = i
                found[2 * held + 1] = place
                held += 1
    return held


@kernels.inner
def _claims(records: U8, begin: int, end: int, topics: U64, contents: U64, negative: I64) -> int:
    """Read a record; how many claims it has, or -1 for one that cannot be read."""
    if begin == end:
        return 0
    if records[begin] != VERSION:
        return -1
    at, held = begin + 1, 0
    while at < end:
        flags = whole(records[at])
        at += 1
        for _ in range(4):
            while at < end and records[at] & 0x80:
                at += 1
            at += 1
        if at >= end:
            return -1
        at += 1 + whole(records[at])
        needed = 16 if flags & TOPICAL else 8
        if at + needed > end:
            return -1
        topics[held] = np.uint64(0)
        if flags & TOPICAL:
            topics[held] = _number(records, at)
            at += 8
        contents[held] = _number(records, at)
        at += 8
        negative[held] = flags & NEGATIVE
        held += 1
    return held


@kernels.inner
def _number(records: U8, at: int) -> np.uint64:
    number = np.uint64(0)
    for place in range(7, -1, -1):
        number = (number << np.uint64(8)) | np.uint64(records[at + place])
    return number


@kernels.inner
def _taken(
    table: I64,
    size: int,
    base: int,
    term: np.uint64,
    least: int,
    since: float,
    id: int,
    until: float,
) -> bool:
    """Whether at least so many facts hold a term and one of them is newer than this one."""
    segments = table[SEGMENTS]
    places = np.empty(segments, np.int64)
    number, slot = 0, -1
    for at in range(segments):
        head = FIRST + at * WIDTH
        keys, radix = at_.keys_of(table, head)
        places[at] = place_of(keys, radix, table[head + at_.BITS], term)
        if places[at] >= 0:
            pool, _, _ = at_.pool_of(table, head)
            number += frequency_at(pool, places[at])
    keys, heads, numbers = at_.slots_of(table)
    if size > 0:
        slot = slot_of(keys, term)
        number += whole(numbers[slot])
    if number < least:
        return False
    if size > 0 and _newer_in_tail(table, size, heads, slot, since, id, until):
        return True
    for at in range(segments - 1, -1, -1):
        if places[at] >= 0 and _newer_in_segment(
            table, FIRST + at * WIDTH, places[at], since, id, until
        ):
            return True
    return False


@kernels.inner
def _newer_in_tail(
    table: I64, size: int, heads: I32, slot: int, since: float, id: int, until: float
) -> bool:
    _, owner, older, _, live = at_.entries_of(table)
    ids, times = i64(table[at_.IDS], table[at_.FACTS]), f64(table[at_.AT], table[at_.FACTS])
    entry = newest(heads, owner, older, slot, size)
    while entry >= 0:
        fact = whole(owner[entry])
        if live[fact] and _later(times[fact], ids[fact], since, id, until):
            return True
        entry = whole(older[entry])
    return False


@kernels.inner
def _newer_in_segment(
    table: I64, head: int, place: int, since: float, id: int, until: float
) -> bool:
    pool, bitmaps, live = at_.pool_of(table, head)
    first = last = place
    start = whole(pool[place])
    if start & LIST:
        first = (start & _FLAGGED) + 1
        length = whole(pool[first - 1])
        last = first + length - 1
        if length & BITMAP:
            row = length & _FLAGGED
            for word in range(live.size - 1, -1, -1):
                mask = bitmaps[row, word] & live[word]
                for bit in range(63, -1, -1):
                    if (mask >> np.uint64(bit)) & ONE and _fact_later(
                        table, head, word * 64 + bit, since, id, until
                    ):
                        return True
            return False
    for at in range(last, first - 1, -1):
        doc = whole(pool[at])
        alive = (live[doc >> 6] >> np.uint64(doc & 63)) & ONE
        if alive and _fact_later(table, head, doc, since, id, until):
            return True
    return False


@kernels.inner
def _fact_later(table: I64, head: int, doc: int, since: float, id: int, until: float) -> bool:
    begins, times = at_.times_of(table, head)
    low, high = 0, begins.size - 1
    while low < high:
        middle = (low + high + 1) >> 1
        if whole(begins[middle]) <= doc:
            low = middle
        else:
            high = middle - 1
    ordinals, values, _ = at_.ids_of(table)
    ordinal = doc + table[head + at_.BASE]
    run = run_of(ordinals, ordinal)
    return _later(times[low], values[run] + ordinal - ordinals[run], since, id, until)


@kernels.inner
def _later(at: float, one: int, since: float, id: int, until: float) -> bool:
    """Whether a fact is newer than another one, and not of after `until`."""
    return at <= until and (at > since or (at == since and one > id))


@kernels.warm_up
def _warm() -> None:
    empty = np.zeros(0, np.int64)
    held = at_.Addresses((), room(1, 4), empty, empty)
    records = np.frombuffer(b"\x00", np.uint8)
    _stale(held.table, 0, 0, np.uint64(1), np.zeros((1, 3)), records, 0.0, empty)


# -- step by step ----------------------------------------------------------------------------------


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
            salted(claim.topic, scope) ^ int(TOPIC) if claim.topic else 0,
            salted(stance(claim.content, not claim.negative), scope) ^ int(DENIAL),
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


def _step_by_step(
    postings: Postings, found: Sequence[FactRow], as_of: float | None
) -> set[tuple[int, int]]:
    keys = [_keys_of(row) for row in found]
    terms = np.concatenate([each.terms for each in keys])
    numbers = postings.frequency(terms).tolist()
    newest: dict[int, list[tuple[I64, F64]]] = {}
    stale: set[tuple[int, int]] = set()
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
                stale.add((row.id, place))
            at += 2
    return stale


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
            ids = postings.meeting([np.array([term], np.uint64)], limit)
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
