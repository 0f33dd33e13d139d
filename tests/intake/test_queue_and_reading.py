"""From a file on the queue to a verified source, and everything that can stand in the way."""

import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.patience import seconds
from workbench.errors import Cancelled, NotFoundError, UsageError
from workbench.intake import places
from workbench.intake.intake import Intake
from workbench.intake.records import Added, Hooks, QueueRow
from workbench.jobs import Cancel, Progress
from workbench.store import sources, text
from workbench.store.records import SourceRow
from workbench.store.store import Store
from workbench.store.verify import verify

MakeIntake = Callable[..., Intake]
WriteFile = Callable[..., Path]
Until = Callable[[Callable[[], object]], None]


def listed(store: Store) -> list[SourceRow]:
    with store.read() as connection:
        return sources.listing(connection)


def only(rows: list[QueueRow]) -> QueueRow:
    assert len(rows) == 1
    return rows[0]


def test_a_file_becomes_a_verified_source(
    store: Store, make_intake: MakeIntake, write_file: WriteFile
) -> None:
    intake = make_intake()
    path = write_file("book.txt", lines=30)
    told: list[Progress] = []
    jobs = intake.enqueue([path], collection="Thesis", title="My Book")
    added = intake.run(jobs, told.append)
    assert len(added) == 1
    assert (added[0].state, added[0].title, added[0].error) == ("verified", "My Book", None)
    assert (added[0].passages, added[0].engrams) == (30, 60)
    assert added[0].notices == ("The reader had a remark. Look at it.",)
    source = listed(store)[0]
    assert source.id == added[0].source
    assert source.collections == ("Thesis",)
    assert source.path == str(path)
    assert source.verified is not None
    assert source.size == path.stat().st_size
    assert told
    assert verify(store).sound


