"""What is put on the clipboard with a quotation: its words and where they stand."""

from workbench.recall.records import Place, SourceRef
from workbench.store.records import PageRow
from workbench.ui.ask.wording import reference
from workbench.ui.reader.opening import Shelf


def cited(
    shelf: Shelf, span: tuple[int, int] | None, words: str, here: int, page: PageRow | None
) -> str:
    """A line for the clipboard: `words` of the source's text at `span` with their reference.

    Without a span it is the reference of the place `here`, or of `page` where pages are shown.
    """
    source = shelf.source
    offset = span[0] if span else here
    page = None if span else page
    page = page or shelf.page_at(offset)
    section = shelf.section_at(page.start if page and not span else offset)
    place = Place(
        page=page.number if page else None,
        page_label=page.label if page else None,
        chapter=shelf.path(section) if section else None,
        start=offset,
        end=span[1] if span else offset,
    )
    named = SourceRef(source.id, source.key, source.title, source.path, source.kind)
    line = reference(named, place, source.author)
    return f"“{words}” ({line})" if span else line
