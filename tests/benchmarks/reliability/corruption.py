"""Copies of one library, each damaged in one place: is it noticed, and what can be saved?

Every copy is opened, verified, asked all that a reader may ask, backed up, told something, put to
sleep, repaired and salvaged. What `verify` calls sound must contain and answer what the undamaged
library does; no call may end in anything but an answer or a sentence; and `salvage` must bring back
each thing of which no byte was damaged, be sound at once but for rows that nobody can derive, and
say that something is lost wherever it is.
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
from typing import Any

from tests.benchmarks.reliability import children, examine, pages, sample_library
from tests.benchmarks.rows import Goal, Row, Say, agreed, judged

UNNOTICED, TRACEBACKS, LOST, SILENT, UNSOUND = (
    "corruptions_1000_unnoticed",
    "corruptions_tracebacks",
    "salvage_intact_rows_lost",
    "salvage_losses_unsaid",
    "salvage_unsound",
)
GOALS = {
    **dict.fromkeys((UNNOTICED, TRACEBACKS, LOST, SILENT), Goal("count", 0, higher=False)),
    # A damaged statement that nobody can derive is named, not dropped.
    UNSOUND: Goal("share", 0.01, higher=False),
}
_PATIENCE = 300.0
#: Damage that is aimed at what leads to a row, and the type of a page of a table's rows.
_AIMED, _LEAF = ("row number", "cell pointer", "free block"), 13

#: How often each kind of damage is done, of a hundred.
_KINDS = {
    **{"bit": 25, "byte": 15, "page zeroed": 10, "page of other content": 10, "cut": 10},
    **{"row number": 15, "cell pointer": 10, "free block": 5},
}


@dataclass(frozen=True, slots=True)
class Damage:
    """What is done to a copy: these bytes at this offset, or the end there where `bytes` is None.

    `owner` is the table or index that the page belongs to.
    """

    number: int
    kind: str
    at: int
    bytes: bytes | None
    owner: str

    def do(self, file: Path) -> None:
        """Damage a file."""
        with file.open("r+b") as opened:
            if self.bytes is None:
                opened.truncate(self.at)
            else:
                opened.seek(self.at)
                opened.write(self.bytes)

    def range(self, size: int) -> tuple[int, int]:
        """The part of a file of this size that is not as it was."""
        return (self.at, size if self.bytes is None else self.at + len(self.bytes))

    def __str__(self) -> str:
        page, place = self.at // 4096 + 1, self.at % 4096
        return f"copy {self.number}: {self.kind} at {place} of page {page} ({self.owner})"


@dataclass(slots=True)
class Found:
    """What came of so many copies; each fault as a sentence."""

    copies: int = 0
    noticed: int = 0
    harmless: int = 0
    unnoticed: list[str] = field(default_factory=list)
    tracebacks: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    rows_lost: int = 0
    unsaid: list[str] = field(default_factory=list)
    unsound: list[str] = field(default_factory=list)
    by_kind: Counter[str] = field(default_factory=Counter)


def measure(folder: Path, count: int, say: Say) -> Iterator[Row]:
    """Damage so many copies and yield the rows of what went wrong."""
    if sys.platform == "win32":
        yield from agreed([], GOALS, "not measured on Windows")
        return
    found = damaged(folder, count)
    for fault in (
        *(*found.unnoticed, *found.tracebacks, *found.lost),
        *(*found.unsaid, *found.unsound),
    ):
        say(fault)
    what = f"{found.copies} copies, each damaged in one place ({', '.join(_KINDS)})"
    noticed = f"{found.noticed} noticed, {found.harmless} without effect"
    yield judged(UNNOTICED, len(found.unnoticed), GOALS, f"{what}; {noticed}")
    yield judged(TRACEBACKS, len(found.tracebacks), GOALS, f"the same, {len(examine.CALLS)} calls")
    yield judged(LOST, found.rows_lost, GOALS, "the same, salvaged")
    yield judged(SILENT, len(found.unsaid), GOALS, "the same, and nothing is said to be lost")
    share = len(found.unsound) / max(1, found.copies)
    yield judged(UNSOUND, share, GOALS, "the same, not sound at once")


def damaged(
    folder: Path,
    count: int,
    *,
    seed: int = 23,
    kinds: Sequence[str] = tuple(_KINDS),
    lanes: int = children.LANES,
) -> Found:
    """Make a library, damage so many copies in these ways and look at what each is worth."""
    documents = folder / "documents"
    documents.mkdir()
    whole = folder / "whole.brain"
    made = children.run(examine.make, (str(whole), str(documents), str(folder / "home")), _PATIENCE)
    if made.code:
        raise RuntimeError(f"the library could not be made: {made}")
    layout = pages.layout(whole)
    raw = whole.read_bytes()
    with closing(sqlite3.connect(whole)) as connection:
        needed = list(sample_library.items(connection))
    truth = _truth(whole, folder)

    def look(damage: Damage) -> children.Ended:
        place = folder / str(damage.number)
        place.mkdir()
        copy = place / "copy.brain"
        shutil.copyfile(whole, copy)
        damage.do(copy)
        ended = _examined(copy, folder, warm=damage.number % 2 == 0)
        shutil.rmtree(place)
        return ended

    found = Found()
    for damage, ended in children.each(damages(raw, layout, count, seed, kinds), look, lanes):
        hit = layout.hit([damage.range(len(raw))])
        intact = Counter(
            sample_library.written(kind, item) for kind, item, rows in needed if not rows & hit
        )
        every = Counter(sample_library.written(kind, item) for kind, item, _ in needed)
        _judge(found, damage, ended, truth, (intact, every))
    return found


def _truth(whole: Path, folder: Path) -> Mapping[str, Any]:
    """What the undamaged library answers, as far as it answers the same twice."""
    both = []
    for warm in (False, True):
        place = folder / f"truth {warm}"
        place.mkdir()
        copy = place / "copy.brain"
        shutil.copyfile(whole, copy)
        ended = _examined(copy, folder, warm)
        if ended.code or not ended.last.get("sound"):
            raise RuntimeError(f"the undamaged library is not sound: {ended}")
        both.append(ended.last)
    first, second = both
    views = first["views"]
    unstable = [name for name in views if views[name] != second["views"][name]]
    if unstable:
        raise RuntimeError(f"answers differ from call to call: {unstable}")
    return first


def _examined(copy: Path, folder: Path, warm: bool) -> children.Ended:
    """Have a process of its own look at a copy; where `warm`, with the caches of the original."""
    home = copy.parent / "home"
    if warm:
        shutil.copytree(folder / "home", home)
    return children.run(examine.look, (str(copy), str(home)), _PATIENCE)


def damages(
    raw: bytes, layout: pages.Layout, count: int, seed: int, kinds: Sequence[str] = tuple(_KINDS)
) -> Iterator[Damage]:
    """So many damages; half of the small ones hit rows that nobody can derive again."""
    chance = random.Random(seed)
    words = [(low, high) for low, high, row in layout.rows if row[0] in sample_library.KEPT]
    numbered = [
        row
        for row in layout.rows
        if row[2][0] in (*sample_library.KEPT, "engram", "passage")
        and raw[row[0] // layout.page * layout.page] == _LEAF
    ]
    total = len(raw) // layout.page
    for number in range(count):
        (kind,) = chance.choices(kinds, [_KINDS[kind] for kind in kinds])
        content: bytes | None
        if kind in ("bit", "byte"):
            if chance.random() < 0.5:
                low, high = chance.choice(words)
                at = chance.randrange(low, high)
            else:
                at = chance.randrange(len(raw))
            now = raw[at]
            other = now ^ 1 << chance.randrange(8) if kind == "bit" else chance.randrange(256)
            content = bytes([other if other != now else now ^ 0xFF])
        elif kind in _AIMED:
            low, *_ = chance.choice(numbered)
            at = _aim(raw, low, kind, chance, layout.page)
            # A neighbour is likelier to exist than any other number.
            now = raw[at]
            other = chance.choice((now ^ 1 << chance.randrange(8), now + 1, chance.randrange(256)))
            content = bytes([other & 0xFF if other & 0xFF != now else now ^ 0xFF])
        elif kind == "cut":
            at, content = chance.randrange(100, len(raw)), None
        else:
            page = chance.randrange(total)
            at = page * layout.page
            source = (page + chance.randrange(1, total)) % total * layout.page
            content = raw[source : source + layout.page] if "other" in kind else bytes(layout.page)
            while raw[at : at + layout.page] == content:
                # A page that was freed is zeroed already.
                at = (at + layout.page) % (total * layout.page)
        owner = layout.owners.get(at // layout.page + 1, "free")
        yield Damage(number, kind, at, content, owner)


def _aim(raw: bytes, low: int, kind: str, chance: random.Random, page: int) -> int:
    """A byte of the number of the row at `low`, or of the head of its page."""
    head = low // page * page
    if kind == "row number":
        at = low + _length(raw, low)
        return at + chance.randrange(_length(raw, at))
    if kind == "cell pointer":
        count = int.from_bytes(raw[head + 3 : head + 5], "big")
        return head + 8 + chance.randrange(2 * count)
    # The first free block, the number of rows, where they begin, and what is left between them.
    return head + chance.randrange(1, 8)


def _length(raw: bytes, at: int) -> int:
    """The bytes of a number in the file."""
    return next((size for size in range(1, 9) if raw[at + size - 1] < 128), 9)


def _judge(
    found: Found,
    damage: Damage,
    ended: children.Ended,
    truth: Mapping[str, Any],
    contents: tuple[Counter[str], Counter[str]],
) -> None:
    found.copies += 1
    told = ended.last
    if ended.code or ended.late or not told.get("done"):
        how = "hung" if ended.late else f"ended with {ended.code}"
        found.tracebacks.append(f"{damage}: the process {how} after {list(told)[-1:]}")
        return
    found.tracebacks += [f"{damage}: {fault}" for fault in told["faults"]]
    if told["sound"]:
        differs = examine.differences(told, truth)
        if differs:
            found.unnoticed.append(f"{damage}: {', '.join(differs)[:300]}")
        else:
            found.harmless += 1
    else:
        found.noticed += 1
    salvaged, (intact, every) = told.get("salvaged"), contents
    if salvaged is None:
        return
    saved = Counter(salvaged["content"])
    if every - saved and not salvaged["losses"]:
        found.unsaid.append(f"{damage}: nothing is said to be lost, and something is")
    if salvaged["problems"]:
        found.unsound.append(f"{damage}: not sound: {salvaged['problems'][0][:160]}")
    lost = intact - saved
    if lost:
        found.rows_lost += lost.total()
        found.lost.append(f"{damage}: {lost.total()} lost, such as {next(iter(lost))[:160]}")
