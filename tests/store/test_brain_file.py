"""Opening a `.brain` file: made, refused, migrated; a file that is refused stays as it was."""

import hashlib
import os
import sqlite3
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest

from workbench import paths
from workbench.errors import (
    DamagedLibraryError,
    LibraryError,
    LibraryLockedError,
    NewerLibraryError,
    NotALibraryError,
    NotFoundError,
)
from workbench.store import file, meta, schema, sources
from workbench.store.store import Store
from workbench.store.verify import verify


def contents(folder: Path) -> dict[str, str]:
    """Every file of a folder with the hash of its bytes."""
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.iterdir()}


def test_a_new_library_says_what_it_is_and_keeps_its_id(tmp_path: Path) -> None:
    path = tmp_path / "new.brain"
    with Store.open(path) as store:
        first = store.id
        assert len(first) == 32
        with store.read() as connection:
            assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
            assert connection.execute("PRAGMA page_size").fetchone()[0] == 4096
    raw = path.read_bytes()
    assert raw[68:72] == b"Engr"
    with Store.open(path) as store:
        assert store.id == first
        assert store.path == path
    assert [p.name for p in tmp_path.iterdir()] == ["new.brain"]


def test_a_library_in_memory_keeps_nothing(tmp_path: Path, add_source: object) -> None:
    with Store.open(":memory:") as store:
        assert store.path is None
        folder = store.file.parent
        store.write(lambda c: meta.put(c, "a", 1))
        with store.read() as connection:
            assert meta.get(connection, "a") == 1
    assert not folder.exists()


@pytest.mark.parametrize("size", [1, 17, 50, 2048, 4096, 4096 * 3, -100, -4096])
def test_a_library_that_was_cut_off_is_refused_untouched(tmp_path: Path, size: int) -> None:
    path = tmp_path / "cut.brain"
    with Store.open(path) as store:
        store.write(lambda c: c.executemany(_COLLECTION, _names(500)))
    whole = path.read_bytes()
    path.write_bytes(whole[:size])
    before = contents(tmp_path)
    with pytest.raises(DamagedLibraryError) as caught:
        Store.open(path)
    assert "cut.brain" in caught.value.message
    assert caught.value.hint
    assert contents(tmp_path) == before


_COLLECTION = "INSERT INTO collection(id, name, created) VALUES (?, ?, 0)"


def _names(count: int) -> list[tuple[int, str]]:
    return [(n, f"collection number {n} with a long name") for n in range(1, count)]


def test_other_files_are_refused_untouched(tmp_path: Path) -> None:
    (tmp_path / "text.brain").write_text("Call me Ishmael." * 100, encoding="utf-8")
    (tmp_path / "short.brain").write_bytes(b"hi")
    foreign = sqlite3.connect(tmp_path / "foreign.brain")
    foreign.execute("CREATE TABLE bookmark(url)")
    foreign.commit()
    foreign.close()
    before = contents(tmp_path)
    for name in before:
        with pytest.raises(NotALibraryError, match=name):
            Store.open(tmp_path / name)
    with pytest.raises(NotALibraryError):
        Store.open(tmp_path)
    assert contents(tmp_path) == before


def test_a_foreign_database_with_an_open_log_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "busy.brain"
    foreign = sqlite3.connect(path)
    foreign.execute("PRAGMA journal_mode=WAL")
    foreign.execute("CREATE TABLE bookmark(url)")
    foreign.commit()
    try:
        before = path.read_bytes()
        with pytest.raises(NotALibraryError):
            Store.open(path)
        assert path.read_bytes() == before
    finally:
        foreign.close()


def test_a_newer_library_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / "newer.brain"
    Store.open(path).close()
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version={schema.VERSION + 1}")
    connection.execute("PRAGMA journal_mode=DELETE")
    connection.close()
    before = contents(tmp_path)
    with pytest.raises(NewerLibraryError, match="newer"):
        Store.open(path)
    assert contents(tmp_path) == before


