"""The Help menu: shortcuts, the guides, what works on this computer, what is stored, about."""

from pathlib import Path

from workbench import paths
from workbench.capabilities import Capability
from workbench.ui.language import tr
from workbench.ui.window import sheets
from workbench.ui.window.actions import shortcuts
from workbench.ui.window.capabilities import works
from workbench.ui.window.context import Context
from workbench.ui.window.guide import Guide, pages
from workbench.ui.window.sheets import Sheet


def add_help(context: Context) -> None:
    """Have the entries of the menu show their sheets."""
    window, actions = context.window, context.actions
    actions.bind(
        shortcuts=lambda: Sheet(
            window, tr("Shortcuts"), sheets.shortcuts(shortcuts(actions))
        ).show(),
        help=lambda: _show_guide(context, "help"),
        guide=lambda: _show_guide(context, "guide"),
        works=lambda: _show_works(context),
        stored=lambda: _show_stored(context),
        about=lambda: Sheet(window, tr("Engram Workbench"), sheets.about()).show(),
    )


def _show_guide(context: Context, name: str) -> None:
    open_one = context.window.findChild(Guide, name)
    if isinstance(open_one, Guide):
        open_one.activateWindow()
        return
    context.jobs.run(
        *(pages, paths.resources() / name),
        done=lambda shown: Guide(context.window, name, shown).show(),
        failed=context.library.failed.emit,
    )


def _show_works(context: Context) -> None:
    def show(found: list[Capability]) -> None:
        Sheet(context.window, tr("Features and setup"), works(found)).show()

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
