"""What comes to mind in the brain of a real library, through its doors."""

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.patience import seconds
from workbench import settings
from workbench.brain.library import brain_recall
from workbench.errors import Cancelled, NotFoundError, UsageError
from workbench.jobs import Cancel, Progress
from workbench.library import Library

_TOLD = (
    "Marta Olsen founded the Harbour Mill. The Harbour Mill employed Jonas Brandt. "
    "Jonas Brandt invented the tide wheel. Edda Lund taught Jonas Brandt. "
    "Viktor Rahm built a lighthouse. The lighthouse guides the ferry."
)


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    # Without compiled loops a small brain, so that the tests need no minute.
    monkeypatch.setattr(brain_recall, "_PLAIN", 0.05)
    with Library.open(":memory:") as made:
        made.add_text(_TOLD, title="The Mill", collection="Mills")
        made.graph.link()
        yield made


def _names(library: Library, cue: str, **options: object) -> dict[str, str]:
    return {each.name: each.tag for each in library.brain.recall(cue, **options).lit}  # type: ignore[arg-type]


@pytest.mark.slow
def test_b2_what_lights_up_is_what_statements_lead_to_with_the_way(library: Library) -> None:
    found = library.brain.recall("Marta Olsen")
    assert found.cue == ("Marta Olsen",)
    assert found.mode == "focused"
    (mill, *_) = found.lit
    assert (mill.name, mill.tag, mill.trail) == (
        "Harbour Mill", "confirmed", ("Marta Olsen", "Harbour Mill"),
    )  # fmt: skip
    assert mill.cover >= 0.5
    assert mill.step < 6
    names = _names(library, "Marta Olsen", limit=40)
    assert "Viktor Rahm" not in names
    assert "ferry" not in names
    assert found.regions["association"] > 0
    assert len(found.recalled.spikes) == 30


@pytest.mark.slow
def test_b3_the_same_cue_is_the_same_recall_and_another_seed_dreams_another_dream(
    library: Library,
) -> None:
    one, two = library.brain.recall("Jonas Brandt"), library.brain.recall("Jonas Brandt")
    np.testing.assert_array_equal(one.recalled.spikes, two.recalled.spikes)
    np.testing.assert_array_equal(one.recalled.raster, two.recalled.raster)
    assert one.lit == two.lit
    assert one.recalled.emitting == two.recalled.emitting
    assert library.brain.dream("Marta Olsen", seed=3) == library.brain.dream("Marta Olsen", seed=3)
    dreamt = library.brain.dream("Marta Olsen", hops=3)
    assert dreamt
    assert all(each.surprise >= 0 for each in dreamt)
    assert len({each.concept for each in dreamt}) == len(dreamt)


@pytest.mark.slow
def test_several_concepts_make_it_broad_and_a_mode_can_be_asked_for(library: Library) -> None:
    assert library.brain.recall("Marta Olsen and Edda Lund").mode == "broad"
    assert library.brain.recall("Marta Olsen", mode="broad").mode == "broad"
    with pytest.raises(UsageError):
        library.brain.recall("Marta Olsen", mode="wild")


@pytest.mark.slow
def test_what_a_source_taught_goes_with_it(library: Library) -> None:
    assert "Harbour Mill" in _names(library, "Marta Olsen")
    library.facts.tell("Marta Olsen wrote a sonnet.")
    library.graph.link()
    assert "sonnet" in _names(library, "Marta Olsen", limit=40)
    (source,) = library.sources.list()
    library.sources.trash([source.id])
    library.sources.delete([source.id])
    library.graph.link()
    after = _names(library, "Marta Olsen", limit=40)
    assert "Harbour Mill" not in after
    assert "sonnet" in after


@pytest.mark.slow
def test_what_was_rejected_does_not_light_up(library: Library) -> None:
    (edge,) = (
        each
        for each in library.graph.neighbourhood("Marta Olsen").edges
        if each.tail_name == "Harbour Mill"
    )
    library.graph.judge(edge.id, False)
    assert "Harbour Mill" not in _names(library, "Marta Olsen", limit=40)
    library.graph.judge(edge.id, None)
    assert "Harbour Mill" in _names(library, "Marta Olsen", limit=40)


@pytest.mark.slow
def test_a_collection_shows_only_what_is_mentioned_there(library: Library) -> None:
    library.facts.tell("Marta Olsen wrote a sonnet.", collection="Poems")
    library.graph.link()
    assert "Harbour Mill" not in _names(library, "Marta Olsen", collection="Poems", limit=40)
    assert "sonnet" not in _names(library, "Marta Olsen", collection="Mills", limit=40)
    with pytest.raises(NotFoundError):
        library.brain.recall("Marta Olsen", collection="Nowhere")


