"""The bare thing asked for: a date, a number with its unit, a name. None rather than wrong.

Rules, no model: the kind of question says what a value looks like; every such thing in the best
quotes is weighed by how near the question's words stand in the same sentence. A weak best is none.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from workbench.memory import words
from workbench.recall.question import Cue, is_stop, without_names

_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
)
_SMALL = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    "|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
)
_SPELLED = (
    rf"(?:(?:{_SMALL}|hundred|thousand|million|billion|dozen|half|twice|once|a hundred)"
    r"(?:[ -](?:and )?)?)+"
)
_DIGITS = r"\d[\d,.]*(?<![.,])"
_DATE = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_MONTHS})\.?,? \d{{3,4}}"
    rf"|(?:{_MONTHS})\.? \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}"
    rf"|(?:{_MONTHS})\.?,? \d{{4}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_MONTHS})|(?:{_MONTHS})\.? \d{{1,2}}(?:st|nd|rd|th)?"
    r"|\d{4}-\d\d-\d\d"
    r"|(?:1[0-9]|20)\d\ds?(?:[–-]\d{2,4})?|\d{1,4} (?:BCE?|AD|CE)|AD \d{1,4}"
    r"|\d{1,2}(?:st|nd|rd|th)[- ]century(?: BCE?)?"
    r"|(?:mid|early|late)[- ](?:\d{4}s|\d{1,2}th century)"
    rf"|(?:{_MONTHS})"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: (?:morning|evening|night|afternoon))?"
    r"|midnight|noon|\d{1,2}(?::\d\d)? ?[ap]\.?m\b\.?|\d{1,2}:\d\d)"
    r"(?![\w%])|\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{4} году?у?"
)
_YEAR = re.compile(r"(?<![\d.,])(?:1[0-9]\d\d|20\d\d)(?![\d%]|[.,]\d)|\b\d{1,4} BCE?\b")
_NUMBER = re.compile(
    rf"(?:[$€£¥]\s?)?(?:{_DIGITS}|\b{_SPELLED}\b)"
    r"(?:\s?%|\s?°[CF]?|[ -](?:per ?cent|percent|million|billion|thousand|hundred|dozen))*",
    re.IGNORECASE,
)
_UNITS = {
    "long": "second minute hour day week month year decade century night mile metre meter km "
    "kilometre kilometer foot feet inch yard cm centimetre",
    "old": "year month day week",
    "far": "mile km kilometre kilometer metre meter yard league foot feet inch step",
    "tall": "foot feet metre meter inch cm m",
    "much": "dollar pound euro franc mark percent ton kilogram kg gram pint litre liter",
    "often": "time day week month year hour minute daily weekly",
}  # fmt: skip
_NAME = re.compile(
    r"(?:[A-ZÀ-ÖØ-ÞА-ЯЁ][\w’'.-]*[\w’])"
    r"(?: (?:(?:of the|van der|de la|of|the|and|de|von|van|der|la|du|di|al|bin|af) )?"
    r"(?:[A-ZÀ-ÖØ-ÞА-ЯЁ][\w’'.-]*[\w’]|[A-Z]\.|\d+\b))*"
)
_TITLES_OF_PEOPLE = "mr mrs ms dr miss sir lord lady st captain prof professor"
_HONORIFICS = frozenset(_TITLES_OF_PEOPLE.split())
_WHERE = re.compile(
    r"\b(?:in|at|near|from|to|of|outside|around|on|off|into|through)(?: the)? $", re.IGNORECASE
)
_OPENING = """
i the a an this that these those he she it they we you his her their its our but and or if when
while where what who there then here yes no oh ah well so for in on at by as from to after before
although because since until not now once one two both some many most each every all however
"""
_DAYS = "monday tuesday wednesday thursday friday saturday sunday"
_NOT_NAMES = frozenset(f"{_OPENING} {_DAYS} {_MONTHS.lower().replace('|', ' ')}".split())
_ASKED_YEAR = re.compile(
    r"\b(?:what|which) (?:\w+ )?year\b|哪一?年|каком году|welche[mns] jahr", re.IGNORECASE
)
#: Strength below which a value is not said, for each kind; and by how much it must lead.
_LEAST = {"number": 0.12, "time": 0.2, "name": 0.3, "place": 0.25}
_CLEARLY = {"number": 1.1, "time": 1.1, "name": 1.4, "place": 1.1}

_ASKED_PLACE = re.compile(r"\bwhere\b|\bwo\b|где|哪里|أين|\bdónde\b|\boù\b", re.IGNORECASE)
_ASKED_PERSON = re.compile(
    r"\bwho(?:m|se)?\b|\bwe[rnm]\b|谁|誰|\bкто\b|\bquién|\bqui\b", re.IGNORECASE
)
_ASKED_MEASURE = re.compile(r"\bhow (long|old|far|tall|high|deep|wide|much|often)\b", re.IGNORECASE)
_COUNTED = re.compile(
    r"\bhow many (?:of the |different |more )?((?:[\w-]+ )?[\w-]+)", re.IGNORECASE
)
_PERCENT = re.compile(
    r"\bpercent(?:age)?\b|\bper cent\b|\bproportion\b|\bshare of\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Value:
    """A value: `text` stands at `[start, end)` of quote number `quote` (from 0)."""

    text: str
    quote: int
    start: int
    end: int
    strength: float


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    weight: float
    term: int


def find(
    cue: Cue, quotes: Sequence[str], shares: Sequence[float], *, least: float = 1.0
) -> Value | None:
    """The value that the question asks for in these quotes, best first, each with its share (0–1).

    None where the question asks for none or the best candidate is weak.
    """
    shapes = _shapes(cue)
    if not shapes:
        return None
    weights = _weights(cue)
    best: Value | None = None
    rival = 0.0
    for number, (quote, share) in enumerate(zip(quotes, shares, strict=True)):
        matched = _matches(cue, quote, weights)
        for start, end in _sentences(quote):
            inside = [word for word in matched if start <= word.start < end]
            cover = sum({w.term: w.weight for w in inside}.values())
            if not inside:
                continue
            for at, to, quality in _candidates(cue, shapes, quote, start, end):
                near = _nearness(at, to, inside)
                strength = share * quality * (0.5 * cover + 0.5 * near) * (0.4 + 0.6 * cover)
                if best is None or strength > best.strength:
                    if best is not None and best.text != quote[at:to]:
                        rival = best.strength
                    best = Value(quote[at:to], number, at, to, strength)
                elif quote[at:to] != best.text:
                    rival = max(rival, strength)
    if best is None or best.strength < least * _LEAST[shapes]:
        return None
    # Two that fit alike: better none than the wrong one.
    return best if best.strength >= _CLEARLY[shapes] * least * rival else None


def _shapes(cue: Cue) -> str:
    if cue.kind in ("number", "time"):
        return cue.kind
    if cue.kind == "name":
        return "place" if _ASKED_PLACE.search(cue.text) else "name"
    return ""


def _weights(cue: Cue) -> list[float]:
    """Shares of the terms: what is asked about a name ("born") says more than how rare it is."""
    total = sum(term.weight for term in cue.terms) or 1.0
    even = 1.0 / max(len(cue.terms), 1)
    mixed = [(term.weight / total + even) * (0.7 if term.name else 1.0) for term in cue.terms]
    whole = sum(mixed) or 1.0
    return [each / whole for each in mixed]


def _matches(cue: Cue, quote: str, weights: Sequence[float]) -> list[_Word]:
    keys = {key: i for i, term in enumerate(cue.terms) for key in term.keys}
    found = []
    for token in words.tokens(quote):
        for word in token.words:
            place = keys.get(words.key(word))
            if place is not None:
                found.append(_Word(token.start, token.end, weights[place], place))
    return found


_STOP = re.compile(r"[.!?…。！？]+[\"”’')\]]*\s+(?=[\"“‘(\[]?[^\W\d_a-zа-я])|[。！？]")


def _sentences(quote: str) -> list[tuple[int, int]]:
    """Rough sentences of a quote: a value must stand with the words it answers."""
    spans, start = [], 0
    for stop in _STOP.finditer(quote):
        last = quote[start : stop.start()].rsplit(" ", 1)[-1]
        if last.lower() in _HONORIFICS or (len(last) == 1 and last.isupper()):
            continue
        spans.append((start, stop.end()))
        start = stop.end()
    if start < len(quote):
        spans.append((start, len(quote)))
    return spans


def _nearness(start: int, end: int, matched: Collection[_Word]) -> float:
    """How near the question's words stand to `[start, end)`, each weighed by its rarity."""
    nearest: dict[int, float] = {}
    for word in matched:
        gap = max(word.start - end, start - word.end, 0)
        nearest[word.term] = max(nearest.get(word.term, 0.0), word.weight / (1 + gap / 40))
    return sum(nearest.values())


