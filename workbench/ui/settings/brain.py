"""The page of the brain: how large it is, whether its loops are compiled, what asking taught it."""

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from workbench.errors import LibraryError, WorkbenchError
from workbench.jobs import Cancel, Report
from workbench.ui.components import button, card, column, label, words
from workbench.ui.jobs import Jobs
from workbench.ui.language import tr
from workbench.ui.settings.model_list import WorkList
from workbench.ui.settings.page import Line, Page, Title, lines, press
from workbench.ui.settings.work import Work
from workbench.ui.window.library_actions import Shelf

if TYPE_CHECKING:
    from workbench.brain.records import BrainStatus, Lesson
    from workbench.brain.sizes import BrainSize
    from workbench.library import Library


#: Lessons that are shown: the newest.
MAX_LESSONS = 6
_REASONS = {
    "opened": tr("You opened a suggested passage"),
    "pinned": tr("You pinned a suggested passage"),
    "confirmed": tr("You accepted a link"),
    "rejected": tr("You rejected a link"),
}
_LINKS = 3


class Lessons(QWidget):
    """The newest lessons; `forget` is called with the number of one that shall be taken back."""

    def __init__(self, lessons: "Sequence[Lesson]", forget: Callable[[int], object]) -> None:
        super().__init__()
        box = column(label(tr("Learned from you"), "head"), gap=8)
        if lessons:
            created = lines(*(_line(lesson, forget) for lesson in lessons))
            box.addWidget(card(created, name=tr("Learned from you")))
        else:
            empty_text = tr(
                "Nothing yet. When you open or pin a suggestion, or judge a link, the "
                "connections behind it change a little."
            )
            box.addWidget(label(empty_text, "muted", wrap=True))
        self.setLayout(box)


def _line(lesson: "Lesson", forget: Callable[[int], object]) -> Line:
    links = changes(lesson)
    press = button(
        tr("Undo"),
        call=partial(forget, lesson.id),
        name=tr("Forget this lesson: {links}", links=links),
    )
    name = _REASONS.get(lesson.why, lesson.why)
    return Line("mind", name, f"{words.day(lesson.at)} · {links}", "", "", press)


def changes(lesson: "Lesson") -> str:
    """The links that a lesson changed, each pair of concepts once, the largest change first."""
    visited: dict[frozenset[str], str] = {}
    for head, tail, delta in lesson.links:
        by = f"{delta:+.2f}".replace("-", "−")
        visited.setdefault(frozenset((head, tail)), f"{head} – {tail} {by}")
    changed = list(visited.values())
    more = len(changed) - _LINKS
    return ", ".join(changed[:_LINKS]) + (
        tr(" and {other_links}", other_links=words.count(more, "other link")) if more > 0 else ""
    )


_READ, _FORGET = "settings:brain", "settings:brain:forget"
COMPILING, MEASURING = "compiling", "measuring"
#: How the loops stand: (state, role of the words).
_LOOPS = {
    "ready": (tr("Ready"), "ok"),
    "made": (tr("Here, loaded with the next recall"), "ok"),
    "making": (tr("Being compiled in the background"), "muted"),
    "none": (tr("Not compiled"), "warn"),
}


@dataclass(frozen=True, slots=True)
class BrainState:
    """The sizes there are, how the loops stand, and the brain of the library that is open.

    `lessons` are the newest of it; None: no library is open, or it cannot tell at the moment.
    """

    sizes: "tuple[BrainSize, ...]"
    loops: str
    scale: float
    status: "BrainStatus | None"
    lessons: "tuple[Lesson, ...] | None" = None


class BrainPage(Page):
    """The sizes, the loops and the lessons of the brain."""

    title = Title(
        tr("Brain"),
        "brain",
        tr(
            "A simulated brain of ten regions shows what a question brings to mind. It "
            "never changes answers or quotes."
        ),
    )

    def __init__(self, shelf: Shelf, jobs: Jobs, work: Work, scale: Callable[[], float]) -> None:
        super().__init__()
        self.brain = Brain(self, shelf, jobs, work, scale)
        self.body.addWidget(self.brain)

    def refresh(self) -> None:
        """Read how large the brain is, and the state of its loops."""
        self.brain.refresh()


