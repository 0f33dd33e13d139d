"""Which role a question leaves open, and what its others are."""

import pytest

from ingest.language.analyse import analyse
from ingest.language.questions import question_of


@pytest.mark.parametrize(
    ("text", "hole", "verb"),
    [
        ("Where does Nils live?", "place", "live"),
        ("Do you know where Nils lives?", "place", "live"),
        ("Who does Ada work for?", "to:for", "work"),
        ("Which hall is the talk in?", "to:in", "be"),
        ("Which ferry sells pies?", "subject", "sell"),
        ("Who sang the aria?", "subject", "sing"),
        ("By whom was the aria sung?", "subject", "sing"),
        ("What did Piet buy?", "object", "buy"),
        ("What is the door code?", "complement", "be"),
        ("Whose kite is red?", "owner", "be"),
        ("How many crates does the old lorry carry?", "count", "carry"),
        ("How tall is the tower?", "amount", "be"),
        ("How often should I take the drops?", "frequency", "take"),
        ("How much does the pass cost?", "price", "cost"),
        ("When does the class begin?", "time", "begin"),
        ("What time does the class begin?", "time", "begin"),
        ("Is the gate shut?", "", "shut"),
        ("Does Vera eat fish?", "", "eat"),
        ("Is Mara my niece?", "", "be"),
    ],
)
def test_the_open_role(text: str, hole: str, verb: str) -> None:
    question = question_of(text)
    assert question is not None
    assert (question.hole, question.clause.verb) == (hole, verb)


@pytest.mark.parametrize("text", ["Wo wohnt Nils?", "Nils", "why not the of?", ""])
def test_what_is_not_understood_is_no_pattern(text: str) -> None:
    assert question_of(text) is None


def test_a_sentence_may_end_where_a_verb_would_begin() -> None:
    for text in ("It's", "What's", "And it was he who", "It is what it is, it's"):
        assert analyse(text).sentences
