"""A clock that tests move."""


class Clock:
    """Stands still until it is moved, or goes on by `step` seconds whenever it is looked at."""

    def __init__(self, now: float = 1_700_000_000.0, step: float = 0.0) -> None:
        self.now = now
        self._step = step

    def __call__(self) -> float:
        self.now += self._step
        return self.now

    def hours(self, number: float) -> None:
        """Move it on."""
        self.now += number * 3600

    def days(self, number: float) -> None:
        """Move it on."""
        self.hours(24 * number)
