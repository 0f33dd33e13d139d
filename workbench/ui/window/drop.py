"""Drag and drop on the whole window, with an overlay that describes files and target.

The overlay is a child widget transparent to the mouse, so that drag events reach the window. It is
laid out only when the `Offer` changes.
"""

from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import (
    QByteArray,
    QEvent,
    QMimeData,
    QObject,
    QPoint,
    QRect,
    Qt,
    QUrl,
    Signal,
)
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QImage, QRegion
from PySide6.QtWidgets import QWidget

from ingest.web.address import links_in
from workbench.ui import theme
from workbench.ui.components import Elided, Flow, Sign, card, clear, column, holder, veil, words
from workbench.ui.language import tr, tr_n
from workbench.ui.library.model import SOURCES_MIME
from workbench.ui.library.scope import Scope
from workbench.ui.library.source_types import guess
from workbench.ui.library.tab import LibraryTab
from workbench.ui.window.collections import CollectionsPanel

_MAX_EXAMINED = 200
#: Minimum height of the plate that shows an offer.
_MIN_PLATE = 284


@dataclass(frozen=True, slots=True)
class Offer:
    """The dragged data: files, text, links, a picture, or sources of this library."""

    files: tuple[Path, ...] = ()
    kinds: tuple[tuple[str, str], ...] = ()
    doubtful: tuple[str, ...] = ()
    folders: int = 0
    text: str = ""
    picture: QImage | None = None
    links: tuple[str, ...] = ()
    sources: tuple[int, ...] = ()
    collection: str | None = None
    tag: str | None = None
    target: QRect | None = None

    @property
    def title(self) -> str:
        """The effect of dropping, in one line."""
        template = tr(" into “{name}”") if self.sources else tr(" to “{name}”")
        target = template.format(name=self.collection) if self.collection else ""
        if self.sources:
            sources = words.count(len(self.sources), "source")
            if self.tag:
                return tr("Tag {put} “{tag}”", put=sources, tag=self.tag)
            return tr("Put {put}{where}", put=sources, where=target or tr(" into a collection"))
        if self.picture is not None:
            return tr("Add this picture{where}", where=target)
        if self.text:
            return tr("Add this text{where}", where=target)
        return tr("Add {counted}{where}", counted=self._counts, where=target)

    @property
    def _counts(self) -> str:
        """Format the number of items: "8 files and 1 folder"."""
        files = len(self.files) - self.folders
        counts = ((files, "file"), (self.folders, "folder"))
        parts = [words.count(number, word) for number, word in counts if number]
        if self.links:
            parts.append(_links(len(self.links)))
        return tr(" and ").join([", ".join(parts[:-1]), parts[-1]] if parts[1:] else parts)

    @property
    def parts(self) -> str:
        """The kinds of items, "" if the title says the same."""
        kinds = " · ".join(word for _glyph, word in self.kinds)
        return "" if kinds == self._counts else kinds

    @property
    def detail(self) -> str:
        """Further information before dropping."""
        if self.sources and self.collection:
            return tr("Release to add them, Esc to cancel. They also stay where they are.")
        if self.sources and self.tag:
            return tr("Release to tag, Esc to cancel.")
        if self.sources:
            return tr("Drop these on a collection or a tag.")
        if self.doubtful:
            names = words.names(list(self.doubtful), 2)
            return tr("Can't read {few}. The rest will be added.", few=names)
        if self.links:
            return tr("Release to save the page, Esc to cancel.")
        return tr("Release to add, Esc to cancel.")


def _links(number: int) -> str:
    """The number of web links, which some languages distinguish from other links."""
    return tr_n(number, "{links} link", "{links} links", links=words.number(number))


