"""The settings of reflex recall: kept with a library, refused where they cannot be."""

from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import UsageError
from workbench.library import Library
from workbench.memory import stored_settings
from workbench.memory.reflex import settings
from workbench.memory.reflex.settings import DEFAULTS, BrainConfig


def test_the_defaults_are_those_of_the_guide() -> None:
    assert DEFAULTS.decay_rate == 0.1
    assert DEFAULTS.reinforcement_delta == 0.05
    assert DEFAULTS.activation_threshold == 0.2
    assert DEFAULTS.max_spread_hops == 4
    assert DEFAULTS.max_context_tokens == 1500


def test_settings_stay_with_the_library(tmp_path: Path) -> None:
    with Library.open(tmp_path / "a.brain") as library:
        assert library.brain.configure() == DEFAULTS
        library.brain.configure(max_spread_hops=6, activation_threshold=0.1)
        library.brain.configure(activation_strategy="classic")
    with Library.open(tmp_path / "a.brain") as library:
        assert library.brain.configure() == BrainConfig(
            max_spread_hops=6, activation_threshold=0.1, activation_strategy="classic"
        )
        assert library.brain.configure(max_spread_hops=None).max_spread_hops == 4


@pytest.mark.parametrize(
    "given_",
    [
        {"moon": 1},
        {"decay_rate": -0.1},
        {"decay_rate": float("nan")},
        {"decay_rate": "fast"},
        {"max_spread_hops": 2.5},
        {"max_spread_hops": 99},
        {"max_context_tokens": 0},
        {"activation_threshold": 1.5},
        {"activation_strategy": "magic"},
        {"learning": 1},
        {"lateral_inhibition_k": True},
    ],
)
def test_wrong_values_are_refused_and_change_nothing(
    tmp_path: Path, given_: dict[str, object]
) -> None:
    with Library.open(tmp_path / "a.brain") as library:
        with pytest.raises(UsageError):
            library.brain.configure(rrf_k=30, **given_)
        assert library.brain.configure() == DEFAULTS


@given(st.text() | st.from_regex(r'\{"(decay_rate|rrf_k|moon)": (-?1|"x"|null|\[\])\}'))
def test_whatever_is_kept_a_library_opens(kept: str) -> None:
    found = settings.unpacked(kept)
    assert settings.unpacked(settings.packed(found)) == found


def test_every_number_may_be_as_usual_and_has_its_limits() -> None:
    usual = asdict(DEFAULTS)
    assert stored_settings.changed(DEFAULTS, usual) == DEFAULTS
    for name in (name for name, each in usual.items() if not isinstance(each, bool | str)):
        with pytest.raises(UsageError):
            stored_settings.changed(DEFAULTS, {name: -1})
