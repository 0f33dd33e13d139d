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
    library.remember("Kofi Mensah approved the roof budget.", at="2026-03-01T09:00:00")
    library.remember("Kofi Mensah is on leave until June.", at="2026-03-05T09:00:00")
    card = library.concept("Kofi Mensah")
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
    assert library.concept("kofi mensah").concept == card.concept
    assert library.concept(card.concept.id) == card


def test_a_collection_shows_and_counts_only_its_own(library: Library) -> None:
    library.remember("Kofi Mensah approved the roof budget.", collection="roof")
    library.remember("Kofi Mensah sold the secret boat.", collection="boat")
    assert library.concept("Kofi Mensah").concept.mentions == 2
    card = library.concept("Kofi Mensah", collection="roof")
    assert card.concept.mentions == 1
    assert [each.collection for each in card.history] == ["roof"]
    assert not any("boat" in each.name for each in card.neighbours)
    names = {each.name for each in library.concepts(collection="roof")}
    assert "Kofi Mensah" in names
    assert not any("boat" in name for name in names)
    with pytest.raises(NotFoundError, match="boat"):
        library.concept("secret boat", collection="roof")
    links = library.links_of("roof budget", collection="roof")
    assert links
    assert not any("boat" in each.text for each in links)


def test_the_trash_hides_what_a_source_says_and_gives_it_back(
    library: Library, tmp_path: Path
) -> None:
    book = tmp_path / "mill.txt"
    book.write_text("Greta Holm repaired the water mill. Greta Holm left for Oslo.\n" * 1)
    source = library.add(book)[0].source
    assert source is not None
    card = library.concept("Greta Holm")
    assert card.concept.mentions == 2
    assert {each.source for each in card.history} == {source}
    library.trash([source])
    assert library.concepts() == []
    with pytest.raises(NotFoundError):
        library.concept("Greta Holm")
    library.restore([source])
    assert library.concept("Greta Holm") == card
    library.delete([source])
    assert not library._store.rows("SELECT 1 FROM concept")


def test_evidence_is_the_memories_that_say_so(library: Library) -> None:
    library.remember("The barn flooded because the culvert was blocked.")
    library.remember("The culvert was painted.")
    (neighbour,) = [
        each
        for each in library.concept("culvert").neighbours
        if each.kind in ("caused_by", "leads_to", "enables")
    ][:1]
    ends = ("culvert", neighbour.id) if neighbour.outgoing else (neighbour.id, "culvert")
    (found,) = library.evidence(ends[0], "causal", ends[1])
    assert found.text == "The barn flooded because the culvert was blocked."
    with pytest.raises(UsageError, match="no kind of link"):
        library.evidence("culvert", "eats", "barn")


def test_memories_are_tied_by_time_by_what_they_share_and_by_cause(library: Library) -> None:
    library.remember("The press jammed at the first load.", at="2026-03-02T09:00:00")
    library.remember("Greta Holm ordered a new belt.", at="2026-03-02T11:00:00")
    library.remember("Greta Holm sold a boat.", at="2026-03-09T11:00:00")
    library.remember("The barn flooded because the culvert was blocked.", at="2026-04-09T11:00:00")
    texts = {each.text: each for each in library.links_of("press jammed")}
    assert texts["Greta Holm ordered a new belt."].kind == "before"
    assert "Greta Holm sold a boat." not in texts
    shared = {each.text: each for each in library.links_of("new belt", kind="related_to")}
    assert shared["Greta Holm sold a boat."].through == ("Greta Holm",)
    assert shared["Greta Holm sold a boat."].weight == pytest.approx(0.3)
    causal = library.links_of("culvert", kind="causal")
    assert any("barn" in each.text or "flood" in each.text for each in causal)
    assert library.links_of("culvert", kind="temporal") == []
    with pytest.raises(UsageError, match="no kind of link"):
        library.links_of("culvert", kind="tasty")


def test_a_circle_of_causes_is_told_as_it_is(library: Library) -> None:
    library.remember("The noise rises because the fan spins.")
    library.remember("The fan spins because the noise rises.")
    links = library.links_of("noise", kind="causal")
    assert links
    assert library.verify().sound


def test_hubs_tie_nothing(library: Library) -> None:
    library.remember("\n".join(f"Greta Holm owns boat number {n}." for n in range(60)))
    related = library.links_of("boat number 7", kind="related_to")
    assert not any("Greta Holm" in each.through for each in related)


def test_unknown_concepts_types_and_orders_are_told(library: Library) -> None:
    library.remember("Greta Holm sold a boat.")
    for which in ("Nobody Known", 999):
        with pytest.raises(NotFoundError, match="There is no concept"):
            library.concept(which)
    with pytest.raises(UsageError, match="no type of concept"):
        library.concepts(type="fish")
    with pytest.raises(UsageError, match="no order"):
        library.concepts(order="colour")
    with pytest.raises(NotFoundError, match="no collection"):
        library.concepts(collection="nowhere")


def test_a_library_that_can_only_be_read_answers_from_what_is_linked(tmp_path: Path) -> None:
    with Library.open(tmp_path / "x.brain") as library:
        library.remember("Greta Holm sold a boat.")
        card = library.concept("Greta Holm")
        library.remember("Greta Holm bought a barn.")
    with Library.open(tmp_path / "x.brain", read_only=True) as library:
        assert library.concept("Greta Holm").concept.mentions in (1, 2)
        assert library.concept("Greta Holm").history[0] == card.history[0]


def test_a_library_that_keeps_nothing_has_concepts() -> None:
    with Library.open(":memory:") as library:
        library.remember("Greta Holm sold a boat.")
        assert library.concept("Greta Holm").concept.mentions == 1


