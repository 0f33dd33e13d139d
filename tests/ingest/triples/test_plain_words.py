"""Whether subject, verb and object stand beside each other, so that they read as a sentence."""

import pytest

from ingest.triples.reading import read_triples


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
