"""Everything of a library on another computer by public calls alone, and what is left out."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.doors.serving import Served, served
from tests.test_public_calls import calls
from workbench.errors import Cancelled, InputError, NotFoundError, UsageError
from workbench.jobs import Cancel, Progress
from workbench.library import Library
from workbench.library.operations import LOCAL, OPERATIONS
from workbench.library.remote import _REMOTE_VALUES, RemoteLibrary

_TEXT = "The lighthouse at Skagen was built by Maria Lindqvist in 1862. It burned rape oil."
#: Calls that a remote library makes in its own way.
_OWN = {"add", "close", "numbering", "open", "subscribe"}


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Served]:
    """A server that may write, of a library with a text and a statement."""
    with Library.open(tmp_path / "a.brain") as library:
        library.add_text(_TEXT, title="Skagen")
        library.facts.tell("Maria Lindqvist is an architect. Ada's plan is pro.")
    with served(tmp_path / "a.brain", "--write") as server:
        yield server


@pytest.mark.parametrize("name", calls())
def test_each_public_call_is_remote_or_says_why_not(name: str) -> None:
    """A call that comes later is put into the table, or given a reason."""
    targets = {operation.target for operation in OPERATIONS.values()}
    own = name in _OWN or name in _REMOTE_VALUES
    assert (name in targets) + (name in LOCAL and name not in _OWN) + own == 1
    if name in LOCAL:
        assert len(LOCAL[name].split()) > 3


@pytest.mark.slow
def test_every_call_that_is_left_out_is_refused_with_its_reason(there: Served) -> None:
    with Library.open(there.address, token=there.token) as library:
        for name, reason in LOCAL.items():
            group, _, call = name.rpartition(".")
            if not group:
                continue
            with pytest.raises(UsageError, match=reason.split(maxsplit=1)[1]):
                getattr(getattr(library, group), call)()


@pytest.mark.slow
def test_sources_go_to_the_trash_come_back_and_are_deleted(there: Served) -> None:
    with Library.open(there.address, token=there.token) as library:
        (source,) = library.sources.list()
        library.sources.trash([source.id])
        assert library.sources.list() == []
        library.sources.trash([source.id], restore=True)
        assert [row.id for row in library.sources.list()] == [source.id]
        assert "Skagen" in library.sources.bibliography([source.id])
        library.sources.trash([source.id])
        preview = library.sources.delete([source.id], preview=True)
        assert not preview.deleted
        assert library.sources.delete([source.id]).deleted
        with pytest.raises(NotFoundError):
            library.sources.get(source.id)


@pytest.mark.slow
def test_versions_are_saved_compared_and_restored(there: Served) -> None:
    with Library.open(there.address, token=there.token) as library:
        library.versions.save("before")
        library.facts.tell("Berta's plan is basic.")
        (added,) = library.versions.diff("before").added
        assert added.text == "Berta's plan is basic."
        library.versions.restore("before")
        assert library.facts.value("What is Berta's plan?") is None
        assert "before" in [version.name for version in library.versions.list()]
        library.versions.drop("before")
        with pytest.raises(NotFoundError):
            library.versions.restore("before")


@pytest.mark.slow
def test_what_is_exported_there_is_imported_here_and_the_other_way_round(
    there: Served, tmp_path: Path
) -> None:
    (tmp_path / "out").mkdir()
    steps: list[Progress] = []
    with Library.open(there.address, token=there.token) as library:
        written = library.export(tmp_path / "out", report=steps.append)
        assert written.path.parent == tmp_path / "out"
        assert written.path.stat().st_size == written.bytes
        tables = library.export(tmp_path / "tables", format="csv")
        assert sorted(file.name for file in tables.path.iterdir()) == sorted(tables.files)
        named = library.export(tmp_path / "mine.engram")
        assert named.path == tmp_path / "mine.engram"
        with pytest.raises(UsageError, match="exists and was not touched"):
            library.export(tmp_path / "mine.engram")
        with pytest.raises(UsageError, match="does not exist"):
            library.export(tmp_path / "none" / "mine.engram")
        with pytest.raises(InputError):
            library.import_(tmp_path / "none.engram")
        # What failed or was refused leaves nothing beside it.
        assert not list(tmp_path.rglob("*.part"))
    with Library.open(tmp_path / "b.brain") as other:
        other.import_(written.path)
        assert "Lindqvist" in other.ask("Who built the lighthouse?", quotes=True).evidence[0].quote
        other.facts.tell("Cora's plan is free.")
        back = other.export(tmp_path / "back.engram")
    with Library.open(there.address, token=there.token) as library:
        assert library.import_(back.path, preview=True).added == 1
        run = library.import_(back.path).run
        value = library.facts.value("What is Cora's plan?")
        assert value is not None
        assert value.value == "free"
        library.undo("import", run)
        assert library.facts.value("What is Cora's plan?") is None


@pytest.mark.slow
def test_a_backup_made_there_is_restored_here(there: Served, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    with Library.open(there.address, token=there.token) as library:
        copy = library.backup(folder)
        assert library.verify().sound
        assert library.verify(repair=True).sound
    assert copy.path.parent == folder
    assert copy.bytes == copy.path.stat().st_size
    assert [item.name for item in folder.iterdir()] == [copy.path.name]
    restored = Library.restore_backup(copy.path, tmp_path / "restored.brain")
    assert restored.proven
    with Library.open(tmp_path / "restored.brain") as library:
        assert library.facts.value("What is Ada's plan?") is not None


@pytest.mark.slow
def test_a_database_of_this_machine_is_learned_there(there: Served, tmp_path: Path) -> None:
    file = tmp_path / "orders.db"
    with sqlite3.connect(file) as database:
        database.execute("CREATE TABLE customer (id INTEGER PRIMARY KEY, name TEXT)")
    database.close()
    with Library.open(there.address, token=there.token) as library:
        learned = library.train_db(str(file))
        assert learned.tables == 1
        assert learned.place == str(file)
        assert not library.train_db(f"sqlite:///{file}").changed
        with sqlite3.connect(file) as database:
            database.execute("ALTER TABLE customer RENAME COLUMN name TO surname")
        database.close()
        again = library.train_db(str(file))
        assert again.added
        assert again.removed
        with pytest.raises(UsageError, match="where the library is"):
            library.train_db("postgresql://localhost/orders")


@pytest.mark.slow
def test_the_brain_is_asked_and_dreams_there(there: Served) -> None:
    with Library.open(there.address, token=there.token) as library:
        recall = library.brain.recall("Maria Lindqvist")
        assert recall.cue == ("Maria Lindqvist",)
        assert recall.recalled.spikes.shape[1] == 10
        assert recall.recalled.raster.shape[1:] == (10, 64)
        assert int(recall.recalled.spikes.sum()) > 0
        assert isinstance(library.brain.dream("Maria Lindqvist", seed=1), list)
        (concept,) = (row for row in library.graph.concepts() if row.name == "Maria Lindqvist")
        assert library.brain.assembly(concept.id).neurons.shape == (100,)


@pytest.mark.slow
def test_highlights_come_as_the_bytes_of_a_file(there: Served) -> None:
    with Library.open(there.address, token=there.token) as library:
        (source,) = library.sources.list()
        library.notes.highlight(source.id, 0, 14, note="„Skagen“")
        assert "„Skagen“" in library.notes.export(source.id).decode()


@pytest.mark.slow
def test_who_may_only_read_changes_nothing(there: Served, tmp_path: Path) -> None:
    with Library.open(tmp_path / "r.brain") as library:
        library.facts.tell("Ada's plan is pro.")
    before = (tmp_path / "r.brain").read_bytes()
    with served(tmp_path / "r.brain") as server:
        with Library.open(server.address, token=server.token) as library:
            assert library.verify().sound
            library.export(tmp_path / "r.engram")
            writing: list[Any] = [
                lambda: library.verify(repair=True),
                lambda: library.backup(tmp_path / "r-copy.brain"),
                lambda: library.import_(tmp_path / "r.engram"),
                lambda: library.train_db(str(tmp_path / "r.brain")),
                lambda: library.versions.save("x"),
                lambda: library.sources.trash([1]),
                lambda: library.sources.delete([1]),
            ]
            for call in writing:
                with pytest.raises(UsageError, match="read-only"):
                    call()
        key = "0" * 32
        assert server.ask("PUT", f"/v1/files/{key}/x", b"x")[0] == 403
        assert server.ask("POST", "/v1/verify", {"repair": True})[0] == 422
        assert server.ask("POST", "/v1/backup", {"file": f"{key}/x"})[0] == 403
    assert (tmp_path / "r.brain").read_bytes() == before
    # The same right here, whatever the server allows.
    with (
        Library.open(there.address, token=there.token, read_only=True) as library,
        pytest.raises(UsageError, match="read-only"),
    ):
        library.verify(repair=True)


@pytest.mark.slow
def test_files_of_others_are_not_to_be_had(there: Served, tmp_path: Path) -> None:
    key = "ab" * 16
    for place in (
        f"/v1/files/{key}/../../../a.brain", f"/v1/files/{key}/%2e%2e%2fa.brain",
        f"/v1/files/{key}/none", "/v1/files/..%2f/x", f"/v1/files/{'AB' * 16}/x",
    ):  # fmt: skip
        assert there.ask("GET", place)[0] in (404, 422), place
        assert there.ask("PUT", place, b"x")[0] in (404, 405, 422) or place.endswith("none")
    assert there.ask("PUT", f"/v1/files/{key}/note.txt", b"words")[0] == 200
    assert there.ask("GET", f"/v1/files/{key}/note.txt")[2] == b"words"
    assert b"note.txt" in there.ask("GET", f"/v1/files/{key}")[2]
    assert there.ask("DELETE", f"/v1/files/{key}")[0] == 200
    assert there.ask("GET", f"/v1/files/{key}/note.txt")[0] == 404
    assert there.ask("GET", f"/v1/files/{key}/note.txt", Authorization=None)[0] == 401


@pytest.mark.slow
def test_a_call_is_stopped_from_here(there: Served, tmp_path: Path) -> None:
    cancel = Cancel()
    cancel.set()
    with Library.open(there.address, token=there.token) as library:
        with pytest.raises(Cancelled):
            library.backup(tmp_path / "stopped.brain", cancel=cancel)
        assert library.facts.value("What is Ada's plan?") is not None
    assert not (tmp_path / "stopped.brain").exists()


def test_a_remote_library_has_each_public_call() -> None:
    for name in calls():
        group, _, _call = name.rpartition(".")
        assert group or hasattr(RemoteLibrary, name)
