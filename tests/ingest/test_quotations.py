"""Whose words a mail holds: no section with a speaker holds what another wrote."""

import random
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ingest
from ingest.quotations import Turn, turns
from ingest.records import Section
from ingest.speakers import heading, speaker_of

PEOPLE = (
    "Ines Moreau",
    "Tomas Reed",
    "Re",
    "Jan de Vries",
    "Zoë Müller",
    "Иван Петров",
    "May Lind",
)
OPENINGS = (
    "On Fri, May 3, 2024 at 10:15 AM {name} <{address}> wrote:",
    "On Fri, 3 May 2024 10:15:56 -0800 {name} wrote:",
    "On 2024-05-03 10:15, {name}\n<{address}> wrote:",
    "Am 03.05.2024 um 10:15 schrieb {name} <{address}>:",
    "Am Fr., 3. Mai 2024 um 10:15 Uhr schrieb {name}:",
    "Le ven. 3 mai 2024 à 10:15, {name} <{address}> a écrit :",
    "El vie, 3 may 2024 a las 10:15, {name} (<{address}>) escribió:",
    "Il giorno ven 3 mag 2024 alle ore 10:15 {name} <{address}> ha scritto:",
    "Op vr 3 mei 2024 om 10:15 schreef {name} <{address}>:",
    "3 мая 2024 г., 10:15, {name} <{address}> написал(а):",
    "{name} <{address}> writes:",
    "* {name} <{address}> wrote:",
    "",
)
HEADERS = (
    "-----Original Message-----\nFrom: {name} <{address}>\nSent: Friday, May 3, 2024 10:15 AM\n"
    "To: all\nSubject: The mill",
    "-----Ursprüngliche Nachricht-----\nVon: {name}\nGesendet: Freitag, 3. Mai 2024 10:15\n"
    "An: alle\nBetreff: Die Mühle",
    "De : {name} <{address}>\nEnvoyé : vendredi 3 mai 2024 10:15\nÀ : tous\nObjet : Le moulin",
    "---------- Forwarded message ---------\nFrom: {name} <{address}>\n"
    "Date: Fri, May 3, 2024 at 10:15 AM\nSubject: The mill\nTo: <all@example.org>",
)
WORDS = ("harbour", "mill", "salt", "letter", "ferry", "lamp", "winter", "boat", "copper", "wheel")


class Writer:
    """Makes the mails of a thread; each sentence names nobody and is written once."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.authors: dict[str, str] = {}

    def paragraph(self, author: str) -> str:
        """One to three new sentences."""
        made = []
        for _ in range(self.random.randint(1, 3)):
            words = self.random.choices(WORDS, k=self.random.randint(4, 14))
            made.append(f"Sentence{len(self.authors)} {' '.join(words)}.")
            self.authors[made[-1].split()[0]] = author
        return self.wrapped(" ".join(made))

    def wrapped(self, text: str) -> str:
        """The text in lines of at most 72 characters."""
        lines = [""]
        for word in text.split():
            if len(lines[-1]) + len(word) > 70:
                lines.append("")
            lines[-1] = f"{lines[-1]} {word}".strip()
        return "\n".join(lines)

    def reply(self, author: str, to: str, before: str) -> str:
        """An answer to a mail: on top, below, between its paragraphs, or with it forwarded."""
        address = f"{to.split()[0].lower()}@example.org" if to.isascii() else "x@example.org"
        way = self.random.choice(("top", "bottom", "between", "forward"))
        if way == "forward":
            block = self.random.choice(HEADERS).format(name=to, address=address)
            return f"{self.paragraph(author)}\n\n{block}\n\n{before}"
        opening = self.random.choice(OPENINGS).format(name=to, address=address)
        marks = self.random.choice((">", "> ", ">"))
        marked = [f"{marks}{line}" for line in before.split("\n")]
        if way == "top":
            return "\n".join((self.paragraph(author), "", opening, *marked))
        if way == "bottom":
            return "\n".join((opening, *marked, "", self.paragraph(author)))
        lines = [opening, ""]
        for line in marked:
            lines.append(line)
            if not line.strip("> ") and self.random.random() < 0.5:
                lines += ["", self.paragraph(author), ""]
        return "\n".join((*lines, "", self.paragraph(author)))


def thread(seed: int, levels: int) -> tuple[str, str, dict[str, str]]:
    """The last mail of a thread, its author, and who wrote each sentence."""
    writer = Writer(seed)
    author = writer.random.choice(PEOPLE)
    mail = f"{writer.paragraph(author)}\n\n{writer.paragraph(author)}"
    for _ in range(levels):
        answers = writer.random.choice([name for name in PEOPLE if name != author])
        mail = writer.reply(answers, author, mail)
        author = answers
    return mail, author, writer.authors


def wrong(mail: str, sender: str, authors: dict[str, str]) -> list[tuple[str, str]]:
    """Sentences of a mail with the speaker who did not write them."""
    return [
        (word, turn.speaker)
        for turn in turns(mail, sender)
        for word in turn.text.split()
        if turn.speaker and word in authors and authors[word] != turn.speaker
    ]


def test_no_words_of_made_threads_are_anothers() -> None:
    for seed in range(400):
        mail, sender, authors = thread(seed, 1 + seed % 10)
        assert not wrong(mail, sender, authors), f"{seed}\n{mail}"


def test_most_words_of_made_threads_have_their_speaker() -> None:
    named = total = 0
    for seed in range(200):
        mail, sender, _ = thread(seed, 1)
        for turn in turns(mail, sender):
            if turn.text.strip():
                total += 1
                named += bool(turn.speaker)
    assert named / total > 0.85


@pytest.mark.slow
@given(seed=st.integers(), levels=st.integers(1, 10))
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_passage_of_a_made_thread_is_anothers(seed: int, levels: int, tmp_path: Path) -> None:
    text, sender, authors = thread(seed, levels)
    message = EmailMessage()
    message["From"] = f"{sender} <sender@example.org>"
    message["To"] = "all@example.org"
    message["Subject"] = "The mill"
    message.set_content(text, cte="8bit")
    path = tmp_path / "mail.eml"
    path.write_bytes(message.as_bytes())
    for section in ingest.read(path):
        if isinstance(section, Section) and (speaker := speaker_of(section.title)):
            for word in " ".join(passage.text for passage in section.passages).split():
                assert authors.get(word, speaker) == speaker, text


def spoken(mail: str) -> list[tuple[str, str]]:
    """Each turn's speaker and words."""
    return [(turn.speaker, " ".join(turn.text.split())) for turn in turns(mail, "Ines Moreau")]


