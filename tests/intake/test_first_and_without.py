"""What the user wants read first, pages left out of a reading, and the queue at a glance."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from workbench.errors import NotFoundError, UsageError
from workbench.intake import queue
from workbench.intake.intake import Intake
from workbench.intake.queue_rows import count
from workbench.intake.records import QueueRow, QueueSummary
from workbench.library import Library
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


def words_of(store: Store, source: int) -> str:
    with store.read() as connection:
        return " ".join(passage.text for passage in text.passages(connection, source))


def row_of(intake: Intake, job: int) -> QueueRow:
    return next(row for row in intake.rows() if row.id == job)


def test_i4_what_is_read_first_comes_before_all_that_was_put_first_earlier(
    store: Store, make_intake: MakeIntake, write_file: WriteFile
) -> None:
    intake = make_intake(lanes=1)
    jobs = intake.enqueue([write_file(f"{n}.txt", word=f"w{n}") for n in range(5)])
    intake.prioritize(jobs[3])
    intake.prioritize(jobs[4])
    intake.prioritize(jobs[1])
    assert [row_of(intake, job).priority for job in jobs] == [0, 3, 0, 1, 2]
    intake.run(jobs)
    finished = store.write(
        lambda c: [row[0] for row in c.execute("SELECT id FROM job ORDER BY finished")]
    )
    assert finished == [jobs[1], jobs[4], jobs[3], jobs[0], jobs[2]]


@pytest.mark.slow
def test_i4_read_first_does_not_wait_for_long_books_in_every_lane(
    store: Store, make_intake: MakeIntake, write_file: WriteFile, tmp_path: Path, until: Until
) -> None:
    gate = tmp_path / "gate"
    intake = make_intake(lanes=2)
    long = intake.enqueue([write_file(f"{n}.txt", f"gate {gate} {n}") for n in (3, 4)])
    intake.start()
    until(lambda: len(intake._dispatcher.running) == 2)
    waits, wanted = intake.enqueue([write_file("waits.txt"), write_file("wanted.txt", word="x")])
    intake.prioritize(wanted)
    until(lambda: row_of(intake, wanted).state == "done")
    # The lane more was for that one: what nobody put first still waits for the long ones.
    until(lambda: sum(lane.is_alive() for lane in intake._dispatcher.lanes) == 2)
    assert row_of(intake, waits).state == "queued"
    assert [row_of(intake, job).state for job in long] == ["running", "running"]
    gate.touch()
    intake.run([*long, waits])
    assert len(intake._dispatcher.readers) <= 2
    assert verify(store).sound


def test_i4_only_what_is_not_over_can_be_read_first(
    make_intake: MakeIntake, write_file: WriteFile
) -> None:
    intake = make_intake()
    (job,) = intake.enqueue([write_file("a.txt")])
    intake.run([job])
    with pytest.raises(UsageError):
        intake.prioritize(job)
    with pytest.raises(NotFoundError):
        intake.prioritize(99)


@pytest.mark.slow
def test_i4_a_page_that_hangs_is_skipped_and_the_rest_is_read(
    store: Store, make_intake: MakeIntake, write_file: WriteFile, until: Until
) -> None:
    intake = make_intake()
    (job,) = intake.enqueue([write_file("book.txt", "hang", lines=20)])
    intake.start()
    # Page 11 is the one that hangs; the row names it.
    until(lambda: row_of(intake, job).page == 11)
    intake.leave_out_page(job)
    (added,) = intake.run([job])
    assert (added.state, added.passages) == ("verified", 19)
    assert row_of(intake, job).left_out == (11,)
    assert "number 10 of" not in words_of(store, listed(store)[0].id)
    assert "number 11 of" in words_of(store, listed(store)[0].id)
    assert verify(store).sound


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there are no signals on Windows")
def test_i4_a_reading_that_crashed_at_a_page_goes_on_without_it(
    store: Store, make_intake: MakeIntake, write_file: WriteFile
) -> None:
    intake = make_intake()
    (job,) = intake.enqueue([write_file("book.txt", "abort", lines=20)])
    (added,) = intake.run([job])
    assert (added.state, added.passages) == ("verified", 19)
    assert row_of(intake, job).left_out == (11,)
    assert verify(store).sound


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there are no signals on Windows")
def test_i4_a_reading_that_crashes_at_a_fourth_page_fails_and_can_go_on_without_it(
    store: Store, make_intake: MakeIntake, write_file: WriteFile
) -> None:
    intake = make_intake()
    (job,) = intake.enqueue([write_file("book.txt", "abort", lines=20)])
    for page in (2, 3, 4):
        intake.leave_out_page(job, page)
    (failed,) = intake.run([job])
    assert failed.state == "failed"
    assert "page 11" in str(failed.error)
    assert row_of(intake, job).page == 11
    intake.leave_out_page(job)
    (added,) = intake.run([job])
    assert (added.state, added.passages) == ("verified", 16)
    assert verify(store).sound


@pytest.mark.slow
def test_i4_a_page_that_was_stored_already_is_left_out_all_the_same(
    store: Store, make_intake: MakeIntake, write_file: WriteFile, tmp_path: Path, until: Until
) -> None:
    gate = tmp_path / "gate"
    intake = make_intake()
    (job,) = intake.enqueue([write_file("book.txt", f"gate {gate} 15", lines=20)])
    intake.start()
    until(lambda: [row.passages for row in listed(store)] == [15])
    intake.leave_out_page(job, 4)
    until(lambda: [row.passages for row in listed(store)] == [14])
    gate.touch()
    (added,) = intake.run([job])
    assert (added.state, added.passages) == ("verified", 19)
    assert "number 3 of" not in words_of(store, listed(store)[0].id)
    assert verify(store).sound


@pytest.mark.slow
def test_i4_what_is_stored_stays_where_the_page_left_out_comes_later(
    store: Store, make_intake: MakeIntake, write_file: WriteFile, tmp_path: Path, until: Until
) -> None:
    gate = tmp_path / "gate"
    intake = make_intake()
    (job,) = intake.enqueue([write_file("book.txt", f"gate {gate} 15", lines=20)])
    intake.start()
    until(lambda: [row.passages for row in listed(store)] == [15])
    before = listed(store)[0].id
    intake.leave_out_page(job, 18)
    gate.touch()
    (added,) = intake.run([job])
    assert (added.source, added.passages) == (before, 19)
    assert verify(store).sound


def test_i4_where_no_page_is_known_none_is_left_out(
    make_intake: MakeIntake, write_file: WriteFile
) -> None:
    intake = make_intake()
    (job,) = intake.enqueue([write_file("a.txt")])
    for page in (None, 0, -3):
        with pytest.raises(UsageError):
            intake.leave_out_page(job, page)
    assert row_of(intake, job).left_out == ()
    intake.leave_out_page(job, 2)
    intake.leave_out_page(job, 2)
    assert intake.run([job])[0].passages == 9
    with pytest.raises(UsageError, match="already"):
        intake.leave_out_page(job, 3)


@pytest.mark.slow
def test_i4_a_page_left_out_from_another_process_stops_a_reader_that_hangs(
    store: Store, make_intake: MakeIntake, write_file: WriteFile, until: Until
) -> None:
    intake = make_intake()
    (job,) = intake.enqueue([write_file("book.txt", "hang", lines=20)])
    intake.start()
    until(lambda: row_of(intake, job).page == 11)
    store.write(lambda c: queue.leave_out(c, job, 11))
    assert intake.run([job])[0].passages == 19


@pytest.mark.slow
def test_i4_the_queue_at_a_glance(
    store: Store, make_intake: MakeIntake, write_file: WriteFile, tmp_path: Path, until: Until
) -> None:
    gate = tmp_path / "gate"
    intake = make_intake(lanes=1)
    assert intake.summary() == QueueSummary(0, 0, 0, 0, None, None, paused=False)
    files = [
        write_file("first.txt"),
        write_file("bad.txt", "locked"),
        write_file("half.txt", f"gate {gate} 50", lines=100),
        write_file("later.txt", word="basalt"),
    ]
    sizes = [file.stat().st_size for file in files]
    jobs = intake.enqueue(files)
    glance = intake.summary()
    assert (glance.left, glance.done, glance.total) == (4, 0, sum(sizes))
    intake.start()
    until(lambda: row_of(intake, jobs[2]).done == 50)
    # What was read before is verified while the third is still being read.
    until(lambda: intake.summary().over == 2)
    glance = intake.summary()
    assert (glance.left, glance.failed) == (2, 1)
    assert glance.total == sum(sizes)
    assert glance.done == sizes[0] + sizes[1] + sizes[2] // 2
    until(lambda: intake.summary().rate is not None)
    intake.pause()
    glance = intake.summary()
    assert (glance.paused, glance.rate, glance.seconds_left) == (True, None, None)
    intake.enqueue([tmp_path / "nobody knows how large.txt"])
    assert intake.summary().total is None
    gate.touch()
    intake.resume()
    intake.run(jobs)
    until(lambda: intake.summary().left == 0)
    # The next batch starts from its own nothing.
    intake.enqueue([write_file("next.txt", word="onyx")])
    until(lambda: intake.summary().left == 0 or intake.summary().over <= 1)


def test_i4_a_glance_at_ten_thousand_jobs_looks_at_indexes_alone(tmp_path: Path) -> None:
    def fill(connection: "object") -> None:
        for number in range(200):
            addition = queue.Addition(f"/books/{number}.txt", size=number)
            queue.enqueue(connection, addition)  # type: ignore[arg-type]

    with Store.open(tmp_path / "x.brain") as store:
        store.write(fill)
        with store.read() as connection:
            assert count(connection, 0).bytes_left == sum(range(200))
            asked: list[str] = []
            connection.set_trace_callback(asked.append)
            count(connection, 0)
            connection.set_trace_callback(None)
            plans = [
                step[3]
                for statement in asked
                if "FROM job" in statement
                for step in connection.execute(f"EXPLAIN QUERY PLAN {statement}")
            ]
    assert plans
    assert all("COVERING INDEX" in plan for plan in plans), plans


@pytest.mark.slow
def test_i4_a_page_of_a_real_pdf_is_left_out_and_said(tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(tmp_path / "book.pdf"))
    for number in range(1, 41):
        # Each page has its own words, or they would be taken for a running head.
        for line in range(12):
            word = "".join(chr(97 + (number * 7 + line * 5 + n * n) % 26) for n in range(6))
            canvas.drawString(72, 700 - 20 * line, f"The {word} of page{number}x is {word[::-1]}.")
        canvas.showPage()
    canvas.save()
    with Library.open(tmp_path / "x.brain") as library:
        library.queue.pause()
        (job,) = library.queue.enqueue([tmp_path / "book.pdf"])
        library.queue.change(job, to="without_page", page=7)
        library.queue.pause(False)
        (added,) = library._core.intake.run([job])
        assert added.error is None
        assert any("Page 7" in notice for notice in added.notices)
        assert added.source is not None
        assert [page.number for page in library.sources.pages(added.source)] == list(range(1, 41))
        told = " ".join(passage.text for passage in library.sources.passages(added.source))
        assert "page6x" in told
        assert "page7x" not in told
        assert library.verify().sound
        # Read again, the page is tried again.
        (again,) = library.add([added.source])
        assert again.error is None
        told = " ".join(passage.text for passage in library.sources.passages(added.source))
        assert "page7x" in told
