"""What asking has taught, laid over the links that follow from associations.

Links are given the weight that they have by themselves and what was learned beside it; whatever is
not to be learned any more becomes what it was, exactly. Rows are changed in place and new links
chained beside them (`synapses`), so that nothing is built anew.
"""

from collections.abc import Mapping

import numpy as np

from workbench.brain.synapses import ONE, Synapses

_MOST = 254


class Overlay:
    """The weights that one brain has beside those of its associations."""

    def __init__(self, synapses: Synapses) -> None:
        self._synapses = synapses
        #: Links that are not as they are by themselves: their own weights, in whole numbers.
        self._own: dict[tuple[int, int], int] = {}
        #: Where chained links lie that were made here; one without weight drives nothing.
        self._chained: dict[tuple[int, int], int] = {}

    def become(self, deltas: Mapping[tuple[int, int], float]) -> None:
        """Let exactly these links, by source and target, weigh so much more or less."""
        size = self._synapses.size
        for link in self._own.keys() - deltas.keys():
            self._put(link, self._own.pop(link))
        for link, delta in deltas.items():
            if not (0 <= link[0] < size and 0 <= link[1] < size):
                continue
            own = self._own.get(link)
            if own is None:
                own = self._own[link] = self._weight(link)
            self._put(link, max(0, min(own + round(delta * ONE), _MOST)))

    def _place(self, link: tuple[int, int]) -> int:
        """Where a link lies in the rows, or -1."""
        rows = self._synapses
        low, high = int(rows.starts[link[0]]), int(rows.starts[link[0] + 1])
        at = low + int(np.searchsorted(rows.targets[low:high], link[1]))
        return at if at < high and int(rows.targets[at]) == link[1] else -1

    def _weight(self, link: tuple[int, int]) -> int:
        at = self._place(link)
        return int(self._synapses.weights[at]) if at >= 0 else 0

    def _put(self, link: tuple[int, int], weight: int) -> None:
        rows = self._synapses
        at = self._place(link)
        if at >= 0:
            rows.weights[at] = weight
        elif link in self._chained:
            rows.strong[self._chained[link]] = weight
        elif weight:
            rows.add(link[0], link[1], weight / ONE)
            self._chained[link] = rows.added - 1
