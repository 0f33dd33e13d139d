"""Extracts the value asked for (date, number with unit, name) from a sentence, or None.

Rules, no model: the kind of question says what a value looks like. Such a thing in one of the best
quotes counts where its sentence says what the question says, all its names stand around, and, for
the name of someone, where that name stands in the relation asked about (`relation`). Of two that
fit alike none is said.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ingest.language.numerals import months, number_words, weekdays
from ingest.language.word_lists import exclusive
from ingest.patterns import later
from workbench.memory import words
from workbench.memory.vocabulary import COMMON
from workbench.recall import relation
from workbench.recall.mentions import is_rather_a_verb
from workbench.recall.question import Cue, is_stop

#: The longest first: “Sept” before “Sep”.
_MONTHS = "|".join(sorted(map(str.title, months()), key=len, reverse=True))
_SPELLED = (
    rf"(?:(?:{'|'.join(sorted(number_words() - {'zero'}, reverse=True))}|half|twice|once|a hundred)"
    r"(?:[ -](?:and )?)?)+"
)
_DIGITS = r"\d[\d,.]*(?<![.,])"
#: Numbers in one: “35:23”, “3.11.2”; those that number a verse.
_JOINED = later(r"\d+(?:[.:]\d+)+")
_VERSE = later(r"\d+:\d+\s+[\"“‘']?[A-Z]")
_DATE = later(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_MONTHS})\.?,? \d{{3,4}}"
    rf"|(?:{_MONTHS})\.? \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}"
    rf"|(?:{_MONTHS})\.?,? \d{{4}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_MONTHS})|(?:{_MONTHS})\.? \d{{1,2}}(?:st|nd|rd|th)?"
    r"|(?<=\bthe )\d{1,2}(?:st|nd|rd|th)(?= of this month|[.,;!?]|$)"
    r"|\d{4}-\d\d-\d\d"
    r"|(?:1[0-9]|20)\d\ds?(?:[–-]\d{2,4})?|\d{1,4} (?:BCE?|AD|CE)|AD \d{1,4}"
    r"|\d{1,2}(?:st|nd|rd|th)[- ]century(?: BCE?)?"
    r"|(?:mid|early|late)[- ](?:\d{4}s|\d{1,2}th century)"
    rf"|(?:{_MONTHS})"
    rf"|(?:{'|'.join(map(str.title, weekdays()))})(?: (?:morning|evening|night|afternoon))?"
    r"|midnight|noon|\d{1,2}(?::\d\d)? ?[ap]\.?m\b\.?|\d{1,2}:\d\d)"
    r"(?![\w%])|\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{4} году?у?"
)
_YEAR = later(r"(?<![\d.,])(?:1[0-9]\d\d|20\d\d)(?![\d%]|[.,]\d)|\b\d{1,4} BCE?\b")
_NUMBER = later(
    rf"(?:[$€£¥]\s?)?(?:{_DIGITS}(?:[–-]{_DIGITS})?|\b{_SPELLED}\b)"
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
_NAME = later(
    r"(?:[A-ZÀ-ÖØ-ÞА-ЯЁ][\w’'.-]*[\w’])"
    r"(?: (?:(?:of the|van der|de la|of|the|and|de|von|van|der|la|du|di|al|bin|af) )?"
    r"(?:[A-ZÀ-ÖØ-ÞА-ЯЁ][\w’'.-]*[\w’]|[A-Z]\.|\d+\b))*"
)
_TITLES_OF_PEOPLE = "mr mrs ms dr miss sir lord lady st captain prof professor"
_HONORIFICS = frozenset(_TITLES_OF_PEOPLE.split())
#: What somebody says begins here: “saying unto them, Arise”.
_SPEECH = later(
    r"\b(?:said|says?|saying|cried|answered|commanded|told|spoke|spake)\b[^.!?]{0,40}[,:] [\"“‘']?$"
)
_WHERE = later(r"\b(?:in|at|near|from|to|outside|around|on|off|into)(?: the)? $", re.IGNORECASE)
_OPENING = """
i the a an this that these those he she it they we you his her their its our but and or if when
while where what who there then here yes no oh ah well so for in on at by as from to after before
although because since until not now once one two both some many most each every all however
"""
_NOT_NAMES = frozenset(
    f"{_OPENING} {' '.join(weekdays())} {_MONTHS.lower().replace('|', ' ')}".split()
)
_ASKED_YEAR = later(
    r"\b(?:what|which) (?:\w+ )?year\b|哪一?年|каком году|welche[mns] jahr", re.IGNORECASE
)
#: How much of what is asked (without names) the value's sentence must say, and by how much the
#: value must lead another one.
_LEAST = {"number": 0.6, "time": 0.6, "person": 0.6, "place": 0.75, "colour": 0.75}
_CLEARLY = {"number": 1.25, "time": 1.1, "person": 1.1, "place": 1.15, "colour": 1.15}
#: Another quote than the best is believed only when it is nearly as good.
_NEARLY = 0.7

#: Characters between a place and what is said to have happened there.
_CLOSE = 60

_BEGINS = r"(?:^|, |\b(?:and|since|until|from|by|to|in|at|near|for) )"
_ASKED_TIME = later(
    rf"{_BEGINS}when\b|\bwhen(?: (?:did|was|were|is|are|does|do|will|had|has|have)\b|$)"
    r"|\b(?:what|which) (?:\w+ )?(?:year|month|day|date|decade|century)\b"
    r"|\bwann\b|\bwelche[mns]? jahr|什么时候|何时|哪一?年|когда|как[оа][мй] году|متى|\bcuándo\b"
    r"|\bquand\b|いつ",
    re.IGNORECASE,
)
_ASKED_PLACE = later(
    rf"{_BEGINS}where\b|\b(?:in|at|near|from|to) (?:what|which) (?:\w+ )?(?:city|town|country|place"
    r"|village|island|state|street|hotel|university|school|province|region|port|harbour)\b"
    r"|\bwo\b|где|哪里|أين|\bdónde\b|\boù\b",
    re.IGNORECASE,
)
#: Words that say what kind of thing is asked for, not what is said of it.
_KINDS_OF_THINGS = """
year month day date decade century city town country place village island state street hotel
university school province region port harbour number name person called named amount total
percentage percent located situated long old far tall high deep wide much often many large big
colour color stand stands stood lie lies
"""
_KIND_WORDS = frozenset(_KINDS_OF_THINGS.split())
#: Who asks for a street wants none of the other places.
_ASKED_STREET = later(r"\b(?:what|which) (?:\w+ )?(?:street|road)\b", re.IGNORECASE)
_STREET = later(
    r"\b(?:street|road|lane|avenue|alley|row|terrace|crescent|boulevard|embankment|highway|rue)\b"
    r"|(?:stra(?:ß|ss)e|gasse|weg)\b",
    re.IGNORECASE,
)
_ASKED_COLOUR = later(r"\b(?:what|which) colou?r\b", re.IGNORECASE)
_COLOUR = later(
    r"\b(?:(?:dark|deep|light|pale|bright|sky|navy|olive|blood|snow|jet)[ -])?"
    rf"(?:{'|'.join(exclusive()['colour'])})\b",
    re.IGNORECASE,
)
#: Characters between a colour and the word for what has it.
_HUED = 24
_ASKED_AGAIN = later(
    r"(?:,|;|\band) (?:\w+ )?(?:who|whom|what|which|when|where|how|why)\b", re.IGNORECASE
)
_ASKED_MEASURE = later(r"\bhow (long|old|far|tall|high|deep|wide|much|often)\b", re.IGNORECASE)
_COUNTED = later(r"\bhow many (?:of the |different |more )?((?:[\w-]+ )?[\w-]+)", re.IGNORECASE)
_PERCENT = later(r"\bpercent(?:age)?\b|\bper cent\b|\bproportion\b|\bshare of\b", re.IGNORECASE)


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
    cue: Cue, quotes: Sequence[str], shares: Sequence[float], around: Sequence[str] = ()
) -> Value | None:
    """The value that the question asks for in these quotes, best first, each with its share (0–1).

    `around` are the words about each quote (before, after, chapter, title), where a name may stand
    that the quote itself replaces by "he". None where the question asks for none, or where it is
    not certain enough.
    """
    kind = asked_for(cue)
    link = relation.asked(cue.text) if kind == "person" else None
    if not kind or (kind == "person" and link is None) or _ASKED_AGAIN.search(cue.text[3:]):
        return None
    # “The owner of X” is also who owns it, and “who manages X” its manager.
    kin = relation.kindred(link) if link is not None else ()
    asks = _place(cue, link) if link is not None and kin else None
    found: list[Value] = []
    named = {i for i, term in enumerate(cue.terms) if term.named}
    for number, (quote, share) in enumerate(zip(quotes, shares, strict=True)):
        if share < _NEARLY:
            continue
        matched = _matches(cue, quote)
        here = {word.term for word in matched}
        near = {w.term for w in _matches(cue, around[number])} if number < len(around) else set()
        if 2 * len(named & (here | near)) < len(named):
            continue
        for start, end in _sentences(quote):
            inside = [word for word in matched if start <= word.start < end]
            said = {word.term for word in inside}
            if asks is not None and any(_anchors(each, quote, start, end) for each in kin):
                said.add(asks)
            cover = _cover(cue, said)
            if not inside or cover < _LEAST[kind]:
                continue
            missing = bool(named - said)
            names = _names(cue, quote, start, end)
            there = [
                place
                for each in (link, *kin)
                for place in _candidates(cue, kind, each, quote, (start, end), inside)
            ]
            for at, to, quality in there:
                # "He" may stand for a name that is missing here, but not beside another name.
                if missing and any(b <= at or a >= to for a, b in names):
                    continue
                strength = share * quality * cover * (0.5 + 0.5 * _nearness(at, to, inside))
                found.append(Value(quote[at:to], number, at, to, strength))
    return _clearly_best(found, _CLEARLY[kind])


def turned(cue: Cue, quotes: Sequence[str]) -> bool:
    """Whether a quote says of the one who is named what the question asks about somebody else.

    “Who manages Idris?” of “Selma's manager is Idris”: there Idris would be the answer.
    """
    link = relation.asked(cue.text)
    if link is None or link.direction not in ("agent", "noun"):
        return False
    links = [
        relation.Asked(each.anchor, each.direction, frozenset())
        for each in (link, *relation.kindred(link))
    ]
    for quote in quotes:
        named = [
            (word.start, word.end) for word in _matches(cue, quote) if cue.terms[word.term].named
        ]
        for start, end in _sentences(quote) if named else ():
            here = [(at, to) for at, to in named if start <= at < end]
            for each in links:
                if relation.fits(each, quote, here, _anchors(each, quote, start, end), ()):
                    return True
    return False


def _clearly_best(found: Sequence[Value], lead: float) -> Value | None:
    """The strongest, unless another that says something else is nearly as strong."""
    if not found:
        return None
    best = max(found, key=lambda value: value.strength)
    parts = _parts(best.text)
    rivals = (
        value.strength
        for value in found
        if not (parts <= _parts(value.text) or _parts(value.text) <= parts)
    )
    return best if best.strength >= lead * max(rivals, default=0.0) else None


def _parts(text: str) -> frozenset[str]:
    return frozenset(word for token in words.tokens(text) for word in token.words)


def asked_for(cue: Cue) -> str:
    """What a value would be: time, number, place, person, colour, or "" where none is asked for."""
    text = cue.text.strip().rstrip("?!. ")
    if cue.kind == "number":
        return "number"
    if _ASKED_COLOUR.search(text):
        return "colour"
    if _ASKED_TIME.search(text):
        return "time"
    if _ASKED_PLACE.search(text):
        return "place"
    return "person" if relation.asked(text) is not None else ""


def is_date(text: str) -> bool:
    """Whether a text is a date and nothing else."""
    return _DATE.fullmatch(text) is not None


def _cover(cue: Cue, present: Collection[int]) -> float:
    """Share of what is said about the names that these terms say; 1 where nothing is."""
    said = [
        (term.weight + 3.0, i in present)
        for i, term in enumerate(cue.terms)
        if not term.named and term.word not in _KIND_WORDS
    ]
    whole = sum(weight for weight, _ in said)
    return sum(weight for weight, here in said if here) / whole if whole else 1.0


def _matches(cue: Cue, quote: str) -> list[_Word]:
    keys = {key: i for i, term in enumerate(cue.terms) for key in term.keys}
    heavy = [0.5 if term.named else 1.0 for term in cue.terms]
    whole = sum(heavy) or 1.0
    found = []
    for token in words.tokens(quote):
        for word in token.words:
            place = keys.get(words.key(word))
            if place is not None:
                found.append(_Word(token.start, token.end, heavy[place] / whole, place))
    return found


_STOP = later(r"[.!?…。！？]+[\"”’')\]]*\s+(?=[\"“‘(\[]?[^\W\d_a-zа-я])|[。！？]")


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
        nearest[word.term] = max(nearest.get(word.term, 0.0), word.weight / (1 + gap / 25))
    return sum(nearest.values())


def _candidates(
    cue: Cue,
    kind: str,
    link: relation.Asked | None,
    quote: str,
    span: tuple[int, int],
    inside: Sequence[_Word],
) -> list[tuple[int, int, float]]:
    """Places in the span that look like what is asked for, each with a quality up to 1."""
    start, end = span
    if kind == "time":
        return _times(cue, quote, start, end)
    if kind == "number":
        return _numbers(cue, quote, start, end)
    if kind == "colour":
        return _colours(quote, start, end, [w for w in inside if not _says_kind(cue, w)])
    names = _names(cue, quote, start, end)
    if kind == "place":
        said = [w for w in inside if not cue.terms[w.term].named] or inside
        if _ASKED_STREET.search(cue.text):
            names = [(at, to) for at, to in names if _STREET.search(quote, at, to)]
        return [
            (at, to, 1.0)
            for at, to in names
            if _WHERE.search(quote[max(start, at - 16) : at])
            and any(w.start - to < _CLOSE and at - w.end < _CLOSE for w in said)
        ]
    if link is None:
        return []
    anchors = _anchors(link, quote, start, end)
    others = [w.start for w in inside if not any(a <= w.start < b for a, b in anchors)]
    theirs = [(w.start, w.end) for w in inside if cue.terms[w.term].named]
    return relation.fits(link, quote, names, anchors, others, theirs)


def _anchors(link: relation.Asked, quote: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where the word stands in `[start, end)` that a relation hangs on, in any form.

    A verb and the noun for who does it may share a stem, as “manages” and “manager” do, but what
    follows a verb is not what follows a noun.
    """
    wanted = set(words.forms(link.anchor, "en"))
    noun = link.anchor.rstrip("s")
    agent = link.direction != "noun" and not link.anchor.endswith(("er", "or"))
    return [
        (token.start, token.end)
        for token in words.tokens(quote[:end])
        if token.start >= start
        and any(
            not wanted.isdisjoint(words.forms(word, "en"))
            and (link.direction != "noun" or word.rstrip("s") == noun)
            and not (agent and word.rstrip("s").endswith(("er", "or")))
            for word in token.words
        )
    ]


