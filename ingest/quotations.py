"""Splits a mail by speaker: the sender, and others whom a reply quotes.

Lines have the depth of their quote marks (">"). An attribution ("On 3 May Ines wrote:", forwarded
headers) applies to the words one level deeper if these are marked, or else to all that follows at
its own level. Without evidence the speaker is unknown: words under a person's name are only that
person's (compare Carvalho & Cohen, Learning to Extract Signature and Reply Lines, 2004).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from types import MappingProxyType

from ingest.books.naming import iso_date
from ingest.language.numerals import months, weekdays
from ingest.language.word_lists import entries
from ingest.patterns import later

#: Quote marks, with the initials that some programs put before them.
_MARKS = later(r"(?![ \t]?>From )(?:[ \t]{0,2}[A-Z]{0,3}>)+[ \t]?")
#: Other marks, which count only below an attribution.
_OTHER_MARK = later(r"[ \t]?([|:}%#!])(?:[ \t]|$)")
_ADDRESS = later(
    r"[<(\[]*\s*(?:mailto:\s*)?(?P<address>[\w.+=%-]+(?:@| at )[\w-]+(?:\.[\w-]+)+)(?:\?[^\s>]*)?"
    r"\s*[>)\]]*"
)
_DATED = later(r"\d{1,2}[:.h]\d\d|\b(?:19|20)\d\d\b|\d{1,2}[./-]\d{1,2}[./-]\d\d")
_GERMAN_DAY = later(r"\b(\d{1,2})\.(\d{1,2})\.((?:19|20)\d\d)\b")
_DAY_OR_YEAR = later(r"\d{1,2}(?:st|nd|rd|th)?[.,]?|\d{4},?")
_MESSAGE = later(r"\b(?:message|article|news|id)\W*$", re.IGNORECASE)
_HEADER = later(r"[ \t*_]*(?P<name>[^\W\d_][^\s:：]*(?: \w+)?)[ \t*_]*[:：][ \t*_]*(?P<value>.*)")
_LONG_RULE = later(r"\s*[_-]{10,}\s*")
#: Not the abbreviated day or month before a number: “lun. 1 janv. 2024”.
_SENTENCE = later(r"\w{3}[.!?]\s+[^\s\d]")
_EDGES = " \t*_=->:.[]()\"'“”"
_NOISE = ",.;:()[]<>\"'“”«»*•_-–"
_PARTICLES = frozenset(("van", "von", "der", "de", "la", "da"))
#: Limits of an attribution in lines and characters; lines of a header block.
_MAX_LINES, _LONGEST, _MAX_HEADERS = 4, 400, 14
#: A mail program breaks lines of at least the first length; the remainder is shorter than the
#: second.
_FULL_LINE, _REMAINDER_LINE = 64, 40
#: Words above an attribution from which the mail counts as top-posted.
_ANSWER = 3
#: Preceding turns searched for an answer.
_MAX_TURNS = 20
_LONGEST_NAME, _MAX_NAMES = 80, 5

Owner = tuple[str, str]
_UNKNOWN: Owner = ("", "")
_NO_PEOPLE: Mapping[str, str] = MappingProxyType({})


@dataclass(slots=True)
class Turn:
    """Consecutive lines of one speaker; `introduction` are the lines that name them.

    `speaker` and `day` (ISO 8601) are "" if unknown; `quoted` marks words that the sender quotes.
    """

    speaker: str
    day: str
    quoted: bool
    introduction: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words."""
        return "\n".join(self.lines).strip("\n")


@dataclass(frozen=True, slots=True)
class _Line:
    depth: int
    text: str


@dataclass(frozen=True, slots=True)
class _Introduction:
    """Lines up to `end` that name the next speaker; `certain` if no marks need to follow.

    `forwarded` marks the headers of a message; only that message follows.
    """

    end: int
    owner: Owner = _UNKNOWN
    certain: bool = False
    forwarded: bool = False


