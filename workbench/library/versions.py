"""Versions: snapshots of what was told."""

from workbench.library.group import Group, forward, of_facts
from workbench.memory.sharing import versions


class Versions(Group):
    """What a library can do with versions of what it was told."""

    save = forward(versions.save, of_facts)

    list = forward(versions.listing, of_facts)

    diff = forward(versions.diff, of_facts)

    restore = forward(versions.restore, of_facts, ("facts",))

    drop = forward(versions.drop, of_facts)
