"""What is read of a text is what the memory needs."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.memory.facts.parsing.made_sentences import ODDITIES, SENTENCES
from workbench.memory.facts.parsing import cues
from workbench.memory.facts.parsing.parser import Kept, parse
from workbench.memory.hashing import FORMS, word_hash
from workbench.store.claim_records import unpack


def shown(kept: list[Kept]) -> list[tuple[object, ...]]:
    """What was read, text by text."""
    return [
        (
            each.reason,
            each.same,
            set(each.terms),
            len(each.terms),
            [claim.topic for claim in each.claims],
            [claim.content for claim in each.claims],
            [claim.negative for claim in each.claims],
            each.record,
        )
        for each in kept
    ]


def read(texts: list[str], *, weighed: bool = False) -> list[tuple[object, ...]]:
    """What is read, text by text."""
    return shown(parse(texts, weighed=weighed))


def test_words_drawn_together_are_two() -> None:
    rows = read(["I'm from Ghana.", "we’ll see Ann's barn"])
    assert [row[0] for row in rows] == ["", ""]
    terms = [row[2] for row in rows if isinstance(row[2], set)]
    assert word_hash("ghana") in terms[0]
    assert {word_hash("ann"), word_hash("barn")} <= terms[1]


def test_labels_and_amounts_that_shift_are_claims() -> None:
    rows = read(
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
@given(st.lists(st.one_of(SENTENCES, ODDITIES), min_size=1, max_size=12), st.booleans())
def test_a_text_is_read_alike_alone_and_among_others(texts: list[str], weighed: bool) -> None:
    alone = [row for text in texts for row in read([text], weighed=weighed)]
    assert read(texts, weighed=weighed) == alone


@pytest.mark.slow
@settings(max_examples=60)
@given(st.one_of(SENTENCES, ODDITIES))
def test_what_is_packed_of_a_text_is_what_its_claims_are(text: str) -> None:
    (kept,) = parse([text], every=True)
    claims = unpack(kept.record)
    assert claims == kept.claims
    for claim in claims:
        for begin, end in (claim.subject, claim.value):
            assert 0 <= begin <= end <= len(text)


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
    assert {text: row[0] for text, row in zip(texts, read(list(texts)), strict=True)} == texts
    assert read(["blue falcon", "ok"], weighed=True)[0][0] == ""


def test_every_text_is_a_statement_where_it_was_taken_for_one_before() -> None:
    texts = ["Is it late?", "ok", "好", "Kim owns Petrel", "Zoë?"]
    assert not any(each.reason for each in parse(texts, every=True))


def test_terms_are_whole_words_and_forms_apart() -> None:
    (row,) = read(["Ada lives in Bonn"])
    assert row[2] == {
        word_hash("ada"), word_hash("lives"), word_hash("bonn"),
        word_hash("live", FORMS), word_hash("life", FORMS),
    }  # fmt: skip
    assert row[3] == 5


def test_names_that_differ_in_a_late_digit_have_no_term_in_common() -> None:
    rows = read([f"project{number} is late" for number in range(60)])
    terms = [set(row[2]) for row in rows if isinstance(row[2], set)]
    assert len(set.union(*terms)) == 61


def test_case_spacing_and_the_last_stop_make_no_difference() -> None:
    rows = read(["My plan is PRO.", "my  plan is pro", "MY PLAN IS PRO !", "Ma\u00df", "MASS"])
    assert len({row[1] for row in rows[:3]}) == 1
    assert rows[3][1] == rows[4][1] != rows[0][1]


def test_spans_count_characters() -> None:
    text = "Zoë’s door — „Größe“ — is über-blau, and 😀 is owned by Łukasz"
    (row,) = read([text])
    claims = unpack(row[7]) if isinstance(row[7], bytes) else ()
    said = [(text[slice(*c.subject)], c.relation, text[slice(*c.value)]) for c in claims]
    assert said[-1] == ("Łukasz", "own", "😀")


def test_a_text_with_many_words_is_read_to_its_end() -> None:
    long = "Ada keeps " + " ".join(f"thing{number} and" for number in range(3000)) + " the last"
    row, after = read([long, "my plan is pro"])
    assert isinstance(row[2], set)
    assert {word_hash("thing2999"), word_hash("last")} <= row[2]
    assert after[4] != [0]


@pytest.mark.slow
def test_many_texts_keep_their_order() -> None:
    texts = [f"item {number} is in box {number % 7}" for number in range(3000)]
    texts[700] = "東京は首都です"
    texts[1500] = "Is it?"
    parsed = parse(texts)
    assert [at for at, each in enumerate(parsed) if each.reason] == [1500]
    picked = [0, 700, 701, 1500, 2999]
    alone = parse([texts[at] for at in picked])
    everything = shown(parsed)
    assert shown(alone) == [everything[at] for at in picked]


def test_a_record_holds_what_is_claimed() -> None:
    (kept,) = parse(["Ada is not in Bonn; Kim owns Petrel; I like tea"])
    assert unpack(kept.record) == kept.claims
    assert [claim.negative for claim in kept.claims] == [True, False, False]


def test_a_record_of_one_claim_is_small() -> None:
    (kept,) = parse(["The wifi password of the summer house is plover88"])
    assert len(kept.record) <= 35


def test_a_cue_has_a_group_for_each_word_with_its_kin_and_what_it_implies() -> None:
    groups = cues.cue("please, where does Kenji live now? Kenji!")
    assert len(groups) == 2
    kenji, live = map(dict, groups)
    assert kenji[word_hash("kenji")] == 1.0
    assert live[word_hash("live")] == 1.0
    assert live[word_hash("live", FORMS)] == 0.9
    assert live[word_hash("city")] == live[word_hash("city", FORMS)] == 0.6
    assert cues.cue("首都")[0] == ((word_hash("首都"), 1.0),)
