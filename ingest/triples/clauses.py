"""Finds the subject of every verb group of a sentence, in one pass over its chunks."""

from dataclasses import dataclass, field
from typing import NamedTuple

from ingest.triples import nouns, words
from ingest.triples.chunking import Chunk, Row
from ingest.triples.copula import appositive, copula
from ingest.triples.emission import Claim, emit
from ingest.triples.lexicon import lexicon
from ingest.triples.phrases import Line, phrase
from ingest.triples.words import CLASSES

# -- frames of verbs -------------------------------------------------------------------------------
# Verb frames: objects and prepositional phrases to the right of a verb.
# At most two objects and three prepositional phrases; a noun phrase before another finite verb
# begins a clause of its own and is no object.


_NAMING = CLASSES["naming"]
_LOCAL = CLASSES["local"]
_LIKE_BE = frozenset(("be", "become", "remain"))
_INDEFINITE = CLASSES["indefinite"]
_TAKING = CLASSES["taking"]
_DEGREES = CLASSES["degree_noun"]


@dataclass(slots=True)
class Complements:
    """The complements of a verb: objects, (preposition, phrase, objects before), the rest."""

    objects: list[Chunk] = field(default_factory=list)
    phrases: list[tuple[str, Chunk, int]] = field(default_factory=list)
    adjectives: list[Chunk] = field(default_factory=list)
    particle: str = ""
    negated: bool = False
    infinitive: int | None = None


def frame(
    line: Line, at: int, subject: Chunk, confidence: float, relative_object: Chunk | None = None
) -> None:
    """Emit the triples of the verb group at an index for its subject, with a confidence.

    `relative_object` is its object if a relative clause gives it.
    """
    verb = line.row[at]
    be = verb.lemma == "be"
    complements = _complements(line, at, be)
    if complements.infinitive is not None:
        # "Seeks to invoke", "was forced to leave": the infinitive's subject is this one
        inner = line.row[complements.infinitive]
        if not verb.passive:
            inner.negated, inner.modal = complements.negated, True
        frame(line, complements.infinitive, subject, confidence * (0.85 if verb.passive else 0.9))
        return
    times = (chunk.text for _, chunk, _ in complements.phrases if chunk.final_tag in "Ym")
    claim = Claim(
        "verb", verb.lemma, confidence, verb, complements.negated, verb.modal, next(times, None)
    )  # fmt: skip
    if relative_object and not complements.objects and not be:
        relation = f"{verb.lemma} {complements.particle}".strip()
        emit(line, subject, claim.by("object relative", relation, 0.75), relative_object)
    if be and subject.first_word == "there":
        for entity in complements.objects[:1]:
            for preposition, place, _ in complements.phrases[:1]:
                emit(line, entity, claim.by("there", f"be {preposition}", 0.75), place)
    elif be or (verb.lemma in _LIKE_BE and not verb.passive):
        _being(line, complements, subject, claim)
        _also_is(line, at, complements, subject, claim)
    elif verb.passive:
        stranded = line.row.kind(at + 1) in ("prep", "adj", "inf")
        _passive(line, complements, subject, claim, stranded)
    elif verb.final_tag != "L" or complements.phrases or complements.objects:
        _active(line, complements, subject, claim)


def _is_time(chunk: Chunk) -> bool:
    return chunk.final_word in nouns.TIME or chunk.final_tag in "Ym"


def _is_duration(chunk: Chunk) -> bool:
    """ "Two days", "a year": a duration."""
    return chunk.final_word.removesuffix("s") in nouns.TIME


def _is_stretch(chunk: Chunk) -> bool:
    """ "Several minutes", "two days", beside a verb that takes none of them as its object."""
    quantified = chunk.first_word in _INDEFINITE or chunk.first_tag == "C"
    return quantified and _is_duration(chunk)


def _complements(line: Line, at: int, be: bool) -> Complements:
    row, verb = line.row, line.row[at]
    complements = Complements(negated=verb.negated)
    j = at + 1
    while j < len(row):
        chunk = row[j]
        if chunk.kind == "np":
            if not _object(line, at, j, complements, be):
                break
            j += 1
        elif chunk.kind == "prep":
            step = _preposition(line, j, at, complements)
            if not step:
                break
            j += step
        elif chunk.kind == "adv":
            complements.negated = complements.negated or chunk.negated
            j += 1
        elif chunk.kind == "adj":
            complements.adjectives.append(chunk)
            j += 2 if row.matches(j + 1, "conj", "adj") else 1
        elif verb.passive and row.matches(j, "com", "prep") and (
            row[j + 1].first_word in ("by", "through")
        ):  # fmt: skip
            j += 1
        else:
            _remainder(line, at, j, complements)
            break
    return complements


