"""Made-up small libraries, and short questions for what they tell, and for what they do not.

People ask a few notes in a few words. Each note tells some things of an object or of somebody;
asked are those, also in other words, and, with no answer, what no note tells of it, what only
another one's note tells, the same the other way round, and what nothing here is about. In the
questions without an answer most words stand in the notes, but not the one that matters: what
calibration must learn from (`reader.answerability`). All words are of our own making;
everything follows from a seed.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.benchmarks.corpus import Dataset, Question
from tests.benchmarks.rows import made_texts

#: How the id ends of a question in other words, for what is not told of this one, for what is told
#: of another one only, for what is told the other way round, and for what nothing tells of.
OTHER_WORDS, UNTOLD, OTHER, REVERSE, NEVER = "other words", "untold", "other", "reverse", "never"


@dataclass(frozen=True, slots=True)
class _Fact:
    """A thing to tell: ways to tell it, how it is asked in its words and in others, and values.

    `reverse` asks the same of the value, of which it is not told.
    """

    told: tuple[str, ...]
    asked: str
    other_words: tuple[str, ...]
    values: tuple[str, ...]
    reverse: str = ""


_MADE = made_texts("made_notes.json")


def _facts(about: str) -> tuple[_Fact, ...]:
    """Things to tell; their values stand beside them or are those of a list of that name."""
    return tuple(
        _Fact(
            tuple(each["told"]),
            each["asked"],
            tuple(each["other_words"]),
            tuple(_MADE.get(str(each["values"]), each["values"])),
            each.get("reverse", ""),
        )
        for each in _MADE[about]
    )


_ABOUT_OBJECTS, _ABOUT_PEOPLE = _facts("about_objects"), _facts("about_people")
#: Notes of a library at most, things told in one, and questions of each sort about one.
_NOTES, _TOLD, _EACH = 7, 4, 2


@dataclass(frozen=True, slots=True)
class _Note:
    """What a note is about, the facts that it tells of it with their values, and its key."""

    key: str
    about: str
    kinds: tuple[_Fact, ...]
    facts: tuple[_Fact, ...]
    values: tuple[str, ...]


def shelves(count: int, seed: int) -> Iterator[Dataset]:
    """So many libraries of one to seven notes, each with the questions for it."""
    chance = random.Random(seed)
    for number in range(count):
        many = chance.choice((1, 1, 2, 3, 4, 5, _NOTES))
        yield _shelf(chance, f"notes-{seed}-{number}", many)


def _shelf(chance: random.Random, name: str, many: int) -> Dataset:
    things = chance.sample(_MADE["objects"], many)
    people = chance.sample(_MADE["people"], many)
    notes: list[_Note] = []
    for number in range(many):
        person = chance.random() < 0.4
        about, kinds = (people, _ABOUT_PEOPLE) if person else (things, _ABOUT_OBJECTS)
        facts = tuple(chance.sample(kinds, chance.randint(1, _TOLD)))
        free = [[each for each in fact.values if each != about[number]] for fact in facts]
        values = tuple(map(chance.choice, free))
        notes.append(_Note(f"{name}/{number}", about[number], kinds, facts, values))
    records = tuple(_record(chance, note) for note in notes)
    return Dataset(name, "made notes", records, tuple(_questions(chance, name, notes)))


def _record(chance: random.Random, note: _Note) -> dict[str, str]:
    said: list[str] = []
    for fact, value in zip(note.facts, note.values, strict=True):
        # "It" stands for what was named before, as in what people write.
        short = "It" if note.about[0].islower() else note.about.split(" ")[0]
        named = note.about if not said or chance.random() < 0.5 else short
        said.append(_filled(chance.choice(fact.told), named, value))
        if chance.random() < 0.4:
            said.append(chance.choice(_MADE["between"]))
    title = chance.choice((note.about.removeprefix("the ").capitalize(), "Note", ""))
    return {"id": note.key, "title": title, "text": " ".join(said)}


def _filled(told: str, about: str, value: str) -> str:
    small = about[0].lower() + about[1:] if about == "It" else about
    said = told.format(T=about, t=small, v=value)
    return said[0].upper() + said[1:]


def _questions(chance: random.Random, name: str, notes: Sequence[_Note]) -> Iterator[Question]:
    for note in notes:
        told = list(note.facts)
        for number, fact in enumerate(told):
            yield _question(f"{note.key}/{number}", fact.asked, note.about, note.key)
            if fact.other_words and chance.random() < 0.6:
                asked = chance.choice(fact.other_words)
                yield _question(f"{note.key}/{number}/{OTHER_WORDS}", asked, note.about, note.key)
        for fact, value in zip(note.facts, note.values, strict=True):
            if fact.reverse and all(other.about != value for other in notes):
                yield _question(f"{note.key}/{REVERSE}", fact.reverse, value, None)
        elsewhere = {fact for other in notes if other.kinds is note.kinds for fact in other.facts}
        others = [fact for fact in note.kinds if fact in elsewhere and fact not in told]
        untold = [fact for fact in note.kinds if fact not in elsewhere]
        for number, fact in enumerate(chance.sample(untold, min(_EACH, len(untold)))):
            asked = chance.choice((fact.asked, *fact.other_words))
            yield _question(f"{note.key}/{number}/{UNTOLD}", asked, note.about, None)
        for fact in chance.sample(others, min(1, len(others))):
            yield _question(f"{note.key}/{OTHER}", fact.asked, note.about, None)
    yield _question(f"{name}/{NEVER}", chance.choice(_MADE["elsewhere"]), "", None)


def _question(key: str, asked: str, about: str, gold: str | None) -> Question:
    return Question(key, asked.format(t=about), frozenset(() if gold is None else (gold,)), "A")
