"""Orders: “remember that …” contains a fact to store, “open the file” is out of scope.

People note *their own* tasks (“call Bob at 5”, “have a meeting at 3”, “send the invoice by
Friday”). So only clear orders to a machine are refused: a request (“could you …”) to do something,
or an imperative about files, windows, alarms, poems and the like without a day or digit.
"""

import re

from ingest.language.word_lists import phrases, words

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


def content(sentence: str) -> tuple[int, bool]:
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


def is_command(sentence: str) -> bool:
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
