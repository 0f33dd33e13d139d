"""Timelines: dated statements of sources in chronological order."""

import builtins
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.arguments import Limit, Words
from workbench.errors import UsageError
from workbench.jobs import Cancel, Progress, Report, silent
from workbench.library.core import Core
from workbench.library.group import Group
from workbench.library.options import TimelineOptions
from workbench.recall.answered.export import delivered, named_form
from workbench.recall.records import Chronology, DatedStatement
from workbench.store import collections, graph, meta, text
from workbench.store import sources as catalogue
from workbench.store.records import EngramRow, SourceRow

if TYPE_CHECKING:
    from workbench.recall.timeline import DatedSpan

_Key = tuple[int, str, str]
_ALL = TimelineOptions()
#: Maximum sentences of a search.
_SENTENCES = 10_000
#: Sources whose dates are cached.
_REMEMBERED = 500


class Timeline(Group):
    """A library's calls on dates in sources."""

    def __init__(self, core: Core) -> None:
        super().__init__(core)
        #: Dates by source and reading options, valid for one version of the statements.
        self._known: dict[_Key, tuple[builtins.list[tuple[EngramRow, DatedSpan]], int]] = {}
        self._version: tuple[int, int] | None = None

    def list(
        self,
        *,
        options: TimelineOptions = _ALL,
        limit: Limit = 2000,
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> Chronology:
        """The dated statements of sources in the order of time, each with its sentence and place.

        The years of works that a source cites, and amounts, are no dates; what several sources of
        one work say alike is listed once. Raises `NotFoundError`
        for a source or collection that is not there, `UsageError` for a limit below 1, and
        `Cancelled`.
        """
        from workbench.recall import full_text
        from workbench.recall.timeline import iso, source_dates

        if limit < 1:
            raise UsageError("The limit must be at least 1.", "Leave it out for 2,000 dates.")
        stop = cancel or Cancel()
        found: builtins.list[tuple[EngramRow, DatedSpan]] = []
        unplaced = 0
        allowed = self._mentioning(options, stop)
        with self._store.read() as connection:
            rows = self._selected(connection, options)
            version = meta.statement_version(connection)
            if version != self._version:
                self._version, self._known = version, {}
            for number, row in enumerate(rows.values()):
                stop.check()
                report(Progress("dating", number, len(rows), "sources", row.title))
                key = row.id, row.date, row.language
                known = self._known.get(key)
                if known is None:
                    known = source_dates(connection, row, stop)
                    if len(self._known) < _REMEMBERED:
                        self._known[key] = known
                dates, more = known
                unplaced += more
                found += [item for item in dates if allowed is None or item[0].id in allowed]
            found.sort(key=lambda item: (item[1].first, item[1].last, item[0].id))
            if len({(row.text, span) for row, span in found}) < len(found):
                found = _once(found, self._core.graph.graphs.copies(connection))
            shown = found[:limit]
            sentences = {item[0].id: item[0] for item in shown}
            hits = full_text.located(connection, {row: () for row in sentences.values()})
        by_id = {hit.engram: hit for hit in hits}
        return Chronology(
            tuple(
                DatedStatement(
                    iso(span.first), iso(span.last), by_id[row.id].marked(span.start, span.end),
                    span.doubt,
                )
                for row, span in shown
            ),
            len(found),
            unplaced,
        )  # fmt: skip

    def export(
        self,
        form: Words = "",
        *,
        file: str | Path | None = None,
        options: TimelineOptions = _ALL,
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> str:
        """All dated statements as "markdown", "csv" or "ics", a calendar; the text.

        With a `file` it is written there, and the path returned; without a `form` the file's ending
        says which. Raises as `list`, `UsageError` for another form, and `InputError` where the file
        cannot be written.
        """
        from workbench.recall.answered.timelines import TIMELINE_FORMS, exported_timeline

        form, target = named_form(form, file, TIMELINE_FORMS)
        everything = self.list(options=options, limit=10**6, report=report, cancel=cancel)
        return delivered(exported_timeline(everything, form), target)

    @staticmethod
    def _selected(connection: sqlite3.Connection, options: TimelineOptions) -> dict[int, SourceRow]:
        """The selected sources by id, without the trash."""
        ids = {extent.source for extent in text.extents(connection) if not extent.trashed}
        if options.sources is not None:
            catalogue.check_searched(connection, options.sources)
            ids &= set(options.sources)
        if options.collection is not None:
            name = collections.by_name(connection, options.collection).name
            ids &= set(collections.source_ids(connection, name))
        return {row.id: row for row in catalogue.by_ids(connection, sorted(ids))}

    def _mentioning(self, options: TimelineOptions, stop: Cancel) -> set[int] | None:
        """The sentences that match the names and the query; None: all."""
        allowed: set[int] | None = None
        if options.query:
            allowed = self._with_words(options.query, stop)
        if options.names:
            named: set[int] = set()
            for name in options.names:
                named |= self._with_words(f'"{name}"', stop)
            with self._core.graph.reading() as connection:
                places = graph.places(connection)
                for name in options.names:
                    for concept in self._core.graph.find_named(connection, name):
                        named |= set(graph.mentions(connection, concept.id, places))
            allowed = named if allowed is None else allowed & named
        return allowed

    def _with_words(self, words: str, stop: Cancel) -> set[int]:
        """The sentences with all words of a query, or its quoted phrases."""
        from workbench.recall import full_text

        core = self._core
        request = full_text.TextQuery(
            words, limit=_SENTENCES, languages=core.languages(), cancel=stop
        )
        snapshot = core.lexicon.refresh(stop)
        result = full_text.search(core.store, snapshot, request, core.recall.in_scope)
        return {hit.engram for hit in result.hits}


def _once(
    found: "builtins.list[tuple[EngramRow, DatedSpan]]", copies: Mapping[int, int]
) -> "builtins.list[tuple[EngramRow, DatedSpan]]":
    """Without what another source of the same work says alike; `copies` lead to the first one."""
    distinct: dict[tuple[int, str, DatedSpan], tuple[EngramRow, DatedSpan]] = {}
    for row, span in found:
        distinct.setdefault((copies.get(row.source, row.source), row.text, span), (row, span))
    return [*distinct.values()]
