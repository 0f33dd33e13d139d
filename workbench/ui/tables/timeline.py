"""The timeline: dated statements in chronological order, as a list and as dots."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from workbench.library.options import TimelineOptions
from workbench.recall.records import Chronology, DatedStatement
from workbench.ui.ask.wording import place_words
from workbench.ui.components import (
    CellStyle,
    Column,
    EmptyState,
    column,
    delayed,
    field,
    holder,
    row,
    rule,
    tool,
    words,
)
from workbench.ui.jobs import Jobs
from workbench.ui.language import tr
from workbench.ui.library.list_page import View
from workbench.ui.memories.switch import TIMELINE
from workbench.ui.plots.late import LatePlot
from workbench.ui.tables.ask_page import AskPage
from workbench.ui.window.context import Context
from workbench.ui.window.exporting import Exporting

if TYPE_CHECKING:
    from workbench.ui.plots.base import Plot
    from workbench.ui.plots.timeline import TimelinePlot

_NAME = tr("Timeline")
_FILES = (tr("Table (*.csv)"), tr("Calendar (*.ics)"), tr("Markdown (*.md)"))
#: A sentence is cut at its start if its date comes later than this many characters.
_AROUND = 100
#: Milliseconds after the last key before names are searched.
_TYPED = 400
#: Reasons why a date is uncertain (`recall.timeline.DOUBTS`).
_DOUBTS = {
    "relative": tr("counted from its letter"), "year": tr("year of the date before"),
    "about": tr("about"), "before": tr("before"), "after": tr("after"), "by": tr("by then"),
    "style": tr("old style"), "order": tr("day or month first"),
}  # fmt: skip
_STRONG, _SERIF = CellStyle("text", "section"), CellStyle("text", serif=True)


def _date_words(item: DatedStatement) -> str:
    """Format a date range: "4 May 1885 – 10 May 1885"; "49 BC"."""
    first, last = _moment_words(item.first), _moment_words(item.last)
    return first if first == last else f"{first} – {last}"


def _moment_words(moment: str) -> str:
    if moment.startswith("-") or moment == "0000":
        return tr("{year} BC", year=1 - int(moment.partition("-")[0] or moment))
    return words.date(moment) if moment.count("-") == 2 else words.month(moment)


def _excerpt(item: DatedStatement) -> str:
    """The sentence, or the part around the date of a long one."""
    sentence, start = item.sentence.text, item.sentence.marks[0][0]
    if start > _AROUND:
        cut = sentence.rfind(" ", 0, start - _AROUND // 2) + 1
        sentence = f"… {sentence[cut:]}" if cut else sentence
    return " ".join(sentence.split())


def _place(item: DatedStatement) -> str:
    source = item.sentence.source
    return " · ".join(filter(None, (source.title, place_words(item.sentence.place, source))))


class DateDots(LatePlot):
    """Dates as dots on a time axis, with a line at the selected one."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs, "timeline.plot")
        self._rows: list[DatedStatement] = []
        self._chosen: DatedStatement | None = None
        self._plot: TimelinePlot | None = None
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(_NAME)

    def make_plot(self) -> "Plot":
        from workbench.ui.plots.timeline import TimelinePlot

        self._plot = TimelinePlot()
        return self._plot

    def plot_ready(self) -> None:
        self.show_rows(self._rows, self._chosen)

    def show_rows(self, rows: list[DatedStatement], chosen: DatedStatement | None) -> None:
        """Show these dates; the list is their text equivalent."""
        self._rows, self._chosen = rows, chosen
        name, ends = _NAME, ("", "")
        if rows:
            ends = _moment_words(rows[0].first), _moment_words(rows[-1].last)
            count = _count(len(rows))
            name = tr("{count} from {first} to {last}", count=count, first=ends[0], last=ends[1])
        self.setAccessibleName(name)
        if self._plot is not None:
            from workbench.ui.plots.timeline import Extent

            self._plot.describe(name)
            at = None if chosen is None else (_years(chosen.first) + _years(chosen.last, 1)) / 2
            extents = [
                Extent(_years(item.first), _years(item.last, 1), bool(item.doubt)) for item in rows
            ]
            self._plot.show_extents(extents, ends, at)


def _count(number: int) -> str:
    return words.count(number, "date")


