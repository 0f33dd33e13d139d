"""Abbreviations that end with a full stop, by language and by what they say about the stop.

A key is the abbreviation in small letters without its last stop; "z. B." and "z.B." are both
`z.b`. Before a small letter no full stop ends a sentence in text that uses capitals, so the lists
only decide what happens before a capital, a figure or a letter that has no case.
"""

from ingest.language.word_lists import classes
from ingest.languages import by_language

_WORDS = classes("sentences.txt", "")

#: Something always follows, in any language: titles, “see”, “page”.
LEADING_ANYWHERE = _WORDS["leading_anywhere"]

#: The same in single languages.
LEADING = {language: LEADING_ANYWHERE | words for language, words in by_language("leading").items()}

#: May end a sentence: a capital letter after it begins the next one.
TRAILING_ANYWHERE = _WORDS["trailing_anywhere"]

#: The same in single languages.
TRAILING = {
    language: TRAILING_ANYWHERE - LEADING.get(language, frozenset()) | words
    for language, words in by_language("trailing").items()
}

#: After a number they may end a sentence (a unit, a year, a century); elsewhere something follows.
AFTER_FIGURES = by_language("after_figures")

#: Something follows before a figure or a Roman numeral; before words they are words.
FIGURES_ANYWHERE = _WORDS["figures_anywhere"]

#: The same in single languages.
FIGURES = {language: FIGURES_ANYWHERE | words for language, words in by_language("figures").items()}

#: Short words that are no abbreviations, though they look like some.
SHORT_WORDS = by_language("short_words")

#: Leading abbreviations that are words as well: nothing need follow them but figures.
WORDS_TOO = _WORDS["words_too"]

#: Ends a sentence only before a word that likes to begin one.
EITHER = _WORDS["either"]

#: Authors whose names are not all given: a year or a page in brackets belongs to them.
AND_OTHERS = _WORDS["and_others"]

#: What stands after an exclamation mark that belongs to a name ("Yahoo! Inc.").
FIRMS = _WORDS["firms"]

#: Names that end with the mark of a sentence.
NAMES = _WORDS["names"]
