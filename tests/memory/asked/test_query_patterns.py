"""What is asked together is learned from asking, suggested, and forgotten on demand."""

import sqlite3
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.clock import Clock
from workbench.errors import UsageError
from workbench.library import Library
from workbench.memory.asked.patterns import topics
from workbench.store import questions as rows

HOUR = 3600.0


def ask(library: Library, clock: Clock, *cues: str, times: int = 3, apart: float = 60.0) -> None:
    """Recall these one after the other, again and again, hours apart."""
    for _ in range(times):
        for cue in cues:
            library.facts.recall(cue)
            clock.now += apart
        clock.now += 2 * HOUR


def suggested(library: Library, question: str, collection: str | None = None) -> list[str]:
    return [each.topic for each in library.memory.suggest(question, collection=collection)]


def _names(text: str) -> list[str]:
    return [topic.name for topic in topics(text)]


# -- topics ----------------------------------------------------------------------------------------


def test_topics_are_the_words_that_say_something_and_whole_names(library: Library) -> None:
    assert _names("authentication jwt tokens") == ["authentication", "jwt", "tokens"]
    assert _names("What did Isaac Newton say about gravity?") == [
        "Isaac Newton",
        "gravity",
    ]
    assert _names("Compare Newton's laws with Emmy Noether's, in GitHub Actions") == [
        "newton",
        "laws",
        "Emmy Noether",
        "GitHub Actions",
    ]
    assert _names("WHERE IS THE NEW PLAN?") == ["new", "plan"]
    assert _names("how?") == []
    assert _names("认证 令牌") == ["认证", "令牌"]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=2000))
def test_topics_are_few_short_and_each_once(text: str) -> None:
    found = topics(text)
    assert len(found) <= 8
    assert len({topic.key for topic in found}) == len(found)
    assert all(topic.key and len(topic.name) <= 60 for topic in found)


# -- patterns --------------------------------------------------------------------------------------


def test_what_follows_three_times_is_suggested_in_that_direction(
    library: Library, clock: Clock
) -> None:
    ask(library, clock, "authentication tokens", "middleware routing", times=2)
    assert library.memory.suggest("authentication") == []
    ask(library, clock, "authentication tokens", "middleware routing", times=1)
    assert suggested(library, "authentication") == ["middleware", "routing"]
    assert suggested(library, "how do tokens work?") == ["middleware", "routing"]
    assert library.memory.suggest("middleware") == []
    (first, *_) = library.memory.suggest(limit=100)
    assert (first.times, first.after) == (3, "authentication")


def test_what_is_asked_ten_minutes_later_does_not_follow(library: Library, clock: Clock) -> None:
    ask(library, clock, "rent", "plumber", apart=601.0)
    ask(library, clock, "garden", "tulips", apart=600.0)
    assert library.memory.suggest("rent") == []
    assert suggested(library, "garden") == ["tulips"]


def test_asking_the_same_again_makes_no_pattern(library: Library, clock: Clock) -> None:
    ask(library, clock, "authentication tokens", "authentication tokens", "tokens", times=5)
    assert library.memory.suggest(limit=100) == []


def test_scopes_learn_apart_even_where_nothing_was_told(library: Library, clock: Clock) -> None:
    for _ in range(3):
        library.facts.recall("rent", collection="Home")
        library.facts.recall("plumber", collection="home")
        library.facts.recall("tulips")
        clock.now += HOUR
    assert suggested(library, "rent", "HOME") == ["plumber"]
    assert library.memory.suggest("rent") == []
    assert library.collections.list() == []


def test_every_way_of_asking_counts(library: Library, clock: Clock) -> None:
    library.facts.tell("The plumber is called Ines Roth.\nThe rent is 900 euros.")
    library.facts.tell("Olaf repairs the boiler.")
    for _ in range(3):
        library.ask("what is the rent?")
        clock.now += 400
        library.facts.reflex("plumber")
        clock.now += 400
        library.turn("who repairs the boiler?")
        clock.now += 400
    assert {"plumber", "boiler"} & set(suggested(library, "rent"))
    assert "boiler" in suggested(library, "plumber")


def test_a_question_that_found_nothing_leaves_no_words(library: Library, clock: Clock) -> None:
    library.facts.tell("The rent is 900 euros.")
    for _ in range(3):
        library.ask("what is the launch phrase?")
        library.facts.value("what is the launch phrase?")
        library.turn("what is the launch phrase?")
        library.facts.value("what is the rent?")
        clock.now += 60
    kept = {row.topic for row in library.memory.suggest(limit=100)} | set(
        suggested(library, "rent")
    )
    assert kept == set()


def test_patterns_outlive_the_program_and_answers_are_what_they_were(
    tmp_path: Path, clock: Clock
) -> None:
    with Library.open(tmp_path / "y.brain", clock=clock) as library:
        library.facts.tell("The middleware checks authentication tokens.\nThe rent is 900 euros.")
        before = [fact.text for fact in library.facts.recall("authentication")]
        ask(library, clock, "authentication", "rent")
        after = [fact.text for fact in library.facts.recall("authentication")]
    assert before == after
    with Library.open(tmp_path / "y.brain", clock=clock) as library:
        assert suggested(library, "authentication") == ["rent"]
    with Library.open(tmp_path / "y.brain", read_only=True) as library:
        library.facts.recall("authentication")
        assert suggested(library, "authentication") == ["rent"]


# -- forgetting ------------------------------------------------------------------------------------


def test_what_was_asked_can_be_forgotten(library: Library, clock: Clock) -> None:
    ask(library, clock, "rent", "plumber")
    assert library.memory.forget_asked() == 1
    assert library.memory.suggest(limit=100) == []
    ask(library, clock, "rent", "plumber")
    library.facts.forget(None, everything=True)
    assert library.memory.suggest(limit=100) == []


