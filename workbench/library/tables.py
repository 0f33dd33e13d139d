"""Tables: the same questions for several sources, an answer in each cell."""

import builtins
import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Any

from workbench import paths
from workbench.arguments import Exact, Id, Words
from workbench.errors import NotFoundError, UsageError
from workbench.jobs import Cancel, Progress, Report, silent
from workbench.library.group import Group, query
from workbench.recall.answered.export import delivered, named_form
from workbench.recall.answered.saved import record_of, restore_answer
from workbench.recall.answered.tables import (
    STATED_IN_SHORT,
    TABLE_FORMS,
    cell_of,
    compared,
    exported_table,
    sentence_of,
)
from workbench.recall.records import POSSIBLE, Answer, Cell, SourceRef, Table, TableRow
from workbench.recall.search import Request, Thread
from workbench.store import collections
from workbench.store import questions as question_rows
from workbench.store import sources as catalogue
from workbench.store.questions import QuestionRow
from workbench.store.records import SourceRow

#: Predefined columns: files of questions in `resources/tables`.
TEMPLATES = ("papers", "interviews", "contracts", "books")
#: Key of the user's correction in a saved answer.
_CORRECTED = "corrected"
_MAX_QUESTIONS, _MAX_SOURCES, _MAX_LENGTH = 50, 5000, 500
#: A table's questions, source ids, and collection id or None.
_Content = dict[str, Any]


