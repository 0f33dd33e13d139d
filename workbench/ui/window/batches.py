"""A batch of added files: what was named, and what became of each."""

import itertools
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbench.intake.records import QueueRow
from workbench.ui.language import tr

FINISHED = ("done", "failed", "cancelled", "skipped")
_MANY_COMING = 20
_numbers = itertools.count()


@dataclass(frozen=True, slots=True)
class Batch:
    """What was added in one go: its rows once all of them are finished.

    `before` are the sources that were in the library when it was asked for, `trashed` those that
    lay in the trash.
    """

    rows: tuple[QueueRow, ...]
    before: frozenset[int] = frozenset()
    trashed: frozenset[int] = frozenset()

    @property
    def added(self) -> tuple[int, ...]:
        """The sources that are new."""
        fresh = (row for row in self.rows if row.state == "done" and not row.already)
        old = self.before | self.trashed
        return tuple(source for row in fresh for source in row.sources if source not in old)

    @property
    def restored(self) -> tuple[int, ...]:
        """The sources that came back from the trash."""
        found: list[int] = []
        for row in self.rows:
            if row.state == "done" and row.restored:
                lay = [source for source in row.sources if source in self.trashed]
                # What was moved there after it was asked for came back, too.
                found += lay or [s for s in row.sources if row.already and s not in found]
        return tuple(found)

    @property
    def fresh(self) -> tuple[int, ...]:
        """The sources that are there now and were not before; Undo takes exactly these away."""
        return tuple(dict.fromkeys((*self.added, *self.restored)))

    @property
    def known(self) -> tuple[QueueRow, ...]:
        """Rows whose bytes were in the library before."""
        done = (row for row in self.rows if row.state == "done" and row.already)
        return tuple(row for row in done if not row.restored)

    @property
    def failed(self) -> tuple[QueueRow, ...]:
        """Rows that could not be read."""
        return tuple(row for row in self.rows if row.state == "failed")


@dataclass(slots=True)
class OpenBatch:
    """A batch under way."""

    rows: dict[int, QueueRow | None]
    before: frozenset[int]
    trashed: frozenset[int]

    def settle(self, rows: Mapping[int, QueueRow]) -> Batch | None:
        """Take the rows as they are now; the batch once it is over, None before."""
        for job, known in self.rows.items():
            self.rows[job] = rows.get(job, known)
        under_way = any(
            row is not None and job in rows and row.state not in FINISHED
            for job, row in self.rows.items()
        )
        over = tuple(row for row in self.rows.values() if row is not None)
        return None if under_way or not over else Batch(over, self.before, self.trashed)


def provisional(paths: Sequence[Path | str], collection: str | None) -> list[QueueRow]:
    """Rows for what is not on the queue yet; their ids are below nought."""
    names = [path.name if isinstance(path, Path) else path for path in paths]
    if len(names) > _MANY_COMING:
        names = [tr("{names} files", names=len(names))]
    return [
        QueueRow(
            id=-1 - next(_numbers),
            path=str(paths[at]) if len(names) == len(paths) else "",
            name=name,
            collection=collection,
            state="queued",
            stage="queued",
            stage_word=tr("Waiting for the library"),
            done=0,
            total=None,
            unit="",
            rate=None,
            seconds_left=None,
            error="",
            hint="",
            sources=(),
            already=False,
            added=time.time(),
        )
        for at, name in enumerate(names)
    ]


def expand(paths: Sequence[Path | str]) -> list[Path | str]:
    """Files and links stay; a folder becomes the visible files in it, at every depth, in order."""
    found: list[Path | str] = []
    for path in paths:
        if isinstance(path, str) or not path.is_dir():
            found.append(path)
            continue
        for folder, folders, files in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            shown = sorted(name for name in files if not name.startswith("."))
            found.extend(Path(folder) / name for name in shown)
    return found
