"""Evaluates an arithmetic expression by recursive descent, in fractions.

Only roots that do not come out and powers with a broken exponent leave the fractions; they are
taken to sixty places. What has no value, or more digits than anybody wants, is said and not tried.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from math import isqrt

_DEEPEST = 40
#: Numbers with more bits than this (about 1,200 digits) are not worked out.
_MOST_BITS = 4096
_ROOTS = Context(prec=60)
_TOO_LARGE = "the result is too large"


class NoSum(Exception):
    """The tokens are no sum."""


class NoValue(Exception):
    """The tokens are a sum that has no value; the message says why."""


@dataclass(frozen=True, slots=True)
class Token:
    """One token of a sum.

    `kind` is number, part (of a whole: a third), multiple (twice), op, order (add, take) or link
    (what stands between the numbers of an order); `text` names the operation.
    """

    kind: str
    text: str
    value: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Term:
    """A value on the way: whether it is exact, a percentage, or something to take “of”."""

    value: Fraction
    exact: bool = True
    percent: bool = False
    part: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """What a sum comes to; `worked` is False for a bare number."""

    value: Fraction
    exact: bool
    worked: bool


def reckon(tokens: Sequence[Token]) -> Result:
    """The value of the tokens. Raises NoSum or NoValue."""
    reading = _Reading(tokens)
    term = reading.everything()
    return Result(term.value, term.exact, reading.worked)


def divided(dividend: Fraction, divisor: Fraction) -> Fraction:
    """The quotient. Raises NoValue for a divisor of zero."""
    if not divisor:
        raise NoValue("nothing can be divided by zero")
    return dividend / divisor


class _Reading:
    """The tokens, how far they are read, and what was met on the way."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0
        self._trouble = ""
        self.worked = False

    def everything(self) -> Term:
        """The value of all tokens; that it has none is told only when all could be read."""
        first = self._peek()
        result = self._order() if first and first.kind == "order" else self._sum()
        if self._peek():
            raise NoSum
        if self._trouble:
            raise NoValue(self._trouble)
        return result

    def _peek(self) -> Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _pass(self, *names: str) -> str:
        """The operation or link that comes next, if it is one of these, passed by; else empty."""
        token = self._peek()
        if token is None or token.kind not in ("op", "link") or token.text not in names:
            return ""
        self._at += 1
        return token.text

    def _work(self, work: Callable[[], Fraction]) -> Fraction:
        self.worked = True
        if self._trouble:
            return Fraction(1)
        try:
            return _small_enough(work())
        except NoValue as problem:
            self._trouble = str(problem)
            return Fraction(1)

    def _deeper(self, read: Callable[[], Term]) -> Term:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise NoSum
        term = read()
        self._depth -= 1
        return term

    def _order(self) -> Term:
        """ "Add 3 and 4", "take 5 from 20": the word first, then what it works on."""
        order = self._tokens[self._at].text
        self._at += 1
        terms, links = [self._sum()], set[str]()
        while link := self._pass("and", ",", "to", "by", "from", "with"):
            links.add(link)
            if link == ",":
                self._pass("and")
            terms.append(self._sum())
        return self._carried_out(order, terms, links)

    def _carried_out(self, order: str, terms: list[Term], links: set[str]) -> Term:
        exact = all(term.exact for term in terms)
        first, rest = terms[0].value, [term.value for term in terms[1:]]
        if not rest or not links <= _LINKS[order] or (len(rest) > 1 and order not in _MANY):
            raise NoSum
        value = first
        for other in rest:
            value = self._work(_carry_out(order, value, other))
        return Term(value, exact)

    def _sum(self) -> Term:
        left = self._product()
        while operator := self._pass("+", "-"):
            right = self._product()
            sign = 1 if operator == "+" else -1
            of = left.value if right.percent and not left.percent else Fraction(1)
            value = self._work(_added(left.value, sign * right.value * of))
            percent = left.percent and right.percent
            left = Term(value, left.exact and right.exact, percent=percent)
        return left

    def _product(self) -> Term:
        left, divided_before = self._signed(), False
        while True:
            operator = self._pass("*", "/", "mod", "of", "off")
            token = self._peek()
            if not operator:
                if not (token and token.kind == "op" and token.text == "("):
                    return left
                if divided_before:
                    # 8/2(2+2) is read both ways.
                    raise NoSum
                operator = "*"
            right = self._signed()
            if (operator == "of" and not (left.percent or left.part)) or (
                operator == "off" and not left.percent
            ):
                raise NoSum
            divided_before = divided_before or operator == "/"
            whole = left.value.denominator == right.value.denominator == 1
            left = Term(
                self._work(_multiplied(operator, left.value, right.value)),
                left.exact and right.exact,
                percent=operator == "of" and right.percent,
                part=(operator == "/" and whole) or (operator == "of" and right.part),
            )

    def _signed(self) -> Term:
        if self._pass("-"):
            term = self._deeper(self._signed)
            return Term(-term.value, term.exact, term.percent)
        if self._pass("+"):
            return self._deeper(self._signed)
        return self._power()

    def _power(self) -> Term:
        base = self._operand()
        if not self._pass("^"):
            return base
        exponent = self._deeper(self._signed)
        return self._raised(base, exponent.value, exponent.exact)

    def _raised(self, base: Term, exponent: Fraction, exact: bool = True) -> Term:
        kept = base.exact and exact

        def work() -> Fraction:
            nonlocal kept
            value, whole = _power(base.value, exponent)
            kept = kept and whole
            return value

        return Term(self._work(work), kept)

    def _operand(self) -> Term:
        token = self._peek()
        if token is None:
            raise NoSum
        self._at += 1
        term = self._opened(token)
        while True:
            following = self._peek()
            if following and following.kind == "part" and token.kind == "number" and not term.part:
                self._at += 1
                term = Term(term.value * following.value, term.exact, part=True)
            elif sign := self._pass("%", "²", "³"):
                if sign == "%":
                    if term.percent:
                        raise NoSum
                    term = Term(term.value / 100, term.exact, percent=True)
                else:
                    term = self._raised(term, Fraction(2 if sign == "²" else 3))
            else:
                return term

    def _opened(self, token: Token) -> Term:
        if token.kind == "number":
            return Term(token.value)
        if token.kind == "part":
            return Term(token.value, part=True)
        if token.kind == "multiple":
            self._pass("of")
            term = self._deeper(self._operand)
            return Term(self._work(_multiplied("*", token.value, term.value)), term.exact)
        if token.kind == "op" and token.text == "(":
            term = self._deeper(self._sum)
            if not self._pass(")"):
                raise NoSum
            return Term(term.value, term.exact, term.percent)
        if token.kind == "op" and token.text in ("√", "∛"):
            term = self._deeper(self._operand)
            return self._raised(term, Fraction(1, 2 if token.text == "√" else 3))
        raise NoSum


