"""What is derivable is mended, and nothing else is touched."""

import sqlite3
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.records import Section, Source
from workbench.errors import DamagedLibraryError
from workbench.store import (
    collections,
    concept_changes,
    meta,
    questions,
    repair,
    sealed,
    sources,
    tags,
    text,
    vectors,
)
from workbench.store.store import Store
from workbench.store.verify import verify

AddSource = Callable[..., int]
MakeSections = Callable[..., list[Section]]

_HARM = {
    "counts": "UPDATE source SET engrams = engrams + 5, passages = 0, characters = 1, pages = 9",
    "extent gone": "DELETE FROM extent WHERE source = 1",
    "extent short": "UPDATE extent SET last = last - 3 WHERE source = 2",
    "extent stolen": "UPDATE extent SET source = 2",
    "orphan passage": "INSERT INTO passage(source, section, start, end, first_engram, last_engram)"
    " VALUES (77, 77, 0, 5, 1000, 1001)",
    "orphan page": "INSERT INTO page VALUES (77, 1, '', 0, 1, 1, 1, x'', NULL)",
    "orphan membership": "INSERT INTO membership VALUES (1, 77, NULL)",
    "stray statement": "INSERT INTO engram(passage, start, end, text) VALUES (9999, 0, 5, 'stray')",
    "statement outside": "INSERT INTO engram(passage, start, end, text) VALUES (1, 0, 5, 'stray')",
}


def harm(store: Store, *statements: str) -> None:
    connection = sqlite3.connect(store.file, isolation_level=None, timeout=100)
    try:
        for statement in statements:
            connection.execute(statement)
    finally:
        connection.close()


@pytest.fixture
def two_books(library: Store, add_source: AddSource) -> Store:
    first, second = add_source("One"), add_source("Two", chapters=5, word="beryl")
    library.write(lambda c: collections.assign(c, [first, second], "Both"))
    library.write(lambda c: tags.tag(c, [first], "kept"))
    return library


def everything(store: Store) -> dict[str, list[tuple[object, ...]]]:
    with store.read() as connection:
        return {
            table: connection.execute(f"SELECT * FROM {table}").fetchall()
            for table in ("source", "section", "passage", "page", "engram", "extent",
                          "membership", "location")
        }  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("kind", _HARM)
def test_each_harm_is_found_and_mended_to_what_was_there(two_books: Store, kind: str) -> None:
    before = everything(two_books)
    harm(two_books, _HARM[kind])
    assert not verify(two_books).sound
    done = two_books.write(repair.mend)
    assert done
    assert verify(two_books).sound
    assert everything(two_books) == before
    assert two_books.write(repair.mend) == []


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(kinds=st.lists(st.sampled_from(sorted(_HARM)), unique=True, max_size=6))
def test_any_harms_together_are_mended_and_a_sound_library_is_left_alone(kinds: list[str]) -> None:
    with Store.open(":memory:") as store:

        def fill(connection: sqlite3.Connection) -> None:
            for number in (1, 2):
                source = sources.insert(
                    connection, Source(f"B{number}", "text", "t/1"), hash=f"{number}", size=1
                )
                text.append(connection, source, [_plain_section(number)])
                sources.set_state(connection, [source], "verified")
            collections.assign(connection, [1, 2], "Both")

        store.write(fill)
        before = everything(store)
        harm(store, *(_HARM[kind] for kind in kinds))
        done = store.write(repair.mend)
        assert bool(done) == bool(kinds)
        assert verify(store).sound
        assert everything(store) == before


def _plain_section(number: int) -> Section:
    from ingest import segment

    words = f"Stone {number} lies here. It is grey. A smith found it. He kept it for years."
    return Section(0, "Stones", 0, words, segment.passages(words, 0, "en"))


def test_text_without_a_source_gets_one_again(two_books: Store) -> None:
    harm(two_books, "DELETE FROM source WHERE id = 2")
    assert not verify(two_books).sound
    assert two_books.write(repair.mend)
    assert verify(two_books).sound
    with two_books.read() as connection:
        row = sources.by_id(connection, 2)
        assert row.title == "Recovered text 2"
        assert (row.passages, row.engrams) == (20, 60)
        assert "beryl" in text.text_at(connection, 2, 0, row.characters)


def test_a_changed_word_is_told_and_not_mended(two_books: Store) -> None:
    harm(two_books, "UPDATE engram SET text = replace(text, 'amber', 'umber') WHERE id = 3")
    before = everything(two_books)
    assert two_books.write(repair.mend) == []
    assert everything(two_books) == before
    assert not verify(two_books).sound


def test_what_is_learned_again_goes_where_it_is_damaged(two_books: Store) -> None:
    def learn(connection: sqlite3.Connection) -> None:
        space = vectors.begin(connection, "m", "d", "p", 2)
        vectors.store(connection, space, [vectors.VectorRow(1, 2, 0.5, b"12")])
        pair = concept_changes.AliasRow(0, "a", "b", "A", "B", "short", 0.5, (1,), "open")
        concept_changes.propose_alias(connection, {}, pair)
        pairs = [("oat", ("rye", "Rye"))]
        questions.count_follow_ups(connection, "", pairs, 1.0, per_topic=9, limit=9)
        sealed.add_lock(connection, "x", bytes(16), sealed.Cost(16))

    two_books.write(learn)
    harm(
        two_books,
        "UPDATE meta SET value = '[x' WHERE key IN ('space:1', 'alias:1', 'followed:', 'lock:1')",
    )
    assert two_books.mend(repair.mend) == [
        "3 damaged rows of meta were removed; they are learned again.",
        "1 vector without a model removed.",
    ]
    with two_books.read() as connection:
        assert meta.numbered(connection, meta.ALIAS) == {}
        assert vectors.spaces(connection) == []
        assert questions.followers(connection, "", 1, 9) == []
    assert "lock:1" in verify(two_books).problems[0]


def test_an_index_of_the_file_that_lost_rows_is_made_anew(two_books: Store) -> None:
    connection = sqlite3.connect(two_books.file, isolation_level=None)
    try:
        connection.execute("PRAGMA writable_schema=ON")
        connection.execute("DROP INDEX passage_source")
        connection.execute("CREATE INDEX passage_source ON passage(source) WHERE 0")
        connection.execute(
            "UPDATE sqlite_master SET sql = 'CREATE INDEX passage_source ON passage(source)' "
            "WHERE name = 'passage_source'"
        )
    finally:
        connection.close()
    with Store.open(two_books.file) as store:
        assert "indexes were rebuilt" in store.write(repair.mend)[0]
        assert store.write(repair.mend) == []


def test_a_damaged_structure_is_not_touched(two_books: Store) -> None:
    with two_books.read() as connection:
        (page,) = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'extent_source'"
        ).fetchone()
    two_books.close()
    data = bytearray(two_books.file.read_bytes())
    size = int.from_bytes(data[16:18], "big")
    data[(page - 1) * size : (page - 1) * size + 12] = b"\xff" * 12
    two_books.file.write_bytes(data)
    with Store.open(two_books.file) as store, pytest.raises(DamagedLibraryError) as caught:
        store.write(repair.mend)
    assert "backup" in caught.value.hint
