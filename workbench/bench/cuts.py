"""Are sentences cut where a careful reader cuts them?

The cases (`resources/bench/sentence_cuts.jsonl`) are texts of a few sentences in twenty languages,
written for the purpose and marked by hand: titles, initials, ordinals, dialogue, nested quotation
marks, citations, addresses, headings. Half of them are for development; the rules were never
changed for a case of the other half.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from ingest import segment
from workbench import paths

DEVELOPMENT = "development"
HELD_OUT = "held out"


@dataclass(frozen=True, slots=True)
class Case:
    """A text as its sentences, white space included: joined, they are the text."""

    language: str
    half: str
    sentences: tuple[str, ...]

    @property
    def text(self) -> str:
        """The text before it was cut."""
        return "".join(self.sentences)


def cases() -> Iterator[Case]:
    """The hand-marked texts, in the order of the file."""
    file = paths.resources() / "bench" / "sentence_cuts.jsonl"
    for line in file.read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        yield Case(told["language"], told["half"], tuple(told["sentences"]))


def is_right(case: Case) -> bool:
    """Whether the text is cut at every mark and nowhere else."""
    found = [case.text[a:b] for a, b in segment.segment(case.text, case.language)]
    return found == [sentence.strip() for sentence in case.sentences]


def measure() -> tuple[int, int]:
    """How many texts are cut exactly right, and how many there are."""
    judged = [is_right(case) for case in cases()]
    return sum(judged), len(judged)
