"""What of a curve is drawn."""

from typing import Protocol


class Curve(Protocol):
    """Strengths at moments, past and future (seconds since the epoch); `uses` are moments, too."""

    @property
    def times(self) -> tuple[float, ...]:
        """When each sample is."""

    @property
    def strengths(self) -> tuple[float, ...]:
        """The strength at each, 0 to `cap`."""

    @property
    def uses(self) -> tuple[float, ...]:
        """When it was used."""

    @property
    def now(self) -> float:
        """The present."""

    @property
    def half_at(self) -> float | None:
        """When half of it is left, unused."""

    @property
    def pinned(self) -> bool:
        """Whether it does not fade."""

    @property
    def half_life(self) -> float:
        """Seconds in which it halves."""

    @property
    def cap(self) -> float:
        """The most that a strength can be."""
