"""A note beside a damaged library, so that no program writes to it any more.

A page that cannot be read today may be given to new rows tomorrow: writing to a damaged file spoils
what could still be saved. The note lies in a file of its own, since the library is not to be
touched, and goes when `verify` finds the library sound.
"""

import contextlib
import time
from functools import lru_cache
from pathlib import Path

from workbench import permissions
from workbench.errors import DamagedLibraryError

#: The ending of the note's name.
ENDING = "-damaged"
#: Characters of the note that are read.
_MAX_FACTS = 1000

#: Facts that this process has met and left out, since they are not as they were told.
_left_out: set[int] = set()


def leave_out(fact: int) -> None:
    """Remember that a fact is damaged and does not count."""
    _left_out.add(fact)


def left_out() -> str:
    """What was left out since this was asked last, with a next step; "" for nothing."""
    facts = sorted(_left_out)
    _left_out.clear()
    if not facts:
        return ""
    numbers = ", ".join(map(str, facts))
    subject = f"Fact {numbers} is" if len(facts) == 1 else f"Facts {numbers} are"
    return (
        f"{subject} damaged and left out. See the words with workbench verify; correct them with "
        "workbench edit ID TEXT, or restore a backup."
    )


@lru_cache(maxsize=64)
def _marker(library: Path) -> Path:
    # Asked for before every write.
    return library.with_name(library.name + ENDING)


def note(library: Path, description: str) -> None:
    """Note the damage, unless some is known already; a folder that is read-only keeps none."""
    place = _marker(library)
    with contextlib.suppress(OSError):
        if not place.exists() and library.exists():
            day = time.strftime("%Y-%m-%d %H:%M")
            permissions.private(place).write_text(f"{day} {description}\n", encoding="utf-8")


def describe(library: Path) -> str | None:
    """What is known to be damaged, and since when; None where nothing is."""
    try:
        with _marker(library).open(encoding="utf-8", errors="replace") as file:
            return file.read(_MAX_FACTS).strip() or "damage"
    except OSError:
        return None


def is_recorded(library: Path) -> bool:
    """Whether damage is known."""
    return _marker(library).exists()


def clear(library: Path) -> None:
    """Forget the damage: the library was looked at and is sound."""
    with contextlib.suppress(OSError):
        _marker(library).unlink(missing_ok=True)


def refusal(library: Path) -> DamagedLibraryError:
    """Why nothing is written."""
    return DamagedLibraryError(
        f"The library “{library.name}” is damaged; nothing more is written to it, so that the "
        "rest stays readable.",
        f"Save what can be read: workbench salvage {library.name} NEW.brain. Or restore a backup; "
        "workbench verify shows what is damaged, and notices when everything is sound again.",
    )
