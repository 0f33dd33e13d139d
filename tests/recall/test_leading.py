"""What stands out: where a library tells of something, one place does so more than the others."""

from tests.recall.recall_shelf import note, recall_of
from workbench.recall import judgement
from workbench.recall.recall import Recall
from workbench.store.store import Store

QUESTION = "Which bell did the ferryman cast for the chapel?"
LEFTOVERS = (
    "The ferryman mended his nets in the yard.",
    "A bell rang somewhere over the water.",
    "Nobody had swept the chapel since Easter.",
    "They cast lots for the last loaf of bread.",
    "The old ferryman slept through the storm.",
    "The chapel stood empty all winter long.",
)


def weighed(recall: Recall, feature: str) -> float:
    return recall.look_up(QUESTION).features[judgement.FEATURES.index(feature)]


def test_an_answer_leads_and_leftovers_are_level(store: Store) -> None:
    for each in LEFTOVERS:
        note(store, each)
    recall = recall_of(store)
    level = weighed(recall, "lead")
    scattered = weighed(recall, "around")
    note(store, "For the chapel the ferryman cast a bell of green bronze, the Gudrun bell.")
    assert weighed(recall, "lead") > level + 0.2
    assert weighed(recall, "around") > scattered


def test_the_only_place_leads_by_all_of_it(store: Store) -> None:
    note(store, LEFTOVERS[0])
    assert weighed(recall_of(store), "lead") == 1.0
