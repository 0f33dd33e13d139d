"""Which concepts are listed and drawn, and what joins them, in texts long enough to be counted."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from workbench.errors import UsageError
from workbench.library import Library
from workbench.library.options import SourceDetails
from workbench.memory.graph import changing, concept_graph
from workbench.memory.graph.aliases import CERTAIN
from workbench.store.graph_rows import association_version as association_moves
from workbench.store.graph_rows import associations as batches
from workbench.store.graph_rows import fiber_members as mention_batches

_FILLER = (
    "The man put his hand on the table and said that it was a long day for all of them. ",
    "In the house there was a door that nobody had opened for many years before that night. ",
    "She thought of the way that the light fell on the water when they were young and happy. ",
    "It was the end of the week and the people of the town went home by the old road again. ",
)
_STORY = (
    "Captain Vorrath looked at the astrolabe and spoke of the voyage to Mirandel. ",
    "The astrolabe of Captain Vorrath was made in Mirandel by a clockmaker. ",
    "Orsola Thane built the lighthouse of Mirandel with her own hands. ",
    "They say that Orsola Thane distrusts Captain Vorrath more than the tide lock. ",
    "The tide lock was opened by Orsola Thane before the storm came in. ",
    "Each tide lock needs a keeper, and the keeper of this tide lock was old. ",
)


def _book() -> str:
    """Some five thousand words: names and terms again and again among what stands in any text."""
    parts: list[str] = []
    for turn in range(40):
        parts += [_FILLER[turn % 4], _STORY[turn % 6], _FILLER[(turn + 1) % 4]]
        parts += [_FILLER[(turn + 2) % 4], _FILLER[(turn + 3) % 4], "\n\n"]
    return "".join(parts)


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """All is linked before it is asked for, however slow the machine."""
    monkeypatch.setattr(concept_graph, "WAIT_SECONDS", 120.0)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "drawn.brain") as opened:
        opened._core.graph.close()
        opened.add_text(_book())
        yield opened


def test_names_and_terms_are_listed_and_words_of_any_text_are_not(library: Library) -> None:
    listed = [each.name for each in library.graph.concepts()]
    assert {"Captain Vorrath", "Orsola Thane", "Mirandel", "tide lock", "astrolabe"} <= set(listed)
    assert not {"man", "hand", "house", "day", "night", "people", "light"} & set(listed)
    assert {"Captain Vorrath", "Orsola Thane"} <= set(listed[:4])
    # What is not listed is found all the same where somebody asks for it.
    assert library.graph.concepts("hand")[0].name == "hand"


@pytest.mark.slow
def test_what_is_done_to_a_thing_and_symbols_are_no_terms(tmp_path: Path) -> None:
    with Library.open(tmp_path / "done.brain") as library:
        library.add_text(
            _book()
            + "There was a signalling lantern beside the door of the house. " * 5
            + "They were polishing sextants when she came to the house. " * 5
            + "It was the end of the day when 𝑉𝑢ℎ was more than the other for them. " * 5
        )
        library.graph.link(concepts_only=True)
        listed = {each.name for each in library.graph.concepts(limit=-1)}
    assert "signalling lantern" in listed
    assert not {"polishing sextants", "𝑉𝑢ℎ"} & listed


def test_what_became_one_as_an_alias_is_not_listed_for_that(library: Library) -> None:
    library.add_text("Both his hands were cold. " + "A lady put out her Hand to him. " * 3)
    merged = library.graph.aliases(merge=CERTAIN)
    listed = {each.name.casefold() for each in library.graph.concepts(limit=-1)}
    assert not listed & {each.into.casefold() for each in merged} & {"hand", "hands"}


@pytest.mark.slow
def test_a_long_text_states_what_it_says_plainly_where_there_is_more_to_choose_from(
    library: Library,
) -> None:
    def read() -> set[str]:
        library.graph.link()
        around = library.graph.neighbourhood("Captain Vorrath", stated_only=False)
        return {edge.relation for edge in around.edges if edge.tag == "explicit"}

    assert "looked at" in read()
    # What is said seven times is not lost with the next page, though it is said loosely ...
    library.add_text("".join(_FILLER) * 260)
    assert "looked at" in read()
    # ... but to look at something says nothing of how the two belong together.
    library.add_text("".join(reversed(_FILLER)) * 2100)
    assert "looked at" not in read()
    around = library.graph.neighbourhood("Orsola Thane", stated_only=False)
    said = {edge.relation for edge in around.edges if edge.tag == "explicit"}
    assert "distrusts" in said
    around = library.graph.neighbourhood("Captain Vorrath", stated_only=False)
    assert "astrolabe" in {edge.head_name for edge in around.edges} | {
        edge.tail_name for edge in around.edges
    }


def test_orders_list_the_same_concepts(library: Library) -> None:
    telling = {each.id for each in library.graph.concepts()}
    for order in ("mentions", "name", "last"):
        assert {each.id for each in library.graph.concepts(order=order)} == telling
    names = [each.name.casefold() for each in library.graph.concepts(order="name")]
    assert names == sorted(names)


@pytest.mark.slow
def test_what_is_named_together_is_called_so_and_shows_its_sentences(library: Library) -> None:
    around = library.graph.neighbourhood("astrolabe", stated_only=False)
    beside = {
        (edge.tail_name if edge.head == around.centre else edge.head_name): edge
        for edge in around.edges
        if edge.tag == "emergent"
    }
    assert beside["Mirandel"].relation == f"in {beside['Mirandel'].evidence} sentences with"
    said = library.graph.evidence(beside["Mirandel"].id)
    assert said
    assert all("astrolabe" in each.text and "Mirandel" in each.text for each in said)
    drawn = {each.name for each in library.graph.concepts()}
    assert {node.name for node in around.nodes} <= drawn


@pytest.mark.slow
def test_a_relation_reads_as_written(library: Library) -> None:
    around = library.graph.neighbourhood("Orsola Thane")
    relations = {(edge.head_name, edge.relation, edge.tail_name) for edge in around.edges}
    assert ("Orsola Thane", "distrusts", "Captain Vorrath") in relations
    assert all("involve" not in relation for _, relation, _ in relations)


@pytest.mark.slow
def test_a_name_has_what_is_stated_of_it_and_another_name_even_once(library: Library) -> None:
    library.add_text(_book() + "Orsola Thane was born in Hollmark. Orsola Thane saw the evening.")
    library.graph.link()
    around = library.graph.neighbourhood("Orsola Thane")
    (born,) = [each for each in around.edges if each.tail_name == "Hollmark"]
    assert (born.relation, born.tag) == ("was born in", "explicit")
    assert "evening" not in {each.tail_name for each in around.edges}
    assert around.total == len(around.edges)
    # It is no part of what is listed, and gone once it is rejected.
    assert "Hollmark" not in {each.name for each in library.graph.concepts()}
    library.graph.judge(born.id, False)
    assert born.id not in {each.id for each in library.graph.neighbourhood("Orsola Thane").edges}


@pytest.mark.slow
def test_one_name_within_the_other_is_no_edge(library: Library) -> None:
    library.add_text(" ".join("The keeper of the tide lock keeper waits." for _ in range(5)))
    for concept in library.graph.concepts():
        for edge in library.graph.neighbourhood(concept.id, stated_only=False, limit=-1).edges:
            head, tail = (set(name.casefold().split()) for name in (edge.head_name, edge.tail_name))
            assert head - tail
            assert tail - head


@pytest.mark.slow
def test_what_was_told_is_always_drawn(library: Library) -> None:
    library.facts.tell("The hand belongs to Orsola Thane.")
    assert "hand" in {each.name for each in library.graph.concepts()}
    assert any(
        "hand" in (e.head_name, e.tail_name)
        for e in library.graph.neighbourhood("Orsola Thane").edges
    )


@pytest.mark.slow
def test_what_became_one_by_itself_is_listed_no_more_than_before(library: Library) -> None:
    changing.merge(library._core.graph, "door", "hand", by_itself=True)
    assert "hand" not in {each.name for each in library.graph.concepts()}
    library.graph.change("hand", name="left hand")
    assert "left hand" in {each.name for each in library.graph.concepts()}


def test_a_source_in_the_trash_draws_nothing(library: Library) -> None:
    library.sources.trash([source.id for source in library.sources.list()])
    assert library.graph.concepts() == []


@pytest.mark.slow
def test_what_was_learned_is_the_same_after_a_start(tmp_path: Path) -> None:
    path = tmp_path / "kept.brain"
    with Library.open(path) as first:
        first._core.graph.close()
        first.add_text(_book() * 5)
        first.graph.link()
        listed = first.graph.concepts()
        around = first.graph.neighbourhood("Mirandel", stated_only=False)
    with Library.open(path) as again:
        again._core.graph.close()
        assert again.graph.concepts() == listed
        assert again.graph.neighbourhood("Mirandel", stated_only=False) == around


@pytest.mark.slow
def test_each_hop_of_a_path_is_a_sentence_that_names_both(library: Library) -> None:
    listed = {each.name for each in library.graph.concepts()}
    found = library.graph.path("tide lock", "astrolabe")
    assert found is not None
    assert set(found.trail) <= listed
    for step in found.steps:
        assert step.saying is not None
        assert step.edge.head_name in step.saying.text
        assert step.edge.tail_name in step.saying.text


@pytest.mark.slow
def test_no_path_worth_telling_is_none(library: Library) -> None:
    other = ("Baroness Quill sold the barometer. ", "The barometer hung in Ostrava all winter. ")
    library.add_text("".join(other[at % 2] + each for at, each in enumerate(_FILLER * 30)))
    listed = {each.name for each in library.graph.concepts()}
    assert {"Baroness Quill", "Captain Vorrath"} <= listed
    # Both books are full of men and hands, and no path leads through those.
    assert library.graph.path("Baroness Quill", "Captain Vorrath") is None


def test_a_sentence_after_one_that_names_a_crowd_is_drawn(tmp_path: Path) -> None:
    # Alone it names two concepts; with the sentence before it more than are compared.
    firsts, lasts = ("Bram", "Cor", "Dal", "Fen", "Hal"), ("ton", "wick", "mere", "shire", "holm")
    names = [first + last for first in firsts for last in lasts]
    crowd = f"The king ruled {', '.join(names)} and Ostmark. "
    fights = [f"{one} fought {other}." for one, other in pairwise(names[:12])]
    with Library.open(tmp_path / "crowd.brain") as library:
        library.add_text("\n\n".join(crowd + each for each in fights))
        ids = [each.id for each in library.graph.concepts(limit=100)]
        assert library.graph.between(ids)


def test_names_are_listed_that_are_short_or_words_in_small_letters(library: Library) -> None:
    said = "They spoke of Pip and of Jo in the house. It was then that Pip and Jo went. "
    library.add_text(_book() + said * 8)
    listed = {each.name for each in library.graph.concepts(limit=-1)}
    assert {"Pip", "Jo"} <= listed


def test_a_verb_that_is_often_a_name_is_listed(tmp_path: Path) -> None:
    said = "They looked at Fix for a while, and she said that Fix had gone to Mirandel. "
    for number in (3, 12):
        with Library.open(tmp_path / f"{number}.brain") as library:
            library.add_text(_book() + said * number)
            listed = {each.name for each in library.graph.concepts(limit=-1)}
            assert ("Fix" in listed) == (number == 12)


@pytest.mark.slow
def test_the_two_of_whom_all_is_told_are_joined_whatever_is_said_of_them(tmp_path: Path) -> None:
    both = "Captain Vorrath and Orsola Thane came home. "
    each = "In the end Captain Vorrath slept. After that it was Orsola Thane who sang a song. "
    story = both * 4 + each * 60 + "".join(_FILLER) * 30
    for text in (story, story + "Captain Vorrath distrusts Orsola Thane."):
        with Library.open(tmp_path / f"{len(text)}.brain") as library:
            library.add_text(text)
            people = [library.graph.concept(name).concept.id for name in ("Vorrath", "Thane")]
            assert library.graph.between(people)


@pytest.mark.slow
def test_a_term_of_one_source_joins_nothing_in_another(tmp_path: Path) -> None:
    sheep = (
        "The coccidia of lambs were counted. ", "Treated lambs had fewer coccidia in the end. ",
        "For the lambs it was a long day, and coccidia fell. ",
    )  # fmt: skip
    with Library.open(tmp_path / "lambs.brain") as library:
        library.add_text("".join(sheep[turn % 3] + _FILLER[turn % 4] for turn in range(150)))
        fix = "They looked at Fix for a while, and she said that Fix had gone to the lambs. "
        library.add_text("".join(_FILLER) * 30 + fix * 12)
        fixed = "Orsola Thane fixed her eyes on the hill, as still as lambs; it was her fix. "
        library.add_text(_book() + fixed * 2)
        around = library.graph.neighbourhood("Orsola Thane", stated_only=False, limit=-1)
        terms = {"lambs", "Fix"}
        assert terms <= {each.name for each in library.graph.concepts(limit=-1)}
        assert not terms & {node.name for node in around.nodes}


def _chapter() -> str:
    """Many different sentences on two people."""
    years = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
    things = ("lamp", "rope", "net", "sail", "oar", "mast", "keel", "bell")
    return "".join(
        f"In the {year} year Orsola Thane gave the {thing} of the boat to Bram Holm. "
        for year in years
        for thing in things
    )


def test_a_work_in_two_forms_is_counted_once(tmp_path: Path) -> None:
    other_form = f"The Boat. A new edition, set anew.\n\n{_chapter()}".replace(
        "boat to", "boat\nto"
    )
    with Library.open(tmp_path / "forms.brain") as library:
        first = library.add_text(_chapter())[0].source
        alone = library.graph.neighbourhood("Orsola Thane").edges
        named = library.graph.concept("Orsola Thane").concept.mentions
        second = library.add_text(other_form, collection="other")[0].source
        assert first is not None
        assert second not in (None, first)
        both = library.graph.neighbourhood("Orsola Thane").edges
        count = {(each.tail_name, each.kind): (each.evidence, each.sources) for each in both}
        assert count == {
            (each.tail_name, each.kind): (each.evidence, each.sources) for each in alone
        }
        assert library.graph.concept("Orsola Thane").concept.mentions == named
        # By itself, and without the first, the second counts.
        assert library.graph.neighbourhood("Orsola Thane", collection="other").edges
        library.sources.trash([first])
        assert library.graph.concept("Orsola Thane").concept.mentions == named


def test_a_work_in_two_forms_is_kept_apart_and_undone(tmp_path: Path) -> None:
    other_form = f"The Boat. A new edition, set anew.\n\n{_chapter()}"
    with Library.open(tmp_path / "forms.brain") as library:
        first, second, other = (
            added.source
            for text in (_chapter(), other_form, "Bram Holm sold salt at the market on Monday.")
            for added in library.add_text(text)
        )
        assert first is not None
        assert second is not None
        assert other is not None
        named = library.graph.concept("Orsola Thane").concept.mentions
        for source in (first, second):
            assert [row.id for row in library.sources.forms(source)] == [first, second]
        assert library.sources.forms(other) == []

        library.sources.edit([second], SourceDetails(same_work="no"))
        assert library.sources.forms(first) == library.sources.forms(second) == []
        assert library.graph.concept("Orsola Thane").concept.mentions == 2 * named

        library.undo()
        assert [row.id for row in library.sources.forms(second)] == [first, second]
        assert library.graph.concept("Orsola Thane").concept.mentions == named
        library.redo()
        assert library.sources.forms(second) == []

        library.sources.edit([second], SourceDetails(same_work="yes"))
        assert library.graph.concept("Orsola Thane").concept.mentions == named
        assert library.sources.forms(first)[1].metadata["same_work"] == "yes"
        with pytest.raises(UsageError, match="same work"):
            library.sources.edit([second], SourceDetails(same_work="perhaps"))


def test_a_work_in_two_forms_is_wired_and_woven_once(tmp_path: Path) -> None:
    other_form = f"The Boat. A new edition, set anew.\n\n{_chapter()}"
    with Library.open(tmp_path / "wired.brain") as library:
        library.add_text(_chapter())
        library.graph.link()

        def wiring() -> tuple[dict[tuple[int, int, int], int], int]:
            with library._store.read() as connection:
                copies = library._core.graph.graphs.copies(connection)
                rows = [row for part in batches(connection, copies) for row in part]
                places = library._core.emergent._places(connection)
                engrams = sum(map(len, mention_batches(connection, places)))
            return {row[:3]: row[3] for row in rows}, engrams

        before = wiring()
        (added,) = library.add_text(other_form)
        assert added.source is not None
        library.graph.link()
        number = len(before[0])
        assert {ends: wiring()[0][ends] for ends in before[0]} == before[0]
        assert wiring()[1] == before[1]
        with library._store.read() as connection:
            moves = association_moves(connection)
        library.sources.edit([added.source], SourceDetails(same_work="no"))
        assert sum(wiring()[0].values()) > 1.5 * sum(before[0].values())
        assert wiring()[1] >= 2 * before[1]
        with library._store.read() as connection:
            assert association_moves(connection) > moves
        library.undo()
        assert len(wiring()[0]) == number
        assert wiring()[1] == before[1]
