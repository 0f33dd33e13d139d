"""A link that nobody wrote and somebody agreed to is one of the brain's; a rejected one is none."""

from collections.abc import Iterator

import numpy as np
import pytest

from workbench.brain.library import brain_recall
from workbench.brain.records import BrainRecall, Lit
from workbench.library import Library


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    monkeypatch.setattr(brain_recall, "_PLAIN", 0.01)
    with Library.open(":memory:") as made:
        made.facts.tell("Viktor Rahm built a lighthouse. Marta Olsen founded the Harbour Mill.")
        made.graph.link()
        yield made


def _recall(library: Library, cue: str) -> BrainRecall:
    return library.brain.recall(cue, limit=40, patience=None)


def _lit(found: BrainRecall, name: str) -> Lit | None:
    return next((each for each in found.lit if each.name == name), None)


def _edge(library: Library, one: str, other: str) -> str:
    head, tail = sorted(library.graph.concept(name).concept.id for name in (one, other))
    return f"{head}:21:{tail}"


@pytest.mark.slow
def test_a_link_that_somebody_agreed_to_lights_up_at_once_and_not_after_undo(
    library: Library,
) -> None:
    before = _recall(library, "Viktor Rahm")
    assert _lit(before, "Marta Olsen") is None
    edge = _edge(library, "Viktor Rahm", "Marta Olsen")
    library.graph.judge(edge, True)
    agreed = _recall(library, "Viktor Rahm")
    lit = _lit(agreed, "Marta Olsen")
    assert lit is not None
    assert (lit.tag, lit.edge, lit.trail) == ("confirmed", edge, ("Viktor Rahm", "Marta Olsen"))
    assert lit.step >= 0
    assert lit.cover >= 0.5
    assert lit.strength < next(each.strength for each in agreed.lit if each.name == "lighthouse")
    # Both ways, and onward from there.
    back = _lit(_recall(library, "Marta Olsen"), "Viktor Rahm")
    assert back is not None
    assert back.cover >= 0.5
    library.graph.judge(edge, None)
    after = _recall(library, "Viktor Rahm")
    assert _lit(after, "Marta Olsen") is None
    np.testing.assert_array_equal(after.recalled.spikes, before.recalled.spikes)
    np.testing.assert_array_equal(after.recalled.raster, before.recalled.raster)


@pytest.mark.slow
def test_what_somebody_rejected_lights_up_as_emergent_no_more(library: Library) -> None:
    library.graph.judge(_edge(library, "Viktor Rahm", "Marta Olsen"), True)
    far = _lit(_recall(library, "Viktor Rahm"), "Harbour Mill")
    assert far is not None
    assert (far.tag, far.step >= 0) == ("emergent", True)
    assert far.trail == ("Viktor Rahm", "Marta Olsen", "Harbour Mill")
    edge = _edge(library, "Viktor Rahm", "Harbour Mill")
    library.graph.judge(edge, False)
    assert _lit(_recall(library, "Viktor Rahm"), "Harbour Mill") is None
    library.graph.judge(edge, None)
    assert _lit(_recall(library, "Viktor Rahm"), "Harbour Mill") == far


@pytest.mark.slow
def test_a_statement_that_was_rejected_drives_nothing_and_does_again_after_undo(
    library: Library,
) -> None:
    before = _recall(library, "Marta Olsen").recalled
    (edge,) = library.graph.neighbourhood("Marta Olsen").edges
    assert edge.tail in {each.concept for each in before.activated if each.asserted}
    library.graph.judge(edge.id, False)
    after = _recall(library, "Marta Olsen").recalled
    assert edge.tail not in {each.concept for each in after.activated if each.asserted}
    assert not np.array_equal(after.spikes, before.spikes)
    library.graph.judge(edge.id, None)
    again = _recall(library, "Marta Olsen").recalled
    np.testing.assert_array_equal(again.spikes, before.spikes)
