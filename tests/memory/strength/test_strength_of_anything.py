"""Every memory has a strength, be it told or read, and a curve that agrees with it."""

from itertools import pairwise
from pathlib import Path

import pytest

from tests.clock import Clock
from tests.memory.strength.remembered import read
from workbench.errors import NotFoundError, UsageError
from workbench.library import Library
from workbench.library.options import Marks, TellOptions
from workbench.memory.facts import plastic
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.plastic import Strength
from workbench.memory.plasticity import DAY, DEFAULTS


def at(curve: object, moment: float) -> float:
    """The strength that a curve has at one of its times."""
    times, strengths = curve.times, curve.strengths  # type: ignore[attr-defined]
    return float(strengths[times.index(moment)])


def test_t1_facts_notes_and_sentences_show_strength_last_use_and_half_life(
    library: Library, clock: Clock
) -> None:
    (fact,) = library.facts.tell("The blue key opens bay 3.").new
    (instruction,) = library.notes.add("instruction", "Answer in short sentences.").new
    sentence, other = read(library, ["The flint lies in the river bed.", "Nobody dug there."])
    clock.days(3)
    assert library.memory.reinforce(fact, instruction, sentence).count == 3
    clock.days(20)
    for engram, kind in ((fact, "fact"), (instruction, "instruction"), (sentence, "statement")):
        found = library.memory.strength(engram)
        assert found is not None
        assert (found.engram, found.kind, found.uses) == (engram, kind, 1)
        assert found.used == clock.now - 20 * DAY
        assert found.half_life == DEFAULTS.half_life(kind)
        assert 0.5 < found.strength < 2
    unused = library.memory.strength(other)
    assert unused is not None
    assert (unused.text, unused.uses, unused.fact) == ("Nobody dug there.", 0, None)
    assert unused.strength < 1
    assert library.memory.strength(10**6) is None


def test_t1_the_curve_has_the_past_the_uses_and_what_comes(library: Library, clock: Clock) -> None:
    (fact,) = library.facts.tell("The blue key opens bay 3.").new
    told = clock.now
    for _ in range(3):
        clock.days(2)
        then = library.memory.strength(fact)
        clock.days(3)
        library.memory.reinforce(fact)
    clock.days(4)
    found = library.memory.strength(fact)
    assert found is not None
    curve = library.memory.curve(fact, past_days=60, future_days=30, points=20)
    assert curve.times[0] == told
    assert curve.times[-1] == clock.now + 30 * DAY
    assert list(curve.times) == sorted(curve.times)
    assert len(curve.times) == len(curve.strengths)
    assert curve.uses == tuple(told + days * DAY for days in (5, 10, 15))
    assert at(curve, told) == pytest.approx(1, rel=1e-5)
    for use in curve.uses:
        # Each use lifts it by one.
        before = max(time for time in curve.times if time < use)
        assert at(curve, use) > at(curve, before)
    assert at(curve, curve.now) == pytest.approx(found.strength)
    for time in curve.times:
        if time >= curve.now:
            assert at(curve, time) == pytest.approx(found.after(time - curve.now))
    assert curve.half_at is not None
    assert found.after(curve.half_at - curve.now) == pytest.approx(found.strength / 2)
    assert all(0 <= each <= curve.cap for each in curve.strengths)
    # What is drawn of the past is what was there.
    drawn = library.memory.curve(fact, past_days=7, future_days=0, points=8)
    assert then is not None
    assert at(drawn, told + 12 * DAY) == pytest.approx(then.strength, rel=1e-5)


def test_the_curve_of_what_was_never_used_and_of_what_is_pinned(
    library: Library, clock: Clock
) -> None:
    (fact,) = library.facts.tell("The lamp is in the shed.", options=TellOptions(strength=3)).new
    clock.days(30)
    curve = library.memory.curve(fact)
    assert curve.uses == ()
    assert curve.strengths[0] == 3
    assert all(a >= b for a, b in pairwise(curve.strengths))
    library.memory.mark([fact], Marks(pinned=True))
    pinned = library.memory.curve(fact)
    assert pinned.half_at is None
    assert len({round(each, 9) for each in pinned.strengths}) == 1
    with pytest.raises(NotFoundError):
        library.memory.curve(fact + 1)
    with pytest.raises(UsageError):
        library.memory.curve(fact, past_days=float("nan"))


def test_what_is_taken_back_while_its_curve_is_drawn_is_said_to_be_gone(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    (fact,) = library.facts.tell("The blue key opens bay 3.").new
    strength_of = plastic.strength_of

    def found_and_gone(index: FactIndex, engram: int) -> Strength | None:
        found = strength_of(index, engram)
        library.facts.forget([fact])
        return found

    monkeypatch.setattr(plastic, "strength_of", found_and_gone)
    with pytest.raises(NotFoundError):
        library.memory.curve(fact)


def test_only_the_last_twenty_uses_are_kept_and_go_with_the_memory(
    library: Library, clock: Clock
) -> None:
    (fact,) = library.facts.tell("The blue key opens bay 3.").new
    for _ in range(30):
        clock.days(1)
        library.memory.reinforce(fact)
    curve = library.memory.curve(fact, past_days=400)
    assert len(curve.uses) == 20
    # Of what came before them nobody knows any more.
    assert curve.times[0] == curve.uses[0]
    (row,) = library._store.rows("SELECT length(recent) FROM strength")
    assert row[0] <= 400
    library.facts.forget("blue key")
    assert not library._store.rows("SELECT 1 FROM strength")


def test_uses_follow_a_fact_that_is_edited_and_survive_a_restart(
    tmp_path: Path, clock: Clock
) -> None:
    with Library.open(tmp_path / "a.brain", clock=clock) as library:
        (fact,) = library.facts.tell("The blue key opens bay 3.").new
        clock.days(2)
        library.facts.value("what does the blue key open?")
        library.facts.edit(fact, "The blue key opens bay 4.")
    with Library.open(tmp_path / "a.brain", clock=clock) as library:
        (now,) = library.facts.list()
        assert library.memory.curve(now.id).uses == (clock.now,)


def test_sentences_can_be_pinned_and_strengthened_as_facts_can(
    library: Library, clock: Clock
) -> None:
    flint, chalk = read(library, ["The flint lies in the river bed.", "The chalk lies above."])
    assert library.memory.mark([flint], Marks(pinned=True)) == 1
    assert library.memory.strengthen([chalk], amount=2).touched == 1
    clock.days(4000)
    held, faded = library.memory.strength(flint), library.memory.strength(chalk)
    assert held is not None
    assert faded is not None
    assert (held.pinned, held.strength) == (True, 1)
    assert faded.strength < 0.01
