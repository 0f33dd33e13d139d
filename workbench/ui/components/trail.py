"""A navigation history, for Back and Forward."""

from typing import Generic, TypeVar

T = TypeVar("T")
_STOPS = 50  # length of the history


class Trail(Generic[T]):
    """The navigation history: a list of stops with a current position."""

    def __init__(self) -> None:
        self._stops: list[T] = []
        self._at = -1

    @property
    def current(self) -> T | None:
        """The current stop."""
        return self._stops[self._at] if self._stops else None

    @property
    def has_back(self) -> bool:
        """Whether there is an earlier stop."""
        return self._at > 0

    @property
    def has_forward(self) -> bool:
        """Whether there is a later stop."""
        return self._at < len(self._stops) - 1

    def push(self, stop: T) -> None:
        """Append a stop and drop all later ones."""
        self._stops = [*self._stops[: self._at + 1], stop][-_STOPS:]
        self._at = len(self._stops) - 1

    def step(self, by: int) -> T | None:
        """Move back (-1) or forward (1); None at either end."""
        if not 0 <= self._at + by < len(self._stops):
            return None
        self._at += by
        return self._stops[self._at]

    def clear(self) -> None:
        """Clear the history."""
        self._stops, self._at = [], -1
