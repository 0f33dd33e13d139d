"""Notifies listeners that a recalled memory turned out right or wrong.

The rooms in which somebody opens, pins or judges tell it here; the room above, where recall is,
learns from it. Nobody has to listen.
"""

from collections.abc import Sequence
from typing import Protocol

#: How good it is that somebody opened, pinned, confirmed, or, below 0, rejected something.
OPENED, PINNED, CONFIRMED, REJECTED = 0.5, 1.0, 1.0, -1.0


class Listener(Protocol):
    """Who learns from rewards."""

    def engrams(self, ids: Sequence[int], reward: float, why: str) -> None:
        """Memories turned out to be so good, from -1 to 1."""

    def edge(self, head: int, tail: int, reward: float, about: str) -> None:
        """A link of two concepts was judged so, 0: what was said of it is taken back."""


class Rewards:
    """The rewards of one library. Any thread may tell."""

    def __init__(self) -> None:
        self.listener: Listener | None = None

    def engrams(self, ids: Sequence[int], reward: float, why: str) -> None:
        """See `Listener`."""
        if self.listener is not None and ids:
            self.listener.engrams(ids, reward, why)

    def edge(self, head: int, tail: int, reward: float, about: str) -> None:
        """See `Listener`."""
        if self.listener is not None:
            self.listener.edge(head, tail, reward, about)
