"""The doors of perceiving and of working memory, as the library opens them."""

from dataclasses import dataclass

from workbench.arguments import Words
from workbench.memory.facts.doors import FactDoors
from workbench.memory.facts.parsing.splitting import split
from workbench.memory.facts.records import Left
from workbench.memory.regions import gate, stores, working
from workbench.memory.regions.gate import Weighed
from workbench.memory.regions.sensory import Sensed, SensoryBuffer
from workbench.memory.regions.working import InMind


@dataclass(frozen=True, slots=True)
class Perceived:
    """What became of what was perceived: ids of facts that are `new` or were `known`.

    `left` is what passed the gate and is no statement, `refused` what did not pass, and why.
    """

    new: tuple[int, ...]
    known: tuple[int, ...]
    left: tuple[Left, ...]
    refused: tuple[Weighed, ...]


class RegionDoors(FactDoors):
    """What a library can do with regions of remembering; `Library` is one.

    A scope is a collection, None the library's own. Any thread may call these. Raises only errors
    of `workbench.errors`.
    """

    _sensory: SensoryBuffer

    # -- perceiving -----------------------------------------------------------------------------

    def perceive(
        self,
        text: Words,
        *,
        collection: Words | None = None,
        source: Words | None = None,
        at: Words | float | None = None,
        kind: Words | None = None,
        salience: float | None = None,
        reward: float | None = None,
        hint: Words = "",
    ) -> Perceived:
        """Take in a note or a turn through the gate: remember what says something, tell the rest.

        Each sentence is weighed by itself: by its words, or by the `salience` (0 to 1) that is
        given, and the more where it speaks of what `hint` names. `remember` stores without asking.
        The other arguments are those of `remember`. Raises `UsageError`.
        """
        weighed = [gate.weigh(piece, salience=salience, hint=hint) for piece in split(text) or [""]]
        for each in weighed:
            self._sensory.take_in(each, collection)
        passed = "\n".join(each.text for each in weighed if not each.refused)
        refused = tuple(each for each in weighed if each.refused)
        if not passed:
            if reward is not None:
                stores.checked_reward(reward)
            return Perceived((), (), (), refused)
        made = self.remember(
            passed, collection=collection, source=source, at=at, kind=kind, salience=salience,
            reward=reward,
        )  # fmt: skip
        return Perceived(made.new, made.known, made.left, refused)

    def sensed(self) -> tuple[Sensed, ...]:
        """What was perceived within the last three seconds, the oldest first."""
        return self._sensory.now()

    # -- working memory -------------------------------------------------------------------------

    def working_memory(self, collection: Words | None = None) -> list[InMind]:
        """The facts of a scope that are in mind, seven at most, the least recently used first.

        Raises `NotFoundError` for no such collection.
        """
        return working.held(self._fact_index, collection=collection)

    def rehearse(self, match: Words, *, collection: Words | None = None) -> int:
        """Bring what holds these words to mind again, as a recall does; returns how many facts.

        They are those in mind already, and where none is, the newest that holds the words. Raises
        `UsageError` for a match without words, `NotFoundError` for no such collection.
        """
        touched = working.rehearse(self._fact_index, match, collection=collection)
        if touched:
            self._changes.tell("facts")
        return touched
