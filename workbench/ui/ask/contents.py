"""What there is to ask about, looked up on a worker."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbench.library import Library


@dataclass(frozen=True, slots=True)
class Contents:
    """How much there is to ask about; `writer` is the model that writes answers, "" for none.

    `asked`: questions of before are kept. `pictures`: an image model looks at this library's.
    """

    sources: int
    passages: int
    collections: tuple[str, ...]
    writer: str = ""
    asked: bool = False
    pictures: bool = False

    @property
    def nothing(self) -> bool:
        """Whether there is no source to ask."""
        return not self.sources


def contents(library: "Library") -> Contents:
    """Look how much is in the library."""
    rows = library.sources.list()
    return Contents(
        len(rows),
        sum(row.passages for row in rows),
        tuple(collection.name for collection in library.collections.list()),
        writer(library),
        bool(library.answers.list(limit=1)),
        library.pictures.space() is not None,
    )


def writer(library: "Library") -> str:
    """The model that is chosen to write answers, "" for none."""
    return library.models.choices().dialogue if library.answers.writes() else ""
