"""The suite `window`: how fast and small the window is, and whether all is named, off the screen.

Each part is measured by `measure_window` or `measure` in a process of its own: on a library of
10,000 made notes, on five novels (`WORKBENCH_CORPUS`), and on the sample.
"""

import tempfile
from collections.abc import Mapping
from pathlib import Path

from tests.benchmarks.corpus import corpus_folder
from tests.benchmarks.processes import Figures, answer, in_window, measured
from tests.benchmarks.prose import Prose
from tests.benchmarks.rows import Goal, Row, Say, judged
from workbench.library import Library

GOALS: Mapping[str, Goal] = {
    "usable_warm_10k_sources": Goal("s", 1.0, False),
    "longest_gap_any_action": Goal("ms", 50, False),
    "longest_gap_adding_and_sleeping": Goal("ms", 100, False),
    "theme_switch": Goal("ms", 200, False),
    "memory_five_novels_all_places": Goal("MB", 350, False),
    "memory_evening": Goal("MB", 450, False),
    "idle_cpu": Goal("%", 0.2, False),
    "first_hit_after_key_10k": Goal("ms", 50, False),
    "unnamed_controls": Goal("count", 0, False),
    "lowest_contrast": Goal("ratio", 4.5, True),
}

_SOURCES, _WORDS = 10_000, 60


def up_to(sizes: tuple[int, ...]) -> int:
    """How many sources the large library then has."""
    return max(sizes)


def run(say: Say, sources: int = _SOURCES) -> list[Row]:
    """Measure every row of the suite; needs the evaluation data (`WORKBENCH_CORPUS`)."""
    books = sorted((corpus_folder() / "books").glob("*.txt"))
    size = sum(book.stat().st_size for book in books)
    with tempfile.TemporaryDirectory(prefix="workbench-bench-") as folder:
        library = Path(folder) / "many.brain"
        measured(__spec__.name, "make", Path(folder), library=library, sources=sources)
        say(f"added {sources} notes")
        usable, _ = in_window("measure", "start", [library], say)
        found: Figures = {"usable_warm_10k_sources": usable.get("value")}
        for what, words in (
            *(("many", [library]), ("novels", books), ("evening", books), ("looks", [])),
        ):
            found |= in_window("measure_window", what, words, say)[0]
    many = f"{sources} notes of {_WORDS} words"
    novels = f"{len(books)} books, {size / 1e6:.2f} MB"
    on = {
        "usable_warm_10k_sources": f"{many}; process start to first idle; median of 5",
        "longest_gap_any_action": f"{many}; {len(found.get('gaps', ()))} actions, once each; "
        f"processor time of the thread; longest: {found.get('by')}; by the clock, beside linking: "
        f"{max(found.get('gaps_by_clock', {}).values(), default=0):g}",
        "longest_gap_adding_and_sleeping": f"{novels}, adding and one sleep; processor time of the "
        f"thread; by the clock: {found.get('adding_and_sleeping_by_clock')}",
        "theme_switch": f"{novels}, after all places; processor time; median of "
        f"{len(found.get('switches', ()))}",
        "memory_five_novels_all_places": f"{novels}; after a visit to each place, all processes",
        "memory_evening": f"{novels}; most after any part: reading, all places, 16 questions, a "
        "replay in the Lab, all places again, sleep; all processes",
        "idle_cpu": f"{novels}; 30 s at rest after all places, of one core",
        "first_hit_after_key_10k": f"{many}; median of {len(found.get('keys', ()))} keys, "
        f"worst {max(found.get('keys', ()), default=0):g}",
        "unnamed_controls": "the same places, menus, lists and sheets, in three themes",
        "lowest_contrast": f"{found.get('pieces')} pieces of text of these on grabbed pixels",
    }
    return [judged(name, found.get(name), GOALS, on[name]) for name in GOALS]


def make(library: str, sources: int) -> int:
    """Write notes and add them to a library, as a folder is added."""
    file, prose = Path(library), Prose(7)
    folder = file.with_suffix(".notes")
    folder.mkdir()
    for number in range(sources):
        note = folder / f"Note {number:05}.txt"
        note.write_text(prose.paragraph(_WORDS) + "\n", encoding="utf-8")
    with Library.open(file) as opened:
        return len(opened.add([folder]))


if __name__ == "__main__":
    answer(make)
