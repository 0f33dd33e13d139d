"""Every act is one change: undone and done again, the library is as it was, row for row."""

import contextlib
import re
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.sleep.sleepy_shelf import Clock
from workbench.errors import NotFoundError, UsageError
from workbench.library import Library
from workbench.library.options import Marks, TellOptions
from workbench.memory.plasticity import DAY
from workbench.store.change_words import forms

#: The log itself, what counts, and what is worked out by itself of what use has left.
_OUTSIDE = ("change", "change_item", "derived", "meta")
_WORKED_OUT = {"strength": ("fades",)}


def rows(file: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of a library by table, with their ids and checksums."""
    connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    try:
        found = {}
        for (table,) in connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        ).fetchall():
            if table in _OUTSIDE:
                continue
            columns = [
                f'"{name}"'
                for (name,) in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))
                if name not in _WORKED_OUT.get(table, ()) and (table != "strength" or name != "sum")
            ]
            query = f"SELECT {', '.join(columns)} FROM {table}"
            found[table] = sorted(connection.execute(query).fetchall(), key=repr)
        return found
    finally:
        connection.close()


def picture(library: Library, file: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows once everything is linked and written."""
    library._core.strengths.flush()
    library.graph.link(concepts_only=True)
    return rows(file)


def _facts(library: Library) -> list[int]:
    return sorted(fact.id for fact in library.facts.list())


def _edit(library: Library, number: int) -> None:
    ids = _facts(library)
    if ids:
        library.facts.edit(ids[number % len(ids)], f"The gate number {number} is green.")


def _tell(library: Library, number: int) -> None:
    library.facts.tell(
        f"Ada Moss owns barn {number % 3}.", source=("Ben", None)[number % 2],
        options=TellOptions(again=True),
    )  # fmt: skip


def _mark(library: Library, number: int) -> None:
    ids = _facts(library)
    if ids:
        library.memory.mark(ids[number % len(ids)], Marks(tags=[f"t{number % 4}"]))


def _rename(library: Library, number: int) -> None:
    concepts = library.graph.concepts(limit=-1)
    if concepts:
        library.graph.change(concepts[number % len(concepts)].id, name=f"Name{number} Holm")


def _join(library: Library, number: int) -> None:
    concepts = library.graph.concepts(limit=-1)
    if len(concepts) > 1:
        one, other = concepts[number % len(concepts)], concepts[(number + 1) % len(concepts)]
        library.graph.change(one.id, into=other.id)


def _collection(library: Library, number: int) -> None:
    names = {row.name for row in library.collections.list()}
    name = f"c{number % 3}"
    if name not in names:
        library.collections.create(name)
    elif number % 2:
        library.collections.remove(name)
    else:
        library.facts.tell(f"Dora sold goat {number}.", collection=name)


ACTS: dict[str, Callable[[Library, int], object]] = {
    "tell": _tell,
    "edit": _edit,
    "note": lambda library, number: library.notes.add(
        "instruction", f"Always knock at door {number % 5}."
    ),
    "mark": _mark,
    "pin": lambda library, number: library.memory.strengthen("barn", amount=1),
    "review": lambda library, number: library.memory.mark(_facts(library)[:2], Marks(review=True)),
    "rename": _rename,
    "join": _join,
    "consolidate": lambda library, _number: library.memory.consolidate(prune_below=0.2),
    "sleep": lambda library, _number: library.sleep.run(),
    "collection": _collection,
}


@pytest.mark.slow
@example(acts=[("consolidate", 0), ("edit", 0), ("edit", 1)])
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts=st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.integers(0, 20)), max_size=6))
def test_every_act_is_undone_and_done_again_row_for_row(
    tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[str, int]]
) -> None:
    file, clock = tmp_path_factory.mktemp("acts") / "a.brain", Clock()
    with Library.open(file, clock=clock) as library:
        library.facts.tell("Kofi Mensah met Ada Moss in Oslo.\nAda Moss owns barn 1.")
        library.facts.tell("Ada Moss owns barn 1.", options=TellOptions(again=True))
        states, numbers = [picture(library, file)], [library.changes(1)[0].id]
        for act, number in acts:
            clock.pass_(DAY)
            # A name that another concept has is refused.
            with contextlib.suppress(UsageError):
                ACTS[act](library, number)
            states.append(picture(library, file))
            numbers.append(next((change.id for change in library.changes(1)), 0))
        made = len({number for number in numbers[1:] if number > numbers[0]})
        while library.changes(1) and any(
            change.state == "done" and change.id > numbers[0] for change in library.changes(100)
        ):
            library.undo()
        assert picture(library, file) == states[0]
        assert library.verify().sound
        for _ in range(made):
            library.redo()
        assert picture(library, file) == states[-1]
        assert library.verify().sound


