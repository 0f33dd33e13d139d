"""What statements of notes, news, science and novels are about."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from workbench.memory.concepts.records import AssociationType, Trace
from workbench.memory.concepts.tracing import trace

_FILE = Path(__file__).parent / "statements.txt"
_JOINS = [kind.name.lower() for kind in AssociationType]


@dataclass(frozen=True, slots=True)
class _Gold:
    """A statement, its concepts as (key, type) and its bonds as (head, type, tail)."""

    text: str
    concepts: frozenset[tuple[str, ...]]
    bonds: frozenset[tuple[str, ...]]


def _statements(*, aside: bool) -> list[_Gold]:
    """`statements.txt`, three lines each: the statement, its concepts, its bonds.

    Every third is kept aside: rules are not made from it.
    """
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    every = [_gold(*lines[at : at + 3]) for at in range(0, len(lines) - 2, 3)]
    return [gold for at, gold in enumerate(every) if (at % 3 == 2) == aside]


def _gold(text: str, concepts: str, bonds: str) -> _Gold:
    named = [part.strip().split(" ", 1) for part in concepts.split(";") if part.strip() != "-"]
    joined = [part.strip() for part in bonds.split(";") if part.strip() != "-"]
    return _Gold(
        text,
        frozenset((key, type_) for type_, key in named),
        frozenset(_bond(part) for part in joined),
    )


def _bond(part: str) -> tuple[str, ...]:
    name = next(kind for kind in _JOINS if f" {kind} " in part)
    head, tail = part.split(f" {name} ")
    return head, name, tail


def _keys(found: Trace) -> frozenset[tuple[str, ...]]:
    return frozenset((each.key,) for each in found.spans)


def _concepts(found: Trace) -> frozenset[tuple[str, ...]]:
    return frozenset((each.key, each.type.name.lower()) for each in found.spans)


def _bonds(found: Trace) -> frozenset[tuple[str, ...]]:
    """Its bonds; that names merely stand together is no statement and not counted."""
    keys = [each.key for each in found.spans]
    return frozenset(
        (keys[bond.head], bond.type.name.lower(), keys[bond.tail])
        for bond in found.bonds
        if bond.type is not AssociationType.CO_OCCURS
    )


def _quality(
    golds: list[_Gold],
    found: Callable[[Trace], frozenset[tuple[str, ...]]],
    wanted: Callable[[_Gold], frozenset[tuple[str, ...]]],
) -> tuple[float, float]:
    """Precision and recall over all statements."""
    pairs = [(found(trace(gold.text)), wanted(gold)) for gold in golds]
    right = sum(len(ours & theirs) for ours, theirs in pairs)
    return (
        right / max(1, sum(len(ours) for ours, _ in pairs)),
        right / max(1, sum(len(theirs) for _, theirs in pairs)),
    )


@pytest.mark.parametrize(("aside", "floor"), [(False, 0.95), (True, 0.85)])
def test_concepts_and_their_types_are_those_of_the_set(aside: bool, floor: float) -> None:
    """Precision and recall, of the set that rules are made from and of what is kept aside."""
    golds = _statements(aside=aside)
    assert min(_quality(golds, _concepts, lambda gold: gold.concepts)) >= floor


@pytest.mark.parametrize(("aside", "floor"), [(False, 0.92), (True, 0.75)])
def test_bonds_are_those_of_the_set(aside: bool, floor: float) -> None:
    """The same for what joins concepts, with direction and type."""
    golds = _statements(aside=aside)
    assert min(_quality(golds, _bonds, lambda gold: gold.bonds)) >= floor


@pytest.mark.parametrize(
    ("text", "bond"),
    [
        ("The barn flooded because the culvert was blocked.", "flood caused_by blocked"),
        ("Because the culvert was blocked, the barn flooded.", "flood caused_by blocked"),
        ("The culvert was blocked, so the barn flooded.", "blocked leads_to flood"),
        ("As a result of the drought, wheat prices doubled.", "double caused_by drought"),
        ("DECISION: Use rye. REASON: Better bread", "use rye caused_by bread"),
        ("The strike delayed the ship. Therefore the figs rotted.", "delay ship leads_to rot"),
        ("The leak resulted in mould.", "leak leads_to mould"),
        ("The new firewall prevents attacks.", "firewall prevents attack"),
        ("The sale finances the roof in order to save the chapel.", "finance roof enables save"),
        ("The bug was fixed by Tariq.", "bug resolved_by tariq"),
        ("Our team consists of engineers, a designer and a nurse.", "team contains nurse"),
        ("The scent evokes childhood.", "scent evokes childhood"),
        ("We ate before the concert.", "eat before concert"),
        ("Our new kiln supersedes Greta's kiln.", "kiln supersedes greta"),
        ("Support vector machines (SVM) classify text.", "support vector machine similar_to svm"),
        ("Anna's car broke down.", "anna related_to car"),
        ("The well water is not safe.", "water has_property not safe"),
        ("Ada met Ben near the mill.", "meet ben at_location mill"),
    ],
)
def test_what_is_said_joins_concepts_in_its_direction(text: str, bond: str) -> None:
    """Cause, time, kind, part, name: the words say which and from which to which."""
    found = {" ".join(each) for each in _bonds(trace(text))}
    assert any(each.startswith(bond) or bond in each for each in found), found


@pytest.mark.parametrize(
    "text",
    [
        "Chapter 3",
        "CHAPTER IV.",
        "Page 12 of 40",
        "- 17 -",
        "Source: https://example.org/a/b",
        "© 2024 Example Press. All rights reserved.",
        "[Music]",
        "[Applause] [Music]",
        "From: bob@example.org\nTo: ann@example.org\nDate: 2026-03-02",
        "550e8400-e29b-41d4-a716-446655440000",
        "9fceb02d0ae598e95dc970b74767f19372d61af8",
        "00:01:02,500 --> 00:01:04,000",
        "Table of contents",
        "This page intentionally left blank",
        "It is what it is.",
        "Yes, of course!",
    ],
)
def test_what_wraps_a_text_is_no_concept(text: str) -> None:
    """Running heads, headers of mail, captions' cues, notices, identifiers, empty phrases."""
    assert trace(text).spans == ()


