"""The suite `graph`: the samples that readers judge."""

from pathlib import Path

from workbench.bench import graph
from workbench.library import Library


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
