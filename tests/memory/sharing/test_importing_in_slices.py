"""Imports are written in slices: others write in between, and one that ends early is undone."""

import json
import multiprocessing
import os
import signal
import sys
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.patience import seconds
from workbench import Library
from workbench.errors import Cancelled
from workbench.jobs import Cancel, Progress

NOW = 1_800_000_000.0
MANY = 400


def _open(path: Path) -> Library:
    return Library.open(path, clock=lambda: NOW)


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    """Many facts as JSON Lines, with some words of their kind that come twice."""
    told = [{"text": f"The yard {n} of Lund has gate {n}.", "at": NOW - n} for n in range(MANY)]
    told += [{"text": "My plan is pro.", "at": NOW - 50}, {"text": "My plan is pro.", "at": NOW}]
    told += [{"text": "My plan is free.", "at": NOW - 20}]
    (tmp_path / "facts.jsonl").write_text("\n".join(map(json.dumps, told)), encoding="utf-8")
    return tmp_path / "facts.jsonl"


def _midway(do: Callable[[], object], *, again: bool = False) -> Callable[[Progress], None]:
    """A report that does something once, or every time, while some of the memories are written."""
    done: list[int] = []

    def report(progress: Progress) -> None:
        if progress.stage == "importing" and progress.unit == "memories" and progress.done:
            assert progress.total is not None
            if progress.done < progress.total and (again or not done):
                done.append(progress.done)
                do()

    return report


def _told(library: Library) -> Counter[tuple[str, float]]:
    return Counter((fact.text, fact.at) for fact in library.facts.list())


def _runs(library: Library) -> list[Any]:
    return library._store.rows("SELECT * FROM change WHERE kind = 'import'")


@pytest.mark.slow
def test_others_write_between_the_slices(lines: Path, tmp_path: Path) -> None:
    said: list[str] = []
    with _open(tmp_path / "a.brain") as library, _open(tmp_path / "a.brain") as other:

        def tell() -> None:
            said.append(f"Ferry {len(said)} is late.")
            # It would wait half a minute for a library that is locked, and give up.
            other.facts.tell(said[-1])

        done = library.import_(lines, report=_midway(tell, again=True))
        assert done.added == MANY + 3
        ids = {fact.text: fact.id for fact in library.facts.list()}
        last = ids[f"The yard {MANY - 1} of Lund has gate {MANY - 1}."]
        assert len([words for words in said if ids[words] < last]) >= 3
        undone = library.undo("import", done.run)
        assert undone.facts == MANY + 3
        assert sorted(fact.text for fact in library.facts.list()) == sorted(said)
        assert _runs(library) == []
        assert library.verify().problems == ()


@pytest.mark.slow
def test_a_cancelled_import_leaves_what_others_told(lines: Path, tmp_path: Path) -> None:
    with _open(tmp_path / "a.brain") as library, _open(tmp_path / "a.brain") as other:
        library.facts.tell("My plan is basic.", source="Ines", at=NOW - 90)
        before = _told(library)
        cancel = Cancel()

        def stop() -> None:
            other.facts.tell("The ferry is late.")
            cancel.set()

        with pytest.raises(Cancelled):
            library.import_(lines, report=_midway(stop), cancel=cancel)
        assert _told(library) - before == Counter({("The ferry is late.", NOW): 1})
        assert before - _told(library) == Counter()
        assert _runs(library) == []
        library.import_(lines)
        assert len(library.facts.list()) == MANY + 5
        assert library.verify().problems == ()


