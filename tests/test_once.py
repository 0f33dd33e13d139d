"""Attributes that are made when they are first asked for."""

import threading

from workbench.once import once


class _Room:
    def __init__(self) -> None:
        self.made = 0
        self.entered = threading.Event()
        self.go_on = threading.Event()

    @once
    def table(self) -> list[str]:
        """Where things lie."""
        self.made += 1
        self.entered.set()
        self.go_on.wait()
        return ["plate"]


def test_it_is_made_when_it_is_asked_for_and_kept() -> None:
    room = _Room()
    room.go_on.set()
    assert "table" not in vars(room)
    assert room.made == 0
    assert room.table is room.table
    assert "table" in vars(room)
    assert room.made == 1
    assert _Room.table.__doc__ == "Where things lie."


def test_two_threads_at_the_same_time_get_the_same() -> None:
    room = _Room()
    found: list[list[str]] = []
    threads = [threading.Thread(target=lambda: found.append(room.table)) for _ in range(2)]
    threads[0].start()
    room.entered.wait()
    threads[1].start()
    room.go_on.set()
    for thread in threads:
        thread.join()
    assert room.made == 1
    assert found[0] is found[1]
