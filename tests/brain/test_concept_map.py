"""The map of a library: concepts that are written of in like words lie near each other."""

import pytest

from workbench.errors import NotFoundError, UsageError
from workbench.library import Library

_SEA = (
    "The schooner left the harbour with the tide. Its sails caught the wind beyond the pier.",
    "A pilot took the barge into the harbour. The tide carried both past the pier.",
    "Wind filled the sails of the schooner. The pilot watched the tide from the barge.",
    "The barge lay at the pier until the wind turned. The harbour was calm.",
)
_OVEN = (
    "The baker kneaded the dough and let it rise. The oven was hot and the crust turned brown.",
    "Rye flour makes a heavy dough. The baker scored the loaf before the oven.",
    "The loaf came from the oven with a thick crust. Its flour was milled from rye.",
    "A baker weighs the flour, kneads the dough, and shapes each loaf of rye.",
)


@pytest.mark.slow
def test_concepts_of_one_subject_lie_near_each_other() -> None:
    with Library.open(":memory:") as library:
        assert library.brain.map().points == ()
        for number, text in enumerate((*_SEA * 2, *_OVEN * 2)):
            library.add_text(
                f"{text} It was note {number}.", title=f"Note {number}", collection="Notes"
            )
        found = library.brain.map(collection="Notes")
        names = [each.name for each in found.points]
        assert {"harbour", "tide", "oven", "dough"} <= set(names)
        assert 0 < found.share <= 1
        at = {each.name: each for each in found.points}

        def apart(one: str, other: str) -> float:
            return abs(at[one].x - at[other].x) + abs(at[one].y - at[other].y)

        assert apart("harbour", "tide") < apart("harbour", "dough")
        assert apart("oven", "dough") < apart("oven", "tide")
        sea = " ".join(_SEA)
        assert all(names[each] in sea for each in at["harbour"].near)
        assert len(library.brain.map(limit=3).points) <= 3
        with pytest.raises(UsageError):
            library.brain.map(limit=0)
        with pytest.raises(NotFoundError):
            library.brain.map(collection="None such")
