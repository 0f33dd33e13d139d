"""Notifies a listener that a recalled memory turned out right or wrong.

Packages in which users open, pin or judge memories report it here; the package above, with recall,
learns from it. The listener is optional.
"""

from collections.abc import Sequence
from typing import Protocol

#: The reward for opening, pinning, confirming and rejecting a memory.
OPENED, PINNED, CONFIRMED, REJECTED = 0.5, 1.0, 1.0, -1.0


class Listener(Protocol):
    """Learns from rewards."""

    def engrams(self, ids: Sequence[int], reward: float, why: str) -> None:
        """Reward memories, from -1 to 1."""

    def edge(self, head: int, tail: int, reward: float, about: str) -> None:
        """Reward a link of two concepts; 0 retracts its verdict."""


class Rewards:
    """The rewards of one library. Thread-safe."""

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
