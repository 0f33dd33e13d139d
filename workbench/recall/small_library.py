"""Answerability in libraries of few statements.

In a long book much stands beside what is asked, in a few notes nearly nothing: the note that says
who built the lighthouse holds all but one word of “Who painted the lighthouse?”, and is the best
of all places by far. So the fewer statements are asked, the more counts whether the verb, too, is
met, near to the names, and whether the thing asked for was found. The features are weighed apart
from those of large libraries (`judgement`), and both probabilities are mixed by size.
"""

import math

import numpy as np
from numpy.typing import NDArray

from workbench.arrays import Flags
from workbench.recall.question import Cue
from workbench.recall.windows import Windows

#: `few` is how far the statements asked are few; all else is 0 where they are many.
FEATURES = ("few", "held", "reached", "lacking")
#: Statements that are as few as many, and how sharply fewer are parted from more; a share below
#: the least is none.
_MIDDLE, _SHARP, _LEAST = 100, 4, 0.01
#: How near a word stands to a window that reaches it, what one in the title counts, and what the
#: words count that stand nowhere near the names.
_REACH, _TITLE, _ASTRAY = 0.25, 0.9, 0.25
_ASKED_KINDS = """
long old far tall high deep wide much often many large big number name called named amount total
percentage percent located situated stand stands lie lies year month day date time century decade
kind sort type colour color street road city town country place village
"""
#: Words that say what kind of thing is asked for: the answer need not repeat them.
KINDS = frozenset(_ASKED_KINDS.split())


def features(cue: Cue, windows: Windows, size: int) -> list[float]:
    """The features of a question to `size` statements, in the order of `FEATURES`.

    In English alone, of which the weights are made: elsewhere a verb that seems to be missing may
    stand there in a form that is not known.
    """
    few = fewness(size)
    if not few or not cue.terms or not len(windows.starts) or not cue.english:
        return [0.0] * len(FEATURES)
    carries = _carries(cue)
    names = np.array([term.named for term in cue.terms])
    weight = np.array([term.weight for term in cue.terms])
    reach = np.maximum(windows.meets, _TITLE * windows.parts.in_title)
    share = np.where(carries, weight, 0.0)
    reached = (share / share.sum()) @ (reach >= _REACH)
    return [
        few,
        math.log1p(float((weight @ windows.inside).max())),
        float(reached.max()),
        _lacking(np.where(carries & ~names, weight, 0.0), reach, names),
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
