"""The empty page of Ask: before the first question, and in an empty library."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from workbench.errors import WorkbenchError
from workbench.recall.records import Introduction
from workbench.ui.ask import saying
from workbench.ui.ask.contents import Contents
from workbench.ui.ask.result import Result
from workbench.ui.ask.saying import Introduced
from workbench.ui.components import EmptyState, button, column, count, label, lines, short
from workbench.ui.jobs import Jobs
from workbench.ui.language import tr
from workbench.ui.wanted import Wanted

if TYPE_CHECKING:
    from workbench.library import Library

_KEY = "ask.greeting"


class Greeting(QObject):
    """Looks at the first of the newest sources, each (id, title), and keeps what it found of it."""

    #: (`Introduced`, whether it is news); its introduction says nothing where nothing was found.
    completed = Signal(object, bool)

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._known: Introduced | None = None

    def forget(self) -> None:
        """Another library is asked from now on."""
        self._known = None
        self._jobs.cancel(_KEY)

    def pending_title(self, newest: Sequence[tuple[int, str]]) -> str:
        """The title of the newest source, as long as it is not known what it is about."""
        existing = self._known.source if self._known is not None else None
        return next((title for source, title in newest[:1] if source != existing), "")

    def request(self, library: "Library", newest: Sequence[tuple[int, str]]) -> None:
        """Say what the newest source is about, now where it is known."""
        if not newest:
            return
        source, _title = newest[0]
        if self._known is not None and self._known.source == source:
            self.completed.emit(self._known, False)
            return
        empty = Introduced(source, Introduction(None, ()), {})
        self._jobs.run(
            *(saying.introduced, library, source), done=self._store,
            failed=lambda _error: self._store(empty), key=_KEY,
        )  # fmt: skip

    def _store(self, introduced: Introduced) -> None:
        self._known = introduced
        self.completed.emit(introduced, True)


_NAME = 40  # letters of a title on a button


class IntroductionView(QWidget):
    """An overview of one source, and its questions as buttons above it."""

    #: One of the questions is to be asked; another source (id, title) is to be introduced.
    question_selected = Signal(str)
    source_selected = Signal(int, str)

    def __init__(
        self,
        introduction: Introduction,
        authors: Mapping[int, str],
        requests: Wanted,
        title: str = "",
        sources: Sequence[tuple[int, str]] = (),
    ) -> None:
        super().__init__()
        self.result: Result | None = None
        parts: list[QWidget | int | None] = []
        if title:
            parts += [label(title, "page", wrap=True), 8]
        if introduction.questions:
            self.questions = [button(words, "ask") for words in introduction.questions]
            for created, words in zip(self.questions, introduction.questions, strict=True):
                created.clicked.connect(partial(self.question_selected.emit, words))
            parts += [label(tr("Questions it answers"), "head"), lines(self.questions), 12]
        if introduction.about is not None:
            self.result = Result(introduction.about, authors, requests)
            parts.append(self.result)
        if sources:
            presses = [button(short(name, _NAME), "book", "quiet") for _, name in sources]
            for press, (id, name) in zip(presses, sources, strict=True):
                press.setToolTip(tr("What “{name}” is about, and questions it answers", name=name))
                press.clicked.connect(partial(self.source_selected.emit, id, name))
            parts += [16, label(tr("Other sources"), "head"), lines(presses)]
        self.setLayout(column(*parts))


_TITLE = tr("Ask about what you added")
_NO_SOURCE = tr("Add a source first. You can ask while it is still being read.")
_QUOTES = tr(
    "Answers quote your sources and link to the page. Things you tell Workbench can "
    "answer questions too."
)
_GENERATED = tr(
    "Answers quote your sources and link to the page; a model may also write a short "
    "answer, with every sentence checked."
)


@dataclass(frozen=True, slots=True)
class Offers:
    """What can be done about it: go to the library, add files, add the sample."""

    show_library: Callable[[], object]
    add: Callable[[], object]
    sample: Callable[[], object]


def state(
    has_library: bool,
    contents: Contents | None,
    error: WorkbenchError | None,
    offers: Offers,
    *,
    opening: bool,
    may_write: bool,
    pending: str = "",
) -> EmptyState:
    """What is to stand there; `contents` is what is in the library as far as is known.

    `may_write`: a model may write, where one is chosen. `pending` is the title of the source that
    questions are being looked for in.
    """
    if error is not None:
        library_button = _button(tr("Go to Library"), "library", "primary", offers.show_library)
        return EmptyState("alert", tr("Nothing to search yet"), str(error), library_button)
    if not has_library and opening:
        return EmptyState("ask", _TITLE, tr("Opening the library…"))
    if not has_library or (contents is not None and contents.is_empty):
        add = _button(tr("Add files…"), "add", "primary", offers.add)
        sample = _button(tr("Try with a sample"), "", "quiet", offers.sample)
        return EmptyState("ask", _TITLE, _NO_SOURCE, add, sample)
    if pending:
        words = tr("Finding questions that “{title}” answers…", title=short(pending, 60))
        return EmptyState("ask", _TITLE, words)
    if contents is None:
        return EmptyState("ask", _TITLE, _QUOTES)
    extent = f"{count(contents.sources, 'source')}, {count(contents.passages, 'passage')}"
    words = _GENERATED if contents.writer and may_write else _QUOTES
    return EmptyState("ask", _TITLE, f"{extent}. {words}")


def _button(text: str, glyph: str, kind: str, pressed: Callable[[], object]) -> QPushButton:
    return button(text, glyph, kind, call=lambda: pressed())
