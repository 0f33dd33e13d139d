"""What the turns of a conversation before a question leave to it."""

from collections.abc import Iterable
from dataclasses import dataclass

from workbench.recall.records import Answer
from workbench.recall.substitution import Substitution


@dataclass(frozen=True, slots=True)
class Thread:
    """The turns before a question.

    `question` is that question as it was asked, before it was made whole, `has_answer` whether a
    turn was answered. `substitution` is the question before asked of another thing.
    """

    question: str
    has_answer: bool
    substitution: Substitution | None = None


def thread_of(
    question: str, turns: Iterable[Answer], substitution: Substitution | None = None
) -> Thread:
    """What the turns before a question tell."""
    # What only names a thing asks nothing by its own words.
    primary = question if substitution is None else substitution.question
    has_answer = any(turn.sentences and turn.sentences[0].citations for turn in turns)
    return Thread(primary, has_answer, substitution)
