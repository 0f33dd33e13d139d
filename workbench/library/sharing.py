"""Export to other programs, and import from them."""

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.arguments import Id, Words
from workbench.errors import WorkbenchError
from workbench.jobs import Cancel, Report, silent
from workbench.library.group import Group

if TYPE_CHECKING:
    from workbench.memory.sharing.records import Exported, Imported


class Sharing(Group, mixin=True):
    """A library's calls to export and import."""

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
        """Export the library, a collection, or some sources and facts.

        A `bundle` is one file, which `import_` reads completely: `target` is its name or a folder
        for it. `jsonl`, `csv` and `graphml` fill a new folder. `markdown` writes linked notes into
        a new folder, an Obsidian vault, or an earlier export, of which only unedited notes are
        replaced. `anki` writes one deck with everything under review. Never exported are the trash,
        questions, versions, local paths and the vault.

        Raises `UsageError`, `NotFoundError`, and `LibraryFullError` or `InputError` if a file
        cannot be written; nothing is left of the export then, except in an existing folder.
        """
        from workbench.memory.sharing import formats
        from workbench.memory.sharing.records import ExportOptions

        graph = self._core.graph
        if format in ("graphml", "markdown") and not self._store.read_only:
            graph.catch_up(report, cancel)
            graph.stating.catch_up(report, cancel)
        return formats.export(
            self._core.fact_index,
            graph,
            Path(target),
            ExportOptions(format, collection, sources, memories),
            report,
            cancel or Cancel(),
        )

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
        """Import a bundle or JSON Lines of facts, completely or not at all.

        Also reads exports and databases of NeuralMemory, Redis dumps of neurram, files of neuron-db
        (scopes become collections), triples of Cortex and GraphML (each edge becomes a fact);
        `Imported.left` lists what has no place here. A `collection` receives everything. What
        exists already is not duplicated. If two facts contradict each other, the `policy` decides:
        prefer_local, prefer_remote, prefer_recent or prefer_stronger; `Imported.conflicts` lists
        them. With `preview` nothing is imported. `undo("import", Imported.run)` undoes it.

        Other clients can write meanwhile, and see what was imported so far; an import that is
        cancelled, fails or is killed is rolled back. Raises `InputError` if the file is no bundle,
        is damaged, or was written by a newer version.
        """
        from workbench.memory.sharing import formats
        from workbench.memory.sharing.records import ImportOptions

        imported = formats.import_(
            self._core.fact_index,
            Path(path),
            ImportOptions(collection, policy, preview),
            report,
            cancel or Cancel(),
        )
        if not preview:
            self._core.lexicon.index_all()
            self._notify_shared()
        return imported

    def _clear_imports(self) -> None:
        """Roll back imports of processes that were killed."""
        store = self._store
        # Problems of the library are raised by its first call instead.
        with contextlib.suppress(WorkbenchError):
            if not store.read_only and store.rows(
                "SELECT 1 FROM change WHERE kind = 'import' AND state = 'open' LIMIT 1"
            ):
                from workbench.memory.sharing import runs

                runs.clear(store)
