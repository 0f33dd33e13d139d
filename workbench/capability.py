"""What the program can do on a machine, and how far each is from working there."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How far a capability is from working here; `value` is what people and scripts read."""

    WORKS = "works"
    NEEDS_MODEL = "needs a model"
    NEEDS_SERVER = "needs a server"
    NOT_INSTALLED = "not installed"


@dataclass(frozen=True, slots=True)
class Capability:
    """One thing the program can or cannot do here.

    `how` is one sentence: how to add it, or what it works with. `needed` marks what the main job
    cannot do without.
    """

    name: str
    state: State
    how: str
    needed: bool = False
