"""What a confidence means."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ingest.triples.fitted import LEAST, RULE_WEIGHTS, WEIGHTS
from ingest.triples.reading import RULES, Doubts, PassageReader, calibrated, features, rule_of

read_triples = PassageReader().read

_PLAIN = Doubts(0.9, "object", "name", False, 1, 8, 0)
_DOUBTS = st.builds(
    Doubts,
    st.floats(0, 1),
    st.sampled_from(["object", "preposition", "role", "opening"]),
    st.sampled_from(["name", "noun", "pronoun", "number", "date"]),
    st.booleans(),
    st.integers(0, 300),
    st.integers(1, 400),
    st.integers(0, 300),
)


@given(_DOUBTS, st.floats(0, 1))
def test_a_surer_product_is_never_less_confident(doubts: Doubts, other: float) -> None:
    low, high = sorted((doubts.product, other))
    weak, strong = replace(doubts, product=low), replace(doubts, product=high)
    assert 0 <= calibrated(weak) <= calibrated(strong) <= 1


def test_what_is_doubtful_lowers_the_confidence() -> None:
    sure = calibrated(_PLAIN)
    assert calibrated(replace(_PLAIN, guessed=True)) < sure
    assert calibrated(replace(_PLAIN, distance=12)) < sure
    assert calibrated(replace(_PLAIN, length=60)) < sure
    assert calibrated(replace(_PLAIN, length=60, preceding=40)) < calibrated(
        replace(_PLAIN, length=60)
    )


def test_every_feature_and_rule_has_its_number() -> None:
    assert set(features(_PLAIN)) == set(WEIGHTS)
    assert {*RULES, "other"} == set(RULE_WEIGHTS)
    assert rule_of(replace(_PLAIN, rule="opening")) == "other"


def test_a_plain_object_is_surer_than_one_of_a_doubtful_pronoun() -> None:
    (plain,) = read_triples("Holt opened the door.")
    doubtful = PassageReader(minimum=0.0).read("Holt met Krog. Voss saw Rask. He opened the door.")[
        -1
    ]
    assert plain.confidence > doubtful.confidence


def test_what_is_less_sure_than_the_least_share_is_not_handed_out() -> None:
    text = (
        "The tide carried, as the men said in all the houses along the long road to the sea and to"
        " the hills, in the morning of the third day of the great fair, the boats."
    )
    everything = PassageReader(threshold=0.25, minimum=0.0).read(text)
    given_out = PassageReader(threshold=0.25).read(text)
    assert 0 < len(given_out) < len(everything)
    assert all(triple.confidence >= LEAST for triple in given_out)


def test_candidates_say_how_far_their_sides_stand_apart() -> None:
    ((_, doubts),) = PassageReader().candidates("At noon, the miller of Oslo sold a mill.", spans=[
        (9, 40)])  # fmt: skip
    assert (doubts.distance, doubts.preceding, doubts.length) == (1, 0, 7)
    assert not doubts.guessed
