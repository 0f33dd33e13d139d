"""Noun phrases: spans of tokens read as things.

A span is read as a whole or not at all: who asks says where it begins and ends. That way a word
that may be noun or verb is settled by the clause, not by the phrase.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cached_property

from ingest.language.lexical import is_english_word
from ingest.language.nouns import singular
from ingest.language.numerals import number_words
from ingest.language.records import Clause, Kind, Phrase, Token
from ingest.language.times import NO_HEAD, names_time, time_of
from ingest.language.verbs import forms
from ingest.language.word_lists import groups_of, kinship, measures, words

#: The head of who speaks, of whatever word for them.
ME = "i"
_ME = frozenset(("i", "me", "my", "mine", "myself"))
_US = frozenset(("we", "us", "our", "ours", "ourselves"))
_RELATIVE = "Ww"
#: Kinds of things that no “that” tells more of.
_TOLD = ("pronoun", "name")
_MIDDLE = "JNECLGR&"
_SCORE = re.compile(r"\d{1,3}[-–:]\d{1,3}")
_ANYBODY = frozenset(("everyone", "everybody", "anyone", "anybody"))
_SIZED = (["at", "least"], ["at", "most"], ["up", "to"])
_COMPARED = (["more", "than"], ["less", "than"], ["fewer", "than"])
_NOBODY = frozenset(("nobody", "none", "no_one"))
#: How a relative clause is read: from a token on, to a token, the thing it is about.
Relative = Callable[[int, int, Phrase], Clause | None]


def _plural(thing: Phrase) -> bool:
    return thing.kind == "noun" and singular(last := thing.text.split()[-1]) != last.lower()


def me(text: str = "I", start: int = 0, end: int = 0) -> Phrase:
    """Who speaks."""
    return Phrase(ME, text, start, end, "pronoun")


class PhraseParser:
    """Reads spans of the tokens of one sentence as things."""

    def __init__(self, text: str, tokens: Sequence[Token], relative: Relative | None = None):
        self.text = text
        self.tokens = tokens
        self.relative = relative
        self._low = [token.low for token in tokens]
        self._read: dict[tuple[int, int], Phrase | None] = {}

    @cached_property
    def _relatives(self) -> list[int]:
        """Where “who” or “that” may begin a clause."""
        return [k for k, token in enumerate(self.tokens) if token.may_be(_RELATIVE)]

    @cached_property
    def _subjects(self) -> list[int]:
        """Where a clause without “that” may begin: “the book I lent you”."""
        return [k for k in range(1, len(self.tokens)) if self._begins_relative(k)]

    def span(self, first: int, last: int) -> str:
        """The words of these tokens as they stand."""
        return self.text[self.tokens[first].start : self.tokens[last - 1].end]

    def _made(
        self, first: int, last: int, head: str, kind: Kind = "noun", mods: Iterable[str] = ()
    ) -> Phrase:
        start, end = self.tokens[first].start, self.tokens[last - 1].end
        return Phrase(head, self.span(first, last), start, end, kind, frozenset(mods))

    def phrase(self, first: int, last: int) -> Phrase | None:
        """The span from `first` to before `last` as one thing; None where it is none."""
        key = (first, last)
        if key not in self._read:
            self._read[key] = self._thing(first, last) if first < last else None
        return self._read[key]

    def _thing(self, first: int, last: int) -> Phrase | None:
        token = self.tokens
        if ["half", "past"] in (self._low[last - 2 : last], self._low[last - 1 : last + 1]):
            return None
        whole = self._range(first, last) or self._roughly(first, last)
        whole = whole or self._composed(first, last)
        if whole is not None:
            return whole
        time = time_of(token, first, last)
        if time is not None:
            head, mods = time
            return self._made(first, last, head, "time", mods)
        if token[first].low in (",", "and", "or") or token[last - 1].low in (",", "and", "or"):
            return None
        for read in (self._listed, self._relative, self._owned, self._with_preposition):
            found, applies = read(first, last)
            if applies:
                return found
        return self._simple(first, last) or self._labelled(first, last)

    def _labelled(self, first: int, last: int) -> Phrase | None:
        """“Petrel owner is Ilona”: a name and, before the verb, a noun for what it has."""
        token = self.tokens
        if first or last == len(token) or not 1 < last < 5 or token[0].tags[0] not in "EN":
            return None
        if token[last].low not in ("is", "was", "are", "were"):
            return None
        head = next((k for k in range(1, last) if token[k].tags[0] != "E"), last)
        if token[0].tags[0] == "N":
            # “project Petrel owner”
            head = next((k for k in range(2, last) if token[k].tags[0] != "E"), last)
        if head == last:
            return None
        owner, noun = self.phrase(0, head), self._simple(head, last)
        if owner is None or owner.kind != "name" or noun is None or noun.kind != "noun":
            return None
        return replace(noun, text=self.span(0, last), start=owner.start, owner=owner)

    def _range(self, first: int, last: int) -> Phrase | None:
        """“2 to 3 hours”, “between 80 and 100 euros”."""
        begin = first + (self._low[first] == "between")
        to = ("and",) if begin > first else ("to", "or", "-", "–")
        if begin + 3 >= last or self._low[begin + 1] not in to:
            return None
        ends = self.tokens[begin], self.tokens[begin + 2]
        if not all(end.tags[0] == "C" for end in ends) or (
            begin and self._low[begin - 1] == "from"
        ):
            return None
        thing = self.phrase(begin + 2, last)
        if thing is None or not thing.number or thing.kind == "time" or thing.members:
            return None
        said, number = self.span(first, last), self.span(begin, begin + 3)
        return replace(thing, text=said, start=self.tokens[first].start, number=number)

    def _composed(self, first: int, last: int) -> Phrase | None:
        """“6 metres 20”, “1 hour and 15 minutes”, “6 metres 20 long”: an amount in two units."""
        quality = self._low[last - 1]
        if quality in measures() and last - first > 2:
            amount = self._composed(first, last - 1)
            if amount is None:
                return None
            long = self._made(first, last, quality, "adjective")
            return replace(long, number=amount.number, inside=(("by", amount),))
        rest = first + 2 + (self._low[first + 2 : first + 3] == ["and"])
        parted = rest > first + 2
        if not 1 <= last - rest <= 2 or (parted and last - rest != 2):
            return None
        numbers = self.tokens[first], self.tokens[rest]
        if any(token.tags[0] != "C" for token in numbers):
            return None
        units = [first + 1, *range(rest + 1, last)]
        if any(singular(self._low[at]) not in words("unit") for at in units):
            return None
        if len(units) > 1 and singular(self._low[units[0]]) == singular(self._low[units[1]]):
            return None
        amount = self._simple(first, first + 2)
        if amount is None or not amount.number:
            return None
        return replace(amount, text=self.span(first, last), end=self.tokens[last - 1].end)

    def _roughly(self, first: int, last: int) -> Phrase | None:
        """“about 40 euros”, “at least 50 litres”: an amount with what is said of its size."""
        low = self._low[first : first + 3]
        led = low[:2] in _SIZED or low[:2] in _COMPARED
        if low[:2] == ["up", "to"] and first and self._changes(first - 1):
            # “went up to 900 euros”
            return None
        begin = first + (2 if led else 1)
        if (
            not (led or low[0] in words("about"))
            or begin >= last
            or self.tokens[begin].tags[0] != "C"
        ):
            return None
        thing = self.phrase(begin, last)
        if thing is None or not thing.number or thing.kind in ("name", "time"):
            return None
        unit = thing.head in words("unit") or thing.head in words("money")
        if not unit and thing.kind == "noun":
            return None
        said, start = self.span(first, last), self.tokens[first].start
        return replace(thing, text=said, start=start, mods=thing.mods | {low[0]})

    def _listed(self, first: int, last: int) -> tuple[Phrase | None, bool]:
        """“a hat, sun cream and a map”."""
        token = self.tokens
        ands = [
            k
            for k in range(first, last)
            if token[k].low in ("and", "or", "nor") or (token[k].low == "&" and not self._firm(k))
        ]
        # “two cats: Tom and Kit”, and no label such as “Host: db1”
        marks = [k for k in range(first, last) if token[k].low in (",", ":")]
        commas = [k for k in marks if token[k].low == "," or k > first + 1]
        if not (ands or commas):
            return None, False
        if any(first <= k < last and token[k].low != "that" for k in self._relatives):
            return None, False
        street = self.phrase(first, commas[0]) if commas and not ands else None
        if street is not None and is_address(street):
            return self._address(street, commas, last), True
        if not ands and len(commas) == 1:
            return self._apposition(first, commas[0], last), True
        if not ands:
            return None, bool(commas)
        whole = self._simple(first, last) if not commas else None
        if whole is not None and whole.kind == "number":
            return whole, True
        cuts = sorted({*commas, *ands})
        parts: list[Phrase] = []
        begin = first
        for cut in [*cuts, last]:
            if cut == begin and cut in cuts:
                begin = cut + 1
                continue
            part = self.phrase(begin, cut)
            if part is None or part.members:
                return None, True
            parts.append(part)
            begin = cut + 1
        if len(parts) < 2:
            return None, True
        colon = bool(commas) and token[commas[0]].low == ":"
        named = colon or all(p.kind == "name" for p in parts[1:])
        if _plural(parts[0]) and named and len(parts) > 2:
            # “two brothers, Cian and Eoin”
            said, end = self.span(cuts[0] + 1, last), token[last - 1].end
            names = replace(parts[1], members=tuple(parts[1:]), text=said, end=end)
            whole = replace(parts[0], names=(names,), text=self.span(first, last))
            return replace(whole, end=end), True
        amounts = {p.head for p in parts if p.number or p.determiner in ("a", "an")}
        if len(amounts) > 1 and any(amounts <= measure.units for measure in measures().values()):
            # “an hour and forty minutes” are one amount
            return replace(parts[0], text=self.span(first, last), end=token[last - 1].end), True
        if parts[0].kind == "time" and len({p.head[0].isdigit() for p in parts}) > 1:
            return None, True
        shared = parts[0].owner
        if shared is not None and token[first].may_be("S"):
            # “my brother and sister” are both mine
            parts = [p if p.owner or p.kind != "noun" else replace(p, owner=shared) for p in parts]
        if any(
            len({p.kind == kind for p in parts}) > 1 for kind in ("adjective", "time", "number")
        ):
            return None, True
        return replace(
            parts[0], text=self.span(first, last), end=token[last - 1].end, members=tuple(parts)
        ), True

    def _firm(self, at: int) -> bool:
        """“Hale & Sons” is one name."""
        return 0 < at < len(self.tokens) - 1 and all(
            self.tokens[k].tags[0] == "E" for k in (at - 1, at + 1)
        )

    def _address(self, street: Phrase, commas: Sequence[int], last: int) -> Phrase | None:
        """“12 Hill Road, Flat 3, Bath BA1 2QR”."""
        parts = [
            self.phrase(comma + 1, end)
            for comma, end in zip(commas, (*commas[1:], last), strict=True)
        ]
        if street.head in words("dwelling") and (parts[0] is None or not is_address(parts[0])):
            # “I live in flat 2, Ben in flat 3”
            return None
        inside = tuple(("", part) for part in parts if part is not None)
        if len(inside) < len(parts) or any(part.owner or part.determiner for _, part in inside):
            return None
        end = self.tokens[last - 1].end
        return replace(street, text=self.text[street.start : end], end=end, inside=inside)

    def _apposition(self, first: int, comma: int, last: int) -> Phrase | None:
        """“my landlord, Gustav”, “two daughters, Romy and Leni”."""
        thing, name = self.phrase(first, comma), self.phrase(comma + 1, last)
        if thing is None or name is None or "time" in (thing.kind, name.kind):
            return None
        colon = self.tokens[comma].low == ":"
        numbered = self.tokens[last - 1].may_be("C") and last - comma > 2
        bare = thing.kind == "noun" and thing.text.lower() == thing.head
        somebody = thing.head in kinship() or thing.head in words("person_noun")
        if not colon and (numbered or thing.kind == "number" or (bare and not somebody)):
            # “Ann is 30, Ben 40”, “brought wine, Rosa a cake”: two things
            return None
        single = name.kind == "noun" and name.text.lower() == name.head
        if thing.kind == "name" and single and name.head not in {*kinship(), *words("person_noun")}:
            # “room 5 is for Ann, room 6 for Ben”
            return None
        new = "new" in thing.mods and name.kind == "number"
        if (name.kind == "name") != (thing.kind == "name") or colon or new:
            return replace(thing, names=(name,))
        closing = last == len(self.tokens) or self.tokens[last].low == ";"
        bare = not (name.determiner or name.owner or name.inside)
        if closing and name.kind == "noun" and name.mods and bare and not thing.number:
            # “in the grey cabinet, bottom drawer”
            return replace(thing, text=self.span(first, last), end=self.tokens[last - 1].end)
        if name.kind == thing.kind == "name":
            # “Rome, Italy”
            text, end = self.span(first, last), self.tokens[last - 1].end
            return replace(thing, text=text, end=end, inside=(*thing.inside, ("", name)))
        return None

    def _relative(self, first: int, last: int) -> tuple[Phrase | None, bool]:
        """“the man who repairs our roof”, “the book I lent you”."""
        if self.relative is None:
            return None, False
        token = self.tokens
        for k in range(first + 1, last - 1):
            if token[k].low in ("called", "named"):
                thing, name = self.phrase(first, k), self.phrase(k + 1, last)
                if thing is not None and name is not None and name.kind == "name" != thing.kind:
                    text, end = self.span(first, last), name.end
                    return replace(thing, text=text, end=end, names=(name,)), True
        for k in self._relatives:
            if first < k < last and token[k].low != "what":
                thing = self.phrase(first, k - (token[k - 1].low == ","))
                said = thing is not None and thing.kind in _TOLD and token[k].low == "that"
                said = said and not (thing and thing.determiner)
                # “told me that …” tells nothing of me, “a Renault that I lease” of the car
                clause = None if thing is None or said else self.relative(k, last, thing)
                if thing is None or clause is None:
                    return None, token[k].low != "that"
                return self._told(thing, clause, first, last), True
        for k in self._subjects:
            if first < k < last - 1:
                thing = self.phrase(first, k)
                # “every year we go there” begins with a time
                if thing is None or thing.kind == "time":
                    continue
                clause = self.relative(k, last, thing)
                if clause is not None:
                    return self._told(thing, clause, first, last), True
        return None, False

    def _begins_relative(self, at: int) -> bool:
        token, before = self.tokens[at], self.tokens[at - 1]
        subject = token.may_be("P") and token.low in ("i", "we", "he", "she", "they", "you")
        noun = before.may_be("N") and before.tags[0] != "E"
        return subject or (token.tags == "E" and noun)

    def _told(self, thing: Phrase, clause: Clause, first: int, last: int) -> Phrase:
        return replace(
            thing,
            text=thing.text if thing.kind == "name" else self.span(first, last),
            end=thing.end if thing.kind == "name" else self.tokens[last - 1].end,
            relatives=(*thing.relatives, clause),
        )

    def _owned(self, first: int, last: int) -> tuple[Phrase | None, bool]:
        """“Mara's brother's car”; “Mara's” alone is what she has."""
        token = self.tokens
        for k in range(last - 1, first, -1):
            if token[k].may_be("p"):
                if any(t.tags[0] == "I" for t in token[first:last]):
                    return None, False
                owner = self.phrase(first, k)
                if owner is None or owner.kind in ("adjective", "pronoun"):
                    return None, True
                if k == last - 1:
                    return Phrase(
                        "", self.span(first, last), token[first].start, token[k].end, owner=owner
                    ), True
                thing = self._simple(k + 1, last)
                if thing is None or thing.kind == "pronoun":
                    return None, True
                kind: Kind = "noun" if thing.kind == "name" else thing.kind
                return replace(
                    thing,
                    text=self.span(first, last),
                    start=token[first].start,
                    owner=owner,
                    kind=kind,
                ), True
        return None, False

    def _with_preposition(self, first: int, last: int) -> tuple[Phrase | None, bool]:
        """“the captain of the ship”, “the box under the bed”."""
        token = self.tokens
        for k in range(first + 1, last - 1):
            next_to = token[k].low == "next" and token[k + 1].low == "to" and k + 2 < last
            if next_to:
                thing, other = self.phrase(first, k), self.phrase(k + 2, last)
                if thing is not None and other is not None and thing.kind != "adjective":
                    text, end = self.span(first, last), token[last - 1].end
                    inside = (*thing.inside, ("next_to", other))
                    return replace(thing, text=text, end=end, inside=inside), True
            leads = token[k].tags[0] in "IAT" or token[k].low == "but"
            if not token[k].may_be("I") or not leads:
                continue
            if token[k].low in ("than", "as", "per"):
                continue
            thing = self.phrase(first, k)
            other = self.phrase(k + 1, last)
            if thing is None or other is None or thing.kind == "adjective":
                return None, True
            text, end = self.span(first, last), token[last - 1].end
            if thing.kind == "pronoun" and token[first].may_be("D") and token[k].low == "of":
                # “neither of us”, “all of the lamps”
                return replace(
                    other, text=text, start=thing.start, end=end, determiner=thing.head
                ), True
            counted = thing.kind == "number" or thing.text.lower() == "one"
            if counted and token[k].low == "of" and other.kind == "noun":
                # “two of the five chairs” are two chairs, and not the chairs
                return replace(
                    other, text=text, start=thing.start, end=end,
                    number=thing.number or thing.text, determiner="some",
                ), True  # fmt: skip
            if thing.kind == "pronoun":
                return None, True
            if token[k].low == "of":
                if thing.kind == "time" and other.kind == "time":
                    return replace(thing, text=text, end=end), True
                if thing.owner is None:
                    return replace(thing, text=text, end=end, owner=other), True
            inside = (*thing.inside, (token[k].low, other))
            return replace(thing, text=text, end=end, inside=inside), True
        return None, False

    def _simple(self, first: int, last: int) -> Phrase | None:
        """A phrase without prepositions: “my two old bicycles”, “Mr. Lund”, “half past nine”."""
        token = self.tokens
        if last - first > 1 and token[last - 1].low in ("enough", "rather"):
            return None
        if not first and last > 1 and token[0].low in words("about") and token[1].may_be("C"):
            # “about 40 runners”
            counted = self.phrase(1, last)
            return None if counted is None else replace(counted, start=token[0].start)
        if last - first == 1:
            single = self._single(first)
            if single is not None:
                return single
        begin, determiner, owner = first, "", None
        while begin < last - 1 and token[begin].may_be("DS") and token[begin].low not in ("one",):
            t = token[begin]
            if t.tags[0] == "S" or (t.may_be("S") and t.low in ("her", "his")):
                owner = _pronoun(t)
                begin += 1
                break
            if "D" not in t.tags:
                break
            determiner = determiner or t.low
            begin += 1
        if begin == last or (determiner == "that" and token[begin].tags[0] in "EP"):
            # “the kettle that Ann hid” goes on with a clause
            return None
        head = token[last - 1]
        if head.low == "only":
            # “not to Ann, only to Bea”
            return None
        if head.low == "half" and last - begin > 1 and token[last - 2].tags[0] == "N":
            # “give the dog half a pill”
            return None
        if last - first > 1 and NO_HEAD.intersection((head.low, singular(head.low))):
            # “repaired the dishwasher yesterday”, “paid the rent Monday”
            return None
        after = token[last].low if last < len(token) else ""
        if head.low in ("last", "next") and last - first > 1 and names_time(after):
            return None
        for k in range(begin, last - 1):
            if not self._describes(k, begin, last):
                return None
        return self._nominal(first, begin, last, head, determiner, owner)

    def _single(self, at: int) -> Phrase | None:
        token = self.tokens[at]
        low = token.low
        if low in _ME or (low in _US and token.may_be("PS")):
            if token.tags[0] == "S":
                return None
            return Phrase(ME if low in _ME else "we", token.word, token.start, token.end, "pronoun")
        if low in _ANYBODY or low in _NOBODY:
            determiner = "no" if low in _NOBODY else "every"
            return Phrase(
                "anybody", token.word, token.start, token.end, "anybody", determiner=determiner
            )
        if token.may_be("P") or low in ("all", "both", "each", "half"):
            return Phrase(low, token.word, token.start, token.end, "pronoun")
        return None

    def _describes(self, k: int, begin: int, last: int) -> bool:
        """Whether this word may stand in a phrase before its head."""
        token, following = self.tokens[k], self.tokens[k + 1]
        leads = token.tags[0] == "I" and not (begin and self.tokens[begin - 1].may_be("DS"))
        if not token.may_be(_MIDDLE) or token.tags[0] == "P" or leads:
            # “the inside pocket”, but no “in front”
            return False
        if (
            following.may_be("NC")
            and (token.low in kinship() or token.low in words("person_noun"))
            and following.tags != "E"
            and not self._for_visits(k, begin, last)
        ):
            return False
        if token.low in words("now") or token.low in ("not", "there", "here", "as", "but"):
            return False
        if k > begin and token.low in ("last", "next") and names_time(following.low):
            return False
        numbered = token.may_be("C") and k > begin and self.tokens[k - 1].may_be("N")
        if numbered and (following.low == "times" or singular(following.low) in words("span")):
            # “the drops three times a day”
            return False
        if k > begin and token.low == "one":
            # “the blue one work” is no phrase
            return False
        if token.low in words("particle") and following.may_be("C"):
            # “I paid Ben back 20 euros”
            return False
        led = k == begin and begin > 0 and self.tokens[begin - 1].may_be("DSp")
        if token.tags[0] == "R" and not (led and token.may_be("J") and following.tags[0] == "N"):
            # “the back door”
            return following.may_be("JCRL") and token.low not in ("already", "also", "again")
        if token.low in ("and", "&"):
            return k > begin and token.low == "&"
        if token.tags == "E" or (token.tags[0] == "E" and k > begin):
            # a name goes before a common noun only where that is a street, a station …
            numbered = following.may_be("C") and k + 2 == last and not is_score(following.low)
            if following.tags[0] in "E&" or numbered:
                return True
            before = self.tokens[begin - 1] if begin > 0 else None
            determined = before is not None and before.may_be("DSp")
            # “by Danish engineers”: no name and what it is given, as in “sent Ann flowers”
            several = singular(following.low) != following.low and following.tags[0] == "N"
            after = before is not None and before.tags[0] == "I" and several
            placed = following.low in words("place_noun")
            # “Epson 603 cartridges”
            verb = before is not None and before.tags[0] == "V" and not self._gives(begin - 1)
            kind = verb and self.tokens[last - 1].tags[0] == "N"
            # “campaign Falun status is …”
            opens = begin == 0 and self.tokens[last - 1].tags[0] == "N"
            return kind or (following.may_be("N") and (determined or placed or after or opens))
        before = self.tokens[k - 1] if k > begin else None
        if token.tags[0] == "C" and before is not None and before.may_be("N"):
            plural = singular(before.low) != before.low
            if plural and any(other.tags[0] == "C" for other in self.tokens[begin : k - 1]):
                # “20 drops three times (a day)”
                return False
        if token.may_be("C") and following.may_be("C"):
            digits = token.low[-1].isdigit() + following.low[-1].isdigit()
            return (
                digits != 1
                or token.low == "minus"
                or (following.low in number_words() and token.low != "one")
            )
        counted = k > begin and self.tokens[k - 1].may_be("C")
        return counted or not (
            token.tags[0] in "NG"
            and not (self._of_material(k, begin, last) or self._names_key(k, begin, last))
            and following.tags[0] == "J"
            and not following.may_be("N")
            and not token.low.endswith("-")
        )

    def _for_visits(self, k: int, begin: int, last: int) -> bool:
        """“A dentist appointment”: a kind of thing, where nobody is given anything."""
        described = all(token.tags[0] == "J" for token in self.tokens[begin:k])
        if not described or k + 2 != last or begin < 2 or self.tokens[k + 1].tags != "N":
            return False
        led = self.tokens[begin - 1].may_be("DSp")
        somebody = self.tokens[k].low in words("person_noun")
        return led and somebody and not self._gives(begin - 2)

    def _gives(self, at: int) -> bool:
        """Whether somebody gets what stands behind this verb."""
        return bool(words("give").intersection(form.verb for form in forms(self.tokens[at].low)))

    def _changes(self, at: int) -> bool:
        """Whether a verb of change stands here."""
        return bool(words("change").intersection(form.verb for form in forms(self.tokens[at].low)))

    def _of_material(self, k: int, begin: int, last: int) -> bool:
        """“In the plastic blue box”: behind a preposition nothing else begins with “blue”."""
        return (
            k == begin >= 2
            and k + 2 < last
            and self.tokens[begin - 1].may_be("DS")
            and self.tokens[begin - 2].tags[0] == "I"
        )

    def _names_key(self, k: int, begin: int, last: int) -> bool:
        """“The east lab blue code is …”, “what is the east lab blue code?”."""
        if k + 2 >= last or not begin or not self.tokens[begin - 1].may_be("DS"):
            return False
        return begin == 1 or self.tokens[begin - 2].tags[0] == "X"

    def _leading_name(self, begin: int) -> int:
        """Where a name ends that a sentence begins with: “campaign Falun status is …”."""
        at = begin
        while at < len(self.tokens) and self.tokens[at].tags[0] == "N":
            at += 1
        end = at
        while end < len(self.tokens) and self.tokens[end].tags == "E":
            end += 1
        said = "".join(token.word for token in self.tokens[at:end])
        # at the beginning any word has a capital: “Emergency contact: …”
        common = at == 0 and end == 1 and is_english_word(self.tokens[0].low)
        name = end > at and said.isalpha() and not said.isupper() and not common
        return end if begin == 0 and name else begin

    def _nominal(
        self, first: int, begin: int, last: int, head: Token, determiner: str, owner: Phrase | None
    ) -> Phrase | None:
        token = self.tokens
        named = self._leading_name(begin) if owner is None and not determiner else begin
        if begin < named < last and head.tags[0] == "N":
            # “campaign Falun status” is the status of that campaign
            holder, whole = self.phrase(begin, named), self._simple(named, last)
            if holder is None or whole is None or whole.kind != "noun":
                return None
            text = self.span(first, last)
            return replace(whole, text=text, start=token[first].start, owner=holder)
        start, end = token[first].start, token[last - 1].end
        text = self.span(first, last)
        number = " ".join(t.word for t in token[begin:last] if "C" in t.tags and t.low != "one")
        number = number or ("half" if token[first].low == "half" else "")
        mods = {
            t.low if t.tags == "E" else singular(t.low)
            for t in token[begin : last - 1]
            if not t.may_be("D") or t.may_be("J")
        }
        thing = Phrase("", text, start, end, "noun", frozenset(mods), owner, "", determiner)
        the_one = head.low == "one" and (determiner == "the" or token[last - 2].tags[0] == "J")
        if head.may_be("C") and last - begin > 1 and not (token[last - 2].may_be("C") or the_one):
            # “hall 3”, “platform 8”: the figure describes
            before = token[last - 2]
            after = self.tokens[last] if last < len(self.tokens) else None
            if before.tags == "E" and after is not None and after.tags[0] == "N":
                # “I owe Ben 20 euros”
                return None
            plural = before.may_be("N") and singular(before.low) != before.low
            if plural or (determiner == "the" and before.tags[0] == "N"):
                # “the one by the river 5”
                return None
            if head.low[0] in "£$€¥":
                # “milk £0.95” are two
                return None
            if before.may_be("NEJ") and not before.low.startswith(tuple("£$€")):
                kind: Kind = "name" if before.tags == "E" and not (owner or determiner) else "noun"
                mods = (mods - {singular(before.low)}) | {head.low}
                return replace(thing, head=singular(before.low), kind=kind, mods=frozenset(mods))
        if head.may_be("C") and (
            head.low in ("one", "ones")
            or all(t.may_be("CR") or t.low == "and" for t in token[begin:last])
        ):
            if head.low in ("one", "ones") and (mods or determiner):
                return replace(thing, head="one")
            said = self.span(begin, last)
            return replace(thing, head=head.low, kind="number", number=said)
        if head.low in ("one", "ones", "other", "others"):
            return replace(thing, head="one")
        named = head.tags[0] == "E" or head.tags == "E"
        if named:
            return self._name(first, begin, last, determiner, owner)
        if head.tags[0] == "I" and last - begin > 1:
            return None
        noun = head.may_be("N") or head.tags[0] == "G"
        adjective = (head.may_be("JL") and head.tags[0] != "N") or (
            not noun and head.may_be("R") and bool(groups_of(head.low))
        )
        if (owner is not None or (determiner and determiner not in ("that", "this", "no"))) and (
            noun or head.may_be("J")
        ):
            adjective = False
        if not noun and not adjective and not determiner and owner is None:
            return None
        if not noun and not head.may_be("JLG"):
            return None
        if adjective and determiner in ("that", "this"):
            # “the kettle that Ann repaired” goes on with a clause
            return None
        if adjective and head.tags[0] in "NG" and not determiner:
            adjective = False
        kind = "adjective" if adjective and not number else "noun"
        if adjective and number:
            return self._measured(first, begin, last, head)
        if kind == "adjective":
            described = frozenset(t.low for t in token[begin : last - 1])
            return replace(thing, head=head.low, kind="adjective", mods=described)
        return replace(thing, head=singular(head.low), kind=kind, number=number)

    def _measured(self, first: int, begin: int, last: int, head: Token) -> Phrase | None:
        """“220 cm long”, “three years old”."""
        amount = self._simple(begin, last - 1)
        if amount is None or not amount.number:
            return None
        thing = self._made(first, last, head.low, "adjective")
        return replace(thing, number=amount.number, inside=(("by", amount),))

    def _name(
        self, first: int, begin: int, last: int, determiner: str, owner: Phrase | None
    ) -> Phrase | None:
        token = self.tokens
        start, end = token[first].start, token[last - 1].end
        text = self.span(first, last)
        common = [
            k
            for k in range(begin, last - 1)
            if token[k].tags[0] in "NJ" and token[k].word[:1].islower()
        ]
        name_begin = common[-1] + 1 if common else begin
        if any("E" not in t.tags and not t.may_be("C&") for t in token[name_begin:last]):
            return None
        name = Phrase(
            token[last - 1].low,
            self.span(name_begin, last),
            token[name_begin].start,
            end,
            "name",
            frozenset(t.low for t in token[name_begin : last - 1]),
        )
        if not common:
            if owner is not None and not name.mods:
                return replace(name, text=text, start=start, owner=owner, kind="noun")
            return replace(name, text=text, start=start, owner=owner, determiner=determiner)
        noun = token[common[-1]]
        if names_time(noun.low) and token[first].may_be("DJ"):
            # “next spring Ann …”
            return None
        if noun.tags[0] == "J" and len(common) == 1:
            return replace(
                name,
                text=text,
                start=start,
                owner=owner,
                determiner=determiner,
                mods=name.mods | {noun.low},
            )
        mods = frozenset(singular(token[k].low) for k in common[:-1])
        if owner is None and noun.low not in words("person_noun") and noun.low not in kinship():
            # “the painter Rosa Alt”, “project Petrel”
            more = name.mods | mods | {singular(noun.low)}
            return replace(name, text=text, start=start, determiner=determiner, mods=more)
        # “my great-aunt Zita”
        return Phrase(
            singular(noun.low), text, start, end, "noun", mods, owner, "", determiner, names=(name,)
        )


def is_score(text: str) -> bool:
    """Whether a text tells how a game ended: “3-1”."""
    return _SCORE.fullmatch(text) is not None


def is_address(thing: Phrase) -> bool:
    """Whether a name is a street with the number of a house, or a flat in one."""
    numbered = any(word[0].isdigit() for word in thing.mods)
    dwelling = thing.head in words("dwelling")
    return numbered and (dwelling or (thing.kind == "name" and thing.head in words("street")))


def compact(thing: Phrase) -> bool:
    """Whether a thing holds no phrase that may belong to its clause."""
    inside = thing.kind != "adjective" and any(
        p not in ("of", "") or not compact(other) for p, other in thing.inside
    )
    owner = thing.owner is None or compact(thing.owner)
    return not inside and owner and all(map(compact, (*thing.members, *thing.names)))


def _pronoun(token: Token) -> Phrase:
    low = token.low
    if low in _ME:
        return me(token.word, token.start, token.end)
    head = {
        "our": "we",
        "his": "he",
        "her": "she",
        "its": "it",
        "their": "they",
        "your": "you",
    }.get(low, low)
    return Phrase(head, token.word, token.start, token.end, "pronoun")
