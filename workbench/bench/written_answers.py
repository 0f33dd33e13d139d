"""Written answers of our own making, right and wrong, to try the checker on (see their files)."""

import re
from dataclasses import dataclass

from workbench import paths

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


def half(name: str) -> list[Tried]:
    """The sentences of a half: "a" is what rules were made from, "b" is not."""
    file = paths.resources() / "bench" / f"written_answers_{name}.txt"
    found: list[Tried] = []
    language, question = "", ""
    evidence: dict[int, str] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("@ "):
            language, question = line[2:].split(" | ", 1)
            evidence = {}
        elif line[:1].isdigit():
            number, _, text = line.partition(" ")
            evidence[int(number)] = text
        elif line and not line.startswith("#"):
            kind, _, rest = line.partition(": ")
            for said in rest.split(" || "):
                marks = [int(n) for n in _MARK.findall(said)]
                cited = tuple(evidence[n] for n in marks if n in evidence)
                text = _MARK.sub("", said[2:])
                right = said.startswith("+")
                found.append(Tried(kind, language, text, cited, right, question))
    return found
