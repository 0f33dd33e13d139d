"""Tables: the same questions asked of several sources, an answer in each cell."""

import builtins
import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench import paths, permissions
from workbench.arguments import Exact, Id, Words
from workbench.errors import NotFoundError, UsageError
from workbench.jobs import Cancel, Progress, Report, silent
from workbench.library.group import Group, query
from workbench.recall.answered.saved import record_of, restore_answer
from workbench.recall.answered.tables import TABLE_FORMS, cell_of, exported_table
from workbench.recall.records import Answer, Cell, SourceRef, Table, TableRow
from workbench.store import collections
from workbench.store import questions as question_rows
from workbench.store import sources as catalogue
from workbench.store.questions import QuestionRow
from workbench.store.records import SourceRow

if TYPE_CHECKING:
    from workbench.recall.thread import Thread

#: Ready-made columns: files of questions in `resources/tables`.
TEMPLATES = ("papers", "interviews", "contracts", "books")
_MAX_QUESTIONS, _MAX_SOURCES, _MAX_LENGTH = 50, 5000, 500
#: What a table is: its questions, the ids of its sources, the name of a collection or None.
_Content = dict[str, Any]


class Tables(Group):
    """What a library can do with tables of sources and questions."""

    #: The names of the tables, newest first.
    list = query(question_rows.tables)

    def create(
        self,
        name: Words,
        questions: Sequence[Words] = (),
        *,
        sources: Sequence[Id] = (),
        collection: Words | None = None,
        template: Words | None = None,
    ) -> Table:
        """Make a table of these questions, after those of a `template` (one of `TEMPLATES`).

        Its rows are the `sources`, and those of a `collection` as they come and go. Nothing is
        asked before `fill`. Raises `UsageError` for a name that is taken and for what is no
        question, `NotFoundError` for a source or collection that is not there.
        """
        name = " ".join(name.split())
        if not name or len(name) > _MAX_LENGTH:
            raise UsageError("A table needs a name.", "Write a word or two, such as “Methods”.")
        content: _Content = {"questions": [], "sources": [], "collection": collection}
        columns = [*_template(template), *questions]

        def work(connection: sqlite3.Connection) -> None:
            if name in question_rows.tables(connection):
                raise UsageError(f"There is a table “{name}” already.", "Choose another name.")
            if collection is not None:
                collections.source_ids(connection, collection)
            _extend(connection, content, columns, sources)
            question_rows.insert(connection, "", {"table": name}, json.dumps(content))

        self._core.store.write(work)
        return self.get(name)

    def change(
        self,
        name: Words,
        *,
        add: Sequence[Words] = (),
        drop: Sequence[Words] = (),
        add_sources: Sequence[Id] = (),
        drop_sources: Sequence[Id] = (),
    ) -> Table:
        """Add and drop questions and sources of a table; the answers of what goes are forgotten.

        Raises as `create`, and `NotFoundError` for a table that is not there.
        """

        def work(connection: sqlite3.Connection) -> None:
            row, *cells = _rows(connection, name)
            content = question_rows.loaded(row.answer)
            content["questions"] = [item for item in content["questions"] if item not in drop]
            content["sources"] = [item for item in content["sources"] if item not in drop_sources]
            _extend(connection, content, add, add_sources)
            question_rows.put_answer(connection, row.id, content)
            dropped = (
                item.id
                for item in cells
                if item.question in drop or _source_of(item) in drop_sources
            )
            question_rows.forget(connection, dropped)

        self._core.store.write(work)
        return self.get(name)

    def get(self, name: Words) -> Table:
        """A table with its cells. Raises `NotFoundError`."""
        with self._core.store.read() as connection:
            row, *cells = _rows(connection, name)
            content = question_rows.loaded(row.answer)
            rows = _sources(connection, content)
        filled = {(_source_of(item), item.question): item for item in cells}
        columns = tuple(content["questions"])
        table_rows = (
            TableRow(
                SourceRef(source.id, source.key, source.title, source.path, source.kind),
                tuple(_cell(source, column, filled.get((source.id, column))) for column in columns),
            )
            for source in rows
        )
        return Table(name, columns, tuple(table_rows), content.get("collection"))

    def fill(self, name: Words, *, report: Report = silent, cancel: Cancel | None = None) -> Table:
        """Ask each question of each source that was not asked yet, or was read anew since.

        Each answer is stored at once: after `Cancelled`, or a kill, it goes on from there. Raises
        `NotFoundError`.
        """
        stop, table = cancel or Cancel(), self.get(name)
        titles = {row.source.id: row.source.title for row in table.rows}
        empty = [cell for cell in table.cells if cell.state == "empty"]
        for number, cell in enumerate(empty):
            report(Progress("asking", number, len(empty), "cells", cell.question))
            stop.check()
            self._put(name, cell, record_of(self._answer(cell, titles[cell.source], stop)))
        return self.get(name)

    def _answer(self, cell: Cell, title: str, stop: Cancel) -> Answer:
        """What a source answers; “it” in the question is the source by its title."""
        # What reads a follow-up is loaded by the first, not to open a library.
        from workbench.recall.conversation import followed

        core, scope = self._core, {cell.source}

        def ask(question: str, thread: "Thread | None" = None) -> Answer:
            return core.recall.ask(question, sources=scope, limit=1, thread=thread, cancel=stop)

        plain = followed(core.store, core.lexicon, cell.question, (), title, scope, ask)
        if plain.abstained and plain.asked_as:
            return replace(ask(cell.question), question=cell.question)
        return replace(plain, question=cell.question)

    def correct(self, name: Words, source: Id, question: Words, text: Exact | None) -> Cell:
        """Put a text of your own into a cell, "" for “not stated”; None takes it back.

        Raises `NotFoundError` for a cell that is not there.
        """
        cell = self._cell(name, source, question)
        self._put(name, cell, {}, text)
        return self._cell(name, source, question)

    def delete(self, name: Words) -> None:
        """Delete a table with its answers. Raises `NotFoundError`."""
        self._core.store.write(
            lambda c: question_rows.forget(c, [row.id for row in _rows(c, name)])
        )

    def export(self, name: Words, form: Words = "", *, file: str | Path | None = None) -> str:
        """A table as "markdown" or "csv", each cell with its place; the text.

        With a `file` it is written there, also as "xlsx" or "docx", and the path returned; without
        a `form` the file's ending says which. Raises `NotFoundError`, `UsageError` for another
        form, and `InputError` where the file cannot be written.
        """
        file = None if file is None else Path(file)
        endings = {ending: form for form, ending in TABLE_FORMS.items()}
        form = form or endings.get("" if file is None else file.suffix[1:].casefold(), "markdown")
        content = exported_table(self.get(name), form)
        if file is not None:
            permissions.write_private(file, content)
            return str(file)
        if isinstance(content, bytes):
            raise UsageError("Such a file is not text.", "Name a file to write it to.")
        return content

    def _cell(self, name: str, source: int, question: str) -> Cell:
        cells = self.get(name).cells
        cell = next((c for c in cells if (c.source, c.question) == (source, question)), None)
        if cell is None:
            raise NotFoundError(
                f"“{name}” has no such cell.", f"See its sources and questions: tables get “{name}”"
            )
        return cell

    def _put(
        self, name: str, cell: Cell, record: Mapping[str, Any], correction: str | None = None
    ) -> None:
        """Store the answer of a cell, or correct the stored one where no `record` is given."""

        def work(connection: sqlite3.Connection) -> None:
            table, *cells = _rows(connection, name)
            content = question_rows.loaded(table.answer)
            existing = [row.id for row in cells if _is_of(row, cell)]
            source = next((r for r in _sources(connection, content) if r.id == cell.source), None)
            if source is None or cell.question not in content["questions"]:
                # It was dropped meanwhile.
                return
            stored = question_rows.answer_of(connection, existing[0]) if existing else {}
            answer = {**(record or stored), "corrected": correction}
            question_rows.forget(connection, existing)
            if record or stored or correction is not None:
                scope = {"table": name, "sources": [cell.source], "hash": source.hash}
                text = json.dumps(answer, ensure_ascii=False)
                question_rows.insert(connection, cell.question, scope, text)

        self._core.store.write(work)


