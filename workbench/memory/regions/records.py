"""Public records of what was perceived."""

from dataclasses import dataclass

from workbench.memory.facts.records import Left
from workbench.memory.regions.gate import Weighed


@dataclass(frozen=True, slots=True)
class Perceived:
    """What became of what was perceived: ids of facts that are `new` or were `known`.

    `left` is what passed the gate and is no statement, `refused` what did not pass, and why.
    """

    new: tuple[int, ...]
    known: tuple[int, ...]
    left: tuple[Left, ...]
    refused: tuple[Weighed, ...]
