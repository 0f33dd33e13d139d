"""What the library in memory says of strength, fading and sleep: nothing fades, nothing sleeps."""

from dataclasses import replace

from workbench.memory.facts.plastic import Strength
from workbench.memory.facts.records import Fact
from workbench.memory.fading.records import Curve, FadingList
from workbench.memory.reflex.settings import BrainConfig
from workbench.memory.regions.working import InMind
from workbench.recall.answered.saved import Answered
from workbench.recall.records import Answer
from workbench.sleep.records import Proposal, SleepSettings, SleepState, Slept

_THEN, _HALF = 1.7e9, 3e6


class FakeRest:
    """The part of the library in memory that rests; `facts_told` are its facts."""

    facts_told: list[Fact]
    settings = SleepSettings()

    def memory_strength(self, engram: int) -> Strength | None:
        fact = next((fact for fact in self.facts_told if fact.id == engram), None)
        return Strength(
            engram, fact.text if fact else "A sentence.", "fact", fact, 1.0, 2, _THEN, _HALF, 24.0,
            0.5, 0.5, None, pinned=False, archived=False, came=_THEN, ripe=None, now=_THEN,
        )  # fmt: skip

    def memory_curve(self, engram: int) -> Curve:
        times = tuple(_THEN + day * 86_400.0 for day in range(-5, 6))
        return Curve(times, (1.0,) * 11, (_THEN,), _THEN, _THEN + _HALF, False, _HALF, 8.0)

    def memory_fading(self, collection: str | None = None, **_options: object) -> FadingList:
        return FadingList((), 0, complete=True)

    def memory_working(self, collection: str | None = None) -> list[InMind]:
        return []

    def sleep_proposals(self, **_options: object) -> list[Proposal]:
        return []

    def sleep_history(self, limit: int = 20) -> list[Slept]:
        return []

    def sleep_state(self) -> SleepState:
        return SleepState(
            asleep=False, interrupted=None, last=None, next_due=None,
            automatic=self.settings.automatic,
        )  # fmt: skip

    def sleep_configure(self, **changes: object) -> SleepSettings:
        self.settings = replace(self.settings, **changes)  # type: ignore[arg-type]
        return self.settings

    answers_writes = False

    def answers_keep(self, answer: Answer, _written: Answer | None = None) -> Answer:
        return answer

    def answers_list(self, _words: str = "", *, limit: int = 50) -> list[Answered]:
        return []

    def brain_configure(self) -> BrainConfig:
        return BrainConfig()
