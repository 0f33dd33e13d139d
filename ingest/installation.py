"""How the program was installed, and the command that adds a missing part.

A checkout is run by `uv run`, a tool was installed by `uv tool install` or pipx, a bundle brings
its own Python, in a package, an image or a folder; anything else was installed by pip.
"""

import json
import sys
from functools import cache
from pathlib import Path
from typing import Literal

Way = Literal["checkout", "tool", "pipx", "pip", "bundle"]

_NAME = "engram-workbench"


def way() -> Way:
    """How this program was installed."""
    if hasattr(sys, "frozen"):
        return "bundle"
    if (Path(sys.prefix) / "uv-receipt.toml").is_file():
        return "tool"
    if (Path(sys.prefix) / "pipx_metadata.json").is_file():
        return "pipx"
    return "checkout" if _origin()[1] else "pip"


def add(extra: str) -> str:
    """How to add an extra of pyproject.toml: an instruction without a full stop."""
    command = {
        "checkout": f"uv sync --extra {extra}",
        "tool": f"uv tool install --force {_quoted(extra)}",
        "pipx": f"pipx install --force {_quoted(extra)}",
        "pip": f"{Path(sys.executable).name} -m pip install {_quoted(extra)}",
    }.get(way())
    if command is None:
        return f"This edition cannot take the extra `{extra}`; install the program with uv or pip"
    return f"Add the extra `{extra}` with: {command}"


def repair() -> str:
    """How to restore a missing part: an instruction without a full stop."""
    return {
        "checkout": "Run `uv sync`",
        "tool": f"Run `uv tool install --reinstall {_quoted()}`",
        "pipx": f"Run `pipx reinstall {_NAME}`",
        "pip": f"Run `{Path(sys.executable).name} -m pip install --force-reinstall {_quoted()}`",
        "bundle": "Install the program again",
    }[way()]


def program() -> str:
    """The command that starts the program in a terminal."""
    return "uv run workbench" if way() == "checkout" else "workbench"


def _quoted(extra: str = "") -> str:
    """The quoted package with an extra, for a shell."""
    origin, _ = _origin()
    named = f"{origin or _NAME}[{extra}]" if extra else origin or _NAME
    return f'"{named}"' if extra or " " in named else named


@cache
def _origin() -> tuple[str, bool]:
    """The folder or file of the installation, "" for a registry; and whether it is editable."""
    # Only for advice: not imported at start-up.
    from importlib.metadata import PackageNotFoundError, distribution
    from urllib.parse import unquote, urlsplit

    try:
        text = distribution(_NAME).read_text("direct_url.json")
    except PackageNotFoundError:
        # Run from its sources without any installation.
        return "", True
    if not text:
        return "", False
    told = json.loads(text)
    url = urlsplit(told.get("url", ""))
    place = unquote(url.path) if url.scheme == "file" else url.geturl()
    return place, bool(told.get("dir_info", {}).get("editable"))
