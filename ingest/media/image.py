"""An image file as a source: its metadata, its caption, and recognised words with boxes.

The first section describes the picture and has it as its page; recognised text follows, laid out
like a printed page. Every passage has a box in fractions of the picture; for the description that
is all of it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.books import naming

if TYPE_CHECKING:
    from PIL.Image import Image
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from ingest import boxes as packing
from ingest import segment
from ingest.best_effort import attempt
from ingest.books import pdf_flow
from ingest.books.hyphens import Words
from ingest.books.pdf_page import PageText
from ingest.books.pdf_sections import Sections
from ingest.media import image_file, recognised
from ingest.media.recognised import Sureness
from ingest.models import ocr
from ingest.records import (
    Box,
    Notice,
    Page,
    Passage,
    Reading,
    ReadRequest,
    Section,
    Source,
)

if TYPE_CHECKING:
    from PIL.Image import Image

# -- image facts ----------------------------------------------------------------------------------
# Metadata of an image file (EXIF, XMP): when, where and with what it was taken, its caption.
#
# A caption is taken from the file (EXIF, PNG text, XMP) or from a text file of the same name beside
# it ("harbour.jpg" and "harbour.txt").


_SIDECARS = (".txt", ".caption")
_LONGEST = 8000
#: EXIF tags: https://www.media.mit.edu/pia/Research/deepview/exif.html and CIPA DC-008.
_DESCRIPTION, _MAKE, _MODEL, _ARTIST, _CHANGED = 0x010E, 0x010F, 0x0110, 0x013B, 0x0132
_EXIF, _GPS, _DATE_TIME, _COMMENT = 0x8769, 0x8825, 0x9003, 0x9286
_XP_TITLE, _XP_COMMENT = 0x9C9B, 0x9C9C
_XMP_CAPTION = re.compile(rb"<dc:description>\s*<rdf:Alt>\s*<rdf:li[^>]*>(.*?)</rdf:li>", re.DOTALL)
#: Placeholders of cameras and programs instead of a caption.
_NO_CAPTION = re.compile(
    r"(?i)\b(?:olympus digital camera|sony dsc|dcim|photoshop|creator: gd|gd-jpeg|lavc\d"
    r"|imagemagick|(?:written|created|generated|edited|optimi[sz]ed|made) (?:by|with|using) )"
)
_TWO_WORDS = re.compile(r"[^\W\d_]{2,}\W+(?:\w+\W+)*?[^\W\d_]{2,}|[\u3040-\u9fff]{4,}")


@dataclass(frozen=True, slots=True)
class Facts:
    """Metadata of a picture; "" if unknown. `place` is degrees north and east."""

    taken: str = ""
    clock: str = ""
    place: tuple[float, float] | None = None
    camera: str = ""
    artist: str = ""
    caption: str = ""


def picture_facts(picture: "Image", path: Path) -> Facts:
    """Read the metadata of a picture and of the file beside it, skipping invalid ones."""
    try:
        exif = picture.getexif()
        inner, gps = exif.get_ifd(_EXIF), exif.get_ifd(_GPS)
    except (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError):
        exif, inner, gps = {}, {}, {}  # type: ignore[assignment]
    stamp = _text(inner.get(_DATE_TIME)) or _text(exif.get(_CHANGED))
    match = re.match(r"(\d{4}):(\d\d):(\d\d)(?: (\d\d:\d\d))?", stamp)
    used = f"{match[1]}-{match[2]}-{match[3]}" if match and match[1] != "0000" else ""
    make, model = _text(exif.get(_MAKE)), _text(exif.get(_MODEL))
    camera = model if model.lower().startswith(make.lower()) else f"{make} {model}".strip()
    return Facts(
        taken=used,
        clock=(match[4] or "") if match and used else "",
        place=_place(gps),
        camera=camera,
        artist=_text(exif.get(_ARTIST)),
        caption=_sidecar_text(path) or _caption(picture, exif, inner),
    )


def described(facts: Facts, name: str, size: tuple[int, int], frames: int) -> str:
    """A paragraph of metadata, so that a picture without words can be found."""
    noun = "Photograph" if facts.camera or facts.taken else "Picture"
    parts = [f"{noun} “{name}”", f"{size[0]} × {size[1]} pixels"]
    if frames > 1:
        parts.append(f"{frames} pages")
    if facts.taken:
        parts.append(f"taken on {facts.taken}{' at ' + facts.clock if facts.clock else ''}")
    if facts.camera:
        parts.append(f"with a {facts.camera}")
    if facts.artist:
        parts.append(f"by {facts.artist}")
    if facts.place:
        north, east = facts.place
        parts.append(
            f"at {abs(north):.5f}° {'N' if north >= 0 else 'S'}, "
            f"{abs(east):.5f}° {'E' if east >= 0 else 'W'}"
        )
    return ", ".join(parts) + "."


def _caption(picture: "Image", exif: Mapping[int, Any], inner: Mapping[int, Any]) -> str:
    info = picture.info
    xmp = info.get("xmp") or info.get("XML:com.adobe.xmp") or b""
    xmp = xmp.encode() if isinstance(xmp, str) else xmp
    regex_match = _XMP_CAPTION.search(xmp) if isinstance(xmp, bytes) else None
    from html import unescape

    for value in (
        exif.get(_DESCRIPTION),
        unescape(regex_match[1].decode("utf-8", "replace")) if regex_match else "",
        info.get("Description"),
        info.get("Comment"),
        info.get("comment"),
        info.get("Title"),
        _wide(exif.get(_XP_COMMENT)) or _wide(exif.get(_XP_TITLE)),
        _user_comment(inner.get(_COMMENT)),
    ):
        words = _text(value)
        if _TWO_WORDS.search(words[:_LONGEST]) and not _NO_CAPTION.search(words):
            return words[:_LONGEST]
    return ""


def _sidecar_text(path: Path) -> str:
    """The content of a short text file of the same name, if it exists."""
    for name in (*(path.with_suffix(end) for end in _SIDECARS), path.with_name(path.name + ".txt")):
        try:
            if name != path and name.is_file() and name.stat().st_size <= 4 * _LONGEST:
                words = name.read_text(encoding="utf-8-sig", errors="strict").strip()
                if words:
                    return words[:_LONGEST]
        except (OSError, ValueError):
            continue
    return ""


def _user_comment(value: Any) -> str:
    if not isinstance(value, bytes) or len(value) <= 8:
        return _text(value)
    head, body = value[:8], value[8:]
    if head.startswith(b"UNICODE"):
        return body.decode("utf-16", "replace")
    return body.decode("utf-8", "replace") if head.strip(b"\0") in (b"ASCII", b"") else ""


def _wide(value: Any) -> str:
    if isinstance(value, tuple):
        value = bytes(item for item in value if isinstance(item, int) and 0 <= item < 256)
    return value.decode("utf-16-le", "replace") if isinstance(value, bytes) else ""


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    return naming.one_line(value.replace("\0", " ")).strip() if isinstance(value, str) else ""


def _place(gps: Mapping[int, Any]) -> tuple[float, float] | None:
    try:
        north, east = (
            sum(float(part) / 60**at for at, part in enumerate(gps[number])) for number in (2, 4)
        )
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return None
    north = -north if _text(gps.get(1)).upper() == "S" else north
    east = -east if _text(gps.get(3)).upper() == "W" else east
    # Cameras without GPS write zero; NaN compares false.
    existing = -90 <= north <= 90 and -180 <= east <= 180 and (north, east) != (0.0, 0.0)
    return (north, east) if existing else None


# -- image ----------------------------------------

READER = "image/1"

#: The longer side of a picture as a page in points; and most pages of a scan (TIFF).
_SHEET = 842.0
_MAX_FRAMES = 2000
_NO_PAGES = Notice(
    "pages_unreadable",
    "What comes after the first page of this picture could not be read.",
    "Scan or save it again if you need more of it.",
    words="",
)
_NO_FACTS = Notice(
    "metadata_unreadable", "What this picture says of itself (date, place, caption) is unreadable."
)
_FULL: Box = (0.0, 0.0, 1.0, 1.0)


def read(path: Path, request: ReadRequest) -> Iterator[Reading]:
    """Read one image file: `Source`, `Section`s with their `Page`s, perhaps `Notice`s.

    The first frame of an animation counts; a TIFF may have many pages. Raises `DamagedFileError`,
    `TooLargeError` and `UnsupportedFileError`.
    """
    request.cancel()
    ocr.check_not_postponed()
    with image_file.open_image(path) as picture:
        existing = attempt(lambda: picture_facts(picture, path), Facts(), _NO_FACTS)
        form = str(picture.format or "")
        name = request.title or naming.from_file_name(path)
        request.report(0, 1, "pages")
        pixels = picture.size
        entire = image_file.pixels_of(picture)
        # Counted last: after a damaged page, Pillow cannot return to the first.
        stored = attempt(lambda: int(getattr(picture, "n_frames", 1)), 1, _NO_PAGES)
        frames = min(stored, _MAX_FRAMES) if form == "TIFF" else 1
        size = _upright(pixels, entire)
        certain: list[Sureness] = []
        pages = _pages(picture, entire, frames, request, certain)
        first = next(pages)
        words = " ".join(line.text for line in first.lines)
        language = segment.told_language("", f"{existing.caption} {words}")
        description = described(existing, name, size, frames)
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
    """Pixels of the upright file: a large JPEG was opened smaller."""
    rotated = (picture.width > picture.height) != (pixels[0] > pixels[1])
    return (pixels[1], pixels[0]) if rotated else pixels


def _metadata(facts: Facts, form: str, size: tuple[int, int], frames: int) -> dict[str, str]:
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
    picture: "Image", image: "Image", frames: int, request: ReadRequest, certainties: list[Sureness]
) -> Iterator[PageText]:
    """Each frame with its recognised words."""
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
    return Notice(
        "pages_unreadable", message, "Scan or save it again if you need it.", (number,), ""
    )


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
    """The pages as sections, with offsets from 0."""
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
    """The sections after the description, which takes the first page.

    `numbered`: there are several pages, and passages name theirs.
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
    """The section moved by `shift` characters, its passages with their boxes."""
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
