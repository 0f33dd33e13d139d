"""Questions for who wrote or said what to whom and when are answered by their speakers."""

import re
from collections.abc import Iterator
from email.message import EmailMessage

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.speakers import speaker_of
from workbench.library import Library
from workbench.recall.question_forms import SpeakerQuery, speaker_query
from workbench.recall.records import Answer
from workbench.recall.wording import place_words

MAILS = (
    ("Piet Jansen", "Otto Brandt", "08 Apr", "Offer for the roof",
     "Please find attached our offer for the roof of the library.\nWe need three weeks for it."),
    ("Otto Brandt", "Lena Fischer", "09 Apr", "Fwd: Offer for the roof",
     "It seems too much to me.\n\n-----Original Message-----\nFrom: Piet Jansen\n"
     "Sent: Monday, 8 April 2024\nTo: Otto Brandt\nSubject: Offer for the roof\n\n"
     "Please find attached our offer for the roof of the library.\nWe need three weeks for it."),
    ("Lena Fischer", "Otto Brandt", "11 Apr", "Re: Offer for the roof",
     "The price is fair.\nThe scaffold would close the entrance.\n\n"
     "On Tue, 9 Apr 2024, Otto Brandt wrote:\n> It seems too much to me.\n"),
    ("Lena Fischer", "Karin Holm", "03 May", "Heating",
     "The boiler in the cellar has to be replaced before winter."),
    ("Karin Holm", "Lena Fischer", "06 May", "Re: Heating",
     "On Fri, 3 May 2024, Lena Fischer wrote:\n"
     "> The boiler in the cellar has to be replaced before winter.\n"
     "I doubt that; the boiler was repaired in 2022.\n"),
)  # fmt: skip
CHAT = (
    "[12.03.24, 18:03:22] Mira: The ferry to the island leaves at seven.\n"
    "[12.03.24, 18:04:10] Jonas: The ferry is always late, I take the bus.\n"
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("mails")
    for number, (sender, to, day, subject, body) in enumerate(MAILS):
        message = EmailMessage()
        message["From"] = f"{sender} <{sender.split()[0].lower()}@example.org>"
        message["To"] = f"{to} <{to.split()[0].lower()}@example.org>"
        message["Date"] = f"{day} 2024 09:00:00 +0200"
        message["Subject"] = subject
        message.set_content(body)
        (folder / f"{number}.eml").write_bytes(message.as_bytes())
    (folder / "WhatsApp Chat.txt").write_text(CHAT, encoding="utf-8")
    with Library.open(folder / "mails.brain") as opened:
        opened.add([folder])
        yield opened


def first_words(answer: Answer) -> list[str]:
    """The beginnings of what the answer quotes."""
    return [sentence.text.split(".")[0].split(";")[0] for sentence in answer.sentences]


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("Which mails were sent in May 2024?", "Heating; Re: Heating"),
        ("Which mails are from the 3rd of May 2024?", "Heating"),
        ("Which emails were sent on May 6, 2024?", "Re: Heating"),
        ("Which mails were sent after 2024-05-03?", "Re: Heating"),
        ("Which mails were sent before 9 April 2024?", "Offer for the roof"),
        ("How many mails are from April 2024?", "3"),
        ("which mails were sent in may 2024", "Heating; Re: Heating"),
        ("Was the mail Heating sent in 2024?", "yes"),
        ("Which mails were sent in June 2024?", None),
    ],
)
def test_mails_are_listed_by_their_date(library: Library, question: str, value: str | None) -> None:
    answer = library.ask(question)
    assert answer.value == value
    assert value or answer.suggestion == "None of your mails is from 2024-06."


@pytest.mark.slow
@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What did Lena write to Otto in April?", ["The price is fair"]),
        ("What did Lena Fischer write on 3 May 2024?",
         ["The boiler in the cellar has to be replaced before winter"]),
        ("Which mails did Lena send?",
         ["The price is fair", "The boiler in the cellar has to be replaced before winter"]),
        ("List all e-mails from Karin to Lena", ["I doubt that"]),
        ("What did Otto write to Lena?", ["It seems too much to me"]),
        ("Which mails did Lena receive from Karin?", ["I doubt that"]),
        ("What did Lena answer Otto about the roof?", ["The price is fair"]),
    ],
)  # fmt: skip
def test_what_somebody_wrote_is_quoted_in_order(
    library: Library, question: str, expected: list[str]
) -> None:
    assert first_words(library.ask(question, quotes=True)) == expected


@pytest.mark.slow
@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("Who sent the offer for the roof?", "Piet Jansen"),
        ("Who said that the boiler was repaired in 2022?", "Karin Holm"),
        ("Who wrote the e-mail “Heating”?", "Lena Fischer"),
        ("Who wrote to Lena?", "Otto Brandt, Karin Holm"),
        ("Who wrote to Lena in April?", "Otto Brandt"),
        ("How many e-mails did Lena write?", "2"),
        ("Who said that the ferry is always late?", "Jonas"),
        ("Who forwarded the offer for the roof?", "Otto Brandt"),
        ("Who doubted that the boiler has to be replaced?", "Karin Holm"),
        ("When did Lena write to Otto?", "11 Apr 2024"),
        ("To whom did Lena write about the boiler?", "Karin Holm"),
        ("Did Karin answer Lena?", "yes"),
        ("How many mails did Lena get from Otto?", "1"),
    ],
)
def test_who_wrote_is_named(library: Library, question: str, value: str) -> None:
    assert library.ask(question, quotes=True).value == value


