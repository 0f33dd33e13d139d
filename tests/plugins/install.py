"""Installs plugins for a test: packages on the path, with the metadata that an installer writes."""

import os
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parent


def install_example(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Install the example package `labnotes`."""
    project = tomllib.loads((EXAMPLE / "pyproject.toml").read_text("utf-8"))["project"]
    _record(folder, project["name"], project["version"], project["entry-points"])
    _extend_path(monkeypatch, folder, EXAMPLE)


def install(
    folder: Path, monkeypatch: pytest.MonkeyPatch, group: str, name: str, code: str
) -> None:
    """Install a package with one entry point, `code`, which may define `plugin`."""
    (folder / f"{name}_plugin.py").write_text(code, encoding="utf-8")
    _record(folder, f"{name}-plugin", "0.1", {group: {name: f"{name}_plugin:plugin"}})
    _extend_path(monkeypatch, folder)


def _record(
    folder: Path, package: str, version: str, groups: Mapping[str, Mapping[str, str]]
) -> None:
    metadata = folder / f"{package.replace('-', '_')}-{version}.dist-info"
    metadata.mkdir(parents=True)
    (metadata / "METADATA").write_text(f"Name: {package}\nVersion: {version}\n", encoding="utf-8")
    lines = [
        line
        for group, names in groups.items()
        for line in (f"[{group}]", *(f"{name} = {place}" for name, place in names.items()))
    ]
    (metadata / "entry_points.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _extend_path(monkeypatch: pytest.MonkeyPatch, *folders: Path) -> None:
    for folder in folders:
        monkeypatch.syspath_prepend(folder)
    # Reader processes get their path from the environment.
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([*map(str, folders), *sys.path]))
