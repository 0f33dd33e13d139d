"""Noun phrases: spans of tokens read as one phrase each.

A span is read as a whole or not at all: who asks says where it begins and ends. That way a word
that may be noun or verb is settled by the clause, not by the phrase.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cached_property

from ingest.language.amount_phrases import (
    approximate_amount,
    composed_amount,
    measured_quality,
    range_of,
)
from ingest.language.coordination import coordination
from ingest.language.nouns import singular
from ingest.language.phrase_kinds import FIRST_PERSON, ME, pronoun_of
from ingest.language.premodifiers import is_premodifier, leading_name
from ingest.language.records import Clause, Kind, Phrase, Token
from ingest.language.times import NO_HEAD, names_time, time_of
from ingest.language.word_lists import groups_of, kinship, words

_US = frozenset(("we", "us", "our", "ours", "ourselves"))
_RELATIVE = "Ww"
#: Kinds of things that no “that” tells more of.
_TOLD = ("pronoun", "name")
_ANYBODY = frozenset(("everyone", "everybody", "anyone", "anybody"))
_NOBODY = frozenset(("nobody", "none", "no_one"))
#: How a relative clause is read: from a token on, to a token, the thing it is about.
Relative = Callable[[int, int, Phrase], Clause | None]


class PhraseParser:
    """Reads spans of the tokens of one sentence as noun phrases."""

    def __init__(self, text: str, tokens: Sequence[Token], relative: Relative | None = None):
        self.text = text
        self.tokens = tokens
        self.relative = relative
        self.lows = [token.low for token in tokens]
        self._read: dict[tuple[int, int], Phrase | None] = {}

    @cached_property
    def relatives(self) -> list[int]:
        """Where “who” or “that” may begin a clause."""
        return [k for k, token in enumerate(self.tokens) if token.may_be(_RELATIVE)]

    @cached_property
    def _subjects(self) -> list[int]:
        """Where a clause without “that” may begin: “the book I lent you”."""
        return [k for k in range(1, len(self.tokens)) if self._begins_relative(k)]

    def span(self, first: int, last: int) -> str:
        """The words of these tokens as they stand."""
        return self.text[self.tokens[first].start : self.tokens[last - 1].end]

    def make(
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
        if ["half", "past"] in (self.lows[last - 2 : last], self.lows[last - 1 : last + 1]):
            return None
        whole = range_of(self, first, last) or approximate_amount(self, first, last)
        whole = whole or composed_amount(self, first, last)
        if whole is not None:
            return whole
        time = time_of(token, first, last)
        if time is not None:
            head, mods = time
            return self.make(first, last, head, "time", mods)
        if token[first].low in (",", "and", "or") or token[last - 1].low in (",", "and", "or"):
            return None
        found, applies = coordination(self, first, last)
        if applies:
            return found
        for read in (self._relative, self._owned, self._with_preposition):
            found, applies = read(first, last)
            if applies:
                return found
        return self.simple(first, last) or self._labelled(first, last)

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
        owner, noun = self.phrase(0, head), self.simple(head, last)
        if owner is None or owner.kind != "name" or noun is None or noun.kind != "noun":
            return None
        return replace(noun, text=self.span(0, last), start=owner.start, owner=owner)

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
        for k in self.relatives:
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
                thing = self.simple(k + 1, last)
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

    def simple(self, first: int, last: int) -> Phrase | None:
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
                owner = pronoun_of(t)
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
            if not is_premodifier(self.tokens, k, begin, last):
                return None
        return self._nominal(first, begin, last, head, determiner, owner)

    def _single(self, at: int) -> Phrase | None:
        token = self.tokens[at]
        low = token.low
        if low in FIRST_PERSON or (low in _US and token.may_be("PS")):
            if token.tags[0] == "S":
                return None
            return Phrase(
                ME if low in FIRST_PERSON else "we", token.word, token.start, token.end, "pronoun"
            )
        if low in _ANYBODY or low in _NOBODY:
            determiner = "no" if low in _NOBODY else "every"
            return Phrase(
                "anybody", token.word, token.start, token.end, "anybody", determiner=determiner
            )
        if token.may_be("P") or low in ("all", "both", "each", "half"):
            return Phrase(low, token.word, token.start, token.end, "pronoun")
        return None

    def _nominal(
        self, first: int, begin: int, last: int, head: Token, determiner: str, owner: Phrase | None
    ) -> Phrase | None:
        token = self.tokens
        named = leading_name(self.tokens, begin) if owner is None and not determiner else begin
        if begin < named < last and head.tags[0] == "N":
            # “campaign Falun status” is the status of that campaign
            holder, whole = self.phrase(begin, named), self.simple(named, last)
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
            return measured_quality(self, first, begin, last, head)
        if kind == "adjective":
            described = frozenset(t.low for t in token[begin : last - 1])
            return replace(thing, head=head.low, kind="adjective", mods=described)
        return replace(thing, head=singular(head.low), kind=kind, number=number)

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
