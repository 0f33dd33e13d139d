"""See also without a model: how much of what was chosen stands in a passage, and no more."""

from collections.abc import Iterator

import pytest

from workbench.library import Library


@pytest.fixture
def library() -> Iterator[Library]:
    with Library.open(":memory:") as opened:
        opened.models.drop("embedding")
        opened.add_text("The harvest of barley was weighed in Bredal.", title="Weights")
        opened.add_text("Barley is sown in spring.", title="Sowing")
        opened.add_text("So it was told by the fire.", title="Told")
        yield opened


def test_what_shares_less_is_less_near_and_the_best_is_no_measure(library: Library) -> None:
    found = library.sources.related("The poor harvest of barley worried the miller.")
    assert [each.title for each in found] == ["Weights", "Sowing"]
    near = [each.nearness for each in found]
    assert 1 > near[0] > near[1] > 0
    assert {each.tier for each in found} == {"lexical"}


@pytest.mark.slow
def test_what_shares_no_word_is_not_near(library: Library) -> None:
    assert not library.sources.related("Violins need new strings before a concert.")
