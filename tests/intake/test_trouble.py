"""What stops the whole queue, and that it goes on by itself when that has passed."""

import errno
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from workbench.errors import (
    LibraryError,
    LibraryFullError,
    LibraryLockedError,
    LibraryUnreachableError,
)
from workbench.intake import queue_blockers as module
from workbench.intake.dispatcher import Dispatcher
from workbench.intake.intake import Intake
from workbench.intake.queue_blockers import Blocker, blocking_error
from workbench.intake.reader import Reader
from workbench.intake.records import QueueRow
from workbench.store import sources
from workbench.store.store import Store
from workbench.store.verify import verify

MakeIntake = Callable[..., Intake]
WriteFile = Callable[..., Path]
Until = Callable[[Callable[[], object]], None]


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FIRST_WAIT", 0.2)


def only(intake: Intake) -> QueueRow:
    (row,) = intake.rows()
    return row


def passages(store: Store) -> int:
    with store.read() as connection:
        return sum(row.passages for row in sources.listing(connection))


def limit_pages(store: Store, more: int) -> None:
    """Let the library grow by so many pages and no further, as a full disk would."""

    def work(connection: sqlite3.Connection) -> None:
        (now,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count={now + more}").fetchone()

    store._outside(work)


@pytest.mark.slow
def test_e2_a_full_disk_is_told_and_the_queue_goes_on_when_there_is_room(
    store: Store, make_intake: MakeIntake, write_file: WriteFile, until: Until
) -> None:
    intake = make_intake()
    (job,) = intake.enqueue([write_file("large.txt", lines=3000)])
    limit_pages(store, 4)
    intake.start()
    until(lambda: only(intake).error)
    row = only(intake)
    assert row.state == "paused"
    assert "full" in row.error
    assert row.hint == "Free some space. The queue continues automatically."
    limit_pages(store, 1_000_000)
    until(lambda: only(intake).state == "done")
    assert passages(store) == 3000
    assert (only(intake).error, only(intake).id) == ("", job)
    assert verify(store).sound


@pytest.mark.slow
def test_e2_a_lock_of_another_program_is_told_and_waited_for(
    tmp_path: Path, make_intake: MakeIntake, write_file: WriteFile, until: Until
) -> None:
    with Store.open(tmp_path / "locked.brain", busy_seconds=0.1) as store:
        intake = make_intake(store)
        intake.enqueue([write_file("book.txt")])
        other = sqlite3.connect(store.file, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        intake.start()
        until(lambda: only(intake).error)
        row = only(intake)
        assert row.state == "paused"
        assert "another program" in row.error
        assert row.hint.endswith("The queue continues automatically.")
        with pytest.raises(LibraryLockedError):
            intake.run([row.id])
        other.execute("ROLLBACK")
        other.close()
        until(lambda: only(intake).state == "done")
        assert verify(store).sound
        intake.close()


@pytest.mark.slow
def test_e2_what_a_full_disk_broke_off_goes_on_though_another_lane_was_busy_all_the_while(
    store: Store, make_intake: MakeIntake, write_file: WriteFile, tmp_path: Path, until: Until
) -> None:
    gate = tmp_path / "gate"
    intake = make_intake(lanes=2)
    slow = write_file("slow.txt", f"gate {gate} 3")
    large = write_file("large.txt", lines=3000)
    jobs = intake.enqueue([slow, large])
    limit_pages(store, 12)
    intake.start()
    until(lambda: any(row.error for row in intake.rows()))
    limit_pages(store, 1_000_000)
    until(lambda: intake.rows()[1].state == "done")
    assert intake.rows()[0].state == "running"
    gate.touch()
    assert [added.state for added in intake.run(jobs)] == ["verified", "verified"]
    assert verify(store).sound


def test_e2_what_was_just_read_when_the_disk_went_away_is_stored_once_it_is_back(
    store: Store, make_intake: MakeIntake, write_file: WriteFile, until: Until
) -> None:
    gone = LibraryUnreachableError("The disk could not be read or written.", "Connect it.")

    def fail(*_words: object, **_options: object) -> None:
        raise gone

    intake = make_intake()
    with pytest.MonkeyPatch.context() as patch:

        def finish(self: Dispatcher) -> None:
            if self.read:
                patch.setattr(store, "write", fail)
                raise gone

        patch.setattr(Dispatcher, "_finish", finish)
        intake.enqueue([write_file("book.txt")])
        intake.start()
        until(lambda: only(intake).error)
        until(lambda: not intake._dispatcher.read)
    until(lambda: only(intake).state == "done")
    assert verify(store).sound


def test_e2_a_full_disk_for_temporary_files_fails_no_book(
    store: Store,
    make_intake: MakeIntake,
    write_file: WriteFile,
    until: Until,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    intake = make_intake(lanes=1)
    intake.enqueue([write_file("book.txt")])
    with monkeypatch.context() as patch:

        def full(self: Reader) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        patch.setattr(Reader, "start", full)
        intake.start()
        until(lambda: only(intake).error)
        assert (only(intake).state, "temporary" in only(intake).error) == ("paused", True)
    until(lambda: only(intake).state == "done")
    assert verify(store).sound


def test_e2_what_does_not_pass_by_itself_waits_until_somebody_asks() -> None:
    trouble = Blocker()
    assert trouble.sentence == ("", "")
    assert trouble.arise(LibraryError("It may only be read.", "Copy it and open the copy."))
    assert trouble.sentence == ("It may only be read.", "Copy it and open the copy.")
    trouble._retry_at = 0.0
    assert not trouble.retry_due()
    trouble.forget()
    assert trouble.error is None


def test_e2_the_queue_tries_again_ever_more_rarely_and_from_the_start_after_a_success(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = 100.0
    monkeypatch.setattr(module, "FIRST_WAIT", 2.0)
    monkeypatch.setattr("workbench.intake.queue_blockers.time.monotonic", lambda: now)
    trouble = Blocker()
    waits = []
    for _ in range(8):
        trouble.arise(LibraryFullError("It is full.", "Free some space and try again."))
        since = now
        while not trouble.retry_due():
            now += 0.5
        waits.append(now - since)
    assert waits == [2, 4, 8, 16, 32, 60, 60, 60]
    trouble.ease()
    trouble.arise(LibraryFullError("It is full."))
    assert not trouble.retry_due()
    now += 2
    assert trouble.retry_due()


def test_e2_faults_of_the_system_that_stop_every_job_are_told_from_those_of_one_file() -> None:
    assert isinstance(blocking_error(OSError(errno.ENOSPC, "full")), LibraryFullError)
    assert isinstance(blocking_error(OSError(errno.EMFILE, "many")), LibraryUnreachableError)
    assert blocking_error(OSError(errno.EIO, "bad sector")) is None