#: What may stand between the numbers of an order, and which orders take more than two.
_LINKS = {
    "add": {"and", ",", "to", "with"},
    "multiply": {"and", ",", "by", "with"},
    "subtract": {"from"},
    "divide": {"by"},
    "differ": {"and"},
}
_MANY = ("add", "multiply")


def _carry_out(order: str, first: Fraction, other: Fraction) -> Callable[[], Fraction]:
    if order == "add":
        return _added(first, other)
    if order == "multiply":
        return _multiplied("*", first, other)
    if order == "divide":
        return _multiplied("/", first, other)
    if order == "subtract":
        return _added(other, -first)
    return lambda: abs(first - other)


def _added(left: Fraction, right: Fraction) -> Callable[[], Fraction]:
    return lambda: left + right


def _multiplied(operator: str, left: Fraction, right: Fraction) -> Callable[[], Fraction]:
    if operator == "/":
        return lambda: divided(left, right)
    if operator == "mod":
        return lambda: left - right * (divided(left, right).__floor__())
    if operator == "off":
        return lambda: right * (1 - left)
    return lambda: left * right


def _small_enough(value: Fraction) -> Fraction:
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > _MOST_BITS:
        raise NoValue(_TOO_LARGE)
    return value


def _power(base: Fraction, exponent: Fraction) -> tuple[Fraction, bool]:
    """`base ** exponent` and whether that is exact. Raises NoValue."""
    if not base and exponent < 0:
        raise NoValue("nothing can be divided by zero")
    if base in (0, 1):
        return (base if exponent else Fraction(1)), True
    bits = max(base.numerator.bit_length(), base.denominator.bit_length()) - 1
    if abs(exponent) * max(bits, 1) > _MOST_BITS:
        if base == -1 and exponent.denominator == 1:
            return Fraction(-1 if exponent.numerator % 2 else 1), True
        raise NoValue(_TOO_LARGE)
    if exponent.denominator == 1:
        return base**exponent.numerator, True
    if base < 0:
        if exponent.denominator % 2 == 0 or exponent.denominator > 99:
            raise NoValue("a negative number has no such root")
        value, exact = _power(-base, exponent)
        return (-value if exponent.numerator % 2 else value), exact
    root = _root(base, exponent.denominator)
    if root is not None:
        return root**exponent.numerator, True
    quotient = _ROOTS.divide(Decimal(base.numerator), Decimal(base.denominator))
    broken = _ROOTS.divide(Decimal(exponent.numerator), Decimal(exponent.denominator))
    return Fraction(_ROOTS.power(quotient, broken)), False


def _root(base: Fraction, degree: int) -> Fraction | None:
    """The root of a positive fraction where it is a fraction itself."""
    if degree > 99:
        return None
    top, bottom = (_whole_root(n, degree) for n in (base.numerator, base.denominator))
    return Fraction(top, bottom) if top is not None and bottom is not None else None


def _whole_root(number: int, degree: int) -> int | None:
    if degree == 2:
        root = isqrt(number)
        return root if root * root == number else None
    low, high = 0, 1 << (number.bit_length() // degree + 1)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if middle**degree <= number else (low, middle - 1)
    return low if low**degree == number else None
