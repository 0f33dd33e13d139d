"""`workbench doctor`: what works on this machine, and how to install what does not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbench import paths, permissions
from workbench.capability import Capability, State
from workbench.cli.actions import Arguments
from workbench.cli.output import Output
from workbench.doctor import examine, warnings
from workbench.intake.records import LookUp
from workbench.jobs import Cancel
from workbench.store import damage


@dataclass(frozen=True, slots=True)
class Checkup:
    """Capabilities, locations, files readable by other users, and the number made private."""

    healthy: bool
    capabilities: Sequence[Capability]
    places: Mapping[str, str]
    exposed: Sequence[str]
    damaged: str | None
    refusal: str
    closed: int
    warnings: Sequence[str]


def checkup(_library: Any, arguments: Arguments, _: Output) -> Checkup:
    """Check capabilities and file permissions; `--repair` makes files private."""
    library = getattr(arguments, "library", None)
    file = paths.default_library() if library is None else paths.absolute(library)
    capabilities = examine(file)
    exposed = list(permissions.exposed(_files(file)))
    closed = len(exposed)
    if arguments.repair:
        exposed = permissions.close(exposed)
    damaged = damage.describe(file)
    working = all(row.state is State.WORKS for row in capabilities if row.needed)
    places = {
        "library": str(file),
        "settings": str(paths.config_dir()),
        "cache": str(paths.cache_dir()),
    }
    # Files with the text of a library first.
    exposed.sort(key=lambda row: (row.path.suffix != ".brain", row.path))
    return Checkup(
        damaged is None and working,
        capabilities,
        places,
        [str(row.path) for row in exposed],
        damaged,
        "" if damaged is None else str(damage.refusal(file)),
        closed - len(exposed),
        warnings(file),
    )


def newest_release(_library: Any, arguments: Arguments, _: Output) -> LookUp:
    """Show the request for the newest version; `--send` makes it."""
    # Deferred, with what reads lists of references.
    from workbench.intake import bibliography

    return bibliography.newest_release(arguments.send, Cancel())


def _files(file: Path) -> list[Path]:
    """Files and folders of the program and the library, including backups before migrations."""
    try:
        beside = file.parent.iterdir()
        copies = sorted(row for row in beside if row.name.startswith(f"{file.stem}.before-"))
    except OSError:
        copies = []
    library = [Path(f"{file}{end}") for end in ("", "-wal", "-shm", "-journal")]
    return [paths.config_dir(), paths.cache_dir(), paths.log_dir(), *library, *copies]
