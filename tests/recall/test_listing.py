"""Questions for lists: all amounts, all dates, and what several sentences answer."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.recall.claims import claims
from workbench.library import Library
from workbench.recall.list_question import asks_for_several, list_question
from workbench.recall.listing import INCOMPLETE

_MINUTES = (
    "Present were Anna Holm, Ruth Sandvik and Mons Lie. The crane costs 48,000 kroner. Fees came to"
    " five hundred kroner. The rope is 40 metres long. The diver comes on 3 May."
)
_LEASE = "The rent is €2,400 a year. The lease begins on 1 February 2021. Room 12 is empty."


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    monkeypatch.delenv("WORKBENCH_READER")
    with Library.open(tmp_path / "x.brain") as library:
        library.add_text(_MINUTES, title="Minutes of the board")
        library.add_text(_LEASE, title="Lease of the boathouse")
        yield library


def _lines(library: Library, question: str) -> list[str]:
    answer = library.ask(question)
    assert not answer.abstained
    return [sentence.text for sentence in answer.sentences]


def test_all_amounts_are_listed_in_the_order_of_the_texts(library: Library) -> None:
    lines = _lines(library, "List all amounts.")
    assert lines == [
        "The crane costs 48,000 kroner.", "Fees came to five hundred kroner.",
        "The rent is €2,400 a year.",
    ]  # fmt: skip
    answer = library.ask("List all amounts.")
    assert [item.source.id for item in answer.evidence] == [1, 1, 2]
    first = answer.evidence[0]
    assert [first.quote[start:end] for start, end in first.highlights] == ["48,000 kroner"]
    # All sentences were looked at.
    assert answer.note == ""


def test_amounts_are_of_a_currency_or_a_source(library: Library) -> None:
    assert len(_lines(library, "List all amounts in kroner.")) == 2
    assert _lines(library, "Which amounts are named in the lease?") == [
        "The rent is €2,400 a year."
    ]
    assert _lines(library, "Please list all prices in the boathouse lease") == [
        "The rent is €2,400 a year."
    ]


def test_dates_are_listed_with_and_without_their_year(library: Library) -> None:
    assert _lines(library, "Which dates are mentioned?") == [
        "The diver comes on 3 May.", "The lease begins on 1 February 2021."
    ]  # fmt: skip
    (line,) = _lines(library, "What dates are given in the lease?")
    assert line == "The lease begins on 1 February 2021."


_WORK = (
    "The survey started on 4 March 2020. Reports are due on 9 May 2020. Send the form by 11 June."
    " The grant runs until 2 July 2021. On Tue, 6 Nov 2001, Herbert wrote: From: Herbert"
    " To: Bo Sent: 7 Nov 2001. Subject: the form, due on 1 May 2020."
    " It fell due to frost on 5 May 2020."
    " Python 2.1.1 (#1, Sep 24 2001, 05:28:47) [GCC 2.95.3] on linux2."
)


@pytest.mark.parametrize("question", ["List all deadlines", "Which deadlines are given?"])
def test_a_deadline_is_a_date_by_which_something_is_due(library: Library, question: str) -> None:
    library.add_text(_WORK, title="Work")
    assert _lines(library, question) == [
        "Reports are due on 9 May 2020.", "Send the form by 11 June.",
        "The grant runs until 2 July 2021.", "Subject: the form, due on 1 May 2020.",
    ]  # fmt: skip


def test_when_a_mail_was_written_or_a_program_built_is_no_date_of_a_list(library: Library) -> None:
    library.add_text(_WORK, title="Work")
    said = " ".join(_lines(library, "List all dates in Work"))
    assert "4 March 2020" in said
    assert "2001" not in said


def test_amounts_have_the_code_of_their_currency_on_either_side(library: Library) -> None:
    library.add_text("Heating costs EUR 95 a month. Water costs 12 CHF. Europe 95 is a song.")
    lines = _lines(library, "List all amounts.")
    assert lines[3:] == ["Heating costs EUR 95 a month.", "Water costs 12 CHF."]


def test_dates_of_headings_are_listed(tmp_path: Path, library: Library) -> None:
    (tmp_path / "log.md").write_text(
        "# Log of the crane\n\n## v3.2.1 - 2 May 2019\n\nMended the brake.\n", encoding="utf-8"
    )
    library.add(tmp_path / "log.md")
    assert _lines(library, "Which dates are given in the log?") == ["v3.2.1 - 2 May 2019"]


_ARTICLE = (
    "The mill was bought by Ruth Sandvik, who came from Harlow. Mayor Per Dahl opened it in May."
    " The Norwegian Health Fund paid 40 per cent. “It is old,” said Mons Lie. The mayor thanked"
    " Sandvik. Nobody drowned at Lake Orme in 1953."
)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("List all people in the article about the mill.", "Ruth Sandvik; Per Dahl; Mons Lie"),
        ("Who is mentioned in the mill article?", "Ruth Sandvik; Per Dahl; Mons Lie"),
        ("Name everyone in the article about the mill", "Ruth Sandvik; Per Dahl; Mons Lie"),
        ("Which places are mentioned in the mill article?", "Lake Orme"),
        ("Which organisations are named in the mill article?", "Norwegian Health Fund"),
    ],
)
def test_names_are_listed_by_kind(library: Library, question: str, names: str) -> None:
    library.add_text(_ARTICLE, title="A mill reopens")
    answer = library.ask(question)
    assert answer.value == names
    assert answer.note == INCOMPLETE
    assert {item.source.title for item in answer.evidence} == {"A mill reopens"}


def test_what_has_an_article_is_nobody(library: Library) -> None:
    library.add_text(
        "Lunch with Mons Lie at the Blue Heron. We took the Karst Arrow home. It was cold.",
        title="Diary",
    )
    assert library.ask("Who is mentioned in the diary?").value == "Mons Lie"


def test_numbers_years_and_percentages_are_listed(library: Library) -> None:
    library.add_text(_ARTICLE, title="A mill reopens")
    assert _lines(library, "Which years are mentioned in the mill article?") == [
        "Nobody drowned at Lake Orme in 1953."
    ]
    assert _lines(library, "What percentages are given?") == [
        "The Norwegian Health Fund paid 40 per cent."
    ]
    assert _lines(library, "What measurements are given in the minutes?")[-1] == (
        "The rope is 40 metres long."
    )


@pytest.mark.parametrize(
    "question",
    [
        "Which sources talk about the crane?", "Where is the crane mentioned?",
        "In which documents does the crane appear?", "Which of my sources are about the crane?",
        "Which papers mention cranes?", "List all papers that mention the crane.",
    ],
)  # fmt: skip
def test_sources_are_listed_that_speak_of_a_thing(library: Library, question: str) -> None:
    assert library.ask(question).value == "Minutes of the board"


_MAIL = (
    "From: Per Dahl <per@example.org>\nTo: Ruth Sandvik <ruth@example.org>\nSubject: Saturday\n"
    "Date: Thu, 12 Jun 2025 17:40:00 +0200\nMessage-ID: <1@example.org>\n\n"
    "Ruth, the crane does not run on Sundays. Oil the crane, and lock the crane. Per\n"
)


def test_mails_are_sources_that_speak_of_a_thing(library: Library, tmp_path: Path) -> None:
    (tmp_path / "saturday.eml").write_text(_MAIL, encoding="utf-8")
    library.add([tmp_path / "saturday.eml"])
    # What speaks of it most comes first, and “does not” mentions it, too.
    answer = library.ask("Which sources mention the crane?")
    assert answer.value == "Saturday; Minutes of the board"
    assert library.ask("Where is the crane mentioned?").value == answer.value
    assert library.ask("Which mails mention the crane?").value == "Saturday"
    assert library.ask("Which papers mention the crane?").value == "Minutes of the board"


@pytest.mark.parametrize(
    "question",
    [
        "What is the date of the lease?", "Who is Mons Lie?", "Who was given the lease?",
        "List the reasons for the repair.", "", "What?",
    ],
)  # fmt: skip
def test_what_asks_for_one_thing_is_no_list(question: str) -> None:
    assert list_question(question) is None


@pytest.mark.parametrize(
    "question",
    ["Which people live in Marl?", "What places did they visit?", "Who was named captain?"],
)
def test_what_asks_more_closely_is_read(library: Library, question: str) -> None:
    answer = library.ask(question)
    assert answer.abstained or answer.note != INCOMPLETE or ";" not in (answer.value or "")


def test_a_heading_is_a_line_of_a_list(tmp_path: Path, library: Library) -> None:
    path = tmp_path / "Games.md"
    path.write_text("# Games\n\n## Thumper ($20)\n\nA beetle on a rail.\n", encoding="utf-8")
    library.add(path)
    assert any("$20" in line for line in _lines(library, "List all prices."))


def test_a_list_that_is_read_may_not_be_all(tmp_path: Path, library: Library) -> None:
    for name in ("Cod", "Hake", "Ling", "Pollack", "Saithe", "Plaice"):
        library.add_text(f"{name} was caught by the boat off Marl.", title=f"Catch of {name}")
    answer = library.ask("Which fish were caught by the boat?")
    assert len(answer.sentences) > 3
    assert answer.note == INCOMPLETE
    assert {n for row in answer.sentences for n in row.citations} <= {e.n for e in answer.evidence}
    # A question for one thing stays as it is.
    assert library.ask("What does the crane cost?").note == ""


@pytest.mark.parametrize(
    ("question", "several"),
    [
        ("Which birds did they see?", True),
        ("Which fish were caught?", True),
        ("List every bird that they saw.", True), ("What did all the guests eat?", True),
        ("Which bird did they see?", False), ("What is the rent?", False),
        ("Who was ill?", False),
        ("What does the crane cost?", False), ("What happens in June?", False),
        ("When does the lease begin?", False),
    ],
)  # fmt: skip
def test_questions_for_several_things_are_told_apart(question: str, several: bool) -> None:
    assert asks_for_several(question) is several


_PROTOKOLL = (
    "Anwesend waren Anna Holm und Peter Dahl. Nicht anwesend war Ida Rask. Der Kran kostet 48.000"
    " Kronen. Der Vorstand beschloss, den Kai zu sperren. Der Rest wurde vertagt. Der Vorstand"
    " beschloss, ein Boot zu kaufen. Die Miete stieg um acht Prozent. Der Rat tagt am 3. Mai 2022."
    " Der Antrag ist bis zum 9. Juni einzureichen."
)


@pytest.mark.parametrize(
    ("question", "lines"),
    [
        ("Nenne alle Beträge", ["Der Kran kostet 48.000 Kronen."]),
        (
            "Welche Termine stehen im Protokoll?",
            ["Der Rat tagt am 3. Mai 2022.", "Der Antrag ist bis zum 9. Juni einzureichen."],
        ),
        ("Nenne alle Fristen", ["Der Antrag ist bis zum 9. Juni einzureichen."]),
    ],
)
def test_lists_are_asked_for_in_german(tmp_path: Path, question: str, lines: list[str]) -> None:
    with Library.open(tmp_path / "x.brain") as library:
        library.add_text(_PROTOKOLL, title="Protokoll des Vorstands")
        library.add_text("Die Möwen kamen früh. Karin sah zwei Kraniche.", title="Ein Brief")
        assert sorted(_lines(library, question)) == sorted(lines)


@pytest.mark.parametrize(
    "question",
    [
        "Welche Aufsätze verwenden das EEG?",
        "Nenne alle Studien, die das EEG verwenden",
        "In welchen Texten wird das EEG erwähnt?",
        "Wo kommt das EEG vor?",
    ],
)
def test_sources_that_use_a_thing_are_asked_for_in_german(tmp_path: Path, question: str) -> None:
    with Library.open(tmp_path / "x.brain") as library:
        library.add_text("Wir maßen die Hirnströme mit dem EEG.", title="Töne in der Nacht")
        library.add_text("Das EEG zeigte den Tiefschlaf. Alle schliefen.", title="Tiefschlaf")
        library.add_text("Die Pflegekräfte führten Tagebuch.", title="Nachtdienst")
        value = library.ask(question).value
    assert sorted((value or "").split("; ")) == ["Tiefschlaf", "Töne in der Nacht"]


def test_a_list_without_entries_says_what_to_do_next(library: Library) -> None:
    answer = library.ask("List all percentages")
    assert not claims(answer)
    assert answer.suggestion.endswith("ask with fewer words, or ask all sources.")
