"""Facts grow strong by use and fade without; strength moves ties and nothing else."""

import sqlite3
import threading
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from workbench.errors import NotFoundError, UsageError
from workbench.library import Library
from workbench.memory.plasticity import DAY, DEFAULTS


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now

    def days(self, number: float) -> None:
        self.now += number * DAY


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def library(clock: Clock) -> Iterator[Library]:
    with Library.open(":memory:", clock=clock) as library:
        yield library


def strength(library: Library, match: str, collection: str | None = None) -> float:
    found = library.strength(match, collection=collection)
    assert found is not None
    return found.strength


def test_an_untouched_fact_fades_by_its_half_life_and_stays(library: Library, clock: Clock) -> None:
    library.remember("the tide table hangs in the hall")
    assert strength(library, "tide table") == 1
    clock.now += DEFAULTS.half_life("fact")
    assert strength(library, "tide table") == pytest.approx(0.5, rel=0.01)
    clock.days(5000)
    assert library.fact_count() == 1
    (fact,) = library.recall("tide table")
    assert fact.strength < 0.01
    found = library.value("where does the tide table hang?")
    assert found is not None
    assert "hall" in found.value


def test_strengthening_is_capped_told_and_makes_nothing(library: Library, clock: Clock) -> None:
    library.remember("the fix for the jam is to reseat tray two")
    library.remember("the rains last long")
    for _ in range(40):
        assert library.strengthen("reseat tray").touched == 1
    assert strength(library, "reseat tray") == 8
    assert library.strengthen("anything at all").touched == 0
    assert library.strengthen("rain").touched == 0
    assert library.fact_count() == 2
    clock.now += DEFAULTS.half_life("fact")
    assert library.strengthen("reseat tray", amount=1.5).strength == pytest.approx(5.5, rel=0.01)


@pytest.mark.parametrize("amount", [0, -1, float("nan"), float("inf")])
def test_an_amount_that_is_none_is_refused(library: Library, amount: float) -> None:
    with pytest.raises(UsageError):
        library.strengthen("tray", amount=amount)
    with pytest.raises(UsageError):
        library.strengthen("...")


def test_four_reinforcements_beat_the_newer_fact_by_strength_only(library: Library) -> None:
    library.remember("the rehearsal is on tuesday")
    library.remember("the rehearsal is on saturday")
    for _ in range(4):
        library.strengthen("tuesday")
    cue = "when is the rehearsal?"
    assert [fact.text[-8:] for fact in library.recall(cue)] == ["saturday", " tuesday"]
    assert [fact.text[-8:] for fact in library.recall(cue, by="strength")] == [
        " tuesday",
        "saturday",
    ]
    found = library.value(cue)
    assert found is not None
    assert "saturday" in found.value
    with pytest.raises(UsageError):
        library.recall(cue, by="length")


def test_much_use_lifts_a_fact_over_its_newer_equals_and_one_use_does_not(
    library: Library,
) -> None:
    library.remember("the harbour has a crane")
    library.remember("the harbour has a ferry")
    assert "ferry" in library.recall("harbour")[0].text
    library.strengthen("crane")
    assert "ferry" in library.recall("harbour")[0].text
    library.strengthen("crane", amount=3)
    assert "crane" in library.recall("harbour")[0].text
    # A better match is never outranked.
    assert "ferry" in library.recall("harbour ferry")[0].text


def test_what_answers_grows_stronger_and_what_was_only_near_does_not(library: Library) -> None:
    library.remember("The blue key opens bay 3.")
    library.remember("The grey key opens bay 4.")
    for _ in range(3):
        library.recall("which key opens bay 3?")
    library.value("what does the grey key open?")
    found = library.strength("blue key")
    assert found is not None
    assert (found.uses, found.strength) == (3, 4)
    assert strength(library, "grey key") == 2
    assert library.turn("what does the grey key open?").value == "bay 4"
    assert strength(library, "grey key") == 3
    library.remember("The grey key opens bay 4.")
    assert strength(library, "grey key") == 4


