"""The kinds of what was told: their words on screen and their signs."""

from workbench.ui.memories.rows import FACT

_WORDS = {
    FACT: ("Fact", "Facts", "note"),
    "instruction": ("Instruction", "Instructions", "list"),
    "stance": ("Stance", "Stances", "quote"),
    "variable": ("Variable", "Variables", "table"),
}


def glyph(kind: str) -> str:
    """The icon of a kind."""
    return _WORDS.get(kind, ("", "", "note"))[2]


def word(kind: str) -> str:
    """A kind in a word."""
    return _WORDS[kind][0] if kind in _WORDS else kind.capitalize() or "Note"


def plural(kind: str) -> str:
    """Several of a kind in a word."""
    return _WORDS[kind][1] if kind in _WORDS else f"{word(kind)}s"