@pytest.mark.slow
@pytest.mark.parametrize(
    ("question", "speaker", "words"),
    [
        ("What did Karin say about the boiler?", "Karin Holm", "repaired in 2022"),
        ("What did Lena say about the boiler?", "Lena Fischer", "has to be replaced"),
        ("What did Piet write about the roof?", "Piet Jansen", "our offer for the roof"),
        ("What did Jonas say about the ferry?", "Jonas", "always late"),
    ],
)
def test_what_somebody_says_of_something_is_in_their_words(
    library: Library, question: str, speaker: str, words: str
) -> None:
    answer = library.ask(question, quotes=True)
    assert words in answer.sentences[0].text
    places = [place_words(each.locator, each.source) for each in answer.evidence]
    assert all(speaker in place for place in places)


@pytest.mark.slow
def test_what_nobody_wrote_is_not_answered(library: Library) -> None:
    answer = library.ask("What did Karin write to Otto?", quotes=True)
    assert answer.abstained
    assert answer.suggestion == "Your sources contain nothing from “Karin” to “Otto”."
    answer = library.ask("How many mails did Otto Brandt get in 1987?", quotes=True)
    assert answer.abstained
    assert answer.suggestion == (
        "Your sources contain nothing from anybody to “Otto Brandt” at that time."
    )


@pytest.mark.slow
def test_a_list_that_is_cut_says_how_many_there_are(library: Library) -> None:
    question = "Which mails did Lena send?"
    assert library.ask(question, limit=1).note == "The first 1 of 2 are shown."
    assert library.ask(question, limit=2).note == ""


def test_citations_name_the_speaker_the_recipient_and_the_day(library: Library) -> None:
    first = library.ask("What did Lena write to Otto in April?", quotes=True).evidence[0]
    assert place_words(first.locator, first.source) == "Lena Fischer to Otto Brandt, 11 Apr 2024"


PEOPLE = ("Ada Voss", "Bela Ruiz", "Cora Lind")
OWN_WORDS = ("gravel", "heron", "lantern", "orchard", "pumpkin", "quarry", "saddle", "turnip")
FORMS = ("top", "below", "forward")
OPENINGS = (
    "On {day} Mar 2025, {name} wrote:", "Am {day}. März 2025 schrieb {name}:",
    "Le {day} mars 2025, {name} a écrit :", "{name} wrote on {day}/03/2025:",
)  # fmt: skip


@pytest.mark.slow
@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    turns=st.lists(
        st.tuples(st.integers(0, 2), st.integers(0, 3), st.sampled_from(FORMS)),
        min_size=3, max_size=6,
    )
)  # fmt: skip
def test_no_quotation_has_the_words_of_another(
    tmp_path_factory: pytest.TempPathFactory, turns: list[tuple[int, int, str]]
) -> None:
    folder = tmp_path_factory.mktemp("thread")
    spoken: dict[str, set[str]] = {name: set() for name in PEOPLE}
    former, former_name = "", ""
    for number, (person, opening, form) in enumerate(turns):
        name, word = PEOPLE[person], OWN_WORDS[number]
        spoken[name].add(word)
        own = f"The {word} is what I worry about here.\nWe must look at the {word} on Monday."
        head = OPENINGS[opening].format(day=number, name=former_name)
        quoted = "\n".join(f"> {line}" for line in former.splitlines())
        whole = {
            "top": f"{own}\n\n{head}\n{quoted}",
            "below": f"{head}\n{quoted}\n\n{own}",
            "forward": f"{own}\n\n---------- Forwarded message ---------\nFrom: {former_name}\n"
            f"Subject: Monday\n\n{former}",
        }[form]
        message = EmailMessage()
        message["From"] = f"{name} <{name[0].lower()}@example.org>"
        message["To"] = f"{PEOPLE[(person + 1) % 3]} <x@example.org>"
        message["Date"] = f"{number + 1:02} Mar 2025 09:00:00 +0100"
        message["Subject"] = "Re: Monday" if former else "Monday"
        message.set_content(whole if former else own)
        (folder / f"{number}.eml").write_bytes(message.as_bytes())
        former, former_name = whole if former else own, name
    with Library.open(folder / "mails.brain") as library:
        library.add([folder])
        questions = [f"What did {name.split()[0]} say about the Monday?" for name in PEOPLE]
        questions += [f"Which mails did {name.split()[0]} send?" for name in PEOPLE]
        questions += [f"Who worries about the {word}?" for word in OWN_WORDS[: len(turns)]]
        for question in questions:
            for row in library.ask(question, quotes=True).evidence:
                speaker = speaker_of((row.locator.chapter or "").rpartition(" · ")[2])
                others = set(OWN_WORDS) - spoken.get(speaker, set(OWN_WORDS))
                assert not others.intersection(re.findall(r"\w+", row.quote)), (question, row)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What did Ines tell Tomas about the mill in May 2024?",
         SpeakerQuery("Ines", "Tomas", "the mill", "2024-05")),
        ("What did Ines Moreau answer on 11 April 2024?",
         SpeakerQuery("Ines Moreau", period="2024-04-11", replies=True)),
        ("Which messages did Ines send to Jan de Vries in April?",
         SpeakerQuery("Ines", "Jan de Vries", period="april", mails=True)),
        ("Who wrote to the mayor in 2024?", SpeakerQuery("", "mayor", period="2024")),
        ("When did Ines write to Tomas?", SpeakerQuery("Ines", "Tomas", aside="time")),
        ("What did Ines answer Tomas?", SpeakerQuery("Ines", "Tomas", replies=True)),
        ("Which mails did Tomas get from Ines in May?",
         SpeakerQuery("Ines", "Tomas", period="may", mails=True)),
        ("What is the price of the roof?", None),
        ("Who repaired the boiler?", None),
    ],
)  # fmt: skip
def test_questions_for_words_of_somebody(question: str, expected: SpeakerQuery | None) -> None:
    assert speaker_query(question) == expected
