"""The status bar: scope, answer mode, queue, sleep, capabilities, network."""

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
from workbench.ui.shelf.shelf import Shelf

_KEY, _EMBEDDING = "linking", "embedding progress"
#: Milliseconds between progress checks, and before the first.
_PAUSE, _DELAY = 1000, 200


#: Minimum width of the queue button in pixels.
_MIN_WIDTH = 120
_OFF = tr("Network off")
_UP_TO_DATE = tr("Up to date")
_VERBATIM = tr("Answers are word-for-word quotes; no language model is involved")
_LINKS = tr("Nothing is sent automatically; web pages are fetched only when you add their link")


class Status(QStatusBar):
    """Labels with icons; those with an action are buttons."""

    #: The background work, as text.
    worked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setSizeGripEnabled(False)
        self.setAccessibleName(tr("Status"))
        self._queued = self._linking = self._embedding = self._task = ""
        self.scope, scope = _item("folder", tr("Scope: Everything"), tr("What questions search"))
        self.mode, mode = _item("quote", tr("Quotes"), _VERBATIM)
        self._mode_sign = mode.findChildren(Sign)[0]
        #: One button for all work; Activity is above it.
        self.queue = _press("check", _UP_TO_DATE, tr("Show activity (F9)"))
        # Its text may be long, and must not widen the window.
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
        """Show the scope of questions; the Trash is never searched."""
        text = tr("Scope: {name}", name=name)
        self.scope.setText(tr("{text} (not the Trash)", text=text) if trash else text)

    def show_writer(self, model: str) -> None:
        """Show the model that generates answers; "" for quotes."""
        self.mode.setText(model or tr("Quotes"))
        tip = tr(
            "Answers are written by {model} from your sources, each sentence checked", model=model
        )
        self.mode.setToolTip(tip if model else _VERBATIM)
        self._mode_sign.show_sign("chip" if model else "quote", "text2")

    def show_queue(self, summary: QueueSummary | None, *, pending: int = 0) -> None:
        """Show the progress of the queue; `pending` items are not enqueued yet."""
        left = summary.left if summary is not None else 0
        self._queued = (
            tr("Waiting for the library") if pending and not left else queue_words(summary)
        )
        self._show_work()

    def _show_work(self) -> None:
        """Show all running work in one line."""
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
        """Show the hosts that pages are being fetched from."""
        fetched = [row.path for row in queue if row.stage_word == FETCHING]
        hosts = list(dict.fromkeys(QUrl(path).host() or path for path in fetched))
        text = tr("Fetching {hosts}…", hosts=words.names(hosts, 1)) if hosts else _OFF
        if text != self.network.text():
            self.network.setText(text)
            self.network.setToolTip(f"{text} {_LINKS}" if hosts else _LINKS)
            sign = ("web", "accent") if hosts else ("offline", "text2")
            self._network_sign.show_sign(*sign)

    def show_linking(self, progress: LinkingProgress | None) -> None:
        """Show the progress of linking sources that can already be searched."""
        self._linking = linking_words(progress) if progress is not None else ""
        self._show_work()

    def show_embedding(self, progress: Progress | None) -> None:
        """Show the progress of embedding or indexing."""
        self._embedding = embedding_words(progress) if progress is not None else ""
        self._show_work()

    def show_tasks(self, running: Sequence[Task]) -> None:
        """Show the progress of tasks on the library, such as a backup."""
        parts = [
            item.title if item.share is None else f"{item.title} {words.percent(item.share)}"
            for item in running
        ]
        self._task = " · ".join(parts)
        self._show_work()

    def show_rest(self, text: str, *, learning: bool) -> None:
        """Show when the library sleeps, and that learning is off.

        "" hides it.
        """
        state = text if learning else tr("{text} · Learning off", text=text)
        self.rest.setText(f" {state}")
        self.rest.setAccessibleName(tr("{told}. Sleep and learning settings", told=state))
        self.rest.setToolTip(tr("{told}. Sleep and learning settings", told=state))
        self.rest.setVisible(bool(text))

    def set_narrow(self, narrow: bool) -> None:
        """Show only icons of all but work and scope in a narrow window, instead of cut words."""
        style = Qt.ToolButtonStyle
        for press in (self.rest, self.works):
            press.setToolButtonStyle(
                style.ToolButtonIconOnly if narrow else style.ToolButtonTextBesideIcon
            )
        for visible in (self.mode, self.network):
            visible.setHidden(narrow)


def queue_words(summary: QueueSummary | None) -> str:
    """The progress of the queue, such as "Reading 63 %, about 26 s left"; "" if empty."""
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
    """The progress of linking, such as "Linking: Moby-Dick 41 %"."""
    if progress.left > 1:
        return tr(
            "Finding links: {left} of {sources} left",
            left=progress.left,
            sources=words.count(progress.total, "source"),
        )
    title, share = words.short(progress.title, 40), min(progress.share, 0.99)
    return tr("Linking: {title} {share}", title=title, share=words.percent(share))


def embedding_words(progress: Progress) -> str:
    """The progress of embedding or indexing, such as "Reading for meaning 41 %"."""
    share = progress.done / progress.total if progress.total else 0.0
    if progress.stage == "failed":
        return tr("Failed and is tried again: {reason}", reason=progress.note)
    if progress.stage == "indexing":
        return tr("Indexing statements {share}", share=words.percent(min(share, 0.99)))
    return tr("Reading for meaning {min}", min=words.percent(min(share, 0.99)))


def _item(glyph: str, text: str, tip: str) -> tuple[QLabel, QWidget]:
    # A long collection name must not widen the window.
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
    """Polls the progress of linking on a worker while any is left, and after changes."""

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
        """Stop polling."""
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
        """Read a property of the library on a worker, which imports its modules, and show it."""
        library = self._shelf.library

        def fail(_error: WorkbenchError) -> None:
            # The library is busy, and the last value may be outdated.
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
