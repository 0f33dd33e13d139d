"""What waits to write strengths ends when the library does, whenever that is."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.patience import seconds
from workbench.memory import strengths
from workbench.store.store import Store


class _ClosedBefore(threading.Event):
    """An event right before whose clearing somebody closes what waits for it."""

    def __init__(self, close: Callable[[], None]) -> None:
        super().__init__()
        self._called = threading.Event()
        self.closing = threading.Thread(target=close, daemon=True)

    def set(self) -> None:
        super().set()
        if threading.current_thread() is self.closing:
            self._called.set()

    def clear(self) -> None:
        if not self._called.is_set():
            self.closing.start()
            assert self._called.wait(seconds(60))
        super().clear()


def test_closing_while_uses_are_about_to_be_written_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(strengths, "_WAIT", 0.0)
    with Store.open(tmp_path / "late.brain") as store:
        used = strengths.Strengths(store)
        wake = used.worker._wake = _ClosedBefore(used.close)
        used.use(None, [1])
        while not wake.closing.ident:
            threading.Event().wait(0.001)
        wake.closing.join(seconds(30))
        ended = not wake.closing.is_alive()
        threading.Event.set(wake)
        wake.closing.join()
    assert ended
