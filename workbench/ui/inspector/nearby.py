"""See also: related passages elsewhere in the library.

The search starts after a short delay, so that moving through a list with the arrow keys does not
search for every row, and only while the section is visible.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap, QShowEvent
from PySide6.QtWidgets import QLabel, QWidget

from workbench.errors import WorkbenchError
from workbench.jobs import Cancel
from workbench.ui import theme
from workbench.ui.ask.wording import place_words
from workbench.ui.components import (
    Elided,
    clear,
    column,
    delayed,
    fill,
    holder,
    label,
    paragraph,
    percent,
    quiet_button,
    row,
    short,
    words,
)
from workbench.ui.language import tr
from workbench.ui.shelf.shelf import Shelf

if TYPE_CHECKING:
    from workbench.library import Library
    from workbench.recall.embedding_models import EmbeddingSpace
    from workbench.recall.pictures import PictureHit
    from workbench.recall.related import Alike


#: Maximum number of pictures, longer side of a picture, and render width of its page, in pixels.
_MAX_PICTURES, _SIDE, _WIDTH = 4, 64, 160
#: Maximum render width of a page in pixels, for a small figure.
_WIDEST = 1200


@dataclass(frozen=True, slots=True)
class SimilarPicture:
    """A similar picture; `image` is None if its original is missing."""

    hit: "PictureHit"
    image: QImage | None


@dataclass(frozen=True, slots=True)
class SimilarPictures:
    """Similar pictures, or the reason why there are none."""

    pictures: tuple[SimilarPicture, ...]
    reason: str = ""


def find_similar(library: "Library", source: int, cancel: Cancel) -> SimilarPictures | None:
    """Pictures similar to a picture or to the figures of a PDF; None for other sources."""
    kind = library.sources.get(source).kind
    if kind not in ("image", "pdf"):
        return None
    if not library.models.readings("pictures"):
        reason = tr("With an image model, similar-looking pictures are found too: Edit ▸ Settings.")
        return SimilarPictures((), reason) if kind == "image" else None
    try:
        hits = library.sources.pictures(source, limit=_MAX_PICTURES)
    except WorkbenchError as error:
        return SimilarPictures((), error.message) if kind == "image" else None
    if not hits:
        return SimilarPictures((), tr("No other pictures yet.")) if kind == "image" else None
    return SimilarPictures(render(library, hits, cancel))


def render(
    library: "Library", hits: "Sequence[PictureHit]", cancel: Cancel
) -> tuple[SimilarPicture, ...]:
    """Render the hits. Runs on a worker."""
    results = []
    for hit in hits:
        cancel.check()
        results.append(SimilarPicture(hit, _small(library, hit)))
    return tuple(results)


def _small(library: "Library", hit: "PictureHit") -> QImage | None:
    left, top, right, bottom = hit.box
    wide = min(_WIDEST, round(_WIDTH / max(0.05, right - left)))
    try:
        width, height, rows = library.sources.page_picture(hit.source, hit.page or 1, wide)
    except WorkbenchError:
        return None
    entire = QImage(rows, width, height, 4 * width, QImage.Format.Format_RGBA8888)
    cut = entire.copy(
        round(left * width), round(top * height),
        max(1, round((right - left) * width)), max(1, round((bottom - top) * height)),
    )  # fmt: skip
    return cut.scaled(
        2 * _SIDE, 2 * _SIDE,
        Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation,
    )  # fmt: skip


def pictures_list(similar: SimilarPictures, read: Callable[[int, int, int], object]) -> QWidget:
    """A column of pictures with buttons to open them."""
    if not similar.pictures:
        return paragraph(similar.reason, "caption")
    cards = [picture_card(item, read) for item in similar.pictures]
    return holder(column(label(tr("Pictures like it"), "strong"), *cards, gap=6))


def picture_card(similar: SimilarPicture, read: Callable[[int, int, int], object]) -> QWidget:
    """A picture with title and page; `read` opens a source at (source, start, end)."""
    hit = similar.hit
    picture = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
    picture.setFixedWidth(_SIDE)
    place = tr("page {page}", page=hit.page) if hit.page else ""
    location = ", ".join(filter(None, (hit.title, place)))
    picture.setAccessibleName(tr("Picture: {where}", where=location))
    if similar.image is not None:
        pixels = QPixmap.fromImage(similar.image)
        pixels.setDevicePixelRatio(2)
        picture.setPixmap(pixels)
    nearness = label(percent(max(0.0, hit.nearness)), "muted", tip=tr("How well it matches"))
    show = quiet_button(
        tr("Open"),
        call=partial(read, hit.source, hit.start, hit.end),
        name=tr("Open the picture in {where}", where=location),
    )
    title = Elided(hit.title, "strong")
    caption = column(title, *([label(place, "caption")] if place else []), gap=2)
    line = row(picture, holder(caption), nearness, show, wide=1)
    return holder(line)


#: Maximum number of passages and of characters per passage; delay of a search in milliseconds.
_MAX_PASSAGES, _MAX_LETTERS, _STAYED = 5, 180, 250


@dataclass(frozen=True, slots=True)
class Selection:
    """The selection: engrams, the text of a memory, or a whole source."""

    engrams: tuple[int, ...] = ()
    text: str = ""
    source: int | None = None


@dataclass(frozen=True, slots=True)
class Nearby:
    """The result of a search, and the embedding space used, if any.

    `pictures` are similar ones; None if the selection has no picture.
    """

    passages: "tuple[Alike, ...]"
    space: "EmbeddingSpace | None"
    pictures: "SimilarPictures | None" = None


class SeeAlso(QWidget):
    """Searches for passages related to a selection on a worker, and shows them.

    `previous` is the section shown before; its result is reused for the same selection.
    """

    def __init__(
        self, shelf: Shelf, selection: Selection, previous: "SeeAlso | None" = None
    ) -> None:
        super().__init__()
        self.selection = selection
        #: The result; None before the search.
        self.nearby: Nearby | None = None
        self._shelf = shelf
        self._box = column(gap=6)
        fill(self, self._box, name=tr("See also"))
        self._stayed = delayed(self, self.search, _STAYED)
        theme.watch(self, self._show)
        if previous is not None and previous.selection == selection:
            self.nearby = previous.nearby
        self._show()

    @property
    def passages(self) -> "tuple[Alike, ...]":
        """The passages found."""
        return self.nearby.passages if self.nearby is not None else ()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.nearby is None:
            self._stayed.start()

    def search(self) -> None:
        """Search; a search for another selection supersedes it."""
        if self.isVisible():
            self._shelf.ask(
                _search,
                self.selection,
                done=self._show_result,
                failed=lambda error: self._show_text(error.message),
                key="see also",
            )

    def _show_result(self, nearby: Nearby) -> None:
        self.nearby = nearby
        self._show()

    def _show(self) -> None:
        if self.nearby is None:
            self._show_text(tr("Looking…"))
            return
        pictures = self.nearby.pictures
        if not self.passages and pictures is None:
            self._show_text(tr("Nothing similar in the library yet."))
            return
        clear(self._box)
        if pictures is not None:
            self._box.addWidget(pictures_list(pictures, self._shelf.wanted.sentence.emit))
        if not self.passages:
            return
        for item in self.passages:
            self._box.addWidget(_card(item, self._shelf.wanted.sentence.emit))
        reason = _explanation(self.nearby, [item.language for item in self._shelf.sources])
        if reason:
            self._box.addWidget(paragraph(reason, "caption"))

    def _show_text(self, text: str) -> None:
        clear(self._box)
        self._box.addWidget(paragraph(text, "caption"))


def _search(library: "Library", selection: Selection, cancel: Cancel) -> Nearby:
    if selection.source is not None:
        passages = library.sources.related(selection.source, limit=_MAX_PASSAGES, cancel=cancel)
    else:
        requested = selection.engrams or selection.text
        passages = library.sources.related(requested, limit=_MAX_PASSAGES, cancel=cancel)
    spaces = library.models.readings("embedding")
    space = next((item for item in spaces if item.active), None)
    pictures = None if selection.source is None else find_similar(library, selection.source, cancel)
    return Nearby(tuple(passages), space, pictures)


def _explanation(nearby: Nearby, languages: Sequence[str]) -> str:
    """Explain limits of the search method, in a sentence or two."""
    space = nearby.space
    if nearby.passages[0].tier == "lexical":
        if space is None or space.trouble:
            return tr(
                "Found by shared words. An embedding model also finds similar meanings: "
                "Edit ▸ Settings."
            )
        return tr("{model} finds nothing similar in meaning; these share words.", model=space.model)
    existing = {item.split("-")[0] for item in (space.languages if space is not None else ())}
    remaining = {item.split("-")[0] for item in languages if item} - existing
    if space is None or not existing or "multilingual" in existing or not remaining:
        return ""
    reads = words.names([words.language(item) for item in sorted(existing)])
    left = words.names([words.language(item) for item in sorted(remaining)])
    return tr(
        "{model} reads {reads}, so it may miss similar passages in {left}.",
        model=space.model,
        reads=reads,
        left=left,
    )


def _card(passage: "Alike", read: Callable[[int, int, int], object]) -> QWidget:
    """A passage with source, location and similarity, and a button to open it."""
    title = Elided(passage.title, "strong")
    tip = (
        tr("How similar it is in meaning")
        if passage.tier == "semantic"
        else tr("How many of the selected words it contains")
    )
    place = place_words(passage.place, passage)
    location = ", ".join(filter(None, (passage.title, place)))
    show = quiet_button(
        tr("Open"),
        call=lambda: read(passage.source, passage.start, passage.end),
        name=tr("Open the passage in {where}", where=location),
    )
    head = row(title, show, wide=0)
    quote = paragraph(short(passage.words, _MAX_LETTERS))
    parts = [paragraph(place, "caption")] if place else []
    card = holder(column(head, quote, *parts, gap=2))
    card.setToolTip(f"{tip}: {percent(passage.nearness)}")
    return card
