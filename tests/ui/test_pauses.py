"""Garbage is collected on the GUI thread, and the interpreter gets its own way back."""

import gc
import platform
import sys
import threading
import weakref
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from workbench.ui import app as pausing
from workbench.ui.app import ShortPauses

#: Each looks through all that the process of the tests has made, seconds of work where others have
#: gone by.
pytestmark = pytest.mark.slow


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


def test_what_was_there_when_modules_came_is_not_looked_through_again(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pausing, "_YOUNG_MILLISECONDS", 5)
    monkeypatch.setattr(pausing, "_LONG", 1e9)
    parent = QObject()
    pauses = ShortPauses(parent)
    try:
        kept = [[number] for number in range(10_000)]
        before = gc.get_freeze_count()
        qtbot.wait(50)
        assert gc.get_freeze_count() <= before
        monkeypatch.setitem(sys.modules, "tests.ui.loaded_later", sys)
        qtbot.waitUntil(lambda: gc.get_freeze_count() >= before + len(kept))
    finally:
        pauses.stop()


def test_what_a_long_collection_looked_through_is_left_out_of_the_next(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pausing, "_FULL_EVERY", 1)
    monkeypatch.setattr(pausing, "_YOUNG_MILLISECONDS", 5)
    monkeypatch.setattr(pausing, "_LONG", 0.0)
    parent = QObject()
    pauses = ShortPauses(parent)
    try:
        kept = [[number] for number in range(10_000)]
        before = gc.get_freeze_count()
        qtbot.waitUntil(lambda: gc.get_freeze_count() >= before + len(kept))
        seen: list[str] = []
        _Ring(seen)
        qtbot.waitUntil(lambda: len(seen) == 1)
    finally:
        pauses.stop()


def test_all_is_looked_through_when_another_library_is_opened(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pausing, "_YOUNG_MILLISECONDS", 5)
    seen: list[str] = []
    ring = _Ring(seen)
    parent = QObject()
    pauses = ShortPauses(parent)
    try:
        del ring
        qtbot.wait(50)
        assert not seen
        pauses.look_through_all()
        qtbot.waitUntil(lambda: len(seen) == 1)
    finally:
        pauses.stop()


def _resident() -> int:
    """Memory of this process in MB."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 // 1_000_000


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc keeps freed memory so")
def test_freed_memory_goes_back_to_the_system(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pausing, "_FULL_EVERY", 1)
    monkeypatch.setattr(pausing, "_YOUNG_MILLISECONDS", 20)
    # Too large for the interpreter's own pools; what is kept lies between what goes.
    taken = [bytes(700) for _ in range(400_000)]
    kept = taken[::50]
    full = _resident()
    del taken
    assert _resident() > full - 40
    parent = QObject()
    pauses = ShortPauses(parent)
    try:
        qtbot.waitUntil(lambda: _resident() < full - 60)
    finally:
        pauses.stop()
    assert kept
