"""Nested questions, answered from the inside: “the manager of the owner of Delta”.

Who is meant by “the owner of Delta”, “Delta's owner” or “the one who owns Delta” is asked first.
Only where that gives a name, the question is asked again with the name in its place, and so on to
the outermost. What is told is a sentence and a citation for each step. Rules for English; where a
step finds nothing, the question stays what it was.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from ingest.language.politeness import QUESTION_WORD
from ingest.patterns import later
from workbench.memory import words
from workbench.recall.parts import parts
from workbench.recall.path_evidence import last_step, reason
from workbench.recall.question import is_stop
from workbench.recall.records import Answer, AnswerSentence, Evidence, Step

#: Letters of the longest question that is taken apart, and questions that may lie in one another.
_LONGEST, _DEEPEST = 300, 3

#: A part of a name: “O'Brien”, but of “Delta's” only “Delta”.
_PART = r"[A-Z0-9][\w&.-]*(?:[’'](?!s\b)\w+)?"
_NAME = rf"{_PART}(?:\s+(?:(?:of|the|and|de|von|van|&)\s+)?{_PART})*"
_ROLE = r"[a-z][a-z-]+(?:\s[a-z][a-z-]+){0,2}?"
#: “the owner of Delta”, “Delta's owner”, “the man who owns Delta” up to the end of the question.
_OF = later(
    rf"\bthe\s+(?P<role>{_ROLE})\s+of\s+(?P<name>(?:the\s+)?{_NAME})(?!\s+[A-Z0-9])(?=[\s?.,!]|$)"
)
_WHOSE = later(rf"\b(?P<name>{_NAME})[’']s\s+(?P<role>[a-z][a-z-]+)\b")
_WHO = later(
    r"\bthe\s+(?:one|man|woman|person|boy|girl|company|firm|people)\s+(?:who|that)\s+(?P<does>.+)$"
)
_ASKS = later(QUESTION_WORD, re.IGNORECASE)
_HELPERS = "is are was were be been do does did has have had"
_AUX = frozenset(_HELPERS.split())


@dataclass(frozen=True, slots=True)
class Nested:
    """What has to be known first, and what is asked then, around the name that is found."""

    inner: str
    before: str
    after: str

    def outer(self, name: str) -> str:
        """The question with the name in the place of what describes it."""
        return f"{self.before}{name}{self.after}"


def nested(question: str) -> Nested | None:
    """The innermost question that lies in another; None where a question asks one thing."""
    text = question.strip()
    if len(text) > _LONGEST or not _ASKS.search(text):
        return None
    for start, end, inner in _described(text):
        before, after = text[:start], text[end:]
        if _asks_more(before, after):
            return Nested(inner, before, after)
    return None


def _described(text: str) -> Iterator[tuple[int, int, str]]:
    """Descriptions of somebody or something: place, and the question for the name."""
    for found in _OF.finditer(text):
        yield *found.span(), f"Who is the {found['role']} of {found['name']}?"
    for found in _WHOSE.finditer(text):
        yield *found.span(), f"Who is the {found['role']} of {found['name']}?"
    for found in _WHO.finditer(text.rstrip("?!. ")):
        yield *found.span(), f"Who {found['does']}?"


def _asks_more(before: str, after: str) -> bool:
    """Whether something is asked of what is described, more than who or what it is."""
    said = [word for token in words.tokens(f"{before} {after}") for word in token.words]
    return any(len(word) > 1 and not is_stop(word) and word not in _AUX for word in said)


#: Where a sentence of a quote stands: its engram, and `[start, end)` of the source's text.
Where = Callable[[Evidence, str], tuple[int, int, int]]


def chained(
    ask: Callable[[str, bool], Answer], where: Where, question: str, whole: Answer, limit: int
) -> Answer:  # fmt: skip
    """The answer step by step where the question holds another one, or else the `whole`.

    `ask` answers one question by itself, and is told whether only a value will do. A value of the
    whole stays unless it is that of a step: of “Who manages the owner of Delta?” the owner. Where
    nothing answers the last step, the whole answers if it can.
    """
    if parts(question):
        return whole
    steps: list[tuple[str, Answer]] = []
    asked = question
    for _ in range(_DEEPEST):
        taken = nested(asked)
        if taken is None:
            break
        inner = ask(taken.inner, True)
        if inner.abstained or not inner.value or not inner.sentences:
            return whole
        steps.append((inner.value, inner))
        asked = taken.outer(inner.value)
    if not 0 < len(steps) < limit:
        # There must be room for a quote of each.
        return whole
    last = ask(asked, False)
    if last.abstained:
        return replace(last, question=question) if whole.abstained else whole
    if whole.value is not None and not any(_says(whole.value, name) for name, _ in steps):
        return whole
    if not last.sentences or not _speaks_of(last, steps[-1][0]):
        return whole
    return _joined(where, question, whole, [*steps, ("", last)], limit)


def _speaks_of(answer: Answer, name: str) -> bool:
    """Whether the sentence that answers names whom the step before has found, or holds a value."""
    return answer.value is not None or _says(answer.sentences[0].text, name)


def _says(text: str, name: str) -> bool:
    """Whether a text holds all words of a name."""
    said, named = (
        {word for token in words.tokens(each) for word in token.words} for each in (text, name)
    )
    return named <= said


def _joined(
    where: Where, question: str, whole: Answer, steps: list[tuple[str, Answer]], limit: int
) -> Answer:  # fmt: skip
    """One answer of several: each step's sentence with its quote, then what else was found.

    What of the library is quoted (`coverage`) is left to the caller, who knows its passages.
    """
    confidence = 1.0
    path: tuple[Step, ...] = ()
    via: Step | None = None
    evidence: list[Evidence] = []
    sentences: list[AnswerSentence] = []
    # What a quote has of the words is told of the question that was asked, not of a step.
    shares = {each.engrams: each.tiers for each in whole.evidence}
    for name, answer in steps:
        confidence *= answer.confidence
        said = answer.sentences[0]
        quote = answer.evidence[said.citations[0] - 1]
        quote = replace(quote, tiers=shares.get(quote.engrams, quote.tiers))
        held = next((i for i, each in enumerate(evidence) if each.engram == quote.engram), None)
        if held is None:
            # Links speak for a quote where a path to it is told.
            graph = 0.0 if via is None else 1.0
            quote = replace(quote, via=via, tiers={**quote.tiers, "graph": graph})
            if via is not None:
                why = (*quote.reasons, reason(via)) if quote.reasons else ()
                quote = replace(quote, path=(*path, last_step(quote)), reasons=why)
            else:
                quote = replace(quote, path=())
            evidence.append(quote)
            held = len(evidence) - 1
        if all(each.text != said.text for each in sentences):
            sentences.append(AnswerSentence(said.text, (held + 1,)))
        engram, start, end = where(quote, said.text)
        via = Step(name, engram, said.text, quote.source.id, quote.source.title, start, end)
        path = (*path, via)
    seen = {engram for each in evidence for engram in each.engrams}
    for each in (*steps[-1][1].evidence, *whole.evidence):
        if seen.isdisjoint(each.engrams):
            seen.update(each.engrams)
            evidence.append(each)
    # No quote is surer than the answer that it belongs to, nor than the one before it.
    least = confidence
    numbered = []
    for number, each in enumerate(evidence[:limit], 1):
        least = min(least, each.score)
        numbered.append(replace(each, n=number, score=least))
    last = steps[-1][1]
    return replace(
        whole,
        question=question,
        abstained=False,
        confidence=confidence,
        value=last.value,
        sentences=tuple(sentences),
        evidence=tuple(numbered),
        suggestion="",
    )
