"""The result of a question: heading (“Answer”, “May answer”), answer and evidence.

A result is built once from an `Answer`; another answer gets a new one.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QBoxLayout, QMenu, QWidget

from workbench.errors import WorkbenchError
from workbench.jobs import Cancel
from workbench.memory.facts.records import Value
from workbench.recall.records import Answer, Evidence
from workbench.recall.wording import markdown, rich_text
from workbench.ui import theme
from workbench.ui.ask.answer_view import WRITTEN, AnswerView, DraftView, ModeSwitch, unfinished
from workbench.ui.ask.brain_link import AssociationPart
from workbench.ui.ask.cited import cited_spans
from workbench.ui.ask.evidence_cards import EvidenceCard, EvidenceList
from workbench.ui.ask.fact_card import StatementCard
from workbench.ui.ask.quote import Span
from workbench.ui.ask.wording import (
    coverage_words,
    displayed_evidence,
    heading_of,
    place_words,
    reads_right_to_left,
    title_of,
)
from workbench.ui.components import (
    button,
    chip,
    clear,
    column,
    count,
    error_message,
    holder,
    label,
    lines,
    message,
    paragraph,
    quiet_button,
    row,
    short,
    words,
)
from workbench.ui.inspector.nearby import SimilarPicture, picture_card, render
from workbench.ui.jobs import Jobs
from workbench.ui.language import known, tr
from workbench.ui.shelf.wanted import Wanted

if TYPE_CHECKING:
    from workbench.library import Library


_MAX_PICTURES, _JOB = 4, "ask:pictures"


class PictureSearch(QWidget):
    """A button that finds pictures similar to the question."""

    def __init__(
        self,
        jobs: Jobs,
        library: "Library",
        question: str,
        read: Callable[[int, int, int], object],
    ) -> None:
        """`read` opens a source at (source, start, end)."""
        super().__init__()
        self._jobs, self._library, self._question, self._read = jobs, library, question, read
        #: The pictures found; None before the search.
        self.found: tuple[SimilarPicture, ...] | None = None
        self.press = button(
            tr("Look in pictures"),
            "image",
            call=self.search,
            tip=tr("Finds pictures and figures that show what you asked about"),
        )
        self._box = column(gap=6)
        self.setLayout(column(10, row(self.press, None), self._box, gap=6))

    def search(self) -> None:
        """Search on a worker."""
        self.press.setEnabled(False)
        self._show_text(tr("Looking…"))
        self._jobs.run(
            partial(_find, self._library, self._question),
            done=self._show_pictures, failed=self._failed, key=_JOB,
        )  # fmt: skip

    def _show_pictures(self, pictures: tuple[SimilarPicture, ...]) -> None:
        self.found = pictures
        self.press.hide()
        if not pictures:
            self._show_text(tr("The image model hasn't looked at any picture yet."))
            return
        clear(self._box)
        self._box.addWidget(label(tr("Pictures that match the question"), "head"))
        for item in pictures:
            self._box.addWidget(picture_card(item, self._read))

    def _failed(self, error: WorkbenchError) -> None:
        self.press.setEnabled(True)
        clear(self._box)
        self._box.addWidget(error_message(error))

    def _show_text(self, text: str) -> None:
        clear(self._box)
        self._box.addWidget(paragraph(text, "caption"))


def _find(library: "Library", question: str, cancel: Cancel) -> tuple[SimilarPicture, ...]:
    return render(library, library.sources.pictures(question, limit=_MAX_PICTURES), cancel)


_POSSIBLE, _CLOSEST = tr("May answer"), tr("Closest passages")
_RELATED = tr("Related to your question, but perhaps not an answer")
_MODES = {
    "quotes": tr("Answer"),
    "written": tr("Written"),
    "none": tr("No sources in this collection"),
}
_CONTEXT = 220
_NAME = 32  # characters of a model's name
_SUBJECT = 40  # characters of a follow-up's subject
_LEFT = Qt.AlignmentFlag.AlignLeft


@dataclass(frozen=True, slots=True)
class Writing:
    """The generated part of a result: switch, draft, and message about problems."""

    switch: ModeSwitch | None = None
    draft: DraftView | None = None
    note: QWidget | None = None


class Result(QWidget):
    """One answer with its evidence, from the question to the last card."""

    #: A request to ask the question of everything.
    widen = Signal()
    #: A request to save the line as a note instead.
    save_requested = Signal()
    #: The subject to ask about, "" for the literal question.
    subject_selected = Signal(str)
    #: A request to export the answer.
    export = Signal()
    #: A request for the differences between sources.
    compare = Signal()

    def __init__(
        self,
        answer: Answer,
        authors: Mapping[int, str],
        requests: Wanted,
        *,
        tellable: bool = False,
        writing: Writing | None = None,
        unread: str = "",
    ) -> None:
        """`authors` are those of the quoted sources, by id.

        `tellable`: the line is not a question and may be saved instead. `writing` is the generated
        part, if any. `unread` replaces the verdict while the passages are not read.
        """
        super().__init__()
        self.answer, self._wanted = answer, requests
        self._writing = writing or Writing()
        self.ways = self._writing.switch
        self._tellable, self._unread = tellable, unread
        self._authors = authors
        title = self.title = title_of(answer.question, heading_of(answer.question), "page")
        title.setAccessibleName(title.text())
        only_statement = answer.told is not None and not answer.evidence
        possible = answer.possible and answer.mode == "quotes"
        mode_text = unread or (_POSSIBLE if possible else _MODES.get(answer.mode, answer.mode))
        self.mode = label(
            tr("From your notes") if only_statement else mode_text,
            "head",
            tip=tr("Your own notes, word for word")
            if only_statement
            else _RELATED
            if possible
            else tr("Quoted word for word; no model is involved"),
        )
        # Two labels, so that they can wrap.
        coverage, sources = coverage_words(answer.coverage, len(displayed_evidence(answer)))
        self.coverage, self.sources = label(coverage, "small"), label(sources, "small")
        for part in (self.coverage, self.sources):
            part.setToolTip(tr("Passages quoted, of all that were searched"))
        self.answer_view: AnswerView | None = None
        self.value = paragraph(
            "" if unread or answer.possible else answer.value or "",
            "display",
            selectable=True,
            name=tr("Answer: {value}", value=answer.value) if answer.value else "",
        )
        # A date has no direction of its own: align it with the answer.
        speech = " ".join([*(sentence.text for sentence in answer.sentences), answer.value or ""])
        side = Qt.AlignmentFlag.AlignRight if reads_right_to_left(speech) else _LEFT
        self.value.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute)
        self.told: StatementCard | None = None
        self.thought: AssociationPart | None = None
        self.evidence = EvidenceList(answer, authors, requests)
        parts: list[QWidget | int | None] = [title, 2, self._header(), 8]
        parts += self._abstention() if answer.abstained else self._answer_parts()
        parts.append(None)
        self.setLayout(column(*parts))
        #: The evidence selected initially: that of the first sentence.
        numbers = [item.n for item in displayed_evidence(answer)]
        cited = (n for item in answer.sentences for n in item.citations if n in numbers)
        self.first = next(cited, numbers[0] if numbers else 0)
        self.evidence.choose(self.first)

    @property
    def card(self) -> EvidenceCard | None:
        """The card of the selected evidence."""
        return self.evidence.card(self.evidence.current)

    # -- parts -----------------------------------------------------------------------------------

    def _header(self) -> QWidget:
        scope = self.answer.scope.get("collection")
        parts: list[QWidget] = []
        if self.answer.about:
            parts.append(self._subject())
        if isinstance(scope, str) and scope:
            limited = chip(scope, "folder", checkable=False)
            limited.setEnabled(False)
            limited.setAccessibleName(tr("Asked in {scope}", scope=scope))
            parts.append(limited)
        if self._writing.switch is not None or not self.answer.abstained:
            parts.append(self._writing.switch or self.mode)
        if self.answer.evidence:
            parts += [self.coverage, self.sources]
        if self.answer.mode == "written":
            wrote = label(_wrote(self.answer), "caption", tip=tr("From the question to the answer"))
            parts.append(wrote)
        return lines(parts)

    def _subject(self) -> QWidget:
        """The chip of a follow-up's subject, with a menu of alternatives."""
        subject = self.answer.about
        visible = chip(
            tr("about {about}", about=short(subject, _SUBJECT)),
            "ask",
            checkable=False,
            name=tr("About {about}", about=subject),
        )
        visible.setToolTip(
            tr(
                "Asked as “{asked_as}”. Click to change",
                asked_as=self.answer.asked_as or self.answer.question,
            )
        )
        visible.clicked.connect(lambda: self._choose_subject(visible))
        return visible

    def subject_menu(self) -> QMenu:
        """The menu of subjects."""
        menu = QMenu(self)
        for name in self.answer.others:
            title = tr("About {name}", name=name).replace("&", "&&")
            menu.addAction(title, partial(self.subject_selected.emit, name))
        menu.addSeparator()
        menu.addAction(tr("As It Is Written"), partial(self.subject_selected.emit, ""))
        return menu

    def _choose_subject(self, anchor: QWidget) -> None:
        menu = self.subject_menu()
        menu.exec(anchor.mapToGlobal(anchor.rect().bottomLeft()))
        menu.deleteLater()

    def _answer_parts(self) -> list[QWidget | int | None]:
        parts: list[QWidget | int | None] = []
        if self.value.text():
            parts.append(self.value)
        if self.answer.told is not None:
            parts += self._statement_cards(self.answer.told)
        draft, note = self._writing.draft, self._writing.note
        if draft is not None:
            parts += [draft, 10]
        if self._writing.switch is not None and self._writing.switch.way == WRITTEN:
            # Differs from the switch while nothing valid has been generated.
            parts += [label(tr("Quotes"), "head")] if self.answer.mode == "quotes" else []
        if self.answer.possible and self.answer.mode == "quotes":
            # No claim: each passage is shown below with its best sentence marked.
            parts += [*self._notes(), self._actions()]
            parts += self._near_statements()
        elif self.answer.sentences:
            previews = {
                item.n: preview(item, cited_spans(self.answer, item.n))
                for item in self.answer.evidence
            }
            view = AnswerView(self.answer, previews)
            view.cited.connect(self.evidence.open)
            self.answer_view = view
            if self.told is not None and draft is None:
                parts += [10, label(tr("In your sources"), "head")]
            notes = [*self._notes()]
            parts += [*notes, view, 4] if self.answer.differs else [view, 4]
            if note is not None:
                parts += [note, 4]
            parts += [*([] if self.answer.differs else notes), self._actions()]
        else:
            parts += self._notes()
        if self.answer.evidence:
            hint = label(tr("Enter: open · Space: preview"), "caption")
            head = tr("Evidence") if self.answer.sentences or not self.answer.near else _CLOSEST
            parts += [10, holder(row(label(head, "head"), None, hint)), self.evidence]
        return parts

    def _notes(self) -> list[QWidget | int | None]:
        """A note about the verdict or an unanswered part."""
        if self.answer.mode != "quotes" or not self.answer.note:
            return []
        if not self.answer.differs:
            return [paragraph(known(self.answer.note), "caption"), 4]
        said = paragraph(known(self.answer.note))
        if self.answer.told is not None:
            return [said, 4]
        press = quiet_button(tr("Show differences"), call=self.compare)
        return [holder(row(said, press, wide=0)), 4]

    def _statement_cards(self, value: Value) -> list[QWidget | int | None]:
        """The facts that give the value, above the quotes."""
        cards = [
            StatementCard(item.fact, self._wanted, [(item.start, item.end)])
            for item in (value, *self.answer.also_told)
        ]
        self.told = cards[0]
        parts: list[QWidget | int | None] = [*cards]
        if self.answer.evidence:
            parts.insert(0, label(tr("From your notes"), "head"))
        else:
            parts += [4, paragraph(tr("Your sources don't answer this."), "caption")]
        return parts

    def _actions(self) -> QWidget:
        copied = button(
            tr("Copy with references"),
            "copy",
            call=self.copy,
            tip=tr("Copy the answer and its sources as Markdown"),
        )
        final = self.answer.sentences[-1:]
        doubtful = sum(not sentence.supported for sentence in self.answer.sentences)
        doubtful -= sum(not item.supported and unfinished(item) for item in final)
        exported = button(
            tr("Export…"),
            "file",
            call=self.export,
            tip=tr("Save the answer, or the sources it cites, to a file"),
        )
        parts: list[QWidget] = [copied, exported]
        if doubtful:
            warning = tr("{sentences} without evidence", sentences=count(doubtful, "sentence"))
            parts.append(label(warning, "warn"))
        return lines(parts)

    def _abstention(self) -> list[QWidget | int | None]:
        back = self.answer.suggestion
        if self.answer.mode == "none" and back.endswith("?"):
            return [message("info", back, tr("Name it in the question, please."))]
        scope, actions = self.answer.scope, []
        if scope.get("collection") or scope.get("sources"):
            search_all = button(tr("Search everything"), call=self.widen)
            actions.append(search_all)
        if self._tellable:
            save = button(tr("Save it as a note"), call=self.save_requested)
            actions.append(save)
        kind = "quiet" if actions else ""
        more = button(tr("Add files…"), kind=kind, call=self._wanted.files)
        actions.append(more)
        reason = self.answer.suggestion or tr("Try rephrasing, or add a source about it.")
        verdict: QWidget = label(self._unread, "muted")
        if not self._unread:
            verdict = message("warn", tr("Not in your sources"), reason, *actions)
        parts: list[QWidget | int | None] = [verdict]
        if self._writing.note is not None:
            parts += [self._writing.note]
        parts += self._notes()
        if self._writing.draft is not None:
            parts.insert(0, self._writing.draft)
        parts += self._near_statements()
        if self.answer.evidence:
            closest = label(_CLOSEST, "head", tip=_RELATED)
            parts += [12, closest, self.evidence]
        return parts

    def _near_statements(self) -> list[QWidget | int | None]:
        related = [StatementCard(fact, self._wanted) for fact in self.answer.near]
        return [12, label(tr("Closest in your notes"), "head"), *related] if related else []

    def add_associations(self, associations: AssociationPart) -> None:
        """Add the simulation's part below the evidence."""
        self.thought = associations
        self.append(associations)
        associations.completed.connect(self.evidence.show_brain)

    def append(self, part: QWidget) -> None:
        """Add a widget at the end."""
        layout = self.layout()
        assert isinstance(layout, QBoxLayout)
        layout.insertWidget(layout.count() - 1, part)

    # -- actions -----------------------------------------------------------------------------------

    def copy(self) -> None:
        """Copy the answer with its references, formatted and as Markdown."""
        data = QMimeData()
        data.setText(markdown(self.answer, self._authors))
        data.setHtml(rich_text(self.answer, self._authors))
        QGuiApplication.clipboard().setMimeData(data)


def _wrote(answer: Answer) -> str:
    """The model that generated the answer, and its duration."""
    return tr(
        "Written by {model}, {milliseconds:.1f} s",
        model=short(answer.model, _NAME),
        milliseconds=words.Decimal(answer.milliseconds / 1000),
    )


def preview(evidence: Evidence, cited: Sequence[Span]) -> str:
    """The tool tip of a citation: source, location, and the cited words in context."""
    quote, at, pieces = evidence.quote, 0, []
    for start, end in cited:
        pieces += [escape(quote[at:start]), _marked(quote[start:end])]
        at = end
    words = "".join([*pieces, escape(quote[at:])])
    previous = evidence.before[-_CONTEXT:]
    after = evidence.after[:_CONTEXT]
    location = place_words(evidence.locator, evidence.source)
    side = "rtl" if reads_right_to_left(evidence.quote) else "ltr"
    return (
        f"<div style='width:420px'><b>{escape(evidence.source.title)}</b> {escape(location)}"
        f"<p dir='{side}'>{escape(previous)} {words} {escape(after)}</p></div>"
    )


def _marked(words: str) -> str:
    return f"<span style='background-color:{theme.current().marker}'>{escape(words)}</span>"
