"""Greetings, thanks, farewells, laughter and acknowledgements.

Each is recognised at the beginning of a stretch of text and says how far it goes. It goes no
further than is plain: “Thank you notes are in the drawer” and “thanks to Ann” are no thanks, “see
you at 5” is an appointment, “yo soy Ana” is Spanish. In doubt nothing is recognised, so that
nothing is lost.
"""

import re
from collections.abc import Iterator

from ingest.patterns import later
from workbench.memory.turn.question_detection import AUXILIARIES, QUESTION_WORDS, SUBJECTS

# A colon makes a label (“test: passed”), a hyphen a compound (“hi-fi”), a figure a number
# (“no. 5”).
_MARK = r"(?:[,;!?。！？，、…~(–—]|\.(?!\s*\d)|-(?!\w))"
_END = rf"(?=\s*(?:{_MARK}|$)|\s*[\U0001F300-\U0001FAFF\u2600-\u27bf])"
_WORD_END = r"(?![\w'’])"
#: What may come after a courtesy without a mark between: the words that open a sentence.
_OPENERS = (
    "|".join(sorted((*SUBJECTS, *QUESTION_WORDS, "please", "can you", "could you", "remember"),
                    key=len, reverse=True))
)  # fmt: skip
_BEFORE_SENTENCE = (
    rf"(?=\s+(?:{_OPENERS}|i['’](?:m|ve|ll|d)|what['’]s|where['’]s|who['’]s){_WORD_END})"
)
_BEFORE_QUESTION = rf"(?=\s+(?:{'|'.join(AUXILIARIES)}){_WORD_END}[^.!]*[?？])"
_AFTER_COMMA_SENTENCE = _BEFORE_SENTENCE.replace(r"(?=\s+", r"(?=\s*,\s*", 1)
_AFTER_COMMA_QUESTION = _BEFORE_QUESTION.replace(r"(?=\s+", r"(?=\s*,\s*", 1)

_ADDRESSEE = (
    r"(?:,?\s+(?:there|again|all|everyone|everybody|folks|guys|team|you|friend|mate|buddy|dear"
    r"|engram|workbench|engram\s+workbench|world|zusammen|à\s+tous|a\s+todos))?"
)
_NAMED = rf"(?:,?\s+(?-i:[A-Z])[\w'’-]*){{0,2}}{_END}"
_ALONE_NAME = r"\s+[^\W\d_]+(?=\s*[!.]*\s*$)"

_GREETINGS = (
    r"h+i+(?:ya)?|he+y+a?|hello+|hallo+|hullo|howdy|greetings|good\s+(?:morning|afternoon|evening|day)"
    r"|morning|g['’]day|guten\s+(?:morgen|tag|abend)|grüß\s+(?:gott|dich)|moin(?:\s+moin)?|servus"
    r"|bonjour|bonsoir|salut|hola|buen[oa]s\s+(?:d[ií]as|tardes|noches)|buongiorno|buonasera|ciao"
    r"|ol[áa]|bom\s+dia|boa\s+(?:tarde|noite)|hej+|hei|goedemorgen|goedendag|cześć|ahoj|merhaba"
    r"|selam|namaste|привет|здравствуйте?|добр(?:ый\s+(?:день|вечер)|ое\s+утро)|γεια(?:\s+σου)?"
    r"|(?:nice|pleased|glad|good)\s+to\s+meet\s+you|pleasure\s+to\s+meet\s+you"
    r"|नमस्ते|yo+|sup|wassup"
)
_DENSE_GREETINGS = (
    r"你们?好|您好|嗨|早上好|晚上好|こんにち[はわ]|こんばん[はわ]|おはよう(?:ございます)?|もしもし"
    r"|안녕(?:하세요)?|مرحب[اًا]*|السلام\s+عليكم|أهلا(?:ً)?|שלום|สวัสดี(?:ครับ|ค่ะ)?"
)
#: Greetings after which a sentence may follow with no mark at all.
_FREE_GREETINGS = r"h+i+|he+y+|hello+|hallo+|howdy|good\s+(?:morning|afternoon|evening)"
_SHORT_GREETINGS = r"(?-i:h+i+|he+y+)"