# -- changes by hand -------------------------------------------------------------------------------


def test_a_merge_holds_for_what_is_told_later_and_is_undone(library: Library) -> None:
    library.remember("Kofi Mensah approved the budget.")
    library.remember("Mr Mensa sold a boat.")
    before = {each.name: each.mentions for each in library.concepts(limit=-1)}
    one = next(name for name in before if "Mensah" in name)
    other = next(name for name in before if name.endswith("Mensa"))
    change = library.merge_concepts(other, one)
    assert change.concept.mentions == 2
    library.remember("Mr Mensa bought a barn.")
    assert library.concept(one).concept.mentions == 3
    assert library.concept(other).concept.name == one
    undone = library.undo_concept_change(change.id)
    assert undone.concept.mentions == 1
    assert library.concept(other).concept.mentions == 2
    assert library.verify().sound


def test_a_name_and_a_type_given_by_hand_stay(library: Library) -> None:
    library.remember("Greta Holm sold a boat.")
    change = library.rename_concept("boat", "Sailing boat")
    assert library.concept("sailing boat").concept.name == "Sailing boat"
    library.retype_concept("boat", "entity")
    library.forget("sold a boat")
    kept = library.concept("Sailing boat").concept
    assert (kept.type, kept.mentions, kept.kept) == ("entity", 0, True)
    library.remember("Ada Moss has a boat.")
    assert library.concept("Sailing boat").concept.mentions == 1
    with pytest.raises(UsageError, match="changed later"):
        library.undo_concept_change(change.id)
    library.undo_concept_change()
    library.undo_concept_change()
    assert library.concept("boat").concept.name == "boat"
    with pytest.raises(NotFoundError):
        library.undo_concept_change()


def test_a_split_gives_a_form_its_own_concept(library: Library) -> None:
    library.remember("Kofi Mensah approved the budget. Ada Moss sold a boat.")
    library.merge_concepts("Ada Moss", "Kofi Mensah")
    assert library.concept("Kofi Mensah").concept.mentions == 2
    change = library.split_concept("Kofi Mensah", "Ada Moss")
    assert library.concept("Ada Moss").concept.mentions == 1
    assert library.concept("Kofi Mensah").concept.mentions == 1
    library.undo_concept_change(change.id)
    assert library.concept("Ada Moss").concept.name == "Kofi Mensah"
    with pytest.raises(UsageError, match="not written"):
        library.split_concept("budget", "boat")
    assert library.verify().sound


def test_what_cannot_be_changed_is_told(library: Library) -> None:
    library.remember("Kofi Mensah approved the budget.")
    with pytest.raises(UsageError, match="one concept already"):
        library.merge_concepts("Kofi Mensah", "kofi mensah")
    with pytest.raises(UsageError, match="Merge the two"):
        library.rename_concept("budget", "Kofi Mensah")
    with pytest.raises(UsageError, match="letter or a digit"):
        library.rename_concept("budget", " … ")
    with pytest.raises(NotFoundError):
        library.retype_concept("nothing", "entity")
    with pytest.raises(UsageError, match="no other way"):
        library.split_concept("Kofi Mensah", "Kofi Mensah")


def test_a_damaged_fiber_is_named_skipped_and_mended(
    library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    library.remember("Greta Holm sold a boat. Greta Holm bought a barn.")
    library.link_concepts()
    (engram,) = library._store.rows("SELECT min(engram) FROM fiber")[0]
    damage = "UPDATE fiber SET record = x'0109ff' WHERE engram = ?"
    library._store.write(lambda c: c.execute(damage, (engram,)))
    (found, *_) = [each for each in library.verify().problems if "ways through" in each]
    assert "damaged" in found
    assert library.concept("Greta Holm").concept.name == "Greta Holm"
    assert "is damaged" in caplog.text
    done = library.verify(repair=True)
    assert done.sound
    library.link_concepts()
    assert library.concept("Greta Holm").concept.mentions == 2
    assert library.verify().sound


def test_what_nothing_joins_is_shown_beside_what_is_named_with_it(library: Library) -> None:
    library.remember("The manager of Kelake Wyla is Olaf Grey.")
    (first, *_) = library.concept("manager").neighbours
    assert first.kind == "co_occurs"
    assert not first.directed
    assert len(library.evidence("manager", "co_occurs", "Olaf Grey")) == 1


def test_counts_that_are_wrong_are_named_and_mended(library: Library) -> None:
    library.remember("Greta Holm sold a boat. Greta Holm bought a barn.")
    card = library.concept("Greta Holm")
    library._store.write(lambda c: c.execute("UPDATE concept SET mentions = mentions + 1"))
    library._store.write(lambda c: c.execute("DELETE FROM association"))
    library._store.write(lambda c: c.execute("DELETE FROM mention WHERE concept = 1"))
    problems = " ".join(library.verify().problems)
    for what in ("concepts", "associations", "mentions"):
        assert f"The {what} are not counted" in problems
    assert library.verify(repair=True).sound
    assert library.concept("Greta Holm") == card


def test_a_merge_of_two_that_one_memory_names_is_undone_exactly(library: Library) -> None:
    library.remember("Kofi Mensah met Ada Moss in Oslo. Ada Moss sold a boat.")
    before = [library.concept("Kofi Mensah"), library.concept("Ada Moss")]
    change = library.merge_concepts("Ada Moss", "Kofi Mensah")
    assert change.concept.mentions == 2
    assert library.concept("Kofi Mensah").forms == ("Ada Moss",)
    assert library.verify().sound
    library.undo_concept_change(change.id)
    after = [library.concept("Kofi Mensah"), library.concept("Ada Moss")]
    assert after == before
    assert library.verify().sound
