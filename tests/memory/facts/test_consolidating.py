"""Consolidation: what says the same becomes one, what faded is laid aside, all can be undone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.clock import Clock
from workbench.errors import Cancelled, NotFoundError, UsageError
from workbench.jobs import Cancel
from workbench.library import Library
from workbench.library.options import TellOptions
from workbench.memory.facts.records import Fact
from workbench.memory.plasticity import DAY


@pytest.fixture
def clock() -> Clock:
    return Clock(step=1)


@pytest.fixture
def library(clock: Clock) -> Iterator[Library]:
    with Library.open(":memory:", clock=clock) as library:
        yield library


def told(library: Library) -> list[tuple[object, ...]]:
    """All that facts are beside their ids and what time does to their strengths."""
    return sorted(
        (
            f.text,
            round(f.at, 3),
            f.told,
            f.sources,
            f.current,
            f.archived,
            f.kind,
            round(f.strength, 3),
        )
        for f in library.facts.list()
    )


def only(facts: list[Fact]) -> Fact:
    (fact,) = facts
    return fact


def test_duplicates_and_a_worn_out_fact_become_one(library: Library) -> None:
    for _ in range(5):
        library.facts.tell("the harbour master is Quint", options=TellOptions(again=True))
    library.facts.tell("a stray note about nothing much", options=TellOptions(strength=0.01))
    before = told(library)
    preview = library.memory.consolidate(prune_below=0.05, preview=True)
    assert (preview.run, preview.merged, preview.archived, preview.examined) == (None, 4, 1, 6)
    assert told(library) == before
    done = library.memory.consolidate(prune_below=0.05)
    assert (done.merged, done.archived) == (4, 1)
    assert done.merges[0].text == "the harbour master is Quint"
    assert done.faded == ("a stray note about nothing much",)
    assert library.stats().facts == 1
    stats = library.stats()
    assert (stats.facts, stats.archived) == (1, 1)
    found = library.facts.value("who is the harbour master?")
    assert found is not None
    assert found.value == "Quint"
    strong = library.memory.strength("Quint")
    assert strong is not None
    assert strong.strength == pytest.approx(6, abs=0.01)
    again = library.memory.consolidate(prune_below=0.05)
    assert (again.run, again.merged, again.archived) == (None, 0, 0)


def test_what_is_archived_is_found_after_its_equals_and_labelled(library: Library) -> None:
    library.facts.tell("the old pump stands in the yard")
    library.facts.tell("the new pump stands in the barn", options=TellOptions(strength=0.4))
    library.memory.consolidate(prune_below=0.5)
    found = library.facts.recall("pump")
    assert [(fact.text[4:7], fact.archived) for fact in found] == [("old", False), ("new", True)]
    answer = library.facts.value("where does the new pump stand?")
    assert answer is not None
    assert "barn" in answer.shown
    # It was of use: it counts again.
    assert library.memory.strengthen("new pump").touched == 1
    assert len(library.facts.list()) == 2


def test_undoing_brings_everything_back(library: Library) -> None:
    library.facts.tell("The mill is owned by Ada.", source="Ben", at="2020-01-01")
    library.facts.tell(
        "The mill is owned by Ada!", source="Cleo", options=TellOptions(again=True, strength=3)
    )
    library.facts.tell("The mill is owned by Ada.", options=TellOptions(again=True))
    library.facts.tell(
        "The barn is red. The mill is owned by Ada.", options=TellOptions(again=True)
    )
    library.facts.tell("Dora sold a goat.", options=TellOptions(strength=0.01, salience=0.9))
    library.facts.recall("barn")
    before = told(library)
    links = library.graph.links("mill is owned", kind="together")
    assert links
    done = library.memory.consolidate(prune_below=0.05)
    assert (done.merged, done.archived) == (3, 1)
    fact = only([fact for fact in library.facts.list() if "Ada" in fact.text])
    assert fact.sources == ("Ben", "Cleo")
    assert library.memory.link("mill is owned", "barn") > 0
    undone = library.undo("consolidation")
    assert (undone.merged, undone.archived) == (3, 1)
    after = told(library)
    assert [row[:-1] for row in after] == [row[:-1] for row in before]
    for one, other in zip(after, before, strict=True):
        assert one[-1] == pytest.approx(other[-1], abs=0.01)
    assert library.memory.link("mill is owned", "barn") == pytest.approx(links[0].weight, abs=0.01)
    assert library.verify().sound
    with pytest.raises(NotFoundError):
        library.undo("consolidation")


def test_what_was_used_since_keeps_that_when_it_is_undone(library: Library) -> None:
    for _ in range(3):
        library.facts.tell("the harbour master is Quint", options=TellOptions(again=True))
    library.memory.consolidate()
    library.memory.strengthen("Quint", amount=2)
    library.undo("consolidation")
    assert sorted(round(fact.strength, 2) for fact in library.facts.list()) == [1, 1, 3]


def test_what_held_in_between_keeps_its_answers_apart(library: Library) -> None:
    library.facts.tell("the rent is 900", at="2020-01-01")
    library.facts.tell("the rent is 900", at="2020-03-01", options=TellOptions(again=True))
    library.facts.tell("the rent is 950", at="2020-05-01")
    library.facts.tell("the rent is 900", at="2020-07-01", options=TellOptions(again=True))
    times = ["2020-01-15", "2020-04-01", "2020-06-01", "2020-08-01"]

    def answers() -> list[str | None]:
        found = [library.facts.value("what is the rent?", as_of=time) for time in times]
        return [None if each is None else each.value for each in found]

    assert answers() == ["900", "900", "950", "900"]
    assert library.memory.consolidate().merged == 1
    assert answers() == ["900", "900", "950", "900"]
    assert [fact.text[-3:] for fact in library.facts.history("rent")] == ["900", "950", "900"]


def test_a_denial_in_between_keeps_them_apart(library: Library) -> None:
    library.facts.tell("Ada likes tea")
    library.facts.tell("Ada does not like tea")
    library.facts.tell("Ada likes tea", options=TellOptions(again=True))
    assert library.memory.consolidate().merged == 0


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ada owns the mill.", "Ada owns the mill!", True),
        ("the harbour master is Quint", "Harbour master is Quint", True),
        ("Ben owes Ada 5 euros", "Ada owes Ben 5 euros", False),
        ("the gate is locked", "the gate is not locked", False),
        ("maybe the gate is locked", "the gate is locked", False),
        ("the code is 1234", "the code is 1243", False),
        ("Ada bit the dog", "The dog bit Ada", False),
        ("shelf a holds jar b", "shelf b holds jar a", False),
    ],
)
def test_only_what_says_the_same_is_merged(
    library: Library, one: str, other: str, same: bool
) -> None:
    library.facts.tell(one)
    library.facts.tell(other, options=TellOptions(again=True))
    assert library.memory.consolidate().merged == int(same)


def test_facts_of_other_kinds_or_that_were_edited_stay_apart(library: Library) -> None:
    library.facts.tell("call the plumber")
    library.facts.tell("call the plumber", options=TellOptions(kind="todo", again=True))
    library.facts.tell("the vet is Dr. Ode")
    first = library.facts.list()[0]
    library.facts.edit(first.id, "the vet is Dr. Oda")
    library.facts.tell("the vet is Dr. Oda", options=TellOptions(again=True))
    assert library.memory.consolidate().merged == 0


def test_self_pinned_and_just_recalled_facts_are_not_archived(
    library: Library, clock: Clock
) -> None:
    library.facts.tell("my name is Ines")
    library.facts.tell("I am Ines Holm")
    library.facts.tell("I'm Ines from Oslo")
    library.facts.tell("the deed is in the box", options=TellOptions(pinned=True))
    library.facts.tell("the spare pump is at Jonsson's")
    library.facts.tell("a crow sat on the fence")
    clock.now += 3000 * DAY
    library.facts.recall("spare pump")
    assert library.memory.consolidate(prune_below=0.9).faded == ("a crow sat on the fence",)
    assert library.undo("consolidation").archived == 1
    assert library.redo().archived == 1
    clock.now += 3000 * DAY
    assert library.memory.consolidate(prune_below=0.9).faded == ("the spare pump is at Jonsson's",)
    assert library.undo("consolidation").archived == 1
    assert library.undo("consolidation").archived == 1
    assert len(library.facts.list()) == 6


def test_without_a_threshold_nothing_is_archived(library: Library, clock: Clock) -> None:
    library.facts.tell("the deed is in the iron box")
    for _ in range(6):
        clock.now += 180 * DAY
        library.memory.consolidate()
    assert library.stats().facts == 1
    for wrong in (-1, float("nan"), float("inf")):
        with pytest.raises(UsageError):
            library.memory.consolidate(prune_below=wrong)
    with pytest.raises(NotFoundError):
        library.memory.consolidate("nowhere")


def test_scopes_are_consolidated_alone(library: Library) -> None:
    for scope in (None, "one", "two"):
        for _ in range(2):
            library.facts.tell(
                "the cat is black", collection=scope, options=TellOptions(again=True)
            )
    assert library.memory.consolidate("one").merged == 1
    assert [len(library.facts.list(collection=scope)) for scope in (None, "one", "two")] == [
        2,
        1,
        2,
    ]
    with pytest.raises(NotFoundError):
        library.undo("consolidation", collection="two")
    assert library.undo("consolidation", collection="one").merged == 1


def test_what_was_merged_is_forgotten_with_what_it_went_into(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "a.brain"
    with Library.open(path, clock=clock) as library:
        for source in ("Zebulon", "Ada"):
            library.facts.tell(
                "the password is xyzzy", source=source, options=TellOptions(again=True)
            )
        library.memory.consolidate()
        library.facts.forget(None, source="Zebulon")
        assert library.facts.forget("xyzzy").forgotten == 1
        with pytest.raises(NotFoundError):
            library.undo("consolidation")
        assert library.facts.list() == []
    data = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"xyzzy" not in data
    assert b"Zebulon" not in data


def test_stopping_changes_nothing(library: Library) -> None:
    for _ in range(3):
        library.facts.tell("the cat is black", options=TellOptions(again=True))
    cancel = Cancel()
    cancel.set()
    with pytest.raises(Cancelled):
        library.memory.consolidate(cancel=cancel)
    assert len(library.facts.list()) == 3


_SAID = st.tuples(
    st.sampled_from(["the rent is 900", "The rent is 900.", "the rent is 950", "Ada likes tea",
                     "Ada does not like tea", "the cat is black"]),
    st.sampled_from([None, "2020-01-01", "2021-01-01"]),
    st.sampled_from([None, "Ben", "Cleo"]),
)  # fmt: skip


@pytest.mark.slow
@settings(max_examples=25)
@given(st.lists(_SAID, max_size=8))
def test_no_answer_changes_by_it_and_undoing_restores_all(
    said: list[tuple[str, str | None, str | None]],
) -> None:
    questions = ["what is the rent?", "does Ada like tea?", "what colour is the cat?"]
    times = [None, "2020-06-01", "2021-06-01"]
    with Library.open(":memory:", clock=Clock(step=1)) as library:
        for text, at, source in said:
            library.facts.tell(text, at=at, source=source, options=TellOptions(again=True))

        def answers() -> list[str | None]:
            found = [library.facts.value(q, as_of=time) for q in questions for time in times]
            return [None if each is None else each.value for each in found]

        before, facts = answers(), told(library)
        done = library.memory.consolidate()
        assert answers() == before
        assert len(library.facts.list()) == len(said) - done.merged
        if done.run is not None:
            library.undo("consolidation")
        assert [row[:4] for row in told(library)] == [row[:4] for row in facts]
        assert answers() == before
        assert library.verify().sound