_THANKS = (
    r"(?:(?:no|many|ok(?:ay)?|great|perfect|cool)[,\s]+)?(?:thanks|thank\s+you|thank\s+u|thx|tnx|ty"
    r"|cheers)(?:\s+(?:so\s+much|very\s+much|a\s+lot|a\s+million|a\s+bunch|again|in\s+advance|loads"
    r"|heaps))*|much\s+appreciated|(?:i\s+)?appreciate\s+it|vielen\s+dank|danke(?:\s+(?:schön|sehr"
    r"|dir|ihnen))?|merci(?:\s+(?:beaucoup|bien))?|(?:muchas\s+)?gracias|(?:mille\s+|tante\s+)?grazie"
    r"(?:\s+mille)?|(?:muito\s+)?obrigad[oa]|dank\s+(?:je|u)(?:\s+wel)?|tack(?:\s+så\s+mycket)?"
    r"|takk|dzięki|dziękuję|děkuji|teşekkür(?:ler|\s+ederim)|(?:большое\s+)?спасибо(?:\s+большое)?"
    r"|ευχαριστώ|धन्यवाद"
)
_DENSE_THANKS = (
    r"谢谢(?:你|您)?|多谢|謝謝|ありがとう(?:ございます|ございました)?"
    r"|감사합니다|고마워요?|شكرا(?:ً)?(?:\s+جزيلا)?|תודה|ขอบคุณ(?:ครับ|ค่ะ)?"
)
#: “thanks for the help”, but not “thanks for the code, it is 4711” nor any figure.
_WHAT_FOR = (
    r"(?:\s+for\s+(?:(?!(?:is|are|was|were|has|that)\b)[^\W\d_]+(?:['’][^\W\d_]+)?"
    r"(?:\s+|(?=[,;.!]|$))){1,5}(?=[,;.!]|\s*$))?"
)

_BYES = (
    r"(?:good\s*)?bye(?:\s*-?\s*bye)?(?:\s+for\s+now)?|goodnight|good\s+night|farewell|take\s+care"
    r"|so\s+long|see\s+(?:you|ya|u)(?:\s+(?:later|soon|around|tomorrow|then|next\s+time|again))?"
    r"|cya|ttyl|talk\s+(?:to\s+you\s+)?(?:later|soon)|have\s+a\s+(?:nice|good|great|lovely)\s+"
    r"(?:day|evening|night|weekend|one)|tschüs+|auf\s+wiedersehen|bis\s+(?:bald|später|morgen)"
    r"|gute\s+nacht|au\s+revoir|à\s+bient[ôo]t|bonne\s+(?:nuit|journée)|adi[óo]s|hasta\s+(?:luego"
    r"|pronto|mañana|la\s+vista)|arrivederci|tchau|até\s+(?:logo|amanhã)|tot\s+ziens|hej\s*då"
    r"|do\s+widzenia|до\s+свидания|пока"
)
_DENSE_BYES = (
    r"再[见見]|拜拜|晚安|さようなら|またね|じゃあね|おやすみ(?:なさい)?"
    r"|안녕히\s*(?:가|계)세요|مع\s+السلامة|להתראות"
)

_HOW_ARE_YOU = (
    r"(?:so\s+)?(?:how(?:\s+are|['’]re|\s+r)\s+(?:you|u|things)(?:\s+(?:doing|feeling|all|today"
    r"|this\s+(?:morning|evening)|now))*|how(?:['’]?s|\s+is)\s+(?:it\s+going|everything|life|your\s+day"
    r"|things)(?:\s+(?:going|today))*|how\s+do\s+you\s+do|how\s+(?:have|['’]ve)\s+you\s+been"
    r"|(?:and\s+)?how\s+about\s+you|are\s+you\s+(?:ok|okay|well|alright)|you\s+(?:ok|okay|alright)"
    r"|what['’]?s\s+(?:up|new)|wie\s+geht['’]?s(?:\s+dir)?|wie\s+geht\s+es\s+(?:dir|ihnen)"
    r"|(?:comment\s+)?[cç]a\s+va|comment\s+(?:vas-tu|allez-vous)|(?:qué|que)\s+tal|cómo\s+est[áa]s"
    r"|come\s+(?:stai|va)|tudo\s+bem|hoe\s+gaat\s+het|как\s+(?:дела|ты|поживаешь)|τι\s+κάνεις"
    r"|nasılsın|你好吗|你怎么样|お元気ですか|元気ですか|잘\s*지내(?:세요|요|니)?|كيف\s+حالك)"
)
_LAUGHTER = (
    r"(?:ha|he|hi|ho|je|ja|ah|xa){2,}[hjae]?|lo+l+|lmf?ao+|rofl|xd+|teehee|(?:ха|хе|хи){2,}"
    r"|哈{2,}|呵{2,}|嘻{2,}|ㅋ{2,}|ㅎ{2,}|笑|(?:ه){3,}|[\U0001F600-\U0001F606\U0001F923]+"
)
_CHATTER = (
    r"(?:ok(?:ay)?|okey|k|yes|yep|yeah|yup|no|nope|nah|sure|fine|right|alright|all\s+right|cool"
    r"|nice|great|good|perfect|awesome|wow|oh|ah|aha|hmm+|hm|mm+|uh|um|well|so|i\s+see|got\s+it"
    r"|understood|sounds\s+good|never\s*mind|sorry|my\s+bad|you['’]?re\s+welcome|welcome|please"
    r"|test|testing|true|exactly|indeed|of\s+course|no\s+problem|no\s+worries|anyway|by\s+the\s+way"
    r"|btw|fyi|interesting|ja|nein|oui|non|sí|si|да|нет|хорошо|ладно|好的?|是的?|不是|はい|いいえ|네|아니요|نعم|لا)"
)
_FREE_CHATTER = r"ok(?:ay)?|yes|yeah|yep|no|nope|well|oh|sorry|by\s+the\s+way|btw|fyi|anyway"
_ASIDE = r"by\s+the\s+way|btw|fyi|anyway"

