"""What the index takes in of facts: their words, their scope, what they say and deny."""

import numpy as np
import pytest

from workbench.memory.facts import index_batches
from workbench.memory.facts.parsing.parser import parse
from workbench.memory.postings.batch import Batch, pairs
from workbench.memory.postings.salting import salted

_TEXTS = (
    "my plan is pro",
    "Kenji does not like tea",
    "what is this?",
    "the owner of Aurora is Ilona and she lives in Lund",
    "hm",
)


def _batch(scopes: tuple[int, ...], chosen: tuple[int, ...]) -> Batch:
    parsed = parse(_TEXTS)
    ids = np.arange(7, 7 + len(chosen))
    return index_batches.batch(parsed, chosen, ids, np.full(len(chosen), 2.0), scopes)


def test_every_fact_has_its_words_and_the_term_of_its_scope() -> None:
    parsed = parse(_TEXTS)
    made = _batch((3,), (0, 3))
    assert len(made) == 2
    for row, place in enumerate((0, 3)):
        terms = made.terms[made.starts[row] : made.starts[row + 1]].tolist()
        begin, end = parsed.term_starts[place : place + 2]
        words = [salted(term, 3) for term in parsed.terms[begin:end].tolist()]
        assert terms == [*words, salted(index_batches.EVERY, 3)]
        assert int(made.same[row]) == salted(int(parsed.same[place]), 3)


def test_what_is_denied_has_another_key_than_what_is_said() -> None:
    parsed = parse(["I like tea", "I do not like tea"])
    assert parsed.contents[0] == parsed.contents[1]
    made = index_batches.batch(parsed, (0, 1), np.arange(1, 3), np.zeros(2), (0,))
    said, denied = made.denials.tolist()
    assert said != denied
    content = int(parsed.contents[0])
    assert said == salted(index_batches.stance(content, False), 0)
    assert denied == salted(index_batches.stance(content, True), 0)


@pytest.mark.parametrize("scopes", [(0,), (0, 5, 0)])
def test_every_fact_has_the_keys_that_it_has_alone(scopes: tuple[int, ...]) -> None:
    chosen = (0, 1, 3)
    keys, places = pairs(_batch(scopes, chosen))
    for at, place in enumerate(chosen):
        one = parse([_TEXTS[place]])
        scope = scopes[at] if len(scopes) > 1 else scopes[0]
        alone, _ = pairs(index_batches.batch(one, (0,), np.array([7]), np.zeros(1), (scope,)))
        assert sorted(keys[places == at].tolist()) == sorted(alone.tolist())
