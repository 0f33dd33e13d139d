"""What chains and spreading give back to the rest of the program."""

from dataclasses import dataclass

from workbench.memory.facts.records import Fact


@dataclass(frozen=True, slots=True)
class Hop:
    """A step of a chain along `relation` to `value`, as `fact` says; `confidence` from 0 to 1."""

    relation: str
    value: str
    fact: Fact
    confidence: float


@dataclass(frozen=True, slots=True)
class Chain:
    """A way along relations from `start`, as far as the facts lead.

    `value` is where it ends, None where it breaks; then `broken_at` is the relation that no fact
    continues. `hops` are the steps that were made. `confidence` is that of all of them together.
    """

    start: str
    path: tuple[str, ...]
    value: str | None
    hops: tuple[Hop, ...]
    broken_at: str | None
    confidence: float

    @property
    def trail(self) -> tuple[str, ...]:
        """Where the chain came by, `start` first."""
        return (self.start, *(hop.value for hop in self.hops))


@dataclass(frozen=True, slots=True)
class Associated:
    """A fact that a cue brings to mind.

    `activation` falls with the distance, `hops` is that distance: 0 for a `seed`, which holds words
    of the cue. `tag` is explicit for such a one, confirmed where other seeds lead to it as well,
    and emergent for what is only reached through other facts: a link that nobody stated.
    """

    fact: Fact
    activation: float
    hops: int
    seed: bool
    tag: str
