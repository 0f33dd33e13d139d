"""Bad input through the doors of the fact memory: nothing is dropped silently, nothing breaks."""

import math
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.errors import UsageError, WorkbenchError
from workbench.library import Library
from workbench.memory.facts.records import Remembered


@pytest.fixture
def library() -> Iterator[Library]:
    with Library.open(":memory:") as opened:
        yield opened


def texts(library: Library, collection: str | None = None) -> list[str]:
    """What is known, in the order of telling."""
    return [fact.text for fact in reversed(library.facts.list(collection=collection))]


def told(made: Remembered) -> bool:
    """Whether anything is said of what became of a text."""
    return bool(made.new or made.known or made.left)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("the cat is grey\r\nthe dog is brown\rthe cow is white\r\n", 3),
        ("the cat is grey\u2028the dog is brown\u2029the cow is white", 3),
        ("the cat is grey\x0bthe dog is brown\x0cthe cow is white\x85the owl is old", 4),
        ("\ufeffthe cat is grey\n\ufeffthe dog is brown", 2),
        ("the cat is grey\n" * 10_000, 1),
    ],
)
def test_lines_end_as_any_system_ends_them(library: Library, text: str, kept: int) -> None:
    made = library.facts.tell(text)
    assert (len(made.new), made.left) == (kept, ())
    assert texts(library)[0] == "the cat is grey"
    answer = library.facts.value("what colour is the cat?") or library.facts.value(
        "how is the cat?"
    )
    assert answer is not None
    assert answer.value == "grey"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("my pl\x00an is \x07pro\x1b[31m", 1),
        ("my name is \ud800Ann\udfff", 1),
        ('he said "my plan is (gold and [ red', 1),
        ("my plan is '); DROP TABLE fact;--", 1),
        ("<script>alert(1)</script> my plan is <b>pro</b>", 1),
        ("שם הכלב שלי הוא רקסי", 1),
        ("\u202ethe goat is black\u202c", 1),
        ("the\u200b key\u200d is 5", 1),
        ("my\u00a0shoe\u00a0size is\u00a043", 1),
        ("\x00\x01\x02", 0),
        ("\ud83d", 0),
        ("!!! ... ??? ;;; ---", 0),
        ("what is my plan?", 0),
        ("", 0),
        (" \n\t\n ", 0),
    ],
)
def test_odd_characters_are_kept_or_told(library: Library, text: str, stored: int) -> None:
    made = library.facts.tell(text)
    assert len(made.new) == stored
    assert told(made)
    assert all(fact.encode() for fact in texts(library))
    for each in (library.facts.value, library.facts.recall, library.facts.history, library.turn):
        each(text)
    assert len(library.facts.list()) == stored


@pytest.mark.slow
def test_ten_megabytes_that_are_no_statement_are_told_in_pieces(library: Library) -> None:
    made = library.facts.tell("x" * 5_000_000)
    assert made.new == ()
    assert sum(len(left.text) for left in made.left) == 5_000_000
    assert library.facts.recall("x" * 1_000_000) == []
    assert library.facts.value("what is " + "x" * 1_000_000 + "?") is None


def test_a_reply_to_a_long_line_stays_short(library: Library) -> None:
    done = library.turn("x" * 200_000)
    assert done.kind == "unknown"
    assert len(done.text) < 1000
    assert sum(len(left.text) for left in done.replies[0].left) == 200_000


@pytest.mark.slow
def test_a_hundred_thousand_sentences_in_one_call(tmp_path: Path) -> None:
    with Library.open(tmp_path / "many.brain") as library:
        made = library.facts.tell(
            "\n".join(f"the code of room {number} is {number * 7}" for number in range(100_000))
        )
        assert (len(made.new), made.left) == (100_000, ())
        for number in (0, 31_999, 99_999):
            answer = library.facts.value(f"what is the code of room {number}?")
            assert answer is not None
            assert answer.value == str(number * 7)


@pytest.mark.slow
def test_ten_megabytes_of_prose_in_one_line(tmp_path: Path) -> None:
    text = " ".join(
        f"Room {number} of the east wing is painted blue and has {number % 90} chairs in it."
        for number in range(150_000)
    )
    assert len(text) > 10_000_000
    with Library.open(tmp_path / "prose.brain") as library:
        made = library.facts.tell(text)
        assert (len(made.new), made.left) == (150_000, ())
        answer = library.facts.value("how many chairs does room 140007 of the east wing have?")
        assert answer is not None
        assert answer.value == str(140_007 % 90)


