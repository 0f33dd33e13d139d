"""Concepts as window, command line and notebooks see them: cards, evidence, links of memories."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.errors import NotFoundError, UsageError
from workbench.library import Library


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "doors.brain") as opened:
        yield opened


def test_a_card_has_type_times_neighbours_and_history(library: Library) -> None:
    library.facts.tell("Kofi Mensah approved the roof budget.", at="2026-03-01T09:00:00")
    library.facts.tell("Kofi Mensah is on leave until June.", at="2026-03-05T09:00:00")
    card = library.graph.concept("Kofi Mensah")
    assert card.concept.type == "entity"
    assert card.concept.mentions == 2
    assert card.concept.first is not None
    assert card.concept.last is not None
    assert card.concept.last - card.concept.first == pytest.approx(4 * 86400)
    assert [each.text for each in card.history] == [
        "Kofi Mensah approved the roof budget.",
        "Kofi Mensah is on leave until June.",
    ]
    assert card.neighbours
    assert all(0 < each.weight <= 1 and each.evidence == 1 for each in card.neighbours)
    assert library.graph.concept("kofi mensah").concept == card.concept
    assert library.graph.concept(card.concept.id) == card


def test_a_collection_shows_and_counts_only_its_own(library: Library) -> None:
    library.facts.tell("Kofi Mensah approved the roof budget.", collection="roof")
    library.facts.tell("Kofi Mensah sold the secret boat.", collection="boat")
    assert library.graph.concept("Kofi Mensah").concept.mentions == 2
    card = library.graph.concept("Kofi Mensah", collection="roof")
    assert card.concept.mentions == 1
    assert [each.collection for each in card.history] == ["roof"]
    assert not any("boat" in each.name for each in card.neighbours)
    names = {each.name for each in library.graph.concepts(collection="roof")}
    assert "Kofi Mensah" in names
    assert not any("boat" in name for name in names)
    with pytest.raises(NotFoundError, match="boat"):
        library.graph.concept("secret boat", collection="roof")
    links = library.graph.links("roof budget", collection="roof")
    assert links
    assert not any("boat" in each.text for each in links)


def test_the_trash_hides_what_a_source_says_and_gives_it_back(
    library: Library, tmp_path: Path
) -> None:
    book = tmp_path / "mill.txt"
    book.write_text("Greta Holm repaired the water mill. Greta Holm left for Oslo.\n" * 1)
    source = library.add(book)[0].source
    assert source is not None
    card = library.graph.concept("Greta Holm")
    assert card.concept.mentions == 2
    assert {each.source for each in card.history} == {source}
    library.sources.trash([source])
    assert library.graph.concepts() == []
    with pytest.raises(NotFoundError):
        library.graph.concept("Greta Holm")
    library.sources.trash([source], restore=True)
    assert library.graph.concept("Greta Holm") == card
    library.sources.delete([source])
    assert not library._store.rows("SELECT 1 FROM concept")


def test_evidence_is_the_memories_that_say_so(library: Library) -> None:
    library.facts.tell("The barn flooded because the culvert was blocked.")
    library.facts.tell("The culvert was painted.")
    (neighbour,) = [
        each
        for each in library.graph.concept("culvert").neighbours
        if each.kind in ("caused_by", "leads_to", "enables")
    ][:1]
    ends = ("culvert", neighbour.id) if neighbour.outgoing else (neighbour.id, "culvert")
    (found,) = library.graph.evidence(ends[0], "causal", ends[1])
    assert found.text == "The barn flooded because the culvert was blocked."
    with pytest.raises(UsageError, match="not a kind of link"):
        library.graph.evidence("culvert", "eats", "barn")


def test_memories_are_tied_by_time_by_what_they_share_and_by_cause(library: Library) -> None:
    library.facts.tell("The press jammed at the first load.", at="2026-03-02T09:00:00")
    library.facts.tell("Greta Holm ordered a new belt.", at="2026-03-02T11:00:00")
    library.facts.tell("Greta Holm sold a boat.", at="2026-03-09T11:00:00")
    library.facts.tell(
        "The barn flooded because the culvert was blocked.", at="2026-04-09T11:00:00"
    )
    texts = {each.text: each for each in library.graph.links("press jammed")}
    assert texts["Greta Holm ordered a new belt."].kind == "before"
    assert "Greta Holm sold a boat." not in texts
    shared = {each.text: each for each in library.graph.links("new belt", kind="related_to")}
    assert shared["Greta Holm sold a boat."].through == ("Greta Holm",)
    assert shared["Greta Holm sold a boat."].weight == pytest.approx(0.3)
    causal = library.graph.links("culvert", kind="causal")
    assert any("barn" in each.text or "flood" in each.text for each in causal)
    assert library.graph.links("culvert", kind="temporal") == []
    with pytest.raises(UsageError, match="not a kind of link"):
        library.graph.links("culvert", kind="tasty")


def test_a_circle_of_causes_is_told_as_it_is(library: Library) -> None:
    library.facts.tell("The noise rises because the fan spins.")
    library.facts.tell("The fan spins because the noise rises.")
    links = library.graph.links("noise", kind="causal")
    assert links
    assert library.verify().sound


def test_hubs_tie_nothing(library: Library) -> None:
    library.facts.tell("\n".join(f"Greta Holm owns boat number {n}." for n in range(60)))
    related = library.graph.links("boat number 7", kind="related_to")
    assert not any("Greta Holm" in each.through for each in related)


def test_unknown_concepts_types_and_orders_are_told(library: Library) -> None:
    library.facts.tell("Greta Holm sold a boat.")
    for which in ("Nobody Known", 999):
        with pytest.raises(NotFoundError, match="There is no concept"):
            library.graph.concept(which)
    with pytest.raises(UsageError, match="not a type of concept"):
        library.graph.concepts(type="fish")
    with pytest.raises(UsageError, match="not an order"):
        library.graph.concepts(order="colour")
    with pytest.raises(NotFoundError, match="no collection"):
        library.graph.concepts(collection="nowhere")


def test_a_library_that_can_only_be_read_answers_from_what_is_linked(tmp_path: Path) -> None:
    with Library.open(tmp_path / "x.brain") as library:
        library.facts.tell("Greta Holm sold a boat.")
        card = library.graph.concept("Greta Holm")
        library.facts.tell("Greta Holm bought a barn.")
    with Library.open(tmp_path / "x.brain", read_only=True) as library:
        assert library.graph.concept("Greta Holm").concept.mentions in (1, 2)
        assert library.graph.concept("Greta Holm").history[0] == card.history[0]


def test_a_library_that_keeps_nothing_has_concepts() -> None:
    with Library.open(":memory:") as library:
        library.facts.tell("Greta Holm sold a boat.")
        assert library.graph.concept("Greta Holm").concept.mentions == 1


# -- changes by hand -------------------------------------------------------------------------------


def test_a_merge_holds_for_what_is_told_later_and_is_undone(library: Library) -> None:
    library.facts.tell("Kofi Mensah approved the budget.")
    library.facts.tell("Mr Mensa sold a boat.")
    before = {each.name: each.mentions for each in library.graph.concepts(limit=-1)}
    one = next(name for name in before if "Mensah" in name)
    other = next(name for name in before if name.endswith("Mensa"))
    change = library.graph.change(other, into=one)
    assert change.concept.mentions == 2
    library.facts.tell("Mr Mensa bought a barn.")
    assert library.graph.concept(one).concept.mentions == 3
    assert library.graph.concept(other).concept.name == one
    undone = library.undo("concept", change.id)
    assert undone.kind == "concepts merged"
    assert library.graph.concept(one).concept.mentions == 1
    assert library.graph.concept(other).concept.mentions == 2
    assert library.verify().sound


def test_a_name_and_a_type_given_by_hand_stay(library: Library) -> None:
    library.facts.tell("Greta Holm sold a boat.")
    change = library.graph.change("boat", name="Sailing boat")
    assert library.graph.concept("sailing boat").concept.name == "Sailing boat"
    library.graph.change("boat", type="entity")
    library.graph.change("sailing boat", name="Yawl")
    library.undo()
    library.redo()
    with pytest.raises(UsageError, match="changed again since"):
        library.undo("concept", change.id)
    library.undo()
    library.facts.forget("sold a boat")
    kept = library.graph.concept("Sailing boat").concept
    assert (kept.type, kept.mentions, kept.kept) == ("entity", 0, True)
    library.facts.tell("Ada Moss has a boat.")
    assert library.graph.concept("Sailing boat").concept.mentions == 1
    library.undo("concept")
    library.undo("concept")
    assert library.graph.concept("boat").concept.name == "boat"
    with pytest.raises(NotFoundError):
        library.undo("concept")


def test_a_split_gives_a_form_its_own_concept(library: Library) -> None:
    library.facts.tell("Kofi Mensah approved the budget. Ada Moss sold a boat.")
    library.graph.change("Ada Moss", into="Kofi Mensah")
    assert library.graph.concept("Kofi Mensah").concept.mentions == 2
    change = library.graph.change("Kofi Mensah", form="Ada Moss")
    assert library.graph.concept("Ada Moss").concept.mentions == 1
    assert library.graph.concept("Kofi Mensah").concept.mentions == 1
    library.undo("concept", change.id)
    assert library.graph.concept("Ada Moss").concept.name == "Kofi Mensah"
    with pytest.raises(UsageError, match="not written"):
        library.graph.change("budget", form="boat")
    assert library.verify().sound


def test_what_cannot_be_changed_is_told(library: Library) -> None:
    library.facts.tell("Kofi Mensah approved the budget.")
    with pytest.raises(UsageError, match="one concept already"):
        library.graph.change("Kofi Mensah", into="kofi mensah")
    with pytest.raises(UsageError, match="Merge the two"):
        library.graph.change("budget", name="Kofi Mensah")
    with pytest.raises(UsageError, match="letter or a digit"):
        library.graph.change("budget", name=" … ")
    with pytest.raises(NotFoundError):
        library.graph.change("nothing", type="entity")
    with pytest.raises(UsageError, match="no other way"):
        library.graph.change("Kofi Mensah", form="Kofi Mensah")


def test_a_damaged_fiber_is_named_skipped_and_mended(
    library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    library.facts.tell("Greta Holm sold a boat. Greta Holm bought a barn.")
    library.graph.link(concepts_only=True)
    (engram,) = library._store.rows("SELECT min(engram) FROM fiber")[0]
    damage = "UPDATE fiber SET record = x'0109ff' WHERE engram = ?"
    library._store.write(lambda c: c.execute(damage, (engram,)))
    (found, *_) = [each for each in library.verify().problems if "ways through" in each]
    assert "damaged" in found
    assert library.graph.concept("Greta Holm").concept.name == "Greta Holm"
    assert "is damaged" in caplog.text
    done = library.verify(repair=True)
    assert done.sound
    library.graph.link(concepts_only=True)
    assert library.graph.concept("Greta Holm").concept.mentions == 2
    assert library.verify().sound


def test_what_nothing_joins_is_shown_beside_what_is_named_with_it(library: Library) -> None:
    library.facts.tell("The manager of Kelake Wyla is Olaf Grey.")
    (first, *_) = library.graph.concept("manager").neighbours
    assert first.kind == "co_occurs"
    assert not first.directed
    assert len(library.graph.evidence("manager", "co_occurs", "Olaf Grey")) == 1


def test_counts_that_are_wrong_are_named_and_mended(library: Library) -> None:
    library.facts.tell("Greta Holm sold a boat. Greta Holm bought a barn.")
    card = library.graph.concept("Greta Holm")
    library._store.write(lambda c: c.execute("UPDATE concept SET mentions = mentions + 1"))
    library._store.write(lambda c: c.execute("DELETE FROM association"))
    library._store.write(lambda c: c.execute("DELETE FROM mention WHERE concept = 1"))
    problems = " ".join(library.verify().problems)
    for what in ("concepts", "associations", "mentions"):
        assert f"The {what} are not counted" in problems
    assert library.verify(repair=True).sound
    assert library.graph.concept("Greta Holm") == card


def test_a_merge_of_two_that_one_memory_names_is_undone_exactly(library: Library) -> None:
    library.facts.tell("Kofi Mensah met Ada Moss in Oslo. Ada Moss sold a boat.")
    before = [library.graph.concept("Kofi Mensah"), library.graph.concept("Ada Moss")]
    change = library.graph.change("Ada Moss", into="Kofi Mensah")
    assert change.concept.mentions == 2
    assert library.graph.concept("Kofi Mensah").forms == ("Ada Moss",)
    assert library.verify().sound
    library.undo("concept", change.id)
    after = [library.graph.concept("Kofi Mensah"), library.graph.concept("Ada Moss")]
    assert after == before
    assert library.verify().sound
