"""The library for asyncio: every door is there, off the loop, and stops when nobody waits."""

import asyncio
import inspect
import threading
from pathlib import Path

import pytest

from workbench import AsyncLibrary, Library
from workbench.asynchronous import ASYNC_GROUPS
from workbench.errors import Cancelled, NotALibraryError, UsageError
from workbench.jobs import Cancel, Progress
from workbench.library.groups import GROUPS
from workbench.library.operations import public


def _public(cls: type) -> dict[str, object]:
    names = [name for name in dir(cls) if not name.startswith("_")]
    return {name: inspect.getattr_static(cls, name) for name in names}


@pytest.mark.parametrize("group", ["", *GROUPS])
def test_every_public_call_is_mirrored_with_the_same_signature(group: str) -> None:
    ours: type = AsyncLibrary
    theirs: type = Library
    if group:
        theirs, ours = GROUPS[group], ASYNC_GROUPS[group]
    calls, mirrored = dict(public(theirs)), _public(ours)
    assert calls.keys() == mirrored.keys()
    for name in mirrored:
        if isinstance(calls[name], property):
            assert isinstance(mirrored[name], property), name
            continue
        one, other = getattr(ours, name), getattr(theirs, name)
        here, there = inspect.signature(one), inspect.signature(other)
        assert here.parameters == there.parameters, name
        if name != "open":
            assert inspect.iscoroutinefunction(one), name
            assert one.__doc__, name
            assert here.return_annotation == there.return_annotation, name


def test_what_is_told_is_answered_from_memory_alone() -> None:
    async def work() -> str:
        async with AsyncLibrary.open(":memory:") as library:
            assert library.path is None
            await library.facts.tell("Orsolya works in Terschelling.")
            assert [fact.text for fact in await library.facts.recall("Orsolya")] == [
                "Orsolya works in Terschelling."
            ]
            found = await library.facts.value("Where does Orsolya work?")
            return "" if found is None else found.fact.text

    assert "Terschelling" in asyncio.run(work())


def test_calls_run_beside_the_event_loop_and_beside_one_another(tmp_path: Path) -> None:
    threads: set[str] = set()

    async def work() -> None:
        library = await AsyncLibrary.open(tmp_path / "a.brain", clock=_noting(threads))
        told = [library.facts.tell(f"The code of door {n} is {n * 37}.") for n in range(20)]
        await asyncio.gather(*told)
        assert len(await library.facts.list()) == 20
        await library.close()
        await library.close()
        with pytest.raises(UsageError, match="closed"):
            await library.facts.list()

    asyncio.run(work())
    assert threads
    assert threading.main_thread().name not in threads


def _noting(threads: set[str]):  # type: ignore[no-untyped-def]
    def clock() -> float:
        threads.add(threading.current_thread().name)
        return 1.8e9

    return clock


@pytest.mark.slow
def test_a_task_that_is_cancelled_stops_its_long_call(tmp_path: Path) -> None:
    lines = "\n".join(f"Bead {n} of the abacus is number {n}." for n in range(200_000))

    async def work() -> tuple[int, int]:
        async with AsyncLibrary.open(tmp_path / "long.brain") as library:
            begun = asyncio.Event()
            waiting = asyncio.create_task(
                library.facts.tell(lines, report=lambda _progress: begun.set())
            )
            await begun.wait()
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiting
            # The call has ended with its task: nothing is told any more.
            first = len(await library.facts.list())
            await asyncio.sleep(0.1)
            return first, len(await library.facts.list())

    first, later = asyncio.run(work())
    assert first == later < 200_000


@pytest.mark.slow
def test_progress_and_changes_are_told_on_the_event_loop(tmp_path: Path) -> None:
    file = tmp_path / "quay.txt"
    file.write_text("The quay was rebuilt in stone. Ships came again.", "utf-8")

    async def work() -> tuple[list[Progress], set[str], set[str]]:
        seen: list[Progress] = []
        topics: set[str] = set()
        places: set[str] = set()
        changed = asyncio.Event()

        def report(progress: Progress) -> None:
            places.add(threading.current_thread().name)
            seen.append(progress)

        def hear(topic: str) -> None:
            places.add(threading.current_thread().name)
            topics.add(topic)
            changed.set()

        async with AsyncLibrary.open(tmp_path / "q.brain") as library:
            leave = await library.subscribe(hear)
            added = await library.add(file, report=report)
            assert added[0].error is None
            await asyncio.wait_for(changed.wait(), 20)
            leave()
            copy = await library.backup(tmp_path / "copy.brain")
            assert (await library.verify()).problems == ()
        await AsyncLibrary.restore_backup(copy.path, tmp_path / "other.brain")
        async with AsyncLibrary.open(tmp_path / "other.brain") as library:
            assert len(await library.sources.list()) == 1
        return seen, topics, places

    seen, topics, places = asyncio.run(work())
    assert seen
    assert topics
    assert places == {threading.main_thread().name}


def test_errors_are_those_of_the_library(tmp_path: Path) -> None:
    (tmp_path / "no.brain").write_text("not a library", "utf-8")

    async def work() -> None:
        with pytest.raises(NotALibraryError):
            async with AsyncLibrary.open(tmp_path / "no.brain"):
                raise AssertionError
        async with AsyncLibrary.open(":memory:") as library:
            stop = Cancel()
            with pytest.raises(UsageError):
                await library.facts.reflex("anything", depth="bottomless")
            assert await library.graph.link(concepts_only=True, cancel=stop) == 0

    asyncio.run(work())


@pytest.mark.slow
def test_closing_stops_what_is_long_and_tells_it(tmp_path: Path) -> None:
    lines = "\n".join(f"Bead {n} of the abacus is number {n}." for n in range(200_000))

    async def work() -> None:
        library = await AsyncLibrary.open(tmp_path / "c.brain")
        begun = asyncio.Event()
        telling = asyncio.create_task(library.facts.tell(lines, report=lambda _: begun.set()))
        await begun.wait()
        await asyncio.gather(library.close(), library.close())
        with pytest.raises(Cancelled):
            await telling

    asyncio.run(work())


def test_a_library_that_nobody_waits_for_any_more_is_not_left_open(tmp_path: Path) -> None:
    async def work() -> None:
        opening = asyncio.ensure_future(_opened(tmp_path / "o.brain"))
        await asyncio.sleep(0)
        opening.cancel()
        with pytest.raises(asyncio.CancelledError):
            await opening

    asyncio.run(work())
    # Whoever still had it open would hold up what needs it alone.
    if (tmp_path / "o.brain").exists():
        assert not (tmp_path / "o.brain-wal").exists()


async def _opened(path: Path) -> AsyncLibrary:
    return await AsyncLibrary.open(path)
