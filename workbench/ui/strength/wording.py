"""How strength is written on screen: spans of time, stages and regions in words."""

from workbench.memory.regions.stores import Region
from workbench.memory.stages import Stage
from workbench.ui.components import words
from workbench.ui.language import tr

_DAY = 86_400.0
_STAGES = {
    Stage.SHORT_TERM: tr("New"),
    Stage.WORKING: tr("Working"),
    Stage.EPISODIC: tr("Episode"),
    Stage.SEMANTIC: tr("Knowledge"),
}
_REGIONS = {
    Region.HIPPOCAMPUS: tr("New"),
    Region.NEOCORTEX: tr("Long-term"),
    Region.CEREBELLUM: tr("How-to"),
    Region.BASAL_GANGLIA: tr("Habits"),
}


def span(seconds: float) -> str:
    """A span of time in the unit that suits it: "5 hours", "35 days", "2 years"."""
    for unit, size, minimum in (
        ("year", 365 * _DAY, 1.5),
        ("day", _DAY, 1.5),
        ("hour", 3600.0, 1.0),
    ):
        if seconds >= minimum * size:
            return words.count(round(seconds / size), unit)
    return words.count(max(1, round(seconds / 60)), "minute")


def stage(stage_kind: Stage) -> str:
    """How far a memory has matured, in a word."""
    return _STAGES[stage_kind]


def region(kind: Region) -> str:
    """Where a memory lies, and what that place is for."""
    return _REGIONS[kind]
