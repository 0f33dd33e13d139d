"""Sleep beside what else happens: other programs, deaths, changes since, pins, undoing late."""

import threading
from pathlib import Path

import pytest

from workbench.errors import Cancelled, LibraryLockedError, NotFoundError
from workbench.jobs import Cancel
from workbench.library import Library
from workbench.library.options import Marks, TellOptions
from workbench.memory.facts import merging
from workbench.memory.plasticity import DAY
from workbench.sleep.records import Slept


def fill(library: Library) -> None:
    for number in range(12):
        library.facts.tell(f"Valve {number} is critical and must be shut, always!!")
    library.facts.tell("The lamp hangs low")
    library.facts.tell("The lamp hangs low", options=TellOptions(again=True))


def layers(library: Library) -> list[str]:
    return sorted(library.facts.get(fact.id).info.layer for fact in library.facts.list())


def test_t4_two_programs_that_sleep_at_once_do_it_once(tmp_path: Path) -> None:
    path = tmp_path / "two.brain"
    with Library.open(path) as one, Library.open(path) as two:
        fill(one)
        slept: list[Slept] = []
        refused: list[LibraryLockedError] = []
        together = threading.Barrier(2)

        def sleep(library: Library) -> None:
            together.wait()
            try:
                slept.append(library.sleep.run())
            except LibraryLockedError as error:
                refused.append(error)

        threads = [threading.Thread(target=sleep, args=(each,)) for each in (one, two)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(slept) + len(refused) == 2
        assert all("already asleep" in each.message for each in refused)
        assert sum(each.consolidated for each in slept) == 12
        assert sum(each.merged for each in slept) == 1
        assert sum(each.run is not None for each in slept) == 1
        assert len(one.facts.list()) == 13
        assert layers(one).count("long_term") == 12
        two.undo("sleep")
        assert len(one.facts.list()) == 14
        assert layers(one).count("long_term") == 0


def test_t3_a_sleep_that_dies_goes_on_with_the_next_and_is_taken_back_as_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "dies.brain"
    with Library.open(path) as library:
        fill(library)

        def die(*_: object) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr(merging, "merge", die)
            with pytest.raises(KeyboardInterrupt):
                library.sleep.run()
        stop = Cancel()
        stop.set()
        with pytest.raises(Cancelled):
            library.sleep.run(cancel=stop)
    with Library.open(path) as library:
        assert len(library.facts.list()) == 14
        interrupted = library.sleep.state().interrupted
        assert interrupted is not None
        assert layers(library).count("long_term") == 12
        slept = library.sleep.run()
        assert (slept.run, slept.state, slept.consolidated) == (interrupted, "done", 12)
        assert (slept.merged, len(library.facts.list())) == (1, 13)
        assert library.verify().sound
        library.undo("sleep")
        assert len(library.facts.list()) == 14
        assert layers(library).count("long_term") == 0
        with pytest.raises(NotFoundError):
            library.undo("sleep")
        assert library.verify().sound


def test_a_sleep_is_undone_after_what_it_kept_was_edited_forgotten_or_pinned() -> None:
    with Library.open(":memory:") as library:
        fill(library)
        library.sleep.run()
        (third,) = library.facts.recall("valve 3", limit=1)
        library.facts.edit(third.id, "Valve 3 is open and stays so!!")
        library.facts.forget("Valve 4")
        library.memory.mark("Valve 5", Marks(pinned=True))
        library.memory.rehearse("lamp")
        undone = library.undo("sleep")
        # What was edited is another statement since, and is left as it is.
        assert (undone.merged, undone.kept) == (1, 10)
        assert layers(library).count("long_term") == 1
        five = library.facts.get("Valve 5").info
        assert five is not None
        assert five.pinned
        assert len(library.facts.list()) == 13


def test_what_is_archived_may_be_pinned_and_is_found_as_before() -> None:
    now = [1_700_000_000.0]
    with Library.open(":memory:", clock=lambda: now[0]) as library:
        library.facts.tell("The cistern is under the yard")
        now[0] += 900 * DAY
        assert library.sleep.run(prune_below=0.5).pruned == 1
        assert library.memory.mark("cistern", Marks(pinned=True)) == 1
        held = library.facts.get("cistern").info
        assert held is not None
        assert (held.pinned, held.archived) == (True, True)
        assert library.facts.recall("cistern")[0].archived
        library.undo("sleep")
        held = library.facts.get("cistern").info
        assert held is not None
        assert (held.pinned, held.archived) == (True, False)


def test_sleep_changes_no_answer() -> None:
    with Library.open(":memory:") as library:
        fill(library)
        library.facts.tell("Ines keeps the seal in the vestry", options=TellOptions(salience=0.1))
        library.facts.tell(
            "To seal a jar: heat, press, wait", options=TellOptions(kind="procedural", salience=0.9)
        )
        # Two uses would lift what they answered with.
        library.brain.configure(learning=False)
        questions = ("where does Ines keep the seal?", "what must be shut?", "seal", "lamp")
        before = [[fact.text for fact in library.facts.recall(each)] for each in questions]
        library.sleep.run()
        after = [[fact.text for fact in library.facts.recall(each)] for each in questions]
        assert [set(each) for each in after] == [set(each) for each in before]
        assert [each[0] for each in after] == [each[0] for each in before]