def test_forgetting_facts_takes_their_words_out_of_what_is_suggested(
    library: Library, clock: Clock
) -> None:
    library.facts.tell("The diagnosis is gout.\nThe insurance pays for the hospital.")
    ask(library, clock, "insurance", "gout")
    ask(library, clock, "insurance", "hospital")
    assert set(suggested(library, "insurance")) == {"gout", "hospital"}
    library.facts.forget("diagnosis")
    assert suggested(library, "insurance") == ["hospital"]
    assert "gout" not in str(
        library._store.rows("SELECT value FROM meta WHERE key GLOB 'followed:*'")
    )


def test_facts_forgotten_one_by_one_take_their_former_words_along(library: Library) -> None:
    made = library.facts.tell("The password is gooseberry.")
    library.facts.recall("gooseberry")
    changed = library.facts.edit(made.new[0], "The password is raspberry.")
    library.facts.forget([changed.id])
    assert "password" not in str(library._store.rows("SELECT value FROM meta WHERE key = 'asked'"))


def test_a_collection_takes_its_questions_along(library: Library, clock: Clock) -> None:
    library.facts.tell("The rent is 900 euros.", collection="home")
    for _ in range(3):
        library.facts.recall("rent", collection="home")
        library.facts.recall("plumber", collection="home")
        clock.now += HOUR
    assert suggested(library, "rent", "home") == ["plumber"]
    library.collections.change("home", name="House")
    assert suggested(library, "rent", "house") == ["plumber"]
    library.collections.remove("house")
    assert library.memory.suggest("rent", collection="house") == []


def test_it_can_be_switched_off(library: Library, clock: Clock) -> None:
    library.brain.configure(query_patterns=False)
    ask(library, clock, "rent", "plumber")
    assert library.memory.suggest(limit=100) == []
    assert library._store.rows("SELECT value FROM meta WHERE key = 'asked'") == []
    library.brain.configure(query_patterns=None)
    ask(library, clock, "rent", "plumber")
    assert suggested(library, "rent") == ["plumber"]


def test_only_topics_are_kept(library: Library, clock: Clock) -> None:
    library.facts.recall("where did my sister hide the silver spoon")
    library.memory.suggest("spoon")
    kept = str(library._store.rows("SELECT value FROM meta WHERE key = 'asked'")) + str(
        library._store.rows("SELECT value FROM meta WHERE key GLOB 'followed:*'")
    )
    assert "spoon" in kept
    assert "hide the silver" not in kept


def test_halves_of_characters_are_no_trouble(library: Library, clock: Clock) -> None:
    ask(library, clock, "rent \ud800", "plum\udfffber", "plumber")
    assert "plumber" in suggested(library, "rent") or library.memory.suggest(limit=100)
    library.facts.recall("rent", collection="\ud800")
    assert library.memory.suggest("rent", collection="\ud800") == []


def test_a_limit_below_one_is_refused(library: Library) -> None:
    with pytest.raises(UsageError, match="number of topics"):
        library.memory.suggest("rent", limit=0)


def test_more_than_people_ask_is_let_go_and_makes_no_false_pairs(
    library: Library, clock: Clock
) -> None:
    for _ in range(3):
        with library._core.fact_index.strengths._writing:
            library.facts.recall("rent")
            for number in range(100):
                library.facts.recall(f"rent {number}")
        library.memory.suggest("rent")
        library.facts.recall("plumber")
        library.memory.suggest("rent")
        clock.now += HOUR
    assert "plumber" not in {each.topic for each in library.memory.suggest(limit=1000)}


def test_many_threads_and_two_programs_ask_at_once(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "y.brain"
    with Library.open(path, clock=clock) as one, Library.open(path, clock=clock) as other:
        one.facts.recall("rent")
        one.memory.suggest("rent")
        for _ in range(3):
            one.facts.recall("rent")
            one.memory.suggest("rent")
            other.facts.recall("plumber")
            other.memory.suggest("rent")
            clock.now += HOUR
        assert suggested(one, "rent") == suggested(other, "rent") == ["plumber"]
        asking = [
            threading.Thread(target=library.facts.recall, args=(f"topic{number % 3}",))
            for number in range(20)
            for library in (one, other)
        ]
        for thread in asking:
            thread.start()
        for thread in asking:
            thread.join()
        assert one.memory.suggest("rent") == other.memory.suggest("rent")


# -- bounds ----------------------------------------------------------------------------------------


def test_a_topic_has_few_followers_and_few_are_suggested(library: Library, clock: Clock) -> None:
    words = [f"topic{number:02d}" for number in range(30)]
    for _ in range(3):
        for word in words:
            library.facts.recall("garden")
            library.facts.recall(word)
            clock.now += HOUR
            library.memory.suggest(word)
    assert len(library.memory.suggest("garden")) == 5
    assert len(library.memory.suggest("garden", limit=100)) == 20


def test_a_scope_keeps_so_many_pairs_and_the_patterns_first(library: Library) -> None:
    def follow(connection: sqlite3.Connection, key: str, at: float) -> None:
        rows.count_follow_ups(connection, "", [("old", (key, key))], at, per_topic=100, limit=50)

    def fill(connection: sqlite3.Connection) -> None:
        for _ in range(3):
            follow(connection, "often", 0.0)
        for number in range(100):
            follow(connection, f"rare{number}", float(number))

    library._store.write(fill)
    with library._store.read() as connection:
        kept = {row.next for row in rows.followers(connection, "", 1, 99)}
    assert len(kept) == 50
    assert "often" in kept
    assert "rare99" in kept