def turns(
    text: str, sender: str, day: str = "", people: Mapping[str, str] = _NO_PEOPLE
) -> list[Turn]:
    """Split a mail's text into turns of one speaker each.

    `people` are names by address, from the mail's headers.
    """
    lines = _measured(text)
    thread = _Thread((sender, day))
    at = 0
    while at < len(lines):
        line = lines[at]
        introduction = _introduction(lines, at, people)
        if introduction is None:
            if _ends_forwarding(line.text):
                thread.restore(line.depth)
            thread.add(line, precedes_deeper=_ends(line.text) and _precedes_deeper(lines, at))
            at += 1
            continue
        start, chain = at, [introduction]
        while (following := _next_line(lines, chain[-1].end, line.depth)) is not None:
            another = _introduction(lines, following, people)
            continues = another is not None and not (another.forwarded or chain[-1].forwarded)
            if another is None or not continues or lines[following].depth != line.depth:
                break
            chain.append(another)
        at = chain[-1].end
        owner = chain[-1].owner if len(chain) == 1 else _UNKNOWN
        introduced = [item.text for item in lines[start:at]]
        if following is not None and lines[following].depth > line.depth:
            if chain[-1].forwarded:
                # Marked or not, the words may be that message or what it quotes.
                thread.replace_owner(line.depth, _UNKNOWN, [])
                owner = _UNKNOWN
            thread.quote(line.depth, owner, introduced)
        else:
            remainder = _lines_at_depth(lines, at, line.depth, people)
            is_top_posted = thread.is_top_posted(line.depth, remainder, chain[-1].forwarded)
            thread.replace_owner(line.depth, owner if is_top_posted else _UNKNOWN, introduced)
    return thread.finished()


def name_of(value: str) -> str:
    """The name in the value of a header, or else the address: “Reed, Tomas <t@x.org>”."""
    value = value[:_LONGEST]
    address = _ADDRESS.search(value)
    name = _ADDRESS.sub(" ", value) if address else value
    name = " ".join(name.strip(_NOISE + " \t").split())
    surname, comma, forename = name.partition(", ")
    if comma and "," not in forename and len(forename.split()) <= 2:
        name = f"{forename} {surname}"
    name = name.replace(",", "")[:_LONGEST_NAME]
    return name or (address["address"] if address else "")


class _Thread:
    """The turns so far, and the speaker at each depth."""

    def __init__(self, sender: Owner) -> None:
        self._sender = sender
        self._owners = {0: sender}
        #: Depths at which an unmarked message begins: it ends with the quotation around it.
        self._taken_over: set[int] = set()
        self._turns: list[Turn] = []
        self._introduced: list[str] = []

    def add(self, line: _Line, *, precedes_deeper: bool) -> None:
        """Add a line to the turn of its speaker."""
        if not line.text.strip():
            if self._turns and not self._introduced:
                self._turns[-1].lines.append("")
            return
        for depth in [item for item in self._taken_over if item > line.depth]:
            self._taken_over.discard(depth)
            self._owners[depth] = _UNKNOWN
        owner = self._owners.get(line.depth, _UNKNOWN)
        quoted = line.depth > 0 or 0 in self._taken_over
        current = self._turns[-1] if self._turns else None
        same = current and (current.speaker, current.day, current.quoted) == (*owner, quoted)
        if current is None or self._introduced or not same:
            current = Turn(*owner, quoted, self._introduced)
            self._turns.append(current)
            self._introduced = []
        current.lines.append(line.text)
        if precedes_deeper:
            # “I said before:” names no speaker of what follows.
            self._owners[line.depth + 1] = _UNKNOWN

    def quote(self, depth: int, owner: Owner, introduced: Sequence[str]) -> None:
        """Assign the words one level deeper to `owner`."""
        self._owners = {
            item: owner_of_depth for item, owner_of_depth in self._owners.items() if item <= depth
        }
        self._taken_over = {item for item in self._taken_over if item <= depth}
        self._owners[depth + 1] = owner
        self._introduced.extend(introduced)

    def replace_owner(self, depth: int, owner: Owner, introduced: Sequence[str]) -> None:
        """Assign the following words at this depth to `owner`."""
        self._owners = {
            item: owner_of_depth for item, owner_of_depth in self._owners.items() if item < depth
        }
        self._owners[depth] = owner
        self._taken_over = {item for item in self._taken_over if item < depth} | {depth}
        self._introduced.extend(introduced)

    def restore(self, depth: int) -> None:
        """End a forwarded message: what follows is by its forwarder."""
        self._taken_over.discard(depth)
        self._owners[depth] = _UNKNOWN if depth else self._sender

    def is_top_posted(self, depth: int, remainder: Sequence[str], forwarded: bool) -> bool:
        """Whether the unmarked rest is one message, without an answer between or below."""
        owner = self._owners.get(depth, _UNKNOWN)
        above = " ".join(
            turn.text for turn in self._turns[-_MAX_TURNS:] if (turn.speaker, turn.day) == owner
        ).split()
        if any(word.strip(_NOISE).casefold() in _phrases("inline") for word in above):
            return False
        names = {owner[0].casefold(), *owner[0].casefold().split()}
        if any(line.strip(_EDGES + ",").casefold() in names for line in remainder if line.strip()):
            return False
        return forwarded or len(above) >= _ANSWER

    def finished(self) -> list[Turn]:
        """The turns that have words."""
        if self._introduced:
            self._turns.append(Turn(*_UNKNOWN, True, self._introduced))
        return [turn for turn in self._turns if turn.text.strip() or turn.introduction]


