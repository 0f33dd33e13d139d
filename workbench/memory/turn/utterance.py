"""Splits a line of conversation into parts, in order and without gaps.

“hi, my name is Sam. what is 2 + 3? thanks!” is a greeting, a statement, arithmetic and thanks. Each
part has a kind and its content: of “could you remember that my plan is pro?” only “my plan is pro”.
The default is a statement, so that no fact is lost.

People note *their own* tasks (“call Bob at 5”, “have a meeting at 3”, “send the invoice by
Friday”). So only clear orders to a machine are refused: a request (“could you …”) to do something,
or an imperative about files, windows, alarms, poems and the like without a day or digit.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ingest.ends import sentence_ends
from ingest.language.question_detection import is_question
from ingest.language.word_lists import phrases, words
from ingest.segment import EVERY_LINE, paragraphs
from workbench.memory.turn import courtesy
from workbench.memory.turn.arithmetic import calculate


class Kind(StrEnum):
    """The kind of a part. CHATTER is an acknowledgement or only punctuation."""

    GREETING = "greeting"
    HOW_ARE_YOU = "how-are-you"
    THANKS = "thanks"
    BYE = "bye"
    LAUGHTER = "laughter"
    CHATTER = "chatter"
    SELF = "self"
    COMMAND = "command"
    ARITHMETIC = "arithmetic"
    QUESTION = "question"
    STATEMENT = "statement"


@dataclass(frozen=True, slots=True)
class Part:
    """A span `[start, end)` of the line; the parts of a line are contiguous.

    `text` is its content, `line[text_start:text_end]`: stripped, without “remember that” before a
    fact. Several lines or sentences are several parts.
    """

    kind: Kind
    start: int
    end: int
    text: str
    text_start: int
    text_end: int


_SELF = re.compile(
    rf"(?:so\s+|and\s+)?(?:{phrases('about_the_program')})\s*[?？!.。]*", re.IGNORECASE
)
_TAG = re.compile(
    r"[,;]\s*(?:right|correct|ok(?:ay)?|yes|no|eh|huh|true|or|oder|nicht\s+wahr|n['’]est-ce\s+pas"
    r"|verdad|vero|не\s+так\s+ли|(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would"
    r"|should|ai|wo|ca)(?:n['’]?t)?\s+(?:i|you|he|she|it|we|they|there))\s*[?？]+\s*$",
    re.IGNORECASE,
)
_QUESTION_CLAUSE = re.compile(
    r"(?:[,;–—]\s*|[.!]\s+)(?:(?:and|but|so)\s+)?(?=(?:who|whom|whose|what|when|where|why|how|which|is|are|was"
    r"|were|do|does|did|has|have|can|could|will|would|should)(?:['’]s|n['’]t)?\s)",
    re.IGNORECASE,
)
_SUBORDINATE = re.compile(
    r"(?:if|when|while|since|because|after|before|although|though|as|given|for|in|on|at|with|by"
    r"|during|from|besides|apart|according|of|about|regarding)\b",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|am|has|have|had|will|can|lives?|likes?|loves?|hates?|needs?|wants?|works?"
    r"|owns?|got|moved|bought|went|eats?|drinks?|uses?|costs?|plays?|speaks?|\w{2,}ed)\b"
    r"|['’](?:m|re|ve|ll|s)\b",
    re.IGNORECASE,
)
# Casual writing omits capitals, which otherwise mark sentence ends.
_SMALL_START = re.compile(
    r"(?<=\w{3}[.!])\s+(?=(?:i|i['’]m|my|we|our|the|he|she|his|her|they|their|it|this|that"
    r"|what|who|where|when|how|is|are|does|do|can|please|remember|thanks|bye|also)\s)"
    r"|(?<=[?？!])[\"'”’)]*\s+(?=\S)|(?<=[?？！。])(?=[^\s?？!！。\"'”’)」』\w])"
)
_ABBREVIATED = re.compile(
    r"\b(?:approx|incl|excl|dept|max|min|est|tel|vol|etc|vs|ext|univ|prof|gen|inc|ltd|corp|misc"
    r"|resp|assoc|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)\.$",
    re.IGNORECASE,
)
_QUOTE = re.compile(r"[\"“”„«»]")
# An unclosed quotation; in 5" the mark follows a digit and opens none.
_OPEN_QUOTE = re.compile(r"(?:^|(?<=[\s(\[]))[\"“„«](?=\S)[^\"“”„«»]*$")
#: Maximum characters of a quotation without sentence ends; beyond, a mark may be missing.
_LONGEST_QUOTE = 600
#: Maximum courtesies at the beginning of a sentence.
_MAX_COURTESIES = 12
#: Maximum characters of an order or greeting; longer sentences are stored as they are.
_LONGEST_LINE = 2000
_LEADING = re.compile(r"[\s,;:.!?。！？，、…~)\-–—\U0001F300-\U0001FAFF\u2600-\u27bf\ufe0f\u200d]+")
_WORD = re.compile(r"[^\W_]")


def parts(text: str) -> list[Part]:
    """The parts of a text, which cover it; white space alone has none."""
    pieces = [
        piece for start, end in _sentences(text) for piece in _split_courtesies(text, start, end)
    ]
    result: list[Part] = []
    for index, (kind, start, end) in enumerate(pieces):
        first = 0 if index == 0 else start
        stop = pieces[index + 1][1] if index + 1 < len(pieces) else len(text)
        begin, text_stop = _trimmed(text, start, end)
        begin, text_stop = _statement_span(text, kind, begin, text_stop)
        result.append(Part(kind, first, stop, text[begin:text_stop], begin, text_stop))
    return result


def _statement_span(text: str, kind: Kind, begin: int, stop: int) -> tuple[int, int]:
    """The bare fact of a statement: without “remember that”, commas or the request's mark."""
    if kind is not Kind.STATEMENT or stop - begin > _LONGEST_LINE:
        return begin, stop
    offset, is_explicit = _content_start(text[begin:stop])
    trimmed = text[begin:stop].rstrip(" ,;，" + ("?？" if is_explicit else "")).rstrip()
    return begin + offset, max(begin + len(trimmed), begin + offset)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """The sentences of every line; quotations are not split."""
    ends = sentence_ends(text)
    for start, end in paragraphs(text, EVERY_LINE):
        cuts = {place for place in ends if start < place < end}
        for match in _SMALL_START.finditer(text, start, end):
            if not _ABBREVIATED.search(text, max(start, match.start() - 8), match.start()):
                cuts.add(match.start())
        begin = start
        final_quote = max(text.rfind(mark, start, end) for mark in '"“”„«»')
        for place in [*sorted(cuts), end]:
            in_quote = place <= final_quote < begin + _LONGEST_QUOTE
            if in_quote and _OPEN_QUOTE.search(text[begin:place]):
                continue
            if text[begin:place].strip():
                yield begin, place
            begin = place


