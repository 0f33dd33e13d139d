"""Associations of the brain, shown beside an answer; the answer stays as it is.

It changes neither the answer nor the order of its quotes: on questions with known answers a score
of the brain found no more than the other tiers do without it. It shows what else belongs to the
question, each with the way on which it came to mind.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import replace

from workbench.brain.records import BrainRecall, Lit
from workbench.recall.records import Answer, Brought, Evidence
from workbench.store import graph

#: Concepts that are told beside an answer, and those among them whose link nobody wrote.
_MOST, _UNWRITTEN = 5, 2


def joined(connection: sqlite3.Connection, answer: Answer, recall: BrainRecall) -> Answer:
    """The answer with what a recall of its question lit up."""
    lit = [each for each in recall.lit if each.step >= 0]
    strengths = {each.concept: each for each in lit}
    engrams = sorted({each for item in answer.evidence for each in _engrams(item)})
    concepts = {
        engram: [step.concept for step in row.pathway.steps]
        for engram, row in graph.fibers(connection, engrams).items()
    }
    evidence = tuple(
        _with(item, [
            strengths[concept]
            for engram in _engrams(item)
            for concept in concepts.get(engram, ())
            if concept in strengths
        ])
        for item in answer.evidence
    )  # fmt: skip
    written = [each for each in recall.lit if not each.path]
    unwritten = [each for each in recall.lit if each.path][:_UNWRITTEN]
    brought = tuple(
        Brought(
            each.concept, each.name, each.tag, each.strength, each.trail, each.path,
            each.odds_words,
        )
        for each in [*written[: _MOST - len(unwritten)], *unwritten]
    )  # fmt: skip
    return replace(answer, evidence=evidence, brought=brought, thought=recall.milliseconds)


def _engrams(item: Evidence) -> tuple[int, ...]:
    return item.engrams or (item.engram,)


def _with(item: Evidence, lit: Sequence[Lit]) -> Evidence:
    """A quote with the share of the brain: that of the strongest concept it speaks of."""
    if not lit:
        return item
    best = max(lit, key=lambda each: (each.strength, -each.concept))
    way = best.path or " → ".join(best.trail)
    said = f"“{best.name}” was activated in the brain at step {best.step + 1}: {way}."
    return replace(
        item,
        tiers={**item.tiers, "spiking": round(best.strength, 4)},
        reasons=(*item.reasons, said),
    )