# -- lines and their depth -------------------------------------------------------------------------


def _measured(text: str) -> list[_Line]:
    lines: list[_Line] = []
    other = ""
    introduces = False
    for raw in text.split("\n"):
        marks = _MARKS.match(raw)
        line = _Line(marks[0].count(">"), raw[marks.end() :]) if marks else _Line(0, raw)
        mark = _OTHER_MARK.match(line.text)
        if mark and (introduces or mark[1] == other) and not line.text.rstrip().endswith("|"):
            other = mark[1]
            line = _Line(line.depth + 1, line.text[mark.end() :])
        if line.text.strip():
            introduces = _ends(line.text) and bool(_wrote().search(line.text[-_LONGEST:]))
        lines.append(replace(line, text=line.text.rstrip()))
    for at in range(1, len(lines) - 1):
        previous, line, after = lines[at - 1 : at + 2]
        if line.text.strip() and line.depth < previous.depth and _was_broken(previous, line, after):
            lines[at] = replace(line, depth=previous.depth)
    return lines


def _was_broken(previous: _Line, line: _Line, after: _Line) -> bool:
    """Whether a line is the remainder of a quoted one that a mail program broke."""
    if _is_verb_alone(line.text):
        return True
    is_full = (
        len(previous.text) + 2 * previous.depth >= _FULL_LINE and len(line.text) < _REMAINDER_LINE
    )
    goes_on = previous.text[-1:] not in (".", "!", "?", ":", ";") and not line.text[:1].isupper()
    return is_full and goes_on and after.depth == previous.depth and bool(after.text.strip())


def _is_verb_alone(text: str) -> bool:
    """Whether a line is “wrote:” alone."""
    is_short = _ends(text) and len(text) <= _REMAINDER_LINE
    return is_short and _wrote().sub("", text).strip(_NOISE + " ") == ""


def _next_line(lines: Sequence[_Line], at: int, depth: int) -> int | None:
    """The next line with words, or deeper than `depth`."""
    numbers = range(at, len(lines))
    worded = (n for n in numbers if lines[n].text.strip() or lines[n].depth > depth)
    return next(worded, None)


def _precedes_deeper(lines: Sequence[_Line], at: int) -> bool:
    following = _next_line(lines, at + 1, lines[at].depth)
    return following is not None and lines[following].depth > lines[at].depth


