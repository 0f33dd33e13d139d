"""Looks up, on a worker, what there is to ask about."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbench.library import Library


#: Sources that are offered to begin with.
_NEWEST = 3


@dataclass(frozen=True, slots=True)
class Contents:
    """How much there is to ask about; `writer` is the model that writes answers, "" for none.

    `asked`: questions of before are kept. `pictures`: an image model looks at this library's.
    `newest`: the id and title of the sources that were added last and have text, newest first.
    """

    sources: int
    passages: int
    collections: tuple[str, ...]
    writer: str = ""
    asked: bool = False
    pictures: bool = False
    newest: tuple[tuple[int, str], ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether there is no source to ask."""
        return not self.sources


def contents(library: "Library") -> Contents:
    """Look how much is in the library."""
    # Every key in the field asks what the line is for: the rules of that are loaded here, and
    # their patterns compiled by a first line.
    from workbench.memory.turn.intent import intent

    intent("Who built the mill, and why?")
    rows = library.sources.list()
    read = [row for row in rows if row.passages and row.verified is not None]
    newest = sorted(read, key=lambda row: (row.added, row.id), reverse=True)[:_NEWEST]
    return Contents(
        len(rows),
        sum(row.passages for row in rows),
        tuple(collection.name for collection in library.collections.list()),
        writer(library),
        bool(library.answers.list(limit=1)),
        library.pictures.space() is not None,
        tuple((row.id, row.title) for row in newest),
    )


def writer(library: "Library") -> str:
    """The model that is chosen to write answers, "" for none."""
    return library.models.choices().dialogue if library.answers.writes() else ""