def test_uses_survive_a_restart(tmp_path: Path, clock: Clock) -> None:
    with Library.open(tmp_path / "a.brain", clock=clock) as library:
        library.remember("The blue key opens bay 3.")
        library.remember("The lamp is in the shed.")
        for _ in range(4):
            library.recall("which key opens bay 3?", limit=1)
            library.recall("where is the lamp?", limit=1)
    with Library.open(tmp_path / "a.brain", clock=clock) as library:
        assert strength(library, "blue key") == 5
        assert library.link("lamp", "key") > 0
        copy = library.backup(tmp_path / "copy.brain").path
        assert library.verify().sound
    with Library.open(copy, clock=clock) as library:
        assert strength(library, "blue key") == 5


def test_uses_are_written_within_a_second_in_the_background(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "a.brain"
    written = threading.Event()
    with Library.open(path, clock=clock) as library:
        library.remember("The blue key opens bay 3.")
        library.recall("blue key")
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
        library.remember("The blue key opens bay 3.")
        other = sqlite3.connect(path, isolation_level=None)
        try:
            other.execute("BEGIN IMMEDIATE")
            library.recall("blue key")
            # What is not written yet counts already.
            assert library.recall("blue key")[0].strength == 2
            other.execute("ROLLBACK")
        finally:
            other.close()
        assert strength(library, "blue key") == 3


def test_closing_does_not_hang_on_uses_that_cannot_be_written(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "a.brain"
    library = Library.open(path, clock=clock)
    library.remember("The blue key opens bay 3.")
    other = sqlite3.connect(path, isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        library.recall("blue key")
        library.close()
    finally:
        other.close()
    with Library.open(path, clock=clock) as library:
        assert library.fact_count() == 1


def test_a_library_that_can_only_be_read_learns_nothing(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "a.brain"
    with Library.open(path, clock=clock) as library:
        library.remember("The blue key opens bay 3.")
        library.strengthen("blue key")
    with Library.open(path, read_only=True, clock=clock) as library:
        for _ in range(3):
            assert library.recall("blue key")[0].strength == 2
        assert strength(library, "blue key") == 2
        assert library.links_of("blue key", kind="together") == []


def test_a_fact_that_is_forgotten_while_its_use_waits_comes_not_back(library: Library) -> None:
    library.remember("The blue key opens bay 3. The lamp is in the shed.")
    library.recall("blue key")
    library.recall("lamp")
    assert library.forget("blue key").forgotten == 1
    assert library.strength("blue key") is None
    assert strength(library, "lamp") == 2
    assert library.links_of("lamp", kind="together") == []
    assert library.verify().sound


def test_an_edited_fact_keeps_its_strength_and_links(library: Library) -> None:
    library.remember("The blue key opens bay 3. The lamp is in the shed.")
    library.strengthen("blue key", amount=4)
    (fact,) = library.recall("blue key")
    library.edit_fact(fact.id, "The blue key opens bay 7.")
    assert strength(library, "bay 7") == pytest.approx(6)
    assert library.link("bay 7", "lamp") > 0


# -- links -----------------------------------------------------------------------------------------


def test_facts_recalled_one_after_the_other_are_linked_and_the_link_saturates(
    library: Library, clock: Clock
) -> None:
    library.remember("the phoenix plan is owned by Bastian")
    library.remember("the rollout ships in autumn")
    assert library.link("phoenix", "rollout") == 0
    weights = []
    for _ in range(40):
        library.recall("who owns the phoenix plan?")
        library.recall("when does the rollout ship?")
        weights.append(library.link("rollout", "phoenix"))
    steps = [after - before for before, after in pairwise(weights)]
    assert all(step > 0 for step in steps)
    assert steps[-1] < steps[0] / 10
    assert weights[-1] <= DEFAULTS.link_cap
    (linked,) = library.links_of("phoenix", kind="together")
    assert (linked.text, linked.kind) == ("the rollout ships in autumn", "together")
    clock.now += DEFAULTS.link_half_life
    assert library.link("phoenix", "rollout") == pytest.approx(weights[-1] / 2)


def test_links_stay_in_their_scope(library: Library) -> None:
    library.remember("the phoenix plan is owned by Bastian", collection="one")
    library.remember("the rollout ships in autumn", collection="two")
    for _ in range(3):
        library.recall("phoenix plan", collection="one")
        library.recall("rollout", collection="two")
    assert library.links_of("phoenix", kind="together", collection="one") == []
    assert library.links_of("phoenix", kind="together", collection="nowhere") == []


def test_what_is_told_in_one_breath_is_linked(library: Library) -> None:
    library.remember("Greta repairs looms. The loom hall has a boiler.")
    assert library.link("Greta", "boiler") > 0
    library.remember(" ".join(f"Shelf s{i} holds jar j{i}." for i in range(50)))
    assert library.links_of("shelf s3", kind="together") == []


def test_a_memory_keeps_only_its_strongest_links(library: Library) -> None:
    library.remember("the hub is in Oslo")
    for number in range(45):
        library.remember(f"the spoke{number} is red")
        library.recall("the hub")
        library.recall(f"spoke{number}")
    for _ in range(5):
        library.recall("the hub")
        library.recall("spoke7")
    links = library.links_of("hub", kind="together")
    assert len(links) <= DEFAULTS.fan_out
    assert links[0].text == "the spoke7 is red"


# -- beginning, pins -------------------------------------------------------------------------------


def test_a_fact_may_begin_weak_strong_or_striking(library: Library) -> None:
    library.remember("a stray note about nothing much", strength=0.01)
    library.remember("the dam alarm must be tested", salience=0.9)
    assert strength(library, "stray note") == 0.01
    alarm = library.strength("dam alarm")
    assert alarm is not None
    assert (alarm.stability, alarm.salience, alarm.retention) == (2, 0.9, 1)
    for wrong in ({"strength": 9.0}, {"strength": -1.0}, {"salience": 1.5}):
        with pytest.raises(UsageError):
            library.remember("the rent is 900", **wrong)  # type: ignore[arg-type]
    with pytest.raises(UsageError):
        library.remember("be brief", kind="instruction", strength=2)


def test_what_is_pinned_does_not_fade_until_it_is_let_go(library: Library, clock: Clock) -> None:
    library.remember("the deed is in the iron box", pinned=True)
    clock.days(1000)
    found = library.strength("deed")
    assert found is not None
    assert (found.strength, found.retention, found.hours_left, found.after(1e9)) == (1, 1, None, 1)
    assert library.facts()[0].strength == 1
    assert library.pin("deed", pinned=False) == 1
    clock.now += DEFAULTS.half_life("fact")
    assert strength(library, "deed") == pytest.approx(0.5)
    assert library.pin("no such thing") == 0


def test_a_memory_that_is_used_lasts_longer(library: Library, clock: Clock) -> None:
    library.remember("The fig tree stands by the well")
    library.remember("The press was oiled by Bruno")
    for _ in range(3):
        library.recall("where does the fig tree stand?", limit=1)
    fig, press = library.strength("fig tree"), library.strength("Bruno")
    assert fig is not None
    assert press is not None
    assert fig.hours_left is not None
    assert press.hours_left is not None
    assert fig.hours_left > press.hours_left
    assert fig.after(DEFAULTS.half_life("fact")) == pytest.approx(fig.strength / 2, rel=0.01)
    clock.days(1)
    later = library.strength("fig tree")
    assert later is not None
    assert later.retention < fig.retention


def test_of_what_comes_to_mind_alike_the_stronger_comes_first(library: Library) -> None:
    for name in ("Ann", "Ben", "Cleo"):
        library.remember(f"{name} repairs looms")
    assert "Cleo" in library.associate("looms")[0].fact.text
    library.strengthen("Ben", amount=4)
    assert "Ben" in library.associate("looms")[0].fact.text


def test_the_strongest_is_found_among_many_newer_equals(library: Library) -> None:
    for number in range(30):
        library.remember(f"the harbour has the boat b{number}")
    library.strengthen("b3", amount=2)
    assert library.recall("harbour", limit=1, by="strength")[0].text.endswith("b3")


def test_a_fact_that_answers_what_was_asked_of_the_library_is_used(library: Library) -> None:
    library.remember("the ferry captain is Ode")
    answer = library.ask("who is the ferry captain?")
    assert answer.value == "Ode"
    assert strength(library, "ferry captain") == 2


def test_a_fact_on_a_list_is_strengthened_and_pinned_by_its_id(
    library: Library, clock: Clock
) -> None:
    library.remember("the blue key opens bay 3")
    (fact,) = library.facts()
    assert library.strengthen_facts([fact.id, 999_999], amount=2).touched == 1
    assert library.pin_facts([fact.id]) == 1
    clock.days(400)
    found = library.fact_strength(fact.id)
    assert (found.strength, found.uses, found.pinned) == (3, 1, True)
    assert library.strengthen_facts([]).touched == 0
    with pytest.raises(NotFoundError):
        library.fact_strength(999_999)


def test_every_use_counts_when_many_threads_and_two_programs_use_a_fact(
    tmp_path: Path, clock: Clock
) -> None:
    path = tmp_path / "a.brain"
    with Library.open(path, clock=clock) as one, Library.open(path, clock=clock) as other:
        one.remember("The blue key opens bay 3. The lamp is in the shed.")

        def work(library: Library) -> None:
            for _ in range(10):
                library.recall("which key opens bay 3?", limit=1)
                library.recall("where is the lamp?", limit=1)
                library.strength("blue key")

        threads = [threading.Thread(target=work, args=(each,)) for each in (one, other) * 2]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    with Library.open(path, clock=clock) as library:
        found = library.strength("blue key")
        assert found is not None
        assert (found.uses, found.strength) == (40, 8)
        assert library.verify().sound


def stage(library: Library, match: str) -> str:
    found = library.info(match)
    assert found is not None
    return found.stage


def test_a_fact_matures_by_spaced_recalls_and_then_fades_slower(
    library: Library, clock: Clock
) -> None:
    library.remember("the seal is kept in the vestry")
    library.remember("the ladder is kept in the barn")
    assert stage(library, "seal") == "stm"
    clock.days(1 / 24)
    assert stage(library, "seal") == "working"
    for _ in range(3):
        clock.days(1.2)
        library.recall("seal")
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
        library.remember("the seal is kept in the vestry")
        for _ in range(3):
            clock.days(1.6)
            library.recall("seal")
        library.remember("the seal is kept in the vestry", again=True)
    with Library.open(path, clock=clock) as library:
        assert library.consolidate().merged == 1
        assert stage(library, "seal") == "semantic"
        library.undo_consolidation()
        assert [fact.text for fact in library.recall("seal")] == [
            "the seal is kept in the vestry"
        ] * 2
        assert stage(library, "seal") == "stm"
        held = library.strength("vestry")
        assert held is not None
        assert held.after(30 * DAY) < held.strength


def test_a13_learning_from_asking_can_be_switched_off(library: Library) -> None:
    library.remember("the seal is kept in the vestry")
    library.remember("Tom's boss is Ines. Ines's office is the tower.")
    library.configure_brain(learning=False)
    before = [library.fact_strength(fact.id) for fact in library.facts()]
    library.recall("seal")
    library.recall("seal", depth="context")
    library.value("where is the seal kept?")
    library.ask("where is the seal kept?")
    library.turn("where is the seal kept?")
    library.chain("Tom", ["boss", "office"])
    library.reflex("where is the seal kept?")
    after = [library.fact_strength(fact.id) for fact in library.facts()]
    assert [(s.uses, s.strength, s.stability) for s in after] == [
        (s.uses, s.strength, s.stability) for s in before
    ]
    # What somebody does on purpose counts all the same.
    library.strengthen("seal")
    assert strength(library, "seal") == 2
    library.configure_brain(learning=True)
    library.recall("seal")
    assert strength(library, "seal") == 3
