"""Sixteen processes that write into one library for minutes: is each thing said to be kept there?

Every process tells statements of its own, adds texts, and forgets one statement in ten; what a call
acknowledged must be in the library afterwards, once, and what was forgotten must not.
"""

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.processes import in_home
from tests.benchmarks.reliability.children import fault
from tests.benchmarks.rows import Goal, Row, Say, judged
from workbench.library import Library
from workbench.store.store import Store
from workbench.store.verify import verify

WRITERS = 16
_MINUTE = 60.0

GOALS = {
    "writers_lost_or_doubled": Goal("count", 0, higher=False),
    "writers_faults": Goal("count", 0, higher=False),
}


def measure(folder: Path, count: int, say: Say) -> Iterator[Row]:
    """Write for `count` minutes; yield what is lost, doubled or unsound, and what was refused."""
    library = folder / "written.brain"
    with Library.open(library):
        pass
    command = [sys.executable, "-m", __name__, str(library), str(_MINUTE * count)]
    writers = [
        subprocess.Popen(
            [*command, str(number)], env=in_home(folder / f"home-{number}"), stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(WRITERS)
    ]  # fmt: skip
    kept, gone, titles, faults = set[str](), set[str](), set[str](), list[str]()
    for writer in writers:
        said, _ = writer.communicate()
        for line in map(json.loads, said.splitlines()):
            kept.update(line.get("kept", ()))
            gone.update(line.get("gone", ()))
            titles.update(line.get("titles", ()))
            faults.extend(line.get("faults", ()))
        if writer.returncode:
            faults.append(f"a writer ended with {writer.returncode}")
    with Library.open(library) as opened:
        there = Counter(fact.text for fact in opened.facts.list(limit=1_000_000))
        sources = Counter(source.title for source in opened.sources.list())
    with Store.open(library) as store:
        unsound = [f"unsound: {each}" for each in verify(store).problems]
    wrong = [f"lost: {text}" for text in kept - gone if text not in there]
    wrong += [f"lost: {title}" for title in titles if title not in sources]
    wrong += [f"doubled: {text}" for text, times in (there + sources).items() if times > 1]
    wrong += [f"came back: {text}" for text in gone if text in there]
    for line in (wrong + unsound + faults)[:5]:
        say(line)
    did = f"{WRITERS} processes, {count} minutes, {len(kept)} statements, {len(titles)} texts"
    yield judged("writers_lost_or_doubled", len(wrong) + len(unsound), GOALS, did)
    yield judged("writers_faults", len(faults), GOALS, did)


def write(library: Path, seconds: float, writer: int) -> None:
    """Write until the time is up, and say what was acknowledged in lines of JSON."""
    until, number = time.monotonic() + seconds, 0
    with Library.open(library) as opened:
        while time.monotonic() < until:
            number += 1
            text = f"Box {number} of writer {writer} is in room {number % 13}"
            said: dict[str, list[str]] = {}
            try:
                told = opened.facts.tell(text)
                said["kept"] = [text]
                if number % 10 == 0:
                    opened.facts.forget(list(told.new))
                    said["gone"] = [text]
                if number % 25 == 0:
                    title = f"Report {number} of {writer}"
                    opened.add_text(f"{title}. Nothing happened in room {number}.", title=title)
                    said["titles"] = [title]
            except Exception as error:  # noqa: BLE001 - whatever it is, it is counted
                said["faults"] = [fault(error)]
            print(json.dumps(said), flush=True)


def main() -> None:
    """Write into the library of the command line, for so many seconds, as writer so and so."""
    library, seconds, writer = sys.argv[1:]
    write(Path(library), float(seconds), int(writer))


if __name__ == "__main__":
    main()
