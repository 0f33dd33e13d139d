"""A screen reader has a name for all that can be focused, on every screen of the window."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from tests.ui.stage import came_to_rest
from workbench.library import Library
from workbench.settings import Settings
from workbench.ui.memories.switch import DIFFERENCES, TABLES, TIMELINE
from workbench.ui.window.main import MainWindow
from workbench.ui.window.tabs import ASK, ASSOCIATIONS, BRAIN, LIBRARY, TODAY

_TEXTS = {
    "Minutes": "The ferry to Marl was built in 1987. Edda Lund steered it. It cost 4.2 million.",
    "Letter": "The ferry to Marl was built in 1988. Ivo Brandt painted it. It cost 5.1 million.",
}
#: Deeper than any widget of the window lies.
_DEEP = 60


def _within(place: QAccessibleInterface, depth: int = 0) -> Iterator[QAccessibleInterface]:
    """All that is shown below a place in the tree that screen readers see."""
    for at in range(place.childCount()):
        inside = place.child(at)
        if inside is None or not inside.isValid() or inside.state().invisible:
            continue
        yield inside
        if depth < _DEEP:
            yield from _within(inside, depth + 1)


def _nameless(root: QWidget) -> set[str]:
    """What can be focused and has no name: its role, and the name of what it is in."""
    tree = QAccessible.queryAccessibleInterface(root)
    seen, nameless = 0, set()
    for item in _within(tree):
        if not item.state().focusable:
            continue
        seen += 1
        if not item.text(QAccessible.Text.Name).strip():
            above, widget = item.parent(), item.object()
            kind = type(widget).__name__ if widget is not None else str(item.role())
            nameless.add(f"{kind} in {above.text(QAccessible.Text.Name) if above else ''}")
    assert seen > 5
    return nameless


def _screens(window: MainWindow) -> Iterator[tuple[str, Callable[[], object]]]:
    """Every screen, and what brings it up."""
    navigate, select = window.navigate, window.ask_tab.switch.selected.emit
    yield "Library", lambda: navigate.show_tab(LIBRARY)
    yield "Notes", navigate.show_memories
    yield "Read", lambda: navigate.open_source(1)
    yield "Ask", lambda: navigate.show_tab(ASK)
    yield "Answer", lambda: window.ask_tab.ask("Who steered the ferry?")
    for name in (TABLES, DIFFERENCES, TIMELINE):
        yield name, partial(select, name)
    yield "Explore", lambda: navigate.show_tab(ASSOCIATIONS)
    for name in ("list", "path", "topics"):
        yield f"Explore, {name}", window.associations_tab.bar.segments[name].click
    yield "Lab", lambda: navigate.show_tab(BRAIN)
    yield "Today", lambda: navigate.show_tab(TODAY)
    yield "Fading", window.sleep_actions.show_fading
    yield "Activity", navigate.show_queue


@pytest.mark.slow
@pytest.mark.parametrize("size", [(1440, 900), (1024, 700)])
def test_all_that_can_be_focused_has_a_name_on_every_screen(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path, size: tuple[int, int]
) -> None:
    with Library.open(tmp_path / "Thesis.brain") as library:
        for title, text in _TEXTS.items():
            library.add_text(text, title=title)
        library.notes.highlight(1, 0, 20, colour="yellow", note="Compare *this*.")
        library.facts.tell("My berth is number nine.")
        library.tables.create("Ferries", ["When was it built?"], sources=[1, 2])
    window = make_window(settings=Settings(lab=True), size=size, opens=Library.open)
    qtbot.waitUntil(lambda: window.shelf.complete and len(window.shelf.sources) == 2)
    found: dict[str, set[str]] = {}
    for name, show in _screens(window):
        show()
        qtbot.wait(300)
        came_to_rest(qtbot, window)
        found[name] = _nameless(window)
    for page in window.preferences.pages.pages:
        window.preferences.show(page)
        QApplication.processEvents()
        found[f"Settings, {page.title.name}"] = _nameless(window)
    assert {name: nameless for name, nameless in found.items() if nameless} == {}
