"""Keeps the window, including its frame, on its screen."""

from PySide6.QtCore import QRect, QSize, QTimer
from PySide6.QtWidgets import QStyle, QWidget


def first_size(window: QWidget, preferred: QSize) -> QSize:
    """The preferred size, limited to the screen less an estimated frame.

    The actual frame is only known once the window is shown; see `show`.
    """
    metric, style = QStyle.PixelMetric, window.style()
    bar = style.pixelMetric(metric.PM_TitleBarHeight)
    edge = 2 * style.pixelMetric(metric.PM_MdiSubWindowFrameWidth)
    room = window.screen().availableGeometry().size()
    return preferred.boundedTo(room - QSize(edge, bar + edge))


def show(window: QWidget) -> None:
    """Show a window entirely on its screen."""
    window.show()
    # The frame is added asynchronously.
    QTimer.singleShot(0, window, lambda: fit_screen(window))


def fit_screen(window: QWidget) -> None:
    """Move and shrink a window that extends beyond its screen."""
    if window.isMaximized() or window.isFullScreen():
        return
    room, frame = window.screen().availableGeometry(), window.frameGeometry()
    if room.contains(frame):
        return
    border = frame.size() - window.size()
    size = window.size().boundedTo(room.size() - border)
    window.resize(size)
    outer = QRect(frame.topLeft(), window.size() + border)
    left = max(room.left(), min(outer.left(), room.right() + 1 - outer.width()))
    top = max(room.top(), min(outer.top(), room.bottom() + 1 - outer.height()))
    window.move(left, top)