def _lines_at_depth(
    lines: Sequence[_Line], at: int, depth: int, people: Mapping[str, str]
) -> list[str]:
    """The lines from here at this depth, up to the next attribution."""
    texts: list[str] = []
    for number in range(at, len(lines)):
        if lines[number].depth < depth:
            break
        if lines[number].depth == depth:
            if _introduction(lines, number, people) is not None:
                break
            texts.append(lines[number].text)
    return texts


# -- introductions ---------------------------------------------------------------------------------


@cache
def _phrases(name: str) -> frozenset[str]:
    members = dict(entries("mail.txt", ""))[name].split()
    return frozenset(member.replace("_", " ") for member in members)


@cache
def _wrote() -> re.Pattern[str]:
    verbs = sorted(_phrases("wrote"), key=len, reverse=True)
    result = "|".join(re.escape(verb) for verb in verbs)
    return re.compile(rf"(?<![^\W\d])(?:{result})(?!\w)|写道|寫道", re.IGNORECASE)


@cache
def _dated() -> frozenset[str]:
    """Words of a date, which are no names."""
    days = (part for day in weekdays() for part in (day, day[:3]))
    return _phrases("dated").union(days)


def _introduction(
    lines: Sequence[_Line], at: int, people: Mapping[str, str]
) -> _Introduction | None:
    if not lines[at].text.strip():
        return None
    return _headers(lines, at, people) or _attribution(lines, at, people)


def _ends(text: str) -> bool:
    return text.rstrip(" \t]").endswith((":", "："))


def _attribution(
    lines: Sequence[_Line], at: int, people: Mapping[str, str]
) -> _Introduction | None:
    """“On 3 May Ines Moreau <ines@x.org> wrote:”, on one line or several."""
    depth = lines[at].depth
    joined = ""
    for end in range(at + 1, min(at + _MAX_LINES, len(lines)) + 1):
        line = lines[end - 1]
        if line.depth != depth or not line.text.strip():
            return None
        joined = f"{joined} {line.text.strip()}".strip()
        if len(joined) > _LONGEST:
            return None
        if _ends(line.text):
            break
    else:
        return None
    verb, address = _wrote().search(joined), _ADDRESS.search(joined)
    dated = bool(_DATED.search(joined))
    if not (verb or (address and dated)):
        return None
    if end - at > 1:
        opening = lines[at].text.strip()
        opens = bool(_DATED.search(opening)) or opening.split()[0].casefold() in _phrases("dated")
        breaks = _is_verb_alone(lines[end - 1].text)
        if _SENTENCE.search(opening) or not (opens or (breaks and end - at == 2)):
            return None
    speaker = _speaker(joined, people)
    certain = dated or address is not None
    following = _next_line(lines, end, depth)
    deeper = following is not None and lines[following].depth > depth
    is_short_name = verb is not None and len(joined.split()) <= _MAX_NAMES and bool(speaker)
    if not (deeper or certain or is_short_name) or (
        not deeper and _SENTENCE.search(joined) and not address
    ):
        return None
    owner = (speaker, _day(joined)) if deeper or certain else _UNKNOWN
    return _Introduction(end, owner, certain)


def _speaker(joined: str, people: Mapping[str, str]) -> str:
    """The name beside the address or the verb of an attribution."""
    address = _ADDRESS.search(joined)
    if address is not None and _MESSAGE.search(joined[: address.start()]):
        # A message id looks like an address.
        address = None
    existing = people.get(address["address"].casefold()) if address else None
    if existing:
        return existing
    verb = _wrote().search(joined)
    anchors = [
        (address.start(), True) if address else None,
        (verb.start(), True) if verb else None,
        (verb.end(), False) if verb else None,
    ]
    for anchor in anchors:
        if anchor is None:
            continue
        position, backwards = anchor
        fragment = joined[:position] if backwards else _ADDRESS.split(joined[position:], 1)[0]
        if name := _adjacent_name(fragment, backwards=backwards):
            return name
    return address["address"] if address else ""


