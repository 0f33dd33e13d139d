"""The page of sleep: preview and report; shown instead of Today.

It needs no answer: Esc and the arrow return to Today.
"""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from workbench.errors import WorkbenchError
from workbench.sleep.records import Slept
from workbench.ui import theme
from workbench.ui.components import (
    Elided,
    Sign,
    button,
    card,
    centred,
    clear,
    column,
    error_message,
    fill,
    flow,
    holder,
    label,
    on_key,
    paragraph,
    quiet_button,
    row,
    rule,
    scroll,
    tool,
    words,
)
from workbench.ui.language import tr
from workbench.ui.sleep import wording
from workbench.ui.sleep.wording import Part

_WIDE = 720
_CHARACTERS = 240


class SleepPage(QWidget):
    """Shows a preview or report; actions are emitted as signals."""

    closed = Signal()
    sleep_requested = Signal()
    preview_requested = Signal()
    stop_requested = Signal()
    #: The record of the sleep to undo.
    undo_requested = Signal(object)
    #: A request for the schedule.
    settings_requested = Signal()
    #: The record of the sleep whose report to show.
    report_requested = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        #: The visible record, None without one.
        self.shown: Slept | None = None
        self._first: QWidget | None = None
        self.back = tool("left", tr("Back to Today (Esc)"), call=self.closed)
        self._title = label(tr("Sleep"), "page")
        self._body = column(gap=12)
        settings = quiet_button(tr("Schedule…"), "sliders", call=self.settings_requested)
        self._before = column(gap=4)
        inner = column(
            row(self.back, self._title, None, gap=4), self._body, 8, rule(), 8, row(settings, None),
            8, self._before, None, margins=(32, 24, 32, 24), gap=8,
        )  # fmt: skip
        self._page = holder(inner, "canvas")
        self._area = scroll(holder(centred(self._page), "canvas"), tr("Sleep"))
        fill(self, column(self._area), name=tr("Sleep"))
        on_key(self, Qt.Key.Key_Escape, self.closed, include_children=True)
        theme.render(self, lambda: self._page.setMaximumWidth(theme.px(_WIDE)))

    # -- public API --------------------------------------------------------------------------------

    def focus_first(self) -> None:
        """Focus the main button, else the back button."""
        first = self._first if self._first is not None and self._first.isEnabled() else self.back
        first.setFocus()

    def show_looking(self) -> None:
        """Show that a preview is being computed."""
        stop = button(tr("Stop"), call=self.stop_requested)
        self._set_content(
            tr("Sleep preview"),
            label(tr("Checking what sleep would do…"), "muted"),
            row(stop, None),
        )
        self.shown, self._first = None, stop

    def show_preview(self, slept: Slept) -> None:
        """Show a preview."""
        go = button(tr("Sleep now"), "sleep", "primary", call=self.sleep_requested)
        result = wording.parts(slept)
        preview = words.count(slept.examined, "memory", "memories")
        if result:
            text = tr(
                "{looked} looked at. This is what sleep would do. Nothing has been changed yet.",
                looked=preview,
            )
        else:
            text = tr("{looked} looked at. Nothing to do now.", looked=preview)
        self._show(tr("Sleep preview"), slept, text, result, tr("Nothing is deleted."), go)

    def show_report(self, slept: Slept) -> None:
        """Show a report."""
        lead = {
            "interrupted": tr("It was interrupted. The next sleep continues from here."),
            "undone": tr("It was undone: everything is as before."),
        }
        reason = tr("It ran automatically while you were away.") if slept.why == "idle" else ""
        text = " ".join(filter(None, (lead.get(slept.state, ""), reason, wording.deeds(slept))))
        actions = []
        if slept.state in ("done", "interrupted") and slept.run is not None:
            undo = button(
                tr("Undo this sleep"), "undo", call=partial(self.undo_requested.emit, slept)
            )
            actions.append(undo)
        if slept.state in ("interrupted", "undone"):
            repeat = button(tr("Sleep now"), "sleep", call=self.sleep_requested)
            actions.append(repeat)
        result = wording.parts(slept)
        self._show(
            wording.heading(slept), slept, text, result, tr("Nothing was deleted."), *actions
        )

    def show_start(self) -> None:
        """Show an introduction, with a button for a preview."""
        preview = button(tr("Preview sleep"), "eye", call=self.preview_requested)
        self._set_content(
            tr("Sleep"),
            paragraph(tr("Sleep strengthens what you used, merges duplicates and archives what has"
                  " faded. It never deletes anything, and one Undo takes it all back."), "muted"),
            row(preview, None),
        )  # fmt: skip
        self.shown, self._first = None, preview

    def show_error(self, error: WorkbenchError) -> None:
        """Show an error, with a Retry button."""
        retry = button(tr("Try again"), call=self.preview_requested)
        self._set_content(tr("Sleep"), error_message(error, retry))
        self.shown, self._first = None, retry

    def show_start_page(self, sleeps: list[Slept]) -> None:
        """List recent sleeps with buttons for their reports."""
        clear(self._before)
        if not sleeps:
            return
        self._before.addWidget(label(tr("Last sleeps"), "head"))
        for sleep in sleeps:
            press = quiet_button(
                tr("Report"),
                name=tr("Report: {heading}", heading=wording.heading(sleep)),
                call=partial(self.report_requested.emit, sleep),
            )
            line = row(Elided(f"{wording.heading(sleep)} · {wording.deeds(sleep)}", "small"), press)
            line.setStretch(0, 1)
            self._before.addWidget(holder(line))

    # -- widgets -----------------------------------------------------------------------------------

    def _show(
        self, title: str, slept: Slept, text: str, parts: list[Part], calm: str,
        *ways: QPushButton,
    ) -> None:  # fmt: skip
        cards = [_card(item) for item in parts]
        safe = row(Sign("check", "confirmed", 16), label(calm, "small"), None, gap=6)
        buttons = [flow(*list(ways))] if ways else []
        self._set_content(title, paragraph(text, "muted"), holder(safe), *buttons, *cards)
        self.shown, self._first = slept, ways[0] if ways else None

    def _set_content(self, title: str, *parts: object) -> None:
        focused = self.isVisible() and self._area.isAncestorOf(self.focusWidget() or self)
        self._title.setText(title)
        clear(self._body)
        for part in parts:
            if isinstance(part, QWidget):
                self._body.addWidget(part)
            else:
                self._body.addLayout(part)  # type: ignore[arg-type]
        if focused:
            self.back.setFocus()


def _card(part: Part) -> QWidget:
    head = row(label(part.title, "strong"), label(words.number(part.count), "strong"), None, gap=8)
    inside = column(head, paragraph(part.reason), margins=(16, 10, 16, 12), gap=4)
    for item in part.visible:
        inside.addWidget(paragraph(words.short(" ".join(item.split()), _CHARACTERS), ""))
    for rest in words.and_more(part.more):
        inside.addWidget(rest)
    return card(inside, name=f"{part.title}: {part.count}")
