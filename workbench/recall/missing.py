"""What to say when nothing answers: which words of the question stand nowhere, or not together.

A name that no passage holds says most, then any other word, the rarest first. Where
every word stands somewhere, the two that carry most and that no passage holds both are named. It
follows from what was looked up for the judgement and from the index.
"""

import re
from collections.abc import Sequence

import numpy as np

from workbench.memory import words
from workbench.memory.lexicon import Snapshot
from workbench.memory.vocabulary import COMMON
from workbench.recall.aside import asks_nothing
from workbench.recall.question import Cue, Term
from workbench.recall.windows import Windows

#: Words that are named at most, the heaviest of the question that are looked at in pairs, and
#: letters of a word that are shown.
_NAMED, _HEAVIEST, _LETTERS = 3, 4, 40
#: Languages that write every noun with a capital: no sign of a name there.
_NOUNS = re.compile(
    r"\b(?:der|die|das|den|dem|des|ein|eine|einer|wer|wen|wem|wann|wo|warum|wie|welche[mnrs]?)\b",
    re.IGNORECASE,
)
_WHOSE = re.compile(r"[’']s$")


def suggestion(snapshot: Snapshot, cue: Cue, windows: Windows, scoped: bool) -> str:
    """One sentence on what is missing and what to do about it.

    `windows` are those that the question's own words found; `scoped` says that only some of the
    sources were asked.
    """
    if cue.hollow:
        nothing = "The question holds no words to look for: name what it is about."
        return asks_nothing(cue.text) or nothing
    where = "in these sources" if scoped else "here"
    after = "ask all sources" if scoped else "add a source that does"
    # What says nearly the same as a word may stand here; then it is not the word that is missing.
    unsaid = [term for term in cue.terms if not term.found and not len(term.like)]
    headed = [term for term in unsaid if heads(snapshot, term)]
    unknown = sorted(
        (term for term in unsaid if term not in headed),
        key=lambda term: (term.word in COMMON, -term.weight),
    )
    if any(map(_strange, unknown)) and not _nouns_have_capitals(cue):
        return f"Nothing {where} names {_listed(_runs(cue))}: check the spelling, or {after}."
    telling = [term for term in unknown if term.word not in COMMON] or unknown
    if telling:
        said = _listed([term.raw for term in telling])
        return f"Nothing {where} mentions {said}: use other words, or {after}."
    if headed and len(headed) == len(cue.terms):
        said = _listed([term.raw for term in headed])
        return f"Only a heading names {said}: ask about what stands under it."
    pair = _apart(snapshot, cue, windows)
    if pair is not None:
        one, other = pair
        return (
            f"No passage {where} speaks of “{_shown(one.raw)}” and “{_shown(other.raw)}” together: "
            f"use other words, or {after}."
        )
    if scoped:
        return "Ask all sources instead of these, or add a source that covers it."
    return "Use other words for it, or add a source that covers it."


def heads(snapshot: Snapshot, term: Term) -> bool:
    """Whether a word stands in a title or a heading, which are no passages."""
    forms = words.forms(term.word, "en")
    return any(
        len(snapshot.union(words.key(form, space) for form in forms)) > 0 for space in ("h", "t")
    )


def _strange(term: Term) -> bool:
    """Whether a word is a name that nothing in the scope holds."""
    return not term.found and (term.name or term.capital)


def _runs(cue: Cue) -> list[str]:
    """The unknown names in the order of the question, those that follow one another as one."""
    runs: list[str] = []
    for term in filter(_strange, cue.terms):
        if runs and f"{runs[-1]} {term.raw}" in cue.text:
            runs[-1] = f"{runs[-1]} {term.raw}"
        else:
            runs.append(term.raw)
    return runs


def _bare(raw: str) -> str:
    """A word as it was written, without the “'s” of whose something is."""
    return _WHOSE.sub("", raw)


def _shown(raw: str) -> str:
    """A word as it is named: bare, and no longer than can be read at a glance."""
    bare = _bare(raw)
    return bare if len(bare) <= _LETTERS else f"{bare[: _LETTERS - 1]}…"


def _nouns_have_capitals(cue: Cue) -> bool:
    """Whether the question is in a language in which a capital tells no name."""
    said = {word.lower() for word in _NOUNS.findall(cue.text)}
    return len(said) > 1 or (len(said) == 1 and said.isdisjoint({"die", "den", "des"}))


def _listed(said: Sequence[str]) -> str:
    """The first of what was written, joined by “or”."""
    quoted = [f"“{each}”" for each in dict.fromkeys(map(_shown, said))][:_NAMED]
    return " or ".join([", ".join(quoted[:-1]), quoted[-1]] if quoted[1:] else quoted)


def _apart(snapshot: Snapshot, cue: Cue, windows: Windows) -> tuple[Term, Term] | None:
    """The two heaviest words that nothing read in one go holds both; None where all meet.

    What says nearly the same as a word counts as the word as far as windows were looked at.
    """
    if not len(windows.starts):
        return None
    telling = (i for i, term in enumerate(cue.terms) if term.word not in COMMON)
    heavy = sorted(telling, key=lambda i: -cue.terms[i].weight)[:_HEAVIEST]
    near = windows.meets[heavy] > 0
    flows = snapshot.columns["flow_start"]
    held = [np.unique(flows[cue.terms[i].ordinals]) for i in heavy]
    for last in range(1, len(heavy)):
        for first in range(last):
            if np.any(near[first] & near[last]) or np.isin(held[first], held[last]).any():
                continue
            one, other = sorted((heavy[first], heavy[last]))
            return cue.terms[one], cue.terms[other]
    return None
