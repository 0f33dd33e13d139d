"""What a stranger does to the command line: one sentence each time, and no traceback."""

import io
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from workbench.cli.main import main
from workbench.library import Library


@pytest.fixture
def library(tmp_path: Path) -> str:
    file = tmp_path / "a.brain"
    with Library.open(file) as opened:
        opened.add_text("The lantern of Velm was lit by Ida Holm in 1862.", title="Velm")
    return str(file)


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [["remember", "-"], ["turn", "-"], ["add", "-"], ["note", "fact", "-"],
     ["var", "set", "k", "-"], ["stance", "t", "-"], ["vault", "put", "s", "k"]],
    ids=" ".join,
)  # fmt: skip
def test_a_closed_standard_input_is_one_sentence(
    library: str,
    words: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert main(["--library", library, *words]) == 2
    assert "no standard input" in capsys.readouterr().err


def test_a_standard_input_that_fails_is_one_sentence(
    library: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Failing(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer: object) -> int:
            raise OSError(5, "Input/output error")

    failing = io.TextIOWrapper(io.BufferedReader(Failing()))
    monkeypatch.setattr(sys, "stdin", failing)
    assert main(["--library", library, "remember", "-"]) == 3
    assert "cannot be read (Input/output error)" in capsys.readouterr().err


def test_a_line_of_a_batch_may_be_nested_a_million_deep(
    library: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    batch = tmp_path / "questions.jsonl"
    lines = ['{"question": ' + "[" * 1_000_000]
    lines += ['{"question": "Who lit the lantern?", "id": 1e999}']
    batch.write_text("\n".join(lines), encoding="utf-8")
    assert main(["--library", library, "ask", "--batch", str(batch), "--quotes"]) == 3
    first, last = capsys.readouterr().out.splitlines()
    assert json.loads(first)["error"]["message"] == "Line 1 is not JSON."
    # A number without end is none in JSON.
    answer = json.loads(last, parse_constant=pytest.fail)
    assert (answer["id"], "Ida Holm" in answer["sentences"][0]["text"]) == (None, True)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pipes with names")
def test_a_pipe_is_no_library_and_is_not_waited_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    os.mkfifo(tmp_path / "pipe.brain")
    assert main(["--library", str(tmp_path / "pipe.brain"), "list", "sources"]) == 4
    assert "is not a library" in capsys.readouterr().err


@pytest.mark.parametrize("place", ["/", ".", "x" * 5000])
def test_no_place_is_too_odd_for_a_library(place: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--library", place, "list", "sources"]) in (1, 4)
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.slow
def test_a_device_is_no_library_and_stays_where_it_is(
    library: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    backup, folder = tmp_path / "backup.brain", tmp_path / "devices"
    assert main(["--library", library, "backup", str(backup)]) == 0
    folder.mkdir()
    device = folder / "null.brain"
    try:
        os.mknod(device, stat.S_IFCHR | 0o600, os.makedev(1, 3))
    except (PermissionError, AttributeError):
        pytest.skip("only root on a Unix system makes devices")
    for words in (["remember", "The lantern burns oil."], ["restore-backup", str(backup)]):
        assert main(["--library", str(device), *words]) == 4
        assert "is not a library" in capsys.readouterr().err
    assert [stat.S_ISCHR(path.stat().st_mode) for path in folder.iterdir()] == [True]


@pytest.mark.slow
def test_what_tells_nothing_may_take_the_place_of_what_was_told(
    library: str, capsys: pytest.CaptureFixture[str]
) -> None:
    of = ["--library", library, "remember", "--source", "Ida"]
    assert main([*of, "The lantern burns oil."]) == 0
    assert main([*of, "/", "--replace"]) == 3
    assert "no words in it" in capsys.readouterr().err


def test_a_model_may_have_any_name(library: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--library", library, "models", "use", "x" * 5000]) == 1
    assert "There is no embedding model" in capsys.readouterr().err


def test_ctrl_c_while_the_program_loads_is_one_sentence() -> None:
    code = (
        "import sys, workbench.__main__ as program\n"
        "class Stop:\n"
        "    def find_spec(self, name, *rest):\n"
        "        if name == 'workbench.cli':\n"
        "            raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Stop())\n"
        "sys.exit(program.main())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (
        130,
        "workbench: Stopped before anything was begun.\n",
    )
