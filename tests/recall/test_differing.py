"""Two sources that give different dates, numbers or names for one thing are told of."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.doors.tools import brief
from workbench.library import Library
from workbench.recall.records import LIKELY, Answer
from workbench.recall.value_comparison import compared

pytestmark = [pytest.mark.usefixtures("reading"), pytest.mark.slow]

DIFFERENT = (
    ("When is the hearing about the weir?",
     "The hearing about the weir takes place on 12 September in the town hall. Everybody may "
     "speak.",
     "Please note that the hearing about the weir has been moved from 12 September to "
     "19 September. The room stays the same.", "12 September", "19 September"),
    ("How many people were evacuated from Kesselgasse?",
     "The fire brigade evacuated 140 people from Kesselgasse during the night, the newspaper "
     "reports.",
     "According to the minutes of the council, 86 people were evacuated from Kesselgasse. Nobody "
     "was hurt.", "140", "86"),
    ("Who designed the footbridge in Aldern?",
     "The footbridge in Aldern was designed by Petra Vogel and opened in spring.",
     "Hannes Krull designed the footbridge in Aldern, as the plans in the archive show.",
     "Petra Vogel", "Hannes Krull"),
    ("In which year was the mill at Torbeck built?",
     "The mill at Torbeck was built in 1784, a plate above the door says.",
     "Parish books tell that the mill at Torbeck was built in 1811.", "1784", "1811"),
    ("Where was the painter Lovis Hagen born?",
     "The painter Lovis Hagen was born in Tilsit, says the catalogue.",
     "The register of baptisms shows that the painter Lovis Hagen was born in Memel.",
     "in Tilsit", "Memel"),
    ("When does the museum open again?",
     "The museum opens again on 3 March after a long winter. Tickets are sold at the door.",
     "Correction: the museum opens again on 17 March, not on 3 March as we wrote.",
     "3 March", "17 March"),
    ("How deep is the well of Korb?", "The well of Korb is 31 metres deep.",
     "The well of Korb has a depth of 44 metres, reads the plan.", "31 metres deep", "44 metres"),
    ("Where does the guild of Aum meet?", "The guild of Aum meets in the town hall.",
     "The guild of Aum meets in the granary.", "in the town hall", "in the granary"),
    ("When is the regatta on the Elz?", "The regatta on the Elz is on 5 June.",
     "The regatta on the Elz has been cancelled because of the low water.",
     "5 June", "The regatta on the Elz has been cancelled because of the low water"),
    ("When will the chapel of Rom be sold?", "The chapel of Rom will be sold in April.",
     "The chapel of Rom will not be sold; the parish gave up the plan.",
     "April", "The chapel of Rom will not be sold; the parish gave up the plan"),
)  # fmt: skip
ALIKE = (
    ("When is the meeting about the school?",
     "The meeting about the school is on 14 October in the gym.",
     "Do not forget: the meeting about the school, October 14th, starts punctually."),
    ("How many guests came to the jubilee of Elmau?",
     "Three hundred guests came to the jubilee of Elmau.",
     "The jubilee of Elmau had 300 guests, and the band played until two."),
    ("When was the lighthouse of Sund built?",
     "The lighthouse of Sund was built in 1848 by the state.",
     "The lighthouse of Sund was built in March 1848 and lit in June."),
    ("How high is Mount Serat?",
     "Mount Serat is 2,310 metres high and covered by snow in winter.",
     "Mount Orla is 2,870 metres high and lies across the valley from Mount Serat."),
    ("What is the population of Mirow?", "Mirow has a population of 3,200.",
     "The district around Mirow has a population of 48,000."),
    ("When was the station of Marbach built?",
     "The station of Marbach was built in 1879 of yellow brick.",
     "The station of Marbach was renovated in 1994 and got a lift."),
    ("How much snow fell in Davik in January?", "In January 80 cm of snow fell in Davik.",
     "In February 35 cm of snow fell in Davik."),
    ("Who signed the offer for the heating?", "The offer for the heating was signed by K. Maurer.",
     "The offer for the heating was signed by Klara Maurer on Tuesday."),
    ("What weight has the bell of Tarn?", "The bell of Tarn has a weight of 2 tonnes.",
     "The bell of Tarn weighs 2,000 kg and rings in F sharp."),
    ("How many guests did the spa of Ulm count?", "In 2016 the spa of Ulm counted 9,000 guests.",
     "In 2017 the spa of Ulm counted 11,200 guests."),
    ("How warm was the sea at Polk in June?", "In June the sea at Polk was 16 degrees warm.",
     "In August the sea at Polk was 21 degrees warm."),
    ("How many cabins did the Wega have?", "The Wega had 40 cabins.", "The Wega II had 64 cabins."),
    ("What does the lift to Sarn cost?", "The lift to Sarn costs 14 euros for adults.",
     "The lift to Sarn costs 7 euros for children."),
    ("When does the tram to Egg leave?", "The tram to Egg leaves at 10:30.",
     "The tram to Egg leaves at half past ten."),
    ("When is the flower show?", "The flower show is on 6 May.",
     "The flower show is on May 6th and costs nothing."),
)  # fmt: skip


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("differing")
    for number, (_, first, second, *_) in enumerate((*DIFFERENT, *ALIKE)):
        (folder / f"{number}a.txt").write_text(first, encoding="utf-8")
        (folder / f"{number}b.txt").write_text(second, encoding="utf-8")
    with Library.open(folder / "texts.brain") as opened:
        opened.add([folder])
        yield opened


@pytest.mark.parametrize(("question", "first", "second"), [(q, a, b) for q, *_, a, b in DIFFERENT])
def test_two_values_for_one_thing_are_told(
    library: Library, question: str, first: str, second: str
) -> None:
    answer = library.ask(question)
    assert set(answer.differs) == {first, second}
    assert answer.note == f"Two sources differ: {answer.differs[0]}, {answer.differs[1]}."
    assert answer.confidence < LIKELY
    assert answer.possible
    quoted = {answer.evidence[n - 1].source.id for s in answer.sentences[:2] for n in s.citations}
    assert len(quoted) == 2
    assert answer.note in brief(answer)


@pytest.mark.parametrize("question", [question for question, *_ in ALIKE])
def test_sources_that_agree_or_speak_of_other_things_do_not_differ(
    library: Library, question: str
) -> None:
    answer = library.ask(question)
    assert not answer.abstained
    assert answer.differs == ()


@pytest.mark.parametrize(
    ("written", "told", "question"),
    [
        (DIFFERENT[0][1], DIFFERENT[0][2], DIFFERENT[0][0]),
        *((second, first, question) for question, first, second, *_ in DIFFERENT[2:]),
        ("In summer the keys of the boathouse hang in the office.",
         "The keys of the boathouse hang in the kitchen.",
         "Where do the keys of the boathouse hang?"),
    ],
)  # fmt: skip
def test_a_source_that_contradicts_what_was_told_is_said_to(
    tmp_path: Path, written: str, told: str, question: str
) -> None:
    (tmp_path / "page.txt").write_text(written, encoding="utf-8")
    with Library.open(tmp_path / "told.brain") as library:
        library.add([tmp_path / "page.txt"])
        library.facts.tell(told)
        answer = library.ask(question)
    assert answer.told is not None
    own, theirs = answer.differs
    assert own == answer.value == answer.told.value
    assert theirs in written.rstrip(".")
    assert answer.note == f"A note says “{own}”, a source “{theirs}”."
    assert answer.note in brief(answer)
    assert answer.evidence[0].quote in written


@pytest.mark.parametrize(
    ("written", "told", "question"),
    [
        *((second, first, question) for question, first, second in ALIKE),
        ("The red ferry carries 200 cars.", "The blue ferry carries 90 cars.",
         "How many cars does the blue ferry carry?"),
        ("The plan of the library is free.", "My plan is pro.", "What is my plan?"),
    ],
)  # fmt: skip
def test_a_source_that_agrees_with_what_was_told_is_not_said_to_differ(
    tmp_path: Path, written: str, told: str, question: str
) -> None:
    (tmp_path / "page.txt").write_text(written, encoding="utf-8")
    with Library.open(tmp_path / "told.brain") as library:
        library.add([tmp_path / "page.txt"])
        library.facts.tell(told)
        assert library.ask(question).differs == ()


def test_the_newer_source_stands_first(tmp_path: Path) -> None:
    for name, day, words in (
        ("plan", "2024-03-01", "The bridge over the Lautra will be finished in October 2024."),
        ("news", "2024-09-02", "The bridge over the Lautra will be finished in May 2025."),
    ):
        head = f"---\ntitle: {name}\ndate: {day}\n---\n\n"
        (tmp_path / f"{name}.md").write_text(head + words, encoding="utf-8")
    with Library.open(tmp_path / "texts.brain") as library:
        library.add([tmp_path / "plan.md", tmp_path / "news.md"])
        answer = library.ask("When will the bridge over the Lautra be finished?")
    assert answer.differs == ("May 2025", "October 2024")
    assert answer.value == "May 2025"
    assert "May 2025" in answer.sentences[0].text


@pytest.mark.parametrize(
    ("first", "second", "other"),
    [
        ("12 September", "September 12th", None),
        ("12 September", "12 September to 19 September", "19 September"),
        ("3 March", "17 March", "17 March"),
        ("2.3 million", "2,300,000 euros", None),
        ("3,412", "more than 3,400", None),
        ("six weeks", "a month and a half", None),
        ("300", "520 workers", "520 workers"),
        ("Holm", "Dr Jens Holm", None),
        ("Ada Quill", "Samuel Quill", "Samuel Quill"),
        ("1848", "Jens Holm", None),
        ("", "", None),
    ],
)
def test_values_are_compared_by_what_they_mean(first: str, second: str, other: str | None) -> None:
    comparison = compared(first, second)
    assert (comparison and comparison.other) == other


#: What a mail says, what a later one says, a question, both values, the last first.
CORRECTED = (
    ("The summer fair is on 4 June in the school yard.",
     "I have to correct my mail of Monday: the summer fair is on 11 June, not on 4 June.",
     "When is the summer fair?", "11 June", "4 June"),
    ("The summer fair is on 4 June in the school yard.",
     "The summer fair is on 11 June instead of 4 June, because the yard is being paved.",
     "When is the summer fair?", "11 June", "4 June"),
    ("The repair of the bridge will cost 4.2 million euros.",
     "Correction: the repair of the bridge will cost 6.8 million euros.",
     "How much will the repair of the bridge cost?", "6.8 million euros", "4.2 million euros"),
    ("The repair of the bridge of Sund will cost 4.2 million euros.",
     "A correction to my last mail: the repair will cost 6.8 million euros, not 4.2 million.",
     "How much will the repair of the bridge of Sund cost?", "6.8 million euros",
     "4.2 million euros"),
    ("The bridge of Sund will be closed from 3 March. It will reopen on 30 September.",
     "I have to correct my mail of 22 November: the bridge of Sund will reopen on 15 December.",
     "When will the bridge of Sund reopen?", "15 December", "30 September"),
    ("The chair of the jury is Ida Holm.", "Correction: the chair of the jury is Edda Lund.",
     "Who is the chair of the jury?", "Edda Lund", "Ida Holm"),
)  # fmt: skip


@pytest.mark.parametrize(("first", "second", "question", "value", "other"), CORRECTED)
def test_a_mail_that_corrects_another_leads_and_is_sure(
    tmp_path: Path, first: str, second: str, question: str, value: str, other: str
) -> None:
    answer = _of_mails(tmp_path, first, second, question)
    assert answer.value == value
    assert answer.differs == (value, other)
    assert answer.note == f"A later mail says “{value}”, not “{other}”."
    assert answer.confidence >= LIKELY


@pytest.mark.parametrize(
    ("first", "second", "question", "values"),
    [
        ("The show opens on Thursday at noon.", "The show opens on Friday at noon.",
         "When does the show open?", ("Friday at noon", "Thursday at noon")),
        ("The survey of Elm had two hundred answers.",
         "The survey of Elm had three hundred answers.",
         "How many answers did the survey of Elm have?",
         ("three hundred answers", "two hundred answers")),
        ("The train leaves at 7:40 from platform 3.",
         "Sorry, that was wrong: the train leaves at 8:10 from platform 3.",
         "When does the train leave?", ("8:10", "7:40")),
        ("The north tower is 31 metres high.", "Correction: the south tower is 44 metres high.",
         "How high is the north tower?", ()),
        ("The fair in Elm is on 4 June.",
         "I have to correct the date for Marl: the fair in Marl is on 11 June.",
         "When is the fair in Elm?", ()),
    ],
)  # fmt: skip
def test_another_value_is_no_copy_and_another_thing_no_correction(
    tmp_path: Path, first: str, second: str, question: str, values: tuple[str, ...]
) -> None:
    answer = _of_mails(tmp_path, first, second, question)
    assert answer.differs == values


def _of_mails(folder: Path, first: str, second: str, question: str) -> Answer:
    for number, (day, body) in enumerate((("22 Nov 2021", first), ("3 Dec 2021", second))):
        (folder / f"{number}.eml").write_text(
            f"From: Konrad Meier <konrad@example.org>\nDate: {day} 10:00:00 +0000\n"
            f"Subject: {'Re: ' * number}News\n\nDear all,\n\n{body}\n\nKonrad\n",
            encoding="utf-8",
        )
    with Library.open(folder / "x.brain") as library:
        library.add(sorted(folder.glob("*.eml")), wait="embedded")
        return library.ask(question)
