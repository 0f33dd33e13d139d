"""What the index takes in of facts: their words, their scope, what they say and deny."""

from workbench.memory.facts import index_entries
from workbench.memory.facts.parsing.parser import parse
from workbench.memory.postings.entries import DENIAL, SAME, TOPIC, salted


def test_every_fact_has_its_words_and_the_term_of_its_scope() -> None:
    texts = ["my plan is pro", "the owner of Aurora is Ilona and she lives in Lund"]
    for kept in parse(texts):
        made = index_entries.entry(kept, 7, 2.0, 3)
        assert (made.id, made.at, made.same) == (7, 2.0, salted(kept.same, 3))
        assert {*made.keys} == {
            salted(index_entries.EVERY, 3),
            salted(kept.same, 3) ^ SAME,
            *(salted(term, 3) for term in kept.terms),
            *(salted(claim.topic, 3) ^ TOPIC for claim in kept.claims if claim.topic),
            *(salted(claim.content, 3) ^ DENIAL for claim in kept.claims),
        }
        assert len(made.keys) == len({*made.keys})


def test_what_is_denied_has_another_key_than_what_is_said() -> None:
    said, denied = parse(["I like tea", "I do not like tea"])
    (content,) = {claim.content for claim in (*said.claims, *denied.claims)}
    for kept, negative in ((said, False), (denied, True)):
        own, other = (
            salted(index_entries.stance(content, no), 0) ^ DENIAL for no in (negative, not negative)
        )
        keys = index_entries.entry(kept, 1, 0.0, 0).keys
        assert own in keys
        assert other not in keys
