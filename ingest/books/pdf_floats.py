"""What floats beside the running text: footnotes, captions, tables, notes in the margin.

A sentence that goes on over the end of a page is not interrupted by what stands between its two
halves: that is moved before the paragraph on the first page, behind it on the second. A note
that runs over the page end is joined in the same way where no sentence of the text is there.
"""

import re

from ingest.books import pdf_flow
from ingest.books.hyphens import Words
from ingest.books.pdf_flow import Block, Flow, Style

FLOATS = frozenset({"notes", "caption", "row", "aside", "names", "figure"})
_INNER_END = re.compile(r"[.!?…。！？][\"”’'»)\]]*\s+(?=[\"“‘'«(\[]?\w)")


def close(flow: Flow) -> None:
    """Put what a page keeps apart at the end of its blocks, where no page follows."""
    flow.blocks.extend(flow.apart)
    flow.apart = []


def meet(before: Flow, current: Flow, style: Style, known: Words) -> None:
    """Join two pages in a row, and settle where the floats of the first stand."""
    tail = next((n for n in _backwards(before.blocks) if before.blocks[n].kind not in FLOATS), None)
    head = next((n for n, b in enumerate(current.blocks) if b.kind not in FLOATS), None)
    if tail is None or head is None:
        close(before)
        _join_notes(before, current, known)
        return
    last, first = before.blocks[tail], current.blocks[head]
    pdf_flow.join(last, first, style, known)
    if not first.joins:
        close(before)
        _join_notes(before, current, known)
        return
    between = [*before.blocks[tail + 1 :], *before.apart]
    before.apart = []
    if between:
        del before.blocks[tail + 1 :]
        if tail == 0 and last.joins:
            # It came from the page before, too: what floats goes between two of its sentences.
            parts = _split(last)
            before.blocks[:1] = [*parts[:-1], *between, parts[-1]]
            if len(parts) == 1:
                before.blocks = [last, *between]
                first.joins, first.glue = False, ""
        else:
            before.blocks[tail:tail] = between
    if head and first.joins:
        current.blocks.insert(0, current.blocks.pop(head))


def _backwards(blocks: list[Block]) -> range:
    return range(len(blocks) - 1, -1, -1)


def _split(block: Block) -> list[Block]:
    """A paragraph in two, between the last two of its sentences; in one where it has only one."""
    ends = [match.end() for match in _INNER_END.finditer(block.text)]
    if not ends:
        return [block]
    at = ends[-1]
    kept = len(block.text[:at].rstrip())
    rest = Block(block.text[at:], block.cells[at:], size=block.size, last=block.last, top=block.top)
    block.text, block.cells, block.last = block.text[:kept], block.cells[:kept], None
    return [block, rest]


def _join_notes(before: Flow, current: Flow, known: Words) -> None:
    """Let a note that is not at its end go on with the one that opens the next page's notes."""
    if not before.blocks or before.blocks[-1].kind != "notes" or not current.apart:
        return
    last = before.blocks[-1]
    at = next((n for n, block in enumerate(current.apart) if block.kind == "notes"), None)
    if at is None or not is_open(last):
        return
    first = current.apart[at]
    if pdf_flow.begins_note(first.text):
        return
    pdf_flow.joined(last, first, known)
    current.blocks.insert(0, current.apart.pop(at))


def is_open(note: Block) -> bool:
    """Whether a note stops in mid-sentence."""
    return not pdf_flow.ends(note.text)
