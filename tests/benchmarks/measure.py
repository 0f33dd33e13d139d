"""Figures of the window that the benchmarks publish, each measured in processes of their own.

    python -m tests.benchmarks.measure start LIBRARY  seconds from process start to usable, median
    python -m tests.benchmarks.measure gap FILE ...   longest gap of the event loop while adding
    python -m tests.benchmarks.measure drop FILE      the same for one file that is dropped, with
                                                      the Library tab and the Activity shown

Prints one JSON object, `{"value": ...}` and details, as its last line. *Usable* means: the window
is painted, the library is open, its table is filled and the event loop has nothing left to do.
"""

import gc
import itertools
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.allocator import settle
from workbench.turns import lone_products, short_turns

if TYPE_CHECKING:
    from workbench.ui.window.main import MainWindow

_STARTS = 5
_PATIENCE_SECONDS = 300.0
_BEAT_MILLISECONDS = 2
#: Between two looks at whether it is so far.
_LOOK_MILLISECONDS = 5
_PAGES = 300


def main(words: Sequence[str]) -> int:
    """Measure what the first word says; 2 for an unknown word."""
    as_started()
    what, rest = (words[0], list(words[1:])) if words else ("", [])
    if what == "start" and len(rest) == 1:
        return _start(Path(rest[0]))
    if what == "usable" and len(rest) == 1:
        return _usable(Path(rest[0]))
    if what == "gap" and rest:
        return _gap([Path(word) for word in rest])
    if what == "drop" and len(rest) == 1:
        return _drop(Path(rest[0]))
    sys.stderr.write("tests.benchmarks.measure: start LIBRARY, gap FILE ..., or drop FILE\n")
    return 2


def as_started() -> None:
    """Do for this process what the program does for its own, before anything is loaded."""
    settle()
    short_turns()
    lone_products()


def tell(value: float, **details: object) -> int:
    """Print what was measured as the last line."""
    sys.stdout.write(json.dumps({"value": round(value, 3), **details}) + "\n")
    sys.stdout.flush()
    return 0


def _start(library: Path) -> int:
    seconds = []
    with tempfile.TemporaryDirectory(prefix="workbench-start-") as home:
        environment = {**os.environ, "WORKBENCH_HOME": home}
        # The first start fills caches of the disk and of the index; the others are warm.
        for turn in range(_STARTS + 1):
            begun = time.perf_counter()
            child = subprocess.Popen(
                [sys.executable, "-m", "tests.benchmarks.measure", "usable", str(library)],
                stdout=subprocess.PIPE,
                env=environment,
                text=True,
            )
            with child:
                line = child.stdout.readline() if child.stdout else ""
                taken = time.perf_counter() - begun
            if child.returncode or line.strip() != "usable":
                sys.stderr.write("The window did not become usable.\n")
                return 1
            if turn:
                seconds.append(taken)
    return tell(statistics.median(seconds), runs=[round(s, 3) for s in seconds])


def opened(library: Path) -> "MainWindow":
    """A window on `library` as the program opens it, with nothing remembered."""
    # As the program does before it loads the window: on a worker, garbage may hold widgets.
    gc.disable()
    from PySide6.QtWidgets import QApplication

    from workbench.settings import Settings
    from workbench.ui import theme
    from workbench.ui.app import ShortPauses, open_library
    from workbench.ui.window.main import MainWindow

    app = QApplication.instance() or QApplication(["workbench"])
    if not isinstance(app, QApplication):
        raise TypeError("another kind of application runs in this process")
    theme.apply(app, "light", sheet=False)
    window = MainWindow(library, open_library, Settings(), remember=False)
    window.show()
    ShortPauses(app)
    return window


def _usable(library: Path) -> int:
    window = opened(library)
    ready = until(lambda: window.shelf.loaded and bool(window.shelf.sources), window)
    if ready:
        sys.stdout.write("usable\n")
        sys.stdout.flush()
    window.close()
    idle()
    return 0 if ready else 1


def until(ready: Callable[[], bool], window: "MainWindow") -> bool:
    """Run the event loop as the program does, asleep while nothing happens, until it is so."""
    from PySide6.QtCore import QEventLoop, QTimer

    def there() -> bool:
        return ready() and window.isVisible()

    loop, looks, end = QEventLoop(), QTimer(), QTimer()

    def look() -> None:
        if there():
            loop.quit()

    looks.timeout.connect(look)
    looks.start(_LOOK_MILLISECONDS)
    end.setSingleShot(True)
    end.timeout.connect(loop.quit)
    end.start(round(1000 * _PATIENCE_SECONDS))
    loop.exec()
    for timer in (looks, end):
        timer.stop()
    idle()
    return there()


def idle() -> None:
    """Do all that the event loop has waiting."""
    from PySide6.QtWidgets import QApplication

    for _ in range(3):
        QApplication.sendPostedEvents()
        QApplication.processEvents()


def _gap(files: Sequence[Path]) -> int:
    """The longest time between two beats of a 2 ms timer, from the drop until all is verified."""
    with tempfile.TemporaryDirectory(prefix="workbench-gap-") as folder:
        window = on_new_library(Path(folder))
        if window is None:
            return 1
        wanted = [*files, _long_pdf(files[0], Path(folder) / "long.pdf")]
        gaps = _gaps(window, lambda: window.adding.add(wanted), len(wanted))
    return _tell_gaps(gaps)


