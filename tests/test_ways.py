"""The three ways of data, as ARCHITECTURE.md tells them: a file, a question, a told statement.

A way is the list of its modules, in order. How many modules and calls an answer takes is recorded,
and may grow by a tenth: threads and other versions of Python make some calls more or less.

    python -m tests.test_ways    record how many there are
"""

import importlib
import os
import re
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from workbench import Library
from workbench.once import once

#: Modules and calls of an answer; of twenty questions to a book, beside which statements were told,
#: the most of each kind. Parsing what cannot answer, or comparing each with each, is more than ten
#: times as much.
RECORDED = {
    "question": (83, 3041),
    "value": (73, 1446),
    "book": (102, 13538),
    "silent": (119, 14757),
    "told beside": (120, 10022),
    "overview": (118, 9352),
    "several": (125, 22302),
}
_ROOM = 1.1
#: What other tests had parsed before, and whether a model answers in time, changes more.
_WIDE = 1.3
_TABLE = re.compile(r"^RECORDED = \{\n.*?^\}\n", re.MULTILINE | re.DOTALL)
_ROOT = Path(__file__).parent.parent
_PAGE = (_ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
#: A way is a numbered list in which each item begins with a module.
_STEP = re.compile(r"^\d+\. `([a-z_.]+)`", re.MULTILINE)
#: The sample book has some 300 sentences.
_BOOK = _ROOT / "resources" / "sample" / "the-trace.md"
_TELL = (
    "The lamp of Skerrow is oiled on Mondays.",
    "My seminar is on Thursdays at four.",
    "My supervisor is Ines Duarte.",
    "The key of the archive is in the blue drawer.",
    "My thesis is due on 3 May 2027.",
    "Olek prefers tea without sugar.",
)
#: The first of each kind is asked before: a process loads once what a kind of question needs.
_QUESTIONS = {
    "book": (
        "When did Ebbinghaus publish his book?",
        "Who studied the patient who could not form new memories?",
        "When did Richard Semon coin the word engram?",
        "What did Lashley conclude from his experiments with rats?",
        "Did Lashley find the engram?",
    ),
    "silent": (
        "Who painted the ceiling of the laboratory?",
        "Who discovered the trace in the hippocampus?",
        "What is the capital of Australia?",
        "When was the steam engine invented?",
        "How many neurons does a squirrel have?",
    ),
    "told beside": (
        "When is the lamp of Skerrow oiled?",
        "What day is my seminar?",
        "Who is my supervisor?",
        "Where is the key of the archive?",
        "When is my thesis due?",
    ),
    "overview": (
        "What is this about?",
        "Summarise chapter 2.",
        "Who are the main people?",
        "hippocampus",
        "What are the chapters?",
    ),
    "several": (
        "Who was Donald Hebb, and where was he born?",
        "Who was Richard Semon, and when did he die?",
        "What is long-term potentiation and who described it?",
        "Compare sleep and waking.",
        "When did Scoville operate, and on whom?",
    ),
}
#: In words that no other test uses: what was read before is remembered by the process.
_TEXT = "The harbour\n\nThe mole of Skerrow was mended in 1911. Its crane is painted green.\n"


def _told(title: str) -> list[str]:
    """The modules of the way under this heading of the page."""
    begins = _PAGE.index(f"**{title}**")
    ends = min(at for at in (_PAGE.find("\n**", begins), _PAGE.find("\n## ", begins)) if at > 0)
    found = _STEP.findall(_PAGE, begins, ends)
    assert found
    return found


def _entered(work: Callable[[], object]) -> Counter[str]:
    """The calls into modules of the program meanwhile, here and on new threads, in order."""
    calls: Counter[str] = Counter()
    folders = (f"{_ROOT / 'workbench'}/", f"{_ROOT / 'ingest'}/")

    def note(frame: FrameType, event: str, _argument: Any) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(folders):
            inside = Path(frame.f_code.co_filename).relative_to(_ROOT).with_suffix("")
            calls[".".join(inside.parts).removeprefix("workbench.")] += 1

    before = sys.getprofile()
    threading.setprofile(note)
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
        threading.setprofile(None)
    return calls


def _goes_as_told(title: str, entered: Counter[str]) -> None:
    steps = _told(title)
    assert [module for module in entered if module in steps] == steps


def _is_no_longer_than_recorded(name: str, entered: Counter[str], room: float = _ROOM) -> None:
    print(f"\n{name}: {len(entered)} modules, {entered.total()} calls")
    print("\n".join(f"{count:6d} {module}" for module, count in entered.items()))
    modules, calls = RECORDED[name]
    assert len(entered) <= room * modules
    assert entered.total() <= room * calls


@contextmanager
def _opened(folder: Path) -> Iterator[Library]:
    with Library.open(folder / "x.brain") as opened:
        # What the first call would load is there: a way is what is done, not what is imported.
        for held in (opened, opened._core):
            for name, part in vars(type(held)).items():
                if isinstance(part, once):
                    getattr(held, name)
        yield opened


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with _opened(tmp_path) as opened:
        yield opened


def _question(library: Library, folder: Path) -> Counter[str]:
    """The calls of a question to a book and a note, with the reader."""
    (folder / "quay.txt").write_text(_TEXT, encoding="utf-8")
    library.add(folder / "quay.txt")
    library.facts.tell("The lamp of Skerrow is oiled on Mondays.")
    importlib.import_module("workbench.recall.statements")
    return _entered(lambda: library.ask("When was the mole of Skerrow mended?"))


def _kinds(library: Library) -> dict[str, list[Counter[str]]]:
    """The calls of each question of each kind."""
    library.add(_BOOK)
    library.facts.tell("\n".join(_TELL))
    for first, *_ in _QUESTIONS.values():
        library.ask(first)
    return {
        kind: [_entered(partial(library.ask, question)) for question in asked]
        for kind, (_, *asked) in _QUESTIONS.items()
    }


def _value(library: Library, _folder: Path) -> Counter[str]:
    """The calls of a value of a told statement."""
    # What a process loads once is loaded; and these words no other test has had parsed.
    library.facts.tell("my rowing boat is Tern")
    library.facts.value("what is my rowing boat?")
    library.facts.tell("my anchorage is buoy seven")
    return _entered(lambda: library.facts.value("what is my anchorage?"))


@pytest.mark.slow
def test_no_kind_of_question_takes_a_long_way(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_READER", "")
    for kind, ways in _kinds(library).items():
        for way in ways:
            _is_no_longer_than_recorded(kind, way, _WIDE)


def test_a_file_goes_the_way_that_is_told(library: Library, tmp_path: Path) -> None:
    (tmp_path / "quay.txt").write_text(_TEXT, encoding="utf-8")
    entered = _entered(lambda: library.add(tmp_path / "quay.txt"))
    _goes_as_told("A file becomes searchable.", entered)


@pytest.mark.slow
def test_a_question_goes_the_way_that_is_told(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_READER", "")
    entered = _question(library, tmp_path)
    _goes_as_told("A question becomes an answer.", entered)
    _is_no_longer_than_recorded("question", entered)
    # A question to books does not visit the notes.
    assert not [module for module in entered if module.startswith("memory.claims")]


def test_a_told_statement_goes_the_way_that_is_told(library: Library) -> None:
    def both() -> None:
        library.facts.tell("my mooring is berth nine")
        found = library.facts.value("what is my mooring?")
        assert found is not None
        assert found.value == "berth nine"

    _goes_as_told("A told statement becomes a value.", _entered(both))


def test_a_value_is_found_in_few_steps(library: Library, tmp_path: Path) -> None:
    _is_no_longer_than_recorded("value", _value(library, tmp_path))


def _record() -> None:
    """Write to this file how many modules and calls there are."""
    found = dict[str, list[Counter[str]]]()
    for name, way in (("question", _question), ("value", _value), ("kinds", None)):
        with tempfile.TemporaryDirectory() as folder:
            os.environ.update(WORKBENCH_HOME=folder, WORKBENCH_READER="")
            with _opened(Path(folder)) as library:
                if way is None:
                    found |= _kinds(library)
                else:
                    found[name] = [way(library, Path(folder))]
    rows = [
        f'    "{name}": ({max(map(len, ways))}, {max(way.total() for way in ways)}),\n'
        for name, ways in found.items()
    ]
    table = "".join(["RECORDED = {\n", *rows, "}\n"])
    file = Path(__file__)
    file.write_text(_TABLE.sub(table, file.read_text(encoding="utf-8")), encoding="utf-8")
    print(table, end="")


if __name__ == "__main__":
    _record()
