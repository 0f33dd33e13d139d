"""Finds the subject of every verb group of a sentence, in one pass over its chunks."""

from dataclasses import dataclass, field
from typing import NamedTuple

from ingest.triples import nouns, words
from ingest.triples.chunking import Chunk, Row
from ingest.triples.copula import appositive
from ingest.triples.emission import Claim, emit
from ingest.triples.frames import frame
from ingest.triples.lexicon import lexicon
from ingest.triples.phrases import Line, phrase
from ingest.triples.words import CLASSES

_OPENERS = CLASSES["opens_clause"]
_LISTING = CLASSES["listing"]
_BORDERS = frozenset(("conj", "com", "semi", "quo", "sub", "adv"))
_STOPS = frozenset(("semi", "quo"))
_HYPOTHESIS = CLASSES["hypothesis"]


class Candidate(NamedTuple):
    """A candidate subject."""

    chunk: Chunk | None
    confidence: float = 1.0
    relative_object: Chunk | None = None
    inside: bool = False


_NO_CANDIDATE = Candidate(None)


def read_clauses(line: Line) -> None:
    """Emit all triples of the sentence, except for brackets."""
    row = line.row
    opening = len(row) > 3 and row.matches(0, "prep", "np") and row[1].final_tag in "Ym"
    _Walk(line, row, opening).run()


