"""What the suite `window` measures, each of its parts in a process of its own.

    python -m tests.benchmarks.measure_window many LIBRARY     actions and keys, large library
    python -m tests.benchmarks.measure_window novels FILE ...  adding, places, memory, rest, sleep
    python -m tests.benchmarks.measure_window looks            contrast and names, three themes
    python -m tests.benchmarks.measure_window evening FILE ... memory after each part of an evening

Prints one JSON object, a figure a row and details, as its last line.
"""

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.measure import as_started, beating, idle, on_new_library, opened, until
from tests.benchmarks.processes import tree_megabytes

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from workbench.library import Library
    from workbench.ui.settings.page import Page
    from workbench.ui.window.main import MainWindow

_THEMES = ("dark", "contrast", "light")
_QUESTION = "What does sleep do to the synapses?"
#: What is asked in an evening with five novels.
_EVENING = (
    "Who is the captain of the Pequod?",
    "Why does he hate the white whale?",
    "Who is Mr. Bingley?",
    "What is Moby-Dick about?",
    "Which harpooneer shares a bed with the narrator at the inn?",
    "What coin does the captain nail to the mast as a reward?",
    "Who paints the portrait of Dorian Gray?",
    "What happens to the portrait?",
    "Who is Victor Frankenstein's friend?",
    "Summarise chapter 1 of Frankenstein",
    "Where does Sherlock Holmes live?",
    "Who is Irene Adler?",
    "What does Mr. Darcy say of Elizabeth at the ball?",
    "Who marries Charlotte Lucas?",
    "What is the telephone number of Dr. Watson?",
    "Who is Queequeg?",
)
_SHEETS = ("add_link", "watch", "works", "stored", "guide", "shortcuts", "about")
#: Seconds of rest before, and while, the processor is watched; between two looks.
_QUIET, _WATCHED, _REST = 10.0, 30.0, 0.4
#: The seconds that linking may take.
_LINKING = 1800

Step = Callable[[], object]


def main(words: Sequence[str]) -> int:
    """Measure what the first word says; 2 for an unknown word."""
    as_started()
    what, rest = (words[0], [Path(word) for word in words[1:]]) if words else ("", [])
    with tempfile.TemporaryDirectory(prefix="workbench-window-") as folder:
        os.environ["WORKBENCH_HOME"] = folder
        if what == "many" and len(rest) == 1:
            told = _many(rest[0])
        elif what == "novels" and rest:
            told = _novels(Path(folder), rest)
        elif what == "evening" and rest:
            told = _evening(Path(folder), rest)
        elif what == "looks" and not rest:
            told = _looks(Path(folder))
        else:
            sys.stderr.write(
                "measure_window: many LIBRARY, novels FILE ..., looks, evening FILE ...\n"
            )
            return 2
    sys.stdout.write(json.dumps(told) + "\n")
    return 0 if told else 1


def _rest(seconds: float = _REST) -> None:
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()


def _settle(window: "MainWindow") -> None:
    """Wait until no worker of the window has anything to do."""
    until(lambda: window.jobs.busy == 0, window)
    _rest()


def _linked(library: "Library", window: "MainWindow") -> bool:
    """Wait until what was added is linked, which beside other programs takes a novel minutes.

    Asked once a second, for each look reads the library that the linking writes.
    """
    for _ in range(_LINKING):
        if library._core.graph.backlog() + library._core.graph.stating.backlog() == 0:
            return True
        _rest(1.0)
    return not library._core.graph.backlog() + library._core.graph.stating.backlog()


# -- what a person does ---------------------------------------------------------------------------


def places(window: "MainWindow") -> Iterator[tuple[str, Step]]:
    """Every place and view of the window, each with the step that leads there."""
    from workbench.ui.window.tabs import ASK, ASSOCIATIONS, BRAIN, LIBRARY, TODAY

    yield "library", partial(window.navigate.show_sources, ())
    yield "source chosen", lambda: window.library_tab.select((window.shelf.sources[0].id,))
    yield "inspector", partial(window.navigate.show_panel, "inspector")
    yield "indexed text", window.navigate.show_indexed
    yield "facts and notes", window.navigate.show_memories
    yield "concepts", window.actions_by_name["concepts"].trigger
    yield "fading", window.sleep_actions.show_fading
    yield "reader", lambda: window.navigate.open_source(window.shelf.sources[0].id)
    yield "ask", partial(window.navigate.show_tab, ASK)
    yield "answer", partial(_ask, window)
    yield "explore", partial(window.navigate.show_tab, ASSOCIATIONS)
    yield "today", partial(window.navigate.show_tab, TODAY)
    yield "activity", partial(window.navigate.show_panel, "activity")
    yield "lab", partial(window.navigate.show_tab, BRAIN)
    yield "settings", window.preferences.show
    for kind in window.preferences.pages.kinds:
        yield f"settings, {kind.title.name}", partial(_set, window, kind)
    yield "library again", partial(window.navigate.show_tab, LIBRARY)


