"""Asking, telling and adding go on while the library sleeps; a second sleeper is told so."""

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.patience import seconds
from tests.sleep.sleepy_shelf import Clock, differences, fill, picture
from workbench.errors import Cancelled, LibraryLockedError
from workbench.jobs import Cancel, Progress
from workbench.library import Library
from workbench.library.options import Marks
from workbench.memory.plasticity import DAY
from workbench.sleep.records import Summary


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.mark.slow
def test_t4_others_ask_tell_and_add_between_two_slices(tmp_path: Path, clock: Clock) -> None:
    file, paper = tmp_path / "a.brain", tmp_path / "paper.txt"
    paper.write_text("The quay was rebuilt in stone. Ships came again.", "utf-8")
    did: list[str] = []
    with Library.open(file, clock=clock) as library, Library.open(file, clock=clock) as other:
        fill(library, clock)

        def meanwhile(progress: Progress) -> None:
            if progress.note == "merging" and "told" not in did:
                did.append("told")
                other.facts.tell("The bell is cracked")
                assert library.facts.recall("bell")
            if progress.note == "replaying" and "added" not in did:
                did.append("added")
                assert other.add(paper)[0].error is None
                assert other.ask("Who rebuilt the quay in stone?", quotes=True) is not None
                with pytest.raises(LibraryLockedError, match="already asleep"):
                    other.sleep.run()
                assert other.sleep.state().asleep

        slept = library.sleep.run(report=meanwhile)
        assert did == ["told", "added"]
        assert (slept.state, slept.slices > 10) == ("done", True)
        assert len(other.sources.list()) == 1
        assert library.verify().sound


def test_t4_a_sleep_that_is_stopped_goes_on_or_is_taken_back(tmp_path: Path, clock: Clock) -> None:
    file = tmp_path / "c.brain"
    stop = Cancel()
    with Library.open(file, clock=clock) as library:
        fill(library, clock)
        before = picture(file)

        def stopping(progress: Progress) -> None:
            if progress.note == "replaying":
                stop.set()

        with pytest.raises(Cancelled):
            library.sleep.run(report=stopping, cancel=stop)
        state = library.sleep.state()
        assert state.interrupted is not None
        assert state.next_due is not None
        assert library.sleep.history()[0].state == "interrupted"
        library.undo("sleep")
        library.graph.link(concepts_only=True)
        assert differences(before, picture(file)) == []
        assert library.sleep.state().interrupted is None


@pytest.mark.slow
def test_t4_an_undo_keeps_what_was_changed_since(tmp_path: Path, clock: Clock) -> None:
    with Library.open(tmp_path / "k.brain", clock=clock) as library:
        fill(library, clock)
        slept = library.sleep.run()
        (accepted, *_) = library.sleep.proposals()
        library.sleep.decide(accepted.id, "accepted")
        library.memory.mark("valve 1", Marks(pinned=True))
        clock.pass_(60)
        library.facts.recall("lamp of cabin 1")
        library.memory.strengthen("lamp of cabin 1")
        undone = library.undo("sleep")
        assert undone.merged == slept.merged
        assert [each.id for each in library.sleep.proposals(state="accepted")] == [accepted.id]
        assert library.sleep.proposals() == []
        valve = library.facts.get("valve 1").info
        assert valve is not None
        assert (valve.pinned, valve.layer) == (True, "working")
        assert library.verify().sound


def test_t4_a_proposal_is_accepted_rejected_and_reopened(tmp_path: Path, clock: Clock) -> None:
    with Library.open(tmp_path / "p.brain", clock=clock) as library:
        fill(library, clock)
        library.sleep.run()
        for kind in ("related_to", "leads_to"):
            each = next(each for each in library.sleep.proposals() if each.kind == kind)
            before = len(library.facts.list())
            assert library.sleep.decide(each.id, "accepted").state == "accepted"
            if kind == "leads_to":
                assert len(library.facts.list()) == before + 1
                edges = library.graph.neighbourhood(each.head).edges
                assert any((e.kind, e.tail_name) == (kind, each.tail) for e in edges)
            assert library.sleep.decide(each.id, "open").state == "open"
            assert len(library.facts.list()) == before
            assert library.sleep.decide(each.id, "rejected").state == "rejected"
        clock.pass_(3 * DAY)
        library.facts.tell("A new day has come")
        library.sleep.run()
        rejected = {(each.head, each.tail) for each in library.sleep.proposals(state="rejected")}
        assert rejected.isdisjoint((each.head, each.tail) for each in library.sleep.proposals())


def _summaries(library: Library) -> list[Summary]:
    return [summary for run in library.sleep.history() for summary in run.summaries]


