"""Arithmetic in a line of conversation: recognised and computed exactly, if unambiguous.

The line must be only an expression, in symbols or words, perhaps as a question ("what is 2 + 3 *
4?", "15% of 80"). Powers bind first, from the right, then `*` and `/`, then `+` and `-`; `-2^2` is
-4; a percentage added or subtracted is one of the left operand (80 + 15% is 92). Values are
fractions, so nothing overflows and only infinite decimals are rounded. Dates, telephone numbers,
ranges of years, equations and expressions inside a statement ("my score is 2+3") are ignored.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from ingest.language.numerals import DIGITS, number_words, read_digits, read_words, write

#: Maximum characters of an expression.
_MAX_CHARACTERS = 200
#: Maximum bits of a number (about 1,200 digits).
_MAX_BITS = 4096
_BY_ZERO = "nothing can be divided by zero"
_OVERFLOW = "the result is too large"


@dataclass(frozen=True, slots=True)
class Calculation:
    """An expression and its result.

    `value` is the result in digits, empty if there is none: then `problem` is the reason. `exact`
    is False if the value is rounded.
    """

    expression: str
    value: str
    exact: bool
    problem: str = ""


class NoSum(Exception):
    """The tokens are not an expression."""


class NoValue(Exception):
    """The expression has no value; the message is the reason."""


class _Token(NamedTuple):
    """An operator, or a number if that is ""."""

    operator: str
    value: Fraction = Fraction(0)


class _Term(NamedTuple):
    """An intermediate value, and whether it is a percentage."""

    value: Fraction
    percent: bool = False


# -- recognition -----------------------------------------------------------------------------------


_OPERATORS = {
    "+": "+", "plus": "+",
    "-": "-", "−": "-", "–": "-", "minus": "-",
    "*": "*", "×": "*", "·": "*", "times": "*", "multiplied by": "*", "x": "*",
    "/": "/", "÷": "/", "divided by": "/",
    "^": "^", "**": "^", "to the power of": "^",
    "²": "²", "squared": "²", "³": "³", "cubed": "³",
    "%": "%", "percent": "%", "per cent": "%", "of": "of",
    "(": "(", ")": ")",
}  # fmt: skip
_NUMBER_WORD = rf"(?:{'|'.join(sorted(number_words(), key=len, reverse=True))})\b"
_OPERATOR_WORDS = "|".join(
    words.replace(" ", r"\s+") for words in _OPERATORS if words.isascii() and words[0].isalpha()
)
_TOKEN = re.compile(
    rf"(?P<digits>{DIGITS})"
    rf"|(?P<words>(?:a\s+(?=hundred|thousand|million))?{_NUMBER_WORD}"
    rf"(?:(?:-|\s+|(?<=dred|sand|lion)\s+and\s+){_NUMBER_WORD})*)"
    rf"|(?P<said>(?:{_OPERATOR_WORDS})\b)"
    r"|(?P<sign>\*\*|[-−+*×·/÷^%²³()]|(?<=\s)–(?=\s))"
    r"|\s+",
    re.IGNORECASE,
)
_REQUEST = re.compile(
    r"(?:(?:so|and|ok|okay|now|please)[,\s]+)*(?:(?:can|could)\s+you\s+)?(?:please\s+)?"
    r"(?:tell\s+me\s+|i\s+need\s+to\s+know\s+)?(?:(?:calculate|compute|work\s+out)\s+)?"
    r"(?:(?:what(?:['’]?s|\s+is|\s+does)?|how\s+much(?:\s+is)?)\s+)?",
    re.IGNORECASE,
)
_CLOSING = re.compile(r"(?:\s+(?:is|equals?))?[\s?？=!.]*(?:please)?[\s?？!.]*", re.IGNORECASE)
# Digits with dashes or slashes that are no expression: dates, years, telephone and other numbers.
_NO_SUM = re.compile(
    r"\d{4}([-/])\d{1,2}\1\d{1,2}"
    r"|\d{1,2}([-/])\d{1,2}\2(?:\d{4}|\d{2})"
    r"|(?:19|20)\d\d-(?:0[1-9]|1[0-2])"
    r"|\d{3}-\d{4}|\d{3}-\d{2,3}-\d{4}|\d+(?:-\d+){3,}"
)
_CHAIN = re.compile(r"\d+(?:-\d+){2,}|\d+(?:/\d+){2,}")
_YEARS = re.compile(r"([12]\d{3})-([12]\d{3})")


def calculate(line: str) -> Calculation | None:
    """The line as a calculation; None if it is not an expression."""
    if len(line) > _MAX_CHARACTERS:
        return None
    text = line.strip()
    opening = _REQUEST.match(text)
    begin = opening.end() if opening else 0
    tokens, end = _tokens(text, begin)
    closing = _CLOSING.fullmatch(text, end)
    if not tokens or not closing:
        return None
    expression = text[begin:end].strip()
    if _is_not_sum(expression, is_request=begin > 0 or "=" in closing[0]):
        return None
    try:
        value = _Sum(tokens).value()
    except NoSum:
        return None
    except NoValue as problem:
        return Calculation(expression, "", False, str(problem))
    return Calculation(expression, *write(value))


def _tokens(text: str, begin: int) -> tuple[list[_Token], int]:
    """The tokens from `begin` on, and the end of the last one."""
    result: list[_Token] = []
    at = end = begin
    while match := _TOKEN.match(text, at):
        at = match.end()
        if match.lastgroup is None:
            continue
        if match.lastgroup in ("said", "sign"):
            result.append(_Token(_OPERATORS[" ".join(match[0].lower().split())]))
        else:
            number = _number(match)
            if number is None:
                break
            result.append(_Token("", number))
        end = at
    return result, end


def _number(match: re.Match[str]) -> Fraction | None:
    text = match[0].lower()
    return read_digits(text) if match["digits"] else read_words(re.split(r"[\s-]+", text))


def _is_not_sum(expression: str, *, is_request: bool) -> bool:
    years = _YEARS.fullmatch(expression)
    if years:
        # A range of years ascends; “2024-1990” is somebody's age.
        return years[1] <= years[2] < "2200"
    if _NO_SUM.fullmatch(expression):
        return True
    return not is_request and bool(_CHAIN.fullmatch(expression))


# -- evaluation ------------------------------------------------------------------------------------


class _Sum:
    """Evaluates tokens by recursive descent. Every method may raise `NoSum` or `NoValue`."""

    def __init__(self, tokens: Sequence[_Token]) -> None:
        self._tokens = tokens
        self._at = 0
        #: Whether an operator was applied: a number alone is not a calculation.
        self._worked = False

    def value(self) -> Fraction:
        """The value of all tokens."""
        term = self._sum()
        if self._at < len(self._tokens) or not self._worked:
            raise NoSum
        return term.value

    def _pass(self, *operators: str) -> str:
        """Consume the next operator if it is one of these, and return it; else ""."""
        if self._at == len(self._tokens) or self._tokens[self._at].operator not in operators:
            return ""
        self._at += 1
        return self._tokens[self._at - 1].operator

    def _checked(self, value: Fraction) -> Fraction:
        self._worked = True
        if max(value.numerator.bit_length(), value.denominator.bit_length()) > _MAX_BITS:
            raise NoValue(_OVERFLOW)
        return value

    def _sum(self) -> _Term:
        left = self._product()
        while operator := self._pass("+", "-"):
            right = self._product()
            of = left.value if right.percent and not left.percent else Fraction(1)
            change = right.value * of if operator == "+" else -right.value * of
            left = _Term(self._checked(left.value + change), left.percent and right.percent)
        return left

    def _product(self) -> _Term:
        left = self._signed()
        while operator := self._pass("*", "/", "of"):
            right = self._signed()
            if operator == "of" and not left.percent:
                raise NoSum
            if operator == "/" and not right.value:
                raise NoValue(_BY_ZERO)
            value = left.value / right.value if operator == "/" else left.value * right.value
            left = _Term(self._checked(value), operator == "of" and right.percent)
        return left

    def _signed(self) -> _Term:
        if self._pass("-"):
            term = self._signed()
            return _Term(-term.value, term.percent)
        return self._signed() if self._pass("+") else self._power()

    def _power(self) -> _Term:
        base = self._operand()
        return self._raised(base, self._signed().value) if self._pass("^") else base

    def _raised(self, base: _Term, exponent: Fraction) -> _Term:
        if exponent.denominator != 1:
            raise NoSum
        if not base.value and exponent < 0:
            raise NoValue(_BY_ZERO)
        size = max(base.value.numerator.bit_length(), base.value.denominator.bit_length())
        if size > 1 and abs(exponent) * (size - 1) > _MAX_BITS:
            raise NoValue(_OVERFLOW)
        return _Term(self._checked(Fraction(base.value**exponent.numerator)))

    def _operand(self) -> _Term:
        if self._pass("("):
            term = self._sum()
            if not self._pass(")"):
                raise NoSum
        elif self._at < len(self._tokens) and not self._tokens[self._at].operator:
            term = _Term(self._tokens[self._at].value)
            self._at += 1
        else:
            raise NoSum
        while sign := self._pass("%", "²", "³"):
            if sign != "%":
                term = self._raised(term, Fraction(2 if sign == "²" else 3))
            elif term.percent:
                raise NoSum
            else:
                term = _Term(term.value / 100, True)
        return term
