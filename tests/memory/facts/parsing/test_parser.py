"""Compiled and in Python the same is read from a text; what is read is what the memory needs."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.memory.facts.parsing.made_sentences import NUMERALS, ODDITIES, SENTENCES
from tests.patience import seconds
from workbench import kernels
from workbench.memory import hashing
from workbench.memory.facts.kernel_set import FACT_KERNELS
from workbench.memory.facts.parsing.batch import either_of, text_hashes
from workbench.memory.facts.parsing.keeping import REASONS
from workbench.memory.facts.parsing.parser import Parsed, Parser
from workbench.memory.hashing import FORMS, word_hash
from workbench.store.claim_records import unpack


def shown(parsed: Parsed) -> list[tuple[object, ...]]:
    """What was read, text by text."""
    terms = pairwise(parsed.term_starts.tolist())
    claims = pairwise(parsed.claim_starts.tolist())
    return [
        (
            REASONS[parsed.reasons[at]],
            int(parsed.same[at]),
            set(parsed.terms[first:last].tolist()),
            last - first,
            parsed.topics[begin:end].tolist(),
            parsed.contents[begin:end].tolist(),
            parsed.negative[begin:end].tolist(),
            parsed.records[at],
        )
        for at, ((first, last), (begin, end)) in enumerate(zip(terms, claims, strict=True))
    ]


def both(texts: list[str], *, weighed: bool = False) -> list[tuple[object, ...]]:
    """What is read, once it is made sure that it is the same compiled and in Python."""
    quick = Parser(FACT_KERNELS).parse(texts, weighed=weighed)
    with kernels.interpreted():
        slow = Parser(FACT_KERNELS).parse(texts, weighed=weighed)
    assert shown(quick) == shown(slow)
    assert sorted(quick.words) == sorted(slow.words)
    return shown(quick)


# Whichever test comes first waits for the compiler.
pytestmark = [pytest.mark.usefixtures("compiled"), pytest.mark.timeout(seconds(600))]


def test_words_drawn_together_are_read_the_same() -> None:
    both(
        ["I'm from Ghana.", "It's late.", "we’ll see Ann's barn", "That's it's own"], weighed=False
    )


def test_labels_and_amounts_that_shift_are_read_the_same() -> None:
    rows = both(
        ["Vendor: Acme, phone: 555-123", "Name: Kim, city: Ulm, plan: pro", "a = 5, b = 6",
         "The rent rose to 950 euros in May", "My weight went down from 80 to 75 kg",
         "Ann rose to 5", "rent went up to", "The show goes from 5 to 9",
         "The fair is every other Tuesday"],
    )  # fmt: skip
    claims = [row[7] for row in rows]
    assert [len(unpack(each)) for each in claims if isinstance(each, bytes)] == [
        2, 3, 1, 2, 2, 1, 1, 1, 1,
    ]  # fmt: skip


@pytest.mark.slow
@settings(max_examples=60)
@given(st.lists(SENTENCES, min_size=1, max_size=12), st.booleans())
def test_sentences_are_read_the_same(texts: list[str], weighed: bool) -> None:
    both(texts, weighed=weighed)


@settings(max_examples=60)
@given(st.lists(ODDITIES, min_size=1, max_size=12))
def test_odd_texts_are_read_the_same(texts: list[str]) -> None:
    both(texts)


@pytest.mark.slow
@settings(max_examples=60)
@given(st.lists(st.lists(NUMERALS, max_size=4).map(" ".join), min_size=1, max_size=12))
def test_words_with_digits_are_read_the_same(texts: list[str]) -> None:
    both([f"{text} is {text}" for text in texts])


def test_why_a_text_is_no_statement_is_told() -> None:
    texts = {
        "My plan is pro": "",
        "gate 5": "",
        "我的密码是1234": "",
        "Is my plan pro": "question",
        "“Who told you?”": "question",
        "could you please tell me again, what is my plan": "question",
        "so,what is it": "question",
        "...": "empty",
        "": "empty",
        "thanks a lot, see you": "",
        "thank you": "chatter",
        "blue falcon": "chatter",
        "好": "chatter",
    }
    assert {text: row[0] for text, row in zip(texts, both(list(texts)), strict=True)} == texts
    assert both(["blue falcon", "ok"], weighed=True)[0][0] == ""


def test_every_text_is_a_statement_where_it_was_taken_for_one_before() -> None:
    texts = ["Is it late?", "ok", "好", "Kim owns Petrel", "Zoë?"]
    quick = Parser(FACT_KERNELS).parse(texts, every=True)
    with kernels.interpreted():
        slow = Parser(FACT_KERNELS).parse(texts, every=True)
    assert shown(quick) == shown(slow)
    assert not quick.reasons.any()


def test_terms_are_whole_words_and_forms_apart() -> None:
    (row,) = both(["Ada lives in Bonn"])
    assert row[2] == {
        word_hash("ada"), word_hash("lives"), word_hash("bonn"),
        word_hash("live", FORMS), word_hash("life", FORMS),
    }  # fmt: skip
    assert row[3] == 5


def test_names_that_differ_in_a_late_digit_have_no_term_in_common() -> None:
    rows = both([f"project{number} is late" for number in range(60)])
    terms = [set(row[2]) for row in rows if isinstance(row[2], set)]
    assert len(set.union(*terms)) == 61


def test_case_spacing_and_the_last_stop_make_no_difference() -> None:
    rows = both(["My plan is PRO.", "my  plan is pro", "MY PLAN IS PRO !", "Ma\u00df", "MASS"])
    assert len({row[1] for row in rows[:3]}) == 1
    assert rows[3][1] == rows[4][1] != rows[0][1]


def test_spans_count_characters() -> None:
    text = "Zoë’s door — „Größe“ — is über-blau, and 😀 is owned by Łukasz"
    (row,) = both([text])
    claims = unpack(row[7]) if isinstance(row[7], bytes) else ()
    said = [(text[slice(*c.subject)], c.relation, text[slice(*c.value)]) for c in claims]
    assert said[-1] == ("Łukasz", "own", "😀")


def test_a_text_with_many_words_is_read_to_its_end() -> None:
    long = "Ada keeps " + " ".join(f"thing{number} and" for number in range(3000)) + " the last"
    row, after = both([long, "my plan is pro"])
    assert isinstance(row[2], set)
    assert {word_hash("thing2999"), word_hash("last")} <= row[2]
    assert after[4] != [0]


def test_many_texts_keep_their_order() -> None:
    texts = [f"item {number} is in box {number % 7}" for number in range(3000)]
    texts[700] = "東京は首都です"
    texts[1500] = "Is it?"
    parsed = Parser(FACT_KERNELS).parse(texts)
    assert parsed.reasons.nonzero()[0].tolist() == [1500]
    assert parsed.term_starts[-1] == len(parsed.terms)
    assert parsed.claim_starts[-1] == len(parsed.topics)
    picked = [0, 700, 701, 1500, 2999]
    alone = Parser(FACT_KERNELS).parse([texts[at] for at in picked])
    everything = shown(parsed)
    assert shown(alone) == [everything[at] for at in picked]


def test_nothing_is_read_from_nothing() -> None:
    parsed = Parser(FACT_KERNELS).parse([])
    assert parsed.records == []
    assert parsed.term_starts.tolist() == parsed.claim_starts.tolist() == [0]


def test_a_word_is_spelled_out_once_and_numbers_never() -> None:
    parser = Parser(FACT_KERNELS)
    first = parser.parse(["Kenji likes 12 owls", "Kenji?", "ok"]).words
    assert sorted(word for _, word in first) == ["kenji", "likes", "owls"]
    assert all(word_hash(word) == number for number, word in first)
    assert parser.parse(["kenji likes cats"]).words == [(word_hash("cats"), "cats")]


def test_signs_of_records_fit_what_the_arrays_say() -> None:
    parsed = Parser(FACT_KERNELS).parse(["Ada is not in Bonn; Kim owns Petrel; I like tea"])
    claims = unpack(parsed.records[0])
    assert [claim.topic for claim in claims] == parsed.topics.tolist()
    assert [claim.content for claim in claims] == parsed.contents.tolist()
    assert [claim.negative for claim in claims] == parsed.negative.tolist() == [True, False, False]
    assert parsed.topics.dtype == np.uint64


def test_a_record_of_one_claim_is_small() -> None:
    parsed = Parser(FACT_KERNELS).parse(["The wifi password of the summer house is plover88"])
    assert len(parsed.records[0]) <= 35


def test_a_cue_has_a_group_for_each_word_with_its_kin_and_what_it_implies() -> None:
    groups = Parser(FACT_KERNELS).cue("please, where does Kenji live now? Kenji!")
    assert len(groups) == 2
    kenji, live = map(dict, groups)
    assert kenji[word_hash("kenji")] == 1.0
    assert live[word_hash("live")] == 1.0
    assert live[word_hash("live", FORMS)] == 0.9
    assert live[word_hash("city")] == live[word_hash("city", FORMS)] == 0.6
    assert Parser(FACT_KERNELS).cue("首都")[0] == ((word_hash("首都"), 1.0),)


@given(st.lists(st.text(st.characters(exclude_characters="\x1e")), min_size=1, max_size=5))
def test_compiled_numbers_are_those_of_python(texts: list[str]) -> None:
    data = np.frombuffer("\x1e".join(texts).encode("utf-8", "surrogatepass"), np.uint8)
    found = np.zeros(len(texts), np.int64)
    text_hashes(data, found)
    assert [hashing.unsigned(int(each)) for each in found] == [*map(hashing.text_hash, texts)]


@given(st.lists(st.text(st.characters(exclude_characters="\x1e"), min_size=1), min_size=1))
def test_words_and_their_forms_are_numbered_together(words: list[str]) -> None:
    assert either_of(words).tolist() == [[*hashing.either(word)] for word in words]
