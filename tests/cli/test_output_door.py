"""The one door to a terminal: nothing that a document says is an order to it."""

import ast
import json
import os
import pty
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import workbench.cli
from tests.patience import seconds
from workbench.cli.main import main
from workbench.controls import neutralised
from workbench.library import Library

#: Sets the clipboard, renames the window, turns a file name round, hides a line, and 8-bit forms.
CLIPBOARD = "\x1b]52;c;ZWNobyBoaQ==\x07"
ORDERS = f"{CLIPBOARD}\x1b]0;title\x1b\\ \u202egpj.exe\u202c \u2066in\u2069 \x9b2J \x08\x7f\x0b"
TEXT = f"The lantern of Velm{CLIPBOARD} was lit by Ida Holm in 1862.{ORDERS} It burned oil."


def _dangerous(text: str) -> list[str]:
    return [
        sign
        for sign in text
        if (unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\n\t")
        or "\u202a" <= sign <= "\u202e"
        or "\u2066" <= sign <= "\u2069"
    ]


@given(st.text())
def test_nothing_that_is_shown_is_an_order_to_a_terminal(text: str) -> None:
    assert _dangerous(neutralised(text)) == []


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Zl", "Zp"))))
def test_what_is_no_order_is_shown_as_it_is(text: str) -> None:
    assert neutralised(f"{text}\n\t{text}") == f"{text}\n\t{text}"


def test_an_order_is_shown_by_its_code() -> None:
    assert neutralised("a\x1b]52\x07b\u202ec\x9bd") == r"a\x1b]52\x07b\u202ec\x9bd"
    assert neutralised("שלום\u200f (Ida)") == "שלום\u200f (Ida)"
    assert neutralised("one\r\ntwo\rthree") == "one\ntwo\\x0dthree"


def _in_terminal(*words: str) -> str:
    """What a real terminal is sent, standard output and errors alike, by these words to Python."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen([sys.executable, *words], stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    parts = []
    try:
        while part := os.read(ours, 65536):
            parts.append(part)
    except OSError:
        # Linux says so when the other end is closed.
        pass
    finally:
        process.wait(seconds(120))
        os.close(ours)
    return b"".join(parts).decode("utf-8").replace("\r\n", "\n")


@pytest.fixture
def library(tmp_path: Path) -> str:
    file = tmp_path / "a.brain"
    with Library.open(file) as opened:
        opened.add_text(TEXT, title=f"Lamps{ORDERS}")
        opened.facts.tell("The keeper of the lantern is Ida Holm.")
    return str(file)


@pytest.mark.slow
def test_a_terminal_is_sent_no_order_of_a_document(library: str, tmp_path: Path) -> None:
    evil = tmp_path / f"notes{CLIPBOARD}\u202etxt.exe"
    evil.write_bytes(b"\x00\x01")
    for words in (
        ["ask", "Who lit the lantern of Velm?", "--explain"],
        ["ask", "Who lit the lantern of Velm?", "--json"],
        ["show", "1", "--passages"],
        ["add", str(evil)],
    ):
        said = _in_terminal("-m", "workbench", "--library", library, *words)
        # The line of progress goes back to its own beginning.
        assert set(_dangerous(said)) <= {"\r"}, words
        assert r"\x1b]52" in said or r"\u001b]52" in said, words


def test_a_crash_sends_no_order_either() -> None:
    code = "import sys, workbench.__main__ as m; sys.argv = ['workbench', 'x']\n"
    code += "import workbench.cli.main as c; c.main = lambda: boom()\n"
    code += f"def boom(): raise ValueError({CLIPBOARD!r})\n"
    said = _in_terminal("-c", f"{code}m.main()")
    assert "ValueError" in said
    assert _dangerous(said) == []


@pytest.mark.slow
def test_a_pipe_gets_the_words_as_they_are(
    library: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--library", library, "var", "set", "bell", f"a{ORDERS}"]) == 0
    capsys.readouterr()
    assert main(["--library", library, "var", "get", "bell"]) == 0
    assert capsys.readouterr().out == f"a{ORDERS}\n"


@pytest.mark.slow
def test_json_writes_what_no_terminal_should_read_by_its_code(
    library: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--library", library, "var", "set", "bell", f"é{ORDERS}"]) == 0
    capsys.readouterr()
    assert main(["--json", "--library", library, "var", "get", "bell"]) == 0
    said = capsys.readouterr().out
    assert _dangerous(said) == []
    assert "é" in said
    assert json.loads(said)["value"] == f"é{ORDERS}"
    assert main(["--json", "--library", f"{library}{ORDERS}", "list", "sources"]) == 1
    said = capsys.readouterr().err
    assert _dangerous(said) == []
    assert ORDERS in json.loads(said)["error"]["message"]


def test_nothing_of_the_command_line_prints_past_the_door() -> None:
    folder = Path(workbench.cli.__file__).parent
    past = []
    for file in sorted(folder.glob("*.py")):
        if file.name == "output.py":
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if (isinstance(node, ast.Name) and node.id == "print") or (
                isinstance(node, ast.Attribute)
                and node.attr in ("stdout", "stderr", "__stdout__", "__stderr__")
            ):
                past.append(f"{file.name}:{node.lineno}")
    assert past == []
