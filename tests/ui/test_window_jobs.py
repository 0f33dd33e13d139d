"""Work off the GUI thread: results in order, old ones dropped, faults not swallowed."""

import threading
import time
import weakref
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.patience import seconds
from workbench.errors import Cancelled, InputError, WorkbenchError
from workbench.jobs import Cancel, Progress, Report
from workbench.ui.jobs import Jobs


@pytest.fixture
def jobs(qapp: QApplication) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.close()


def _never(result: object) -> None:
    pytest.fail(f"called with {result!r}")


def test_what_work_took_is_returned_once_there_is_none(
    qtbot: QtBot, jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    returned: list[int] = []
    monkeypatch.setattr("workbench.ui.jobs.trim", lambda: returned.append(jobs.busy))
    monkeypatch.setattr("workbench.ui.jobs._IDLE_SECONDS", 0.05)
    hold = threading.Event()
    jobs.run(hold.wait, seconds(20))
    jobs.run(threading.get_ident)
    qtbot.wait(200)
    # Something is under way: what it frees it may need again.
    assert returned == []
    hold.set()
    qtbot.waitUntil(lambda: returned == [0])


def test_work_runs_elsewhere_and_its_result_arrives_here(qtbot: QtBot, jobs: Jobs) -> None:
    seen: list[tuple[int, int]] = []
    here = threading.get_ident()
    jobs.run(threading.get_ident, done=lambda there: seen.append((there, threading.get_ident())))
    qtbot.waitUntil(lambda: bool(seen))
    there, back = seen[0]
    assert there != here
    assert back == here
    assert jobs.busy == 0


def test_a_later_job_of_the_same_key_wins(qtbot: QtBot, jobs: Jobs) -> None:
    seen: list[str] = []
    gate = threading.Event()

    def slow(word: str) -> str:
        gate.wait(seconds(5))
        return word

    first = jobs.run(slow, "first", done=seen.append, key="ask")
    jobs.run(slow, "second", done=seen.append, key="ask")
    jobs.run(slow, "other", done=seen.append, key="else")
    gate.set()
    qtbot.waitUntil(lambda: len(seen) == 2)
    qtbot.wait(20)
    assert sorted(seen) == ["other", "second"]
    assert first.switch.is_set


def test_errors_for_the_user_go_to_failed(qtbot: QtBot, jobs: Jobs) -> None:
    seen: list[WorkbenchError] = []

    def work() -> None:
        raise InputError("It is empty.", "Choose another file.")

    jobs.run(work, failed=seen.append, done=_never)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0].hint == "Choose another file."


def test_faults_of_the_program_are_raised_not_swallowed(qtbot: QtBot, jobs: Jobs) -> None:
    def work() -> None:
        raise ZeroDivisionError

    with qtbot.captureExceptions() as raised:
        jobs.run(work, failed=_never)
        qtbot.waitUntil(lambda: jobs.busy == 0)
    assert [kind for kind, _error, _trace in raised] == [ZeroDivisionError]


def test_a_cancelled_job_says_nothing_any_more(qtbot: QtBot, jobs: Jobs) -> None:
    began = threading.Event()

    def work(cancel: Cancel) -> None:
        began.set()
        while not cancel.wait(0.01):
            pass
        raise Cancelled

    job = jobs.run(work, done=_never, failed=_never)
    assert began.wait(seconds(60))
    job.cancel()
    qtbot.waitUntil(lambda: jobs.busy == 0)


@pytest.mark.parametrize("late", [False, True])
def test_a_stopped_job_says_so_or_delivers_what_was_done_already(
    qtbot: QtBot, jobs: Jobs, late: bool
) -> None:
    began, seen = threading.Event(), list[str]()

    def work(cancel: Cancel) -> str:
        began.set()
        assert cancel.wait(seconds(20))
        if not late:
            cancel.check()
        return "done"

    stopped = partial(seen.append, "stopped")
    jobs.run(work, done=seen.append, failed=_never, stopped=stopped, key="sleep")
    assert began.wait(seconds(60))
    assert jobs.is_running("sleep")
    jobs.stop("sleep")
    qtbot.waitUntil(lambda: seen == ["done" if late else "stopped"])
    assert not jobs.is_running("sleep")


