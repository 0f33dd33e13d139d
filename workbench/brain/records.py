"""Public records of the spiking brain."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from workbench.brain.library.brain_recall import Recalled

#: Surprise in bits below which a concept counts as unsurprising.
_SMALLEST = 0.05


@dataclass(frozen=True, slots=True)
class RegionStatus:
    """A region: its name, its label, its number of neurons, and its function in a recall."""

    name: str
    label: str
    neurons: int
    job: str


@dataclass(frozen=True, slots=True)
class BrainStatus:
    """The brain of a library: its size, and what of it is loaded.

    `synapses` are the computed background synapses and `links` the learned ones, each standing for
    about 2,500 synapses; `taught` of them have a weight that feedback has changed. `bytes` is the
    memory in use, 0 before the first recall. `compiled` says whether the loops run as machine code,
    `step_milliseconds` how long the last step took.
    """

    scale: float
    neurons: int
    synapses: int
    links: int
    bytes: int
    compiled: bool
    loaded: bool
    step_milliseconds: float
    regions: tuple[RegionStatus, ...]
    taught: int = 0


@dataclass(frozen=True, slots=True)
class Lesson:
    """What one reward has taught the brain: its reason, and the links whose weight it changed.

    `why` is opened, pinned, confirmed or rejected. A link has the names of its ends and the change
    of its weight; an asserted link weighs 0.7. `at` is in seconds since the epoch.
    """

    id: int
    at: float
    why: str
    links: tuple[tuple[str, str, float], ...]


@dataclass(frozen=True, slots=True)
class Lit:
    """A concept that a cue activated, in the brain, in the graph, or in both.

    `tag` is "confirmed" (statements lead to it and it ignited, or the user agreed to the link),
    "explicit" (only the graph has it), "emergent" (it ignited over statements that merely mention
    things together, or is driven though no passage links it) or "predicted" (expected next).
    `strength`, and `cover`, the share of its neurons that fired at once, are from 0 to 1, 0 where
    it did not ignite; `step` is when it did, or -1. `trail` has the names of the concepts on the
    way.

    An unstated link has its `path` in words and its `odds`, the measured share of such links that
    was found in print later (`odds_words`); they are empty and 0 otherwise. `grounds` are the
    engrams that state the hops of the path. `edge` is what `confirm_edge` and `reject_edge` take.
    `across` says that the concept was reached by similarity: the second of `trail` is similar to
    the first, and nothing links them.
    """

    concept: int
    name: str
    tag: str
    strength: float
    cover: float
    step: int
    trail: tuple[str, ...]
    path: str = ""
    odds: float = 0.0
    odds_words: str = ""
    edge: str = ""
    grounds: tuple[int, ...] = ()
    across: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """The name of a concept, and its type."""

    name: str
    type: str


@dataclass(frozen=True, slots=True)
class BrainRecall:
    """The associations of a cue, strongest first, and the `recalled` to replay.

    `cue` has the names of the concepts that were fired, `regions` the total spikes of each region,
    `levels` those of the modulators by name. `held` is in working memory at the end, the least
    recently used first; `answering` is what the motor cortex holds then, "" if nothing ignited.
    `named` has every concept to display, by number, those on the way included. `pending` says that
    unstated links are still being computed and come with the next recall. `kin` are concepts that
    share neurons with the cue because their meaning is similar, with how many of a hundred.
    """

    cue: tuple[str, ...]
    mode: str
    lit: tuple[Lit, ...]
    regions: dict[str, int]
    levels: dict[str, float]
    seed: int
    scale: float
    milliseconds: float
    recalled: Recalled
    held: tuple[str, ...] = ()
    answering: str = ""
    named: Mapping[int, Named] = field(default_factory=dict)
    pending: bool = False
    kin: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Replay:
    """A recall step by step: the `cue`, and the spikes of each of the `regions`.

    `lit` are the concepts that ignited, strongest first.
    """

    cue: tuple[str, ...]
    mode: str
    regions: tuple[str, ...]
    spikes: tuple[tuple[int, ...], ...]
    lit: tuple[Lit, ...]


@dataclass(frozen=True, slots=True)
class Dreamt:
    """A concept of a free association; `surprise` in bits, `trail` the concepts on the way to it.

    If it was reached by similarity, `path` says so in words.
    """

    concept: int
    name: str
    surprise: float
    trail: tuple[str, ...]
    path: str = ""

    @property
    def told(self) -> str:
        """The surprise in words; a concept that ignited alone is not surprising."""
        if self.surprise < _SMALLEST:
            return "nothing else was activated"
        return f"{self.surprise:.1f} bits of surprise"
