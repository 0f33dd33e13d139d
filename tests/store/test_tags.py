"""Tags on sources."""

import sqlite3
from collections.abc import Callable

import pytest

from workbench.errors import NotFoundError, UsageError
from workbench.store import sources, tags
from workbench.store.records import TagRow
from workbench.store.store import Store

AddSource = Callable[..., int]


def tagged(store: Store, name: str) -> list[int]:
    with store.read() as connection:
        return [row.id for row in sources.listing(connection, tag=tags.fold(name))]


def known(store: Store) -> list[TagRow]:
    with store.read() as connection:
        return tags.all_tags(connection)


def test_l3_a_source_has_many_tags_and_a_tag_many_sources(
    library: Store, add_source: AddSource
) -> None:
    first, second = add_source("One"), add_source("Two")
    library.write(lambda c: tags.tag(c, [first, second], "to read"))
    library.write(lambda c: tags.tag(c, [second], "Änderung"))
    assert tagged(library, "to read") == [second, first]
    assert tagged(library, "ÄNDERUNG") == [second]
    assert known(library) == [TagRow("to read", 2), TagRow("Änderung", 1)]
    with library.read() as connection:
        assert sources.by_id(connection, second).tags == ("to read", "Änderung")


@pytest.mark.parametrize("name", ["nul\0x", "a, b", "q\"'", "42", "$[0]", "\\u0041", "İß🐘"])
def test_a_tag_of_any_letters_is_put_on_once_and_taken_off(
    library: Store, add_source: AddSource, name: str
) -> None:
    source = add_source("One")
    for each in (name, name.upper()):
        library.write(lambda c, each=each: tags.tag(c, [source], each))  # type: ignore[misc]
    assert known(library) == [TagRow(tags.normalised(name), 1)]
    library.write(lambda c: tags.untag(c, [source], name.lower()))
    assert known(library) == []


def test_l3_a_tag_has_one_spelling_and_ends_with_its_last_source(
    library: Store, add_source: AddSource
) -> None:
    first, second = add_source("One"), add_source("Two")
    library.write(lambda c: tags.tag(c, [first], "Sleep"))
    library.write(lambda c: tags.tag(c, [first, second], " sLEEP "))
    assert known(library) == [TagRow("Sleep", 2)]
    library.write(lambda c: tags.untag(c, [first], "sleep"))
    assert tagged(library, "sleep") == [second]
    library.write(lambda c: sources.delete(c, [second]))
    assert known(library) == []
    with pytest.raises(NotFoundError, match="no tag"):
        library.write(lambda c: tags.untag(c, [first], "sleep"))


def test_l3_tags_stay_through_the_trash(library: Store, add_source: AddSource) -> None:
    source = add_source("One")
    library.write(lambda c: tags.tag(c, [source], "kept"))
    library.write(lambda c: sources.trash(c, [source]))
    assert known(library) == []
    assert tagged(library, "kept") == []
    library.write(lambda c: sources.restore(c, [source]))
    assert tagged(library, "kept") == [source]


@pytest.mark.parametrize("name", ["", "  \n", "x" * 101])
def test_a_tag_that_is_no_name_is_refused(library: Store, add_source: AddSource, name: str) -> None:
    source = add_source("One")
    with pytest.raises(UsageError):
        library.write(lambda c: tags.tag(c, [source], name))
    assert known(library) == []


def test_tagging_something_unknown_tags_nothing(library: Store, add_source: AddSource) -> None:
    source = add_source("One")

    def both(connection: sqlite3.Connection) -> None:
        tags.tag(connection, [source, 99], "half")

    with pytest.raises(NotFoundError, match="99"):
        library.write(both)
    assert known(library) == []
