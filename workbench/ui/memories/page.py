"""The Notes page of the Library: entry line, filters, and table of facts and notes.

It lists the scope chosen on the left, page by page while scrolling. Filters and other orders load
up to `rows.MAX_ROWS`; a search also finds older notes.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QMenu, QToolButton, QWidget

from workbench.errors import WorkbenchError
from workbench.memory.facts.records import Left, Remembered
from workbench.ui import theme
from workbench.ui.components import (
    SMALL,
    CellStyle,
    Column,
    EmptyState,
    Flow,
    TableModel,
    button,
    cells,
    chip,
    clear,
    column,
    delayed,
    drop_menu,
    holder,
    label,
    paragraph,
    quiet_button,
    row,
    rule,
    short,
    ticked,
    words,
)
from workbench.ui.inspector.chips import TagEditor
from workbench.ui.language import inside, known, tr
from workbench.ui.library.list_page import ListPage, View
from workbench.ui.library.scope import Scope
from workbench.ui.library.sifting import fold
from workbench.ui.memories import kinds
from workbench.ui.memories import rows as reading
from workbench.ui.memories.line import RememberLine
from workbench.ui.memories.links import link_to
from workbench.ui.memories.rows import HIGHLIGHT, Memory, MemoryPage
from workbench.ui.memories.switch import MEMORIES
from workbench.ui.reader.annotating import Pen
from workbench.ui.shelf.shelf import Shelf

if TYPE_CHECKING:
    from workbench.library import Library
    from workbench.memory.facts.plastic import Strengthened

#: Characters of a fact to show and to sort by; it may have ten million.
_MAX_SHOWN, _SORTED = 600, 200


def _text_style(row: Memory) -> CellStyle:
    if row.kind == HIGHLIGHT:
        draw = partial(cells.disc, colour=row.at.colour)
        ink = "text2" if row.words else "text"
        return CellStyle(ink, serif=True, draw=draw, sign_size=12, sign_room=32, inset=4)
    # Its label may be hidden, so the icon shows the kind. Replaced rows are dimmed.
    sign = kinds.glyph(row.kind) if row.current else "undo"
    return CellStyle("text" if row.current else "text2", sign=sign, inset=2)


def _date_tip(row: Memory) -> str:
    return tr(
        "Since {since}, added {told}",
        since=words.day(row.valid_from, year=True),
        told=words.day(row.told, year=True),
    )


def _state_tip(row: Memory) -> str | None:
    return reading.state(row) or None if row.current else tr("Replaced by a newer note")


def _small(
    key: str,
    title: str,
    text: Callable[[Memory], str],
    width: int,
    order: Callable[[Memory], Any] | None = None,
    tip: Callable[[Memory], str | None] | None = None,
) -> Column:
    return Column(
        *(key, title, text, order or (lambda row: fold(text(row))), width),
        style=lambda _row: SMALL,
        tip=tip or (lambda row: text(row) or None),
    )  # fmt: skip


def _line(row: Memory) -> str:
    if row.kind == HIGHLIGHT:
        return " ".join(words.short(words.quoted(row.at.quote), _MAX_SHOWN).split())
    return words.plain(words.short(row.text, _MAX_SHOWN))


def _subtitle(row: Memory) -> str:
    """The note of a highlight, below its quotation."""
    return words.plain(words.short(row.words, _MAX_SHOWN)) if row.kind == HIGHLIGHT else ""


def _source(row: Memory) -> str:
    return row.at.title or ", ".join(row.by)


def _tags(row: Memory) -> str:
    return ", ".join(row.tags)


def _source_order(row: Memory) -> tuple[str, int]:
    return fold(_source(row)), row.at.start


def _source_tip(row: Memory) -> str | None:
    return f"{_source(row)}, {row.at.place}".strip(", ") or None


COLUMNS = (
    Column(
        "text", tr("Note"), _line, lambda row: row.hay[:_SORTED].lstrip("“"),
        style=_text_style, subtitle=_subtitle,
        tip=lambda row: words.short(row.text, _MAX_SHOWN), extra=56,
    ),
    _small("kind", tr("Kind"), kinds.of, 108),
    replace(
        _small("source", tr("Source"), _source, 168, _source_order, _source_tip),
        subtitle=lambda row: row.at.place,
    ),
    _small("tags", tr("Tags"), _tags, 128),
    _small("scope", tr("Collection"), lambda row: row.collection or "", 116),
    _small("date", tr("Date"), reading.valid_day, 92, lambda row: row.valid_from, _date_tip),
    _small("state", tr("State"), reading.state, 106, tip=_state_tip),
)  # fmt: skip
KEYS = tuple(column.key for column in COLUMNS)
#: The default order: by time of entry, newest first.
BY_AGE = -1


class MemoryTable(TableModel[Memory]):
    """Facts and notes as rows; `rows` are the visible ones in display order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, _sentence, parent, key=attrgetter("id"))
        self._filtered = False

    @property
    def is_newest_first(self) -> bool:
        """Whether rows are unfiltered and newest first, so that they can be loaded by page."""
        return not self._filtered and self.sorted_by == BY_AGE

    def filter(
        self, text: str, group: str = "", colour: str = "", tag: str = "", source: str = ""
    ) -> None:
        """Filter by all words of `text`, and by the other criteria that are not empty."""
        requested, tag = fold(text).split(), fold(tag)
        self._filtered = any((requested, group, colour, tag, source))
        self.sift(
            lambda rows: [
                row
                for row in rows
                if group in ("", kinds.group(row.kind))
                and colour in ("", row.at.colour)
                and source in ("", row.at.title)
                and (not tag or tag in map(fold, row.tags))
                and all(word in row.hay for word in requested)
            ]
        )


