"""The context of a conversation for a question."""

from collections.abc import Iterable
from dataclasses import dataclass

from workbench.recall.records import Answer
from workbench.recall.substitution import Substitution

#: Earlier answers of a conversation that a follow-up can refer to.
TURNS = 4


@dataclass(frozen=True, slots=True)
class Thread:
    """The previous turns of a question.

    `question` is the original question, before completion, `has_answer` whether a turn was
    answered. `substitution` is the last question for another thing.
    """

    question: str
    has_answer: bool
    substitution: Substitution | None = None


def thread_of(
    question: str, turns: Iterable[Answer], substitution: Substitution | None = None
) -> Thread:
    """The context of a question in these turns."""
    # A bare name is no question by itself.
    primary = question if substitution is None else substitution.question
    has_answer = any(turn.sentences and turn.sentences[0].citations for turn in turns)
    return Thread(primary, has_answer, substitution)