def offer(mime: QMimeData) -> Offer | None:
    """Convert dragged data to an offer; None if it is unusable."""
    if mime.hasFormat(SOURCES_MIME):
        ids = bytes(mime.data(SOURCES_MIME).data()).split()
        return Offer(sources=tuple(map(int, ids)))
    urls = mime.urls() if mime.hasUrls() else []
    files = tuple(Path(url.toLocalFile()) for url in urls if url.isLocalFile())
    text = mime.text().strip() if mime.hasText() else ""
    links = tuple(url.toString() for url in urls if url.scheme().lower() in ("http", "https"))
    picture = _picture(mime) if not files else None
    if picture is not None:
        # Pixels from a browser need no download.
        return Offer(picture=picture, kinds=(("image", "picture"),))
    if not files and not links:
        links = tuple(links_in(text))
    if files or links:
        visible = _files_offer(files) if files else Offer()
        if links:
            kind = ("web", _links(len(links)))
            visible = replace(visible, links=links, kinds=(*visible.kinds, kind))
        return visible
    if text:
        kind = ("note", words.count(len(text.split()), "word"))
        return Offer(text=text, kinds=(kind,))
    return None


def _picture(mime: QMimeData) -> QImage | None:
    """The dragged picture, from pixels or a `data:` address; None if there is none."""
    image = QImage(mime.imageData()) if mime.hasImage() else QImage()
    if image.isNull() and mime.hasUrls():
        for url in mime.urls():
            head, _, data = url.toString(QUrl.ComponentFormattingOption.FullyEncoded).partition(",")
            if head.startswith("data:image/") and head.endswith(";base64"):
                packed = QByteArray.fromPercentEncoding(data.encode())
                image = QImage.fromData(QByteArray.fromBase64(packed))
                break
    return None if image.isNull() else image


def _files_offer(files: tuple[Path, ...]) -> Offer:
    counts: dict[str, int] = {}
    doubtful = []
    for at, path in enumerate(files):
        # Disk access is slow on network folders: only the first items, only if in doubt.
        kind = guess(path.name)
        doubt = not path.suffix or kind in ("unknown", "unreadable")
        if at < _MAX_EXAMINED and doubt and path.is_dir():
            kind = "folder"
        if kind == "unreadable":
            doubtful.append(path.name)
        counts[kind] = counts.get(kind, 0) + 1
    visible = (
        ("book", "book", "book"),
        ("paper", "paper", "PDF"),
        ("picture", "image", "picture"),
        ("recording", "audio", "recording"),
        ("text", "note", "text"),
        ("folder", "folder", "folder"),
        ("unknown", "file", tr("other file")),
        ("unreadable", "alert", tr("not readable")),
    )
    kinds = tuple(
        (glyph, tr("{n} not readable", n=n) if kind == "unreadable" else words.count(n, word))
        for kind, glyph, word in visible
        if (n := counts.get(kind, 0))
    )
    folders = counts.get("folder", 0)
    return Offer(files=files, kinds=kinds, doubtful=tuple(doubtful), folders=folders)


