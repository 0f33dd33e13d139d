"""The filters of the Associations tab, which are its legend: each shows the line that it filters.

A tag's chip has its line, its word and how many links are of it; kinds stand in a menu.
"""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from workbench.ui import theme
from workbench.ui.associations import lines
from workbench.ui.associations.walk import TAGS, Sifting
from workbench.ui.components import chip, drop_menu, ticked, words
from workbench.ui.concepts import kinds
from workbench.ui.language import tr


class Filters(QWidget):
    """Holds the chips; the tab puts them into its bar. Not shown itself."""

    #: The `Sifting` that is wanted now.
    changed = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()
        #: What is left out now.
        self.sifting = Sifting()
        self._kinds: Mapping[str, int] = {}
        self.chips: dict[str, QToolButton] = {}
        for tag in TAGS:
            created = chip(lines.WORDS[tag], "list", checked=True, tip=lines.MEANING[tag])
            created.setIcon(lines.line_icon(tag))
            created.setProperty("tag", tag)
            created.clicked.connect(self._pressed)
            self.chips[tag] = created
        self.kinds = chip(tr("Kinds"), "", checkable=False)
        drop_menu(self.kinds, QMenu(self.kinds))
        self.kinds.menu().aboutToShow.connect(self._fill)
        self.together = chip(
            tr("Include co-mentions"),
            "",
            checked=self.sifting.together,
            call=self._pressed,
            tip=tr("Also show names that only occur together"),
        )
        self.show_counts({}, {})
        self._fit()
        theme.watch(self, self._fit)

    def widgets(self) -> list[QWidget]:
        """What stands in the bar, in order."""
        return [*self.chips.values(), self.kinds, self.together]

    def set_sifting(self, sifting: Sifting) -> None:
        """Sift so from now on, without saying that anything changed."""
        self.sifting = sifting
        for tag, created in self.chips.items():
            created.setChecked(tag not in sifting.tags)
        self.together.setChecked(sifting.together)
        self._name_kinds()

    def show_counts(self, tags: Mapping[str, int], kinds: Mapping[str, int]) -> None:
        """Say how many of the links are of each tag and of each kind."""
        self._kinds = kinds
        for tag, created in self.chips.items():
            number = words.number(tags.get(tag, 0))
            created.setText(f" {lines.WORDS[tag]} {number}")
            meaning_text = lines.MEANING[tag]
            created.setAccessibleName(f"{lines.WORDS[tag]}, {number}")
            created.setAccessibleDescription(
                tr("{meant}. Press to show or hide these links.", meant=meaning_text)
            )
        self._name_kinds()

    def _name_kinds(self) -> None:
        hidden = sum(kind in self._kinds for kind in self.sifting.kinds)
        total = len(self._kinds)
        text = (
            tr("{among} of {among2} kinds", among=total - hidden, among2=total)
            if hidden
            else tr("Kinds")
        )
        self.kinds.setText(text)
        self.kinds.setAccessibleName(tr("Kinds of links: {text}", text=text))
        self.kinds.setToolTip(tr("Choose which kinds of links to show"))
        self.kinds.setEnabled(total > 0)

    def _fill(self) -> None:
        menu = self.kinds.menu()
        menu.clear()
        all_kinds = menu.addAction(tr("All kinds"), self._all_kinds)
        all_kinds.setEnabled(bool(self.sifting.kinds))
        menu.addSeparator()
        for kind, number in sorted(self._kinds.items(), key=lambda item: (-item[1], item[0])):
            text = f"{kinds.relation(kind, outgoing=True)}  {words.number(number)}"
            ticked(menu, text, partial(self._take_kind, kind), on=kind not in self.sifting.kinds)

    def _all_kinds(self) -> None:
        self._emit_sifting(Sifting(self.sifting.tags, frozenset(), self.sifting.together))

    def _take_kind(self, kind: str, on: bool) -> None:
        left = self.sifting.kinds - {kind} if on else self.sifting.kinds | {kind}
        self._emit_sifting(Sifting(self.sifting.tags, left, self.sifting.together))

    def _pressed(self) -> None:
        tags = frozenset(tag for tag, created in self.chips.items() if not created.isChecked())
        self._emit_sifting(Sifting(tags, self.sifting.kinds, self.together.isChecked()))

    def _emit_sifting(self, sifting: Sifting) -> None:
        if sifting != self.sifting:
            self.set_sifting(sifting)
            self.changed.emit(sifting)

    def _fit(self) -> None:
        for created in self.chips.values():
            created.setIconSize(QSize(theme.px(22), theme.px(14)))
