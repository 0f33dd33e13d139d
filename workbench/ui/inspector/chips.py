"""The chips of the Inspector: collections and tags of the selected sources, edited in place.

A checked chip applies to all selected sources, an unchecked one to some, with their number.
Clicking removes the former from all, and adds the latter to all.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QToolButton, QWidget

from workbench.store.records import SourceRow
from workbench.ui import theme
from workbench.ui.components import Flow, chip, column, drop_list, field
from workbench.ui.language import tr, tr_n
from workbench.ui.memories.rows import Memory
from workbench.ui.shelf import labels
from workbench.ui.shelf.shelf import Shelf


def collection_chips(shelf: Shelf, sources: Sequence[SourceRow]) -> list[QToolButton]:
    """A chip for every collection that contains one of the sources."""
    ids = tuple(source.id for source in sources)

    def take(name: str, on: bool) -> None:
        if on:
            shelf.assign(ids, name)
        else:
            shelf.unassign(ids, name)

    return [
        _chip(
            name,
            "folder",
            (count, len(sources)),
            partial(take, name),
            (
                tr_n(
                    len(sources),
                    "In “{name}”. Press to take it out.",
                    "In “{name}”. Press to take them out.",
                    name=name,
                ),
                tr("Press to put all into “{name}”.", name=name),
            ),
        )
        for name, count in _counts(source.collections for source in sources)
    ]


class TagEditor(QWidget):
    """The tags of the selected sources or notes as chips, and a field that adds more."""

    def __init__(
        self, shelf: Shelf, sources: Sequence[SourceRow] | Sequence[Memory], existing: Iterable[str]
    ) -> None:
        super().__init__()
        self._shelf, self._rows = shelf, sources
        self.setAccessibleName(tr("Tags"))
        self.chips = [
            _chip(
                name,
                "tag",
                (count, len(sources)),
                partial(self._press, name),
                (
                    tr("Tagged “{name}”. Press to take the tag off.", name=name),
                    tr("Press to tag all “{name}”.", name=name),
                ),
            )
            for name, count in _counts(source.tags for source in sources)
        ]
        self.field = field(tr("Add a tag"), tr("Add a tag, several with commas"))
        wide = self.field.fontMetrics().horizontalAdvance(self.field.placeholderText())
        self.field.setFixedWidth(max(theme.px(128), wide + theme.px(28)))
        self.field.setMaxLength(400)
        self.field.returnPressed.connect(self._add)
        on_all = {item.text().strip() for item in self.chips if item.isChecked()}
        completer = QCompleter([name for name in existing if name not in on_all], self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        drop_list(completer, tr("Tags in this library"))
        self.field.setCompleter(completer)
        self.setLayout(column(Flow([*self.chips, self.field])))

    @property
    def rows(self) -> tuple[int, ...]:
        """The ids of the edited sources or notes."""
        return tuple(row.id for row in self._rows)

    def _press(self, name: str, on: bool) -> None:
        self.field.setFocus()
        self._set_tag(name, on)

    def _add(self) -> None:
        names = [" ".join(name.split()) for name in self.field.text().split(",")]
        self.field.clear()
        for name in filter(None, names):
            self._set_tag(name, True)

    def _set_tag(self, name: str, on: bool) -> None:
        notes = [row for row in self._rows if isinstance(row, Memory)]
        if notes:
            ids = [row.id for row in notes if (name in row.tags) != on]
            labels.tag_notes(self._shelf, ids, name, on=on)
        else:
            labels.tag(self._shelf, self.rows, name, off=not on)


def _counts(groups: Iterable[Sequence[str]]) -> list[tuple[str, int]]:
    """All names, sorted, with the number of sources that have them."""
    counts: dict[str, int] = {}
    for names in groups:
        for name in names:
            counts[name] = counts.get(name, 0) + 1
    return sorted(counts.items(), key=lambda item: item[0].casefold())


def _chip(
    name: str,
    glyph: str,
    counts: tuple[int, int],
    take: Callable[[bool], object],
    tips: tuple[str, str],
) -> QToolButton:
    """A chip that applies to (some, of all) sources; `tips` are for one on all, and one on some."""
    held, among = counts
    on_all = held == among
    created = chip(
        name if on_all else tr("{name} · {held} of {among}", name=name, held=held, among=among),
        glyph,
        tip=tips[0] if on_all else tips[1],
    )
    created.setChecked(on_all)
    some = tr("{name}, {held} of {among}", name=name, held=held, among=among)
    created.setAccessibleName(name if on_all else some)
    created.setMaximumWidth(theme.px(220))
    created.setAccessibleDescription(created.toolTip())
    created.clicked.connect(lambda on: take(bool(on)))
    return created