def test_a_library_whose_inside_is_overwritten_says_so_when_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "rotten.brain"
    with Store.open(path) as store:
        store.write(lambda c: c.executemany(_COLLECTION, _names(999)))
    raw = bytearray(path.read_bytes())
    for offset in range(4096, len(raw), 512):
        raw[offset : offset + 64] = os.urandom(64)
    path.write_bytes(bytes(raw))
    with pytest.raises(DamagedLibraryError), Store.open(path) as store, store.read() as connection:
        connection.execute("SELECT count(*), max(name) FROM collection").fetchall()


def test_an_empty_file_is_no_library_and_becomes_none(tmp_path: Path) -> None:
    path = tmp_path / "empty.brain"
    path.touch()
    for read_only in (False, True):
        with pytest.raises(NotALibraryError, match="is empty") as refused:
            Store.open(path, read_only=read_only)
        assert "Delete it" in refused.value.hint
    assert path.read_bytes() == b""
    assert [*tmp_path.iterdir()] == [path]


def test_the_default_library_is_made_where_its_making_was_ended_at_once() -> None:
    path = paths.default_library()
    path.touch()
    with Store.open(path) as store:
        assert store.id


def test_an_empty_file_that_another_program_makes_a_library_of_is_waited_for(
    tmp_path: Path,
) -> None:
    made, path = tmp_path / "made.brain", tmp_path / "fresh.brain"
    Store.open(made).close()
    path.touch()
    later = threading.Timer(0.3, lambda: path.write_bytes(made.read_bytes()))
    later.start()
    try:
        with Store.open(path) as store:
            assert store.id
    finally:
        later.join()


def test_a_missing_folder_is_made_for_the_default_library_only(tmp_path: Path) -> None:
    path = tmp_path / "documents" / "Engram Workbench" / "Library.brain"
    with pytest.raises(LibraryError, match="does not exist"):
        Store.open(path)
    assert not (tmp_path / "documents").exists()
    with Store.open(path, make_folder=True) as store:
        assert store.file == path
    with pytest.raises(NotFoundError):
        Store.open(tmp_path / "no.brain", read_only=True)
    assert not (tmp_path / "no.brain").exists()


def test_a_read_only_library_can_be_read_and_not_written(tmp_path: Path) -> None:
    path = tmp_path / "kept.brain"
    with Store.open(path) as store:
        store.write(lambda c: meta.put(c, "a", 1))
    before = contents(tmp_path)
    with Store.open(path, read_only=True) as store:
        assert store.read_only
        assert "read" in store.notice
        with store.read() as connection:
            assert meta.get(connection, "a") == 1
        with pytest.raises(LibraryError, match="only be read"):
            store.write(lambda c: meta.put(c, "a", 2))
    assert contents(tmp_path)["kept.brain"] == before["kept.brain"]


