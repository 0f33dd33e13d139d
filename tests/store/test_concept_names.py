"""What is mentioned often is called as it usually is, and of the kind that it usually is."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.library import Library
from workbench.library.options import TellOptions


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "names.brain") as opened:
        yield opened


def _told(library: Library, *texts: str) -> None:
    for text in texts:
        library.facts.tell(text, options=TellOptions(again=True))


def test_one_odd_reading_does_not_make_a_thing_a_deed(library: Library) -> None:
    _told(
        library,
        "Please hand him the lamp.",
        "The hand was cold.",
        "Her hand was wet.",
        "Greta hurt a hand.",
        "The left hand was burnt.",
    )
    assert library.graph.concept("hand").concept.type == "concept"


def test_a_heading_gives_no_name_to_what_is_usually_written_small(library: Library) -> None:
    _told(
        library,
        "THE LOOM.",
        "The loom was sold.",
        "A loom stood in the barn.",
        "Greta oiled the loom.",
    )
    assert library.graph.concept("loom").concept.name == "loom"


def test_a_place_that_is_also_spoken_of_stays_a_place(library: Library) -> None:
    _told(
        library,
        "Ardvik won a prize.",
        "Greta lives in Ardvik.",
        "Kofi works in Ardvik.",
        "Ardvik is proud.",
    )
    assert library.graph.concept("Ardvik").concept.type == "spatial"


def test_name_and_kind_are_as_if_what_was_forgotten_had_never_been(library: Library) -> None:
    usual = ["The loom was sold.", "A loom stood in the barn.", "Greta oiled the loom."]
    _told(library, "LOOM number nine broke.", *usual)
    assert library.graph.concept("loom").concept.name == "loom"
    library.facts.forget("oiled the loom")
    assert library.graph.concept("loom").concept.name in ("LOOM", "LOOM number nine", "loom")
    library.facts.forget("number nine broke")
    assert library.graph.concept("loom").concept.name == "loom"


def test_a_name_given_by_hand_stays(library: Library) -> None:
    _told(library, "The loom was sold.")
    library.graph.change("loom", name="Weaving frame")
    _told(library, *(f"Looms number {number} are old." for number in range(6)))
    assert library.graph.concept("loom").concept.name == "Weaving frame"


def test_a_name_in_s_at_the_beginning_meets_the_one_in_the_middle(library: Library) -> None:
    _told(library, "Greta met Holmes.", "Holmes laughed.", "Mr Finch saw Holmes in Bergen.")
    assert library.graph.concept("Holmes").concept.mentions == 3
    assert library.graph.concept("Holmes").concept.type == "entity"
    named = [each.name for each in library.graph.concepts(type="entity")]
    assert named.count("Holmes") == 1
