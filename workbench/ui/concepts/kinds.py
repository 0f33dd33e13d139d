"""The types of concepts and the kinds of associations on screen: words, signs and inks.

Types that are near to each other share an ink; the shape of the sign tells them apart, and the word
says it.
"""

from workbench import paths
from workbench.ui.language import tr

_ROWS = paths.table("window/concepts.toml")
_TYPES: dict[str, tuple[str, str, str]] = _ROWS["types"]
_RELATIONS: dict[str, tuple[str, str]] = _ROWS["how"]
TYPES = tuple(_TYPES)


def word(type: str) -> str:
    """A type in a word."""
    return tr(_TYPES[type][0])


def glyph(type: str) -> str:
    """The sign of a type."""
    return _TYPES[type][1]


def ink(type: str) -> str:
    """The ink of a type: a token of the theme."""
    return _TYPES[type][2]


def relation(kind: str, *, outgoing: bool) -> str:
    """How the other concept of an association stands to this one."""
    phrases = _RELATIONS.get(kind, (kind.replace("_", " "),) * 2)
    return tr(phrases[0 if outgoing else 1])
