"""No command sends what a stranger wrote to the terminal as it stands."""

import contextlib
import io
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from workbench.cli import table
from workbench.cli.main import main
from workbench.errors import WorkbenchError
from workbench.library import Library

#: It clears the screen, sets the title of the window, and writes backwards.
HOSTILE = "a\x1b[2J\x1b]0;owned\x07\u202egpj.exe\u2066\U000e0041"
_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]")
#: Commands that serve, open windows, wait for input, need another machine, or end the library.
_LEFT_OUT = {"serve", "mcp", "window", "watch", "completion", "manual", "salvage", "template"}


class Terminal(io.StringIO):
    """What is written to it is shown."""

    def isatty(self) -> bool:
        """It is one."""
        return True


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library whose every name and text was chosen by somebody hostile."""
    folder = tmp_path_factory.mktemp("hostile")
    place = folder / HOSTILE.replace("/", "")
    place.mkdir()
    file = place / f"{HOSTILE}.txt"
    file.write_text(f"The ferry {HOSTILE} carries barley. It leaves at noon.", encoding="utf-8")
    with Library.open(folder / "a.brain") as opened:
        (added,) = opened.add([file], collection="Books")
        opened.facts.tell(f"The ferry of {HOSTILE} carries barley.")
        # Names of one's own may not have such characters, as it is.
        calls: list[Callable[[], object]] = [
            lambda: opened.collections.create(HOSTILE),
            lambda: opened.sources.tag([added.source or 0], HOSTILE),
            lambda: opened.facts.tell("The ferry leaves at noon.", source=HOSTILE),
            lambda: opened.notes.add("variable", HOSTILE, key="tea"),
        ]
        for call in calls:
            with contextlib.suppress(WorkbenchError):
                call()
        opened.ask("What does the ferry carry?")
        opened.queue.enqueue([folder / f"missing {HOSTILE}.txt"])
    return folder / "a.brain"


def words_of(name: str) -> list[list[str]]:
    """Ways to call a command: alone, with a number, with words."""
    return [[name], [name, "1"], [name, "ferry"], [name, HOSTILE]]


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(set(table.names()) - _LEFT_OUT))
def test_no_field_of_any_command_reaches_the_terminal_as_it_is(
    name: str, library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "a.brain"
    copy.write_bytes(library.read_bytes())
    monkeypatch.chdir(tmp_path)
    for words in words_of(name):
        shown, complained = Terminal(), Terminal()
        monkeypatch.setattr(sys, "stdout", shown)
        monkeypatch.setattr(sys, "stderr", complained)
        monkeypatch.setattr(sys, "stdin", io.StringIO())
        with contextlib.suppress(SystemExit):
            main(["--library", str(copy), *words])
        monkeypatch.undo()
        monkeypatch.chdir(tmp_path)
        for stream in (shown, complained):
            text = stream.getvalue().replace("\r", "")
            assert not _OBEYED.search(text), (words, text)


def test_a_table_that_is_exported_has_no_order_for_a_terminal(
    library: Path, tmp_path: Path
) -> None:
    with Library.open(library) as opened:
        opened.export(tmp_path / "tables", format="csv")
    files = list((tmp_path / "tables").iterdir())
    text = "".join(file.read_text(encoding="utf-8-sig") for file in files)
    assert "barley" in text
    assert not re.search("[\x1b\x07\u202e]", text)