def _ask(window: "MainWindow") -> None:
    window.ask_tab.composer.field.setText(_QUESTION)
    window.ask_tab.composer.ask()


def _set(window: "MainWindow", kind: "type[Page]") -> None:
    window.preferences.show(window.preferences.pages.of(kind))


def _actions(window: "MainWindow") -> Iterator[tuple[str, Step]]:
    """What is done on a large library, the places among it."""
    tab = window.library_tab
    yield from places(window)
    for column in range(3):
        yield f"sorted by column {column}", partial(tab.model.sort, column)
    for word in ("n", "note 1", ""):
        yield f"filtered by “{word}”", partial(tab.find_field.setText, word)
    yield "all chosen", tab.table.selectAll
    yield "one chosen", lambda: tab.select((window.shelf.sources[5].id,))
    yield "scrolled down", tab.table.scrollToBottom
    yield "omnibox", window.omnibox.begin
    yield "words in the omnibox", lambda: window.omnibox.field.setText("note")
    yield "omnibox left", window.omnibox.leave
    yield "panel away", partial(window.navigate.toggle_panel, "inspector")
    yield "panel again", partial(window.navigate.toggle_panel, "inspector")


# -- the parts ------------------------------------------------------------------------------------


def _many(library: Path) -> dict[str, object]:
    """The longest gap of each action, and from a key to the first sentence below it."""
    window = opened(library)
    if not until(lambda: window.shelf.loaded and bool(window.shelf.sources), window):
        return {}
    _settle(window)
    gaps, clock = {}, {}
    for name, step in _actions(window):
        with beating(window) as beats:
            _rest(0.05)
            step()
            _settle(window)
        gaps[name], clock[name] = beats.longest, beats.longest_by_clock
    keys = _first_hits(window)
    sources = len(window.shelf.sources)
    window.close()
    idle()
    by = max(gaps, key=lambda name: gaps[name])
    return {
        "longest_gap_any_action": gaps[by],
        "by": by,
        "gaps": gaps,
        "gaps_by_clock": clock,
        "first_hit_after_key_10k": statistics.median(keys),
        "keys": [round(each, 1) for each in keys],
        "sources": sources,
    }


def _first_hits(window: "MainWindow") -> list[float]:
    """Milliseconds from each key of some words of the library to the sentences it brings."""
    from PySide6.QtTest import QTest

    from workbench.ui.window.omnibox import TEXT

    box, library = window.omnibox, window.shelf.library
    if library is None:
        return []
    text = library.sources.text(window.shelf.sources[0].id, 0, 600)
    words = [word for word in text.split() if word.isalpha() and len(word) > 4][:6]
    box.begin()
    taken: list[float] = []
    for word in words:
        box.field.clear()
        _settle(window)
        for letter in word:
            begun = time.perf_counter()
            QTest.keyClicks(box.field, letter)
            until(lambda: box._seen == box.typed, window)
            if any(row.kind == TEXT for row in box.model.rows):
                taken.append(1000 * (time.perf_counter() - begun))
    box.leave()
    return taken


def _novels(folder: Path, books: Sequence[Path]) -> dict[str, object]:
    """Gaps while books are added and in sleep; between, all places, memory, a theme, and rest."""
    window = on_new_library(folder)
    if window is None:
        return {}
    with beating(window) as beats:
        window.adding.add(list(books))
        until(
            lambda: sum(s.verified is not None for s in window.shelf.sources) == len(books), window
        )
    adding, clock = beats.longest, beats.longest_by_clock
    library = window.shelf.library
    if library is None or not _linked(library, window):
        return {}
    for _name, step in places(window):
        step()
        _settle(window)
    memory = tree_megabytes(os.getpid())
    switches = _switches(window)
    _settle(window)
    # Names that became one once all was linked are drawn from anew.
    _linked(library, window)
    _rest(_QUIET)
    begun, used = time.perf_counter(), time.process_time()
    _rest(_WATCHED)
    share = 100 * (time.process_time() - used) / (time.perf_counter() - begun)
    with beating(window) as beats:
        window.sleep_actions.sleep()
        until(lambda: not window.activity.tasks.running and window.jobs.busy == 0, window)
    sleeping, clock = beats.longest, max(clock, beats.longest_by_clock)
    window.close()
    idle()
    return {
        "longest_gap_adding_and_sleeping": max(adding, sleeping),
        "adding": adding,
        "sleeping": sleeping,
        "adding_and_sleeping_by_clock": clock,
        "memory_five_novels_all_places": memory,
        "theme_switch": statistics.median(switches),
        "switches": [round(each) for each in switches],
        "idle_cpu": round(share, 3),
    }


