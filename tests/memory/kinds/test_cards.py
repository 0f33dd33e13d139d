"""Cards: proposed from a memory, written by hand, and taken to Anki."""

import sqlite3
import zipfile
from pathlib import Path

import pytest

from workbench.errors import InputError, NotFoundError, UsageError
from workbench.library import Library
from workbench.library.options import Marks, TellOptions
from workbench.memory.kinds.records import Review

DAY = 86_400.0
GAUGE = "The tide gauge of Norholm shows 4.2 metres in spring."


def _told(library: Library, text: str) -> int:
    (id,) = library.facts.tell(text).new
    return id


def _notes(deck: Path, into: Path) -> list[tuple[str, str, str, str]]:
    """Model, fields and tags of the notes of a deck, as Anki's own reader would find them."""
    with zipfile.ZipFile(deck) as archive:
        assert archive.read("media") == b"{}"
        file = Path(archive.extract("collection.anki2", into))
    connection = sqlite3.connect(file)
    try:
        cards, decks = connection.execute(
            "SELECT count(*), count(DISTINCT did) FROM cards"
        ).fetchone()
        rows = connection.execute("SELECT guid, mid, flds, tags FROM notes ORDER BY id").fetchall()
    finally:
        connection.close()
    assert (cards, decks) == (len(rows), 1)
    return [(guid, *fields.split("\x1f"), tags.strip()) for guid, _, fields, tags in rows]


@pytest.mark.parametrize(
    ("text", "front"),
    [
        (GAUGE, "The tide gauge of Norholm shows {{4.2 metres}} in spring."),
        (
            "The harbour of Aldby was built by Marta Olsen.",
            "The harbour of Aldby was built by {{Marta Olsen}}.",
        ),
        ("The spare key is under the pot.", "The spare key is under the {{pot}}."),
        (
            "Der Hafen von Aldby wurde von Marta Olsen gebaut.",
            "Der Hafen von Aldby wurde von {{Marta Olsen}} gebaut.",
        ),
        ("The macro {{name}} is a thing.", "The macro {{name}} is a thing."),
        ("It rains.", "It rains."),
    ],
)
def test_a_gap_is_proposed_at_a_value_a_name_or_a_number(text: str, front: str) -> None:
    with Library.open(":memory:") as library:
        card = library.memory.card(_told(library, text))
        assert card.front == front
        assert f"{{{{{card.answer}}}}}" in front or card.answer == text


def test_a_card_is_written_kept_over_reviews_and_proposed_again() -> None:
    with Library.open(":memory:") as library:
        id = _told(library, GAUGE)
        card = library.memory.card(id, "What does the gauge show?", "4.2 metres")
        assert (card.front, card.answer, card.days) == (
            "What does the gauge show?",
            "4.2 metres",
            1,
        )
        assert library.memory.review(id, rating="good").front == "What does the gauge show?"
        assert library.memory.card(id, "Where is it?").answer == GAUGE
        several = library.memory.card(id, "{{The gauge}} of {{c1::Norholm}}")
        assert several.answer == "The gauge; Norholm"
        assert several.times == 1
        assert library.memory.card(id).answer == "4.2 metres"
        library.undo()
        assert library.memory.reviews(id)[0].answer == "The gauge; Norholm"


def test_what_makes_no_card_is_refused() -> None:
    with Library.open(":memory:") as library:
        id = _told(library, GAUGE)
        with pytest.raises(UsageError):
            library.memory.card(id, "x" * 5_001)
        with pytest.raises(UsageError):
            library.memory.card(id, " ", "4.2 metres")
        with pytest.raises(NotFoundError):
            library.memory.card(4711, "What?")
        assert library.memory.reviews(id) == []


def test_a_highlight_asks_the_question_in_its_note_and_knows_its_page(tmp_path: Path) -> None:
    book = tmp_path / "gauges.md"
    book.write_text(f"# Tides\n\n{GAUGE} It was repaired in 1958.\n", encoding="utf-8")
    with Library.open(tmp_path / "a.brain") as library:
        library.add([book])
        text = library.sources.text(1)
        start = text.index(GAUGE)
        plain = library.notes.highlight(1, start, start + len(GAUGE))
        card = library.memory.card(plain.id)
        assert (card.source, card.start, card.note) == (1, start, "")
        assert (card.title, card.place) == ("Tides", "Tides")
        assert card.answer == "4.2 metres"
        library.notes.highlight(plain.id, note="How high is the tide in spring?")
        (asked,) = library.memory.reviews(plain.id)
        assert (asked.front, asked.answer) == ("How high is the tide in spring?", GAUGE)


def test_a_deck_for_anki_has_each_card_with_its_source(tmp_path: Path) -> None:
    now = [1_800_000_000.0]
    with Library.open(tmp_path / "a.brain", clock=lambda: now[0]) as library:
        file = tmp_path / "oil.md"
        file.write_text("# Oil\n\n## Olives & <press>\n\nOlives float <when> unripe.\n")
        library.add([file])
        book = library.sources.list()[0].id
        library.collections.assign([book], "oil")
        text = library.sources.text(book)
        (sentence,) = library.graph.sentences(book, text.index("float"), text.index("unripe"))
        gauge = _told(library, GAUGE)
        stopped = _told(library, "The shed is locked.")
        library.memory.mark([sentence, gauge, stopped], Marks(review=True))
        library.memory.mark([stopped], Marks(review=False))
        library.memory.mark([gauge], Marks(tags=["to check"]))
        library.memory.card(sentence, "What floats?", "olives")
        made = library.export(tmp_path, format="anki")
        assert (made.path.name, made.notes) == ("a.apkg", 2)
        first, second = _notes(made.path, tmp_path / "one")
        assert first[1:] == ("What floats?", "olives<br><i>Oil, Olives &amp;</i>", "")
        assert second[1:] == (
            "The tide gauge of Norholm shows {{c1::4.2 metres}} in spring.", "", "to_check",
        )  # fmt: skip
        with pytest.raises(UsageError):
            library.export(tmp_path / "a.apkg", format="anki")
        now[0] += DAY
        library.memory.card(sentence, "What floats when unripe?", "{{c::d}} & olives")
        again = library.export(tmp_path / "b.apkg", format="anki", collection="oil")
        ((guid, *_),) = _notes(again.path, tmp_path / "two")
        assert guid == first[0]
        library.sources.trash([book])
        ((guid, *_),) = _notes(
            library.export(tmp_path / "e.apkg", format="anki").path, tmp_path / "three"
        )
        assert guid == second[0]
        with pytest.raises(NotFoundError):
            library.export(tmp_path / "c.apkg", format="anki", memories=[stopped])
        with pytest.raises(InputError):
            library.export(tmp_path / "no" / "d.apkg", format="anki")
        assert {file.name for file in tmp_path.iterdir()} & {"c.apkg", "no"} == set()


def test_cards_go_along_with_edits_and_exports(tmp_path: Path) -> None:
    with Library.open(tmp_path / "a.brain") as library:
        (id,) = library.facts.tell(GAUGE, options=TellOptions(priority=8)).new
        library.memory.card(id, "How much?", "4.2 metres")
        edited = library.facts.edit(id, "The tide gauge of Norholm shows 4.3 metres in spring.")
        assert _front(library.memory.reviews(edited.id)) == "How much?"
        bundle = library.export(tmp_path / "a.engrams").path
    with Library.open(tmp_path / "b.brain") as other:
        other.import_(bundle)
        (fact,) = other.facts.list()
        assert _front(other.memory.reviews(fact.id)) == "How much?"


def _front(reviews: list[Review]) -> str:
    (review,) = reviews
    return review.front