def _candidates(
    cue: Cue, shapes: str, quote: str, start: int, end: int
) -> list[tuple[int, int, float]]:
    """Places in `[start, end)` that look like what is asked for, each with a quality up to 1."""
    if shapes == "time":
        return _times(cue, quote, start, end)
    if shapes == "number":
        return _numbers(cue, quote, start, end)
    return _names(cue, shapes, quote, start, end)


def _times(cue: Cue, quote: str, start: int, end: int) -> list[tuple[int, int, float]]:
    if _ASKED_YEAR.search(cue.text):
        return [(m.start(), m.end(), 1.0) for m in _YEAR.finditer(quote, start, end)
                if m[0] not in cue.text]  # fmt: skip
    found = []
    for match in _DATE.finditer(quote, start, end):
        if match[0].lower() in cue.text.lower():
            continue
        quality = 1.0 if any(c.isdigit() for c in match[0]) else 0.6
        if match[0] == "May" and not match[0].endswith(tuple("0123456789")):
            quality = 0.3
        found.append((match.start(), match.end(), quality))
    return found


def _numbers(cue: Cue, quote: str, start: int, end: int) -> list[tuple[int, int, float]]:
    measure = _ASKED_MEASURE.search(cue.text)
    counted = _COUNTED.search(cue.text)
    percent = bool(_PERCENT.search(cue.text))
    units = _UNITS.get(measure[1].lower() if measure else "", "").split()
    if measure and measure[1].lower() in ("high", "deep", "wide"):
        units = _UNITS["tall"].split()
    nouns = [_root(word) for word in counted[1].split()] if counted else []
    found = []
    for match in _NUMBER.finditer(quote, start, end):
        text = match[0].strip()
        if text.lower() in ("one", "a", "once", "half") and not counted:
            continue
        to = match.start() + len(match[0].rstrip(" -"))
        follows = re.match(r"(?:[\s-]+[^\W\d_][\w’'-]*){0,3}", quote[to:end])
        after = re.split(r"[\s-]+", follows[0].strip(" -")) if follows else []
        quality = 0.55
        if percent:
            quality = 1.0 if re.search(r"%|per ?cent", text + " " + " ".join(after[:2])) else 0.2
        elif units:
            unit = next((w for w in after[:2] if _root(w) in {_root(u) for u in units}), None)
            if unit:
                to = quote.index(unit, to) + len(unit)
                quality = 1.0
            elif _says_so(measure, text, quote[: match.start()]):
                quality = 1.0
            else:
                quality = 0.25
        elif nouns:
            roots = [_root(word.strip("-,.;")) for word in after]
            quality = 0.4
            if nouns[0] in roots or nouns[-1] in roots:
                quality = 1.0
        if re.fullmatch(r"(?:1[5-9]|20)\d\d", text) and not nouns:
            quality *= 0.4
        if text in cue.text:
            quality *= 0.1
        found.append((match.start(), to, quality))
    return found


