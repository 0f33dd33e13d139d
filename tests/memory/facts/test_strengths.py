"""Facts grow strong by use and fade without; strength moves ties and nothing else."""

import sqlite3
import threading
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from tests.clock import Clock
from workbench.arguments import pack
from workbench.errors import UsageError
from workbench.library import Library
from workbench.library.options import Marks, RecallOptions, TellOptions
from workbench.memory.facts.plastic import Strength
from workbench.memory.plasticity import DAY, DEFAULTS


@pytest.fixture
def library(clock: Clock) -> Iterator[Library]:
    with Library.open(":memory:", clock=clock) as library:
        yield library


def strength(library: Library, match: str, collection: str | None = None) -> float:
    found = library.memory.strength(match, collection=collection)
    assert found is not None
    return found.strength


def test_an_untouched_fact_fades_by_its_half_life_and_stays(library: Library, clock: Clock) -> None:
    library.facts.tell("the tide table hangs in the hall")
    assert strength(library, "tide table") == 1
    clock.now += DEFAULTS.half_life("fact")
    assert strength(library, "tide table") == pytest.approx(0.5, rel=0.01)
    clock.days(5000)
    assert len(library.facts.list()) == 1
    (fact,) = library.facts.recall("tide table")
    assert fact.strength < 0.01
    found = library.facts.value("where does the tide table hang?")
    assert found is not None
    assert "hall" in found.shown


def test_strengthening_is_capped_told_and_makes_nothing(library: Library, clock: Clock) -> None:
    library.facts.tell("the fix for the jam is to reseat tray two")
    library.facts.tell("the rains last long")
    for _ in range(40):
        assert library.memory.strengthen("reseat tray").touched == 1
    assert strength(library, "reseat tray") == 8
    assert library.memory.strengthen("anything at all").touched == 0
    assert library.memory.strengthen("rain").touched == 0
    assert len(library.facts.list()) == 2
    clock.now += DEFAULTS.half_life("fact")
    assert library.memory.strengthen("reseat tray", amount=1.5).strength == pytest.approx(
        5.5, rel=0.01
    )


@pytest.mark.parametrize("amount", [0, -1, float("nan"), float("inf")])
def test_an_amount_that_is_none_is_refused(library: Library, amount: float) -> None:
    with pytest.raises(UsageError):
        library.memory.strengthen("tray", amount=amount)
    with pytest.raises(UsageError):
        library.memory.strengthen("...")


def test_four_reinforcements_beat_the_newer_fact_by_strength_only(library: Library) -> None:
    library.facts.tell("the rehearsal is on tuesday")
    library.facts.tell("the rehearsal is on saturday")
    for _ in range(4):
        library.memory.strengthen("tuesday")
    cue = "when is the rehearsal?"
    assert [fact.text[-8:] for fact in library.facts.recall(cue)] == ["saturday", " tuesday"]
    assert [
        fact.text[-8:] for fact in library.facts.recall(cue, options=RecallOptions(by="strength"))
    ] == [
        " tuesday",
        "saturday",
    ]
    found = library.facts.value(cue)
    assert found is not None
    assert "saturday" in found.shown
    assert found.also is not None
    assert found.also.shown == "“the rehearsal is on tuesday”"
    library.memory.strengthen("saturday", amount=4)
    found = library.facts.value(cue)
    assert found is not None
    assert found.also is None
    with pytest.raises(UsageError):
        library.facts.recall(cue, options=RecallOptions(by="length"))


def test_much_use_lifts_a_fact_over_its_newer_equals_and_one_use_does_not(
    library: Library,
) -> None:
    library.facts.tell("the harbour has a crane")
    library.facts.tell("the harbour has a ferry")
    assert "ferry" in library.facts.recall("harbour")[0].text
    library.memory.strengthen("crane")
    assert "ferry" in library.facts.recall("harbour")[0].text
    library.memory.strengthen("crane")
    assert "crane" in library.facts.recall("harbour")[0].text
    # A better match is never outranked.
    assert "ferry" in library.facts.recall("harbour ferry")[0].text


