"""What a confidence means."""

from hypothesis import given
from hypothesis import strategies as st

from ingest.triples import read_triples
from ingest.triples.calibration import calibrated

_PRODUCT = st.floats(0, 1)


@given(_PRODUCT, _PRODUCT, st.sampled_from(["object", "preposition", "role"]))
def test_a_surer_product_is_never_less_confident(one: float, other: float, rule: str) -> None:
    low, high = sorted((one, other))
    assert 0 <= calibrated(low, rule) <= calibrated(high, rule) <= 1


def test_a_plain_object_is_surer_than_one_of_a_doubtful_pronoun() -> None:
    (plain,) = read_triples("Holt opened the door.")
    doubtful = read_triples("Holt met Krog. Voss saw Rask. He opened the door.")[-1]
    assert plain.confidence > doubtful.confidence


def test_a_prepositional_phrase_is_less_sure_than_an_object() -> None:
    assert calibrated(0.85, "preposition") < calibrated(0.85, "object")
