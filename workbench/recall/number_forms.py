"""Numbers in digits and in words: “176” is also “one hundred and seventy-six”."""

from functools import cache

from ingest.language.numerals import cardinals, read_words, scales, tens
from workbench.memory import words

#: The first numbers that are not written in the other way: “one” and “3” are mostly something else.
_LEAST, _LEAST_DIGITS, _MOST = 2, 13, 1_000_000


def spelled(number: int) -> list[tuple[str, ...]]:
    """The words of a number, without “and”; for 1,200 also “twelve hundred”."""
    if not _LEAST <= number < _MOST:
        return []
    ways = [_words(number)]
    if 1000 < number < 10_000 and number % 1000 and not number % 100:
        ways.append((*_words(number // 100), "hundred"))
    return ways


def _words(number: int) -> tuple[str, ...]:
    for scale in (1000, 100):
        if number >= scale:
            name = next(word for word, value in scales("en").items() if value == scale)
            rest = _words(number % scale) if number % scale else ()
            return (*_words(number // scale), name, *rest)
    names = _names()
    return (
        (names[number],) if number in names else (names[number - number % 10], names[number % 10])
    )


@cache
def _names() -> dict[int, str]:
    return {value: word for word, value in (cardinals("en") | tens("en")).items()}


def in_digits(question: str) -> dict[str, list[str]]:
    """The numbers that a question spells out, in digits, with their words."""
    known = {*cardinals("en"), *scales("en"), "and"}
    numbers, run = dict[str, list[str]](), list[str]()
    for word in (*words.sequence(question), ""):
        if word in known and (run or word != "and"):
            run.append(word)
            continue
        while run and run[-1] == "and":
            run.pop()
        value = _read(run)
        if value is not None and value >= _LEAST_DIGITS:
            numbers[str(value)] = run
        run = []
    return numbers


def _read(run: list[str]) -> int | None:
    """The number in words, also “twelve hundred”; None if they are none."""
    value = read_words(run) if run else None
    if value is None and run[-1:] == ["hundred"] and (hundreds := read_words(run[:-1])):
        value = 100 * hundreds
    return None if value is None else int(value)
