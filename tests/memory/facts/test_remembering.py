"""Remembering, what is newer, who said it, and forgetting; all through the library's doors."""

import sqlite3
import string
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.errors import NotFoundError, UsageError
from workbench.library import Library
from workbench.library.options import TellOptions


def said(library: Library, question: str, collection: str | None = None) -> str | None:
    """The value alone."""
    found = library.facts.value(question, collection=collection)
    return None if found is None else found.value


@pytest.mark.parametrize(
    ("told", "question", "now", "before"),
    [
        (["my plan is basic", "I upgraded my plan to gold"], "what is my plan?", "gold", "basic"),
        (
            ["my plan is basic", "last week my plan was upgraded and is now gold"],
            "what is my plan?",
            "gold",
            "basic",
        ),
        (["the rent is 900", "update: the rent is 950"], "what is the rent?", "950", "900"),
        (["Nora lives in Lyon", "Nora lives in Nantes"], "where does Nora live?", "Nantes", "Lyon"),
        (
            ["the standup is at 9:15", "the standup moved from 9:15 to 10:30"],
            "when is the standup?",
            "10:30",
            "9:15",
        ),
    ],
)
def test_the_newer_statement_counts_and_the_older_stays_known(
    told: list[str], question: str, now: str, before: str
) -> None:
    with Library.open(":memory:") as library:
        for sentence in told:
            library.facts.tell(sentence)
        assert said(library, question) == now
        assert said(library, f"{question.rstrip('?')} before?") == before
        assert [fact.current for fact in library.facts.history(told[0])] == [False, True]


def test_a_newer_statement_takes_nothing_from_its_neighbours() -> None:
    with Library.open(":memory:") as library:
        for text in (
            "the blue door code is 1",
            "the red door code is 2",
            "the blue door code is 3",
        ):
            library.facts.tell(text)
        assert said(library, "what is the red door code?") == "2"
        assert said(library, "what is the blue door code?") == "3"
        assert [f.current for f in library.facts.list()] == [True, True, False]


def test_who_reported_to_somebody_once_does_not_any_more() -> None:
    with Library.open(":memory:") as library:
        library.facts.tell("Sven reports to Mia")
        library.facts.tell("the manager of Sven is Jo")
        assert said(library, "who is Sven's manager?") == "Jo"
        assert said(library, "who reports to Mia?") is None


def test_what_is_denied_later_is_no_answer() -> None:
    with Library.open(":memory:") as library:
        library.facts.tell("Ravi works at Nokia")
        library.facts.tell("Ravi no longer works at Nokia")
        assert said(library, "where does Ravi work?") is None
        assert said(library, "who works at Nokia?") is None
        assert said(library, "does Ravi work at Nokia?") == "no"
        library.facts.tell("Ravi works at Nokia again")
        assert said(library, "where does Ravi work?") == "Nokia"


def test_the_first_value_again_counts_again() -> None:
    with Library.open(":memory:") as library:
        made = [
            library.facts.tell(f"the target is {place}")
            for place in ("staging", "production", "staging", "staging")
        ]
        assert [len(each.new) for each in made] == [1, 1, 1, 0]
        assert said(library, "what is the target?") == "staging"


def test_a_time_decides_what_is_newer_and_what_held_then() -> None:
    with Library.open(":memory:") as library:
        library.facts.tell("the rent is 950", at="2026-07-01T00:00:00")
        library.facts.tell("the rent is 900", at="2026-01-01")
        assert said(library, "what is the rent?") == "950"
        then = library.facts.value("what is the rent?", as_of="2026-03-01")
        assert then is not None
        assert then.value == "900"
        assert library.facts.value("what is the rent?", as_of="2025-03-01") is None
        assert [fact.text[-3:] for fact in library.facts.history("rent")] == ["900", "950"]
        with pytest.raises(UsageError):
            library.facts.tell("the rent is 980", at="next spring")


def test_the_same_in_other_letters_is_one_fact_with_two_who_said_it() -> None:
    with Library.open(":memory:") as library:
        library.facts.tell("Lund prints labels.", source="a.txt")
        again = library.facts.tell("lund  prints LABELS", source="b.txt")
        assert (again.new, len(again.known)) == ((), 1)
        (fact,) = library.facts.list()
        assert fact.sources == ("a.txt", "b.txt")


def test_forgetting_a_source_leaves_what_others_said() -> None:
    with Library.open(":memory:") as library:
        library.facts.tell("Lund prints labels. The mill is in Osby.", source="a.txt")
        library.facts.tell("Lund prints labels. The press is new.", source="b.txt")
        gone = library.facts.forget(None, source="a.txt")
        assert (gone.forgotten, gone.remaining) == (1, 2)
        assert {fact.sources for fact in library.facts.list()} == {("b.txt",)}


