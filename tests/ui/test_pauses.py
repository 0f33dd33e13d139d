"""Garbage is collected on the GUI thread, and the interpreter gets its own way back."""

import gc
import threading
import weakref

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from workbench.ui.pauses import ShortPauses


class _Ring:
    """Garbage that only the collector can find."""

    def __init__(self, seen: list[str]) -> None:
        self.me = self
        weakref.finalize(self, lambda: seen.append(threading.current_thread().name))


def test_garbage_is_collected_here_and_not_on_workers(qtbot: QtBot) -> None:
    parent = QObject()
    pauses = ShortPauses(parent)
    try:
        assert not gc.isenabled()
        seen: list[str] = []

        def litter() -> None:
            for _ in range(5000):
                _Ring(seen)

        worker = threading.Thread(target=litter)
        worker.start()
        worker.join()
        qtbot.waitUntil(lambda: len(seen) == 5000, timeout=40_000)
        assert set(seen) == {threading.main_thread().name}
    finally:
        pauses.stop()
    assert gc.isenabled()
