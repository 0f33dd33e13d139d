"""Superscripts and subscripts as plain text, so that 2 to the 30th does not become 230.

Readers set what is raised between `UP` and `END`, what is lowered between `DOWN` and `END`: control
characters that XML does not allow in text. Figures become the small signs of Unicode, which are as
many; letters are joined to their word (5th), and a figure raised after the end of a sentence is
the mark of a note.
"""

import re

UP, DOWN, END = "\x0e", "\x10", "\x0f"
_SIGNS = "0123456789+-=()n"
_RAISED = str.maketrans(_SIGNS + "−–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ⁻⁻")
_LOWERED = str.maketrans(_SIGNS + "−–", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙ₋₋")
_SMALL = re.compile(r"[-0-9+=()n−–]+")
_SCRIPT = re.compile(f"(.?)([{UP}{DOWN}])([^{UP}{DOWN}{END}]*){END}", re.DOTALL)
_MARKS = re.compile(f"[{UP}{DOWN}{END}]")
#: Two runs alike beside each other, as Word divides them.
_SAME = re.compile(f"([{UP}{DOWN}])([^{UP}{DOWN}{END}]*){END}\\1")
_NOTE = re.compile(r"\[?[0-9]{1,3}(?:[,–-] ?[0-9]{1,3}){0,9}\]?")
_DEEPEST = 4
_SENTENCE_ENDS = frozenset(".,;:!?”’»\"'")


def raised(text: str) -> str:
    """What is raised in the small signs of Unicode, sign for sign."""
    return text.translate(_RAISED)


def lowered(text: str) -> str:
    """What is lowered in the small signs of Unicode, sign for sign."""
    return text.translate(_LOWERED)


def is_small(text: str) -> bool:
    """Whether there is a small sign for each of a text, or nothing in it."""
    return not text or _SMALL.fullmatch(text) is not None


def without_marks(text: str) -> str:
    """The text without the marks around what is raised or lowered."""
    if not _MARKS.search(text):
        return text
    text = _SAME.sub(r"\1\2", text)
    # What is raised may have something raised in it; the innermost is settled first.
    for _ in range(_DEEPEST):
        text, inner = _SCRIPT.subn(_script, text)
        if not inner:
            break
    return _MARKS.sub("", text)


def _script(match: re.Match[str]) -> str:
    previous, mark, text = match.groups()
    held = text.strip()
    # Several figures after a word are notes, too: no power has a comma.
    ends = previous in _SENTENCE_ENDS or ("," in held and not previous.isdigit())
    if mark == UP and ends and _NOTE.fullmatch(held):
        return previous
    if mark == DOWN and not previous.isdigit():
        # H2O is written and looked for in plain figures.
        return previous + text
    if _SMALL.fullmatch(held):
        table = _RAISED if mark == UP else _LOWERED
        return previous + held.translate(table) + text[len(text.rstrip()) :]
    sign = "^" if mark == UP else "_"
    # 5th is a word; 2 to the power of 3x, and figures below figures, are none.
    joins = not previous.isdigit() or (held.isalpha() and len(held) > 1)
    return previous + (text if joins or not held else sign + text)
