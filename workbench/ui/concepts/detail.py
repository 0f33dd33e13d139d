"""The details of a concept in the Inspector: type, mentions, neighbours.

Activating a neighbour shows it, with a back and forward history.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from operator import attrgetter

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QCompleter, QLabel, QMenu, QToolButton, QWidget

from workbench.errors import WorkbenchError
from workbench.memory.graph.records import (
    Concept,
    ConceptCard,
    ConceptChange,
    Mention,
    Neighbour,
    Saying,
)
from workbench.ui import theme
from workbench.ui.associations.loading import Spot
from workbench.ui.associations.sayings import passage_row
from workbench.ui.components import (
    DetailPane,
    Item,
    PictureOrTable,
    Sign,
    TableModel,
    TableView,
    button,
    clear,
    column,
    drop_list,
    drop_menu,
    error_message,
    field,
    flow,
    holder,
    label,
    on_key,
    paragraph,
    quiet_button,
    row,
    rule,
    show_details,
    table_of,
    ticked,
    tool,
    words,
)
from workbench.ui.components.trail import Trail
from workbench.ui.concepts import kinds, loading
from workbench.ui.concepts.loading import ConceptDetails, Evidence, Part
from workbench.ui.concepts.rows import JOINED, Row, sentence
from workbench.ui.language import inside, tr
from workbench.ui.shelf.shelf import Shelf

#: Columns hidden first when space is short; the accessible sentence still includes them.
_YIELDING = tuple(column.key for column in JOINED[:0:-1])
_MIN_NAME = 130


class ConceptView(TableView[Row]):
    """A table of at most `limit` visible rows, with single selection."""

    def __init__(self, rows: TableModel[Row], name: str, limit: int) -> None:
        self._most = limit
        super().__init__(
            rows, name, hide_order=_YIELDING, min_width=_MIN_NAME, high=28, sortable=True
        )
        self.horizontalHeader().sortIndicatorChanged.connect(self.sort_rows)
        rows.modelReset.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        visible = min(self._most, len(self.rows.rows))
        high = visible * self.verticalHeader().defaultSectionSize()
        return QSize(theme.px(200), self.horizontalHeader().sizeHint().height() + high + 2)

    def minimumSizeHint(self) -> QSize:
        # The Inspector is narrow at 200 %, and would cut everything at its edge.
        return QSize(theme.px(120), self.sizeHint().height())


class MentionsOverTime(PictureOrTable):
    """A line chart of mentions, with its numbers as a table."""

    def __init__(self, parts: Sequence[Part]) -> None:
        from workbench.ui.plots.curves import MentionsPlot

        line = MentionsPlot([part.mentions for part in parts], parts[0].name, parts[-1].name)
        line.describe(in_words(parts))
        table = table_of(
            (label(part.name, "small"), _mentions_label(part)) for part in parts if part.mentions
        )
        super().__init__(line, table, in_words(parts), tr("As a line"))


def in_words(parts: Sequence[Part]) -> str:
    """Describe the chart in a sentence."""
    maximum = max(parts, key=lambda part: part.mentions)
    entire = words.count(sum(part.mentions for part in parts), "mention")
    return tr(
        "{whole} from {name} to {name2}, most in {name3}: {mentions}",
        whole=entire,
        name=parts[0].name,
        name2=parts[-1].name,
        name3=maximum.name,
        mentions=maximum.mentions,
    )


def _mentions_label(part: Part) -> QLabel:
    return label(words.number(part.mentions), "small", name=f"{part.name}: {part.mentions}")


_READING, _EVIDENCE = "concept:card", "concept:saying"
_MAX_MENTIONS = 12  # mentions, newest first
_FORMS = 8
_ROWS = 8


class ConceptDetail(DetailPane):
    """Shows one concept; call `show_concept` first."""

    #: The number of a concept to explore.
    walk_requested = Signal(int)

    def __init__(self, shelf: Shelf) -> None:
        self.back = tool("left", tr("Back"), call=lambda: self.step(-1))
        self.forward = tool("right", tr("Forward"), call=lambda: self.step(1))
        ways = row(self.back, self.forward, None, margins=(12, 8, 12, 0), gap=2)
        super().__init__(tr("Concept"), holder(ways))
        self._shelf = shelf
        self.concept: int | None = None
        self.seen: ConceptDetails | None = None
        self._trail: Trail[int] = Trail()
        self._editing = ""
        self._edit_then = ""
        self._to_table = False
        self.table: ConceptView | None = None
        self._said = column(gap=8)
        for keys, by in (("Alt+Left", -1), ("Alt+Right", 1)):
            on_key(self, keys, partial(self.step, by), include_children=True)
        shelf.facts_changed.connect(self.reload)
        shelf.sources_changed.connect(self.reload)
        shelf.switched.connect(self.forget)

    # -- public API --------------------------------------------------------------------------------

    def show_concept(self, concept: int) -> None:
        """Show a concept and add it to the history."""
        if concept == self.concept:
            return
        self._trail.push(concept)
        self._turn_to(concept)

    def step(self, by: int) -> None:
        """Go back (-1) or forward (1) in the history."""
        concept = self._trail.step(by)
        if concept is not None:
            self._turn_to(concept)

    def forget(self) -> None:
        """Reset after the library was switched."""
        self.concept, self.seen = None, None
        self._trail.clear()
        self._shelf.jobs.cancel(_READING)
        self._shelf.jobs.cancel(_EVIDENCE)

    def reload(self) -> None:
        """Reload if visible."""
        if self.concept is not None and not self.isHidden():
            self._shelf.ask(
                loading.load,
                self.concept,
                None,
                done=self._show_details,
                failed=self._show_error,
                key=_READING,
            )

    def edit(self, field: str) -> None:
        """Open the field for a new name ("rename"), or for the merge target ("merge")."""
        self._editing = field
        self._rebuild()
        line = self.findChild(QWidget, "another")
        if line is not None:
            self._area.ensureWidgetVisible(line)
            line.setFocus()

    def edit_when_seen(self, field: str) -> None:
        """Call `edit` once the requested concept is loaded."""
        if self.seen is not None and self.seen.card.concept.id == self.concept:
            self.edit(field)
        else:
            self._edit_then = field

    # -- loading -----------------------------------------------------------------------------------

    def _turn_to(self, concept: int) -> None:
        self.concept, self._editing, self._edit_then = concept, "", ""
        inside = self.isAncestorOf(focused) if (focused := self.window().focusWidget()) else False
        self._to_table = inside
        self.back.setEnabled(self._trail.has_back)
        self.forward.setEnabled(self._trail.has_forward)
        self.reload()

    def _show_details(self, details: ConceptDetails) -> None:
        if details.card.concept.id != self.concept or details == self.seen:
            return
        same = self.seen is not None and self.seen.card.concept.id == self.concept
        self.seen = details
        selected = self.table.chosen() if same and self.table is not None else None
        at_table = same and self.table is not None and self.table.hasFocus()
        self._rebuild()
        if self.table is not None and (self._to_table or at_table):
            self._to_table = False
            self.table.setFocus()
        if self.table is not None and selected is not None:
            self.table.choose(selected.id)
        if self._edit_then:
            self.edit(self._edit_then)
            self._edit_then = ""

    def _show_error(self, error: WorkbenchError) -> None:
        self.seen = None
        self.table = None
        show_details(self._area, error_message(error))

    # -- widgets -----------------------------------------------------------------------------------

    def _rebuild(self) -> None:
        if self.seen is None:
            return
        show_details(self._area, *self._body(self.seen), top=8)

    def _body(self, details: ConceptDetails) -> list[Item]:
        card = details.card
        concept = card.concept
        name = paragraph(words.short(concept.name, 400), "section", selectable=True)
        head = row(gap=10)
        sign = Sign(kinds.glyph(concept.type), kinds.ink(concept.type), 20)
        head.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(name, 1)
        parts: list[QWidget | int] = [flow(self._type(concept), gap=6)]
        if card.forms:
            also = ", ".join(words.short(form, 60) for form in card.forms[:_FORMS])
            parts.append(paragraph(tr("Also written as {also}", also=also)))
        parts += [self._line(concept, card)] if self._editing else [self._change(concept, card)]
        parts += [6, rule(), 6, *_mentions(card)]
        parts += [6, rule(), 6, *self._neighbours(card)]
        self._said = column(gap=8)
        self._show_mentions(card.history[::-1], details.places, tr("Evidence"))
        parts += [6, rule(), 6, holder(self._said)]
        return [head, *parts]

    def _type(self, concept: Concept) -> QToolButton:
        word = kinds.word(concept.type)
        created = tool(kinds.glyph(concept.type), word, text=True, kind="chip")
        created.setIcon(theme.icon(kinds.glyph(concept.type), kinds.ink(concept.type)))
        created.setAccessibleName(tr("Type: {word}", word=word))
        created.setToolTip(tr("Change the type"))
        menu = QMenu(created)
        for item in kinds.TYPES:
            sign = theme.icon(kinds.glyph(item), kinds.ink(item))
            retype = partial(self.retype, concept, item)
            ticked(menu, kinds.word(item), retype, on=item == concept.type, sign=sign)
        drop_menu(created, menu)
        return created

    def _edit(self, concept: Concept, text: str, said: str, **change: str) -> None:
        """Change a concept, with Undo."""

        def finish(changed: ConceptChange, _act: object) -> None:
            self.show_concept(changed.concept.id)
            self._editing = ""
            self.reload()

        self._shelf.act(
            text,
            lambda library: library.graph.change(concept.id, **change),
            said=said,
            done=finish,
        )

    def retype(self, concept: Concept, type: str) -> None:
        """Change the type of a concept."""
        name, word = concept.name, inside(kinds.word(type))
        if type != concept.type:
            said = tr("“{name}” is now of type {word}", name=name, word=word)
            self._edit(concept, tr("Type of “{name}”", name=name), said, type=type)

    def _split_off(self, concept: Concept, form: str) -> None:
        said = tr("“{form}” is a concept of its own", form=form)
        self._edit(concept, tr("Split “{form}” off", form=form), said, form=form)

    def _change(self, concept: Concept, card: ConceptCard) -> QWidget:
        rename, merge = quiet_button(tr("Rename")), quiet_button(tr("Merge…"))
        rename.clicked.connect(partial(self.edit, "rename"))
        merge.clicked.connect(partial(self.edit, "merge"))
        merge.setToolTip(tr("Merge this with another concept"))
        buttons: list[QWidget] = [rename, merge]
        if card.forms:
            buttons.append(self._split(concept, card))
        walk = quiet_button(
            tr("Show in Explore"), call=lambda: self.walk_requested.emit(concept.id)
        )
        return flow(*buttons, walk, gap=12)

    def _split(self, concept: Concept, card: ConceptCard) -> QWidget:
        """A menu of spellings to split off as concepts."""
        split = quiet_button(tr("Split…"), tip=tr("Split one spelling off as a concept of its own"))
        menu = QMenu(split)
        for form in card.forms[:_FORMS]:
            text = words.short(form, 60).replace("&", "&&")
            menu.addAction(text, partial(self._split_off, concept, form))
        split.clicked.connect(lambda: menu.popup(split.mapToGlobal(split.rect().bottomLeft())))
        return split

    def _line(self, concept: Concept, card: ConceptCard) -> QWidget:
        """The field for a new name or a merge target."""
        merging = self._editing == "merge"
        line = field(tr("The concept that this is") if merging else tr("Another name"),
                     tr("Merge into") if merging else tr("Name of the concept"))  # fmt: skip
        line.setObjectName("another")
        line.setMaxLength(120)
        if merging:
            names = [
                neighbour.name for neighbour in card.neighbours if neighbour.type == concept.type
            ]
            completer = QCompleter([*names, *card.forms], line)
            drop_list(completer, tr("Related concepts"))
            line.setCompleter(completer)
        else:
            line.setText(concept.name)
            line.selectAll()

        def submit() -> None:
            typed = " ".join(line.text().split())
            if not typed or typed == concept.name:
                self.edit("")
            elif merging:
                said = tr("“{name}” is now “{into}”", name=concept.name, into=typed)
                self._edit(concept, tr("Merge “{name}”", name=concept.name), said, into=typed)
            else:
                said = tr("Now called “{name}”", name=typed)
                self._edit(concept, tr("Rename “{name}”", name=concept.name), said, name=typed)

        completed = button(tr("Merge") if merging else tr("Rename"), call=submit)
        leave = quiet_button(tr("Cancel"), call=partial(self.edit, ""))
        line.returnPressed.connect(submit)
        on_key(line, Qt.Key.Key_Escape, partial(self.edit, ""))
        return holder(column(line, row(completed, leave, None), gap=6))

    def _neighbours(self, card: ConceptCard) -> list[QWidget | int]:
        if not card.neighbours:
            self.table = None
            return [label(tr("Associated with"), "head"), label(tr("Nothing yet."), "small")]
        rows: TableModel[Row] = TableModel(JOINED, sentence, self, key=attrgetter("id"))
        rows.show_rows(card.neighbours)
        name = tr("Associated with {name}", name=words.short(card.concept.name, 60))
        self.table = ConceptView(rows, name, _ROWS)
        rows.setParent(self.table)
        self.table.opened.connect(lambda row: self.show_concept(row.id))
        self.table.selectionModel().selectionChanged.connect(self._load_evidence)
        hint = paragraph(tr("Double-click to follow."), "caption")
        return [label(tr("Associated with"), "head"), self.table, hint]

    # -- evidence ----------------------------------------------------------------------------------

    def _load_evidence(self) -> None:
        selected = self.table.chosen() if self.table is not None else None
        if isinstance(selected, Neighbour) and self.concept is not None:
            ends = (self.concept, selected.kind, selected.id)
            head, kind, tail = ends if selected.outgoing else ends[::-1]
            title = tr("Connection with {name}", name=words.short(selected.name, 60))
            self._shelf.ask(
                *(loading.evidence, head, kind, tail, None),
                done=partial(self._show_evidence, self.concept, title), key=_EVIDENCE,
            )  # fmt: skip

    def _show_evidence(self, concept: int, title: str, evidence: Evidence) -> None:
        if concept == self.concept:
            self._show_mentions(*evidence, title)

    def _show_mentions(
        self, mentions: Sequence[Mention | Saying], places: Mapping[int, Spot], title: str
    ) -> None:
        clear(self._said)
        self._said.addWidget(paragraph(title, "head"))
        for item in mentions[:_MAX_MENTIONS]:
            self._said.addWidget(passage_row(item, places.get(item.engram), self._shelf.wanted))
        for rest in words.and_more(len(mentions) - _MAX_MENTIONS):
            self._said.addWidget(rest)
        if not mentions:
            self._said.addWidget(paragraph(tr("No longer mentioned.")))


def _mentions(card: ConceptCard) -> list[QWidget | int]:
    concept, parts = card.concept, loading.histogram(card.history)
    total = words.count(concept.mentions, "mention")
    created: list[QWidget | int] = [row_of(tr("Mentions"), total)]
    if parts:
        if len(card.history) < concept.mentions:
            newest = tr("Newest {history}:", history=words.number(len(card.history)))
            created.append(label(newest, "caption"))
        created.append(MentionsOverTime(parts))
    elif concept.last is not None:
        created.append(paragraph(tr("All from {last}.", last=words.day(concept.last, year=True))))
    return created


def row_of(head: str, value: str) -> QWidget:
    """A heading with a value at the other end."""
    return holder(row(label(head, "head"), None, label(value, "caption")))
