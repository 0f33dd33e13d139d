"""Packed claims come back as they were; what is cut off or of a later version is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.store.claim_records import ClaimRecordError, ClaimRow, pack, unpack

_SPANS = st.tuples(st.integers(0, 10**7), st.integers(0, 10**6)).map(lambda s: (s[0], sum(s)))
_ROWS = st.builds(
    ClaimRow,
    subject=_SPANS,
    relation=st.sampled_from(["is", "live", "reschedule", "übergeben"]),
    value=_SPANS,
    topic=st.one_of(st.just(0), st.integers(1, 2**64 - 1)),
    content=st.integers(1, 2**64 - 1),
    negative=st.booleans(),
    ended=st.booleans(),
    doubtful=st.booleans(),
)


@pytest.mark.slow
@given(st.lists(_ROWS, max_size=5))
def test_claims_come_back_as_they_were(rows: list[ClaimRow]) -> None:
    assert unpack(pack(rows)) == tuple(rows)


def test_no_claims_take_no_bytes_and_one_takes_few() -> None:
    assert pack([]) == b""
    assert len(pack([ClaimRow((0, 20), "weigh", (130, 150), 1, 1)])) <= 35


@pytest.mark.slow
@given(st.lists(_ROWS, min_size=1, max_size=3), st.data())
def test_claims_that_are_cut_off_are_refused_or_fewer(
    rows: list[ClaimRow], data: st.DataObject
) -> None:
    packed = pack(rows)
    cut = packed[: data.draw(st.integers(1, len(packed) - 1))]
    try:
        found = unpack(cut)
    except ClaimRecordError:
        return
    assert found == tuple(rows)[: len(found)]
    assert len(found) < len(rows)


def test_a_later_version_is_refused() -> None:
    with pytest.raises(ClaimRecordError, match="version 9"):
        unpack(b"\x09abc")


def test_doubt_lowers_confidence() -> None:
    assert ClaimRow((0, 1), "is", (2, 3), 1, 1).confidence == 1.0
    assert ClaimRow((0, 1), "is", (2, 3), 1, 1, doubtful=True).confidence < 1.0
