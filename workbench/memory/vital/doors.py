"""The doors of alerts and health, as the library opens them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from workbench.arguments import Id, Words
from workbench.errors import NotFoundError
from workbench.memory.facts.index import FactIndex
from workbench.memory.reflex.doors import brain_config
from workbench.store import alerts as rows
from workbench.store import facts, names
from workbench.store.store import Store

if TYPE_CHECKING:
    from workbench.memory.vital.records import Alert, Health


class VitalDoors:
    """How a library is; `Library` is one. Any thread may call these.

    `collection` None is the whole library, everything that was told and read. What was told or
    read just now counts for concepts and fibers once it is linked, within a second.
    """

    _store: Store
    _fact_index: FactIndex

    def alerts(
        self,
        collection: Words | None = None,
        *,
        limits: Mapping[Words, float] | None = None,
        resolved: bool = False,
    ) -> "list[Alert]":
        """What is over its limits by now, the most severe first, each with what to do about it.

        Limits are those of the library (`configure_brain(alert_memories=...)` and so on), or for
        once those in `limits`: memories, concepts, fibers, associations, connectivity, orphans,
        expired, stale. An alert is raised when it is first found, and resolved when its cause is
        found to be gone; with `resolved` those follow, the latest first. Raises `UsageError` for no
        such limit, and `NotFoundError` for no such collection.
        """
        from workbench.memory.vital import alerting, causes, survey
        from workbench.memory.vital.limits import cooldown, limits_of, stale_before

        config = brain_config(self._store)
        allowed = limits_of(config, limits)
        scope = self._scope_of(collection)
        now = self._store.clock()
        with self._store.read() as connection:
            found = survey.survey(self._fact_index, connection, scope, now)
        over = causes.causes(found, allowed, stale_before(config, now), config.alert_stale_days)
        held = alerting.settle(self._store, scope or 0, over, cooldown(config))
        told = [
            alerting.told(held[cause.type], cause, collection)
            for cause in over
            if cause.type in held
        ]
        if resolved:
            with self._store.read() as connection:
                gone = rows.resolved(connection, scope or 0)
            told += [alerting.told(row, None, collection) for row in gone]
        return told

    def mark_alert(
        self, which: Id | Words, status: Words, *, collection: Words | None = None
    ) -> "Alert":
        """Mark an open alert, by its number or its type, as seen, acknowledged or resolved.

        What is resolved by hand comes back after six hours if its cause is still there. Raises
        `UsageError` for no such status or type, `NotFoundError` for no such alert or collection.
        """
        from workbench.memory.vital import alerting

        scope = self._scope_of(collection)
        row = alerting.mark(self._store, scope or 0, which, status)
        return alerting.told(row, None, collection)

    def health(self, collection: Words | None = None) -> "Health":
        """How well a library is: a grade from A to F, and its parts with what to do about each.

        One that holds nothing, or too little, has no grade. Raises `NotFoundError` for no such
        collection.
        """
        from workbench.memory.vital import grading, survey
        from workbench.memory.vital.limits import stale_before

        config = brain_config(self._store)
        scope = self._scope_of(collection)
        now = self._store.clock()
        before = stale_before(config, now)
        if not self._store.read_only:
            self._fact_index.strengths.flush()
        with self._store.read() as connection:
            found = survey.survey(self._fact_index, connection, scope, now)
            lately = survey.lately(connection, collection)
            sources = survey.sources_alive(connection, scope, before)
        return grading.grade(
            found, lately, sources, stale_before=before, now=now, collection=collection
        )

    def _scope_of(self, collection: str | None) -> int | None:
        """The scope of a collection that must be there; None for the whole library."""
        if collection is None:
            return None
        with self._store.read() as connection:
            scope = facts.scope_id(connection, collection)
        if scope is None:
            raise NotFoundError(
                f"There is no collection called “{names.shown(collection)}”.",
                "See `workbench list collections`.",
            )
        return scope
