"""The Help menu: shortcuts, the guide, what works on this computer, what is stored, about."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from workbench import paths
from workbench.capability import Capability, State
from workbench.ui.components import Sign, holder, label, pointed
from workbench.ui.language import known, tr
from workbench.ui.window import keys, sheets
from workbench.ui.window.context import Context
from workbench.ui.window.guide import Guide, pages
from workbench.ui.window.sheets import Sheet

_STATES = {
    State.WORKS: ("check", "confirmed", tr("Works"), "ok"),
    State.NEEDS_MODEL: ("info", "text3", tr("Needs a model"), "small"),
    State.NEEDS_SERVER: ("info", "text3", tr("Needs a server"), "small"),
    State.NOT_INSTALLED: ("alert", "emergent", tr("Not installed"), "small"),
}


def works(capabilities: Sequence[Capability]) -> QWidget:
    """A line for each capability: a sign, its name, its state in words, and how to add it."""
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(4)
    at = 0
    for item in capabilities:
        glyph, role, word, style = _STATES[item.state]
        title = known(item.name)
        name, state = label(title, "strong"), label(word, style)
        name.setAccessibleName(f"{title}: {word}. {pointed(item.how)}".strip())
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(Sign(glyph, role, 16), at, 0, top)
        grid.addWidget(name, at, 1, top)
        grid.addWidget(state, at, 2, top | Qt.AlignmentFlag.AlignRight)
        at += 1
        if item.how:
            hint = label(pointed(item.how), "small", wrap=True)
            hint.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse
                | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            hint.setAccessibleName(f"{title}: {pointed(item.how)}")
            grid.addWidget(hint, at, 1, 1, 2)
            at += 1
        grid.setRowMinimumHeight(at, 10)
        at += 1
    grid.setColumnStretch(1, 1)
    return holder(grid)


def add_help(context: Context) -> None:
    """Have the entries of the menu show their sheets."""
    window, actions = context.window, context.actions
    actions.bind(
        shortcuts=lambda: Sheet(
            window, tr("Shortcuts"), sheets.shortcuts(keys.shortcuts(actions))
        ).show(),
        guide=lambda: _show_guide(context),
        works=lambda: _show_works(context),
        stored=lambda: _show_stored(context),
        about=lambda: Sheet(window, tr("Engram Workbench"), sheets.about_sheet()).show(),
    )


def _show_guide(context: Context) -> None:
    window = context.window.findChild(Guide)
    if isinstance(window, Guide):
        window.activateWindow()
        return
    context.jobs.run(
        *(pages, paths.resources() / "guide"),
        done=lambda shown: Guide(context.window, shown).show(),
        failed=context.library.failed.emit,
    )


def _show_works(context: Context) -> None:
    def show(capabilities: list[Capability]) -> None:
        Sheet(context.window, tr("Features and setup"), works(capabilities)).show()

    context.jobs.run(_examined, context.library.path, done=show)


def _examined(library: Path | None) -> list[Capability]:
    # What runs models is not loaded before somebody looks.
    from workbench.doctor import examine

    return examine(library)


def _show_stored(context: Context) -> None:
    place = str(context.library.path)

    def show(fetched: sheets.Fetched) -> None:
        Sheet(context.window, tr("Privacy and data"), sheets.stored(place, fetched)).show()

    rows = (*context.library.sources, *context.library.trashed)
    context.jobs.run(
        sheets.fetched,
        *(context.library.library, rows),
        done=show,
        failed=context.library.failed.emit,
    )
