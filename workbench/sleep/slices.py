"""The lock and the slices in which a sleep writes; one sleep at a time (`store.slices`)."""

import sqlite3

from workbench.errors import LibraryLockedError
from workbench.jobs import Cancel
from workbench.store import lease
from workbench.store.slices import Slices
from workbench.store.store import Store

LEASE = "sleep"


def asleep() -> LibraryLockedError:
    """Somebody else sleeps already."""
    return LibraryLockedError(
        "The library is already asleep in another window or program.",
        "Wait until it has finished, or stop it there.",
    )


def of_sleep(store: Store, cancel: Cancel) -> Slices:
    """The writes of one sleep. Entering raises `LibraryLockedError` where somebody else sleeps."""
    return Slices(store, cancel, LEASE, asleep)


def is_asleep(connection: sqlite3.Connection) -> bool:
    """Whether somebody sleeps in this library now."""
    return not lease.is_open(connection, "", LEASE)
