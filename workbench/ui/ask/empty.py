"""The empty page of Ask: before the first question, and in an empty library."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QPushButton

from workbench.errors import WorkbenchError
from workbench.ui.ask.contents import Contents
from workbench.ui.components.controls import button
from workbench.ui.components.notices import EmptyState
from workbench.ui.components.words import count, short
from workbench.ui.language import tr

_TITLE = tr("Ask about what you added")
_NOTHING = tr("Add a source first. You can ask while it is still being read.")
_QUOTES = tr(
    "Answers quote your sources and link to the page. Things you tell Workbench can "
    "answer questions too."
)
_WRITTEN = tr(
    "Answers quote your sources and link to the page; a model may also write a short "
    "answer, with every sentence checked."
)


@dataclass(frozen=True, slots=True)
class Offers:
    """What can be done about it: go to the library, add files, add the sample."""

    look: Callable[[], object]
    add: Callable[[], object]
    sample: Callable[[], object]


def state(
    there: bool,
    found: Contents | None,
    trouble: WorkbenchError | None,
    offers: Offers,
    *,
    opening: bool,
    written: bool,
    coming: str = "",
) -> EmptyState:
    """What is to stand there: `there` is a library, `found` what is in it as far as is known.

    `written`: a model may write, where one is chosen. `coming` is the title of the source that
    questions are being looked for in.
    """
    if trouble is not None:
        look = _button(tr("Go to Library"), "library", "primary", offers.look)
        return EmptyState("alert", tr("Nothing to search yet"), str(trouble), look)
    if not there and opening:
        return EmptyState("ask", _TITLE, tr("Opening the library…"))
    if not there or (found is not None and found.nothing):
        add = _button(tr("Add files…"), "add", "primary", offers.add)
        sample = _button(tr("Try with a sample"), "", "quiet", offers.sample)
        return EmptyState("ask", _TITLE, _NOTHING, add, sample)
    if coming:
        words = tr("Finding questions that “{title}” answers…", title=short(coming, 60))
        return EmptyState("ask", _TITLE, words)
    if found is None:
        return EmptyState("ask", _TITLE, _QUOTES)
    held = f"{count(found.sources, 'source')}, {count(found.passages, 'passage')}"
    words = _WRITTEN if found.writer and written else _QUOTES
    return EmptyState("ask", _TITLE, f"{held}. {words}")


def _button(text: str, glyph: str, kind: str, pressed: Callable[[], object]) -> QPushButton:
    return button(text, glyph, kind, call=lambda: pressed())
