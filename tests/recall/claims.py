"""Whether an answer claims anything."""

from workbench.recall.records import Answer


def claims(answer: Answer) -> bool:
    """Whether it is shown as an answer, and not as passages that may answer or as none."""
    return not (answer.abstained or answer.possible)
