"""Records of chains and spreading activation."""

from dataclasses import dataclass

from workbench.memory.facts.records import Fact


@dataclass(frozen=True, slots=True)
class Cited:
    """A sentence of a source; `at` is the source's date, `page` the printed one, if any.

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

    The evidence is a `fact`, or a sentence of a source (`read`).
    """

    relation: str
    value: str
    fact: Fact | None
    confidence: float
    read: Cited | None = None

    @property
    def text(self) -> str:
        """The text of the evidence."""
        said = self.read or self.fact
        return "" if said is None else said.text


@dataclass(frozen=True, slots=True)
class Chain:
    """A path along relations from `start`, as far as facts lead.

    `value` is its end, None if it breaks; then `broken_at` is the relation without a fact. `hops`
    are the completed steps, `confidence` the joint one.
    """

    start: str
    path: tuple[str, ...]
    value: str | None
    hops: tuple[Hop, ...]
    broken_at: str | None
    confidence: float

    @property
    def trail(self) -> tuple[str, ...]:
        """The nodes of the chain, `start` first."""
        return (self.start, *(hop.value for hop in self.hops))


@dataclass(frozen=True, slots=True)
class Associated:
    """A fact activated by a cue.

    `activation` decreases with the distance, `hops`: 0 for a `seed`, which contains words of the
    cue. `tag` is "explicit" for seeds, "confirmed" if other seeds lead to it as well, and
    "emergent" if it is reached only through other facts: a link that nobody stated. `together`: it
    was reached only by joint recall with a seed.
    """

    fact: Fact
    activation: float
    hops: int
    seed: bool
    tag: str
    together: bool = False
