"""The Inspector: details of sources, memories, concepts, or evidence."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QMenu, QPushButton, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from ingest.media.remarks import is_remark, lacks_model
from workbench.intake.accounting import Account, in_words
from workbench.memory.graph.records import Concept
from workbench.recall.records import Evidence
from workbench.recall.wording import time_words
from workbench.store.records import CollectionRow, SourceRow
from workbench.ui import theme
from workbench.ui.activity.panel import LockedFiles
from workbench.ui.ask.evidence_cards import TIERS
from workbench.ui.ask.quote import QuoteText, Span
from workbench.ui.ask.wording import open_words, place_words
from workbench.ui.components import (
    Item,
    Sign,
    button,
    clear,
    column,
    delayed,
    drop_menu,
    error_message,
    fill,
    flow,
    headed,
    holder,
    label,
    message,
    paragraph,
    quiet_button,
    row,
    rule,
    scroll,
    show_details,
    tool,
    words,
)
from workbench.ui.concepts.detail import ConceptDetail
from workbench.ui.concepts.rows import concept_chips
from workbench.ui.inspector.chips import TagEditor, collection_chips
from workbench.ui.inspector.details_form import DetailsForm
from workbench.ui.inspector.nearby import SeeAlso, Selection
from workbench.ui.inspector.pairs import pairs
from workbench.ui.language import known, tr
from workbench.ui.library import source_types
from workbench.ui.memories.detail import MemoryDetail
from workbench.ui.memories.rows import Memory
from workbench.ui.shelf.originals import Originals, has_file, link
from workbench.ui.shelf.shelf import Shelf
from workbench.ui.strength.place import StrengthPlace, Strong

if TYPE_CHECKING:
    from workbench.library.options import SourceDetails

_MAX_TITLES = 50
_MAX_CHARACTERS = 4000  # of a sentence or memory
_LOOKUP = "inspector:look-up"
_CONCEPTS, _ACCOUNT, _FORMS = "inspector:named", "inspector:counted", "inspector:forms"
#: Page references in notices.
_PAGE = re.compile(r"\b[Pp]ages? (\d{1,6})\b")


@dataclass(frozen=True, slots=True)
class Engram:
    """A selected engram; `title` is that of its source, "" for a memory.

    `selected` are the engrams selected together with it.
    """

    id: int
    title: str = ""
    selected: tuple[int, ...] = ()


class InspectorPanel(QWidget):
    """Shows details of the selection, or a placeholder."""

    open_requested = Signal(int)
    evidence_requested = Signal(object)
    indexed_requested = Signal()
    #: (id, title) of a source to introduce, with questions it answers.
    overview_requested = Signal(int, str)
    new_collection_requested = Signal(object)
    #: A request for the speech models, to transcribe a recording.
    models_requested = Signal()
    locate_requested = Signal(object)
    delete_requested = Signal(object)
    #: The id of a sentence to review.
    keep_requested = Signal(int)
    #: A form that was opened or edited.
    form_edited = Signal(object)
    #: (source, page number) to show.
    page_requested = Signal(int, int)

    def __init__(self, shelf: Shelf, originals: Originals) -> None:
        super().__init__()
        self._shelf, self._originals = shelf, originals
        self._sources: Sequence[SourceRow] = ()
        self._evidence: Evidence | None = None
        self._engram: Engram | None = None
        self._cited: Sequence[Span] = ()
        self._shown: object = None
        self.tags: TagEditor | None = None
        self._area: QScrollArea = scroll(QWidget(), tr("Inspector"))
        self.detail = MemoryDetail(shelf)
        self.concept = ConceptDetail(shelf)
        #: The open form; it is kept while something else is shown.
        self.form: DetailsForm | None = None
        self._form_area: QScrollArea = scroll(QWidget(), tr("Edit details"))
        self._parts = self._area, self.detail, self.concept, self._form_area
        self._postponed = False
        self._named = column()
        self._counted = column()
        #: The strength of the visible evidence, sentence or memory.
        self.strength: StrengthPlace | None = None
        #: Passages related to the visible evidence, sentence or source.
        self.also: SeeAlso | None = None
        fill(self, column(*self._parts), "canvas", tr("Inspector"))
        self._show_part(self._area)
        shelf.collections_changed.connect(self._collections_changed)
        originals.changed.connect(self._collections_changed)
        theme.render(self, self._rebuild)

    def showEvent(self, event: QShowEvent) -> None:
        """Show what was selected while the panel was hidden."""
        super().showEvent(event)
        self._render()

    def show_sources(self, sources: Sequence[SourceRow]) -> None:
        """Show the details of sources."""
        self._sources, self._evidence, self._engram = tuple(sources), None, None
        self._show_part(self._area if not self._edits(sources) else self._form_area)

    def edit_details(self) -> None:
        """Edit the details of the selected sources, resuming an unfinished form."""
        if not self._sources or any(source.trashed is not None for source in self._sources):
            return
        if self.form is None or not self._same(self._sources):
            self.form = form = DetailsForm(self._sources)
            form.saved.connect(partial(self.save_details, [row.id for row in form.sources]))
            form.cancelled.connect(self.end_details)
            form.postponed.connect(self._postpone)
            form.lookup_requested.connect(partial(self._request_lookup, form))
            pause = delayed(form, lambda: self.form_edited.emit(form), 300)
            form.edited.connect(pause.start)
            pause.start()
            self._form_area.setWidget(holder(column(form, None), "canvas"))
        self._postponed = False
        self._show_part(self._form_area)
        self.form.start()

    def _request_lookup(self, form: DetailsForm, identifier: str, send: bool) -> None:
        """Show the request of a look-up, or with `send` make it."""
        self._shelf.ask(
            lambda library, cancel: library.sources.look_up(identifier, send=send, cancel=cancel),
            done=partial(form.show_lookup, identifier), failed=form.show_trouble, key=_LOOKUP,
        )  # fmt: skip

    def end_details(self) -> None:
        """Close the form."""
        self.form = None
        self._form_area.setWidget(QWidget())
        self._shown = None
        self._show_part(self._area)

    def save_details(self, ids: Sequence[int], changes: "SourceDetails") -> None:
        """Save details of sources, with Undo."""
        text = tr("{sources} changed", sources=words.count(len(ids), "source"))
        self._shelf.act(
            tr("Edit Details"),
            lambda library: library.sources.edit(ids, changes),
            said=tr("Details saved") if len(ids) == 1 else text,
            done=lambda _rows, _act: self.end_details(),
        )

    def _postpone(self) -> None:
        self._postponed = True
        self._show_part(self._area)
        self._shelf.told.emit(tr("What you typed is kept until you come back"), None)

    def _edits(self, sources: Sequence[SourceRow]) -> bool:
        return self.form is not None and not self._postponed and self._same(sources)

    def _same(self, sources: Sequence[SourceRow]) -> bool:
        """Whether the form is for these sources."""
        ids = {row.id for row in self.form.sources} if self.form is not None else set[int]()
        return ids == {row.id for row in sources}

    def show_memory(self, memory: Memory) -> None:
        """Show a fact or a note."""
        self.detail.show_memory(memory)
        self._show_detail(self.detail)

    def show_concept(self, concept: int) -> None:
        """Show the details of a concept."""
        self._show_detail(self.concept)
        self.concept.show_concept(concept)
        self.concept.reload()

    def show_engram(self, engram: Engram) -> None:
        """Show a sentence or a memory with its strength."""
        same = engram == self._engram
        self._sources, self._evidence, self._engram = (), None, engram
        self._show_part(self._area)
        if same:
            self.look_again()

    def look_again(self) -> None:
        """Reload the strength of what is shown."""
        self.detail.look()
        if self.strength is not None and isValid(self.strength):
            self.strength.reload()

    def _show_detail(self, part: QWidget) -> None:
        self._sources, self._evidence, self._engram = (), None, None
        self._show_part(part)

    def _show_part(self, part: QWidget) -> None:
        for item in self._parts:
            item.setVisible(item is part)
        self._render()

    def show_evidence(self, evidence: Evidence | None, cited: Sequence[Span] = ()) -> None:
        """Show evidence; None returns to the selection.

        `cited` are the spans of its quote that the answer cites.
        """
        self._evidence, self._cited, self._engram = evidence, cited, None
        self._show_part(self._area)

    def _collections_changed(self) -> None:
        if self._sources and self._evidence is None:
            self._render()

    def _render(self) -> None:
        """Rebuild only on changes, since the queue reloads often."""
        if not self.isVisible():
            return
        names = tuple(item.name for item in self._shelf.collections)
        tags = tuple(item.name for item in self._shelf.tags)
        missing = self._originals.missing, tuple(self._originals.troubles.items())
        visited = (
            self._sources, self._evidence, self._engram, self._cited, names, tags, missing,
        )  # fmt: skip
        if visited != self._shown:
            self._shown = visited
            self._rebuild()

    def _rebuild(self) -> None:
        previous, self.tags = self.tags, None
        typing = previous is not None and previous.field.hasFocus()
        draft = (previous.rows, previous.field.text()) if previous is not None else None
        body: list[Item]
        if self._evidence is not None:
            body = self._evidence_body(self._evidence)
        elif self._engram is not None:
            body = self._engram_body(self._engram)
        elif len(self._sources) == 1:
            body = self._source_body(self._sources[0])
        elif self._sources:
            body = self._sources_body(self._sources)
        else:
            body = [label(tr("Nothing is selected."), "small")]
        shown = tr("Statement") if self._engram is not None else tr("Inspector")
        self._area.setAccessibleName(shown)
        show_details(self._area, *body)
        if draft is not None:
            self._go_on(*draft, typing=typing)

    def _go_on(self, sources: Sequence[int], text: str, *, typing: bool) -> None:
        """Restore text and focus of the tag field after a rebuild."""
        if self.tags is not None and self.tags.rows == sources:
            self.tags.field.setText(text)
            if typing:
                self.tags.field.setFocus()

    # -- one source --------------------------------------------------------------------------------

    def _source_body(self, source: SourceRow) -> list[Item]:
        head = row(gap=10)
        head.addWidget(Sign(source_types.glyph(source), "accent", 20), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(paragraph(source.title, "section", selectable=True), 1)
        missing = source.id in self._originals.missing
        self._counted = column()
        self._count(source)
        parts: list[QWidget | int] = [
            2, pairs(_source_facts(source, missing=missing)), holder(self._counted), 4,
            *self._labels((source,)),
        ]  # fmt: skip
        if missing:
            parts += [6, rule(), 6, self._missing_original(source)]
        places = {source.path, *source.locations}
        parts.append(LockedFiles(self._shelf, lambda row: row.path in places))
        troubles = [notice for notice in source.notices if not is_remark(notice)]
        if troubles:
            parts += headed(tr("Needs attention"))
            parts += [
                message("warn", notice, "", *self._page_button(source, notice))
                for notice in troubles
            ]
        remarks = [notice for notice in source.notices if is_remark(notice)]
        if remarks:
            parts += headed(tr("How it was read"))
            parts += [paragraph(known(notice)) for notice in remarks]
        parts += [6, rule(), 6]
        if source.trashed is not None:
            restore = button(tr("Restore"), "undo", call=lambda: self._shelf.restore((source.id,)))
            delete = partial(self.delete_requested.emit, (source,))
            actions = row(flow(restore, quiet_button(tr("Delete for good…"), call=delete)))
        else:
            overview = partial(self.overview_requested.emit, source.id, source.title)
            buttons = [
                button(tr("Open"), "reader", call=lambda: self.open_requested.emit(source.id)),
                quiet_button(
                    tr("Edit details"), tip=tr("Edit details (F2)"), call=self.edit_details
                ),
                quiet_button(tr("Overview and questions"), "ask", call=overview),
                quiet_button(tr("Indexed text"), call=self.indexed_requested),
                *self._original_buttons(source),
            ]
            if source.id in {row.id for row in self._shelf.sample}:
                buttons.append(
                    quiet_button(
                        tr("Remove the sample"),
                        tip=tr("Moves it to the Trash (Undo brings it back)"),
                        call=self._shelf.remove_sample,
                    )
                )
            actions = row(flow(*buttons))
        similar = self._similar_part(Selection(source=source.id)) if source.trashed is None else []
        return [head, *parts, actions, *similar]

    def _count(self, source: SourceRow) -> None:
        """Load the length of a source's text."""
        if source.verified is not None:
            ask, place = self._shelf.ask, self._counted
            show = partial(self._show_account, source, place)
            ask(lambda library: library.sources.account(source.id), done=show, key=_ACCOUNT)
            offer = partial(self._offer_as_one, source, place)
            ask(lambda library: library.sources.forms(source.id), done=offer, key=_FORMS)

    def _show_account(self, source: SourceRow, place: QVBoxLayout, read: Account) -> None:
        if place is self._counted and isValid(place):
            if read.empty_pages:
                place.insertWidget(0, self._shows_page(source, read.empty_pages[0]))
            place.insertWidget(0, pairs([(tr("Length"), in_words(read))]))

    def _offer_as_one(
        self, source: SourceRow, place: QVBoxLayout, forms: Sequence[SourceRow]
    ) -> None:
        """Ask whether a source and what looks like the same work count as one."""
        undecided = [row.id for row in forms[1:] if "same_work" not in row.metadata]
        if not undecided or place is not self._counted or not isValid(place):
            return

        def decide(text: str, answer: str) -> None:
            from workbench.library.options import SourceDetails

            self._shelf.act(
                text,
                lambda library: library.sources.edit(undecided, SourceDetails(same_work=answer)),
                show=lambda _applied: self._rebuild(),
            )

        others = [
            tr("“{title}” ({kind})", title=row.title, kind=source_types.type_word(row.kind))
            for row in forms
            if row.id != source.id
        ]
        answers = ((tr("Count as One"), "yes"), (tr("Keep Apart"), "no"))
        place.addWidget(
            message(
                "info",
                tr("This looks like the same work as {others}.", others=words.names(others)),
                tr("Explore counts them once unless you keep them apart."),
                *(quiet_button(text, call=partial(decide, text, value)) for text, value in answers),
            )
        )

    def _page_button(self, source: SourceRow, notice: str) -> list[QPushButton]:
        """A button for the first page that a notice mentions, or for a missing speech model."""
        if lacks_model(notice):
            return [quiet_button(tr("Speech models…"), call=self.models_requested)]
        match = _PAGE.search(notice)
        return [self._shows_page(source, int(match[1]))] if match and source.pages else []

    def _shows_page(self, source: SourceRow, number: int) -> QPushButton:
        return quiet_button(
            tr("Show page {number}", number=number),
            call=lambda: self.page_requested.emit(source.id, number),
        )

    def _missing_original(self, source: SourceRow) -> QWidget:
        """A message about a missing original, or about a file that does not match it."""
        find = button(tr("Locate…"), "search", call=lambda: self.locate_requested.emit(source))
        problem = self._originals.troubles.get(source.id)
        if problem is not None:
            return error_message(problem, find)
        reason = tr("The file has moved. Its text is kept, so you can still ask about it.")
        return message("warn", tr("Original missing"), reason, find)

    def _original_buttons(self, source: SourceRow) -> list[QPushButton]:
        created = []
        if has_file(source) and source.id not in self._originals.missing:
            show = partial(self._originals.show_in_folder, source)
            created.append(quiet_button(tr("Show in folder"), call=show))
        if link(source) is not None:
            browse = partial(self._originals.open_in_browser, source)
            created.append(quiet_button(tr("Open in browser"), tip=str(link(source)), call=browse))
        return created

    def _labels(self, sources: Sequence[SourceRow]) -> list[QWidget]:
        """Collections and tags; those of sources in the Trash cannot be edited."""
        chips: list[QWidget] = list(collection_chips(self._shelf, sources))
        if any(source.trashed is not None for source in sources):
            for chip in chips:
                chip.setEnabled(False)
            return [flow(*chips, gap=6)] if chips else []
        add = tool(
            "add", tr("Add to a collection"), text=not chips, kind="chip" if not chips else ""
        )
        drop_menu(add, self.collection_menu(sources, self._shelf.collections, add))
        self.tags = TagEditor(self._shelf, sources, [tag.name for tag in self._shelf.tags])
        return [flow(*chips, add, gap=6), self.tags]

    def focus_tags(self) -> None:
        """Focus the field that adds tags, if there is one."""
        if self.tags is not None:
            self._area.ensureWidgetVisible(self.tags)
            self.tags.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def collection_menu(
        self, sources: Sequence[SourceRow], collections: Sequence[CollectionRow], parent: QWidget
    ) -> QMenu:
        """The menu of collections to add these sources to."""
        menu = QMenu(parent)
        ids = tuple(source.id for source in sources)
        for collection in collections:
            if all(collection.name in source.collections for source in sources):
                continue
            menu.addAction(
                theme.icon("folder"),
                collection.name.replace("&", "&&"),
                partial(self._shelf.assign, ids, collection.name),
            )
        if menu.actions():
            menu.addSeparator()
        menu.addAction(
            theme.icon("add"),
            tr("New collection…"),
            partial(self.new_collection_requested.emit, ids),
        )
        return menu

    # -- several sources ---------------------------------------------------------------------------

    def _sources_body(self, sources: Sequence[SourceRow]) -> list[Item]:
        facts = [
            (tr("Contain"), words.count(sum(s.passages for s in sources), "passage")),
            (tr("Size"), words.size(sum(s.size for s in sources))),
        ]
        listing: list[QWidget] = [paragraph(source.title) for source in sources[:_MAX_TITLES]]
        listing += words.and_more(len(sources) - _MAX_TITLES)
        edit = quiet_button(tr("Edit details"), call=self.edit_details)
        edit.setEnabled(all(source.trashed is None for source in sources))
        return [
            label(words.count(len(sources), "source"), "section"), pairs(facts),
            *self._labels(sources), holder(row(edit, None)), 6, rule(), 6, *listing,
        ]  # fmt: skip

    # -- evidence ----------------------------------------------------------------------------------

    def _evidence_body(self, evidence: Evidence) -> list[Item]:
        head = row(
            Sign("quote", "accent", 20), label(tr("Evidence {n}", n=evidence.n), "section"), None,
            label(words.percent(evidence.score), "muted"),
        )  # fmt: skip
        show = partial(self.evidence_requested.emit, evidence)
        cause = [
            (word, words.percent(evidence.tiers[tier]))
            for tier, word in TIERS
            if evidence.tiers.get(tier, 0) > 0
        ]
        self._named = column(gap=6)
        self._name_concepts(evidence)
        self.strength = StrengthPlace(self._shelf, evidence.engram)
        return [
            head,
            paragraph(evidence.source.title, "strong"),
            paragraph(place_words(evidence.locator, evidence.source)),
            4,
            label(tr("In context"), "head"),
            _in_place(evidence, self._cited),
            flow(
                quiet_button(open_words(evidence.locator, evidence.source.kind), call=show),
                quiet_button(
                    tr("Keep for review"),
                    tip=tr("Appears in Today when it is due"),
                    call=lambda: self.keep_requested.emit(evidence.engram),
                ),
                gap=12,
            ),
            *headed(tr("Why this?")),
            *([pairs(cause)] if len(cause) > 1 else []),
            *map(paragraph, map(known, evidence.reasons)),
            *headed(tr("Strength"), self.strength),
            *self._similar_part(Selection(evidence.engrams or (evidence.engram,))),
            self._named,
        ]

    # -- a sentence or a memory --------------------------------------------------------------------

    def _engram_body(self, engram: Engram) -> list[Item]:
        read = bool(engram.title)
        head = row(
            Sign("quote" if read else "note", "accent", 20),
            label(tr("Sentence") if read else tr("Memory"), "section"), None, gap=10,
        )  # fmt: skip
        said = column(gap=4)

        def show(strong: Strong) -> None:
            clear(said)
            text = " ".join(words.short(strong.strength.text, _MAX_CHARACTERS).split())
            said.addWidget(QuoteText(text, size="body") if read else paragraph(text, ""))
            said.addWidget(paragraph(engram.title or tr("You said")))

        self.strength = StrengthPlace(self._shelf, engram.id, on_read=show)
        selection = Selection((engram.id, *engram.selected))
        return [
            head, said, *headed(tr("Strength"), self.strength),
            *(self._similar_part(selection) if read else []),
        ]  # fmt: skip

    def _similar_part(self, selection: Selection) -> list[QWidget | int]:
        """The section of related passages."""
        self.also = SeeAlso(self._shelf, selection, self.also)
        return headed(tr("See also"), self.also)

    def _name_concepts(self, evidence: Evidence) -> None:
        """Load the concepts mentioned in the quote."""
        engrams = evidence.engrams or (evidence.engram,)
        self._shelf.ask(
            lambda library: library.graph.concepts(of=engrams, limit=12),
            done=partial(self._show_concepts, evidence), key=_CONCEPTS,
        )  # fmt: skip

    def _show_concepts(self, evidence: Evidence, concepts: list[Concept]) -> None:
        if concepts and evidence is self._evidence:
            chips = concept_chips(concepts, self._shelf.wanted.concept.emit)
            for part in (rule(), label(tr("Concepts"), "head"), chips):
                self._named.addWidget(part)


