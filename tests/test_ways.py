"""The three ways of data, as ARCHITECTURE.md tells them: a file, a question, a told statement."""

import importlib
import re
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from workbench import Library
from workbench.once import once

_ROOT = Path(__file__).parent.parent
_PAGE = (_ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
#: A way is a numbered list in which each item begins with a module.
_STEP = re.compile(r"^\d+\. `([a-z_.]+)`", re.MULTILINE)
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


def _walks(
    title: str, work: Callable[[], object], modules: int = 0, calls: int = 0
) -> Counter[str]:
    """The way goes as it is told, through no more `modules` and `calls` than these (0: any)."""
    entered = _entered(work)
    print(f"\n{title} {len(entered)} modules, {entered.total()} calls")
    print("\n".join(f"{count:6d} {module}" for module, count in entered.items()))
    steps = _told(title)
    assert [module for module in entered if module in steps] == steps
    assert len(entered) <= (modules or len(entered))
    assert entered.total() <= (calls or entered.total())
    return entered


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "x.brain") as opened:
        # What the first call would load is there: a way is what is done, not what is imported.
        for held in (opened, opened._core):
            for name, part in vars(type(held)).items():
                if isinstance(part, once):
                    getattr(held, name)
        yield opened


def test_a_file_goes_the_way_that_is_told(library: Library, tmp_path: Path) -> None:
    (tmp_path / "quay.txt").write_text(_TEXT, encoding="utf-8")
    _walks("A file becomes searchable.", lambda: library.add(tmp_path / "quay.txt"))


@pytest.mark.slow
def test_a_question_goes_the_way_that_is_told(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_READER", "")
    (tmp_path / "quay.txt").write_text(_TEXT, encoding="utf-8")
    library.add(tmp_path / "quay.txt")
    library.facts.tell("The lamp of Skerrow is oiled on Mondays.")
    importlib.import_module("workbench.recall.statements")
    entered = _walks(
        "A question becomes an answer.",
        lambda: library.ask("When was the mole of Skerrow mended?"),
        modules=69,
        calls=2100,
    )
    # A question to books does not visit the notes.
    assert not [module for module in entered if module.startswith("memory.claims")]


def test_a_told_statement_goes_the_way_that_is_told(library: Library) -> None:
    def both() -> None:
        library.facts.tell("my mooring is berth nine")
        found = library.facts.value("what is my mooring?")
        assert found is not None
        assert found.value == "berth nine"

    _walks("A told statement becomes a value.", both)


def test_a_value_is_found_in_few_steps(library: Library) -> None:
    # What a process loads once is loaded; and these words no other test has had parsed.
    library.facts.tell("my rowing boat is Tern")
    library.facts.value("what is my rowing boat?")
    library.facts.tell("my anchorage is buoy seven")
    entered = _entered(lambda: library.facts.value("what is my anchorage?"))
    print(len(entered), "modules,", entered.total(), "calls\n", *entered)
    # The thread that writes strengths is one of its own among them.
    assert len(entered) <= 74
    assert entered.total() <= 1680
