"""The operations of the portable cases on versions and on ways out of and into a scope."""

import base64
import tempfile
from pathlib import Path
from typing import Any

from workbench.library import Library


class SharingOps:
    """Versions, exports, imports, merges; part of the adapter."""

    _library: Library

    def snapshot(self, scope: str, name: str) -> None:
        self._library.collections.create(scope)
        self._library.versions.save(name, scope)

    def restore(self, scope: str, name: str) -> None:
        self._library.versions.restore(name, scope)

    def diff(self, scope: str, a: str, b: str) -> Any:
        found = self._library.versions.diff(a, b, scope)
        return {
            "added": [each.text for each in found.added],
            "removed": [each.text for each in found.removed],
            "changed": [[each.before.text, each.after.text] for each in found.changed],
        }

    def export_scope(self, scope: str) -> Any:
        self._library.collections.create(scope)
        with tempfile.TemporaryDirectory() as folder:
            done = self._library.export(Path(folder) / "scope.engrams", collection=scope)
            return {"bundle": base64.b64encode(done.path.read_bytes()).decode()}

    def import_scope(self, scope: str, data: Any) -> Any:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "scope.engrams"
            file.write_bytes(base64.b64decode(data["bundle"]))
            done = self._library.import_(file, collection=scope)
        return {"added": done.added, "conflicts": len(done.conflicts)}

    def merge_scopes(self, into: str, other: str, policy: str) -> Any:
        self._library.collections.create(other)
        done = self._library.collections.merge(into, other, policy)
        return {"added": done.added, "conflicts": len(done.conflicts)}
