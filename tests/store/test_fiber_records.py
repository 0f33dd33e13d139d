"""Packed ways come back as they were; what is cut off or has lost a member is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.store.fiber_records import (
    FiberRecordError,
    Pathway,
    Step,
    Tie,
    members,
    pack,
    unpack,
)

_STEPS = st.lists(
    st.builds(
        lambda concept, type, weight, start, size: Step(
            concept, type, weight / 255, start, start + size
        ),
        st.integers(1, 2**40),
        st.integers(1, 99),
        st.integers(0, 255),
        st.integers(0, 10**6),
        st.integers(0, 10**4),
    ),
    min_size=1,
    max_size=20,
)


@st.composite
def _ways(draw: st.DrawFn) -> Pathway:
    steps = draw(_STEPS)
    place = st.integers(0, len(steps) - 1)
    ties = draw(st.lists(st.builds(Tie, place, st.integers(1, 99), place), max_size=30))
    return Pathway(tuple(steps), tuple(ties))


@pytest.mark.slow
@given(_ways())
def test_a_way_comes_back_as_it_was(way: Pathway) -> None:
    packed = pack(way.steps, way.ties)
    assert unpack(packed) == way


@pytest.mark.slow
@given(_ways(), st.data())
def test_one_that_is_cut_off_is_refused_or_shorter(way: Pathway, data: st.DataObject) -> None:
    packed = pack(way.steps, way.ties)
    cut = packed[: data.draw(st.integers(0, len(packed) - 1))]
    try:
        found = unpack(cut)
    except FiberRecordError:
        return
    assert found.steps == way.steps
    assert found.ties == way.ties[: len(found.ties)]


@given(st.binary(max_size=60))
def test_no_bytes_raise_anything_else(data: bytes) -> None:
    for read in (unpack, members):
        try:
            read(data)
        except FiberRecordError:
            continue


def test_a_tie_to_a_member_that_is_missing_is_refused() -> None:
    with pytest.raises(FiberRecordError, match="missing member"):
        unpack(pack([(1, 3, 1.0, 0, 4)], [(0, 20, 5)]))


def test_a_later_version_is_refused() -> None:
    with pytest.raises(FiberRecordError):
        unpack(b"\xff" + pack([(1, 3, 1.0, 0, 4)], [])[1:])
