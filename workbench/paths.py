"""Locations of settings, cache, the default library, and files that ship with the program.

`WORKBENCH_HOME` moves settings, cache, models and the default library to one folder, which is how
tests, portable installs and a second profile work.
"""

import contextlib
import os
from pathlib import Path

import platformdirs

from workbench.errors import UsageError

_APP = "engram-workbench"


def _home() -> Path | None:
    home = os.environ.get("WORKBENCH_HOME")
    return Path(home).expanduser() if home else None


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
    home = _home()
    return home / "config" if home else Path(platformdirs.user_config_dir(_APP, appauthor=False))


def cache_dir() -> Path:
    """The folder of everything that can be rebuilt (not created here)."""
    home = _home()
    return home / "cache" if home else Path(platformdirs.user_cache_dir(_APP, appauthor=False))


def models_dir() -> Path:
    """The folder of models that were loaded on request (not created here)."""
    home = _home()
    if home:
        return home / "models"
    return Path(platformdirs.user_data_dir(_APP, appauthor=False)) / "models"


def log_dir() -> Path:
    """The folder of what the window notes of its own running (not created here)."""
    home = _home()
    return home / "log" if home else Path(platformdirs.user_log_dir(_APP, appauthor=False))


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


def sample_book() -> Path:
    """The sample book: a short history of memory research, as EPUB."""
    return resources() / "sample" / "the-trace.epub"
