"""The singular of nouns, as claims and concepts have it."""

import pytest

from ingest.language.nouns import singular
from workbench.memory.concepts.keys import key_of


@pytest.mark.parametrize(
    ("plural", "wanted"),
    [
        ("news", "news"),
        ("species", "species"),
        ("movies", "movie"),
        ("heroes", "hero"),
        ("buses", "bus"),
        ("firemen", "fireman"),
        ("women", "woman"),
        ("cities", "city"),
        ("boxes", "box"),
        ("chaos", "chaos"),
    ],
)
def test_claims_and_concepts_have_one_singular(plural: str, wanted: str) -> None:
    assert singular(plural) == key_of(plural) == wanted


def test_a_colloquial_word_is_as_it_is_written_in_claims() -> None:
    assert singular("Mum") == "mother"
