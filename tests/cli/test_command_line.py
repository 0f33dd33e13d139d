"""The command line as scripts see it: options, exit codes, errors as sentences and as JSON."""

import ctypes
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.patience import seconds
from workbench.cli.main import main


def test_wrong_usage_is_one_sentence_and_code_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["frobnicate"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("workbench: ")
    assert "--help" in told.err
    assert "Traceback" not in told.err


@pytest.mark.parametrize(
    ("word", "command"), [("tell", "remember"), ("recal", "recall"), ("bakup", "backup")]
)
def test_a_command_of_another_name_is_offered(
    word: str, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([word, "x"]) == 2
    assert f"Did you mean `workbench {command}`?" in capsys.readouterr().err


def test_errors_are_json_where_json_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--json", "ask"]) == 2
    error = json.loads(capsys.readouterr().err)["error"]
    assert set(error) == {"code", "message", "hint"}
    assert error["code"] == "usage"


@pytest.mark.parametrize("order", ["before", "after"])
def test_global_options_stand_before_or_after_the_command(
    order: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--json", "--library", str(tmp_path / "missing" / "x.brain")]
    command = ["list", "sources"]
    code = main(options + command if order == "before" else command + options)
    assert code in {1, 4}
    assert "error" in json.loads(capsys.readouterr().err)


def test_one_statement_is_no_statements(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("The weir was built in 1911.", encoding="utf-8")
    main(["--library", str(tmp_path / "x.brain"), "add", str(tmp_path / "note.txt")])
    assert "has read 1 statement:" in capsys.readouterr().err


def test_doctor_tells_each_capability(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["doctor", "--json"])
    told = json.loads(capsys.readouterr().out)
    assert code == (0 if told["healthy"] else 1)
    states = {c["state"] for c in told["capabilities"]}
    assert states <= {"works", "needs a model", "needs a server", "not installed"}
    assert all(c["how"] for c in told["capabilities"] if c["state"] != "works")
    assert Path(told["places"]["library"]).is_relative_to(os.environ["WORKBENCH_HOME"])


def test_doctor_names_the_line_that_installs_a_missing_library(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("workbench.capabilities.missing_system_libraries", lambda: ["libegl1"])
    assert main(["doctor"]) == 1
    assert "apt-get install -y libegl1" in capsys.readouterr().out


def _loaded_by(code: str) -> set[str]:
    script = f"{code}\nimport sys\nprint('\\n'.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        timeout=seconds(100),
    )
    return {name.partition(".")[0] for name in done.stdout.split()}


@pytest.mark.slow
def test_doctor_loads_neither_qt_nor_torch() -> None:
    loaded = _loaded_by("from workbench.cli.main import main\nmain(['doctor', '--json'])")
    assert not loaded & {"PySide6", "shiboken6", "torch"}


@pytest.mark.slow
def test_the_library_loads_neither_qt_nor_a_model_library() -> None:
    loaded = _loaded_by("from workbench import Library")
    assert not loaded & {"PySide6", "shiboken6", "torch", "numba", "open_clip", "scipy"}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems have a display")
def test_without_a_display_it_says_so_and_names_the_sample() -> None:
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    done = subprocess.run(
        [sys.executable, "-m", "workbench"],
        capture_output=True, text=True, env=environment, timeout=seconds(100), check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "no display" in done.stderr
    assert "uv run workbench ask --sample" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_display_that_does_not_answer_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    if sys.platform != "linux":
        pytest.skip("displays have names on Linux")
    monkeypatch.setattr("workbench.capabilities.missing_system_libraries", list)
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", ":9977")
    try:
        ctypes.CDLL("libxcb.so.1")
    except OSError:
        pytest.skip("no X11 here")
    assert main([]) == 1
    said = capfd.readouterr().err.strip()
    assert len(said.splitlines()) == 1
    assert "“:9977” does not answer" in said
    assert "ask --sample" in said
