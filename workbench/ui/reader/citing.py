"""The text of a quotation for the clipboard: its words and its reference."""

from workbench.recall.records import Place, SourceRef
from workbench.recall.wording import reference
from workbench.store.records import PageRow
from workbench.ui.reader.opening import Shelf


def place_of(shelf: Shelf, span: tuple[int, int] | None, here: int, page: PageRow | None) -> Place:
    """The place of a span of the source's text.

    Without a span it is the place `here`, or that of `page` where pages are shown.
    """
    offset = span[0] if span else here
    page = None if span else page
    page = page or shelf.page_at(offset)
    section = shelf.section_at(page.start if page and not span else offset)
    return Place(
        page=page.number if page else None,
        page_label=page.label if page else None,
        chapter=shelf.path(section) if section else None,
        start=offset,
        end=span[1] if span else offset,
    )


def cited(shelf: Shelf, place: Place, words: str) -> str:
    """A line for the clipboard: `words` at a place of the source with their reference.

    Without words it is the reference alone.
    """
    source = shelf.source
    named = SourceRef(source.id, source.key, source.title, source.path, source.kind)
    line = reference(named, place, source.author)
    return f"“{words}” ({line})" if words else line
