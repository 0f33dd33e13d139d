"""Names, icons and colours of concept types, and phrases of association kinds.

Related types share a colour; icon shape and name distinguish them.
"""

from workbench import paths
from workbench.ui.language import tr

_ROWS = paths.table("window/concepts.toml")
_TYPES: dict[str, tuple[str, str, str]] = _ROWS["types"]
_RELATIONS: dict[str, tuple[str, str]] = _ROWS["how"]
TYPES = tuple(_TYPES)


def word(type: str) -> str:
    """The name of a type."""
    return tr(_TYPES[type][0])


def glyph(type: str) -> str:
    """The icon of a type."""
    return _TYPES[type][1]


def ink(type: str) -> str:
    """The colour token of a type."""
    return _TYPES[type][2]


def relation(kind: str, *, outgoing: bool) -> str:
    """The relation of the other concept to this one, as a phrase."""
    phrases = _RELATIONS.get(kind, (kind.replace("_", " "),) * 2)
    return tr(phrases[0 if outgoing else 1])
