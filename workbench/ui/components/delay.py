"""Calls that come a while later, and once however often they are asked for meanwhile."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


def delayed(parent: QObject, call: Callable[[], object], milliseconds: int = 0) -> QTimer:
    """A timer that makes the call once, so long after its latest `start`."""
    created = QTimer(parent, singleShot=True, interval=milliseconds)
    created.timeout.connect(call)
    return created
