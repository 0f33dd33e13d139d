"""Many told statements are indexed slice by slice, and answers are right meanwhile."""

import json
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.memory import older_library
from workbench.errors import Cancelled
from workbench.jobs import Cancel, Progress
from workbench.library import Library
from workbench.memory import lexicon, segment, segment_building
from workbench.memory.facts import facts
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.records import FactQuery
from workbench.memory.lexicon import Lexicon
from workbench.store.store import Store

_SLICE, _SIZE = 40, 500
_BEGINNING, _MIDDLE, _END = 3, 251, 499
_NAMES = ("Ann", "Bo", "Cyril", "Dora", "Emil", "Fay", "Gus")


def _statement(number: int) -> tuple[int, str]:
    """The scope and the words of a statement."""
    if number % 4 == 3:
        return 0, f"The code of door {number} is q{number}-x."
    if number % 4 == 2:
        return 1, f"Crate {number} went to bay {number % 9}."
    if number % 4 == 1:
        return 0, f"{_NAMES[number % 7]} moved crate {number} on {1 + number % 28} May."
    return 0, f"Die Tür {number} führt zum Café von {_NAMES[number % 7]}."


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexicon, "_SLICE", _SLICE)


@pytest.fixture
def older(tmp_path: Path) -> Path:
    return older_library.write(tmp_path / "older.brain", map(_statement, range(1, _SIZE + 1)))


@pytest.fixture
def indexed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many statements each slice indexed."""
    sizes: list[int] = []
    build = segment_building.told_segment

    def counting(first: int, columns: Any, rows: Any) -> Any:
        sizes.append(len(rows))
        return build(first, columns, rows)

    monkeypatch.setattr(lexicon, "told_segment", counting)
    return sizes


def _code(library: Library, number: int) -> str | None:
    value = library.facts.value(f"What is the code of door {number}?")
    return None if value is None else value.value


def _ask_everything(library: Library) -> Iterator[object]:
    """What a library answers through all that looks for told statements."""
    index = library._core.fact_index
    for number in (_BEGINNING, _MIDDLE, _END):
        yield _code(library, number)
    for cue in ("doors", "crate 7", "crate 70", "cafe", "Bo moves", "May", "code q251-x", "tür"):
        for collection in (None, "Barn"):
            for fact in facts.recall(index, cue, FactQuery(collection, 600)):
                yield cue, fact.id, fact.score
    yield [fact.id for fact in library.facts.list()]
    yield len(library.facts.list()), len(library.facts.list(collection="Barn"))
    for words in (("door",), ("moving",), ("cafe",), ("zebra",), ("q251-x",)):
        yield words, index.frequency(0, words)
        yield index.meeting(0, [words, ("code", "bo")], -1)
    yield index.respellings(0, "coda"), index.respellings(0, "crete")
    yield index.same(0, [_statement(3)[1].upper(), _statement(2)[1], "The door is shut."])


def test_the_first_question_to_an_older_library_indexes_one_slice(
    older: Path, indexed: list[int]
) -> None:
    with Library.open(older) as library:
        assert _code(library, _MIDDLE) == f"q{_MIDDLE}-x"
        assert indexed == [_SLICE]
        assert _code(library, _BEGINNING) == f"q{_BEGINNING}-x"
        assert _code(library, _END) == f"q{_END}-x"
        assert indexed == [_SLICE]
        assert library._core.lexicon.progress() == Progress("indexing", _SLICE, _SIZE, "statements")
        answer = library.ask(f"What is the code of door {_END}?", quotes=True)
        assert answer.value == f"q{_END}-x"
        assert sum(indexed) < _SIZE // 2


def test_answers_are_the_same_before_and_after(older: Path) -> None:
    with Library.open(older) as library:
        before = list(_ask_everything(library))
        while library._core.lexicon.index_slice():
            assert list(_ask_everything(library)) == before
        library._core.lexicon.rebuild()
        assert list(_ask_everything(library)) == before


def test_what_is_told_forgotten_and_moved_meanwhile_counts(older: Path) -> None:
    with Library.open(older) as library:
        assert _code(library, _MIDDLE) == f"q{_MIDDLE}-x"
        library.facts.tell(f"The code of door {_MIDDLE} is now w9.")
        library.facts.forget(match=f"door {_END}")
        assert library.facts.tell(_statement(_BEGINNING)[1]).known == (_BEGINNING,)
        for _ in range(2):
            assert _code(library, _MIDDLE) == "w9"
            assert _code(library, _END) is None
            assert len(library.facts.list()) == _SIZE * 3 // 4
            assert library.facts.recall(f"q{_END}-x") == []
            assert library._core.fact_index.differences() == []
            library._core.lexicon.index_all()
        assert library.verify().problems == ()


def test_a_build_that_is_cancelled_goes_on_where_it_was(
    older: Path, tmp_path: Path, indexed: list[int]
) -> None:
    reports: list[Progress] = []
    cancel = Cancel()

    def report(progress: Progress) -> None:
        reports.append(progress)
        if len(reports) == 4:
            cancel.set()

    with Store.open(older) as store:
        index = Lexicon(store, tmp_path / "cache")
        with pytest.raises(Cancelled):
            index.index_all(report, cancel)
        assert [progress.done for progress in reports] == [_SLICE * part for part in (1, 2, 3, 4)]
        assert {progress.total for progress in reports} == {_SIZE}
        # The next one reads from the cache what is there, without that it was closed.
        index = Lexicon(store, tmp_path / "cache")
        index.index_all()
        assert sum(indexed) == _SIZE
        assert index.progress() is None
        assert FactIndex(index).differences() == []
        del indexed[:]
        Lexicon(store, tmp_path / "cache").index_all()
        assert indexed == []


def test_programs_that_ask_once_bring_the_index_forward(
    older: Path, tmp_path: Path, indexed: list[int]
) -> None:
    questions = 0
    with Store.open(older) as store:
        left: Progress | None = Progress("indexing")
        while left is not None:
            index = Lexicon(store, tmp_path / "cache")
            assert FactIndex(index).meeting(0, [(f"q{_END}",)], -1) == [_END]
            left = index.progress()
            questions += 1
    assert questions == -(-_SIZE // _SLICE)
    assert sum(indexed) == _SIZE


def test_an_index_of_another_version_is_replaced_slice_by_slice(
    older: Path, tmp_path: Path, indexed: list[int]
) -> None:
    cache = tmp_path / "cache"
    with Store.open(older) as store:
        Lexicon(store, cache).index_all()
        manifest = cache / "lexicon.json"
        kept = json.loads(manifest.read_text(encoding="utf-8"))
        kept["stamp"]["layout"] -= 1
        manifest.write_text(json.dumps(kept), encoding="utf-8")
        del indexed[:]
        index = Lexicon(store, cache)
        assert FactIndex(index).meeting(0, [(f"q{_END}",)], -1) == [_END]
        assert indexed == [_SLICE]
        index.index_all()
        assert sum(indexed) == _SIZE


def test_an_import_ends_with_everything_indexed(tmp_path: Path, indexed: list[int]) -> None:
    lines = (json.dumps({"text": _statement(number)[1]}) for number in range(1, _SIZE + 1))
    (tmp_path / "facts.jsonl").write_text("\n".join(lines), encoding="utf-8")
    with Library.open(tmp_path / "new.brain") as library:
        library.import_(tmp_path / "facts.jsonl")
        assert library._core.lexicon.progress() is None
        assert sum(indexed) <= _SIZE
        assert _code(library, _MIDDLE) == f"q{_MIDDLE}-x"


def test_sources_are_found_while_statements_are_left(older: Path) -> None:
    with Library.open(older) as library:
        library.add_text("The heron of Aldby sleeps in the tall reeds.", title="Herons")
        (evidence, *_) = library.ask("Where does the heron sleep?", quotes=True).evidence
        assert "reeds" in evidence.quote
        assert library._core.lexicon.progress() is not None


def test_the_background_indexes_what_is_left_and_reports_it(older: Path) -> None:
    with Library.open(older) as library:
        core = library._core
        stages: list[Progress | None] = []
        show = core.embedding_reading.show

        def showing(progress: Progress | None) -> None:
            show(progress)
            stages.append(library.models.progress)

        core.embedding_reading.show = showing  # type: ignore[method-assign]
        assert core._meaning._is_enabled()
        core._index_statements(Cancel())
        assert core.lexicon.progress() is None
        assert [stage.done for stage in stages[:-1] if stage] == list(range(_SLICE, _SIZE, _SLICE))
        assert stages[-1] is None


# A process that dies at a call of its index, whichever that is: told by their number.
_KILLED = """
import os, signal, sys
from pathlib import Path
from workbench.memory import lexicon, segment_files
from workbench.memory.lexicon import Lexicon
from workbench.store.store import Store