def _object(line: Line, at: int, j: int, complements: Complements, be: bool) -> bool:
    """Consume a noun phrase; returns whether more complements may follow."""
    row, verb, chunk = line.row, line.row[at], line.row[j]
    objects, phrases = complements.objects, complements.phrases
    if _opens_clause(line, at, j, complements, be):
        return False
    waits = verb.lemma in words.CHAIN_VERB and not objects and row.kind(j + 1) == "inf"
    if chunk.final_word in words.CLASSES["reflexive"] or (waits and _is_time(chunk)):
        # "seemed every instant to fall": how long stands before what
        return True
    if phrases and (be or verb.passive or not _is_late_object(complements, chunk)):
        return False
    if verb.lemma in words.INTRANSITIVE and _is_stretch(chunk):
        return True
    if (objects or verb.passive) and _is_time(chunk):
        if not _is_stretch(chunk):
            phrases.append(("on", chunk, 1))
        return True
    objects.append(chunk)
    return len(objects) <= 2


def _remainder(line: Line, at: int, j: int, complements: Complements) -> None:
    """Read an infinitive, which ends the complements."""
    verb = line.row[at]
    if line.row.kind(j) == "inf" and not complements.objects:
        chained = verb.lemma in words.CHAIN_VERB
        if verb.lemma == "turn":
            chained = complements.particle == "out"
        if not complements.phrases if verb.passive else chained:
            complements.infinitive = j


def _opens_clause(line: Line, at: int, j: int, complements: Complements, be: bool) -> bool:
    """Whether a noun phrase has a verb of its own behind it."""
    row, verb = line.row, line.row[at]
    after = j + 1
    while row.kind(after) == "adv":
        after += 1
    if row.kind(after) != "vg":
        return False
    if complements.objects or (be and complements.adjectives):
        # "was sure her opinion was shared"
        return True
    of_relative = row.kind(at - 1) == "rel" and verb.lemma not in words.SAY
    return not (be or verb.passive or of_relative)


def _is_late_object(complements: Complements, chunk: Chunk) -> bool:
    """ "Bearing on his shoulders a load": an object behind one prepositional phrase."""
    return (
        len(complements.phrases) == 1
        and not complements.objects
        and chunk.first_tag in "DS"
        and not _is_time(chunk)
    )


def _preposition(line: Line, j: int, at: int, complements: Complements) -> int:
    """Consume a prepositional phrase or a particle; returns the number of chunks."""
    row = line.row
    word = row[j].text.lower()
    if row.kind(j + 1) == "np":
        if word != "than" or not (complements.objects or complements.phrases):
            # "of more value than gold": what is compared is not what is done
            complements.phrases.append((word, row[j + 1], len(complements.objects)))
        return 2
    if j == at + 1 and word in words.CLASSES["particle"]:
        complements.particle = word
        return 1
    return 0


def _being(line: Line, complements: Complements, subject: Chunk, claim: Claim) -> None:
    if complements.objects:
        complement = complements.objects[0]
        if claim.relation == "remain" and _is_duration(complement):
            return
        parts = complement.parts()
        line.predicatives[id(complement)] = subject
        for rank, part in enumerate(parts):
            if rank != len(parts) - 2 or not _is_modifier(part, parts[-1]):
                line.predicatives[id(part)] = subject
                for left in subject.parts():
                    copula(line, left, part, claim)
        head = parts[-1].head
        preposition, location, _ = (
            complements.phrases[0] if complements.phrases else ("", subject, 0)
        )
        if preposition in ("to", "at", "for", "with") and (
            head in nouns.PERSON or head in nouns.RELATIONAL
        ):
            # "the heir to the throne", "a coach at Vester School": whose, beside what
            role = claim.by("role", f"{claim.relation} {head} {preposition}", 0.8)
            emit(line, subject, role, location)
    elif complements.adjectives and not _promises(line, complements.adjectives[-1]):
        for chunk in complements.adjectives:
            emit(line, subject, claim.by("adjective", claim.relation, 0.8), chunk)
        for preposition, location, _ in complements.phrases[:1]:
            relation = f"be {complements.adjectives[-1].text} {preposition}"
            emit(line, subject, claim.by("adjective", relation, 0.75), location)
    else:
        for preposition, location, _ in complements.phrases[:2]:
            emit(line, subject, claim.by("be in", f"be {preposition}", 0.8), location)


