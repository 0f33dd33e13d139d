"""How near a passage stands to what earlier turns of a conversation cited."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workbench.recall.records import Answer
from workbench.recall.substitution import Substitution

#: How much less the sentences of each turn before the last one count.
_OLDER = 0.7


@dataclass(frozen=True, slots=True)
class Thread:
    """The turns before a question.

    `question` is that question as it was asked, before it was made whole. `told` are the sentences
    of the quotes that the turns cited first, by their ids, each with the probability that it
    answered. `substitution` is the question before asked of another thing.
    """

    question: str
    told: Mapping[int, float]
    substitution: Substitution | None = None

    def nearer(self, first: int, end: int, size: int) -> float:
        """How much likelier the sentences `first` to `end` answer than any others of `size`.

        The logarithm of the odds. What is asked next mostly stands a few sentences on, the less
        likely the farther away, as far as what was said before was right at all.
        """
        if not self.told or size < 3:
            return 0.0
        item = size / (2 * math.log(size))
        closeness = max(
            chance * item / (1 + max(first - engram, engram - end, 0))
            for engram, chance in self.told.items()
        )
        return math.log(1 - max(self.told.values()) + closeness)


def thread_of(
    question: str, turns: Sequence[Answer], substitution: Substitution | None = None
) -> Thread:
    """What the turns before a question tell, oldest first."""
    statements: dict[int, float] = {}
    has_answer = [
        turn for turn in reversed(turns) if turn.sentences and turn.sentences[0].citations
    ]
    for age, turn in enumerate(has_answer):
        cited = turn.sentences[0].citations[0]
        for engram in (id for quote in turn.evidence if quote.n == cited for id in quote.engrams):
            chance = turn.confidence * _OLDER**age
            statements[engram] = max(statements.get(engram, 0.0), chance)
    # What only names a thing asks nothing by its own words.
    primary = question if substitution is None else substitution.question
    return Thread(primary, statements, substitution)
