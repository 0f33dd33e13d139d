"""What is passed from one question of a conversation to the next: the evidence cited before.

A question that leans on what was said ("And when was it sold?") can be answered from the evidence
of the answers before it; one about something else has nothing of them.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ingest.languages import word_set
from workbench.recall.checking.clauses import Word, clauses
from workbench.recall.checking.roles import holds
from workbench.recall.records import Answer, Evidence

#: Turns before that are looked at, and evidence of theirs at most that goes along.
TURNS, _EARLIER = 3, 6
CITED_BEFORE = "An answer before this one cites it."
#: Words that mean something that was said before.
_LEANING = word_set(
    """
it its he him his she her they them their this that these those there then one ones former latter
er ihn ihm sein seine sie ihr ihre es dies diese dieser dieses das dort dann damals davon dazu
il elle ils elles lui leur leurs son sa ses cela ça celui celle ceux y
él ella ellos ellas su sus eso esto aquel
он она оно они его её ее ему ей им их это этот эта эти там тогда
هو هي هم ذلك هذا هذه هناك
"""
)
_LEANING_DENSE = re.compile(r"[它他她]|他们|她们|那里|这个|那个|这些|那些|当时")
#: Words that begin a question which goes on from another.
_GOES_ON = re.compile(
    r"\s*(?:and|but|so|or|why|und|aber|warum|wieso|et|mais|pourquoi|y|pero|а|и|но|почему|و|为什么)\b",
    re.IGNORECASE,
)


def going_on(question: str, turns: Sequence[Answer]) -> tuple[Answer, ...]:
    """The turns before, oldest first, that a question leans on or shares a word with."""
    last = [turn for turn in turns[-TURNS:] if not turn.abstained]
    if leans(question):
        return tuple(last)
    asked = _content(question)
    return tuple(turn for turn in last if any(holds(_said(turn), word) for word in asked))


def leans(question: str) -> bool:
    """Whether a question means something that it does not name."""
    words = {word.text for clause in clauses(question) for word in clause.words}
    short = len(_content(question)) <= 1 and bool(_GOES_ON.match(question))
    return bool(words & _LEANING) or bool(_LEANING_DENSE.search(question)) or short


def _content(text: str) -> list[Word]:
    return [word for clause in clauses(text) for word in clause.content]


def _said(turn: Answer) -> list[Word]:
    return _content(" ".join([turn.question, *(each.text for each in turn.sentences)]))


def writable(answer: Answer, turns: Sequence[Answer]) -> bool:
    """Whether there is anything that a model could write an answer from."""
    if answer.evidence and not answer.abstained:
        return True
    return leans(answer.question) and bool(_cited(going_on(answer.question, turns)))


def with_earlier(answer: Answer, turns: Sequence[Answer]) -> Answer:
    """The answer with what the turns before cited after its own evidence, under new numbers.

    Of an answer that abstained only what was cited before is left: its own answers nothing.
    """
    own = () if answer.abstained else answer.evidence
    known = {(item.source.id, item.engram) for item in own}
    added: list[Evidence] = []
    for item in _cited(turns):
        key = (item.source.id, item.engram)
        if key not in known and len(added) < _EARLIER:
            known.add(key)
            number = len(own) + len(added) + 1
            reasons = tuple(each for each in item.reasons if each != CITED_BEFORE)
            tags = tuple(dict.fromkeys((*item.tags, "earlier")))
            added.append(replace(item, n=number, tags=tags, reasons=(*reasons, CITED_BEFORE)))
    return replace(answer, evidence=(*own, *added))


def cited_only(answer: Answer) -> Answer:
    """A written answer without evidence of turns before that it does not cite."""
    cited = {n for sentence in answer.sentences for n in sentence.citations}
    kept = tuple(e for e in answer.evidence if e.n in cited or "earlier" not in e.tags)
    return replace(answer, evidence=kept)


def _cited(turns: Iterable[Answer]) -> list[Evidence]:
    """What the turns cited, that of the last one first."""
    found: list[Evidence] = []
    for turn in reversed(tuple(turns)):
        cited = {n for each in turn.sentences if each.supported for n in each.citations}
        found += [item for item in turn.evidence if item.n in cited]
    return found