def test_a_source_read_again_gives_what_it_says_now() -> None:
    with Library.open(":memory:") as library:
        library.facts.tell(
            "The mill is in Osby. Ben bottles oil.",
            source="a.txt",
            options=TellOptions(replace=True),
        )
        library.facts.tell(
            "Ben bottles oil. The mill is in Lund.",
            source="a.txt",
            options=TellOptions(replace=True),
        )
        assert {f.text for f in library.facts.list()} == {
            "Ben bottles oil.",
            "The mill is in Lund.",
        }
        library.facts.tell("", source="a.txt", options=TellOptions(replace=True))
        assert len(library.facts.list()) == 0


def test_scopes_know_nothing_of_each_other() -> None:
    with Library.open(":memory:") as library:
        library.facts.tell("the safe code is 1", collection="team:a/🎈")
        library.facts.tell("the safe code is 2")
        assert said(library, "what is the safe code?", "team:a/🎈") == "1"
        assert said(library, "what is the safe code?") == "2"
        assert said(library, "what is the safe code?", "team:b") is None
        assert library.facts.recall("safe code", collection="nowhere") == []
        assert [row.collection for row in library.collections.scopes()] == [None, "team:a/🎈"]
        with pytest.raises(NotFoundError):
            library.facts.forget("safe", collection="team:b")


def test_the_facts_of_a_removed_collection_become_the_librarys_own() -> None:
    with Library.open(":memory:") as library:
        library.facts.tell("the safe code is 1", collection="team")
        library.collections.remove("team")
        assert said(library, "what is the safe code?") == "1"
        assert library.facts.recall("safe")[0].text == "the safe code is 1"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (" \t\n ", "empty"),
        ("?!…", "empty"),
        ("ok thanks", "chatter"),
        ("asdf qwer zxcv", "chatter"),
        ("lkjh fdsa poiu", "chatter"),
        ("what is my plan?", "question"),
        ("what is my plan", "question"),
        ("is my plan pro", "question"),
    ],
)
def test_what_is_not_stored_is_said(text: str, reason: str) -> None:
    with Library.open(":memory:") as library:
        made = library.facts.tell(text)
        assert (made.new, [left.reason for left in made.left]) == ((), [reason])
        assert len(library.facts.list()) == 0


def test_statements_beside_a_question_are_kept() -> None:
    with Library.open(":memory:") as library:
        made = library.facts.tell("My dog is called Pixel. What is your name? Pixel is four.")
        assert (len(made.new), [left.text for left in made.left]) == (2, ["What is your name?"])


def test_forget_takes_whole_words_in_their_order() -> None:
    with Library.open(":memory:") as library:
        for text in ("my plan is pro", "my favourite planet is Saturn", "the pro plan is dear"):
            library.facts.tell(text)
        assert library.facts.forget("PLAN is").forgotten == 2
        assert [fact.text for fact in library.facts.list()] == ["my favourite planet is Saturn"]
        assert library.facts.forget("plan").forgotten == 0
        for nothing in ("", "  ", "?!"):
            with pytest.raises(UsageError):
                library.facts.forget(nothing)
        with pytest.raises(UsageError):
            library.facts.forget(None)
        assert library.facts.forget(None, everything=True).remaining == 0


def test_forgetting_the_newer_brings_back_the_older() -> None:
    with Library.open(":memory:") as library:
        library.facts.tell("the pin is 1111")
        library.facts.tell("the pin is 2222")
        library.facts.forget("2222")
        assert said(library, "what is the pin?") == "1111"


def test_nothing_of_what_was_forgotten_is_left_in_the_files(tmp_path: Path) -> None:
    file = tmp_path / "library.brain"
    with Library.open(file) as library:
        library.facts.tell("the zymurgist is Ottokar")
        assert library.facts.forget("zymurgist").clean
    for part in tmp_path.iterdir():
        assert b"Ottokar" not in part.read_bytes()


def test_facts_are_there_at_once_for_another_process_and_after_a_restart(tmp_path: Path) -> None:
    file = tmp_path / "library.brain"
    with Library.open(file) as one, Library.open(file) as other:
        one.facts.tell("the hat is maroon")
        assert said(other, "what is the hat?") == "maroon"
        other.facts.tell("the hat is ivory")
        assert said(one, "what is the hat?") == "ivory"
    with Library.open(file) as again:
        assert said(again, "what is the hat?") == "ivory"
        assert again.verify().sound


