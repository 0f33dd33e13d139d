"""Kinds told from the wording, usual expiry, tags and trust, through the library's doors."""

from collections.abc import Iterator

import pytest

from tests.clock import Clock
from workbench.errors import NotFoundError, UsageError
from workbench.library import Library
from workbench.library.options import Marks, RecallOptions, TellOptions
from workbench.memory.facts.marking import NEVER
from workbench.memory.kinds.guessing import guess

DAY = 86_400.0


@pytest.fixture
def clock() -> Clock:
    """What time the library takes it to be."""
    return Clock()


@pytest.fixture
def library(clock: Clock) -> Iterator[Library]:
    """A library that keeps nothing."""
    with Library.open(":memory:", clock=clock) as opened:
        yield opened


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("TODO: oil the hinge", "todo"),
        ("- [ ] to-do: oil the hinge", "todo"),
        ("Don’t forget to oil the hinge", "todo"),
        ("We have finally decided to move the press", "decision"),
        ("Our team agreed on blue lids", "decision"),
        ("Decision (March): blue lids", "decision"),
        ("I’d rather walk", "preference"),
        ("We usually prefer dry corks", "preference"),
        ("It turns out that corks float", "insight"),
        ("Error: the valve sticks", "error"),
        ("ValueError: no such valve", "error"),
        ("To stop the mill: close the sluice, wait, lock the gate", "workflow"),
        ("Reference: https://a.example/manual", "reference"),
        ("The king decided to attack", None),
        ("The error is gone", None),
        ("To be or not to be is a question", None),
        ("We picked apples in the garden", None),
        ("steps: 8000", None),
        ("my plan is pro", None),
        ("", None),
    ],
)
def test_a_kind_is_told_from_the_first_words_or_not_at_all(text: str, kind: str | None) -> None:
    assert guess(text) == kind


def test_every_kind_has_its_usual_expiry_which_can_be_set_and_cleared(
    library: Library, clock: Clock
) -> None:
    library.facts.tell("TODO: oil the hinge. My plan is pro. We decided to move the press.")
    found = {fact.kind: fact for fact in library.facts.list()}
    assert found.keys() == {"todo", "fact", "decision"}
    todo, decision = (
        library.facts.get("oil the hinge").info,
        library.facts.get("move the press").info,
    )
    assert todo is not None
    assert decision is not None
    assert (todo.expires_in_days, decision.expires_in_days) == (30, 90)
    assert found["fact"].expires is None
    clock.days(31)
    assert library.facts.recall("hinge") == []
    assert [
        fact.expired
        for fact in library.facts.recall("hinge", options=RecallOptions(include_expired=True))
    ] == [True]
    late = library.facts.get("hinge").info
    assert late is not None
    assert late.expired
    assert late.expires_in_days == pytest.approx(-1)
    assert library.memory.mark("hinge", Marks(expires_days=2)) == 1
    assert [fact.text for fact in library.facts.recall("hinge")] == ["TODO: oil the hinge."]
    assert library.memory.mark("hinge", Marks(expires_days=NEVER)) == 1
    clock.days(4000)
    assert library.facts.recall("hinge") != []


def test_what_the_user_says_counts_before_what_the_wording_tells(library: Library) -> None:
    library.facts.tell("TODO: oil the hinge", options=TellOptions(kind="fact"))
    library.facts.tell("TODO: paint the shed", options=TellOptions(expires_days=NEVER))
    library.facts.tell("TODO: mend the roof", options=TellOptions(priority=3))
    plain, painted, roof = (library.facts.get(each).info for each in ("hinge", "shed", "roof"))
    assert plain is not None and painted is not None and roof is not None  # noqa: PT018
    assert (plain.type, plain.expires) == ("fact", None)
    assert (painted.type, painted.expires) == ("todo", None)
    assert (roof.type, roof.priority, roof.expires_in_days) == ("todo", 3, 30)
    # Said again by wording alone, it stays what the user made of it.
    library.facts.tell("TODO: oil the hinge")
    again = library.facts.get("hinge").info
    assert again is not None
    assert again.type == "fact"


