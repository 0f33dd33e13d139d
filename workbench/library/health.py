"""The health of a library: its grade, and alerts when limits are exceeded."""

from collections.abc import Mapping

from workbench.library.core import Core
from workbench.memory import stored_settings
from workbench.memory.plasticity import DAY, HOUR
from workbench.memory.reflex.settings import brain_config
from workbench.memory.vital import alerting, causes, grading, survey
from workbench.memory.vital.records import Alert, Health
from workbench.store import alerts as rows
from workbench.store import facts


def graded(core: Core, collection: str | None) -> Health:
    """The grade of a library and its parts, see `Library.health`."""
    config = brain_config(core.store)
    scope = _scope_of(core, collection)
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
    core: Core, collection: str | None, limits: Mapping[str, float], *, resolved: bool
) -> list[Alert]:
    """Alerts about exceeded limits, see `Library.alerts`."""
    overrides = {f"alert_{name}": limit for name, limit in limits.items()}
    config = stored_settings.changed(brain_config(core.store), overrides)
    scope = _scope_of(core, collection)
    timestamp = core.store.clock()
    with core.store.read() as connection:
        counts = survey.survey(core.fact_index, connection, scope, timestamp)
    exceeded = causes.causes(counts, config, timestamp - config.alert_stale_days * DAY)
    cooldown = config.alert_cooldown_hours * HOUR
    open_alerts = alerting.settle(core.store, scope or 0, exceeded, cooldown)
    records = [
        alerting.to_alert(open_alerts[cause.type], cause, collection)
        for cause in exceeded
        if cause.type in open_alerts
    ]
    if resolved:
        with core.store.read() as connection:
            resolved_rows = rows.resolved(connection, scope or 0)
        records += [alerting.to_alert(row, None, collection) for row in resolved_rows]
    return records


def marked(core: Core, which: int | str, status: str, collection: str | None) -> Alert:
    """Mark an open alert, see `Library.acknowledge`."""
    scope = _scope_of(core, collection)
    row = alerting.mark(core.store, scope or 0, which, status)
    return alerting.to_alert(row, None, collection)


def _scope_of(core: Core, collection: str | None) -> int | None:
    """The scope of a collection, which must exist; None for the whole library."""
    if collection is None:
        return None
    with core.store.read() as connection:
        return facts.require_scope(connection, collection)
