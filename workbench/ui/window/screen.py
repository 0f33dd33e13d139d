"""Keeps the window on its screen, title bar and frame included."""

from PySide6.QtCore import QRect, QSize, QTimer
from PySide6.QtWidgets import QStyle, QWidget


def first_size(window: QWidget, preferred: QSize) -> QSize:
    """The wanted size, or what the screen has room for beside a title bar.

    The real frame is known only once the window is shown; `show` then has the last word.
    """
    metric, style = QStyle.PixelMetric, window.style()
    bar = style.pixelMetric(metric.PM_TitleBarHeight)
    edge = 2 * style.pixelMetric(metric.PM_MdiSubWindowFrameWidth)
    room = window.screen().availableGeometry().size()
    return preferred.boundedTo(room - QSize(edge, bar + edge))


def show(window: QWidget) -> None:
    """Show a window, all of it on its screen."""
    window.show()
    # The desktop gives it its frame in its own time.
    QTimer.singleShot(0, window, lambda: fit_screen(window))


def fit_screen(window: QWidget) -> None:
    """Shrink and move a window whose frame lies beyond the edge of its screen."""
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
