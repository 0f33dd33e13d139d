"""How much a statement matters: signal words, each group of them once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.library import Library
from workbench.library.options import TellOptions
from workbench.memory.regions.salience import salience


@pytest.mark.parametrize(
    ("text", "matters"),
    [
        ("The gate is green", 0.5),
        ("The gate is critical", 0.65),
        ("A critical, urgent emergency", 0.65),
        ("Critical!! the gate must hold", 0.95),
        ("perhaps the gate is green", 0.4),
        ("fyi perhaps the gate is green", 0.3),
        ("Is the gate green?", 0.55),
        ("The keyhole is in the mustard pot", 0.5),
        ("", 0.5),
        ("word " * 50, 0.55),
    ],
)
def test_signal_words_raise_and_lower(text: str, matters: float) -> None:
    assert salience(text) == pytest.approx(matters)


@given(st.text())
def test_it_has_bounds(text: str) -> None:
    assert 0.1 <= salience(text) <= 1


def test_what_is_told_matters_by_its_words_and_begins_as_stable_as_that() -> None:
    with Library.open(":memory:") as library:
        library.facts.tell("The siphon alarm is critical and must be tested!!")
        library.facts.tell("The siphon is made of glass.")
        library.facts.tell("perhaps the siphon leaks")
        library.facts.tell("The lamp is out!! always", options=TellOptions(strength=2.0))
        library.facts.tell(
            "The lamp is critical, fix it always!!", options=TellOptions(salience=0.2)
        )
        held = {
            match: library.facts.get(match).info
            for match in ("alarm", "glass", "leaks", "out", "fix")
        }
        told = {k: (i.salience, i.stability) for k, i in held.items() if i is not None}
        assert told == {
            "alarm": (0.95, 2.0), "glass": (0.5, 1.0), "leaks": (0.4, 1.0), "out": (0.8, 2.0),
            "fix": (0.2, 1.0),
        }  # fmt: skip
        # A recall adds to what it began with, also once that is written.
        library.facts.recall("siphon alarm")
        library.facts.recall("siphon leaks")
        alarm, leaks = library.facts.get("alarm").info, library.facts.get("leaks").info
        assert alarm is not None
        assert leaks is not None
        assert alarm.salience == 0.95
        assert alarm.stability == pytest.approx(2 + 0.3 * (1 + 1.5 * 0.45) * 0.693147, abs=1e-4)
        assert leaks.stability == pytest.approx(1 + 0.3 * (1 - 1.5 * 0.1) * 0.693147, abs=1e-4)
