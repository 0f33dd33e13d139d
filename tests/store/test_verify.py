"""Verify finds what is wrong with a library, and nothing where all is well."""

import sqlite3
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.records import Section, Source
from workbench.errors import Cancelled, NotFoundError
from workbench.jobs import Cancel, Progress
from workbench.store import sources, text
from workbench.store.store import Store
from workbench.store.verify import verify

AddSource = Callable[..., int]
MakeSections = Callable[..., list[Section]]


def test_a_whole_library_is_sound(library: Store, add_source: AddSource) -> None:
    add_source("One")
    add_source("Two")
    told: list[Progress] = []
    found = verify(library, lambda source: True, report=told.append)
    assert (found.sound, found.problems) == (True, ())
    assert (found.sources, found.passages, found.engrams) == (2, 24, 72)
    assert {p.stage for p in told} == {"structure", "sources", "index"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("harm", "word"),
    [
        ("UPDATE engram SET text = 'other words' WHERE id = 5", "statement 5"),
        ("UPDATE engram SET start = start + 1 WHERE id = 5", "statement 5"),
        ("DELETE FROM engram WHERE id = 5", "lacks statements"),
        ("DELETE FROM passage WHERE id = 3", "statements"),
        ("UPDATE source SET passages = 7", "7 passages are noted and "),
        ("UPDATE source SET characters = 7", "7 characters"),
        ("DELETE FROM page WHERE number = 2", "pages"),
        ("DELETE FROM extent", "marked as its own"),
        ("UPDATE extent SET last = last + 5", "marked as its own"),
        ("DELETE FROM section WHERE ordinal = 1", "chapter 1 is missing"),
        ("UPDATE section SET text = text || 'x' WHERE ordinal = 1", "chapter 1 holds"),
        ("UPDATE passage SET start = 999999 WHERE id = 3", "outside its chapter"),
        ("INSERT INTO engram(passage, start, end, text) VALUES (9999, 0, 1, 'x')", "no source"),
        ("INSERT INTO membership VALUES (5, 5, NULL)", "belongs to"),
    ],
)
def test_harm_is_found(library: Store, add_source: AddSource, harm: str, word: str) -> None:
    add_source()
    path = library.file
    library.close()
    connection = sqlite3.connect(path)
    connection.execute(harm)
    connection.commit()
    connection.close()
    with Store.open(path) as store:
        found = verify(store)
    assert not found.sound
    assert any(word in problem for problem in found.problems), found.problems


def test_a_source_that_no_search_finds_is_told(library: Store, add_source: AddSource) -> None:
    lost, trashed = add_source("Lost"), add_source("Trashed")
    library.write(lambda c: sources.trash(c, [trashed]))
    found = verify(library, lambda source: False)
    assert [p for p in found.problems if "Lost" in p]
    assert not [p for p in found.problems if "Trashed" in p]
    assert found.problems[0].startswith(f"“Lost” (source {lost})")


def test_verify_stops_when_asked(library: Store, add_source: AddSource) -> None:
    add_source()
    cancel = Cancel()
    cancel.set()
    with pytest.raises(Cancelled):
        verify(library, cancel=cancel)


def _delete_then_fail(connection: sqlite3.Connection, source: int) -> None:
    sources.delete(connection, [source])
    sources.by_id(connection, source)


ACTIONS = st.lists(
    st.tuples(
        st.sampled_from(["add", "more", "trash", "restore", "delete", "fail"]), st.integers(0, 5)
    ),
    max_size=25,
)


@pytest.mark.slow
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(actions=ACTIONS)
def test_any_order_of_adding_and_removing_leaves_a_sound_library(
    make_sections: MakeSections, actions: list[tuple[str, int]]
) -> None:
    made = make_sections(4, passages=2)
    with Store.open(":memory:") as store:
        ids: dict[int, int] = {}
        stored: dict[int, int] = {}
        for number, (action, which) in enumerate(actions):
            if action == "add" and which not in ids:
                ids[which] = store.write(
                    lambda c, n=number: sources.insert(  # type: ignore[misc]
                        c, Source("T", "text", "t/1"), hash=str(n), size=1
                    )
                )
                stored[which] = 0
            elif which in ids:
                source = ids[which]
                if action == "more" and stored[which] < len(made):
                    stored[which] += 1
                    upto = made[: stored[which]]
                    store.write(lambda c, s=source, u=upto: text.append(c, s, u))  # type: ignore[misc]
                elif action == "trash":
                    store.write(lambda c, s=source: sources.trash(c, [s]))  # type: ignore[misc]
                elif action == "restore":
                    store.write(lambda c, s=source: sources.restore(c, [s]))  # type: ignore[misc]
                elif action == "delete":
                    store.write(lambda c, s=source: sources.delete(c, [s]))  # type: ignore[misc]
                    del ids[which], stored[which]
                elif action == "fail":
                    with pytest.raises(NotFoundError):
                        store.write(lambda c, s=source: _delete_then_fail(c, s))  # type: ignore[misc]
        found = verify(store)
        assert found.problems == ()
        assert found.engrams == sum(stored[w] * 6 for w in ids)
        with store.read() as connection:
            alive = {
                engram
                for extent in text.extents(connection)
                for engram in range(extent.first, extent.last + 1)
            }
            assert alive == {item[0] for item in text.replay(connection, 0, 10_000)}
