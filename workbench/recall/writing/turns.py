"""The evidence that one question of a conversation inherits from the previous turns.

A follow-up ("And when was it sold?") can be answered from evidence of the answers before; an
unrelated question inherits none.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ingest.languages import word_set
from workbench.recall.checking.clauses import Word, clauses
from workbench.recall.checking.roles import contains_form
from workbench.recall.records import Answer, Evidence

#: Maximum previous turns in a prompt, and maximum inherited evidence.
PROMPT_TURNS, _INHERITED = 3, 6
CITED_PREVIOUS = "An answer before this one cites it."
#: Anaphoric words.
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
_LEANING_DENSE = word_set("它 他 她 那里 这个 那个 这些 那些 当时")
#: Opening words of a follow-up question.
_GOES_ON = re.compile(
    r"\s*(?:and|but|so|or|why|und|aber|warum|wieso|et|mais|pourquoi|y|pero|а|и|но|почему|و|为什么)\b",
    re.IGNORECASE,
)


def relevant_turns(question: str, turns: Sequence[Answer]) -> tuple[Answer, ...]:
    """The previous turns, oldest first, that a question refers to or shares a word with."""
    final = [turn for turn in turns[-PROMPT_TURNS:] if not turn.abstained]
    if leans(question):
        return tuple(final)
    query = _content(question)
    return tuple(
        turn for turn in final if any(contains_form(_turn_words(turn), word) for word in query)
    )


def leans(question: str) -> bool:
    """Whether a question refers to something it does not name."""
    words = {word.text for clause in clauses(question) for word in clause.words}
    short = len(_content(question)) <= 1 and bool(_GOES_ON.match(question))
    return bool(words & _LEANING) or any(map(question.__contains__, _LEANING_DENSE)) or short


def _content(text: str) -> list[Word]:
    return [word for clause in clauses(text) for word in clause.content]


def _turn_words(turn: Answer) -> list[Word]:
    return _content(" ".join([turn.question, *(sentence.text for sentence in turn.sentences)]))


def writable(answer: Answer, turns: Sequence[Answer]) -> bool:
    """Whether there is evidence for a written answer."""
    if answer.evidence and not answer.abstained:
        return True
    return leans(answer.question) and bool(_cited(relevant_turns(answer.question, turns)))


def with_previous_evidence(answer: Answer, turns: Sequence[Answer]) -> Answer:
    """The answer with the cited evidence of previous turns after its own, renumbered.

    An answer that abstained keeps only inherited evidence.
    """
    primary = () if answer.abstained else answer.evidence
    index = {(item.source.id, item.engram) for item in primary}
    added: list[Evidence] = []
    for item in _cited(turns):
        key = (item.source.id, item.engram)
        if key not in index and len(added) < _INHERITED:
            index.add(key)
            number = len(primary) + len(added) + 1
            reasons = tuple(reason for reason in item.reasons if reason != CITED_PREVIOUS)
            tags = tuple(dict.fromkeys((*item.tags, "earlier")))
            added.append(replace(item, n=number, tags=tags, reasons=(*reasons, CITED_PREVIOUS)))
    return replace(answer, evidence=(*primary, *added))


def only_cited(answer: Answer) -> Answer:
    """A written answer without uncited evidence of previous turns."""
    cited = {n for sentence in answer.sentences for n in sentence.citations}
    retained = tuple(e for e in answer.evidence if e.n in cited or "earlier" not in e.tags)
    return replace(answer, evidence=retained)


def _cited(turns: Iterable[Answer]) -> list[Evidence]:
    """The evidence cited in these turns, the last turn first."""
    matches: list[Evidence] = []
    for turn in reversed(tuple(turns)):
        cited = {n for sentence in turn.sentences if sentence.supported for n in sentence.citations}
        matches += [item for item in turn.evidence if item.n in cited]
    return matches
