"""Whose turn it is to write, and when the disk has what was committed."""

import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.patience import seconds
from workbench.errors import LibraryError, LibraryUnreachableError
from workbench.store import file, meta, writing
from workbench.store.store import Store

_SECONDS = seconds(30.0)


class _Syncs:
    """The paths that were synced, and a way to wait for the next."""

    def __init__(self) -> None:
        self.paths: list[Path] = []
        self.happened = threading.Condition()
        self.error: OSError | None = None

    def sync(self, path: Path) -> None:
        with self.happened:
            self.paths.append(path)
            self.happened.notify_all()
        if self.error is not None:
            raise self.error

    def wait(self, number: int) -> None:
        with self.happened:
            assert self.happened.wait_for(lambda: len(self.paths) >= number, _SECONDS)


@pytest.fixture
def syncs(monkeypatch: pytest.MonkeyPatch) -> _Syncs:
    """What the store has synced; a fraction of a second after a commit."""
    told = _Syncs()
    monkeypatch.setattr(writing, "_LOOSE_SECONDS", 0.05)
    monkeypatch.setattr(file, "sync", told.sync)
    return told


def test_a_library_closes_just_when_its_thread_is_about_to_sync(
    tmp_path: Path, syncs: _Syncs, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store.open(tmp_path / "closing.brain")
    writer = store._writer
    assert writer is not None
    syncs.paths.clear()
    loosened, begun, told = writer._loosened, threading.Event(), threading.Event()
    closing = threading.Thread(target=store.close)
    put, clear = loosened.set, loosened.clear

    def put_and_tell() -> None:
        put()
        if writer._ending.is_set():
            told.set()

    def clear_too_late() -> None:
        closing.start()
        begun.set()
        assert told.wait(_SECONDS)
        clear()

    monkeypatch.setattr(loosened, "set", put_and_tell)
    monkeypatch.setattr(loosened, "clear", clear_too_late)
    loosened.set()
    assert begun.wait(_SECONDS)
    closing.join(_SECONDS)
    assert not closing.is_alive()


def test_a_write_is_carried_out_where_it_was_asked_for(library: Store) -> None:
    assert library.write(lambda c: threading.get_ident()) == threading.get_ident()


def test_who_comes_while_another_writes_is_served_in_the_order_of_arrival(library: Store) -> None:
    order: list[int] = []
    inside, go = threading.Event(), threading.Event()

    def first(connection: sqlite3.Connection) -> None:
        inside.set()
        go.wait(_SECONDS)
        order.append(0)

    def later(number: int) -> threading.Thread:
        def write() -> None:
            library.write(lambda c: order.append(number))

        thread = threading.Thread(target=write)
        thread.start()
        # It counts as arrived once it stands in the queue.
        until = time.monotonic() + _SECONDS
        writer = library._writer
        assert writer is not None
        while len(writer._turns.waiting) < number and time.monotonic() < until:
            time.sleep(0.001)
        return thread

    threads = [threading.Thread(target=lambda: library.write(first))]
    threads[0].start()
    inside.wait(_SECONDS)
    threads += [later(number) for number in range(1, 6)]
    go.set()
    for thread in threads:
        thread.join()
    assert order == [0, 1, 2, 3, 4, 5]


def test_what_a_waiting_write_raises_is_raised_where_it_was_asked_for(library: Store) -> None:
    inside, go = threading.Event(), threading.Event()

    def hold(connection: sqlite3.Connection) -> None:
        inside.set()
        go.wait(_SECONDS)

    def fail(connection: sqlite3.Connection) -> None:
        go.set()
        meta.put(connection, "half", 1)
        raise ValueError("no")

    holding = threading.Thread(target=lambda: library.write(hold))
    holding.start()
    inside.wait(_SECONDS)
    threading.Timer(0.05, go.set).start()
    with pytest.raises(ValueError, match="no"):
        library.write(fail)
    holding.join()
    assert library.rows("SELECT value FROM meta WHERE key = 'half'") == []


def test_what_follows_a_write_runs_after_its_commit_and_before_the_next(library: Store) -> None:
    seen: list[tuple[int, int]] = []

    def put(connection: sqlite3.Connection) -> int:
        number = int(meta.get(connection, "n") or 0) + 1
        meta.put(connection, "n", number)
        return number

    def look(number: int) -> None:
        (row,) = library.rows("SELECT value FROM meta WHERE key = 'n'")
        seen.append((number, row[0]))

    threads = [
        threading.Thread(target=lambda: [library.write(put, on_commit=look) for _ in range(20)])
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [(number, number) for number in range(1, 81)]


def test_many_commits_are_synced_once_soon_after(library: Store, syncs: _Syncs) -> None:
    for number in range(200):
        library.write(lambda c, n=number: meta.put(c, str(n), n))  # type: ignore[misc]
    syncs.wait(1)
    log = library.file.with_name(f"{library.file.name}-wal")
    assert set(syncs.paths) == {log}
    assert len(syncs.paths) < 50
    done = len(syncs.paths)
    library.write(lambda c: meta.put(c, "later", 1))
    syncs.wait(done + 1)


def test_a_log_that_grew_large_gives_its_room_back(library: Store) -> None:
    log = library.file.with_name(f"{library.file.name}-wal")
    for number in range(5):
        library.write(lambda c, n=number: meta.put(c, str(n), "x" * 8_000_000))  # type: ignore[misc]
    assert log.stat().st_size > 30_000_000
    until = time.monotonic() + 60
    while log.stat().st_size > 8_000_000 and time.monotonic() < until:
        library.write(lambda c: meta.put(c, "later", time.monotonic_ns()))
        time.sleep(0.1)
    assert log.stat().st_size <= 8_000_000


def test_closing_syncs_what_was_committed_just_before(tmp_path: Path, syncs: _Syncs) -> None:
    with Store.open(tmp_path / "brief.brain") as one, Store.open(tmp_path / "brief.brain"):
        # Another has it open, too: closing does not empty the log into the file.
        one.write(lambda c: meta.put(c, "a", 1))
        one.close()
        assert [path.name for path in syncs.paths] == ["brief.brain-wal"]


def test_a_disk_that_fails_afterwards_is_told_to_the_next_who_writes(
    library: Store, syncs: _Syncs
) -> None:
    syncs.error = OSError(5, "Input/output error")
    library.write(lambda c: meta.put(c, "a", 1))
    syncs.wait(1)
    syncs.error = None
    writer = library._writer
    assert writer is not None
    until = time.monotonic() + _SECONDS
    while writer._fault is None and time.monotonic() < until:
        time.sleep(0.001)
    with pytest.raises(LibraryUnreachableError, match="could not be read or written"):
        library.write(lambda c: meta.put(c, "b", 1))
    library.write(lambda c: meta.put(c, "c", 1))
    assert {row[0] for row in library.rows("SELECT key FROM meta WHERE key IN ('a','b','c')")} == {
        "a",
        "c",
    }


def test_a_library_in_a_folder_without_a_log_needs_no_later_sync(
    tmp_path: Path, syncs: _Syncs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file, "unsafe_for_log", lambda path: "cloud")
    folders: list[Path] = []
    monkeypatch.setattr(file, "sync_folder", folders.append)
    with Store.open(tmp_path / "cloud.brain") as store:
        store.write(lambda c: meta.put(c, "a", 1))
    assert folders == [tmp_path]
    assert syncs.paths == []


def test_a_query_of_its_own_sees_what_was_written(library: Store) -> None:
    library.write(lambda c: meta.put(c, "a", 1))
    assert library.rows("SELECT value FROM meta WHERE key = ?", ("a",)) == [(1,)]
    with pytest.raises(sqlite3.OperationalError):
        library.rows("SELECT nothing FROM nowhere")
    library.close()
    with pytest.raises(LibraryError, match="closed"):
        library.rows("SELECT 1")


def test_changes_of_anybody_are_noticed_while_somebody_writes(tmp_path: Path) -> None:
    path = tmp_path / "changes.brain"
    with Store.open(path) as one, Store.open(path) as two:
        seen = one.changes()
        assert one.changes() == seen
        one.write(lambda c: meta.put(c, "a", 1))
        assert one.changes() != seen
        seen = one.changes()
        two.write(lambda c: meta.put(c, "b", 1))
        assert one.changes() != seen

        def work(connection: sqlite3.Connection) -> int:
            return one.changes()

        assert one.write(work) == one.changes()


_OTHER = """
import sys
from workbench.store import meta
from workbench.store.store import Store
with Store.open(sys.argv[1]) as store:
    store.write(lambda c: meta.put(c, sys.argv[2], 1))
    print(",".join(sorted(row[0] for row in store.rows("SELECT key FROM meta WHERE key < 'c'"))))
"""


@pytest.mark.slow
@pytest.mark.parametrize("what", ["empties the log", "opens it again", "looks at it"])
def test_no_lock_is_let_go_under_an_open_library(tmp_path: Path, what: str) -> None:
    # A file that is closed takes along every lock that the process has on it: another program
    # would then take itself for the last one, and remove the log under this one.
    path = tmp_path / "held.brain"

    def other(key: str) -> str:
        told = subprocess.run(
            [sys.executable, "-c", _OTHER, str(path), key], capture_output=True, text=True
        )
        return told.stdout.strip()

    with Store.open(path) as store:
        store.write(lambda c: meta.put(c, "a", 1))
        if what == "empties the log":
            assert store.empty_log()
        elif what == "opens it again":
            Store.open(path).close()
        else:
            assert file.read_version(path)
        assert other("aa") == "a,aa"
        store.write(lambda c: meta.put(c, "b", 1))
        assert other("bb") == "a,aa,b,bb"


def test_a_long_log_is_copied_into_the_file_while_others_read_and_write(tmp_path: Path) -> None:
    path = tmp_path / "long.brain"

    def alone() -> list[str]:
        # The file without its log, as it lies there.
        copy = tmp_path / "copy.brain"
        copy.write_bytes(path.read_bytes())
        connection = sqlite3.connect(file.uri(copy, "immutable"), uri=True)
        try:
            query = "SELECT key FROM meta WHERE key < 'c' ORDER BY key"
            return [row[0] for row in connection.execute(query)]
        finally:
            connection.close()

    with Store.open(path) as store:
        writer = store._writer
        assert writer is not None
        assert store.empty_log()
        store.write(lambda c: meta.put(c, "a", 1))
        assert alone() == []
        with store.read() as before:
            count = "SELECT count(*) FROM meta WHERE key < 'c'"
            assert before.execute(count).fetchone() == (1,)
            store.write(lambda c: meta.put(c, "aa", 1))
            writer._copy_log()
            # Who reads sees what was, who writes goes on.
            assert before.execute(count).fetchone() == (1,)
            store.write(lambda c: meta.put(c, "b", 1))
        writer._copy_log()
        assert alone() == ["a", "aa", "b"]
        assert store.empty_log()
        store.write(lambda c: meta.put(c, "bb", 1))
    assert alone() == ["a", "aa", "b", "bb"]
