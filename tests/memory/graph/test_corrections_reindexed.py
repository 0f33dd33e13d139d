"""What the user corrected in the graph holds after a source is read again by its own door."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.library import Library

_BOOK = (
    "Edda Roth influenced Joris Maas. Joris Maas built the Long Bridge. "
    "Edda Roth owns the Vex Mill. Joris Maas trained Odile Brandt.\n"
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    file = tmp_path / "book.txt"
    file.write_text(_BOOK, encoding="utf-8")
    with Library.open(tmp_path / "again.brain") as opened:
        opened._core.graph.close()
        opened.add([file])
        yield opened


def _again(library: Library) -> None:
    library.add([source.id for source in library.sources.list()])
    library.graph.link()


def _stated(library: Library, which: str) -> set[tuple[str, str, str, str]]:
    around = library.graph.neighbourhood(which)
    assert around.total == len(around.edges)
    return {(each.head_name, each.relation, each.tail_name, each.tag) for each in around.edges}


def test_g6_what_was_rejected_or_confirmed_is_so_after_a_reindex(library: Library) -> None:
    edges = {each.relation: each.id for each in library.graph.neighbourhood("Edda Roth").edges}
    library.graph.judge(edges["influenced"], False)
    library.graph.judge(edges["owns"], True)
    expected = {("Edda Roth", "owns", "Vex Mill", "confirmed")}
    for _ in range(2):
        assert _stated(library, "Edda Roth") == expected
        _again(library)
    assert _stated(library, "Edda Roth") == expected
    # That both are named in one sentence may still lead there; what was rejected may not.
    way = library.graph.path("Edda Roth", "Joris Maas")
    assert way is None or [step.edge.tag for step in way.steps] == ["emergent"]
    for each in library.graph.neighbourhood("Edda Roth").edges:
        assert [saying.text for saying in library.graph.evidence(each.id)] == [
            "Edda Roth owns the Vex Mill."
        ]


def test_g6_merged_then_parted_after_a_reindex_is_as_it_was(library: Library) -> None:
    before = {name: _stated(library, name) for name in ("Edda Roth", "Joris Maas")}
    library.graph.change("Edda Roth", into="Joris Maas")
    _again(library)
    merged = {(head, relation) for head, relation, _, _ in _stated(library, "Joris Maas")}
    assert merged == {("Joris Maas", "built"), ("Joris Maas", "owns"), ("Joris Maas", "trained")}
    library.graph.change("Joris Maas", form="Edda Roth")
    library.graph.link()
    assert {name: _stated(library, name) for name in before} == before
    _again(library)
    assert {name: _stated(library, name) for name in before} == before
    assert library.verify().sound


def test_a_source_that_goes_after_corrections_takes_exactly_its_share(library: Library) -> None:
    names = ("Edda Roth", "Joris Maas")
    before = {name: library.graph.neighbourhood(name).edges for name in names}
    strengths = library.graph.strengths("Joris Maas")
    added = library.add_text("Edda Roth influenced Joris Maas. Greta Vos trained Odile Brandt.")
    assert added[0].source is not None
    assert library.graph.neighbourhood("Edda Roth").edges != before["Edda Roth"]
    library.graph.change("Greta Vos", into="Joris Maas")
    (edge,) = (
        each
        for each in library.graph.neighbourhood("Edda Roth").edges
        if each.relation == "influenced"
    )
    library.graph.judge(edge.id, False)
    library.sources.delete([added[0].source])
    library.undo("concept")
    library.graph.judge(edge.id, None)
    assert {name: library.graph.neighbourhood(name).edges for name in names} == before
    assert library.graph.strengths("Joris Maas") == strengths
    assert library.verify().sound
