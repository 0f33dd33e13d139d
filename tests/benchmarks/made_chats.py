"""Made-up chats, and questions about the right person, the wrong one, and what was never said.

Two friends write to each other. Each thing that happened is told by one of them, in the first
person, and the other answers with “you”, often in the same words. A question that asks it of the
one who told it has an answer; asked of the other one it has none, though every word of it stands
there: this is what calibration must learn from (`reader.answerability`). All words are of our
own making, and everything follows from a seed.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from tests.benchmarks.corpus import Dataset, Question
from tests.benchmarks.rows import made_texts


@dataclass(frozen=True, slots=True)
class _Happening:
    """A thing to tell: how it is told, how answered, how asked for; `never` was not told of it."""

    told: str
    reply: str
    asked: Sequence[str]
    values: Sequence[str]
    never: str


_MADE = made_texts("made_chats.json")
_NAMES, _CHATTER = _MADE["names"], _MADE["chatter"]
_HAPPENED = tuple(_Happening(**each) for each in _MADE["happened"])
_BOTH = ("Me too, but with me it was {v}.", "Funny, I did the same, only that it was {v} for me.")
_MONTHS = ("January", "March", "May", "June", "August", "September", "October", "December")
#: Things that one of two tells, and how often the other one did the same.
_TELL, _SAME = 14, 0.12
#: How the ids of questions end to which nobody ever said anything.
NEVER = ("/never", "/neither")


def conversations(count: int, seed: int = 11) -> list[Dataset]:
    """So many chats of two people; every turn is a record, as `corpus.chats` gives them.

    Questions: of the one who told it (in its words or in others), of the other one, for what was
    never told of it, and for what neither of them told.
    """
    return [_chat(number, random.Random(f"{seed}/{number}")) for number in range(count)]


def _chat(number: int, rng: random.Random) -> Dataset:
    people = rng.sample(_NAMES, 2)
    happened = rng.sample(range(len(_HAPPENED)), min(len(_HAPPENED), 2 * _TELL))
    name = f"made-{number}"
    records: list[dict[str, str]] = []
    questions: list[Question] = []
    session, day = 0, ""
    for place, each in enumerate(happened):
        if place % 6 == 0:
            session += 1
            day = f"{rng.randint(1, 28)} {rng.choice(_MONTHS)}, {2019 + session // 4}"
        teller = rng.randrange(2)
        happening = _HAPPENED[each]
        value, other = rng.sample(happening.values, 2)
        gold = _tell(records, name, session, day, people, teller, happening, value, other, rng)
        questions += _ask(f"{name}/{each}", people, teller, happening, gold, rng)
    for each in rng.sample(sorted(set(range(len(_HAPPENED))) - set(happened)), 4):
        text = rng.choice(_HAPPENED[each].asked).format(n=rng.choice(people))
        questions.append(_question(f"{name}/{each}/neither", text, ()))
    return Dataset(name, "made chats", tuple(records), tuple(questions))


def _tell(
    records: list[dict[str, str]],
    name: str,
    session: int,
    day: str,
    people: Sequence[str],
    teller: int,
    happening: _Happening,
    value: str,
    other: str,
    rng: random.Random,
) -> dict[int, str]:
    """Write the turns of one happening; the key of the turn by the one whom it is true of."""
    gold: dict[int, str] = {}

    def say(who: int, text: str) -> str:
        key = f"{name}/{len(records)}"
        title = f"Session {session}, {day}"
        records.append({"id": key, "title": title, "author": people[who], "text": text})
        return key

    listener = 1 - teller
    if rng.random() < 0.5:
        opening = rng.choice(_CHATTER)
        hello = f"Hey {people[teller]}! {opening}" if rng.random() < 0.4 else opening
        say(listener, hello)
    told = happening.told.format(v=value)
    lead = rng.choice(("", "", f"{rng.choice(_CHATTER)} ", f"{people[listener]}, guess what: "))
    gold[teller] = say(teller, lead + told)
    reply = happening.reply.format(v=value)
    if rng.random() < 0.3:
        reply = f"{people[teller]}, {reply[0].lower()}{reply[1:]}" if reply[0] != "I" else reply
    if rng.random() < _SAME:
        gold[listener] = say(listener, f"{reply} {rng.choice(_BOTH).format(v=other)}")
    else:
        say(listener, f"{reply} {rng.choice(_CHATTER)}" if rng.random() < 0.4 else reply)
    if rng.random() < 0.4:
        say(teller, rng.choice(_CHATTER))
    return gold


def _ask(
    key: str,
    people: Sequence[str],
    teller: int,
    happening: _Happening,
    gold: dict[int, str],
    rng: random.Random,
) -> list[Question]:
    ways = rng.choice((happening.asked, happening.asked[:1], happening.asked[1:]))
    asked = [
        _question(f"{key}/{way}", text.format(n=people[teller]), (gold[teller],))
        for way, text in enumerate(ways)
    ]
    other = 1 - teller
    # Who is mistaken about somebody asks in the words that he heard.
    wrong = happening.asked[0].format(n=people[other])
    right = (gold[other],) if other in gold else ()
    asked.append(_question(f"{key}/other", wrong, right))
    if happening.never and rng.random() < 0.5:
        asked.append(_question(f"{key}/never", happening.never.format(n=people[teller]), ()))
    return asked


def _question(key: str, text: str, gold: Sequence[str]) -> Question:
    half = "A" if sum(key.encode()) % 2 else "B"
    return Question(key, text, frozenset(gold), half)
