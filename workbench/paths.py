"""Locations of settings, cache, the default library, and files that ship with the program.

`WORKBENCH_HOME` moves settings, cache, models and the default library to one folder, which is how
tests, portable installs and a second profile work.
"""

import contextlib
import os
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import platformdirs

from workbench.errors import UsageError

_APP = "engram-workbench"


def _home() -> Path | None:
    home = os.environ.get("WORKBENCH_HOME")
    return Path(home).expanduser() if home else None


def _folder(name: str, of_system: Callable[..., str]) -> Path:
    home = _home()
    return home / name if home else Path(of_system(_APP, appauthor=False))


def absolute(path: str | Path) -> Path:
    """A path as the user wrote it, made absolute, with "~" as the home folder.

    Raises `UsageError` for one that starts from a folder that has been removed meanwhile.
    """
    path = Path(path)
    # A file may be called "~x" without there being a user of that name.
    with contextlib.suppress(RuntimeError):
        path = path.expanduser()
    try:
        return path.absolute()
    except FileNotFoundError:
        raise UsageError(
            f"The current folder is gone, so it is not known where “{path}” is.",
            "Change to another folder, or give the full path.",
        ) from None


def is_there(path: Path) -> bool:
    """Whether there is anything of that name, as far as one may look."""
    try:
        return path.exists()
    except OSError:
        # A name that is too long for this system, or a folder that one may not look into.
        return False


def config_dir() -> Path:
    """The folder of the settings file (not created here)."""
    return _folder("config", platformdirs.user_config_dir)


def cache_dir() -> Path:
    """The folder of everything that can be rebuilt (not created here)."""
    return _folder("cache", platformdirs.user_cache_dir)


def models_dir() -> Path:
    """The folder of models that were loaded on request (not created here)."""
    return (_home() or Path(platformdirs.user_data_dir(_APP, appauthor=False))) / "models"


def log_dir() -> Path:
    """The folder of what the window notes of its own running (not created here)."""
    return _folder("log", platformdirs.user_log_dir)


def default_library() -> Path:
    """The library that opens when none is named: `Library.brain` in the user's documents."""
    home = _home()
    if home:
        return home / "Library.brain"
    return Path(platformdirs.user_documents_dir()) / "Engram Workbench" / "Library.brain"


def resources() -> Path:
    """The folder of what ships with the program (icons, themes, sample, weights).

    In an installed wheel it lies inside the package; in a checkout beside it.
    """
    here = Path(__file__).resolve().parent
    inside = here / "resources"
    return inside if inside.is_dir() else here.parent / "resources"


def table(name: str) -> dict[str, Any]:
    """A table that comes with the program, “window/menus.toml”."""
    return tomllib.loads((resources() / name).read_text("utf-8"))


def sample_book() -> Path:
    """The sample book: a short history of memory research, as EPUB."""
    return resources() / "sample" / "the-trace.epub"


def sample_papers() -> tuple[Path, ...]:
    """Three short papers about studies that are invented, as PDF."""
    return tuple(sorted((resources() / "sample" / "papers").glob("*.pdf")))


def sample_files() -> tuple[Path, ...]:
    """The files of the sample library: the book first, since one asks it first."""
    names = ("lecture.ogg", "how-a-memory-moves.png", "letter-about-the-seminar.pdf")
    rest = (resources() / "sample" / name for name in names)
    return sample_book(), *sample_papers(), *rest
