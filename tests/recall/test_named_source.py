"""A question that names a source is asked of that one; a doubtful name narrows nothing."""

from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from workbench.library import Library
from workbench.recall.records import Answer

_PAPERS = {
    "lanterns": """---
title: "Lanterns: A Relay Network for Fog Signals"
author: [Ida Moss, Per Quill]
---

# Lanterns: A Relay Network for Fog Signals

Ida Moss, Per Quill

## Abstract

We present Lanterns, a relay network that carries fog signals between towers on a coast. A lantern
passes a signal on within two seconds, and a leader among the towers is chosen every night.

## Leaders

The leader keeps the list of towers. When the leader is silent for a minute, the next tower leads.
""",
    "sluices": """---
title: Quiet Sluices for Small Rivers
author: [Tora Lund]
---

# Quiet Sluices for Small Rivers

Tora Lund

## Abstract

Small rivers need sluices that fish can pass. The leader of a shoal finds the gap within a minute.
The noise of a sluice falls by half when its gate is lined with felt.
""",
    "charter": """# Harbour Board Charter

## Members

The board has at most nine members, and no more than a third of them may work for one company.
A member who misses three votes in a row loses the vote until the end of the year.
""",
    "tide_01_reading": """# Tide tables: reading them

A tide table gives the height of the water for each hour of the day at the harbour wall.
""",
    "tide_02_printing": """# Tide tables: printing them

A tide table is printed on card, since paper becomes soft in the damp of the harbour office.
""",
    "city": """# The City of Salt

Nobody in the city worked for one company for long. A leader was chosen by the salt merchants every
night, and the letter that named him was burnt in the morning.
""",
}
_MINUTES = {
    "2021-03-03": "Ulf: the crane is late again, and the board agreed to wait a month.",
    "2021-03-17": "Ulf: the crane has come, and the board agreed to paint it green.",
    "2021-04-07": "Mina: green is too dear, and the board agreed to leave the crane grey.",
}
_MAILS = (
    ("Olga Brandt", 11, "Rope for the ferry", "The rope is worn; I ask for a new rope."),
    ("Olga Brandt", 22, "Paint for the ferry", "The paint has to be ordered before June."),
    ("Hugo Lind", 23, "Re: Paint for the ferry", "I have ordered the paint for the ferry."),
)  # fmt: skip


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("named")
    for name, text in _PAPERS.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    for day, said in _MINUTES.items():
        head = f"# Harbour Board (HB) Meeting {day}\n\n## Present\n\nUlf Berg, Mina Torp"
        text = f"{head}\n\n## Agenda\n\n{said}\n"
        (folder / f"minutes-{day}.md").write_text(text, encoding="utf-8")
    for number, (sender, sent, subject, body) in enumerate(_MAILS):
        message = EmailMessage()
        message["From"] = f"{sender} <{sender.split()[0].lower()}@example.org>"
        message["To"] = "ferry@example.org"
        message["Date"] = f"{sent} May 2021 09:00:00 +0200"
        message["Subject"] = subject
        message.set_content(body)
        (folder / f"{number}.eml").write_bytes(message.as_bytes())
    with Library.open(folder / "named.brain") as opened:
        opened.add([folder])
        yield opened


def asked(answer: Answer) -> set[str]:
    """The titles of the quoted sources."""
    return {item.source.title for item in answer.evidence}


_LANTERNS = "Lanterns: A Relay Network for Fog Signals"
_MEETING = "Harbour Board (HB) Meeting {}".format


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        ("What does the Lanterns paper say about leaders?", {_LANTERNS}),
        ("What does the lanterns paper say about the leader?", {_LANTERNS}),
        ("How long is a leader silent in the paper on fog signals?", {_LANTERNS}),
        ("How is a leader chosen according to the relay network paper?", {_LANTERNS}),
        ("What is said of a leader in Tora Lund's paper?", {"Quiet Sluices for Small Rivers"}),
        ("Who may work for one company in the board charter?", {"Harbour Board Charter"}),
        ("What does the charter say about the company?", {"Harbour Board Charter"}),
        ("What did the board agree on at the meeting of 17 March 2021?", {_MEETING("2021-03-17")}),
        ("What did the board agree on in the last minutes?", {_MEETING("2021-04-07")}),
        ("What did the board agree on in the first meeting?", {_MEETING("2021-03-03")}),
        ("What was decided about the crane on 3 March 2021?", {_MEETING("2021-03-03")}),
        ("What does Olga's mail of 22 May say about paint?", {"Paint for the ferry"}),
        ("What is asked for in the mail about the rope for the ferry?", {"Rope for the ferry"}),
        ("What is the table printed on in the tide manual?",
         {"Tide tables: reading them", "Tide tables: printing them"}),
        ("How high is the water in the document tide_01_reading?", {"Tide tables: reading them"}),
    ],
)  # fmt: skip
def test_a_named_source_is_the_one_that_is_asked(
    library: Library, question: str, titles: set[str]
) -> None:
    assert asked(library.ask(question)) == titles