@dataclass(slots=True)
class _Walk:
    """The state of one pass.

    `waiting` is the noun phrase without a verb so far, `outer` one that waits for the end of an
    embedded clause, `latest` the last subject and `main` that of the main clause.
    """

    line: Line
    row: Row
    opening: bool
    waiting: Chunk | None = None
    outer: Chunk | None = None
    latest: Chunk | None = None
    main: Chunk | None = None
    participles: list[int] = field(default_factory=list)
    participle_subject: Chunk | None = None
    hypothesis: bool = False
    quoted: bool = False

    @property
    def idle(self) -> Chunk | None:
        """The noun phrase that waits for its verb."""
        return None if self.waiting is None or self.waiting.used else self.waiting

    def run(self) -> None:
        for k, chunk in enumerate(self.row):
            kind = chunk.kind
            if kind == "np":
                self._noun_phrase(k)
            elif kind in ("vg", "inf", "ger"):
                self._verb(k)
            elif kind == "quo":
                self._quotation(k)
            elif kind == "semi":
                self.waiting = self.outer = self.main = None
                self.participles = []
                self.hypothesis = False
            elif kind == "sub":
                self.outer = self.idle or self.outer
                self.waiting = None
                self.hypothesis = chunk.first_word in _HYPOTHESIS

    def _quotation(self, k: int) -> None:
        if self.row[k].text == '"':
            self.quoted = not self.quoted
        if self.row.kind(k - 1) == "com":
            self.outer = self.idle or self.outer
        self.waiting = self.latest = self.main = None
        self.hypothesis = False

    def _noun_phrase(self, k: int) -> None:
        chunk, row, context = self.row[k], self.row, self.line.context
        if len(chunk.items) == 2:
            first, second = (phrase(part, self.line) for part in chunk.items)
            if first and second and all(part.final_tag == "E" for part in chunk.items):
                context.plural = f"{first.text} and {second.text}"
        governed = row.kind(k - 1) in ("prep", "vg", "inf", "ger")
        if self.waiting is None and not governed and not row.matches(k - 2, "vg", "adv"):
            self.waiting = chunk
        self._name(chunk)
        appositive(self.line, k)

    def _name(self, chunk: Chunk, subject: bool = False) -> None:
        """Pronouns may refer to names of which nothing is said."""
        for part in chunk.parts():
            if part.head_tag == "E":
                phrase(part, self.line, subject)

    def _verb(self, k: int) -> None:
        verb, row = self.row[k], self.row
        at = k - 1
        while row.kind(at) == "adv" or row.matches(at - 1, "rel", "prep"):
            at -= 1
        preceding = row[at] if at >= 0 else None
        if verb.kind == "inf":
            candidate = Candidate(self.latest, 0.55)
        elif verb.kind == "ger":
            joined = row.kind(at) == "conj"
            opens = preceding is None or preceding.kind in _STOPS
            if opens or (joined and row.kind(at - 1) in _STOPS):
                # "; and looking up, we saw": the participle waits for its subject
                self.participles = [k]
                return
            if joined and self.participles and self.latest is None:
                self.participles.append(k)
                return
            assert preceding is not None
            candidate = self._of_participle(verb, preceding, at)
        else:
            candidate = self._of_finite(k, preceding, at)
        if candidate.chunk is None:
            return
        relative = row.kind(at) == "rel"
        if verb.kind == "vg":
            self._take(candidate, relative, preceding is not None)
        if verb.lemma:
            self._emit(k, candidate, relative)

    def _take(self, candidate: Candidate, relative: bool, inside: bool) -> None:
        """Record the subject of a finite verb; a waiting participle gets it, too."""
        subject = candidate.chunk
        assert subject is not None
        self._name(subject, True)
        self.latest = subject
        if relative:
            return
        if candidate.relative_object is None and not candidate.inside:
            self.main = subject
        subject.used = True
        if inside:
            for k in self.participles:
                frame(self.line, k, subject, 0.8)
            self.participles = []

    def _emit(self, k: int, candidate: Candidate, relative: bool) -> None:
        line, row, verb, subject = self.line, self.row, self.row[k], candidate.chunk
        assert subject is not None
        certainty = candidate.confidence * (0.7 if self.hypothesis else 1)
        if self.quoted:
            pronoun = subject.first_word in ("he", "she", "they", "it")
            certainty *= 0.65 if pronoun else 0.95
        frame(line, k, subject, certainty, candidate.relative_object)
        if self.opening and verb.kind == "vg" and not relative:
            self.opening = False
            relation = f"{verb.lemma} {row[0].first_word}"
            claim = Claim("opening", relation, certainty * 0.8, verb, verb.negated, verb.modal)
            emit(line, subject, claim, row[1])

    def _of_participle(self, verb: Chunk, preceding: Chunk, at: int) -> Candidate:
        predicatives = self.line.predicatives
        candidate = _NO_CANDIDATE
        if preceding.kind == "np":
            nearest = predicatives.get(id(preceding), preceding)
            if nearest is preceding and preceding.items:
                latest = preceding.items[-1]
                # "air and a cabin surrounded by trees": only the cabin is
                nearest = latest if latest.first_tag == "D" else preceding
            certainty = 0.85 if verb.passive else 0.75
            candidate = Candidate(
                nearest, 0.9 if verb.lemma in words.CLASSES["noun_participle"] else certainty
            )
        elif preceding.kind == "com":
            candidate = Candidate(self.waiting, 0.6)
            if self.latest is not None:
                candidate = Candidate(self.latest, 0.7)
            if verb.lemma in _LISTING and self.row.kind(at - 1) == "np":
                enumerated = self.row[at - 1]
                candidate = Candidate(predicatives.get(id(enumerated), enumerated), 0.7)
        elif preceding.kind == "conj":
            candidate = Candidate(self.participle_subject or self.latest, 0.75)
        else:
            return candidate
        self.participle_subject = candidate.chunk
        return candidate

    def _of_finite(self, k: int, preceding: Chunk | None, at: int) -> Candidate:
        kind = preceding.kind if preceding else "semi"
        if self.row[k].first_word == "be":
            # "and be assured": an order
            return _NO_CANDIDATE
        if preceding is None or kind in _STOPS:
            return self._of_speech(k)
        if kind == "rel":
            return self._of_relative(preceding, at)
        if kind == "np":
            return _NO_CANDIDATE if self._is_doing(k) else self._of_noun_phrase(preceding, at)
        if kind == "conj":
            return Candidate(self.latest, self._after_and(k))
        if kind in ("com", "rp"):
            if self.idle is not None:
                return Candidate(self.idle, 0.85)
            if self.outer is not None and not self.outer.used:
                return Candidate(self.outer, 0.75)
            return Candidate(self.main, 0.75)
        if kind == "vg" and self.idle is not None:
            return Candidate(self.idle, 0.75)
        return Candidate(self.latest, 0.5) if kind in ("vg", "inf", "adj") else _NO_CANDIDATE

    def _is_doing(self, k: int) -> bool:
        """ "To work in this garden was a joy": the subject is an action, no phrase."""
        row, first = self.row, k
        while first and row.kind(first - 1) not in ("semi", "quo", "com", "sub", "vg", "rel"):
            first -= 1
        verb, after = row[first], row[min(first + 1, k)]
        # "directing credits go to": a phrase of its own
        transitive = after.kind == "prep" or after.first_tag in "DSPE"
        return (first == 0 or row.kind(first - 1) in _STOPS) and (
            verb.kind == "inf" or (verb.kind == "ger" and verb.progressive and transitive)
        )

    def _after_and(self, k: int) -> float:
        """A bare base form after "and" may continue an infinitive rather than the clause."""
        verb = self.row[k]
        base = (
            verb.first_tag == "V"
            and lexicon().get(self.line.words[verb.start]) in ("VB", "VBP")
            and any(chunk.kind == "inf" for chunk in self.row[max(0, k - 8) : k])
        )
        return 0.45 if base else 0.95

    def _of_speech(self, k: int) -> Candidate:
        row = self.row
        if row[k].lemma in words.SAY and row.kind(k + 1) == "np":
            self.latest = row[k + 1]
            self.latest.used = True
            phrase(self.latest, self.line, True)
        return _NO_CANDIDATE

    def _of_relative(self, preceding: Chunk, at: int) -> Candidate:
        """The antecedent: the nearest phrase, its last item or inner name after a comma."""
        row = self.row
        a = at - 1
        while row.kind(a) in ("com", "prep"):
            a -= 1
        if row.kind(a) != "np":
            return _NO_CANDIDATE
        comma = row.kind(at - 1) == "com"
        personal = preceding.first_word == "who"
        antecedent = row[a]
        inner, latest = antecedent.innermost(), antecedent.parts()[-1]
        person = inner.first_tag == "D" and inner.final_word in nouns.PERSON
        if personal and person and not comma and inner is not antecedent and not antecedent.items:
            # "the cousin of the child who was drowned"
            return Candidate(inner, 0.8)
        subject = antecedent if comma else self.line.predicatives.get(id(antecedent), antecedent)
        if antecedent.items and (comma or latest.final_tag == "E"):
            subject = latest
        of = latest.of
        if of is not None and comma and latest.head_tag != "E" and of.final_tag == "E":
            subject = of
        self.waiting = self.waiting or antecedent
        return Candidate(subject, 0.85)

    def _of_noun_phrase(self, preceding: Chunk, at: int) -> Candidate:
        row = self.row
        if row.matches(at - 2, "rel", "prep"):
            # "that with slow pace is advancing"
            return self._of_relative(row[at - 2], at - 2)
        q = at
        while row.matches(q - 2, "np", "prep") and not self._opens_clause(q - 1):
            q -= 2
        subject, certainty = row[q], 1.0
        in_phrase = row.kind(q - 1) == "prep"
        if in_phrase and not self._opens_clause(q - 1):
            # "In 1996 Lam made": only a date was swallowed
            if self.idle is not None:
                subject = self.idle
            elif row.kind(q - 2) == "ger" and row[q - 2].progressive:
                # "and looking in that direction saw"
                return Candidate(self.latest, 0.75)
            elif row.kind(q - 2) == "conj" and preceding.final_tag == "N":
                # "and in many cases carried"
                return Candidate(self.latest, 0.85)
            certainty = 0.8 if q < 2 else 0.6
        if row.matches(q - 2, "rel", "vg") and self.idle is not None:
            # "The grief that had seized the stranger overcame him": it is the grief's verb
            return Candidate(self.idle, 0.75)
        if row.matches(q - 2, "prep", "rel"):
            # "the harbour into which the boats were coming"
            return Candidate(subject, certainty, inside=True)
        relative_object = self._relative_object(subject, q - 1)
        if relative_object is None:
            if in_phrase and self.idle is not subject:
                self.outer = self.idle or self.outer
            self.waiting = subject
        elif subject.first_tag not in "PE":
            certainty *= 0.9
        return Candidate(subject, certainty, relative_object)

    def _relative_object(self, subject: Chunk, b: int) -> Chunk | None:
        """ "The house that Jack built", and without "that" for a pronoun or name as subject."""
        row = self.row
        if row.matches(b - 1, "np", "rel"):
            return row[b - 1]
        # "But in Oslo I saw": a phrase before the subject, not what the verb is done to
        opens = row.kind(b - 1) == "prep" and (b == 1 or row.kind(b - 2) in _BORDERS)
        if (
            row.kind(b) == "np"
            and subject.first_tag in "PE"
            and not row[b].used
            and row[b].final_tag not in "YmE"
            and not opens
            and row.kind(b - 1) != "rel"
        ):
            return row[b]
        return None

    def _opens_clause(self, q: int) -> bool:
        """since, after, before … + noun phrase + finite verb, after the main verb."""
        word = self.row[q].first_word
        return word in _OPENERS and any(chunk.kind == "vg" for chunk in self.row[:q])
