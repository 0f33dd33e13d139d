"""Learned synapses: one weight for two assemblies, which stands for 2,500 of their neurons' pairs.

Which pairs those are follows from a hash. Rows are frozen: five bytes a link, sorted by where they
come from. What is learned between two freezings lies in an overlay beside them, as chains.
"""

from dataclasses import dataclass, field

import numpy as np

from workbench.arrays import F32, I32, I64, U8

#: The weight of one, and the largest.
ONE, MOST = 127, 254
_FIRST_ROOM = 1024


@dataclass(slots=True)
class Synapses:
    """Links among `size` assemblies.

    Frozen: those of assembly a lie at `starts[a]:starts[a + 1]` of `targets` int32 and `weights`
    uint8. Added since: `heads` int32[size] is where the chain of an assembly begins, or -1,
    `nexts`, `more` and `strong` what comes next, where it leads, and how strongly.
    """

    starts: I64
    targets: I32
    weights: U8
    heads: I32
    nexts: I32 = field(default_factory=lambda: np.full(_FIRST_ROOM, -1, np.int32))
    more: I32 = field(default_factory=lambda: np.zeros(_FIRST_ROOM, np.int32))
    strong: U8 = field(default_factory=lambda: np.zeros(_FIRST_ROOM, np.uint8))
    added: int = 0

    @property
    def size(self) -> int:
        """How many assemblies there may be."""
        return len(self.heads)

    def __len__(self) -> int:
        return len(self.targets) + self.added

    @property
    def bytes(self) -> int:
        """What the arrays take."""
        return sum(
            each.nbytes
            for each in (
                self.starts, self.targets, self.weights, self.heads, self.nexts, self.more,
                self.strong,
            )
        )  # fmt: skip

    def of(self, assembly: int) -> tuple[I64, F32]:
        """Where the links of an assembly lead, and their weights."""
        part = slice(int(self.starts[assembly]), int(self.starts[assembly + 1]))
        targets, weights = self.targets[part].tolist(), self.weights[part].tolist()
        at = int(self.heads[assembly])
        while at >= 0:
            targets.append(int(self.more[at]))
            weights.append(int(self.strong[at]))
            at = int(self.nexts[at])
        return np.array(targets, np.int64), np.array(weights, np.float32) / np.float32(ONE)

    def add(self, source: int, target: int, weight: float, *, once: bool = False) -> None:
        """Learn one link at once; one that is there is strengthened, unless it is set `once`."""
        learned = _whole(weight)
        low, high = int(self.starts[source]), int(self.starts[source + 1])
        at = low + int(np.searchsorted(self.targets[low:high], target))
        if at < high and self.targets[at] == target:
            if not once:
                self.weights[at] = min(int(self.weights[at]) + learned, MOST)
            return
        at = int(self.heads[source])
        while at >= 0:
            if self.more[at] == target:
                if not once:
                    self.strong[at] = min(int(self.strong[at]) + learned, MOST)
                return
            at = int(self.nexts[at])
        if self.added == len(self.more):
            self._grow()
        at = self.added
        self.more[at], self.strong[at], self.nexts[at] = target, learned, self.heads[source]
        self.heads[source] = at
        self.added += 1

    def weaken(self, source: int, target: int, weight: float) -> None:
        """Take so much from a link; one of no weight drives nothing and goes when rows freeze."""
        taken = _whole(weight)
        low, high = int(self.starts[source]), int(self.starts[source + 1])
        at = low + int(np.searchsorted(self.targets[low:high], target))
        if at < high and self.targets[at] == target:
            self.weights[at] = max(int(self.weights[at]) - taken, 0)
            return
        at = int(self.heads[source])
        while at >= 0:
            if self.more[at] == target:
                self.strong[at] = max(int(self.strong[at]) - taken, 0)
                return
            at = int(self.nexts[at])

    def weight(self, source: int, target: int) -> int:
        """What a link weighs, in whole numbers: `ONE` is 1."""
        row, chained = self._place(source, target)
        if row >= 0:
            return int(self.weights[row])
        return int(self.strong[chained]) if chained >= 0 else 0

    def put(self, source: int, target: int, weight: int) -> None:
        """Let a link weigh exactly this, from 0 to `MOST`."""
        row, chained = self._place(source, target)
        if row >= 0:
            self.weights[row] = weight
        elif chained >= 0:
            self.strong[chained] = weight
        elif weight:
            self.add(source, target, weight / ONE)

    def _place(self, source: int, target: int) -> tuple[int, int]:
        """Where a link lies, in its row or in its chain; the other is -1, or both are."""
        low, high = int(self.starts[source]), int(self.starts[source + 1])
        at = low + int(np.searchsorted(self.targets[low:high], target))
        if at < high and self.targets[at] == target:
            return at, -1
        chained = int(self.heads[source])
        while chained >= 0 and self.more[chained] != target:
            chained = int(self.nexts[chained])
        return -1, chained

    def frozen(self) -> "Synapses":
        """The same with everything in rows, and without what has no weight."""
        sources = np.repeat(np.arange(self.size), np.diff(self.starts))
        own = np.zeros(self.added, np.int64)
        for source in np.flatnonzero(self.heads >= 0).tolist():
            at = int(self.heads[source])
            while at >= 0:
                own[at] = source
                at = int(self.nexts[at])
        weights = np.concatenate([self.weights, self.strong[: self.added]])
        kept = weights > 0
        return freeze(
            self.size,
            np.concatenate([sources, own])[kept],
            np.concatenate([self.targets, self.more[: self.added]]).astype(np.int64)[kept],
            weights[kept].astype(np.float32) / np.float32(ONE),
        )

    def _grow(self) -> None:
        room = 2 * len(self.more)
        for name in ("nexts", "more", "strong"):
            array = getattr(self, name)
            grown = np.zeros(room, array.dtype)
            grown[: self.added] = array[: self.added]
            setattr(self, name, grown)


def freeze(size: int, sources: I64, targets: I64, weights: F32) -> Synapses:
    """Rows of these links; the weights of links that are there more than once are summed, to 2.

    A link and its weight go into one number, since sorting numbers is many times faster than
    sorting places.
    """
    whole = np.minimum(np.rint(weights * ONE), MOST).astype(np.int64)
    packed = np.sort((sources * np.int64(size) + targets) << 8 | whole)
    keys = packed >> 8
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    summed = np.add.reduceat(packed & 255, first) if len(keys) else packed
    keys = keys[first]
    starts = np.zeros(size + 1, np.int64)
    np.cumsum(np.bincount(keys // size, minlength=size), out=starts[1:])
    return Synapses(
        starts=starts,
        targets=(keys % size).astype(np.int32),
        weights=np.minimum(summed, MOST).astype(np.uint8),
        heads=np.full(size, -1, np.int32),
    )


def _whole(weight: float) -> int:
    return max(0, min(round(weight * ONE), MOST))