def test_expiry_in_the_past_and_what_contradicts_itself_is_refused(library: Library) -> None:
    library.facts.tell("the gate is open to 18:00")
    for days in (-3, 0, float("nan")):
        with pytest.raises(UsageError):
            library.memory.mark("gate", Marks(expires_days=days))
    with pytest.raises(UsageError, match="in the past"):
        library.memory.mark("gate", Marks(expires_days=-3))
    with pytest.raises(UsageError, match="pinned"):
        library.facts.tell("the roof is red", options=TellOptions(pinned=True, expires_days=3))
    with pytest.raises(NotFoundError):
        library.facts.get("roof is red")
    library.memory.mark("gate", Marks(expires_days=3))
    with pytest.raises(UsageError, match="expires"):
        library.memory.mark("gate", Marks(pinned=True))
    library.memory.mark("gate", Marks(expires_days=NEVER))
    library.memory.mark("gate", Marks(pinned=True))
    library.facts.tell("TODO: oil the hinge")
    library.memory.mark("hinge", Marks(pinned=True))
    oiled = library.facts.get("hinge").info
    assert oiled is not None
    assert (oiled.pinned, oiled.expires) == (True, None)
    with pytest.raises(UsageError, match="pinned"):
        library.memory.mark("gate", Marks(expires_days=3))
    library.memory.mark("gate", Marks(kind="todo"))
    held = library.facts.get("gate").info
    assert held is not None
    assert (held.type, held.pinned, held.expires) == ("todo", True, None)
    with pytest.raises(UsageError):
        library.memory.mark("gate", Marks(priority=11))
    with pytest.raises(UsageError):
        library.memory.mark("gate", Marks(trust=1.5))
    with pytest.raises(UsageError):
        library.memory.mark("gate", Marks(tags=["  "]))


def test_two_pinned_facts_cannot_contradict_each_other(library: Library) -> None:
    library.facts.tell("The well water is safe to drink.", options=TellOptions(pinned=True))
    library.facts.tell("The well water is not safe to drink.")
    with pytest.raises(UsageError, match="contradicts"):
        library.memory.mark("is not safe", Marks(pinned=True))
    held = library.facts.get("is not safe").info
    assert held is not None
    assert not held.pinned


def test_tags_limit_recall_and_go_along_when_a_fact_is_edited(library: Library) -> None:
    (id,) = library.facts.tell("the hinge squeaks", options=TellOptions(tags=["Barn", "iron"])).new
    library.facts.tell("the hinge of the shed is new", options=TellOptions(tags=["shed"]))
    assert [
        fact.id for fact in library.facts.recall("hinge", options=RecallOptions(tag="barn"))
    ] == [id]
    edited = library.facts.edit(id, "the hinge is oiled")
    held = library.facts.get(edited.id).info
    assert held.tags == ("Barn", "iron")
    library.memory.mark("hinge is oiled", Marks(untag=["IRON"], tags=["barn", "Done"]))
    assert library.facts.get(edited.id).info.tags == ("Barn", "Done")
    assert library.facts.edit(edited.id, None).text == "the hinge squeaks"


def test_trust_is_bounded_by_where_a_memory_comes_from(library: Library) -> None:
    library.facts.tell("the hinge squeaks", options=TellOptions(trust=1))
    library.facts.tell("the roof leaks", source="report.pdf", options=TellOptions(trust=0.9))
    library.facts.tell("the wall leans", source="auto-capture")
    library.facts.tell("the floor is even", options=TellOptions(trust=0.2))
    trust = {
        word: found.trust
        for word in ("hinge", "roof", "wall", "floor")
        if (found := library.facts.get(word).info) is not None
    }
    assert trust == {"hinge": 0.9, "roof": 0.7, "wall": 0.5, "floor": 0.2}


def test_info_finds_notes_as_well_and_says_none_where_there_is_none(library: Library) -> None:
    library.notes.add("instruction", "Answer in short sentences", priority=4)
    found = library.facts.get("short sentences").info
    assert found is not None
    assert (found.type, found.priority, found.strength) == ("instruction", 4, 1.0)
    with pytest.raises(NotFoundError):
        library.facts.get("anything else")
    with pytest.raises(UsageError):
        library.facts.get("…")
    with pytest.raises(NotFoundError):
        library.facts.get(4711)
    with pytest.raises(UsageError):
        library.memory.mark("short sentences", Marks(kind="todo"))
    assert library.memory.mark("short sentences", Marks(tags=["style"], priority=9)) == 1
    marked = library.facts.get("short sentences").info
    assert marked is not None
    assert (marked.type, marked.tags, marked.priority) == ("instruction", ("style",), 9)
    with pytest.raises(UsageError, match="tags"):
        library.facts.tell(
            "Answer in rhymes", options=TellOptions(kind="instruction", tags=["style"])
        )


def test_what_is_said_twice_and_merged_counts_as_long_as_its_last_telling(
    library: Library, clock: Clock
) -> None:
    library.facts.tell("call the plumber", options=TellOptions(kind="todo", tags=["a"]))
    clock.days(10)
    library.facts.tell("call the plumber", options=TellOptions(kind="todo", again=True, tags=["b"]))
    assert library.memory.consolidate().merged == 1
    found = library.facts.get("plumber").info
    assert found is not None
    assert found.expires_in_days == 30
    assert found.tags == ("a", "b")
    library.undo("consolidation")
    assert sorted(round((fact.expires or 0) - clock.now) for fact in library.facts.list()) == [
        20 * 86_400,
        30 * 86_400,
    ]
