"""Sums in a line of conversation: recognised, worked out exactly, and only where they are clear.

The line must be nothing but a sum, in signs or words, and perhaps a question round it ("what is
2 + 3 * 4?", "15% of 80"). `*`, `/` before `+`, `-`; powers
first, from the right; `-2^2` is -4; a percentage added or taken away is one of what stands before
it (80 + 15% is 92). Values are fractions, so nothing overflows and only what never ends is
rounded. Dates, telephone numbers, ranges of years, equations and sums inside a statement
("my score is 2+3") are left alone.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from workbench.memory.turn.numerals import DIGITS, NUMBER_WORDS, read_digits, read_words, write
from workbench.memory.turn.reckoning import NoSum, NoValue, Token, divided, reckon

#: Longer lines hold no sum.
_MOST_CHARACTERS = 1000


@dataclass(frozen=True, slots=True)
class Calculation:
    """A sum at `[start, end)` of the line, and its result.

    `value` is the result in digits (with `%` where a percentage was asked for), empty where there
    is none: `problem` then says why. `exact` is False where the value is rounded.
    """

    start: int
    end: int
    expression: str
    value: str
    exact: bool
    problem: str = ""


_SIGNS = {
    "+": "+", "-": "-", "−": "-", "*": "*", "×": "*", "·": "*", "⋅": "*", "∙": "*", "✕": "*",
    "/": "/", "÷": "/", "∕": "/", "^": "^", "%": "%", "٪": "%", "²": "²", "³": "³", "√": "√",
    "(": "(", ")": ")", "[": "(", "]": ")",
}  # fmt: skip
_SAID = {
    "+": "plus|más|più|mais|плюс|加上|加",
    "-": "minus|moins|menos|meno|минус|减去|減去|减|減",
    "*": "times|multiplied by|x|mal|fois|multiplié par|por|multiplicado por|умножить на|乘以|乘",
    "/": "divided by|geteilt durch|divisé par|dividido por|dividido entre|diviso|разделить на|除以",
    "^": "to the power of|raised to the power of|raised to|hoch",
    "%": "percent|per cent|prozent|pour cent|por ciento|процентов",
    "mod": "modulo|mod",
    "of": "of|von|de",
    "off": "off",
    "²": "squared",
    "³": "cubed",
    "√": "square root of|root of|sqrt of|sqrt",
    "∛": "cube root of",
    "link": "and|to|by|from|with",
}
_PARTS = {
    "hal": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10, "hundredth": 100, "thousandth": 1000,
}  # fmt: skip
_MULTIPLES = {"twice": 2, "double": 2, "triple": 3, "thrice": 3}
_ORDERS = {
    "add": r"add|(?:the )?(?:sum|total) of",
    "multiply": r"multiply|(?:the )?product of",
    "subtract": "subtract|take",
    "divide": "divide",
    "differ": r"(?:the )?difference (?:between|of)",
}

_NUMBER = re.compile(rf"\d|{'|'.join(NUMBER_WORDS)}")
_NUMBER_WORD = "(?:" + "|".join(NUMBER_WORDS) + r")(?![^\W\d_])"
_SCALE_WORD = r"(?:hundred|thousand|million|billion|trillion)(?![^\W\d_])"


def _phrases(table: dict[str, str]) -> dict[str, str]:
    return {phrase: name for name, said in table.items() for phrase in said.split("|")}


_OPERATORS = _phrases(_SAID)


def _said_in_words() -> str:
    phrases = sorted(_OPERATORS, key=len, reverse=True)
    return "|".join(re.escape(phrase).replace("\\ ", r"\s+") for phrase in phrases)


_TOKEN = re.compile(
    rf"(?P<digits>{DIGITS})"
    rf"|(?P<words>(?:an?\s+(?={_SCALE_WORD}))?{_NUMBER_WORD}"
    rf"(?:(?:-|\s+){_NUMBER_WORD}|(?<=dred|sand|lion)\s+and\s+{_NUMBER_WORD})*)"
    r"|(?:(?<=[a-z])-)?(?:an?\s+)?(?P<part>half|halves|"
    + "|".join(f"{name}s?" for name in _PARTS if name != "hal")
    + r")(?![^\W\d_])"
    rf"|(?P<multiple>{'|'.join(_MULTIPLES)})(?![^\W\d_])"
    + "".join(rf"|(?P<{name}>{said})(?![^\W\d_])" for name, said in _ORDERS.items())
    + rf"|(?:the\s+)?(?P<said>{_said_in_words()})(?:(?<![a-zа-яéáíóúñü])|(?![^\W\d_]))"
    r"|(?P<power>\*\*)|(?P<comma>,)"
    rf"|(?P<sign>[{re.escape(''.join(_SIGNS))}])"
    r"|(?P<dash>(?<=\s)–(?=\s))"
    r"|(?P<space>\s+)"
)

_PLEASE = r"(?:please|pls|bitte|kindly)"
_ASKED = (
    rf"(?:(?:so|and|ok|okay|now|then|well|also|{_PLEASE})[,\s]+)*"
    r"(?:(?:can|could|would|will)\s+you\s+|i(?:\s+want|\s+need|\s+would\s+like|['’]d\s+like)\s+to\s+know\s+)?"
    rf"(?:{_PLEASE}\s+)?(?:(?:quickly|just)\s+)?"
    r"(?:(?:tell|give)\s+me\s+|do\s+you\s+know\s+|(?:calculate|compute|evaluate|solve|reckon"
    r"|work\s+out|figure\s+out|do|berechne|calcule|calcula)(?:\s*:\s*|\s+))?"
    r"(?:(?:what(?:['’]?s|\s+is|\s+are|\s+does|\s+would(?:\s+be)?|\s+do)?"
    r"|how\s+much(?:['’]?s|\s+is|\s+are|\s+does|\s+do)?"
    r"|was\s+(?:ist|sind|ergibt|macht)|wie\s*viel\s+(?:ist|sind|ergibt|macht)"
    r"|combien\s+(?:font|fait)|quanto\s+(?:fa|fanno|é|è)|cu[aá]nto\s+(?:es|son)|hoeveel\s+is"
    r"|wat\s+is|hur\s+mycket\s+är|vad\s+är|hvad\s+er|hva\s+er|ile\s+(?:to\s+jest|jest)"
    r"|kolik\s+je|сколько\s+будет|كم\s+يساوي)(?:\s*[:,]\s*|\s+))?"
    r"(?:the\s+(?:result|value|answer)\s+(?:of|to)\s+)?"
)
_TAIL = (
    r"\s*(?:=|等于多少|等于几|是多少|はいくつ(?:ですか)?|は(?=\s*[?？])|[,\s]\s*(?:is|are|(?:be\s+)?equals?(?:\s+to)?|makes?|gives?"
    r"|comes?\s+to)(?:\s+(?:what|how\s+much))?(?=\s*[?？]|\s+(?:what|how)|\s*$)|,?\s+what)?"
    rf"[\s?？=!.。…]*(?:,?\s*{_PLEASE}|\s+for\s+me)?[\s?？!.。…]*"
)
_OPENING = re.compile(_ASKED)
_CLOSING = re.compile(_TAIL)

_PERCENT = r"(?:percent(?:age)?|per\s+cent|%)"
_SHARE_ASKED = re.compile(
    rf"(?:what|which)\s*{_PERCENT}\s+of\s+(?P<whole>[^?=]+?)\s+(?:is|are)\s+(?P<part>[^?=]+)"
)
_SHARE = re.compile(
    rf"(?P<part>[^?=]+?)\s+(?:(?:is|are)\s+what\s*{_PERCENT}|as\s+an?\s+{_PERCENT})\s+of"
    r"\s+(?P<whole>[^?=]+)"
)

# Digits joined by dashes or strokes that are no sum: dates, years, telephone and other numbers.
_NO_SUM = re.compile(
    r"\d{4}([-/])\d{1,2}\1\d{1,2}"
    r"|\d{1,2}([-/])\d{1,2}\2(?:\d{4}|\d{2})"
    r"|(?:1\d|20)\d\d-(?:1\d|20)\d\d"
    r"|(?:19|20)\d\d-(?:0[1-9]|1[0-2])"
    r"|\d{3}-\d{4}|\d{3}-\d{2,3}-\d{4}|\d+(?:-\d+){3,}"
)
_CHAIN = re.compile(r"\d+(?:-\d+){2,}|\d+(?:/\d+){2,}")
_YEARS = re.compile(r"(\d{4})-(\d{4})")


def calculate(line: str) -> Calculation | None:
    """The sum that the line is, worked out; None where the line is no sum."""
    if len(line) > _MOST_CHARACTERS:
        return None
    plain = _plain(line)
    if not _NUMBER.search(plain):
        return None
    start = len(plain) - len(plain.lstrip())
    opening = _OPENING.match(plain, start)
    begin = opening.end() if opening else start
    share = _share(line, plain, begin)
    if share:
        return share
    # “do 2+3” and “take 5 from 7”: what opens the line may be the sum's own word.
    for first in sorted({begin, start}, reverse=True):
        found = _longest(line, plain, first, asked=begin > start)
        if found:
            return found
    return None


def _plain(line: str) -> str:
    """The line in lower case with ASCII digits and signs, character for character."""
    return "".join(map(_plain_character, line))


@lru_cache(maxsize=4096)
def _plain_character(character: str) -> str:
    if character.isascii():
        return character.lower()
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    wide = unicodedata.normalize("NFKC", character) if "\uff01" <= character <= "\uff5e" else ""
    lowered = (wide or character).lower()
    return lowered if len(lowered) == 1 else character


def _read_tokens(plain: str, begin: int) -> list[tuple[Token, int]]:
    """The tokens from `begin` on as far as there are any, each with the place where it ends."""
    read: list[tuple[Token, int]] = []
    position = begin
    while position < len(plain):
        match = _TOKEN.match(plain, position)
        token = _token(match) if match else None
        if not match or (token is None and match.lastgroup != "space"):
            break
        position = match.end()
        if token:
            read.append((token, position))
    while read and read[-1][0].kind == "link":
        read.pop()
    return read


def _longest(line: str, plain: str, begin: int, *, asked: bool) -> Calculation | None:
    """The sum from `begin` up to where only a question's end follows."""
    read = _read_tokens(plain, begin)
    if not read:
        return None
    end = read[-1][1]
    closing = _CLOSING.fullmatch(plain, end)
    if not closing or _is_something_else(plain[begin:end].strip(), asked or "=" in closing[0]):
        return None
    return _worked_out([token for token, _ in read], begin, end, line[begin:end].strip())