def _evening(folder: Path, books: Sequence[Path]) -> dict[str, object]:
    """Megabytes of all processes after each part of an evening: read, look round, ask, Lab, sleep.

    The places are visited again at the end: what a visit leaves behind would show there.
    """
    from workbench.ui.window.tabs import BRAIN

    window = on_new_library(folder)
    if window is None:
        return {}
    memory = {"empty": tree_megabytes(os.getpid())}

    def settled(part: str) -> None:
        _settle(window)
        memory[part] = tree_megabytes(os.getpid())
        sys.stderr.write(f"{part}: {memory[part]:.0f} MB\n")

    window.adding.add(list(books))
    until(lambda: sum(s.verified is not None for s in window.shelf.sources) == len(books), window)
    settled("read")
    library = window.shelf.library
    if library is None or not _linked(library, window):
        return {}
    settled("linked")
    for name, step in places(window):
        step()
        settled(name)
    for number, question in enumerate(_EVENING, 1):
        window.ask_tab.composer.field.setText(question)
        window.ask_tab.composer.ask()
        until(lambda: not window.ask_tab.composer.busy, window)
        settled(f"question {number}")
    window.navigate.show_tab(BRAIN)
    window.navigate.lab.recall("Captain Ahab")
    settled("replay")
    for _name, step in places(window):
        step()
        _settle(window)
    settled("places again")
    window.sleep_actions.sleep()
    until(lambda: not window.activity.tasks.running and window.jobs.busy == 0, window)
    settled("sleep")
    _rest(60)
    settled("rest")
    window.close()
    idle()
    return {"memory_evening": max(memory.values()), "parts": memory}


def _switches(window: "MainWindow") -> list[float]:
    """Processor milliseconds from the choice of a theme until all is drawn in it."""
    taken = []
    for name in _THEMES * 2:
        begun = time.thread_time()
        window.look.set_theme(name)
        # What is told of the switch waits for a turn of the loop, and then has to be drawn.
        idle()
        window.repaint()
        taken.append(1000 * (time.thread_time() - begun))
        _settle(window)
    return taken


def _looks(folder: Path) -> dict[str, object]:
    """The lowest contrast of words, and controls without a name, wherever one can go."""
    window = on_new_library(folder)
    if window is None:
        return {}
    window.shelf.add_sample()
    until(lambda: any(s.verified is not None for s in window.shelf.sources), window)
    library = window.shelf.library
    if library is None or not _linked(library, window):
        return {}
    silent: set[str] = set()
    looked: list[tuple[float, str]] = []
    for theme in _THEMES:
        window.look.set_theme(theme)
        for place, step in places(window):
            step()
            _settle(window)
            _look(window, f"{theme}, {place}", silent, looked)
        for name, popup in _popups(window):
            _look(popup, f"{theme}, {name}", silent, looked)
    window.close()
    idle()
    looked.sort()
    return {
        "lowest_contrast": looked[0][0],
        "lowest": [f"{ratio:.2f} {name}" for ratio, name in looked[:20]],
        "pieces": len(looked),
        "unnamed_controls": len(silent),
        "unnamed": sorted(silent),
    }


def _look(shown: "QWidget", where: str, silent: set[str], looked: list[tuple[float, str]]) -> None:
    from tests.ui.looks import contrasts, unnamed

    silent.update(unnamed(shown))
    looked += [(ratio, f"{where}: {name}") for ratio, name in contrasts(shown)]


def _popups(window: "MainWindow") -> Iterator[tuple[str, "QWidget"]]:
    """Each menu, list of choices and sheet, one after the other, while it is shown."""
    from PySide6.QtCore import QPoint
    from PySide6.QtWidgets import QComboBox, QDialog, QMenu

    for menu in window.findChildren(QMenu):
        menu.popup(QPoint(0, 0))
        idle()
        if menu.isVisible():
            yield f"menu {menu.title()}", menu
        menu.close()
    for page in window.preferences.pages.pages:
        window.preferences.show(page)
        _settle(window)
        for box in page.findChildren(QComboBox):
            if box.isVisible() and box.isEnabled():
                box.showPopup()
                idle()
                yield f"choices of {box.accessibleName()}", box.view()
                box.hidePopup()
    window.navigate.leave_settings()
    window.omnibox.begin()
    window.omnibox.field.setText("memory")
    _settle(window)
    # What lies below its veil cannot be used meanwhile.
    yield "omnibox", window.omnibox.card
    window.omnibox.leave()
    for name in _SHEETS:
        window.actions_by_name[name].trigger()
        _settle(window)
        for sheet in window.findChildren(QDialog):
            if sheet.isVisible():
                yield name, sheet
                sheet.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
