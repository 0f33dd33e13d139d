"""Integrity checks of a library, repair, restoring and salvage."""

import contextlib
import shutil
from dataclasses import replace
from pathlib import Path

from workbench import paths, permissions
from workbench.care.salvage import Salvaged, salvage
from workbench.errors import InputError, NotFoundError
from workbench.jobs import Cancel, Report
from workbench.library.core import Core
from workbench.memory.index_check import differences
from workbench.store import backup, repair
from workbench.store.backup import Restored
from workbench.store.verify import Verified, verify


def verified(core: Core, report: Report, cancel: Cancel) -> "Verified":
    """Find problems of the file and its index; nothing is changed."""
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


def mended(core: Core, cancel: Cancel) -> tuple[str, ...]:
    """Rebuild what can be derived; returns the repairs, in sentences."""
    repairs = core.store.mend(repair.mend)
    core.lexicon.rebuild(cancel)
    core.drop_derived()
    return (*repairs, "The index was rebuilt.")


def restored(file: Path, path: Path | None, report: Report, cancel: Cancel | None) -> Restored:
    """Replace a library by a backup, see `Library.restore_backup`."""
    target = paths.default_library() if path is None else path
    if path is None:
        permissions.folder(target.parent)
    result = backup.restore(file, target, report, cancel)
    _drop_index(result.library)
    return result


def salvaged(source: Path, target: Path, report: Report, cancel: Cancel | None) -> Salvaged:
    """Create a new library from the readable parts of a damaged one, see `Library.salvage`."""
    from workbench.library.library import Library

    outcome = salvage(source, target, report, cancel)
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
    return replace(outcome, damaged=checked.problems, derived=tuple(derived), lost=tuple(missing))


def _drop_index(library: str) -> None:
    """Delete the cached index: engram ids now mean other engrams of the same library id."""
    shutil.rmtree(paths.cache_dir() / "index" / library, ignore_errors=True)
