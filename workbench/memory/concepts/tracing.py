"""Entry point: from a statement to its concepts and their bonds.

The text is tokenised, a table maps each token to a letter (`tags`), one expression over the letters
finds chunks (`spans`), and a pass over these makes concepts and bonds (`concept_roles`). No model
and no store; linear in the length of the text.
"""

from itertools import accumulate

from workbench.memory.concepts import other_languages, tags
from workbench.memory.concepts.boilerplate import blank_boilerplate
from workbench.memory.concepts.concept_roles import Weaver
from workbench.memory.concepts.records import EMPTY_TRACE, Trace
from workbench.memory.concepts.spans import chunks, settle

#: Maximum characters of a statement; the rest is ignored.
LONGEST = 20_000

#: Typographic characters and their plain equivalents, so that most text is ASCII.
_TYPOGRAPHIC = (
    ("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"'), ("—", ";"), ("–", ";"), ("…", "."),
    ("\xa0", " "),
)  # fmt: skip


def trace(text: str, *, language: str = "", at: float | None = None) -> Trace:
    """The concepts and bonds of a statement.

    `language` is a BCP 47 tag, "" if unknown; `at` is the time of the statement in seconds since
    the epoch, to which "yesterday" refers.
    """
    if len(text) > LONGEST:
        text = text[:LONGEST]
    if not text or text.isspace():
        return EMPTY_TRACE
    read = blank_boilerplate(text)
    if not read.isascii():
        for mark, plain in _TYPOGRAPHIC:
            read = read.replace(mark, plain)
    parts = tags.pieces(read)
    tokens = parts[1::2]
    if not tokens:
        return EMPTY_TRACE
    places = list(accumulate(map(len, parts)))
    if not other_languages.is_english(read, tokens, language):
        return other_languages.trace_any(text, read, language, at)
    letters = settle(tokens, tags.letters(tokens))
    return Weaver(text, tokens, places, letters, chunks(letters), at).run().end()