def _place(cue: Cue, link: relation.Asked) -> int | None:
    """The place among the terms of the word that a relation hangs on."""
    return next((i for i, term in enumerate(cue.terms) if term.word == link.anchor), None)


def _says_kind(cue: Cue, word: _Word) -> bool:
    return cue.terms[word.term].word in _KIND_WORDS


def _colours(
    quote: str, start: int, end: int, said: Sequence[_Word]
) -> list[tuple[int, int, float]]:
    """Colours that stand right before what they are asked of, or shortly behind it."""
    return [
        (match.start(), match.end(), 1.0)
        for match in _COLOUR.finditer(quote, start, end)
        if any(0 <= w.start - match.end() <= 2 or 0 < match.start() - w.end <= _HUED for w in said)
    ]


def _times(cue: Cue, quote: str, start: int, end: int) -> list[tuple[int, int, float]]:
    if _ASKED_YEAR.search(cue.text):
        return [(m.start(), m.end(), 1.0) for m in _YEAR.finditer(quote, start, end)
                if m[0] not in cue.text]  # fmt: skip
    found = []
    for match in _DATE.finditer(quote, start, end):
        if match[0].lower() in cue.text.lower():
            continue
        if match[0] == "May":
            continue
        quality = 1.0 if any(c.isdigit() for c in match[0]) else 0.6
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
        if text.lower() in ("one", "a", "once", "twice", "half"):
            continue
        if is_label(quote, *match.span()):
            continue
        to = match.start() + len(match[0].rstrip(" -"))
        follows = re.match(r"(?:[\s-]+[^\W\d_][\w’'-]*){0,3}", quote[to:end])
        after = re.split(r"[\s-]+", follows[0].strip(" -")) if follows else []
        quality = 0.55
        if percent:
            quality = 1.0 if re.search(r"%|per ?cent", text + " " + " ".join(after[:2])) else 0.0
        elif units:
            unit = next((w for w in after[:2] if _root(w) in {_root(u) for u in units}), None)
            if unit:
                to = quote.index(unit, to) + len(unit)
                quality = 1.0
            elif _says_so(measure, text, quote[: match.start()]):
                quality = 1.0
            else:
                quality = 0.0
        elif nouns:
            roots = [_root(word.strip("-,.;")) for word in after]
            quality = 1.0 if nouns[0] in roots or nouns[-1] in roots else 0.0
        if re.fullmatch(r"(?:1[5-9]|20)\d\d", text) and not nouns:
            quality *= 0.4
        if text in cue.text:
            quality *= 0.1
        if quality >= 0.3:
            found.append((match.start(), to, quality))
    return found


