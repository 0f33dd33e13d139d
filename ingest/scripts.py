"""Superscripts, subscripts and struck-out text as plain text: 2 to the 30th does not become 230.

Readers mark superscripts by `UP` and `END`, subscripts by `DOWN` and `END`: control characters that
XML forbids in text. Digits become Unicode superscripts and subscripts; letters are joined to their
word (5th), and a raised digit after the end of a sentence is a note mark.

Words between `STRUCK` and `STRUCK_END` no longer hold. They are put behind the words of their
paragraph or cell that do, each sentence as "(struck out: …)", so that no answer takes them for
true. A paragraph of nothing else is in no passage.
"""

import re

UP, DOWN, END = "\x0e", "\x10", "\x0f"
STRUCK, STRUCK_END = "\x11", "\x12"
_SIGNS = "0123456789+-=()n"
_RAISED = str.maketrans(_SIGNS + "−–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ⁻⁻")
_LOWERED = str.maketrans(_SIGNS + "−–", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙ₋₋")
_SMALL = re.compile(r"[-0-9+=()n−–]+")
_SCRIPT = re.compile(f"(.?)([{UP}{DOWN}])([^{UP}{DOWN}{END}]*){END}", re.DOTALL)
_MARKS = re.compile(f"[{UP}{DOWN}{END}]")
_STRUCK = re.compile(
    rf"\s?{STRUCK}([^{STRUCK}{STRUCK_END}]*)(?:{STRUCK_END}|\Z)(?=[{UP}{DOWN}{END}]*(\w)?)"
)
_ADJACENT = re.compile(f"{STRUCK_END}(\\s*){STRUCK}")
_NOTED = re.compile(r"\([Ss]truck out: (?:[^()]|\([^()]*\))*\)")
_ALL_STRUCK = re.compile(rf"(?:{_NOTED.pattern.replace('[Ss]', 'S')}\s*)+")
_CELLS = re.compile(r"(?<=\s)\|(?=\s)")
_SENTENCES = re.compile(r"(?<=[.!?…])\s+")
#: Adjacent runs of the same kind, as Word splits them.
_SAME = re.compile(f"([{UP}{DOWN}])([^{UP}{DOWN}{END}]*){END}\\1")
_NOTE = re.compile(r"\[?[0-9]{1,3}(?:[,–-] ?[0-9]{1,3}){0,9}\]?")
_DEEPEST = 4
_SHORTEST = 6
_SENTENCE_ENDS = frozenset(".,;:!?”’»\"'")


def raised(text: str) -> str:
    """A text in Unicode superscripts, character for character."""
    return text.translate(_RAISED)


def lowered(text: str) -> str:
    """A text in Unicode subscripts, character for character."""
    return text.translate(_LOWERED)


def is_small(text: str) -> bool:
    """Whether all characters of a text have superscript forms."""
    return not text or _SMALL.fullmatch(text) is not None


def struck(text: str) -> str:
    """Mark a text as struck out."""
    return f"{STRUCK}{text}{STRUCK_END}" if text.strip() else text


def is_struck(text: str) -> bool:
    """Whether nothing of a resolved text holds."""
    return _ALL_STRUCK.fullmatch(text) is not None


def is_struck_at(text: str, start: int, end: int) -> bool:
    """Whether `[start, end)` of a resolved text does not hold; all of it if that is empty."""
    if start >= end:
        text = text.strip()
        start, end = 0, len(text)
    return any(note.start() <= start and end <= note.end() for note in _NOTED.finditer(text))


def without_marks(text: str) -> str:
    """Resolve all marks in a text."""
    if STRUCK in text:
        text = "|".join(map(_without_struck, _CELLS.split(text)))
    if STRUCK_END in text:
        text = text.replace(STRUCK_END, "")
    if not _MARKS.search(text):
        return text
    text = _SAME.sub(r"\1\2", text)
    # Marks may be nested; the innermost are resolved first.
    for _ in range(_DEEPEST):
        text, inner = _SCRIPT.subn(_script, text)
        if not inner:
            break
    return _MARKS.sub("", text)


def _without_struck(text: str) -> str:
    """A paragraph or cell with its struck-out words behind the others."""
    pieces: list[str] = []

    def take(match: re.Match[str]) -> str:
        own: list[str] = []
        for piece in filter(None, map(str.strip, _SENTENCES.split(match[1]))):
            # Behind an abbreviation or the number of an item no sentence begins.
            if own and (not piece[0].isupper() or len(own[-1]) < _SHORTEST):
                own[-1] += f" {piece}"
            else:
                own.append(piece)
        pieces.extend(own)
        # The words on both sides stay apart.
        inner = match[0].strip(STRUCK + STRUCK_END)
        spaced = match[0][0].isspace() or inner != inner.strip()
        return " " if match[2] and spaced else ""

    text = _ADJACENT.sub(r"\1", text)
    for _ in range(_DEEPEST):
        text, count = _STRUCK.subn(take, text)
        if not count:
            break
    held = text.rstrip()
    closes = held[-1:] in _SENTENCE_ENDS
    word, stop = ("Struck", ".") if closes or not held else ("struck", "")
    notes = (f"({word} out: {piece.rstrip('.')}{stop})" for piece in pieces)
    return " ".join([*([held] if held.strip() else []), *notes]) + text[len(held) :]


def _script(match: re.Match[str]) -> str:
    previous, mark, text = match.groups()
    held = text.strip()
    # Several digits after a word are notes, too: no power has a comma.
    ends = previous in _SENTENCE_ENDS or ("," in held and not previous.isdigit())
    if mark == UP and ends and _NOTE.fullmatch(held):
        return previous
    if mark == DOWN and not previous.isdigit():
        # H2O is written and searched for in plain digits.
        return previous + text
    if _SMALL.fullmatch(held):
        table = _RAISED if mark == UP else _LOWERED
        return previous + held.translate(table) + text[len(text.rstrip()) :]
    sign = "^" if mark == UP else "_"
    # 5th is a word; 2 to the power of 3x, and subscripted digits, are none.
    joins = not previous.isdigit() or (held.isalpha() and len(held) > 1)
    return previous + (text if joins or not held else sign + text)
