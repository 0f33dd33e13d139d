"""The operations of query patterns and alerts for the portable cases."""

from workbench.library import Library


class VitalCases:
    """What the adapter does with what is asked together; a scope is a collection."""

    _library: Library

    def topics(self, text: str) -> list[str]:
        return self._library.topics(text)

    def patterns(self, scope: str, topic: str) -> list[str]:
        return [each.topic for each in self._library.suggest(topic, collection=scope)]
