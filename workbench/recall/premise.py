"""False premises in chats: is what the question assumes said of this speaker?

“What did Mara adopt?” meets every one of its words in a chat in which Jon tells that he adopted a
dog and Mara answers “I am glad that you adopted one”. So each sentence is held to be about one of
those who talk: about its speaker where it says “I” or has no “you”, about the other one where it
says “you” and not “I”, and about whomever it names. What the question says besides the name must be
met by sentences *about* the one named; how much better others meet it tells against an answer.
"""

from dataclasses import dataclass

import numpy as np

from workbench.arrays import F64, Flags
from workbench.memory import words
from workbench.memory.segment import Ordinals
from workbench.memory.snapshot import Snapshot
from workbench.recall.question import Cue
from workbench.recall.windows import Windows, weighed

_FIRST_PERSON = """
i im ive my me mine myself we our us weve were
"""
_SECOND_PERSON = """
you your youre youve youll youd yours yourself
"""
_ME = tuple(words.key(word) for word in _FIRST_PERSON.split())
_YOU = tuple(words.key(word) for word in _SECOND_PERSON.split())
#: What a word of the question counts in the sentence before or after.
_BESIDE = 0.4


@dataclass(frozen=True, slots=True)
class Premise:
    """How the question is met by what is about the speakers that it names, and by the rest.

    `speaker` is 1 where it names one; all else is 0 otherwise. `about` and `other` are the best
    shares, `gap` their difference; `spoken` is 1 where the sentence that says most is theirs, and
    `score_gap` how much better their own sentences meet the question than those of others.
    """

    speaker: float = 0.0
    about: float = 0.0
    other: float = 0.0
    gap: float = 0.0
    spoken: float = 0.0
    score_gap: float = 0.0


def premise(snapshot: Snapshot, cue: Cue, windows: Windows) -> Premise:
    """Weigh the sentences at which the windows start; nothing is read but the index."""
    starts = windows.starts
    held = [_said_by(snapshot, term.word) for term in cue.terms]
    named = np.array([_talks(snapshot, each, starts) for each in held], bool)
    if not named.any() or named.all():
        return Premise()
    asked = np.flatnonzero(named).tolist()
    own = np.logical_or.reduce([among(held[i], starts) for i in asked])
    flow = snapshot.columns["flow_start"]
    weight = np.array([term.weight for term in cue.terms])
    share = np.where(named, 0.0, weight) / weight[~named].sum()
    met = np.zeros(len(starts))
    for i in np.flatnonzero(~named).tolist():
        term = cue.terms[i]
        met += share[i] * _met(term.ordinals, starts, flow)
    me, you = _holds(snapshot, _ME, starts), _holds(snapshot, _YOU, starts)
    called = np.logical_or.reduce([among(cue.terms[i].ordinals, starts) for i in asked])
    about = (own & (me | ~you)) | (~own & you & ~me) | (~own & called)
    best = float(met[about | (me & you)].max(initial=0.0))
    rest = float(met[~about].max(initial=0.0))
    near = weighed(share, windows.meets)
    return Premise(
        speaker=1.0,
        about=best,
        other=rest,
        gap=best - rest,
        spoken=float(own[int(np.argmax(met))]),
        score_gap=float(near[own].max(initial=0.0) - near[~own].max(initial=0.0)),
    )


def _said_by(snapshot: Snapshot, word: str) -> Ordinals:
    """The sentences that are said by somebody of this name."""
    forms = (words.key(form, "a") for form in words.forms(word, "en"))
    return np.unique(snapshot.union(forms))


def _talks(snapshot: Snapshot, held: Ordinals, starts: Ordinals) -> bool:
    """Whether these sentences are part of what others say something in, too, as a talk is.

    A book by one author is none.
    """
    if not len(held) or not len(starts):
        return False
    first = np.unique(snapshot.columns["flow_start"][starts])
    stop = snapshot.flows[np.searchsorted(snapshot.flows, first) + 1]
    said = np.searchsorted(held, stop) - np.searchsorted(held, first)
    return bool(((said > 0) & (said < stop - first)).any())


def _holds(snapshot: Snapshot, keys: tuple[int, ...], starts: Ordinals) -> Flags:
    found = np.zeros(len(starts), bool)
    for key in keys:
        found |= among(snapshot.lookup(key), starts)
    return found


def _met(held: Ordinals, starts: Ordinals, flow: Ordinals) -> F64:
    """How far a word stands in each sentence: in it, or beside it in the same conversation."""
    here = among(held, starts)
    beside = np.zeros(len(starts), bool)
    for step in (-1, 1):
        at = np.clip(starts + step, 0, len(flow) - 1)
        beside |= among(held, at) & (flow[at] == flow[starts])
    return np.where(here, 1.0, np.where(beside, _BESIDE, 0.0))


def among(held: Ordinals, ordinals: Ordinals) -> Flags:
    """Which of the ordinals are among the sorted ones that are held."""
    if not len(held):
        return np.zeros(len(ordinals), bool)
    at = np.searchsorted(held, ordinals)
    at[at == len(held)] = 0
    found: Flags = held[at] == ordinals
    return found
