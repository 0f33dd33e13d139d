"""A marker file beside a damaged library that stops all programs from writing to it.

A page that cannot be read may be reused for new rows, so writing to a damaged file destroys
recoverable data. The marker is a separate file, as the library must stay unchanged; `verify`
removes it when the library is sound.
"""

import contextlib
import time
from functools import lru_cache
from pathlib import Path

from workbench import permissions
from workbench.errors import DamagedLibraryError

#: Suffix of the marker's name.
ENDING = "-damaged"
#: Maximum characters read from the marker.
_MAX_FACTS = 1000

#: Damaged facts that this process has skipped.
_left_out: set[int] = set()


def leave_out(fact: int) -> None:
    """Record that a damaged fact was skipped."""
    _left_out.add(fact)


def left_out() -> str:
    """A message about the facts skipped since the last call, with a next step; "" for none."""
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
    # Called before every write.
    return library.with_name(library.name + ENDING)


def note(library: Path, description: str) -> None:
    """Write the marker unless it exists; not possible in a read-only folder."""
    place = _marker(library)
    with contextlib.suppress(OSError):
        if not place.exists() and library.exists():
            day = time.strftime("%Y-%m-%d %H:%M")
            permissions.private(place).write_text(f"{day} {description}\n", encoding="utf-8")


def describe(library: Path) -> str | None:
    """The content of the marker, or None."""
    try:
        with _marker(library).open(encoding="utf-8", errors="replace") as file:
            return file.read(_MAX_FACTS).strip() or "damage"
    except OSError:
        return None


def is_recorded(library: Path) -> bool:
    """Whether the marker exists."""
    return _marker(library).exists()


def clear(library: Path) -> None:
    """Remove the marker of a library that was verified as sound."""
    with contextlib.suppress(OSError):
        _marker(library).unlink(missing_ok=True)


def refusal(library: Path) -> DamagedLibraryError:
    """The error for writes to a damaged library."""
    return DamagedLibraryError(
        f"The library “{library.name}” is damaged; nothing more is written to it, so that the "
        "rest stays readable.",
        f"Save what can be read: workbench salvage {library.name} NEW.brain. Or restore a backup; "
        "workbench verify shows what is damaged, and notices when everything is sound again.",
    )
