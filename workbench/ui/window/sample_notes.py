"""What the sample has beside its files: twenty notes, and a table of its papers."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from workbench import paths

if TYPE_CHECKING:
    from workbench.library import Library

_FILE = "sample/sample.toml"


def collection() -> str:
    """The collection that the sample is added to."""
    return str(paths.table(_FILE)["collection"])


def add_notes(library: "Library", papers: Sequence[int]) -> None:
    """Tell the notes, and make the table of the papers. What is there already stays as it is."""
    sample = paths.table(_FILE)
    for day, text in sample["notes"]:
        library.facts.tell(text, collection=sample["collection"], source=sample["teller"], at=day)
    if sample["table"] not in library.tables.list():
        library.tables.create(sample["table"], sample["questions"], sources=papers)


def remove_notes(library: "Library") -> None:
    """Delete the notes and the table for good, and take the collection away."""
    sample = paths.table(_FILE)
    if sample["collection"] in {row.name for row in library.collections.list()}:
        library.facts.forget(None, collection=sample["collection"], source=sample["teller"])
        library.collections.remove(sample["collection"])
    if sample["table"] in library.tables.list():
        library.tables.delete(sample["table"])
