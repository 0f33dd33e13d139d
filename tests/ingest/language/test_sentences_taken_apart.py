"""What a sentence says, clause by clause: roles, prepositions, times, what was left out."""

import pytest

from ingest.language.analyse import analyse
from ingest.language.records import Clause, Phrase


def _thing(thing: Phrase | None) -> str:
    if thing is None:
        return ""
    if thing.members:
        return " + ".join(_thing(member) for member in thing.members)
    owner = f" of {_thing(thing.owner)}" if thing.owner else ""
    number = f"{thing.number} " if thing.number and thing.number != thing.head else ""
    return f"{number}{thing.head}{owner}"


def _clause(clause: Clause) -> str:
    parts = [
        "not" if clause.negated else "", _thing(clause.subject), clause.verb,
        _thing(clause.second), _thing(clause.object), _thing(clause.complement),
        *(f"{p} {_thing(t)}".strip() for p, t in clause.prepositions),
    ]  # fmt: skip
    return " | ".join(part for part in parts if part)


def _said(text: str) -> list[str]:
    return [_clause(clause) for s in analyse(text).sentences for clause in s.clauses]


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("Nils bakes pies and lives in Turku.", ["nils | bake | pie", "nils | live | in turku"]),
        ("My cousin drinks cider and my uncle beer.",
         ["cousin of i | drink | cider", "uncle of i | drink | beer"]),
        ("The shop in Ulm shuts at 4, the one in Hof at 3.",
         ["shop | shut | at 4", "shop | shut | at 3"]),
        ("The old lorry carries 700 crates, the new one 950.",
         ["lorry | carry | 700 crate", "lorry | carry | 950 crate"]),
        ("There are 12 plates on the shelf and 30 in the crate.",
         ["12 plate | be | on shelf", "30 plate | be | in crate"]),
        ("Hanna gave Piet her old tent.", ["hanna | give | piet | tent of she"]),
        ("The opera was written by Lotte and sung by Mats.",
         ["opera | write | by lotte", "opera | sing | by mats"]),
        ("Ron is 41 years old and Mia 29.", ["ron | be | 41 old", "mia | be | 29 old"]),
        ("Neither Kuno nor Vera eats fish.",
         ["not | vera | eat | fish", "not | kuno | eat | fish"]),
        ("Everyone but Tilda has voted.", ["not | tilda | vote"]),
        ("The PIN is 5522, not 2255.", ["pin | be | 5522", "not | pin | be | 2255"]),
        ("The fence is green, sorry, white.", ["fence | be | white"]),
        ("It was Otto who lost the key.", ["otto | lose | key"]),
        ("The course runs from 3 May 2025 to 9 June 2025.",
         ["course | run | from 2025 | to 2025"]),
        ("Don't forget to water the fern on Friday.", ["i | water | fern | on friday"]),
        ("The bag that I lent Ida is under the bench.", ["bag | be | under bench"]),
    ],
)  # fmt: skip
def test_every_word_finds_its_role(text: str, clauses: list[str]) -> None:
    assert _said(text) == clauses
    assert all(sentence.complete for sentence in analyse(text).sentences)


@pytest.mark.parametrize(
    ("text", "tense", "modality"),
    [
        ("Pia lived in Rome.", "past", "asserted"),
        ("Pia will live in Rome.", "future", "asserted"),
        ("Pia might live in Rome.", "present", "possible"),
        ("Pia wants to live in Rome.", "future", "planned"),
        ("Pia has lived in Rome.", "perfect", "asserted"),
        ("Pia lives in Rome if it rains.", "present", "conditional"),
        ("Pia has to live in Rome.", "present", "obliged"),
    ],
)
def test_when_and_how_surely_it_is_said(text: str, tense: str, modality: str) -> None:
    (clause,) = analyse(text).sentences[0].clauses
    assert (clause.verb, clause.tense, clause.modality) == ("live", tense, modality)


def test_what_somebody_says_is_quoted() -> None:
    says, quoted = analyse("Rolf says that the pool is shut on Sundays.").sentences[0].clauses
    assert (says.verb, says.modality) == ("say", "asserted")
    assert (quoted.verb, quoted.modality) == ("shut", "quoted")


def test_a_habit_that_ended_is_denied() -> None:
    (clause,) = analyse("Gerda has stopped smoking.").sentences[0].clauses
    assert (clause.verb, clause.negated, clause.ceased) == ("smoke", True, True)


@pytest.mark.parametrize(
    "text",
    ["Ma soeur habite près du canal.", "of the the on"],
)
def test_what_cannot_be_taken_apart_is_not_sure(text: str) -> None:
    (sentence,) = analyse(text).sentences
    assert not sentence.complete
    assert sentence.clauses == ()


def test_a_thing_stands_where_its_words_do() -> None:
    text = "The lamp is behind the old piano."
    (clause,) = analyse(text).sentences[0].clauses
    ((_, thing),) = clause.prepositions
    assert text[thing.start : thing.end] == thing.text == "the old piano"


def test_an_owner_without_a_thing_beside_a_time_is_survived() -> None:
    (sentence,) = analyse("We rest at noon, and the mill's work ends.").sentences
    assert any(clause.verb == "rest" for clause in sentence.clauses)
