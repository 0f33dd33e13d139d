"""What asking has taught, laid over the links that follow from associations.

Links are given the weight that they have by themselves and what was learned beside it; whatever is
not to be learned any more becomes what it was, exactly. Rows are changed in place and new links
chained beside them (`synapses`), so that nothing is built anew.
"""

from collections.abc import Mapping

from workbench.brain.engine.synapses import MOST, ONE, Synapses


class Overlay:
    """The weights that one brain has beside those of its associations."""

    def __init__(self, synapses: Synapses) -> None:
        self._synapses = synapses
        #: Links that are not as they are by themselves: their own weights, in whole numbers.
        self._own: dict[tuple[int, int], int] = {}

    def become(self, deltas: Mapping[tuple[int, int], float]) -> None:
        """Let exactly these links, by source and target, weigh so much more or less."""
        size = self._synapses.size
        for link in self._own.keys() - deltas.keys():
            self._synapses.put(*link, self._own.pop(link))
        for link, delta in deltas.items():
            if not (0 <= link[0] < size and 0 <= link[1] < size):
                continue
            own = self._own.get(link)
            if own is None:
                own = self._own[link] = self._synapses.weight(*link)
            self._synapses.put(*link, max(0, min(own + round(delta * ONE), MOST)))

    def joins(self, one: int, other: int) -> bool:
        """Whether a link of two concepts, either way, is not as it is by itself."""
        return (one, other) in self._own or (other, one) in self._own
