"""Names, icons and formats of kinds of statements and notes."""

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
#: Saved only if informative; small talk is rejected.
PERCEIVED = "perceived"
_WORDS = {
    FACT: tr("Statement"),
    PERCEIVED: tr("What matters"),
    "user": tr("About you"),
    "todo": tr("To do"),
    "error": tr("Mistake"),
}
#: All kinds that can be entered, plain fact first; highlights are made in the Reader.
STORABLE = (*KINDS, *(kind for kind in NOTE_KINDS if kind != HIGHLIGHT), PERCEIVED)


def glyph(kind: str) -> str:
    """The icon of a kind."""
    return _GLYPHS.get(kind, "note")


def word(kind: str) -> str:
    """The name of a kind."""
    return _WORDS.get(kind, known(kind.capitalize()))


def of(row: Memory) -> str:
    """The name of a row's kind: a highlight with a note is a note."""
    return tr("Note") if row.kind == HIGHLIGHT and row.words else word(row.kind)


def group(kind: str) -> str:
    """The group under which a kind is counted: all kinds of facts are one."""
    return kind if kind in NOTE_KINDS else FACT


def plural(group: str) -> str:
    """The plural name of a group."""
    return _PLURALS[group]
