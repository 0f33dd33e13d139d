"""Parses the clause of a question: with an inverted auxiliary, or declarative.

A stranded preposition is the gap; without an auxiliary the subject is.
"""

from collections.abc import Iterator
from dataclasses import replace

from ingest.language.clauses import ClauseReader
from ingest.language.groups import catenative_groups, groups, may_begin
from ingest.language.phrase_kinds import compact, pronoun_of
from ingest.language.records import Clause, Modality, Phrase, Tense, Token
from ingest.language.verbs import verb_of
from ingest.language.word_lists import words

#: The cost of a reading, its clause, and its stranded preposition.
Candidate = tuple[float, Clause, str]
_MODALITY: dict[str, Modality] = {
    "should": "obliged",
    "must": "obliged",
    "may": "possible",
    "might": "possible",
}


class QuestionReader:
    """Parses the tokens of one question after the question word."""

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.text = text
        self.tokens = tokens
        self.clause_reader = ClauseReader(text, tokens)
        self.low = self.clause_reader.low
        self.length = len(tokens)

    def is_auxiliary(self, at: int) -> bool:
        return at < self.length and self.tokens[at].tags[0] in "MXHO"

    def open(self, at: int) -> Iterator[Candidate]:
        """The clauses after the question word: with a subject, or with it as the subject."""
        if at >= self.length:
            return
        yield from self.inverted(at, open_=True)
        if may_begin(self.tokens[at]) or self.tokens[at].may_be("nR"):
            for group in groups(self.tokens, at, None):
                if group.clause.verb == "do" and group.end < self.length:
                    continue
                cost = group.cost if group.cost < 4 else group.cost - 4
                yield from self._remainder(group.end, group.clause, cost + 0.6)
            # an s-form agrees with a question word as it does with “he”
            for group in groups(self.tokens, at, Phrase("who", "who", 0, 0, "pronoun")):
                yield from self._remainder(
                    group.end, replace(group.clause, subject=None), group.cost + 0.6
                )
        yield from self.declarative(at)

    def possession(self, at: int) -> Iterator[Candidate]:
        """“How many seats has the van?”, where have is the verb itself."""
        for cut in range(self.length, at + 1, -1):
            subject = self._subject(at + 1, cut)
            if subject is not None:
                tense: Tense = "past" if self.low(at) == "had" else "present"
                clause = Clause("have", subject, tense=tense)
                yield from self._remainder(cut, clause, 0.05 * (self.length - cut))
        yield from self.open(at)

    def declarative(self, at: int) -> Iterator[Candidate]:
        """In declarative order: “… where Tove lives”."""
        for verb in range(at + 1, self.length):
            if not may_begin(self.tokens[verb]):
                continue
            subject = self.clause_reader.parser.phrase(at, verb)
            if subject is None or subject.kind == "adjective":
                continue
            for group in groups(self.tokens, verb, subject):
                yield from self._remainder(group.end, group.clause, group.cost + 1.5)

    def _remainder(self, at: int, clause: Clause, cost: float) -> Iterator[Candidate]:
        """The rest of the verb phrase up to the end; a preposition may be stranded."""
        self.clause_reader.tried = 0
        for more, clauses, end in self.clause_reader.complements(at, clause):
            reported = clauses[0].object is not None and clauses[0].object.kind == "clause"
            if end == self.length and (len(clauses) == 1 or reported):
                yield cost + more, clauses[0], ""
        for left in range(self.length - 1, at - 1, -1):
            preposition, after = self.tokens[left], self.low(left + 1)
            if (
                not preposition.may_be("IT")
                or preposition.low == "before"
                or (after and after not in words("after_alone"))
            ):
                continue
            cut = ClauseReader(self.text, [*self.tokens[:left], *self.tokens[left + 1 :]])
            for more, clauses, end in cut.complements(at, clause):
                if end == self.length - 1 and len(clauses) == 1:
                    # be without a complement is no fault where a preposition asks for it
                    yield cost + max(0.0, more - 2.0) + 0.1, clauses[0], preposition.low

    def inverted(self, at: int, *, open_: bool = False) -> Iterator[Candidate]:
        """Auxiliary, subject, verb, rest."""
        aux = self.low(at)
        token = self.tokens[at]
        if not token.may_be("MXHO") and aux not in ("is", "are", "was", "were", "am"):
            return
        negated = self.low(at + 1) in ("n't", "not")
        if aux == "wo" and not negated:
            # German “wo”, and no “won't”
            return
        begin = at + 1 + negated
        adverbs: tuple[str, ...] = ()
        while (
            begin < self.length
            and self.tokens[begin].tags[0] == "R"
            and self.low(begin) not in ("there", "here")
        ):
            adverbs = (*adverbs, self.low(begin))
            begin += 1
        if open_ and negated and begin < self.length and self.tokens[begin].tags[0] in "GLBV":
            # “who isn't coming?”: who it is that does not
            return
        if begin >= self.length:
            if adverbs and aux in ("is", "are", "was", "were"):
                yield 0.5, Clause("be", adverbs=adverbs, tense=_tense(aux)), ""
            return
        frame = Clause("", adverbs=adverbs, negated=negated, tense=_tense(aux))
        frame = replace(frame, modality=_MODALITY.get(aux, "asserted"))
        if "X" in token.tags:
            yield from self._copular(begin, frame, open_=open_)
        for verb in range(begin + 1, self.length):
            subject = self._subject(begin, verb)
            if subject is None:
                continue
            start, extended = self._with_adverbs(verb, frame)
            if start >= self.length:
                continue
            odd = 1.0 if self.tokens[verb - 1].tags[0] == "J" else 0.0
            for clause, end, cost in self._verb_groups(
                aux, start, replace(extended, subject=subject)
            ):
                yield from self._remainder(end, clause, odd + cost + 0.02 * (self.length - verb))

    def _with_adverbs(self, at: int, clause: Clause) -> tuple[int, Clause]:
        """The clause with its adverbs and negations, and the start of the verb."""
        while (
            at < self.length
            and self.tokens[at].tags[0] in "nR"
            and not self.tokens[at].may_be("JBVLG")
        ):
            low = self.low(at)
            clause = (
                replace(clause, negated=True)
                if low in ("not", "never")
                else replace(clause, adverbs=(*clause.adverbs, low))
            )
            at += 1
        return at, clause

    def _subject(self, first: int, stop: int) -> Phrase | None:
        if stop - first == 1 and self.low(first) == "there":
            return pronoun_of(self.tokens[first])
        phrase = self.clause_reader.parser.phrase(first, stop)
        return None if phrase is None or phrase.kind == "adjective" else phrase

    def _verb_groups(
        self, aux: str, at: int, clause: Clause
    ) -> Iterator[tuple[Clause, int, float]]:
        low = self.low(at)
        token = self.tokens[at]
        capital = 3.0 if token.word[:1].isupper() else 0.0
        if aux in ("is", "are", "was", "were", "am"):
            yield from self._after_be(at, clause, capital)
            return
        after = self.tokens[at + 1] if at + 1 < self.length else None
        base = verb_of(self.low(at + 1), "participle")
        passive = after is not None and "L" in after.tags and bool(base)
        if aux in ("has", "have", "had"):
            if passive and low == "been":
                yield replace(clause, verb=base, passive=True), at + 2, 0.0
            base = "be" if low == "been" else verb_of(low, "participle")
            if base:
                yield replace(clause, verb=base), at + 1, capital
            return
        if passive and low == "be":
            yield replace(clause, verb=base, passive=True), at + 2, 0.0
        base = verb_of(self.low(at + 1), "ing") if low == "be" else ""
        if base and after is not None and "G" in after.tags:
            # “Will we be living there?”
            yield replace(clause, verb=base, progressive=True), at + 2, 0.0
        base = low if low in ("have", "be", "do") else verb_of(low, "base")
        if base:
            unlikely = 0.0 if token.may_be("BV") else 1.0
            compound = token.tags[0] == "N" == self.tokens[at - 1].tags[0]
            if compound and any(following.may_be("BV") for following in self.tokens[at + 1 :]):
                # “Does the water pressure gauge work?”
                unlikely += 1.5
            if base == "use" and self.low(at + 1) == "to":
                inner = verb_of(self.low(at + 2), "base")
                if inner:
                    yield replace(clause, verb=inner, tense="past"), at + 3, 0.0
                    return
            for group in catenative_groups(self.tokens, at + 1, replace(clause, verb=base), 0.0):
                yield group.clause, group.end, capital + unlikely

    def _after_be(
        self, at: int, clause: Clause, capital: float
    ) -> Iterator[tuple[Clause, int, float]]:
        """“going to sing”, “(being) sung”, “singing”."""
        low, token = self.low(at), self.tokens[at]
        planned = low == "going" and self.low(at + 1) == "to"
        base = verb_of(self.low(at + 2), "base") if planned else ""
        if base:
            yield replace(clause, verb=base, tense="future"), at + 3, 0.0
        being = low == "being"
        base = verb_of(self.low(at + 1) if being else low, "participle")
        if base and ("L" in token.tags or being):
            more = replace(clause, verb=base, passive=True, progressive=being)
            yield more, at + 1 + being, capital
        base = verb_of(low, "ing")
        if base and "G" in token.tags:
            yield replace(clause, verb=base, progressive=True), at + 1, capital

    def _copular(self, begin: int, frame: Clause, *, open_: bool) -> Iterator[Candidate]:
        """Be as the verb: the longest subject that leaves a remainder."""
        clause = replace(frame, verb="be")
        for cut in range(self.length, begin, -1):
            subject = self._subject(begin, cut)
            if subject is None:
                continue
            cost = 0.05 * (self.length - cut)
            if cut < self.length and (subject.inside or not subject.head):
                cost += 1.0
            if self.tokens[cut - 1].tags[0] == "J" and subject.kind == "noun":
                cost += 1.0
            parted = open_ and cut < self.length and self.tokens[cut - 1].tags[0] == "N"
            if parted and self.tokens[cut].tags[0] == "N":
                # “Where is Ann's contact person?”, but “is my plan pro?” needs what it is.
                cost += 1.0
            if cut - begin == 1 and self.tokens[begin].tags[0] == "G":
                # “Who is standing in for Ann?”
                cost += 1.0
            if (
                cut < self.length
                and self.tokens[cut].tags[0] == "E"
                and self.tokens[cut - 1].tags[0] == "E"
            ):
                cost += 0.5
            if cut < self.length and self.low(cut) == "of":
                continue
            if open_ and cut == self.length and compact(subject):
                # “Where is the garden hose?” needs no more, nor does “the vacuum cleaner”
                tags = self.tokens[cut - 1].tags
                complete = tags[0] in "NECp" or tags == "JN" or self._is_compound(begin, cut)
                yield 0.0 if complete else 1.0, replace(clause, subject=subject), ""
            for odd, reading, missing in self._remainder(
                cut, replace(clause, subject=subject), cost
            ):
                # “Where is the picnic if it rains?” needs no more either
                conditional = open_ and reading.condition and reading.complement is None
                yield odd - 2.0 * bool(conditional), reading, missing
            if subject.inside and cut == self.length and all(p for p, _ in subject.inside):
                # “Is the key in the drawer?”: what stands inside may be what is asked
                short = replace(subject, inside=())
                yield 1.3, replace(clause, subject=short, prepositions=subject.inside), ""
        # nothing before it: “who is in the garden?”, “what is on the table?”
        yield from self._remainder(begin, clause, 0.8)

    def _is_compound(self, begin: int, end: int) -> bool:
        """“the config file”, “the access token”: two nouns after an article."""
        previous, head = self.tokens[end - 2 : end]
        determined = end - begin > 2 and self.tokens[begin].may_be("DS")
        return determined and "N" in previous.tags and head.tags[0] not in "GLRJ"


def _tense(aux: str) -> Tense:
    if aux in ("did", "was", "were", "had"):
        return "past"
    if aux in ("will", "shall", "wo"):
        return "future"
    return "perfect" if aux in ("has", "have") else "present"
