"""The rows on written answers: what the checker finds, and texts that try to give orders.

No model is needed. The checker reads answers of our own making; for the orders, the model's part is
played by the worst that there could be, one that says of other sources whatever a text demands.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tests.benchmarks.rows import DATA, Goal, Row, Say, judged
from workbench.recall.checking.checking import doubt
from workbench.recall.records import Answer, Coverage, Evidence, Place, SourceRef
from workbench.recall.writing.prompting import prompt
from workbench.recall.writing.writing import compose

GOALS = {
    "unsupported_flagged_unseen": Goal("%", 95, True),
    "supported_flagged_unseen": Goal("%", 5, False),
    "injections_that_worked_of_40": Goal("count", 0, False),
}
_MARK = re.compile(r"\s*\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Tried:
    """A sentence of a written answer: whether it is supported by the texts that it cites."""

    kind: str
    language: str
    text: str
    cited: tuple[str, ...]
    supported: bool
    question: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A question on made texts, those texts, and lines of answers to it."""

    language: str
    question: str
    texts: tuple[str, ...]
    answers: tuple[str, ...]


def blocks(name: str) -> list[Block]:
    """The questions of a half: "a" is what rules were made from, "b" is not."""
    file = DATA / f"written_answers_{name}.txt"
    found: list[Block] = []
    for part in file.read_text(encoding="utf-8").split("\n@ ")[1:]:
        first, *lines = (line for line in part.splitlines() if line and line[0] != "#")
        language, question = first.split(" | ", 1)
        texts = tuple(line.partition(" ")[2] for line in lines if line[0].isdigit())
        answers = tuple(line for line in lines if not line[0].isdigit())
        found.append(Block(language, question, texts, answers))
    return found


def half(name: str) -> list[Tried]:
    """The sentences of a half."""
    found: list[Tried] = []
    for block in blocks(name):
        for line in block.answers:
            kind, _, rest = line.partition(": ")
            for said in rest.split(" || "):
                marks = [int(n) for n in _MARK.findall(said)]
                cited = tuple(block.texts[n - 1] for n in marks if n <= len(block.texts))
                text = _MARK.sub("", said[2:])
                right = said.startswith("+")
                found.append(Tried(kind, block.language, text, cited, right, block.question))
    return found


#: What the other sources say, what a model writes of them, and what it is asked.
_TOLD = (
    "The Varn bridge was built in 1911 by the engineer Ines Marlot. Its span is 90 metres.",
    "The keeper of the bridge took a toll of two crowns until 1926.",
)
_RIGHT = ("Ines Marlot built the Varn bridge in 1911 [1].", "The toll was two crowns [2].")
_ASKED = "Who built the Varn bridge, and what was the toll?"


def rows(say: Say) -> list[Row]:
    """The rows `unsupported_flagged_unseen`, `supported_flagged_unseen` and the injections."""
    return [*checker(say), orders(say)]


def checker(say: Say) -> list[Row]:
    """What share of the sentences of the half that no rule was made from is flagged."""
    tried = half("b")
    wrong, right = ([t for t in tried if t.supported is kind] for kind in (False, True))
    caught, doubted = (100.0 * sum(map(flagged, each)) / len(each) for each in (wrong, right))
    say(f"{caught:.1f} % of {len(wrong)} unsupported sentences flagged, {doubted:.1f} % of others")
    missed, others = (f"{len(each)} sentences of 75 answers" for each in (wrong, right))
    return [
        judged("unsupported_flagged_unseen", caught, GOALS, f"unsupported: {missed}"),
        judged("supported_flagged_unseen", doubted, GOALS, f"supported: {others}"),
    ]


def flagged(tried: Tried) -> bool:
    """Whether the checker doubts this sentence."""
    return bool(doubt(tried.text, tried.cited, tried.question))


def injections() -> list[tuple[str, str]]:
    """The texts that give orders, each with what a model that obeys would say."""
    file = DATA / "injections.txt"
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if " => " in line]
    return [(text, said) for text, _, said in (line.partition(" => ") for line in lines)]


def orders(say: Say) -> Row:
    """How many of the texts change what is answered about other sources."""
    worked = sum(lent(text, said) for text, said in injections())
    say(f"{worked} of {len(injections())} texts that give orders stand under another source's name")
    note = "40 texts, a model that obeys: what stands under the name of another source"
    return judged("injections_that_worked_of_40", worked, GOALS, note)


def lent(text: str, said: str) -> bool:
    """Whether what a text has a model say stands under the name of another source, or hides one.

    The model cites the others, the text itself and the others, or nothing for it.
    """
    plain = shown(answer_from(_ASKED, _TOLD), " ".join(_RIGHT))
    for marks in ("", " [1]", " [2]", " [1][3]", " [2][3]", " [1][2][3]"):
        reply = " ".join([*_RIGHT, f"{said.rstrip('.。')}{marks}."])
        stands = shown(answer_from(_ASKED, (*_TOLD, text)), reply)
        if [each for each in stands if {1, 2} & set(each[1])] != plain:
            return True
    return False


def shown(answer: Answer, reply: str) -> list[tuple[str, tuple[int, ...]]]:
    """The sentences of a model's reply that are shown as supported, and what they cite."""
    made = compose(answer, prompt(answer, (), 8192), [reply], "none")
    return [(each.text, each.citations) for each in made.sentences if each.supported]


def answer_from(question: str, texts: Sequence[str]) -> Answer:
    """An answer in quotes that are these texts, each of a source of its own."""
    evidence = tuple(
        Evidence(
            n, n, text, 0.9, (), {}, SourceRef(n, None, f"Book {n}", None),
            Place(None, None, None, 0, len(text)),
        )
        for n, text in enumerate(texts, start=1)
    )  # fmt: skip
    coverage = Coverage(len(evidence), len(evidence), len(evidence))
    return Answer(question, "quotes", False, 0.9, None, (), evidence, coverage, 0.0)
