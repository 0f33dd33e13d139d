"""Spread of activity to similar concepts without a stored link, and on from those.

Kindred concepts have neurons in common (`meaning`), so that a cue half-lights them; those that it
lights more than chance would whisper of their own links, as loud as they are lit. What several of
them whisper, or one of them firmly, wins a few places beside what the cue itself leads to, which
keeps all of its own. They do so when the cue has been given for the last time: what comes along
links has come by then, and is not outdone.
"""

import math
from dataclasses import dataclass

import numpy as np

from workbench.arrays import I64
from workbench.brain.engine.assemblies import Assemblies
from workbench.brain.engine.meaning import SHARED, WIDE
from workbench.brain.engine.neurons import UNIT
from workbench.brain.engine.spreading import (
    FULL,
    GATE,
    Links,
    Network,
    Step,
    blame,
    expand,
    firing_of,
    links,
    untied,
)
from workbench.brain.engine.synapses import MAX_WEIGHT, WEIGHT_UNIT

#: A concept must share as many neurons with a cue as any assembly needs to speak (`GATE`), their
#: bands must be more than usual by so many deviations, and so many kin whisper at most.
_DEVIATIONS, _MAX_WHISPERERS = 5, 48
#: Who is linked to more than this says nothing of anything.
_TALKATIVE = 2048
#: What crosses at once at most, and the share of the strongest drive that it needs.
_WINNERS, _SHARE = 2, 60
#: A neuron hears a whisper so much clearer than others, as a part of a code counts for the whole.
_CLEAR = 12
#: What is stated is said directly and over a pair, about as loud; the pairs of kin are dark, so
#: that what they say themselves counts for both.
_LOUD = 2


@dataclass(frozen=True, slots=True)
class SimilarConcepts:
    """Concepts that a cue half-lights: ids int64[n], and how many neurons each shares with it."""

    ids: I64
    shared: I64


#: Nobody is kin.
NO_SIMILAR = SimilarConcepts(np.zeros(0, np.int64), np.zeros(0, np.int64))


def similar_to_cue(pools: Assemblies, fired: I64, lights: I64, cue: I64) -> SimilarConcepts:
    """The kin of a cue: by those of its neurons, `lights`, that `fired`, most of them first."""
    ids, shared = pools.similar(np.intersect1d(fired, lights, assume_unique=True))
    if not len(ids):
        return NO_SIMILAR
    # Of many cues anybody has some neurons, and of one where there are few leaves: by whole bands.
    expected = int(shared.sum()) / WIDE / max(pools.similarity.coded, 1)
    gate = max(GATE, WIDE * math.ceil(expected + _DEVIATIONS * math.sqrt(expected)))
    selected = (shared >= gate) & ~np.isin(ids, cue)
    ids, shared = ids[selected], shared[selected]
    best = np.lexsort((ids, -shared))[:_MAX_WHISPERERS]
    return SimilarConcepts(ids[best], shared[best])


def cross(network: Network, fired: I64, similar: SimilarConcepts, cue: I64, step: Step) -> None:
    """Let the kin of a cue whisper, once: what they drive most hears it in the next step."""
    state, pools, synapses, activation = network
    quiet = synapses.starts[similar.ids + 1] - synapses.starts[similar.ids] <= _TALKATIVE
    ids, shared = similar.ids[quiet], similar.shared[quiet]
    order = np.argsort(ids)
    ids, shared = ids[order], shared[order]
    np.maximum.at(activation.peak, ids, np.minimum(shared, SHARED).astype(np.uint8))
    sources, targets, weights = links(synapses, ids)
    # What the cue itself leads to is no matter of its kin.
    _, linked, _ = links(synapses, cue)
    new = (targets < pools.pairs.first) & (weights > 0) & ~np.isin(targets, linked)
    new &= ~np.isin(targets, cue)
    outgoing = Links(sources, targets, weights).where(new)
    sources, targets, weights = outgoing
    if not len(targets):
        return
    driven = np.minimum(shared[sources] * FULL // SHARED, FULL) * weights
    reached, place = np.unique(targets, return_inverse=True)
    drive = np.zeros(len(reached), np.int64)
    np.add.at(drive, place, driven)
    levels = untied(drive, reached)
    cut = -(-int(levels.max()) * _SHARE // 100)
    if len(levels) > _WINNERS:
        cut = max(cut, int(np.partition(levels, len(levels) - _WINNERS)[-_WINNERS]))
    wins = levels >= cut
    winning = reached[wins]
    activation.score[winning] += step.weight * drive[wins] / (FULL * WEIGHT_UNIT)
    blame(activation, ids[sources], targets, driven, winning)
    loud = outgoing._replace(weights=np.minimum(_LOUD * weights, MAX_WEIGHT))
    heard = loud.where(np.isin(targets, winning))
    expand(state, pools, firing_of(fired, pools, ids), heard, round(step.gain * UNIT), _CLEAR)
