"""Every background worker that fails goes on later by itself, and says meanwhile why it waits."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.patience import seconds
from tests.space.embeddings import tiny_model
from workbench import background_thread
from workbench.changes import Changes
from workbench.cli.main import main
from workbench.errors import LibraryError, LibraryLockedError, WorkbenchError
from workbench.intake import queue, watch
from workbench.intake.work import JobRunner
from workbench.jobs import Cancel
from workbench.library import Library
from workbench.memory import strengths
from workbench.memory.graph import background as linking
from workbench.memory.graph.concept_graph import ConceptGraph
from workbench.memory.graph.linking import Linker
from workbench.memory.graph.modelling import ModelReader
from workbench.models import choices
from workbench.space.embeddings import background, building, folder
from workbench.store.store import Store

_LOCKED = LibraryLockedError("Another program reads.", "Wait.")
FAILURES = [_LOCKED, RuntimeError("out of memory")]


class Failing:
    """Lets a call fail so many times before it does what it did."""

    def __init__(self, call: Callable[..., Any], error: Exception, times: int = 2) -> None:
        self._call, self._error, self.left = call, error, times
        self.failed = threading.Event()

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        if self.left:
            self.left -= 1
            self.failed.set()
            raise self._error
        return self._call(*arguments, **named)

    def __get__(self, owner: object, _kind: type) -> Callable[..., Any]:
        return lambda *arguments, **named: self(owner, *arguments, **named)


@pytest.fixture(autouse=True)
def _soon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers begin at once, try again at once, and a tiny model is the one that ships."""
    tiny_model.write(tmp_path / "shipped", seed=7)
    model = folder.inspect_folder(tmp_path / "shipped")
    monkeypatch.setattr(folder, "shipped", lambda: model)
    for module in (background, linking, strengths):
        monkeypatch.setattr(module, "_WAIT", 0.01)
    for module in (background, linking):
        monkeypatch.setattr(module, "_RETRY", 0.01)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "x.brain") as opened:
        yield opened


def until(done: Callable[[], object]) -> None:
    deadline = time.monotonic() + seconds(30)
    while not done():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.01)


def is_embedded(library: Library) -> bool:
    return any(row.active and row.done == row.total for row in library.models.readings("embedding"))


@pytest.mark.parametrize("error", FAILURES, ids=["locked", "fault"])
def test_vectors_are_made_after_failures(
    library: Library, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "build", Failing(building.build, error))
    library.add_text("The ferry stayed in the harbour.", title="Ferry")
    library._core.embedding_reading.begin_by_itself()
    until(lambda: is_embedded(library))


