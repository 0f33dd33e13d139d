"""A command run in this process, with what it says."""

import json
from typing import Any

import pytest

from workbench.cli.main import main


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, list[Any], str]:
    """Exit code, the JSON values on standard output, standard error."""
    capsys.readouterr()
    code = main(["--json", *words])
    said = capsys.readouterr()
    return code, [json.loads(line) for line in said.out.splitlines()], said.err
