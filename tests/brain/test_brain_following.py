"""The brain follows what is learned and forgotten, also while it is not wired anew."""

from collections.abc import Iterator

import pytest

from workbench.brain.library import brain_recall, emergent
from workbench.brain.library.cooccurrence import cooccurrence
from workbench.brain.library.links import Wired, wired
from workbench.library import Library

_TOLD = (
    "Marta Olsen founded the Harbour Mill. The Harbour Mill employed Jonas Brandt. "
    "Jonas Brandt invented the tide wheel. Edda Lund taught Jonas Brandt. "
    "Viktor Rahm built a lighthouse. The lighthouse guides the ferry."
)
_MORE = (
    "Marta Olsen wrote a sonnet. Marta Olsen founded the Weaving School. "
    "Edda Lund taught Marta Olsen. The sonnet praises the lighthouse."
)


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    monkeypatch.setattr(brain_recall, "_PLAIN", 0.05)
    # As if it were a large library, that is not wired anew beside every recall.
    monkeypatch.setattr(brain_recall, "_FOREGROUND_LIMIT", -1)
    monkeypatch.setattr(brain_recall.Thinking, "_follow", lambda _self, _scale: None)
    with Library.open(":memory:") as made:
        made.add_text(_TOLD, title="The Mill")
        made.graph.link()
        yield made


def _names(library: Library, cue: str) -> set[str]:
    return {each.name for each in library.brain.recall(cue, limit=40).lit if each.step >= 0}


@pytest.mark.slow
def test_what_went_does_not_light_up(library: Library) -> None:
    library.add_text(_MORE, title="The Sonnet")
    library.graph.link()
    assert "Harbour Mill" in _names(library, "Marta Olsen")
    (mill,) = (each.id for each in library.sources.list() if each.title == "The Mill")
    library.sources.trash([mill])
    library.sources.delete([mill])
    library.graph.link()
    assert not _names(library, "Marta Olsen") & {"Harbour Mill", "Jonas Brandt", "tide wheel"}


@pytest.mark.slow
def test_what_lies_on_a_way_that_is_gone_does_not_light_up(library: Library) -> None:
    assert "tide wheel" in _names(library, "Harbour Mill")
    library.add_text("The Harbour Mill employed Jonas Brandt.", title="Again")
    library.graph.link()
    (mill,) = (each.id for each in library.sources.list() if each.title == "The Mill")
    library.sources.trash([mill])
    library.sources.delete([mill])
    library.graph.link()
    # The links of Jonas Brandt were not looked at, and still lead on.
    after = _names(library, "Harbour Mill")
    assert "Jonas Brandt" in after
    assert "tide wheel" not in after


@pytest.mark.slow
def test_what_is_rejected_is_followed_too(library: Library) -> None:
    assert "Harbour Mill" in _names(library, "Marta Olsen")
    edges = library.graph.neighbourhood("Marta Olsen").edges
    (edge,) = (each for each in edges if each.tail_name == "Harbour Mill")
    library.graph.judge(edge.id, False)
    assert "Harbour Mill" not in _names(library, "Marta Olsen")
    library.graph.judge(edge.id, None)
    assert "Harbour Mill" in _names(library, "Marta Olsen")


@pytest.mark.slow
def test_a_large_library_is_wired_in_the_background_and_the_answer_stands(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(brain_recall, "_PLAIN", 0.05)
    monkeypatch.setattr(brain_recall, "_FOREGROUND_LIMIT", -1)
    with Library.open(":memory:") as made:
        made.add_text(_TOLD, title="The Mill")
        made.graph.link()
        made._core.thinking.at_hand(0)
        assert made._core.thinking.settle()
        assert made._core.thinking.at_hand(0)
        wired_then = made._core.thinking._loaded
        assert made.brain.recall("Marta Olsen").lit
        assert made._core.thinking._loaded is wired_then
        made.add_text(_MORE, title="The Sonnet")
        made.graph.link()
        monkeypatch.setattr(made._core.thinking, "_next", 0.0)
        assert made.brain.recall("Marta Olsen").lit
        made._core.thinking.settle()
        assert "sonnet" in _names(made, "Marta Olsen")
        fresh = made._core.thinking._loaded
        assert fresh is not wired_then
        assert fresh is not None
        assert wired_then is not None
        assert fresh.brain is wired_then.brain
        assert fresh.moves > wired_then.moves


@pytest.mark.slow
def test_while_associations_are_drawn_a_recall_wires_and_weaves_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(brain_recall, "_PLAIN", 0.02)
    monkeypatch.setattr(brain_recall.Thinking, "_follow", lambda _self, _scale: None)
    wirings: list[object] = []
    weavings: list[object] = []

    def wiring(*words: object) -> Wired:
        wirings.append(words)
        return wired(*words)  # type: ignore[arg-type]

    def weaving(*words: object) -> object:
        weavings.append(words)
        return cooccurrence(*words)  # type: ignore[arg-type]

    monkeypatch.setattr(brain_recall, "wired", wiring)
    monkeypatch.setattr(emergent, "cooccurrence", weaving)
    with Library.open(":memory:") as made:
        made.add_text(_TOLD, title="The Mill")
        made.graph.link()
        assert not made.brain.recall("Marta Olsen", patience=None).pending
        assert (len(wirings), len(weavings)) == (1, 1)
        # Nothing goes on in the background, so that it stays half drawn.
        made._core.graph.background.close()
        many = " ".join(f"Greta Holm counted the Barge {number}." for number in range(120))
        made.add_text(f"{_MORE} {many}", title="The Barges")
        made._core.graph.linker.step(60)
        made._core.graph.stating.step(32)
        assert not made._core.graph.calm()
        found = made.brain.recall("Marta Olsen", limit=40)
        assert found.pending
        assert "Harbour Mill" in {each.name for each in found.lit if each.step >= 0}
        assert (len(wirings), len(weavings)) == (1, 1)
        made.graph.link()
        assert made._core.graph.calm()
        assert not made.brain.recall("Marta Olsen", patience=None).pending
        assert "sonnet" in _names(made, "Marta Olsen")
        assert (len(wirings), len(weavings)) == (2, 2)
