"""What sleep proposes: little, between things that tell something, as a question."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from tests.sleep.sleepy_shelf import Clock
from workbench.library import Library
from workbench.memory.plasticity import DAY

_CHAIN = ("Rain", "flooding", "evacuation", "shortage", "unrest", "emigration", "decline")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def library(tmp_path: Path, clock: Clock) -> Iterator[Library]:
    with Library.open(tmp_path / "proposing.brain", clock=clock) as made:
        made.sleep.configure(propose=True)
        for day in ("Monday", "Friday"):
            for one, other in pairwise(_CHAIN):
                made.facts.tell(f"{one} leads to {other}, they said on {day}")
            made.facts.tell(f"A sparrow is a bird, they said on {day}")
            made.facts.tell(f"A bird is an animal, they said on {day}")
        yield made


def test_at_most_three_links_a_week_are_proposed(library: Library, clock: Clock) -> None:
    first = library.sleep.run().proposals
    assert 0 < len(first) <= 3
    clock.pass_(DAY)
    library.facts.tell("The harbour was closed today")
    assert library.sleep.run().proposals == ()
    clock.pass_(7 * DAY)
    library.facts.tell("The harbour was opened again")
    assert 0 < len(library.sleep.run().proposals) <= 3


def test_a_proposal_is_a_question_with_its_two_passages(library: Library) -> None:
    library.sleep.run()
    for each in library.sleep.proposals():
        assert each.question == f"Do you see a connection between “{each.head}” and “{each.tail}”?"
        one, other = each.passages
        assert each.head.casefold() in one.casefold()
        assert each.path[1].casefold() in one.casefold()
        assert each.tail.casefold() in other.casefold()


def test_what_is_a_kind_of_a_kind_is_no_question(library: Library) -> None:
    library.sleep.run()
    assert all(each.kind != "is_a" for each in library.sleep.proposals())
