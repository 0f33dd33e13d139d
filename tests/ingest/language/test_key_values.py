"""Keys with their values, identifiers as single words, and notes under a label."""

import pytest

from ingest.language.claims import claims_of
from ingest.language.questions import question_of
from ingest.language.tagging import identifiers


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("see https://mill.example/v2?x=1, please", ["https://mill.example/v2?x=1"]),
        ("write to post@mill.example.", ["post@mill.example"]),
        ("it lies in /srv/mill/app.log", ["/srv/mill/app.log"]),
        ("part SN-40-77's lid", ["SN-40-77"]),
        ("on branch fix/long-names", ["fix/long-names"]),
        ("dial 4-7-1-1 at 7:30 for £2.20", ["4-7-1-1"]),
        ("he/she and/or they, e.g. at noon", []),
    ],
)
def test_identifiers_are_one_word(text: str, codes: list[str]) -> None:
    assert [text[start:end] for start, end in identifiers(text)] == codes


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("api key = zulu-77", [("api key", "zulu-77")]),
        ("wifi -> owl-barn", [("wifi", "owl-barn")]),
        ("Brook status: green", [("Brook status", "green")]),
        ("default branch - main", [("default branch", "main")]),
        ("host: db4, port: 5433", [("host", "db4"), ("port", "5433")]),
        ("Serial no. QX-12-900", [("Serial no", "QX-12-900")]),
        ("locker 12 code 8841", [("locker 12 code", "8841")]),
        ("my street is 桜通り", [("my street", "桜通り")]),
    ],
)
def test_a_key_has_its_value_word_for_word(text: str, pairs: list[tuple[str, str]]) -> None:
    clauses = [claim.clause for claim in claims_of(text).claims if not claim.derived]
    told = [(c.subject.text, c.complement.text) for c in clauses if c.subject and c.complement]
    assert told == pairs


@pytest.mark.parametrize("text", ["Ann: I am late.", "He said: no.", "Well - what is it?"])
def test_speech_is_no_key(text: str) -> None:
    assert not claims_of(text).claims


@pytest.mark.parametrize(
    ("text", "verb", "content"),
    [
        ("DECISION: Use maps. REASON: quicker", "decide", "Use maps"),
        ("We decided to sell the boat.", "decide", "sell the boat"),
        ("TODO: ring the vet on Monday", "do", "ring the vet on Monday"),
        ("I have to ring the vet.", "do", "ring the vet"),
        ("Don't forget to ring the vet.", "do", "ring the vet"),
        ("Lesson: label the jars", "learn", "label the jars"),
    ],
)
def test_what_is_noted_has_the_verb_of_its_kind(text: str, verb: str, content: str) -> None:
    clauses = [claim.clause for claim in claims_of(text).claims]
    assert content in [c.object.text for c in clauses if c.verb == verb and c.object]


@pytest.mark.parametrize(
    ("text", "hole", "noun"),
    [
        ("Brook status", "complement", "status"),
        ("wifi password?", "complement", "password"),
        ("which driver version?", "complement", "version"),
        ("the key for the shed", "complement", "key"),
    ],
)
def test_questions_without_a_verb(text: str, hole: str, noun: str) -> None:
    question = question_of(text)
    assert question is not None
    assert question.clause.subject is not None
    assert (question.hole, question.clause.subject.head) == (hole, noun)


def test_what_is_listed_under_a_key_has_its_own_key() -> None:
    claims = claims_of("Vera's codes: front gate is 118, shed is 120.").claims
    codes = [
        (claim.clause.subject.mods, claim.clause.complement.text)
        for claim in claims[1:]
        if claim.clause.subject and claim.clause.complement
    ]
    assert codes == [(frozenset(("front", "gate")), "118"), (frozenset(("shed",)), "120")]


def test_a_noun_without_what_it_has_before_a_verb_is_taken_apart() -> None:
    assert not claims_of("mill the was").complete
