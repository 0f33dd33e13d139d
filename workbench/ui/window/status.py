"""The status bar: scope, how answers are made, how far the queue is, what works, what is sent."""

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

from PySide6.QtCore import QObject, Qt, QUrl, Signal
from PySide6.QtWidgets import QLabel, QSizePolicy, QStatusBar, QToolButton, QWidget

from workbench.errors import WorkbenchError
from workbench.intake.records import FETCHING, QueueRow, QueueSummary
from workbench.jobs import Progress
from workbench.memory.graph.records import LinkingProgress
from workbench.ui import theme
from workbench.ui.activity.tasks import Task
from workbench.ui.components import Elided, Sign, delayed, holder, label, row, tool, words
from workbench.ui.language import tr, tr_n
from workbench.ui.window.library_actions import Shelf

_KEY, _EMBEDDING = "linking", "embedding progress"
#: Milliseconds between two looks while something is left to do, and before the first one.
_PAUSE, _DELAY = 1000, 200


#: The width of the pill at least, in pixels: its sign and some letters.
_MIN_WIDTH = 120
_OFF = tr("Network off")
_UP_TO_DATE = tr("Up to date")
_VERBATIM = tr("Answers are word-for-word quotes; no language model is involved")
_LINKS = tr("Nothing is sent automatically; web pages are fetched only when you add their link")


class Status(QStatusBar):
    """Short sentences, each with its sign; those that lead somewhere are buttons."""

    #: What goes on in the background, in words.
    worked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setSizeGripEnabled(False)
        self.setAccessibleName(tr("Status"))
        self._queued = self._linking = self._embedding = self._task = ""
        self.scope, scope = _item("folder", tr("Scope: Everything"), tr("What questions search"))
        self.mode, mode = _item("quote", tr("Quotes"), _VERBATIM)
        self._mode_sign = mode.findChildren(Sign)[0]
        #: One pill for all that is under way; Activity stands above it.
        self.queue = _press("check", _UP_TO_DATE, tr("Show activity (F9)"))
        # What is under way may be long; it gives way, and must not make the window wider.
        self.queue.setMinimumWidth(_MIN_WIDTH)
        self.slow = label(tr("Waiting for the library…"), "caption")
        self.slow.hide()
        self.rest = _press("sleep", tr("Sleep"), tr("Sleep and learning settings"))
        self.rest.hide()
        self.works = _press("info", tr("Features"), tr("Features and setup on this computer"))
        self.network, network = _item(
            "offline",
            _OFF,
            _LINKS,
        )
        self._network_sign = network.findChildren(Sign)[0]
        for part in (self.queue, scope, mode, self.slow):
            self.addWidget(part)
        for part in (self.rest, self.works, network):
            self.addPermanentWidget(part)

    def show_scope(self, name: str, *, trash: bool = False) -> None:
        """Name what questions are limited to; what lies in the trash is never asked."""
        text = tr("Scope: {name}", name=name)
        self.scope.setText(tr("{text} (not the Trash)", text=text) if trash else text)

    def show_writer(self, model: str) -> None:
        """Name the model that writes answers; "" where they are quotes."""
        self.mode.setText(model or tr("Quotes"))
        tip = tr(
            "Answers are written by {model} from your sources, each sentence checked", model=model
        )
        self.mode.setToolTip(tip if model else _VERBATIM)
        self._mode_sign.show_sign("chip" if model else "quote", "text2")

    def show_queue(self, summary: QueueSummary | None, *, pending: int = 0) -> None:
        """Say how far the queue is; `pending` things wait for the library to take them up."""
        left = summary.left if summary is not None else 0
        self._queued = (
            tr("Waiting for the library") if pending and not left else queue_words(summary)
        )
        self._show_work()

    def _show_work(self) -> None:
        """Everything under way in a line; that all is done only when it is."""
        parts = (self._queued, self._task, self._linking, self._embedding)
        text = " · ".join(item for item in parts if item) or _UP_TO_DATE
        glyph = "check" if text == _UP_TO_DATE else "library"
        self.queue.setIcon(theme.icon(glyph, "confirmed" if text == _UP_TO_DATE else "text2"))
        self.queue.setText(f" {text}")
        self.queue.setAccessibleName(text)
        self.worked.emit(" · ".join(item for item in (self._linking, self._embedding) if item))
        meanwhile = (
            tr(". You can ask and read meanwhile.") if self._linking or self._embedding else ""
        )
        self.queue.setToolTip(
            tr("{text}{meanwhile}\nShow activity (F9)", text=text, meanwhile=meanwhile)
        )

    def show_network(self, queue: Sequence[QueueRow]) -> None:
        """Name whom the queue is just asking for a page; nobody else is ever asked."""
        fetched = [row.path for row in queue if row.stage_word == FETCHING]
        hosts = list(dict.fromkeys(QUrl(path).host() or path for path in fetched))
        text = tr("Fetching {hosts}…", hosts=words.names(hosts, 1)) if hosts else _OFF
        if text != self.network.text():
            self.network.setText(text)
            self.network.setToolTip(f"{text} {_LINKS}" if hosts else _LINKS)
            sign = ("web", "accent") if hosts else ("offline", "text2")
            self._network_sign.show_sign(*sign)

    def show_linking(self, progress: LinkingProgress | None) -> None:
        """Say what is still done in the background with sources that can be asked already."""
        self._linking = linking_words(progress) if progress is not None else ""
        self._show_work()

    def show_embedding(self, progress: Progress | None) -> None:
        """Say how far an embedding model or the index of statements is in the background."""
        self._embedding = embedding_words(progress) if progress is not None else ""
        self._show_work()

    def show_tasks(self, running: Sequence[Task]) -> None:
        """Say how far the work on the library itself is, such as a backup."""
        parts = [
            item.title if item.share is None else f"{item.title} {words.percent(item.share)}"
            for item in running
        ]
        self._task = " · ".join(parts)
        self._show_work()

    def show_rest(self, text: str, *, learning: bool) -> None:
        """Say when the library sleeps, and where it is switched off, that asking teaches nothing.

        With "" nothing is known of it.
        """
        state = text if learning else tr("{text} · Learning off", text=text)
        self.rest.setText(f" {state}")
        self.rest.setAccessibleName(tr("{told}. Sleep and learning settings", told=state))
        self.rest.setToolTip(tr("{told}. Sleep and learning settings", told=state))
        self.rest.setVisible(bool(text))

    def set_narrow(self, narrow: bool) -> None:
        """Where there is little room, sleep and features go without words; the tooltip has them."""
        style = Qt.ToolButtonStyle
        for press in (self.rest, self.works):
            press.setToolButtonStyle(
                style.ToolButtonIconOnly if narrow else style.ToolButtonTextBesideIcon
            )


