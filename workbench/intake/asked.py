"""What callers name, as what goes on the queue: files of folders, addresses behind shortcuts."""

from collections.abc import Sequence
from pathlib import Path

from ingest.web import shortcut
from workbench.errors import InputError
from workbench.intake import places


def expanded(paths: Sequence[str | Path]) -> list[str]:
    """The paths as the library stores them, with its files in place of every folder.

    A folder that cannot be looked into stands for itself: as a job it will say so.
    """
    found: list[str] = []
    for path in paths:
        text = places.as_text(path)
        if is_folder(text):
            found.extend(map(places.as_text, places.files_of(places.as_path(text))))
        else:
            found.append(text)
    return list(dict.fromkeys(found))


def behind_shortcuts(paths: Sequence[str | Path]) -> tuple[list[str | Path], set[str]]:
    """The paths, with the address in place of every shortcut to one; and these addresses."""
    named: list[str | Path] = []
    held: set[str] = set()
    for path in paths:
        text = places.as_text(path)
        address = None if places.is_link(text) else shortcut.address_in(places.as_path(text))
        if address is not None and places.is_link(address):
            held.add(places.as_text(address))
            named.append(address)
        else:
            named.append(path)
    return named, held


def size_of(stored: str) -> int | None:
    try:
        return None if places.is_link(stored) else places.as_path(stored).stat().st_size
    except OSError:
        return None


def is_folder(stored: str) -> bool:
    """Whether there is a folder of this name. As a job, it could not be looked into when named."""
    if places.is_link(stored) or places.is_pasted(stored):
        return False
    try:
        return places.as_path(stored).is_dir()
    except OSError:
        # A name that is too long for this system.
        return False


def files_of_job(stored: str) -> list[tuple[str, int | None]]:
    """The files of a folder that is a job, and their sizes. Raises `InputError` for none."""
    found = [(path, size_of(path)) for path in expanded([places.as_path(stored)])]
    name = places.name_of(stored)
    if any(path == stored for path, _ in found):
        raise InputError(
            f"The folder “{name}” cannot be looked into, so nothing of it was added.",
            "Check that you may read it, then retry.",
            reason="missing",
        )
    if not found:
        raise InputError(
            f"The folder “{name}” holds no files that can be read.",
            "Add a folder with books or documents in it.",
            reason="empty",
        )
    return found
