"""Versions of statements in the window: one is saved under its date, and restored from a list."""

import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from workbench.ui.components import words
from workbench.ui.components.boxes import Item, column, holder, row
from workbench.ui.components.controls import button
from workbench.ui.components.toast import Action
from workbench.ui.components.words import label
from workbench.ui.language import tr
from workbench.ui.window.context import Context, Part
from workbench.ui.window.sheets import Sheet

if TYPE_CHECKING:
    from workbench.library import Library
    from workbench.memory.sharing.records import RestoredVersion, Version

_KEY = "versions"


class VersionActions(Part):
    """Saves the statements of the chosen collection, or of the library, and restores them."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.sheet: Sheet | None = None
        context.actions.bind(
            lambda: self._shelf.library is not None,
            save_version=self.save,
            restore_version=self.list_versions,
        )

    def save(self) -> None:
        """Keep the statements as they are now."""
        self._call(_saved, lambda made: self._announce(tr("Saved as “{name}”", name=made.name)))

    def list_versions(self) -> None:
        """List the versions, the newest first."""
        self._call(_listed, self._show)

    def restore(self, name: str) -> None:
        """Let the statements be as they were in a version; Undo takes it back."""
        self._call(partial(_restored, name=name), self._restored)

    def _call(self, work: Callable[..., Any], done: Callable[[Any], object]) -> None:
        self._shelf.ask(
            partial(work, collection=self._navigate.collection),
            done=done,
            failed=self._shelf.failed.emit,
            key=_KEY,
        )

    def _show(self, versions: "list[Version]") -> None:
        rows: list[Item] = [self._row(version) for version in reversed(versions)]
        empty = label(tr("There are no versions yet. Save one first."), "small", wrap=True)
        self.sheet = Sheet(self._window, tr("Versions"), holder(column(*(rows or [empty]))))
        self.sheet.show()

    def _row(self, version: "Version") -> Item:
        restore = button(tr("Restore"), call=partial(self.restore, version.name))
        restore.setAccessibleName(tr("Restore “{name}”", name=version.name))
        facts = label(words.count(version.facts, "fact"), "muted")
        return holder(row(label(version.name), None, facts, restore))

    def _restored(self, done: "RestoredVersion") -> None:
        if self.sheet is not None:
            self.sheet.close()
            self.sheet = None
        undo = Action(tr("Undo"), partial(self.restore, done.before))
        self._announce(tr("Restored “{name}”", name=done.name), undo)


def _saved(library: "Library", collection: str | None) -> "Version":
    return library.versions.save(time.strftime("%Y-%m-%d %H:%M:%S"), collection)


def _listed(library: "Library", collection: str | None) -> "list[Version]":
    return library.versions.list(collection)


def _restored(library: "Library", name: str, collection: str | None) -> "RestoredVersion":
    return library.versions.restore(name, collection)