def _split_courtesies(text: str, start: int, end: int) -> list[tuple[Kind, int, int]]:
    """The courtesies before and after a sentence, and the text between."""
    leading: list[tuple[Kind, int, int]] = []
    start, end = _trimmed(text, start, end)
    while start < end and len(leading) < _MAX_COURTESIES:
        if not _WORD.search(text, start, end):
            return _closed(leading, end) if leading else [(_marks(text[start:end]), start, end)]
        opening = courtesy.opening(text, start, end)
        if not opening:
            break
        kind, stop = opening
        skipped = _LEADING.match(text, stop, end)
        stop = skipped.end() if skipped else stop
        leading.append((Kind(kind), start, stop))
        start = stop
    if start >= end:
        return leading
    trailing: list[tuple[Kind, int, int]] = []
    for kind, begin in courtesy.closings(text, start, end):
        trailing.insert(0, (Kind(kind), begin, end))
        end = begin
    return [*leading, *_message(text, start, end), *trailing]


def _closed(leading: list[tuple[Kind, int, int]], end: int) -> list[tuple[Kind, int, int]]:
    kind, start, _ = leading[-1]
    return [*leading[:-1], (kind, start, end)]


def _marks(piece: str) -> Kind:
    return Kind.LAUGHTER if re.search("[\U0001f600-\U0001f606\U0001f923]", piece) else Kind.CHATTER


def _message(text: str, start: int, end: int) -> list[tuple[Kind, int, int]]:
    message = text[start:end].strip()
    if len(message) > _LONGEST_LINE:
        return [(Kind.STATEMENT, start, end)]
    if calculate(message):
        return [(Kind.ARITHMETIC, start, end)]
    if _SELF.fullmatch(message):
        return [(Kind.SELF, start, end)]
    offset, is_explicit = _content_start(message)
    if is_explicit and not (offset and is_question(message[offset:].rstrip("?？ "))):
        begin, _ = _trimmed(text, start, end)
        place = _question_start(text, begin + offset, end) if is_question(message) else None
        if place is not None:
            return [(Kind.STATEMENT, start, place), *_message(text, place, end)]
        return [(Kind.STATEMENT, start, end)]
    if _is_command(message):
        return [(Kind.COMMAND, start, end)]
    if not is_question(message):
        return [(Kind.STATEMENT, start, end)]
    place = _question_start(text, start, end)
    if place is None:
        return [(Kind.QUESTION, start, end)]
    return [*_message(text, start, place), *_message(text, place, end)]


