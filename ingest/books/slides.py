"""PowerPoint presentations (PPTX): each slide under its title, with texts, tables and notes.

Read by python-pptx after the package was checked (`archive`). Shapes are read from the top and
left, with charts and diagrams below them; comments are notes. Hidden slides are left out and named.
"""

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from ingest import scripts
from ingest.books import document, drawings, formulas, naming, symbol_fonts, table_rows
from ingest.books.archive import attribute, damaged, local, open_package, whole_number, xml
from ingest.books.document import Document
from ingest.books.markup import Block
from ingest.books.numerals import numeral
from ingest.books.sheets import left_out
from ingest.errors import NoTextError
from ingest.parts import Parts
from ingest.records import Reading, ReadRequest

READER = "slides/6"

_NOUN = "PowerPoint presentation"
#: Depth to which groups of shapes are followed.
_DEEPEST = 20


def read(path: Path, request: ReadRequest) -> Iterator[Reading]:
    """Read one PPTX: `Source`, then its `Section`s from `start_section` on.

    Raises `DamagedFileError` and `NoTextError`.
    """
    parts = Parts("slide", cancel=request.cancel)
    hidden: dict[str, str] = {}
    with open_package(path, _NOUN):
        text = _document(path, parts, hidden)
    empty = NoTextError(
        "This presentation contains no text, only pictures or nothing at all.",
        "Save or export it as PDF and add that: its pictures are read there.",
    )
    yield from document.records(
        text, path, document.Format("slides", READER), request, parts, empty
    )
    if hidden:
        yield left_out("slide", hidden)


def _document(path: Path, parts: Parts, hidden: dict[str, str]) -> Document:
    from pptx import Presentation

    try:
        visible = Presentation(str(path))
        slides = list(visible.slides)
    except Exception as error:
        # It raises many kinds of errors for a corrupt package.
        raise damaged(_NOUN) from error
    text = Document()
    unseen: list[str] = []
    for number, slide in enumerate(slides, 1):
        parts.check()
        blocks = parts.items(str(number), partial(_slide, slide, number, unseen, parts))
        if slide.element.get("show") in {"0", "false"}:
            hidden |= {block.text: " ".join(b.text for b in blocks) for block in blocks[:1]}
        else:
            text.blocks += blocks
    text.leave_out(unseen)
    text.add_edges(parts.items("layouts", partial(_drawn, slides)))
    parts.value("what it says about itself", partial(_describe, visible, text))
    if not text.title and text.blocks:
        text.title = text.blocks[0].text.partition(": ")[2]
    return text


def _slide(slide: Any, number: int, unseen: list[str], parts: Parts) -> list[Block]:
    """The blocks of a slide; the words of hidden shapes go to `unseen`."""
    _unwrap(slide.element)
    head = slide.shapes.title
    title = " ".join(head.text_frame.text.split()) if head is not None else ""
    blocks = [Block(f"Slide {number}: {title}" if title else f"Slide {number}", level=1)]
    shapes = [item for item in slide.shapes if head is None or item.shape_id != head.shape_id]
    blocks += map(Block, _texts(shapes, 0, unseen))
    for item in slide.element.iter():
        id = attribute(item, drawings.REFERENCES.get(local(item), ""))
        if id in slide.part.rels and not slide.part.rels[id].is_external:
            blocks += parts.items(f"{number}, a drawing", partial(_drawing, slide.part, id))
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        blocks += map(Block, _paragraphs(slide.notes_slide.notes_text_frame))
    blocks += _comments(slide)
    return blocks if title or len(blocks) > 1 else []


def _drawing(part: Any, id: str) -> list[Block]:
    """The blocks of a chart or diagram."""
    root = xml(part.related_part(id).blob, _NOUN)
    return [Block(text) for text in drawings.texts(root)]


def _comments(slide: Any) -> Iterator[Block]:
    """The comments on a slide, with their authors where these are named in a list."""
    for relation in slide.part.rels.values():
        if relation.is_external or not relation.reltype.endswith("/comments"):
            continue
        for item in xml(relation.target_part.blob, _NOUN).iter():
            if local(item) == "cm":
                words = [part.text or "" for part in item.iter() if local(part) in {"text", "t"}]
                if text := " ".join(" ".join(words).split()):
                    yield Block(f"Comment: {text}", note=True)


def _unwrap(root: Any) -> None:
    """Put the first of several alternatives in their place, such as shapes with formulas."""
    for item in [item for item in root.iter() if local(item) == "AlternateContent"]:
        parent, chosen = item.getparent(), next(iter(item), ())
        for inner in list(chosen):
            item.addprevious(inner)
        parent.remove(item)


