"""The sample goes without what a person has under the same names."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench import paths
from workbench.library import Library
from workbench.ui.shelf.shelf import add_notes, remove_notes

_SAMPLE = paths.table("sample/sample.toml")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "x.brain") as library:
        yield library


def _add(library: Library, title: str, collection: str | None = None) -> int:
    (added,) = library.add_text(f"{title} was written in 1999.", title=title, collection=collection)
    assert added.source is not None
    return added.source


def _collections(library: Library) -> list[str]:
    return [row.name for row in library.collections.list()]


def test_own_sources_and_statements_keep_their_collection(library: Library) -> None:
    paper = _add(library, "Paper")
    library.facts.tell("The mill burned in 1901.", collection="sample")
    add_notes(library, [paper])
    remove_notes(library, [paper])
    assert _collections(library) == ["sample"]
    assert [fact.text for fact in library.facts.list(collection="sample")] == [
        "The mill burned in 1901."
    ]
    library.facts.forget("mill", collection="sample")
    _add(library, "Mine", "Sample")
    remove_notes(library, [paper])
    assert _collections(library) == ["sample"]


def test_sample_leaves_no_collection_and_no_table(library: Library) -> None:
    paper = _add(library, "Paper", _SAMPLE["collection"])
    add_notes(library, [paper])
    library.sources.trash([paper])
    remove_notes(library, [paper])
    assert _collections(library) == []
    assert library.tables.list() == []
    assert library.facts.list() == []


@pytest.mark.parametrize("questions", [["When was it written?"], _SAMPLE["questions"]])
def test_own_table_of_that_name_stays(library: Library, questions: list[str]) -> None:
    paper, own = _add(library, "Paper"), _add(library, "Mine")
    library.tables.create(_SAMPLE["table"], questions, sources=[own])
    add_notes(library, [paper])
    remove_notes(library, [paper])
    assert library.tables.list() == [_SAMPLE["table"]]