def _years(moment: str, end: int = 0) -> float:
    """The start of a day, month or year in years, or its end with 1."""
    sign = -1 if moment.startswith("-") else 1
    parts = [int(part) for part in moment.lstrip("-").split("-")]
    if len(parts) == 1:
        return sign * parts[0] + end
    if len(parts) == 2:
        return sign * parts[0] + (parts[1] - 1 + end) / 12
    return sign * parts[0] + (parts[1] - 1) / 12 + (parts[2] - 1 + end) / 366


_VIEW: View[DatedStatement] = View(
    *(_NAME, "timeline:read"),
    (
        Column("date", tr("Date"), _date_words, width=190, style=lambda _d: _STRONG,
               subtitle=lambda d: _DOUBTS.get(d.doubt, "")),
        Column("sentence", tr("Sentence"), _excerpt, style=lambda _d: _SERIF, subtitle=_place),
    ),
    lambda d: f"{_date_words(d)}: {d.sentence.text} ({_place(d)})",
    lambda d: (d.sentence.engram, d.sentence.marks), sortable=False, high=56,
)  # fmt: skip


class TimelinePage(AskPage[DatedStatement]):
    """Lists the dated statements of the current collection, optionally those that mention names."""

    def __init__(self, context: Context, exporting: Exporting) -> None:
        self.names = field(tr("Names"), tr("Only what mentions these names"), "search")
        self.export_button = tool("file", tr("Export…"), text=True, call=self._export)
        self.dots = DateDots(context.jobs)
        # Without a date there are no axes.
        self._drawn = holder(column(row(self.dots, margins=(16, 4, 16, 4)), rule(), gap=0))
        self._drawn.hide()
        tools = self.names, self.export_button
        super().__init__(context, _VIEW, TIMELINE, *tools, below=(self._drawn,))
        self._context, self._exporting = context, exporting
        self._typing = delayed(self, self.reload)
        self.names.textChanged.connect(lambda _text: self._typing.start(_TYPED))
        self.add_actions((tr("Open the passage"), self._open, (Qt.Key.Key_Return,)))
        self.opened.connect(self._open)
        self.selection_changed.connect(lambda chosen: self.dots.show_rows(self.model.rows, chosen))

    @property
    def _options(self) -> TimelineOptions:
        names = tuple(filter(None, (name.strip() for name in self.names.text().split(","))))
        return TimelineOptions(collection=self._scope.collection, names=names)

    def _open(self, item: DatedStatement) -> None:
        place = item.sentence.place
        self._context.navigate.read_at(item.sentence.source.id, place.start, place.end)

    def _read(self) -> None:
        options = self._options
        self._load_long(
            lambda library, report, cancel: library.timeline.list(
                options=options, report=report, cancel=cancel
            ),
            *(self._show, self.count, tr("Reading dates…")),
        )

    def _show(self, chronology: Chronology) -> None:
        self.model.show_rows(chronology.statements)
        count = _count(chronology.total)
        if chronology.total > len(chronology.statements):
            shown = words.number(len(chronology.statements))
            count = tr("The first {shown} of {count}", shown=shown, count=count)
        if chronology.unplaced:
            left = words.number(chronology.unplaced)
            count = tr("{count} · {left} without a year", count=count, left=left)
        self.count.setText(count if chronology.total or chronology.unplaced else "")
        self.export_button.setEnabled(bool(chronology.total))
        self._drawn.setVisible(bool(self.model.rows))
        self.dots.show_rows(self.model.rows, None)
        self.stack.setCurrentIndex(0)
        if not self.model.rows:
            text = tr(
                "Add a source that gives days, months or years: they are listed here in order."
            )
            if self._options.names:
                text = tr("No sentence with a date mentions this name. Try another one.")
            self.stack.show_other(EmptyState("clock", tr("No dates found"), text))

    def _export(self) -> None:
        name = f"{_NAME}.csv"
        self._exporting.choose(tr("Export the timeline"), name, _FILES, self.save)

    def save(self, file: Path) -> None:
        """Export the timeline in the format of the file's suffix."""
        library, options = self._shelf.library, self._options
        if library is not None:
            self._exporting.run(lambda: Path(library.timeline.export(file=file, options=options)))
