"""Whether a sentence asks: by its mark, or by how it begins where people leave the mark out.

English questions are told from statements by the order of their words: “is my plan pro” asks, “is
fluent in Spanish”, “had lunch with Ann”, “Will is my brother” and “when I was five I moved” tell.
Other languages are told by their question words and particles. In doubt the sentence tells, so
that no fact is lost.
"""

import re

from ingest.language.word_lists import classes
from ingest.patterns import later

_BE = ("is", "are", "was", "were", "am")
_DO = ("do", "does", "did")
_HAVE = ("has", "have", "had")
_MODAL = ("can", "could", "will", "would", "should", "shall", "may", "might", "must")
AUXILIARIES = (*_BE, *_DO, *_HAVE, *_MODAL)
_PRONOUNS = ("i", "you", "he", "she", "it", "we", "they", "there", "anyone", "anybody", "someone",
             "everyone", "everybody", "any", "these", "those", "this", "that")  # fmt: skip
_OWNERS = ("my", "your", "his", "her", "its", "our", "their", "the")
#: Words with which a clause begins its subject.
SUBJECTS = (*_PRONOUNS, *_OWNERS, "a", "an")
QUESTION_WORDS = ("who", "whom", "whose", "what", "when", "where", "why", "how", "which")

_CLOSERS = "\"'”’»)]}”」』 \t\r\n"
_MARKS = "?？؟⸮՞፧⁇⁈⁉‽"
_WORD = later(r"[^\W_]+(?:['’][^\W_]+)*", re.UNICODE)
_LINK_AT_END = later(r"\S+://\S+$|\bwww\.\S+$")
_AUX_END = later(r"n['’]t$")
_SHORT_AUX = later(r"(?:['’](?:s|re|d|ll|ve))$")
# After these a noun has ended; no verb of a question follows it.
_AFTER_NOUN = classes("memory.txt")["turn_question_detection_after_noun"]
_FINITE = classes("memory.txt")["turn_question_detection_finite"]
# “What matters is speed” tells; so does “what I like most is tea”.
_CLEFT = later(
    r"(?:what \w+ \w+s\s+"
    r"|what (?:matters|counts|remains|helps|works|follows|i|you|we|they|he|she|my|our|the|people)"
    r"\b.*?|(?:where|who|how|why|when) (?:i|we|you|they|he|she|it)\b.*?)"
    r"\b(?:is|was|are|were)\b(?=\s+\S)",
    re.IGNORECASE,
)
# “Find my phone is enabled” tells; “find where my phone is” asks.
_REQUEST_TOLD = later(
    r"(?:list|find|describe|define|compare|recall|explain)\b"
    r"(?:(?!\b(?:who|what|where|when|why|how|which)\b).)*\b(?:is|are|was|were)\s+\w",
    re.IGNORECASE,
)
# “…, which means …”, written as a sentence of its own.
_GOES_ON = ("means", "meant", "makes", "made", "reminds", "reminded", "brings", "leads", "led")
_RUN_TOGETHER = {"whats": "what's", "whos": "who's", "wheres": "where's", "hows": "how's"}
_TOPIC_OR_FACT = later(r"[^:]*:\s*\S")
_ENGLISH_ASKED = later(
    r"(?:and\s+|so\s+|but\s+|or\s+|ok\s+|well\s+)?(?:any\s+idea\s+(?:who|what|when|where|why|how)"
    r"|(?:do|can)\s+you\s+(?:know|remember|recall)|guess\s+(?:who|what|where)"
    r"|i\s+(?:wonder|forgot|forget)\s+(?:who|what|when|where|why|how"
    r"|which|whether|if)\b|how\s+(?:come|about)|what\s+about|is\s+there|are\s+there)\b",
    re.IGNORECASE,
)
_REQUEST = later(
    r"(?:please\s+|can\s+you\s+|could\s+you\s+|would\s+you\s+|will\s+you\s+|now\s+)*"
    r"(?:remind\s+me\s*,\s|tell\s+me|help\s+me|show\s+me|give\s+me|remind\s+me\s+(?:of|about|what|when|where|who|how|which|why)"
    r"|list|find|search\s+for|look\s+up|look\s+for|describe|explain|summari[sz]e|define|recall"
    r"|let\s+me\s+know|compare)\b(?!\s*(?:price|of\b|:))",
    re.IGNORECASE,
)

