"""Questions to tales and to papers, as FairytaleQA and COVID-QA ask them, each to its whole text.

FairytaleQA (Xu et al. 2022, https://arxiv.org/abs/2203.13947) names the sections that answer and
gives answers in its annotators' words: the sentence that answers is the one of these sections that
holds most of an answer's words, if it holds most of them. COVID-QA (Möller et al. 2020) gives the
place of the answer. Near misses are the other sentences of the same text.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path

from ingest.segment import segment
from reader.drawing import Raw, plain
from tests.benchmarks.corpus import rows_of
from workbench.memory.vocabulary import ENGLISH_STOP

#: Share of an answer's words that the sentence holds, the letters of a stem, and what a word that
#: it shares with the question counts beside.
_HOLDS, _STEM, _SHARED = 0.7, 5, 0.02
#: The kinds of questions to tales that fail most, and how often a pass meets them.
_KINDS, _TIMES = ("causal relationship", "feeling", "outcome resolution"), 2


def tales(file: Path, sentences: list[str], texts: list[int]) -> Iterator[Raw]:
    """Questions that a tale answers in so many words, where one sentence of it does."""
    for tale in rows_of(file):
        first = len(sentences)
        sections: list[range] = []
        for section in tale["sections"]:
            at = len(sentences)
            sentences += _cut(section)
            sections.append(range(at, len(sentences)))
        texts += [_following(texts)] * (len(sentences) - first)
        near = range(first, len(sentences))
        held = {i: _stems(sentences[i]) for i in near}
        for asked in tale["questions"]:
            if not asked["explicit"]:
                continue
            question = _stems(asked["question"])
            wanted = [_stems(each) - question or _stems(each) for each in asked["answers"]]

            share = {
                i: max((len(each & held[i]) / len(each) for each in wanted if each), default=0.0)
                for i in near
            }
            inside = [
                (share[i] + _SHARED * len(question & held[i]), -i)
                for number in asked["sections"]
                for i in sections[number]
                if share[i] >= _HOLDS
            ]
            if not inside:
                continue
            best = -max(inside)[1]
            others = frozenset(i for i in near if share[i] >= _HOLDS)
            start, end = _place(asked["answers"], sentences[best])
            times = _TIMES if asked["kind"] in _KINDS else 1
            yield Raw(asked["question"], best, start, end, others, near, times, recent=True)


def papers(file: Path, sentences: list[str], texts: list[int]) -> Iterator[Raw]:
    """Questions to papers by the sentence in which the answer begins."""
    for paper in rows_of(file):
        first = len(sentences)
        begins: list[int] = []
        for paragraph in re.finditer(r"(?:(?!\n\s*\n).)+", paper["text"], re.DOTALL):
            for start, end in segment(paragraph[0]):
                begins.append(paragraph.start() + start)
                sentences.append(" ".join(paragraph[0][start:end].split()))
        texts += [_following(texts)] * (len(sentences) - first)
        near = range(first, len(sentences))
        for asked in paper["questions"]:
            answer = asked["answers"][0]
            best = first + max(0, bisect_right(begins, answer["start"]) - 1)
            says = plain(answer["text"])
            others = frozenset(
                i for i in near if says in (said := plain(sentences[i])) or (said and said in says)
            )
            start, end = _place([answer["text"].strip()], sentences[best])
            yield Raw(asked["question"], best, start, end, others | {best}, near, recent=True)


def _place(answers: list[str], sentence: str) -> tuple[int, int]:
    """Where the first answer that stands in a sentence does so; -1 twice where none does."""
    for each in answers:
        said = each.strip(" .")
        at = sentence.casefold().find(said.casefold())
        if said and at >= 0:
            return at, at + len(said)
    return -1, -1


def _cut(text: str) -> list[str]:
    told = " ".join(text.split())
    return [told[start:end] for start, end in segment(told)]


def _stems(text: str) -> set[str]:
    words = re.findall(r"[a-z0-9]+", text.casefold())
    return {word[:_STEM] for word in words if word not in ENGLISH_STOP}


def _following(texts: list[int]) -> int:
    return texts[-1] + 1 if texts else 0