_FLAGS = re.IGNORECASE
#: Characters of a sentence in which a courtesy before it is looked for.
_LONGEST = 400


def _compiled(words: str, dense: str, *, free: str = "", extra: str = "") -> re.Pattern[str]:
    choices = [rf"(?:{words}){_WORD_END}{extra}{_ADDRESSEE}{_END}", rf"(?:{words}){extra}{_NAMED}"]
    if free:
        choices.append(
            rf"(?:{free}){_WORD_END}{_ADDRESSEE}(?:{_BEFORE_SENTENCE}|{_BEFORE_QUESTION})"
        )
    if dense:
        choices.append(rf"(?:{dense})")
    return later("|".join(choices), _FLAGS)


_PATTERNS = (
    ("laughter", later(
        rf"(?:{_LAUGHTER}){_WORD_END}(?:{_END}|{_BEFORE_SENTENCE}|{_BEFORE_QUESTION})", _FLAGS)),
    ("how-are-you", later(rf"{_HOW_ARE_YOU}{_WORD_END}(?=\s*(?:[?？!.。,，]|$))", _FLAGS)),
    ("greeting", _compiled(_GREETINGS, _DENSE_GREETINGS, free=_FREE_GREETINGS)),
    ("greeting", later(
        rf"(?:{_GREETINGS}){_ALONE_NAME}|{_SHORT_GREETINGS}{_WORD_END}(?=\s+[a-z]+\s+\w)", _FLAGS)),
    ("thanks", _compiled(_THANKS, _DENSE_THANKS, free=_THANKS, extra=_WHAT_FOR)),
    ("thanks", later(rf"(?:{_THANKS})(?=\s+(?:{_BYES})\s*[.!]*$)", _FLAGS)),
    ("bye", _compiled(_BYES, _DENSE_BYES)),
    ("chatter", later(
        # “Nice, France” is a place: after a comma only before what opens a sentence.
        rf"(?:{_CHATTER}){_WORD_END}(?:(?!\s*,){_END}|(?=\s*,\s*$)"
        rf"|(?=\s*,)(?:{_AFTER_COMMA_SENTENCE}|{_AFTER_COMMA_QUESTION}))"
        rf"|(?:{_FREE_CHATTER}){_WORD_END}(?:{_BEFORE_SENTENCE}|{_BEFORE_QUESTION})"
        rf"|(?:{_FREE_CHATTER}){_WORD_END}(?=\s+(?:{_GREETINGS}|{_THANKS}|{_BYES})\s*[.!]*$)"
        rf"|(?:{_ASIDE}){_WORD_END}(?=\s*,)", _FLAGS)),
)  # fmt: skip
#: Courtesies that may close a sentence after a comma.
_CLOSING = (
    ("laughter", later(_LAUGHTER, _FLAGS)),
    ("thanks", later(rf"(?:{_THANKS}|{_DENSE_THANKS}){_WHAT_FOR}{_ADDRESSEE}", _FLAGS)),
    ("bye", later(rf"(?:{_BYES}|{_DENSE_BYES}){_ADDRESSEE}", _FLAGS)),
)
_LAST_PIECE = later(r"[,;，…–—]\s*(?P<piece>[^,;，…–—]{1,60}?)\s*[.!。！~]*\s*$")
_ANY = later(rf"(?:{_GREETINGS}|{_THANKS}|{_BYES}|{_LAUGHTER}|please|sorry)", _FLAGS)
_LAST_WORD = later(r"(\S+)\s*$")


def opening(text: str, start: int, end: int) -> tuple[str, int] | None:
    """The courtesy with which `text[start:end]` begins: its kind and its end; None for none."""
    piece = text[start : min(end, start + _LONGEST)]
    for kind, pattern in _PATTERNS:
        match = pattern.match(piece)
        if match and match.end():
            return kind, start + match.end()
    return None


def closings(text: str, start: int, end: int) -> Iterator[tuple[str, int]]:
    """The courtesies with which `text[start:end]` closes, last first: kind and beginning.

    Only after a comma or dash, and not where they may be part of what is said: the motto “hello,
    thanks, bye” is left whole.
    """
    found: list[tuple[str, int]] = []
    stop = end
    while match := _LAST_PIECE.search(text, max(start, stop - 80), stop):
        piece = match["piece"]
        kind = next((kind for kind, known in _CLOSING if known.fullmatch(piece)), None)
        if kind is None:
            break
        found.append((kind, match.start()))
        stop = match.start()
    last = _LAST_WORD.search(text[max(start, stop - 40) : stop])
    if last and not _ANY.fullmatch(last[1]):
        yield from found
