"""Associations of the brain beside an answer, each with its path of activation.

They change neither the answer nor the order of its quotes: on questions with known answers the
brain's score added nothing to the other tiers.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import replace

from workbench.brain.records import BrainRecall, Lit
from workbench.recall.records import Answer, Brought, Evidence
from workbench.store import graph

#: Concepts shown beside an answer, and how many of them may rest on inferred links.
_LIMIT, _UNSTATED = 5, 2


def joined(connection: sqlite3.Connection, answer: Answer, recall: BrainRecall) -> Answer:
    """The answer with the concepts that a recall of its question activated."""
    activated = {concept.concept: concept for concept in recall.lit if concept.step >= 0}
    engrams = sorted({engram for item in answer.evidence for engram in _engrams(item)})
    concepts = {
        engram: [step.concept for step in row.pathway.steps]
        for engram, row in graph.fibers(connection, engrams).items()
    }
    evidence = tuple(
        _with(item, [
            activated[concept]
            for engram in _engrams(item)
            for concept in concepts.get(engram, ())
            if concept in activated
        ])
        for item in answer.evidence
    )  # fmt: skip
    stated = [concept for concept in recall.lit if not concept.path]
    unstated = [concept for concept in recall.lit if concept.path][:_UNSTATED]
    associations = tuple(
        Brought(
            item.concept, item.name, item.tag, item.strength, item.trail, item.path,
            item.odds_words,
        )
        for item in [*stated[: _LIMIT - len(unstated)], *unstated]
    )  # fmt: skip
    return replace(answer, evidence=evidence, brought=associations, thought=recall.milliseconds)


def _engrams(item: Evidence) -> tuple[int, ...]:
    return item.engrams or (item.engram,)


def _with(item: Evidence, concepts: Sequence[Lit]) -> Evidence:
    """A quote with the activation, from 0 to 1, of the strongest concept that it mentions."""
    if not concepts:
        return item
    best = max(concepts, key=lambda concept: (concept.strength, -concept.concept))
    path = best.path or " → ".join(best.trail)
    reason = f"“{best.name}” was activated in the brain at step {best.step + 1}: {path}."
    return replace(
        item,
        tiers={**item.tiers, "spiking": round(best.strength, 4)},
        reasons=(*item.reasons, reason),
    )