def _is_something_else(expression: str, asked: bool) -> bool:
    years = _YEARS.fullmatch(expression)
    if years:
        # A span of years runs forward; “2024-1990” is somebody's age.
        return years[1] <= years[2] and years[1] >= "1000" and years[2] < "2200"
    if _NO_SUM.fullmatch(expression):
        return True
    return not asked and bool(_CHAIN.fullmatch(expression))


def _token(match: re.Match[str]) -> Token | None:
    kind, text = match.lastgroup, match[0]
    if kind == "digits":
        value = read_digits(text)
        return None if value is None else Token("number", text, value)
    if kind == "words":
        value = read_words(["a" if w == "an" else w for w in re.split(r"[\s-]+", text)])
        return None if value is None else Token("number", text, value)
    if kind == "part":
        name = match["part"]
        whole = 2 if name.startswith("hal") else _PARTS[name.removesuffix("s")]
        return Token("part", text, Fraction(1, whole))
    if kind == "multiple":
        return Token("multiple", text, Fraction(_MULTIPLES[text]))
    if kind in _ORDERS:
        return Token("order", kind)
    if kind == "said":
        name = _OPERATORS[" ".join(match["said"].split())]
        return Token("link", match["said"]) if name == "link" else Token("op", name)
    if kind == "sign":
        return Token("op", _SIGNS[text])
    plain = {"power": ("op", "^"), "dash": ("op", "-"), "comma": ("link", ",")}
    return Token(*plain[kind]) if kind in plain else None