def _also_is(line: Line, at: int, complements: Complements, subject: Chunk, claim: Claim) -> None:
    """ "She was a chemist, a pupil of A": an apposition to the predicate."""
    row = line.row
    if not complements.objects or complements.objects[0].items:
        return
    after = row.index(complements.objects[0], at) + 1
    if not row.matches(after, "com", "np"):
        return
    bracketed = row[after + 1]
    article = bracketed.first_word in ("a", "an", "the")
    if article and bracketed.of and not bracketed.items and bracketed.head in nouns.RELATIONAL:
        for left in subject.parts():
            copula(line, left, bracketed, claim._replace(confidence=claim.confidence * 0.95))


def _promises(line: Line, adjective: Chunk) -> bool:
    """ "Was unable to speak" says nothing by the adjective alone."""
    promising = adjective.final_word in words.CLASSES["promising"]
    return promising and line.tags[adjective.end : adjective.end + 1] == "T"


def _is_modifier(first: Chunk, second: Chunk) -> bool:
    """ "A film and stage actor": the first item only describes the second."""
    determined, head = first.first_tag == "D", second.final_word
    return (
        first.final_word not in nouns.PERSON
        and not first.of
        and second.first_tag in "NJ"
        and second.end - second.start > 1
        and not second.of
        and (
            head in nouns.PERSON
            or (determined and head in nouns.WORK)
        )
    )  # fmt: skip


def _passive(
    line: Line, complements: Complements, subject: Chunk, claim: Claim, stranded: bool
) -> None:  # fmt: skip
    verb, lemma = claim.at, claim.relation
    if not complements.objects and not complements.phrases:
        if verb.kind == "vg" and not complements.particle and not stranded:
            state = verb.cut(verb.main, verb.end, "adj")
            emit(line, subject, claim.by("state", "be", 0.75), state)
        return
    for entity in complements.objects[:1] if lemma in _NAMING else ():
        emit(line, subject, claim.by("passive object", f"be {verb.final_word}", 0.7), entity)
    for rank, (preposition, entity, _) in enumerate(complements.phrases[:4]):
        share = 0.95 if preposition == "by" else 0.7 if rank else 0.85
        emit(line, subject, claim.by("passive", f"{lemma} {preposition}", share), entity)


def _active(line: Line, complements: Complements, subject: Chunk, claim: Claim) -> None:
    relation = f"{claim.relation} {complements.particle}".strip()
    objects = complements.objects[:2]
    if complements.adjectives and not objects and claim.relation in words.CLASSES["linking"]:
        emit(line, subject, claim.by("adjective", relation, 0.75), complements.adjectives[0])
    for rank, entity in enumerate(objects):
        share = 0.9 if rank == len(objects) - 1 else 0.55
        emit(line, subject, claim.by("object", relation, share), entity)
    is_degree = claim.relation in _TAKING and any(entity.head in _DEGREES for entity in objects)
    for rank, (preposition, entity, preceding) in enumerate(complements.phrases[:3]):
        if preceding and is_degree and preposition in ("under", "with"):
            # "took her doctorate under A"
            emit(line, subject, claim.by("preposition", "study under", 0.9), entity)
            continue
        share = 0.62 if rank else 0.88
        if preceding:
            share = 0.48 if preposition in _LOCAL and not rank else 0.4
            if rank == 0 and preceding == 1 and claim.relation in words.PLACED.get(preposition, ()):
                share = 0.75
            if preposition == "by":
                # "songs by Ines Dahl": it belongs to the noun
                share = 0.3
        if entity.final_tag in "Ym" or (rank == 0 and entity.final_tag == "E"):
            share *= 1.15
        assertion = claim.by("preposition", f"{relation} {preposition}", share)
        emit(line, subject, assertion._replace(time=None) if preceding else assertion, entity)


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
