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

from workbench.ui import pauses as pausing
from workbench.ui.pauses import ShortPauses


class _Ring:
    """Garbage that only the collector can find."""

    def __init__(self, seen: list[str]) -> None:
        self.me = self
        weakref.finalize(self, lambda: seen.append(threading.current_thread().name))


@pytest.mark.slow
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


@pytest.mark.slow
def test_everything_is_looked_through_only_once_there_is_more_and_the_user_rests(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pausing, "_FULL_EVERY", 1)
    monkeypatch.setattr(pausing, "_YOUNG_MILLISECONDS", 5)
    monkeypatch.setattr(pausing, "_OVERGROWN", 1e9)
    full, rested, parent = gc.get_stats, [0.0], QObject()
    pauses = ShortPauses(parent, lambda: rested[0])
    try:
        before = full()[2]["collections"]
        qtbot.wait(50)
        assert full()[2]["collections"] == before
        kept = [[number] for number in range(sys.getallocatedblocks())]
        qtbot.wait(50)
        assert full()[2]["collections"] == before
        rested[0] = 60.0
        qtbot.waitUntil(lambda: full()[2]["collections"] == before + 1)
        qtbot.wait(50)
        assert full()[2]["collections"] == before + 1
        assert kept
    finally:
        pauses.stop()


def _resident() -> int:
    """Memory of this process in MB."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 // 1_000_000


@pytest.mark.slow
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