def _drop(file: Path) -> int:
    """The longest gap, and the memory of this process at its highest, for one dropped file."""
    with tempfile.TemporaryDirectory(prefix="workbench-drop-") as folder:
        window = on_new_library(Path(folder))
        if window is None:
            return 1
        window.navigate.show_library()
        window.navigate.show_panel("activity")
        idle()
        gaps = _gaps(window, lambda: _release(window, file), 1)
    return _tell_gaps(gaps, megabytes=_peak_megabytes())


def on_new_library(folder: Path) -> "MainWindow | None":
    """A window on an empty library in `folder`; None where it does not open."""
    from workbench.library import Library

    os.environ["WORKBENCH_HOME"] = str(folder)
    library = folder / "measured.brain"
    Library.open(library).close()
    window = opened(library)
    return window if until(lambda: window.shelf.loaded, window) else None


def _release(window: "MainWindow", file: Path) -> None:
    """Drop a file in the middle of the table, as the window system does."""
    from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
    from PySide6.QtGui import QDragEnterEvent, QDropEvent
    from PySide6.QtWidgets import QApplication

    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    table = window.library_tab.table
    at = table.mapTo(window, table.rect().center())
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    plain = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window, QDragEnterEvent(at, copy, mime, left, plain))
    QApplication.sendEvent(window, QDropEvent(QPointF(at), copy, mime, left, plain))


def _gaps(window: "MainWindow", begin: Callable[[], None], wanted: int) -> list[float]:
    """Milliseconds between the beats of a timer, sorted, until `wanted` sources are verified.

    Empty where that never came. Closes the window.
    """
    with beating(window) as beats:
        begin()
        done = until(
            lambda: sum(s.verified is not None for s in window.shelf.sources) == wanted, window
        )
    states = {row.name: row.state for row in window.shelf.queue}
    window.close()
    idle()
    if not done:
        sys.stderr.write(f"Not everything was verified: {states}\n")
        return []
    return gaps_of(beats.clock)


@dataclass
class Beats:
    """When the event loop came to a timer of 2 ms, by the clock and by the thread's processor time.

    What the processor was busy with between two beats is a gap on a machine of one's own; by the
    clock it is also what other programs took.
    """

    clock: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    def beat(self) -> None:
        """Note the moment; called on the GUI thread."""
        self.clock.append(time.perf_counter())
        self.processor.append(time.thread_time())

    @property
    def longest(self) -> float:
        """The most milliseconds of processor time between two beats."""
        return round(max(gaps_of(self.processor), default=0.0), 1)

    @property
    def longest_by_clock(self) -> float:
        """The most milliseconds between two beats."""
        return round(max(gaps_of(self.clock), default=0.0), 1)


@contextmanager
def beating(window: "MainWindow") -> Iterator[Beats]:
    """The beats of the event loop meanwhile, the begin and the end among them."""
    from PySide6.QtCore import Qt, QTimer

    beats = Beats()
    timer = QTimer(window, timerType=Qt.TimerType.PreciseTimer)
    timer.timeout.connect(beats.beat)
    beats.beat()
    timer.start(_BEAT_MILLISECONDS)
    try:
        yield beats
    finally:
        timer.stop()
        beats.beat()


def gaps_of(beats: Sequence[float]) -> list[float]:
    """Milliseconds between beats, sorted."""
    return sorted(1000 * (b - a) for a, b in itertools.pairwise(beats))


def _tell_gaps(gaps: Sequence[float], **details: object) -> int:
    if not gaps:
        return 1
    return tell(gaps[-1], p99=round(gaps[int(0.99 * len(gaps))], 2), beats=len(gaps), **details)


def _peak_megabytes() -> float | None:
    """The largest resident set that this process has had, in MB (10⁶ bytes)."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        lines = []
    for line in lines:
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024 / 1e6
    if sys.platform == "win32":
        return None
    # Elsewhere a process may be said to be as large as the one that started it: too much, if wrong.
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6


def _long_pdf(text: Path, target: Path) -> Path:
    """A PDF of 300 pages, set from the words of `text`."""
    from PySide6.QtCore import QMarginsF, QSizeF
    from PySide6.QtGui import QFont, QPageSize, QPainter, QPdfWriter, QTextDocument

    writer = QPdfWriter(str(target))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A5))
    writer.setPageMargins(QMarginsF(15, 15, 15, 15))
    document = QTextDocument(defaultFont=QFont("DejaVu Serif", 10))
    document.documentLayout().setPaintDevice(writer)
    document.setPageSize(QSizeF(writer.width(), writer.height()))
    words = " ".join(text.read_text(encoding="utf-8", errors="replace").split()).split(" ")
    paragraphs = [" ".join(words[at : at + 120]) for at in range(0, len(words), 120)]
    document.setPlainText("\n\n".join(paragraphs * 3))
    painter = QPainter(writer)
    for page in range(min(_PAGES, document.pageCount())):
        if page:
            writer.newPage()
        painter.save()
        painter.translate(0, -page * writer.height())
        area = painter.viewport().translated(0, page * writer.height())
        document.drawContents(painter, area)
        painter.restore()
    painter.end()
    return target


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