def _says_so(measure: re.Match[str] | None, number: str, before: str) -> bool:
    """Whether a number without a unit is what was measured all the same: money, "aged 27"."""
    asked = measure[1].lower() if measure else ""
    if asked == "much":
        return re.match(r"[$€£¥]", number) is not None
    return asked == "old" and re.search(r"\baged? (?:of )?$", before) is not None


def _root(word: str) -> str:
    folded = words.fold(word.strip("-,.;:!?")) or word
    return words.forms(folded, "en")[0]


def _names(cue: Cue, shapes: str, quote: str, start: int, end: int) -> list[tuple[int, int, float]]:
    asked = {word for token in words.tokens(cue.text) for word in token.words}
    stems = {_root(word) for word in asked}
    found = []
    for match in _NAME.finditer(quote, start, end):
        at, to = match.start(), match.end()
        parts = match[0].split()
        while parts and (
            parts[0].lower().strip("’'.") in _NOT_NAMES
            or (at == start and is_stop(parts[0].lower()))
        ):
            at += len(parts[0]) + 1
            parts = parts[1:]
        if not parts or not quote[at:to].strip():
            continue
        text = quote[at:to].rstrip(".’'")
        to = at + len(text)
        bare = [p for p in parts if p[0].isupper() and p.lower().strip(".") not in _HONORIFICS]
        fresh = [p for p in bare if _root(p) not in stems]
        if not fresh:
            continue
        quality = 0.9 if len(fresh) == len(bare) else 0.4
        if at == start and len(parts) == 1:
            quality *= 0.6
        before = quote[max(start, at - 16) : at]
        quality *= _place_fit(before) if shapes == "place" else _person_fit(cue, text, before)
        found.append((at, to, quality))
    return found


def _place_fit(before: str) -> float:
    return 1.0 if _WHERE.search(before) else 0.4


def _person_fit(cue: Cue, text: str, before: str) -> float:
    """How well a name fits "who": things have articles, prepositions before and "of" inside."""
    fit = 1.0
    if re.search(r"\b(?:in|at|near|from|on|into)(?: the)? $", before):
        fit *= 0.4
    elif re.search(r"\bthe $", before, re.IGNORECASE) and _ASKED_PERSON.search(
        without_names(cue.text)
    ):
        fit *= 0.35
    if re.search(r" (?:of|the|and) ", text) or (text.isupper() and len(text) > 1):
        fit *= 0.5
    if not _ASKED_PERSON.search(without_names(cue.text)):
        # "What is the name of ...": nothing says what kind of name.
        fit *= 1.0 if re.search(r"\b(?:called|named|name) $", before) else 0.7
    return fit if " " in text else 0.85 * fit