def _question_start(text: str, start: int, end: int) -> int | None:
    """The start of the question in “I moved to Rome, where is that?”, unless it is at the start."""
    if _TAG.search(text, start, end):
        return None
    place = None
    for match in _QUESTION_CLAUSE.finditer(text, start, end):
        preceding = text[start : match.start()]
        if len(_QUOTE.findall(preceding)) % 2:
            continue
        place = match.end()
        break
    if place is None:
        return None
    preceding = text[start:place].strip(" .!,;–—")
    if _SUBORDINATE.match(preceding) or not _VERB.search(preceding) or is_question(preceding):
        return None
    return place


# -- orders ----------------------------------------------------------------------------------------

_FLAGS = re.IGNORECASE
_PLEASE = r"(?:please|pls|kindly|hey|ok|okay|so|and|now|just|also)[,\s]+"
_PLEASES = rf"(?:{_PLEASE}){{0,4}}"
_REQUEST_VERB = (
    r"(?:(?:can|could|would|will)\s+you(?:\s+please)?(?:\s+just)?(?:\s+try\s+to)?\s+"
    r"|would\s+you\s+mind\s+)"
)
_WANT = r"(?:i\s+(?:want|need|(?:would|['’]d)\s+like)\s+you\s+to\s+)"

_REMEMBER = rf"(?:{phrases('keep')})"
_REMEMBER_THAT = rf"(?:{phrases('keep_that')})"
_THAT = (
    r"(?:\s+(?:that|this|the\s+following|dass|que|che|что)(?![\w'’])\s*[:,]?\s*"
    r"|\s*(?:[:–—]|-\s)\s*|,\s+(?:dass|что)\s+|,\s*)"
)
_REPORT = rf"(?:{phrases('told')})"
_LABEL = (
    r"(?:note(?:\s+to\s+self)?|reminder|fact|info|update|fyi|nb|n\.b\.|remember|memo|notiz|merke"
    r"|nota)\s*(?::|[–—]|-\s)\s*"
)

_WRAPPERS = tuple(
    re.compile(pattern, _FLAGS)
    for pattern in (
        rf"{_PLEASES}(?:{_REQUEST_VERB}|{_WANT})?{_PLEASES}(?:{_REMEMBER}|{_REMEMBER_THAT})"
        rf"(?:\s+(?:for\s+me|down))?{_THAT}",
        rf"{_PLEASES}(?:{_REPORT})(?:\s+that(?![\w'’])\s*|\s*[,:–—]\s*)",
        rf"{_PLEASES}{_LABEL}",
    )
)
#: “remember my plan is pro now”: without “that”, only before a clause with a verb.
_IMPLICIT_WRAPPER = re.compile(
    rf"{_PLEASES}(?:{_REQUEST_VERB}|{_WANT})?{_PLEASES}(?:{_REMEMBER}|did\s+you\s+know)\s+"
    r"(?=(?:my|our|his|her|their|your|the|i|we|he|she|it|they|i['’]m|it['’]s|[A-Z]\w*)(?![\w])"
    r"(?:(?!\b(?:when|how|where|who|what|why)\b).)*?"
    r"(?:\b(?:is|are|was|were|am|has|have|had|will|lives?|likes?|needs?|wants?|works?|costs?|does"
    r"|do|can|moved|starts?|ends?|left|got|\w{2,}ed)\b|['’](?:s|m|re)\b))",
    _FLAGS,
)
_REMEMBER_REQUEST = re.compile(
    rf"{_PLEASES}(?:{_REQUEST_VERB}|{_WANT}){_PLEASES}"
    # “can you remember my name?” is a question; what to remember has a digit, or is a task.
    rf"(?P<said>(?:(?!remember(?!\s+to\b)\D*$)(?:{_REMEMBER}|{_REMEMBER_THAT}))\s+\S+)",
    _FLAGS,
)
_QUESTION_WORD = re.compile(
    r"\s*(?:who|whom|whose|what|when|where|why|how|which|whether|if)(?![\w])", _FLAGS
)

