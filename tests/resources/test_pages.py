"""README, the guide and the other pages name only commands of the program."""

import re
import subprocess
import sys
from pathlib import Path

from tests.patience import seconds
from workbench.cli import table

_ROOT = Path(__file__).parents[2]
_PAGES = [
    *(_ROOT / name for name in ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    *(_ROOT / "resources" / "guide").glob("*.md"),
]
#: A command line in code: in backticks, or at the start of a line.
_LINE = re.compile(r"(?:^|`|uv run )(workbench [a-z][^`\n]*)", re.MULTILINE)
#: The command in it, and those that README puts behind it with a dot between.
_COMMAND = re.compile(r"(?:^workbench|·) ([a-z][a-z-]*)")


def test_pages_name_commands_that_exist() -> None:
    usage = subprocess.run(
        [sys.executable, "-m", "workbench", "--help"],
        cwd=_ROOT, capture_output=True, text=True, timeout=seconds(30), check=True,
    ).stdout  # fmt: skip
    commands = set(re.findall(r"^    ([a-z][a-z-]+)(?:  |$)", usage, re.MULTILINE))
    assert "ask" in commands
    commands |= set(table.groups())
    unknown = {
        (page.name, command)
        for page in _PAGES
        for line in _LINE.findall(page.read_text(encoding="utf-8"))
        for command in _COMMAND.findall(line)
        if command not in commands
    }
    assert unknown == set()
