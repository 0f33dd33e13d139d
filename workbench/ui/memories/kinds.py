"""Kinds of statements and notes on screen: words, signs and formats."""

from workbench.memory.facts.marking import KINDS, NOTE_KINDS
from workbench.ui.language import known, tr
from workbench.ui.memories.rows import FACT, HIGHLIGHT, INSTRUCTION, STANCE, VARIABLE, Memory

_PLURALS = {
    FACT: tr("Statements"),
    INSTRUCTION: tr("Instructions"),
    STANCE: tr("Stances"),
    VARIABLE: tr("Variables"),
    HIGHLIGHT: tr("Highlights"),
}
_GLYPHS = {INSTRUCTION: "list", STANCE: "quote", VARIABLE: "table"}
#: What is told under this kind is kept only where it says something: no chatter.
PERCEIVED = "perceived"
_WORDS = {
    FACT: tr("Statement"),
    PERCEIVED: tr("What matters"),
    "user": tr("About you"),
    "todo": tr("To do"),
    "error": tr("Mistake"),
}
#: All that can be told, the plain fact first; highlights are made in the Reader.
STORABLE = (*KINDS, *(kind for kind in NOTE_KINDS if kind != HIGHLIGHT), PERCEIVED)


def glyph(kind: str) -> str:
    """The icon of a kind."""
    return _GLYPHS.get(kind, "note")


def word(kind: str) -> str:
    """A kind in a word."""
    return _WORDS.get(kind, known(kind.capitalize()))


def of(row: Memory) -> str:
    """What a row is, in a word: a highlight about which something was written is a note."""
    return tr("Note") if row.kind == HIGHLIGHT and row.words else word(row.kind)


def group(kind: str) -> str:
    """Under which name a kind is counted: facts of all kinds are facts."""
    return kind if kind in NOTE_KINDS else FACT


def plural(group: str) -> str:
    """Several of a group in a word."""
    return _PLURALS[group]
