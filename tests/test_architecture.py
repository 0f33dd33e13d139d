"""The house keeps its shape: imports go one way, public names are the listed ones."""

import subprocess
import sys
from pathlib import Path

import pytest

import ingest
import workbench
from tests.patience import seconds

_ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.slow
def test_imports_go_one_way() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import sys; from importlinter.cli import lint_imports_command;"
         "sys.argv=['lint-imports', '--no-cache']; lint_imports_command()"],
        cwd=_ROOT, capture_output=True, text=True, timeout=seconds(100), check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("package", [workbench, ingest])
def test_public_names_are_there_and_sorted(package: object) -> None:
    names = package.__all__  # type: ignore[attr-defined]
    assert all(hasattr(package, name) for name in names)
    assert len(set(names)) == len(names)


def test_the_notebook_door_is_exactly_this() -> None:
    assert set(workbench.__all__) == {"AsyncLibrary", "Library", "__version__"}


def test_the_top_level_holds_the_layout_and_nothing_else() -> None:
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=_ROOT, capture_output=True, text=True, check=False
    )
    if tracked.returncode:
        pytest.skip("not a git checkout: the source archive is built from the same list")
    top = {line.split("/")[0] for line in tracked.stdout.splitlines()}
    assert {name for name in top if not name.startswith(".")} <= {
        "pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md",
        "workbench", "ingest", "resources", "tests", "packaging",
    }  # fmt: skip
