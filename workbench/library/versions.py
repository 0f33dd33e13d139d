"""Versions: snapshots of told statements."""

from workbench.library.group import Group, forward, of_facts
from workbench.memory.sharing import versions


class Versions(Group):
    """A library's calls on versions."""

    save = forward(versions.save, of_facts)

    list = forward(versions.listing, of_facts)

    diff = forward(versions.diff, of_facts)

    restore = forward(versions.restore, of_facts, ("facts",))

    drop = forward(versions.drop, of_facts)
