"""Sleep with preview, report and Undo; ideas and what fades.

Sleep runs on a worker; it is cancelled in Activity and ends with the window.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from workbench.errors import WorkbenchError
from workbench.sleep import schedule
from workbench.sleep.records import Proposal, SleepSettings, SleepState, Slept
from workbench.ui.components import Action, button, words
from workbench.ui.language import tr
from workbench.ui.library.scope import Scope
from workbench.ui.shelf import labels
from workbench.ui.shelf.labels import ARCHIVED
from workbench.ui.shelf.undo import Act
from workbench.ui.sleep import wording
from workbench.ui.window.context import Context, Part
from workbench.ui.window.preferring import Preferences
from workbench.ui.window.tabs import LIBRARY, TODAY

if TYPE_CHECKING:
    from workbench.library import Library
    from workbench.memory.fading.records import Fading
    from workbench.sleep.records import Undone
    from workbench.ui.settings.page import Page
    from workbench.ui.sleep.settings import RestSettings

_INTERVAL = 60_000  # milliseconds
_INPUT = frozenset(
    (
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
        QEvent.Type.InputMethod,
    )
)


class Idling(QObject):
    """Calls `check(seconds)` once a minute with the time since the last user input."""

    def __init__(
        self,
        window: QWidget,
        check: Callable[[float], object],
    ) -> None:
        super().__init__(window)
        self._window, self._check = window, check
        self._last = time.monotonic()
        self._watched: QObject | None = None
        self._timer = QTimer(self, interval=_INTERVAL)
        self._timer.timeout.connect(self.tick)

    @property
    def seconds(self) -> float:
        """Seconds since the last user input."""
        return max(0.0, time.monotonic() - self._last)

    def begin(self) -> None:
        """Start watching."""
        handle = self._window.windowHandle()
        if handle is not None and handle is not self._watched:
            self._watched = handle
            handle.installEventFilter(self)
        self._last = time.monotonic()
        self._timer.start()

    def end(self) -> None:
        """Stop watching."""
        self._timer.stop()

    def tick(self) -> None:
        """Call `check`."""
        self._check(self.seconds)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _INPUT:
            self._last = time.monotonic()
        return False


SLEEP, UNDO, REDO = "sleep", "undo sleep", "redo sleep"
_STATE, _PREVIEW, _DUE = "resting:state", "resting:preview", "resting:due"
_MAX_HISTORY = 6


@dataclass(frozen=True, slots=True)
class SleepOverview:
    """The state and settings of sleep, whether questions are learned from, and recent sleeps."""

    state: SleepState
    settings: SleepSettings
    learning: bool
    history: tuple[Slept, ...]


class SleepActions(Part):
    """Connects sleep and fading to the window."""

    def __init__(self, context: Context, preferences: Preferences) -> None:
        super().__init__(context)
        self._preferences = preferences
        self._page = context.views.today.sleep_page
        #: The settings page, once created.
        self._rest: RestSettings | None = None
        #: The last loaded state.
        self.overview: SleepOverview | None = None
        self.idling = Idling(context.window, self._rested)
        self._wire()

    def _wire(self) -> None:
        shelf, page = self._shelf, self._page
        shelf.listed.connect(self._begin)
        shelf.switched.connect(self._switched)
        shelf.facts_changed.connect(self.refresh)
        shelf.closing.connect(self.idling.end)
        self._views.status.rest.clicked.connect(self.show_settings)
        page.closed.connect(self._close)
        page.sleep_requested.connect(self.sleep)
        page.preview_requested.connect(self.preview)
        page.stop_requested.connect(partial(self._jobs.stop, _PREVIEW))
        page.undo_requested.connect(self.undo)
        page.report_requested.connect(self.report)
        page.settings_requested.connect(self.show_settings)
        self._preferences.made.connect(self._connect_settings)
        requested = self._views.today.requests
        requested.decided.connect(self._answer)
        requested.undecided.connect(lambda idea: shelf.undo_subject(("idea", idea.id)))
        requested.fading.connect(self.show_fading)
        requested.archived.connect(partial(labels.archive, shelf))
        self._views.library.fading.opened.connect(self._open)
        shelf.marked.connect(lambda _engrams, _word: self._views.inspector.look_again())
        shelf.marked.connect(
            lambda engrams, word: self._views.today.fading_archived(engrams, word == ARCHIVED)
        )
        self._actions.bind(
            preview_sleep=self.preview, sleep_settings=self.show_settings,
            fading=self.show_fading, sleep=self.sleep, undo_sleep=self.undo_last,
        )  # fmt: skip
        self._actions.rules.update(
            awake=lambda: shelf.library is not None and not self.asleep,
            slept=lambda: self.undoable is not None,
        )

    def _connect_settings(self, page: "Page") -> None:
        from workbench.ui.settings.appearance import SleepSettingsPage

        if not isinstance(page, SleepSettingsPage):
            return
        self._rest = page.rest
        page.rest.changed.connect(self._set)
        page.rest.learning_changed.connect(self._learn)
        page.preview.clicked.connect(self.preview)
        page.fading.clicked.connect(self.show_fading)
        self._show_settings()

    # -- state -------------------------------------------------------------------------------------

    def _begin(self) -> None:
        self.idling.begin()
        self.refresh()

    def _switched(self) -> None:
        self.idling.end()
        for key in (_STATE, _PREVIEW, _DUE):
            self._jobs.cancel(key)
        self.overview = None
        self._views.status.show_rest("", learning=True)
        self._views.today.show_today()

    def refresh(self) -> None:
        """Load the state of sleep."""
        self._shelf.ask(_read_overview, done=self._show_state, key=_STATE)

    def _show_state(self, result: SleepOverview) -> None:
        self.overview = result
        self._show_settings()
        self._page.show_start_page(list(result.history))
        self._views.status.show_rest(
            wording.status(result.state, time.time()), learning=result.learning
        )
        self._actions.refresh()

    def _show_settings(self) -> None:
        result = self.overview
        if self._rest is not None and result is not None:
            self._rest.show_settings(result.settings, learning=result.learning)

    @property
    def asleep(self) -> bool:
        """Whether this window is running a sleep."""
        return self._jobs.is_running(SLEEP)

    @property
    def undoable(self) -> Slept | None:
        """The last sleep, if it can be undone."""
        if self.overview is None or self.asleep:
            return None
        completed = (
            item for item in self.overview.history if item.state in ("done", "interrupted")
        )
        return next(completed, None)

    # -- sleep -------------------------------------------------------------------------------------

    def _rested(self, seconds: float) -> None:
        """Check on a worker whether sleep is due. Called once a minute."""
        if not self.asleep:
            self._shelf.ask(_due, seconds, done=self._sleep_if_due, key=_DUE)

    def _sleep_if_due(self, due: bool) -> None:
        # The user may have returned meanwhile.
        if due and self.idling.seconds >= 1:
            self.sleep(reason="idle")

    def sleep(self, *, reason: str = "asked") -> None:
        """Start a sleep in the background."""
        library = self._shelf.library
        if library is None or self.asleep:
            return
        self._views.status.show_rest(tr("Asleep"), learning=self._learning)
        if reason == "asked" and self._page.isVisible():
            self.close_page()
        self._tasks.run(
            *(SLEEP, tr("Asleep"), partial(library.sleep.run, why=reason), self._slept),
            failed=self._not_slept, stopped=self._stopped,
        )  # fmt: skip
        self._actions.refresh()

    def _refresh_all(self) -> None:
        self.refresh()
        self._views.today.refresh()
        self._shelf.refresh()

    def _stopped(self) -> None:
        self._refresh_all()
        text = tr("Sleep stopped. Nothing was lost; the next one continues.")
        self._announce(text, Action(tr("Sleep now"), self.sleep))

    def _slept(self, slept: Slept) -> None:
        self._refresh_all()
        report = button(tr("Report"), call=partial(self.report, slept))
        completed = wording.summary(slept)
        if slept.run is None:
            self._tasks.settle(SLEEP, "done", tr("Slept"), completed)
            if slept.why == "asked":
                self._announce(tr("Slept. {done}", done=completed))
            return

        turn = partial(self.turn, slept.run)
        self._shelf.acts.add(Act(tr("Sleep"), (slept.run,), turn=turn))
        self._tasks.settle(SLEEP, "done", wording.heading(slept), completed, report)
        if slept.why == "asked":
            show = Action(tr("Report"), partial(self.report, slept))
            self._announce(wording.heading(slept), show)

    def _not_slept(self, error: WorkbenchError) -> None:
        self._refresh_all()
        self._tasks.settle_failed(SLEEP, error, button(tr("Sleep now"), call=self.sleep))

    def undo_last(self) -> None:
        """Undo the last sleep."""
        slept = self.undoable
        if slept is not None:
            self.undo(slept)

    def undo(self, slept: Slept) -> None:
        """Undo a whole sleep."""
        act = next((act for act in self._shelf.acts.applied if act.changes == (slept.run,)), None)
        if act is not None:
            self._shelf.take_back(act)
        elif slept.run is not None:
            self.turn(slept.run, False)

    def turn(self, run: int, redo: bool) -> None:
        """Undo or redo a sleep in the background."""
        library = self._shelf.library
        if library is None:
            return
        text = tr("Redoing the sleep") if redo else tr("Undoing the sleep")
        work = partial(library.redo, run) if redo else partial(library.undo, "sleep", run)
        self._tasks.run(REDO if redo else UNDO, text, work, self._announce_turn, stoppable=False)

    def _announce_turn(self, undone: "Undone") -> None:
        retained = (
            tr("; {later_changes} kept", later_changes=words.count(undone.left, "later change"))
            if undone.left
            else ""
        )
        if undone.again:
            self._announce(tr("The sleep is done again{kept}", kept=retained))
        else:
            self._announce(tr("The sleep is undone{kept}", kept=retained))
        if self._page.isVisible():
            self.close_page()
        self._refresh_all()

    # -- page --------------------------------------------------------------------------------------

    def preview(self) -> None:
        """Show what a sleep would do, without changes."""
        library = self._shelf.library
        if library is None:
            return
        self._show_page()
        self._page.show_looking()
        self._page.focus_first()
        self._jobs.run(
            library.sleep.run, preview=True, done=self._previewed, stopped=self._previewed,
            failed=self._page.show_error, key=_PREVIEW,
        )  # fmt: skip

    def _previewed(self, slept: Slept | None = None) -> None:
        if slept is None:
            self._page.show_start()
        else:
            self._page.show_preview(slept)
        self._page.focus_first()

    def report(self, slept: Slept) -> None:
        """Show what a sleep did."""
        self._show_page()
        self._page.show_report(slept)
        self._page.focus_first()

    def show_settings(self) -> None:
        """Show the settings of sleep."""
        from workbench.ui.settings.appearance import SleepSettingsPage

        if self._shelf.library is not None:
            self._preferences.show_page(SleepSettingsPage)
            self.refresh()

    def _show_page(self) -> None:
        self._navigate.go(TODAY)
        self._views.today.show_sleep()

    def _close(self) -> None:
        self._jobs.stop(_PREVIEW)
        self.close_page()

    def close_page(self) -> None:
        """Return to Today."""
        self._views.today.show_today()
        if self._navigate.tab == TODAY:
            self._views.today.focus_first()

    @property
    def _learning(self) -> bool:
        return self.overview is None or self.overview.learning

    def _set(self, changes: dict[str, object]) -> None:
        self._change(lambda library: library.sleep.configure(**changes))

    def _learn(self, on: bool) -> None:
        self._change(lambda library: library.brain.configure(learning=on))

    def _change(self, work: Callable[["Library"], object]) -> None:
        self._shelf.change(work, done=lambda _settings: self.refresh(), failed=self.refresh)

    # -- fading ------------------------------------------------------------------------------------

    def show_fading(self) -> None:
        """Show the list of fading memories."""
        self._views.collections.choose(Scope(fading=True))
        self._navigate.show_tab(LIBRARY)

    def _open(self, item: "Fading") -> None:
        if item.source is not None:
            self._shelf.ask(
                lambda library: library.graph.said_at(item.engram),
                done=self._navigate.read_first,
            )
        else:
            self._navigate.show_panel("inspector")
            self._actions["next_panel"].trigger()

    # -- ideas -------------------------------------------------------------------------------------

    def _answer(self, idea: Proposal, accept: bool) -> None:
        answer = "accepted" if accept else "rejected"

        def show(is_applied: bool) -> None:
            self._views.today.idea_decided(replace(idea, state=answer if is_applied else "open"))

        self._shelf.act(
            tr("Accept Idea") if accept else tr("Reject Idea"),
            lambda library: library.sleep.decide(idea.id, answer),
            show=show,
            subject=("idea", idea.id),
        )


def _read_overview(library: "Library") -> SleepOverview:
    return SleepOverview(
        library.sleep.state(), library.sleep.configure(), library.brain.configure().learning,
        tuple(library.sleep.history(limit=_MAX_HISTORY)),
    )  # fmt: skip


def _due(library: "Library", seconds: float) -> bool:
    return schedule.due(library.sleep.state(), time.time(), seconds)
