"""A sleep in words: what it did or would do, how long it took, and when the next one comes."""

import time
from dataclasses import dataclass

from workbench.sleep.records import SleepState, Slept
from workbench.ui.components import words

_EXAMPLES = 5
_NOTHING = "There was nothing to do."


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that a sleep does: how often, what it means, and a few examples of it."""

    title: str
    count: int
    why: str
    examples: tuple[str, ...] = ()

    @property
    def shown(self) -> tuple[str, ...]:
        """The first few examples."""
        return self.examples[:_EXAMPLES]

    @property
    def more(self) -> int:
        """How many are not shown."""
        return max(0, self.count - len(self.shown)) if self.examples else 0


def parts(slept: Slept) -> list[Part]:
    """What a sleep did or would do, without what it left alone."""
    merges = tuple(f"{each.text} — also said as: {'; '.join(each.others)}" for each in slept.merges)
    summaries = tuple(f"{each.name}: {' '.join(each.lines)}" for each in slept.summaries)
    ideas = tuple(f"{each.head} – {each.tail}: {each.why}" for each in slept.proposals)
    listed = [
        Part("Strengthened", slept.replayed, "Replays what you used since the last sleep."),
        Part(
            "Long-term", slept.consolidated,
            "Notes you recall often or marked as important fade more slowly.", slept.keeps,
        ),
        Part(
            "Merged", slept.merged,
            "Duplicates become one note; every wording stays in its history.", merges,
        ),
        Part(
            "Archived", slept.pruned,
            "Faded notes stay searchable and are marked.", slept.faded,
        ),
        Part(
            "Summarised", slept.summarised,
            "Notes about one thing get a summary in their own words.", summaries,
        ),
        Part(
            "Scaled down", slept.downscaled,
            "Notes with too many links have them weakened evenly.",
        ),
        Part(
            "Rehearsed", slept.rehearsed,
            "Connections used today were strengthened slightly.",
        ),
        Part(
            "Balanced", slept.balanced,
            "Learned weights were normalised.",
        ),
        Part(
            "Ideas to connect", slept.proposed,
            "Connections that no passage states. You accept or reject them.", ideas,
        ),
    ]  # fmt: skip
    return [each for each in listed if each.count]


def summary(slept: Slept) -> str:
    """What a sleep did, in a line: "212 strengthened, 14 merged. Nothing was deleted."."""
    done = deeds(slept)
    return done if done == _NOTHING else f"{done} Nothing was deleted."


def deeds(slept: Slept) -> str:
    """What a sleep did, alone: "212 strengthened, 14 merged."."""
    told = [
        (slept.replayed, "strengthened"),
        (slept.consolidated, "long-term"),
        (slept.merged, "merged"),
        (slept.pruned, "archived"),
        (slept.summarised, "summarised"),
        (slept.downscaled, "scaled down"),
        (slept.rehearsed, "rehearsed"),
    ]
    done = [f"{words.number(count)} {word}" for count, word in told if count]
    if slept.proposed:
        done.append(f"{words.count(slept.proposed, 'link')} proposed")
    if not done:
        return _NOTHING
    return f"{', '.join(done)}."


def heading(slept: Slept) -> str:
    """When it slept and how long: "Slept 03:10, 4 min"."""
    if slept.state == "undone":
        return f"Slept {clock(slept.begun)}, undone"
    lasted = "" if slept.ended is None else f", {words.duration(slept.ended - slept.begun)}"
    return f"Slept {clock(slept.begun)}{lasted}"


def status(state: SleepState, now: float, *, needs: bool = True) -> str:
    """The word of the status bar: when it sleeps next, or when it slept last."""
    if state.asleep:
        return "Asleep"
    if state.interrupted is not None:
        return "Sleep was interrupted"
    if state.automatic and needs and state.next_due is not None and state.next_due > now:
        return f"Next sleep at {clock(state.next_due, now)}"
    if state.automatic and needs and state.next_due is not None:
        return "Sleeps when idle"
    if state.last is not None:
        return f"Slept {clock(state.last.ended or state.last.begun, now)}"
    return "Has not slept yet"


def clock(moment: float, now: float | None = None) -> str:
    """A moment as "03:10", with its day where it is not today's."""
    then, today = time.localtime(moment), time.localtime(now)
    text = time.strftime("%H:%M", then)
    same = (then.tm_year, then.tm_yday) == (today.tm_year, today.tm_yday)
    return text if same else f"{words.day(moment)}, {text}"
