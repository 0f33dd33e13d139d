"""An image file as a source: what is known of it, its caption, and the words in it with boxes.

The first section tells of the picture itself and has it as its page; recognised text follows, laid
out like a page of print. Every passage carries a box of the picture it stands in, in fractions;
of what tells of the picture as a whole, that is all of it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ingest import boxes as packing
from ingest import segment
from ingest.best_effort import attempt
from ingest.books import naming, pdf_flow
from ingest.books.hyphens import Words
from ingest.books.pdf_page import PageText
from ingest.books.pdf_sections import Sections
from ingest.media import image_facts, image_file, recognised
from ingest.media.recognised import Sureness
from ingest.models import ocr
from ingest.records import (
    Box,
    Notice,
    Page,
    Passage,
    Reading,
    Section,
    Source,
    Wanted,
)

if TYPE_CHECKING:
    from PIL.Image import Image


READER = "image/1"

#: The longer side of a picture as a page, points; and pages of a scan (TIFF) at most.
_SHEET = 842.0
_MAX_FRAMES = 2000
_NO_PAGES = Notice(
    "pages_unreadable",
    "What comes after the first page of this picture could not be read.",
    "Scan or save it again if you need more of it.",
)
_NO_FACTS = Notice(
    "metadata_unreadable", "What this picture says of itself (date, place, caption) is unreadable."
)
_FULL: Box = (0.0, 0.0, 1.0, 1.0)


def read(path: Path, request: Wanted) -> Iterator[Reading]:
    """Read one image file: `Source`, `Section`s with their `Page`s, perhaps `Notice`s.

    Of an animation the first picture counts; a TIFF may hold many pages. Raises
    `DamagedFileError`, `TooLargeError` and `UnsupportedFileError`.
    """
    request.cancel()
    ocr.check_not_postponed()
    with image_file.open_image(path) as picture:
        existing = attempt(lambda: image_facts.facts(picture, path), image_facts.Facts(), _NO_FACTS)
        form = str(picture.format or "")
        name = request.title or naming.from_file_name(path)
        request.report(0, 1, "pages")
        pixels = picture.size
        entire = image_file.pixels_of(picture)
        # Counted last: where a later page is damaged, the first cannot be gone back to.
        stored = attempt(lambda: int(getattr(picture, "n_frames", 1)), 1, _NO_PAGES)
        frames = min(stored, _MAX_FRAMES) if form == "TIFF" else 1
        size = _upright(pixels, entire)
        certain: list[Sureness] = []
        pages = _pages(picture, entire, frames, request, certain)
        first = next(pages)
        words = " ".join(line.text for line in first.lines)
        language = segment.told_language("", f"{existing.caption} {words}")
        description = image_facts.described(existing, name, size, frames)
        yield Source(
            title=name,
            kind="image",
            reader=READER,
            author=existing.artist,
            language=language,
            date=existing.taken,
            characters=len(description) + len(existing.caption) + len(words) * frames,
            sections=2,
            metadata=_metadata(existing, form, size, stored),
        )
        if existing.caption:
            description = f"{existing.caption}\n\n{description}"
        section_of_picture = _description_section(description, language)
        laid = _laid(chain([first], pages), language)
        for section in _with_first_page(section_of_picture, laid, first, numbered=frames > 1):
            if section.ordinal >= request.start_section:
                yield section
        request.report(frames, frames, "pages")
    if stored > 1 and form != "TIFF":
        yield Notice(
            "animation", f"This picture moves; the first of its {stored} pictures was read."
        )
    if certain:
        message, hint = recognised.summary(certain)
        yield Notice("text_recognised", message, hint, tuple(s.page for s in certain))


def _upright(pixels: tuple[int, int], picture: "Image") -> tuple[int, int]:
    """Pixels of the file, the right way up: a large JPEG has been opened smaller."""
    rotated = (picture.width > picture.height) != (pixels[0] > pixels[1])
    return (pixels[1], pixels[0]) if rotated else pixels


def _metadata(
    facts: image_facts.Facts, form: str, size: tuple[int, int], frames: int
) -> dict[str, str]:
    fields = {
        "format": form,
        "pixels": f"{size[0]} × {size[1]}",
        "camera": facts.camera,
        "taken": f"{facts.taken} {facts.clock}".strip(),
        "place": "{:.6f}, {:.6f}".format(*facts.place) if facts.place else "",
        "frames": str(frames) if frames > 1 else "",
    }
    return {name: value for name, value in fields.items() if value}


# -- the words in the picture --------------------------------------------------------------------


def _pages(
    picture: "Image", image: "Image", frames: int, request: Wanted, certainties: list[Sureness]
) -> Iterator[PageText]:
    """Each frame with the words that were recognised in it."""
    in_a_row = 0
    for number in range(1, frames + 1):
        request.cancel()
        request.report(number - 1, frames, "pages")
        if number > 1:
            frame = attempt(partial(_frame, picture, number), None, _unreadable(number))
            if frame is None:
                continue
            image = frame
        scale = _SHEET / max(image.size)
        points = (image.width * scale, image.height * scale)
        page: PageText | None = None
        if in_a_row < ocr.FAILURES:
            read = partial(_recognised, image, number, points, certainties)
            page = attempt(read, None, ocr.failed(number if frames > 1 else None))
            in_a_row = 0 if page is not None else in_a_row + 1
        page = page or recognised.page_of([], number, image.size, points)
        page.label = str(number)
        yield page


def _frame(picture: "Image", number: int) -> "Image":
    picture.seek(number - 1)
    return image_file.pixels_of(picture)


def _unreadable(number: int) -> Notice:
    message = "This page of the picture could not be read."
    return Notice("pages_unreadable", message, "Scan or save it again if you need it.", (number,))


def _recognised(
    image: "Image", number: int, points: tuple[float, float], certainties: list[Sureness]
) -> PageText:
    """The words of a frame as a page of `points` (width, height)."""
    words = ocr.recognise(image)
    page = recognised.page_of(words, number, image.size, points)
    if words:
        certainties.append(recognised.sureness(number, words))
    return page


def _laid(pages: Iterator[PageText], language: str) -> Iterator[Section]:
    """The pages as sections, as if there were nothing before them."""
    laid: Sections | None = None
    style = pdf_flow.Style(10.0, 12.0, False)
    words = Words()
    previous: pdf_flow.Flow | None = None
    for page in pages:
        if laid is None:
            style = pdf_flow.style_of([page]) if page.lines else style
            words = Words(style.hyphenates)
            laid = Sections((), style, language)
        words.learn((line.text, line.initial) for line in page.lines)
        flow = pdf_flow.flow(page, page.lines, style, previous, words)
        yield from laid.lay(flow)
        previous = flow
    if laid is not None:
        yield from laid.finish()


def _description_section(text: str, language: str) -> Section:
    created = segment.passages(text, 0, language)
    passages = tuple(replace(p, locator=replace(p.locator, box=_FULL)) for p in created)
    return Section(0, "", 0, text + "\n\n", passages)


def _with_first_page(
    description: Section, laid: Iterator[Section], first: PageText, *, numbered: bool
) -> Iterator[Section]:
    """The sections after the one that tells of the picture; that takes its page, which goes on.

    `numbered`: there are more pages than one, and passages say which they stand on.
    """
    shift = len(description.text)
    started = False
    for section in laid:
        pages = [
            replace(page, start=page.start + shift, end=page.end + shift) for page in section.pages
        ]
        if not started and pages:
            head = pages.pop(0)
            blank = np.zeros((shift, 4), np.uint16)
            inked = packing.unpack(head.boxes) if head.boxes else np.zeros((0, 4), np.uint16)
            remainder = np.zeros((max(0, head.end - shift - len(inked)), 4), np.uint16)
            packed = packing.pack(np.concatenate([blank, inked, remainder])) if len(inked) else b""
            yield replace(description, pages=(replace(head, start=0, boxes=packed),))
        elif not started:
            yield replace(description, pages=(_wordless_page(first, shift),))
        started = True
        if section.text or pages:
            yield _shifted(section, shift, pages, numbered=numbered)
    if not started:
        yield replace(description, pages=(_wordless_page(first, shift),))


def _wordless_page(page: PageText, end: int) -> Page:
    return Page(1, page.label or "1", 0, end, page.width, page.height)


def _shifted(section: Section, shift: int, pages: Sequence[Page], *, numbered: bool) -> Section:
    """The section as it stands `shift` characters further on, its passages with their boxes."""
    on_page = {page.number: packing.unpack(page.boxes) for page in section.pages}
    starts = {page.number: page.start for page in section.pages}

    def shifted_passage(passage: Passage) -> Passage:
        place = passage.locator
        box = None
        if place.page in on_page:
            start = starts[place.page]
            cells = on_page[place.page][max(0, place.start - start) : max(0, place.end - start)]
            lines = packing.lines(cells)
            if lines:
                box = (
                    min(line[0] for line in lines),
                    min(line[1] for line in lines),
                    max(line[2] for line in lines),
                    max(line[3] for line in lines),
                )
        if not numbered:
            place = replace(place, page=None, page_label=None)
        return Passage(
            replace(place, start=place.start + shift, end=place.end + shift, box=box),
            passage.text,
            tuple((a + shift, b + shift) for a, b in passage.sentences),
        )

    return replace(
        section,
        ordinal=section.ordinal + 1,
        start=section.start + shift,
        passages=tuple(map(shifted_passage, section.passages)),
        pages=tuple(pages),
    )