def _import_and_die(library: str, lines: str) -> None:
    with _open(Path(library)) as opened:
        opened.import_(lines, report=_midway(lambda: os.kill(os.getpid(), signal.SIGKILL)))


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a thing of POSIX")
@pytest.mark.parametrize("opened", [False, True])
def test_a_killed_import_is_taken_back_and_can_be_done_again(
    lines: Path, tmp_path: Path, opened: bool
) -> None:
    with _open(tmp_path / "peace.brain") as library:
        library.facts.tell("My plan is basic.", at=NOW - 90)
        library.import_(lines)
        wanted = _told(library)
    with _open(tmp_path / "a.brain") as library:
        library.facts.tell("My plan is basic.", at=NOW - 90)
        before = _told(library)
        if not opened:
            library.close()
        child = multiprocessing.get_context("spawn").Process(
            target=_import_and_die, args=(str(tmp_path / "a.brain"), str(lines))
        )
        child.start()
        child.join(seconds(60))
        assert child.exitcode == -signal.SIGKILL
        if opened:
            # Who has the library open sees what is there, until somebody imports again.
            assert len(_told(library)) > len(before)
    with _open(tmp_path / "a.brain") as library:
        assert _told(library) == before
        assert _runs(library) == []
        done = library.import_(lines)
        assert _told(library) == wanted
        assert library.verify().problems == ()
        library.undo("import", done.run)
        assert _told(library) == before


@pytest.mark.slow
def test_what_another_tells_meanwhile_stays_single(lines: Path, tmp_path: Path) -> None:
    words = f"The yard {MANY - 1} of Lund has gate {MANY - 1}."
    with _open(tmp_path / "a.brain") as library, _open(tmp_path / "a.brain") as other:
        done = library.import_(lines, report=_midway(lambda: other.facts.tell(words, source="Jan")))
        assert (done.added, done.known) == (MANY + 2, 1)
        (fact,) = library.facts.recall(words, limit=1)
        assert _told(library)[words, fact.at] == 1
        library.undo("import", done.run)
        assert [fact.text for fact in library.facts.list()] == [words]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("policy", "plan"), [("prefer_local", "gold"), ("prefer_remote", "pro")]
)  # fmt: skip
def test_what_another_tells_meanwhile_is_settled_by_the_policy(
    lines: Path, tmp_path: Path, policy: str, plan: str
) -> None:
    with _open(tmp_path / "a.brain") as library, _open(tmp_path / "a.brain") as other:
        report = _midway(lambda: other.facts.tell("My plan is gold.", at=NOW - 10))
        done = library.import_(lines, policy=policy, report=report)
        value = library.facts.value("what is my plan?")
        assert value is not None
        assert value.value == plan
        assert "My plan is gold." in {conflict.local for conflict in done.conflicts}


@pytest.mark.slow
def test_what_was_known_and_is_forgotten_meanwhile_comes(lines: Path, tmp_path: Path) -> None:
    words = f"The yard {MANY - 1} of Lund has gate {MANY - 1}."
    with _open(tmp_path / "a.brain") as library, _open(tmp_path / "a.brain") as other:
        (id,) = library.facts.tell(words).new
        library.import_(lines, report=_midway(lambda: other.facts.forget([id]).forgotten))
        assert words in {fact.text for fact in library.facts.list()}


@pytest.mark.slow
def test_two_imports_at_once_come_one_after_the_other(lines: Path, tmp_path: Path) -> None:
    with _open(tmp_path / "a.brain") as library, _open(tmp_path / "a.brain") as other:
        added: list[int] = []
        second = threading.Thread(target=lambda: added.append(other.import_(lines).added))
        begin = _midway(second.start)
        assert library.import_(lines, report=begin).added == MANY + 3
        second.join(seconds(60))
        assert added == [0]
        assert len(library.facts.list()) == MANY + 3


@pytest.mark.slow
def test_a_source_goes_back_to_the_trash(lines: Path, tmp_path: Path) -> None:
    with _open(tmp_path / "a.brain") as library:
        source = library.add_text("Salt was mined in Hallstatt.", title="Salt")
        library.import_(lines)
        library.export(tmp_path / "a.engrams")
        library.undo("import")
        library.sources.trash([1])
        cancel = Cancel()
        with pytest.raises(Cancelled):
            library.import_(tmp_path / "a.engrams", report=_midway(cancel.set), cancel=cancel)
        assert library.sources.list() == []
        done = library.import_(tmp_path / "a.engrams")
        assert [each.id for each in library.sources.list()] == [1]
        library.undo("import", done.run)
        assert library.sources.list() == []
        assert source is not None