def test_what_was_changed_since_is_refused_with_a_sentence_and_nothing_is_lost(
    tmp_path: Path,
) -> None:
    with Library.open(tmp_path / "a.brain") as library:
        library.notes.add("instruction", "Always knock at the door.")
        first, (note,) = library.changes(1)[0], library.notes.list()
        library.facts.edit(note.id, "Never knock at the door.")
        with pytest.raises(UsageError, match="changed again since"):
            library.undo(run=first.id)
        assert [row.text for row in library.notes.list()] == ["Never knock at the door."]
        library.undo()
        library.undo()
        assert library.notes.list() == []
        assert library.redo().again
        assert library.redo().again
        assert [row.text for row in library.notes.list()] == ["Never knock at the door."]
        with pytest.raises(NotFoundError, match="nothing to do again"):
            library.redo()


def test_what_was_undone_before_another_act_is_not_done_again(tmp_path: Path) -> None:
    clock = Clock()
    with Library.open(tmp_path / "a.brain", clock=clock) as library:
        for name in ("Sea", "Coast"):
            library.collections.create(name)
            clock.pass_(1)
            library.undo()
            clock.pass_(1)
        library.redo()
        assert [row.name for row in library.collections.list()] == ["Coast"]
        with pytest.raises(NotFoundError, match="nothing to do again"):
            library.redo()


def test_a_name_that_others_say_too_is_undone_and_done_again(tmp_path: Path) -> None:
    with Library.open(tmp_path / "a.brain") as library:
        library.facts.tell("Niels Bohr was a physicist.")
        library.graph.link()
        (first,) = library.changes()
        library.undo()
        library.facts.tell("Niels Bohr lived in Copenhagen.")
        library.graph.link()
        for _ in range(2):
            library.redo(run=first.id)
            library.graph.link()
            assert len(library.facts.list()) == 2
            library.undo(run=first.id)
            library.graph.link()
        (bohr,) = (row for row in library.graph.concepts(limit=-1) if row.name == "Niels Bohr")
        assert bohr.mentions == 1
        assert library.verify().sound


def test_a_tag_is_undone_beside_those_that_came_since(tmp_path: Path) -> None:
    with Library.open(tmp_path / "a.brain") as library:
        (added,) = library.add_text(_SKAGEN, title="Skagen")
        source = added.source or 0
        numbers = []
        for name in ("Sea", "Coast"):
            library.sources.tag([source], name)
            numbers.append(library.changes(1)[0].id)
        library.undo(run=numbers[0])
        assert library.sources.get(source).tags == ("Coast",)
        library.redo(run=numbers[0])
        assert library.sources.get(source).tags == ("Coast", "Sea")
        library.sources.tag([source], "Sea", remove=True)
        with pytest.raises(UsageError, match="changed again since"):
            library.undo(run=numbers[0])
        library.undo(run=numbers[1])
        assert library.sources.get(source).tags == ()
        library.undo()
        assert library.sources.get(source).tags == ("Sea",)
        assert library.verify().sound


def test_who_has_said_more_since_stays_who_said_it(tmp_path: Path) -> None:
    with Library.open(tmp_path / "a.brain") as library:
        library.facts.tell("The barn is red.", source="Ben")
        first = library.changes(1)[0]
        library.facts.tell("The mill is old.", source="Ben")
        library.undo(run=first.id)
        assert [fact.sources for fact in library.facts.list()] == [("Ben",)]
        assert library.verify().sound
        library.redo(run=first.id)
        assert [fact.sources for fact in library.facts.list()] == [("Ben",), ("Ben",)]
        for number in (first.id, library.changes(1)[0].id):
            library.undo(run=number)
        library.redo()
        assert [fact.sources for fact in library.facts.list()] == [("Ben",)]


