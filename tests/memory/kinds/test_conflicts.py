"""Contradictions: found, listed, settled and undone, through the library's doors."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import NotFoundError, UsageError
from workbench.library import Library
from workbench.library.options import RecallOptions, TellOptions
from workbench.memory.claims.claim_set import ClaimSet, Statement
from workbench.memory.claims.contradictions import contradiction


def pairs(library: Library, *texts: str) -> list[tuple[str, str]]:
    """What contradicts each other of these, in a scope of their own."""
    scope = texts[0]
    for text in texts:
        library.facts.tell(text, collection=scope)
    return [(each.older.text, each.newer.text) for each in library.facts.conflicts(scope)]


@pytest.mark.slow
@pytest.mark.parametrize(
    "texts",
    [
        ("We use Redis for the cart cache.", "We use Memcached for the cart cache."),
        ("For the cart cache we use Redis.", "We use Memcached for the cart caches."),
        ("We use Redis as our cache.", "We use Memcached as our cache."),
        ("We are using Redis for carts.", "We’re using Memcached for carts."),
        ("We use make to build the docs.", "We use ninja to build the docs."),
        ("We chose Python for the backend.", "We decided to use Go for the backend."),
        ("The release is scheduled for May.", "The release is scheduled for June."),
        ("The backend is written in Go.", "The backend is written in Python."),
        ("We store orders in PostgreSQL.", "We store orders in MySQL."),
        ("Ann uses Slack for chat.", "Ann uses Zoom for chat."),
        ("The cellar is damp in May.", "The cellar is not damp in May."),
        ("We don't use Redis for carts.", "We use Redis for carts."),
        ("The foreman is Brandt.", "The foreman is Oduya."),
        ("The gate is open.", "The gate is closed."),
        ("The shop opens at 9.", "The shop opens at 10."),
        ("The meeting is on Friday.", "The meeting is on Monday."),
    ],
)
def test_what_cannot_both_be_is_a_contradiction(texts: tuple[str, str]) -> None:
    with Library.open(":memory:") as library:
        assert pairs(library, *texts) == [texts]


@pytest.mark.slow
@pytest.mark.parametrize(
    "texts",
    [
        ("We use rye for bread.", "We use wheat for cake."),
        ("Ann uses Slack for chat.", "Bob uses Teams for chat."),
        ("We use rye for bread.", "We use rye and wheat for bread."),
        ("We use rye for bread.", "We also use spelt for bread."),
        ("We used oats for bread.", "We use rye for bread."),
        ("We use PostgreSQL for carts.", "We use PostgreSQL 15 for carts."),
        ("We use glue for job 4 of hall 6.", "We use nails for job 6 of hall 4."),
        ("We use Slack.", "We use a hammer."),
        ("We use rye for the bread.", "We use wheat for the cake."),
        ("We use rye and wheat for bread.", "We use rye for bread."),
        ("We use Redis for carts.", "We switched to Memcached for carts."),
        ("We use Redis for carts.", "We’re now using Memcached for carts."),
        ("The gate is open.", "The gate has been closed."),
        ("Ann wrote a book in Paris.", "Ann wrote a book in Rome."),
        ("We use make to build the docs.", "We use vim to edit the docs."),
        ("We use the wiki for notes.", "We use a wiki for notes."),
        ("Ines drives the van.", "Oskar drives the van."),
        ("The dog is big.", "The dog is brown.", "The dog is old."),
        ("The meeting is on Friday.", "The meeting is at noon."),
        ("error: the disk is full", "error: the net is down"),
        ("TODO: oil the hinge", "TODO: mend the roof"),
        ("The foreman is Brandt.", "The foreman is Brandt!"),
    ],
)
def test_what_can_both_be_is_none(texts: tuple[str, ...]) -> None:
    with Library.open(":memory:") as library:
        assert pairs(library, *texts) == []


def test_only_the_last_change_of_a_thing_is_open_whatever_was_looked_at_when() -> None:
    with Library.open(":memory:") as library:
        first = pairs(library, "The foreman is Brandt.", "The foreman is Oduya.")
        assert len(first) == 1
        library.facts.tell("The foreman is Lund.", collection="The foreman is Brandt.")
        library.facts.tell(
            "The foreman is Ines.", collection="The foreman is Brandt.", at="2020-01-01"
        )
        (only,) = library.facts.conflicts("The foreman is Brandt.")
        assert (only.older.text, only.newer.text) == (
            "The foreman is Oduya.", "The foreman is Lund.",
        )  # fmt: skip
        library.facts.tell("The foreman is Ken.", collection="elsewhere")
        assert library.facts.conflicts("elsewhere") == []
        assert library.facts.conflicts("nowhere") == []


def test_each_way_of_settling_it_and_undoing_that(tmp_path: Path) -> None:
    place = tmp_path / "a.brain"
    with Library.open(place) as library:
        library.facts.tell("The well water is safe to drink.", options=TellOptions(tags=["well"]))
        library.facts.tell("The well water is not safe to drink.")
        (found,) = library.facts.conflicts()
        ids = found.older.id, found.newer.id
        with pytest.raises(UsageError):
            library.facts.resolve(*ids, keep="neither")
        with pytest.raises(UsageError):
            library.facts.resolve(*ids, keep="open")
        with pytest.raises(NotFoundError):
            library.facts.resolve(ids[0], 4711, keep="newer")
        assert library.facts.resolve(*ids, keep="older").state == "older"
    with Library.open(place) as library:
        assert said(library) == "yes"
        assert library.facts.conflicts() == []
        assert [each.state for each in library.facts.conflicts(settled=True)] == ["older"]
        assert len(library.facts.history("well water")) == 3
        held = library.facts.get("is safe").info
        assert held is not None
        assert held.tags == ("well",)
        with pytest.raises(UsageError):
            library.facts.resolve(*ids, keep="newer")
        assert library.facts.resolve(*ids, keep="open").state == "open"
        assert said(library) == "no"
        assert len(library.facts.list()) == 2
        library.facts.resolve(*ids, keep="newer")
        assert library.facts.conflicts() == []
        assert said(library) == "no"
        library.facts.resolve(*ids, keep="open")
        library.facts.resolve(*ids, keep="both")
        assert [fact.current for fact in library.facts.history("well water")] == [True, True]
        library.facts.forget("not safe")
        assert library.facts.conflicts(settled=True) == []


def said(library: Library) -> str:
    """Whether the water is safe."""
    found = library.facts.value("is the well water safe to drink?")
    assert found is not None
    return found.shown


def test_the_newer_choice_answers_and_the_older_one_does_as_of_before() -> None:
    now = [1_800_000_000.0]
    with Library.open(":memory:", clock=lambda: now[0]) as library:
        library.facts.tell("We use PostgreSQL for the orders database.")
        now[0] += 86_400
        then = now[0]
        now[0] += 86_400
        library.facts.tell("We use MySQL for the orders database.")
        question = "what do we use for the orders database?"
        answer = library.ask(question)
        assert answer.value == "MySQL"
        before = library.ask(question, as_of=then)
        assert (before.value, before.scope["as_of"]) == ("PostgreSQL", then)
        assert library.ask(question, as_of="2020-01-01").value is None
        assert len(library.facts.recall("orders database")) == 2
        assert len(library.facts.recall("orders database", as_of=then)) == 1
        assert len(library.facts.history("orders database", as_of=then)) == 1
        with pytest.raises(UsageError):
            library.ask(question, as_of="someday")
        (found,) = library.facts.conflicts()
        assert found.kind == "choice"
        library.facts.resolve(found.older.id, found.newer.id, keep="older")
        later = library.facts.value(question)
        assert later is not None
        assert later.value == "PostgreSQL"
        assert library.facts.conflicts() == []


def test_facts_as_they_were_then_hold_though_something_newer_came() -> None:
    with Library.open(":memory:") as library:
        library.facts.tell("The foreman is Brandt.", at="2026-01-10")
        library.facts.tell("The foreman is Oduya.", at="2026-05-02")
        (then,) = library.facts.recall("foreman", as_of="2026-03-01")
        assert then.current
        (told,) = library.facts.history("foreman", as_of="2026-03-01")
        assert told.current
        (across,) = library.facts.recall(
            "foreman", as_of="2026-03-01", options=RecallOptions(across=True)
        )
        assert across.text == "The foreman is Brandt."
        library.facts.tell("Brandt owns the mill.", at="2026-02-01")
        near = {each.fact.text for each in library.facts.associate("foreman", as_of="2026-03-01")}
        assert near == {"The foreman is Brandt.", "Brandt owns the mill."}
        assert library.facts.associate("foreman", as_of="2025-03-01") == []


def test_a_library_that_can_only_be_read_tells_what_it_finds(tmp_path: Path) -> None:
    place = tmp_path / "a.brain"
    with Library.open(place) as library:
        library.facts.tell("The gate is open.")
        library.facts.tell("The gate is closed.")
    with Library.open(place, read_only=True) as library:
        assert len(library.facts.conflicts()) == 1
        assert len(library.facts.conflicts()) == 1


@given(st.text(max_size=120))
def test_no_statement_contradicts_itself(text: str) -> None:
    statement = f"We use {text} for {text}"
    claims = ClaimSet([Statement(1, statement, 1.0), Statement(2, statement, 2.0)]).claims
    for one in claims:
        for other in claims:
            if one.claim == other.claim:
                assert contradiction(one, other) is None
