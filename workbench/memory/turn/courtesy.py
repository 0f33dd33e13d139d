"""Greetings, thanks, farewells, laughter and acknowledgements.

Each is recognised at the beginning of a text, and only as far as it is certain: “Thank you notes
are in the drawer” and “thanks to Ann” are not thanks, “see you at 5” is an appointment, “yo soy
Ana” is Spanish. In doubt nothing is recognised, so that no statement is lost.
"""

import re
from collections.abc import Iterator

from ingest.language.questions import WH
from ingest.language.word_lists import phrases, words
from ingest.patterns import later

# A colon makes a label (“test: passed”), a hyphen a compound (“hi-fi”), a digit a number (“no. 5”).
_MARK = r"(?:[,;!?。！？，、…~(–—]|\.(?!\s*\d)|-(?!\w))"
_END = rf"(?=\s*(?:{_MARK}|$)|\s*[\U0001F300-\U0001FAFF\u2600-\u27bf])"
_WORD_END = r"(?![\w'’])"
#: Words that open a sentence, which may follow a courtesy without punctuation.
_OPENERS = (
    "|".join(sorted((*words("clause_opening"), *WH, "please", "can you", "could you", "remember"),
                    key=len, reverse=True))
)  # fmt: skip
_SENTENCE_AHEAD = (
    rf"(?=\s+(?:{_OPENERS}|i['’](?:m|ve|ll|d)|what['’]s|where['’]s|who['’]s){_WORD_END})"
)
_QUESTION_AHEAD = rf"(?=\s+(?:{'|'.join(sorted(words('auxiliary')))}){_WORD_END}[^.!]*[?？])"
_AFTER_COMMA_SENTENCE = _SENTENCE_AHEAD.replace(r"(?=\s+", r"(?=\s*,\s*", 1)
_AFTER_COMMA_QUESTION = _QUESTION_AHEAD.replace(r"(?=\s+", r"(?=\s*,\s*", 1)

_ADDRESSEE = (
    r"(?:,?\s+(?:there|again|all|everyone|everybody|folks|guys|team|you|friend|mate|buddy|dear"
    r"|engram|workbench|engram\s+workbench|world|zusammen|à\s+tous|a\s+todos))?"
)
_ADDRESSED_NAME = rf"(?:,?\s+(?-i:[A-Z])[\w'’-]*){{0,2}}{_END}"
_BARE_NAME = r"\s+[^\W\d_]+(?=\s*[!.]*\s*$)"

_GREETINGS, _DENSE_GREETINGS = phrases("greeting"), phrases("unspaced_greeting")
#: Greetings after which a sentence may follow without punctuation.
_FREE_GREETINGS = phrases("free_greeting")
_THANKS, _DENSE_THANKS = phrases("thanks"), phrases("unspaced_thanks")
_BYES, _DENSE_BYES = phrases("farewell"), phrases("unspaced_farewell")
_WELLBEING = rf"(?:so\s+)?(?:{phrases('how_are_you')})"
_LAUGHTER = phrases("laughter")
_CHATTER, _FREE_CHATTER, _INTERJECTION = (
    rf"(?:{phrases(name)})" for name in ("chatter", "free_chatter", "aside")
)
_SHORT_GREETINGS = r"(?-i:h+i+|he+y+)"

#: “thanks for the help”, but not “thanks for the code, it is 4711” nor any digit.
_REASON = (
    r"(?:\s+for\s+(?:(?!(?:is|are|was|were|has|that)\b)[^\W\d_]+(?:['’][^\W\d_]+)?"
    r"(?:\s+|(?=[,;.!]|$))){1,5}(?=[,;.!]|\s*$))?"
)


_FLAGS = re.IGNORECASE
#: Maximum characters that are searched for a courtesy.
_LONGEST = 400


def _compiled(words: str, dense: str, *, free: str = "", extra: str = "") -> re.Pattern[str]:
    choices = [
        rf"(?:{words}){_WORD_END}{extra}{_ADDRESSEE}{_END}",
        rf"(?:{words}){extra}{_ADDRESSED_NAME}",
    ]
    if free:
        choices.append(rf"(?:{free}){_WORD_END}{_ADDRESSEE}(?:{_SENTENCE_AHEAD}|{_QUESTION_AHEAD})")
    if dense:
        choices.append(rf"(?:{dense})")
    return later("|".join(choices), _FLAGS)


