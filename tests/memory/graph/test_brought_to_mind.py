"""What a cue brings to mind over associations: breadth first, focused or wide, with trails."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.errors import UsageError
from workbench.library import Library


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "mind.brain") as opened:
        yield opened


def test_each_concept_has_its_trail_and_what_says_it(library: Library) -> None:
    library.facts.tell("The drought caused the famine.")
    library.facts.tell("The famine led to the revolt.")
    library.facts.tell("The comet caused the panic.")
    found = {each.concept.name: each for each in library.graph.associated("drought", hops=2)}
    assert found["famine"].trail == ("drought", "famine")
    assert found["revolt"].trail == ("drought", "famine", "revolt")
    assert found["revolt"].hops == 2
    assert [step.saying.text for step in found["revolt"].steps if step.saying] == [
        "The drought caused the famine.",
        "The famine led to the revolt.",
    ]
    assert found["famine"].strength > found["revolt"].strength
    assert "comet" not in found
    near = {each.concept.name for each in library.graph.associated("drought", hops=1)}
    assert "famine" in near
    assert "revolt" not in near


def test_several_topics_widen_it_and_what_both_lead_to_comes_first(library: Library) -> None:
    library.facts.tell("The drought caused the famine. The drought caused the exodus.")
    library.facts.tell("The war caused the famine. The war caused the debt.")
    one = library.graph.associated("drought", hops=1)
    assert {each.concept.name for each in one} >= {"famine", "exodus"}
    assert all(each.seeds == 1 for each in one)
    both = library.graph.associated("the drought and the war", hops=1)
    assert both[0].concept.name == "famine"
    assert both[0].seeds == 2
    assert {"exodus", "debt"} <= {each.concept.name for each in both}


def test_it_keeps_to_its_collection_and_ends(library: Library) -> None:
    library.facts.tell("The drought caused the famine.", collection="south")
    library.facts.tell("The famine caused the drought.", collection="north")
    library.facts.tell("The famine led to the revolt.", collection="north")
    names = {
        each.concept.name
        for each in library.graph.associated("drought", hops=0, collection="south")
    }
    assert "famine" in names
    assert "revolt" not in names
    assert library.graph.associated("drought", hops=0, limit=0) == []
    assert library.graph.associated("nothing of that") == []
    with pytest.raises(UsageError):
        library.graph.associated("drought", hops=-1)
