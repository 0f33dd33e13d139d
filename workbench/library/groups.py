"""All groups of public calls, for code generated from them, such as the asyncio façade.

A library imports a group on first use.
"""

from collections.abc import Mapping

from workbench.library.answers import Answers
from workbench.library.brain import Brain
from workbench.library.collections import Collections
from workbench.library.differences import Differences
from workbench.library.facts import Facts
from workbench.library.graph import Graph
from workbench.library.memory import Memory
from workbench.library.models import Models
from workbench.library.notes import Notes
from workbench.library.queue import Queue
from workbench.library.shared import Shared
from workbench.library.sleep import Sleep
from workbench.library.sources import Sources
from workbench.library.tables import Tables
from workbench.library.timeline import Timeline
from workbench.library.vault import Vault
from workbench.library.versions import Versions

#: The groups of a library's calls, by attribute.
GROUPS: Mapping[str, type] = {
    "sources": Sources,
    "collections": Collections,
    "queue": Queue,
    "facts": Facts,
    "notes": Notes,
    "graph": Graph,
    "memory": Memory,
    "sleep": Sleep,
    "brain": Brain,
    "models": Models,
    "answers": Answers,
    "tables": Tables,
    "differences": Differences,
    "timeline": Timeline,
    "vault": Vault,
    "group": Shared,
    "versions": Versions,
}