@pytest.mark.slow
def test_b2_the_status_says_how_large_it_is_and_loads_nothing(library: Library) -> None:
    status = library.brain.status()
    assert status.neurons in (2_000_000, 200_000)
    assert status.synapses == status.neurons * 1008
    assert (status.loaded, status.bytes) == (False, 0)
    assert [each.name for each in status.regions][:3] == ["visual", "auditory", "association"]
    assert sum(each.neurons for each in status.regions) == status.neurons
    library.brain.recall("Marta Olsen")
    after = library.brain.status()
    assert after.loaded
    assert after.links > 0
    assert after.step_milliseconds > 0
    library.brain.configure(scale=0.02)
    assert abs(library.brain.status().neurons - 40_000) < 1000
    for wrong in (0, 2, -1):
        with pytest.raises(UsageError):
            library.brain.configure(scale=wrong)


def test_the_neurons_of_a_concept_are_told_with_those_who_share_them(library: Library) -> None:
    concept = library.graph.concept("Harbour Mill").concept
    found = library.brain.assembly(concept.id)
    assert found.name == "Harbour Mill"
    assert len(set(found.neurons.tolist())) == 100
    assert 0 <= found.neurons.min() <= found.neurons.max() < found.size
    own = found.neurons.tolist()
    for each in library.graph.concepts():
        other = library.brain.assembly(each.id).neurons.tolist()
        both = tuple(at for at in range(100) if own[at] == other[at])
        told = next((one.places for one in found.sharing if one.concept == each.id), ())
        assert told == (both if each.id != concept.id else ())
    with pytest.raises(NotFoundError):
        library.brain.assembly(999_999)


@pytest.mark.slow
@pytest.mark.parametrize("cue", ["ferry lighthouse", "Marta Olsen Viktor Rahm"])
def test_names_side_by_side_are_recalled_together(library: Library, cue: str) -> None:
    assert " ".join(library.brain.recall(cue).cue) == cue
    with pytest.raises(NotFoundError, match="names no concept"):
        library.brain.recall(f"{cue} zzz")


def test_the_size_that_the_settings_name_is_taken(tmp_path: Path) -> None:
    settings.save(settings.Settings(brain_scale=0.5))
    with Library.open(tmp_path / "a.brain") as library:
        assert library.brain.status().scale == 0.5


def test_b5_every_region_says_what_it_is_for(library: Library) -> None:
    jobs = [each.job for each in library.brain.status().regions]
    assert len(set(jobs)) == 10
    assert all(job.endswith(".") for job in jobs)


@pytest.mark.slow
def test_what_names_nothing_is_said_and_a_recall_can_be_stopped(library: Library) -> None:
    with pytest.raises(NotFoundError, match="names no concept"):
        library.brain.recall("zzz qqq")
    with pytest.raises(NotFoundError, match="names no concept"):
        library.brain.dream("zzz qqq")
    stop = Cancel()

    def watch(progress: Progress) -> None:
        if progress.done == 3:
            stop.set()

    with pytest.raises(Cancelled):
        library.brain.replay("Marta Olsen", cancel=stop, report=watch)
    assert library.brain.recall("Marta Olsen").lit


@pytest.mark.slow
def test_who_waits_for_another_recall_can_be_stopped(library: Library) -> None:
    stopped = Cancel()
    stopped.set()
    ended: list[bool] = []

    def waits() -> None:
        with pytest.raises(Cancelled):
            library.brain.recall("Jonas Brandt", cancel=stopped)

    def watch(progress: Progress) -> None:
        if progress.done == 3:
            beside = threading.Thread(target=waits, daemon=True)
            beside.start()
            beside.join(seconds(20))
            ended.append(not beside.is_alive())

    library.brain.replay("Marta Olsen", report=watch)
    assert ended == [True]


def test_a_library_without_associations_answers() -> None:
    with Library.open(":memory:") as empty:
        assert empty.brain.status().links == 0
        with pytest.raises(NotFoundError):
            empty.brain.recall("Marta Olsen")


@pytest.mark.slow
def test_whatever_lights_up_says_by_which_way_it_came_from_the_cue(library: Library) -> None:
    # Many concepts in a small brain share neurons: some light up that nothing leads to.
    towns = ["Alba", "Borg", "Cato", "Dorn", "Elba", "Fyn"]
    towns += ["Gard", "Hove", "Ilsa", "Jura", "Kolk", "Lund"]
    for town, far in zip(towns, towns[5:] + towns[:5], strict=True):
        library.add_text(
            f"Otto {town} mended nets in {town} Harbour. "
            f"{town} Harbour and {town} Quay have a fair."
            f" {town} Quay sells herring to Otto {far}.",
            title=f"Note of {town}",
        )
    library.graph.link()
    library.brain.configure(scale=0.01)
    for cue in ("Jonas Brandt", "Otto Dorn", "Hove Harbour and Cato Quay"):
        found = library.brain.recall(cue, limit=60, mode="broad")
        assert any(each.step >= 0 for each in found.lit)
        for each in found.lit:
            assert each.trail[0] in found.cue or each.tag in ("explicit", "confirmed")
            assert each.trail
