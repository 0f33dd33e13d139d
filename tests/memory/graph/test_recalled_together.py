"""What is recalled together is an edge of the graph and a link of the brain, by the same rule."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.brain.library import brain_recall
from workbench.library import Library
from workbench.memory.graph.records import RECALLED_TOGETHER, Edge


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    monkeypatch.setattr(brain_recall, "_PLAIN", 0.01)
    with Library.open(":memory:") as made:
        made.facts.tell("The quarry blasts on windy days.")
        made.facts.tell("Aunt Signe pickles herring.")
        made.facts.tell("The chapel opens at nine.")
        yield made


def _recall_both(library: Library, times: int = 5) -> None:
    for _ in range(times):
        library.facts.recall("quarry")
        library.facts.recall("pickles")
    library.memory.link("quarry", "herring")


def _edges(library: Library, name: str) -> list[Edge]:
    edges = library.graph.neighbourhood(name).edges
    return [edge for edge in edges if edge.relation == RECALLED_TOGETHER]


def test_an_edge_joins_what_is_recalled_together_and_says_so(library: Library) -> None:
    assert _edges(library, "quarry") == []
    _recall_both(library)
    (edge,) = _edges(library, "quarry")
    assert {edge.head_name, edge.tail_name} == {"quarry", "Aunt Signe"}
    assert (edge.relation, edge.tag, edge.evidence) == (RECALLED_TOGETHER, "emergent", 0)
    assert 0.5 < edge.strength < 1
    assert _edges(library, "Aunt Signe") == [edge]
    assert library.graph.between([edge.head, edge.tail]) == (edge,)


def test_a_single_joint_recall_draws_nothing(library: Library) -> None:
    library.facts.recall("quarry")
    library.facts.recall("chapel")
    library.memory.link("quarry", "chapel")
    assert _edges(library, "chapel") == []


def test_a_cue_leads_along_it_and_a_path_does_not(library: Library) -> None:
    _recall_both(library)
    library.facts.tell("Aunt Signe owns the smokehouse.")
    reached = {each.concept.name: each for each in library.graph.associated("quarry", hops=2)}
    assert reached["Aunt Signe"].trail == ("quarry", "Aunt Signe")
    assert reached["smokehouse"].trail == ("quarry", "Aunt Signe", "smokehouse")
    assert library.graph.path("quarry", "smokehouse") is None


def test_a_rejected_edge_is_gone_and_comes_back_with_undo(library: Library) -> None:
    _recall_both(library)
    (edge,) = _edges(library, "quarry")
    library.graph.judge(edge.id, False)
    assert _edges(library, "quarry") == []
    reached = {each.concept.name for each in library.graph.associated("quarry")}
    assert "Aunt Signe" not in reached
    library.graph.judge(edge.id, None)
    assert _edges(library, "quarry") == [edge]
    library.graph.judge(edge.id, True)
    assert [other.tag for other in _edges(library, "quarry")] == ["confirmed"]


def test_it_goes_with_a_forgotten_statement(library: Library) -> None:
    library.facts.tell("The kiln cools slowly. The piano is out of tune.", collection="house")
    for _ in range(5):
        library.facts.recall("kiln", collection="house")
        library.facts.recall("piano", collection="house")
    library.memory.strengthen("kiln", collection="house")
    assert len(_edges(library, "kiln")) == 1
    library.facts.forget("piano", collection="house")
    assert _edges(library, "kiln") == []


@pytest.mark.slow
def test_what_is_recalled_together_fires_together(library: Library) -> None:
    def lit(cue: str) -> dict[str, tuple[str, ...]]:
        recall = library.brain.recall(cue, limit=40, patience=None)
        return {each.name: each.trail for each in recall.lit}

    assert "Aunt Signe" not in lit("quarry")
    _recall_both(library)
    assert lit("quarry")["Aunt Signe"] == ("quarry", "Aunt Signe")
    assert lit("Aunt Signe")["quarry"] == ("Aunt Signe", "quarry")
    assert "chapel" not in lit("quarry")


def test_recalls_of_one_sitting_count_though_each_has_its_process(tmp_path: Path) -> None:
    file, timestamps = tmp_path / "sitting.brain", [1_800_000_000.0]
    with Library.open(file, clock=lambda: timestamps[-1]) as first:
        first.facts.tell("The quarry blasts on windy days. Aunt Signe pickles herring.")
        first.facts.tell("The chapel opens at nine.")
    for cue in ("quarry", "pickles") * 3:
        timestamps.append(timestamps[-1] + 60)
        with Library.open(file, clock=lambda: timestamps[-1]) as later:
            later.facts.recall(cue)
    timestamps.append(timestamps[-1] + 3600)
    with Library.open(file, clock=lambda: timestamps[-1]) as later:
        later.facts.recall("chapel")
        assert later.memory.link("quarry", "chapel") < 1
        assert [edge.tail_name for edge in _edges(later, "quarry")] == ["Aunt Signe"]