# Question words of other languages at the beginning of a sentence.
_FOREIGN = later(
    r"(?:wer|wen|wem|wessen|wann|warum|wieso|weshalb|woher|wohin|welche[rsnm]?|wie\s?viele?|wie"
    r"|wo|was\s+(?:ist|sind|war|waren|hat|haben|macht|kostet|heißt|bedeutet|soll|kann|wird|weißt)"
    r"|(?:ist|sind|hat|habe|haben|hast|bist|kannst|kann)\s+(?:mein|meine|dein|deine|der|die|das|ich|du"
    r"|er|sie|es|wir|ihr)"
    r"|pourquoi|combien|est-ce|qu['’]est-ce|quels?|quelles?|(?:qui|où|quand|comment)\s+(?:est|sont"
    r"|était|a|ont|as-tu|va|vont|habite|suis|s['’]appelle|travaille|aime|puis)"
    r"|quién(?:es)?|qué|cuándo|dónde|adónde|cómo|cuánt[oa]s?|cuál(?:es)?|por\s+qué"
    r"|chi|cosa|che\s+cosa|cos['’]è|dov['’]è|com['’]è|dove\s+(?:è|sono|abita|vive|sta|ho|hai|ha)"
    r"|quem|onde|quais|qual|quanto|quanti|quante|quale|quali"
    r"|wat|wanneer|waar|waarom|hoeveel|welke|hoe\s+(?:is|heet|gaat|oud|lang|laat)"
    r"|vem|vad|varför|hur|vilken|vilket|vilka|hvem|hvad|hva|hvornår|hvorfor|hvordan|hvor"
    r"|kto|kiedy|gdzie|dlaczego|ile|czy|kdo|kdy|kde|proč|kolik"
    r"|kim|nerede|neden|niçin|nasıl|hangi|kaç|ne\s+zaman|kuka|mikä|missä|milloin|miksi"
    r"|кто|кого|кому|где|куда|откуда|почему|зачем|сколько|какой|какая|какое|какие|чей|чья|чьё"
    r"|когда|что|как|хто|коли|де|чому"
    r"|ποιος|ποια|ποιο|πού|πότε|γιατί|πόσο|πόσα|πώς"
    r"|هل|متى|أين|لماذا|ماذا|كيف|كم|أي|מי|מתי|איפה|למה|איך|כמה|האם"
    r"|क्या|कौन|कब|कहाँ|कहां|क्यों|कैसे|कितन[ाेी])(?![^\W_])",
    re.IGNORECASE,
)
# Kim, Chi and Wen are names, too: “Kim's desk is new”, “Kim lives in Oslo” tell.
_NAME_TOLD = later(
    r"(?i:\w+['’]s\s)|(?:Kim|Chi|Wen)\s+(?:and\s|has\s|can(?:not|'t)?\s|does(?:n't)?\s|will\s|went\s"
    r"|[a-z]{2,}(?:[^s\W]s|ed)\s|is\s|was\s|got\s|[A-Z])"
)
_DENSE_QUESTION = later(
    r"[吗嗎呢][。.]?$|(?:谁|誰|什么|什麼|哪里|哪裡|哪儿|哪个|哪個|多少|为什么|為什麼|怎么|怎麼|何时|几点)(?!.*[都也])"
    r"|(?:ですか|ますか|でしたか|ましたか|のか|かな|だっけ)[。.]?$"
    r"|(?:까|나요|는가|ㄴ가요|인가요)[.]?$|(?:누구|무엇|뭐|언제|어디|왜|어떻게|얼마|몇).*(?:요|까|야|지|니)[.]?$"
    r"|(?:ไหม|หรือเปล่า|อะไร|ที่ไหน|เมื่อไหร่|ทำไม|ใคร)[.]?$"
)
_GREEK = later(r"[\u0370-\u03ff]")


def asks(sentence: str) -> bool:
    """Whether a sentence (no greeting or thanks before it) wants an answer."""
    text = sentence.strip().lstrip("\"'“”«([ ")
    if text.startswith(("¿", "⸘")):
        return True
    if _marked(sentence.strip()):
        return True
    if _ENGLISH_ASKED.match(text) or (_REQUEST.match(text) and not _REQUEST_TOLD.match(text)):
        return True
    if _DENSE_QUESTION.search(text):
        return True
    words = [match[0] for match in _WORD.finditer(text[:400])]
    if len(words) < 2:
        return bool(words) and words[0].lower() in QUESTION_WORDS
    if _opens_as_question(text, words):
        return True
    if _NAME_TOLD.match(text):
        return False
    return bool(_FOREIGN.match(text)) and not re.search("[,:،]", text) and len(words) <= 12


