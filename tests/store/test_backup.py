"""Backups while the library is in use, and the way back (X1)."""

import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import astuple
from functools import partial
from pathlib import Path

import pytest

from tests.patience import seconds
from workbench.errors import (
    Cancelled,
    InputError,
    LibraryError,
    LibraryLockedError,
    NotALibraryError,
    NotFoundError,
    UsageError,
)
from workbench.jobs import Cancel, Progress, Report
from workbench.store import backup, meta, sources, tags, text
from workbench.store.store import Store
from workbench.store.verify import verify

AddSource = Callable[..., int]


def held(path: Path) -> backup.Contents:
    connection = sqlite3.connect(path)
    try:
        return backup.contents(connection)
    finally:
        connection.close()


@pytest.mark.slow
def test_x1_a_backup_of_a_busy_library_shows_one_moment(
    library: Store, add_source: AddSource, tmp_path: Path
) -> None:
    source = add_source(chapters=20)
    stop = threading.Event()

    def both(connection: sqlite3.Connection, number: int) -> None:
        meta.put(connection, "one", number)
        tags.tag(connection, [source], f"t{number}")

    def keep_writing() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            # Both halves or neither: what a copy of two moments would not show.
            library.write(partial(both, number=number))

    writer = threading.Thread(target=keep_writing)
    writer.start()
    try:
        made = [library.backup(tmp_path / f"copy{n}.brain") for n in range(3)]
    finally:
        stop.set()
        writer.join()
    for each in made:
        assert held(each.path).digest == each.digest
        assert (each.sources, each.passages, each.engrams) == (1, 80, 240)
        assert each.bytes == each.path.stat().st_size
        with Store.open(each.path) as copy:
            assert verify(copy).sound
            with copy.read() as connection:
                assert (meta.get(connection, "one") or 0) == len(tags.all_tags(connection))
    assert len({each.digest for each in made}) > 1
    assert not list(tmp_path.glob("*.partial"))


def test_x1_restoring_brings_back_every_row_and_moves_the_present_aside(
    tmp_path: Path, library: Store, add_source: AddSource
) -> None:
    first = add_source("First")
    library.write(lambda c: tags.tag(c, [first], "kept"))
    made = library.backup(tmp_path / "safe.brain")
    add_source("Second", word="beryl")
    library.write(lambda c: sources.delete(c, [first]))
    path = library.file
    now = held(path)
    library.close()
    restored = backup.restore(made.path, path)
    assert restored.proven
    assert restored.digest == made.digest
    assert (restored.sources, restored.passages, restored.engrams) == (1, 12, 36)
    with Store.open(path) as store:
        assert verify(store).sound
        assert store.id == restored.library
        with store.read() as connection:
            assert [row.title for row in sources.listing(connection)] == ["First"]
            assert sources.by_id(connection, first).tags == ("kept",)
            assert meta.get(connection, backup.SEAL) is None
    assert restored.aside is not None
    assert restored.aside.name.startswith("library.before-restore-")
    assert held(restored.aside) == now
    again = backup.restore(made.path, path)
    assert again.aside not in (None, restored.aside)
    assert again.digest == made.digest
    assert [p.name for p in backup.copies(path)] == sorted(
        p.name for p in tmp_path.glob("library.before-*")
    )


def test_x1_restoring_where_nothing_was(
    tmp_path: Path, library: Store, add_source: AddSource
) -> None:
    add_source()
    made = library.backup(tmp_path / "safe.brain")
    restored = backup.restore(made.path, tmp_path / "new.brain")
    assert restored.aside is None
    assert held(restored.path).digest == made.digest
    with pytest.raises(LibraryError, match="does not exist"):
        backup.restore(made.path, tmp_path / "nowhere" / "new.brain")


def test_x1_a_library_that_another_process_has_open_is_not_replaced(
    tmp_path: Path, library: Store, add_source: AddSource
) -> None:
    add_source()
    made = library.backup(tmp_path / "safe.brain")
    library.close()
    script = (
        "import sys\nfrom workbench.store.store import Store\n"
        "with Store.open(sys.argv[1]) as store:\n    print('open', flush=True)\n"
        "    sys.stdin.read()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", script, str(library.file)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        before = sorted(p.name for p in tmp_path.iterdir())
        with pytest.raises(LibraryLockedError, match="open in another program"):
            backup.restore(made.path, library.file)
        assert sorted(p.name for p in tmp_path.iterdir()) == before
    finally:
        other.communicate(timeout=seconds(100))
    assert backup.restore(made.path, library.file).proven


def test_x1_a_library_that_this_process_has_open_is_not_replaced(
    tmp_path: Path, library: Store, add_source: AddSource
) -> None:
    add_source()
    made = library.backup(tmp_path / "safe.brain")
    with pytest.raises(LibraryLockedError):
        backup.restore(made.path, library.file)
    add_source("still works", word="beryl")
    assert verify(library).sound


def _change_a_word(path: Path) -> None:
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("UPDATE section SET text = replace(text, 'amber', 'umber')")
    connection.close()


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-9000])


