"""Facts about single languages: common words, sentence starters, verbs."""

from ingest.language.word_lists import classes


def word_set(words: str) -> frozenset[str]:
    """The words of a line, as a set."""
    return frozenset(words.split())


_WORDS = classes("sentences.txt", "")


def by_language(name: str) -> dict[str, frozenset[str]]:
    """A class of words by language."""
    split = ((item.partition(" "), words) for item, words in _WORDS.items())
    return {language: words for (kind, _, language), words in split if kind == name and language}


#: The commonest words of each language.
STOPS = by_language("stops")

# Words that often begin sentences, in western European languages.
_STARTERS = _WORDS["starters"]

_ARABIC_STARTERS = _WORDS["arabic_starters"]

_NAME_PARTICLES = _WORDS["name_particles"]


def begins_sentences(word: str, language: str, *, after_initial: bool = False) -> bool:
    """Whether sentences often begin with `word`.

    After an initial, particles of names ("J. Le Goff", "A. de Luca") do not.
    """
    small = word.lower()
    if after_initial and small in _NAME_PARTICLES:
        return False
    if small in _STARTERS:
        return True
    if language == "ar":
        return small[0] == "و" or small in _ARABIC_STARTERS
    return language != "en" and len(small) > 1 and small in STOPS.get(language, ())


#: Languages in which a number with a full stop is an ordinal.
ORDINALS = _WORDS["ordinals"]

#: Those with ordinals before names ("2. Dünya Savaşı"): a capital after them ends nothing.
ORDINALS_BEFORE_NAMES = _WORDS["ordinals_before_names"]

#: Words before an ordinal number.
DETERMINERS = _WORDS["determiners"]

MONTHS = _WORDS["months"]

#: Numbered labels at the head of a line, with the title after the stop ("Article 5. Of Water").
HEADED = _WORDS["headed"]

#: Verbs of saying: text after a quotation that ends with "?" or "!" may belong to it.
SAID = by_language("said")
