"""Of very many facts that hold some words the newest are meant, and not each linked to all."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.library import Library


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "many.brain") as opened:
        yield opened


def test_the_newest_of_many_are_meant(library: Library) -> None:
    library.facts.tell("\n".join(f"The loom number {number} is in Bergen." for number in range(30)))
    library.facts.tell("The loom was sold because the mill closed.")
    links = library.graph.links("loom")
    assert {"mill", "closed"} <= {each.text for each in links if each.concept is not None}
    assert not [each for each in links if each.through == ("loom",)]


def test_facts_of_few_that_hold_the_words_are_not_linked_to_each_other(library: Library) -> None:
    library.facts.tell("The loom is in Bergen.\nThe loom is old.\nBergen is wet.")
    others = [each for each in library.graph.links("loom") if each.engram is not None]
    assert {each.text for each in others if each.kind == "related_to"} == {"Bergen is wet."}