def test_a_statement_comes_back_with_who_said_it_or_not(tmp_path: Path) -> None:
    with Library.open(tmp_path / "a.brain") as library:
        numbers = []
        for text in ("The barn is red.", "The mill is old."):
            library.facts.tell(text, source="Ben")
            numbers.append(library.changes(1)[0].id)
        library.undo()
        library.undo()
        with pytest.raises(UsageError, match="changed again since"):
            library.redo(run=numbers[1])
        for number in numbers:
            library.redo(run=number)
        assert [fact.sources for fact in library.facts.list()] == [("Ben",), ("Ben",)]
        assert library.verify().sound


def test_a_collection_that_was_used_since_stays(tmp_path: Path) -> None:
    with Library.open(tmp_path / "a.brain") as library:
        library.collections.create("c")
        made = library.changes(1)[0]
        library.facts.tell("The barn is red.", collection="c")
        with pytest.raises(UsageError, match="changed again since"):
            library.undo(run=made.id)
        assert [fact.text for fact in library.facts.list(collection="c")] == ["The barn is red."]
        library.undo()
        library.undo(run=made.id)
        assert library.collections.list() == []


_SKAGEN = "The lighthouse at Skagen was built by Maria Lindqvist in 1862."


def test_sources_are_found_or_not_as_soon_as_their_moving_is_undone(tmp_path: Path) -> None:
    with Library.open(tmp_path / "a.brain") as library:
        (added,) = library.add_text(_SKAGEN, title="Skagen")
        assert added.source is not None
        library.sources.trash([added.source])
        assert library.search("lighthouse").total == 0
        library.undo()
        assert library.search("lighthouse").total == 1
        library.redo()
        assert library.search("lighthouse").total == 0


def test_what_comes_at_once_is_one_change_that_leads_to_the_trash(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text(f"{_SKAGEN} It is in {name}.", "utf-8")
    files = [tmp_path / "one.txt", tmp_path / "two.txt"]
    with Library.open(tmp_path / "a.brain") as library:
        library.add(files)
        (change,) = library.changes()
        assert (change.kind, change.state) == ("sources added", "done")
        library.add_text("The mill at Gudhjem was moved in 1893.", title="Mill")
        assert len(library.changes()) == 2
        library.undo(run=change.id)
        assert [row.title for row in library.sources.list()] == ["Mill"]
        assert library.search("lighthouse").total == 0
        library.redo(change.id)
        assert len(library.sources.list()) == 3
        first = next(row.id for row in library.sources.list() if row.title == "One")
        assert [each.id for each in library.changes(sources=[first])] == [change.id]
        # What comes a second time comes out of the trash, where it lies again afterwards.
        library.sources.trash([first])
        since = library.sources.get(first).trashed
        assert library.add(files[:1])[0].restored
        library.undo()
        assert library.sources.get(first).trashed == since
        library.sources.delete([first])
        assert library.changes(sources=[first]) == []
        assert {each.kind for each in library.changes()} == {"sources deleted", "sources added"}


def test_deleted_notes_and_highlights_come_back_and_are_found_again(tmp_path: Path) -> None:
    with Library.open(tmp_path / "a.brain") as library:
        (added,) = library.add_text(_SKAGEN, title="Skagen")
        assert added.source is not None
        mark = library.notes.highlight(added.source, 4, 14, note="See the keeper.")
        library.memory.mark(mark.id, Marks(tags=["towers"]))
        (told,) = library.notes.add("instruction", "Always knock at the door.").new
        before = library.notes.list("highlight")
        assert library.notes.remove(mark.id, told) == 2
        assert [*library.notes.list("highlight"), *library.notes.list()] == []
        library.undo()
        assert library.notes.list("highlight") == before
        assert [note.id for note in library.notes.list("instruction")] == [told]
        assert library.notes.places(mark.id)[0].tags == ("towers",)
        library.redo()
        assert [*library.notes.list("highlight"), *library.notes.list()] == []
        assert library.verify().sound
        library.sources.trash([added.source])
        library.sources.delete([added.source])
        assert b"keeper" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())


