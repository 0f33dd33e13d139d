"""Full years below the dots of a timeline."""

from workbench.ui.plots.timeline import year_ticks


def test_years_are_as_far_apart_as_there_is_room_for() -> None:
    assert [words for _, words in year_ticks(1811.2, 1888.5)] == ["1820", "1840", "1860", "1880"]
    assert year_ticks(-60.5, 120.0) == [(-49.0, "50 BC"), (1.0, "1"), (50.0, "50"), (100.0, "100")]
    assert len(year_ticks(-3000, 2026)) <= 6
    assert year_ticks(1885.2, 1885.6) == []
