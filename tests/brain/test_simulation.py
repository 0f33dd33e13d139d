"""The brain runs: the same spikes compiled or not, direct objects lit, activity bounded."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.brain.graphs_of_triples import grouped, taught
from tests.plain_kernels import interpreted
from workbench import kernels
from workbench.brain.engine.assemblies import SLOTS, assemblies
from workbench.brain.engine.kernel_set import BRAIN_KERNELS
from workbench.brain.engine.meaning import NO_CODES, codes, similarity
from workbench.brain.engine.modulators import BROAD, FOCUSED, Modulators
from workbench.brain.engine.regions import ASSOCIATION, REGIONS, layout
from workbench.brain.engine.simulation import IGNITED, Brain, Frame, Ignited, Protocol
from workbench.brain.engine.synapses import freeze
from workbench.errors import Cancelled
from workbench.jobs import Cancel


def _overlapping() -> Brain:
    """A brain of which some concepts are kin, and of some nothing is known."""
    brain = taught(900, 300).brain
    brain.overlap(similarity(np.arange(1200), codes(grouped(1200))))
    return brain


def _same(one: Ignited, other: Ignited) -> None:
    for name in ("ids", "score", "lit", "peak", "via"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name), name)
    np.testing.assert_array_equal(one.similar.ids, other.similar.ids)
    assert one.spikes == other.spikes
    for a, b in zip(one.frames, other.frames, strict=True):
        np.testing.assert_array_equal(a.spikes, b.spikes)
        np.testing.assert_array_equal(a.emitting, b.emitting)
        np.testing.assert_array_equal(a.raster, b.raster)


def test_b2_the_published_brain_has_its_neurons_and_two_thousand_million_synapses() -> None:
    whole = layout(1.0)
    assert whole.neurons == 2_000_000
    assert whole.synapses == 2_016_000_000
    assert whole.sizes.tolist() == [each.neurons for each in REGIONS]
    small = layout(0.01)
    assert abs(small.neurons - 20_000) < 500
    for wrong in (0.0, 0.001, 1.5, float("nan")):
        with pytest.raises(ValueError, match="scale"):
            layout(wrong)


@pytest.mark.slow
def test_b3_a_recall_is_the_same_again() -> None:
    brain = taught(900, 300).brain
    for mode in (FOCUSED, BROAD):
        first = brain.recall([3, 8], mode, frames=True)
        brain.recall([40], BROAD)
        _same(brain.recall([3, 8], mode, frames=True), first)
        _same(taught(900, 300).brain.recall([3, 8], mode, frames=True), first)


@pytest.mark.slow
def test_b3_a_recall_is_the_same_compiled_or_not(tmp_path: Path) -> None:
    restless = Modulators(serotonin=0.2)
    with interpreted():
        plain = [
            taught(900, 300).brain.recall([3, 8], mode, frames=True) for mode in (FOCUSED, BROAD)
        ]
        kin = [_overlapping().recall([3, 8], mode, frames=True) for mode in (FOCUSED, BROAD)]
        half = _overlapping().recall([40], protocol=Protocol(8, 0.3, 1.3), frames=True)
        wandering = taught(900, 300).brain.recall([5], restless, Protocol(seed=4), frames=True)
    assert kernels.load(BRAIN_KERNELS, tmp_path)
    brain = taught(900, 300).brain
    for mode, before in zip((FOCUSED, BROAD), plain, strict=True):
        _same(brain.recall([3, 8], mode, frames=True), before)
        _same(brain.recall([3, 8], mode, frames=True), before)
    brain.overlap(_overlapping().pools.similarity)
    for mode, before in zip((FOCUSED, BROAD), kin, strict=True):
        assert len(before.similar.ids)
        _same(brain.recall([3, 8], mode, frames=True), before)
    _same(brain.recall([40], protocol=Protocol(8, 0.3, 1.3), frames=True), half)
    brain.overlap(NO_CODES)
    again = brain.recall([5], restless, Protocol(seed=4), frames=True)
    _same(again, wandering)
    other = brain.recall([5], restless, Protocol(seed=5), frames=True)
    assert other.spikes != again.spikes or not np.array_equal(other.score, again.score)


@pytest.mark.slow
def test_what_a_concept_leads_to_lights_up_and_what_it_does_not_stays_dark() -> None:
    graph = taught(400, 200, scale=0.05)
    for subject in (3, 11, 27):
        lit = graph.brain.recall([subject])
        wanted = graph.objects_of(subject)
        assert all(graph.brain.activation.peak[each] >= IGNITED for each in wanted), subject
        first = [each for each in lit.ids.tolist() if each < 200][: len(wanted)]
        assert set(first) == wanted
        assert subject not in lit.ids


def test_a_path_leads_back_from_what_lit_up_to_the_cue() -> None:
    brain = Brain(0.01, 100, 10)
    brain.synapses = freeze(
        brain.pools.room, np.array([1, 2]), np.array([2, 3]), np.ones(2, np.float32)
    )
    lit = brain.recall([1])
    via = dict(zip(lit.ids.tolist(), lit.via.tolist(), strict=True))
    assert via[2] == 1
    assert via[3] == 2
    steps = dict(zip(lit.ids.tolist(), lit.lit.tolist(), strict=True))
    assert steps[2] < steps[3]


@pytest.mark.slow
def test_a_part_of_an_assembly_brings_back_the_whole() -> None:
    brain = taught(400, 200).brain
    brain.recall([7], protocol=Protocol(6, 0.3, 1.3, (0,)))
    assert brain.activation.peak[7] >= 80
    brain.recall([7], protocol=Protocol(6, 0.3, volleys=(0,)))
    assert brain.activation.peak[7] <= 31


@pytest.mark.slow
def test_narrow_and_wide_recall_differ() -> None:
    brain = taught(900, 300, scale=0.1).brain
    assert len(brain.recall([3], BROAD).ids) > len(brain.recall([3], FOCUSED).ids)
    assert BROAD.winners > Modulators().winners > FOCUSED.winners
    assert BROAD.fades > Modulators().fades > FOCUSED.fades
    assert Modulators(dopamine=2).learning > Modulators().learning > Modulators(dopamine=0).learning
    calm = Modulators(0.5, 2.0, 0.1, 0.4)
    for _ in range(3000):
        calm = calm.after_step()
    assert calm.dopamine == pytest.approx(1, abs=0.01)
    assert calm.serotonin == pytest.approx(1, abs=0.1)


@pytest.mark.slow
@settings(max_examples=12, deadline=None)
@given(
    st.integers(0, 2**31),
    st.integers(1, 400),
    st.floats(0, 2),
    st.integers(0, 40),
    st.sampled_from([FOCUSED, BROAD, Modulators(2, 0, 2, 0)]),
)
def test_activity_stays_bounded_whatever_was_learned(
    seed: int, links: int, weight: float, cues: int, modulators: Modulators
) -> None:
    chance = np.random.default_rng(seed)
    brain = Brain(0.01, 200, 10)
    ends = chance.integers(0, 60, (2, links))
    brain.synapses = freeze(brain.pools.room, ends[0], ends[1], np.full(links, weight, np.float32))
    most = int(brain.state.max_spikes.sum())
    lit = brain.recall(
        chance.integers(0, 60, cues).tolist(), modulators, Protocol(5, inward=2.0), frames=True
    )
    assert all(0 <= int(frame.spikes.sum()) <= most for frame in lit.frames)
    assert np.isfinite(brain.state.potential).all()
    if not cues and modulators.noise == 0:
        # Time is kept and the modulators are up; nothing comes to mind.
        assert not any(frame.spikes[ASSOCIATION] or len(frame.emitting) for frame in lit.frames)


@pytest.mark.slow
def test_hubs_and_long_cues_and_nothing_learned_are_answered() -> None:
    brain = Brain(0.01, 3000, 10)
    assert brain.recall([5]).ids.tolist() == []
    hub = np.zeros(2000, np.int64)
    brain.synapses = freeze(
        brain.pools.room, hub, np.arange(1, 2001), np.full(2000, 0.7, np.float32)
    )
    assert 0 < len(brain.recall([0]).ids) <= 24 * 30
    assert brain.recall(list(range(500))).spikes <= 30 * int(brain.state.max_spikes.sum())


@pytest.mark.slow
def test_a_recall_can_be_stopped_between_two_steps() -> None:
    brain = taught(400, 200).brain
    stop, seen = Cancel(), []

    def watch(step: int, _frame: Frame) -> None:
        seen.append(step)
        if step == 4:
            stop.set()
        stop.check()

    with pytest.raises(Cancelled):
        brain.recall([3], watch=watch)
    assert seen == [0, 1, 2, 3, 4]
    # The next one begins at rest.
    _same(brain.recall([3], frames=True), taught(400, 200).brain.recall([3], frames=True))


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 6000), st.integers(1, 6000), st.data())
def test_assemblies_are_found_back_from_their_neurons(
    concepts: int, pairs: int, data: st.DataObject
) -> None:
    whole = layout(0.01)
    pools = assemblies(whole, concepts, pairs)
    assert pools.concepts.room >= concepts
    for pool in (pools.concepts, pools.pairs):
        one = pool.first + data.draw(st.integers(0, pool.room - 1))
        neurons = pools.neurons(one)
        assert len(set(neurons.tolist())) == SLOTS
        slot = (neurons - pool.base) // pool.slot
        assert slot.tolist() == list(range(SLOTS))
        place = (neurons - pool.base - slot * pool.slot) * pool.sharing
        owners = [
            (((place + j - pool.shift) % pool.room) * pool.back % pool.room + pool.first)
            for j in range(pool.sharing)
        ]
        assert (np.array(owners) == one).any(axis=0).all()
