"""Collections keep their sources, and what waits for them, under another name."""

from collections.abc import Callable
from pathlib import Path

import pytest

from workbench import Library
from workbench.errors import NotFoundError, UsageError
from workbench.intake import watch
from workbench.store import collections
from workbench.store.store import Store

AddSource = Callable[..., int]


def names(store: Store) -> list[tuple[str, int]]:
    with store.read() as connection:
        return [(row.name, row.sources) for row in collections.all_collections(connection)]


def test_l3_a_renamed_collection_keeps_its_sources(library: Store, add_source: AddSource) -> None:
    first, second = add_source("One"), add_source("Two")
    library.write(lambda c: collections.assign(c, [first, second], "thesis"))
    library.write(lambda c: collections.assign(c, [first], "Sea"))
    row = library.write(lambda c: collections.rename(c, "THESIS", "  Thesis,   final "))
    assert (row.name, row.sources) == ("Thesis, final", 2)
    assert names(library) == [("Sea", 1), ("Thesis, final", 2)]
    library.write(lambda c: collections.rename(c, "sea", "SEA"))
    assert names(library)[0] == ("SEA", 1)


def test_l3_a_name_that_is_taken_or_empty_is_refused(library: Store) -> None:
    library.write(lambda c: collections.create(c, "Thesis"))
    library.write(lambda c: collections.create(c, "Sea"))
    with pytest.raises(UsageError, match="called “Sea” already") as caught:
        library.write(lambda c: collections.rename(c, "Thesis", "sEA"))
    assert caught.value.hint
    with pytest.raises(UsageError, match="needs a name"):
        library.write(lambda c: collections.rename(c, "Thesis", " \t "))
    with pytest.raises(NotFoundError, match="no collection called “Land”"):
        library.write(lambda c: collections.rename(c, "Land", "Earth"))
    assert names(library) == [("Sea", 0), ("Thesis", 0)]


def test_l3_what_waits_for_a_collection_follows_its_new_name(tmp_path: Path) -> None:
    book = tmp_path / "a.txt"
    book.write_text("The heron stood in the reeds until the light had gone.", encoding="utf-8")
    with Library.open(tmp_path / "x.brain") as library:
        library.queue.pause()
        library.collections.create("Thesis")
        library.queue.enqueue([book], collection="thesis")
        assert library.collections.change("Thesis", name="Birds").collection == "Birds"
        library.queue.pause(False)
        library.add([book], collection="Birds")
        assert [(row.name, row.sources) for row in library.collections.list()] == [("Birds", 1)]


def test_l3_folders_that_are_watched_follow_a_new_name_too(library: Store) -> None:
    library.write(lambda c: collections.create(c, "Thesis"))
    library.write(lambda c: watch.watch(c, "/in", "thesis"))
    library.write(lambda c: collections.rename(c, "Thesis", "Birds"))
    with library.read() as connection:
        assert [folder.collection for folder in watch.watched(connection)] == ["Birds"]
