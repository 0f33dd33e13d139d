"""Which windows there are, and what is near them."""

import numpy as np
import pytest

from workbench.memory import segment
from workbench.memory.segment import COLUMNS, Ordinals
from workbench.memory.snapshot import Snapshot
from workbench.recall.question import Term
from workbench.recall.windows import MAX_SENTENCES, MAX_WORDS, cut, nearness

_NOTHING: Ordinals = np.zeros(0, np.int32)


def _index(chance: np.random.Generator, size: int) -> Snapshot:
    """Sections of some sentences, flows of some sections, a few sentences that are gone."""
    ordinals = np.arange(size, dtype=np.int32)
    opens = chance.random(size) < 0.15
    opens[0] = True
    section = np.maximum.accumulate(np.where(opens, ordinals, 0)).astype(np.int32)
    joins = opens & (chance.random(size) < 0.4)
    joins[0] = True
    flow = np.maximum.accumulate(np.where(joins, ordinals, 0)).astype(np.int32)
    columns = {name: np.zeros(size, np.int32) for name in COLUMNS}
    columns |= {
        "section_start": section,
        "flow_start": flow,
        "words": chance.integers(1, 50, size).astype(np.int32),
        "source": np.where(chance.random(size) < 0.05, 0, 1 + flow // 7).astype(np.int32),
    }
    for name in ("section_start", "words"):
        # What is mapped from a file cannot be written to.
        columns[name].flags.writeable = False
    ends = np.array([size], np.int32)
    sections = np.concatenate([ordinals[opens], ends])
    before = np.concatenate([[0], np.cumsum(columns["words"])])
    flows = np.concatenate([ordinals[joins], ends])
    return Snapshot((), size, columns, before, sections, flows, columns["source"], {})


def _some(chance: np.random.Generator, size: int, share: float) -> Ordinals:
    return np.flatnonzero(chance.random(size) < share).astype(np.int32)


def _term(ordinals: Ordinals, exact: Ordinals, name: bool) -> Term:
    return Term("word", "word", (1,), ordinals, len(ordinals), exact, 1.0, 1.0, name, name)


def test_windows_are_the_longest_that_the_limits_allow() -> None:
    chance = np.random.default_rng(9)
    snapshot = _index(chance, 400)
    found = _some(chance, 400, 0.1)
    columns = snapshot.columns
    expected = []
    for start in range(400):
        end = start
        while (
            end < min(start + MAX_SENTENCES, 400)
            and columns["source"][end] > 0
            and columns["section_start"][end] == columns["section_start"][start]
            and (end == start or columns["words"][start : end + 1].sum() <= MAX_WORDS)
        ):
            end += 1
        if set(range(start, end)) & set(found.tolist()):
            expected.append((start, end))
    starts, ends = cut(snapshot, found)
    assert list(zip(starts.tolist(), ends.tolist(), strict=True)) == expected
    assert [len(each) for each in cut(snapshot, _NOTHING)] == [0, 0]


def test_what_is_near_counts_by_its_distance_in_what_is_read_in_one_go() -> None:
    columns = {name: np.zeros(60, np.int32) for name in COLUMNS}
    columns["flow_start"][50:] = 50
    both = np.array([0, 50, 60], np.int32)
    snapshot = Snapshot((), 60, columns, np.arange(61), both, both, columns["source"], {})
    starts = np.array([9, 10, 12, 13, 18, 19, 26, 27, 49, 50], np.int32)
    where = np.array([10], np.int32)
    plain = _term(where, where, False)
    near, _, inside = nearness(snapshot, [plain], starts, starts + np.int32(1))
    expected = [0.6, 1, 0.6, 0.4, 0.4, 0.25, 0.25, 0.1, 0.1, 0]
    assert near[0].tolist() == pytest.approx(expected)
    assert inside[0].tolist() == [0, 1, 0, 0, 0, 0, 0, 0, 0, 0]
    named = nearness(snapshot, [_term(where, where, True)], starts, starts + np.int32(1))
    assert named[0][0].tolist() == pytest.approx([0.9, 1, 0.9, 0.8, 0.8, 0.6, 0.6, 0.4, 0.4, 0])
    other = nearness(snapshot, [_term(where, _NOTHING, False)], starts, starts + np.int32(1))
    assert other[0][0, 1] == pytest.approx(0.9)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("share", [0.001, 0.03, 0.6])
def test_what_is_beside_and_how_often_is_what_comparing_all_says(seed: int, share: float) -> None:
    chance = np.random.default_rng(seed)
    snapshot = _index(chance, 700)
    held = [_some(chance, 700, share) for _ in range(2)]
    times = segment.stretch_counts(held[0], snapshot.sections[:-1], snapshot.sections[1:])
    assert times.sum() == len(held[0])
    apart = np.abs(held[0][:, None] - held[1][None, :])
    beside = segment.proximity(held[1], held[0], 2)
    assert beside.tolist() == (apart <= 2).any(axis=1).tolist()


@pytest.mark.parametrize(
    "numbers", [[], [4], [1, 1, 2, 7, 7, 7, 9], [5, 2, 2, 8, 5]], ids=["none", "one", "up", "mixed"]
)
def test_runs_are_the_different_numbers_and_where_each_stands(numbers: list[int]) -> None:
    given = np.array(numbers, np.int32)
    different, place = segment.runs(given)
    assert different.tolist() == sorted(set(numbers))
    assert different[place].tolist() == numbers
    if numbers == sorted(numbers):
        assert segment.distinct(given).tolist() == sorted(set(numbers))
        assert segment.count(given) == len(set(numbers))
    assert segment.joined(given, given[::-1]).tolist() == sorted(set(numbers))
