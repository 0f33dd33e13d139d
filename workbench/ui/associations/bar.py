"""The toolbar of Explore: view switch, concept fields, and the legend below the graph."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject, QSize, QStringListModel, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QCompleter, QMenu, QToolButton, QWidget

from workbench.errors import WorkbenchError
from workbench.memory.graph.records import Concept
from workbench.ui import theme
from workbench.ui.associations import lines, loading
from workbench.ui.associations.ego import TAGS, Ego, Sifting, VisiblePart
from workbench.ui.components import (
    Flow,
    chip,
    column,
    delayed,
    drop_list,
    drop_menu,
    field,
    holder,
    label,
    on_key,
    quiet_button,
    row,
    rule,
    segment,
    tool,
    words,
)
from workbench.ui.concepts import kinds
from workbench.ui.language import inside, tr
from workbench.ui.shelf.shelf import Shelf

_PAUSE = 120  # milliseconds after the last key before concepts are searched


class ConceptField(QObject):
    """A line edit with completion of concept names; `chosen` emits the selected concept."""

    #: The selected `Concept`.
    chosen = Signal(object)
    #: Enter was pressed on text that matches no concept.
    missed = Signal(str)
    #: Escape was pressed.
    left = Signal()

    def __init__(
        self,
        parent: QObject,
        shelf: Shelf,
        placeholder: str,
        name: str,
        glyph: str = "",
    ) -> None:
        super().__init__(parent)
        self._shelf = shelf
        self._key = f"associations:{name}"
        #: The completions of the current text.
        self.offered: list[Concept] = []
        self._for = ""
        self._collection: str | None = None
        self.line = field(placeholder, name, glyph)
        self.line.setMaxLength(120)
        self._names = QStringListModel(self)
        self._completer = QCompleter(self._names, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._listed = drop_list(self._completer, tr("Matching concepts"))
        self._completer.activated.connect(self._picked)
        self._completer.setWidget(self.line)
        self._pause = delayed(self, self._search, _PAUSE)
        self.line.textEdited.connect(lambda: self._pause.start())
        self.line.returnPressed.connect(self._entered)
        on_key(self.line, Qt.Key.Key_Escape, self.left.emit)

    def set_collection(self, collection: str | None) -> None:
        """Complete only concepts of a collection, or all for None."""
        self._collection = collection
        self.forget()

    def show_name(self, name: str) -> None:
        """Show the name of the selected concept."""
        self.line.setText(" ".join(name.split()))
        self.line.setCursorPosition(0)
        self.forget()

    def forget(self) -> None:
        """Clear the completions and cancel a pending search."""
        self._pause.stop()
        self._shelf.jobs.cancel(self._key)
        self.offered, self._for = [], ""
        self._listed.hide()

    def focus(self) -> None:
        """Focus the line edit and select its text."""
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    @property
    def _words(self) -> str:
        return " ".join(self.line.text().split())

    def _search(self, *, entered: bool = False) -> None:
        typed = self._words
        if not typed:
            self.forget()
            return
        self._shelf.ask(
            *(loading.offered, typed, self._collection),
            done=partial(self._loaded, typed, entered),
            failed=partial(self._failed, typed), key=self._key,
        )  # fmt: skip

    def _failed(self, typed: str, _error: WorkbenchError) -> None:
        self.missed.emit(typed)

    def _loaded(self, typed: str, entered: bool, concepts: list[Concept]) -> None:
        if typed != self._words:
            return
        self.offered, self._for = concepts, typed
        if entered:
            self._choose_first()
            return
        self._names.setStringList([_offer(item) for item in concepts])
        if concepts and self.line.hasFocus():
            self._completer.complete()
        else:
            self._listed.hide()

    def _picked(self, text: str) -> None:
        picked = next((item for item in self.offered if _offer(item) == text), None)
        if picked is not None:
            self._choose(picked)

    def _entered(self) -> None:
        self._pause.stop()
        if self._for == self._words and self._for:
            self._choose_first()
        else:
            self._search(entered=True)

    def _choose_first(self) -> None:
        if self.offered:
            self._choose(self.offered[0])
        else:
            self.missed.emit(self._words)

    def _choose(self, concept: Concept) -> None:
        self.show_name(concept.name)
        self.chosen.emit(concept)


def _offer(concept: Concept) -> str:
    name = words.short(" ".join(concept.name.split()), 60)
    return f"{name} – {inside(kinds.word(concept.type))}, {words.number(concept.mentions)}"


class Filters(QWidget):
    """The filter chips, which `ExploreBar` lays out in its legend. Itself hidden."""

    #: The new `Sifting`.
    changed = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()
        #: The current filter.
        self.sifting = Sifting()
        self.chips: dict[str, QToolButton] = {}
        for tag in TAGS:
            created = chip(lines.WORDS[tag], "list", tip=lines.MEANING[tag])
            created.setIcon(lines.line_icon(tag))
            created.setProperty("tag", tag)
            created.clicked.connect(self._pressed)
            self.chips[tag] = created
        self.together = chip(
            tr("Include co-mentions"),
            "",
            call=self._pressed,
            tip=tr("Also show names that only occur together"),
        )
        self.set_sifting(self.sifting)
        self.show_counts({})
        theme.render(self, self._fit)

    def widgets(self) -> list[QWidget]:
        """The chips in layout order."""
        return [*self.chips.values(), self.together]

    def set_sifting(self, sifting: Sifting) -> None:
        """Set the filter without emitting `changed`."""
        self.sifting = sifting
        for tag, created in self.chips.items():
            created.setChecked(tag not in sifting.tags)
        self.together.setChecked(sifting.together)

    def show_counts(self, tags: Mapping[str, int]) -> None:
        """Show the number of links of each tag."""
        for tag, created in self.chips.items():
            number = words.number(tags.get(tag, 0))
            created.setText(f" {lines.WORDS[tag]} {number}")
            meaning_text = lines.MEANING[tag]
            created.setAccessibleName(f"{lines.WORDS[tag]}, {number}")
            created.setAccessibleDescription(
                tr("{meant}. Press to show or hide these links.", meant=meaning_text)
            )

    def _pressed(self) -> None:
        tags = frozenset(tag for tag, created in self.chips.items() if not created.isChecked())
        sifting = Sifting(tags, self.together.isChecked())
        if sifting != self.sifting:
            self.set_sifting(sifting)
            self.changed.emit(sifting)

    def _fit(self) -> None:
        for created in self.chips.values():
            created.setIconSize(QSize(theme.px(22), theme.px(14)))


_EXPORTS = (
    ("copy", tr("Copy the picture")),
    ("svg", tr("Picture as SVG…")),
    ("png", tr("Picture as PNG…")),
    ("csv", tr("Links as CSV…")),
)


GRAPH, LIST, PATH, TOPICS = "graph", "list", "path", "topics"
_VIEWS = {
    GRAPH: ("associations", tr("Graph")),
    LIST: ("list", tr("List")),
    PATH: ("path", tr("Path")),
    TOPICS: ("topics", tr("Topics")),
}
#: Views that show links, which can be counted, copied and exported.
_OF_LINKS = (GRAPH, LIST)


class ExploreBar(QWidget):
    """The toolbar; `AssociationsTab` implements its actions."""

    #: The name of the requested view.
    view_requested = Signal(str)

    #: "copy", "svg", "png" or "csv"
    export_requested = Signal(str)

    def __init__(self, shelf: Shelf) -> None:
        super().__init__()
        self._missed = self._counted = ""
        self.back, self.forward = tool("left", tr("Back")), tool("right", tr("Forward"))
        self.segments: dict[str, QToolButton] = {}
        group = QButtonGroup(self)
        for name, (glyph, text) in _VIEWS.items():
            choose = partial(self.view_requested.emit, name)
            self.segments[name] = segment(text, glyph, choose)
            group.addButton(self.segments[name])
        segments = list(self.segments.values())
        # The buttons wrap in narrow windows, as German labels do at 200 %.
        self.views = holder(Flow(segments, margins=(3, 2, 3, 2), gap=2), "sunken")
        self.views.setAccessibleName(tr("Views"))
        self.field = ConceptField(self, shelf, tr("Name"), tr("Name"), "search")
        self.path_field = ConceptField(self, shelf, tr("Path to…"), tr("Path to"))
        for item in (self.field, self.path_field):
            item.line.textChanged.connect(self._retyped)
        self.filters = Filters(self)
        self.count = label("", "muted")
        self.more = quiet_button(tr("Show more"))
        self.export = tool("more", tr("More"))
        menu = QMenu(self.export)
        for kind, text in _EXPORTS:
            menu.addAction(text, partial(self.export_requested.emit, kind))
        drop_menu(self.export, menu)
        arrows = holder(row(self.back, self.forward, gap=0))
        fields = [self.field.line, self.path_field.line]
        tools = holder(Flow([self.views, arrows, *fields, self.count], gap=8))
        # The menu stays at the edge when the others wrap.
        self.setLayout(row(tools, self.export, margins=(12, 8, 12, 8), wide=0))
        #: Shown below graph and list.
        self.legend = holder(
            column(
                rule(),
                holder(Flow([*self.filters.widgets(), self.more], margins=(12, 6, 12, 6), gap=6)),
                gap=0,
            )
        )
        self.show_history(back=False, forward=False)
        self.show_empty()
        theme.render(self, self._fit)

    def show_view(self, name: str) -> None:
        """Check the button of the current view and show the fields that it needs."""
        self.segments[name].setChecked(True)
        self.path_field.line.setVisible(name == PATH)
        self.field.line.setVisible(name != TOPICS)
        self.export.setVisible(name in _OF_LINKS)
        self._show_count(self.count.text())

    def show_history(self, *, back: bool, forward: bool) -> None:
        """Enable Back and Forward."""
        self.back.setEnabled(back)
        self.forward.setEnabled(forward)

    def show_counts(self, ego: Ego, visible: VisiblePart) -> None:
        """Show how many of the links are visible."""
        self.filters.show_counts(visible.counts)
        links = words.count(visible.total, "link")
        self._count(tr("{edges} of {links}", edges=words.number(len(visible.edges)), links=links))
        left = ego.degree - ego.taken
        self.more.setVisible(left > 0)
        self.more.setToolTip(
            tr("{left} more of “{name}”", left=words.number(left), name=words.short(ego.name, 40))
        )
        self.export.setEnabled(True)

    def show_empty(self) -> None:
        """Reset counts and disable export when there is no concept."""
        self.filters.show_counts({})
        self._count("")
        self.more.hide()
        self.export.setEnabled(False)

    def show_missed(self, typed: str) -> None:
        """Show that no concept has this name, until the field changes."""
        self._missed = typed
        self._show_count(tr("No name called “{typed}”", typed=words.short(typed, 40)))

    def set_scope(self, collection: str | None) -> None:
        """Complete names of a collection, or of everything for None."""
        for item in (self.field, self.path_field):
            item.set_collection(collection)

    def _count(self, text: str) -> None:
        # A library change must not hide the message about a name without a match.
        self._counted = text
        if not self._missed:
            self._show_count(text)

    def _retyped(self) -> None:
        """Restore the count once a name without a match is edited."""
        names = [" ".join(item.line.text().split()) for item in (self.field, self.path_field)]
        if self._missed and self._missed not in names:
            self._missed = ""
            self._show_count(self._counted)

    def _show_count(self, text: str) -> None:
        self.count.setText(text)
        self.count.setAccessibleName(text)
        visible = next((name for name in _VIEWS if self.segments[name].isChecked()), GRAPH)
        missed = self._missed and visible == PATH
        self.count.setVisible(bool(text) and (visible in _OF_LINKS or bool(missed)))

    def _fit(self) -> None:
        """Scale widths with the text size."""
        self.field.line.setFixedWidth(theme.px(184))
        self.path_field.line.setFixedWidth(theme.px(132))