def queue_words(summary: QueueSummary | None) -> str:
    """How far the queue is, such as "Reading 63 %, about 26 s left"; "" where nothing is left."""
    if summary is None or not summary.left:
        if summary is not None and summary.failed:
            return tr_n(
                summary.failed,
                "{failed} needs attention",
                "{failed} need attention",
                failed=summary.failed,
            )
        return ""
    if summary.total:
        share = summary.done / summary.total
    else:
        share = summary.over / (summary.over + summary.left)
    text = tr("Reading {share}", share=words.percent(min(share, 0.99)))
    if summary.paused:
        return tr("{text}, paused", text=text)
    if summary.seconds_left is not None:
        text += tr(", about {seconds_left} left", seconds_left=words.duration(summary.seconds_left))
    return text


def linking_words(progress: LinkingProgress) -> str:
    """How far links between concepts are found, such as "Linking: Moby-Dick 41 %"."""
    if progress.left > 1:
        return tr(
            "Finding links: {left} of {sources} left",
            left=progress.left,
            sources=words.count(progress.total, "source"),
        )
    title, share = words.short(progress.title, 40), min(progress.share, 0.99)
    return tr("Linking: {title} {share}", title=title, share=words.percent(share))


def embedding_words(progress: Progress) -> str:
    """How far an embedding model or the index is, such as "Reading for meaning 41 %"."""
    share = progress.done / progress.total if progress.total else 0.0
    if progress.stage == "failed":
        return tr("Failed and is tried again: {reason}", reason=progress.note)
    if progress.stage == "indexing":
        return tr("Indexing statements {share}", share=words.percent(min(share, 0.99)))
    return tr("Reading for meaning {min}", min=words.percent(min(share, 0.99)))


def _item(glyph: str, text: str, tip: str) -> tuple[QLabel, QWidget]:
    # A long name of a collection gives way: it must not make the window wider.
    visible = Elided(text, "caption")
    visible.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
    box = holder(row(Sign(glyph, "text2", 14), visible, margins=(8, 0, 8, 0), gap=6))
    for part in (box, visible):
        part.setToolTip(tip)
    visible.setAccessibleDescription(tip)
    return visible, box


def _press(glyph: str, text: str, tip: str) -> QToolButton:
    return tool(glyph, text, text=True, kind="status", tip=tip)


class Linking(QObject):
    """Looks while something is left, and again when sources change; asks on a worker."""

    def __init__(self, shelf: Shelf, status: Status) -> None:
        super().__init__(status)
        self._shelf, self._status = shelf, status
        self._closed = False
        self._timer = delayed(self, self._read_progress)
        for changed in (shelf.sources_changed, shelf.learned, shelf.listed):
            changed.connect(self._start_timer)
        shelf.switched.connect(self._forget)
        shelf.embedding.connect(self._embedding)

    def stop(self) -> None:
        """Look no more."""
        self._closed = True
        self._timer.stop()

    def _start_timer(self) -> None:
        if self._shelf.complete and not self._closed and not self._timer.isActive():
            self._timer.start(_DELAY)

    def _forget(self) -> None:
        self._shelf.jobs.cancel(_KEY)
        self._shelf.jobs.cancel(_EMBEDDING)
        self._status.show_linking(None)
        self._status.show_embedding(None)

    def _embedding(self) -> None:
        self._read(_EMBEDDING, "models.progress", self._status.show_embedding)

    def _read_progress(self) -> None:
        self._read(_KEY, "graph.progress", self._show)

    def _read(self, key: str, name: str, show: Callable[[Any], object]) -> None:
        """Have a worker read a property of the library, whose modules it loads, and show it."""
        library = self._shelf.library

        def fail(_error: WorkbenchError) -> None:
            # The library is busy elsewhere: what was shown may be old, so nothing is.
            show(None)
            self._timer.start(_PAUSE)

        if library is None:
            show(None)
        else:
            self._shelf.jobs.run(attrgetter(name), library, done=show, failed=fail, key=key)

    def _show(self, progress: LinkingProgress | None) -> None:
        self._status.show_linking(progress)
        if progress is not None:
            self._timer.start(_PAUSE)
