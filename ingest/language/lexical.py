"""Detects words that are not English."""

import re
from collections.abc import Collection
from functools import lru_cache

from ingest.language.nouns import singular
from ingest.language.verbs import forms
from ingest.language.word_lists import words
from ingest.triples.lexicon import lemma, lexicon

#: Unicode blocks of scripts without spaces: Thai, Lao, Khmer, kana, Chinese characters.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uff66-\uff9d]")


def is_unspaced(text: str) -> bool:
    """Whether most letters of a text are of a script without spaces: Chinese, Japanese, Thai."""
    if text.isascii():
        return False
    letters = "".join(filter(str.isalpha, text))
    return 2 * len(_UNSPACED.findall(letters)) > len(letters)


#: Known words per unknown one from which a sentence counts as English.
_FAMILIAR = 2


def is_foreign(sample: Collection[str]) -> bool:
    """Whether the words of a sentence are mostly of another language."""
    strange = {word for word in sample if is_strange(word)}
    common = sum(word.isalpha() and word.islower() for word in sample) - len(strange)
    # “First prize is a kayak, second prize a headlamp”: most of its words are known
    if len(strange) < 2 or common >= _FAMILIAR * len(strange):
        return False
    return not any(word.lower() in words("english") for word in sample)


def is_english_word(word: str) -> bool:
    """Whether a lower-case word is English, in American or British spelling."""
    vocabulary = lexicon()
    american = word.replace("our", "or").replace("ise", "ize")
    american = american[:-3] + american[-3:].replace("re", "er")
    return any(
        spelled in vocabulary or lemma(spelled) in vocabulary for spelled in (word, american)
    )


@lru_cache(16_384)
def is_strange(word: str) -> bool:
    """Whether a word is not English, so that its sentence may not be."""
    return (
        word.isalpha()
        and word.islower()
        and len(word) > 1
        and not is_english_word(word)
        and singular(word) not in words("unit")
        and not forms(word)
    )
