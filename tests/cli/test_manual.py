"""The manual page: from the parser, whole, and as roff takes it."""

import re
import shutil
import subprocess

import pytest

from tests.cli import reference
from workbench import errors
from workbench.cli.main import main


@pytest.fixture
def page(capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit) as ended:
        main(["--man"])
    assert ended.value.code == 0
    return capsys.readouterr().out


def test_it_names_every_command_and_exit_code(page: str) -> None:
    commands = re.findall(r"^\.SS (.+)$", page, re.M)
    assert {"ask", "serve", r"train\-db"} <= set(commands)
    codes = set(re.findall(r"^\.B (\d+)$", page, re.M))
    kinds = [each for each in vars(errors).values() if isinstance(each, type)]
    assert {str(getattr(each, "exit_code", 0)) for each in kinds} <= codes
    assert "\\-\\-man" in page


@pytest.mark.skipif(shutil.which("groff") is None, reason="there is no groff here")
def test_roff_has_nothing_to_say_against_it(page: str) -> None:
    done = subprocess.run(
        ["groff", "-ww", "-man", "-Tutf8"], input=page, capture_output=True, text=True
    )
    assert done.stderr == ""
    assert "Ask a question; the answer is quotes with citations." in done.stdout


def test_the_guide_lists_the_commands_of_the_table() -> None:
    assert reference.PAGE.read_text(encoding="utf-8") == reference.text()
