"""The suite `graph`: its rows without evaluation data, and the samples that readers judge."""

from pathlib import Path

import pytest

from workbench.bench import graph
from workbench.errors import InputError
from workbench.library import Library


def _nowhere() -> Path:
    raise InputError("There is no evaluation data.", "Name it.")


def test_without_evaluation_data_nothing_is_met(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graph, "corpus_folder", _nowhere)
    said: list[str] = []
    rows = graph.run(said.append)
    assert {row.name for row in rows} == set(graph.GOALS)
    assert all(row.value is None and row.met is False for row in rows)
    assert "no evaluation data" in said[0]


def test_a_sample_is_the_same_again_and_cites_sentences(tmp_path: Path) -> None:
    with Library.open(tmp_path / "sample.brain") as library:
        library.facts.tell("Edda Roth built the bridge of Vex.")
        library.facts.tell("Joris Maas owns the bridge of Vex.")
        first: list[str] = []
        graph.sample(library, first.append)
        again: list[str] = []
        graph.sample(library, again.append)
    assert first == again
    assert first[0].startswith("concepts: ")
    assert "Edda Roth" in first[0]
    assert any(
        line.startswith("edge: Edda Roth — built") and "Edda Roth built the bridge" in line
        for line in first
    )