def _share(line: str, plain: str, begin: int) -> Calculation | None:
    """ "What percent of 80 is 12?" and "12 is what percent of 80?"."""
    end = len(plain.rstrip(" \t?？.!。="))
    match = None
    for first in (begin, len(plain) - len(plain.lstrip())):
        match = match or _SHARE_ASKED.fullmatch(plain, first, end)
        match = match or _SHARE.fullmatch(plain, first, end)
    if not match:
        return None
    shown = line[match.start() : end]
    try:
        part, whole = reckon(_all_tokens(match["part"])), reckon(_all_tokens(match["whole"]))
        share = divided(part.value * 100, whole.value)
    except NoSum:
        return None
    except NoValue as problem:
        return Calculation(match.start(), end, shown, "", False, str(problem))
    value, exact = write(share, part.exact and whole.exact)
    return Calculation(match.start(), end, shown, f"{value}%", exact)


def _all_tokens(plain: str) -> list[Token]:
    read = _read_tokens(plain, 0)
    if not read or plain[read[-1][1] :].strip():
        raise NoSum
    return [token for token, _ in read]


def _worked_out(tokens: Sequence[Token], start: int, end: int, shown: str) -> Calculation | None:
    try:
        result = reckon(tokens)
    except NoSum:
        return None
    except NoValue as problem:
        return Calculation(start, end, shown, "", False, str(problem))
    if not result.worked:
        return None
    value, exact = write(result.value, result.exact)
    return Calculation(start, end, shown, value, exact)