class Brain(WorkList):
    """The lines of the page; the choice of a size goes out by a signal."""

    starting = tr("Beginning…")
    #: A scale from 0.01 to 1.
    scale_selected = Signal(float)

    def __init__(
        self, page: Page, shelf: Shelf, jobs: Jobs, work: Work, scale: Callable[[], float]
    ) -> None:
        super().__init__(page, shelf, jobs, work)
        self.setLayout(self._list)
        self._scale = scale
        #: What was read last, and milliseconds of a step by scale.
        self.state: BrainState | None = None
        self.steps: dict[float, float] = {}

    def refresh(self) -> None:
        """Read how large the brain is, and the state of its loops."""
        self._jobs.run(
            _brain_state, self._shelf.library, self._scale(),
            done=self._read, failed=self._fail, key=_READ,
        )  # fmt: skip

    def _read(self, state: BrainState) -> None:
        self.state, self._error = state, None
        self._rebuild()

    # -- lines ------------------------------------------------------------------------------------

    def _fill(self) -> None:
        state = self.state
        if state is None:
            return
        sizes = lines(*(self._size(size, state) for size in state.sizes))
        self._list.addWidget(card(sizes, name=tr("Sizes")))
        self._list.addWidget(label(tr("How fast it is"), "head"))
        self._list.addWidget(card(lines(self._loops(state), self._times()), name=tr("Speed")))
        if state.lessons is not None:
            self._list.addWidget(Lessons(state.lessons, self.forget))

    def _size(self, size: "BrainSize", brain: BrainState) -> Line:
        used = abs(size.scale - brain.scale) < 1e-6
        parts = [
            tr("scale {scale:g}", scale=size.scale),
            tr("{synapses} synapses, computed and not stored", synapses=words.large(size.synapses)),
            tr("about {bytes} of memory", bytes=words.size(size.bytes)),
        ]  # fmt: skip
        status = brain.status
        if used and status is not None and status.bytes:
            parts[-1] = tr(
                "{bytes} of memory with what it has learned", bytes=words.size(status.bytes)
            )
        milliseconds = self.steps.get(size.scale)
        if milliseconds is None and used and status is not None:
            milliseconds = status.step_milliseconds or None
        parts.append("" if milliseconds is None else tr("{took:.1f} ms a step", took=milliseconds))
        name = tr("{neurons} neurons", neurons=words.large(size.neurons))
        state, role, presses = (
            (tr("In use"), "ok", []) if used else ("", "muted", [self._use(size)])
        )
        if size.fits:
            state = (
                tr("{state}, fits this machine", state=state) if state else tr("Fits this machine")
            )
        return Line("brain", name, " · ".join(filter(None, parts)), state, role, *presses)

    def _use(self, size: "BrainSize") -> QPushButton:
        return button(
            tr("Use"),
            call=partial(self.use, size.scale),
            name=tr("Use: {neurons} neurons", neurons=words.large(size.neurons)),
        )

    def _loops(self, brain: BrainState) -> Line:
        state, role = _LOOPS[brain.loops]
        description = tr("Compiling takes about a minute. Until then a smaller brain is used.")
        if brain.loops in ("ready", "made"):
            description = tr("Compiled once for this machine; kept in the cache.")
        presses = []
        if self._work.subject == COMPILING:
            state, role = tr("Compiling"), "muted"
            presses.append(self._press(tr("Stop"), tr("the loops"), self._work.stop))
        elif brain.loops != "ready":
            word = {"making": tr("Show progress"), "made": tr("Load")}.get(
                brain.loops, tr("Compile")
            )
            presses.append(self._press(word, tr("the loops"), self.compile))
        line = Line("chip", tr("Loops of the simulation"), description, state, role, *presses)
        if self._work.subject == COMPILING:
            self._add_meter(line)
        return line

    def _times(self) -> Line:
        measuring = self._work.subject == MEASURING
        description = tr("Runs thirty steps at every size and shows how long one took.")
        if measuring:
            go = self._press(tr("Stop"), tr("step time"), self._work.stop)
        else:
            go = self._press(tr("Measure"), tr("step time"), self.measure)
            ready = self.state is not None and self.state.loops == "ready"
            go.setEnabled(ready)
            if not ready:
                description = tr("Available once the loops are compiled.")
        line = Line("clock", tr("Step time"), description, "", "", go)
        if measuring:
            self._add_meter(line)
        return line

    def _press(self, word: str, name: str, call: Callable[[], object]) -> QPushButton:
        busy = bool(self._work.subject) and word != tr("Stop")
        return press(word, name, lambda: call(), on=not busy)

    # -- actions ----------------------------------------------------------------------------------

    def use(self, scale: float) -> None:
        """Have the brain be as large as this, in every library, from now on."""
        self.scale_selected.emit(scale)
        if self._shelf.library is None:
            self.refresh()

    def forget(self, lesson: int) -> None:
        """Let the links of a lesson weigh what they did before it."""
        self._shelf.ask(
            lambda library: library.undo("lesson", lesson),
            done=lambda _links: self.refresh(), failed=self._fail, key=_FORGET,
        )  # fmt: skip

    def compile(self) -> None:
        """Compile the loops beside the window, or take over what is compiled."""
        completed = (
            tr("The brain is compiled for this computer"),
            tr("The whole brain is used from now on."),
        )
        self._work.begin(COMPILING, tr("Compiling the loops of the brain"), _compile, completed)

    def measure(self) -> None:
        """See how long a step takes at every size."""
        completed = tr("The step time is measured"), tr("See Settings > General > Brain.")
        self._work.begin(
            MEASURING, tr("Measuring the step time"), partial(_measure, self.steps), completed
        )


def _brain_state(library: "Library | None", scale: float) -> BrainState:
    from workbench import kernels
    from workbench.brain.engine.kernel_set import BRAIN_KERNELS
    from workbench.brain.sizes import sizes

    status = None if library is None else library.brain.status()
    result = sizes()
    fits = next(item.scale for item in result if item.fits)
    loops = "none"
    if kernels.ready(BRAIN_KERNELS):
        loops = "ready"
    elif kernels.is_cached(BRAIN_KERNELS):
        loops = "made"
    elif kernels.making(BRAIN_KERNELS):
        loops = "making"
    lessons = None
    if library is not None:
        # While another program holds the library there is no list, and the page is there.
        with contextlib.suppress(LibraryError):
            lessons = tuple(library.brain.lessons(MAX_LESSONS))
    scale = status.scale if status is not None else scale or fits
    return BrainState(result, loops, scale, status, lessons)


def _compile(report: Report, cancel: Cancel) -> None:
    from workbench import kernels
    from workbench.brain.engine.kernel_set import BRAIN_KERNELS

    if not kernels.prepare(BRAIN_KERNELS, report, cancel):
        raise WorkbenchError(
            tr("The loops of the brain cannot be compiled on this computer."),
            tr("A smaller brain is used instead."),
        )


def _measure(steps: dict[float, float], report: Report, cancel: Cancel) -> None:
    from workbench.brain.sizes import step_times

    steps.update(step_times(report=report, cancel=cancel))
