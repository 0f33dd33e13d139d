"""Everyday questions: short, half of them with no answer here, over books and over a few notes.

Of those with no answer some have the right object and the wrong verb, some ask of it what nobody
says, some are about nothing of the kind. Of the books only the questions are kept, with the hash of
the file and the spans that answer; the small libraries are of our own writing. Choices were made by
half A alone: a small library is whole in one half, a question about books goes by its id.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbench import paths
from workbench.bench.corpus import library_of
from workbench.bench.quotes import flat
from workbench.bench.rows import Row
from workbench.library import Library

Say = Callable[[str], None]

#: The kind of a question that the sources answer; every other kind has no answer in them.
ANSWERABLE = "answerable"
#: Quotes among which the answer is looked for.
_FIVE = 5


@dataclass(frozen=True, slots=True)
class Everyday:
    """A question; `wanted` are the texts any of which answers it, none where nothing does."""

    half: str
    kind: str
    text: str
    wanted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Notes:
    """A small library: its texts by their titles, and the questions for it."""

    name: str
    texts: Mapping[str, str]
    questions: tuple[Everyday, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a question went: whether it was answered, and whether a quote says the answer."""

    asked: Everyday
    silent: bool
    quoted: bool


def notes() -> list[Notes]:
    """The small libraries."""
    made = []
    for row in _rows("everyday_notes.jsonl"):
        asked = tuple(
            Everyday(row["half"], each["kind"], each["question"], _given(each["answer"]))
            for each in row["questions"]
        )
        made.append(Notes(row["id"], row["texts"], asked))
    return made


def questions(books: Sequence[Path]) -> list[Everyday]:
    """Those about these files that are the ones they were written for, and all with no answer."""
    known = {book.stem: book.read_bytes() for book in books}
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in known.items()}
    texts = {name: data.decode(errors="replace") for name, data in known.items()}
    found = []
    for row in _rows("everyday_questions.jsonl"):
        if row["kind"] != ANSWERABLE:
            found.append(Everyday(row["half"], row["kind"], row["question"], ()))
        elif hashes.get(row["book"]) == row["sha256"]:
            wanted = tuple(texts[row["book"]][start:end] for start, end in row["spans"])
            found.append(Everyday(row["half"], row["kind"], row["question"], wanted))
    return found if any(each.wanted for each in found) else []


def outcomes(library: Library, asked: Sequence[Everyday]) -> Iterator[Outcome]:
    """Ask the library each question."""
    for each in asked:
        answer = library.ask(each.text, limit=_FIVE, quotes=True)
        said = [flat(item.quote) for item in answer.evidence]
        quoted = any(flat(wanted) in quote for wanted in each.wanted for quote in said)
        yield Outcome(each, answer.abstained, quoted)


def book_rows(library: Library, books: Sequence[Path], say: Say) -> dict[str, Row]:
    """The rows `everyday_books_*` of a library that holds the books."""
    return _judged("everyday_books", list(outcomes(library, questions(books))), say)


def note_rows(say: Say) -> dict[str, Row]:
    """The rows `everyday_notes_*`: each small library made and asked."""
    found: list[Outcome] = []
    for each in notes():
        records = [
            {"id": f"{each.name}-{number}", "title": title, "text": text}
            for number, (title, text) in enumerate(each.texts.items())
        ]
        with library_of(records) as library:
            found += outcomes(library, each.questions)
    return _judged("everyday_notes", found, say)


def _judged(name: str, found: Sequence[Outcome], say: Say) -> dict[str, Row]:
    made: dict[str, Row] = {}
    for half in ("A", "B"):
        here = [each for each in found if each.asked.half == half]
        yes = [each for each in here if each.asked.wanted]
        no = [each for each in here if not each.asked.wanted]
        figures = {
            "answered": [not each.silent for each in yes],
            "quoted": [each.quoted and not each.silent for each in yes],
            "silent": [each.silent for each in no],
        }
        for what, right in figures.items():
            if right:
                row = f"{name}_{what}_half_{half.lower()}"
                share = round(100 * sum(right) / len(right), 1)
                made[row] = Row(row, share, "%", input=f"{len(right)} questions")
    say(", ".join(f"{row.name} {row.value} (n {row.input})" for row in made.values()))
    return made


def _given(answer: str | None) -> tuple[str, ...]:
    return () if answer is None else (answer,)


def _rows(name: str) -> list[dict[str, Any]]:
    file = paths.resources() / "bench" / name
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
