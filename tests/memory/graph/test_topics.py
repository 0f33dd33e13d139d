"""Topics: what belongs together in a library, and which sources are about it."""

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest

from workbench.errors import NotFoundError
from workbench.library import Library

MILL = ("Olga Brandt", "Jonas Hale", "Harbour Mill", "Edda Lund", "Mill Lane")
PORT = ("Viktor Rahm", "Port Ivory", "Nora Quill", "Amber Ferry", "Silas Voss")


def tale(names: tuple[str, ...]) -> str:
    """Three statements of every two names."""
    said = ("visited", "wrote about", "described")
    return "\n".join(f"{a} {verb} {b}." for a, b in combinations(names, 2) for verb in said)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "a.brain") as opened:
        for name, names in (("mill", MILL), ("port", PORT)):
            (tmp_path / f"{name}.txt").write_text(tale(names), encoding="utf-8")
            opened.add([tmp_path / f"{name}.txt"], collection=name, wait="linked")
        opened.graph.link()
        yield opened


def test_what_belongs_together_is_one_topic(library: Library) -> None:
    topics = library.graph.topics()
    assert len(topics) == 2
    by_name = {each.name for topic in topics for each in topic.concepts}
    assert by_name == {*MILL, *PORT}
    for topic, names in zip(
        sorted(topics, key=lambda each: min(each.members)), (MILL, PORT), strict=True
    ):
        held = {each.name for each in topic.concepts}
        assert held == set(names)
        assert set(topic.name.split(" and ")) <= held
        assert len(topic.members) == len(names)
    assert [len(topic.sources) for topic in topics] == [1, 1]
    assert topics[0].sources != topics[1].sources


@pytest.mark.slow
def test_topics_of_a_collection_and_a_limit(library: Library) -> None:
    (topic,) = library.graph.topics(collection="port")
    assert {each.name for each in topic.concepts} == set(PORT)
    assert len(library.graph.topics(limit=1)) == 1
    with pytest.raises(NotFoundError):
        library.graph.topics(collection="nowhere")


@pytest.mark.slow
def test_joined_topics_say_by_which_names(library: Library, tmp_path: Path) -> None:
    said = "Olga Brandt met Viktor Rahm. Olga Brandt thanked Viktor Rahm."
    (tmp_path / "meeting.txt").write_text(said, encoding="utf-8")
    library.add([tmp_path / "meeting.txt"], wait="linked")
    library.graph.link()
    topics = library.graph.topics()
    assert [near.topic for topic in topics for near in topic.near] == [1, 0]
    assert {"Olga Brandt", "Viktor Rahm"} == set(topics[0].near[0].through)


def test_an_empty_library_has_no_topics(tmp_path: Path) -> None:
    with Library.open(tmp_path / "empty.brain") as empty:
        assert empty.graph.topics() == []
