"""The page of language models: the Ollama that is asked, its models, and whether they answer.

Nothing is contacted before the page is opened; another machine only after one has said that texts
may go there (M1, M2, M4).
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from workbench.errors import WorkbenchError
from workbench.settings import Settings
from workbench.ui.activity.tasks import Meter
from workbench.ui.components import words
from workbench.ui.components.boxes import card, clear, column, row
from workbench.ui.components.controls import Sign, button, field
from workbench.ui.components.notices import error_message, message
from workbench.ui.components.words import label
from workbench.ui.inspector.pairs import pairs
from workbench.ui.jobs import Jobs
from workbench.ui.settings import fitting, server
from workbench.ui.settings.page import Line, Page, lines, ways
from workbench.ui.settings.server import Looked, Tried
from workbench.ui.settings.work import Work

if TYPE_CHECKING:
    from ingest.models.records import Model

_LOOKING, _TRYING = "settings:ollama", "settings:ollama test"


class LanguagePage(Page):
    """Reaches an Ollama, lists and tests its models, and has it fetch others."""

    #: The address from now on, "" for the usual one, and whether texts may leave this machine.
    address_chosen = Signal(str, bool)

    def __init__(self, jobs: Jobs, fetching: Work, settings: Callable[[], Settings]) -> None:
        super().__init__(
            "Language models", "chip", "Language models",
            "Everything works without one: answers are quotes then. Ollama runs language models on"
            " this computer.",
        )  # fmt: skip
        self._jobs, self._fetching, self._settings = jobs, fetching, settings
        self.looked: Looked | None = None
        self.tried: Tried | None = None
        self._meter: Meter | None = None
        self._said = label("", "small")
        self.field = field(server.usual(), "Address of Ollama")
        self.field.returnPressed.connect(self._connect)
        connect = button("Connect")
        connect.clicked.connect(self._connect)
        line = row(self.field, connect)
        line.setStretch(0, 1)
        self._state, self._list = column(gap=8), column(gap=8)
        self._fetch, self._result = column(gap=6), column(gap=6)
        self.model_field = field("A model to fetch, such as llama3.2", "Model to fetch")
        self.model_field.returnPressed.connect(self._pull)
        for part in (label("Address", "head"), line, self._state, self._list):
            if isinstance(part, QWidget):
                self.body.addWidget(part)
            else:
                self.body.addLayout(part)
        self._get = button("Fetch")
        self._get.clicked.connect(self._pull)
        get = row(self.model_field, self._get)
        get.setStretch(0, 1)
        self._fetch.addLayout(get)
        self._moving = column(gap=4)
        self._fetch.addLayout(self._moving)
        self._fetch_part = QWidget()
        self._fetch_part.setLayout(self._fetch)
        self._fetch_part.hide()
        self.body.addWidget(self._fetch_part)
        self.body.addLayout(self._result)
        fetching.changed.connect(self._moved)

    # -- the server -------------------------------------------------------------------------------

    def look(self) -> None:
        """Ask the Ollama that was chosen; another machine only where that was allowed."""
        chosen = self._settings()
        if not self.field.hasFocus():
            self.field.setText(chosen.ollama)
        self._reach(chosen.ollama, beyond=chosen.ollama_beyond)

    def _connect(self) -> None:
        self._reach(self.field.text().strip(), beyond=False)

    def _reach(self, address: str, *, beyond: bool) -> None:
        self._jobs.cancel(_LOOKING)
        try:
            place = server.place(address)
        except WorkbenchError as error:
            self._say(error_message(error))
            return
        if not place.here and not beyond:
            self._ask(address, place.host)
            return
        self._say(label(f"Asking {place.url}…", "muted"))
        self._jobs.run(
            server.look, address, not place.here,
            done=partial(self._came, address), failed=partial(self._absent, address),
            key=_LOOKING,
        )  # fmt: skip

    def _ask(self, address: str, host: str) -> None:
        """Another machine: nothing is sent before one has agreed."""
        keep, go = button("Use this computer", kind="primary"), button("Send texts there")
        keep.clicked.connect(partial(self._use_here))
        go.clicked.connect(partial(self._agree, address))
        self._say(
            message(
                "warn", f"“{host}” is another machine.",
                "Questions, and the passages of your sources that go with them, would be sent"
                " there. Nothing has been sent yet.", keep, go,
            )
        )  # fmt: skip
        keep.setFocus(Qt.FocusReason.OtherFocusReason)

    def _use_here(self) -> None:
        self.field.clear()
        self._reach("", beyond=False)

    def _agree(self, address: str) -> None:
        self._reach(address, beyond=True)

    def _absent(self, address: str, error: WorkbenchError) -> None:
        again = button("Try again")
        again.clicked.connect(partial(self._reach, address, beyond=self._settings().ollama_beyond))
        self._say(error_message(error, again))

    def _came(self, address: str, looked: Looked) -> None:
        self.looked = looked
        chosen = self._settings()
        beyond = not looked.server.address.here
        if (chosen.ollama, chosen.ollama_beyond) != (address, beyond):
            self.address_chosen.emit(address, beyond)
        self._rebuild()

    def _say(self, what: QWidget) -> None:
        """Say how it stands with the server; there are no models then."""
        self.looked = None
        for part in (self._state, self._list, self._result):
            clear(part)
        self._fetch_part.hide()
        self._state.addWidget(what)
        what.show()

    # -- its models -------------------------------------------------------------------------------

    def _rebuild(self) -> None:
        looked = self.looked
        if looked is None:
            return
        clear(self._state)
        clear(self._list)
        place = looked.server.address
        where = "on this computer" if place.here else "on another machine: texts are sent there"
        told = f"Ollama {looked.server.version} answers at {place.url}, {where}."
        sign = Sign("check", "confirmed", 16) if place.here else Sign("alert", "emergent", 16)
        head = row(sign, label(told, "small", wrap=True), gap=6)
        head.setStretch(1, 1)
        self._state.addLayout(head)
        if looked.models:
            shown = [self._line(each, looked) for each in looked.models]
            self._list.addWidget(card(lines(*shown), name="Language models"))
        else:
            self._list.addWidget(
                message("info", "It has no model yet.", "Fetch one below, such as llama3.2.")
            )
        if place.here:
            self._list.addWidget(label(fitting.graphics_words(looked.graphics), "small", wrap=True))
        self._fetch_part.show()
        self._moved()

    def _line(self, model: "Model", looked: Looked) -> QWidget:
        test = button("Test")
        test.setAccessibleName(f"Test: {model.name}")
        test.clicked.connect(partial(self.test, model))
        state, role = fitting.fit(model, looked)
        presses = (test,) if model.writes else ()
        return Line("chip", model.name, fitting.about(model), state, role, *presses)

    def test(self, model: "Model") -> None:
        """Have a model say a sentence."""
        looked = self.looked
        if looked is None:
            return
        clear(self._result)
        stop = button("Stop", kind="quiet")
        stop.clicked.connect(self._stop_test)
        line = row(label(f"{model.name} is asked for a sentence…", "muted", wrap=True), stop)
        line.setStretch(0, 1)
        self._result.addLayout(line)
        self._jobs.run(
            server.test, looked.server, model,
            done=self._tested, failed=partial(self._not_tested, model), key=_TRYING,
        )  # fmt: skip

    def _stop_test(self) -> None:
        self._jobs.cancel(_TRYING)
        clear(self._result)

    def _tested(self, tried: Tried) -> None:
        self.tried = tried
        shown = fitting.facts(tried)
        good = not fitting.hint(tried)
        title = f"{tried.model.name} answers" if good else f"{tried.model.name} needs a look"
        sign = Sign("check", "confirmed") if good else Sign("alert", "emergent")
        again, copy = button("Test again"), button("Copy details", kind="quiet")
        again.clicked.connect(partial(self.test, tried.model))
        text = "\n".join(f"{name}: {value}" for name, value in shown)
        copy.clicked.connect(lambda: QApplication.clipboard().setText(text))
        heading = label(title, "strong", wrap=True)
        head = row(sign, heading)
        head.setStretch(1, 1)
        box = column(head, pairs(shown), ways(again, copy), margins=(16, 12, 14, 14), gap=8)
        self._show_result(card(box, name=title))

    def _not_tested(self, model: "Model", error: WorkbenchError) -> None:
        again = button("Test again")
        again.clicked.connect(partial(self.test, model))
        self._show_result(error_message(error, again))

    def _show_result(self, shown: QWidget) -> None:
        clear(self._result)
        self._result.addSpacing(8)
        self._result.addWidget(label("Last test", "head"))
        self._result.addWidget(shown)

    # -- fetching ---------------------------------------------------------------------------------

    def _pull(self) -> None:
        name, looked = self.model_field.text().strip(), self.looked
        if name and looked is not None:
            doing = partial(server.pull, looked.server, name)
            done = f"{name} was fetched", "It can be tested and used now."
            self._fetching.begin(name, f"Fetching {name}", doing, done)

    def _moved(self) -> None:
        """The fetching began, moved on or is over."""
        work = self._fetching
        if work.subject and self._meter is not None:
            self._fill()
            return
        was, self._meter = self._meter, None
        clear(self._moving)
        self._get.setEnabled(not work.subject)
        if work.subject:
            stop = button("Stop")
            stop.setAccessibleName(f"Stop: fetching {work.subject}")
            stop.clicked.connect(work.stop)
            self._meter, self._said = Meter(f"Fetching {work.subject}"), label("", "small")
            line = row(self._said, stop)
            line.setStretch(0, 1)
            self._moving.addLayout(line)
            self._moving.addWidget(self._meter)
            self._fill()
        elif work.trouble is not None:
            self._moving.addWidget(error_message(work.trouble[1]))
        elif was is not None:
            self.model_field.clear()
        if was is not None and not work.subject and self.isVisible():
            self.look()

    def _fill(self) -> None:
        progress, meter = self._fetching.progress, self._meter
        if meter is None:
            return
        name = self._fetching.subject
        if progress is None or not progress.total:
            self._said.setText(f"{name}: asking for it…")
            meter.fill(0.0)
            return
        done, total = words.size(progress.done), words.size(progress.total)
        self._said.setText(f"{name}: {done} of {total}")
        meter.fill(min(1.0, progress.done / progress.total))