@pytest.mark.parametrize("stage", ["embedded", "linked"])
def test_who_waits_for_what_follows_adding_gets_it_after_failures(
    library: Library, stage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbench.library.adding._RETRY_SECONDS", 0.01)
    monkeypatch.setattr(background, "_WAIT", 1000.0)
    monkeypatch.setattr(linking, "_WAIT", 1000.0)
    (tmp_path / "a.txt").write_text("The ferry stayed in the harbour.")
    fault = OSError(5, "Input/output error")
    monkeypatch.setattr(building, "build", Failing(building.build, fault))
    monkeypatch.setattr(ConceptGraph, "catch_up", Failing(ConceptGraph.catch_up, fault))
    (added,) = library.add(tmp_path / "a.txt", wait=stage)
    assert added.state == stage


def test_who_waits_for_what_always_fails_is_told_why(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbench.library.adding._RETRY_SECONDS", 0.01)
    monkeypatch.setattr(building, "build", Failing(building.build, RuntimeError("no"), 1000))
    (tmp_path / "a.txt").write_text("The ferry stayed in the harbour.")
    with pytest.raises(LibraryError, match="can be asked"):
        library.add(tmp_path / "a.txt", wait="embedded")
    assert library.ask("Where did the ferry stay?").evidence


def test_a_failure_is_told_in_the_window_and_by_doctor_until_it_passes(
    library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    failing = Failing(building.build, _LOCKED, times=1_000_000)
    monkeypatch.setattr(building, "build", failing)
    library.add_text("The ferry stayed in the harbour.", title="Ferry")
    library._core.embedding_reading.begin_by_itself()

    def reason() -> str:
        progress = library.models.progress
        return progress.note if progress is not None and progress.stage == "failed" else ""

    until(lambda: reason() == "Another program reads. Wait.")

    def warnings() -> list[str]:
        capsys.readouterr()
        main(["--library", str(tmp_path / "x.brain"), "--json", "doctor"])
        return list(json.loads(capsys.readouterr().out)["warnings"])

    until(lambda: any("meaning failed" in row and "Another program" in row for row in warnings()))
    failing.left = 0
    until(lambda: is_embedded(library) and not warnings())
    assert reason() == ""


@pytest.mark.parametrize("error", FAILURES, ids=["locked", "fault"])
def test_concepts_are_linked_after_failures(
    library: Library, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Linker, "step", Failing(Linker.step, error))
    library.facts.tell("Kofi Mensah sold a boat.")
    until(lambda: library._store.rows("SELECT 1 FROM concept"))


@pytest.mark.parametrize("error", FAILURES, ids=["locked", "fault"])
def test_uses_are_written_after_failures(
    library: Library, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.facts.tell("Kofi Mensah sold a boat.")
    ((fact,),) = library._store.rows("SELECT engram FROM fact")
    failing = Failing(strengths.Strengths._write, error)
    monkeypatch.setattr(strengths.Strengths, "_write", failing)
    library._core.strengths.mark_read([fact])
    until(lambda: not failing.left)
    until(lambda: not library._core.strengths._uses)


def test_a_language_model_reads_after_failures(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    went_well = threading.Event()

    def catch_up(_reader: ModelReader, *, cancel: Cancel) -> None:
        went_well.set()

    monkeypatch.setattr(choices, "load", lambda: choices.LanguageChoices(extraction="small"))
    monkeypatch.setattr(ModelReader, "catch_up", Failing(catch_up, RuntimeError("gone")))
    library._core.start_language_reading()
    assert went_well.wait(seconds(30))


@pytest.mark.parametrize("error", FAILURES, ids=["locked", "fault"])
def test_the_queue_is_worked_after_its_dispatcher_failed(
    library: Library, tmp_path: Path, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbench.intake.queue_blockers.FIRST_WAIT", 0.01)
    monkeypatch.setattr(queue, "waiting", Failing(queue.waiting, error))
    (tmp_path / "a.txt").write_text("The ferry stayed in the harbour.")
    library.queue.enqueue([tmp_path / "a.txt"])
    library.queue.work()
    until(lambda: [row.state for row in library.queue.list()] == ["done"])


def test_whoever_waits_for_a_queue_that_failed_is_told_why(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "waiting", Failing(queue.waiting, RuntimeError("gone"), 1_000_000))
    (tmp_path / "a.txt").write_text("The ferry stayed in the harbour.")
    with pytest.raises(WorkbenchError, match="error in this program"):
        library.add(tmp_path / "a.txt")


def test_other_files_are_read_after_a_lane_failed(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(JobRunner, "run", Failing(JobRunner.run, RuntimeError("gone"), 1))
    monkeypatch.setattr(threading, "excepthook", lambda _failed: None)
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(f"The ferry {name} stayed in the harbour.")
    added = library.add([tmp_path / "a.txt", tmp_path / "b.txt"])
    assert sorted(row.state for row in added) == ["failed", "verified"]


def test_a_folder_is_looked_at_again_after_a_failure(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "scan", Failing(watch.scan, RuntimeError("gone")))
    watching = watch.Watch(
        library._store, "me", lambda: None, lambda: None, seconds=0.01
    )  # fmt: skip
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("The ferry stayed in the harbour.")
    library.queue.watch(tmp_path / "in")
    watching.start()
    try:
        until(lambda: library.queue.list())
    finally:
        watching.close()


def test_changes_are_told_after_a_subscriber_failed() -> None:
    changes, came = Changes(), threading.Event()
    changes.subscribe(Failing(lambda _topic: None, RuntimeError("gone"), 1))
    changes.subscribe(lambda topic: came.set() if topic == "facts" else None)
    try:
        changes.tell("sources")
        changes.tell("facts")
        assert came.wait(seconds(30))
    finally:
        changes.close()


def test_what_another_program_writes_is_told_after_a_look_failed(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    came = threading.Event()
    failing = Failing(Store.data_version, _LOCKED)
    monkeypatch.setattr(Store, "data_version", failing)
    library.subscribe(lambda _topic: came.set())
    until(lambda: not failing.left)
    came.clear()
    main(["--library", str(tmp_path / "x.brain"), "--quiet", "remember", "Ada owns a mill."])
    assert came.wait(seconds(30))


def test_the_brain_is_wired_by_the_next_recall_after_a_failure(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    thinking = library._core.thinking
    monkeypatch.setattr(Store, "read", Failing(Store.read, _LOCKED, 1))
    thinking._follow(thinking.scale)
    until(lambda: thinking.settle(0.1))
    assert thinking._loaded is None
    thinking._follow(thinking.scale)
    until(lambda: thinking._loaded is not None)


def test_each_pause_is_longer_than_the_one_before_up_to_a_limit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(background_thread, "LONGEST_RETRY", 4.0)
    pauses: list[float] = []
    done = threading.Event()

    def catch_up(_cancel: Cancel) -> None:
        if len(pauses) < 4:
            raise RuntimeError("gone")
        done.set()

    worker = background.Background(catch_up, lambda: True)
    worker._retry = worker._pause = 1.0
    wait = worker._closed.wait

    def note(timeout: float | None = None) -> bool:
        if timeout is not None and timeout >= 1:
            pauses.append(timeout)
            return wait(0)
        return wait(timeout)

    monkeypatch.setattr(worker._closed, "wait", note)
    worker.wake()
    assert done.wait(seconds(30))
    worker.close()
    assert pauses == [1.0, 2.0, 4.0, 4.0]
