"""The demonstration that Cortex published, rebuilt: 24 topics are taught by captions.

Before a topic is taught its question is not answered, however many others are known; after it, it
is, with the second at which it was said; and topics that no file has together are joined by paths
(https://github.com/sbuysse/cortex). The topics and their captions are made up.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.library import Library

_CAPTIONS = Path(__file__).parents[2] / "fixtures" / "topics"
#: Topic, question, words of the answer; in such an order that none is named before it is taught.
_TOPICS = (
    ("haldane-rotation", "Who described the Haldane Rotation?", "Osman Beyer"),
    ("tarnfold", "Who invented Tarnfold?", "Ilse Varga"),
    ("dalum-tree", "Who proposed the Dalum Tree?", "Henk Dalum"),
    ("corvin-index", "Who built the Corvin Index?", "Sunniva Radek"),
    ("mirelock", "What does Mirelock use?", "Corvin Index"),
    ("harbour-benchmark", "Who runs the Harbour Benchmark?", "Brisk College"),
    ("brackwater-attention", "Who published Brackwater Attention?", "Mirja Okafor"),
    ("lantern-adapters", "Who designed the Lantern Adapters?", "Pavel Quist"),
    ("osprey-format", "Who maintains the Osprey Format?", "Tove Jarle"),
    ("kolding-board", "Who sells the Kolding Board?", "Acme Works"),
    ("spikewell", "Who created Spikewell?", "Anouk Lemvig"),
    ("fogline-diffusion", "Who developed Fogline Diffusion?", "Livia Fosnes"),
    ("pebble-tokens", "Who introduced the Pebble Tokens?", "Radek Hobro"),
    ("marsh-embedding", "Who trained the Marsh Embedding?", "Maud Ibsker"),
    ("ferry-scheduler", "Who wrote the Ferry Scheduler?", "Galten University"),
    ("quarry-dataset", "Who collected the Quarry Dataset?", "Elverum Museum"),
    ("sieve-filter", "What does the Sieve Filter remove?", "sentences that repeat"),
    ("willow-distillation", "Who suggested Willow Distillation?", "Ilse Varga"),
    ("echo-decoding", "Who explained Echo Decoding?", "Kenji Tamura"),
    ("moss-memory", "Who proposed Moss Memory?", "Anouk Lemvig"),
    ("granite-checkpoints", "Who invented the Granite Checkpoints?", "Tove Jarle"),
    ("thistle-pruning", "Who discovered Thistle Pruning?", "Pavel Quist"),
    ("beacon-alignment", "Who opposed Beacon Alignment?", "Mirja Okafor"),
    ("tidal-routing", "Who doubted Tidal Routing?", "Livia Fosnes"),
)


@pytest.fixture(scope="module")
def taught(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("demonstration")
    files = {file.stem: file for file in _CAPTIONS.iterdir()}
    assert len(files) == len(_TOPICS) == 24
    with Library.open(folder / "topics.brain") as library:
        for topic, question, _ in _TOPICS:
            assert library.ask(question).abstained, question
            added = library.add(files[topic])
            assert added[0].state == "verified"
        yield library


@pytest.mark.slow
@pytest.mark.parametrize(("topic", "question", "words"), _TOPICS)
def test_what_was_taught_is_answered_with_where_it_was_said(
    taught: Library, topic: str, question: str, words: str
) -> None:
    answer = taught.ask(question)
    assert not answer.abstained
    first = next(item for item in answer.evidence[:2] if words in item.quote)
    titles = {item.source.title.casefold() for item in answer.evidence if words in item.quote}
    assert first.source.title.casefold() in titles
    assert topic.replace("-", " ") in titles
    assert first.locator.seconds is not None


@pytest.mark.slow
@pytest.mark.parametrize(
    ("trail"),
    [
        ("Tarnfold", "Haldane Rotation"),
        ("Mirelock", "Corvin Index", "Dalum Tree"),
        ("Brackwater Attention", "Tarnfold", "Haldane Rotation", "Osman Beyer"),
        ("Moss Memory", "Spikewell", "Kolding Board", "Acme Works"),
        ("Sieve Filter", "Sunniva Radek", "Corvin Index", "Marsh Embedding"),
        ("Fogline Diffusion", "Lantern Adapters", "Thistle Pruning"),
        ("Willow Distillation", "Ilse Varga", "Tarnfold"),
    ],
)
def test_g7_topics_are_joined_by_a_path_with_its_sources(
    taught: Library, trail: tuple[str, ...]
) -> None:
    found = taught.graph.path(trail[0], trail[-1])
    assert found is not None
    assert found.trail == trail
    assert all(step.edge.tag == "explicit" for step in found.steps)
    titles = {step.saying.title for step in found.steps if step.saying is not None}
    assert len(titles) == len({step.edge.id for step in found.steps})


@pytest.mark.slow
def test_a_question_about_several_topics_leads_to_what_joins_them(taught: Library) -> None:
    one = taught.graph.associated("Mirelock", hops=1)
    assert "Corvin Index" in {each.concept.name for each in one}
    both = taught.graph.associated("Mirelock and the Marsh Embedding", hops=1)
    assert both[0].concept.name == "Corvin Index"
    assert both[0].seeds == 2
    assert both[0].trail[0] in ("Mirelock", "Marsh Embedding")


def test_a_chain_goes_along_what_was_taught(taught: Library) -> None:
    found = taught.graph.path("Spikewell", "Moss Memory")
    assert found is not None
    assert len(found.steps) <= 2
    chain = taught.facts.chain("Mirelock", ["uses"])
    assert chain.value is not None
    assert "Corvin Index" in chain.value
