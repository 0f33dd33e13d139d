"""Facts put into the tail many at once come out as those put in one key after the other."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench import kernels
from workbench.memory.postings import recent_postings
from workbench.memory.postings.batch import Batch

_KEYS = st.integers(0, 12).map(lambda key: key << 18 | key)
_FACTS = st.lists(
    st.tuples(st.lists(_KEYS, max_size=5, unique=True), _KEYS,
              st.lists(st.tuples(_KEYS, _KEYS), max_size=3)),
    min_size=recent_postings._MANY, max_size=20,
)  # fmt: skip


def _batch(facts: list[tuple[list[int], int, list[tuple[int, int]]]], first: int) -> Batch:
    terms = [key for said, _, _ in facts for key in said]
    claims = [claim for _, _, held in facts for claim in held]
    return Batch(
        ids=np.arange(first, first + len(facts)),
        at=np.zeros(len(facts)),
        starts=np.cumsum([0, *(len(said) for said, _, _ in facts)]).astype(np.int32),
        terms=np.array(terms, np.uint64),
        same=np.array([same for _, same, _ in facts], np.uint64),
        claim_starts=np.cumsum([0, *(len(held) for _, _, held in facts)]).astype(np.int32),
        topics=np.array([topic for topic, _ in claims], np.uint64),
        denials=np.array([denial for _, denial in claims], np.uint64),
    )


def _one_by_one(to: recent_postings.Tail, size: int, batch: Batch) -> None:
    recent_postings.add.function(
        to.keys, to.heads, to.frequency, to.entries, to.owner, to.older, to.starts, to.filled,
        size, batch.starts, batch.terms, batch.same, batch.claim_starts, batch.topics,
        batch.denials,
    )  # fmt: skip


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(_FACTS, _FACTS)
def test_many_at_once_are_as_one_by_one(
    early: list[tuple[list[int], int, list[tuple[int, int]]]],
    late: list[tuple[list[int], int, list[tuple[int, int]]]],
) -> None:
    one, many = recent_postings.room(64, 1024), recent_postings.room(64, 1024)
    size = 0
    with kernels.interpreted():
        for facts in (early, late):
            batch = _batch(facts, size + 1)
            _one_by_one(one, size, batch)
            recent_postings.add_all(many, size, batch)
            size += len(facts)
        many = recent_postings.grown(many, size, 64, 2048)
    used = int(one.starts[size])
    assert many.starts[: size + 1].tolist() == one.starts[: size + 1].tolist()
    for name in ("entries", "owner", "older"):
        assert getattr(many, name)[:used].tolist() == getattr(one, name)[:used].tolist()
    assert many.filled[0] == one.filled[0]
    for key in set(one.entries[:used].tolist()):
        here, there = (recent_postings.slot_of(each.keys, np.uint64(key)) for each in (one, many))
        assert one.heads[here] == many.heads[there]
        assert one.frequency[here] == many.frequency[there]