def _overwrite(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[6 * 4096 : 8 * 4096] = b"\xff" * 8192
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("harm", "reason"),
    [
        (_change_a_word, "changed"),
        (_cut, "damaged"),
        (_overwrite, "damaged"),
        (lambda path: path.write_bytes(b""), "empty"),
        (lambda path: path.write_text("a shopping list, no library at all"), "not_a_library"),
    ],
)
def test_x1_a_backup_that_is_not_as_it_was_made_is_refused(
    tmp_path: Path,
    library: Store,
    add_source: AddSource,
    harm: Callable[[Path], None],
    reason: str,
) -> None:
    add_source(chapters=30)
    made = library.backup(tmp_path / "safe.brain")
    library.close()
    harm(made.path)
    before = library.file.read_bytes()
    with pytest.raises(InputError) as caught:
        backup.restore(made.path, library.file)
    assert caught.value.reason == reason
    assert caught.value.hint
    assert library.file.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["library.brain", "safe.brain"]


def test_x1_a_spoilt_library_is_moved_aside_with_its_log_and_the_backup_takes_its_place(
    tmp_path: Path, library: Store, add_source: AddSource
) -> None:
    add_source()
    made = library.backup(tmp_path / "safe.brain")
    library.close()
    log = library.file.with_name("library.brain-wal")
    library.file.write_bytes(b"nothing that SQLite would know")
    log.write_bytes(b"a log of something else")
    restored = backup.restore(made.path, library.file)
    assert restored.aside is not None
    assert restored.aside.read_bytes() == b"nothing that SQLite would know"
    assert not log.exists()
    with Store.open(library.file) as store:
        assert verify(store).sound
    library.file.unlink()
    log.write_bytes(b"a log of something else")
    assert backup.restore(made.path, library.file).aside is None
    with Store.open(library.file) as store:
        assert verify(store).sound


def test_x1_what_is_no_library_is_neither_overwritten_nor_moved(
    tmp_path: Path, library: Store, add_source: AddSource
) -> None:
    add_source()
    thesis = tmp_path / "thesis.docx"
    thesis.write_bytes(b"years of work")
    with pytest.raises(UsageError, match=r"thesis\.docx"):
        library.backup(thesis)
    with Store.open(tmp_path / "other.brain"):
        pass
    with pytest.raises(UsageError, match="not a backup of this library"):
        library.backup(tmp_path / "other.brain")
    with pytest.raises(UsageError, match="its own backup"):
        library.backup(library.file)
    made = library.backup(tmp_path / "safe.brain")
    with pytest.raises(NotALibraryError):
        backup.restore(made.path, thesis)
    with pytest.raises(UsageError, match="itself"):
        backup.restore(library.file, library.file)
    with pytest.raises(NotFoundError):
        backup.restore(tmp_path / "missing.brain", library.file)
    assert thesis.read_bytes() == b"years of work"


def test_x1_a_folder_gets_dated_copies_and_an_older_backup_is_replaced_on_request(
    tmp_path: Path, library: Store, add_source: AddSource
) -> None:
    add_source("One")
    folder = tmp_path / "stick"
    folder.mkdir()
    first = library.backup(folder)
    assert first.path.parent == folder
    assert first.path.name.startswith("library-backup-2")
    add_source("Two", word="beryl")
    before = first.path.read_bytes()
    with pytest.raises(UsageError, match="exists already and was not touched"):
        library.backup(first.path)
    assert first.path.read_bytes() == before
    beside = library.backup(folder)
    assert (beside.sources, first.path.read_bytes()) == (2, before)
    second = library.backup(first.path, replace=True)
    assert second.sources == 2
    assert {*folder.iterdir()} == {first.path, beside.path}


def test_x1_a_plain_copy_is_restored_and_said_to_be_unproven(
    tmp_path: Path, library: Store, add_source: AddSource
) -> None:
    add_source()
    library.close()
    copy = tmp_path / "by hand.brain"
    copy.write_bytes(library.file.read_bytes())
    restored = backup.restore(copy, library.file)
    assert not restored.proven
    assert restored.engrams == 36
    assert not list(tmp_path.glob("by hand.brain-*"))


def test_x1_a_backup_that_is_stopped_leaves_nothing(
    tmp_path: Path, library: Store, add_source: AddSource
) -> None:
    add_source()
    made = library.backup(tmp_path / "safe.brain")
    library.close()
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}

    def at(stage: str) -> tuple[Report, Cancel]:
        cancel = Cancel()
        return lambda progress: cancel.set() if progress.stage == stage else None, cancel

    for stage in ("checking", "copying"):
        with Store.open(library.file) as store, pytest.raises(Cancelled):
            store.backup(tmp_path / "half.brain", *at(stage))
        with pytest.raises(Cancelled):
            backup.restore(made.path, library.file, *at(stage))
        assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before


