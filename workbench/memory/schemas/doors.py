"""The door of schema training, as the library opens it."""

from workbench.arguments import Limit, Words
from workbench.changes import Changes
from workbench.jobs import Cancel, Report, silent
from workbench.memory.facts.index import FactIndex
from workbench.memory.schemas.records import Trained, Training


class SchemaDoors:
    """What a library can learn of databases; `Library` is one. A scope is a collection.

    Any thread may call these. Raises only errors of `workbench.errors`.
    """

    _fact_index: FactIndex
    _changes: Changes

    def train_db(
        self,
        url: Words,
        *,
        domain: Words = "",
        collection: Words | None = None,
        consolidate: bool = False,
        salience_ceiling: float = 0.5,
        initial_stage: Words = "episodic",
        include_patterns: bool = True,
        include_relationships: bool = True,
        max_tables: Limit = 100,
        patience: float = 15.0,
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> Trained:
        """Learn the tables, columns, references and patterns of a database; no row is read.

        `url` is the path of an SQLite file, `sqlite:///…` or `postgresql://user@host/database`; a
        password may stand in it or in PGPASSWORD, and is kept nowhere. What the schema says becomes
        facts of the collection that the database has told; `domain` is what they call it. Learning
        it again changes what is different since, and nothing where nothing is. Of more than
        `max_tables` tables those are learned that are tied to most others. A server or a lock is
        waited for `patience` seconds. Raises `UsageError`, `InputError`, and `Cancelled`; then
        nothing was changed.
        """
        # Reads other programs' files and knows of networks: not part of starting up.
        from workbench.memory.schemas.training import train

        asked = Training(
            domain=domain,
            patterns=include_patterns,
            references=include_relationships,
            max_tables=max_tables,
            salience_ceiling=salience_ceiling,
            stage=initial_stage,
            consolidate=consolidate,
        )
        done = train(
            self._fact_index, url, asked,
            collection=collection, report=report, cancel=cancel, patience=patience,
        )  # fmt: skip
        if done.changed:
            self._changes.tell("facts")
            if collection is not None:
                self._changes.tell("collections")
        return done
