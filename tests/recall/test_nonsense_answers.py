"""200 answers of a server that talks nonsense about the very passages it was given: none is shown.

Half of them are built from the passages themselves, wrongly: what a careless reader would believe.
"""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from ingest.segment import segment
from tests.benchmarks.written import answer_from, blocks
from tests.ollama_server import FakeModel, ollama_server
from workbench.library import Library
from workbench.models import server
from workbench.recall.records import AnswerSentence

_BLOCKS = [each for half in "ab" for each in blocks(half) if each.language == "en"]
#: Tells a sentence of the passages to change, and one of other texts, the numbers of both.
Make = Callable[[random.Random, str, str, int, int], str | None]


def _cut(text: str) -> list[str]:
    return [text[start:end].strip() for start, end in segment(text, "en")]


def _changed(pattern: str) -> Callable[[random.Random, str], str | None]:
    """Two things of a kind in a sentence change places."""

    def change(chance: random.Random, said: str) -> str | None:
        found = sorted(set(re.findall(pattern, said)))
        if len(found) < 2:
            return None
        one, two = chance.sample(found, 2)
        return said.replace(one, "\0").replace(two, one).replace("\0", two)

    return change


_NUMBERS = _changed(r"(?<![\w.,])\d[\d,.]*\d\b")
#: Months and days are nobody: “closed on August and in Mondays” says the same.
_NAMES = _changed(r"(?<=[a-z,] )[A-Z][a-z]{3,}\b(?<!August)(?<!October)(?<!Mondays)")


def _swapped(change: Callable[[random.Random, str], str | None]) -> Make:
    def make(chance: random.Random, said: str, _other: str, n: int, _m: int) -> str | None:
        turned = change(chance, said)
        return f"{turned} [{n}]" if turned else None

    return make


def _other_number(chance: random.Random, said: str, _other: str, n: int, _m: int) -> str | None:
    found = re.findall(r"(?<![\w.,])\d+\b(?![.,]\d)", said)
    if not found:
        return None
    one = chance.choice(found)
    return f"{said.replace(one, str(int(one) + chance.randrange(1, 60)), 1)} [{n}]"


def _negated(_chance: random.Random, said: str, _other: str, n: int, _m: int) -> str | None:
    if re.search(r"\b(?:not|no|never|nor|nobody|none|without)\b", said):
        return None
    turned = re.sub(r"\b(was|is|are|were|had|has|can|will)\b", r"\1 not", said, count=1)
    return f"{turned} [{n}]" if turned != said else None


def _mixed(chance: random.Random, said: str, _other: str, n: int, _m: int) -> str | None:
    words = said.split()
    german = chance.choice(("schläft die Katze auf dem Sofa", "regnet es seit drei Wochen"))
    return f"{' '.join(words[: len(words) // 2])}, deshalb {german} [{n}]."


def _unended(chance: random.Random, said: str, other: str, n: int, _m: int) -> str | None:
    words = said.split()
    return f"{other} [{n}] {' '.join(words[: chance.randrange(2, len(words) - 1)])}"


_KINDS: dict[str, Make] = {
    "of another text": lambda _c, _said, other, n, _m: f"{other} [{n}]",
    "repeated": lambda _c, _said, other, n, _m: f"{other} [{n}] " * 50,
    "broken JSON": lambda _c, _said, other, n, _m: f'{{"answer": "{other} [{n}]", "cites": [{n}',
    "invented citation": lambda c, said, _o, _n, most: f"{said} [{most + c.randrange(1, 80)}]",
    "no citation": lambda _c, said, _o, _n, _m: said,
    "mixed languages": _mixed,
    "past its limit": _unended,
    "negated": _negated,
    "another number": _other_number,
    "numbers swapped": _swapped(_NUMBERS),
    "names swapped": _swapped(_NAMES),
}


def _nonsense(most: int) -> Iterator[tuple[str, str, Sequence[str], str]]:
    """The kind of nonsense, the question, its passages, and what is answered."""
    for seed in range(100 * most):
        chance = random.Random(seed)
        block, other = chance.sample(_BLOCKS, 2)
        n = chance.randrange(len(block.texts))
        said = chance.choice([s for s in _cut(block.texts[n]) if len(s.split()) > 3])
        foreign = chance.choice([s for t in other.texts for s in _cut(t) if len(s.split()) > 3])
        kind = list(_KINDS)[seed % len(_KINDS)]
        reply = _KINDS[kind](chance, said, foreign, n + 1, len(block.texts))
        if reply is not None:
            yield kind, block.question, block.texts, reply
            most -= 1
        if not most:
            return


def _stands_in(sentence: AnswerSentence, kind: str, texts: Sequence[str]) -> bool:
    """Whether a sentence that was copied without its number is cited from where it stands."""
    copied = kind in ("invented citation", "no citation")
    cited = [texts[n - 1] for n in sentence.citations]
    return copied and len(cited) == 1 and sentence.text in " ".join(cited[0].split())


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "a.brain") as opened:
        yield opened
    server.forget()


@pytest.mark.slow
def test_m6_of_200_nonsense_answers_none_is_shown_as_supported(library: Library) -> None:
    server.forget()
    replies: list[str] = []

    def says(_body: dict[str, Any]) -> str:
        return replies[-1]

    kinds: Counter[str] = Counter()
    believed: list[tuple[str, str]] = []
    with ollama_server(FakeModel("fool:1b", says=says, context=4096)) as running:
        library.models.choose(running.address, "server")
        library.models.choose("fool:1b", "dialogue")
        for kind, question, texts, reply in _nonsense(200):
            running.models["fool:1b"].behaviour = (
                "truncated" if kind == "past its limit" else "good"
            )
            replies.append(reply)
            quotes = answer_from(question, texts)
            made = library.answers.write(quotes)
            kinds[kind] += 1
            assert made.evidence == quotes.evidence
            if made.mode == "written":
                believed += [
                    (kind, each.text)
                    for each in made.sentences
                    if each.supported and not _stands_in(each, kind, texts)
                ]
    assert sum(kinds.values()) == 200
    assert set(kinds) == set(_KINDS)
    assert len(replies) == 200
    assert not believed


def test_what_is_right_of_these_passages_is_shown(library: Library) -> None:
    """The same passages, said as they stand: a check that doubts everything would pass above."""
    server.forget()
    shown = 0
    replies: list[str] = []
    with ollama_server(FakeModel("sage:1b", says=lambda _: replies[-1], context=4096)) as running:
        library.models.choose(running.address, "server")
        library.models.choose("sage:1b", "dialogue")
        for block in _BLOCKS[:20]:
            said = max(_cut(block.texts[0]), key=len)
            replies.append(f"{said} [1]")
            made = library.answers.write(answer_from(block.question, block.texts))
            shown += any(each.supported for each in made.sentences) and made.mode == "written"
    assert shown >= 19
