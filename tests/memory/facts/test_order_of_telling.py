"""What was told later counts, whatever the clock said; times that people state count as stated."""

import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from workbench import Library
from workbench.cli.main import main

_DAY = 86_400.0
_YEAR = 365 * _DAY
_NOW = datetime(2027, 3, 1, 12).timestamp()


class Clock:
    """A clock that is set by hand."""

    def __init__(self, at: float = _NOW) -> None:
        self.at = at

    def __call__(self) -> float:
        self.at += 0.001
        return self.at


def plan(library: Library, **how: str | None) -> str | None:
    found = library.facts.value("What is my plan?", **how)
    return None if found is None else found.value


def one(library: Library, text: str) -> None:
    library.facts.tell(text)


def several(library: Library, text: str) -> None:
    library.facts.tell(f"The harbour is deep in week {time.monotonic_ns()}. {text}")


def by_a_teller(library: Library, text: str) -> None:
    library.facts.tell(text, source="Ann")


@pytest.mark.slow
@pytest.mark.parametrize("tell", [one, several, by_a_teller])
@pytest.mark.parametrize("made", [-_YEAR, 0.0], ids=["an older library", "a new library"])
@pytest.mark.parametrize("collection", [None, "Work"])
def test_a_fact_of_a_clock_that_was_a_year_ahead_gives_way(
    tmp_path: Path, tell: Callable[[Library, str], None], made: float, collection: str | None
) -> None:
    clock = Clock(_NOW + made)
    with Library.open(tmp_path / "a.brain", clock=clock) as library:
        clock.at = _NOW + _YEAR
        library.facts.tell("My plan is pro.", collection=collection)
    clock.at = _NOW
    with Library.open(tmp_path / "a.brain", clock=clock) as library:
        if collection is None:
            tell(library, "My plan is free.")
        else:
            library.facts.tell("My plan is free.", collection=collection)
        assert plan(library, collection=collection) == "free"
        clock.at += _DAY
        library.facts.tell("My plan is team.", collection=collection)
        assert plan(library, collection=collection) == "team"
        assert [fact.text for fact in library.facts.history("my plan", collection=collection)] == [
            "My plan is pro.",
            "My plan is free.",
            "My plan is team.",
        ]
    # As a fresh index and another program see it.
    with Library.open(tmp_path / "a.brain", clock=clock) as library:
        library.verify(repair=True)
        assert plan(library, collection=collection) == "team"


def test_the_clock_goes_back_while_the_library_is_open(tmp_path: Path) -> None:
    clock = Clock()
    with Library.open(tmp_path / "a.brain", clock=clock) as library:
        clock.at = _NOW + _YEAR
        for number in range(30):
            library.facts.tell(f"Plan {number} is old.")
        library.facts.tell("My plan is pro.")
        clock.at = _NOW
        library.facts.tell("My plan is free.")
        assert plan(library) == "free"
        assert plan(library, as_of=datetime.fromtimestamp(_NOW + _DAY).isoformat()) == "free"


def test_a_clock_that_has_lost_the_date_does_not_make_the_library_old(tmp_path: Path) -> None:
    clock = Clock()
    with Library.open(tmp_path / "a.brain", clock=clock) as library:
        library.facts.tell("My plan is pro.")
        clock.at = 86_400.0
        library.facts.tell("My plan is free.")
        assert plan(library) == "free"
        clock.at = _NOW + _DAY
        assert plan(library) == "free"
        history = library.facts.history("my plan")
        assert [fact.text for fact in history] == ["My plan is pro.", "My plan is free."]
        assert all(_NOW <= fact.at < _NOW + _DAY for fact in history)


def test_times_that_are_stated_count_beside_the_order(tmp_path: Path) -> None:
    clock = Clock()
    with Library.open(tmp_path / "a.brain", clock=clock) as library:
        clock.at = _NOW + _YEAR
        library.facts.tell("My plan is pro.")
        clock.at = _NOW
        library.facts.tell("My plan is free.")
        library.facts.tell("My plan is max.", at="2027-04-01")
        library.facts.tell("My plan was basic.", at="2026-01-01")
        assert plan(library) == "free"
        clock.at = _NOW + 60 * _DAY
        assert plan(library) == "max"


def test_going_back_is_told_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.brain"
    with Library.open(file, clock=lambda: time.time() + _YEAR) as library:
        assert library.notice == ""
        library.facts.tell("My plan is pro.")
    with Library.open(file) as library:
        assert "clock" in library.notice
        assert datetime.fromtimestamp(time.time() + _YEAR).strftime("%Y") in library.notice
    main(["--library", str(file), "value", "What is my plan?"])
    told = capsys.readouterr().err
    assert told.count("clock") == 1
    main(["--library", str(file), "--quiet", "remember", "My plan is free."])
    assert "clock" not in capsys.readouterr().err
    # Once something was told by the right clock, the order of telling is known.
    with Library.open(file) as library:
        assert library.notice == ""


def test_a_stated_time_to_come_is_no_wrong_clock(tmp_path: Path) -> None:
    clock = Clock()
    with Library.open(tmp_path / "a.brain", clock=clock) as library:
        library.facts.tell("My plan is max.", at="2027-12-01")
    with Library.open(tmp_path / "a.brain", clock=clock) as library:
        assert library.notice == ""


def test_a_tomorrow_of_another_day_is_dated() -> None:
    clock = Clock()
    with Library.open(":memory:", clock=clock) as library:
        library.facts.tell("The plumber comes tomorrow between 8 and 10.")
        library.facts.tell("The parcel arrived last Friday.")

        def said(question: str) -> str | None:
            found = library.facts.value(question)
            return None if found is None else found.value

        assert said("When does the plumber come?") == "tomorrow between 8 and 10"
        clock.at += 7 * _DAY
        assert said("When does the plumber come?") == "tomorrow between 8 and 10 (2 March 2027)"
        assert said("When did the parcel arrive?") == "last Friday (said on 1 March 2027)"
