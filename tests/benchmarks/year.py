"""A year of use with a clock that is moved: what fades must not take a right answer away.

Made notes are told day by day, made books are read now and then, and every day questions are asked
whose right memory is known. Of each note there are four more that differ in one word, told on other
days: a share of the questions is about the oldest of those whose fresh likes were asked for just
before. Beside it runs the same year where nothing fades, nothing is learned
from asking and nobody sleeps. What counts is a right answer that stands among the first five there
and does not here.
"""

import random
import tempfile
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.rows import Goal, Row, Say, judged
from tests.benchmarks.strength_queries import MovedClock
from workbench.library import Library
from workbench.memory.plasticity import DAY

GOALS = {"year_lost_from_first_five": Goal("count", 0, False)}
_FIRST = 5
#: Of so many questions one is put to the books.
_TO_BOOKS = 6
#: The share of questions about what was told lately, within so many days.
_LATELY, _RECENT = 0.4, 30
#: The share about the oldest of notes that differ in one word, of which a fresh one was among the
#: last so many that were asked for; the others are about any.
_OLDEST, _FRESH = 0.3, 12
_HEADS = ("Bre", "Cal", "Dor", "Ely", "Fen", "Gar", "Hol", "Isk", "Jor", "Kel", "Lum", "Mar")
_TAILS = ("dan", "etta", "fric", "gild", "hart", "ina", "kin", "low", "mund", "nora", "rik", "wyn",
          "ston", "vald", "bert", "sara", "tove")  # fmt: skip
_THINGS = ("anvil", "barrel", "candle", "drum", "easel", "flute", "globe", "hammer", "inkwell",
           "jug", "kettle", "lantern", "mirror", "needle", "oar", "plough", "quill", "rope",
           "saddle", "trunk")  # fmt: skip
_COLOURS = ("red", "green", "blue", "grey", "brown")
_PLACES = ("attic", "barn", "cellar", "dairy", "forge", "granary", "hayloft", "kitchen", "loft",
           "mill", "orchard", "pantry", "quarry", "rectory", "scullery", "tannery", "vault",
           "workshop", "yard", "arcade", "boathouse", "cloister", "dovecote", "pavilion",
           "stable")  # fmt: skip
_WORKS = ("bridge", "chapel", "dam", "granary", "gate", "lighthouse", "mill", "tower", "wharf")


@dataclass(frozen=True, slots=True)
class Year:
    """How large a year is; `nights` is how many days lie between two sleeps."""

    notes: int = 20_000
    books: int = 5
    days: int = 365
    questions: int = 30
    sentences: int = 400
    nights: int = 7
    seed: int = 11


@dataclass(frozen=True, slots=True)
class _Asked:
    cue: str
    right: str
    of_books: bool


def rows(say: Say, year: Year) -> list[Row]:
    """Live the year twice, and compare."""
    with tempfile.TemporaryDirectory() as folder:
        plain = live(Path(folder) / "plain", year, fades=False)
        say(f"without fading: {sum(plain)} of {len(plain)} among the first five")
        lived = live(Path(folder) / "lived", year, fades=True)
        say(f"with fading: {sum(lived)} of {len(lived)} among the first five")
    lost = sum(a and not b for a, b in zip(plain, lived, strict=True))
    won = sum(b and not a for a, b in zip(plain, lived, strict=True))
    say(f"lost {lost}, won {won}")
    on = (
        f"{year.notes:,} notes, {year.books} books, {year.questions} questions a day for "
        f"{year.days} days, asleep every {year.nights} days"
    )
    return [judged("year_lost_from_first_five", lost, GOALS, on)]


