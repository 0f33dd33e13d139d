"""The suite `emergent`: what the tier of never-written associations finds, beside its rivals.

Protocol and constants were chosen beforehand, on split 0 of the
passages, on UMLS and on 2Wiki and MuSiQue chains; the figures here are of splits 3 to 5, of Kinship
and CoDEx-S (validation part), of all chains, and of passages and parts of books that were not read.
"""

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from tests.benchmarks import (
    emergent_chains,
    emergent_later,
    emergent_odds,
    emergent_pipeline,
    emergent_sequence,
    emergent_text,
    emergent_typed,
)
from tests.benchmarks.corpus import Record, corpus_folder, passages_set
from tests.benchmarks.emergent_later import Ranks
from tests.benchmarks.emergent_text import Read
from tests.benchmarks.rows import Goal, Row, Say, judged
from tests.benchmarks.statistics import paired_bootstrap
from workbench import kernels
from workbench.arrays import F64
from workbench.brain.engine.kernel_set import BRAIN_KERNELS

GOALS: Mapping[str, Goal] = {
    "later_confirmed_matched_mrr": Goal("points", 13.5, True),
    "later_confirmed_minus_best_graph_rival": Goal("points", 1, True),
    "control_permuted_minus_walk": Goal("points", 0, False),
    "control_shuffled_minus_walk": Goal("points", 0, False),
    "kinship_rules_plus_tier_minus_rules": Goal("MRR", 0.01, True),
    "codex_rules_plus_tier_minus_rules": Goal("MRR", 0.01, True),
    "right_bridge_shown": Goal("%", 75, True),
    "next_concept_minus_bigram_encyclopaedia": Goal("MRR", 0, True),
    "next_concept_minus_bigram_books": Goal("MRR", 0, True),
    "pipeline_recall5_change": Goal("points", 0, True),
}
SETS = ("musique", "2wiki", "hotpotqa")
_GRAPH = ("common neighbours", "Adamic-Adar", "four-step walk", "PageRank")
_WALK = "four-step walk"


def run(say: Say) -> list[Row]:
    """Measure every row; needs the evaluation data (`WORKBENCH_CORPUS`)."""
    corpus = corpus_folder()
    kernels.load(BRAIN_KERNELS)
    reads = emergent_text.read(passages(corpus))
    return [
        *_later(reads, say),
        *_typed(corpus, say),
        *_chains(corpus, say),
        *_sequences(corpus, reads, say),
        *emergent_pipeline.rows(corpus, SETS, GOALS, say),
        *emergent_odds.rows(corpus, SETS, say),
    ]


def passages(corpus: Path) -> list[Record]:
    """The passages of the three sets, each once."""
    return emergent_text.distinct(
        record for name in SETS for record in passages_set(corpus, name).records
    )


def _later(reads: list[Read], say: Say) -> list[Row]:
    parts: list[dict[str, Ranks]] = []
    concepts = 0
    for seed in emergent_later.SPLITS:
        division = emergent_later.split(reads, seed)
        concepts = max(concepts, division.known.size)
        parts.append(emergent_later.compete(division, emergent_later.tiers(division)))
    pooled = {
        name: Ranks(
            np.concatenate([part[name].open for part in parts]),
            np.concatenate([part[name].matched for part in parts]),
        )
        for name in parts[0]
    }
    for name, ranks in pooled.items():
        say(
            f"later confirmed, {name}: matched MRR {ranks.mrr:.1f}, Hits@10 "
            f"{100 * float((ranks.matched <= 10).mean()):.1f}; open MRR "
            f"{100 * float((1 / ranks.open).mean()):.1f}"
        )
    mrr = {name: ranks.mrr for name, ranks in pooled.items()}
    best = max(_GRAPH, key=lambda name: mrr[name])
    on = (
        f"{len(pooled[_WALK].matched)} cues, about {concepts} concepts, splits "
        f"{', '.join(map(str, emergent_later.SPLITS))} (constants: split 0)"
    )
    rows = [judged("later_confirmed_matched_mrr", mrr["tier"], GOALS, on)]
    for name, one, other in (
        ("later_confirmed_minus_best_graph_rival", "tier", best),
        ("control_permuted_minus_walk", "tier, meanings permuted", _WALK),
        ("control_shuffled_minus_walk", "tier, company shuffled", _WALK),
        ("drive_alone_minus_best_graph_rival", "drive alone", best),
        ("drive_alone_permuted_minus_walk", "drive alone, meanings permuted", _WALK),
        ("drive_alone_shuffled_minus_walk", "drive alone, company shuffled", _WALK),
    ):
        ours, theirs = 1 / pooled[one].matched, 1 / pooled[other].matched
        told = f"{one} {mrr[one]:.1f}, {other} {mrr[other]:.1f}; {_interval(ours, theirs, 100)}"
        rows.append(judged(name, mrr[one] - mrr[other], GOALS, told, "points"))
    return rows


def _typed(corpus: Path, say: Say) -> list[Row]:
    rows = []
    for name, row in (("kinship", "kinship"), ("codex-s", "codex")):
        found = emergent_typed.measure(emergent_typed.load(corpus / "links" / name))
        told = (
            f"rules {found.rules.mean():.3f}, tier {found.tier.mean():.3f}, both "
            f"{found.both.mean():.3f}, frequency {found.frequency.mean():.3f}; "
            f"{_interval(found.both, found.rules)}; {len(found.rules)} ends, validation part"
        )
        say(f"{name}: {told}")
        gap = float((found.both - found.rules).mean())
        rows.append(judged(f"{row}_rules_plus_tier_minus_rules", gap, GOALS, told))
    return rows


def _chains(corpus: Path, say: Say) -> list[Row]:
    found = emergent_chains.measure(corpus)
    told = f"{found.right} right of {found.shown} shown, {found.pairs} gold chains"
    say(f"bridges: {told}")
    share = 100 * found.right / max(found.shown, 1)
    return [judged("right_bridge_shown", share, GOALS, told)]


def _sequences(corpus: Path, reads: list[Read], say: Say) -> list[Row]:
    rows = []
    for name, data in (
        ("encyclopaedia", emergent_sequence.encyclopaedia(reads)),
        ("books", emergent_sequence.books(corpus / "books")),
    ):
        ours, table = emergent_sequence.measure(data)
        told = (
            f"brain {ours.mean():.3f}, bigrams {table.mean():.3f}; {_interval(ours, table)}; "
            f"{len(ours)} places, {data.size} concepts"
        )
        say(f"next concept, {name}: {told}")
        gap = float((ours - table).mean())
        rows.append(judged(f"next_concept_minus_bigram_{name}", gap, GOALS, told))
    return rows


def _interval(ours: F64, theirs: F64, times: float = 1) -> str:
    low, high = paired_bootstrap(ours, theirs)
    digits = 1 if times > 1 else 3
    return f"95 % interval {times * low:+.{digits}f} to {times * high:+.{digits}f}"
