"""Whether subject, verb and object stand beside each other, so that they read as a sentence."""

import pytest

from ingest.triples.reading import PassageReader

read_triples = PassageReader().read


@pytest.mark.parametrize(
    ("text", "subject", "object_", "plain"),
    [
        ("The interpreter calls the trace monitor.", "interpreter", "monitor", True),
        ("Macros were converted to inline functions.", "Macros", "inline functions", True),
        ("The lock was opened by Orsola Thane.", "lock", "Orsola Thane", True),
        ("Joris Maas is the uncle of Edda Roth.", "Joris Maas", "Edda Roth", True),
        ("Edda Roth founded the yard with Joris Maas.", "Edda Roth", "Joris Maas", False),
        ("Ahab, exactly pacing the planks, waited.", "Ahab", "planks", False),
        ("The wheel archives include a record.", "wheel archives", "record", True),
    ],
)
def test_what_reads_as_a_sentence_is_plain(
    text: str, subject: str, object_: str, plain: bool
) -> None:
    found = {
        each.plain
        for each in read_triples(text)
        if subject in each.subject.text and object_ in each.object.text
    }
    assert found <= {plain}
    assert found or not plain


def test_a_plural_before_a_preposition_is_no_verb_where_the_verb_is_still_to_come() -> None:
    found = {
        (each.subject.text, each.relation, each.object.text)
        for each in read_triples("The company forces under Havelock were advancing to Kanpur.")
    }
    assert found == {("company forces", "advance to", "Kanpur")}


@pytest.mark.parametrize(
    ("text", "relation"),
    [("Ada was thinking of Bram.", "think of"), ("Ada is writing to Bram.", "write to")],
)
def test_a_participle_has_the_lemma_of_its_verb(text: str, relation: str) -> None:
    assert relation in {each.relation for each in read_triples(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Young condors cannot fly over the sea.",
        "The condor can not swim in the lake.",
        "Neither Ada nor Bram owns a boat.",
        "No boat or raft crossed the lake.",
    ],
)
def test_what_denies_a_sentence_denies_all_that_it_joins(text: str) -> None:
    assert {each.negated for each in read_triples(text)} == {True}


def test_what_is_given_or_measured_in_the_passive_is_no_kind() -> None:
    for text in ("A slave was allowed no reply.", "The hat was carried a mile by the wind."):
        assert not any("as" in each.relation.split() for each in read_triples(text))
    named = read_triples("The house is called a chapel.")
    assert [(each.relation, each.object.text) for each in named] == [("be called", "chapel")]
