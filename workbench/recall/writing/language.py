"""The language of a question, which is the language of its answer."""

from ingest.books.naming import LANGUAGES
from ingest.detection import detect_language
from workbench.memory.words import raw_tokens

#: Question words, the best evidence of a language in a question.
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
    """The tag of the most likely language of a question; "en" by default."""
    tokens = set(raw_tokens(text.casefold()))
    asking = {tag: len(tokens.intersection(words.split())) for tag, words in _ASKING.items()}
    likeliest = max(asking, key=asking.__getitem__)
    return likeliest if asking[likeliest] else detect_language(text) or likeliest


def language_name(text: str) -> str:
    """The English name of the language of a question."""
    return LANGUAGES.get(language_of(text), "the language of the question")
