"""What asks nothing of the sources is not answered by them, though books hold its words."""

import pytest

from tests.recall.recall_shelf import book, filler_chapters, note, recall_of
from workbench.library import Library
from workbench.recall.question_forms import courtesy_reply, plainly
from workbench.recall.search import Request
from workbench.store.store import Store

_SAID = (
    "Good morning, said the baker, and thanks for the bread. In the library lay a map. "
    "Hello there, called the clerk, who thanked nobody."
)


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("thanks", "about your sources"),
        ("Thank you very much!", "about your sources"),
        ("good morning", "about your sources"),
        ("Hello there", "about your sources"),
        ("What is in my library?", "sources are listed"),
        ("How many books do I have?", "sources are listed"),
        ("Which sources are here?", "sources are listed"),
    ],
)
def test_A7_courtesies_and_questions_about_the_library_are_not_answered(
    store: Store, text: str, of: str
) -> None:
    book(store, filler_chapters(3), title="Filler")
    note(store, _SAID, title="Morning")
    answer = recall_of(store).ask(Request(text))
    assert answer.abstained
    assert of in answer.suggestion
    assert answer.suggestion.count(".") == 1
    assert not answer.evidence


@pytest.mark.parametrize(
    "text",
    [
        "Whom did the baker thank for the bread?",
        "thank you notes",
        "What lay in the library?",
        "What is in the library of Mr Bennet?",
        "Which books are on the shelf?",
        "Hello, where is the map?",
        "good morning Vietnam release year",
    ],
)
def test_what_asks_something_beside_it_is_asked(text: str) -> None:
    assert courtesy_reply(text) == ""


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("Can you tell me who kept the lock?", "Who kept the lock?"),
        ("Hello! Could you please tell me in which city he died?", "In which city he died?"),
        ("I'd like to know what the keeper lost.", "What the keeper lost."),
        ("Good morning, who kept the lock?", "Who kept the lock?"),
        ("  can you tell me please who kept the lock?", "Who kept the lock?"),
        ("Any idea who kept the lock?", "Who kept the lock?"),
        ("I need to know who kept the lock.", "Who kept the lock."),
        ("Hello, Dolly: who wrote it?", "Hello, Dolly: who wrote it?"),
        ("Explain in detail how locks work", "Explain in detail how locks work"),
        ("Remind me to call Eva", "Remind me to call Eva"),
        ("Tell me about the lock.", "Tell me about the lock."),
        ("Explain the theory of locks", "Explain the theory of locks"),
        ("thanks", "thanks"),
        ("who kept the lock?", "who kept the lock?"),
    ],
)
def test_what_is_asked_politely_is_asked_plainly(said: str, asked: str) -> None:
    assert plainly(said) == asked


def test_an_answer_names_the_question_as_it_was_asked() -> None:
    with Library.open(":memory:") as library:
        library.add_text("The lock at Ostrel was kept by Gerrit Noll.", title="Lock")
        library.facts.tell("Bo drives a van.")
        said = "Can you tell me who kept the lock at Ostrel?"
        answer = library.ask(said)
        assert answer.question == said
        plain = library.ask("Who kept the lock at Ostrel?")
        assert answer.sentences[0].text == plain.sentences[0].text
        assert library.ask("Do you know what Bo drives?").value == "a van"
        assert library.facts.value("What Bo's sister likes?") is None
