"""Care of a library: integrity, repair, backup and salvage; its health and alerts."""

import contextlib
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from workbench import paths, permissions
from workbench.arguments import Id, Words
from workbench.errors import InputError, NotFoundError
from workbench.jobs import Cancel, Report, silent
from workbench.library.group import Group
from workbench.memory import stored_settings
from workbench.memory.plasticity import DAY, HOUR
from workbench.memory.reflex.settings import brain_config
from workbench.store import backup, facts
from workbench.store import vital as rows

if TYPE_CHECKING:
    from workbench.care.salvage import Salvaged
    from workbench.memory.vital.records import Alert, Health
    from workbench.store.backup import Backup, Restored
    from workbench.store.verify import Verified


class Care(Group, mixin=True):
    """A library's calls to check, back up and restore it."""

    def verify(
        self, *, repair: bool = False, report: Report = silent, cancel: Cancel | None = None
    ) -> "Verified":
        """Check the file's integrity, the words of every quote, counts, and the index.

        With `repair`, derivable data that is wrong is rebuilt: counts, ownership, rows without an
        owner, the index. `Verified.problems` are those that remain.
        """
        stop = cancel or Cancel()
        before = self._verified(report, stop)
        if before.sound or not repair:
            return before
        repairs = self._repaired(stop)
        self._notify_sources()
        return replace(self._verified(report, stop), repaired=repairs)

    def backup(
        self,
        file: str | Path,
        *,
        replace: bool = False,
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> "Backup":
        """Copy the library to one file while it is in use, verified row by row and synced (X1).

        In a folder, the copy gets the library's name and the date. `replace` overwrites an older
        backup of this library. Raises `UsageError` if any other file has the name.
        """
        return self._store.backup(Path(file), report, cancel, replace=replace)

    @staticmethod
    def restore_backup(
        file: str | Path,
        path: str | Path | None = None,
        *,
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> "Restored":
        """Replace the library at `path` (None: the default), which must be closed, by a backup.

        The existing file is moved to `Restored.aside`. Raises `LibraryLockedError` while any
        program has it open, and `InputError` if the backup was altered.
        """
        target = paths.default_library() if path is None else Path(path)
        if path is None:
            permissions.folder(target.parent)
        result = backup.restore(Path(file), target, report, cancel)
        _drop_index(result.library)
        return result

    @staticmethod
    def salvage(
        source: str | Path,
        target: str | Path,
        *,
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> "Salvaged":
        """Create a new library from the readable parts of a damaged one, which stays unchanged.

        Texts with missing chapters are read again if their original exists. Raises `NotFoundError`,
        `UsageError` if `target` exists, and `LibraryError`.
        """
        from workbench.care.salvage import salvage
        from workbench.library.library import Library

        outcome = salvage(Path(source), Path(target), report, cancel)
        derived, missing = list(outcome.derived), list(outcome.lost)
        _drop_index(outcome.library)
        with Library.open(outcome.path) as library:
            for source_id in outcome.reread:
                with contextlib.suppress(NotFoundError, InputError):
                    outcomes = library.add([source_id], report=report, cancel=cancel)
                    if any(added.error for added in outcomes):
                        continue
                    mark = f"(source {source_id})"
                    missing = [row for row in missing if mark not in row]
                    derived.append(f"A text was read again from its original {mark}.")
            # Report the problems that are left now.
            checked = library.verify(repair=True, report=report, cancel=cancel)
        derived += checked.repaired
        return replace(
            outcome, damaged=checked.problems, derived=tuple(derived), lost=tuple(missing)
        )

    def health(self, collection: Words | None = None) -> "Health":
        """Grade the library, from A to F, and its parts, each with what to do about it.

        There is no grade if it has too little content. Raises `NotFoundError` for an unknown
        collection.
        """
        from workbench.memory.vital import grading, survey

        core = self._core
        config = brain_config(core.store)
        scope = self._scope(collection)
        now = core.store.clock()
        cutoff = now - config.alert_stale_days * DAY
        if not core.store.read_only:
            core.strengths.flush()
        with core.store.read() as connection:
            counts = survey.survey(core.fact_index, connection, scope, now)
            lately = survey.lately(connection, collection)
            sources = survey.sources_alive(connection, scope, cutoff)
        return grading.grade(
            counts, lately, sources, stale_cutoff=cutoff, timestamp=now, collection=collection
        )

    def alerts(
        self,
        collection: Words | None = None,
        *,
        limits: Mapping[Words, float] | None = None,
        resolved: bool = False,
    ) -> "list[Alert]":
        """Alerts about exceeded limits, most severe first, each with what to do about it.

        `limits` override those of the library (`brain.configure(alert_memories=...)`) for this
        call: memories, concepts, fibers, associations, connectivity, orphans, expired, stale. An
        alert opens when a limit is first exceeded and is resolved when it no longer is; with
        `resolved` these follow, latest first. Raises `UsageError` for an unknown limit, and
        `NotFoundError` for an unknown collection.
        """
        from workbench.memory.vital import alerting, survey

        core = self._core
        overrides = {f"alert_{name}": limit for name, limit in (limits or {}).items()}
        config = stored_settings.changed(brain_config(core.store), overrides)
        scope = self._scope(collection)
        timestamp = core.store.clock()
        with core.store.read() as connection:
            counts = survey.survey(core.fact_index, connection, scope, timestamp)
        exceeded = alerting.causes(counts, config, timestamp - config.alert_stale_days * DAY)
        cooldown = config.alert_cooldown_hours * HOUR
        open_alerts = alerting.settle(core.store, scope or 0, exceeded, cooldown)
        records = [
            alerting.to_alert(open_alerts[cause.type], cause, collection)
            for cause in exceeded
            if cause.type in open_alerts
        ]
        if resolved:
            with core.store.read() as connection:
                resolved_rows = rows.resolved_alerts(connection, scope or 0)
            records += [alerting.to_alert(row, None, collection) for row in resolved_rows]
        return records

    def acknowledge(
        self, which: Id | Words, status: Words, *, collection: Words | None = None
    ) -> "Alert":
        """Mark an open alert, given by its id or type, as seen, acknowledged or resolved.

        If the cause of a resolved alert persists, it opens again after six hours. Raises
        `UsageError` for an unknown status or type, `NotFoundError` for an unknown alert or
        collection.
        """
        from workbench.memory.vital import alerting

        row = alerting.mark(self._store, self._scope(collection) or 0, which, status)
        return alerting.to_alert(row, None, collection)

    def _verified(self, report: Report, cancel: Cancel) -> "Verified":
        """Find problems of the file and its index; nothing is changed."""
        from workbench.memory.index_check import differences
        from workbench.store.verify import verify

        core = self._core
        return verify(
            core.store,
            core.recall.finds,
            index=lambda stop: (
                *differences(core.store, core.lexicon, stop),
                *core.fact_index.differences(),
            ),
            report=report,
            cancel=cancel,
        )

    def _repaired(self, cancel: Cancel) -> tuple[str, ...]:
        """Rebuild what can be derived; returns the repairs, in sentences."""
        from workbench.store import repair

        repairs = self._store.mend(repair.mend)
        self._core.lexicon.rebuild(cancel)
        return (*repairs, "The index was rebuilt.")

    def _scope(self, collection: str | None) -> int | None:
        """The scope of a collection, which must exist; None for the whole library."""
        if collection is None:
            return None
        with self._store.read() as connection:
            return facts.require_scope(connection, collection)


def _drop_index(library: str) -> None:
    """Delete the cached index: engram ids now mean other engrams of the same library id."""
    shutil.rmtree(paths.cache_dir() / "index" / library, ignore_errors=True)
