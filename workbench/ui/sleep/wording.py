"""A sleep in words: results, duration, and the next one."""

import time
from dataclasses import dataclass

from workbench.sleep.records import SleepState, Slept
from workbench.ui.components import words
from workbench.ui.language import tr

_EXAMPLES = 5
_EMPTY = tr("There was nothing to do.")


@dataclass(frozen=True, slots=True)
class Part:
    """A kind of change: title, count, explanation, examples."""

    title: str
    count: int
    reason: str
    examples: tuple[str, ...] = ()

    @property
    def visible(self) -> tuple[str, ...]:
        """The first examples."""
        return self.examples[:_EXAMPLES]

    @property
    def more(self) -> int:
        """The number of changes without a visible example."""
        return max(0, self.count - len(self.visible)) if self.examples else 0


def parts(slept: Slept) -> list[Part]:
    """The changes that a sleep made or would make."""
    merges = tuple(
        tr("{text} — also said as: {others}", text=item.text, others="; ".join(item.others))
        for item in slept.merges
    )
    summaries = tuple(f"{item.name}: {' '.join(item.lines)}" for item in slept.summaries)
    ideas = tuple(f"{item.head} – {item.tail}: {item.why}" for item in slept.proposals)
    listing = [
        Part(tr("Strengthened"), slept.replayed, tr("Replays what you used since the last sleep.")),
        Part(
            tr("Long-term"), slept.consolidated,
            tr("Notes you recall often or marked as important fade more slowly."), slept.keeps,
        ),
        Part(
            tr("Merged"), slept.merged,
            tr("Duplicates become one note; every wording stays in its history."), merges,
        ),
        Part(
            tr("Archived"), slept.pruned,
            tr("Faded notes stay searchable and are marked."), slept.faded,
        ),
        Part(
            tr("Summarised"), slept.summarised,
            tr("Notes about one thing get a summary in their own words."), summaries,
        ),
        Part(
            tr("Scaled down"), slept.downscaled,
            tr("Notes with too many links have them weakened evenly."),
        ),
        Part(
            tr("Rehearsed"), slept.rehearsed,
            tr("Connections used today were strengthened slightly."),
        ),
        Part(
            tr("Balanced"), slept.balanced,
            tr("Links that grew the most give way to the others."),
        ),
        Part(
            tr("Ideas to connect"), slept.proposed,
            tr("Connections that no passage states. You accept or reject them."), ideas,
        ),
    ]  # fmt: skip
    return [item for item in listing if item.count]


def summary(slept: Slept) -> str:
    """Summarise a sleep: "212 strengthened, 14 merged. Nothing was deleted."."""
    completed = deeds(slept)
    return completed if completed == _EMPTY else tr("{done} Nothing was deleted.", done=completed)


def deeds(slept: Slept) -> str:
    """List the changes only: "212 strengthened, 14 merged."."""
    text = [
        (slept.replayed, tr("strengthened")),
        (slept.consolidated, tr("long-term")),
        (slept.merged, tr("merged")),
        (slept.pruned, tr("archived")),
        (slept.summarised, tr("summarised")),
        (slept.downscaled, tr("scaled down")),
        (slept.rehearsed, tr("rehearsed")),
    ]
    completed = [f"{words.number(count)} {word}" for count, word in text if count]
    if slept.proposed:
        completed.append(tr("{links} proposed", links=words.count(slept.proposed, "link")))
    if not completed:
        return _EMPTY
    return f"{', '.join(completed)}."


def heading(slept: Slept) -> str:
    """Time and duration of a sleep: "Slept 03:10, 4 min"."""
    if slept.state == "undone":
        return tr("Slept {begun}, undone", begun=clock(slept.begun))
    lasted = "" if slept.ended is None else f", {words.duration(slept.ended - slept.begun)}"
    return tr("Slept {begun}{lasted}", begun=clock(slept.begun), lasted=lasted)


def status(state: SleepState, time_: float) -> str:
    """The text in the status bar: the next sleep, or the last one."""
    if state.asleep:
        return tr("Asleep")
    if state.interrupted is not None:
        return tr("Sleep was interrupted")
    if state.automatic and state.next_due is not None:
        if state.next_due > time_:
            return tr("Next sleep at {next_due}", next_due=clock(state.next_due, time_))
        return tr("Sleeps when idle")
    if state.last is not None:
        return tr("Slept {ended}", ended=clock(state.last.ended or state.last.begun, time_))
    return tr("Has not slept yet")


def clock(seconds: float, now: float | None = None) -> str:
    """Format a time as "03:10", with the date if it is not today."""
    date, today = time.localtime(seconds), time.localtime(now)
    text = time.strftime("%H:%M", date)
    same = (date.tm_year, date.tm_yday) == (today.tm_year, today.tm_yday)
    return text if same else f"{words.day(seconds)}, {text}"
