"""Parses noun phrases: spans of tokens as one phrase each.

A span is parsed completely or not at all; the caller chooses its bounds. So the clause, not the
phrase, decides whether a word is noun or verb.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import pairwise

from ingest.language.coordination import JOINTS, coordination
from ingest.language.nouns import singular
from ingest.language.phrase_kinds import FIRST_PERSON, ME, pronoun_of
from ingest.language.premodifiers import is_premodifier, leading_name, may_be_verb
from ingest.language.records import Clause, Kind, Phrase, Token
from ingest.language.times import NO_HEAD, may_end_time, names_time, time_of
from ingest.language.word_lists import groups_of, is_person_noun, measures, words

# -- amounts ---------------------------------------------------------------------------------------
# Amounts as phrases: ranges, approximate amounts, amounts in two units, measured qualities.


_SIZED = (["at", "least"], ["at", "most"], ["up", "to"])
_COMPARED = (["more", "than"], ["less", "than"], ["fewer", "than"])


def amount_of(parser: "PhraseParser", first: int, stop: int) -> Phrase | None:
    """The amount of a span with a figure, in one of these forms."""
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
    if singular(noun.low) in words("unit") or (first and "C" in parser.tokens[first - 1].tags):
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


_US = frozenset(("we", "us", "our", "ours", "ourselves"))
_RELATIVE = frozenset("Ww")
#: Kinds that no relative clause modifies.
_NOT_MODIFIED = ("pronoun", "name")
_SUBJECTS = frozenset(("i", "we", "he", "she", "they", "you"))
_CALLED = ("called", "named")
_ANYBODY = frozenset(("everyone", "everybody", "anyone", "anybody"))
_NEGATIVE = frozenset(("nobody", "none", "no_one"))
#: Parses a relative clause: first token, end, and antecedent.
Relative = Callable[[int, int, Phrase], Clause | None]


class PhraseParser:
    """Parses spans of the tokens of one sentence as noun phrases."""

    def __init__(self, text: str, tokens: Sequence[Token], relative: Relative | None = None):
        self.text = text
        self.tokens = tokens
        self.relative = relative
        self.lows = [token.low for token in tokens]
        self._read: dict[tuple[int, int], Phrase | None] = {}

    @cached_property
    def relatives(self) -> list[int]:
        """Where “who” or “that” may begin a clause."""
        return [k for k, token in enumerate(self.tokens) if not _RELATIVE.isdisjoint(token.tags)]

    @cached_property
    def figures(self) -> frozenset[int]:
        """Where numbers are."""
        return frozenset([k for k, token in enumerate(self.tokens) if token.tags[0] == "C"])

    @cached_property
    def possessives(self) -> frozenset[int]:
        """Where an owner may end: at “'s” or an apostrophe."""
        return frozenset([k for k, token in enumerate(self.tokens) if "p" in token.tags])

    @cached_property
    def times(self) -> frozenset[int]:
        """Where a time may end."""
        return frozenset([k for k, low in enumerate(self.lows) if may_end_time(low)])

    @cached_property
    def _nested(self) -> frozenset[int]:
        """Where a relative clause or a name may begin within a phrase."""
        if self.relative is None:
            return frozenset()
        called = [k for k, low in enumerate(self.lows) if low in _CALLED]
        return frozenset((*called, *self.relatives, *self._subjects))

    @cached_property
    def _subjects(self) -> list[int]:
        """Where a clause without “that” may begin: “the book I lent you”."""
        return [
            k
            for k, (previous, token) in enumerate(pairwise(self.tokens), start=1)
            if (token.low in _SUBJECTS and "P" in token.tags)
            or (token.tags == "E" and previous.tags[0] != "E" and "N" in previous.tags)
        ]

    def span(self, first: int, stop: int) -> str:
        """The text of these tokens."""
        return self.text[self.tokens[first].start : self.tokens[stop - 1].end]

    def make(
        self, first: int, stop: int, head: str, kind: Kind = "noun", mods: Iterable[str] = ()
    ) -> Phrase:
        start, end = self.tokens[first].start, self.tokens[stop - 1].end
        return Phrase(head, self.span(first, stop), start, end, kind, frozenset(mods))

    def phrase(self, first: int, stop: int) -> Phrase | None:
        """The span from `first` to before `stop` as one phrase; None if it is none."""
        key = (first, stop)
        if key not in self._read:
            self._read[key] = self._parse(first, stop) if first < stop else None
        return self._read[key]

    def _parse(self, first: int, stop: int) -> Phrase | None:
        token = self.tokens
        if ["half", "past"] in (self.lows[stop - 2 : stop], self.lows[stop - 1 : stop + 1]):
            return None
        span = range(first, stop)
        amount = None if self.figures.isdisjoint(span) else amount_of(self, first, stop)
        if amount is not None:
            return amount
        time = time_of(token, first, stop) if stop - 1 in self.times else None
        if time is not None:
            head, mods = time
            return self.make(first, stop, head, "time", mods)
        if token[first].low in (",", "and", "or") or token[stop - 1].low in (",", "and", "or"):
            return None
        for may_apply, read in (
            (not JOINTS.isdisjoint(self.lows[first:stop]), coordination),
            (not self._nested.isdisjoint(span), PhraseParser._relative),
            (not self.possessives.isdisjoint(span), PhraseParser._owned),
            (stop - first > 2, PhraseParser._with_preposition),
        ):
            phrase, applies = read(self, first, stop) if may_apply else (None, False)
            if applies:
                return phrase
        return self.simple(first, stop) or self._labelled(first, stop)

    def _labelled(self, first: int, stop: int) -> Phrase | None:
        """“Petrel owner is Ilona”: a name and, before the verb, a noun for what it has."""
        token = self.tokens
        if first or stop == len(token) or not 1 < stop < 5 or token[0].tags[0] not in "EN":
            return None
        if token[stop].low not in ("is", "was", "are", "were"):
            return None
        head = next((k for k in range(1, stop) if token[k].tags[0] != "E"), stop)
        if token[0].tags[0] == "N":
            # “project Petrel owner”
            head = next((k for k in range(2, stop) if token[k].tags[0] != "E"), stop)
        if head == stop:
            return None
        owner, noun = self.phrase(0, head), self.simple(head, stop)
        if owner is None or owner.kind != "name" or noun is None or noun.kind != "noun":
            return None
        return replace(noun, text=self.span(0, stop), start=owner.start, owner=owner)

    def _relative(self, first: int, stop: int) -> tuple[Phrase | None, bool]:
        """“the man who repairs our roof”, “the book I lent you”."""
        token = self.tokens
        assert self.relative is not None
        for k in range(first + 1, stop - 1):
            if token[k].low in _CALLED:
                phrase, name = self.phrase(first, k), self.phrase(k + 1, stop)
                if phrase is not None and name is not None and name.kind == "name" != phrase.kind:
                    text, end = self.span(first, stop), name.end
                    return replace(phrase, text=text, end=end, names=(name,)), True
        for k in self.relatives:
            if first < k < stop and token[k].low != "what":
                phrase = self.phrase(first, k - (token[k - 1].low == ","))
                reported = (
                    phrase is not None and phrase.kind in _NOT_MODIFIED and token[k].low == "that"
                )
                reported = reported and not (phrase and phrase.determiner)
                # “told me that …” tells nothing of me, “a Renault that I lease” of the car
                clause = None if phrase is None or reported else self.relative(k, stop, phrase)
                if phrase is None or clause is None:
                    return None, token[k].low != "that"
                return self._with_relative(phrase, clause, first, stop), True
        for k in self._subjects:
            if first < k < stop - 1:
                phrase = self.phrase(first, k)
                # “every year we go there” begins with a time
                if phrase is None or phrase.kind == "time":
                    continue
                clause = self.relative(k, stop, phrase)
                if clause is not None:
                    return self._with_relative(phrase, clause, first, stop), True
        return None, False

    def _with_relative(self, phrase: Phrase, clause: Clause, first: int, stop: int) -> Phrase:
        return replace(
            phrase,
            text=phrase.text if phrase.kind == "name" else self.span(first, stop),
            end=phrase.end if phrase.kind == "name" else self.tokens[stop - 1].end,
            relatives=(*phrase.relatives, clause),
        )

    def _owned(self, first: int, stop: int) -> tuple[Phrase | None, bool]:
        """“Mara's brother's car”; “Mara's” alone is her possession."""
        token = self.tokens
        for k in range(stop - 1, first, -1):
            if k in self.possessives:
                if any(t.tags[0] == "I" or t.tags == "TI" for t in token[first:stop]):
                    return None, False
                owner = self.phrase(first, k)
                if owner is None or owner.kind in ("adjective", "pronoun"):
                    return None, True
                if k == stop - 1:
                    return Phrase(
                        "", self.span(first, stop), token[first].start, token[k].end, owner=owner
                    ), True
                phrase = self.simple(k + 1, stop)
                if phrase is None or phrase.kind == "pronoun":
                    return None, True
                kind: Kind = "noun" if phrase.kind == "name" else phrase.kind
                return replace(
                    phrase,
                    text=self.span(first, stop),
                    start=token[first].start,
                    owner=owner,
                    kind=kind,
                ), True
        return None, False

    def _with_preposition(self, first: int, stop: int) -> tuple[Phrase | None, bool]:
        """“the captain of the ship”, “the box under the bed”."""
        token = self.tokens
        for k in range(first + 1, stop - 1):
            if token[k].low == "next" and token[k + 1].low == "to" and k + 2 < stop:
                phrase, other = self.phrase(first, k), self.phrase(k + 2, stop)
                if phrase is not None and other is not None and phrase.kind != "adjective":
                    text, end = self.span(first, stop), token[stop - 1].end
                    inside = (*phrase.inside, ("next_to", other))
                    return replace(phrase, text=text, end=end, inside=inside), True
            leads = token[k].tags[0] in "IAT" or token[k].low == "but"
            if not (leads and "I" in token[k].tags) or token[k].low in ("than", "as", "per"):
                continue
            phrase = self.phrase(first, k)
            other = self.phrase(k + 1, stop)
            if phrase is None or other is None or phrase.kind == "adjective":
                return None, True
            text, end = self.span(first, stop), token[stop - 1].end
            if phrase.kind == "pronoun" and "D" in token[first].tags and token[k].low == "of":
                # “neither of us”, “all of the lamps”
                return replace(
                    other, text=text, start=phrase.start, end=end, determiner=phrase.head
                ), True
            partitive = phrase.kind == "number" or phrase.text.lower() == "one"
            if partitive and token[k].low == "of" and other.kind == "noun":
                # “two of the five chairs” are two chairs, and not the chairs
                return replace(
                    other, text=text, start=phrase.start, end=end,
                    number=phrase.number or phrase.text, determiner="some",
                ), True  # fmt: skip
            if phrase.kind == "pronoun":
                return None, True
            if token[k].low == "of":
                if phrase.kind == "time" and other.kind == "time":
                    return replace(phrase, text=text, end=end), True
                if phrase.owner is None:
                    return replace(phrase, text=text, end=end, owner=other), True
            inside = (*phrase.inside, (token[k].low, other))
            return replace(phrase, text=text, end=end, inside=inside), True
        return None, False

    def simple(self, first: int, stop: int) -> Phrase | None:
        """A phrase without prepositions: “my two old bicycles”, “Mr. Lund”, “half past nine”."""
        token = self.tokens
        if stop - first > 1 and token[stop - 1].low in ("enough", "rather"):
            return None
        if not first and stop > 1 and token[0].low in words("about") and "C" in token[1].tags:
            # “about 40 runners”
            amount = self.phrase(1, stop)
            return None if amount is None else replace(amount, start=token[0].start)
        if stop - first == 1:
            single = self._single(first)
            if single is not None:
                return single
        begin, determiner, owner = self._determined(first, stop)
        if begin == stop or (determiner == "that" and token[begin].tags[0] in "EP"):
            # “the kettle that Ann hid” goes on with a clause
            return None
        head = token[stop - 1]
        if head.low == "only":
            # “not to Ann, only to Bea”
            return None
        if head.low == "half" and stop - begin > 1 and token[stop - 2].tags[0] == "N":
            # “give the dog half a pill”
            return None
        if stop - first > 1 and NO_HEAD.intersection((head.low, singular(head.low))):
            # “repaired the dishwasher yesterday”, “paid the rent Monday”
            return None
        after = token[stop].low if stop < len(token) else ""
        if head.low in ("last", "next") and stop - first > 1 and names_time(after):
            return None
        for k in range(begin, stop - 1):
            if not is_premodifier(self.tokens, k, begin, stop):
                return None
        return self._nominal(first, begin, stop, head, determiner, owner)

    def _determined(self, first: int, stop: int) -> tuple[int, str, Phrase | None]:
        """The start of a noun phrase after its determiner or possessive, and these."""
        begin, determiner = first, ""
        while begin < stop - 1:
            token = self.tokens[begin]
            if not token.may_be("DS") or token.low == "one":
                break
            if token.tags[0] == "S" or ("S" in token.tags and token.low in ("her", "his")):
                return begin + 1, determiner, pronoun_of(token)
            if "D" not in token.tags:
                break
            determiner = determiner or token.low
            begin += 1
        return begin, determiner, None

    def _single(self, at: int) -> Phrase | None:
        token = self.tokens[at]
        low = token.low
        if low in FIRST_PERSON or (low in _US and token.may_be("PS")):
            if token.tags[0] == "S":
                return None
            return Phrase(
                ME if low in FIRST_PERSON else "we", token.word, token.start, token.end, "pronoun"
            )
        if low in _ANYBODY or low in _NEGATIVE:
            determiner = "no" if low in _NEGATIVE else "every"
            return Phrase(
                "anybody", token.word, token.start, token.end, "anybody", determiner=determiner
            )
        if "P" in token.tags or low in ("all", "both", "each", "half"):
            return Phrase(low, token.word, token.start, token.end, "pronoun")
        return None

    def _nominal(
        self, first: int, begin: int, stop: int, head: Token, determiner: str, owner: Phrase | None
    ) -> Phrase | None:
        token = self.tokens
        name_end = leading_name(self.tokens, begin) if owner is None and not determiner else begin
        if begin < name_end < stop and head.tags[0] == "N":
            # “campaign Falun status” is the status of that campaign
            holder, nominal = self.phrase(begin, name_end), self.simple(name_end, stop)
            if holder is None or nominal is None or nominal.kind != "noun":
                return None
            text = self.span(first, stop)
            return replace(nominal, text=text, start=token[first].start, owner=holder)
        start, end = token[first].start, token[stop - 1].end
        text = self.span(first, stop)
        number = " ".join(t.word for t in token[begin:stop] if "C" in t.tags and t.low != "one")
        number = number or ("half" if token[first].low == "half" else "")
        mods = {
            t.low if t.tags == "E" else singular(t.low)
            for t in token[begin : stop - 1]
            if "D" not in t.tags or "J" in t.tags
        }
        phrase = Phrase("", text, start, end, "noun", frozenset(mods), owner, "", determiner)
        pronominal = head.low == "one" and (determiner == "the" or token[stop - 2].tags[0] == "J")
        counted = stop - begin > 1 and not ("C" in token[stop - 2].tags or pronominal)
        if counted and "C" in head.tags:
            # “hall 3”, “platform 8”: the figure describes
            previous = token[stop - 2]
            if not self._is_numbered(stop, determiner):
                return None
            if previous.may_be("NEJ") and not previous.low.startswith(tuple("£$€")):
                kind: Kind = (
                    "name" if previous.tags == "E" and not (owner or determiner) else "noun"
                )
                mods = (mods - {singular(previous.low)}) | {head.low}
                return replace(phrase, head=singular(previous.low), kind=kind, mods=frozenset(mods))
        if "C" in head.tags and (
            head.low in ("one", "ones")
            or all(t.may_be("CR") or t.low == "and" for t in token[begin:stop])
        ):
            if head.low in ("one", "ones") and (mods or determiner):
                return replace(phrase, head="one")
            numeral = self.span(begin, stop)
            return replace(phrase, head=head.low, kind="number", number=numeral)
        if head.low in ("one", "ones", "other", "others"):
            return replace(phrase, head="one")
        is_name = head.tags[0] == "E" or head.tags == "E"
        if is_name:
            return self._name(first, begin, stop, determiner, owner)
        if head.tags[0] == "I" and stop - begin > 1:
            return None
        return self._noun_or_adjective(phrase, number, (first, begin, stop))

    def _is_numbered(self, stop: int, determiner: str) -> bool:
        """Whether the number before `stop` may belong to the word before it."""
        previous, figure = self.tokens[stop - 2 : stop]
        if previous.tags == "E" and stop < len(self.tokens) and self.tokens[stop].tags[0] == "N":
            # “I owe Ben 20 euros”
            return False
        plural = "N" in previous.tags and singular(previous.low) != previous.low
        if plural or (determiner == "the" and previous.tags[0] == "N"):
            # “the one by the river 5”
            return False
        # “milk £0.95” are two
        return figure.low[0] not in "£$€¥"

    def _noun_or_adjective(
        self, phrase: Phrase, number: str, span: tuple[int, int, int]
    ) -> Phrase | None:
        """A phrase headed by a noun or an adjective.

        `span` is its start, the start of its words after a determiner, and its end.
        """
        first, begin, stop = span
        head, owner, determiner = self.tokens[stop - 1], phrase.owner, phrase.determiner
        noun = "N" in head.tags or head.tags[0] == "G"
        adjective = (head.may_be("JL") and head.tags[0] != "N") or (
            not noun and "R" in head.tags and bool(groups_of(head.low))
        )
        if (owner is not None or (determiner and determiner not in ("that", "this", "no"))) and (
            noun or "J" in head.tags
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
        kind: Kind = "adjective" if adjective and not number else "noun"
        if adjective and number:
            return measured_quality(self, first, begin, stop, head)
        if kind == "adjective":
            described = frozenset(t.low for t in self.tokens[begin : stop - 1])
            return replace(phrase, head=head.low, kind="adjective", mods=described)
        return replace(phrase, head=singular(head.low), kind=kind, number=number)

    def _name(
        self, first: int, begin: int, stop: int, determiner: str, owner: Phrase | None
    ) -> Phrase | None:
        token = self.tokens
        start, end = token[first].start, token[stop - 1].end
        text = self.span(first, stop)
        common = [
            k
            for k in range(begin, stop - 1)
            if token[k].tags[0] in "NJ" and token[k].word[:1].islower()
        ]
        name_begin = common[-1] + 1 if common else begin
        if any("E" not in t.tags and not t.may_be("C&") for t in token[name_begin:stop]):
            return None
        name = Phrase(
            token[stop - 1].low,
            self.span(name_begin, stop),
            token[name_begin].start,
            end,
            "name",
            frozenset(t.low for t in token[name_begin : stop - 1]),
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
        if owner is None and not is_person_noun(noun.low):
            # “the painter Rosa Alt”, “project Petrel”
            more = name.mods | mods | {singular(noun.low)}
            return replace(name, text=text, start=start, determiner=determiner, mods=more)
        # “my great-aunt Zita”
        return Phrase(
            singular(noun.low), text, start, end, "noun", mods, owner, "", determiner, names=(name,)
        )
