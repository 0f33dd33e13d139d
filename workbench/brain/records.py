"""What the doors of the spiking brain answer with."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from workbench.brain.library.brain_recall import Recalled

#: Bits that are told as none.
_SMALLEST = 0.05


@dataclass(frozen=True, slots=True)
class RegionStatus:
    """A region: its name, how it is called, its neurons, and what it does in a recall."""

    name: str
    label: str
    neurons: int
    job: str


@dataclass(frozen=True, slots=True)
class BrainStatus:
    """The brain of a library: its size, and what of it is loaded.

    `synapses` of the background are computed and `links` learned, each standing for about 2,500
    synapses; `taught` of them weigh otherwise than statements say, since asking has taught that.
    `bytes` is what it takes in memory, 0 before it was asked first. `compiled` says that its loops
    run as machine code, `step_milliseconds` how long a step took last.
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
    """What a reward has taught the brain: `why` it came, and `links` that weigh otherwise now.

    `why` is opened, pinned, confirmed or rejected. A link is the names of its ends with by how much
    it changed, 0.7 being the weight of a certain statement. `at` is in seconds since the epoch.
    """

    id: int
    at: float
    why: str
    links: tuple[tuple[str, str, float], ...]


@dataclass(frozen=True, slots=True)
class Lit:
    """A concept that came to mind, from the brain or the graph or both.

    `tag` is "confirmed" where statements lead to it and it lit up, or the user agreed to the link,
    "explicit" where only the graph holds it, "emergent" where it lit up over several
    statements that merely name things together, or is driven though nobody wrote of both,
    "predicted" where it is expected next.
    `strength` and `cover` (the share of its neurons that fired at once) are from 0 to 1, 0 where it
    did not light up; `step` is when, or -1. `trail` are the names of the concepts on the way.

    What nobody wrote has its `path` in words and its `odds`: the measured share of such links that
    was found in print later (`odds_words`); 0 elsewhere. `grounds` are engrams in which the hops of
    the path stand. By `edge` it is confirmed and rejected (`confirm_edge`, `reject_edge`). `across`
    says that it lit up though no way of links leads to it: the second of `trail` is kin by meaning
    of the first. It has odds only where it is proposed as well.
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
    """How a concept is called, and its type."""

    name: str
    type: str


@dataclass(frozen=True, slots=True)
class BrainRecall:
    """What a cue brought up, strongest first, with the `recalled` that can be looked at again.

    `cue` are the names of the concepts that were fired, `regions` spikes of each region over all,
    `levels` those of the modulators by name. `held` is in mind at the end, the least recently used
    first, `answering` what the motor cortex held then, "" where nothing lit up; `named` has every
    concept that may be shown, those on the ways among them, by its number. `pending` says that what
    nobody wrote is still being looked for: it is there the next time. `kin` are the concepts that
    the cue half-lit, since assemblies overlap by meaning, with how many of a hundred neurons.
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
    """A recall as it went: the `cue`, and in each step the spikes of each of the `regions`.

    `lit` is what lit up, strongest first.
    """

    cue: tuple[str, ...]
    mode: str
    regions: tuple[str, ...]
    spikes: tuple[tuple[int, ...], ...]
    lit: tuple[Lit, ...]


@dataclass(frozen=True, slots=True)
class Dreamt:
    """A concept of a chain that was dreamt; `surprise` in bits, `trail` how it was come to.

    Where that was across by meaning, `path` says so in words.
    """

    concept: int
    name: str
    surprise: float
    trail: tuple[str, ...]
    path: str = ""

    @property
    def told(self) -> str:
        """How surprising it was, in words; what lit up alone surprises nobody."""
        if self.surprise < _SMALLEST:
            return "nothing else was activated"
        return f"{self.surprise:.1f} bits of surprise"
