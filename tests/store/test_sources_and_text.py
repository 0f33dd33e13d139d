"""What the store keeps of a source comes back as it went in, and goes when it is removed."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.records import Locator, Passage, Section, Source
from workbench.errors import NotFoundError, UsageError
from workbench.store import collections, questions, sources, text
from workbench.store.records import SourceRow
from workbench.store.store import Store
from workbench.store.verify import verify

AddSource = Callable[..., int]
MakeSections = Callable[..., list[Section]]


def row(store: Store, source: int) -> SourceRow:
    with store.read() as connection:
        return sources.by_id(connection, source)


def test_text_comes_back_as_it_went_in(
    library: Store, add_source: AddSource, make_sections: MakeSections
) -> None:
    made = make_sections(3)
    source = add_source("A Book", chapters=3)
    whole = "".join(section.text for section in made)
    with library.read() as connection:
        chapters = text.sections(connection, source)
        assert [c.title for c in chapters] == [s.title for s in made]
        assert [text.section_text(connection, c.id) for c in chapters] == [s.text for s in made]
        assert text.text_at(connection, source, 0, len(whole)) == whole
        inside = [passage for section in made for passage in section.passages]
        stored = text.passages(connection, source)
        assert [p.text for p in stored] == [p.text for p in inside]
        for passage in stored:
            assert text.text_at(connection, source, passage.start, passage.end) == passage.text
            assert passage.page_label == f"p{passage.page}"
            rows = text.engrams_between(connection, passage.first_engram, passage.last_engram)
            assert [e.text for e in rows] == [whole[e.start : e.end] for e in rows]
            assert {e.passage for e in rows} == {passage.id}
        # A span over a chapter's end.
        edge = made[1].start
        assert text.text_at(connection, source, edge - 5, edge + 5) == whole[edge - 5 : edge + 5]
        assert [page.number for page in text.pages(connection, source)] == [1, 2, 3]
    counts = row(library, source)
    assert (counts.characters, counts.passages, counts.engrams, counts.pages) == (
        len(whole),
        12,
        36,
        3,
    )


def test_appending_the_same_sections_again_changes_nothing(
    library: Store, make_sections: MakeSections
) -> None:
    made = make_sections(5)
    source = library.write(
        lambda c: sources.insert(c, Source("B", "text", "text/1"), hash="b", size=1)
    )
    library.write(lambda c: text.append(c, source, made[:3]))
    again = library.write(lambda c: text.append(c, source, made[:3]))
    assert (again.sections, again.engrams) == (0, 0)
    both = library.write(lambda c: text.append(c, source, made))
    assert both.sections == 2
    with library.read() as connection:
        assert text.section_count(connection, source) == 5
        assert [e.last - e.first + 1 for e in text.extents(connection)] == [60]
    assert verify(library).sound


def test_replay_streams_every_engram_once_in_order(library: Store, add_source: AddSource) -> None:
    first, second = add_source("One"), add_source("Two", word="basalt")
    seen: list[tuple[int, int, int, int, str]] = []
    with library.read() as connection:
        while batch := text.replay(connection, seen[-1][0] if seen else 0, 7):
            seen += batch
        assert text.last_engram(connection) == 72
    assert [item[0] for item in seen] == list(range(1, 73))
    assert [item[1] for item in seen] == [first] * 36 + [second] * 36
    assert all("basalt" in item[4] for item in seen[36:])


def test_ids_are_never_given_to_another_row(library: Store, add_source: AddSource) -> None:
    source = add_source("One")
    with library.read() as connection:
        passage = text.passages(connection, source)[-1].id
    library.write(lambda c: sources.delete(c, [source]), sync=True)
    again = add_source("Two")
    with library.read() as connection:
        assert again > source
        assert text.passages(connection, again)[0].id > passage
        assert text.extents(connection)[0].first == 37


def test_deleting_removes_exactly_one_source(library: Store, add_source: AddSource) -> None:
    kept = [add_source("One")]
    gone = library.write(
        lambda c: sources.insert(c, Source("Gone", "text", "text/1"), hash="g", size=1)
    )
    library.write(lambda c: collections.assign(c, [gone, kept[0]], "Thesis"))
    library.write(lambda c: sources.add_location(c, gone, "/books/gone.txt"))
    counted = ("meta ('held'", "derived ('rows:")
    before = [line for line in _dump(library) if not line.startswith(counted)]
    source = add_source("Two", word="basalt")
    library.write(lambda c: collections.assign(c, [source], "Thesis"))
    library.write(lambda c: sources.add_location(c, source, "/books/two.txt"))
    kept.append(add_source("Three", word="chalk"))
    after_three = _dump(library)
    library.write(lambda c: sources.delete(c, [source]), sync=True)
    left = _dump(library)
    assert not any("basalt" in line for line in left)
    assert set(before) <= set(left)
    # All that is new is that the index has something to take out.
    (new,) = {line for line in set(left) - set(after_three) if not line.startswith(counted)}
    assert new.startswith("meta ('removals', 1, ")
    assert verify(library).sound


def _dump(store: Store) -> list[str]:
    """Every row of every table, but for counters and times."""
    lines = []
    with store.read() as connection:
        for (table,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'sqlite_sequence'"
        ).fetchall():
            lines += [f"{table} {line}" for line in connection.execute(f"SELECT * FROM {table}")]
    return lines


def test_deleting_something_unknown_deletes_nothing(library: Store, add_source: AddSource) -> None:
    source = add_source()
    with pytest.raises(NotFoundError, match="99"):
        library.write(lambda c: sources.delete(c, [source, 99]))
    assert row(library, source).passages == 12


def test_the_trash_hides_and_gives_back(library: Store, add_source: AddSource) -> None:
    source, other = add_source("One"), add_source("Two")
    before = row(library, source)
    library.write(lambda c: collections.assign(c, [source, other], "Both"))
    library.write(lambda c: sources.trash(c, [source]))
    with library.read() as connection:
        assert [r.id for r in sources.listing(connection)] == [other]
        assert [r.id for r in sources.listing(connection, trashed=True)] == [source]
        assert [(e.source, e.trashed) for e in text.extents(connection)] == [
            (source, True),
            (other, False),
        ]
        assert collections.source_ids(connection, "both") == [other]
        assert collections.by_name(connection, "Both").sources == 1
        assert len(text.passages(connection, source)) == 12
    library.write(lambda c: sources.restore(c, [source]))
    after = row(library, source)
    assert (after.trashed, after.state, after.verified) == (None, "verified", before.verified)
    with pytest.raises(NotFoundError):
        library.write(lambda c: sources.trash(c, [77]))


def test_a_source_shows_its_places_newest_first_and_its_collections(library: Store) -> None:
    source = library.write(
        lambda c: sources.insert(
            c,
            Source("T", "epub", "epub/1", author="A", date="1818", metadata={"isbn": "1"}),
            hash="x",
            size=9,
        )
    )
    for path in ("/a/old.epub", "/b/new.epub"):
        library.write(lambda c, p=path: sources.add_location(c, source, p))  # type: ignore[misc]
    library.write(lambda c: collections.assign(c, [source], "zeta"))
    library.write(lambda c: collections.assign(c, [source], "Alpha"))
    library.write(lambda c: sources.add_notice(c, source, "2 pages hold no text."))
    library.write(lambda c: sources.add_notice(c, source, "2 pages hold no text."))
    shown = row(library, source)
    assert shown.path == "/b/new.epub"
    assert shown.locations == ("/b/new.epub", "/a/old.epub")
    assert shown.collections == ("Alpha", "zeta")
    assert shown.notices == ("2 pages hold no text.",)
    assert shown.metadata == {"isbn": "1"}


def test_collections_ignore_case_and_keep_their_sources_when_one_is_removed(
    library: Store, add_source: AddSource
) -> None:
    source = add_source()
    library.write(lambda c: collections.assign(c, [source], "Thesis"))
    again = library.write(lambda c: collections.create(c, " THESIS "))
    assert again.name == "Thesis"
    assert again.sources == 1
    with library.read() as connection:
        assert [r.id for r in sources.listing(connection, collection="thesis")] == [source]
    library.write(lambda c: collections.unassign(c, [source], "thesis"))
    library.write(lambda c: collections.remove(c, "Thesis"))
    with library.read() as connection:
        assert collections.all_collections(connection) == []
        assert [r.id for r in sources.listing(connection)] == [source]
        with pytest.raises(NotFoundError):
            collections.by_name(connection, "Thesis")
    with pytest.raises(UsageError):
        library.write(lambda c: collections.create(c, "  "))


def test_text_that_no_file_can_hold_is_replaced_one_for_one(library: Store) -> None:
    words = "A lone \ud83d half of a pair. Then more."
    passage = Passage(Locator(0, len(words)), words, ((0, 26), (27, len(words))))
    section = Section(0, "T \udc80", 0, words, (passage,))
    source = library.write(
        lambda c: sources.insert(
            c, Source("T \ud800", "record", "r/1", key="\ud800"), hash="h", size=1
        )
    )
    library.write(lambda c: text.append(c, source, [section]))
    with library.read() as connection:
        assert text.passages(connection, source)[0].text == words.replace("\ud83d", "\ufffd")
    assert verify(library).sound


def test_questions_are_kept_newest_first(library: Store) -> None:
    for n in range(3):
        library.write(lambda c, n=n: questions.insert(c, f"Q{n}?", {"limit": n}, "{}"))  # type: ignore[misc]
    with library.read() as connection:
        assert [q.question for q in [*questions.newest(connection)][:2]] == ["Q2?", "Q1?"]
        assert next(questions.newest(connection)).scope == {"limit": 2}
    library.write(lambda c: questions.forget(c, None))
    with library.read() as connection:
        assert not [*questions.newest(connection)]


def test_a_long_list_is_read_in_three_queries(library: Store) -> None:
    def many(connection: sqlite3.Connection) -> None:
        for n in range(500):
            source = sources.insert(connection, Source(f"T{n}", "text", "t/1"), hash=f"{n}", size=1)
            sources.add_location(connection, source, f"/{n}")
            collections.assign(connection, [source], f"c{n % 3}")

    library.write(many)
    asked: list[str] = []
    with library.read() as connection:
        connection.set_trace_callback(asked.append)
        try:
            listed = sources.listing(connection)
        finally:
            connection.set_trace_callback(None)
    # A few for all of them, and none for each.
    assert len(asked) < 10
    assert [r.title for r in listed] == [f"T{n}" for n in reversed(range(500))]
    assert {r.collections for r in listed} == {("c0",), ("c1",), ("c2",)}


def test_a_name_in_arabic_with_emoji_is_a_name_like_any_other(tmp_path: Path) -> None:
    path = tmp_path / "مكتبة 📚 #1?%20.brain"
    with Store.open(path) as store:
        identity = store.id
    assert [p.name for p in tmp_path.iterdir()] == [path.name]
    with Store.open(path, read_only=True) as store:
        assert store.id == identity
