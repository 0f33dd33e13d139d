"""Replies in chats: words of a question also count for the turn after it.

“Which team did you sign with?” holds every word that somebody asks for later, and “The Wolves! I
can't wait.” none of them. In a talk a question and what is said next belong together (an adjacency
pair: Schegloff & Sacks 1973), so what stands in the asking sentence stands near to all of the next
turn, nearly as if it were said there.
"""

import re
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from workbench.arrays import F32
from workbench.memory.segment import Ordinals
from workbench.memory.snapshot import Snapshot
from workbench.recall.ordinal_sets import among
from workbench.recall.question import Cue
from workbench.recall.quotes import Quote, matched
from workbench.recall.records import Step
from workbench.recall.scope import Scope
from workbench.recall.windows import LONG, Windows, reweighed, widened
from workbench.store import sources, text

#: Windows whose turns are looked at, the best ones, and last sentences of a turn that may ask.
_LOOKED, _LAST = 60, 3
#: What a word counts in the turn after a sentence that asks with it, and of the asking turn's BM25
#: the share that the answering one has.
_REPLY, _REPLY_SECTION = 0.9, 0.7
#: Share of the question that the asking sentence must add to a quote for it to be told.
_ADDS = 0.1
_ASKS = re.compile(r"[?？؟]\W*$")
#: How a path names what led to an answer, and letters of the asking sentence that a reason quotes.
_NAME, _SAID = "the question before it", 120


@dataclass(frozen=True, slots=True)
class Replied:
    """Windows in which a turn has the words that it answers.

    `asked` gives for each sentence of such a turn, by its ordinal, the sentence that asks.
    """

    windows: Windows
    asked: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class _Pair:
    """A turn that begins at `begin` and asks in the sentences `asking`; `answer` follows it."""

    begin: int
    asking: tuple[int, ...]
    answer: range


def replied(
    connection: sqlite3.Connection,
    snapshot: Snapshot,
    cue: Cue,
    scope: Scope,
    windows: Windows,
) -> Replied:
    """The windows again, those of turns that answer what the best of them ask among them."""
    pairs = list(_pairs(connection, snapshot, windows))
    if not pairs:
        return Replied(windows, {})
    also = np.array([n for pair in pairs for n in pair.answer], np.int32)
    also = scope.keep(np.unique(also), snapshot)
    if not len(also):
        return Replied(windows, {})
    more = widened(snapshot, cue, scope, windows, also)
    near, section = more.parts.near.copy(), more.parts.section.copy()
    asked: dict[int, int] = {}
    for pair in pairs:
        said = _said(cue, pair.asking)
        if not said.any():
            continue
        first = more.starts.searchsorted(pair.begin)
        here = slice(*more.starts.searchsorted([pair.answer.start, pair.answer.stop]))
        near[:, here] = np.maximum(near[:, here], _REPLY * said[:, None])
        worth = _REPLY_SECTION * more.parts.section[first]
        section[here] = np.maximum(section[here], worth)
        asked.update(dict.fromkeys(pair.answer, pair.asking[-1]))
    parts = replace(more.parts, near=near, section=section)
    scored = reweighed(snapshot, cue, scope, replace(more, parts=parts))
    return Replied(scored, asked)


def _pairs(
    connection: sqlite3.Connection, snapshot: Snapshot, windows: Windows
) -> Iterator[_Pair]:  # fmt: skip
    """The turns among the best windows that ask something, each with the one that follows it."""
    turns = list(_turns(snapshot, windows))
    ends = [range(max(turn.start, turn.stop - _LAST), turn.stop) for turn, _ in turns]
    rows = text.statements(connection, [n + 1 for each in ends for n in each]) if ends else {}
    for (turn, answer), last in zip(turns, ends, strict=True):
        asking = tuple(n for n in last if _ASKS.search(rows.get(n + 1, "")))
        if asking:
            yield _Pair(turn.start, asking, answer)


def _turns(snapshot: Snapshot, windows: Windows) -> Iterator[tuple[range, range]]:
    """Of the best windows the records that another one of the same talk follows, with that."""
    if not len(windows.starts):
        return
    count = min(_LOOKED, len(windows.scores))
    best = np.argpartition(-windows.scores, count - 1)[:count]
    begins = np.unique(snapshot.columns["section_start"][windows.starts[best]])
    places = snapshot.sections.searchsorted(begins) + 1
    flows = snapshot.columns["flow_start"]
    for begin, place in zip(begins.tolist(), places.tolist(), strict=True):
        bounds = snapshot.sections[place : place + 2].tolist()
        if len(bounds) < 2:
            continue
        end, stop = bounds
        if flows[end] == flows[begin] and max(end - begin, stop - end) <= LONG:
            yield range(begin, end), range(end, stop)


def _said(cue: Cue, asking: Sequence[int]) -> F32:
    """How far each term stands in one of these sentences, (terms,)."""
    at: Ordinals = np.array(asking, np.int32)
    said = np.zeros(len(cue.terms), np.float32)
    for i, term in enumerate(cue.terms):
        if among(term.ordinals, at).any():
            said[i] = 1
    return said


def answering(
    connection: sqlite3.Connection,
    snapshot: Snapshot,
    cue: Cue,
    asked: Mapping[int, int],
    best: Collection[Quote],
) -> dict[int, Step]:
    """For each of these quotes that answers what was asked before it, its place and that.

    Not where the quote itself says as much of the question.
    """
    led = {
        quote.place: (quote, asked[quote.engrams[0].id - 1])
        for quote in best
        if quote.engrams[0].id - 1 in asked
    }
    if not led:
        return {}
    rows = text.engrams(connection, [asking + 1 for _, asking in led.values()])
    of = {asking: int(snapshot.columns["source"][asking]) for _, asking in led.values()}
    titles = sources.titles(connection, set(of.values()))
    total = sum(term.weight for term in cue.terms) or 1.0
    found: dict[int, Step] = {}
    for place, (quote, asking) in led.items():
        row = rows.get(asking + 1)
        if row is None:
            continue
        said = {term.word for term in matched(quote.words, cue)}
        new = [term.weight for term in matched(row.text, cue) if term.word not in said]
        if sum(new) >= _ADDS * total:
            title = titles.get(of[asking], ("", 0.0))[0]
            found[place] = Step(
                _NAME, row.id, row.text, of[asking], title, start=row.start, end=row.end
            )
    return found


def reason(via: Step) -> str:
    """One sentence on what a quote answers."""
    said = " ".join(via.sentence.split())
    said = said if len(said) <= _SAID else f"{said[:_SAID].rstrip()}…"
    return f"Follows the question “{said}”"