def _drawn(slides: Iterable[Any]) -> list[str]:
    """The words that layouts and masters draw on their slides."""
    layouts = {slide.slide_layout.part.partname: slide.slide_layout for slide in slides}
    pages = [page for layout in layouts.values() for page in (layout, layout.slide_master)]
    shapes = (item for page in pages for item in page.shapes if not item.is_placeholder)
    return list(_texts(shapes, 0, []))


def _texts(shapes: Iterable[Any], depth: int, unseen: list[str]) -> Iterator[str]:
    """The text of shapes, from the top and left; that of hidden ones goes to `unseen`."""
    for shape in sorted(shapes, key=lambda item: (item.top or 0, item.left or 0)):
        facts = next(shape.element.iter("{*}cNvPr"), None)
        if facts is not None and facts.get("hidden") in {"1", "true"}:
            unseen += [item.text or "" for item in shape.element.iter() if local(item) == "t"]
        elif hasattr(shape, "shapes"):
            if depth < _DEEPEST:
                yield from _texts(shape.shapes, depth + 1, unseen)
        elif shape.has_text_frame:
            yield from _paragraphs(shape.text_frame)
        elif shape.has_table:
            rows = [
                [" ".join(_paragraphs(cell.text_frame)) for cell in row.cells]
                for row in shape.table.rows
            ]
            yield from table_rows.texts(rows, int(shape.table.first_row))


#: Automatic numbers of paragraphs, by the beginnings of their names (ECMA-376 part 1, 20.1.10.61).
_FORMS = {"alphaLc": "a", "alphaUc": "A", "romanLc": "i", "romanUc": "I", "arabic": "1"}


def _number(paragraph: Any, counts: dict[int, int]) -> str:
    """The automatic number of a paragraph, which is counted by its level; "" without one."""
    level = paragraph.level
    for deeper in [at for at in counts if at > level]:
        del counts[deeper]
    facts = paragraph._p.pPr
    auto = [item for item in (facts if facts is not None else ()) if local(item) == "buAutoNum"]
    if not auto:
        counts.pop(level, None)
        return ""
    kind = auto[0].get("type", "")
    start = whole_number(auto[0].get("startAt", "1")) or 1
    counts[level] = counts.get(level, start - 1) + 1
    form = next((form for name, form in _FORMS.items() if kind.startswith(name)), "1")
    text = numeral(counts[level], form)
    return f"({text}) " if "ParenBoth" in kind else f"{text}) " if "Paren" in kind else f"{text}. "


def _paragraphs(frame: Any) -> Iterator[str]:
    counts: dict[int, int] = {}
    for paragraph in frame.paragraphs:
        text = symbol_fonts.shown(scripts.without_marks("".join(_runs(paragraph))))
        text = " ".join(text.split())
        if text:
            yield _number(paragraph, counts) + text


def _runs(paragraph: Any) -> Iterator[str]:
    """The runs of a paragraph, with superscripts and subscripts marked."""
    for run in paragraph._p:
        if local(run) == "m":
            yield "".join(map(formulas.linear, run))
        if local(run) not in {"r", "br", "fld"}:
            continue
        facts = getattr(run, "rPr", None)
        # ECMA-376 part 1, 21.1.2.3.9: the offset, in thousandths of a percent.
        baseline = facts.get("baseline", "") if facts is not None else ""
        text = run.text
        for item in facts if facts is not None and len(facts) else ():
            if local(item) in {"latin", "sym"}:
                text = symbol_fonts.shown(text, item.get("typeface", ""))
        if baseline.strip("-0%"):
            mark = scripts.DOWN if baseline.startswith("-") else scripts.UP
            text = mark + text + scripts.END
        is_struck = facts is not None and facts.get("strike", "noStrike") != "noStrike"
        yield scripts.struck(text) if is_struck else text


def _describe(visible: Any, text: Document) -> None:
    facts = visible.core_properties
    title = " ".join((facts.title or "").split())
    # PowerPoint's name of an untitled presentation.
    text.title = "" if title.casefold() in {"powerpoint presentation", "presentation"} else title
    text.author = facts.author or ""
    text.language = naming.language_tag(facts.language or "")
    text.date = naming.iso_date(str(facts.created or facts.modified or ""))
    for name in ("subject", "keywords"):
        if getattr(facts, name):
            text.metadata[name] = getattr(facts, name)[:300]
