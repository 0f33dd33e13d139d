"""Processes that die, and processes that work the same library at the same time."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.patience import seconds
from workbench.intake import queue
from workbench.intake.intake import Intake
from workbench.jobs import Progress
from workbench.store import lease, meta, sources, text
from workbench.store.store import Store
from workbench.store.verify import verify

MakeIntake = Callable[..., Intake]
WriteFile = Callable[..., Path]
Until = Callable[[Callable[[], object]], None]
Adding = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def adding(tmp_path: Path) -> Iterator[Adding]:
    """Start processes that add files to a library; they are ended after the test."""
    started: list[subprocess.Popen[str]] = []
    script = Path(__file__).with_name("adding.py")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}

    def start(library: Path, *files: Path) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, str(script), str(library), *map(str, files)],
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()


def whole(store: Store) -> list[tuple[object, ...]]:
    """Everything that was read, in order, without ids and times."""
    with store.read() as connection:
        return connection.execute(
            "SELECT s.title, c.ordinal, c.start, c.end, c.text, p.start, p.end, e.start, e.end, "
            "e.text, s.passages, s.engrams, s.characters, s.state "
            "FROM source s JOIN section c ON c.source = s.id JOIN passage p ON p.section = c.id "
            "JOIN engram e ON e.passage = p.id ORDER BY s.title, c.ordinal, p.start, e.start"
        ).fetchall()


def sections_stored(path: Path) -> int:
    with Store.open(path, read_only=True) as store, store.read() as connection:
        return int(connection.execute("SELECT count(*) FROM section").fetchone()[0])


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a thing of POSIX")
def test_i5_kill_and_resume(
    tmp_path: Path,
    write_file: WriteFile,
    make_intake: MakeIntake,
    store: Store,
    adding: Adding,
    until: Until,
) -> None:
    lines = 500
    gate = tmp_path / "gate"
    path = write_file("long.txt", f"gate {gate} {lines * 6 // 10}", lines=lines)
    other = write_file("other.txt", lines=40, word="basalt")
    killed = tmp_path / "killed.brain"
    Store.open(killed).close()
    process = adding(killed, path, other)
    until(lambda: sections_stored(killed) >= lines * 6 // 10)
    process.send_signal(signal.SIGKILL)
    process.wait()
    kept = sections_stored(killed)
    assert lines * 6 // 10 <= kept < lines + 40
    gate.touch()
    read_again: list[int] = []
    with Store.open(killed) as resumed:
        intake = make_intake(resumed)
        rows = intake.rows()
        assert rows[0].name == "long.txt"
        assert rows[0].state == "running"
        before = {engram[0] for engram in _engrams(resumed)}

        def report(progress: Progress) -> None:
            read_again.append(progress.done)

        added = intake.run([row.id for row in rows], report)
        assert {a.state for a in added} == {"verified"}
        assert [a.already for a in added] == [False] * len(added)
        # What was stored before the kill is still the same rows.
        assert before <= {engram[0] for engram in _engrams(resumed)}
        found = verify(resumed, lambda source: True)
        assert found.problems == ()
        after_kill = whole(resumed)
        intake.close()
    uninterrupted = make_intake()
    uninterrupted.run(uninterrupted.enqueue([path, other]))
    assert after_kill == whole(store)
    assert len(after_kill) == 2 * (lines + 40)


def _engrams(store: Store) -> list[tuple[int, int, int, int, str]]:
    with store.read() as connection:
        return text.replay(connection, 0, 1_000_000)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a thing of POSIX")
def test_i5_kill_again_and_again(
    tmp_path: Path, write_file: WriteFile, make_intake: MakeIntake, store: Store, adding: Adding
) -> None:
    """Kills at moments that nobody chose, until an add gets through."""
    path = write_file("slow.txt", "slow", lines=150)
    records = write_file("records.jsonl", "sources", lines=200)
    killed = tmp_path / "killed.brain"
    for wait in (0.25, 0.35, 0.45, 0.55, 0.7, 0.9):
        process = adding(killed, path, records)
        try:
            process.wait(wait)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if killed.exists():
            with Store.open(killed) as between:
                assert verify(between).problems == ()
    assert adding(killed, path, records).wait(seconds(60)) == 0
    with Store.open(killed) as resumed:
        assert verify(resumed).problems == ()
        after_kill = whole(resumed)
        with resumed.read() as connection:
            assert meta.load(connection, "lease:queue") is None
    uninterrupted = make_intake()
    uninterrupted.run(uninterrupted.enqueue([path, records]))
    assert after_kill == whole(store)


@pytest.mark.slow
def test_i5_a_kill_between_reading_and_read_back_does_not_read_again(
    make_intake: MakeIntake, write_file: WriteFile, store: Store, tmp_path: Path, until: Until
) -> None:
    path = write_file("book.txt")
    hold = [True]

    def find(source: int) -> bool:
        until(lambda: not hold[0] or intake._dispatcher._closing)
        return True

    intake = make_intake(find=find)
    jobs = intake.enqueue([path])
    intake.start()
    until(lambda: intake.rows()[0].stage == "searchable")
    # The state that a kill here would leave.
    copy = tmp_path / "copy.brain"
    store.backup(copy)
    hold[0] = False
    with Store.open(copy) as killed:
        killed.write(lambda c: meta.remove(c, "lease:queue"))
        again = make_intake(killed, reader="no_such_module:read", find=lambda source: True)
        assert again.run(jobs)[0].state == "verified"
        assert verify(killed).sound
        again.close()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a thing of POSIX")
def test_reader_processes_end_with_the_process_that_started_them(
    tmp_path: Path, write_file: WriteFile, adding: Adding, until: Until
) -> None:
    if not Path("/proc/self/stat").exists():
        pytest.skip("the children of a process are looked up in /proc")
    library = tmp_path / "l.brain"
    process = adding(library, write_file("a.txt", f"gate {tmp_path / 'never'} 3"))
    until(lambda: _children(process.pid))
    children = _children(process.pid)
    process.kill()
    process.wait()
    until(lambda: not any(Path(f"/proc/{child}/exe").exists() for child in children))


def _children(parent: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[1]) == parent:
            found.append(int(stat.parent.name))
    return found


@pytest.mark.slow
def test_two_processes_add_to_one_library_at_once(
    tmp_path: Path, write_file: WriteFile, adding: Adding
) -> None:
    library = tmp_path / "shared.brain"
    Store.open(library).close()
    files = [write_file(f"{n}.txt", "slow", lines=30, word=f"w{n}") for n in range(6)]
    same = tmp_path / "same as 0.txt"
    shutil.copyfile(files[0], same)
    one = adding(library, *files[:4])
    two = adding(library, *files[3:], same)
    outcomes = [json.loads(process.communicate(timeout=seconds(100))[0]) for process in (one, two)]
    assert [state for outcome in outcomes for _, state, _ in outcome] == ["verified"] * 8
    with Store.open(library) as store:
        found = verify(store)
        assert found.problems == ()
        assert (found.sources, found.engrams) == (6, 6 * 60)
        with store.read() as connection:
            rows = sources.listing(connection)
        assert {str(same), str(files[0])} in [set(row.locations) for row in rows]


@pytest.mark.slow
def test_a_waiting_add_follows_the_process_that_works_the_queue(
    store: Store,
    make_intake: MakeIntake,
    write_file: WriteFile,
    tmp_path: Path,
    until: Until,
) -> None:
    gate = tmp_path / "gate"
    path = write_file("a.txt", f"gate {gate} 5")
    with Store.open(store.file) as neighbour:
        worker = make_intake(neighbour)
        jobs = worker.enqueue([path])
        worker.start()
        until(lambda: worker.rows()[0].state == "running")
        follower = make_intake()
        seen: list[Progress] = []

        def report(progress: Progress) -> None:
            seen.append(progress)
            if progress.done:
                gate.touch()

        added = follower.run(follower.enqueue([path]), report)
        assert added[0].state == "verified"
        assert follower.enqueue([path]) != jobs
        assert not follower._dispatcher.lanes
        assert any(progress.total for progress in seen)
        worker.close()
        follower.close()


def test_a_lease_that_ran_out_is_taken_over_and_the_old_worker_writes_nothing_more(
    store: Store,
    make_intake: MakeIntake,
    write_file: WriteFile,
    tmp_path: Path,
    until: Until,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # As if the first process had been asleep: it does not renew, and its time runs out.
    monkeypatch.setattr(lease, "RENEW_SECONDS", 1e9)
    gate = tmp_path / "gate"
    path = write_file("a.txt", f"gate {gate} 5")
    with Store.open(store.file) as neighbour:
        sleeper = make_intake(neighbour)
        jobs = sleeper.enqueue([path])
        sleeper.start()
        until(lambda: sleeper._dispatcher.running)
        heir = make_intake()
        holder = _holder(store)
        store.write(lambda c: meta.dump(c, "lease:queue", [holder, time.time() - 1]))
        heir.start()
        until(lambda: _holder(store) not in (holder, None))
        gate.touch()
        assert heir.run(jobs)[0].state == "verified"
        until(lambda: not sleeper._dispatcher.running)
        assert verify(store).problems == ()
        assert len(_engrams(store)) == 20
        sleeper.close()
        heir.close()


def _holder(store: Store) -> str | None:
    with store.read() as connection:
        row = meta.load(connection, "lease:queue")
    return None if row is None else str(row[0])


def test_a_lease_is_held_renewed_and_given_back(store: Store) -> None:
    one, two = lease.new_holder(), lease.new_holder()
    assert store.write(lambda c: lease.acquire(c, one))
    assert store.write(lambda c: lease.acquire(c, one))
    assert not store.write(lambda c: lease.acquire(c, two))
    store.write(lambda c: lease.release(c, two))
    assert store.write(lambda c: lease.is_owner(c, one))
    store.write(lambda c: lease.release(c, one))
    assert store.write(lambda c: lease.acquire(c, two))


@pytest.mark.skipif(sys.platform == "win32", reason="only POSIX can ask for a process by id")
def test_the_lease_of_a_dead_process_is_free_at_once(store: Store) -> None:
    code = "from workbench.store import lease; print(lease.new_holder())"
    dead = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.strip()
    assert store.write(lambda c: lease.acquire(c, dead))
    assert store.write(lambda c: lease.acquire(c, lease.new_holder()))
    store.write(lambda c: meta.dump(c, "lease:queue", ["scribble", time.time() + 5]))
    assert not store.write(lambda c: lease.acquire(c, lease.new_holder()))


@pytest.mark.slow
def test_a_cancel_from_another_process_stops_the_worker(
    store: Store, make_intake: MakeIntake, write_file: WriteFile, until: Until
) -> None:
    with Store.open(store.file) as neighbour:
        worker = make_intake(neighbour)
        jobs = worker.enqueue([write_file("long.txt", "slow", lines=4000)])
        worker.start()
        until(lambda: len(_engrams(store)) > 0)
        store.write(lambda c: queue.cancel(c, jobs[0]))
        until(lambda: not worker._dispatcher.running)
        assert _engrams(store) == []
        assert verify(store).sound
        worker.close()
