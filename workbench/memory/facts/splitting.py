"""Splits a text into statements: by lines, and by sentences within a line."""

from collections.abc import Iterator

from ingest.language.claims import claims_of
from ingest.language.question_detection import is_question
from ingest.language.tagging import tagged
from ingest.language.word_lists import classes
from ingest.language.word_lists import words as word_class
from ingest.patterns import later
from ingest.segment import EVERY_LINE, GOOD_WORDS, detect_language, segment
from workbench.memory import told_words
from workbench.memory.facts import cues
from workbench.memory.told_words import is_dense
from workbench.memory.vocabulary import is_key_run
from workbench.store import names

#: The labels of reasons.
_REASONS = classes("labels.txt")["reason"]

#: Words of a statement that needs no claim are more than this.
_FRAGMENT = 2
#: A digit or an assignment sign.
_VALUE = later(r"[\d:=]")
_CONTROL = later("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f]")
_LINE_END = later("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# One line without an inner sentence end; most input is like that.
_PLAIN = later(
    r"[^\x00-\x1f\x7f-\U0010ffff.!?]*"
    r"(?:(?:\.(?=[A-Za-z])|(?<=\d)\.(?=\d))[^\x00-\x1f\x7f-\U0010ffff.!?]*)*[.!?]?"
)


def split(text: str) -> list[str]:
    """The sentences of a text, stripped; every line ends one.

    A labelled reason (“DECISION: … REASON: …”) belongs to the statement before, and a fragment to
    the sentence before or after it in its line (“She moves out in May. To Carrick.”). Control
    characters become spaces and lone surrogates a replacement; byte order marks are removed, also
    inside.
    """
    if _is_plain(text):
        statement = text.strip()
        return [statement] if statement else []
    statements: list[str] = []
    for statement, goes_on in _sentences(text):
        if goes_on and (_is_fragment(statement) or _is_fragment(statements[-1])):
            statements[-1] += f" {statement}"
        elif statements and _is_reason(statement, statements[-1]):
            end = " " if statements[-1][-1] in ".!?" else ". "
            statements[-1] += f"{end}{statement}"
        else:
            statements.append(statement)
    return statements


def refusal(text: str, *, brief: bool = False) -> str:
    """Why a text is not a statement, "" if it is one; a `brief` one needs no claim."""
    if is_question(text):
        return "question"
    words = told_words.in_order(text)
    if not words:
        return "" if any(character.isalnum() for character in text) else "empty"
    if is_dense(text):
        return "" if len(text) > _FRAGMENT else "chatter"
    chatter = word_class("chatter")
    if all(word in chatter or is_key_run(word) for word in cues.content_words(text)):
        return "chatter"
    if len(words) > _FRAGMENT or brief or _VALUE.search(text) or claims_of(text).claims:
        return ""
    return "chatter"


def _is_fragment(statement: str) -> bool:
    """Whether a sentence of two words is a place, a time or the like: “To Carrick.”"""
    if statement.count(" ") >= _FRAGMENT:
        return False
    first = next(iter(tagged(statement)), None)
    return first is not None and first.tags[0] in "IT" and refusal(statement) == "chatter"


def _is_reason(statement: str, previous: str) -> bool:
    if statement.partition(":")[0].lower() not in _REASONS or ":" not in statement:
        return False
    from ingest.language.key_values import opens_with_label  # seldom needed, and slow to load

    return opens_with_label(previous)


def _sentences(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the sentences, and whether each goes on in the line of the one before."""
    clean = _CONTROL.sub(
        " ", _LINE_END.sub("\n", names.without_surrogates(text).replace("\ufeff", ""))
    )
    lines = clean.split("\n")
    if all(map(_is_plain, lines)):
        yield from ((statement, False) for line in lines if (statement := line.strip()))
        return
    # Ambiguous line ends are decided by the style of the whole text.
    language = detect_language(clean) or "en"
    former = -1
    for start, end in segment(clean, language, EVERY_LINE):
        # What is too long is cut anywhere.
        goes_on = former > 0 and clean[former - 1] in ".!?…" and "\n" not in clean[former:start]
        yield clean[start:end].strip(), goes_on
        former = end


def _is_plain(line: str) -> bool:
    return len(line) <= 2 * GOOD_WORDS and _PLAIN.fullmatch(line) is not None