class DropZone(QObject):
    """Makes a window accept drops; `dropped` emits the `Offer`."""

    dropped = Signal(object)

    def __init__(
        self, window: QWidget, centre: QWidget, collections: CollectionsPanel, library: LibraryTab
    ) -> None:
        super().__init__(window)
        self._window, self._collections, self._library = window, collections, library
        self._offer: Offer | None = None
        self.overlay = DropOverlay(window, centre, library.well)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent):
            return self._enter(event)
        if isinstance(event, QDragMoveEvent):
            return self._move(event)
        if event.type() == QEvent.Type.DragLeave:
            self._end()
            return True
        if isinstance(event, QDropEvent):
            return self._drop(event)
        if event.type() == QEvent.Type.Resize:
            self.overlay.setGeometry(self._window.rect())
        return super().eventFilter(watched, event)

    def _enter(self, event: QDragEnterEvent) -> bool:
        self._offer = offer(event.mimeData())
        if self._offer is None:
            return False
        self._aim(event.position().toPoint())
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        return True

    def _move(self, event: QDragMoveEvent) -> bool:
        if self._offer is None:
            return False
        self._aim(event.position().toPoint())
        event.setDropAction(Qt.DropAction.CopyAction)
        event.setAccepted(not self._offer.sources or self._offer.target is not None)
        return True

    def _drop(self, event: QDropEvent) -> bool:
        # A drop may come without a preceding move, and elsewhere than the enter event.
        self._offer = self._offer or offer(event.mimeData())
        if self._offer is None:
            return False
        self._aim(event.position().toPoint())
        released = self._offer
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self._end()
        if not released.sources or released.target is not None:
            self.dropped.emit(released)
        return True

    def _aim(self, point: QPoint) -> None:
        if self._offer is None:
            return
        target_scope = self._collections.scope_at(point, self._window)
        if target_scope is not None and target_scope[0].collection is not None:
            aimed = replace(
                self._offer, collection=target_scope[0].collection, tag=None, target=target_scope[1]
            )
        elif self._offer.sources:
            tag = target_scope[0].tag if target_scope is not None else None
            target = target_scope[1] if target_scope is not None and tag is not None else None
            aimed = replace(self._offer, collection=None, tag=tag, target=target)
        else:
            is_library = target_scope is not None and target_scope[0] == Scope()
            collection = None if is_library else self._library.scope.collection
            target = target_scope[1] if target_scope is not None and is_library else None
            aimed = replace(self._offer, collection=collection, target=target)
        if aimed != self._offer or not self.overlay.isVisible():
            self._offer = aimed
            self.overlay.show_offer(aimed)

    def _end(self) -> None:
        self._offer = None
        self.overlay.hide()


class DropOverlay(QWidget):
    """A veil with the offer, which leaves the target uncovered.

    In an empty library the offer covers the `well`, which asks for files.
    """

    def __init__(self, window: QWidget, centre: QWidget, well: QWidget) -> None:
        super().__init__(window)
        self._centre, self._well = centre, well
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        veil(self, lambda: theme.colour("canvas", 0.80))
        self.offer: Offer | None = None
        self._signs = Flow(gap=24, centred=True)
        middle = Qt.TextElideMode.ElideMiddle
        self._lines = [Elided("", role, middle) for role in ("page", "muted", "small")]
        for line in self._lines:
            line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        inside = column(None, holder(self._signs), 16, *self._lines, None, margins=(16, 0, 16, 0))
        self._plate, self._edge = card(inside, "drop"), card(column(), "target")
        for part in (self._plate, self._edge):
            part.setParent(self)
        self.hide()

    def show_offer(self, offer: Offer) -> None:
        """Show an offer over the whole window."""
        self.offer = offer
        self.setAccessibleName(f"{offer.title}. {offer.detail}")
        self.setGeometry(self.window().rect())
        clear(self._signs)
        for glyph, _word in offer.kinds:
            self._signs.addWidget(Sign(glyph, "danger" if glyph == "alert" else "accent", 40))
        for line, text in zip(self._lines, (offer.title, offer.parts, offer.detail), strict=True):
            line.setText(text)
        self._plate.setVisible(not offer.sources)
        self._plate.setGeometry(self.plate())
        region = QRegion(0, 0, 1, 1) if offer.sources else QRegion(self.rect())
        self._edge.setVisible(offer.target is not None)
        if offer.target is not None:
            self._edge.setGeometry(offer.target)
            region += QRegion(offer.target)
            # Cut out the target except for its border.
            region -= QRegion(offer.target.adjusted(2, 2, -2, -2))
        self.setMask(region)
        self.show()
        self.raise_()

    def plate(self) -> QRect:
        """The rectangle of the offer in the window."""
        well = self._well
        if well.isVisible() and well.height() >= theme.px(_MIN_PLATE):
            return QRect(well.mapTo(self.window(), QPoint()), well.size())
        plate = QRect(0, 0, min(theme.px(640), self.width() - 40), theme.px(328))
        plate.moveCenter(self._centre.geometry().center())
        return plate