def test_what_is_strengthened_stays_first_however_often_both_are_listed(library: Library) -> None:
    library.facts.tell("Take the ladder to the orchard on monday")
    library.facts.tell("Bring baskets to the orchard on friday")
    for _ in range(40):
        library.memory.strengthen("ladder")
    for _ in range(12):
        first, second = library.facts.recall("orchard")
        assert (first.strength, second.strength) == (8, 1)
        assert "ladder" in first.text
    for _ in range(3):
        answer = library.ask("What do you know about the orchard?")
        assert ["ladder" in fact.text for fact in answer.facts] == [True, False]
    assert strength(library, "baskets") == 1
    # What alone fits best was used.
    library.facts.recall("baskets for the orchard")
    assert strength(library, "baskets") == 2


def test_what_answers_grows_stronger_and_what_was_only_near_does_not(library: Library) -> None:
    library.facts.tell("The blue key opens bay 3.")
    library.facts.tell("The grey key opens bay 4.")
    for _ in range(3):
        library.facts.recall("which key opens bay 3?")
    library.facts.value("what does the grey key open?")
    found = library.memory.strength("blue key")
    assert found is not None
    assert (found.uses, found.strength) == (3, 4)
    assert strength(library, "grey key") == 2
    assert library.turn("what does the grey key open?").value == "bay 4"
    assert strength(library, "grey key") == 3
    library.facts.tell("The grey key opens bay 4.")
    assert strength(library, "grey key") == 4


def test_uses_survive_a_restart(tmp_path: Path, clock: Clock) -> None:
    with Library.open(tmp_path / "a.brain", clock=clock) as library:
        library.facts.tell("The blue key opens bay 3.")
        library.facts.tell("The lamp is in the shed.")
        for _ in range(4):
            library.facts.recall("which key opens bay 3?", limit=1)
            library.facts.recall("where is the lamp?", limit=1)
    with Library.open(tmp_path / "a.brain", clock=clock) as library:
        assert strength(library, "blue key") == 5
        assert library.memory.link("lamp", "key") > 0
        copy = library.backup(tmp_path / "copy.brain").path
        assert library.verify().sound
    with Library.open(copy, clock=clock) as library:
        assert strength(library, "blue key") == 5


