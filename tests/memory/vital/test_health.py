"""The grade of a library's health, and what it says is to be done."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.clock import Clock
from workbench.errors import NotFoundError
from workbench.library import Library
from workbench.memory.vital import grading
from workbench.memory.vital.survey import Survey
from workbench.store.questions import Lately
from workbench.store.vital import Touched

DAY = 86_400.0
NOW = 1_700_000_000.0


def test_an_empty_library_has_no_grade_and_says_so(library: Library) -> None:
    found = library.health()
    assert (found.grade, found.purity, found.memories) == (None, None, 0)
    assert found.message.startswith("There is nothing to grade yet")
    assert [part.value for part in found.parts] == [None] * 7
    assert sum(part.weight for part in found.parts) == pytest.approx(1.0)


def test_a_few_facts_are_too_little(library: Library) -> None:
    library.facts.tell("The plumber is Ines Roth.")
    found = library.health()
    assert found.grade is None
    assert "too little" in found.message
    assert found.memories == 1


@pytest.mark.slow
@pytest.mark.corpus
def test_a_library_of_one_book_is_well(library: Library, corpus: Path) -> None:
    library.add(corpus / "books" / "frankenstein.txt", collection="novels")
    library.graph.link(concepts_only=True)
    for found in (library.health(), library.health("novels")):
        assert found.grade == "A"
        assert "nothing needs doing" in found.message
    assert library.alerts() == []
    assert library.alerts("novels") == []


def test_questions_without_answers_cost_efficiency(library: Library) -> None:
    library.facts.tell("The plumber is Ines Roth.", collection="home")
    for _ in range(3):
        library.facts.value("who is the plumber?", collection="home")
        library.facts.value("what is the colour of the roof?", collection="home")
    parts = {part.name: part for part in library.health("home").parts}
    assert parts["efficiency"].value == pytest.approx(0.5)
    assert "Add sources" in parts["efficiency"].advice
    assert {part.name: part for part in library.health().parts}["efficiency"].value is not None


def test_what_lay_still_is_not_fresh(library: Library, clock: Clock) -> None:
    library.facts.tell("The plumber is Ines Roth.\nThe rent is 900 euros.")
    assert {part.name: part for part in library.health().parts}["freshness"].value == 1.0
    clock.now += 91 * DAY
    fresh = {part.name: part for part in library.health().parts}["freshness"]
    assert fresh.value == 0.0
    assert "reviews" in fresh.advice
    library.facts.value("what is the rent?")
    assert {part.name: part for part in library.health().parts}["freshness"].value == 0.5


def test_a_collection_must_be_there(library: Library) -> None:
    with pytest.raises(NotFoundError, match="no collection"):
        library.health("nowhere")


_SHARE = st.floats(0, 1)


@given(
    st.floats(0, 5), _SHARE, st.lists(st.integers(1, 100), max_size=6), st.integers(0, 40),
    st.integers(0, 40), st.integers(0, 20), _SHARE, _SHARE,
)  # fmt: skip
def test_a_grade_is_what_its_parts_make_it(
    links: float, alone: float, kinds: list[int], new: int, old: int, asked: int,
    answered: float, sure: float,
) -> None:  # fmt: skip
    touched = [Touched(NOW, None, False)] * new + [Touched(0.0, None, False)] * old
    survey = Survey(
        memories=100, told=new + old, concepts=100, associations=100, fibers=100, expired=0,
        connectivity=links, orphans=alone, touched=tuple(touched),
        by_type=dict(zip((1, 2, 20, 31, 32, 40), kinds, strict=False)),
    )  # fmt: skip
    lately = Lately(asked, answered * asked, asked, sure * asked)
    found = grading.grade(
        survey, lately, (0, 0), stale_cutoff=NOW - 90 * DAY, timestamp=NOW, collection=None
    )
    known = [part for part in found.parts if part.value is not None]
    assert all(0 <= (part.value or 0) <= 1 for part in known)
    assert all(part.told for part in found.parts)
    if found.purity is None:
        assert sum(part.weight for part in known) < 0.5
        return
    mean = sum(part.weight * (part.value or 0) for part in known) / sum(p.weight for p in known)
    assert found.purity == pytest.approx(100 * mean, abs=0.06)
    assert found.grade == next(letter for least, letter in grading.GRADES if found.purity >= least)
    if found.purity < 90:
        assert "What would help most" in found.message