lexicon._SLICE = int(sys.argv[3])
left = int(sys.argv[4])
files = (lexicon.__file__, segment_files.__file__)

def count(frame, event, _argument):
    global left
    if frame.f_code.co_filename in files:
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

with Store.open(Path(sys.argv[1])) as store:
    index = Lexicon(store, Path(sys.argv[2]))
    sys.setprofile(count)
    index.index_all()
    sys.setprofile(None)
print(int(sys.argv[4]) - left)
"""


def _index_elsewhere(path: Path, cache: Path, calls: int) -> subprocess.CompletedProcess[str]:
    arguments = [str(path), str(cache), str(_SLICE), str(calls)]
    return subprocess.run(
        [sys.executable, "-c", _KILLED, *arguments], capture_output=True, text=True, check=False
    )


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8))
def test_who_is_killed_while_statements_are_indexed_loses_nothing(
    older: Path, tmp_path: Path, seed: int
) -> None:
    before = older_library.rows(older)
    peace = _index_elsewhere(older, tmp_path / "peace", 1 << 40)
    assert peace.returncode == 0, peace.stderr
    assert older_library.rows(older) == before
    chance, cache, done = random.Random(seed), tmp_path / "cache", 0
    for _ in range(3):
        killed = _index_elsewhere(older, cache, chance.randint(1, int(peace.stdout)))
        assert killed.returncode in (-signal.SIGKILL, 0), killed.stderr
        assert older_library.rows(older) == before
        with Store.open(older) as store:
            index = Lexicon(store, cache)
            found = FactIndex(index)
            for number in (_BEGINNING, _MIDDLE, _END):
                assert found.meeting(0, [("door",), (f"q{number}-x",)], -1) == [number]
            progress = index.progress()
            # Nobody begins anew.
            assert progress is None or progress.done > done
            done = _SIZE if progress is None else progress.done
    with Store.open(older) as store:
        index = Lexicon(store, cache)
        index.index_all()
        assert index.progress() is None
        assert FactIndex(index).differences() == []
        assert older_library.rows(older) == before
        fresh = Lexicon(store, None).rebuild()
        part, built = (segment.merge(each.segments) for each in (index.snapshot(), fresh))
        assert part.keys.tolist() == built.keys.tolist()
        assert part.postings.tolist() == built.postings.tolist()
