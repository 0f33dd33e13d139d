"""Amounts as phrases: ranges, approximate amounts, amounts in two units, measured qualities."""

from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.language.nouns import singular
from ingest.language.premodifiers import may_be_verb
from ingest.language.records import Phrase, Token
from ingest.language.times import names_time
from ingest.language.word_lists import is_person_noun, measures, words

if TYPE_CHECKING:
    from ingest.language.phrases import PhraseParser

_SIZED = (["at", "least"], ["at", "most"], ["up", "to"])
_COMPARED = (["more", "than"], ["less", "than"], ["fewer", "than"])


def amount_of(parser: "PhraseParser", first: int, stop: int) -> Phrase | None:
    """The amount of a span in one of these forms, each of which has a figure."""
    if parser.figures.isdisjoint(range(first, stop)):
        return None
    amount = range_of(parser, first, stop) or approximate_amount(parser, first, stop)
    return amount or composed_amount(parser, first, stop) or labelled_series(parser, first, stop)


def range_of(parser: "PhraseParser", first: int, stop: int) -> Phrase | None:
    """“2 to 3 hours”, “between 80 and 100 euros”."""
    begin = first + (parser.lows[first] == "between")
    to = ("and",) if begin > first else ("to", "or", "-", "–")
    if begin + 3 >= stop or parser.lows[begin + 1] not in to:
        return None
    ends = parser.tokens[begin], parser.tokens[begin + 2]
    if not all(end.tags[0] == "C" for end in ends) or (begin and parser.lows[begin - 1] == "from"):
        return None
    phrase = parser.phrase(begin + 2, stop)
    if phrase is None or not phrase.number or phrase.kind == "time" or phrase.members:
        return None
    text, number = parser.span(first, stop), parser.span(begin, begin + 3)
    return replace(phrase, text=text, start=parser.tokens[first].start, number=number)


def labelled_series(parser: "PhraseParser", first: int, stop: int) -> Phrase | None:
    """“chapters 3 to 6”, “pages 10–20”, “rooms 4, 7 and 9”: numbers as identifiers."""
    noun = parser.tokens[first]
    plural = noun.tags[0] == "N" and singular(noun.low) != noun.low
    if not plural or names_time(noun.low) or is_person_noun(singular(noun.low)):
        return None
    if singular(noun.low) in words("unit") or (first and parser.tokens[first - 1].may_be("C")):
        return None
    if stop - first < 2:
        return None
    *_, final = series = list(parser.tokens[first + 1 : stop])
    linked = all(token.low in ("to", "and", "or", ",", "-", "–") for token in series[1::2])
    figures = [token for token in series if token.tags[0] == "C" and token.low[0].isdigit()]
    ranged = len(series) == 1 and any(sign in final.low for sign in "-–")
    if final not in figures or not (ranged or (linked and figures == series[::2] != series)):
        return None
    return parser.make(first, stop, singular(noun.low), "noun", [token.low for token in figures])


def composed_amount(parser: "PhraseParser", first: int, stop: int) -> Phrase | None:
    """“6 metres 20”, “1 hour and 15 minutes”, “6 metres 20 long”: an amount in two units."""
    if parser.tokens[first].tags[0] != "C":
        return None
    quality = parser.lows[stop - 1]
    if quality in measures() and stop - first > 2:
        amount = composed_amount(parser, first, stop - 1)
        if amount is None:
            return None
        long = parser.make(first, stop, quality, "adjective")
        return replace(long, number=amount.number, inside=(("by", amount),))
    second = first + 2 + (parser.lows[first + 2 : first + 3] == ["and"])
    parted = second > first + 2
    if not 1 <= stop - second <= 2 or (parted and stop - second != 2):
        return None
    if parser.tokens[second].tags[0] != "C":
        return None
    units = [first + 1, *range(second + 1, stop)]
    if any(singular(parser.lows[at]) not in words("unit") for at in units):
        return None
    if len(units) > 1 and singular(parser.lows[units[0]]) == singular(parser.lows[units[1]]):
        return None
    amount = parser.simple(first, first + 2)
    if amount is None or not amount.number:
        return None
    return replace(amount, text=parser.span(first, stop), end=parser.tokens[stop - 1].end)


def approximate_amount(parser: "PhraseParser", first: int, stop: int) -> Phrase | None:
    """“about 40 euros”, “at least 50 litres”: an amount with a modifier."""
    low = parser.lows[first : first + 3]
    bounded = low[:2] in _SIZED or low[:2] in _COMPARED
    if low[:2] == ["up", "to"] and first and may_be_verb(parser.tokens[first - 1], "change"):
        # “went up to 900 euros”
        return None
    begin = first + (2 if bounded else 1)
    if (
        not (bounded or low[0] in words("about"))
        or begin >= stop
        or parser.tokens[begin].tags[0] != "C"
    ):
        return None
    phrase = parser.phrase(begin, stop)
    if phrase is None or not phrase.number or phrase.kind in ("name", "time"):
        return None
    unit = phrase.head in words("unit") or phrase.head in words("money")
    if not unit and phrase.kind == "noun":
        return None
    text, start = parser.span(first, stop), parser.tokens[first].start
    return replace(phrase, text=text, start=start, mods=phrase.mods | {low[0]})


def measured_quality(
    parser: "PhraseParser", first: int, begin: int, stop: int, head: Token
) -> Phrase | None:
    """“220 cm long”, “three years old”."""
    amount = parser.simple(begin, stop - 1)
    if amount is None or not amount.number:
        return None
    phrase = parser.make(first, stop, head.low, "adjective")
    return replace(phrase, number=amount.number, inside=(("by", amount),))