@pytest.mark.parametrize(
    "question",
    [
        # A name is no source, a word of a title no name, and a letter in a story no mail.
        "How is a leader chosen by Lanterns?",
        "Who worked for one company in the city?",
        "Who was named a leader in the letter?",
        "Who is a leader in the green paper?",
        "Who chose a leader in a paper?",
        "Besides the Lanterns paper, what tells of a leader?",
        "Is a leader chosen at the next meeting?",
    ],
)
def test_a_doubtful_name_narrows_nothing(library: Library, question: str) -> None:
    assert len(asked(library.ask(question))) > 1


def test_several_sources_that_fit_are_named_and_all_asked(library: Library) -> None:
    answer = library.ask("What did the board agree on at the meetings in March 2021?")
    assert asked(answer) == {_MEETING("2021-03-03"), _MEETING("2021-03-17")}
    titles = "“Harbour Board (HB) Meeting 2021-03-03” and “Harbour Board (HB) Meeting 2021-03-17”"
    assert answer.note == f"Asked of {titles}."
    silent = library.ask("How many whales does the Lanterns paper count?")
    assert silent.abstained
    assert silent.note == f"Only “{_LANTERNS}” was asked."


def test_a_named_source_is_not_replaced_by_that_of_the_conversation(library: Library) -> None:
    turn = library.ask("What does the Lanterns paper say about leaders?", turns=())
    answer = library.ask("And what does the charter say about the company?", turns=[turn])
    assert asked(answer) == {"Harbour Board Charter"}
    overview = library.ask("What is the sluices paper about?", turns=[turn, answer])
    assert asked(overview) == {"Quiet Sluices for Small Rivers"}
    unknown = library.ask("What is the whales paper about?", turns=[turn, answer])
    assert unknown.abstained
    assert unknown.suggestion.startswith("Which of your")


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        ("What is the Lanterns paper about?", {_LANTERNS}),
        ("Summarise the paper about quiet sluices", {"Quiet Sluices for Small Rivers"}),
        ("Summarise the meeting of 7 April 2021", {_MEETING("2021-04-07")}),
        ("What was discussed at the first meeting?", {_MEETING("2021-03-03")}),
        ("What is the tide manual about?",
         {"Tide tables: reading them", "Tide tables: printing them"}),
    ],
)  # fmt: skip
def test_an_overview_is_that_of_the_named_source(
    library: Library, question: str, titles: set[str]
) -> None:
    answer = library.ask(question)
    assert not answer.abstained
    assert asked(answer) == titles


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("Who wrote the lanterns paper?", "Ida Moss, Per Quill"),
        ("Who built Lanterns?", "Ida Moss, Per Quill"),
        ("Who is the author of the paper on small rivers?", "Tora Lund"),
        ("Who wrote the mails about paint in May 2021?", "Olga Brandt; Hugo Lind"),
        ("Which mails did Olga Brandt write?",
         "Rope for the ferry (11 May 2021); Paint for the ferry (22 May 2021)"),
        ("Who was present on 17 March 2021?", "Ulf Berg; Mina Torp"),
        ("Who attended the last meeting?", "Ulf Berg; Mina Torp"),
        ("Which mails did Olga write?",
         "Rope for the ferry (11 May 2021); Paint for the ferry (22 May 2021)"),
    ],
)  # fmt: skip
def test_who_made_a_source_is_answered_from_its_details(
    library: Library, question: str, value: str
) -> None:
    answer = library.ask(question)
    assert not answer.abstained
    assert answer.value == value


def test_who_built_what_a_source_is_only_named_after_is_searched(library: Library) -> None:
    # No author of a text on sluices built them.
    assert library.ask("Who built Quiet Sluices for Small Rivers?").value != "Tora Lund"


def test_two_named_sources_are_compared_by_a_sentence_of_each(library: Library) -> None:
    answer = library.ask("What is the difference between the Lanterns paper and the sluices paper?")
    first, second = answer.sentences
    assert answer.evidence[first.citations[0] - 1].source.title == _LANTERNS
    cited = answer.evidence[second.citations[0] - 1].source.title
    assert cited == "Quiet Sluices for Small Rivers"


def test_who_was_there_may_stand_on_a_line(tmp_path: Path) -> None:
    for day, people in (("2018-11-07", "Ulf, Tom Reed"), ("2018-11-14", "Ulf, Mina T., and Ida")):
        (tmp_path / f"{day}-minutes.md").write_text(
            f"# Meeting minutes: {day}\n\n* Meeting attendees: {people}\n* Absent: Kai Holm\n\n"
            "## Lamp\n\nThe lamp is out. Ulf buys a new one.\n",
            encoding="utf-8",
        )
    with Library.open(tmp_path / "x.brain") as library:
        library.add(sorted(tmp_path.glob("*.md")))
        assert library.ask("Who was at the last meeting?").value == "Ulf; Mina T.; Ida"
        assert library.ask("Who was absent on 7 November 2018?").value == "Kai Holm"


def test_his_mail_is_that_of_its_day(library: Library) -> None:
    answer = library.ask("What did Olga write in her mail of 22 May?")
    assert answer.found
    assert answer.evidence[0].quote == "The paint has to be ordered before June."
