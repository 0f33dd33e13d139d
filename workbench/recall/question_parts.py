"""Splits a compound question, and joins the answers.

No passage answers “Who kept the mill, and where did the miller drown?” as a whole; one with a
little of both would rank first. So each part is asked separately, later ones as follow-ups. Of 107
pairs of questions to ten texts, 139 of the 214 parts then have an answering sentence, compared with
81 for the whole question.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, zip_longest

from ingest.language.politeness import OPENING, QUESTION_WORD
from ingest.patterns import later
from workbench.memory import words
from workbench.recall.content_words import content_stems as stems
from workbench.recall.records import Answer, AnswerSentence, Evidence

#: Maximum characters of a question that is split, and maximum parts.
_LONGEST, _LIMIT = 600, 4
#: Joints of clauses: “, and where”, “and by whom”; a comma alone may begin a relative clause, and
#: “And What” is part of a title.
_JOINT = later(rf"[,;]? (?:and|but) (?:and |then |also )*(?={OPENING})")
#: The end of a question before another, which may be a bare “When?”.
_NEXT = later(rf"\?+ +(?=(?:and |but )?{OPENING})", re.IGNORECASE)
#: What is compared, in two groups.
_COMPARED = later(
    r"(?:(?:please|can you|could you|would you)[,\s]+)?(?:compare|contrast)\s+(.+?)\s+"
    r"(?:and|with|to|versus|vs\.?)\s+(.+)"
    r"|what(?:['’]s|\s+is|\s+are)\s+the\s+differences?\s+between\s+(.+?)\s+and\s+(.+)"
    r"|how\s+(?:do|does|did|are)\s+(.+?)\s+and\s+(.+?)\s+(?:differ|compare|different)"
    r"(?:\s+from\s+each\s+other)?",
    re.IGNORECASE,
)
#: Sources that are compared as a whole.
_WHOLE = ("paper", "article", "book", "novel", "report", "study", "manual", "guide")
_CONTRAST = later(
    r"(?i)\b(?:differ\w*|while|whereas|unlike|contrast|than|instead|distinguish\w*|compared|both)\b"
)
_START = later(OPENING, re.IGNORECASE)
_INTERROGATIVE = later(rf"\b{QUESTION_WORD}", re.IGNORECASE)


def clauses(question: str) -> tuple[str, ...]:
    """The parts of a question, in order; none if it has only one.

    A comparison also asks for each of the two.
    """
    query = " ".join(question[: _LONGEST + 1].split()).rstrip(" ?.!")
    if len(query) > _LONGEST:
        return ()
    if sides := _sides(query):
        return (f"{query}?", *map(_on_side, sides))
    if not _START.match(query):
        return ()
    ends = (end for end in _NEXT.finditer(query) if not _is_quoted(query[: end.start()]))
    bounds = [0, *chain.from_iterable(end.span() for end in ends), len(query)]
    questions = (query[start:end] for start, end in zip(bounds[::2], bounds[1::2], strict=True))
    pieces = list(chain.from_iterable(map(_parts, questions)))
    if not 1 < len(pieces) <= _LIMIT:
        return ()
    return tuple(f"{piece[0].upper()}{piece[1:]}?" for piece in pieces)


def _sides(query: str) -> list[str]:
    """The two things that a question compares; empty for others."""
    compared = _COMPARED.fullmatch(query)
    return [side.strip(" ,") for side in compared.groups() if side] if compared else []


def _on_side(side: str) -> str:
    """The question for one of two compared things, as a whole if it is a paper or a book."""
    if side.split()[-1].lower() in _WHOLE and len(side.split()) > 1:
        return f"What is {side} about?"
    return f"What is known about {side}?"


def _parts(query: str) -> list[str]:
    """The parts of a question at its joints, if each is complete; else the whole."""
    pieces: list[str] = []
    begin = 0
    for joint in _JOINT.finditer(query):
        piece = query[begin : joint.start()]
        # An embedded question word: “the man who rose and who lit it”.
        embedded = _INTERROGATIVE.search(_rest(piece)) and "," not in joint.group()
        if not embedded and not _is_quoted(query[: joint.start()]):
            pieces.append(piece.rstrip(" ?.!"))
            begin = joint.end()
    pieces.append(query[begin:])
    # Each is a complete question: more than “by whom” or “at what age”.
    is_whole = all(len(words.raw_tokens(_rest(piece))) > 1 for piece in pieces)
    return pieces if is_whole else [query]


def _rest(piece: str) -> str:
    """A question without its opening."""
    opening = _START.match(piece)
    return piece[opening.end() :] if opening else ""


def _is_quoted(prefix: str) -> bool:
    """Whether the prefix ends inside a quotation or title."""
    opens, closes = sum(map(prefix.count, "“«„")), sum(map(prefix.count, "”»"))
    return prefix.count('"') % 2 > 0 or opens > closes


def joined(question: str, answers: Sequence[Answer], limit: int) -> Answer:
    """Join the answers to the parts: the first sentence of each, and their quotes alternately.

    There must be room for a quote of each. The confidence is that of the least certain. Unanswered
    parts are named in `note`; if no part is answered, the closest passages of all are shown. The
    caller computes `coverage`, since it knows the passages.
    """
    answers = _compared(question, answers)
    supplied = [answer for answer in answers if answer.found] or list(answers)
    first = supplied[0]
    evidence, number_of = _in_turn([item.evidence for item in supplied], limit)
    sentences: dict[str, AnswerSentence] = {}
    for place, answer in enumerate(supplied):
        for text in answer.sentences[:1]:
            cited = tuple(n for old in text.citations if (n := number_of.get((place, old))))
            if cited:
                sentences.setdefault(text.text, replace(text, citations=cited))
    values = dict.fromkeys(item.value for item in supplied if item.value)
    statement_values = [
        value for item in supplied for value in (item.told, *item.also_told) if value
    ]
    statements = list({value.fact.id: value for value in statement_values}.values())
    recalled = {hit.id: hit for item in supplied for hit in item.recalled}
    # A suggested reading of an unanswered part is not part of the question.
    target = [
        answer.question if answer.abstained else answer.asked_as or answer.question
        for answer in answers
    ]
    # Of a comparison only its sides are named.
    whole = question.rstrip(" ?.!")
    silent = [
        answer.question
        for answer in answers
        if not answer.found and answer.question.rstrip(" ?.!") != whole
    ]
    notes = [answer.note for answer in answers if answer.note]
    if silent and first.found:
        notes.append(f"Nothing answers {' and '.join(f'“{item}”' for item in silent)}.")
    return replace(
        first,
        question=question,
        confidence=min(item.confidence for item in supplied),
        value="; ".join(values) or None,
        sentences=tuple(sentences.values()),
        evidence=evidence,
        told=statements[0] if statements else None,
        also_told=tuple(statements[1:]),
        near=tuple(dict.fromkeys(fact for item in supplied for fact in item.near)),
        note=" ".join(dict.fromkeys(notes)),
        milliseconds=sum(answer.milliseconds for answer in answers),
        recalled=tuple(recalled.values()),
        about=next((item.about for item in supplied if item.about), ""),
        asked_as=" ".join(target) if any(item.asked_as for item in supplied) else "",
    )


def _compared(question: str, answers: Sequence[Answer]) -> Sequence[Answer]:
    """The answers of a comparison, each with a sentence on its side; others unchanged.

    A sentence for the whole question has to name both, and is first if it contrasts them.
    """
    sides = [stems(side) for side in _sides(question.rstrip(" ?.!"))]
    if len(answers) != 1 + len(sides) or not sides:
        return answers
    whole, *apart = answers
    both = frozenset().union(*sides)
    if all(answer.abstained for answer in apart):
        return answers
    chosen = list[Answer]()
    for side, answer in zip(sides, apart, strict=True):
        naming = [row for row in answer.sentences if side <= stems(row.text)]
        chosen.append(replace(answer, sentences=tuple(naming) or answer.sentences))
    naming = [row for row in whole.sentences if both <= stems(row.text)][:1]
    if naming and whole.found:
        whole = replace(whole, sentences=tuple(naming), value=None)
        chosen.insert(0 if _CONTRAST.search(naming[0].text) else len(chosen), whole)
    return chosen


def split_turns(turns: Iterable[Answer]) -> Iterator[Answer]:
    """Yield the turns of a conversation, one per part of a compound question."""
    for turn in turns:
        pieces = clauses(turn.question)
        target = tuple(f"{item}?" for item in turn.asked_as.rstrip("?").split("? "))
        query = target if len(target) == len(pieces) else pieces
        values: Sequence[str | None] = (turn.value or "").split("; ")
        if len(values) != len(pieces):
            values = [None] * len(pieces)
        for piece, value in zip(query, values, strict=True):
            yield replace(turn, question=piece, asked_as="", value=value)
        if not pieces:
            yield turn


def _in_turn(
    lists: Sequence[Sequence[Evidence]], limit: int
) -> tuple[tuple[Evidence, ...], dict[tuple[int, int], int]]:
    """Interleave the quotes of several lists and renumber them; also maps old numbers to new ones.

    Probabilities are made non-increasing.
    """
    selection: list[Evidence] = []
    number_of: dict[tuple[int, int], int] = {}
    for place, quote in _turns(lists):
        repeated = next(
            (item for item in selection if set(item.engrams) & set(quote.engrams)), None
        )
        if repeated is None and len(selection) < limit:
            minimum = min([quote.score, *(item.score for item in selection[-1:])])
            repeated = replace(quote, n=len(selection) + 1, score=minimum)
            selection.append(repeated)
        if repeated is not None:
            number_of[place, quote.n] = repeated.n
    return tuple(selection), number_of


def _turns(lists: Sequence[Sequence[Evidence]]) -> Iterator[tuple[int, Evidence]]:
    for turn in zip_longest(*lists):
        yield from ((place, item) for place, item in enumerate(turn) if item is not None)
