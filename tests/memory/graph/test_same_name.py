"""Names that say the same as another are told by their words."""

import pytest

from workbench.memory.graph.people import lacks_name, same


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        ("Wickham", "Mr. Wickham", True),
        ("Irene", "Irene Adler", True),
        ("Bourgh", "Lady Catherine de Bourgh", True),
        ("SHERLOCK HOLMES", "Holmes", True),
        ("Mr. Gardiner", "Mrs. Gardiner", True),
        ("Jane Bennet", "Lydia Bennet", False),
        ("salt", "salt mine", False),
        ("Oslo", "Bergen", False),
        ("General", "General Lund", False),
        ("", "", False),
    ],
)
def test_parts_of_a_name_and_a_name_with_a_title_are_the_same(
    one: str, other: str, wanted: bool
) -> None:
    assert same(one, other) is wanted
    assert same(other, one) is wanted


def test_a_title_alone_or_a_particle_names_nobody() -> None:
    assert all(map(lacks_name, ("Miss", "von", "General", "Esq", "Mr.")))
    assert not any(map(lacks_name, ("doctor", "harbour", "Lund", "Miss Lund", "X 15", "1812")))
