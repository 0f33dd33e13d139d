"""Capabilities of the program on this machine, and their states."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """The state of a capability; `value` is the text shown."""

    WORKS = "works"
    NEEDS_MODEL = "needs a model"
    NEEDS_SERVER = "needs a server"
    NOT_INSTALLED = "not installed"


@dataclass(frozen=True, slots=True)
class Capability:
    """One thing that the program can or cannot do here.

    `how` is one sentence: how to install it, or what it uses. `needed` marks what the main task
    requires.
    """

    name: str
    state: State
    how: str
    needed: bool = False
