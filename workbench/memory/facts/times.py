"""Time expressions: dates, hours, weekdays, "next Thursday at 14:00"."""

from collections.abc import Sequence

from workbench.memory.facts import speech
from workbench.memory.facts.reading import Token

#: Parts of a year; as names they say nothing of when, so that only an answer looks at them.
_QUARTERS = frozenset(("q1", "q2", "q3", "q4", "h1", "h2"))
_STRONG = speech.WEEKDAYS | speech.MONTHS | speech.TIME_WORDS
_EARLY = speech.these("next last this every half other")
LINKS = speech.these(
    "of the to and at next last this every on until by in am pm o'clock half past"
                   " quarter each oclock ago from"
)  # fmt: skip


def time_span(tokens: Sequence[Token], first: int, last: int) -> tuple[int, int] | None:
    """The longest run of words in `[first, last)` that says when."""
    best: tuple[int, int] | None = None
    at = first
    while at < last:
        if not (_strong(tokens[at]) or _weak(tokens, at)):
            at += 1
            continue
        end = at
        while end < last and (
            _strong(tokens[end]) or _weak(tokens, end) or tokens[end].word in LINKS
        ):
            end += 1
        start = at
        while start > first and tokens[start - 1].word in _EARLY:
            start -= 1
        stop = end
        while stop > start and tokens[stop - 1].word in LINKS - {"am", "pm", "oclock", "ago"}:
            stop -= 1
        run = tokens[start:stop]
        alone = len(run) == 1 and run[0].word.isdigit() and len(run[0].word) != 4
        hour = any(
            _weak(run, i) and run[i + 1].word in ("am", "pm", "oclock", "o'clock")
            for i in range(len(run) - 1)
        )
        timed = hour or any(map(_strong, run)) or (alone and at == first and stop == last)
        if timed and (best is None or stop - start > best[1] - best[0]):
            best = (start, stop)
        at = max(end, at + 1)
    return best


def _strong(token: Token) -> bool:
    return token.word in _QUARTERS or is_strong(token.word, token.capital)


def is_strong(word: str, capital: bool) -> bool:
    """Whether a word says when by itself: a date, an hour, a weekday."""
    if word in _STRONG and not (word in ("may", "march") and not capital):
        return True
    if word.isalpha():
        return False
    digits = sum(map(str.isdigit, word))
    if ":" in word and digits >= 3 and word.replace(":", "").rstrip("apmh").isdigit():
        return True
    if word.isdecimal() and len(word) == 4 and 1000 <= int(word) <= 2200:
        return True
    if digits and word.rstrip("apm.h").isdigit() and word.endswith(("am", "pm", "a.m", "p.m")):
        return True
    parts = word.replace("/", "-").replace(".", "-").split("-")
    return len(parts) in (2, 3) and digits >= 3 and all(part.isdigit() for part in parts)


def _weak(tokens: Sequence[Token], at: int) -> bool:
    return is_weak(tokens[at].word)


def is_weak(word: str) -> bool:
    """Whether it is a number that may be part of a date or time with its neighbours."""
    return (word.isdigit() and len(word) <= 2) or (
        word[:-2].isdigit() and word.endswith(("st", "nd", "rd", "th"))
    )
