"""The vault from the command line: asked in a terminal, read from a pipe, never an argument."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.patience import seconds
from workbench.cli.main import main

_MISS = "workbench: This secret opens nothing under that key."


@pytest.fixture
def library(tmp_path: Path) -> str:
    """Where the library shall lie; `put` makes it."""
    return str(tmp_path / "v.brain")


@pytest.fixture
def piped(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> "Piped":
    """Run a command with these bytes on its standard input."""
    return Piped(monkeypatch, capsys)


class Piped:
    """A call of the command line at the end of a pipe."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def __call__(self, data: bytes, *words: str) -> tuple[int, str, str]:
        """Exit code, standard output, standard error."""
        self._capsys.readouterr()
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), "ascii"))
        code = main(list(words))
        told = self._capsys.readouterr()
        return code, told.out, told.err


@pytest.mark.slow
def test_a_value_is_put_in_and_comes_back_by_its_key_or_a_question(
    library: str, piped: Piped
) -> None:
    code, out, err = piped(
        b"anna-key-9\nplover88\n", "--library", library, "vault", "put", "anna", "wifi password"
    )
    assert (code, err) == (0, "")
    assert "Stored" in out
    for key in ("wifi password", "what is the wifi password?"):
        got = piped(b"anna-key-9\n", "--library", library, "vault", "get", "anna", key)
        assert got == (0, "plover88\n", "")


@pytest.mark.slow
def test_a_wrong_secret_and_an_unknown_key_have_one_answer(library: str, piped: Piped) -> None:
    piped(b"right\nv\n", "--library", library, "vault", "put", "home", "pin")
    answers = {
        piped(secret, "--library", library, "vault", "get", scope, key)
        for secret, scope, key in (
            (b"wrong\n", "home", "pin"),
            (b"right\n", "home", "fax number"),
            (b"right\n", "nowhere", "pin"),
        )
    }
    assert len(answers) == 1
    ((code, out, err),) = answers
    assert (code, out) == (1, "")
    assert err.startswith(_MISS)
    assert len(err.splitlines()) == 1


@pytest.mark.slow
def test_json_for_scripts(library: str, piped: Piped) -> None:
    words = ("--json", "--library", library, "vault")
    code, out, _ = piped('s\nä "1"\nzwei\n'.encode(), *words, "put", "home", "lines")
    assert (code, json.loads(out)) == (0, {"scope": "home", "stored": True, "clean": True})
    code, out, _ = piped(b"s", *words, "get", "home", "lines")
    assert (code, json.loads(out)) == (0, {"scope": "home", "value": 'ä "1"\nzwei'})
    code, out, err = piped(b"t", *words, "get", "home", "lines")
    assert (code, out) == (1, "")
    assert json.loads(err)["error"]["code"] == "not_found"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("data", "value"),
    [
        (b"s\nv", "v"),
        (b"s\r\nv\r\n", "v"),
        (b"\xef\xbb\xbfs\r\nv\r\n", "v"),
        (b"s\n one\r\ntwo\n\n", " one\r\ntwo\n"),
        (b"s\n\n\n", "\n"),
    ],
)
def test_of_the_rest_of_a_pipe_one_line_break_goes(
    library: str, piped: Piped, data: bytes, value: str
) -> None:
    assert piped(data, "--library", library, "vault", "put", "home", "note")[0] == 0
    _, out, _ = piped(b"s\n", "--json", "--library", library, "vault", "get", "home", "note")
    assert json.loads(out)["value"] == value


@pytest.mark.parametrize(
    ("data", "key", "code", "told"),
    [
        (b"", "pin", 2, "Without a secret"),
        (b"\nv\n", "pin", 2, "Without a secret"),
        (b"s\n", "pin", 2, "no value"),
        (b"s\n\n", "pin", 2, "no value"),
        (b"s\nv\n", " ", 2, "needs a key"),
        (b"s\xff\nv\n", "pin", 3, "UTF-8"),
    ],
)
def test_bad_input_is_one_sentence_and_stores_nothing(
    library: str, piped: Piped, data: bytes, key: str, code: int, told: str
) -> None:
    got, out, err = piped(data, "--library", library, "vault", "put", "home", key)
    assert (got, out) == (code, "")
    assert told in err
    assert len(err.splitlines()) == 1


def test_a_value_among_the_arguments_is_refused_without_being_repeated(
    library: str, piped: Piped
) -> None:
    words = ("vault", "put", "home", "pin", "hunter2")
    code, out, err = piped(b"s\nv\n", "--library", library, *words)
    assert (code, out) == (2, "")
    assert "on the command line" in err
    assert "hunter2" not in err
    assert not Path(library).exists()


def test_get_makes_no_library(library: str, piped: Piped) -> None:
    code, _, err = piped(b"s\n", "--library", library, "vault", "get", "home", "pin")
    assert code == 1
    assert "no library" in err
    assert not Path(library).exists()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="terminals of its own make")
def test_in_a_terminal_secret_and_value_are_asked_for_and_not_shown(library: str) -> None:
    put = ("--library", library, "vault", "put", "home", "pin")
    code, shown = _in_terminal(put, ["pear", "pear", "4711"])
    assert code == 0, shown
    assert "Secret: " in shown
    assert "Repeat" in shown
    assert "pear" not in shown
    assert "4711" not in shown
    code, shown = _in_terminal(("--library", library, "vault", "get", "home", "pin"), ["pear"])
    assert (code, shown.split()[-1]) == (0, "4711")
    code, shown = _in_terminal(put, ["pear", "peer"])
    assert code == 2
    assert "differ" in shown


def _in_terminal(words: tuple[str, ...], answers: list[str]) -> tuple[int, str]:
    """Run the program in a terminal, answer each of its questions; exit code and what it showed."""
    import pty

    ours, theirs = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-m", "workbench", *words],
        stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True, close_fds=True,
    )  # fmt: skip
    os.close(theirs)
    shown, waiting = "", list(answers)
    try:
        while True:
            try:
                got = os.read(ours, 4096)
            except OSError:
                break
            if not got:
                break
            shown += got.decode()
            if waiting and shown.endswith(": "):
                os.write(ours, waiting.pop(0).encode() + b"\n")
    finally:
        os.close(ours)
        code = child.wait(seconds(60))
    return code, shown
