"""The language of a question, which is the language of its answer."""

import re

from ingest.languages import STOPS

_NAMES = {
    "en": "English", "de": "German", "fr": "French", "es": "Spanish", "it": "Italian",
    "nl": "Dutch", "pt": "Portuguese", "ru": "Russian", "sv": "Swedish", "da": "Danish",
    "nb": "Norwegian", "fi": "Finnish", "pl": "Polish", "cs": "Czech", "hu": "Hungarian",
    "ro": "Romanian", "tr": "Turkish", "el": "Greek", "uk": "Ukrainian", "bg": "Bulgarian",
    "vi": "Vietnamese", "ar": "Arabic", "zh": "Chinese", "ja": "Japanese", "ko": "Korean",
    "he": "Hebrew", "hi": "Hindi", "th": "Thai",
}  # fmt: skip
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u3400-\u9fff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
)
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
#: Words that ask: a question has few others that tell its language.
_ASKING = {
    "en": "what when where which why how who whom whose did does do is are",
    "de": "wer was wann wo wie warum welche welcher welches wen wem wurde woher wieso hat",
    "fr": "qui quand où comment pourquoi quel quelle quels quelles combien est-ce quoi",
    "es": "qué quién cuándo dónde cómo cuál cuánto cuántos quiénes",
    "it": "chi quando dove come perché quale quanto quanti cosa",
    "nl": "wie wat wanneer waar hoe waarom welke",
    "pt": "quem quando onde como qual quanto quantos porque",
    "ru": "кто что когда где как почему какой какая какие сколько зачем куда",
    "uk": "хто що коли де як чому який яка скільки",
    "sv": "vem vad när var hur varför vilken vilket",
    "pl": "kto co kiedy gdzie jak dlaczego który ile",
    "tr": "kim ne zaman nerede nasıl neden hangi kaç",
}


def language_of(text: str) -> str:
    """The tag of the language that a question is most likely in; "en" where nothing tells."""
    for tag, letters in _SCRIPTS:
        if letters.search(text):
            return tag
    words = re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)?", text.casefold())
    cyrillic = bool(_CYRILLIC.search(text))
    best, most = ("ru", 0.0) if cyrillic else ("en", 0.0)
    for tag, common in STOPS.items():
        if (tag in ("ru", "uk", "bg")) != cyrillic:
            continue
        asking = _ASKING.get(tag, "").split()
        score = sum((word in common) + 2.0 * (word in asking) for word in words)
        if score > most:
            best, most = tag, score
    return best


def language_name(text: str) -> str:
    """The English name of the language of a question."""
    return _NAMES.get(language_of(text), "the language of the question")
