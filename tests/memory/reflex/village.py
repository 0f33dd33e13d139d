"""How sure reflex recall is, and how often it is right: a made-up village, asked what it was told.

Each villager has some of twelve things told of him; others have the rest, so that a question for
what was not told of this one meets every word somewhere. Also asked: what was never told at all,
and people whom nobody knows. Right is where the memory that says it comes first; a question without
an answer has no right memory. `reliability` compares what was sure with what was right.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workbench.library import Library
from workbench.memory.reflex.records import Recollection

_FIRST = ("Aldo", "Birte", "Cosima", "Dagny", "Edda", "Fenno", "Gesa", "Hauke", "Imke", "Jorid",
          "Klaas", "Levke", "Momme", "Nanne", "Onno", "Pidder", "Rixa", "Swantje", "Tjark",
          "Wiebke")  # fmt: skip
_LAST = ("Aarsen", "Brodersen", "Carstens", "Dirks", "Edlefsen", "Feddersen", "Godbersen",
         "Hinrichs", "Ipsen", "Jessen", "Ketels", "Lorenzen", "Martens", "Nickelsen")  # fmt: skip
#: What is told of a villager, how it is asked for in its own words and in others, and values.
_TOLD = (
    ("{n} moors the boat at {v}.", "Where does {n} moor the boat?",
     "Which jetty does the boat of {n} lie at?",
     ("Sandpoint", "Gullhaven", "Tidewell", "Oyster Quay")),
    ("{n} was taught to weave by {v}.", "Who taught {n} to weave?",
     "From whom did {n} learn weaving?", ("old Mette", "the ferryman", "Sister Agnes", "a pedlar")),
    ("The goat of {n} is called {v}.", "What is the goat of {n} called?",
     "What name did {n} give to the goat?", ("Tulla", "Brumm", "Perle", "Zick")),
    ("{n} sold the orchard in {v}.", "When did {n} sell the orchard?",
     "In what year did {n} part with the orchard?", ("1987", "1993", "2004", "2011")),
    ("{n} repairs {v} in the winter.", "What does {n} repair in the winter?",
     "What does {n} mend when it is cold?", ("clocks", "nets", "saddles", "stoves")),
    ("{n} has the key of {v}.", "Which key does {n} have?",
     "What door can {n} open?",
     ("the chapel", "the boathouse", "the schoolroom", "the mill")),
    ("On Sundays {n} sings in {v}.", "Where does {n} sing on Sundays?",
     "In which place is the voice of {n} heard?",
     ("the harbour choir", "the tavern", "the old hall")),
    ("{n} lent a ladder to {v}.", "To whom did {n} lend a ladder?",
     "Who borrowed the ladder of {n}?", ("the baker", "the teacher", "the smith", "the vicar")),
    ("{n} is afraid of {v}.", "What is {n} afraid of?",
     "What frightens {n}?", ("geese", "thunder", "deep water", "ladders")),
    ("{n} won the regatta with {v}.", "With what did {n} win the regatta?",
     "Which vessel brought {n} the first prize?", ("the Heron", "the Swift", "the Blue Anne")),
    ("{n} buries the fish heads under {v}.", "Where does {n} bury the fish heads?",
     "Under what does {n} put the heads of the fish?", ("the pear tree", "the fence", "the roses")),
    ("{n} writes a letter to {v} every month.", "To whom does {n} write every month?",
     "Who gets mail from {n}?", ("a sister in Tromso", "the governor", "an old captain")),
)  # fmt: skip
_NEVER = (
    "What is the shoe size of {n}?", "Which school did the father of {n} go to?",
    "How tall is {n}?", "What did {n} dream of last night?", "Which bank does {n} use?",
    "Why did {n} leave the army?",
)  # fmt: skip
_STRANGERS = ("Umberto Quast", "Yrsa Zimmer", "Xaver Vollrath")


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the statement that answers it (None: nothing does); `sort` says of what."""

    text: str
    right: str | None
    sort: str


@dataclass(frozen=True, slots=True)
class Reliability:
    """How far sureness is from being right, 0 to 1: on average over ten steps, and squared.

    `right` and `silent` are the shares of answerable questions with the right memory first and of
    unanswerable ones that were abstained from; `rows` are (sureness, share right, questions).
    """

    gap: float
    brier: float
    right: float
    silent: float
    rows: tuple[tuple[float, float, int], ...]


def village(people: int, seed: int = 5) -> tuple[list[str], list[Question]]:
    """What is told of so many villagers, and questions about the first forty of them."""
    rng = random.Random(seed)
    names = [f"{first} {last}" for first in _FIRST for last in _LAST]
    rng.shuffle(names)
    told: list[str] = []
    asked: list[Question] = []
    for place, name in enumerate(names[:people]):
        known = set(rng.sample(range(len(_TOLD)), 5))
        for number, (fact, plain, other, values) in enumerate(_TOLD):
            text = fact.format(n=name, v=rng.choice(values))
            if number in known:
                told.append(text)
            if place >= 40 or rng.random() < 0.6:
                continue
            right = text if number in known else None
            sorts = ("told", "reworded") if right else ("of others", "of others, reworded")
            asked += [
                Question(question.format(n=name), right, sort)
                for question, sort in zip((plain, other), sorts, strict=True)
            ]
        if place < 40:
            asked.append(Question(rng.choice(_NEVER).format(n=name), None, "never told"))
    for stranger in _STRANGERS:
        asked += [Question(each[1].format(n=stranger), None, "stranger") for each in _TOLD[:8]]
    rng.shuffle(told)
    return told, asked


def asked_all(
    library: Library, questions: Sequence[Question], *, depth: str | None = None
) -> Iterator[tuple[Question, Recollection, bool]]:
    """Each question with what it brought to mind, and whether the right memory came first."""
    for question in questions:
        found = library.facts.reflex(question.text, depth=depth, learn=False)
        first = found.hits[0].text if found.hits else None
        yield question, found, question.right is not None and first == question.right


def reliability(results: Sequence[tuple[Question, Recollection, bool]]) -> Reliability:
    """How reliable the sureness of these results was."""
    steps: list[list[tuple[float, bool]]] = [[] for _ in range(10)]
    for _, found, right in results:
        steps[min(9, int(found.confidence * 10))].append((found.confidence, right))
    rows = [
        (sum(sure for sure, _ in step) / len(step), sum(r for _, r in step) / len(step), len(step))
        for step in steps
        if step
    ]
    answerable = [right for question, _, right in results if question.right is not None]
    others = [found.abstained for question, found, _ in results if question.right is None]
    return Reliability(
        gap=sum(abs(sure - right) * number for sure, right, number in rows) / len(results),
        brier=sum((found.confidence - right) ** 2 for _, found, right in results) / len(results),
        right=sum(answerable) / max(len(answerable), 1),
        silent=sum(others) / max(len(others), 1),
        rows=tuple(rows),
    )
