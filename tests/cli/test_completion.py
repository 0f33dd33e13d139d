"""Completion of commands and options, as a shell does it."""

import shutil
import subprocess

import pytest

from workbench.cli.main import main


def _script(shell: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["completion", shell]) == 0
    return capsys.readouterr().out


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
@pytest.mark.parametrize(
    ("line", "completed"),
    [
        ("workbench ser", ["serve"]),
        ("workbench ask --sou", ["--source"]),
        ("workbench --json list so", ["sources"]),
        ("workbench mcp --w", ["--write"]),
        ("workbench --lib", ["--library"]),
    ],
)
def test_bash_completes_commands_options_and_choices(
    line: str, completed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    words = line.split()
    asked = (
        f'COMP_WORDS=({line}); COMP_CWORD={len(words) - 1}; _workbench; echo "${{COMPREPLY[@]}}"'
    )
    done = subprocess.run(
        ["bash", "-c", f"{_script('bash', capsys)}\n{asked}"], capture_output=True, text=True
    )
    assert done.stderr == ""
    assert done.stdout.split() == completed


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_know_every_command(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    script = _script(shell, capsys)
    for word in ("serve", "mcp", "completion", "source"):
        assert word in script


def test_another_shell_is_a_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", "cmd"]) == 2
    assert "fish" in capsys.readouterr().err
