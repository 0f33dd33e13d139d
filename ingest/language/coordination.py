"""Coordination and apposition: phrases joined by commas, “and” and “or”, and addresses."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.language.numerals import months
from ingest.language.phrase_kinds import is_address, is_plural
from ingest.language.records import Phrase, Token
from ingest.language.word_lists import is_person_noun, measures, words

if TYPE_CHECKING:
    from ingest.language.phrases import PhraseParser

JOINTS = frozenset(("and", "or", "nor", "&", ",", ":"))


def coordination(parser: "PhraseParser", first: int, stop: int) -> tuple[Phrase | None, bool]:
    """“a hat, sun cream and a map”."""
    token = parser.tokens
    ands, commas = list[int](), list[int]()
    for k in range(first, stop):
        low = token[k].low
        # “two cats: Tom and Kit”, and no label such as “Host: db1”
        if low == "," or (low == ":" and k > first + 1):
            commas.append(k)
        elif low in ("and", "or", "nor") or (low == "&" and not _is_firm(token, k)):
            ands.append(k)
    if not (ands or commas):
        return None, False
    if [k for k in parser.relatives if first <= k < stop and token[k].low != "that"]:
        return None, False
    street = parser.phrase(first, commas[0]) if commas and not ands else None
    if street is not None and is_address(street):
        return _address(parser, street, commas, stop), True
    if not ands and len(commas) == 1:
        return _apposition(parser, first, commas[0], stop), True
    if not ands:
        return None, bool(commas)
    combined = parser.simple(first, stop) if not commas else None
    if combined is not None and combined.kind == "number":
        return combined, True
    cuts = sorted({*commas, *ands})
    parts: list[Phrase] = []
    begin = first
    for cut in [*cuts, stop]:
        if cut == begin and cut in cuts:
            begin = cut + 1
            continue
        part = parser.phrase(begin, cut)
        if part is None or part.members:
            return None, True
        parts.append(part)
        begin = cut + 1
    if len(parts) < 2:
        return None, True
    return _combined(parser, (first, stop), cuts, _dated(parts)), True


def _combined(
    parser: "PhraseParser", span: tuple[int, int], cuts: Sequence[int], parts: list[Phrase]
) -> Phrase | None:
    """The parts of a list, divided at `cuts`, as one phrase; None if their kinds differ."""
    (first, stop), token = span, parser.tokens
    commas = [cut for cut in cuts if token[cut].low in (",", ":")]
    colon = bool(commas) and token[commas[0]].low == ":"
    are_names = colon or all(p.kind == "name" for p in parts[1:])
    if is_plural(parts[0]) and are_names and len(parts) > 2:
        # “two brothers, Cian and Eoin”
        text, end = parser.span(cuts[0] + 1, stop), token[stop - 1].end
        names = replace(parts[1], members=tuple(parts[1:]), text=text, end=end)
        combined = replace(parts[0], names=(names,), text=parser.span(first, stop))
        return replace(combined, end=end)
    amounts = {p.head for p in parts if p.number or p.determiner in ("a", "an")}
    if len(amounts) > 1 and any(amounts <= measure.units for measure in measures().values()):
        # “an hour and forty minutes” are one amount
        return replace(parts[0], text=parser.span(first, stop), end=token[stop - 1].end)
    if parts[0].kind == "time" and len({p.head[:1].isdigit() for p in parts}) > 1:
        return None
    shared = parts[0].owner
    if shared is not None and "S" in token[first].tags:
        # “my brother and sister” are both mine
        parts = [p if p.owner or p.kind != "noun" else replace(p, owner=shared) for p in parts]
    if any(len({p.kind == kind for p in parts}) > 1 for kind in ("adjective", "time", "number")):
        return None
    return replace(
        parts[0], text=parser.span(first, stop), end=token[stop - 1].end, members=tuple(parts)
    )


def _dated(parts: list[Phrase]) -> list[Phrase]:
    """“4, 11 and 18 November”: each figure is a day of the month of the last one."""
    *days, final = parts
    day_of_month = any(map(str.isdigit, final.text)) and final.head in months()
    if not day_of_month or any(part.kind != "number" for part in days):
        return parts
    month = final.text.split(maxsplit=1)[-1]
    dates = [
        replace(final, text=f"{day.text} {month}", start=day.start, end=day.end, mods=mods)
        for day in days
        for mods in (final.mods - set(final.text.lower().split()) | {day.head},)
    ]
    return [*dates, final]


def _is_firm(tokens: Sequence[Token], at: int) -> bool:
    """“Hale & Sons” is one name."""
    return 0 < at < len(tokens) - 1 and all(tokens[k].tags[0] == "E" for k in (at - 1, at + 1))


def _address(
    parser: "PhraseParser", street: Phrase, commas: Sequence[int], stop: int
) -> Phrase | None:
    """“12 Hill Road, Flat 3, Bath BA1 2QR”."""
    parts = [
        parser.phrase(comma + 1, end)
        for comma, end in zip(commas, (*commas[1:], stop), strict=True)
    ]
    if street.head in words("dwelling") and (parts[0] is None or not is_address(parts[0])):
        # “I live in flat 2, Ben in flat 3”
        return None
    inside = tuple(("", part) for part in parts if part is not None)
    if len(inside) < len(parts) or any(part.owner or part.determiner for _, part in inside):
        return None
    end = parser.tokens[stop - 1].end
    return replace(street, text=parser.text[street.start : end], end=end, inside=inside)


def _apposition(parser: "PhraseParser", first: int, comma: int, stop: int) -> Phrase | None:
    """“my landlord, Gustav”, “two daughters, Romy and Leni”."""
    phrase, name = parser.phrase(first, comma), parser.phrase(comma + 1, stop)
    if phrase is None or name is None or "time" in (phrase.kind, name.kind):
        return None
    colon = parser.tokens[comma].low == ":"
    numbered = "C" in parser.tokens[stop - 1].tags and stop - comma > 2
    unmodified = phrase.kind == "noun" and phrase.text.lower() == phrase.head
    personal = is_person_noun(phrase.head)
    if not colon and (numbered or phrase.kind == "number" or (unmodified and not personal)):
        # “Ann is 30, Ben 40”, “brought wine, Rosa a cake”: two things
        return None
    single = name.kind == "noun" and name.text.lower() == name.head
    if phrase.kind == "name" and single and not is_person_noun(name.head):
        # “room 5 is for Ann, room 6 for Ben”
        return None
    new = "new" in phrase.mods and name.kind == "number"
    if (name.kind == "name") != (phrase.kind == "name") or colon or new:
        return replace(phrase, names=(name,))
    closing = stop == len(parser.tokens) or parser.tokens[stop].low == ";"
    unmodified = not (name.determiner or name.owner or name.inside)
    if closing and name.kind == "noun" and name.mods and unmodified and not phrase.number:
        # “in the grey cabinet, bottom drawer”
        return replace(phrase, text=parser.span(first, stop), end=parser.tokens[stop - 1].end)
    if name.kind == phrase.kind == "name":
        # “Rome, Italy”
        text, end = parser.span(first, stop), parser.tokens[stop - 1].end
        return replace(phrase, text=text, end=end, inside=(*phrase.inside, ("", name)))
    return None
