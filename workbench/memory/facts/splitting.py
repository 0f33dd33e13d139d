"""Splits a text into statements: by lines, and by sentences within a line."""

from ingest.language.word_lists import classes
from ingest.patterns import later
from ingest.segment import EVERY_LINE, GOOD_WORDS, detect_language, segment
from workbench.store import names

#: The labels of reasons.
_REASONS = classes("labels.txt")["reason"]

_CONTROL = later("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f]")
_LINE_END = later("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# One line without an inner sentence end; most input is like that.
_PLAIN = later(
    r"[^\x00-\x1f\x7f-\U0010ffff.!?]*"
    r"(?:(?:\.(?=[A-Za-z])|(?<=\d)\.(?=\d))[^\x00-\x1f\x7f-\U0010ffff.!?]*)*[.!?]?"
)


def split(text: str) -> list[str]:
    """The sentences of a text, stripped; every line ends one.

    A labelled reason (“DECISION: … REASON: …”) belongs to the statement before. Control characters
    become spaces and lone surrogates a replacement; byte order marks are removed, also inside.
    """
    if _is_plain(text):
        statement = text.strip()
        return [statement] if statement else []
    statements: list[str] = []
    for statement in _sentences(text):
        if statements and _is_reason(statement, statements[-1]):
            end = " " if statements[-1][-1] in ".!?" else ". "
            statements[-1] += f"{end}{statement}"
        else:
            statements.append(statement)
    return statements


def _is_reason(statement: str, previous: str) -> bool:
    if statement.partition(":")[0].lower() not in _REASONS or ":" not in statement:
        return False
    from ingest.language.key_values import opens_with_label  # seldom needed, and slow to load

    return opens_with_label(previous)


def _sentences(text: str) -> list[str]:
    clean = _CONTROL.sub(
        " ", _LINE_END.sub("\n", names.without_surrogates(text).replace("\ufeff", ""))
    )
    lines = clean.split("\n")
    if all(map(_is_plain, lines)):
        return [statement for line in lines if (statement := line.strip())]
    # Ambiguous line ends are decided by the style of the whole text.
    language = detect_language(clean) or "en"
    return [clean[start:end].strip() for start, end in segment(clean, language, EVERY_LINE)]


def _is_plain(line: str) -> bool:
    return len(line) <= 2 * GOOD_WORDS and _PLAIN.fullmatch(line) is not None
