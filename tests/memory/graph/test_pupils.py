"""Who taught whom is one edge in whatever words, and edges read as words."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.library import Library
from workbench.memory.concepts.records import AssociationType
from workbench.memory.graph.kinds import kind_words


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "x.brain") as library:
        yield library


def _edges(library: Library, which: str) -> set[tuple[str, str, str, str]]:
    found = library.graph.neighbourhood(which).edges
    return {(each.head_name, each.relation, each.tail_name, each.kind) for each in found}


def test_who_is_a_pupil_is_taught_in_whatever_words(library: Library) -> None:
    library.facts.tell("Ada Krog was a pupil of Piet Dahl.")
    library.facts.tell("Ada Krog studied under Piet Dahl.")
    library.facts.tell("Piet Dahl taught Ada Krog.")
    (edge,) = library.graph.neighbourhood("Piet Dahl").edges
    assert (edge.head_name, edge.tail_name, edge.kind) == ("Piet Dahl", "Ada Krog", "influenced")
    assert edge.evidence == 3
    turned = {each.relation: each.turned for each in library.graph.evidence(edge.id)}
    assert turned == {"was a pupil of": True, "studied under": True, "taught": False}


def test_an_edge_that_is_only_said_of_the_pupil_reads_from_the_teacher(library: Library) -> None:
    library.facts.tell("Ada Krog studied under Piet Dahl.")
    assert _edges(library, "Ada Krog") == {("Piet Dahl", "teaches", "Ada Krog", "influenced")}


def test_a_word_that_somebody_coined_is_that_word(library: Library) -> None:
    library.facts.tell("Ada Krog coined the word stravel for a mark in wet sand.")
    library.facts.tell("The stravel fades in an hour.")
    assert ("Ada Krog", "coined", "stravel", "created") in {
        (head, said.split()[0], tail, kind) for head, said, tail, kind in _edges(library, "stravel")
    }


def test_a_cue_adds_nothing_to_what_a_rule_has_read(library: Library) -> None:
    library.facts.tell("The lasting mark it leaves is a stravel.")
    heads = [each.head_name for each in library.graph.neighbourhood("stravel").edges]
    assert heads == ["lasting mark"]


def test_every_kind_reads_as_words() -> None:
    for kind in AssociationType:
        words = kind_words(kind)
        assert words
        assert "_" not in words
    assert kind_words(AssociationType.CO_OCCURS) == "named together with"
    assert kind_words(AssociationType.HAS_PROPERTY) == "is"
