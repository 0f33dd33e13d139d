"""Splits a question that asks several things, and joins what answers each.

“Who kept the mill, and where did the miller drown?” is met by no passage as a whole: one that says
a little of both comes first. So each thing is asked by itself, the later ones as what follows the
earlier in a conversation. Of 107 pairs of questions to ten texts a sentence that answers is shown
for 139 of the 214 then; where the whole was looked up it was for 81.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from ingest.language.politeness import OPENING, QUESTION_WORD
from ingest.patterns import later
from workbench.memory import words
from workbench.recall.records import Answer, AnswerSentence, Evidence

#: Letters of the longest question that is taken apart, and things that are asked.
_LONGEST, _MOST = 600, 4
#: Between two clauses: “, and where”, “and by whom”; a comma alone may begin a relative clause, and
#: “And What” is of a title.
_JOINT = later(rf"[,;]? (?:and|but) (?:and |then |also )*(?={OPENING})")
_BEGINS = later(OPENING, re.IGNORECASE)
_ASKING = later(rf"\b{QUESTION_WORD}", re.IGNORECASE)
#: What opens and closes words of somebody else.
_OPENS, _CLOSES = later(r"[“«„]"), later(r"[”»]")


def clauses(question: str) -> tuple[str, ...]:
    """The questions that a question holds, in order; none where it asks one thing."""
    asked = " ".join(question[: _LONGEST + 1].split()).rstrip(" ?.!")
    if len(asked) > _LONGEST or not _BEGINS.match(asked):
        return ()
    pieces: list[str] = []
    begin = 0
    for joint in _JOINT.finditer(asked):
        piece = asked[begin : joint.start()]
        embedded = _embeds(piece) and "," not in joint.group()
        if not embedded and not _is_quoted(asked[: joint.start()]):
            pieces.append(piece.rstrip(" ?.!"))
            begin = joint.end()
    pieces.append(asked[begin:])
    if not 1 < len(pieces) <= _MOST or not all(map(_asks_something, pieces)):
        return ()
    return tuple(f"{piece[0].upper()}{piece[1:]}?" for piece in pieces)


def _embeds(piece: str) -> bool:
    """Whether a question word stands inside a piece: “the man who rose and who lit it”."""
    opening = _BEGINS.match(piece)
    return opening is not None and _ASKING.search(piece, opening.end()) is not None


def _is_quoted(before: str) -> bool:
    """Whether a quotation or title that began before goes on."""
    return before.count('"') % 2 > 0 or len(_OPENS.findall(before)) > len(_CLOSES.findall(before))


def _asks_something(piece: str) -> bool:
    """Whether a piece is a question: more than “by whom” or “at what age”."""
    opening = _BEGINS.match(piece)
    return opening is not None and len(words.raw_tokens(piece[opening.end() :])) > 1


def joined(question: str, answers: Sequence[Answer], limit: int) -> Answer:
    """One answer of those to the clauses: of each its first sentence, and its quotes in turn.

    There must be room for a quote of each. It is as sure as the least sure of them. What nothing
    answers is named in `note`; where nothing answers any of them, the closest passages of all are
    shown. What of the library is quoted (`coverage`) is left to the caller, who knows its passages.
    """
    given = [each for each in answers if not each.abstained] or list(answers)
    first = given[0]
    evidence, number_of = _in_turn([each.evidence for each in given], limit)
    sentences: dict[str, AnswerSentence] = {}
    for place, each in enumerate(given):
        for said in each.sentences[:1]:
            cited = tuple(n for old in said.citations if (n := number_of.get((place, old))))
            if cited:
                sentences.setdefault(said.text, replace(said, citations=cited))
    values = dict.fromkeys(each.value for each in given if each.value)
    values_told = [value for each in given for value in (each.told, *each.also_told) if value]
    told = list({value.fact.id: value for value in values_told}.values())
    recalled = {hit.id: hit for each in given for hit in each.recalled}
    # What a silent one may have meant as well is no part of the question.
    meant = [
        each.question if each.abstained else each.asked_as or each.question for each in answers
    ]
    silent = [each.question for each in answers if each.abstained]
    notes = [each.note for each in answers if each.note]
    if silent and not first.abstained:
        notes.append(f"Nothing answers {' and '.join(f'“{each}”' for each in silent)}.")
    return replace(
        first,
        question=question,
        confidence=min(each.confidence for each in given),
        value="; ".join(values) or None,
        sentences=tuple(sentences.values()),
        evidence=evidence,
        told=told[0] if told else None,
        also_told=tuple(told[1:]),
        near=tuple(dict.fromkeys(fact for each in given for fact in each.near)),
        note=" ".join(dict.fromkeys(notes)),
        milliseconds=sum(each.milliseconds for each in answers),
        recalled=tuple(recalled.values()),
        about=next((each.about for each in given if each.about), ""),
        asked_as=" ".join(meant) if any(each.asked_as for each in given) else "",
    )


def apart(turns: Iterable[Answer]) -> Iterator[Answer]:
    """Turns of a conversation, one for each thing that was asked in them."""
    for turn in turns:
        pieces = clauses(turn.question)
        meant = tuple(f"{each}?" for each in turn.asked_as.rstrip("?").split("? "))
        asked = meant if len(meant) == len(pieces) else pieces
        values: Sequence[str | None] = (turn.value or "").split("; ")
        if len(values) != len(pieces):
            values = [None] * len(pieces)
        for piece, value in zip(asked, values, strict=True):
            yield replace(turn, question=piece, asked_as="", value=value)
        if not pieces:
            yield turn


def _in_turn(
    lists: Sequence[Sequence[Evidence]], limit: int
) -> tuple[tuple[Evidence, ...], dict[tuple[int, int], int]]:
    """The quotes of several lists in turn, numbered anew; what number each of a list has then.

    No quote is surer than the one before it.
    """
    kept: list[Evidence] = []
    number_of: dict[tuple[int, int], int] = {}
    for place, quote in _turns(lists):
        again = next((each for each in kept if set(each.engrams) & set(quote.engrams)), None)
        if again is None and len(kept) < limit:
            least = min([quote.score, *(each.score for each in kept[-1:])])
            again = replace(quote, n=len(kept) + 1, score=least)
            kept.append(again)
        if again is not None:
            number_of[place, quote.n] = again.n
    return tuple(kept), number_of


def _turns(lists: Sequence[Sequence[Evidence]]) -> Iterator[tuple[int, Evidence]]:
    for turn in zip_longest(*lists):
        yield from ((place, each) for place, each in enumerate(turn) if each is not None)