def is_label(text: str, start: int, end: int) -> bool:
    """Whether a number is a part of one like 35:23, or is one that a verse begins with."""
    return any(
        each.start() < start < each.end()
        or each.start() < end < each.end()
        or (start <= each.start() < end and _VERSE.match(text, each.start()))
        for each in _JOINED.finditer(text)
    )


def _says_so(measure: re.Match[str] | None, number: str, before: str) -> bool:
    """Whether a number without a unit is what was measured all the same: money, "aged 27"."""
    asked = measure[1].lower() if measure else ""
    if asked == "much":
        return re.match(r"[$€£¥]", number) is not None
    return asked == "old" and re.search(r"\baged? (?:of )?$", before) is not None


def _root(word: str) -> str:
    folded = words.fold(word.strip("-,.;:!?")) or word
    return words.forms(folded, "en")[0]


def _names(cue: Cue, quote: str, start: int, end: int) -> list[tuple[int, int]]:
    """Places of capitalised names in `[start, end)` that the question does not say itself."""
    stems = {_root(word) for token in words.tokens(cue.text) for word in token.words}
    found = []
    for match in _NAME.finditer(quote, start, end):
        at, to = match.start(), match.end()
        parts = match[0].split()
        while parts and (
            not parts[0][0].isupper()
            or parts[0].lower().strip("’'.") in _NOT_NAMES
            or (at == start and is_stop(parts[0].lower()))
        ):
            at += len(parts[0]) + 1
            parts = parts[1:]
        if not parts or not quote[at:to].strip():
            continue
        text = quote[at:to].rstrip(".’'")
        to = at + len(re.sub(r"['’]s$", "", text))
        bare = [p for p in parts if p[0].isupper() and p.lower().strip(".") not in _HONORIFICS]
        if not bare or any(_root(p) in stems for p in bare):
            continue
        if at == start and len(parts) == 1 and quote[at:to].lower() in COMMON:
            continue
        if _SPEECH.search(quote, start, at) and is_rather_a_verb(quote[at:to]):
            continue
        found.append((at, to))
    return found
