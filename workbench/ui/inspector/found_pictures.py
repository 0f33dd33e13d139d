"""Pictures that were found, such as those like a chosen one: each small, with its place."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from workbench.errors import WorkbenchError
from workbench.jobs import Cancel
from workbench.ui.components import Elided, button, column, holder, label, percent, row
from workbench.ui.language import tr

if TYPE_CHECKING:
    from workbench.library import Library
    from workbench.recall.pictures import PictureHit

#: Pictures that are shown, the longer side of one, and how wide its page is drawn for it.
_MAX_PICTURES, _SIDE, _WIDTH = 4, 64, 160
#: Pixels that a page is drawn wide at most, for a small figure on it.
_WIDEST = 1200


@dataclass(frozen=True, slots=True)
class SimilarPicture:
    """A picture that was found, and what it looks like, where its original is there."""

    hit: "PictureHit"
    image: QImage | None


@dataclass(frozen=True, slots=True)
class SimilarPictures:
    """Pictures like a chosen one, or in one sentence why there are none."""

    pictures: tuple[SimilarPicture, ...]
    reason: str = ""


def find_similar(library: "Library", source: int, cancel: Cancel) -> SimilarPictures | None:
    """What looks like a picture, or like the figures of a PDF; None where it shows nothing."""
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
    """The pictures with what they look like, which takes a moment each."""
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
    """The pictures below one another; the button of each opens it in its source."""
    if not similar.pictures:
        return label(similar.reason, "caption", wrap=True)
    cards = [picture_card(item, read) for item in similar.pictures]
    return holder(column(label(tr("Pictures like it"), "strong"), *cards, gap=6))


def picture_card(similar: SimilarPicture, read: Callable[[int, int, int], object]) -> QWidget:
    """A picture with its name and page; `read` gets source, start and end of what is to be read."""
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
    show = button(
        tr("Open"),
        kind="quiet",
        call=partial(_open, read, hit),
        name=tr("Open the picture in {where}", where=location),
    )
    title = Elided(hit.title, "strong")
    caption = column(title, *([label(place, "caption")] if place else []), gap=2)
    line = row(picture, holder(caption), nearness, show, wide=1)
    return holder(line)


def _open(read: Callable[[int, int, int], object], hit: "PictureHit", *_: object) -> None:
    read(hit.source, hit.start, hit.end)
