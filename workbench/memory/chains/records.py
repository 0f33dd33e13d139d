"""Records that chains and spreading activation return."""

from dataclasses import dataclass

from workbench.memory.facts.records import Fact


@dataclass(frozen=True, slots=True)
class Cited:
    """A sentence of a source; `at` is the source's date, `page` the printed one, where it has any.

    `at` is in seconds since the epoch.
    """

    engram: int
    text: str
    at: float
    source: int
    title: str
    page: str | None


@dataclass(frozen=True, slots=True)
class Hop:
    """A step of a chain along `relation` to `value`; `confidence` from 0 to 1.

    What says so is a `fact` that was told, or a sentence that was `read`.
    """

    relation: str
    value: str
    fact: Fact | None
    confidence: float
    read: Cited | None = None

    @property
    def text(self) -> str:
        """The words of what says so."""
        said = self.read or self.fact
        return "" if said is None else said.text


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
    `together` says that only having been recalled together with one of these led to it.
    """

    fact: Fact
    activation: float
    hops: int
    seed: bool
    tag: str
    together: bool = False
