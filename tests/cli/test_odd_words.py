"""Words on the command line that no system likes: each ends in one sentence, never a traceback."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest

from workbench.cli.main import main
from workbench.errors import LibraryFullError
from workbench.store import file

_LONG = "n" * 300


@pytest.fixture
def library(tmp_path: Path) -> str:
    notes = tmp_path / "notes.txt"
    notes.write_text("The lighthouse at Cape Aravis was built in 1862.", encoding="utf-8")
    name = str(tmp_path / "notes.brain")
    assert main(["--quiet", "--library", name, "add", str(notes), "--collection", "Sea"]) == 0
    return name


def told(capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """The one error that was printed."""
    error: dict[str, str] = json.loads(capsys.readouterr().err)["error"]
    assert error["message"]
    assert error["hint"]
    return error


@pytest.mark.parametrize("name", [_LONG, "~nobody-of-this-name/x.brain", "gone/x.brain"])
def test_a_library_that_cannot_be_is_one_sentence(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for command in (["list", "sources"], ["add", "notes.txt"], ["verify"]):
        assert main(["--json", "--library", name, *command]) in {1, 4}
        told(capsys)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", [_LONG, f"{_LONG}/x.txt", "~nobody-of-this-name/x.txt"])
def test_a_file_that_cannot_be_is_one_sentence(
    name: str, library: str, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["--library", library, "add", name]) == 3
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("✗ ")


@pytest.mark.slow
@pytest.mark.parametrize("name", [_LONG, "~nobody-of-this-name/x.brain", "gone/x.brain"])
def test_x1_a_backup_that_cannot_be_is_one_sentence(
    name: str, library: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in ("backup", "restore-backup"):
        capsys.readouterr()
        assert main(["--json", "--library", library, command, name]) in {1, 3, 4}
        told(capsys)


def test_a_word_too_long_for_a_file_is_no_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--json", _LONG]) == 2
    told(capsys)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a folder that one is in")
def test_a_folder_that_is_gone_is_one_sentence(
    library: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    before, gone = Path.cwd(), tmp_path / "gone"
    gone.mkdir()
    os.chdir(gone)
    try:
        gone.rmdir()
        for words in (
            ["--library", "x.brain", "add", "y.txt"],
            ["--library", "x.brain", "list", "sources"],
            ["--library", library, "add", "y.txt"],
            ["--library", library, "backup", "z"],
        ):
            assert main(["--json", *words]) == 2
            assert "gone" in told(capsys)["message"]
    finally:
        os.chdir(before)


@pytest.mark.slow
def test_a_slip_in_a_collection_or_tag_is_no_empty_list(
    library: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--library", library, "list", "sources", "--collection", "sea "]) == 0
    capsys.readouterr()
    for option in ("--collection", "--tag"):
        assert main(["--json", "--library", library, "list", "sources", option, "See"]) == 1
        assert "See" in told(capsys)["message"]


def run(library: str, stdout: int, closed: bool = False) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "workbench", "--library", library, "list", "sources"]
    if closed:
        command = ["sh", "-c", 'exec "$@" >&-', "sh", *command]
    return subprocess.run(command, stdout=stdout, stderr=subprocess.PIPE, text=True, check=False)


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_e2_output_to_a_full_disk_is_one_sentence(library: str) -> None:
    with Path("/dev/full").open("wb") as full:
        ended = run(library, full.fileno())
    assert ended.returncode == 1
    assert ended.stderr.startswith("workbench: The output could not be written")
    assert ended.stderr.count("\n") == 1


@pytest.mark.slow
def test_e2_a_full_disk_still_answers(
    library: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(path: Path, *_: object) -> NoReturn:
        raise LibraryFullError(f"The disk with “{path.name}” is full.", "Free some space.")

    monkeypatch.setattr(file, "connect_writer", full)
    assert main(["--library", library, "ask", "When was the lighthouse built?"]) == 0
    assert "1862" in capsys.readouterr().out
    copy = f"{library}.copy"
    for command in (["list", "sources"], ["show", "1"], ["verify"], ["backup", copy]):
        assert main(["--library", library, *command]) == 0
    capsys.readouterr()
    for command in (["trash", "1"], ["verify", "--repair"], ["tag", "x", "1"]):
        assert main(["--json", "--library", library, *command]) == 4
        assert told(capsys)["code"] == "library_full"


@pytest.mark.slow
def test_the_sample_needs_no_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    blocked = tmp_path / "home"
    blocked.mkdir()
    (blocked / "cache").write_text("no folder can be made here", encoding="utf-8")
    monkeypatch.setenv("WORKBENCH_HOME", str(blocked))
    assert main(["ask", "--sample", "What did Ebbinghaus measure?"]) == 0
    assert "Ebbinghaus" in capsys.readouterr().out


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="a shell of POSIX closes the output")
def test_closed_output_is_silence(library: str) -> None:
    ended = run(library, subprocess.DEVNULL, closed=True)
    assert (ended.returncode, ended.stderr) == (0, "")


@pytest.mark.slow
def test_e1_what_is_noted_for_the_log_is_not_printed(library: str) -> None:
    script = (
        "import logging, sys; from workbench.cli.main import main\n"
        "logging.getLogger('workbench.intake.intake').error('the queue stopped')\n"
        "sys.exit(main(['--library', sys.argv[1], 'list', 'sources', '--json']))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script, library], capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stderr) == (0, "")
