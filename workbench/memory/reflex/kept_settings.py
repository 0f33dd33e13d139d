"""Stores the settings of reflex recall in the library."""

from workbench.memory.reflex import settings
from workbench.memory.reflex.settings import BrainConfig
from workbench.store import meta
from workbench.store.store import Store


def brain_config(store: Store) -> BrainConfig:
    """The settings that are kept with a library."""
    with store.glance() as connection:
        kept = meta.get(connection, meta.BRAIN_CONFIG)
    return settings.DEFAULTS if kept is None else settings.unpacked(str(kept))
