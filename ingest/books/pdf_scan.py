"""Recognises text on scanned pages of a PDF, with positions.

Pages with text are never processed like this; their figures are (`pdf_figure_words`). The
recognition engine is checked once; if it is missing, pages stay without text and a notice says how
to install it. A page on which it fails is reported, and the others are read.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np

from ingest.best_effort import attempt
from ingest.books.pdf_page import PageText
from ingest.media import recognised
from ingest.media.recognised import Sureness
from ingest.models import ocr
from ingest.records import Notice

#: Resolution in dpi for recognition, and the longer side of a page at most, pixels.
_DOTS = 220
_LONGEST = 4000


def is_scan(page: PageText) -> bool:
    """Whether a page displays something that is not readable text."""
    return not page.lines and page.objects > 0 and page.width > 0 and page.height > 0


class Scans:
    """The recognised pages of one document. The caller holds PDFium's lock."""

    def __init__(self) -> None:
        #: How to install what is missing, or "".
        self.remedy = (
            "" if ocr.engine() else f"Text in pictures is not read here. {ocr.instruction()}."
        )
        self._sure: dict[int, Sureness] = {}
        self._empty: set[int] = set()
        self._in_a_row = 0
        #: A page that is recognised at once, even if recognition is postponed.
        self.immediate_page = 0
        #: Pages on which recognition failed, and postponed ones.
        self.failed: set[int] = set()
        self.put_off: set[int] = set()

    def read(self, page: Any, found: PageText) -> PageText:
        """The page with its recognised lines, or unchanged without any."""
        number = found.number
        if self.remedy or number in self._empty or number in self.failed:
            return found
        if self._in_a_row >= ocr.FAILURES:
            self.failed.add(number)
            return found
        if number != self.immediate_page and ocr.is_postponed("scans"):
            self.put_off.add(number)
            return found
        visited = attempt(lambda: self._recognised(page, found), None, ocr.failed(number))
        self._in_a_row = 0 if visited is not None else self._in_a_row + 1
        if visited is None:
            self.failed.add(number)
            return found
        if not visited.lines:
            self._empty.add(number)
            return found
        return visited

    def _recognised(self, page: Any, found: PageText) -> PageText:
        """The page with its recognised lines; none if there is nothing to read."""
        picture = rendered(page)
        words = [] if is_blank(picture) else ocr.recognise(picture)
        if not words:
            return found
        points = (found.width, found.height)
        visited = recognised.page_of(words, found.number, picture.size, points)
        self._sure[found.number] = recognised.sureness(found.number, words)
        return visited

    def notices(self) -> Iterator[Notice]:
        """Notices: recognised pages and confidence."""
        if self._sure:
            pages = sorted(self._sure.values(), key=lambda item: item.page)
            message, hint = recognised.summary(pages)
            yield Notice("text_recognised", message, hint, tuple(item.page for item in pages))


def rendered(page: Any) -> Any:
    """Render the page as a grey picture (`PIL.Image.Image`)."""
    width, height = page.get_size()
    scale = min(_DOTS / 72, _LONGEST / max(1.0, width, height))
    return page.render(scale=scale, grayscale=True).to_pil().convert("L")


def is_blank(picture: Any) -> bool:
    """Whether a picture has a single tone, except for a speck or two."""
    tones = np.asarray(picture)
    return int(np.percentile(tones, 99.95)) - int(np.percentile(tones, 0.05)) < 40
