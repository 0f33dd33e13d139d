"""What is found first says more of what is meant: the search by meaning is asked once more.

A question in the words of a field lies between its subjects; the best passages lie in the one that
is meant. So the question is moved towards these few (Rocchio 1971, without anybody's judgement of
them), and what then lies near is lifted instead. Only where all of the best are passages that tell
of a subject, as abstracts and notes do: of single sentences and turns the neighbours would be
lifted over the one that answers, and of running text all of a chapter is about much the same.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from workbench.memory.lexicon import Snapshot
from workbench.memory.segment import Ordinals
from workbench.recall.meant import moved
from workbench.recall.question import Cue
from workbench.recall.scope import Scope
from workbench.recall.windows import (
    LONG,
    Settings,
    Windows,
    long_ones,
    reweighed,
    says_little,
    widened,
)

#: Passages that say more of what is meant; windows among which they are looked for.
_BEST, _LOOKED = 5, 60
#: Words from which on a passage tells of a subject.
_TELLS = 60


def learned(
    snapshot: Snapshot,
    cue: Cue,
    scope: Scope,
    windows: Windows,
    within: NDArray[np.bool_] | None,
    settings: Settings,
) -> tuple[Cue, Windows]:
    """The question and its windows after the best of these were looked at; else as they were."""
    if cue.meant is None:
        return cue, windows
    best = _best(snapshot, windows)
    found = moved(cue.meant, cue.text, best, within) if len(best) == _BEST else None
    if found is None:
        return cue, windows
    cue = replace(cue, meant=found)
    near = found.ordinals
    near = scope.keep(near[near < snapshot.size], snapshot)
    more = widened(snapshot, cue, scope, windows, near, settings)
    meaning = found.lift(
        more.starts, more.ends, long_ones(snapshot, more.starts), says_little(snapshot)
    )
    more = replace(more, parts=replace(more.parts, meaning=meaning))
    return cue, reweighed(snapshot, cue, scope, more, settings)


def _best(snapshot: Snapshot, windows: Windows) -> Ordinals:
    """A sentence of each of the best passages, best first, of those that tell of a subject."""
    count = min(_LOOKED, len(windows.scores))
    if not count:
        return windows.starts
    best = np.argpartition(-windows.scores, count - 1)[:count]
    best = best[np.argsort(-windows.scores[best], kind="stable")]
    starts = windows.starts[best]
    _, first = np.unique(snapshot.columns["section_start"][starts], return_index=True)
    found = starts[np.sort(first)][:_BEST]
    begins = snapshot.columns["section_start"][found]
    stops = snapshot.sections[snapshot.sections.searchsorted(begins) + 1]
    tells = snapshot.before[stops] - snapshot.before[begins] >= _TELLS
    return found[tells & (stops - begins <= LONG)]