def _in_place(evidence: Evidence, cited: Sequence[Span]) -> QuoteText:
    """The quote in context: cited words marked, the rest of it underlined."""
    previous = f"… {evidence.before} " if evidence.before else ""
    after = f" {evidence.after} …" if evidence.after else ""
    span = (len(previous), len(previous) + len(evidence.quote))
    marks = [(span[0] + start, span[0] + end) for start, end in cited]
    return QuoteText(f"{previous}{evidence.quote}{after}", marks, "body", underlined=(span,))


def _source_facts(source: SourceRow, *, missing: bool) -> list[tuple[str, str]]:
    kind = [source_types.type_word(source.kind)]
    if source.pages:
        kind.append(words.count(source.pages, "page"))
    if source.metadata.get("seconds"):
        kind.append(time_words(float(source.metadata["seconds"])))
    if source.language:
        kind.append(words.language(source.language))
    extent = (
        f"{words.count(source.passages, 'passage')}, {words.count(source.engrams, 'statement')}"
    )
    locations = [
        words.home_short(path) for path in source.locations or (source.path or "",) if path
    ]
    facts = [
        (tr("Author"), source.author),
        (tr("Kind"), ", ".join(kind)),
        (tr("Date"), words.date(source.date)),
        (tr("Published in"), source.metadata.get("venue", "")),
        (tr("DOI"), source.metadata.get("doi", "")),
        (tr("Added"), words.day(source.added, year=True)),
        (tr("Contains"), extent),
        (tr("State"), source_types.state(source, missing=missing).word),
        (tr("Size"), words.size(source.size) if source.size else ""),
        (
            tr("Place") if len(locations) < 2 else tr("Places"),
            "\n".join(locations) or tr("Only in the library"),
        ),
        (
            tr("In the trash"),
            "" if source.trashed is None
            else tr("since {trashed}", trashed=words.day(source.trashed)),
        ),
    ]  # fmt: skip
    return [(name, value) for name, value in facts if value]