def _template(name: str | None) -> list[str]:
    if name is None:
        return []
    if name not in TEMPLATES:
        raise UsageError(
            f"There are no ready columns “{name}”.", f"One of: {', '.join(TEMPLATES)}."
        )
    file = paths.resources() / "tables" / f"{name}.txt"
    return file.read_text(encoding="utf-8").splitlines()


def _extend(
    connection: sqlite3.Connection,
    content: _Content,
    columns: Iterable[str],
    source_ids: Sequence[int],
) -> None:
    """Add questions and sources that a table does not have yet."""
    catalogue.check_searched(connection, builtins.list(source_ids))
    cleaned = [" ".join(column.split()) for column in columns]
    if not all(any(c.isalnum() for c in column) for column in cleaned):
        raise UsageError("A question is empty.", "Write it in words.")
    content["questions"] = builtins.list(dict.fromkeys([*content["questions"], *cleaned]))
    content["sources"] = builtins.list(dict.fromkeys([*content["sources"], *source_ids]))
    for items, limit in (("questions", _MAX_QUESTIONS), ("sources", _MAX_SOURCES)):
        if len(content[items]) > limit:
            raise UsageError(f"A table has at most {limit:,} {items}.", "Make a second table.")
    if any(len(column) > _MAX_LENGTH for column in cleaned):
        raise UsageError("A question is too long.", f"Use at most {_MAX_LENGTH} characters.")


def _rows(connection: sqlite3.Connection, name: str) -> builtins.list[QuestionRow]:
    """The row of a table itself, then those of its cells. Raises `NotFoundError`."""
    rows = question_rows.of_table(connection, name)
    if not rows or rows[0].question:
        raise NotFoundError(f"There is no table “{name}”.", "See them with: workbench tables list")
    return rows


def _sources(connection: sqlite3.Connection, content: _Content) -> builtins.list[SourceRow]:
    """The sources of a table that are still there, its own first."""
    ids = dict.fromkeys(content["sources"])
    if content.get("collection") is not None:
        ids |= dict.fromkeys(sorted(collections.source_ids(connection, content["collection"])))
    rows = {row.id: row for row in catalogue.by_ids(connection, builtins.list(ids))}
    return [rows[id] for id in ids if id in rows and rows[id].trashed is None]


def _source_of(row: QuestionRow) -> int:
    ids = row.scope.get("sources")
    return int(ids[0]) if isinstance(ids, builtins.list) and ids else 0


def _is_of(row: QuestionRow, cell: Cell) -> bool:
    return (_source_of(row), row.question) == (cell.source, cell.question)


def _cell(source: SourceRow, question: str, row: QuestionRow | None) -> Cell:
    if row is None:
        return Cell(source.id, question)
    record = question_rows.loaded(row.answer)
    correction = record.get("corrected")
    if correction is None and row.scope.get("hash") != source.hash:
        return Cell(source.id, question)
    saved = restore_answer(row.id, row.asked, row.question, row.scope, record)
    return cell_of(source.id, saved, correction)
