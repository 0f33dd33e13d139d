"""Exports answers with their references as documents, and cited sources for other programs."""

import io
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from workbench import permissions, plugins
from workbench.errors import UsageError
from workbench.recall import citation_styles, cited_sources
from workbench.recall.cited_sources import Cited
from workbench.recall.records import Answer, Evidence
from workbench.recall.wording import Block, blocks, markdown, place_words
from workbench.store.records import SourceRow

if TYPE_CHECKING:
    from docx.document import Document

#: The export formats of answers, with file suffixes.
FORMS: Mapping[str, str] = {
    "markdown": "md",
    "docx": "docx",
    "bibtex": "bib",
    "ris": "ris",
    "csl": "json",
}


def forms() -> Mapping[str, str]:
    """The export formats of answers with those of plugins, with file suffixes."""
    return {**{name: name for name in plugins.found(plugins.EXPORTERS)}, **FORMS}


def named_form(
    form: str, file: str | Path | None, forms: Mapping[str, str]
) -> tuple[str, Path | None]:
    """The requested format, else that of the file's suffix, else Markdown; and the file.

    A file without a suffix gets that of the format. `forms` maps formats to suffixes.
    """
    if file is None:
        return form or "markdown", None
    path = Path(file)
    endings = {ending: name for name, ending in forms.items()}
    form = form or endings.get(path.suffix[1:].casefold(), "markdown")
    return form, path if path.suffix else path.parent / f"{path.name}.{forms.get(form, form)}"


def delivered(content: str | bytes, file: Path | None) -> str:
    """The text, or the path of the `file` that it is written to.

    Raises `UsageError` for bytes without a file, `InputError` if it cannot be written.
    """
    if file is not None:
        permissions.write_private(file, content)
        return str(file)
    if isinstance(content, bytes):
        raise UsageError("A Word or Excel document is not text.", "Name a file to write it to.")
    return content


def exported(
    answers: Sequence[Answer], rows: Mapping[int, SourceRow], form: str, style: str
) -> str | bytes:
    """The answers as a document, or the sources they cite; "docx" and plugins may return bytes.

    With a `style` documents use its citations and end with one list of references. Raises as
    `citation_styles.cite`, `UsageError` for an unknown form, and `InputError` of a plugin.
    """
    if form not in forms():
        raise UsageError(f"There is no format “{form}”.", f"One of: {', '.join(forms())}.")
    if form not in FORMS:
        content = plugins.value(plugins.EXPORTERS, form, tuple(answers))
        return content if isinstance(content, bytes) else str(content)
    if form == "bibtex":
        return cited_sources.bibtex(_sources(answers, rows))
    if form == "ris":
        return cited_sources.ris(_sources(answers, rows))
    if form == "csl":
        items = cited_sources.csl_items(_sources(answers, rows))
        return json.dumps(items, ensure_ascii=False, indent=1) + "\n"
    authors = {id: row.author for id, row in rows.items()}
    citations: list[dict[int, str]] = [{} for _ in answers]
    listing: list[str] = []
    if style:
        citations, listing = _styled(answers, rows, style)
    if form == "docx":
        return _docx(
            [blocks(item, authors, cited) for item, cited in zip(answers, citations, strict=True)],
            listing,
        )
    text = "\n".join(
        markdown(answer, authors, cited) for answer, cited in zip(answers, citations, strict=True)
    )
    return text + ("\n## References\n\n" + "\n\n".join(listing) + "\n" if listing else "")


def _styled(
    answers: Sequence[Answer], rows: Mapping[int, SourceRow], style: str
) -> tuple[list[dict[int, str]], list[str]]:
    """For each answer the citations of its evidence by number, and the joint references."""
    existing = [[item for item in answer.evidence if item.source.id in rows] for answer in answers]
    evidence = [item for element in existing for item in element]
    items = cited_sources.csl_items([Cited(rows[item.source.id]) for item in evidence])
    texts = iter(citation_styles.cite(items, style, [item.locator for item in evidence]))
    citations = [{item.n: next(texts).text for item in element} for element in existing]
    cached = list({item.source.id: Cited(rows[item.source.id]) for item in evidence}.values())
    listing = citation_styles.reference_list(cited_sources.csl_items(cached), style)
    return citations, [line for line in listing if line]


def _docx(turns: Sequence[Sequence[Block]], references: Sequence[str]) -> bytes:
    """Create a Word document with its own styles, which users can change."""
    from docx.shared import Cm  # loaded on demand

    def write(document: "Document") -> None:
        for block in (block for turn in turns for block in turn):
            if block.kind == "heading":
                heading = "".join(text for text, _manner in block.words)
                document.add_heading(xml_text(heading), level=1)
                continue
            paragraph = document.add_paragraph(style="Quote" if block.kind == "quote" else None)
            if block.kind == "item":
                paragraph.paragraph_format.left_indent = Cm(0.75)
                paragraph.paragraph_format.first_line_indent = Cm(-0.75)
            for text, manner in block.words:
                run = paragraph.add_run(xml_text(text))
                run.bold, run.italic = manner == "bold" or None, manner == "italic" or None
        if references:
            document.add_heading("References", level=1)
            for line in references:
                document.add_paragraph(xml_text(line))

    return docx_bytes(write)


def docx_bytes(write: "Callable[[Document], None]") -> bytes:
    """The bytes of a new Word document filled by `write`."""
    from docx import Document

    document = Document()
    write(document)
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()


def xml_text(text: str) -> str:
    """Text without the control characters that XML forbids."""
    return "".join(c for c in text if c >= " " or c in "\t\n")


def _sources(answers: Sequence[Answer], rows: Mapping[int, SourceRow]) -> list[Cited]:
    """The cited sources in the order of the answers, with the locations of their quotes."""
    matches: dict[int, list[Evidence]] = {}
    for answer in answers:
        numbers = {n for sentence in answer.sentences for n in sentence.citations}
        for item in answer.evidence:
            if item.source.id in rows and (item.n in numbers or not numbers):
                matches.setdefault(item.source.id, []).append(item)
    return [Cited(rows[id], _places(items)) for id, items in matches.items()]


def _places(items: list[Evidence]) -> str:
    places = dict.fromkeys(place_words(item.locator, item.source) for item in items)
    statement = "; ".join(place for place in places if place)
    return f"Cited: {statement}" if statement else ""
