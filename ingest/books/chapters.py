"""Blocks of text into sections: chapters at headings, and everything that is not the book apart.

Every reader of a document with headings (EPUB, HTML, Word, OpenDocument, RTF, Markdown) produces
`Block`s; this module decides where chapters begin, their paths, which of them are front matter, and
how blocks become a section's text and passages.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from ingest import scripts, segment
from ingest.books import gutenberg
from ingest.books.headings import is_list, is_notes
from ingest.books.markup import Block
from ingest.records import Item, Passage, Section, Span
from ingest.stretches import stretches

#: A longer chapter is divided into sections of about `STRETCH` characters.
LONGEST = 90_000
STRETCH = 60_000


@dataclass(slots=True)
class Chapter:
    """A section under construction; `chapter` is the path of titles to it."""

    title: str
    chapter: str
    level: int
    blocks: list[Block] = field(default_factory=list)
    kind: str = ""


def by_headings(blocks: Sequence[Block], title: str = "") -> Iterator[Chapter]:
    """Divide a document at its headings.

    `title` is the title of the document: a heading that repeats it is part of no path. Levels count
    from 1 for the outermost heading, whatever its own number.
    """
    if not any(block.text and not block.level for block in blocks):
        # Nothing but headings: they become the text.
        blocks = [Block(b.text, ids=b.ids, types=b.types, linked=b.linked) for b in blocks]
    yield from _stretched(_title_page(list(_cut(_demoted(blocks), title))))


_SENTENCE = re.compile(r"[a-zà-ÿ]{2,}[.!?…][\"”’)]*(?:\s|$)")


def _demoted(blocks: Sequence[Block]) -> Iterator[Block]:
    """Turn headings that are sentences with nothing below (mottoes, last lines) into text."""
    texts = [block for block in blocks if block.text]
    for block, following in zip(texts, [*texts[1:], None], strict=True):
        empty = following is None or 0 < following.level <= block.level
        if (
            block.level > 1
            and empty
            and len(block.text.split()) >= 4
            and _SENTENCE.search(block.text)
        ):
            yield replace(block, level=0)
        else:
            yield block


def _cut(blocks: Iterable[Block], title: str) -> Iterator[Chapter]:
    current = Chapter("", "", 1)
    above: list[tuple[int, str]] = []
    for block in blocks:
        if not block.text:
            continue
        if block.level and not block.note:
            if current.blocks:
                yield _kinded(current)
            name = " ".join(block.text.split())
            above = [(level, item) for level, item in above if level < block.level]
            inner = [] if repeats(name, title) else [(block.level, name)]
            path = " · ".join(item for _, item in (*above, *inner))
            current = Chapter(name, path, len(above) + 1)
            if not is_list(name):
                above += inner
        current.blocks.append(block)
    if current.blocks:
        yield _kinded(current)


def repeats(heading: str, title: str) -> bool:
    """Whether a heading repeats the title of the document, ignoring punctuation and case."""
    plain, full = ("".join(filter(str.isalnum, item.casefold())) for item in (heading, title))
    return plain == full


def _kinded(chapter: Chapter) -> Chapter:
    if is_list(chapter.title) or _is_directory(chapter.blocks):
        chapter.kind = "front"
    elif is_notes(chapter.title):
        chapter.kind = "notes"
    return chapter


def _is_directory(blocks: Sequence[Block]) -> bool:
    """Whether a chapter consists of links to other places."""
    running = [block for block in blocks if not block.level]
    characters = sum(len(block.text) for block in running)
    linked = sum(block.linked for block in running)
    return len(running) > 3 and linked * 10 > characters * 8


def _title_page(chapters: list[Chapter]) -> Iterator[Chapter]:
    """Join three or more headings without text at the beginning: a title page."""
    first = 0 if not chapters or chapters[0].title else 1
    final = first
    while final < len(chapters) and all(b.level for b in chapters[final].blocks):
        final += 1
    if final - first < 3:
        yield from chapters
        return
    yield from chapters[:first]
    page = chapters[first]
    lines = [block for chapter in chapters[first:final] for block in chapter.blocks]
    yield Chapter(page.title, page.chapter, 1, lines, "front")
    yield from chapters[final:]


def _stretched(chapters: Iterable[Chapter]) -> Iterator[Chapter]:
    for chapter in chapters:
        if sum(len(block.text) for block in chapter.blocks) <= LONGEST:
            yield chapter
            continue
        pending: list[Block] = []
        size = 0
        for block in (piece for full in chapter.blocks for piece in _pieces(full)):
            pending.append(block)
            size += len(block.text)
            if size >= STRETCH:
                yield Chapter(chapter.title, chapter.chapter, chapter.level, pending, chapter.kind)
                pending, size = [], 0
        if pending:
            yield Chapter(chapter.title, chapter.chapter, chapter.level, pending, chapter.kind)


def _pieces(block: Block) -> Iterator[Block]:
    """A block, or the pieces of one that is as long as a book."""
    spans = list(stretches(block.text, 0, len(block.text), segment.BLANK_LINE))
    if len(spans) == 1:
        yield block
        return
    for start, end in spans:
        words = block.text[start:end].strip()
        if words:
            yield replace(block, text=words, ids=[] if start else block.ids)


def sections(
    chapters: Iterable[Chapter], language: str, start_section: int = 0
) -> Iterator[Section]:
    """The sections of a document in order, from `start_section` on."""
    offset = ordinal = 0
    page = ""
    for chapter in chapters:
        for part in by_kind(chapter):
            created = section(part, ordinal, offset, language, page)
            if ordinal >= start_section:
                yield created
            offset, ordinal = created.end, ordinal + 1
            page = next((block.pages[-1][1] for block in part.blocks[::-1] if block.pages), page)


def by_kind(chapter: Chapter) -> Iterator[Chapter]:
    """Split off Project Gutenberg's header and licence."""
    if chapter.kind:
        yield chapter
        return
    runs: list[tuple[str, list[Block]]] = []
    for block, kind in zip(chapter.blocks, _block_kinds(chapter.blocks), strict=True):
        if not runs or runs[-1][0] != kind:
            runs.append((kind, []))
        runs[-1][1].append(block)
    for kind, results in runs:
        if kind == "body":
            yield Chapter(chapter.title, chapter.chapter, chapter.level, results, "body")
        else:
            yield Chapter("Project Gutenberg", "Project Gutenberg", 1, results, kind)


