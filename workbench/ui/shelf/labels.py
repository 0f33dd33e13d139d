"""Changes of tags, marks and collection names, each with its act for Undo."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from workbench.ui.components import words
from workbench.ui.language import tr

if TYPE_CHECKING:
    from workbench.library import Library
    from workbench.memory.fading.retention import Reinforced
    from workbench.ui.shelf.shelf import Shelf

#: What was done to memories.
REINFORCED, ARCHIVED = tr("Reinforced"), tr("Archived")


def tag(
    shelf: "Shelf",
    sources: Sequence[int],
    name: str,
    *,
    off: bool = False,
    said: str = "",
    unchanged: str = "",
) -> None:
    """Add a tag to sources, or remove it with `off`; announced as `Shelf.act` says.

    A tag without sources is deleted.
    """
    if sources:
        shelf.act(
            _entitled(name, off=off),
            lambda library: library.sources.tag(list(sources), name, remove=off),
            said=said,
            unchanged=unchanged,
        )


def tag_notes(shelf: "Shelf", ids: Sequence[int], name: str, *, on: bool) -> None:
    """Add a tag to facts and notes, or remove it."""

    def work(library: "Library") -> None:
        from workbench.library.options import Marks

        library.memory.mark(ids, Marks(tags=(name,)) if on else Marks(untag=(name,)))

    if ids:
        shelf.act(_entitled(name, off=not on), work)


def archive(shelf: "Shelf", engrams: Sequence[int], archived: bool = True) -> None:
    """Archive memories, or unarchive them."""

    def work(library: "Library") -> int:
        from workbench.library.options import Marks

        return library.memory.mark(engrams, Marks(archived=archived))

    def show(is_applied: bool) -> None:
        shelf.marked.emit(engrams, ARCHIVED if is_applied == archived else "")

    if archived:
        many = tr("{count} archived", count=words.number(len(engrams)))
        said = tr("{many} (still searchable)", many=ARCHIVED if len(engrams) == 1 else many)
        shelf.act(tr("Archive"), work, said=said, show=show)
    else:
        shelf.act(tr("Unarchive"), work, said=tr("It is ranked normally again"), show=show)


def reinforce(shelf: "Shelf", engrams: Sequence[int]) -> None:
    """Reinforce memories."""

    def said(result: "Reinforced") -> str:
        many = tr("{count} reinforced", count=words.number(result.count))
        return REINFORCED if result.count == 1 else many

    shelf.act(
        tr("Reinforce"),
        lambda library: library.memory.reinforce(*engrams),
        said=said,
        show=lambda is_applied: shelf.marked.emit(engrams, REINFORCED if is_applied else ""),
    )


def pin(shelf: "Shelf", engram: int, *, pinned: bool) -> None:
    """Pin a memory, so that it does not fade, or let it fade again."""
    from workbench.library.options import Marks

    shelf.act(
        tr("Pin") if pinned else tr("Let It Fade"),
        lambda library: library.memory.mark([engram], Marks(pinned=pinned)),
        said=tr("Pinned: it does not fade") if pinned else tr("It can fade again"),
        show=lambda _is_done: shelf.marked.emit((), ""),
    )


def _entitled(name: str, *, off: bool) -> str:
    return tr("Remove Tag “{name}”", name=name) if off else tr("Tag “{name}”", name=name)


def rename_collection(shelf: "Shelf", name: str, new: str) -> None:
    """Rename a collection."""
    if new != name:
        shelf.act(
            tr("Rename “{name}”", name=name),
            lambda library: library.collections.change(name, name=new),
            show=partial(_renamed, shelf, name, new),
        )


def _renamed(shelf: "Shelf", name: str, new: str, is_applied: bool) -> None:
    """Show the new name before the lists are reloaded, so that nothing jumps."""
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
