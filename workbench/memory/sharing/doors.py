"""The doors of export, import and merging, as the library opens them."""

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.arguments import Id, Words
from workbench.changes import Changes
from workbench.errors import WorkbenchError
from workbench.jobs import Cancel, Report, silent
from workbench.memory.facts.index import FactIndex
from workbench.memory.graph.concept_graph import ConceptGraph
from workbench.memory.lexicon import Lexicon

if TYPE_CHECKING:
    from workbench.memory.sharing.records import Exported, Imported, ImportUndone, Merged


class SharingDoors:
    """What a library can do with other libraries; `Library` is one.

    Any thread may call these. Raises only errors of `workbench.errors`.
    """

    _fact_index: FactIndex
    _lexicon: Lexicon
    _graph: ConceptGraph
    _changes: Changes

    def export(
        self,
        target: str | Path,
        *,
        format: Words = "bundle",
        collection: Words | None = None,
        sources: Sequence[Id] | None = None,
        memories: Sequence[Id] | None = None,
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> "Exported":
        """Write the library, a collection, or these sources and facts, for others.

        A `bundle` is one file that `import_` brings in whole: `target` is its name, or a folder
        that it goes into. `jsonl`, `csv`, `markdown` and `graphml` fill a new folder. Not in it are
        the trash, questions asked, versions, where files lie here, and never the vault. Raises
        `UsageError`, `NotFoundError`, and a `LibraryFullError` or `InputError` where it cannot be
        written; then nothing is left of it.
        """
        from workbench.memory.sharing import formats

        if format == "graphml" and not self._fact_index.store.read_only:
            self._graph.catch_up(report, cancel)
        return formats.export(
            self._fact_index, Path(target), format=format, collection=collection, sources=sources,
            memories=memories, report=report, cancel=cancel or Cancel(),
        )  # fmt: skip

    def _clear_imports(self) -> None:
        """Take back what an import has left that was killed."""
        store = self._fact_index.store
        # What is wrong with the library is told to whoever asks something of it.
        with contextlib.suppress(WorkbenchError):
            if not store.read_only and store.rows(
                "SELECT 1 FROM import_run WHERE done < 0 LIMIT 1"
            ):
                from workbench.memory.sharing import runs

                runs.clear(store)

    def import_(
        self,
        path: str | Path,
        *,
        collection: Words | None = None,
        policy: Words = "prefer_recent",
        preview: bool = False,
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> "Imported":
        """Bring in a bundle, or facts in JSON Lines: all of it, or nothing.

        All of it goes into `collection` where that is named. What is here already stays single. Of
        two facts that contradict each other the `policy` says which counts: prefer_local,
        prefer_remote, prefer_recent, prefer_stronger; `Imported.conflicts` tells them. `preview`
        only tells. `undo_import(Imported.run)` takes it back. Others write meanwhile, and see what
        has come so far; an import that is cancelled, fails or is killed is taken back. Raises
        `InputError` for what is no bundle, damaged or from a newer version.
        """
        from workbench.memory.sharing import formats

        done = formats.import_(
            self._fact_index, Path(path), collection=collection, policy=policy, preview=preview,
            report=report, cancel=cancel or Cancel(),
        )  # fmt: skip
        if not preview:
            self._lexicon.refresh()
            self._tell_shared()
        return done

    def undo_import(self, run: Id | None = None) -> "ImportUndone":
        """Take back an import or a merge, the last one where `run` is None.

        What it brought goes for good, what it changed is as before. Raises `NotFoundError`.
        """
        from workbench.memory.sharing import undoing

        done = undoing.undo(self._fact_index, run)
        if done.sources:
            self._lexicon.forget()
        self._tell_shared()
        return done

    def merge_scopes(
        self, into: Words | None, other: Words | None, policy: Words = "prefer_recent"
    ) -> "Merged":
        """Bring what is told in one collection into another; the one stays as it is.

        `None` is the library's own scope; `policy` is as in `import_`. Raises `UsageError`, and
        `NotFoundError` where `other` is not there.
        """
        from workbench.memory.sharing import importing

        done = importing.merge_scopes(self._fact_index, into, other, policy)
        self._tell_shared()
        return done

    def _tell_shared(self) -> None:
        for topic in ("sources", "collections", "facts"):
            self._changes.tell(topic)
