"""The part of a page where a language model is fetched: its name, how far it is, a way to stop."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from workbench.ui.activity.tasks import Meter
from workbench.ui.components import words
from workbench.ui.components.boxes import clear, column, row
from workbench.ui.components.controls import button, field
from workbench.ui.components.notices import error_message
from workbench.ui.components.words import label
from workbench.ui.language import tr
from workbench.ui.settings import server
from workbench.ui.settings.work import Work
from workbench.ui.window.library_actions import Shelf


class FetchPart(QWidget):
    """Has the server fetch a model, which goes on when one leaves."""

    #: A fetch is over, whatever came of it.
    fetched = Signal()

    def __init__(self, shelf: Shelf, work: Work) -> None:
        super().__init__()
        self._shelf, self._work = shelf, work
        self._meter: Meter | None = None
        self._said = label("", "small")
        self.field = field(tr("A model to fetch, such as llama3.2"), tr("Model to fetch"))
        self.field.returnPressed.connect(self.fetch)
        self._go = button(tr("Fetch"), call=self.fetch)
        line = row(self.field, self._go, wide=0)
        self._moving = column(gap=4)
        about = tr("Ollama downloads it from its online library.")
        self.setLayout(column(line, label(about, "caption", wrap=True), self._moving, gap=4))
        work.changed.connect(self._moved)

    def fetch(self) -> None:
        """Fetch the model whose name was written."""
        name = self.field.text().strip()
        if name:
            doing = partial(server.pull, self._shelf.library, name)
            done = tr("{name} was fetched", name=name), tr("You can test and choose it now.")
            self._work.begin(name, tr("Fetching {name}", name=name), doing, done)

    def _moved(self) -> None:
        """The fetching began, moved on or is over."""
        work = self._work
        if work.subject and self._meter is not None:
            self._fill()
            return
        over, self._meter = self._meter is not None and not work.subject, None
        clear(self._moving)
        self._go.setEnabled(not work.subject)
        if work.subject:
            stop = button(tr("Stop"), call=work.stop)
            stop.setAccessibleName(tr("Stop: fetching {subject}", subject=work.subject))
            self._meter, self._said = (
                Meter(tr("Fetching {subject}", subject=work.subject)),
                label("", "small"),
            )
            line = row(self._said, stop, wide=0)
            self._moving.addLayout(line)
            self._moving.addWidget(self._meter)
            self._fill()
        elif work.trouble is not None:
            self._moving.addWidget(error_message(work.trouble[1]))
        elif over:
            self.field.clear()
        if over:
            self.fetched.emit()

    def _fill(self) -> None:
        progress, meter, name = self._work.progress, self._meter, self._work.subject
        if meter is None:
            return
        if progress is None or not progress.total:
            self._said.setText(tr("{name}: asking for it…", name=name))
            meter.fill(0.0)
            return
        done, total = words.size(progress.done), words.size(progress.total)
        self._said.setText(tr("{name}: {done} of {total}", name=name, done=done, total=total))
        meter.fill(min(1.0, progress.done / progress.total))
