"""Abbreviations that end with a full stop, by language and by what they say about the stop.

A key is the abbreviation in lower case without its last stop; "z. B." and "z.B." are both `z.b`.
Before a lower-case letter no full stop ends a sentence in text that uses capitals, so the lists
only decide what happens before a capital, a digit or a caseless letter.
"""

from ingest.language.word_lists import classes
from ingest.languages import by_language

_WORDS = classes("sentences.txt", "")

#: Never end a sentence, in any language: titles, “see”, “page”.
LEADING_ANYWHERE = _WORDS["leading_anywhere"]

#: The same by language.
LEADING = {language: LEADING_ANYWHERE | words for language, words in by_language("leading").items()}

#: May end a sentence: a capital letter after it begins the next one.
TRAILING_ANYWHERE = _WORDS["trailing_anywhere"]

#: The same by language.
TRAILING = {
    language: TRAILING_ANYWHERE - LEADING.get(language, frozenset()) | words
    for language, words in by_language("trailing").items()
}

#: May end a sentence after a number (a unit, a year, a century); never elsewhere.
AFTER_FIGURES = by_language("after_figures")

#: Never end a sentence before a digit or a Roman numeral; before words they are words.
FIGURES_ANYWHERE = _WORDS["figures_anywhere"]

#: The same by language.
FIGURES = {language: FIGURES_ANYWHERE | words for language, words in by_language("figures").items()}

#: Short words that look like abbreviations.
SHORT_WORDS = by_language("short_words")

#: Leading abbreviations that are words as well: they need only be followed by digits.
WORDS_TOO = _WORDS["words_too"]

#: End a sentence only before a word that often begins one.
EITHER = _WORDS["either"]

#: Stand for further authors: a year or a page in brackets belongs to them.
AND_OTHERS = _WORDS["and_others"]

#: Words after an exclamation mark that belongs to a name ("Yahoo! Inc.").
FIRMS = _WORDS["firms"]

#: Names that end with a sentence mark.
NAMES = _WORDS["names"]
