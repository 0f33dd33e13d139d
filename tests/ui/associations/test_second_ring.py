"""What stands around the neighbours of a concept, where the picture has room for it."""

from pathlib import Path

import pytest

from workbench.library import Library
from workbench.library.graph import Graph
from workbench.memory.graph.records import LinkingProgress
from workbench.ui.associations import loading
from workbench.ui.associations.ego import Sifting, visible_part

LIFE = (
    "Richard Semon coined the engram in 1904. Richard Semon lived in Munich. "
    "Ernst Haeckel taught Richard Semon. Ernst Haeckel worked in Jena."
)


def test_g1_neighbours_of_neighbours_stand_back(tmp_path: Path) -> None:
    (tmp_path / "semon.txt").write_text(LIFE, encoding="utf-8")
    with Library.open(tmp_path / "a.brain") as library:
        library.add([tmp_path / "semon.txt"], wait="linked")
        sifting = Sifting(together=False)
        ego = loading.begin(library, "Munich", None, sifting)
        shown = visible_part(ego, sifting)
        outer = {node.name: node.outer for node in shown.nodes}
        assert outer["Munich"] is outer["Richard Semon"] is False
        assert outer["Ernst Haeckel"] is True
        assert ego.total == len(shown.edges)

        # Once its neighbour is in the middle, what stood back belongs to it.
        ego = loading.begin(library, "Richard Semon", None, sifting, limit=1)
        assert (ego.taken, ego.degree) == (1, 4)
        shown = visible_part(loading.begin(library, "Richard Semon", None, sifting), sifting)
        assert not {node.name: node.outer for node in shown.nodes}["Ernst Haeckel"]


def test_g1_no_second_ring_is_waited_for_while_names_are_looked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "semon.txt").write_text(LIFE, encoding="utf-8")
    with Library.open(tmp_path / "a.brain") as library:
        library.add([tmp_path / "semon.txt"], wait="linked")
        left = LinkingProgress(1, 2, "Engrams", 0.5)
        monkeypatch.setattr(Graph, "progress", left)
        ego = loading.begin(library, "Munich", None, Sifting(together=False))
    assert "Ernst Haeckel" not in [node.name for node in ego.nodes.values()]


def test_names_are_offered_before_what_is_done(tmp_path: Path) -> None:
    with Library.open(tmp_path / "x.brain") as library:
        said = "There was little to do but to hear Lady Catherine talk. Believe Lady Catherine!"
        library.add_text(f"{said} Lady Catherine came. We went to hear Lady Catherine.", title="P")
        library.graph.link()
        found = [(each.name, each.type) for each in loading.offered(library, "catherine", None)]
        assert found[0] == ("Lady Catherine", "entity")
        kinds = [type in ("entity", "spatial", "concept") for _name, type in found]
        assert kinds == sorted(kinds, reverse=True)
        assert False in kinds
