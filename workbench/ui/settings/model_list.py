"""Lists of models: the available ones of a kind, the one in use, and running work."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QWidget

from workbench.errors import WorkbenchError
from workbench.jobs import Cancel, Progress
from workbench.ui.components import (
    Call,
    ShareBar,
    Sign,
    button,
    card,
    clear,
    column,
    error_message,
    label,
    message,
    paragraph,
    quiet_button,
    row,
    words,
)
from workbench.ui.inspector.pairs import pairs
from workbench.ui.language import tr
from workbench.ui.settings.page import Line, Page, button_flow, lines, press
from workbench.ui.settings.work import Doing, Work
from workbench.ui.shelf.shelf import Shelf

if TYPE_CHECKING:
    from workbench.library import Library
    from workbench.models.language import LanguageModels

Pairs = list[tuple[str, str]]
#: The title of work; the message and description when it is done; {name} is that of the model.
Wording = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Model:
    """A model in a list: description, state with its label's role, and actions.

    `path` is its key, else its name. `removal` is the question and the cost of turning it off; ""
    if that is impossible.
    """

    name: str
    description: str
    state: str
    role: str = "muted"
    actions: tuple[tuple[str, Call], ...] = ()
    path: str = ""
    removal: tuple[str, str] = ("", "")
    test: Call | None = None

    @property
    def key(self) -> str:
        """The key of the model in work and questions."""
        return self.path or self.name


class ModelList(QWidget):
    """The models of one kind; work on a model is shown in its line."""

    #: The text above the progress bar before progress is reported.
    starting: ClassVar[str] = tr("Loading the model…")

    kind: ClassVar[str]
    glyph: ClassVar[str] = "chip"
    title: ClassVar[str]
    description: ClassVar[str]
    #: The state of a model with running work.
    working: str
    #: What work on a model is called, unless `_begin` says it.
    wording: ClassVar[Wording]
    #: Tool tip of the button that selects a folder, and title of its dialog.
    folder: ClassVar[tuple[str, str]]

    def __init__(self, page: Page, shelf: Shelf, work: Work) -> None:
        super().__init__()
        self._page, self._shelf, self._work = page, shelf, work
        self._meter: ShareBar | None = None
        self._counts = label("", "small")
        #: The error of loading, or of turning a model off.
        self._error: WorkbenchError | None = None
        self._list = column(gap=8)
        self._show(label(tr("Looking…"), "muted"))
        work.changed.connect(self._work_changed)
        for signal in (shelf.switched, shelf.opened):
            signal.connect(self.refresh_visible)
        #: The loaded data, None before that, and the listed models.
        self.data: Any = None
        self.models: list[Model] = []
        self._removing = ""
        self._keep: QPushButton | None = None
        self._result = column(gap=8)
        self._body = column(
            paragraph(self.description, "muted"), self._list, self._result,
            margins=(16, 4, 16, 14),
        )  # fmt: skip
        self.setLayout(self._body)
        self.setAccessibleName(self.title)
        shelf.switched.connect(self._reset)

    # -- loading -----------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Load the models of this library."""
        if self._shelf.library is None:
            self._show(label(tr("Add a source first; then you can choose a model."), "muted"))
        self._shelf.ask(self._reader(), done=self._read, failed=self._fail, key=self._key())

    def refresh_visible(self) -> None:
        """Refresh if visible."""
        if self.isVisible():
            self.refresh()

    def _show(self, content: QWidget) -> None:
        """Show a message in place of the models."""
        clear(self._list)
        self._list.addWidget(content)

    def _say(self, role: str, what: str, how: str) -> None:
        self._list.addWidget(message(role, what, how))

    def _fail(self, error: WorkbenchError) -> None:
        self._error = error
        self._rebuild()

    def _rebuild(self) -> None:
        with self._page.preserving_focus():
            clear(self._list)
            self._meter = None
            self._fill()
            error = self._error or (self._work.trouble or ("", None))[1]
            if error is not None:
                self._list.addWidget(error_message(error))

    def _work_changed(self) -> None:
        if self._work.subject and self._meter is not None:
            self._show_progress()
            return
        self._rebuild()
        if not self._work.subject:
            self.refresh_visible()

    def _add_meter(self, line: Line) -> None:
        self._meter, self._counts = ShareBar(wide=0), label("", "small")
        self._meter.setAccessibleName(self._work.title)
        line.below.addWidget(self._counts)
        line.below.addWidget(self._meter)
        self._show_progress()

    def _show_progress(self) -> None:
        progress = self._work.progress
        total = progress.total if progress is not None else 0
        if self._meter is not None:
            self._counts.setText(self._count(progress) if progress and total else self.starting)
            self._meter.show_share(min(1.0, progress.done / total) if progress and total else 0.0)

    def _count(self, progress: Progress) -> str:
        return words.octets(progress) if progress.unit == "bytes" else words.steps(progress)

    def _reader(self) -> "Callable[[Library], Any]":
        """The call that loads the data on a worker."""
        raise NotImplementedError

    def _key(self, step: str = "") -> str:
        return f"settings:{self.kind}{step}"

    def _read(self, data: Any) -> None:
        if data != self.data or self._error is not None:
            self.data, self._error = data, None
            self._rebuild()

    def _reset(self) -> None:
        """Reset after the library was switched."""
        for step in ("", ":test", ":drop"):
            self._shelf.jobs.cancel(self._key(step))
        self.data, self._error, self._removing = None, None, ""
        clear(self._result)
        self._rebuild()

    # -- lines ------------------------------------------------------------------------------------

    def _fill(self) -> None:
        self.models = self._models() if self.data is not None else []
        subject = self._work.subject
        if subject and subject not in [model.key for model in self.models]:
            self.models.append(Model(subject, "", ""))
        if self.models:
            self._list.addWidget(card(lines(*map(self._line, self.models)), name=self.title))
        if self.data is not None:
            self._advise()

    def _advise(self) -> None:
        """Add what follows the models in the data."""

    def _models(self) -> list[Model]:
        """The models in the data."""
        raise NotImplementedError

    def _line(self, model: Model) -> Line:
        busy = model.key == self._work.subject
        state, role = (self.working, "muted") if busy else (model.state, model.role)
        actions = list(model.actions)
        if model.removal[0]:
            actions.append((tr("Turn off…"), partial(self._confirm_removal, model.key)))
        if busy:
            actions = [(tr("Stop"), self._work.stop)]
        free = busy or not self._work.subject
        presses = [press(word, model.name, call, on=free) for word, call in actions]
        if model.test is not None and not busy:
            presses.append(press(tr("Test"), model.name, model.test, quiet=True))
        line = Line(self.glyph, model.name, model.description, state, role, *presses)
        if busy:
            self._add_meter(line)
        elif self._removing == model.key:
            line.below.addWidget(self._question(*model.removal))
        return line

    def _add_folder_button(self, call: Callable[[str], object], missing: str = "") -> None:
        """`missing` is said before: a cause, and a next step that ends in a command."""
        if missing:
            cause, _, step = missing.partition(". ")
            self._say("info", f"{cause}.", tr("{how} Then start again.", how=step))
        tip, title = self.folder

        def choose() -> None:
            folder = QFileDialog.getExistingDirectory(self, title)
            if folder:
                call(folder)

        created = button(tr("Choose a folder…"), "folder", call=choose, tip=tip)
        created.setEnabled(not self._work.subject)
        self._list.addWidget(button_flow(created))

    # -- work -------------------------------------------------------------------------------------

    def _stored_model(self, stored: Any, description: str, use: Call) -> Model:
        """A model with its Use action, or a Download action with the size if not stored."""
        size = words.size(stored.disk)
        if stored.folder is None:
            action = tr("Download ({disk})", disk=size), partial(self.load, stored.name)
            return Model(stored.name, description, "", actions=(action,))
        description += f" · {size} · {words.home_short(stored.folder)}"
        if stored.used:
            return Model(stored.name, description, tr("In use"), "ok")
        return Model(stored.name, description, tr("Ready"), actions=((tr("Use"), use),))

    def load(self, name: str) -> None:
        """Download a model from its publisher."""
        raise NotImplementedError

    def _begin(
        self,
        name: str,
        key: str,
        doing: "Callable[[Library], Doing]",
        wording: Wording | None = None,
    ) -> None:
        """Start work on a model, unless work of this kind is running."""
        library = self._shelf.library
        if library is not None:
            title, done, description = (text.format(name=name) for text in wording or self.wording)
            self._work.begin(key, title, doing(library), (done, description))

    def _resume(self, key: str, name: str) -> None:
        """Go on with what a model has begun."""
        kind = self.kind
        self._begin(name, key, lambda library: partial(library.models.update, kind))

    def _confirm_removal(self, key: str) -> None:
        """Ask before a model is turned off, since its results are deleted."""
        self._removing = key
        self._rebuild()
        if self._keep is not None:
            self._page.take_focus(self._keep)

    def _question(self, title: str, cost: str) -> QWidget:
        self._keep = button(tr("Keep"), kind="primary", call=lambda: self._remove(off=False))
        off = button(tr("Turn off"), kind="danger", call=lambda: self._remove(off=True))
        return message("warn", title, cost, self._keep, off)

    def _remove(self, *, off: bool) -> None:
        self._removing, kind = "", self.kind
        if off:
            self._shelf.ask(
                lambda library: library.models.drop(kind),
                done=lambda _count: self.refresh(), failed=self._fail, key=self._key(":drop"),
            )  # fmt: skip
        self._rebuild()

    # -- tests ------------------------------------------------------------------------------------

    def test(self, model: str) -> None:
        """Test a model with a small task."""
        clear(self._result)
        stop = quiet_button(tr("Stop"), name=tr("Stop: test"), call=self._stop_test)
        text = paragraph(tr("Testing {name}…", name=model), "muted")
        self._result.addLayout(row(text, stop, wide=0))
        retry = partial(self.test, model)
        self._shelf.jobs.run(
            _try, self._shelf.library, model, done=partial(self._tested, retry),
            failed=partial(self._test_failed, retry), key=self._key(":test"),
        )  # fmt: skip

    def _stop_test(self) -> None:
        self._shelf.jobs.cancel(self._key(":test"))
        clear(self._result)

    def _facts(self, trial: Any) -> tuple[str, bool, Pairs]:
        """The result of a test: summary, whether it passed, figures by name."""
        raise NotImplementedError

    def _tested(self, retry: Call, trial: Any) -> None:
        title, good, facts = self._facts(trial)
        text = "\n".join(f"{name}: {value}" for name, value in facts)
        copy = quiet_button(tr("Copy details"), call=lambda: QApplication.clipboard().setText(text))
        sign = Sign("check", "confirmed") if good else Sign("alert", "emergent")
        head = row(sign, paragraph(title, "strong"), wide=1)
        presses = button_flow(button(tr("Test again"), call=retry), copy)
        box = column(head, pairs(facts), presses, margins=(16, 12, 14, 14), gap=8)
        self._show_result(card(box, name=title))

    def _test_failed(self, retry: Call, error: WorkbenchError) -> None:
        self._show_result(error_message(error, button(tr("Test again"), call=retry)))

    def _show_result(self, content: QWidget) -> None:
        clear(self._result)
        self._result.addWidget(label(tr("Last test"), "head"))
        self._result.addWidget(content)
        self._page.scroll_to(content)


def language_models(library: "Library | None") -> "LanguageModels":
    """The models of the library, or those of this computer without one."""
    from workbench.models.language import LanguageModels

    return library.models if library is not None else LanguageModels()


def _try(library: "Library | None", model: str, cancel: Cancel) -> object:
    return language_models(library).try_(model, cancel=cancel)


def language_words(tags: "list[str] | tuple[str, ...]") -> str:
    """The languages of a model: "English", "many languages", "" if unknown."""
    if "multilingual" in tags:
        return tr("many languages")
    return words.names([words.language(tag) for tag in tags])
