"""The doors of what is asked together, as the library opens them."""

from workbench.arguments import Limit, Words
from workbench.errors import UsageError
from workbench.memory.asked import patterns
from workbench.memory.asked.patterns import QueryPatterns
from workbench.memory.asked.records import FollowUp
from workbench.memory.asked.topics import topics


class AskedDoors:
    """What a library learns from being asked; `Library` is one. Any thread may call these.

    Every question leaves its topics, no more, in the scope that it was asked in (a collection,
    None: the library's own), unless that is switched off: `configure_brain(query_patterns=False)`.
    """

    _asked: QueryPatterns

    def topics(self, text: Words) -> list[str]:
        """What a question is about: its words that say something and the names in it, at most 8."""
        return [topic.name for topic in topics(text)]

    def suggest(
        self,
        question: Words,
        *,
        collection: Words | None = None,
        limit: Limit = patterns.SUGGESTIONS,
    ) -> list[FollowUp]:
        """Topics that are usually asked for soon after these; `question` may be a single topic.

        Those that followed within ten minutes at least three times, most often first. Raises
        `UsageError` for a limit below 1.
        """
        if limit < 1:
            raise UsageError(f"{limit} is no number of topics.", "Ask for one or more.")
        return self._asked.suggest(question, collection, limit)

    def query_patterns(
        self, *, collection: Words | None = None, limit: Limit = 100
    ) -> list[FollowUp]:
        """All that is usually asked one after the other in a scope, most often first."""
        return self._asked.listing(collection, limit)

    def forget_asked(self, *, collection: Words | None = None, everywhere: bool = False) -> int:
        """Forget which questions were asked in a scope, or everywhere; returns how many pairs.

        Answers are what they were: nothing of this takes part in them.
        """
        return self._asked.forget(collection, everywhere=everywhere)