def test_a_mail_between_two_levels_has_its_writer() -> None:
    mail = (
        "On Tue, 16 Nov 2010 19:55:31 +0000 B. Holm wrote:\n\n"
        "> On Tue, Nov 16, 2010 at 12:21:02PM -0800, Otto Berg wrote:\n"
        "> > Is the mill sold?\n> It is not.\nYes it is.\n> Why?\n"
    )
    assert spoken(mail) == [
        ("Otto Berg", "Is the mill sold?"),
        ("B. Holm", "It is not."),
        ("Ines Moreau", "Yes it is."),
        ("B. Holm", "Why?"),
    ]


def test_a_quoted_line_that_was_broken_stays_with_its_writer() -> None:
    mail = (
        "Tomas Reed <t@example.org> wrote:\n"
        "> The harbour is closed from the first of May to the end of the month and\n"
        "longer\n> where the ice is thick.\nThanks.\n"
    )
    assert [speaker for speaker, _ in spoken(mail)] == ["Tomas Reed", "Ines Moreau"]


@pytest.mark.parametrize(
    "mail",
    [
        "I said before:\n> The mill is sold.\n\nIt is.",
        "> The mill is sold.\n\nIt is.",
        "On 3 May 2024, Otto Berg <o@example.org> wrote:\n\nThe mill is sold.\n\nIt is.",
        "See inline.\n\nFrom: Otto Berg\nSent: Friday\nTo: me\n\nThe mill is sold.\nIt is.",
        "In message <1.2.3@example.org> you wrote:\n> The mill is sold.\n\nIt is.",
        "Otto wrote:\nThe mill is sold.\n\nIt is.",
        "Otto: see below.\n\n-----Original Message-----\nThe mill is sold.",
    ],
)
def test_words_that_may_be_anybodys_have_no_speaker(mail: str) -> None:
    assert next(speaker for speaker, text in spoken(mail) if "mill is sold" in text) == ""


def test_marks_of_another_kind_and_initials_count_as_quotations() -> None:
    bars = "Otto Berg <o@example.org> wrote:\n| The mill is sold.\n| Long ago.\n\nIt is."
    initials = "Otto Berg <o@example.org> wrote:\n\nOB> The mill is sold.\nOB> Long ago.\n\nIt is."
    expected = [("Otto Berg", "The mill is sold. Long ago."), ("Ines Moreau", "It is.")]
    assert spoken(bars) == spoken(initials) == expected


def test_introductions_are_with_the_words_that_they_introduce() -> None:
    found: list[Turn] = turns(
        "Fine.\n\nOn 3 May 2024 Otto Berg wrote:\n> Sold?\n", "Ines", "2024-05-06"
    )
    assert [(turn.speaker, turn.day, turn.quoted) for turn in found] == [
        ("Ines", "2024-05-06", False),
        ("Otto Berg", "2024-05-03", True),
    ]
    assert found[1].introduction == ["On 3 May 2024 Otto Berg wrote:"]


@pytest.mark.parametrize(
    ("speaker", "to", "quoted_by", "expected"),
    [
        ("Ines", ["Tomas"], None, "Ines to Tomas, 11 Apr 2024"),
        ("Ines", ["A", "B", "C", "D"], None, "Ines to A, B and 2 others, 11 Apr 2024"),
        ("Re", [], "Ines to", "Re, 11 Apr 2024, quoted by Ines to"),
        ("", [], "Ines", "11 Apr 2024, quoted by Ines"),
    ],
)
def test_headings_name_the_speaker(
    speaker: str, to: list[str], quoted_by: str | None, expected: str
) -> None:
    assert heading(speaker, to, "2024-04-11", quoted_by) == expected
    assert speaker_of(expected) == speaker


@pytest.mark.parametrize(
    "opening", [row for row in OPENINGS if "2024" in row and "\n" not in row and " <{" in row]
)
def test_an_introduction_that_is_broken_before_the_address_is_whole(opening: str) -> None:
    line = opening.format(name="Paul Lind", address="paul@port.example")
    text = f"Yes to the lock.\n\n{line.replace(' <', f'{chr(10)}<')}\n\n> I hate the lock.\n"
    own, quoted = turns(text, "Ruth Holm")
    assert (own.speaker, own.text) == ("Ruth Holm", "Yes to the lock.")
    assert (quoted.speaker, quoted.text) == ("Paul Lind", "I hate the lock.")