def _marked(text: str) -> bool:
    bare = text.rstrip("!！.。 ")
    if _GREEK.search(bare) and bare.endswith((";", "\u037e")):
        return True
    if _LINK_AT_END.search(bare):
        return False
    if bare.endswith(tuple(_MARKS)):
        return True
    inner = bare.rstrip(_CLOSERS)
    # “He asked "where is Bob?"” tells; “"Where is Bob?"” asks.
    return inner.endswith(tuple(_MARKS)) and text[:1] in "\"'“”«([「『"


def _opens_as_question(text: str, words: list[str]) -> bool:
    first = words[0].lower().replace("’", "'")
    if first in ("and", "so", "but", "or", "then", "also") and len(words) > 2:
        return _opens_as_question(text, words[1:])
    stem = _SHORT_AUX.sub("", _RUN_TOGETHER.get(first, first))
    if stem in QUESTION_WORDS:
        return _question_word_asks(text, words, stem, short=stem != first)
    base = _AUX_END.sub("", first)
    base = {"ca": "can", "wo": "will", "sha": "shall"}.get(base, base) if base != first else base
    if base in AUXILIARIES:
        return _auxiliary_asks(words, base, negated=base != first)
    return False


def _question_word_asks(text: str, words: list[str], first: str, *, short: bool) -> bool:
    second = words[1].lower().replace("’", "'")
    if short:
        return len(words) < 3 or words[2] not in _FINITE
    if re.match(r"who knows\s*[,.]|which is (?:why|how|when|where|what)\b", text, re.IGNORECASE):
        return False
    inverted = _AUX_END.sub("", second) in (*AUXILIARIES, "ca", "wo")
    if _TOPIC_OR_FACT.match(text) and not inverted:
        return False
    title = (
        first != "which" and len(words) >= 5 and words[1][:1].isupper() and words[2][:1].isupper()
    )
    if inverted:
        return True
    if _CLEFT.match(text) or title:
        return False
    if first in ("when", "where"):
        return "," not in text and len(words) <= 4
    if first == "how":
        return second not in SUBJECTS or len(words) <= 4
    if first == "what":
        return second not in ("a", "an") or any(word in AUXILIARIES for word in words[2:3])
    return not (first == "which" and second in _GOES_ON)


def _is_title(words: list[str]) -> bool:
    """“Do Androids Dream … is on my shelf”: capitals, and a verb after them."""
    capitals = len(words) >= 5 and words[1][:1].isupper() and words[2][:1].isupper()
    return capitals and any(word in _FINITE for word in words[3:])


def _auxiliary_asks(words: list[str], auxiliary: str, *, negated: bool) -> bool:
    second = words[1].lower().replace("’", "'")
    third = words[2].lower() if len(words) > 2 else ""
    rest = [word.lower() for word in words[2:]]
    named = words[1][:1].isupper() and words[1] not in ("I",)
    if second in ("i", "you", "he", "she", "we", "they", "it", "there", "anyone", "anybody", "any"):
        return True
    if _is_title(words):
        return False
    if negated and not named and second not in _OWNERS:
        return False
    if auxiliary in _MODAL:
        if not (named or second in (*_PRONOUNS, *_OWNERS)):
            return False
        return not any(word in _FINITE for word in rest[:2]) and bool(third)
    if auxiliary in _BE:
        return _be_asks(words, second, third, named=named)
    if auxiliary in ("have", "had"):
        return named and len(words) > 3
    if auxiliary == "has":
        return named or second in (*_OWNERS, "this", "that")
    return _do_asks(second, third, rest, auxiliary, named=named)


def _be_asks(words: list[str], second: str, third: str, *, named: bool) -> bool:
    if second in ("a", "an", "not", "also", "the") and len(words) < 4:
        return False
    if second in (*_OWNERS, "this", "that", "these", "those"):
        return len(words) >= 3
    if second in ("a", "an", "not", "also"):
        return False
    if named:
        return bool(third)
    return bool(third) and third not in _AFTER_NOUN and len(words) == 3


def _do_asks(second: str, third: str, rest: list[str], auxiliary: str, *, named: bool) -> bool:
    if second in ("not", "never"):
        return False
    if named or second in ("this", "that", "these", "those"):
        return bool(third)
    if second in _OWNERS:
        noun, following = third, rest[1] if len(rest) > 1 else ""
        if auxiliary == "do" and not noun.endswith(("s", "people", "children", "men")):
            return False
        return bool(following) and following not in _AFTER_NOUN
    if auxiliary == "do":
        return False
    return bool(third) and third not in _AFTER_NOUN
