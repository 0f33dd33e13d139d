"""What lights up across by meaning, as the doors of a library tell it: with its path."""

from collections.abc import Iterator

import numpy as np
import pytest

from workbench.brain.engine.meaning import BANDS, NO_CODES, Similarity, similarity
from workbench.brain.library import brain_recall
from workbench.brain.library.hypotheses import similarity_path_text
from workbench.brain.library.learning import left_by
from workbench.library import Library

#: Words in which towns are spoken of, each kind in its own: towns of a kind are kin.
_KINDS = (
    "foggy briny windswept tarry gusty tidal salty brackish",
    "sunny fruity leafy mellow ripe juicy balmy fragrant",
    "dusty stony rugged chalky barren craggy gritty jagged",
    "quiet learned orderly studious solemn polite strict earnest",
    "noisy creaky floury busy wooden rattling draughty mossy",
    "sooty fiery smoky glowing molten scorched clanging coppery",
    "gaudy merry crowded playful tipsy loud motley giddy",
    "grassy milky gentle drowsy placid lush meadowy sleepy",
    "starry lofty frosty lonely airy moonlit silent remote",
    "glassy gleaming brittle polished shiny pale crystal slender",
)
_ENDS = ("ham", "by", "ford", "wick", "stead", "mere")
_FIRST = ("Ald", "Ber", "Cors", "Dun", "Els", "Far", "Gorm", "Hex", "Ivel", "Jarr")


def _town(kind: int, number: int) -> str:
    return f"{_FIRST[kind]}{_ENDS[number]}"


@pytest.fixture
def library() -> Iterator[Library]:
    with pytest.MonkeyPatch.context() as patch, Library.open(":memory:") as made:
        patch.setattr(brain_recall, "_PLAIN", 0.02)
        made.brain.configure(scale=0.02)
        for kind, told in enumerate(_KINDS):
            a, b, c, d, e, f, g, h = told.split()
            for number in range(len(_ENDS)):
                town = _town(kind, number)
                made.add_text(f"It was {a}, {b}, {c} and {d} in {town}.", title=town)
                made.add_text(f"It grew {e}, {f}, {g} and {h} in {town}.", title=town)
                made.add_text(f"It is {b}, {d}, {f}, {h} and {a} in {town}.", title=town)
        made.graph.link()
        yield made


@pytest.mark.slow
def test_kindred_concepts_share_neurons_and_a_cue_half_lights_them(library: Library) -> None:
    found = library.brain.recall(_town(0, 2), limit=40, patience=None)
    assert found.recalled.similarity
    assert found.kin
    towns = {_town(0, number) for number in range(6)}
    assert {name for name, _ in found.kin} & towns
    concept = library.graph.concept(_town(0, 2)).concept
    assembly = library.brain.assembly(concept.id)
    shared = {each.name: len(each.places) for each in assembly.sharing}
    for name, many in found.kin:
        assert shared[name] >= many
    for each in library.graph.concepts(limit=40):
        other = library.brain.assembly(each.id).neurons
        both = tuple(np.flatnonzero(other == assembly.neurons).tolist())
        told = next((one.places for one in assembly.sharing if one.concept == each.id), ())
        if each.id != concept.id and told:
            assert told == both


_TOLD = (
    "Marta Olsen founded the Harbour Mill. The Harbour Mill employed Jonas Brandt. "
    "Edda Lund taught Jonas Brandt. Viktor Rahm built a lighthouse. The lighthouse guides the "
    "ferry. Ole Krag mended a bell."
)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    """A library too small to say who is kin: tests say it."""
    monkeypatch.setattr(brain_recall, "_PLAIN", 0.02)
    with Library.open(":memory:") as made:
        # As small where loops are compiled.
        made.brain.configure(scale=0.02)
        made.add_text(_TOLD, title="The Mill")
        made.graph.link()
        yield made