def _sentence(row: Memory) -> str:
    kind = "" if row.kind == reading.FACT else f"{kinds.of(row)}: "
    return f"{kind}{reading.sentence(row)}"


#: Maximum number of tags or sources in a menu, most frequent first.
_MAX_ENTRIES = 30


class NoteFilters(QWidget):
    """Colour buttons, a menu of tags and one of sources; at most one of each is selected."""

    changed = Signal()
    export_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Colour, tag and source"))
        self.colour = self.tag = self.source = ""
        self._rows: Sequence[Memory] = ()
        self.pens = [Pen(colour, at) for at, colour in enumerate(theme.PENS, 1)]
        for pen in self.pens:
            pen.setText(known(pen.colour.capitalize()))
            pen.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            pen.setToolTip(tr("Only {colour}", colour=known(pen.colour)))
            pen.setAccessibleName(pen.toolTip())
            pen.clicked.connect(partial(self._press, pen))
        self.tags = self._menu("tag", "tag")
        self.sources = self._menu("source", "book")
        export = quiet_button(tr("Export…"), call=self.export_requested)
        self.setLayout(Flow([*self.pens, self.tags, self.sources, export], (16, 8, 16, 0)))
        self._name()

    def offer(self, rows: Sequence[Memory]) -> None:
        """Offer the colours, tags and sources of these rows; hide without any."""
        self._rows = rows
        used = {row.at.colour for row in rows} | {self.colour}
        for pen in self.pens:
            pen.setVisible(pen.colour in used)
        self.setVisible(any(row.at.colour or row.tags for row in rows) or self.filters)

    @property
    def filters(self) -> bool:
        """Whether a filter is set."""
        return any((self.colour, self.tag, self.source))

    @property
    def only_source(self) -> int | None:
        """The id of the selected source, None for all."""
        return next((row.at.source for row in self._rows if row.at.title == self.source), None)

    def clear(self) -> None:
        """Reset all filters."""
        self.colour = self.tag = self.source = ""
        self._name()

    def _press(self, pen: Pen) -> None:
        self._choose("colour", pen.colour if pen.isChecked() else "")

    def _menu(self, field: str, glyph: str) -> QToolButton:
        press = chip("", glyph)
        menu = QMenu(press)
        menu.aboutToShow.connect(partial(self._fill, menu, field))
        drop_menu(press, menu)
        return press

    def _fill(self, menu: QMenu, field: str) -> None:
        menu.clear()
        names = (name for row in self._rows for name in _names(row, field))
        current = getattr(self, field)
        ticked(menu, tr("All"), partial(self._choose, field, ""), on=not current)
        for name, _count in Counter(names).most_common(_MAX_ENTRIES):
            ticked(menu, short(name, 60), partial(self._choose, field, name), on=name == current)

    def _choose(self, field: str, name: str) -> None:
        setattr(self, field, name)
        self._name()
        self.changed.emit()

    def _name(self) -> None:
        for pen in self.pens:
            pen.setChecked(pen.colour == self.colour)
        for press, name, all_text in (
            (self.tags, self.tag, tr("All tags")),
            (self.sources, self.source, tr("All sources")),
        ):
            press.setText(f" {short(name, 24) or all_text}")
            press.setChecked(bool(name))
            press.setAccessibleName(name or all_text)


