"""What is found is read before it is answered: the order, the sentence, the value, the silence."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from tests.recall.recall_shelf import filler_chapters
from workbench.errors import Cancelled, InputError
from workbench.jobs import Cancel
from workbench.library import Library
from workbench.recall import reader_at_hand
from workbench.recall.reader import Reader, Reading
from workbench.recall.records import Answer

ISLAND = """The keeper of the lighthouse on Brand Island was called Orla Fenn. She had come there
as a girl of nineteen, and she never left it for a single day. People on the mainland said of the
keeper that the lighthouse was her whole life. Orla Fenn died in the winter of 1931 when the boat
that brought her coal was thrown on the rocks and she tried to reach it. The keeper's dog was found
at her side. It was a grey animal with one white paw.

The lamp of the lighthouse was made in Antwerp. It weighed two tons and burned colza oil. The tower
stands on the northern point of Brand Island and is forty metres high. What the lighthouse cost
nobody could say. Asked how the lighthouse was paid for, the harbour master laughed.
"""


@pytest.fixture(scope="module")
def island(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("island")
    filler = "\n\n".join(filler_chapters(12).values())
    (folder / "island.txt").write_text(f"{ISLAND}\n{filler}", encoding="utf-8")
    with Library.open(folder / "island.brain") as library:
        library.add([folder / "island.txt"])
        yield library


@pytest.fixture
def _read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_READER", "")
    assert reader_at_hand.at_hand() is not None


def _timeless(answer: Answer) -> Answer:
    return replace(answer, milliseconds=0.0)


@pytest.mark.slow
@pytest.mark.usefixtures("_read")
@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What happened to the ferryman?", "He was drowned in the spring of 1926."),
        ("What did Ansel look like?", "He was a thin man with a red beard."),
    ],
)
def test_who_is_meant_stands_in_the_sentence_before(
    tmp_path: Path, question: str, said: str
) -> None:
    text = """The keeper of the lighthouse on Brand Island was called Orla Fenn. Her brother Kolb
    was the ferryman of the sound. He was drowned in the spring of 1926. Her cousin Ansel mended
    nets on the quay. He was a thin man with a red beard. The keeper's dog was called Bask. It was
    a grey animal with one white paw. Old Mr. Quill kept the school at Harrow Point. He was buried
    in the garden behind it."""
    filler = "\n\n".join(filler_chapters(12).values())
    (tmp_path / "sound.txt").write_text(f"{text}\n\n{filler}", encoding="utf-8")
    with Library.open(tmp_path / "sound.brain") as library:
        library.add([tmp_path / "sound.txt"])
        answer = library.ask(question)
    assert not answer.abstained
    assert answer.sentences[0].text == said


@pytest.mark.slow
@pytest.mark.usefixtures("_read")
def test_a_cited_title_gives_no_value(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text(
        "They would be freed by writing a name on paper. [quoted by Ruth Kinna, Mutual Aid, "
        "p. 259] The others went home in the evening and slept.\n\n"
        "Mutual Aid was written by Peter Kropotkin in exile.\n",
        encoding="utf-8",
    )
    with Library.open(tmp_path / "notes.brain") as library:
        library.add([tmp_path / "notes.txt"])
        answer = library.ask("Who wrote Mutual Aid?")
        assert answer.sentences[0].text == "Mutual Aid was written by Peter Kropotkin in exile."
        quotes = library.ask("Who was freed by a name on paper?").evidence
        assert any("[quoted by Ruth Kinna, Mutual Aid, p. 259]" in each.quote for each in quotes)


@pytest.mark.slow
@pytest.mark.usefixtures("_read")
@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("How did Orla Fenn die?", "was thrown on the rocks"),
        ("Where was the lamp of the lighthouse made?", "Antwerp"),
    ],
)
def test_the_sentence_that_answers_is_said_first(island: Library, question: str, said: str) -> None:
    answer = island.ask(question)
    assert not answer.abstained
    assert said in answer.sentences[0].text
    cited = answer.evidence[answer.sentences[0].citations[0] - 1]
    assert answer.sentences[0].text in cited.quote


@pytest.mark.slow
@pytest.mark.usefixtures("_read")
def test_a_single_thing_is_given_as_a_value_that_stands_in_its_quote(island: Library) -> None:
    answer = island.ask("Where was the lamp of the lighthouse made?")
    assert answer.value == "Antwerp"
    first = answer.evidence[0]
    assert any(first.quote[start:end] == "Antwerp" for start, end in first.highlights)


@pytest.mark.slow
@pytest.mark.usefixtures("_read")
def test_where_nothing_answers_clearly_more_is_read_in_the_same_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    budgets = []

    def read(
        self: Reader, question: str, passages: Sequence[str], *, seconds: float | None = None,
        cancel: Cancel | None = None,
    ) -> list[Reading | None]:  # fmt: skip
        if seconds is not None:
            budgets.append(seconds)
        return whole(self, question, passages, seconds=seconds, cancel=cancel)

    whole = Reader.read
    monkeypatch.setattr(Reader, "read", read)
    places = ["pier", "mill", "inn", "chapel", "school", "market", "bridge", "forge", "barn"]
    people = ["Ada", "Bo", "Cleo", "Dora", "Egon", "Fay", "Gus", "Hilda", "Ivo", "Jane"]
    told = [f"{name} met the ferryman at the {place}." for place in places for name in people]
    worn = "In all those years nobody saw the ferryman in anything but a green coat with buttons."
    told.insert(45, worn)
    for number, each in enumerate(told):
        (tmp_path / f"{number}.txt").write_text(each, encoding="utf-8")
    with Library.open(tmp_path / "coats.brain") as library:
        library.add(sorted(tmp_path.glob("*.txt")))
        question = "What did the ferryman wear?"
        assert library.ask(question).evidence[0].quote == worn
        budgets.clear()
        library.ask("Which song did the ferryman hate?")
    assert len(budgets) == 3
    assert budgets == sorted(budgets, reverse=True)
    assert budgets[-1] > 0


@pytest.mark.usefixtures("_read")
def test_the_probabilities_of_quotes_never_rise(island: Library) -> None:
    answer = island.ask("How did Orla Fenn die?", limit=20)
    scores = [each.score for each in answer.evidence]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= each <= answer.confidence for each in scores)


@pytest.mark.usefixtures("_read")
def test_a_year_is_not_how_many(tmp_path: Path) -> None:
    text = """The cooperative at Veldmar keeps nine turbines. There was one accident in 2023. A
    contractor broke his wrist when a ladder slipped. Since then ladders must be secured at the
    top."""
    filler = "\n\n".join(filler_chapters(12).values())
    (tmp_path / "report.txt").write_text(f"{text}\n\n{filler}", encoding="utf-8")
    with Library.open(tmp_path / "report.brain") as library:
        library.add([tmp_path / "report.txt"])
        assert library.ask("How many people died in the accident?").value is None
        assert library.ask("How many turbines does the cooperative keep?").value == "nine"


def test_without_it_the_answer_is_that_of_retrieval(
    island: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    off = island.ask("How did Orla Fenn die?")
    monkeypatch.setenv("WORKBENCH_READER", "")
    left_out = island.ask("How did Orla Fenn die?", read=False)
    assert _timeless(left_out) == _timeless(off)
    assert _timeless(island.ask("How did Orla Fenn die?")) != _timeless(off)


@pytest.mark.usefixtures("_read")
def test_a_question_in_a_language_it_does_not_know_is_answered_without_it(
    island: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = "Wann ist die Wärterin des Leuchtturms auf der Insel gestorben?"
    with_it = island.ask(question)
    monkeypatch.setenv("WORKBENCH_READER", "off")
    assert _timeless(with_it) == _timeless(island.ask(question))


def test_a_damaged_one_costs_a_notice_and_no_answer(
    island: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    off = island.ask("How did Orla Fenn die?")
    (tmp_path / "reader.json").write_text("{}", encoding="utf-8")
    monkeypatch.setenv("WORKBENCH_READER", str(tmp_path))
    assert _timeless(island.ask("How did Orla Fenn die?")) == _timeless(off)
    assert "is damaged or of another kind" in island.reader_trouble


@pytest.mark.usefixtures("_read")
def test_without_memory_for_it_the_answer_is_that_of_retrieval(
    island: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise InputError("There is not enough free memory for the reader.", "Close other programs.")

    monkeypatch.setattr("workbench.recall.reader.Reader.read", full)
    with_it = island.ask("How did Orla Fenn die?")
    monkeypatch.setenv("WORKBENCH_READER", "off")
    assert with_it.note.startswith("There is not enough free memory for the reader.")
    plain = island.ask("How did Orla Fenn die?")
    assert _timeless(replace(with_it, note="")) == _timeless(plain)


@pytest.mark.usefixtures("_read")
@pytest.mark.parametrize("question", ["?a", "x " * 5000, "How " * 300 + "did Orla Fenn die?"])
def test_odd_questions_are_answered_or_not_but_never_fail(island: Library, question: str) -> None:
    assert island.ask(question).question


@pytest.mark.usefixtures("_read")
def test_reading_can_be_cancelled(island: Library) -> None:
    cancel = Cancel()
    cancel.set()
    with pytest.raises(Cancelled):
        island.ask("How did Orla Fenn die?", cancel=cancel)


def test_initials_are_words_to_look_for(tmp_path: Path) -> None:
    (tmp_path / "patient.txt").write_text(
        "The patient H.M. lost his memory in 1953. He could not tell what he had eaten.\n"
        "The nurses of the ward were fond of him, and so was the porter.\n",
        encoding="utf-8",
    )
    with Library.open(tmp_path / "a.brain") as library:
        library.add([tmp_path / "patient.txt"])
        assert "The patient H.M." in library.ask("Who was H.M.?").evidence[0].quote
        assert "no words to search for" in library.ask("Who was H?").suggestion


@pytest.mark.usefixtures("_read")
def test_who_somebody_is_no_name_says(island: Library) -> None:
    assert island.ask("Who was Orla Fenn?").value is None


@pytest.mark.usefixtures("_read")
def test_a_question_in_a_language_that_the_reader_does_not_know_is_answered_and_says_so(
    island: Library,
) -> None:
    answer = island.ask("Wie ist Orla Fenn auf Brand Island gestorben und wo wurde sie begraben?")
    assert answer.evidence
    assert answer.note.startswith("The reader does not know this language")
    assert not island.ask("How did Orla Fenn die?").note


@pytest.mark.usefixtures("_read")
def test_what_nobody_read_is_a_possible_answer(tmp_path: Path) -> None:
    with Library.open(tmp_path / "verein.brain") as library:
        library.add_text(
            "Der Verein kauft einen Vierer bei der Werft in Altona. Anna Groß holt ihn im Mai ab."
            " Die Kasse wurde geprüft. Der Steg wird im Herbst repariert.",
            title="Protokoll",
        )
        answer = library.ask("Wer holt den Vierer ab?")
        assert not answer.abstained
        assert answer.note.startswith("The reader does not know this language")
        assert answer.possible
