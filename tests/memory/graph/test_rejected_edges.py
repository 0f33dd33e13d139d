"""What is rejected joins nothing any more, however it is asked for."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.library import Library

TEXT = (
    "Edda Roth built the bridge. Edda Roth influenced Joris Maas. "
    "Edda Roth, Joris Maas and the crew: a list."
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "rejected.brain") as opened:
        opened._core.graph.close()
        yield opened


def _influence(library: Library) -> str:
    (edge,) = [
        each for each in library.graph.neighbourhood("Edda Roth").edges if each.kind == "influenced"
    ]
    return edge.id


def _names(library: Library) -> set[str]:
    return {each.concept.name for each in library.graph.associated("Edda Roth", hops=1)}


def _beside(library: Library) -> set[str]:
    around = library.graph.neighbourhood("Edda Roth", stated_only=False)
    return {name for edge in around.edges for name in (edge.head_name, edge.tail_name)}


@pytest.mark.slow
@pytest.mark.parametrize("collection", [None, "Weirs"])
def test_g6_g7_no_path_joins_by_standing_together_what_was_rejected(
    library: Library, collection: str | None
) -> None:
    library.add_text(TEXT, collection="Weirs")
    id = _influence(library)
    assert library.graph.path("Edda Roth", "Joris Maas", collection=collection)
    library.graph.judge(id, False)
    assert library.graph.path("Edda Roth", "Joris Maas", collection=collection) is None
    assert library.graph.path("Joris Maas", "Edda Roth", collection=collection) is None
    library.graph.judge(id, None)
    assert library.graph.path("Edda Roth", "Joris Maas", collection=collection)


def test_g7_nor_does_a_longer_path_over_both(library: Library) -> None:
    library.add_text(TEXT + " The flood caused Edda Roth. Joris Maas caused the fire.")
    assert library.graph.path("flood", "fire") is not None
    library.graph.judge(_influence(library), False)
    found = library.graph.path("flood", "fire")
    assert found is None or {"Edda Roth", "Joris Maas"} - set(found.trail)


def test_g6_what_was_rejected_comes_to_mind_no_more(library: Library) -> None:
    library.add_text(TEXT)
    id = _influence(library)
    assert "Joris Maas" in _names(library)
    library.graph.judge(id, False)
    assert "Joris Maas" not in _names(library)
    assert _names(library)
    assert "Joris Maas" not in _beside(library)
    card = library.graph.concept("Edda Roth")
    assert "Joris Maas" not in {each.name for each in card.neighbours}
    library.graph.judge(id, None)
    assert "Joris Maas" in _names(library)


def test_g6_what_something_else_states_of_the_two_stays(library: Library) -> None:
    library.add_text(TEXT + " Edda Roth founded the yard with Joris Maas. Joris Maas left.")
    library.add_text("Joris Maas is the uncle of Edda Roth.")
    library.graph.judge(_influence(library), False)
    found = library.graph.path("Edda Roth", "Joris Maas")
    assert found is not None
    (step,) = found.steps
    assert step.edge.kind == "kin_of"
    assert step.saying is not None
    assert step.saying.text == "Joris Maas is the uncle of Edda Roth."


def test_g6_rejecting_a_denial_parts_nobody(library: Library) -> None:
    library.add_text("Edda Roth does not like Joris Maas. Edda Roth, Joris Maas and more: a list.")
    (denied,) = [
        each for each in library.graph.neighbourhood("Edda Roth").edges if each.kind == "denied"
    ]
    # Nothing leads over what is denied; two sentences that name both are left.
    assert "Joris Maas" not in _names(library)
    library.graph.judge(denied.id, False)
    assert "Joris Maas" in _names(library)
