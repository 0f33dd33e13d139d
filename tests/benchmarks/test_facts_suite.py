"""The suite `facts`: its rows are the agreed ones, what it measures on is what it says it is."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.benchmarks import fact_quality, fact_sets, made_facts
from tests.benchmarks.__main__ import main
from tests.benchmarks.fact_child import percentile, timed
from tests.benchmarks.fact_sets import Asked
from tests.benchmarks.facts import GOALS, Size, run, up_to
from tests.patience import seconds
from workbench.library import Library


# Machine code may have to be made first.
@pytest.mark.timeout(seconds(500))
@pytest.mark.slow
def test_every_row_that_small_sizes_allow_is_measured() -> None:
    said: list[str] = []
    size = Size((1000, 2000), 1000, seconds=0.05, times=1, needles=2000)
    rows = run(said.append, size)
    assert [row.name for row in rows][: len(GOALS)] == list(GOALS)
    assert len({row.name for row in rows}) == len(rows)
    missing = {row.name for row in rows if row.value is None}
    assert all(name.endswith(("1M", "_50k", "_200k", "_in_50k")) for name in missing)


def test_other_sizes_measure_nothing_on_a_larger_library() -> None:
    size = up_to((1000, 60_000))
    assert (size.written, size.needles) == (60_000, 50_000)


@pytest.mark.slow
def test_told_facts_are_the_same_from_any_place_on() -> None:
    facts = list(made_facts.facts(0, 2000))
    assert facts[1000:1010] == list(made_facts.facts(1000, 1010))
    assert all(made_facts.COMMON in fact for fact in facts)
    assert all(made_facts.key(place) in fact for place, fact in enumerate(facts))
    north, south = (
        {i for i, f in enumerate(facts) if w in f} for w in (made_facts.NORTH, made_facts.SOUTH)
    )
    assert not north & south
    assert 500 < len(north) < 700
    assert 500 < len(south) < 700
    assert 45 < sum(map(len, facts)) / len(facts) < 62


@given(st.integers(0, 10**8 - 1), st.integers(0, 10**8 - 1))
def test_no_two_numbers_have_one_name(one: int, other: int) -> None:
    assert (made_facts.name(one) == made_facts.name(other)) == (one == other)
    assert made_facts.slipped(made_facts.name(one)) != made_facts.name(other)


@pytest.mark.slow
def test_a_library_of_told_facts_knows_every_owner() -> None:
    with Library.open(":memory:") as library:
        library.facts.tell("\n".join(made_facts.facts(0, 400)))
        for place in made_facts.places(400, 20):
            answer = library.facts.value(f"who owns the project {made_facts.key(place)}?")
            assert answer is not None
            assert answer.value == made_facts.owner(place)


def test_sets_are_as_large_as_their_names_say_and_share_no_names() -> None:
    sets = [*fact_sets.every(), fact_sets.needles()]
    for each in sets:
        assert len(each.asked) == int(each.name.rsplit("_", 1)[1])
        assert len({asked.question for asked in each.asked}) == len(each.asked)
        assert len(set(each.told)) == len(each.told)
        assert "{" not in "".join((*each.told, *(a.question for a in each.asked)))
    for phrasing in (0, 1):
        facts, chains = fact_sets.organisations(phrasing)
        assert len(chains) == 48
        assert all(any(start in fact for fact in facts) for start, _, _ in chains)


@pytest.mark.parametrize(
    ("value", "right", "verdict"),
    [
        ("The Oak Table.", ("oak table",), True),
        ("oak", ("oak table",), False),
        (None, (), True),
        (None, ("x",), False),
        ("x", (), False),
    ],
)
def test_a_value_is_right_when_the_set_names_it(
    value: str | None, right: tuple[str, ...], verdict: bool
) -> None:
    assert fact_quality.right(value, Asked("?", right)) is verdict


def test_percentiles_and_times_are_of_the_calls_that_were_made() -> None:
    assert percentile(list(range(1, 101)), 99) == 99
    assert percentile([5], 99) == 5
    calls: list[int] = []
    figures = timed(calls.append, range(30), 10)
    assert (figures["times"], calls) == (30, list(range(30)))
    assert timed(calls.append, range(30), 0)["times"] == 5


@pytest.mark.parametrize(
    "words",
    [
        ["books", "--sizes", "1k"],
        ["facts", "--sizes", "few"],
        ["facts", "--sizes", "1k,,2k"],
        ["facts", "--sizes", "5"],
        ["facts", "--sizes", "1000M"],
    ],
)
def test_sizes_that_cannot_be_are_told_before_anything_runs(
    words: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with pytest.raises(SystemExit) as refused:
        main(words)
    assert refused.value.code == 2
    assert "sizes" in capsys.readouterr().err
