"""Odd facts on the command line: one sentence and a next step, and the right exit code."""

import io
import json
import sys
from pathlib import Path

import pytest

from workbench.cli.main import main


@pytest.fixture
def library(tmp_path: Path) -> str:
    """A library with one fact."""
    name = str(tmp_path / "odd.brain")
    assert main(["--quiet", "--library", name, "remember", "my plan is pro"]) == 0
    return name


def pipe(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    """Have these bytes come in on standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        ["recall", ""],
        ["recall", "?!"],
        ["recall", "plan", "--limit", "0"],
        ["recall", "plan", "--limit", "-3"],
        ["history", " "],
        ["value", ""],
        ["forget", ""],
        ["forget", "..."],
        ["chain", "", "owner"],
        ["strengthen", ""],
        ["remember", "the hat is red", "--collection", ""],
        ["remember", "the hat is red", "--collection", "\udcff"],
        ["remember", "the hat is red", "--collection", "two\nlines"],
        ["remember", "the hat is red", "--at", "nan"],
        ["value", "what is my plan?", "--as-of", "inf"],
        ["note", "bogus", "the hat is red"],
        ["var", "set", "", "x"],
    ],
)
def test_what_cannot_be_meant_is_told_with_a_next_step(
    library: str, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["--json", "--library", library, *words]) == 2
    told = capsys.readouterr()
    error = json.loads(told.err)["error"]
    assert error["message"]
    assert error["hint"]
    assert told.out == ""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("data", "kept"),
    [
        (b"\xef\xbb\xbfthe mug is blue\r\nthe cup is gr\xc3\xbcn\r\n", 2),
        ("\ufeffthe mug is blue\r\nthe cup is grün".encode("utf-16-le"), 2),
        ("the mug is blue\nthe cup in the kitchen of the café is grün".encode("cp1252"), 2),
        (b"the mug is blue\n" * 10_000, 1),
    ],
)
def test_facts_come_in_from_any_program(
    library: str,
    data: bytes,
    kept: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    pipe(monkeypatch, data)
    assert main(["--library", library, "remember", "-"]) == 0
    assert main(["--library", library, "value", "what colour is the mug?"]) in {0, 1}
    capsys.readouterr()
    assert main(["--json", "--library", library, "list", "memories"]) == 0
    texts = [json.loads(line)["text"] for line in capsys.readouterr().out.splitlines()]
    assert len(texts) == kept + 1
    assert "the mug is blue" in texts
    assert all("gr" not in text or "grün" in text for text in texts)


@pytest.mark.parametrize("data", [b"", b" \n\n", bytes(range(256)) * 50])
@pytest.mark.parametrize("words", [["remember", "-"], ["note", "fact", "-"]])
def test_what_is_no_text_is_told(
    library: str,
    data: bytes,
    words: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    pipe(monkeypatch, data)
    assert main(["--json", "--library", library, *words]) in {2, 3}
    error = json.loads(capsys.readouterr().err)["error"]
    assert error["message"]
    assert error["hint"]


def test_bytes_that_are_no_text_stay_visible(
    library: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--library", library, "remember", "the caf\udce9 is open"]) == 0
    capsys.readouterr()
    assert main(["--library", library, "recall", "open"]) == 0
    assert "the caf\ufffd is open" in capsys.readouterr().out
