"""The open library: one writer, many readers, several processes."""

import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.patience import seconds
from workbench.errors import LibraryError
from workbench.store import file, meta
from workbench.store.file import is_locked
from workbench.store.store import Store


def test_a_write_that_fails_leaves_nothing(library: Store) -> None:
    def half(connection: sqlite3.Connection) -> None:
        meta.put(connection, "a", 1)
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        library.write(half)
    with library.read() as connection:
        assert meta.get(connection, "a") is None


def test_writes_of_many_threads_happen_one_after_the_other(library: Store) -> None:
    library.write(lambda c: meta.put(c, "n", 0))

    def count(connection: sqlite3.Connection) -> None:
        meta.put(connection, "n", int(meta.get(connection, "n") or 0) + 1)

    threads = [
        threading.Thread(target=lambda: [library.write(count) for _ in range(50)]) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with library.read() as connection:
        assert meta.get(connection, "n") == 400


def test_a_reader_sees_one_moment_of_the_library(library: Store) -> None:
    library.write(lambda c: meta.put(c, "n", 1))
    with library.read() as connection:
        assert meta.get(connection, "n") == 1
        library.write(lambda c: meta.put(c, "n", 2))
        assert meta.get(connection, "n") == 1
    with library.read() as connection:
        assert meta.get(connection, "n") == 2


def test_a_reader_cannot_write(library: Store) -> None:
    with library.read() as connection, pytest.raises(sqlite3.OperationalError):
        meta.put(connection, "a", 1)


def test_a_write_inside_a_write_is_refused_instead_of_waiting_forever(library: Store) -> None:
    with pytest.raises(RuntimeError, match="inside a write"):
        library.write(lambda c: library.write(lambda d: meta.put(d, "a", 1)))


def test_the_version_changes_when_another_store_writes_and_only_then(tmp_path: Path) -> None:
    path = tmp_path / "shared.brain"
    with (
        Store.open(path) as one,
        Store.open(path) as two,
        Store.open(path, read_only=True) as three,
    ):
        seen, seen_by_three = one.data_version(), three.data_version()
        one.write(lambda c: meta.put(c, "a", 1))
        assert one.data_version() == seen
        two.write(lambda c: meta.put(c, "b", 1))
        assert one.data_version() != seen
        assert three.data_version() != seen_by_three
        assert three.data_version() == three.data_version()
        with one.read() as connection:
            assert meta.get(connection, "b") == 1


@pytest.mark.slow
def test_two_processes_write_the_same_library(tmp_path: Path) -> None:
    path = tmp_path / "shared.brain"
    script = (
        "import sys; from workbench.store.store import Store; from workbench.store import meta\n"
        "with Store.open(sys.argv[1]) as s:\n"
        "    for n in range(200):\n"
        "        s.write(lambda c: meta.put(c, f'{sys.argv[2]}{n}', n))\n"
    )
    many = "SELECT count(*) FROM meta"
    with Store.open(path) as store:
        with store.read() as connection:
            (before,) = connection.execute(many).fetchone()
        children = [
            subprocess.Popen([sys.executable, "-c", script, str(path), name]) for name in "ab"
        ]
        assert [child.wait(seconds(60)) for child in children] == [0, 0]
    with Store.open(path) as store, store.read() as connection:
        assert connection.execute(many).fetchone() == (before + 400,)


@pytest.mark.slow
def test_processes_that_make_the_same_library_at_once_make_one(tmp_path: Path) -> None:
    code = (
        "import sys; from workbench.store.store import Store\n"
        "with Store.open(sys.argv[1]) as s: print(s.id)"
    )
    for number in range(4):
        children = [
            subprocess.Popen(
                [sys.executable, "-c", code, str(tmp_path / f"{number}.brain")],
                stdout=subprocess.PIPE,
                text=True,
            )
            for _ in range(4)
        ]
        told = {child.communicate(timeout=seconds(100))[0].strip() for child in children}
        assert len(told) == 1
        assert len(told.pop()) == 32


def test_what_was_acknowledged_survives_a_kill(tmp_path: Path) -> None:
    path = tmp_path / "killed.brain"
    script = (
        "import os, signal, sys; from workbench.store.store import Store\n"
        "from workbench.store import meta\n"
        "s = Store.open(sys.argv[1])\n"
        "for n in range(100):\n"
        "    s.write(lambda c: meta.put(c, str(n), n))\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    child = subprocess.run([sys.executable, "-c", script, str(path)], check=False)
    assert child.returncode != 0
    with Store.open(path) as store, store.read() as connection:
        assert all(meta.get(connection, str(n)) == n for n in range(100))


def test_closing_waits_for_what_was_ordered_and_then_refuses(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "closing.brain")
    with store.read() as connection:
        store.write(lambda c: meta.put(c, "a", 1))
        store.close()
        assert connection.execute("SELECT 1").fetchone() == (1,)
    store.close()
    for call in (store.data_version, lambda: store.write(lambda c: None)):
        with pytest.raises(LibraryError, match="closed"):
            call()
    with Store.open(store.file) as again, again.read() as connection:
        assert meta.get(connection, "a") == 1


@pytest.mark.slow
def test_a_write_that_waits_for_another_program_gives_up_when_the_library_is_closed(
    tmp_path: Path,
) -> None:
    store = Store.open(tmp_path / "Held.brain")
    store.write(lambda c: meta.put(c, "before", 1))
    other = sqlite3.connect(tmp_path / "Held.brain", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    raised: list[LibraryError] = []

    def put() -> None:
        try:
            store.write(lambda c: meta.put(c, "waiting", 1))
        except LibraryError as error:
            raised.append(error)

    waiting = [threading.Thread(target=put) for _ in range(3)]
    for thread in waiting:
        thread.start()
    writer = store._writer
    assert writer is not None
    limit = time.monotonic() + seconds(30)
    while len(writer._turns.waiting) < 2 and time.monotonic() < limit:
        time.sleep(0.005)
    store.stop_waiting()
    store.close()
    for thread in waiting:
        thread.join()
    # The other program never let go: without giving up, this place is not reached for 30 s each.
    other.execute("ROLLBACK")
    assert len(raised) == 3
    # All have come before the end.
    assert {type(error).__name__ for error in raised} == {"LibraryLockedError"}
    assert other.execute("SELECT count(*) FROM meta WHERE key = 'before'").fetchone() == (1,)
    assert other.execute("SELECT count(*) FROM meta WHERE key = 'waiting'").fetchone() == (0,)
    other.close()


def test_a_lock_that_is_let_go_in_time_loses_no_write_on_closing(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "Held.brain")
    other = sqlite3.connect(tmp_path / "Held.brain", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    waiting = threading.Thread(target=lambda: store.write(lambda c: meta.put(c, "late", 1)))
    waiting.start()
    store.stop_waiting()
    other.execute("ROLLBACK")
    waiting.join()
    store.close()
    assert other.execute("SELECT count(*) FROM meta WHERE key = 'late'").fetchone() == (1,)
    other.close()


def test_a_library_that_cannot_even_be_read_is_told_from_one_that_can(tmp_path: Path) -> None:
    path = tmp_path / "Held.brain"
    Store.open(path).close()
    assert not is_locked(path)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA locking_mode=EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    assert is_locked(path)
    other.execute("ROLLBACK")
    other.close()
    assert not is_locked(path)


def test_a_file_that_grows_while_it_is_looked_at_is_not_called_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "grows.brain"
    Store.open(path).close()
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    real = file._inspect

    def late(wanted: Path) -> int:
        try:
            return real(wanted)
        finally:
            # The other process has written the rest by now.
            path.write_bytes(whole)

    monkeypatch.setattr(file, "_inspect", late)
    assert file.read_version(path) > 0