_MACHINE_VERB = rf"(?:{phrases('done_by_machine')})"
_MACHINE_OBJECT = rf"(?:{phrases('thing_of_machine')})"
_WORKS = rf"(?:{phrases('work')})"
_DETERMINED = (
    r"(?:(?:me|us)\s+)?"
    r"(?:(?:a|an|the|my|this|that|these|those|some|all|every|another|new)\s+)*"
)
_ANY_WORDS = r"(?:[\w'’-]+\s+){0,2}"
_IMPERATIVE = re.compile(
    rf"(?:(?:{_MACHINE_VERB})\s+{_DETERMINED}{_ANY_WORDS}(?:{_MACHINE_OBJECT})(?![\w'’-])"
    rf"|(?:write|compose|draft|generate|create|draw|paint|sing|code)\s+{_DETERMINED}{_ANY_WORDS}"
    rf"(?:{_WORKS})(?![\w'’-])"
    r"|tell\s+(?:me|us)\s+(?:a|an|another|some)\s+(?:\w+\s+)?(?:jokes?|story|stories|poem|riddle)"
    r"|(?:translate|google|sing|beep|reboot|shut\s*down)(?:\s+\S|\s*[.!]*$)"
    r"|(?:ignore|disregard|forget)\s+(?:all\s+|any\s+|the\s+|your\s+|my\s+)*(?:previous|prior|above"
    r"|earlier|system|everything|instructions?|that\b|what\s+i)"
    r"|forget\s+(?:my|the|about)\s+|sudo\s+\S|rm\s+-\S|/[a-z]+(?:\s|$)"
    rf"|(?:turn|switch)\s+{_DETERMINED}{_ANY_WORDS}(?:on|off|up|down)(?![\w'’-])"
    r"|(?:browse|surf|search)\s+the\s+(?:web|internet|net))",
    _FLAGS,
)
_ALARM = re.compile(
    r"set\s+(?:an?\s+|the\s+|my\s+)?(?:alarm|timer)s?(?![\w'’-])(?!\s+code)", _FLAGS
)
_STATEMENT_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|costs?|takes?|needs?|requires?|means)\b|:\s*\S", _FLAGS
)
_DAY_OR_FIGURE = re.compile(
    rf"\d|\b(?:{'|'.join(words('time') - {'may', 'second'})}|next|before|until|deadline|due)\b",
    _FLAGS,
)
_DOING = (
    r"(?:send|e-?mail|text|call|phone|dial|order|buy|book|schedule|reserve|cancel|pay|post|tweet"
    r"|translate|write|compose|draft|draw|paint|sing|google|browse|fetch|copy|fix|change|edit"
    rf"|forget|ignore|clean|{_MACHINE_VERB})(?![\w'’])"
)
_REQUEST = re.compile(
    rf"{_PLEASES}(?:{_REQUEST_VERB}|{_WANT}){_PLEASES}{_DOING}(?!\s+me\s+(?:what|the|my))", _FLAGS
)
_SHOW_REQUEST = re.compile(rf"{_PLEASES}(?:{_REQUEST_VERB}|{_WANT}){_PLEASES}show\b", _FLAGS)


def _content_start(sentence: str) -> tuple[int, bool]:
    """The start of the content after “remember that”, “note:”, “by the way”; and whether to store
    it.

    `(0, False)` if there is no such prefix.
    """
    for pattern in (*_WRAPPERS, _IMPLICIT_WRAPPER):
        match = pattern.match(sentence)
        remainder = sentence[match.end() :] if match else ""
        if match and re.search(r"\w", remainder) and not _QUESTION_WORD.match(remainder):
            return match.end(), True
    request = _REMEMBER_REQUEST.match(sentence)
    return (request.start("said"), True) if request else (0, False)


def _is_command(sentence: str) -> bool:
    """Whether the sentence is an order that only a machine would carry out."""
    text = sentence.strip()
    if _REQUEST.match(text) and not _SHOW_REQUEST.match(text):
        return True
    polite = re.match(rf"(?:{_PLEASE})+", text, _FLAGS)
    remainder = text[polite.end() :] if polite else text
    if _ALARM.match(remainder):
        return True
    return (
        bool(_IMPERATIVE.match(remainder))
        and not _STATEMENT_VERB.search(remainder)
        and not _DAY_OR_FIGURE.search(remainder)
    )