_PATTERNS = (
    ("laughter", later(
        rf"(?:{_LAUGHTER}){_WORD_END}(?:{_END}|{_SENTENCE_AHEAD}|{_QUESTION_AHEAD})", _FLAGS)),
    ("how-are-you", later(rf"{_WELLBEING}{_WORD_END}(?=\s*(?:[?？!.。,，]|$))", _FLAGS)),
    ("greeting", _compiled(_GREETINGS, _DENSE_GREETINGS, free=_FREE_GREETINGS)),
    ("greeting", later(
        rf"(?:{_GREETINGS}){_BARE_NAME}|{_SHORT_GREETINGS}{_WORD_END}(?=\s+[a-z]+\s+\w)", _FLAGS)),
    ("thanks", _compiled(_THANKS, _DENSE_THANKS, free=_THANKS, extra=_REASON)),
    ("thanks", later(rf"(?:{_THANKS})(?=\s+(?:{_BYES})\s*[.!]*$)", _FLAGS)),
    ("bye", _compiled(_BYES, _DENSE_BYES)),
    ("chatter", later(
        # “Nice, France” is a place: after a comma only before the opening of a sentence.
        rf"(?:{_CHATTER}){_WORD_END}(?:(?!\s*,){_END}|(?=\s*,\s*$)"
        rf"|(?=\s*,)(?:{_AFTER_COMMA_SENTENCE}|{_AFTER_COMMA_QUESTION}))"
        rf"|(?:{_FREE_CHATTER}){_WORD_END}(?:{_SENTENCE_AHEAD}|{_QUESTION_AHEAD})"
        rf"|(?:{_FREE_CHATTER}){_WORD_END}(?=\s+(?:{_GREETINGS}|{_THANKS}|{_BYES})\s*[.!]*$)"
        rf"|(?:{_INTERJECTION}){_WORD_END}(?=\s*,)", _FLAGS)),
)  # fmt: skip
#: Courtesies that may end a sentence after a comma.
_CLOSING = (
    ("laughter", later(_LAUGHTER, _FLAGS)),
    ("thanks", later(rf"(?:{_THANKS}|{_DENSE_THANKS}){_REASON}{_ADDRESSEE}", _FLAGS)),
    ("bye", later(rf"(?:{_BYES}|{_DENSE_BYES}){_ADDRESSEE}", _FLAGS)),
)
_FINAL_PIECE = later(r"[,;，…–—]\s*(?P<piece>[^,;，…–—]{1,60}?)\s*[.!。！~]*\s*$")
_ANY = later(rf"(?:{_GREETINGS}|{_THANKS}|{_BYES}|{_LAUGHTER}|please|sorry)", _FLAGS)
_FINAL_WORD = later(r"(\S+)\s*$")


def opening(text: str, start: int, end: int) -> tuple[str, int] | None:
    """The courtesy at the beginning of `text[start:end]`: its kind and its end; None for none."""
    piece = text[start : min(end, start + _LONGEST)]
    for kind, pattern in _PATTERNS:
        match = pattern.match(piece)
        if match and match.end():
            return kind, start + match.end()
    return None


def closings(text: str, start: int, end: int) -> Iterator[tuple[str, int]]:
    """Yield the courtesies at the end of `text[start:end]`, last first: kind and beginning.

    Only after a comma or dash, and not if they may be content: the motto “hello, thanks, bye” stays
    whole.
    """
    courtesies: list[tuple[str, int]] = []
    stop = end
    while match := _FINAL_PIECE.search(text, max(start, stop - 80), stop):
        piece = match["piece"]
        kind = next((kind for kind, pattern in _CLOSING if pattern.fullmatch(piece)), None)
        if kind is None:
            break
        courtesies.append((kind, match.start()))
        stop = match.start()
    final = _FINAL_WORD.search(text[max(start, stop - 40) : stop])
    if final and not _ANY.fullmatch(final[1]):
        yield from courtesies
