"""Facts about single languages: common words, sentence starters, verbs."""

from ingest.language.word_lists import classes


def word_set(words: str) -> frozenset[str]:
    """The words of a line, as a set."""
    return frozenset(words.split())


_WORDS = classes("sentences.txt", "")


def by_language(name: str) -> dict[str, frozenset[str]]:
    """A class of words by the language that they are of."""
    split = ((item.partition(" "), words) for item, words in _WORDS.items())
    return {language: words for (kind, _, language), words in split if kind == name and language}


#: The commonest words of each language.
STOPS = by_language("stops")

# Words that like to begin a sentence, in the languages of western Europe.
_STARTERS = _WORDS["starters"]

_ARABIC_STARTERS = _WORDS["arabic_starters"]

_NAME_PARTICLES = _WORDS["name_particles"]


def begins_sentences(word: str, language: str, *, after_initial: bool = False) -> bool:
    """Whether `word` is one of those that sentences often begin with.

    After an initial, particles of names ("J. Le Goff", "A. de Luca") are not.
    """
    small = word.lower()
    if after_initial and small in _NAME_PARTICLES:
        return False
    if small in _STARTERS:
        return True
    if language == "ar":
        return small[0] == "و" or small in _ARABIC_STARTERS
    return language != "en" and len(small) > 1 and small in STOPS.get(language, ())


#: Languages in which a figure with a full stop is an ordinal number.
ORDINALS = _WORDS["ordinals"]

#: Ordinals stand before names as well ("2. Dünya Savaşı"): a capital after them ends nothing.
ORDINALS_BEFORE_NAMES = _WORDS["ordinals_before_names"]

#: What stands before an ordinal number.
DETERMINERS = _WORDS["determiners"]

MONTHS = _WORDS["months"]

#: What is numbered at the head of a line, with its title after the stop ("Article 5. Of Water").
HEADED = _WORDS["headed"]

#: Verbs of saying: what follows a quotation that ends with "?" or "!" may still belong to it.
SAID = by_language("said")