@pytest.mark.slow
def test_books_are_as_they_were_beside_facts(tmp_path: Path) -> None:
    book = tmp_path / "book.txt"
    book.write_text("The lamp of Cape Aravis burned rape oil until 1904.\n" * 3, encoding="utf-8")
    with Library.open(tmp_path / "library.brain") as library:
        library.facts.tell("the lamp of Cape Aravis burned whale oil")
        library.add(book)
        library.facts.tell("the keeper of Cape Aravis is Maslin", collection="notes")
        (source,) = library.sources.list()
        answer = library.ask("What oil did the lamp of Cape Aravis burn?")
        assert {each.source.id for each in answer.evidence} == {source.id}
        assert "whale" not in " ".join(each.quote for each in answer.evidence)
        assert library.verify().sound
        assert library.verify(repair=True).problems == ()
        assert library.sources.delete([source.id])
        assert (len(library.facts.list()), len(library.facts.list(collection="notes"))) == (1, 1)
        assert library.verify().sound


def test_verify_sees_facts_that_are_not_whole(tmp_path: Path) -> None:
    file = tmp_path / "library.brain"
    with Library.open(file) as library:
        library.facts.tell("the hat is ivory")
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE fact SET told = told + 1")
        connection.execute("INSERT INTO engram(kind, start, end, text) VALUES ('fact', 0, 1, 'x')")
    connection.close()
    with Library.open(file) as library:
        problems = library.verify().problems
    for told in ("is not as it was written", "in no scope"):
        assert any(told in problem for problem in problems), problems
    assert len(problems) == 2


_NAMES = st.text(string.ascii_lowercase, min_size=4, max_size=12).filter(
    lambda name: name.isalpha() and not name.endswith(("s", "ed", "ing", "er", "or"))
)
_VALUES = st.from_regex(r"[A-Z]{1,3}[0-9]{1,6}(-[a-z0-9]{1,8}){0,3}", fullmatch=True)


@pytest.mark.slow
@settings(max_examples=30)
@given(st.dictionaries(_NAMES.map(lambda name: f"{name}x7"), _VALUES, min_size=1, max_size=12))
def test_every_label_gives_its_own_value(labels: dict[str, str]) -> None:
    with Library.open(":memory:") as library:
        library.facts.tell(
            "\n".join(f"the {name} code is {value}" for name, value in labels.items())
        )
        for name, value in labels.items():
            assert said(library, f"what is the {name} code?") == value
        assert said(library, "what is the absent9 code?") is None


@pytest.mark.slow
@settings(max_examples=60)
@given(st.text(max_size=300))
def test_any_text_is_stored_or_left_and_never_an_error(text: str) -> None:
    with Library.open(":memory:") as library:
        made = library.facts.tell(text)
        assert made.new or made.left
        assert len(library.facts.list()) == len(made.new)
        library.facts.value(text)
        library.facts.recall(text)
        library.facts.history(text)
        assert library.verify().sound


def test_a_thousand_sentences_in_one_call_are_a_thousand_facts() -> None:
    with Library.open(":memory:") as library:
        made = library.facts.tell(" ".join(f"Shelf s{i} holds jar j{3 * i}." for i in range(1000)))
        assert len(made.new) == 1000
        assert said(library, "what does shelf s999 hold?") == "jar j2997"


@pytest.mark.slow
def test_a_long_note_of_one_word_is_no_burden_and_not_lost() -> None:
    with Library.open(":memory:") as library:
        made = library.facts.tell("barley " * 30_000 + "\x00\x1b\udcff" + "x" * 200_000)
        assert made.new
        assert made.left
        assert library.facts.forget("barley barley").forgotten == len(made.new)


def test_recall_has_the_newest_of_equals_first() -> None:
    with Library.open(":memory:") as library:
        for hour in ("9:15", "10:30", "11:45"):
            library.facts.tell(f"the standup is at {hour}")
        library.facts.tell("the canteen serves soup")
        found = library.facts.recall("when is the standup?", limit=2)
        assert [fact.text[-5:] for fact in found] == ["11:45", "10:30"]
        assert [fact.current for fact in found] == [True, False]
        assert library.facts.recall("hooplah quuxly") == []


def test_the_library_takes_the_time_from_the_clock_it_is_given() -> None:
    now = 1_000_000_000.0
    with Library.open(":memory:", clock=lambda: now) as library:
        library.facts.tell("the rent is 900")
        now += 3600
        library.facts.tell("the rent is 950")
        assert [fact.told for fact in library.facts.history("rent")] == [now - 3600, now]
        assert [fact.at for fact in library.facts.history("rent")] == [now - 3600, now]


def test_what_one_text_says_again_later_is_new_and_not_known_as_well(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("workbench.memory.facts.remembering._PART", 4)
    lines = [f"The price of item {n} is {n + 7} crowns." for n in range(10)]
    with Library.open(":memory:") as library:
        told = library.facts.tell("\n".join([*lines, *lines[:3]]))
        assert (len(told.new), told.known) == (10, ())
        once_more = library.facts.tell(lines[0])
        assert (once_more.new, once_more.known) == ((), told.new[:1])
