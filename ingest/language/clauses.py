"""Parses sentences into clauses with roles.

Each clause has one finite verb. Every candidate verb is tried; of all readings that use every word
the cheapest is chosen, and without one the sentence is not analysed. Elided parts (“Ann likes tea
and Ben coffee”) come from the clause before: a segment without a verb whose phrases fill the same
roles (gapping, after Ross, 1970).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import chain, islice

from ingest.language.arguments import (
    clause_cost,
    coordination_cost,
    differs_in_owner,
    fillings,
    is_unit_amount,
    name_cost,
    verb_cost,
)
from ingest.language.constructions import (
    all_but,
    cleft,
    imperative,
    inverted,
    negative_coordination,
    subjectless,
    verbless,
)
from ingest.language.gaps import SORRY, amended, gapped, likewise, partitive
from ingest.language.groups import BEGINS, DISAGREES, Group, catenative_groups, groups, may_begin
from ingest.language.phrase_kinds import compact, pronoun_of
from ingest.language.phrases import PhraseParser
from ingest.language.records import Clause, Phrase, Segment, Token
from ingest.language.verbs import verb_of
from ingest.language.word_lists import words

#: Readings tried per sentence, and complete ones compared.
_TRIED, _COMPARED = 1500, 6
_BEFORE_VERB = frozenset("nRD")
_REASON = ("because", "since", "as")
_CONDITION = ("if", "unless", "when")
_CONCESSIVE = ("while", "whereas", "although", "though")
_TEMPORAL = ("until", "till", "before", "after", "while")

Reading = tuple[float, tuple[Clause, ...]]


class ClauseReader:
    """Parses the tokens of one sentence, without its end mark."""

    def __init__(self, text: str, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.parser = PhraseParser(text, tokens, self.relative)
        self.tried = 0
        self._chunks: dict[int, list[tuple[int, Phrase]]] = {}
        self._prefixes: dict[int, ClauseReader] = {}

    @cached_property
    def length(self) -> int:
        """The number of tokens."""
        return len(self.tokens)

    def read(self) -> tuple[Clause, ...] | None:
        """The clauses of the whole sentence; None if some word has no role."""
        readings = list(islice(self._from(0, ()), _COMPARED))
        return min(readings, key=lambda reading: reading[0])[1] if readings else None

    def low(self, at: int) -> str:
        return self.tokens[at].low if 0 <= at < self.length else ""

    # -- sentences

    def _from(self, at: int, preceding: tuple[Clause, ...]) -> Iterator[Reading]:
        """Yield the readings from here on, given the clauses so far."""
        self.tried += 1
        if self.tried > _TRIED:
            return
        if at >= self.length:
            if preceding:
                yield 0.0, preceding
            return
        start = at
        while start < self.length and (
            (self.tokens[start].tags[0] in ",;&:" and self.low(start) not in ("or",))
            or (preceding and self.low(start) in ("so", "then", "also"))
        ):
            start += 1
        for cost, clauses, end in self._segments(start, preceding):
            for more, reading in self._from(end, clauses):
                yield cost + more, reading

    def _segments(self, at: int, preceding: tuple[Clause, ...]) -> Iterator[Segment]:
        segments: list[Segment] = []
        if preceding:
            for read in (partitive, amended, likewise, gapped):
                segments += read(self, at, preceding)
        for cost, clauses, end in self._clause(at, preceding):
            segments.append((cost, (*preceding, *clauses), end))
        # A clause up to the end, and one without cost, come first.
        segments.sort(key=lambda segment: (segment[0], -segment[2]))
        yield from segments

    def _clause(self, at: int, preceding: tuple[Clause, ...]) -> Iterator[Segment]:
        """A clause with its own verb, including what precedes its subject."""
        if (self.low(at), self.low(at + 1)) == ("according", "to"):
            for end, phrase in self.phrases(at + 2):
                if self.low(end) == ",":
                    yield from self._quoted(end + 1, Clause("say", phrase, tense="perfect"))
        for lead, start, asides in self._leads(at, Clause("")):
            for cost, clause, end in chain(
                self._core(start, preceding), inverted(self, start, lead)
            ):
                subordinate = clause[1:]
                main = _existing(clause[0])
                of, number = lead.role("of"), main.subject
                if of is not None and number is not None and number.kind == "number":
                    # “of the 30 chairs, 7 are broken”
                    part = replace(of, text=number.text, number=number.text, determiner="some")
                    yield cost, (replace(main, subject=part), *subordinate), end
                    continue
                if lead.prepositions or lead.adverbs:
                    main = replace(
                        main,
                        prepositions=(*lead.prepositions, *clause[0].prepositions),
                        adverbs=(*lead.adverbs, *clause[0].adverbs),
                    )
                if lead.condition:
                    main = replace(main, condition=lead.condition, modality="conditional")
                if lead.reason is not None:
                    main = replace(main, reason=lead.reason)
                yield cost, (*asides, main, *subordinate), end

    def _leads(self, at: int, lead: Clause) -> Iterator[tuple[Clause, int, tuple[Clause, ...]]]:
        """Adverbs, phrases, conditions and reasons before the subject; reasons with clauses."""
        low = self.low(at)
        comma = next((k for k in range(at, self.length) if self.low(k) == ","), None)
        conditional = low in ("if", "unless") or (low == "in" and self.low(at + 1) == "case")
        if comma is not None and conditional:
            yield replace(lead, condition=self.parser.span(at, comma)), comma + 1, ()
            return
        if comma and low in _REASON:
            yield from self._leading_reason(at, comma, lead)
        following = at + 1
        # “no dogs are allowed” says of how many
        counts = low == "no" and self.low(following) not in (",", ":")
        opens = low in (*SORRY, "please", "oh", "yes", "well", "note", "fyi")
        if at < self.length and opens and not counts:
            if self.low(following) in (",", ":", "that"):
                following += 1
            yield from self._leads(following, lead)
            return
        yield lead, at, ()
        if at >= self.length:
            return
        if low == "since" and self.low(at + 1) == "then":
            yield from self._leads(at + 2 + (self.low(at + 2) == ","), lead)
            return
        token = self.tokens[at]
        preposition, begin = self.preposition(at)
        adverb = "R" in token.tags and token.tags[0] not in "IP" and low not in ("there", "here")
        if adverb and begin < at + 2:
            more = replace(lead, adverbs=(*lead.adverbs, low))
            yield from self._leads(at + 1 + (self.low(at + 1) == ","), more)
        if preposition:
            phrases = self.phrases(begin)
            # “since March Ann works there”: the time is shorter than what may be one name
            # “after the wedding Ines moved”: so is what stands before a name
            short = [e for e in phrases[2:] if e[1].kind == "time" or self._is_name_start(e[0])]
            for end, phrase in (*phrases[:2], *short):
                more = lead.adding(preposition, phrase)
                yield from self._leads(end + (self.low(end) == ","), more)
        else:
            for end, phrase in self.phrases(at)[:1]:
                if phrase.kind == "time":
                    more = lead.adding("", phrase)
                    yield from self._leads(end + (self.low(end) == ","), more)

    def _leading_reason(
        self, at: int, comma: int, lead: Clause
    ) -> Iterator[tuple[Clause, int, tuple[Clause, ...]]]:
        """“because it rained, we stayed”."""
        for _, inner, end in self._clause(at + 1, ()):
            if end == comma:
                reason = self.embedded(inner[0].verb, at, end)
                yield replace(lead, reason=reason), comma + 1, inner
                return

    def _is_name_start(self, at: int) -> bool:
        return at < self.length and self.tokens[at].tags[0] == "E"

    def _core(self, at: int, preceding: tuple[Clause, ...]) -> Iterator[Segment]:
        """Subject, verb and complements."""
        if at >= self.length:
            return
        yield from self._noncanonical(at, preceding)
        if self.low(at) in words("all_but") and self.low(at + 1) in ("but", "except"):
            yield from all_but(self, at)
            if "D" not in self.tokens[at + 2].tags:
                return
        if self.low(at) == "both":
            at += 1
        for verb in range(at + 1, self.length):
            subject = self.subject(at, verb) if verb in self._verbs else None
            if subject is None:
                continue
            odd = verb_cost(self.tokens, at, verb, subject)
            for group in groups(self.tokens, verb, subject):
                if subject.head == "it" and group.clause.verb == "be":
                    yield from cleft(self, group.end)
                for more, clauses, end in self.completed(group):
                    yield odd + group.cost + more, clauses, end

    def _noncanonical(self, at: int, preceding: tuple[Clause, ...]) -> Iterator[Segment]:
        """Clauses with an omitted subject or verb, or a shared subject."""
        yield from imperative(self, at, preceding)
        if not preceding:
            yield from subjectless(self, at)
            yield from verbless(self, at)
        elif preceding[-1].subject is not None:
            yield from self._shared(at, preceding[-1])
        if self.low(at) == "neither":
            yield from negative_coordination(self, at)

    @cached_property
    def is_verbal(self) -> bool:
        """Whether some word is most likely a verb."""
        return not BEGINS.isdisjoint([token.tags[0] for token in self.tokens])

    @cached_property
    def _verbs(self) -> frozenset[int]:
        """Where a verb group may begin, also with adverbs or a negation."""
        first = [at for at, token in enumerate(self.tokens) if not BEGINS.isdisjoint(token.tags)]
        before = {at - step for at in first for step in (1, 2) if at >= step}
        return frozenset(
            (*first, *[at for at in before if not _BEFORE_VERB.isdisjoint(self.tokens[at].tags)])
        )

    def subject(self, first: int, stop: int) -> Phrase | None:
        if self.low(stop - 1) == "," and self.low(first) != ",":
            if not any(self.low(k) == "," for k in range(first, stop - 1)):
                return None
            stop -= 1
        if stop - first == 1 and self.low(first) == "there":
            return pronoun_of(self.tokens[first])
        if stop - first == 1 and self.tokens[first].tags[0] == "J" and first:
            return None
        phrase = self.parser.phrase(first, stop)
        return None if phrase is None or phrase.kind == "adjective" else phrase

    def _shared(self, at: int, previous: Clause) -> Iterator[Segment]:
        """A second verb of the same subject: “… and lives in Odense”, “… and sung by Mirko”."""
        token = self.tokens[at]
        if token.tags[0] == "J" and _third(previous.subject):
            # “slow and steady wins”
            return
        if previous.passive and previous.verb != "bear" and "L" in token.tags:
            base = verb_of(token.low, "participle")
            clause = Clause(
                base,
                previous.subject,
                tense=previous.tense,
                modality=previous.modality,
                passive=True,
            )
            for more, clauses, end in self.complements(at + 1, clause) if base else ():
                yield more, clauses, end
        modal = previous.modality in ("possible", "obliged", "planned")
        if previous.tense in ("perfect", "future") or modal:
            kind = "participle" if previous.tense == "perfect" else "base"
            base = verb_of(token.low, kind)
            if base and token.may_be("LVB"):
                clause = Clause(
                    base, subject=previous.subject, tense=previous.tense, modality=previous.modality
                )
                for more, clauses, end in self.complements(at + 1, clause):
                    yield 0.2 + more, clauses, end
        if may_begin(token) or token.may_be("nR"):
            for group in groups(self.tokens, at, previous.subject):
                for more, clauses, end in self.completed(group):
                    yield 0.3 + group.cost + more, clauses, end

    # -- what belongs to a verb

    def phrases(self, at: int) -> list[tuple[int, Phrase]]:
        """The phrases that begin here, the longest first, without prepositions but “of”."""
        if at not in self._chunks:
            chunks: list[tuple[int, Phrase]] = []
            if at < self.length:
                for end in range(min(self.length, at + 16), at, -1):
                    phrase = self.parser.phrase(at, end)
                    if phrase is not None and compact(phrase):
                        chunks.append((end, phrase))
            self._chunks[at] = chunks
        return self._chunks[at]

    def completed(self, group: Group) -> Iterator[Segment]:
        """A verb group with its complements, and the matrix clause."""
        for cost, clauses, end in self.complements(group.end, group.clause):
            if group.lead is not None:
                infinitive = self.embedded(clauses[0].verb, group.end - 1, end)
                main = replace(clauses[0], matrix=replace(group.lead, object=infinitive))
                clauses = (main, *clauses[1:])
            yield cost, clauses, end

    def complements(self, at: int, clause: Clause) -> Iterator[Segment]:
        """Yield the complements of a verb, up to each possible end of the clause."""
        self.tried += 1
        if self.tried > _TRIED:
            return
        if at >= self.length:
            yield clause_cost(clause), (clause,), at
            return
        token = self.tokens[at]
        low = token.low
        yield from self._subordinate(at, clause)
        if low in ("not", "n't", "never"):
            yield from self.complements(at + 1, replace(clause, negated=not clause.negated))
            return
        if low == "anymore" or (low == "any" and self.low(at + 1) in ("more", "longer")):
            after = at + (1 if low == "anymore" else 2)
            yield from self.complements(after, replace(clause, ceased=True))
            return
        yield from self._prepositional(at, clause)
        if token.tags[0] != "J" and ("R" in token.tags or low in words("particle")):
            cost = 0.1
            if "I" in token.tags:
                cost = 2.0 if token.tags[0] == "I" and self.phrases(at + 1) else 0.4
            for more, clauses, end in self.complements(
                at + 1, replace(clause, adverbs=(*clause.adverbs, low))
            ):
                yield cost + more, clauses, end
        yield from self._with_phrase(at, clause)
        if token.may_be(",;&:"):
            yield clause_cost(clause), (clause,), at
            for end, place in self._late_place(at + 1) if low == "," else ():
                located = clause.adding("in", place)
                yield 0.2 + clause_cost(located), (located,), end
            if low == "," and at + 1 < self.length and self._late_phrase(at + 1):
                for more, clauses, end in self.complements(at + 1, clause):
                    yield 0.5 + more, clauses, end

    def _with_phrase(self, at: int, clause: Clause) -> Iterator[Segment]:
        """A phrase without a preposition, in each possible role."""
        for end, phrase in self.phrases(at):
            if phrase.members and self.low(end) in ("it", "them") and self.low(end - 2) == "and":
                # “empty the bin and rinse it”
                continue
            filled = fillings(clause, phrase)
            odd = coordination_cost(self.tokens, at, end) if phrase.members else name_cost(phrase)
            odd += verb_cost(self.tokens, at, end, phrase)
            whose = clause.subject.owner if clause.subject is not None else None
            if phrase.members and whose is not None and differs_in_owner(phrase):
                # “Monday's soup is lentil and Tuesday's tomato”
                odd += 2.0
            if phrase.members:
                odd += 1.5 * ({bool(m.names) for m in phrase.members} == {True, False})
                odd += 1.5 * ({"name", "noun"} <= {m.kind for m in phrase.members})
            for cost, filling in filled:
                for more, clauses, stop in self.complements(end, filling):
                    yield odd + cost + more, clauses, stop

    def _late_place(self, at: int) -> Iterator[tuple[int, Phrase]]:
        """“The exam is on Monday, room H204.”"""
        end = at + 2
        if end > self.length or (end < self.length and self.low(end) != ";"):
            return
        name, code = self.tokens[at], self.tokens[at + 1]
        if "N" in name.tags and name.word.islower() and any(map(str.isdigit, code.word)):
            text = self.parser.span(at, end)
            mods = frozenset((code.low,))
            yield end, Phrase(name.low, text, name.start, code.end, "noun", mods)

    def _late_phrase(self, at: int) -> bool:
        phrases = self.phrases(at)
        return bool(self.preposition(at)[0] or (phrases and phrases[0][1].kind == "time"))

    def _prepositional(self, at: int, clause: Clause) -> Iterator[Segment]:
        """A preposition with its phrase."""
        token = self.tokens[at]
        preposition, begin = self.preposition(at)
        if not preposition:
            return
        base = verb_of(self.low(begin), "base") if token.low == "to" else ""
        if base:
            yield from self._infinitive(base, begin, clause)
        for end, phrase in self.phrases(begin):
            directional = preposition in ("to", "from") and clause.verb in words("change")
            if (
                phrase.kind == "adjective"
                and preposition not in ("as", "than", "for")
                and not directional
            ):
                continue
            more = clause.adding(preposition, phrase)
            penalty = (
                coordination_cost(self.tokens, begin, end) if phrase.members else name_cost(phrase)
            )
            penalty += verb_cost(self.tokens, begin, end, phrase)
            penalty += 1.5 * (len({is_unit_amount(member) for member in phrase.members}) > 1)
            # “to replace the lamp” is a purpose.
            is_verb = bool(base) and end == begin + 1 < self.length
            is_verb = is_verb and self.tokens[end].tags[0] in "DP"
            penalty += 2.0 * (is_verb and all(p.kind != "time" for _, p in self.phrases(end)))
            for cost, clauses, stop in self.complements(end, more):
                yield penalty + cost, clauses, stop

    def _infinitive(self, base: str, begin: int, clause: Clause) -> Iterator[Segment]:
        """“to …” as what somebody is told to do, or as a purpose."""
        addressee = clause.object or (clause.subject if clause.passive else None)
        if clause.verb in words("order") and addressee is not None:
            # “Ann told me to take the tablets”, “I was told to stop taking them”
            order = Clause(base, subject=addressee, modality="obliged")
            for group in catenative_groups(self.tokens, begin + 1, order, 0.0):
                for cost, clauses, end in self.completed(group):
                    yield group.cost + cost, (clause, *clauses), end
        if "B" in self.tokens[begin].tags:
            # “to see the doctor”
            for end in range(self.length, begin, -1):
                if end == self.length or self.tokens[end].may_be(",;&A"):
                    phrase = self.embedded(base, begin, end)
                    more = clause.adding("to", phrase)
                    for cost, clauses, stop in self.complements(end, more):
                        yield 1.0 + cost, clauses, stop

    def preposition(self, at: int) -> tuple[str, int]:
        low = self.parser.lows[at : at + 3]
        for end in (3, 2):
            if (joined := "_".join(low[:end])) in words("compound"):
                return joined, at + end
        if low[:2] == ["rather", "than"]:
            return "instead_of", at + 2
        if low[:1] == ["except"] and len(low) > 1 and "I" in self.tokens[at + 1].tags:
            return "_".join(low[:2]), at + 2
        token = self.tokens[at]
        if low[0] == "plus" and len(low) > 1 and "C" in self.tokens[at + 1].tags:
            # “1,200 euros plus 80 for heating”
            return "plus", at + 1
        if not token.may_be("IT") or token.low in ("if",):
            return "", at
        return token.low, at + 1

    def _subordinate(self, at: int, clause: Clause) -> Iterator[Segment]:
        """Embedded clauses: reasons, conditions, reported speech."""
        low = self.low(at)
        begin = at
        if low == "," and self.low(at + 1) in (*_REASON, *_CONDITION, *_CONCESSIVE):
            begin, low = at + 1, self.low(at + 1)
        token = self.tokens[begin]
        if low in _CONDITION and begin > 0:
            stop = self._stop(begin)
            text = self.parser.span(begin, stop)
            changed = replace(clause, condition=text)
            if low != "when":
                changed = replace(changed, modality="conditional")
            yield clause_cost(clause), (changed,), stop
        if low in (*_REASON, *_CONCESSIVE, *_TEMPORAL) and token.may_be("AI"):
            for cost, inner, end in self._clause(begin + 1, ()):
                first = begin if low in _REASON else begin + 1
                phrase = self.embedded(inner[0].verb, first, end)
                if low in _REASON:
                    outer = replace(clause, reason=phrase)
                    yield cost + 0.5 + clause_cost(clause), (outer, *inner), end
                elif low in _CONCESSIVE and (low != "while" or begin > at):
                    yield cost + 0.5 + clause_cost(clause), (clause, *inner), end
                else:
                    more = (*clause.prepositions, (low, phrase))
                    yield (
                        cost + 0.5 + clause_cost(clause),
                        (replace(clause, prepositions=more),),
                        end,
                    )
        addressee = clause.object
        addressed = addressee is None or (clause.verb in words("order") and clause.second is None)
        if clause.verb in words("think") and begin == at and addressed:
            yield from self._quoted(at + (low == "that"), replace(clause, second=addressee))

    def _quoted(self, at: int, clause: Clause) -> Iterator[Segment]:
        """A clause of saying whose object, the quotation, begins here."""
        for cost, inner, end in self._clause(at, ()):
            quoted = tuple(replace(c, modality="quoted") for c in inner)
            yield (
                cost,
                (replace(clause, object=self.embedded(inner[0].verb, at, end)), *quoted),
                end,
            )

    def embedded(self, verb: str, first: int, stop: int) -> Phrase:
        """A clause as a phrase of another one."""
        start, end = self.tokens[first].start, self.tokens[stop - 1].end
        return Phrase(verb, self.parser.span(first, stop), start, end, "clause")

    def _stop(self, at: int) -> int:
        return next(
            (k for k in range(at + 1, self.length) if self.low(k) in (",", ";")), self.length
        )

    # -- relative clauses

    def relative(self, first: int, stop: int, antecedent: Phrase) -> Clause | None:
        """“who repairs our roof”, “that Ann lent me”, “I lent you”, about an antecedent."""
        inner = self._prefixes.get(stop)
        if inner is None:
            inner = ClauseReader(self.parser.text, self.tokens[:stop])
            inner._prefixes = self._prefixes
            self._prefixes[stop] = inner
        begin = first
        marked = "W" in self.tokens[first].tags and self.low(first) not in ("what",)
        if marked:
            begin += 1
            for group in groups(inner.tokens, begin, antecedent) if begin < stop else ():
                for clause in inner.up_to(stop, group):
                    return clause
        return inner.object_relative(begin, stop, antecedent)

    def object_relative(self, begin: int, stop: int, antecedent: Phrase) -> Clause | None:
        """“(that) Ann lent me”, whose object is the antecedent."""
        for verb in range(begin + 1, stop):
            if BEGINS.isdisjoint(self.tokens[verb].tags):
                continue
            subject = self.parser.phrase(begin, verb)
            if subject is None or subject.kind == "adjective":
                continue
            for group in groups(self.tokens, verb, subject):
                if group.clause.verb == "be" or group.cost >= DISAGREES:
                    continue
                for clause in self.up_to(stop, group):
                    if clause.object is None:
                        return replace(clause, object=antecedent)
                    if clause.second is None and clause.verb in words("give"):
                        return replace(clause, second=clause.object, object=antecedent)
        return None

    def up_to(self, stop: int, group: Group) -> Iterator[Clause]:
        """The clauses of a verb group that end exactly at `stop`."""
        for _, clauses, end in self.complements(group.end, group.clause):
            if end == stop:
                yield clauses[0]


def _third(subject: Phrase | None) -> bool:
    """Whether its verb takes an s in the present."""
    if subject is None or subject.members or subject.kind == "pronoun":
        return subject is not None and subject.head in ("he", "she", "it")
    return subject.kind == "name" or not subject.text.lower().endswith("s")


def _existing(clause: Clause) -> Clause:
    """“There are 15 books on the desk” is about the books."""
    subject, complement = clause.subject, clause.object or clause.complement
    if subject is None or subject.head != "there" or clause.verb != "be" or complement is None:
        return clause
    return replace(clause, subject=complement, object=None, complement=None)
