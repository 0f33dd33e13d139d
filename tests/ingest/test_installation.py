"""Advice in the words of how the program was installed: distributions as installers leave them."""

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ingest import installation
from ingest.models import clip, ocr

Install = Callable[[dict[str, object] | None], None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Puts an installed workbench in front of the one that runs: `install(direct_url)`."""

    def put(direct_url: dict[str, object] | None) -> None:
        folder = tmp_path / "site" / "engram_workbench-0.1.0.dist-info"
        folder.mkdir(parents=True)
        (folder / "METADATA").write_text("Name: engram-workbench\nVersion: 0.1.0\n", "utf-8")
        if direct_url is not None:
            (folder / "direct_url.json").write_text(json.dumps(direct_url), "utf-8")
        monkeypatch.syspath_prepend(tmp_path / "site")
        monkeypatch.setattr(sys, "prefix", str(tmp_path))
        monkeypatch.setattr(sys, "executable", "/opt/env/bin/python3")
        installation._origin.cache_clear()

    yield put
    installation._origin.cache_clear()


def test_these_tests_run_in_a_checkout() -> None:
    assert installation.way() == "checkout"
    assert installation.add("ocr") == "Add the extra `ocr` with: uv sync --extra ocr"
    assert installation.repair() == "Run `uv sync`"
    assert installation.program() == "uv run workbench"


def test_a_tool_is_extended_by_uv_tool(install: Install, tmp_path: Path) -> None:
    install({"url": "file:///home/ada/My%20workbench", "dir_info": {}})
    (tmp_path / "uv-receipt.toml").touch()
    assert installation.way() == "tool"
    command = 'uv tool install --force "/home/ada/My workbench[vision]"'
    assert clip.lacking()[1] == f"Add the extra `vision` with: {command}."
    assert installation.repair() == 'Run `uv tool install --reinstall "/home/ada/My workbench"`'
    assert installation.program() == "workbench"


def test_what_pip_installed_is_extended_by_pip(install: Install) -> None:
    install(None)
    assert installation.way() == "pip"
    command = 'python3 -m pip install "engram-workbench[ocr]"'
    assert ocr.instruction().endswith(f"or add the extra `ocr` with: {command}")
    assert (
        installation.repair() == "Run `python3 -m pip install --force-reinstall engram-workbench`"
    )
    assert installation.program() == "workbench"


def test_a_bundle_is_told_of_nothing_that_it_cannot_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert installation.way() == "bundle"
    assert "uv sync" not in clip.lacking()[1]
    assert "cannot take the extra `vision`" in clip.lacking()[1]
    assert "extra" not in ocr.instruction()
    assert installation.repair() == "Install the program again"
    assert installation.program() == "workbench"


def test_what_pipx_installed_is_extended_by_pipx(install: Install, tmp_path: Path) -> None:
    install(None)
    (tmp_path / "pipx_metadata.json").touch()
    assert installation.way() == "pipx"
    command = 'pipx install --force "engram-workbench[vision]"'
    assert clip.lacking()[1] == f"Add the extra `vision` with: {command}."
    assert installation.repair() == "Run `pipx reinstall engram-workbench`"


def test_nobody_else_words_such_advice() -> None:
    root = Path(__file__).resolve().parents[2]
    files = [*(root / "ingest").rglob("*.py"), *(root / "workbench").rglob("*.py")]
    wording = ("uv sync", "uv tool", "pip install", '"uv run', "uv run workbench ask")
    found = {file.name for file in files if any(w in file.read_text("utf-8") for w in wording)}
    assert found == {"installation.py"}
