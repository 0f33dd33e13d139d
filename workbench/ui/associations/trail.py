"""The history of Explore, back and forward; no Qt."""

from dataclasses import dataclass, field

from workbench.ui.associations.walk import Walk

Places = dict[int, tuple[float, float]]
_STOPS = 50  # ways back


@dataclass(slots=True)
class Stop:
    """A walk, and where its concepts stood in the picture."""

    walk: Walk
    places: Places = field(default_factory=dict)


class Trail:
    """Stops in the order of walking; one of them is where one is."""

    def __init__(self) -> None:
        self._stops: list[Stop] = []
        self._at = -1

    @property
    def current(self) -> Stop | None:
        """Where one is."""
        return self._stops[self._at] if self._stops else None

    @property
    def has_back(self) -> bool:
        """Whether there is a way back."""
        return self._at > 0

    @property
    def has_forward(self) -> bool:
        """Whether there is a way forward."""
        return self._at < len(self._stops) - 1

    def push(self, stop: Stop) -> None:
        """Go on to another stop; what lay ahead is forgotten."""
        self._stops = [*self._stops[: self._at + 1], stop][-_STOPS:]
        self._at = len(self._stops) - 1

    def step(self, by: int) -> Stop | None:
        """Back (-1) or forward (1); None where there is no stop."""
        if not 0 <= self._at + by < len(self._stops):
            return None
        self._at += by
        return self._stops[self._at]

    def clear(self) -> None:
        """Forget the way."""
        self._stops, self._at = [], -1
