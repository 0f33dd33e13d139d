"""Language detection: by script, then by letters and words that only some languages have.

The commonest words of each language vote, weighted by their rarity among the lists ("de" is in six
of them and says little), and so do letters that only one or two languages have.
"""

from collections import Counter
from functools import cache
from itertools import chain

from ingest.best_effort import attempt
from ingest.languages import STOPS
from ingest.patterns import later
from ingest.records import Notice

_SCRIPTS = [
    (row.split()[0], later(f"[{row.split()[1]}]"))
    for row in """\
    ja \u3041-\u30ff
    ko \uac00-\ud7af
    zh \u4e00-\u9fff
    ar \u0620-\u06ff
    he \u05d0-\u05ea
    el \u0370-\u03ff\u1f00-\u1fff
    hi \u0904-\u0939
    th \u0e01-\u0e30
    ru \u0400-\u04ff
    bn \u0985-\u09b9
    ta \u0b85-\u0bb9
    te \u0c05-\u0c39
    hy \u0531-\u0587
    ka \u10a0-\u10ff
    am \u1200-\u135a""".splitlines()
]

# Letters that distinguish a language from its neighbours in the same script.
_LETTERS = dict(
    map(
        str.split,
        """\
    ru ыэё
    uk іїєґ
    bg ъ
    de ß
    fr œç
    es ñ¿¡
    pt ãõç
    pl łąęśżźń
    cs řěůň
    hu őű
    ro țșăţş
    tr ığşİ
    sv åä
    da åæø
    nb åæø
    fi ä
    vi ơưđạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ""".splitlines(),
    )
)
_CYRILLIC = ("ru", "uk", "bg")
#: The words that vote. "A" ends English sentences as a letter ("vitamin A."), so it is not among
#: the commonest words, but without it "A habit is a pattern" would be Hungarian.
_VOTERS = {**STOPS, "en": STOPS["en"] | {"a"}}
_LATIN = tuple(language for language in STOPS if language not in (*_CYRILLIC, "el"))
_PERSIAN = later("[پچژگکی]")
_ARABIC_ONLY = later("[ةكيىأإ]")

#: A run of letters. What follows an apostrophe in English (“Ann's”, “we've”) is no word: it would
#: count as Czech or Turkish. In French and Italian it is (“l'homme”).
_WORD = later(r"(?<!['’])[^\W\d_]+|(?<=['’])(?!(?:s|t|d|m|ll|re|ve)\b)[^\W\d_]+")


# Languages too similar for common words to overrule a declaration.
_NEAR = ({"da", "nb", "no", "nn"}, {"cs", "sk"}, {"ar", "fa"})
_SURE_WORDS = 50
_SURE_TIMES = 2.0
_UNDETECTED = Notice(
    "language_undetected",
    "The language of this text could not be detected.",
    "Re-index the source to try again.",
)


def told_language(declared: str, text: str) -> str:
    """The declared tag, or the language of `text` where the two plainly disagree.

    Word processors declare the language of their user ("en-US") for every text. The declaration is
    trusted for a language that cannot be detected, and for a short `text`.
    """
    return attempt(lambda: _declared_encoding(declared, text), declared, _UNDETECTED)


def _declared_encoding(declared: str, text: str) -> str:
    if not declared:
        return _detected(text)
    name = declared.split("-")[0].lower()
    sample = _sample(text)
    words = _WORD.findall(sample)
    existing = {*STOPS, *(language for language, _ in _SCRIPTS), "fa"}
    unspaced = name in {"ja", "zh", "th"} or _SCRIPTS[0][1].search(sample) is not None
    if name not in existing or (len(words) < _SURE_WORDS and not unspaced):
        return declared
    result = _detected(text)
    if result in ("", name) or any({result, name} <= near for near in _NEAR):
        return declared
    if name in STOPS and result in STOPS:
        scores = _scores(sample, words, (name, result))
        if scores[result][0] < _SURE_TIMES * scores[name][0]:
            return declared
    return result


