"""Actions of Today and of facts, issues that need attention, and recent sources."""

from collections.abc import Callable, Sequence
from functools import partial
from heapq import nlargest
from operator import attrgetter
from typing import TYPE_CHECKING

from workbench.memory.facts.records import Fact
from workbench.memory.kinds.records import Conflict, Review
from workbench.memory.vital.records import Alert
from workbench.ui.components import Action, words
from workbench.ui.language import known, tr
from workbench.ui.library import source_types
from workbench.ui.memories import rows as reading
from workbench.ui.memories.rows import HIGHLIGHT, Memory
from workbench.ui.shelf.originals import Originals
from workbench.ui.shelf.undo import Act
from workbench.ui.today.tab import Line
from workbench.ui.window.context import Context, Part
from workbench.ui.window.inspecting import InspectorSelection
from workbench.ui.window.second_source import Places
from workbench.ui.window.source_actions import SourceActions
from workbench.ui.window.tabs import ASK, READER, TODAY

if TYPE_CHECKING:
    from workbench.library import Library


class FactActions(Part):
    """Actions on facts."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        page, detail = context.views.library.memories, context.views.inspector.detail
        page.opened.connect(self._open)
        page.edit_requested.connect(partial(self._inspect, detail.edit))
        page.forget_requested.connect(partial(self._inspect, detail.ask_forget))
        page.tags_requested.connect(partial(self._inspect, detail.focus_tags))
        detail.edited.connect(page.select)
        detail.forgotten.connect(page.focus_first)
        context.views.ask.kept.connect(self._note_remembered)
        self._shelf.wanted.untold.connect(self._shelf.undo_subject)
        self._shelf.facts_toggled.connect(context.views.ask.mark_told)

    def _note_remembered(self, groups: Sequence[tuple[int, ...]]) -> None:
        """Record an undo for facts saved in a conversation, and reload the lists."""
        for ids in groups:
            show = partial(self._shelf.facts_toggled.emit, ids)
            self._shelf.note(tr("Remember"), ids, show=show)
        self._shelf.refresh()

    # -- one fact ---------------------------------------------------------------------------------

    def _open(self, memory: Memory) -> None:
        if memory.kind == HIGHLIGHT:
            return  # it is opened in its source
        self._navigate.show_panel("inspector")
        self._actions["next_panel"].trigger()

    def _inspect(self, do: Callable[[], object], memory: Memory) -> None:
        """Show a memory in the Inspector, and do something there."""
        self._navigate.show_panel("inspector")
        self._views.inspector.show_memory(memory)
        do()


_MAX_LINES, _MAX_PLACES = 6, 2


class TodayActions(Part):
    """Connects Today, and reviews in the Inspector, with the library."""

    def __init__(
        self,
        context: Context,
        places: Places,
        care: SourceActions,
        originals: Originals,
        inspector: InspectorSelection,
    ) -> None:
        super().__init__(context)
        self._places, self._care = places, care
        self._originals, self._inspector = originals, inspector
        tab, detail = context.views.today, context.views.inspector.detail
        tab.set_line_sources(self._needs, self._reading_lines)
        tab.composer.asked.connect(partial(self._submit, context.views.ask.ask))
        tab.composer.said.connect(partial(self._submit, context.views.ask.say))
        requested = tab.requests
        requested.rated.connect(self.review)
        requested.stopped.connect(self._stop)
        requested.inspected.connect(self._show)
        requested.edited.connect(self.write_card)
        requested.deck.connect(lambda: context.actions["export_anki"].trigger())
        requested.resolved.connect(self.settle)
        requested.unresolved.connect(context.library.undo_subject)
        requested.acknowledged.connect(self._acknowledge)
        requested.fact.connect(self._show_fact)
        detail.review_requested.connect(
            lambda memory, is_marked: self.mark_for_review([memory.id], stop=not is_marked)
        )
        detail.card_written.connect(self.write_card)
        context.views.inspector.keep_requested.connect(lambda id: self.mark_for_review([id]))
        context.views.library.memories.cards_requested.connect(self.mark_for_review)
        originals.changed.connect(tab.refresh)
        context.actions.bind(keep_review=self.mark_selection)
        context.library.collections_changed.connect(self._collections)

    def _collections(self) -> None:
        names = [collection.name for collection in self._shelf.collections]
        self._views.today.composer.set_collections(names)

    def _submit(
        self, submit: Callable[[str, str | None], object], typed: str, collection: str | None
    ) -> None:
        """Submit a line as if typed on the Ask tab."""
        self._views.ask.composer.field.setText(typed)
        self._navigate.show_tab(ASK)
        submit(typed, collection)
        self._views.today.composer.field.clear()

    # -- issues and recent sources -----------------------------------------------------------------

    def _needs(self) -> list[Line]:
        shelf = self._shelf
        lines: list[Line] = []
        failed = [row for row in shelf.queue if row.state == "failed"]
        if failed:
            text = f"{failed[0].name}: {known(failed[0].error)}"
            if len(failed) > 1:
                names = words.names([row.name for row in failed], 2)
                text = tr(
                    "{failed} could not be read: {failed2}", failed=len(failed), failed2=names
                )
            lines.append(Line("alert", "danger", text, "", tr("Show"), self._navigate.show_queue))
        waiting = sum(row.state == "paused" for row in shelf.queue)
        if shelf.paused and waiting:
            text = tr(
                "The queue is paused: {files_wait}",
                files_wait=words.count(waiting, "file waits", "files wait"),
            )
            resume = partial(shelf.pause, False)
            lines.append(Line("pause", "emergent", text, "", tr("Go on"), resume))
        missing = self._originals.missing
        for row in shelf.sources if missing else ():
            if row.id in missing:
                find = partial(self._care.locate, row)
                text = tr("{title}: the original has moved", title=row.title)
                lines.append(
                    Line("web", "emergent", text, tr("text still answers"), tr("Locate…"), find)
                )
        if len(lines) > _MAX_LINES:
            remainder = tr("{lines} more", lines=words.number(len(lines) - _MAX_LINES + 1))
            more = Line("alert", "text2", remainder, "", tr("Show"), self._navigate.show_library)
            lines = [*lines[: _MAX_LINES - 1], more]
        return lines

    def _reading_lines(self) -> list[Line]:
        sources = {row.id: row for row in self._shelf.sources}
        started = {item.source: item.start for item in self._places.here}
        # Newly added sources fill up the list of recent ones.
        newest = nlargest(_MAX_PLACES, sources.values(), key=attrgetter("added"))
        lines = []
        for id in list(dict.fromkeys([*started, *(item.id for item in newest)]))[:_MAX_PLACES]:
            row, start = sources[id], started.get(id, 0)
            share = min(1.0, start / max(1, row.characters))
            note = tr("{value} % read", value=round(100 * share))
            lines.append(
                Line(
                    *(source_types.glyph(row), "accent", row.title),
                    note if id in started else tr("Not opened yet"), tr("Open"),
                    partial(self._open, id, start), share, row.author, id in started, row,
                )
            )  # fmt: skip
        answers = [
            (at, entry.line, len(entry.answer.evidence))
            for at, entry in enumerate(self._views.ask.talk.lines)
            if entry.answer is not None and not entry.answer.abstained
        ]
        for at, line, result in answers[-2:][::-1]:
            reopen = partial(self._show_answer, at)
            note = words.count(result, "passage") if result else tr("From your notes")
            lines.append(Line("quote", "text2", line, note, tr("Open"), reopen))
        return lines

    def _open(self, source: int, start: int) -> None:
        self._views.reader.open_source(source, start)
        self._navigate.show_tab(READER)

    def _show_answer(self, at: int) -> None:
        self._navigate.show_tab(ASK)
        self._views.ask.show_again(at)

    def _acknowledge(self, alert: Alert) -> None:
        self._shelf.change(
            lambda library: library.acknowledge(alert.id, "acknowledged"),
            done=lambda _now: self._views.today.alert_acknowledged(alert),
        )

    # -- reviews ----------------------------------------------------------------------------------

    def review(self, review: Review, rating: str) -> None:
        """Rate a review and show its next date, with Undo."""
        today, text = self._views.today, ""

        def show(is_applied: bool) -> None:
            if not is_applied:
                today.review_restored([review])
            elif text:
                today.review_answered(review.id, text)

        def finish(rated: Review, _act: Act | None) -> None:
            nonlocal text
            due, front = words.day(rated.due or 0), words.short(review.text, 60)
            text = tr("{front}: due again on {due}", front=front, due=due)
            show(True)

        self._shelf.act(
            tr("Review"),
            lambda library: library.memory.review(review.id, rating=rating),
            show=show,
            done=finish,
        )

    def write_card(self, id: int, front: str, answer: str) -> None:
        """Edit the sides of a card, with Undo."""

        def show(_is_applied: bool) -> None:
            self._shelf.ask(
                lambda library: library.memory.reviews(id), done=self._views.today.review_restored
            )
            self._views.inspector.detail.look()

        self._shelf.act(
            tr("Edit Card"), lambda library: library.memory.card(id, front, answer), show=show
        )

    def _stop(self, review: Review) -> None:
        def finish() -> None:
            self._views.today.review_answered(review.id, tr("Removed from review."))

        self.mark_for_review([review.id], stop=True, done=finish)

    def _try_cards(self, ids: Sequence[int]) -> None:
        """Show cards that were just made, which are due tomorrow only."""

        def show(cards: list[Review]) -> None:
            self._navigate.show_tab(TODAY)
            self._views.today.try_cards(cards)

        self._shelf.ask(lambda library: library.memory.reviews(*ids), done=show)

    def mark_for_review(
        self, ids: Sequence[int], *, stop: bool = False, done: Callable[[], object] | None = None
    ) -> None:
        """Add memories or sentences to review, or remove them, with Undo."""

        def mark(library: "Library") -> int:
            from workbench.library.options import Marks

            return library.memory.mark(ids, Marks(review=not stop))

        def finish(_count: int, act: Act | None) -> None:
            if act is not None:
                text = tr("Removed from review") if stop else tr("Kept for review")
                tries = () if stop else (Action(tr("Try now"), partial(self._try_cards, ids)),)
                self._offer_undo(text, act, *tries)
            elif not stop:
                self._announce(tr("Already kept for review"))
            if done is not None:
                done()

        word = tr("Stop Reviewing") if stop else tr("Keep for Review")
        refresh = self._views.inspector.detail.look
        self._shelf.act(word, mark, done=finish, show=lambda _is_done: refresh())

    def mark_selection(self) -> None:
        """Add the sentence selected in the Reader, or of the evidence, to review."""
        reader = self._navigate.reading
        span, source = reader.chosen_span(), reader.source_id
        if source is None:
            return
        if span is None:
            self._announce(tr("Select a sentence first"), kind="warn")
            return
        self._shelf.ask(
            lambda library: library.graph.sentences(source, *span), done=self._mark_first
        )

    def _mark_first(self, sentences: list[int]) -> None:
        if sentences:
            self.mark_for_review(sentences[:1])
        else:
            self._announce(tr("This sentence is not in the index"), kind="warn")

    def _show(self, review: Review) -> None:
        if review.source is None:
            self._show_fact(review.id)
        else:
            end = review.start + len(review.text.removesuffix(review.note).rstrip())
            self._navigate.read_at(review.source, review.start, end)

    def _show_fact(self, id: int) -> None:
        self._shelf.ask(
            lambda library: library.facts.get(id).fact,
            done=self._inspect,
            failed=self._shelf.failed.emit,
        )

    def _inspect(self, fact: Fact) -> None:
        # Today is unchanged; the fact is shown in the Inspector.
        if self._navigate.tab == TODAY:
            self._inspector.show_memory(reading.memory(fact))

    # -- contradictions ---------------------------------------------------------------------------

    def settle(self, conflict: Conflict, resolution: str) -> None:
        """Resolve a contradiction, with Undo."""
        pair = (conflict.older.id, conflict.newer.id)

        def show(is_applied: bool) -> None:
            self._views.today.conflict_resolved(conflict, resolution if is_applied else None)

        self._shelf.act(
            tr("Resolve Contradiction"),
            lambda library: library.facts.resolve(*pair, keep=resolution),
            show=show,
            subject=conflict,
        )
