"""The suite `emergent`: its rows are the agreed ones, and small sets are measured the same way."""

import numpy as np
import pytest

from tests.benchmarks import (
    emergent_chains,
    emergent_later,
    emergent_odds,
    emergent_sequence,
)
from tests.benchmarks.emergent_later import Rivals
from tests.benchmarks.emergent_text import names_in, normed, read, world
from tests.benchmarks.emergent_typed import Triples, measure
from workbench.brain.engine.kinship import coded_assemblies
from workbench.brain.engine.subthreshold import FOCUSED, SubthresholdNetwork
from workbench.brain.library import odds
from workbench.brain.library.cooccurrence import Mentions
from workbench.memory.concepts.records import ConceptType


def test_names_are_found_as_the_baselines_find_them() -> None:
    assert names_in("The Harbour Mill of Lund hired Jonas Brandt's sister. He left.") == [
        "harbour mill of lund", "jonas brandt",
    ]  # fmt: skip
    assert normed("Orion (rocket)") == "orion"


_PEOPLE = [
    {
        "title": f"Anna {i}",
        "text": f"Anna {i} lives in Town {i % 60}. There Berit {i % 45} met Anna {(7 * i) % 300}. "
        f"She went to Isle {(3 * i) % 59}.",
    }
    for i in range(300)
] + [{"title": f"Town {i}", "text": f"Town {i} is near Isle {i % 20}."} for i in range(60)]


@pytest.mark.slow
def test_a_split_asks_only_for_pairs_that_were_never_read_together() -> None:
    reads = read(_PEOPLE)
    one = emergent_later.split(reads, 3, cues=8)
    assert one.cases
    for case in one.cases:
        assert case.gold not in one.known.beside(case.cue)
        banned = emergent_later.banned_for(one.known, case)
        assert banned[case.cue]
        assert not banned[case.gold]
    found = emergent_later.compete(one, emergent_later.tiers(one))
    assert {"tier", "four-step walk", "PageRank", "tier, meanings permuted"} <= found.keys()
    assert {"drive alone", "drive alone, meanings permuted"} <= found.keys()
    assert all((ranks.matched >= 1).all() for ranks in found.values())
    shuffled = world(reads, shuffled=4)
    assert shuffled.size == world(reads).size


def test_rivals_walk_where_passages_lead() -> None:
    known = world(read(_PEOPLE), share=1.0)
    cue = known.ids["town 1"]
    scores = Rivals(known).scores(cue)
    assert int(np.argmax(scores["PageRank"])) == cue
    assert scores["PageRank"].sum() == pytest.approx(0.5, abs=0.2)
    assert scores["four-step walk"][known.ids["isle 1"]] > 0
    assert scores["common neighbours"].max() >= 1
    assert scores["Adamic-Adar"].max() < scores["common neighbours"].max()


def test_chains_go_over_the_title_that_both_ends_are_told_of() -> None:
    rows = [
        {"title": "Anna Berg", "text": "Anna Berg was born in Norrhamn. She wrote songs."},
        {"title": "Norrhamn", "text": "Norrhamn lies on the Silver Fjord. It trades in salt."},
        {"title": "Carl Dahl", "text": "Carl Dahl was born in Osten. He sold nets."},
        {"title": "Osten", "text": "Osten lies on the Black Lake. It has a fair."},
    ]
    known = world(read(rows), least=1, share=1.0)
    brain = SubthresholdNetwork(emergent_chains.directed(known), coded_assemblies(known.size))
    heard = brain.recall([known.ids["anna berg"]], FOCUSED)
    bridge, end = known.ids["norrhamn"], known.ids["silver fjord"]
    assert brain.sources(heard, end, 1) == [bridge]
    assert heard.score[end] > heard.score[known.ids["black lake"]]


def test_sequences_are_asked_where_something_new_comes_next() -> None:
    data = emergent_sequence.encyclopaedia(read(_PEOPLE), asked=20)
    assert data.places
    assert all(place.after not in place.past for place in data.places)
    ours, table = emergent_sequence.measure(data)
    assert len(ours) == len(table) == len(data.places)
    lines = tuple(tuple(range(first, first + 6)) for first in (0, 6, 12))
    place = emergent_sequence.Place((7, 8), 9, frozenset((7, 8)))
    sure = emergent_sequence.Sequences(18, lines, np.ones(18), (place,))
    assert emergent_sequence.measure(sure)[0].tolist() == [1.0]


@pytest.mark.slow
def test_odds_count_what_stands_together_where_nobody_had_read() -> None:
    """Each of 40 families of five meets in rings; what was not read closes them."""
    chance = np.random.default_rng(1)
    rows = []
    for place in range(600):
        family = place % 40
        pair = 5 * family + chance.choice(5, 2, replace=False)
        rows += [(int(each) + 1, place) for each in pair]
    concepts, places = np.array(rows).T
    found = Mentions(concepts, places + 1, places, places)
    types = dict.fromkeys(range(1, 201), int(ConceptType.ENTITY))
    tally = emergent_odds.measure(
        found, types, lambda ids: dict.fromkeys(ids, "they met"), seeds=(1,), cues=60
    )
    assert tally.cues == 60
    proposed = sum(tally.proposed[odds.CHAIN, place] for place in range(3))
    right = sum(tally.found[odds.CHAIN, place] for place in range(3))
    by_chance = sum(tally.chance[odds.CHAIN, place] for place in range(3))
    assert proposed > 20
    assert right / proposed > 0.3 > by_chance / proposed
    assert tally.proposed[odds.NEXT, 0] > 0


def test_kindred_entities_are_asked_about_what_one_of_them_was_never_said_to_do() -> None:
    rows = []
    for subject in range(12):
        family = subject % 3
        rows += [(subject, relation, 20 + 4 * family + relation) for relation in range(4)]
    held = rows.pop(5)
    data = Triples(40, 4, np.array(rows), np.array([held]))
    found = measure(data)
    assert found.tier[0] == 1.0
    assert found.frequency[0] < 1.0