def _names(row: Memory, field: str) -> Iterable[str]:
    return row.tags if field == "tag" else filter(None, (row.at.title,))


def _copy_link(memory: Memory) -> None:
    """Copy a link for use in another note."""
    QApplication.clipboard().setText(link_to(memory))


def _remembered(result: Remembered) -> str:
    if not result.new:
        return tr("Already saved") if result.known else ""
    text = tr("{new} remembered", new=words.number(len(result.new)))
    text = tr("Remembered") if len(result.new) == 1 else text
    if result.dropped:
        removed = words.count(result.dropped, "old one")
        text += tr("; {gone} removed because the collection is full", gone=removed)
    return text


#: Columns hidden first when space is short, in order.
_HIDE_ORDER = ("kind", "scope", "date", "state", "tags", "source")
_VIEW: View[Memory] = View(
    *(tr("Notes"), "memories:read"), segment=MEMORIES,
    hint=tr("Search notes"), hide_order=_HIDE_ORDER, high=52, several=True,
)  # fmt: skip

_FIRST = 400  # rows of the first page; each further one doubles the total
_MAX_PAUSE = 4000  # milliseconds between reloads


class MemoriesPage(ListPage[Memory]):
    """Find, inspect and enter facts and notes."""

    model: MemoryTable
    #: A `Memory` to edit, or to delete.
    edit_requested = Signal(object)
    forget_requested = Signal(object)
    #: A `Memory` whose tags are to be changed.
    tags_requested = Signal(object)
    #: The ids of memories to make cards of.
    cards_requested = Signal(list)

    def __init__(self, shelf: Shelf) -> None:
        self.line = RememberLine()
        chips = {
            kind: chip(kinds.plural(kind), kinds.glyph(kind))
            for kind in (reading.FACT, *reading.NOTES)
        }
        self.filters = NoteFilters()
        self.filters.changed.connect(lambda: self._filter())
        self._tags = column(margins=(16, 8, 16, 0))
        #: The common tags of several selected rows.
        self.tagging = holder(self._tags)
        self.tagging.hide()
        line = holder(column(self.line, margins=(16, 8, 16, 8)))
        above = self.filters, self.tagging, line, rule()
        super().__init__(shelf, _VIEW, *above, model=MemoryTable(), chips=chips)
        self.model.more_requested.connect(self._load_more)
        self._limit = _FIRST
        self._more = False
        self._loading = self._again = self._growing = False
        self._quiet = False
        self._listed: tuple[Memory, ...] = ()
        self.line.submitted.connect(self.remember)
        self.add_actions(
            (tr("Open"), self.opened.emit, ()),
            (tr("Edit"), self.edit_requested.emit, (Qt.Key.Key_F2,)),
            (tr("Tags…"), self.tags_requested.emit, (Qt.Key.Key_T,)),
            (tr("Make Card"), lambda row: self.cards_requested.emit([row.id]), ()),
            (tr("Strengthen"), self._strengthen, (Qt.Key.Key_Plus,)),
            (tr("Copy Link"), _copy_link, ("Ctrl+Shift+L",)),
            (tr("Forget…"), self.forget_requested.emit, (QKeySequence.StandardKey.Delete,)),
        )
        for press in self.chips.values():
            press.setVisible(press is self.chips[""])
        self._rest = delayed(self, self._read)

    # -- public API --------------------------------------------------------------------------------

    def set_scope(self, scope: Scope) -> None:
        if scope == self._scope:
            return
        self._limit = _FIRST
        self.line.set_collection(scope.collection)
        self.table.clearSelection()
        super().set_scope(scope)
        self.line.setVisible(self._has_scope)

    def select(self, id: int) -> None:
        """Select a row, loading it and clearing the filter if needed."""
        self._wanted = id
        if self.model.row_of(id) < 0:
            self.clear_filter()
            if self._more or self._stale:
                self._limit = reading.MAX_ROWS
                self.reload()
                return
        self._select_requested()

    def focus_first(self) -> None:
        """Focus the table once it is loaded, else the entry line."""
        self._awaited = not self.model.rows and self.counts.total() > 0
        first = self.table if self.model.rows else self.line.field
        first.setFocus()

    def focus_line(self) -> None:
        """Focus the entry line."""
        self._awaited = False
        self.line.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.field.selectAll()

    @property
    def narrowed(self) -> list[int] | None:
        """The ids of several selected rows, else of the filtered ones; None for all."""
        selected = self.selected_rows()
        if len(selected) > 1:
            return [memory.id for memory in selected]
        is_filtered = self.find_field.text().strip() or self._type or self.filters.filters
        return [memory.id for memory in self.model.rows] if is_filtered else None

    @property
    def counts(self) -> Counter[str]:
        """The numbers of facts and notes in the scope by group."""
        by_scope = self._shelf.fact_counts
        if not self._has_scope:
            return Counter()
        total = sum(by_scope.values(), Counter[str]())
        return total if self._is_unscoped else by_scope.get(self._scope.collection, Counter())

    # -- widgets -----------------------------------------------------------------------------------

    def _count_kinds(self) -> None:
        """Show a chip per existing kind, if there are several."""
        counts = self.counts
        present = [item for item in self.chips if item and counts[item]]
        for item, press in self.chips.items():
            if item:
                text = f"{kinds.plural(item)} {words.number(counts[item])}"
                press.setText(f" {text}")
                press.setAccessibleName(text)
            press.setVisible(len(present) > 1 and (not item or item in present))
        if self._type and self._type not in present:
            self.chips[""].click()

    # -- loading -----------------------------------------------------------------------------------

    @property
    def _is_unscoped(self) -> bool:
        return self._scope == Scope()

    def _read(self) -> None:
        library = self._shelf.library
        if library is None or not self._has_scope:
            self._stale = False
            self._listed, self._more = (), False
            self._show_rows()
            return
        if self._rest.isActive():
            return
        if self._loading:
            # Finish the running load: changes may come in for minutes.
            self._again = True
            return
        self._loading, self._again, self._stale = True, False, False
        limit = self._limit if self.model.is_newest_first else reading.MAX_ROWS
        self._shelf.jobs.run(
            reading.page,
            library,
            self._scope.collection,
            self._is_unscoped,
            limit,
            self._listed,
            done=partial(self._show_listing, self._scope, limit),
            failed=self._not_read,
            key=self._key,
        )

    def _load_more(self) -> None:
        if not self._growing and self._limit < reading.MAX_ROWS:
            self._limit = min(reading.MAX_ROWS, self._limit * 2)
            self._growing = True
            self._read()

    def _show_listing(self, scope: Scope, limit: int, listing: MemoryPage) -> None:
        self._loading, self._growing = False, limit < self._limit and listing.more
        if scope != self._scope:
            self._read()
            return
        self._listed, self._more = listing.rows, listing.more
        self._show_rows()
        if self._again:
            # The slower the load, the rarer the reloads.
            self._rest.start(min(_MAX_PAUSE, round(listing.seconds * 4000)))

    def _not_read(self, error: WorkbenchError) -> None:
        self._loading = self._growing = False
        super()._not_read(error)

    def _forget(self) -> None:
        self._shelf.jobs.cancel(self._key)
        self._rest.stop()
        self._loading = self._again = self._growing = False
        self._listed, self._more = (), False
        self._limit, self._stale = _FIRST, True
        self.line.be_silent()
        self._show_rows()

    def _show_rows(self) -> None:
        retained, picked = self.selected(), self.table.picked_keys()
        at_top = self.table.verticalScrollBar().value()
        self._quiet = True
        more = self._more and self.model.is_newest_first and self._limit < reading.MAX_ROWS
        self.model.show_rows(self._listed, more=more)
        self.table.reselect(*picked)
        self._quiet = False
        self.table.verticalScrollBar().setValue(at_top)
        self.find_field.setPlaceholderText(
            tr("Search {all} notes", all=words.number(self.counts.total()))
        )
        self._count_kinds()
        self.filters.offer(self._listed)
        if len(picked) > 2:
            self._offer_tags()
        self._leave_out()
        self._show_limit()
        self._show_page()
        self._select_requested()
        if self._awaited and self.model.rows:
            self._awaited = False
            if self.line.field.hasFocus() and not self.line.field.text():
                self.table.setFocus()
        selected = self.selected()
        if selected != retained or selected is None:
            self.selection_changed.emit(selected)

    def _leave_out(self) -> None:
        same = {
            "kind": len({row.kind for row in self._listed}) <= 1,
            "scope": len({row.collection for row in self._listed}) <= 1,
            "source": not any(row.at.title or row.by for row in self._listed),
            "tags": not any(row.tags for row in self._listed),
            "state": not any(map(reading.state, self._listed)),
        }
        self.table.leave_out(frozenset(key for key, idle in same.items() if idle))

    def _show_limit(self) -> None:
        is_limited = self._more and len(self._listed) >= reading.MAX_ROWS
        if is_limited:
            listing, total = words.number(len(self._listed)), words.number(self.counts.total())
            self._note.setText(
                tr(
                    "The newest {listed} of {held} are listed.",
                    listed=listing,
                    held=total,
                )
            )
        self._note.setVisible(is_limited)

    # -- pages -------------------------------------------------------------------------------------

    def _show_page(self) -> None:
        if self.model.rows:
            self.stack.setCurrentIndex(0)
        elif not self._has_scope:
            place = tr("the Trash") if self._scope.trash else tr("tags")
            text = tr(
                "Notes are not shown in {what}. Choose Everything or a collection.", what=place
            )
            self.stack.show_other(EmptyState("note", tr("Only sources here"), text))
        elif self.find_field.text().strip() or self._type or self.filters.filters:
            show_all = button(tr("Show all notes"), call=self.clear_filter)
            query = self.find_field.text().strip()
            scope_text = (
                tr(" among {plural}", plural=inside(kinds.plural(self._type))) if self._type else ""
            )
            text = (
                tr("No note contains “{sought}”{among}.", sought=query, among=scope_text)
                if query
                else tr("There is nothing{among}.", among=scope_text)
            )
            message = paragraph(text, "muted")
            line = row(None, message, show_all, None, gap=12)
            self.stack.show_other(holder(column(line, None, margins=(16, 24, 16, 24))))
        else:
            start = button(tr("Remember something"), "note", "primary", call=self.focus_line)
            location = (
                tr(" in “{collection}”", collection=self._scope.collection)
                if self._scope.collection
                else ""
            )
            text = tr(
                "Write it in plain words above: what was decided, who does what, where "
                "things are. Answers draw on it along with your sources."
            )
            title = tr("No notes{where} yet", where=location)
            self.stack.show_other(EmptyState("note", title, text, start))

    def clear_filter(self) -> None:
        self.filters.clear()
        super().clear_filter()

    # -- selection ---------------------------------------------------------------------------------

    def _select_requested(self) -> None:
        if self._wanted is not None and self.table.choose(self._wanted):
            self._wanted = None

    def _selection_changed(self) -> None:
        if not self._quiet:
            self._wanted = None
            super()._selection_changed()
            self._offer_tags()

    def _offer_tags(self) -> None:
        """Show an editor for the common tags of several selected rows."""
        selected = self.selected_rows()
        clear(self._tags)
        self.tagging.setVisible(len(selected) > 1)
        if len(selected) > 1:
            existing = {name for row in self._listed for name in row.tags}
            number_label = label(
                tr("{number} selected", number=words.number(len(selected))), "strong"
            )
            editor = TagEditor(self._shelf, selected, sorted(existing))
            ids = [memory.id for memory in selected]
            make = button(tr("Make cards"), call=partial(self.cards_requested.emit, ids))
            line = row(number_label, editor, make, wide=1)
            if all(memory.is_note for memory in selected):
                delete = partial(self._delete, ids)
                line.addWidget(button(tr("Delete"), "trash", call=delete))
            self._tags.addLayout(line)

    # -- changes -----------------------------------------------------------------------------------

    def remember(self, text: str, kind: str) -> None:
        """Save a text as the given kind; Undo removes new facts."""
        collection = self._scope.collection

        def store(library: "Library") -> Remembered:
            if kind == kinds.PERCEIVED:
                result = library.facts.perceive(text, collection=collection)
                rejected = tuple(Left(item.text, item.refused) for item in result.refused)
                return Remembered(result.new, result.known, (*result.left, *rejected))
            if kind == reading.FACT:
                return library.facts.tell(text, collection=collection)
            return library.notes.add(kind, text, collection=collection)

        self._shelf.with_library(
            lambda: self._shelf.act(
                tr("Remember"), store, said=_remembered, done=self._show_remembered
            )
        )

    def _show_remembered(self, result: Remembered, _act: object) -> None:
        ids = result.new or result.known
        self.line.kept(result.left, whole=bool(ids))
        if ids:
            self.select(ids[-1])

    def _strengthen(self, memory: Memory) -> None:
        """Strengthen a fact, so that it ranks before others that match as well."""

        def finish(result: "Strengthened") -> None:
            if result.touched:
                strength = words.Decimal(result.strength)
                text = tr("Strengthened to {strength:.1f}", strength=strength)
                self._shelf.told.emit(text, None)
                self._shelf.marked.emit((), "")

        self._shelf.change(lambda library: library.memory.strengthen([memory.id]), done=finish)

    def _delete(self, ids: Sequence[int]) -> None:
        self._shelf.act(
            tr("Delete Notes"),
            lambda library: library.notes.remove(*ids),
            said=lambda removed: tr("{notes} deleted", notes=words.count(removed, "note")),
        )

    # -- filters, order, entry ---------------------------------------------------------------------

    def _filter(self) -> None:
        filters = self.filters
        requested = (
            self.find_field.text(),
            self._type,
            filters.colour,
            filters.tag,
            filters.source,
        )
        self._rearrange(partial(self.model.filter, *requested))

    def _sort(self, section: int, order: Qt.SortOrder) -> None:
        self._rearrange(partial(self.model.sort, section, order))

    def _rearrange(self, change: Callable[[], None]) -> None:
        retained, picked = self.selected(), self.table.picked_keys()
        self._quiet = True
        change()
        self.table.reselect(*picked)
        self._quiet = False
        if self._more and not self.model.is_newest_first and len(self._listed) < reading.MAX_ROWS:
            self.reload()
        self._show_limit()
        self._show_page()
        if self.table.picked_keys() != picked:
            self._offer_tags()
        if self.selected() != retained:
            self.selection_changed.emit(self.selected())

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._rest.isActive():
            self._rest.stop()
            self._stale = True
