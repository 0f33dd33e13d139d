"""Shuts a process of the intake in, as its parent says, before it sees any foreign byte."""

import tempfile
from collections.abc import Sequence

from ingest import isolation
from workbench.intake import limits, wire


def enclosed(channel: wire.Channel, programs: Sequence[str] = (), *, network: bool = False) -> bool:
    """Shut this process in as its first request says, and listen to further ones.

    Returns whether it has the limits of a recording. Temporary files go where the parent removes
    them.
    """
    _, *places, heavy = channel.first()
    read, write = ([str(wire.path_of(place)) for place in some] for some in places)
    limits.be_modest(heavy=heavy)
    tempfile.tempdir = write[0]
    isolation.enclose(isolation.Cage(read, write, programs, network))
    channel.listen()
    return bool(heavy)
