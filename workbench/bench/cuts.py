"""Are sentences cut where a careful reader cuts them?

The cases (`resources/bench/sentence_cuts.jsonl`) are texts of a few sentences in twenty languages,
written for the purpose and marked by hand: titles, initials, ordinals, dialogue, nested quotation
marks, citations, addresses, headings, letters, plays, law texts. Two authors wrote a set each, the
second without having seen the rules or the first set. The development part is what rules were
changed for, and no rule was ever changed for a case that is held out.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from ingest import segment
from workbench import paths

DEVELOPMENT = "development"
HELD_OUT = "held out"
FIRST = "first"
SECOND = "second"


@dataclass(frozen=True, slots=True)
class Case:
    """A text as its sentences, white space included: joined, they are the text."""

    language: str
    half: str
    set: str
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
        yield Case(told["language"], told["half"], told["set"], tuple(told["sentences"]))


def is_right(case: Case) -> bool:
    """Whether the text is cut at every mark and nowhere else."""
    found = [case.text[a:b] for a, b in segment.segment(case.text, case.language)]
    return found == [sentence.strip() for sentence in case.sentences]


def measure(half: str = "") -> tuple[int, int]:
    """How many texts (of one half) are cut exactly right, and how many there are."""
    judged = [is_right(case) for case in cases() if half in ("", case.half)]
    return sum(judged), len(judged)