def test_what_was_done_to_several_sources_is_undone_of_those_that_are_left(tmp_path: Path) -> None:
    with Library.open(tmp_path / "a.brain") as library:
        for name in ("Skagen", "Gudhjem"):
            library.add_text(f"{_SKAGEN} It is like the one at {name}.", title=name)
        one, other = (row.id for row in library.sources.list())
        library.sources.tag([one, other], "towers")
        change = library.changes(1)[0]
        library.sources.trash([other])
        library.sources.delete([other])
        library.undo(run=change.id)
        assert library.sources.get(one).tags == ()
        data = b"".join(path.read_bytes() for path in tmp_path.iterdir())
        assert (
            b"Skagen." if library.sources.get(one).title == "Gudhjem" else b"Gudhjem."
        ) not in data


def test_tables_are_undone_and_leave_no_word_of_what_is_deleted(tmp_path: Path) -> None:
    with Library.open(tmp_path / "a.brain") as library:
        (added,) = library.add_text(_SKAGEN, title="Skagen")
        assert added.source is not None
        asked = "Who built the lighthouse?"
        library.tables.create("Towers", [asked], sources=[added.source])
        library.tables.correct("Towers", added.source, asked, "Kept by Xanthippe")
        corrected = library.tables.get("Towers")
        library.tables.change("Towers", add=["When was it built?"])
        library.undo()
        assert library.tables.get("Towers") == corrected
        library.undo()
        assert next(library.tables.get("Towers").cells).text == ""
        library.redo()
        assert library.tables.get("Towers") == corrected
        library.tables.delete("Towers")
        assert library.tables.list() == []
        assert library.undo().kind == "table deleted"
        assert library.tables.get("Towers") == corrected
        library.redo()
        assert library.tables.list() == []
        library.sources.trash([added.source])
        library.sources.delete([added.source])
        library._core.store.empty_log()
        assert b"Xanthippe" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())


def test_a_table_that_was_filled_since_is_deleted_whole_and_again(tmp_path: Path) -> None:
    with Library.open(tmp_path / "a.brain") as library:
        (added,) = library.add_text(_SKAGEN, title="Skagen")
        assert added.source is not None
        asked = "Who built the lighthouse?"
        library.tables.create("Towers", [asked], sources=[added.source])
        library.tables.delete("Towers")
        library.undo()
        library.tables.correct("Towers", added.source, asked, "Maria")
        library.sources.trash([added.source])
        library.sources.delete([added.source])
        library.tables.delete("Towers")
        library.tables.create("Towers", [asked])
        assert library.tables.get("Towers").rows == ()


