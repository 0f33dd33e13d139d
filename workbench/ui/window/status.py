"""The status bar: scope, how answers are made, how far the queue is, and that nothing leaves."""

from collections.abc import Sequence

from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from workbench.intake.records import STAGES, QueueRow
from workbench.ui.activity.rows import share
from workbench.ui.components import words
from workbench.ui.components.boxes import holder, row
from workbench.ui.components.controls import Sign
from workbench.ui.components.words import label

_WAITING = ("queued", "running", "paused")
_VERIFIED = STAGES.index("verified")


class Status(QStatusBar):
    """Four short sentences, each with its sign."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizeGripEnabled(False)
        self.setAccessibleName("Status")
        self._since: int | None = None
        self.scope, scope = _item("folder", "Scope: Everything", "What questions are limited to")
        self.mode, mode = _item(
            "quote",
            "Quotes",
            "Answers are verbatim quotes from your sources; no language model writes them",
        )
        self.queue, queue = _item("library", "Queue empty", "What is being read")
        self.network, network = _item(
            "offline", "Network off", "Nothing is sent anywhere: all work is done on this computer"
        )
        for part in (scope, mode, queue):
            self.addWidget(part)
        self.addPermanentWidget(network)

    def show_scope(self, name: str, *, trash: bool = False) -> None:
        """Name what questions are limited to; what lies in the trash is never asked."""
        text = f"Scope: {name}"
        self.scope.setText(f"{text} (the Trash is never asked)" if trash else text)

    def show_queue(self, rows: Sequence[QueueRow], *, paused: bool, coming: int = 0) -> None:
        """Say how far the queue is; `coming` things wait for the library to take them up."""
        waiting = [row.id for row in rows if row.state in _WAITING]
        if not waiting:
            self._since = None
        elif self._since is None:
            self._since = min(waiting)
        text = queue_words(rows, paused=paused, since=self._since or 0)
        self.queue.setText("Waiting for the library" if coming and not waiting else text)


def queue_words(rows: Sequence[QueueRow], *, paused: bool, since: int = 0) -> str:
    """How far the queue is, such as "Queue 63 %, 26 s left".

    Counted over the jobs from `since` on, the first after the queue was empty last: the share
    must not fall when the first files of many are done.
    """
    waiting = [row for row in rows if row.state in _WAITING]
    failed = sum(row.state == "failed" for row in rows)
    if not waiting:
        if failed:
            return f"Queue: {failed} {'needs' if failed == 1 else 'need'} you"
        return "Queue empty"
    counted = [row for row in rows if row.id >= since and row.state in (*_WAITING, "done")]
    mean = sum(map(_progress, counted)) / len(counted)
    text = f"Queue {words.percent(min(mean, 0.99))}"
    if paused:
        return f"{text}, paused"
    left = [row.seconds_left for row in waiting if row.seconds_left is not None]
    if left and not any(row.state == "queued" for row in waiting):
        text += f", {words.duration(max(left))} left"
    return text


def _progress(row: QueueRow) -> float:
    """How far a job is on its road to verified, 0 to 1."""
    if row.state == "done":
        return 1.0
    reached = STAGES.index(row.stage) if row.stage in STAGES else 0
    return min(1.0, (reached + (share(row) if row.state == "running" else 0.0)) / _VERIFIED)


def _item(glyph: str, text: str, tip: str) -> tuple[QLabel, QWidget]:
    shown = label(text, "caption")
    box = holder(row(Sign(glyph, "text2", 14), shown, margins=(8, 0, 8, 0), gap=6))
    for part in (box, shown):
        part.setToolTip(tip)
    shown.setAccessibleDescription(tip)
    return shown, box
