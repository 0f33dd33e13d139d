"""Answerability in libraries of few statements.

In a long book much stands beside what is asked, in a few notes nearly nothing: the note that says
who built the lighthouse holds all but one word of “Who painted the lighthouse?”, and is the best
of all places by far. So the fewer statements are asked, the more counts whether the verb, too, is
met, near to the names, and whether the thing asked for was found. The features are weighed apart
from those of large libraries (`judgement`), and both probabilities are mixed by size.
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from workbench.arrays import Flags
from workbench.memory.snapshot import Snapshot
from workbench.recall import relation, value
from workbench.recall.question import Cue, in_english
from workbench.recall.quotes import Quote
from workbench.recall.windows import Windows

#: `few` is how far the statements asked are few; all else is 0 where they are many. `unmet` is 1
#: where somebody is asked for, and none of the best quotes names one who stands so to the question.
FEATURES = ("few", "held", "reached", "lacking", "value", "unmet")
#: Statements that are as few as many, and how sharply fewer are parted from more; a share below
#: the least is none.
_MIDDLE, _SHARP, _LEAST = 100, 4, 0.01
#: How near a word stands to a window that reaches it, what one in the title counts, and one that
#: says the relation, and what the words count that stand nowhere near the names.
_REACH, _TITLE, _LIKE, _ASTRAY = 0.25, 0.9, 0.7, 0.25
#: Quotes in which the thing asked for is looked for.
_QUOTES = 3
_ASKED_KINDS = """
long old far tall high deep wide much often many large big number name called named amount total
percentage percent located situated stand stands lie lies year month day date time century decade
kind sort type colour color street road city town country place village
"""
#: Words that say what kind of thing is asked for: the answer need not repeat them.
KINDS = frozenset(_ASKED_KINDS.split())


def features(
    snapshot: Snapshot, cue: Cue, windows: Windows, quotes: Sequence[Quote], size: int
) -> list[float]:
    """The features of a question to `size` statements, in the order of `FEATURES`.

    In English alone, of which the weights are made: elsewhere a verb that seems to be missing may
    stand there in a form that is not known.
    """
    few = fewness(size)
    if not few or not cue.terms or not len(windows.starts) or not in_english(cue.text):
        return [0.0] * len(FEATURES)
    carries = _carries(cue)
    names = np.array([term.named for term in cue.terms])
    weight = np.array([term.weight for term in cue.terms])
    reach = np.maximum(windows.meets, _TITLE * windows.parts.in_title)
    said = _found(cue, quotes)
    like = _LIKE * _related(cue, windows, quotes, said)
    stands = _stands(cue, quotes, said)[:, np.newaxis]
    reach = np.minimum(np.maximum(reach, like), 1) * stands
    share = np.where(carries, weight, 0.0)
    reached = (share / share.sum()) @ (reach >= _REACH)
    return [
        few,
        math.log1p(float((weight @ (np.maximum(windows.inside, like) * stands)).max())),
        float(reached.max()),
        _lacking(np.where(carries & ~names, weight, 0.0), reach, names),
        float(said is not None),
        float(said is None and value.asked_for(cue) == "person"),
    ]


def fewness(size: int) -> float:
    """How far so many statements are few, from 0 to 1."""
    few = 1 / (1 + (size / _MIDDLE) ** _SHARP)
    return few if few >= _LEAST else 0.0


def _carries(cue: Cue) -> Flags:
    """Which terms an answer has to speak of; all where each says the kind of thing only."""
    carries = np.array([term.word not in KINDS for term in cue.terms])
    return carries if carries.any() else ~carries


def _lacking(weight: NDArray[np.float64], reach: NDArray[np.float32], names: Flags) -> float:
    """How much of what is asked of the names the best window lacks, one heavy word most."""
    if not weight.any():
        return 0.0
    lacks = ((weight / weight.sum()) ** 2) @ ((1 - reach) ** 2)
    if names.any():
        lacks = lacks + np.where(reach[names].min(axis=0) >= _REACH, 0.0, _ASTRAY)
    return math.sqrt(float(lacks.min()))


def _found(cue: Cue, quotes: Sequence[Quote]) -> value.Value | None:
    """What one of the best quotes holds that is asked for, as asked (`value.find`)."""
    if not quotes or not value.asked_for(cue):
        return None
    said = [quote.words for quote in quotes[:_QUOTES]]
    shares = [quote.score / (quotes[0].score or 1.0) for quote in quotes[:_QUOTES]]
    return value.find(cue, said, shares, said)


def _related(
    cue: Cue, windows: Windows, quotes: Sequence[Quote], said: value.Value | None
) -> NDArray[np.float32]:
    """1 for the word that a relation hangs on where a quote says who it is in another word.

    “Kenji's manager is Marisol” says who manages Kenji, though it holds no form of “manages”; of
    Marisol it says nothing of the kind, and gives no value.
    """
    held = np.zeros((len(cue.terms), len(windows.starts)), np.float32)
    link = relation.asked(cue.text) if said is not None else None
    if said is None or link is None:
        return held
    engrams = quotes[said.quote].engrams
    there = (windows.starts < engrams[-1].id) & (windows.ends >= engrams[0].id)
    for place, term in enumerate(cue.terms):
        if term.word == link.anchor:
            held[place, there] = 1.0
    return held


def _stands(cue: Cue, quotes: Sequence[Quote], said: value.Value | None) -> NDArray[np.float64]:
    """0 for the word that a relation hangs on where it is told the other way round, else 1.

    “Selma's manager is Idris” says nothing of who manages Idris, though it holds all the words.
    """
    counts = np.ones(len(cue.terms))
    if said is None and value.turned(cue, [quote.words for quote in quotes[:_QUOTES]]):
        link = relation.asked(cue.text)
        counts[[link is not None and term.word == link.anchor for term in cue.terms]] = 0.0
    return counts
