"""The exact versions in pyproject.toml: of everything that is installed here, and nothing else."""

import re
import subprocess
import sys
import tomllib
from importlib.metadata import distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PINS = [Requirement(line) for line in PROJECT["tool"]["uv"]["constraint-dependencies"]]


def test_every_pin_is_one_version_and_names_no_host() -> None:
    for pin in PINS:
        assert re.fullmatch(r"==[^*,]+", str(pin.specifier)), pin
        assert pin.url is None


def test_everything_that_the_project_asks_for_is_pinned_on_every_python() -> None:
    wanted = list(PROJECT["project"]["dependencies"])
    for extra in PROJECT["project"]["optional-dependencies"].values():
        wanted += extra
    for group in PROJECT["dependency-groups"].values():
        wanted += [each for each in group if isinstance(each, str)]
    for line in wanted:
        asked = Requirement(line)
        own = [p for p in PINS if canonicalize_name(p.name) == canonicalize_name(asked.name)]
        assert own, f"{asked.name} is not pinned: run packaging/pin.py"
        for python in ("3.11.7", "3.12.1", "3.13.0"):
            here = {"python_version": python.rpartition(".")[0], "python_full_version": python}
            if asked.marker and not asked.marker.evaluate(here):
                continue
            (pin,) = [p for p in own if not p.marker or p.marker.evaluate(here)]
            (version,) = [each.version for each in pin.specifier]
            assert asked.specifier.contains(version, prereleases=True), (asked, pin)


@pytest.mark.slow
def test_what_is_installed_here_has_the_pinned_version() -> None:
    pins = {
        canonicalize_name(pin.name): pin for pin in PINS if not pin.marker or pin.marker.evaluate()
    }
    installed = {canonicalize_name(each.metadata["Name"]): each for each in distributions()}
    needed = {
        canonicalize_name(asked.name)
        for name, found in installed.items()
        if name in {*pins, "engram-workbench"}
        for asked in map(Requirement, found.requires or ())
        if not asked.marker or asked.marker.evaluate({"extra": ""})
    }
    for name in sorted(installed.keys() & (needed | pins.keys())):
        assert name in pins, f"{name} is not pinned: run packaging/pin.py"
        assert pins[name].specifier.contains(installed[name].version, prereleases=True), name


def test_the_pins_as_a_file_for_pip(tmp_path: Path) -> None:
    file = tmp_path / "constraints.txt"
    subprocess.run(
        [sys.executable, str(ROOT / "packaging" / "pin.py"), "--constraints", str(file)], check=True
    )
    lines = file.read_text(encoding="utf-8").splitlines()
    assert [Requirement(line) for line in lines] == PINS