@pytest.mark.skipif(sys.platform == "win32", reason="folders have other permissions on Windows")
def test_a_folder_where_one_may_not_write(tmp_path: Path) -> None:
    # Root may write anywhere, so the opening happens as somebody else.
    folder = Path(os.path.realpath(tmp_path)) / "closed"
    folder.mkdir()
    with Store.open(folder / "kept.brain") as store:
        store.write(lambda c: meta.put(c, "a", 1))
    folder.chmod(0o555)
    script = textwrap.dedent("""
        import os, sys
        from workbench.errors import LibraryError
        from workbench.store import meta
        from workbench.store.store import Store
        os.chdir(sys.argv[1])
        if os.getuid() == 0:
            os.setgid(65534)
            os.setuid(65534)
        with Store.open("kept.brain") as store, store.read() as connection:
            assert store.read_only, "read only"
            assert meta.get(connection, "a") == 1
        try:
            Store.open("new.brain")
        except LibraryError as error:
            print(error.message)
    """)
    # The folders above belong to one user; the child is inside before it becomes another.
    (folder / "kept.brain").chmod(0o444)
    opened = [parent for parent in folder.parents if parent.stat().st_uid == os.getuid()]
    modes = {parent: parent.stat().st_mode for parent in opened}
    try:
        for parent in opened:
            parent.chmod(modes[parent] | 0o055)
        done = subprocess.run(
            [sys.executable, "-c", script, str(folder)],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
    finally:
        for parent, mode in modes.items():
            parent.chmod(mode)
        folder.chmod(0o755)
    assert done.returncode == 0, done.stderr
    assert "may not write" in done.stdout
    assert [p.name for p in folder.iterdir()] == ["kept.brain"]


def test_a_library_held_by_another_program_is_reported_locked(tmp_path: Path) -> None:
    path = tmp_path / "held.brain"
    with Store.open(path, busy_seconds=0.2) as store:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        try:
            with pytest.raises(LibraryLockedError, match="another program"):
                store.write(lambda c: meta.put(c, "a", 1))
            with store.read() as connection:
                assert meta.get(connection, "a") is None
        finally:
            other.execute("ROLLBACK")
            other.close()
        store.write(lambda c: meta.put(c, "a", 1))


def test_the_library_waits_for_a_short_lock(tmp_path: Path) -> None:
    path = tmp_path / "held.brain"
    with Store.open(path) as store:
        other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        other.execute("BEGIN IMMEDIATE")
        timer = threading.Timer(0.2, lambda: other.execute("ROLLBACK"))
        timer.start()
        store.write(lambda c: meta.put(c, "a", 1))
        timer.join()
        other.close()


def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    with Store.open(tmp_path / "full.brain") as store:
        store.write(lambda c: meta.put(c, "kept", 1))

        def fill(connection: sqlite3.Connection) -> None:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count={pages + 2}")
            meta.put(connection, "half", 1)
            meta.put(connection, "large", "x" * 1_000_000)

        with pytest.raises(LibraryError, match="full") as caught:
            store.write(fill)
        assert "space" in caught.value.hint
        store._outside(lambda c: c.execute("PRAGMA max_page_count=1000000").fetchone())
        with store.read() as connection:
            assert meta.get(connection, "kept") == 1
            assert meta.get(connection, "half") is None
        store.write(lambda c: meta.put(c, "again", 1))
        assert verify(store).sound


def test_a_cloud_folder_gets_a_rollback_journal_and_a_notice(tmp_path: Path) -> None:
    folder = tmp_path / "Dropbox" / "notes"
    folder.mkdir(parents=True)
    with Store.open(folder / "shared.brain") as store:
        assert "cloud" in store.notice
        with store.read() as connection:
            assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
        store.write(lambda c: meta.put(c, "a", 1))
        assert [p.name for p in folder.iterdir()] == ["shared.brain"]


@pytest.mark.parametrize(
    ("mounts", "kind"),
    [
        ("21 1 8:1 / / rw - ext4 /dev/sda rw\n30 21 0:5 / {here} rw - nfs4 host:/x rw\n", "nfs4"),
        ("21 1 8:1 / / rw - ext4 /dev/sda rw\n30 21 0:5 / {here}x rw - cifs //h/x rw\n", "ext4"),
        ("21 1 8:1 / / rw shared:1 - fuse.sshfs host: rw\n", "fuse.sshfs"),
        ("nonsense\n", ""),
    ],
)
def test_the_file_system_of_a_folder_is_that_of_its_nearest_mount(
    tmp_path: Path, mounts: str, kind: str
) -> None:
    table = tmp_path / "mountinfo"
    here = Path(os.path.realpath(tmp_path))
    table.write_text(mounts.format(here=here), encoding="utf-8")
    assert file.file_system(here / "deep" / "down", table) == kind


def test_a_backup_made_while_the_library_is_written_is_whole(
    library: Store, add_source: object, tmp_path: Path
) -> None:
    assert callable(add_source)
    source = add_source()
    target = tmp_path / "copy.brain"
    stop = threading.Event()

    def keep_writing() -> None:
        while not stop.is_set():
            library.write(lambda c: meta.put(c, "counter", os.urandom(4)))

    writer = threading.Thread(target=keep_writing)
    writer.start()
    try:
        library.backup(target)
        library.backup(target, replace=True)
    finally:
        stop.set()
        writer.join()
    with Store.open(target) as copy:
        assert verify(copy).sound
        with copy.read() as connection:
            assert sources.by_id(connection, source).passages == 12
    assert not target.with_name("copy.brain.partial").exists()
    with pytest.raises(LibraryError, match="nowhere"):
        library.backup(tmp_path / "nowhere" / "copy.brain")
