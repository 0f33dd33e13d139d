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


def remove_notes(library: "Library", papers: Sequence[int]) -> None:
    """Delete the notes and the table of the papers for good, and the collection if it is empty.

    Another table of that name stays.
    """
    sample = paths.table(_FILE)
    name = sample["collection"].casefold()
    if row := next((c for c in library.collections.list() if c.name.casefold() == name), None):
        library.facts.forget(None, collection=row.name, source=sample["teller"])
        used = {scope.collection for scope in library.collections.scopes()}
        if not row.sources and row.name not in used:
            library.collections.remove(row.name)
    if sample["table"] in library.tables.list():
        table = library.tables.get(sample["table"])
        rows = {item.source.id for item in table.rows}
        if list(table.questions) == sample["questions"] and rows <= set(papers):
            library.tables.delete(table.name)
