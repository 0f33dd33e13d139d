"""The places of a source that one jumped from, back and forward."""


class History:
    """Offsets before and after the place one is at; scrolling leaves them as they are."""

    def __init__(self) -> None:
        self._before: list[int] = []
        self._after: list[int] = []

    def clear(self) -> None:
        """Another source is on show."""
        self._before, self._after = [], []

    def leave(self, here: int | None) -> None:
        """A jump leads away from here; what lay ahead is no more."""
        if here is not None and (not self._before or self._before[-1] != here):
            self._before.append(here)
        self._after = []

    def back(self, here: int | None) -> int | None:
        """Where the last jump began; None where none did."""
        return _step(self._before, self._after, here)

    def forward(self, here: int | None) -> int | None:
        """Where one came back from."""
        return _step(self._after, self._before, here)

    @property
    def ways(self) -> tuple[bool, bool]:
        """Whether there is a place before, and one after."""
        return bool(self._before), bool(self._after)


def _step(source: list[int], target: list[int], here: int | None) -> int | None:
    if not source:
        return None
    if here is not None:
        target.append(here)
    return source.pop()
