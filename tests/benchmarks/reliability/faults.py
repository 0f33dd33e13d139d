"""A library on a disk that fails, fills up, loses power or flips a bit: told or harmless?

Days of ordinary work run on a `BrokenDisk` that spoils one operation each. What was acknowledged
must be there afterwards, once, and nothing that nobody told; a step that was not acknowledged is
there whole or not at all; after a loss of power the same holds for what had been safe. Where a bit
was flipped, `verify` must say so unless nothing is wrong, and `salvage` must bring back the rest.
"""

import random
import shutil
import sqlite3
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.reliability import (
    children,
    examine,
    fault_child,
    faulty_disk,
    pages,
    sample_library,
)
from tests.benchmarks.reliability.broken_disk import (
    FAILS,
    FLIPS_READ,
    FLIPS_WRITE,
    KINDS,
    POWER,
)
from tests.benchmarks.reliability.fault_child import DAYS, STEPS
from tests.benchmarks.rows import Goal, Row, Say, judged

SILENT = "faults_2000_silent"
GOALS = {SILENT: Goal("count", 0, higher=False)}
_PATIENCE = 180.0

_BACKUP = [name for name, _ in STEPS].index("backup")

Items = Counter[str]


@dataclass(frozen=True, slots=True)
class Point:
    """One fault: on which day, what goes wrong, and at which operation of those that count."""

    number: int
    day: int
    kind: str
    at: int

    def __str__(self) -> str:
        return f"point {self.number}: day {self.day}, {self.kind} at operation {self.at}"


@dataclass(frozen=True, slots=True)
class Day:
    """What a day does undisturbed: each step adds and takes away things; its operations by kind."""

    before: Items
    added: Mapping[int, Items]
    removed: Mapping[int, Items]
    counts: Mapping[str, int]


@dataclass(slots=True)
class Found:
    """What came of so many faults; each one that was wrong silently as a sentence."""

    points: int = 0
    told: int = 0
    harmless: int = 0
    damaged: int = 0
    silent: list[str] = field(default_factory=list)


def measure(folder: Path, count: int, say: Say) -> Iterator[Row]:
    """Try so many faults and yield the row of those that went by in silence."""
    try:
        if sys.platform == "win32":
            raise faulty_disk.Unavailable("not measured on Windows")
        faulty_disk.library()
    except faulty_disk.Unavailable as error:
        yield judged(SILENT, None, GOALS, str(error))
        return
    found = spoilt(folder, count)
    for fault in found.silent:
        say(fault)
    on = (
        f"{found.points} faults of a disk ({'; '.join(KINDS)}): {found.told} told, "
        f"{found.harmless} harmless, {found.damaged} left a library that says it is damaged"
    )
    yield judged(SILENT, len(found.silent), GOALS, on)


def spoilt(folder: Path, count: int, *, seed: int = 23, lanes: int = children.LANES) -> Found:
    """Make a library, let so many days go wrong and look at what is left of each."""
    documents, whole = folder / "documents", folder / "whole.brain"
    documents.mkdir()
    made = children.run(examine.make, (str(whole), str(documents), str(folder / "home")), _PATIENCE)
    if made.code:
        raise RuntimeError(f"the library could not be made: {made}")
    days = [_undisturbed(folder, whole, day) for day in range(len(DAYS))]
    found = Found()
    looks: dict[int, tuple[children.Ended, set[str] | None]] = {}

    def work(point: Point) -> children.Ended:
        place, ended = _worked(folder, whole, point.day, point.kind, point.at, point.number)
        backed_up = any(said.get("did") == _BACKUP for said in ended.said)
        arguments = (str(place / "library.brain"), str(place / "home"), backed_up)
        look = children.run(fault_child.look, arguments, _PATIENCE)
        looks[point.number] = (look, _spared(place, ended, look))
        shutil.rmtree(place)
        return ended

    for point, ended in children.each(points(days, count, seed), work, lanes):
        look, spared = looks.pop(point.number)
        _judge(found, point, days[point.day], ended, look, spared)
    return found


def points(days: Sequence[Day], count: int, seed: int) -> Iterator[Point]:
    """So many faults, evenly over the kinds and days, at operations by chance."""
    chance = random.Random(seed)
    for number in range(count):
        kind = KINDS[number % len(KINDS)]
        day = number // len(KINDS) % len(days)
        yield Point(number, day, kind, chance.randint(1, days[day].counts[kind]))


def _worked(
    folder: Path, whole: Path, day: int, kind: str, at: int, seed: int, *, each: bool = False
) -> tuple[Path, children.Ended]:
    """Have a process work for a day on a copy of its own; the copy's folder and what it said."""
    place = folder / f"{'each ' if each else ''}{day} {seed}"
    place.mkdir()
    shutil.copyfile(whole, place / "library.brain")
    shutil.copytree(folder / "home", place / "home")
    arguments = (str(place / "library.brain"), str(place / "home"), kind, at, seed, DAYS[day], each)
    return place, children.run(fault_child.work, arguments, _PATIENCE)


def _undisturbed(folder: Path, whole: Path, day: int) -> Day:
    """What a day does, and how many operations it takes; those of the steps alone are counted."""
    place, looked = _worked(folder, whole, day, FAILS, 0, -1, each=True)
    other, ended = _worked(folder, whole, day, FAILS, 0, -2)
    faults = [said for said in looked.said + ended.said if "fault" in said or "refused" in said]
    if faults or ended.code:
        raise RuntimeError(f"an undisturbed day failed: {faults or ended}")
    shutil.rmtree(place)
    shutil.rmtree(other)
    before: Items | None = None
    first: Items = Counter()
    added: dict[int, Items] = {}
    removed: dict[int, Items] = {}
    step = 0
    for said in looked.said:
        step = said.get("tries", step)
        if "content" in said:
            now = Counter(said["content"])
            if before is None:
                first = before = now
            else:
                added[step] = added.get(step, Counter()) + (now - before)
                removed[step] = removed.get(step, Counter()) + (before - now)
            before = now
    return Day(first, added, removed, ended.last["counts"])


