"""The timeline above a transcript: waveform, clock and playback.

Qt Multimedia is not installed. A clip from the chosen second is opened with the system's audio
player, a video in the browser.
"""

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from workbench.recall.wording import time_words
from workbench.ui import theme
from workbench.ui.components import button, column, fill, label, row, tool
from workbench.ui.language import tr

if TYPE_CHECKING:
    from workbench.ui.plots.curves import Waveform

_HIGH = 36
#: Step of an arrow key in seconds.
_STEP = 5.0


class Wave(QWidget):
    """The loudness of a recording over time; a click or an arrow key seeks."""

    chosen = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self.seconds = 0.0
        self.at = 0.0
        self.levels: tuple[float, ...] = ()
        self._plot: Waveform | None = None
        self._stack = column()
        fill(self, self._stack, "wave")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(tr("Time"))
        self.setToolTip(tr("Click to go there; left and right go five seconds"))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(200), theme.px(_HIGH))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(60), theme.px(_HIGH))

    def show_wave(self, seconds: float, levels: Sequence[float]) -> None:
        """Show a duration in seconds, with optional levels (0 to 1)."""
        self.seconds, self.levels = seconds, tuple(levels)
        self._draw()

    def show_second(self, second: float) -> None:
        """Show the current time."""
        self.at = min(max(0.0, second), self.seconds)
        self.setAccessibleDescription(
            tr(
                "{time_words} of {time_words2}",
                time_words=time_words(self.at),
                time_words2=time_words(self.seconds),
            )
        )
        self._draw()

    def showEvent(self, event: QShowEvent) -> None:
        if self._plot is None:
            from workbench.ui.plots.curves import Waveform

            self._plot = Waveform()
            self._stack.addWidget(self._plot)
        self._draw()
        super().showEvent(event)

    def _draw(self) -> None:
        if self._plot is not None:
            self._plot.show_levels(self.seconds, self.levels, self.at)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.seconds:
            share = event.position().x() / max(1, self.width())
            self.chosen.emit(min(max(0.0, share), 1.0) * self.seconds)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -_STEP, Qt.Key.Key_Right: _STEP}
        step = steps.get(Qt.Key(event.key()))
        if step is None or not self.seconds:
            super().keyPressEvent(event)
            return
        self.chosen.emit(min(max(0.0, self.at + step), self.seconds))


class Timeline(QWidget):
    """Clock, waveform and playback button; maps offsets to times."""

    #: Offset in the source to scroll to.
    wanted = Signal(int)
    #: Second to play from.
    play = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self._times: tuple[tuple[int, float], ...] = ()
        self.clock = label("", "caption")
        self.wave = Wave()
        self.wave.chosen.connect(self._choose)
        self._browser = False
        self.player = button("", "play", "quiet", call=lambda: self.play.emit(self.wave.at))
        self.corrector = tool("note", tr("Correct the selected words (F2)"))
        line = row(self.clock, self.wave, self.player, self.corrector, margins=(16, 4, 16, 4))
        line.setStretchFactor(self.wave, 1)
        fill(self, line, name=tr("Recording"))
        self.hide()

    def show_times(
        self, times: Sequence[tuple[int, float]], seconds: float, *, browser: bool
    ) -> None:
        """Show the timeline for these (offset, second) pairs; hide it if empty."""
        self._times = tuple(times)
        self.wave.show_wave(seconds, ())
        self._browser = browser
        self.setVisible(bool(times))

    def second(self, offset: int) -> float:
        """The time at which the character at `offset` is spoken."""
        at = bisect_right(self._times, offset, key=lambda time: time[0]) - 1
        return self._times[max(0, at)][1] if self._times else 0.0

    def show_second(self, second: float) -> None:
        """Show the current time."""
        self.wave.show_second(second)
        self.clock.setText(f"{time_words(self.wave.at)} / {time_words(self.wave.seconds)}")
        index = tr("Watch") if self._browser else tr("Play")
        self.player.setText(
            tr(" {where} from {time_words}", where=index, time_words=time_words(self.wave.at))
        )
        self.player.setAccessibleName(self.player.text().strip())

    def _choose(self, second: float) -> None:
        at = bisect_right(self._times, second, key=lambda time: time[1]) - 1
        if self._times:
            self.wanted.emit(self._times[max(0, at)][0])
            self.show_second(second)
