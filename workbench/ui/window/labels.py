"""Tags and the names of collections: every change of them, each with its act for Undo."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from workbench.ui.language import tr

if TYPE_CHECKING:
    from workbench.library import Library
    from workbench.ui.memories.rows import Memory
    from workbench.ui.window.library_actions import ActCallback, Shelf


def tag(
    shelf: "Shelf",
    sources: Sequence[int],
    name: str,
    done: "ActCallback | None" = None,
    *,
    off: bool = False,
) -> None:
    """Put a tag on sources, or take it `off` them.

    A tag that no source has any more goes with the last one.
    """
    if sources:
        shelf.act(
            _entitled(name, off=off),
            lambda library: library.sources.tag(list(sources), name, remove=off),
            done=done or (lambda _made, _act: None),
        )


def tag_notes(shelf: "Shelf", notes: Sequence["Memory"], name: str, *, on: bool) -> None:
    """Put a tag on facts and notes, or take it off those that have it."""
    ids = [row.id for row in notes if (name in row.tags) != on]

    def work(library: "Library") -> None:
        from workbench.library.options import Marks

        library.memory.mark(ids, Marks(tags=(name,)) if on else Marks(untag=(name,)))

    if ids:
        shelf.act(_entitled(name, off=not on), work)


def _entitled(name: str, *, off: bool) -> str:
    return tr("Remove Tag “{name}”", name=name) if off else tr("Tag “{name}”", name=name)


def rename_collection(shelf: "Shelf", name: str, new: str) -> None:
    """Give a collection another name."""
    if new != name:
        shelf.act(
            tr("Rename “{name}”", name=name),
            lambda library: library.collections.change(name, name=new),
            show=partial(_renamed, shelf, name, new),
        )


def _renamed(shelf: "Shelf", name: str, new: str, is_applied: bool) -> None:
    """Show the new name at once: the lists come a moment later, and nothing must jump till then."""
    old, new = (name, new) if is_applied else (new, name)

    def replace_name(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(new if item == old else item for item in names)

    shelf.sources = [
        replace(row, collections=replace_name(row.collections)) if old in row.collections else row
        for row in shelf.sources
    ]
    shelf.collections = [
        replace(row, name=new) if row.name == old else row for row in shelf.collections
    ]
    shelf.outdate()
    shelf.renamed.emit(old, new)