def _block_kinds(found: list[Block]) -> list[str]:
    kinds = []
    state = "body"
    for block in found:
        if "pg-header" in block.types:
            kinds.append("front")
        elif "pg-footer" in block.types:
            kinds.append("back")
        else:
            kinds.append("body")
    text = "\n\n".join(block.text for block in found)
    if "roject Gutenberg" not in text and "PROJECT GUTENBERG" not in text:
        return kinds
    wrapping = gutenberg.unwrap(text)
    if not wrapping.exists:
        return kinds
    position = 0
    for index, block in enumerate(found):
        if position < wrapping.body[0]:
            state = "front"
        elif position >= wrapping.body[1]:
            state = "back"
        else:
            state = kinds[index]
        kinds[index] = state
        position += len(block.text) + 2
    return kinds


def _numbered(block: Block) -> Block:
    """A paragraph of a list with its number, by which people ask for it ("clause 1.2")."""
    if not any(map(str.isalnum, block.mark)) or block.level:
        return block
    return replace(block, text=f"{block.mark} {block.text}", mark="")


def section(chapter: Chapter, ordinal: int, offset: int, language: str, page: str = "") -> Section:
    """Assemble blocks into text, with notes at its end.

    Passages exclude headings, and paragraphs that are struck out. It begins on the printed `page`.
    """
    ordered = chapter.blocks
    if chapter.kind != "notes":
        ordered = [b for b in ordered if not b.note] + [b for b in ordered if b.note]
    ordered = [_numbered(block) for block in ordered]
    text = "".join(f"{block.text}\n\n" for block in ordered)
    body: list[Span] = []
    items: list[Item] = []
    pages = [(offset, page)]
    position = 0
    open_at: int | None = None
    was_note = False
    for block in ordered:
        end = position + len(block.text) + 2
        silent = bool(block.level) or scripts.is_struck(block.text)
        if silent or (block.note and not was_note):
            if open_at is not None:
                body.append((open_at, position))
            open_at = None
        if not silent and open_at is None:
            open_at = position
        if block.depth and not block.level:
            items.append((offset + position, block.depth, block.mark))
        pages += [(offset + position + int(at * len(block.text)), to) for at, to in block.pages]
        was_note = block.note
        position = end
    if open_at is not None:
        body.append((open_at, position))
    kind = chapter.kind or "body"
    passages = (
        segment.passages(text, offset, language, chapter=chapter.chapter or None, body=body)
        if kind in {"body", "notes"}
        else ()
    )
    if len(pages) > 1 or page:
        passages = tuple(_on_page(passage, pages) for passage in passages)
    return Section(
        ordinal=ordinal,
        title=chapter.title,
        start=offset,
        text=text,
        passages=passages,
        level=chapter.level,
        kind=kind,
        figures=sum(block.figures for block in ordered),
        items=tuple(items),
    )


def _on_page(passage: Passage, pages: Sequence[tuple[int, str]]) -> Passage:
    """The passage with the label of its printed page, such as “7”, or “7–9” for several."""
    place = passage.locator
    first = next((label for at, label in reversed(pages) if at <= place.start), "")
    last = next((label for at, label in reversed(pages) if place.start < at < place.end), first)
    label = f"{first}–{last}" if first and last != first else last
    return replace(passage, locator=replace(place, page_label=label or None))
