"""Reflex recall is about as often right as it is sure, and silent where nothing answers."""

import pytest

from tests.memory.reflex import village as sureness
from workbench.library import Library


@pytest.mark.slow
def test_sureness_is_reliable() -> None:
    told, questions = sureness.village(12, seed=77)
    with Library.open(":memory:") as library:
        library.facts.tell("\n".join(told))
        found = sureness.reliability(list(sureness.asked_all(library, questions)))
    assert found.gap <= 0.12
    assert found.brier <= 0.08
    assert found.silent >= 0.95
    assert found.right >= 0.7


def test_reliability_of_what_is_always_and_never_right() -> None:
    with Library.open(":memory:") as library:
        recollection = library.facts.reflex("nothing")
    question = sureness.Question("nothing", None, "never told")
    assert sureness.reliability([(question, recollection, False)]).gap == 0
    wrong = sureness.reliability([(question, recollection, True)])
    assert wrong.gap == pytest.approx(1.0)
