"""Records of paths and associations."""

from dataclasses import dataclass

from workbench.memory.graph.records import Concept, Edge, Saying


@dataclass(frozen=True, slots=True)
class PathStep:
    """One association on a path, gone from head to tail where it is `forward`.

    `saying` is the best of what says so, None where it is not told by any memory.
    """

    edge: Edge
    forward: bool
    saying: Saying | None


@dataclass(frozen=True, slots=True)
class Path:
    """A way from one concept to another; without steps it begins where it ends."""

    start: Concept
    end: Concept
    steps: tuple[PathStep, ...]

    @property
    def trail(self) -> tuple[str, ...]:
        """The names of the concepts on the way, both ends among them."""
        onward = (
            each.edge.tail_name if each.forward else each.edge.head_name for each in self.steps
        )
        return (self.start.name, *onward)


@dataclass(frozen=True, slots=True)
class BroughtToMind:
    """A concept that a cue leads to over `hops` associations, whose names are the `trail`.

    `strength` is from 0 to 1, `seeds` how many concepts of the cue lead to it; `steps` are the way
    from the nearest of them, each with what says so.
    """

    concept: Concept
    strength: float
    hops: int
    seeds: int
    trail: tuple[str, ...]
    steps: tuple[PathStep, ...]
