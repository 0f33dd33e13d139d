"""What stands in the Ask tab before anything was asked, and where nothing can be."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QPushButton

from workbench.ui.ask.contents import Contents
from workbench.ui.components.controls import button
from workbench.ui.components.notices import EmptyState
from workbench.ui.components.words import count

_TITLE = "Ask about what you added"
_NOTHING = "Nothing is indexed yet. Add a source and ask while it is being read."
_QUOTES = (
    "Answers are quotes from your sources, each with its place. What you tell is remembered, and "
    "answers, too."
)
_WRITTEN = (
    "Answers are quotes from your sources, and what a model writes from them, each sentence "
    "checked. What you tell is remembered."
)


@dataclass(frozen=True, slots=True)
class Offers:
    """What can be done about it: go to the library, add files, add the sample."""

    look: Callable[[], object]
    add: Callable[[], object]
    sample: Callable[[], object]


def cannot(trouble: str, offers: Offers) -> EmptyState:
    """The library could not be opened."""
    look = _button("Go to Library", "library", "primary", offers.look)
    return EmptyState("alert", "There is nothing to ask", trouble, look)


def opening() -> EmptyState:
    """The library is being opened."""
    return EmptyState("ask", _TITLE, "The library is being opened.")


def nothing(offers: Offers) -> EmptyState:
    """There is no library, or nothing in it."""
    add = _button("Add files…", "add", "primary", offers.add)
    sample = _button("Try with a sample", "", "quiet", offers.sample)
    return EmptyState("ask", _TITLE, _NOTHING, add, sample)


def ready(found: Contents | None, *, written: bool) -> EmptyState:
    """There is something to ask; `written` where a model may write, if one is chosen."""
    if found is None:
        return EmptyState("ask", _TITLE, _QUOTES)
    held = f"{count(found.sources, 'source')}, {count(found.passages, 'passage')}"
    words = _WRITTEN if found.writer and written else _QUOTES
    return EmptyState("ask", _TITLE, f"{held}. {words}")


def _button(text: str, glyph: str, kind: str, pressed: Callable[[], object]) -> QPushButton:
    made = button(text, glyph, kind)
    made.clicked.connect(lambda: pressed())
    return made