def _alike(library: Library, *groups: tuple[str, ...]) -> Similarity:
    """Codes by which the concepts of a group are kin, and nobody else."""
    named = [[library.graph.concept(each).concept.id for each in group] for group in groups]
    ids = np.array([each for group in named for each in group])
    leaf = np.repeat(np.arange(len(named)), [len(group) for group in named])
    # Many others lie elsewhere, as in a library.
    others = 5000 + np.arange(400)
    codes = np.concatenate([leaf, 20 + np.arange(400)])[:, None] + np.zeros(BANDS, np.int64)
    return similarity(np.concatenate([ids, others]), codes.astype(np.int16))


@pytest.mark.slow
def test_the_step_across_is_told_however_long_the_way_on_is() -> None:
    assert similarity_path_text(("Ahab", "Bildad")) == "Kin by meaning: like Ahab"
    assert similarity_path_text(("Ahab", "Bildad", "Quaker")) == (
        "Suggested by kinship: like Bildad, which is linked to Quaker"
    )
    assert similarity_path_text(("Ahab", "Bildad", "Quaker", "hat")) == (
        "Suggested by kinship: like Bildad, which leads to hat by way of Quaker"
    )


@pytest.mark.slow
def test_what_kin_lead_to_lights_up_with_the_step_across_told_as_such(small: Library) -> None:
    plain = small.brain.recall("Edda Lund", limit=40)
    assert "lighthouse" not in {each.name for each in plain.lit}
    codes = _alike(small, ("Edda Lund", "Viktor Rahm"))
    small._core.thinking._meant = lambda: codes
    found = small.brain.recall("Edda Lund", limit=40)
    assert found.kin == (("Viktor Rahm", 20),)
    (house,) = (each for each in found.lit if each.name == "lighthouse")
    assert (house.tag, house.across) == ("emergent", True)
    assert house.trail == ("Edda Lund", "Viktor Rahm", "lighthouse")
    assert house.path == ("Suggested by kinship: like Viktor Rahm, which is linked to lighthouse")
    assert house.step >= 8
    assert house.odds == 0
    # What statements lead to is there as before, and comes first.
    assert found.lit[0].trail == plain.lit[0].trail
    assert "bell" not in {each.name for each in found.lit}
    # An answer has the brain's part with the same words.
    answer = small.brain.beside_answer(small.ask("Whom did Edda Lund teach?"))
    assert any(each.path == house.path for each in answer.brought)


@pytest.mark.slow
def test_b3_a_recall_is_the_same_again_while_codes_are_and_says_by_which_it_was(
    small: Library,
) -> None:
    first = small.brain.recall("Edda Lund", limit=40)
    codes = _alike(small, ("Edda Lund", "Viktor Rahm"))
    small._core.thinking._meant = lambda: codes
    one, two = (small.brain.recall("Edda Lund", limit=40) for _ in range(2))
    assert (
        one.recalled.similarity
        == two.recalled.similarity
        == codes.version
        != first.recalled.similarity
    )
    np.testing.assert_array_equal(one.recalled.raster, two.recalled.raster)
    assert one.lit == two.lit
    small._core.thinking._meant = lambda: NO_CODES
    again = small.brain.recall("Edda Lund", limit=40)
    np.testing.assert_array_equal(again.recalled.raster, first.recalled.raster)
    assert again.lit == first.lit


@pytest.mark.slow
def test_the_step_across_is_judged_as_a_link_and_taught_as_none(small: Library) -> None:
    codes = _alike(small, ("Edda Lund", "Viktor Rahm"))
    small._core.thinking._meant = lambda: codes
    found = small.brain.recall("Edda Lund", limit=40)
    (house,) = (each for each in found.lit if each.across and each.name == "lighthouse")
    ids = {name: small.graph.concept(name).concept.id for name in ("Edda Lund", "Viktor Rahm")}
    step = (ids["Edda Lund"], ids["Viktor Rahm"])
    left = left_by(found.recalled, 0.0)
    assert step not in left.eligible
    assert step[::-1] not in left.eligible
    small.graph.judge(house.edge, False)
    after = {each.name: each for each in small.brain.recall("Edda Lund", limit=40).lit}
    assert "lighthouse" not in after
    small.graph.judge(house.edge, None)
    small.graph.judge(house.edge, True)
    after = {each.name: each for each in small.brain.recall("Edda Lund", limit=40).lit}
    assert after["lighthouse"].tag == "confirmed"
    assert not after["lighthouse"].across
