"""Places floats outside sentences: footnotes, captions, tables, margin notes.

A sentence across pages is not interrupted by floats between its halves: they are moved before the
paragraph on the first page, and after it on the second. A note across pages is joined likewise if
no sentence is.
"""

import re

from ingest.books import pdf_flow
from ingest.books.hyphens import Words
from ingest.books.pdf_flow import Block, Flow, Style

FLOATS = frozenset({"notes", "caption", "row", "aside", "names", "figure"})
_INNER_END = re.compile(r"[.!?…。！？][\"”’'»)\]]*\s+(?=[\"“‘'«(\[]?\w)")


def close(flow: Flow) -> None:
    """Append the floats of a page without a successor to its blocks."""
    flow.blocks.extend(flow.apart)
    flow.apart = []


def meet(previous: Flow, current: Flow, style: Style, existing: Words) -> None:
    """Join two consecutive pages, and place the floats of the first."""
    tail = next(
        (n for n in _backwards(previous.blocks) if previous.blocks[n].kind not in FLOATS), None
    )
    head = next((n for n, b in enumerate(current.blocks) if b.kind not in FLOATS), None)
    if tail is None or head is None:
        close(previous)
        _join_notes(previous, current, existing)
        return
    final, first = previous.blocks[tail], current.blocks[head]
    pdf_flow.join(final, first, style, existing)
    if not first.joins:
        close(previous)
        _join_notes(previous, current, existing)
        return
    between = [*previous.blocks[tail + 1 :], *previous.apart]
    previous.apart = []
    if between:
        del previous.blocks[tail + 1 :]
        if tail == 0 and final.joins:
            # It continues from the page before, too: floats go between two of its sentences.
            parts = _split(final)
            previous.blocks[:1] = [*parts[:-1], *between, parts[-1]]
            if len(parts) == 1:
                previous.blocks = [final, *between]
                first.joins, first.glue = False, ""
        else:
            previous.blocks[tail:tail] = between
    if head and first.joins:
        current.blocks.insert(0, current.blocks.pop(head))


def _backwards(blocks: list[Block]) -> range:
    return range(len(blocks) - 1, -1, -1)


def _split(block: Block) -> list[Block]:
    """Split a paragraph before its last sentence, if it has several."""
    ends = [match.end() for match in _INNER_END.finditer(block.text)]
    if not ends:
        return [block]
    at = ends[-1]
    retained = len(block.text[:at].rstrip())
    remainder = Block(
        block.text[at:], block.cells[at:], size=block.size, last=block.last, top=block.top
    )
    block.text, block.cells, block.last = block.text[:retained], block.cells[:retained], None
    return [block, remainder]


def _join_notes(previous: Flow, current: Flow, existing: Words) -> None:
    """Let an incomplete note continue with the one that opens the next page's notes."""
    if not previous.blocks or previous.blocks[-1].kind != "notes" or not current.apart:
        return
    final = previous.blocks[-1]
    at = next((n for n, block in enumerate(current.apart) if block.kind == "notes"), None)
    if at is None or not is_open(final):
        return
    first = current.apart[at]
    if pdf_flow.begins_note(first.text):
        return
    pdf_flow.joined(final, first, existing)
    current.blocks.insert(0, current.apart.pop(at))


def is_open(note: Block) -> bool:
    """Whether a note stops within a sentence."""
    return not pdf_flow.ends(note.text)
