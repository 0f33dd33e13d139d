"""The operations of query patterns and alerts for the portable cases."""

from collections.abc import Mapping
from typing import Any

from workbench.library import Library
from workbench.memory.asked.patterns import topics


class VitalCases:
    """What the adapter does with follow-up questions and alerts; a scope is a collection."""

    _library: Library

    def topics(self, text: str) -> list[str]:
        return [topic.name for topic in topics(text)]

    def patterns(self, scope: str, topic: str) -> list[str]:
        return [each.topic for each in self._library.memory.suggest(topic, collection=scope)]

    def alerts(self, scope: str, limits: Mapping[str, float] | None = None) -> Any:
        return [
            {"type": each.type, "severity": each.severity, "status": each.status,
             "message": each.message}
            for each in self._library.alerts(scope, limits=limits)
        ]  # fmt: skip

    def alert_mark(self, scope: str, type: str, status: str) -> bool:
        return self._library.acknowledge(type, status, collection=scope).status == status