@pytest.mark.slow
def test_uses_are_written_within_a_second_in_the_background(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "a.brain"
    written = threading.Event()
    with Library.open(path, clock=clock) as library:
        library.facts.tell("The blue key opens bay 3.")
        library.facts.recall("blue key")
        connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
        try:
            for _ in range(600):
                if connection.execute("SELECT uses FROM strength").fetchall() == [(1,)]:
                    written.set()
                    break
                threading.Event().wait(0.05)
        finally:
            connection.close()
        assert written.is_set()


def test_uses_wait_while_another_program_holds_the_library(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "a.brain"
    with Library.open(path, clock=clock) as library:
        library.facts.tell("The blue key opens bay 3.")
        other = sqlite3.connect(path, isolation_level=None)
        try:
            other.execute("BEGIN IMMEDIATE")
            library.facts.recall("blue key")
            # What is not written yet counts already.
            assert library.facts.recall("blue key")[0].strength == 2
            other.execute("ROLLBACK")
        finally:
            other.close()
        assert strength(library, "blue key") == 3


@pytest.mark.slow
def test_closing_does_not_hang_on_uses_that_cannot_be_written(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "a.brain"
    library = Library.open(path, clock=clock)
    library.facts.tell("The blue key opens bay 3.")
    other = sqlite3.connect(path, isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        library.facts.recall("blue key")
        library.close()
    finally:
        other.close()
    with Library.open(path, clock=clock) as library:
        assert len(library.facts.list()) == 1


def test_a_library_that_can_only_be_read_learns_nothing(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "a.brain"
    with Library.open(path, clock=clock) as library:
        library.facts.tell("The blue key opens bay 3.")
        library.memory.strengthen("blue key")
    with Library.open(path, read_only=True, clock=clock) as library:
        for _ in range(3):
            assert library.facts.recall("blue key")[0].strength == 2
        assert strength(library, "blue key") == 2
        assert library.graph.links("blue key", kind="together") == []


def test_a_fact_that_is_forgotten_while_its_use_waits_comes_not_back(library: Library) -> None:
    library.facts.tell("The blue key opens bay 3. The lamp is in the shed.")
    library.facts.recall("blue key")
    library.facts.recall("lamp")
    assert library.facts.forget("blue key").forgotten == 1
    assert library.memory.strength("blue key") is None
    assert strength(library, "lamp") == 2
    assert library.graph.links("lamp", kind="together") == []
    assert library.verify().sound


def test_an_edited_fact_keeps_its_strength_and_links(library: Library) -> None:
    library.facts.tell("The blue key opens bay 3. The lamp is in the shed.")
    library.memory.strengthen("blue key", amount=4)
    (fact,) = library.facts.recall("blue key")
    library.facts.edit(fact.id, "The blue key opens bay 7.")
    assert strength(library, "bay 7") == pytest.approx(6)
    assert library.memory.link("bay 7", "lamp") > 0


# -- links -----------------------------------------------------------------------------------------


def test_facts_recalled_one_after_the_other_are_linked_and_the_link_saturates(
    library: Library, clock: Clock
) -> None:
    library.facts.tell("the phoenix plan is owned by Bastian")
    library.facts.tell("the rollout ships in autumn")
    assert library.memory.link("phoenix", "rollout") == 0
    weights = []
    for _ in range(40):
        library.facts.recall("who owns the phoenix plan?")
        library.facts.recall("when does the rollout ship?")
        weights.append(library.memory.link("rollout", "phoenix"))
    steps = [after - before for before, after in pairwise(weights)]
    assert all(step >= 0 for step in steps)
    assert steps[4] > 0
    assert steps[-1] < steps[0] / 10
    assert weights[-1] <= DEFAULTS.link_cap
    (linked,) = library.graph.links("phoenix", kind="together")
    assert (linked.text, linked.kind) == ("the rollout ships in autumn", "together")
    clock.now += DEFAULTS.link_half_life
    assert library.memory.link("phoenix", "rollout") == pytest.approx(weights[-1] / 2)


def test_links_stay_in_their_scope(library: Library) -> None:
    library.facts.tell("the phoenix plan is owned by Bastian", collection="one")
    library.facts.tell("the rollout ships in autumn", collection="two")
    for _ in range(3):
        library.facts.recall("phoenix plan", collection="one")
        library.facts.recall("rollout", collection="two")
    assert library.graph.links("phoenix", kind="together", collection="one") == []
    assert library.graph.links("phoenix", kind="together", collection="nowhere") == []


def test_what_is_told_in_one_breath_is_linked(library: Library) -> None:
    library.facts.tell("Greta repairs looms. The loom hall has a boiler.")
    assert library.memory.link("Greta", "boiler") > 0
    library.facts.tell(" ".join(f"Shelf s{i} holds jar j{i}." for i in range(50)))
    assert library.graph.links("shelf s3", kind="together") == []


def test_a_memory_keeps_only_its_strongest_links(library: Library) -> None:
    library.facts.tell("the hub is in Oslo")
    for number in range(45):
        library.facts.tell(f"the spoke{number} is red")
        library.facts.recall("the hub")
        library.facts.recall(f"spoke{number}")
    for _ in range(5):
        library.facts.recall("the hub")
        library.facts.recall("spoke7")
    links = library.graph.links("hub", kind="together")
    assert len(links) <= DEFAULTS.fan_out
    assert links[0].text == "the spoke7 is red"


# -- beginning, pins -------------------------------------------------------------------------------


def test_a_fact_may_begin_weak_strong_or_striking(library: Library) -> None:
    library.facts.tell("a stray note about nothing much", options=TellOptions(strength=0.01))
    library.facts.tell("the dam alarm must be tested", options=TellOptions(salience=0.9))
    assert strength(library, "stray note") == 0.01
    alarm = library.memory.strength("dam alarm")
    assert alarm is not None
    assert (alarm.stability, alarm.salience, alarm.retention) == (2, 0.9, 1)
    for wrong in ({"strength": 9.0}, {"strength": -1.0}, {"salience": 1.5}):
        with pytest.raises(UsageError):
            library.facts.tell("the rent is 900", **pack(library.facts.tell, wrong))
    with pytest.raises(UsageError):
        library.facts.tell("be brief", options=TellOptions(kind="instruction", strength=2))


def test_what_is_pinned_does_not_fade_until_it_is_let_go(library: Library, clock: Clock) -> None:
    library.facts.tell("the deed is in the iron box", options=TellOptions(pinned=True))
    clock.days(1000)
    found = library.memory.strength("deed")
    assert found is not None
    assert (found.strength, found.retention, found.hours_left, found.after(1e9)) == (1, 1, None, 1)
    assert library.facts.list()[0].strength == 1
    assert library.memory.mark("deed", Marks(pinned=False)) == 1
    clock.now += DEFAULTS.half_life("fact")
    assert strength(library, "deed") == pytest.approx(0.5)
    assert library.memory.mark("no such thing", Marks(pinned=True)) == 0


def test_a_memory_that_is_used_lasts_longer(library: Library, clock: Clock) -> None:
    library.facts.tell("The fig tree stands by the well")
    library.facts.tell("The press was oiled by Bruno")
    for _ in range(3):
        library.facts.recall("where does the fig tree stand?", limit=1)
    fig, press = library.memory.strength("fig tree"), library.memory.strength("Bruno")
    assert fig is not None
    assert press is not None
    assert fig.hours_left is not None
    assert press.hours_left is not None
    assert fig.hours_left > press.hours_left
    assert fig.after(DEFAULTS.half_life("fact")) == pytest.approx(fig.strength / 2, rel=0.01)
    clock.days(1)
    later = library.memory.strength("fig tree")
    assert later is not None
    assert later.retention < fig.retention


def test_of_what_comes_to_mind_alike_the_stronger_comes_first(library: Library) -> None:
    for name in ("Ann", "Ben", "Cleo"):
        library.facts.tell(f"{name} repairs looms")
    assert "Cleo" in library.facts.associate("looms")[0].fact.text
    library.memory.strengthen("Ben", amount=4)
    assert "Ben" in library.facts.associate("looms")[0].fact.text


def test_the_strongest_is_found_among_many_newer_equals(library: Library) -> None:
    for number in range(30):
        library.facts.tell(f"the harbour has the boat b{number}")
    library.memory.strengthen("b3", amount=2)
    assert library.facts.recall("harbour", limit=1, options=RecallOptions(by="strength"))[
        0
    ].text.endswith("b3")


def test_a_fact_that_answers_what_was_asked_of_the_library_is_used(library: Library) -> None:
    library.facts.tell("the ferry captain is Ode")
    answer = library.ask("who is the ferry captain?")
    assert answer.value == "Ode"
    assert strength(library, "ferry captain") == 2


def test_a_fact_on_a_list_is_strengthened_and_pinned_by_its_id(
    library: Library, clock: Clock
) -> None:
    library.facts.tell("the blue key opens bay 3")
    (fact,) = library.facts.list()
    assert library.memory.strengthen([fact.id, 999_999], amount=2).touched == 1
    assert library.memory.mark([fact.id], Marks(pinned=True)) == 1
    clock.days(400)
    found = library.memory.strength(fact.id)
    assert found is not None
    assert (found.strength, found.uses, found.pinned) == (3, 1, True)
    assert library.memory.strengthen([]).touched == 0
    assert library.memory.strength(999_999) is None


def test_every_use_counts_when_many_threads_and_two_programs_use_a_fact(
    tmp_path: Path, clock: Clock
) -> None:
    path = tmp_path / "a.brain"
    with Library.open(path, clock=clock) as one, Library.open(path, clock=clock) as other:
        one.facts.tell("The blue key opens bay 3. The lamp is in the shed.")

        def work(library: Library) -> None:
            for _ in range(10):
                library.facts.recall("which key opens bay 3?", limit=1)
                library.facts.recall("where is the lamp?", limit=1)
                library.memory.strength("blue key")

        threads = [threading.Thread(target=work, args=(each,)) for each in (one, other) * 2]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    with Library.open(path, clock=clock) as library:
        found = library.memory.strength("blue key")
        assert found is not None
        assert (found.uses, found.strength) == (40, 8)
        assert library.verify().sound


def stage(library: Library, match: str) -> str:
    found = library.facts.get(match).info
    assert found is not None
    return found.stage


def test_a_fact_matures_by_spaced_recalls_and_then_fades_slower(
    library: Library, clock: Clock
) -> None:
    library.facts.tell("the seal is kept in the vestry")
    library.facts.tell("the ladder is kept in the barn")
    assert stage(library, "seal") == "stm"
    clock.days(1 / 24)
    assert stage(library, "seal") == "working"
    for _ in range(3):
        clock.days(1.2)
        library.facts.recall("seal")
    assert stage(library, "seal") == "semantic"
    assert stage(library, "ladder") == "episodic"
    before = {match: strength(library, match) for match in ("seal", "ladder")}
    clock.now += DEFAULTS.half_life("fact")
    assert strength(library, "ladder") == pytest.approx(before["ladder"] / 2)
    assert strength(library, "seal") == pytest.approx(before["seal"] * 0.5**0.3)
    assert stage(library, "ladder") == "episodic"


def test_stages_are_kept_in_the_file_and_by_what_facts_are_merged_into(
    tmp_path: Path, clock: Clock
) -> None:
    path = tmp_path / "stages.brain"
    with Library.open(path, clock=clock) as library:
        library.facts.tell("the seal is kept in the vestry")
        for _ in range(3):
            clock.days(1.6)
            library.facts.recall("seal")
        library.facts.tell("the seal is kept in the vestry", options=TellOptions(again=True))
    with Library.open(path, clock=clock) as library:
        assert library.memory.consolidate().merged == 1
        assert stage(library, "seal") == "semantic"
        library.undo("consolidation")
        assert [fact.text for fact in library.facts.recall("seal")] == [
            "the seal is kept in the vestry"
        ] * 2
        assert stage(library, "seal") == "stm"
        held = library.memory.strength("vestry")
        assert held is not None
        assert held.after(30 * DAY) < held.strength


def _strengths(library: Library) -> Iterator[Strength]:
    for fact in library.facts.list():
        found = library.memory.strength(fact.id)
        assert found is not None
        yield found


def test_a13_learning_from_asking_can_be_switched_off(library: Library) -> None:
    library.facts.tell("the seal is kept in the vestry")
    library.facts.tell("Tom's boss is Ines. Ines's office is the tower.")
    library.brain.configure(learning=False)
    before = list(_strengths(library))
    library.facts.recall("seal")
    library.facts.recall("seal", options=RecallOptions(depth="context"))
    library.facts.value("where is the seal kept?")
    library.ask("where is the seal kept?")
    library.turn("where is the seal kept?")
    library.facts.chain("Tom", ["boss", "office"])
    library.facts.reflex("where is the seal kept?")
    after = list(_strengths(library))
    assert [(s.uses, s.strength, s.stability) for s in after] == [
        (s.uses, s.strength, s.stability) for s in before
    ]
    # What somebody does on purpose counts all the same.
    library.memory.strengthen("seal")
    assert strength(library, "seal") == 2
    library.brain.configure(learning=True)
    library.facts.recall("seal")
    assert strength(library, "seal") == 3


def test_what_was_recalled_together_comes_to_mind_together(library: Library) -> None:
    library.facts.tell("The quarry blasts on windy days.")
    library.facts.tell("Aunt Signe pickles herring.")
    library.facts.tell("The chapel opens at nine.")
    for _ in range(5):
        library.facts.recall("quarry")
        library.facts.recall("pickles")
    assert library.memory.link("quarry", "herring") > 7.5
    first, second = library.facts.associate("quarry")
    assert (second.fact.text, second.hops, second.tag) == (
        "Aunt Signe pickles herring.", 1, "emergent",
    )  # fmt: skip
    assert (first.together, second.together) == (False, True)
    quarry, herring = library.facts.reflex("quarry", learn=False).hits
    assert herring.score < quarry.score
    assert (herring.text, herring.over) == (second.fact.text, quarry.id)
    assert herring.reasons == (f"It was recalled together with “{quarry.text}”",)
    # What answers needs no detour, and what is gone comes no more.
    assert len(library.facts.reflex("When does the chapel open?", learn=False).hits) == 1
    library.facts.forget("herring")
    assert len(library.facts.associate("quarry")) == 1
    assert len(library.facts.reflex("quarry", learn=False).hits) == 1