def test_what_is_wrapped_stays() -> None:
    """Only the wrapping is taken away."""
    assert ("otter", "concept") in _concepts(trace("[Music] The otter sleeps. [Applause]"))
    assert ("roof budget", "concept") in _concepts(trace("Subject: the roof budget"))
    assert ("barn", "spatial") in _concepts(trace("Chapter 3: The barn burned."))


@pytest.mark.parametrize(
    ("question", "key"),
    [
        ("Why did the barn flood?", "barn"),
        ("How does the kiln reach 1,200 degrees?", "kiln"),
        ("Who approved the roof budget?", "roof budget"),
        ("What do I usually do on Mondays?", "monday"),
        ("Where is Oduya?", "oduya"),
    ],
)
def test_a_question_names_what_it_asks_about(question: str, key: str) -> None:
    """The same keys as in the statement that answers it."""
    assert (key,) in _keys(trace(question))


@pytest.mark.parametrize(
    ("text", "language", "keys"),
    [
        ("Goethe starb 1832 in Weimar und wurde dort auch begraben.", "", {"weimar", "1832"}),
        ("La Bastille est tombée en 1789 à Paris, et le roi aussi.", "", {"bastille", "1789"}),
        ("Kepler murió en Ratisbona en 1630.", "es", {"ratisbona", "1630"}),
        ("Москва является столицей России с 1918 года.", "", {"россии", "1918"}),
        ("北京大学的研究人员发表了论文。", "", {"北京大学", "论文"}),
        ("日本の首都は東京です。", "", {"日本", "首都", "東京"}),
        ("서울은 대한민국의 수도이다", "", {"서울", "대한민국"}),
    ],
)
def test_other_languages_give_names_times_and_words(
    text: str, language: str, keys: set[str]
) -> None:
    """Without a tag they are known by their script or their small words."""
    assert {(key,) for key in keys} <= _keys(trace(text, language=language))


def test_a_text_of_another_language_gives_no_grammar() -> None:
    """Its small words are no concepts."""
    found = _keys(trace("Der Hund und die Katze sind nicht in dem Haus.", language="de"))
    assert found == {("hund",), ("katze",), ("haus",)}


@pytest.mark.parametrize(
    "forms",
    [
        ("We cleaned the olive press.", "WE CLEANED THE OLIVE PRESS.", "we cleaned olive presses"),
        ("The data-set is old.", "The data set is old.", "The dataset is old."),
        ("Ask the U.S. embassy.", "Ask the US embassy."),
        ("Greta's mill burned.", "Greta’s mill burned.", "Greta 's   mill burned."),
    ],
)
def test_writings_of_one_statement_name_the_same(forms: tuple[str, ...]) -> None:
    """Case, number, hyphens, dots and kinds of apostrophes change no key."""
    assert len({_keys(trace(form)) for form in forms}) == 1, [_keys(trace(each)) for each in forms]


def test_common_nouns_at_the_start_are_no_names() -> None:
    """A capital may only begin the sentence."""
    said = trace("Olives spoil. Water boils. Greta laughed.")
    found = {each.key: each.type.name.lower() for each in said.spans}
    assert found["olive"] == found["water"] == "concept"
    assert found["greta"] == "entity"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("They made sheets for Aunt March.", "aunt march"),
        ("Aunt March had a good fit.", "aunt march"),
        ("Then Josephine March laughed.", "josephine march"),
    ],
)
def test_the_name_of_a_month_after_a_title_or_a_name_is_a_surname(text: str, key: str) -> None:
    said = {each.key: each.type.name.lower() for each in trace(text).spans}
    assert said[key] == "entity"
    assert "time" not in said.values()


def test_a_month_with_its_day_or_year_is_one_after_a_name_too() -> None:
    said = {each.key: each.type.name.lower() for each in trace("We left Oslo March 3.").spans}
    assert "time" in said.values()


def test_a_name_with_a_number_is_no_place() -> None:
    said = {each.key: each.type.name.lower() for each in trace("It came in Corvid 2.").spans}
    assert said["corvid 2"] == "entity"
    said = {each.key: each.type.name.lower() for each in trace("It came in Python 2.5.").spans}
    assert "spatial" not in said.values()


def test_citations_are_no_concepts() -> None:
    text = "Ion channels leak (Lu et al., 2006; Nieto-Torres et al., 2014), as Holm et al. found."
    found = {each.key for each in trace(text).spans}
    assert "ion channel" in found
    assert not {key for key in found if key.endswith(" al") or "lu" in key.split()}