# -- what is judged -------------------------------------------------------------------------------


def _judge(
    found: Found,
    point: Point,
    day: Day,
    ended: children.Ended,
    look: children.Ended,
    spared: set[str] | None,
) -> None:
    found.points += 1
    wrong = _unheard(ended, look)
    told = look.last
    did, tried = _progress(point, ended)
    if not wrong:
        if told.get("sound"):
            wrong += _differences(day, did, tried, Counter(told["content"]))
            if "restored" in told:
                wrong += [
                    f"the backup: {each}"
                    for each in _differences(day, set(), tried, Counter(told["restored"]))
                ]
        elif point.kind not in (FLIPS_WRITE, FLIPS_READ):
            # Nothing was written wrong: there is no reason for damage.
            wrong.append(f"damaged: {told.get('refused') or told.get('problems')}")
    if told and not told.get("sound"):
        found.damaged += 1
        if told.get("salvaged") is not None and spared is not None:
            saved = Counter(told["salvaged"])
            needed = _certain(day, did, tried)
            lost = Counter({each: n for each, n in (needed - saved).items() if each in spared})
            if lost:
                wrong.append(f"salvage lost {lost.total()}, such as {next(iter(lost))[:120]}")
    if wrong:
        found.silent.append(f"{point}: {'; '.join(wrong)[:400]}")
    elif any("refused" in said for said in ended.said) or not told.get("sound"):
        found.told += 1
    else:
        found.harmless += 1


def _unheard(ended: children.Ended, look: children.Ended) -> list[str]:
    """What ended in anything but an answer or a sentence."""
    wrong = [
        f"{'the day' if said['fault'] < 0 else STEPS[said['fault']][0]}: {said['why']}"
        for said in ended.said
        if "fault" in said
    ]
    for name, each in (("the process", ended), ("the look at it", look)):
        if each.late:
            wrong.append(f"{name} hung after {each.last}")
        elif each.code:
            wrong.append(f"{name} ended with {each.code}")
    if "fault" in look.last:
        wrong.append(f"the look at it: {look.last['fault']}")
    return wrong


def _progress(point: Point, ended: children.Ended) -> tuple[set[int], set[int]]:
    """The steps whose effect must be there, and those that may be."""
    did: set[int] = set()
    safe: set[int] = set()
    tried: set[int] = set()
    for said in ended.said:
        if "tries" in said:
            tried.add(said["tries"])
        elif "did" in said:
            did.add(said["did"])
        elif said.get("safe"):
            safe = set(did)
    return (safe if point.kind == POWER else did), tried


def _differences(day: Day, did: set[int], tried: set[int], content: Items) -> list[str]:
    """Where a content cannot have come of these steps."""
    wrong = []
    left = content.copy()
    expected = day.before.copy()
    for step in day.added:
        plus, minus = day.added[step], day.removed[step]
        if not plus and not minus:
            continue
        name = STEPS[step][0]
        come, stayed = _all_in(plus, content), _all_in(minus, content)
        there = come if plus else not stayed
        if plus and minus and come == stayed:
            wrong.append(f"“{name}” is there by half")
        if plus and not come and any(content[item] for item in plus - day.before):
            wrong.append(f"“{name}” is there by half")
        if step in did and not there:
            wrong.append(f"“{name}” was acknowledged and is lost")
        if step not in tried and there:
            wrong.append(f"“{name}” is there and was not asked for")
        if there:
            expected = expected + plus - minus
    for word, items in (("lost", expected - left), ("too much", left - expected)):
        if items and not wrong:
            wrong.append(f"{items.total()} {word}, such as {next(iter(items))[:160]}")
    return wrong


def _all_in(items: Items, content: Items) -> bool:
    return all(content[item] >= count for item, count in items.items())


def _certain(day: Day, did: set[int], tried: set[int]) -> Items:
    """What must be in the library whichever of the steps that were not acknowledged are."""
    certain = day.before.copy()
    for step in tried:
        certain -= day.removed.get(step, Counter())
    for step in did:
        certain += day.added.get(step, Counter())
    return certain


def _spared(place: Path, ended: children.Ended, look: children.Ended) -> set[str] | None:
    """What no flipped bit has hit: of the library as it was left, but for that bit.

    None where that cannot be told: the bit is no longer alone.
    """
    flipped = ended.last.get("flipped")
    if not flipped or look.last.get("sound", True) is True:
        return None
    _, where, bit = flipped
    raw = bytearray((place / "as left" / "library.brain").read_bytes())
    if not 0 <= where < len(raw) or (place / "as left" / "library.brain-wal").exists():
        return None
    raw[where] ^= 1 << bit
    twin = place / "twin" / "library.brain"
    twin.parent.mkdir()
    (twin.parent / "made").mkdir()
    twin.write_bytes(raw)
    whole = children.run(fault_child.look, (str(twin), str(place / "home"), False), _PATIENCE)
    if not whole.last.get("sound"):
        return None
    hit = pages.layout(twin).hit([(where, where + 1)])
    with closing(sqlite3.connect(twin)) as connection:
        return {
            sample_library.written(kind, item)
            for kind, item, rows in sample_library.items(connection)
            if not rows & hit
        }
