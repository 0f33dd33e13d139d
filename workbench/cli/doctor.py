"""`workbench doctor`: what works on this machine, and the line that adds what does not."""

from collections.abc import Sequence
from pathlib import Path

from workbench import paths, permissions
from workbench.capabilities import State
from workbench.cli.output import Output
from workbench.doctor import examine
from workbench.store import damage

#: Files that are named one by one; of more only the number.
_NAMED = 5


def doctor(output: Output, library: str | None = None, *, repair: bool = False) -> int:
    """Print every capability with its state; 0 when all that is needed works, else 1.

    Files of `library` (None: the default) and of the program that other users can read are named,
    or closed with `repair`.
    """
    file = paths.default_library() if library is None else paths.absolute(library)
    found = examine(file)
    exposed = list(permissions.exposed(_places(file)))
    if repair:
        closed, exposed = len(exposed), permissions.close(exposed)
        closed -= len(exposed)
    damaged = damage.known(file)
    healthy = damaged is None and all(each.state is State.WORKS for each in found if each.needed)
    places = {
        "library": str(file),
        "settings": str(paths.config_dir()),
        "cache": str(paths.cache_dir()),
    }
    if output.as_json:
        readable = [str(each.path) for each in exposed]
        output.record(
            {
                "healthy": healthy,
                "capabilities": found,
                "places": places,
                "exposed": readable,
                "damaged": damaged,
            }
        )
        return 0 if healthy else 1
    for capability in found:
        how = f"  {capability.how}" if capability.how else ""
        sign = "✓" if capability.state is State.WORKS else "✗" if capability.needed else "–"
        line = f"{sign} {capability.name.ljust(38)} {capability.state.ljust(14)}{how}"
        output.result(line.rstrip())
    output.result("")
    for name, place in places.items():
        output.result(f"{name.ljust(10)} {place}")
    output.result("network    off: nothing leaves this machine")
    if damaged is not None:
        output.result(f"✗ {damage.refusal(file)} Found: {damaged}")
    if repair and closed:
        output.result(f"Closed {closed:,} files and folders: only you can read them now.")
    if exposed:
        _name(exposed, output, repair=repair)
    return 0 if healthy else 1


def _places(file: Path) -> list[Path]:
    """Files and folders that belong to the program or to the library."""
    beside = [Path(f"{file}{end}") for end in ("", "-wal", "-shm", "-journal")]
    beside += _copies(file)
    return [paths.config_dir(), paths.cache_dir(), paths.log_dir(), *beside]


def _copies(file: Path) -> list[Path]:
    """Copies that the program has made beside the library, before a migration or restoration."""
    try:
        return sorted(
            each for each in file.parent.iterdir() if each.name.startswith(f"{file.stem}.before-")
        )
    except OSError:
        return []


def _name(exposed: Sequence[permissions.Open], output: Output, *, repair: bool) -> None:
    number = f"{len(exposed):,} files and folders" if len(exposed) > 1 else "One file or folder"
    output.result(f"\n{number} can be read by other users of this machine:")
    # What holds the text of a library first.
    first = sorted(exposed, key=lambda each: (each.path.suffix != ".brain", each.path))
    for each in first[:_NAMED]:
        output.result(f"  {each.path}")
    if len(exposed) > _NAMED:
        output.result(f"  … and {len(exposed) - _NAMED:,} more")
    if repair:
        output.result("They belong to another user, who alone can close them.")
    else:
        output.result("Close them with `workbench doctor --repair`.")