@pytest.mark.slow
class _Told:
    """Somebody who waits for a job, as a widget does."""

    def take(self, _result: object) -> None: ...


@pytest.mark.parametrize("ended", ["superseded", "cancelled", "closed"])
def test_a_worker_keeps_nobody_who_waited_for_a_job_that_is_over(
    qapp: QApplication, ended: str
) -> None:
    jobs, waiting, gate = Jobs(), _Told(), threading.Event()
    gone = weakref.ref(waiting)
    who: dict[str, Any] = dict.fromkeys(("done", "failed", "progress"), waiting.take)
    kept = jobs.run(gate.wait, seconds(20), key="ask", **who)
    del waiting, who
    try:
        if ended == "superseded":
            jobs.run(int, key="ask")
        elif ended == "cancelled":
            jobs.cancel("ask")
        else:
            assert not jobs.close(0)
        assert not kept.finished
        assert gone() is None
    finally:
        gate.set()
        jobs.close()


def test_who_was_told_is_let_go_of_before_the_job(qtbot: QtBot, jobs: Jobs) -> None:
    waiting = _Told()
    gone = weakref.ref(waiting)
    kept = jobs.run(int, done=waiting.take)
    del waiting
    qtbot.waitUntil(lambda: kept.finished)
    assert gone() is None


def test_progress_arrives_here_at_most_ten_times_a_second(qtbot: QtBot, jobs: Jobs) -> None:
    seen: list[Progress] = []
    finished: list[float] = []

    def work(report: Report) -> float:
        began = time.monotonic()
        for step in range(3000):
            report(Progress("reading", step, 3000, "pages"))
            time.sleep(0.0001)
        return time.monotonic() - began

    jobs.run(work, progress=seen.append, done=finished.append)
    qtbot.waitUntil(lambda: bool(finished))
    assert 1 <= len(seen) <= finished[0] * 10 + 1


def test_the_newest_report_arrives_though_none_follows_it(qtbot: QtBot, jobs: Jobs) -> None:
    seen: list[int] = []
    gate = threading.Event()

    def work(report: Report) -> None:
        for step in (1, 2, 3):
            report(Progress("writing", step))
        gate.wait(seconds(20))

    jobs.run(work, progress=lambda progress: seen.append(progress.done))
    qtbot.waitUntil(lambda: seen[-1:] == [3])
    gate.set()
    qtbot.waitUntil(lambda: jobs.busy == 0)


class _Waiting(QLabel):
    """A label that waits for its text by a lambda."""

    def wait(self, jobs: Jobs, gate: threading.Event) -> None:
        jobs.run(partial(_text, gate, "late"), done=lambda text: self.setText(text))


def test_a_widget_that_is_gone_is_not_called(qtbot: QtBot, jobs: Jobs) -> None:
    gate = threading.Event()
    label = _Waiting()
    label.wait(jobs, gate)
    jobs.run(partial(_text, gate, "late"), done=label.setText)
    jobs.run(partial(_text, gate, "late"), done=partial(label.setText))
    label.deleteLater()
    qtbot.wait(10)
    gate.set()
    qtbot.waitUntil(lambda: jobs.busy == 0)


def _text(gate: threading.Event, word: str) -> str:
    gate.wait(seconds(5))
    return word


def test_closing_waits_for_the_threads_and_delivers_nothing(qapp: QApplication) -> None:
    parent = QObject()
    jobs = Jobs(parent)
    began = threading.Event()

    def work(cancel: Cancel) -> None:
        began.set()
        cancel.wait(seconds(5))

    jobs.run(work, done=_never)
    assert began.wait(seconds(60))
    jobs.close()
    assert not [t for t in threading.enumerate() if t.name.startswith("window")]
    late = jobs.run(work, done=_never)
    assert late.switch.is_set
    qapp.processEvents()
