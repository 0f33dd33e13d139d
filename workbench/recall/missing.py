"""What to say when nothing answers: which words of the question stand nowhere, or not together.

A name that no passage holds says most, a number next, then any other word, the rarest first. Where
every word stands somewhere, the two that carry most and that no passage holds both are named. It
follows from what was looked up for the judgement and reads nothing more.
"""

import numpy as np

from workbench.memory.vocabulary import COMMON
from workbench.recall.question import Cue, Term
from workbench.recall.windows import Windows

#: Words that are named at most, and the heaviest of the question that are looked at in pairs.
_NAMED, _HEAVIEST = 3, 4


def suggestion(cue: Cue, windows: Windows, scoped: bool) -> str:
    """One sentence on what is missing and what to do about it.

    `windows` are those that the question's own words found; `scoped` says that only some of the
    sources were asked.
    """
    if cue.hollow:
        return "The question holds no words to look for: name what it is about."
    where = "in these sources" if scoped else "here"
    after = "ask all sources" if scoped else "add a source that does"
    unknown = sorted(
        (term for term in cue.terms if not term.found),
        key=lambda term: (term.word in COMMON, -term.weight),
    )
    names = [term for term in unknown if term.name or term.capital]
    if names:
        return f"Nothing {where} names {_listed(names)}: check the spelling, or {after}."
    telling = [term for term in unknown if term.word not in COMMON] or unknown
    if telling:
        return f"Nothing {where} mentions {_listed(telling)}: use other words, or {after}."
    pair = _apart(cue, windows)
    if pair is not None:
        one, other = pair
        return (
            f"No passage {where} speaks of “{one.raw}” and “{other.raw}” together: use other "
            f"words, or {after}."
        )
    if scoped:
        return "Ask all sources instead of these, or add a source that covers it."
    return "Use other words for it, or add a source that covers it."


def _listed(terms: list[Term]) -> str:
    """The first of the words as they were written, joined by “or”."""
    quoted = [f"“{term.raw}”" for term in terms[:_NAMED]]
    return " or ".join([", ".join(quoted[:-1]), quoted[-1]] if quoted[1:] else quoted)


def _apart(cue: Cue, windows: Windows) -> tuple[Term, Term] | None:
    """The two heaviest words that stand in no window together nor near one; None where all do."""
    heavy = sorted(range(len(cue.terms)), key=lambda i: -cue.terms[i].weight)[:_HEAVIEST]
    if not len(windows.starts):
        return None
    near = windows.meets[heavy] > 0
    for last in range(1, len(heavy)):
        for first in range(last):
            if not np.any(near[first] & near[last]):
                one, other = sorted((heavy[first], heavy[last]))
                return cue.terms[one], cue.terms[other]
    return None
