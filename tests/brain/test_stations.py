"""Every region has its part in a recall, and what it does means something."""

import numpy as np
import pytest

from tests.brain.graphs_of_triples import taught
from workbench.brain.engine.assemblies import SLOTS
from workbench.brain.engine.modulators import FOCUSED, Modulators
from workbench.brain.engine.regions import NAMES, layout
from workbench.brain.engine.simulation import IGNITED, Brain, Ignited
from workbench.brain.engine.stations import (
    AMYGDALA,
    AUDITORY,
    BRAINSTEM,
    CEREBELLUM,
    IN_MIND,
    MOTOR,
    PREDICTIVE,
    PREFRONTAL,
    VISUAL,
    Code,
    Company,
    mirror,
)


@pytest.fixture(scope="module")
def brain() -> Brain:
    return taught(900, 300).brain


def _rates(found: Ignited) -> list[int]:
    return [sum(each) for each in zip(*(f.spikes.tolist() for f in found.frames), strict=True)]


@pytest.mark.slow
def test_b5_what_is_in_mind_is_kept_by_the_prefrontal_cortex(brain: Brain) -> None:
    found = brain.recall([3, 8], company=Company(held=(5, 6)), frames=True)
    assert found.frames[0].held == (5, 6, 3, 8)
    for before, now in zip(found.frames, found.frames[1:], strict=False):
        assert len(now.held) <= IN_MIND
        fresh = set(now.held) - set(before.held)
        # Only what has just lit up gets in, at the end.
        assert all(now.held.index(each) >= len(now.held) - len(fresh) for each in fresh)
    lit = dict(zip(found.ids.tolist(), found.lit.tolist(), strict=True))
    assert {each for frame in found.frames for each in frame.held} <= {3, 8, 5, 6} | set(lit)
    nothing = brain.recall([], frames=True)
    assert _rates(nothing)[PREFRONTAL] == 0
    assert nothing.frames[-1].held == ()


@pytest.mark.slow
def test_b5_the_motor_cortex_holds_what_is_being_answered(brain: Brain) -> None:
    found = brain.recall([3], frames=True)
    assert found.frames[-1].leading == found.ids[0]
    first = next(at for at, frame in enumerate(found.frames) if frame.leading >= 0)
    assert first == found.lit.min()
    assert _rates(found)[MOTOR] > SLOTS / 2
    assert brain.recall([], frames=True).frames[-1].leading == -1


@pytest.mark.slow
def test_b5_the_amygdala_fires_for_what_matters_when_it_lights_up(brain: Brain) -> None:
    calm = _rates(brain.recall([3], frames=True))[AMYGDALA]
    moved = brain.recall([3], company=Company(salience=lambda _: 1.0), frames=True)
    some = brain.recall([3], company=Company(salience=lambda _: 0.3), frames=True)
    assert calm < _rates(some)[AMYGDALA] < _rates(moved)[AMYGDALA]
    asked: list[int] = []

    def matters(concept: int) -> float:
        asked.append(concept)
        return 1.0

    brain.recall([3], company=Company(salience=matters))
    # Each once, and only concepts: pairs have a salience no more than a relation has.
    assert len(asked) == len(set(asked))
    assert max(asked) < brain.pools.pairs.first


@pytest.mark.slow
def test_b5_expected_concepts_fire_in_the_predictive_cortex_as_surely_as_they_are(
    brain: Brain,
) -> None:
    def fired(sure: float) -> int:
        company = Company(expected=((700, sure),))
        return int(_rates(brain.recall([3], company=company, frames=True))[PREDICTIVE])

    assert fired(0.0) < fired(0.4) < fired(1.0)


@pytest.mark.slow
def test_b5_the_brainstem_fires_as_its_modulators_are_up(brain: Brain) -> None:
    def fired(level: float) -> int:
        levels = Modulators(level, level, level, level)
        return int(_rates(brain.recall([], levels, frames=True))[BRAINSTEM])

    assert fired(0.0) == 0
    assert 0 < fired(0.5) < fired(1.0) < fired(2.0)


def test_b5_the_cerebellum_keeps_the_time_with_other_cells_at_every_step(brain: Brain) -> None:
    frames = brain.recall([], FOCUSED, frames=True).frames
    assert all(frame.spikes[CEREBELLUM] > 0 for frame in frames)
    assert len({frame.raster[CEREBELLUM].tobytes() for frame in frames}) == len(frames)


@pytest.mark.slow
def test_b5_a_code_comes_in_the_strongest_number_first(brain: Brain) -> None:
    for region in (VISUAL, AUDITORY):
        numbers = np.zeros(64, np.float32)
        numbers[:16], numbers[16:32] = 1.0, 0.5
        found = brain.recall([], company=Company(codes=(Code(region, numbers),)), frames=True)
        rates = [int(frame.spikes[region]) for frame in found.frames]
        assert rates[0] > 0
        assert rates[10] > 0
        assert sum(rates[1:10]) == 0
    silent = Company(codes=(Code(VISUAL, np.zeros(64, np.float32)),))
    assert _rates(brain.recall([], company=silent, frames=True))[VISUAL] == 0


def test_what_was_in_mind_lights_nothing_by_itself(brain: Brain) -> None:
    primed = brain.recall([], company=Company(held=(3, 8, 40, 41, 42, 43, 44)), frames=True)
    assert not len(primed.ids)
    assert all(len(frame.emitting) == 0 for frame in primed.frames)


@pytest.mark.slow
def test_direct_objects_light_up_whatever_else_is_at_hand() -> None:
    made = taught(900, 300)
    company = Company(
        held=(1, 2, 4, 6, 7, 9, 11),
        expected=((12, 1.0),),
        codes=(Code(VISUAL, np.full(384, 0.9, np.float32)),),
        salience=lambda _: 1.0,
    )
    sure, kept = 0, 0
    for subject in (3, 50, 200, 10, 20, 30):
        alone = made.brain.recall([subject])
        wanted = set(alone.ids[alone.peak >= 2 * IGNITED].tolist())
        among = set(made.brain.recall([subject], company=company).ids.tolist())
        sure += len(wanted)
        kept += len(wanted & among)
    # Of one subject that is a matter of chance: in so small a brain three assemblies may win.
    assert kept >= 0.75 * sure


def test_a_mirror_lies_in_its_region_and_differs_between_concepts() -> None:
    for scale in (0.01, 1.0):
        made = layout(scale)
        for region in range(len(NAMES)):
            some = mirror(made, region, 5)
            low, high = made.bases[region], made.bases[region + 1]
            assert ((some >= low) & (some < high)).all()
            assert len(some) == SLOTS
            assert not np.array_equal(some, mirror(made, region, 6))
