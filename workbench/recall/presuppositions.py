"""False premises elsewhere: does the library say anything like it of the named one?

“When was the Olin bridge blown up?” presumes that it was. Scores cannot tell: the page on the
bridge is the best of all places by far. So it is looked whether anything that is asked of a name,
in any form or in like company, stands near it anywhere. Only plain questions in English are looked
at, and nothing is held against a question where that cannot tell.
"""

import re

import numpy as np

from ingest.patterns import later
from workbench.memory import words
from workbench.memory.lexicon import Snapshot
from workbench.memory.segment import Ordinals
from workbench.recall import relation, small_library
from workbench.recall.missing import advice, asked_sources, named_together, whole_name
from workbench.recall.ordinal_sets import between, distinct
from workbench.recall.question import Cue, Term, in_english
from workbench.recall.windows import LONG

#: Words asked of a name above which a question says enough to be judged by them, and sentences
#: around the name that count in running text.
_MOST, _AROUND = 3, 8
#: Sentences of a section that tells one thing, as a note does.
_SINGLE = 2
#: “What does she do for a living?” asks for a trade, which is rarely called that.
_IDIOM = "living"
_NAME = r"[A-Z][\w-]*(?:\s+(?:(?:de|of|von|van)\s+)?[A-Z][\w-]*)*"
_DID = later(
    r"\b(?:did|does|do|has|have|had|will|would|can|could)\s+(?:[Tt]he\s+)?"
    rf"(?:(?:Dr|Mrs?|Ms)\.?\s+)?({_NAME})\s+(?:(?:not|ever|first)\s+)?([a-z]+)\b"
)
#: A question that describes or compares those it asks about: several places have to be found.
_DESCRIBED = later(
    r"\w,? (?:where|who|whom|whose|which|that|when) |\b(?:both|same|common|or)\b|[’']s \w+[’']s",
    re.IGNORECASE,
)
_WAS = re.compile(
    r"(?:when|where|why|how|by whom|in (?:what|which) \w+)\s+(?:was|were|is|are)\s+(?:the\s+)?"
    rf"(?:(?:Dr|Mrs?|Ms)\.?\s+)?(?-i:({_NAME}))\s+(?:(?:first|ever|last)\s+)?(?-i:([a-z]+))\b",
    re.IGNORECASE,
)
#: Words that are few, and how near in meaning a word in like company tells the same.
_FEW, _LIKE_IT = 2, 0.7


def amiss(snapshot: Snapshot, cue: Cue, scoped: bool = False) -> str:
    """One sentence on what the question presumes and nothing here says; "" where nothing is seen.

    `scoped` says that only some of the sources were asked.
    """
    if cue.topic or cue.hollow or not in_english(cue.text):
        return ""
    where, after = asked_sources(scoped), advice(scoped)
    unheard = _unheard(snapshot, cue)
    if unheard:
        name, said = unheard
        if not named_together(cue, name):
            return f"No sentence names “{name}”: check the name, or {after}."
        return (
            f"{where} mention “{name}”, but not “{said}” near it: check the question, or {after}."
        )
    return ""


def _unheard(snapshot: Snapshot, cue: Cue) -> tuple[str, str] | None:
    """A name that is here, and what is asked of it, of which nothing stands near it anywhere."""
    names = [term for term in cue.terms if term.named and len(term.ordinals)]
    asked = [
        term
        for term in cue.terms
        if not term.named and term.word not in small_library.KINDS | {_IDIOM}
    ]
    if not names or not 0 < len(asked) <= _MOST or _DESCRIBED.search(cue.text):
        return None
    rarest = min(names, key=lambda term: term.found)
    first, stop = _near(snapshot, rarest.ordinals)
    told = _told(cue.text, alone=len(asked) == 1)
    carrier = [term for term in asked if term.word == told] if len(asked) <= _FEW else []
    # Where the question says hardly more than one thing of the name, what is only in like company
    # as “leave” is of “resign” says nothing of it.
    least = _LIKE_IT if carrier else 0.0
    judged = carrier or asked
    for term in judged:
        near = (each for each, worth in term.akin if worth >= least)
        for held in (term.ordinals, term.like, _kindred(snapshot, cue, term), *near):
            if between(distinct(np.sort(held)), first, stop).any():
                return None
    return whole_name(cue, rarest), max(judged, key=lambda term: term.weight).raw


def _told(question: str, *, alone: bool) -> str:
    """The verb that is told of the name, as “financed” in “Who financed the park?”; "" where none.

    What somebody named did is often told in other words, and counts only where it is asked `alone`.
    When somebody was born or died stands beside his name in brackets, without a verb.
    """
    text = question.strip().rstrip("?!. ")
    was = _WAS.match(text)
    link = relation.asked(text)
    verb = ""
    if alone and (did := _DID.search(text)):
        verb = did[2]
    elif was is not None:
        verb = was[2]
    elif link is not None and link.direction in ("agent", "patient"):
        verb = link.anchor
    return "" if verb in ("born", "died") else words.fold(verb)


def _kindred(snapshot: Snapshot, cue: Cue, term: Term) -> Ordinals:
    """Where the relation of a question is told in another word: who wrote a song is its author."""
    link = relation.asked(cue.text)
    if link is None or link.anchor != term.word:
        return term.ordinals[:0]
    kin = (snapshot.kin(each.anchor, ("en",)) for each in relation.kindred(link))
    return snapshot.union({key for keys in kin for key in keys})


def _near(snapshot: Snapshot, ordinals: Ordinals) -> tuple[Ordinals, Ordinals]:
    """The stretches `[first, stop)` around these sentences: their section, or a part of it.

    What is told in single sentences stands near what is told before and after.
    """
    at = distinct(ordinals)
    number = snapshot.sections.searchsorted(at, side="right") - 1
    opens, closes = snapshot.sections[number], snapshot.sections[number + 1]
    single, long = closes - opens <= _SINGLE, closes - opens > LONG
    before, after = at - _AROUND, at + _AROUND + 1
    first = np.where(single, before, np.where(long, np.maximum(opens, before), opens))
    stop = np.where(single, after, np.where(long, np.minimum(closes, after), closes))
    return first.astype(np.int32), stop.astype(np.int32)
