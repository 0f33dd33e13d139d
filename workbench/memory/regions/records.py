"""Public records of perception."""

from dataclasses import dataclass

from workbench.memory.facts.records import Left
from workbench.memory.regions.gate import Weighed


@dataclass(frozen=True, slots=True)
class Perceived:
    """The result of perception: ids of facts that are `new` or were `known`.

    `left` passed the gate but is not a statement, `refused` did not pass, with reasons.
    """

    new: tuple[int, ...]
    known: tuple[int, ...]
    left: tuple[Left, ...]
    refused: tuple[Weighed, ...]
