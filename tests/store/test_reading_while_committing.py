"""In a folder copied to the cloud, commits and readers shut each other out: nobody hangs."""

import sqlite3
import threading
import time
from pathlib import Path

import pytest

from tests.patience import seconds
from workbench.store import meta
from workbench.store.store import Store

KEY = "a key of this test"


def in_the_cloud(folder: Path) -> Path:
    """A library with a rollback journal."""
    place = folder / "Dropbox"
    place.mkdir()
    with Store.open(place / "x.brain") as store:
        store.write(lambda connection: meta.put(connection, KEY, 1))
        with store.read() as connection:
            assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
    return place / "x.brain"


class Write:
    """A write by another thread, which wants to commit when this has been made."""

    def __init__(self, store: Store, value: int) -> None:
        self._store, self._value = store, value
        self._ready = threading.Event()
        self._failed: list[BaseException] = []
        self._thread = threading.Thread(target=self._run)
        self._thread.start()
        assert self._ready.wait(seconds(10))
        time.sleep(0.1)

    def _run(self) -> None:
        try:
            self._store.write(self._work)
        except BaseException as error:  # noqa: BLE001 - told by `done`
            self._failed.append(error)

    def _work(self, connection: sqlite3.Connection) -> None:
        meta.put(connection, KEY, self._value)
        self._ready.set()

    def done(self) -> None:
        """Wait for it; it must have been stored."""
        self._thread.join()
        assert self._failed == []


def test_a_read_within_a_read_goes_on_while_somebody_wants_to_commit(tmp_path: Path) -> None:
    with Store.open(in_the_cloud(tmp_path), busy_seconds=3) as store:
        with store.read() as outer:
            assert meta.get(outer, KEY) == 1
            write = Write(store, 2)
            with store.read() as inner:
                assert meta.get(inner, KEY) == 1
            assert store.rows("SELECT count(*) FROM source") == [(0,)]
            # One moment is seen to the end.
            assert meta.get(outer, KEY) == 1
        write.done()
        with store.read() as later:
            assert meta.get(later, KEY) == 2


def test_a_reader_that_waits_for_another_one_ends_all_the_same(tmp_path: Path) -> None:
    lock, inside = threading.Lock(), threading.Event()
    seen: list[object] = []

    with Store.open(in_the_cloud(tmp_path), busy_seconds=10) as store:

        def other() -> None:
            with lock:
                inside.set()
                with store.read() as connection:
                    seen.append(meta.get(connection, KEY))

        thread = threading.Thread(target=other)
        with store.read() as outer:
            assert meta.get(outer, KEY) == 1
            write = Write(store, 2)
            thread.start()
            assert inside.wait(seconds(10))
            with lock:
                seen.append(meta.get(outer, KEY))
        write.done()
        thread.join()
    assert seen == [1, 1]


def test_a_read_within_a_read_goes_on_while_another_program_commits(tmp_path: Path) -> None:
    path = in_the_cloud(tmp_path)
    stranger = sqlite3.connect(path, isolation_level=None, timeout=3, check_same_thread=False)
    try:
        with Store.open(path, busy_seconds=3) as store:
            with store.read() as outer:
                assert meta.get(outer, KEY) == 1
                stranger.execute("BEGIN IMMEDIATE")
                stranger.execute("UPDATE meta SET value = '3' WHERE key = ?", (KEY,))
                commit = threading.Thread(target=stranger.execute, args=("COMMIT",))
                commit.start()
                time.sleep(0.2)
                with store.read() as inner:
                    assert meta.get(inner, KEY) == 1
            commit.join()
            assert not stranger.in_transaction
    finally:
        stranger.close()


@pytest.mark.slow
def test_a_commit_is_not_put_off_for_ever_by_readers_that_overlap(tmp_path: Path) -> None:
    over = threading.Event()
    with Store.open(in_the_cloud(tmp_path), busy_seconds=20) as store:

        def read() -> None:
            while not over.is_set():
                with store.read() as connection:
                    meta.get(connection, KEY)
                    time.sleep(0.02)

        readers = [threading.Thread(target=read) for _ in range(4)]
        for each in readers:
            each.start()
        try:
            for value in range(3):
                Write(store, value).done()
        finally:
            over.set()
            for each in readers:
                each.join()
        with store.read() as connection:
            assert meta.get(connection, KEY) == 2


def test_changes_are_counted_while_somebody_wants_to_commit(tmp_path: Path) -> None:
    with Store.open(in_the_cloud(tmp_path), busy_seconds=3) as store:
        before = store.changes()
        with store.read() as outer:
            assert meta.get(outer, KEY) == 1
            write = Write(store, 2)
            assert store.changes() == before
        write.done()
        assert store.changes() != before