def _adjacent_name(text: str, *, backwards: bool) -> str:
    """The name at the end, or beginning, of `text`, or ""."""
    tokens = _wrote().split(text)[-1 if backwards else 0].split()
    if backwards:
        tokens.reverse()
    name: list[str] = []
    for at, token in enumerate(tokens):
        word = token.strip(_NOISE)
        if not word and not name:
            continue
        starts_large = word[:1].isalpha() and (word[0] != word[0].lower() or not word.islower())
        is_name = starts_large or (bool(name) and word in _PARTICLES)
        is_date = word not in _PARTICLES and _is_date(word, tokens[max(at - 1, 0) : at + 2])
        if not is_name or is_date or any(map(str.isdigit, word)):
            break
        ends = token.endswith((",", ":", ";"))
        if backwards and ends and name:
            # “Reed, Tomas”; before more names a comma ends something else.
            return f"{name[0]} {word}" if len(name) == 1 else " ".join(reversed(name))
        name.append(f"{word}." if len(word) == 1 and "." in token else word)
        if ends and not backwards:
            break
    if backwards:
        name.reverse()
    return " ".join(name[-_MAX_NAMES:])[:_LONGEST_NAME]


def _is_date(word: str, neighbours: Sequence[str]) -> bool:
    """Whether a word belongs to a date: “May” does beside a number, and is a name elsewhere."""
    word = word.casefold()
    if word in months():
        return any(map(_DAY_OR_YEAR.fullmatch, neighbours))
    return word in _dated()


def _day(text: str) -> str:
    if german := _GERMAN_DAY.search(text):
        day, month, year = german.groups()
        return f"{year}-{int(month):02}-{int(day):02}" if 1 <= int(month) <= 12 else ""
    day = iso_date(text)
    return day if len(day) == len("2024-05-03") else ""


def _core(text: str) -> str:
    return text.strip(_EDGES).casefold().replace("’", "'")


def _ends_forwarding(text: str) -> bool:
    return _core(text).startswith(tuple(_phrases("ended")))


def _headers(lines: Sequence[_Line], at: int, people: Mapping[str, str]) -> _Introduction | None:
    """The headers of a quoted or forwarded message, with the line that announces it."""
    depth, start = lines[at].depth, at
    core = _core(lines[at].text)
    announced = core.startswith(tuple(_phrases("forwarded"))) and (
        core in _phrases("forwarded") or lines[at].text.lstrip()[:1] in ("-", "_", "*", "=")
    )
    if announced or _LONG_RULE.fullmatch(lines[at].text):
        following = _next_line(lines, at + 1, depth)
        start = (
            following if following is not None and lines[following].depth == depth else len(lines)
        )
    end, speaker, day, names = start, "", "", set[str]()
    for number in range(start, min(start + _MAX_HEADERS, len(lines))):
        line = lines[number]
        if line.depth != depth:
            break
        header = _HEADER.match(line.text)
        name = header["name"].casefold() if header else ""
        if header and name in _phrases("from") and "from" not in names:
            names.add("from")
            address = _ADDRESS.search(header["value"][:_LONGEST])
            existing = people.get(address["address"].casefold()) if address else None
            speaker = existing or name_of(header["value"])
        elif header and name in _phrases("header"):
            names.add(name)
            day = day or _day(header["value"][:_LONGEST])
        elif not names or not (
            line.text[:1].isspace() or lines[number - 1].text.endswith((",", ";"))
        ):
            break
        end = number + 1
    if "from" in names and len(names) > (1 if announced else 2):
        return _Introduction(end, (speaker, day), certain=True, forwarded=True)
    if not announced:
        return None
    is_attribution = len(lines[at].text) <= _LONGEST and _ADDRESS.search(lines[at].text)
    owner = (_speaker(lines[at].text, people), _day(lines[at].text)) if is_attribution else _UNKNOWN
    return _Introduction(at + 1, owner, certain=True, forwarded=True)