def live(folder: Path, year: Year, *, fades: bool) -> list[bool]:
    """Live a year in a library of its own; where nothing fades its clock hardly moves.

    Returns for each question whether it was answered among the first five.
    """
    folder.mkdir()
    clock, found = MovedClock(), []
    day = DAY if fades else 1.0
    chance = random.Random(year.seed)
    order = list(range(year.notes))
    chance.shuffle(order)
    each = -(-year.notes // year.days)
    told: list[int] = []
    asked_lately: deque[int] = deque(maxlen=_FRESH)
    books: list[str] = []
    with Library.open(folder / "year.brain", clock=clock) as library:
        library.brain.configure(learning=fades)
        for today in range(year.days):
            library.facts.tell("\n".join(map(_note, order[today * each : (today + 1) * each])))
            told += order[today * each : (today + 1) * each]
            if today % max(1, year.days // year.books) == 0 and len(books) < (
                year.books * year.sentences
            ):
                books += _read(library, folder, len(books), year.sentences)
            for _ in range(year.questions):
                asked = _question(chance, told, books, each, asked_lately)
                found.append(_answered(library, asked))
            # What was used is written within a second; a day here is shorter than that.
            library._core.fact_index.strengths.flush()
            clock.now += day
            if fades and year.nights and (today + 1) % year.nights == 0:
                library.sleep.run(why="idle")
    return found


def _name(number: int) -> str:
    return _HEADS[number % len(_HEADS)] + _TAILS[number // len(_HEADS) % len(_TAILS)]


def _parts(number: int) -> tuple[str, str, str]:
    """Who keeps what where, for a number; no two of them have the same who and what."""
    things = len(_THINGS) * len(_COLOURS)
    what = number % things
    thing = f"{_COLOURS[what % len(_COLOURS)]} {_THINGS[what // len(_COLOURS)]}"
    return _name(number // things), thing, _PLACES[number * 7 % len(_PLACES)]


def _note(number: int) -> str:
    who, what, where = _parts(number)
    return f"{who} keeps the {what} in the {where}."


def _sentence(number: int) -> str:
    work, who = _WORKS[number % len(_WORKS)], _name(number * 5)
    return f"In the year {1200 + number} the guild of {who}by built the {work} of {_name(number)}."


def _read(library: Library, folder: Path, first: int, count: int) -> list[str]:
    """Add a book; returns its sentences."""
    sentences = [_sentence(number) for number in range(first, first + count)]
    file = folder / f"book {first}.txt"
    pages = (" ".join(sentences[at : at + 8]) for at in range(0, count, 8))
    file.write_text("\n\n".join(pages), encoding="utf-8")
    library.add([file])
    return sentences


def _question(
    chance: random.Random,
    told: Sequence[int],
    books: Sequence[str],
    each: int,
    lately: deque[int],
) -> _Asked:
    if books and chance.randrange(_TO_BOOKS) == 0:
        number = chance.randrange(len(books))
        work = _WORKS[number % len(_WORKS)]
        return _Asked(f"Who built the {work} of {_name(number)}?", books[number], True)
    kind = chance.random()
    if kind < _OLDEST and lately:
        like = _likes(chance.choice(lately))
        oldest = next(number for number in told if number in like)
        who, what, _ = _parts(oldest)
        if chance.random() < 0.5:
            # All five are as good, and four of them are fresher or were used.
            return _Asked(f"Which {what.split()[1]} does {who} keep?", _note(oldest), False)
        return _Asked(f"Where does {who} keep the {what}?", _note(oldest), False)
    begin = max(0, len(told) - _RECENT * each) if kind < _OLDEST + _LATELY else 0
    number = told[chance.randrange(begin, len(told))]
    lately.append(number)
    who, what, where = _parts(number)
    if chance.random() < 0.5:
        # Of what somebody keeps in one place there are four things, all of them as good.
        return _Asked(f"What does {who} keep in the {where}?", _note(number), False)
    return _Asked(f"Where does {who} keep the {what}?", _note(number), False)


def _likes(number: int) -> range:
    """The numbers of the notes that differ in a colour (and where it is kept)."""
    first = number - number % len(_COLOURS)
    return range(first, first + len(_COLOURS))


def _answered(library: Library, asked: _Asked) -> bool:
    if asked.of_books:
        evidence = library.ask(asked.cue, limit=_FIRST).evidence
        return any(asked.right in each.quote for each in evidence)
    return asked.right in [fact.text for fact in library.facts.recall(asked.cue, limit=_FIRST)]
