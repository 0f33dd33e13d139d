"""The operations of kinds, projects, reviews and contradictions for the portable cases."""

import dataclasses
from collections.abc import Sequence
from typing import Any

from workbench.errors import NotFoundError
from workbench.library import Library
from workbench.library.options import Marks


class KindCases:
    """What the adapter does with kinds of memories; a scope is a collection."""

    _library: Library

    def info(self, scope: str, match: str) -> Any:
        found = self._library.facts.get(match, collection=scope).info
        return None if found is None else dataclasses.asdict(found)

    def working_memory(self, scope: str) -> Any:
        try:
            held = self._library.memory.working(scope)
        except NotFoundError:
            return []
        return [{"text": each.text, "retention": each.retention} for each in held]

    def rehearse(self, scope: str, match: str) -> None:
        self._library.memory.rehearse(match, collection=scope)

    def set_expiry(self, scope: str, match: str, days: float | None) -> None:
        self._library.memory.mark(match, Marks(expires_days=days), collection=scope)

    def project_add(
        self,
        scope: str,
        name: str,
        duration_days: float | None = None,
        tags: Sequence[str] = (),
        description: str = "",
    ) -> None:
        self._library.collections.add_project(
            name, duration_days=duration_days, tags=tags, description=description, collection=scope
        )

    def project_info(self, scope: str, name: str) -> Any:
        try:
            return dataclasses.asdict(self._library.collections.projects(name, collection=scope)[0])
        except NotFoundError:
            return None

    def conflicts(self, scope: str) -> Any:
        return [
            {"text": f"{each.older.text} / {each.newer.text}", "kind": each.kind,
             "at": [each.older.at, each.newer.at]}
            for each in self._library.facts.conflicts(scope)
        ]  # fmt: skip