class Tables(Group):
    """A library's calls on tables of sources and questions."""

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
        """Make a table of questions, after those of a ready set if one is named.

        Ready sets are `TEMPLATES`; its rows are the `sources`, and those of a `collection` as they
        come and go. Nothing is asked before `fill`. Raises `UsageError` for a name that is taken
        and for what is no question, `NotFoundError` for a source or collection that is not there.
        """
        name = " ".join(name.split())
        if not name or len(name) > _MAX_LENGTH:
            raise UsageError("A table needs a name.", "Write a word or two, such as “Methods”.")
        content: _Content = {"questions": [], "sources": [], "collection": None}
        columns = [*(ready_questions(template) if template is not None else ()), *questions]

        def work(connection: sqlite3.Connection) -> None:
            if name in question_rows.tables(connection):
                raise UsageError(f"There is a table “{name}” already.", "Choose another name.")
            if collection is not None:
                content["collection"] = collections.by_name(connection, collection).id
            _extend(connection, content, columns, sources)
            question_rows.insert(connection, "", {"table": name}, json.dumps(content))

        self._core.store.write(work, act="table added")
        return self.get(name)

    def change(
        self,
        name: Words,
        *,
        add: Sequence[Words] = (),
        drop: Sequence[Words] = (),
        add_sources: Sequence[Id] = (),
        drop_sources: Sequence[Id] = (),
        questions: Sequence[Words] | None = None,
    ) -> Table:
        """Add questions and sources to a table, drop some, or replace the questions.

        What comes back has the answers and corrections that it had. Raises as `create`, and
        `NotFoundError` for a table that is not there.
        """

        def work(connection: sqlite3.Connection) -> None:
            row = _rows(connection, name)[0]
            content = question_rows.loaded(row.answer)
            columns = [*(content["questions"] if questions is None else questions), *add]
            content["questions"] = []
            content["sources"] = [item for item in content["sources"] if item not in drop_sources]
            kept = [column for column in columns if column not in drop]
            _extend(connection, content, kept, add_sources)
            question_rows.replace_answer(connection, row.id, content)

        self._core.store.write(work, act="table changed")
        return self.get(name)

    def get(self, name: Words) -> Table:
        """A table with its cells. Raises `NotFoundError`."""
        return self._table(name)

    def _table(self, name: str, only: int | None = None) -> Table:
        """A table with its cells, or only the row of one source."""
        with self._core.store.read() as connection:
            row, *cells = _rows(connection, name)
            content = question_rows.loaded(row.answer)
            collection, rows = _sources(connection, content)
        filled = {_place(item): item for item in cells}
        columns = tuple(content["questions"])
        table_rows = (
            TableRow(
                SourceRef(source.id, source.key, source.title, source.path, source.kind),
                compared([_cell(source, item, filled.get((source.id, item))) for item in columns]),
            )
            for source in rows
            if only in (None, source.id)
        )
        return Table(name, columns, tuple(table_rows), collection)

    def fill(
        self,
        name: Words,
        *,
        again: Sequence[Words] = (),
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> Table:
        """Fill the cells that are empty, and those of sources that were read again since.

        The questions in `again` are asked of all sources, but where somebody corrected the answer.
        Each answer is stored at once: after `Cancelled`, or a kill, it goes on from there. What is
        corrected, deleted or read again meanwhile stays as it is. Raises `NotFoundError`.
        """
        stop, table = cancel or Cancel(), self.get(name)
        titles = {row.source.id: row.source.title for row in table.rows}
        empty = [
            cell
            for cell in table.cells
            if cell.state == "empty" or (cell.question in again and cell.state != "corrected")
        ]
        with self._core.store.read() as connection:
            rows = _rows(connection, name)
        stored = {_place(item): item.id for item in rows}
        for number, cell in enumerate(empty):
            report(Progress("asking", number, len(empty), "cells", cell.question))
            stop.check()
            try:
                with self._core.store.read() as connection:
                    scope = _scope(connection, name, cell.source)
                record = record_of(self._answer(cell, titles[cell.source], stop))
                self._core.store.write(
                    partial(_fill, table=rows[0].id, scope=scope, cell=(cell, record), ids=stored)
                )
            except NotFoundError:
                # The source was deleted meanwhile.
                continue
        return self.get(name)

    def _answer(self, cell: Cell, title: str, stop: Cancel) -> Answer:
        """The answer of a source; “it” in the question refers to the source."""
        # Imported on first use, not when a library opens.
        from workbench.recall.conversation import FollowUp, followed

        core, scope = self._core, {cell.source}

        @cache
        def answer(question: str, thread: Thread | None) -> Answer:
            return core.recall.ask(
                Request(
                    question,
                    sources=scope,
                    limit=1,
                    thread=thread,
                    cancel=stop,
                    least=STATED_IN_SHORT,
                )
            )

        follow_up = FollowUp(cell.question, (), title, scope)
        plain = followed(core.store, core.lexicon, follow_up, answer)
        if plain.confidence < POSSIBLE and plain.asked_as:
            other = answer(cell.question, None)
            plain = max(plain, other, key=lambda item: item.confidence)
        plain = core.overviews.in_cell(cell.question, cell.source, plain)
        return replace(plain, question=cell.question)

    def correct(self, name: Words, source: Id, question: Words, text: Exact | None) -> Cell:
        """Put a text of your own into a cell, or take it back.

        A `text` of "" means “not stated”; None takes the correction back. Raises `NotFoundError`
        for a cell that is not there.
        """

        def work(connection: sqlite3.Connection) -> None:
            _, *cells = _rows(connection, name)
            stored = next((row for row in cells if _place(row) == (source, question)), None)
            if stored is None:
                if text is not None:
                    scope = _scope(connection, name, source)
                    question_rows.insert(
                        connection, question, scope, json.dumps({_CORRECTED: text})
                    )
                return
            record = {**question_rows.loaded(stored.answer), _CORRECTED: text}
            if text is None and record.keys() == {_CORRECTED}:
                # Not asked yet.
                question_rows.forget(connection, [stored.id])
            else:
                question_rows.replace_answer(connection, stored.id, record)

        self._cell(name, source, question)
        self._core.store.write(work, act="cell corrected")
        return self._cell(name, source, question)

    def delete(self, name: Words) -> None:
        """Delete a table with its answers; Undo restores it.

        Raises `NotFoundError`.
        """

        def work(connection: sqlite3.Connection) -> None:
            question_rows.forget(connection, [row.id for row in _rows(connection, name)])

        self._core.store.write(work, act="table deleted")

    def export(
        self,
        name: Words,
        form: Words = "",
        *,
        file: str | Path | None = None,
        sources: Sequence[Id] = (),
    ) -> str:
        """Write a table as Markdown or CSV, each answer with its place and how certain it is.

        A `form` is "markdown" or "csv", and with a `file` also "xlsx" or "docx"; without one the
        file's ending says which. Rows come in the order of these `sources`, others below in that
        of the table. Returns the text, or the path of the file. Raises
        `NotFoundError`, `UsageError` for another form, and `InputError` where the file cannot be
        written.
        """
        form, target = named_form(form, file, TABLE_FORMS)
        table = self.get(name)
        with self._core.store.read() as connection:
            ids = [row.source.id for row in table.rows]
            known = {row.id: row for row in catalogue.by_ids(connection, ids)}
        return delivered(exported_table(table, form, known, sources), target)

    def _cell(self, name: str, source: int, question: str) -> Cell:
        # Only one row: restoring each answer of a table is slow.
        cells = self._table(name, source).cells
        cell = next((cell for cell in cells if cell.question == question), None)
        if cell is None:
            raise NotFoundError(
                f"“{name}” has no such cell.",
                "See its sources and questions with: workbench tables get NAME",
            )
        return cell


def _fill(
    connection: sqlite3.Connection,
    table: int,
    scope: Mapping[str, object],
    cell: tuple[Cell, Mapping[str, Any]],
    ids: dict[tuple[int, str], int],
) -> None:
    """Store the answer of a cell, unless it was corrected or removed meanwhile.

    Nor if its source was read again since `scope`. `ids` are the rows of all cells, to which newer
    ones are added. Raises `NotFoundError` for a deleted source.
    """
    row = question_rows.by_id(connection, table)
    content = {} if row is None else question_rows.loaded(row.answer)
    (empty, record), name = cell, str(scope["table"])
    is_there = empty.source in content.get("sources", ()) or content.get("collection") is not None
    if not is_there or empty.question not in content["questions"]:
        return
    if _scope(connection, name, empty.source) != scope:
        return
    for newer in question_rows.of_table(connection, name, after=next(reversed(ids.values()))):
        ids.pop(_place(newer), None)
        ids[_place(newer)] = newer.id
    former = ids.get((empty.source, empty.question))
    if former is not None:
        if question_rows.answer_of(connection, former).get(_CORRECTED) is not None:
            return
        question_rows.forget(connection, [former])
    question_rows.insert(connection, empty.question, scope, json.dumps(record, ensure_ascii=False))


def _scope(connection: sqlite3.Connection, name: str, source: int) -> dict[str, object]:
    """The scope of a cell: its table, its source, and the hash of the bytes read.

    Raises `NotFoundError` for a deleted source.
    """
    hash = catalogue.by_id(connection, source).hash
    return {"table": name, "sources": [source], "hash": hash}


def ready_questions(name: str) -> list[str]:
    """The questions of a template, one of `TEMPLATES`. Raises `UsageError` for other names."""
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
    """Add new questions and sources to a table."""
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
    """The row of a table, then those of its cells. Raises `NotFoundError`."""
    rows = question_rows.of_table(connection, name)
    if not rows or rows[0].question:
        raise NotFoundError(f"There is no table “{name}”.", "See them with: workbench tables list")
    return rows


def _sources(
    connection: sqlite3.Connection, content: _Content
) -> tuple[str | None, builtins.list[SourceRow]]:
    """The name of a table's collection, and its existing sources, explicit ones first."""
    ids = dict.fromkeys(content["sources"])
    collection = collections.name_of(connection, content.get("collection") or 0)
    if collection is not None:
        ids |= dict.fromkeys(collections.source_ids(connection, collection))
    rows = {row.id: row for row in catalogue.by_ids(connection, builtins.list(ids))}
    return collection, [rows[id] for id in ids if id in rows and rows[id].trashed is None]


def _source_of(row: QuestionRow) -> int:
    ids = row.scope.get("sources")
    return int(ids[0]) if isinstance(ids, builtins.list) and ids else 0


def _place(row: QuestionRow) -> tuple[int, str]:
    """The source and the question of a cell."""
    return _source_of(row), row.question


def _cell(source: SourceRow, question: str, row: QuestionRow | None) -> tuple[Cell, str]:
    """The cell of a source and question, and the sentence that answers."""
    if row is None:
        return Cell(source.id, question), ""
    record = question_rows.loaded(row.answer)
    correction = record.get(_CORRECTED)
    if correction is None and row.scope.get("hash") != source.hash:
        return Cell(source.id, question), ""
    saved = restore_answer(row.id, row.asked, row.question, row.scope, record)
    return cell_of(source, saved, correction), sentence_of(saved)