def detect_language(text: str) -> str:
    """The BCP 47 tag of the language of most of `text`, or "" if unknown.

    Samples some 12,000 characters from the beginning, the middle and three quarters through.
    """
    return attempt(lambda: _detected(text), "", _UNDETECTED)


def common_words(text: str) -> float:
    """The share of the words of a text that are among the commonest of one language."""
    words = _WORD.findall(_sample(text).lower())
    votes = (sum(map(voters.__contains__, words)) for voters in _VOTERS.values())
    return max(votes) / max(1, len(words))


def is_shifted(text: str) -> bool:
    """Whether a text in Latin script has words only if its codes are moved by one distance."""
    sample = text[:_SHIFTED_SAMPLE]
    words = sample.lower().split()
    # Most pages have words of some language, which is fast to see.
    if (
        sum(map(_weights().__contains__, words)) >= 2 * _HARDLY_ANY * len(words)
        or sum(map(str.isalpha, text)) < _SHIFTED_LETTERS
        or common_words(text) >= _HARDLY_ANY
    ):
        return False
    codes = {*map(ord, sample)} - {0x0A, 0x0D}
    for by in (*range(-64, 0), *range(1, 65)):
        moved = sample.translate({at: max(0x20, at + by) for at in codes})
        # Single letters are words of many languages.
        words = [word for word in _WORD.findall(moved.lower()) if len(word) > 1]
        for voters in _VOTERS.values():
            existing = [word for word in words if word in voters]
            if len(existing) >= _MANY * len(words) and len({*existing}) >= _DIFFERENT:
                return True
    return False


#: Letters of a text that is tested, characters of the sample, the share of common words of one
#: language in it and in the moved one (prose has .2 to .6), and how many different ones.
_SHIFTED_LETTERS, _SHIFTED_SAMPLE, _HARDLY_ANY, _MANY, _DIFFERENT = 150, 1_500, 0.05, 0.2, 6


def _detected(text: str) -> str:
    sample = _sample(text)
    words = _WORD.findall(sample)
    letters = sum(map(len, words))
    if not letters:
        return ""
    if not sample.isascii():
        for language, script in _SCRIPTS:
            share = len(script.findall(sample)) / letters
            if share > (0.08 if language == "ja" else 0.4):
                return _within_script(language, sample, words)
    return _by_words(sample, words, _LATIN)


def _sample(text: str) -> str:
    if len(text) <= 12000:
        return text
    middle, later = len(text) // 2, len(text) * 3 // 4
    return text[1000:5000] + " " + text[middle : middle + 4000] + " " + text[later : later + 4000]


def _within_script(language: str, sample: str, words: list[str]) -> str:
    if language == "ru":
        return _by_words(sample, words, _CYRILLIC) or "ru"
    if language == "ar" and len(_PERSIAN.findall(sample)) > len(_ARABIC_ONLY.findall(sample)):
        return "fa"
    return language


def _by_words(sample: str, words: list[str], languages: tuple[str, ...]) -> str:
    """The language with the most words and letters in the sample."""
    scores = _scores(sample, words, languages)
    best = max(scores, key=lambda language: scores[language][0])
    enough = max(2, len(words) // 20) if len(words) >= 8 else 1
    return best if scores[best][1] >= enough else ""


def _scores(
    sample: str, words: list[str], languages: tuple[str, ...]
) -> dict[str, tuple[float, int]]:
    """For each language its weighted votes, and how many words and letters voted."""
    counts = Counter(word.lower() for word in words)
    weights = _weights()
    own = Counter(sample.lower())
    scores = {}
    for language in languages:
        letters = sum(map(own.__getitem__, _LETTERS.get(language, "")))
        weight, number = 0.0, letters
        voters = _VOTERS[language]
        for word, count in counts.items():
            if word in voters:
                weight += count * weights[word]
                number += count
        scores[language] = (weight + 0.5 * letters, number)
    return scores


@cache
def _weights() -> dict[str, float]:
    """The weight of each common word: 1 / √(number of its languages)."""
    shared = Counter(chain.from_iterable(_VOTERS.values()))
    return {word: n**-0.5 for word, n in shared.items()}
