"""What the brain has beside the associations: weights that asking has taught, and verdicts.

What somebody said is related, though nobody wrote it, joins two concepts about as a weak
association does. What was learned of a link lies over the weight that follows from statements. Both
are laid over a brain that is loaded as soon as they change; what was rejected of the links that
statements make is known when it is loaded.
"""

import sqlite3

from workbench.brain.engine.overlay import Overlay
from workbench.brain.engine.synapses import Synapses
from workbench.store import synapses, verdicts

#: How strongly both ends of a link speak that somebody agreed to: with less it does not light up
#: beside what is stated (0.35), with more it comes before that (0.75); tried on small libraries.
#: A statement has its subject say 0.35 to 0.67 directly, and 0.4 to 0.76 over its pair.
AGREED = 0.5


class Taught:
    """What lies over the links of one loaded brain."""

    def __init__(self, connection: sqlite3.Connection, links: Synapses) -> None:
        self._overlay = Overlay(links)
        self.version = -1
        self.banned = banned(connection)

    def stale(self, connection: sqlite3.Connection) -> bool:
        """Whether links that follow from statements were rejected since, or are not any more."""
        changed = synapses.version(connection) != self.version
        return changed and self.version >= 0 and banned(connection) != self.banned

    def rejudge(self, connection: sqlite3.Connection) -> set[int]:
        """Take note of what is rejected by now; returns the ends of what was not, or is no more."""
        before, self.banned = self.banned, banned(connection)
        return {end for head, _, tail in before ^ self.banned for end in (head, tail)}

    def lift(self) -> None:
        """Let the links weigh what they do by themselves, until `renew`."""
        self._overlay.become({})
        self.version = -1

    def joins(self, one: int, other: int) -> bool:
        """Whether something was learned of a link of two concepts."""
        return self._overlay.joins(one, other)

    def renew(self, connection: sqlite3.Connection) -> None:
        """Lay over the links what holds by now."""
        now = synapses.version(connection)
        if now != self.version:
            self._overlay.become(weights(connection))
            self.version = now


def weights(connection: sqlite3.Connection) -> dict[tuple[int, int], float]:
    """By how much each link weighs more or less than its associations say."""
    parted = verdicts.parted(connection)
    found = {
        pair: delta for pair, delta in synapses.every(connection).items() if pair not in parted
    }
    for pair in verdicts.agreed_pairs(connection):
        for link in (pair, (pair[1], pair[0])):
            found[link] = found.get(link, 0.0) + AGREED
    return found


def banned(connection: sqlite3.Connection) -> frozenset[tuple[int, int, int]]:
    """The associations that the user rejects."""
    return verdicts.existing(connection, verdicts.rejected(connection))