@pytest.mark.slow
def test_i7_passages_are_searchable_while_the_source_is_still_being_read(
    store: Store,
    make_intake: MakeIntake,
    write_file: WriteFile,
    tmp_path: Path,
    until: Until,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("workbench.intake.work._INDEX_INTERVAL", 10)
    gate = tmp_path / "gate"
    intake = make_intake()
    jobs = intake.enqueue([write_file("long.txt", f"gate {gate} 30", lines=60)])
    intake.start()
    runner = intake._dispatcher.runner
    until(lambda: runner._hooks.index.__self__.sources)  # type: ignore[attr-defined]
    row = only(intake.rows())
    assert (row.state, row.stage, row.stage_word) == ("running", "queued", "Reading")
    assert listed(store)[0].state == "queued"
    assert listed(store)[0].verified is None
    gate.touch()
    intake.run(jobs)
    assert listed(store)[0].state == "verified"


def test_i7_waiting_for_searchable_returns_before_verified(
    store: Store, make_intake: MakeIntake, write_file: WriteFile, until: Until
) -> None:
    gate = threading.Event()
    intake = make_intake(find=lambda source: gate.wait(seconds(30)))
    jobs = intake.enqueue([write_file("book.txt")])
    added = intake.run(jobs, wait="searchable")
    assert (added[0].state, added[0].engrams) == ("searchable", 20)
    assert only(intake.rows()).stage_word == "Verifying"
    gate.set()
    assert intake.run(jobs)[0].state == "verified"
    with pytest.raises(UsageError, match="learned"):
        intake.run(jobs, wait="learned")


def test_i8_same_bytes_already_in_library(
    store: Store, make_intake: MakeIntake, write_file: WriteFile, tmp_path: Path
) -> None:
    intake = make_intake()
    first = write_file("book.txt")
    second = tmp_path / "copy of it.epub"
    second.write_bytes(first.read_bytes())
    original = intake.run(intake.enqueue([first]))[0]
    again = intake.run(intake.enqueue([second], collection="Other"))[0]
    assert again.already
    assert not again.restored
    assert (again.source, again.state, again.engrams) == (original.source, "verified", 20)
    source = only_source(store)
    assert set(source.locations) == {str(first), str(second)}
    assert source.collections == ("Other",)
    assert intake.rows()[1].already
    assert not intake.rows()[0].already


def only_source(store: Store) -> SourceRow:
    rows = listed(store)
    assert len(rows) == 1
    return rows[0]


@pytest.mark.slow
def test_i8_same_bytes_added_at_once_become_one_source(
    store: Store, make_intake: MakeIntake, write_file: WriteFile, tmp_path: Path
) -> None:
    first = write_file("book.txt", "slow", lines=60)
    copies = [tmp_path / f"copy{n}.txt" for n in range(4)]
    for copy in copies:
        copy.write_bytes(first.read_bytes())
    intake = make_intake(lanes=3)
    added = intake.run(intake.enqueue([first, *copies]))
    assert [a.already for a in added].count(False) == 1
    assert {a.source for a in added} == {only_source(store).id}
    assert len(only_source(store).locations) == 5
    assert verify(store).sound


def test_i8_a_source_in_the_trash_comes_back(
    store: Store, make_intake: MakeIntake, write_file: WriteFile
) -> None:
    intake = make_intake()
    path = write_file("book.txt")
    source = intake.run(intake.enqueue([path]))[0].source
    assert source is not None
    store.write(lambda c: sources.trash(c, [source]))
    added = intake.run(intake.enqueue([path]))[0]
    assert (added.source, added.already, added.restored) == (source, True, True)
    assert only_source(store).trashed is None


def test_i8_records_are_known_by_their_content(
    store: Store, make_intake: MakeIntake, tmp_path: Path
) -> None:
    first, second = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    first.write_text("sources\naaaaa one\nbbbbb two\naaaaa one\n", encoding="utf-8")
    second.write_text("sources\nbbbbb two\nccccc three\n", encoding="utf-8")
    intake = make_intake()
    one = intake.run(intake.enqueue([first]))
    assert [(a.key, a.already) for a in one] == [("aaaaa", False), ("bbbbb", False)]
    two = intake.run(intake.enqueue([second]))
    assert [(a.key, a.already) for a in two] == [("bbbbb", True), ("ccccc", False)]
    assert len(listed(store)) == 3
    again = intake.run(intake.enqueue([second]))
    assert [a.already for a in again] == [True, True]
    assert verify(store).sound


def test_i16_read_back_failure_is_a_failure_and_leaves_nothing(
    store: Store, make_intake: MakeIntake, write_file: WriteFile
) -> None:
    intake = make_intake(find=lambda source: False)
    added = intake.run(intake.enqueue([write_file("book.txt")]))
    assert (added[0].state, added[0].source) == ("failed", None)
    assert "did not find it again" in str(added[0].error)
    assert listed(store) == []
    assert verify(store).sound


def test_i16_read_back_asks_for_every_source_after_it_was_indexed(
    store: Store, make_intake: MakeIntake, tmp_path: Path
) -> None:
    asked: list[int] = []

    def find(source: int) -> bool:
        with store.read() as connection:
            row = sources.by_id(connection, source)
        assert (row.state, row.verified) == ("searchable", None)
        asked.append(source)
        return row.key != "bbbbb"

    path = tmp_path / "records.jsonl"
    path.write_text("sources\naaaaa one\nbbbbb two\nccccc three\n", encoding="utf-8")
    intake = make_intake(find=find)
    added = intake.run(intake.enqueue([path]))
    assert len(asked) == 3
    assert [a.key for a in added] == ["aaaaa", "ccccc"]
    assert "1 of the 3" in str(added[0].error)
    assert {row.state for row in listed(store)} == {"verified"}


@pytest.fixture
def no_page_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file fails at the first page at which its reader ends."""
    monkeypatch.setattr("workbench.intake.dispatcher._PAGE_LIMIT", 0)


@pytest.mark.slow
@pytest.mark.usefixtures("no_page_left_out")
def test_a_bad_file_is_one_sentence_and_the_rest_goes_on(
    store: Store, make_intake: MakeIntake, write_file: WriteFile, tmp_path: Path
) -> None:
    (tmp_path / "nothing.txt").touch()
    write_file("words.txt", lines=0)
    paths: list[str | Path] = [
        write_file("good.txt"),
        tmp_path / "nothing.txt",
        write_file("locked.txt", "locked"),
        write_file("abort.txt", "abort"),
        write_file("raise.txt", "raise"),
        write_file("words.txt", lines=0),
        tmp_path / "gone.txt",
        "https://127.0.0.1/book",
        write_file("also good.txt", word="basalt"),
    ]
    intake = make_intake()
    added = intake.run(intake.enqueue(paths))
    assert [a.state for a in added] == ["verified", *["failed"] * 7, "verified"]
    errors = [str(a.error) for a in added]
    assert "“nothing.txt” is empty." in errors[1]
    assert errors[2] == "It is locked by a password. Remove the password first."
    assert (
        "“abort.txt” could not be read: its reader stopped at page 6 (it aborted itself)"
        in errors[3]
    )
    assert "“raise.txt” could not be read" in errors[4]
    assert "no words" in errors[5]
    assert "no file “gone.txt”" in errors[6]
    assert "links do not lead there" in errors[7]
    for error in errors[1:8]:
        assert error.count(". ") >= 1
        assert error.endswith(".")
    assert [row.title for row in listed(store)] == ["also good", "good"]
    assert verify(store).sound
    reasons = [row.hint for row in intake.rows() if row.state == "failed"]
    assert all(reasons)


@pytest.mark.usefixtures("no_page_left_out")
@pytest.mark.skipif(sys.platform == "win32", reason="there are no signals on Windows")
def test_a_reader_that_is_killed_is_named_with_the_likely_cause(
    make_intake: MakeIntake, write_file: WriteFile
) -> None:
    intake = make_intake()
    added = intake.run(intake.enqueue([write_file("huge.txt", "kill")]))
    assert "“huge.txt”" in str(added[0].error)
    assert "memory ran out" in str(added[0].error)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to its limit")
def test_a_file_that_needs_too_much_memory_fails_alone(
    store: Store, make_intake: MakeIntake, write_file: WriteFile
) -> None:
    intake = make_intake(lanes=1)
    added = intake.run(intake.enqueue([write_file("swell.txt", "swell"), write_file("good.txt")]))
    assert [a.state for a in added] == ["failed", "verified"]
    assert "memory" in str(added[0].error)


@pytest.mark.slow
@pytest.mark.usefixtures("no_page_left_out")
def test_a_reader_that_makes_no_progress_is_given_up(
    store: Store,
    make_intake: MakeIntake,
    write_file: WriteFile,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from workbench.intake import dispatcher as module
    from workbench.intake.reader import Reader

    monkeypatch.setattr(
        module, "Reader", lambda reader, scratch, **more: Reader(reader, 0.5, scratch, **more)
    )
    intake = make_intake()
    added = intake.run(intake.enqueue([write_file("hang.txt", "hang")]))
    assert "no progress" in str(added[0].error)
    assert listed(store) == []


@pytest.mark.slow
def test_a_file_that_changes_while_it_is_read_is_refused(
    store: Store, make_intake: MakeIntake, write_file: WriteFile, tmp_path: Path, until: Until
) -> None:
    gate = tmp_path / "gate"
    path = write_file("growing.txt", f"gate {gate} 5")
    intake = make_intake()
    jobs = intake.enqueue([path])
    intake.start()
    until(lambda: listed(store))
    with path.open("a", encoding="utf-8") as file:
        file.write("more\n")
    gate.touch()
    added = intake.run(jobs)
    assert "changed while" in str(added[0].error)
    assert listed(store) == []


def test_a_fault_in_the_index_fails_the_job_and_not_the_queue(
    store: Store, write_file: WriteFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults: list[object] = []
    monkeypatch.setattr(threading, "excepthook", lambda args: faults.append(args.exc_value))

    def broken() -> None:
        raise ZeroDivisionError("a fault")

    intake = Intake(
        store, Hooks(broken, lambda s: True, lambda t: None), reader="fake_readers:read"
    )
    try:
        added = intake.run(intake.enqueue([write_file("a.txt"), write_file("b.txt")]))
    finally:
        intake.close()
    assert [a.state for a in added] == ["failed", "failed"]
    assert "fault" in str(added[0].error)
    assert len(faults) == 2
    assert listed(store) == []


def test_names_of_any_kind(
    store: Store, make_intake: MakeIntake, write_file: WriteFile, tmp_path: Path
) -> None:
    names = ["كتاب 📚.txt", "#1?%20.txt", " spaces .txt", "-n.txt"]
    paths = [write_file(name) for name in names]
    if sys.platform == "linux":
        odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
        odd.write_text("plain\nan odd name", encoding="utf-8")
        paths.append(odd)
    intake = make_intake()
    added = intake.run(intake.enqueue(paths))
    assert {a.state for a in added} == {"verified"}
    assert [row.name for row in intake.rows()][:4] == names
    assert len(listed(store)) == len(paths)


def test_a_folder_brings_its_files_without_hidden_ones(
    store: Store, make_intake: MakeIntake, write_file: WriteFile, tmp_path: Path
) -> None:
    for name in ("shelf/b.txt", "shelf/a.txt", "shelf/deep/c.txt", "shelf/.git/d", "shelf/.e.txt"):
        write_file(name)
    Store.open(tmp_path / "shelf" / "other.brain").close()
    (tmp_path / "shelf" / "program.txt").write_bytes(b"\x7fELF" + bytes(99))
    intake = make_intake()
    jobs = intake.enqueue([tmp_path / "shelf", tmp_path / "shelf" / "a.txt"])
    assert [row.name for row in intake.rows()] == ["a.txt", "b.txt", "c.txt"]
    assert {a.state for a in intake.run(jobs)} == {"verified"}


def test_what_is_of_programs_and_downloads_in_a_folder_is_skipped_with_a_word(
    make_intake: MakeIntake, write_file: WriteFile, tmp_path: Path
) -> None:
    for name in ("a.txt", "node_modules/x/readme.md", "half.pdf.part", "desktop.ini"):
        write_file(f"shelf/{name}")
    intake = make_intake()
    intake.enqueue([tmp_path / "shelf"])
    assert [row.name for row in intake.rows()] == ["a.txt"]
    skipped = {
        Path(item.path).name: item.notices[0]
        for item in places.ignored_files(str(tmp_path / "shelf"), [str(tmp_path / "shelf/a.txt")])
    }
    assert sorted(skipped) == ["desktop.ini", "half.pdf.part", "node_modules"]
    assert "has not ended" in skipped["half.pdf.part"]
    assert "packages of programs" in skipped["node_modules"]


def test_a_path_that_waits_already_is_not_queued_twice(
    make_intake: MakeIntake, write_file: WriteFile, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    intake = make_intake()
    path = write_file("book.txt")
    monkeypatch.chdir(tmp_path)
    first = intake.enqueue([path])
    assert intake.enqueue(["./book.txt"]) == first
    assert intake.enqueue([path], collection="Other") != first


@pytest.mark.slow
def test_i4_rows_tell_stage_done_total_rate_and_time_left(
    make_intake: MakeIntake, write_file: WriteFile, until: Until, tmp_path: Path
) -> None:
    gate = tmp_path / "gate"
    intake = make_intake(lanes=1)
    slow = write_file("slow.txt", "slow", lines=600)
    intake.enqueue([slow, write_file("next.txt", f"gate {gate} 3")])
    assert [row.state for row in intake.rows()] == ["queued", "queued"]
    intake.start()
    seen: list[QueueRow] = []

    def known() -> bool:
        seen.append(intake.rows()[0])
        return seen[-1].seconds_left is not None

    until(known)
    row = seen[-1]
    assert (row.name, row.state, row.stage_word) == ("slow.txt", "running", "Reading")
    assert (row.unit, row.total) == ("pages", 600)
    assert 0 < row.done < 600
    assert row.rate is not None
    assert row.rate > 1
    assert row.seconds_left == pytest.approx((600 - row.done) / row.rate)
    until(lambda: intake.rows()[0].state == "done")
    done = intake.rows()[0]
    assert (done.stage, done.stage_word, done.rate, len(done.sources)) == ("verified", "", None, 1)
    gate.touch()


@pytest.mark.slow
def test_i4_pause_survives_a_restart_and_resume_goes_on_where_it_was(
    store: Store, make_intake: MakeIntake, write_file: WriteFile, tmp_path: Path, until: Until
) -> None:
    gate = tmp_path / "gate"
    path = write_file("long.txt", f"gate {gate} 20", lines=40)
    intake = make_intake()
    jobs = intake.enqueue([path])
    intake.start()
    until(lambda: any(row.passages for row in listed(store)))
    intake.pause()
    until(lambda: only(intake.rows()).state == "paused")
    kept = only_source(store).passages
    assert kept > 0
    intake.close()
    again = make_intake()
    resting: bool = again.paused
    assert resting
    again.start()
    assert only(again.rows()).state == "paused"
    gate.touch()
    again.resume()
    assert not again.paused
    assert again.run(jobs)[0].passages == 40
    assert verify(store).sound


def test_i4_what_is_asked_for_by_name_is_added_though_the_queue_rests(
    make_intake: MakeIntake, write_file: WriteFile
) -> None:
    intake = make_intake()
    intake.start()
    intake.pause()
    waits = intake.enqueue([write_file("waits.txt")])
    added = intake.run(intake.enqueue([write_file("wanted.txt", word="basalt")]))
    assert added[0].state == "verified"
    assert {row.id: row.state for row in intake.rows()}[waits[0]] == "paused"


@pytest.mark.slow
def test_i4_skip_and_retry(
    store: Store, make_intake: MakeIntake, write_file: WriteFile, tmp_path: Path, until: Until
) -> None:
    gate = tmp_path / "gate"
    intake = make_intake(lanes=1)
    first, second = intake.enqueue(
        [write_file("stuck.txt", f"gate {gate} 5"), write_file("next.txt", word="basalt")]
    )
    intake.start()
    until(lambda: listed(store))
    intake.skip(first)
    assert intake.run([first, second])[0].state == "skipped"
    assert intake.run([second])[0].state == "verified"
    gate.touch()
    intake.retry(first)
    assert intake.run([first])[0].passages == 10
    with pytest.raises(UsageError):
        intake.retry(first)
    with pytest.raises(UsageError):
        intake.skip(first)
    with pytest.raises(NotFoundError):
        intake.skip(99)
    assert verify(store).sound


@pytest.mark.slow
def test_i4_cancel_leaves_nothing_behind(
    store: Store, make_intake: MakeIntake, write_file: WriteFile, tmp_path: Path, until: Until
) -> None:
    gate = tmp_path / "gate"
    intake = make_intake()
    jobs = intake.enqueue([write_file("stuck.txt", f"gate {gate} 5")])
    intake.start()
    until(lambda: any(row.passages for row in listed(store)))
    intake.cancel(jobs[0])
    assert intake.run(jobs)[0].state == "cancelled"
    assert listed(store) == []
    found = verify(store)
    assert (found.problems, found.engrams) == ((), 0)
    intake.dismiss(jobs[0])
    assert intake.rows() == []


def test_i4_stopping_a_waiting_add_cancels_its_jobs_and_keeps_what_is_finished(
    store: Store, make_intake: MakeIntake, write_file: WriteFile, tmp_path: Path
) -> None:
    gate = tmp_path / "gate"
    intake = make_intake(lanes=1)
    jobs = intake.enqueue(
        [write_file("done.txt"), write_file("stuck.txt", f"gate {gate} 5"), write_file("never.txt")]
    )
    cancel = Cancel()

    def report(progress: Progress) -> None:
        if listed(store) and listed(store)[-1].state == "verified":
            cancel.set()

    with pytest.raises(Cancelled):
        intake.run(jobs, report, cancel)
    assert [row.title for row in listed(store)] == ["done"]
    assert [row.state for row in intake.rows()] == ["done", "cancelled", "cancelled"]


def test_dismiss_takes_a_failed_job_off_the_list_and_not_a_running_one(
    make_intake: MakeIntake, write_file: WriteFile, tmp_path: Path
) -> None:
    intake = make_intake()
    jobs = intake.enqueue([write_file("locked.txt", "locked"), tmp_path / "gone.txt"])
    with pytest.raises(UsageError, match="still being added"):
        intake.dismiss(jobs[0])
    intake.run(jobs)
    intake.dismiss(jobs[0])
    assert [row.id for row in intake.rows()] == [jobs[1]]


def test_failed_jobs_stay_on_the_list_after_a_restart_and_done_ones_do_not(
    make_intake: MakeIntake, write_file: WriteFile, tmp_path: Path
) -> None:
    intake = make_intake()
    intake.run(intake.enqueue([write_file("good.txt"), tmp_path / "gone.txt"]))
    assert len(intake.rows()) == 2
    intake.close()
    assert only(make_intake().rows()).state == "failed"


@pytest.mark.slow
def test_listeners_hear_of_changes_at_most_ten_times_a_second(
    make_intake: MakeIntake, write_file: WriteFile
) -> None:
    heard: list[str] = []
    intake = make_intake(notify=heard.append)
    intake.run(intake.enqueue([write_file(f"{n}.txt", word=f"w{n}") for n in range(30)]))
    intake.close()
    assert {"queue", "sources"} <= set(heard)
    assert heard.count("queue") < 60


@pytest.mark.slow
def test_a_full_disk_stops_the_queue_and_loses_nothing(
    store: Store, make_intake: MakeIntake, write_file: WriteFile
) -> None:
    from workbench.errors import LibraryError

    intake = make_intake()
    jobs = intake.enqueue([write_file("large.txt", lines=3000)])
    limit = store._outside(
        lambda c: c.execute(
            f"PRAGMA max_page_count={c.execute('PRAGMA page_count').fetchone()[0] + 4}"
        ).fetchone()
    )
    assert limit
    with pytest.raises(LibraryError, match="full"):
        intake.run(jobs)
    row = only(intake.rows())
    assert (row.state, "full" in row.error) == ("paused", True)
    store._outside(lambda c: c.execute("PRAGMA max_page_count=1000000").fetchone())
    assert intake.run(jobs)[0].passages == 3000
    assert verify(store).sound


@pytest.mark.slow
def test_an_update_of_the_reader_in_the_middle_starts_the_source_over(
    store: Store, make_intake: MakeIntake, write_file: WriteFile, tmp_path: Path, until: Until
) -> None:
    path = write_file("book.txt", f"gate {tmp_path / 'gate'} 5")
    intake = make_intake()
    jobs = intake.enqueue([path])
    intake.start()
    until(lambda: any(row.passages for row in listed(store)))
    intake.close()
    again = make_intake(reader="fake_readers:other_version")
    assert again.run(jobs)[0].passages == 10
    with store.read() as connection:
        stored = text.passages(connection, only_source(store).id)
    assert all(passage.text.startswith("Updated") for passage in stored)
    assert verify(store).sound


def test_nothing_is_left_running_after_closing(
    make_intake: MakeIntake, write_file: WriteFile, tmp_path: Path, until: Until
) -> None:
    intake = make_intake(lanes=2)
    gate = tmp_path / "gate"
    intake.enqueue([write_file(f"{n}.txt", f"gate {gate} {n}") for n in range(2)])
    intake.start()
    until(
        lambda: (
            len([r for r in intake._dispatcher.readers]) == 0
            and len(intake._dispatcher.running) == 2
        )
    )
    processes = [t for t in threading.enumerate() if t.name == "workbench-reader"]
    assert len(processes) == 2
    intake.close()
    assert not [t for t in threading.enumerate() if t.name.startswith("workbench-r")]
    intake.close()


def test_whoever_would_compute_beside_it_hears_that_it_works(
    store: Store, make_intake: MakeIntake, write_file: WriteFile
) -> None:
    seen: list[bool] = []

    def find(_source: int) -> bool:
        seen.append(intake.working)
        return True

    intake = make_intake(find=find)
    assert not intake.working
    (added,) = intake.run(intake.enqueue([write_file("a.txt")]))
    assert added.state == "verified"
    assert seen == [True]
    intake.close()
    assert not intake.working


def test_each_source_is_told_of_while_the_others_are_read(
    make_intake: MakeIntake, write_file: WriteFile, tmp_path: Path
) -> None:
    gate = tmp_path / "gate"
    waiting = write_file("waiting.txt", f"gate {gate} 1")
    files = [waiting, write_file("first.txt"), write_file("second.txt", "locked")]
    told: list[str] = []

    def tell(added: Added) -> None:
        told.append(Path(added.path).name)
        if len(told) == 2:
            # The reader of the other file waits for this.
            gate.touch()

    intake = make_intake(lanes=2)
    assert intake.run(intake.enqueue(files), each=tell) == []
    assert sorted(told) == ["first.txt", "second.txt", "waiting.txt"]
    assert told[-1] == "waiting.txt"