@pytest.mark.parametrize(
    "name", ["a/b\\c/../x", "🎈👩‍🚀", "x" * 200, "%_*?", "'; --", "Ünïcödé", "\u202eabc", "con.txt"]
)
def test_scopes_may_be_called_almost_anything(library: Library, name: str) -> None:
    library.facts.tell("the safe code is 12", collection=name)
    answer = library.facts.value("what is the safe code?", collection=name)
    assert answer is not None
    assert answer.value == "12"
    assert len(library.facts.list()) == 0
    assert [row.collection for row in library.collections.scopes()] == [name]
    assert library.turn("forget it, the bin is green", collection=name).stored == 1
    assert library.facts.forget(None, collection=name, everything=True).forgotten == 2


@pytest.mark.parametrize("name", ["", " \t", "a\x00b", "a\nb", "\ud800", "a\x7f"])
def test_names_that_cannot_be_are_refused_before_anything_is_stored(
    library: Library, name: str
) -> None:
    for store in (library.facts.tell, library.turn):
        with pytest.raises(UsageError) as refused:
            store("the safe code is 12", collection=name)
        assert refused.value.hint
        assert refused.value.message.encode()
    assert library.facts.value("what is the safe code?", collection=name) is None
    assert library.facts.recall("safe", collection=name) == []
    with pytest.raises(WorkbenchError) as missing:
        library.facts.forget("safe", collection=name)
    assert str(missing.value).encode()
    assert library.collections.list() == []
    assert library.sources.list(collection=name) == []


def test_who_said_it_is_told_without_what_cannot_be_written(library: Library) -> None:
    library.facts.tell("the safe code is 12", source="Ann\x00\nLee\ud800")
    (fact,) = library.facts.list()
    assert fact.sources == ("Ann Lee\ufffd",)
    assert library.facts.forget(None, source="Ann Lee\ud800").forgotten == 1


@pytest.mark.parametrize("at", [math.nan, math.inf, -math.inf, 1e300, -1e12, "", "soon", "31.12."])
def test_what_is_no_time_is_refused(library: Library, at: str | float) -> None:
    with pytest.raises(UsageError):
        library.facts.tell("the rent is 900", at=at)
    library.facts.tell("the rent is 950")
    with pytest.raises(UsageError):
        library.facts.value("what is the rent?", as_of=at)


@pytest.mark.parametrize("match", ["", " ", "\n", ";;;", "?!"])
def test_an_empty_match_forgets_nothing(library: Library, match: str) -> None:
    library.facts.tell("the plan is gold")
    with pytest.raises(UsageError) as refused:
        library.facts.forget(match)
    assert refused.value.hint
    assert len(library.facts.list()) == 1


@pytest.mark.parametrize("match", ["the", "of the"])
def test_words_that_stand_everywhere_forget_nothing(library: Library, match: str) -> None:
    library.facts.tell("The keel of the Maren is oak")
    with pytest.raises(UsageError, match="too many statements"):
        library.facts.forget(match)
    assert len(library.facts.list()) == 1


def test_forgetting_takes_whole_words_only(library: Library) -> None:
    for text in ("my plan is gold", "the planet is red", "an explanation is due", "Plan B is set"):
        library.facts.tell(text)
    assert library.facts.forget("plan").forgotten == 2
    assert texts(library) == ["the planet is red", "an explanation is due"]
    assert library.facts.forget("plane").forgotten == 0


@pytest.mark.slow
@given(st.text(max_size=200))
@settings(max_examples=50)
def test_every_text_is_stored_or_told(text: str) -> None:
    with Library.open(":memory:") as library:
        made = library.facts.tell(text)
        assert told(made)
        said = "".join((*texts(library), *(left.text for left in made.left)))
        wanted = {c for c in text.casefold() if c.isalnum()}
        assert wanted <= set(said.casefold())
        turn = library.turn(text)
        assert turn.kind == "smalltalk" or turn.text
        library.facts.value(text)
        library.facts.recall(text)
        library.facts.history(text)


def test_telling_from_many_threads_loses_nothing(tmp_path: Path) -> None:
    with Library.open(tmp_path / "threads.brain") as library:

        def tell(teller: int) -> None:
            for number in range(25):
                library.facts.tell(
                    f"teller {teller} says that lot {number} costs {number * teller}"
                )

        threads = [threading.Thread(target=tell, args=(teller,)) for teller in range(1, 5)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(library.facts.list()) == 100


def test_what_only_says_that_there_is_something_is_kept(library: Library) -> None:
    # Behind its one part began another claim, which was taken for its second part.
    text = (
        "FYI: There were women weeping around; I hung over it and joined my sad tears to theirs;"
        " all this time no distinct idea presented itself to my mind, but my thoughts rambled to"
        " various subjects, reflecting confusedly on my misfortunes and their cause."
    )
    assert told(library.facts.tell(text))
