"""Locations of settings, cache, the default library, and files that ship with the program.

`WORKBENCH_HOME` moves settings, cache, models and the default library to one folder, for tests,
portable installs and profiles.
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
    """A path of the user made absolute, with "~" as the home folder.

    Raises `UsageError` if the current folder was removed.
    """
    path = Path(path)
    # "~x" may be a file if there is no user x.
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
    """Whether a path exists, as far as permissions tell."""
    try:
        return path.exists()
    except OSError:
        # The name is too long for this system, or the folder is not readable.
        return False


def config_dir() -> Path:
    """The folder of the settings file; may not exist."""
    return _folder("config", platformdirs.user_config_dir)


def cache_dir() -> Path:
    """The folder of everything that can be rebuilt; may not exist."""
    return _folder("cache", platformdirs.user_cache_dir)


def models_dir() -> Path:
    """The folder of downloaded models; may not exist."""
    return (_home() or Path(platformdirs.user_data_dir(_APP, appauthor=False))) / "models"


def log_dir() -> Path:
    """The folder of the window's logs; may not exist."""
    return _folder("log", platformdirs.user_log_dir)


def default_library() -> Path:
    """The default library: `Library.brain` in the user's documents."""
    home = _home()
    if home:
        return home / "Library.brain"
    return Path(platformdirs.user_documents_dir()) / "Engram Workbench" / "Library.brain"


def resources() -> Path:
    """The folder of files that ship with the program (icons, themes, sample, weights).

    Inside the package in a wheel, beside it in a checkout.
    """
    here = Path(__file__).resolve().parent
    inside = here / "resources"
    return inside if inside.is_dir() else here.parent / "resources"


def table(name: str) -> dict[str, Any]:
    """A TOML table that ships with the program, such as “window/menus.toml”."""
    return tomllib.loads((resources() / name).read_text("utf-8"))


def sample_book() -> Path:
    """The sample book: a short history of memory research, as EPUB."""
    return resources() / "sample" / "the-trace.epub"


def sample_papers() -> tuple[Path, ...]:
    """Three short papers about invented studies, as PDF."""
    return tuple(sorted((resources() / "sample" / "papers").glob("*.pdf")))


def sample_files() -> tuple[Path, ...]:
    """The files of the sample library, the book first."""
    names = ("lecture.ogg", "how-a-memory-moves.png", "letter-about-the-seminar.pdf")
    rest = (resources() / "sample" / name for name in names)
    return sample_book(), *sample_papers(), *rest
