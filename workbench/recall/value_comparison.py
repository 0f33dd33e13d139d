"""Compares two answers to one question: whether their values differ."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ingest.language.numerals import cardinals, months, read_digits, read_words, scales
from ingest.language.tagging import tagged
from ingest.language.word_lists import words
from ingest.patterns import later
from workbench.memory.vocabulary import ENGLISH_STOP
from workbench.recall import value

_ORDINAL = later(r"(?<=\d)(?:st|nd|rd|th)$")
_DIGITS = later(r"\d+")
_NO_PART = frozenset(("of", "the"))
#: Minimum letters of a name that is not an initial.
_NAME = 2


@dataclass(frozen=True, slots=True)
class Comparison:
    """Another value, as written.

    `has_first`: the text also has the first value: “from 12 to 19 September”.
    """

    other: str
    has_first: bool = False


@dataclass(frozen=True, slots=True)
class _Value:
    """A parsed value: its dates or numbers, else its names, and its other words."""

    dates: tuple[str, ...]
    numbers: tuple[Fraction, ...]
    names: tuple[str, ...]
    units: frozenset[str]

    @property
    def counts(self) -> bool:
        """Whether there is a date or a number."""
        return bool(self.dates or self.numbers)


def compared(first: str, second: str) -> Comparison | None:
    """The second value if it differs; None if it does not, or is not comparable."""
    left, right = _parsed(first), _parsed(second)
    if left.dates and right.dates and not (left.names or right.names):
        different = [
            date for date in right.dates if not any(_is_same_date(date, row) for row in left.dates)
        ]
        has_first = set(left.numbers) <= set(right.numbers)
        return Comparison(different[-1], has_first) if different else None
    if left.numbers and right.numbers and not (left.dates or right.dates):
        # Incomparable: other units or things.
        if not (left.units <= right.units or right.units <= left.units):
            return None
        equal = [any(_is_rounded(row, other) for other in left.numbers) for row in right.numbers]
        return None if all(equal) else Comparison(second, any(equal))
    if left.names and right.names:
        return None if _is_same_name(left.names, right.names) else Comparison(second)
    # Two places without a common word: “in the granary”, “in the town hall”.
    plain = (
        [] if left.counts or right.counts else [row.units.union(row.names) for row in (left, right)]
    )
    return Comparison(second) if plain and all(plain) and plain[0].isdisjoint(plain[1]) else None


def _parsed(text: str) -> _Value:
    tokens = [token for token in _parts(text) if token.casefold() not in words("title")]
    numbers, pending, names, units = list[Fraction](), list[str](), list[str](), set[str]()
    for token in [*tokens, ""]:
        low = token.casefold()
        if low in cardinals("en") or low in scales("en"):
            pending.append(low)
            continue
        numbers = _with_words(numbers, pending)
        pending = []
        if token[:1].isdigit():
            numbers += _read(token)
        elif token[:1].isupper() and low not in months():
            names.append(low)
        elif low and low not in ENGLISH_STOP:
            units.add(low)
    return _Value(tuple(value.dates(text)), tuple(numbers), tuple(names), frozenset(units))


def _parts(text: str) -> Iterator[str]:
    """Yield the words and numbers of a value, “sixty-two” as two words and “14th” as 14."""
    for token in tagged(text):
        for part in token.word.replace("-", " ").split():
            word = _ORDINAL.sub("", part.strip(".,;:'’()€$£"))
            if word:
                yield word


def _with_words(numbers: list[Fraction], pending: Sequence[str]) -> list[Fraction]:
    """The numbers with one in words: “sixty-two”, or “million” after digits."""
    scale = scales("en").get(pending[0]) if pending else None
    if scale is not None and numbers and len(pending) == 1:
        return [*numbers[:-1], numbers[-1] * scale]
    number = read_words(pending) if pending and scale is None else None
    return numbers if number is None else [*numbers, number]


def _read(token: str) -> Iterator[Fraction]:
    number = read_digits(token)
    parts = [number] if number is not None else map(Fraction, _DIGITS.findall(token))
    yield from (part for part in parts if part is not None)


def _is_rounded(left: Fraction, right: Fraction) -> bool:
    """Whether two numbers are equal, or one is the other rounded."""
    if left == right:
        return True
    rounder, exact = sorted((left, right), key=lambda number: len(str(number).rstrip("0")))
    if rounder.denominator != 1:
        return False
    precision = f".{len(str(rounder.numerator).rstrip('0'))}g"
    return format(float(exact), precision) == format(float(rounder), precision)


def _is_same_date(left: str, right: str) -> bool:
    """Whether one date is less precise but compatible: 1848 and March 1848."""
    first, second = (
        {_date_part(token.casefold()) for token in _parts(date)} - _NO_PART
        for date in (left, right)
    )
    return first <= second or second <= first


def _date_part(token: str) -> str:
    return f"month {months()[token]}" if token in months() else token


def _is_same_name(left: Sequence[str], right: Sequence[str]) -> bool:
    """Whether two names may denote one thing: Holm and Jens Holm, K. Maurer and Klara Maurer."""
    shorter, longer = sorted((left, right), key=len)
    if len(shorter) < len(longer):
        return not set(shorter).isdisjoint(longer)
    return all(
        word == counterpart
        or (min(len(word), len(counterpart)) < _NAME and word[0] == counterpart[0])
        for word, counterpart in zip(shorter, longer, strict=True)
    )
