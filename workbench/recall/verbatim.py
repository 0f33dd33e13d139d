"""Words that a question has in quotation marks and wants to find: “Where does it say ‘…’?”.

They are looked for as they stand, capitals and marks aside, and each place is shown, in the order
of the text. “Who wrote ‘Moby Dick’?” asks for something else, and so does a title or a name alone.
"""

import sqlite3
from collections.abc import Sequence

import numpy as np

from ingest.patterns import later
from workbench.memory import words
from workbench.memory.lexicon import Snapshot
from workbench.memory.segment import Ordinals
from workbench.recall import ordinal_sets
from workbench.recall.quotes import Chosen
from workbench.recall.scope import Scope
from workbench.recall.windows import Windows
from workbench.store import text

#: Letters of the longest question that is read, places that are looked at, sentences over which
#: what is quoted may stretch.
_LONGEST, _LOOKED, _OVER = 600, 400, 3
_QUOTED = later(r"[“„«\"‘‚]\s*([^“”„«»\"‘]{2,400}?)\s*[”“»\"’‘](?![\w])")
_WHAT = (
    r"(?:(?:the|these|this|those) )?(?:exact )?"
    r"(?:(?:words?|sentence|phrase|passage|quot(?:e|ation)|line|expression|term) )?"
)
_PART = r"(?:chapter|book|part|source|text|section|page|paper|document|scene|act|letter|place)s?"
_WHERE = rf"(?:where(?: exactly)?|(?:in|on|at) (?:which|what) {_PART})"
_SAYS = r"(?:says?|said|writes?|wrote|states?|mentions?|uses?|contains?|has|have)"
_FORMS = (
    rf"(?:please )?(?:find|search(?: for)?|look (?:up|for)|show(?: me)?|locate) {_WHAT}X",
    rf"{_WHERE} (?:do|does|did|has|have) (?:[\w.’'-]+ ){{1,5}}{_SAYS} {_WHAT}X",
    rf"{_WHERE} (?:is|are|was|were) {_WHAT}X(?: \w+)?",
    rf"{_WHERE} (?:do|does|did|can) (?:i find )?{_WHAT}X"
    r"(?: (?:occur|appear|stand|come)(?: from| up)?)?",
    rf"who (?:said|says|asks|asked|cries|cried) {_WHAT}X",
    rf"(?:which|what) (?:author|character|{_PART}) {_SAYS} {_WHAT}X",
    r"(?:wo|in welche[mnrs]? \w+) (?:steht|stehen|kommt|findet sich|wird) X(?: \w+)?",
    r"wer (?:sagt|sagte|fragt|fragte|ruft|rief) X|(?:suche?|finde?)(?: nach)? X",
)
_ASKED = later("|".join(_FORMS))
_MARKS = later(r"[\s,:?!.…]+")


def sought(question: str) -> str:
    """What is in quotation marks where a question asks where it stands, or has no more; else “”."""
    quoted = _QUOTED.findall(question) if len(question) <= _LONGEST else []
    if len(quoted) != 1:
        return ""
    rest = _MARKS.sub(" ", _QUOTED.sub(" X ", question, count=1)).strip()
    alone = rest == "X" and len(words.raw_tokens(quoted[0])) > 1
    before, _, after = rest.partition("X")
    asked = _ASKED.fullmatch(f"{before.lower()}X{after.lower()}")
    return quoted[0] if alone or asked else ""


def places(
    connection: sqlite3.Connection, snapshot: Snapshot, scope: Scope, phrase: str
) -> list[range]:
    """The sentences, by their ordinals, in which these words stand one after the other."""
    wanted = _said(phrase)
    if not wanted:
        return []
    posted = [snapshot.lookup(words.key(word)) for word in dict.fromkeys(wanted)]
    posted.sort(key=len)
    there: Ordinals = ordinal_sets.distinct(scope.keep(posted[0], snapshot))
    for each in posted[1:]:
        there = there[ordinal_sets.beside(each, there, _OVER - 1)]
    around = np.unique(there[:_LOOKED, None] + np.arange(1 - _OVER, _OVER)).tolist()
    rows = text.engrams(connection, [ordinal + 1 for ordinal in around if ordinal >= 0])
    found: list[range] = []
    for id, row in sorted(rows.items()):
        stretch = [row]
        for step in range(1, _OVER):
            after = rows.get(id + step)
            if after is None or after.section != row.section:
                break
            stretch.append(after)
        said = [_said(each.text) for each in stretch]
        over = _over(said, wanted)
        if over:
            found.append(range(id - 1, id - 1 + over))
    return found


def holding(windows: Windows, places: Sequence[range], most: int) -> list[Chosen]:
    """Windows that hold the places whole, each place once."""
    chosen: list[Chosen] = []
    shown: set[int] = set()
    for each in places:
        held = (windows.starts <= each.start) & (each.start < windows.ends)
        whole = np.flatnonzero(held & (each.stop <= windows.ends))
        if not shown.isdisjoint(each) or not held.any():
            continue
        best = whole if len(whole) else np.flatnonzero(held)
        place = int(best[np.argmax(windows.centred[best])])
        chosen.append(Chosen(place, int(windows.starts[place]), int(windows.ends[place]), 1.0))
        shown.update(chosen[-1].ordinals)
        if len(chosen) == most:
            break
    return chosen


def remark(places: Sequence[range], shown: int) -> str:
    """One sentence on how many places there are, where not all are shown."""
    return f"It stands in {len(places)} places." if len(places) > shown else ""


def _over(said: Sequence[Sequence[str]], wanted: Sequence[str]) -> int:
    """Over how many sentences what is wanted stretches that begins in the first; 0 for nowhere."""
    everything = [word for sentence in said for word in sentence]
    length = len(wanted)
    for start in range(min(len(said[0]), len(everything) - length + 1)):
        if everything[start : start + length] == list(wanted):
            ends = np.cumsum([len(sentence) for sentence in said])
            return int(np.searchsorted(ends, start + length)) + 1
    return 0


def _said(sentence: str) -> list[str]:
    """The words of a sentence in their order, folded."""
    return [split[0] for raw in words.raw_tokens(sentence) if (split := words.split(raw))]