def test_forgetting_takes_a_memory_out_of_its_summary(tmp_path: Path, clock: Clock) -> None:
    with Library.open(tmp_path / "f.brain", clock=clock) as library:
        fill(library, clock)
        library.sleep.run()
        found = next(row for row in _summaries(library) if "Kestrel" in " ".join(row.lines))
        told = {fact.text for fact in library.facts.list()}
        assert set(found.lines) <= told
        library.facts.forget("Kestrel pump in Terschelling on Friday")
        assert not any("Kestrel" in " ".join(row.lines) for row in _summaries(library))
        # Those that are left are summed up again once there are enough.
        library.facts.tell("Orsolya repaired the Kestrel pump in Terschelling on Sunday")
        clock.pass_(60 * DAY)
        library.facts.tell("A new day has come")
        library.sleep.run()
        again = [row for row in _summaries(library) if "Kestrel" in " ".join(row.lines)]
        assert [len(row.engrams) for row in again] == [3]


def test_two_sleepers_on_two_threads_do_it_once(tmp_path: Path, clock: Clock) -> None:
    file = tmp_path / "two.brain"
    with Library.open(file, clock=clock) as library:
        fill(library, clock)
        told: list[object] = []

        def sleep() -> None:
            try:
                told.append(library.sleep.run())
            except LibraryLockedError as error:
                told.append(error.message)

        threads = [threading.Thread(target=sleep) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(told) == 2
        assert len(library.sleep.history()) == 1


@pytest.mark.slow
def test_t4_a_second_process_is_told_that_the_library_sleeps_and_takes_nothing_over(
    tmp_path: Path, clock: Clock
) -> None:
    file = tmp_path / "two.brain"
    with Library.open(file, clock=clock) as library:
        fill(library, clock)
    # It stops in the middle of its sleep, between two slices, and is woken afterwards.
    first = subprocess.Popen(
        [sys.executable, "-m", "tests.sleep.dying_sleeper", str(file), repr(clock.now), "sleep",
         "12", "STOP"],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        _, status = os.waitpid(first.pid, os.WUNTRACED)
        assert os.WIFSTOPPED(status)
        second = subprocess.run(
            [sys.executable, "-m", "workbench", "--library", str(file), "--json", "sleep"],
            capture_output=True, text=True, check=False,
            env={**os.environ, "WORKBENCH_HOME": str(tmp_path / "home")},
        )  # fmt: skip
        told = json.loads(second.stderr)["error"]
        assert (second.returncode, "already asleep" in told["message"]) == (4, True), second.stderr
        os.kill(first.pid, signal.SIGCONT)
        assert int(first.communicate(timeout=seconds(60))[0]) > 15
    finally:
        if first.poll() is None:
            first.kill()
            first.communicate()
    assert first.returncode == 0
    with Library.open(file, clock=clock) as library:
        (slept,) = library.sleep.history()
        assert slept.state == "done"
        assert library.verify().sound


@pytest.mark.slow
def test_t4_a_sleep_during_a_long_import_lets_it_go_on_and_both_are_whole(
    tmp_path: Path, clock: Clock
) -> None:
    file, alone = tmp_path / "import.brain", tmp_path / "alone.brain"
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    for number in range(40):
        lines = (
            f"In chapter {number} the pilot of ship {at} reported fog over harbour {at * 7}."
            for at in range(60)
        )
        (shelf / f"log {number}.txt").write_text("\n\n".join(lines), "utf-8")
    with Library.open(alone, clock=clock) as library:
        fill(library, clock)
        asleep_alone = library.sleep.run()
    with Library.open(file, clock=Clock()) as library:
        night = Clock()
        fill(library, night)
    read: list[str | None] = []
    with Library.open(file, clock=night) as library, Library.open(file, clock=night) as other:
        begun = threading.Event()

        def bring() -> None:
            def reported(_progress: Progress) -> None:
                begun.set()

            read.extend(each.error for each in other.add([shelf], report=reported))

        importer = threading.Thread(target=bring)
        importer.start()
        assert begun.wait(seconds(30))
        slept = library.sleep.run()
        importer.join()
        assert read == [None] * 40
        assert slept.state == "done"
        assert (slept.merged, slept.consolidated) == (
            asleep_alone.merged, asleep_alone.consolidated,
        )  # fmt: skip
        assert len(library.sources.list()) == 40
        answer = library.ask("What did the pilot of ship 59 report in chapter 39?", quotes=True)
        assert any("harbour 413" in each.quote for each in answer.evidence)
        assert library.verify().sound