def test_a_name_that_is_given_back_is_followed_by_what_waits_and_is_watched(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "new"
    folder.mkdir()
    with Library.open(tmp_path / "a.brain") as library:
        library.collections.create("Sea")
        library.queue.watch(folder, collection="Sea")
        library.collections.change("Sea", name="Coast")
        assert [row.collection for row in library.queue.watch()] == ["Coast"]
        library.undo()
        assert [row.collection for row in library.queue.watch()] == ["Sea"]


def test_a_thread_hears_the_numbers_of_what_it_changes_itself(tmp_path: Path) -> None:
    with Library.open(tmp_path / "a.brain") as library:
        library.notes.add("instruction", "Always knock.")
        with library.numbering() as numbers:
            library.collections.create("Sea")
            library.collections.create("Sea")
            other = threading.Thread(target=library.collections.create, args=("Coast",))
            other.start()
            other.join()
            with pytest.raises(UsageError):
                library.collections.change("Sea", name="Coast")
            library.facts.tell("The barn is red.")
        kinds = {change.id: change.kind for change in library.changes()}
        assert [kinds[number] for number in numbers] == [
            "collection added", "statement remembered",
        ]  # fmt: skip


def test_every_act_is_said_in_words() -> None:
    named = re.compile(r'act(?:="|\(connection, ")([^"]+)"')
    files = Path("workbench").rglob("*.py")
    kinds = {kind for file in files for kind in named.findall(file.read_text("utf-8"))}
    assert "note edited" in kinds
    assert kinds <= forms().keys()


def test_what_is_forgotten_leaves_the_log(tmp_path: Path) -> None:
    file = tmp_path / "a.brain"
    with Library.open(file) as library:
        library.facts.tell("The password is xyzzy.")
        edited = library.facts.edit(_facts(library)[0], "The password is plugh.")
        library.facts.forget([edited.id])
        assert [(row.what, row.kept) for row in library.changes()] == [
            ("1 memory permanently deleted", False)
        ]
    data = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"xyzzy" not in data
    assert b"plugh" not in data


def _forget_answer(library: Library) -> None:
    library.answers.forget(library.answers.keep(library.ask("Who built the lighthouse?")).id or 0)


def _delete_source(library: Library) -> None:
    sources = [row.id for row in library.sources.list()]
    library.sources.trash(sources)
    library.sources.delete(sources)


def _drop_version(library: Library) -> None:
    library.versions.save("first")
    library.versions.drop("first")


@pytest.mark.parametrize(
    ("erase", "what"),
    [
        (lambda library: library.facts.forget("barn"), "1 memory permanently deleted"),
        (lambda library: library.facts.forget(_facts(library)), "2 memories permanently deleted"),
        (
            lambda library: library.facts.forget(None, everything=True),
            "3 memories permanently deleted",
        ),
        (lambda library: library.facts.forget(None, source="Ben"), "1 memory permanently deleted"),
        (
            lambda library: library.collections.change(None, capacity=1),
            "1 memory permanently deleted",
        ),
        (_forget_answer, "1 saved answer permanently deleted"),
        (_delete_source, "1 source permanently deleted"),
        (_drop_version, "1 version permanently deleted"),
    ],
)
def test_what_is_deleted_for_good_is_in_the_log_and_undo_does_not_pass_over_it(
    tmp_path: Path, erase: Callable[[Library], object], what: str
) -> None:
    with Library.open(tmp_path / "a.brain") as library:
        library.add_text(_SKAGEN, title="Skagen")
        library.facts.tell("The barn is red.")
        library.facts.tell("The mill is old.", source="Ben")
        library.notes.add("instruction", "Always knock at the door.")
        library.collections.create("Sea")
        library.undo()
        erase(library)
        last, *_ = library.changes()
        assert (last.what, last.state, last.kept) == (what, "final", False)
        before = rows(tmp_path / "a.brain")
        for number in (None, last.id):
            with pytest.raises(NotFoundError, match=f"“{what}” cannot be undone"):
                library.undo(run=number)
        with pytest.raises(NotFoundError, match="nothing to do again"):
            library.redo()
        assert rows(tmp_path / "a.brain") == before
        library.collections.create("Coast")
        library.undo()
        assert library.collections.list() == []
        with pytest.raises(NotFoundError, match="cannot be undone"):
            library.undo()


def test_what_deleted_nothing_is_no_change(tmp_path: Path) -> None:
    with Library.open(tmp_path / "a.brain") as library:
        library.notes.add("instruction", "Always knock at the door.")
        library.facts.forget("barn")
        library.facts.forget([4711])
        library.answers.forget(4711)
        assert len(library.changes()) == 1
        library.undo()
        assert library.notes.list() == []


def test_undone_statements_are_found_again_after_the_index_let_go_of_them(tmp_path: Path) -> None:
    file = tmp_path / "a.brain"
    with Library.open(file) as library:
        library.facts.tell("The mill is owned by Ada.", source="Ben")
        library.facts.tell("The barn is red.")
        library.facts.tell(
            "The mill is owned by Ada.", source="Cleo", options=TellOptions(again=True)
        )
        ids = _facts(library)
        library.memory.consolidate()
        library.facts.forget("barn")
        library._core.lexicon.freeze()
    with Library.open(file) as library:
        library.undo("consolidation")
        assert {fact.id for fact in library.facts.recall("mill")} == {ids[0], ids[2]}
    with Library.open(file) as library:
        assert {fact.id for fact in library.facts.recall("mill")} == {ids[0], ids[2]}


def test_the_last_change_of_the_same_row_is_named_first(tmp_path: Path) -> None:
    with Library.open(tmp_path / "tags.brain") as library:
        library.add_text("The mill stands on the Orn.", title="Mill")
        (source,) = library.sources.list()
        for remove in (False, True, False):
            library.sources.tag([source.id], "river", remove=remove)
        first = library.changes()[2].id
        with pytest.raises(UsageError) as refused:
            library.undo(run=first)
        assert refused.value.hint == f"Undo change {library.changes()[0].id} first."
