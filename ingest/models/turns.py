"""Limits how many requests a model serves at the same time.

A model that is asked twice at once answers both more slowly, or loads itself twice. What a person
waits for goes before what is done in the background.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

#: Seconds between two looks whether the one who waits has been told to stop.
_POLL = 0.05


class _Gate:
    def __init__(self) -> None:
        self.inside = 0
        self.urgent = 0


_gates: dict[str, _Gate] = {}
_changed = threading.Condition()


@contextmanager
def turn(
    key: str, check: Callable[[], None], *, parallel: int = 1, patient: bool = False
) -> Iterator[None]:
    """Wait for a turn at what `key` names, and have it for the length of the block.

    `patient` callers let others go before. `check()` may raise while one waits.
    """
    with _changed:
        gate = _gates.setdefault(key, _Gate())
        gate.urgent += not patient
        try:
            while gate.inside >= parallel or (patient and gate.urgent):
                check()
                _changed.wait(_POLL)
        finally:
            gate.urgent -= not patient
        gate.inside += 1
    try:
        yield
    finally:
        with _changed:
            gate.inside -= 1
            _changed.notify_all()