def test_the_digest_sees_every_row_and_not_how_they_lie(
    library: Store, add_source: AddSource
) -> None:
    source = add_source(chapters=8)
    add_source("Other", word="beryl")
    library.write(lambda c: sources.delete(c, [source]))
    one = held(library.file)
    library._outside(lambda c: c.execute("VACUUM").fetchone())
    assert held(library.file) == one
    changes: list[Callable[[sqlite3.Connection], object]] = [
        lambda c: c.execute("UPDATE engram SET text = text || '.' WHERE id = (SELECT max(id) "
                            "FROM engram)"),
        lambda c: c.execute("UPDATE page SET boxes = x'01' WHERE number = 1"),
        lambda c: c.execute("UPDATE sqlite_sequence SET seq = seq + 1 WHERE name = 'engram'"),
        lambda c: meta.put(c, "x", 1.0),
        lambda c: meta.put(c, "x", "1.0"),
    ]  # fmt: skip
    seen = {one.digest}
    for change in changes:
        library.write(change)
        seen.add(held(library.file).digest)
    assert len(seen) == len(changes) + 1
    assert astuple(held(library.file))[:3] == (1, 12, 36)
    with library.read() as connection:
        assert text.last_engram(connection) > 0


def test_x1_two_backups_to_one_place_at_a_time_are_both_whole(
    library: Store, add_source: AddSource, tmp_path: Path
) -> None:
    add_source(chapters=3)
    target = tmp_path / "copy.brain"
    inner: list[backup.Backup | None] = []

    def report(progress: Progress) -> None:
        # While the first copy is being written, a second is made from beginning to end.
        if progress.stage == "copying" and not inner:
            inner.append(None)
            with Store.open(library.file) as other:
                inner.append(other.backup(target))

    outer = library.backup(target, report)
    assert inner[1] is not None
    assert inner[1].digest == outer.digest == held(target).digest
    assert [path.name for path in tmp_path.glob("copy*")] == ["copy.brain"]


def test_x1_what_a_killed_backup_left_is_removed_by_the_next(
    library: Store, add_source: AddSource, tmp_path: Path
) -> None:
    add_source()
    old, fresh = tmp_path / "copy.brain.0a0b.partial", tmp_path / "copy.brain.0c0d.partial"
    for left in (old, fresh, tmp_path / "copy.brain.0a0b.partial-journal"):
        left.write_bytes(b"half a library")
    os.utime(old, (0, 0))
    library.backup(tmp_path / "copy.brain")
    # Somebody may have begun the other just now.
    assert sorted(path.name for path in tmp_path.glob("copy*")) == [
        "copy.brain",
        "copy.brain.0c0d.partial",
    ]


def test_x1_restoring_leaves_no_moment_without_a_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, copy = tmp_path / "here.brain", tmp_path / "copy.brain"
    with Store.open(target) as store:
        store.backup(copy)
        store.write(lambda c: meta.put(c, "newer", 1))
    there: list[bool] = []
    replaced = Path.replace

    def replace(path: Path, to: Path) -> Path:
        if to == target:
            there.append(target.exists())
        return replaced(path, to)

    monkeypatch.setattr(Path, "replace", replace)
    restored = backup.restore(copy, target)
    assert there == [True]
    assert restored.aside is not None
    for path, newer in ((restored.aside, 1), (target, None)):
        with Store.open(path) as store, store.read() as connection:
            assert meta.get(connection, "newer") == newer


def test_x1_a_restore_that_cannot_take_the_place_leaves_all_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, copy = tmp_path / "here.brain", tmp_path / "copy.brain"
    with Store.open(target) as store:
        store.backup(copy)
        store.write(lambda c: meta.put(c, "newer", 1))
    replaced = Path.replace

    def replace(path: Path, to: Path) -> Path:
        if to == target:
            raise PermissionError(13, "Permission denied")
        return replaced(path, to)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(LibraryError):
        backup.restore(copy, target)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.brain", "here.brain"]
    with Store.open(target) as store, store.read() as connection:
        assert meta.get(connection, "newer") == 1


def test_a_backup_that_fails_names_the_library_that_is_damaged(
    library: Store, add_source: AddSource, tmp_path: Path
) -> None:
    add_source(chapters=20)
    library.empty_log()
    with library.read() as connection:
        (page,) = connection.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'source_key'"
        ).fetchone()
    with library.file.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(bytes(4096))
    with Store.open(library.file) as opened, pytest.raises(LibraryError) as failed:
        opened.backup(tmp_path / "safe.brain")
    assert f"“{library.file.name}” is damaged" in failed.value.message
    assert not (tmp_path / "safe.brain").exists()
