"""The walk over a sentence's chunks that finds for every verb group whose it is."""

from typing import NamedTuple

from ingest.triples import nouns, words
from ingest.triples.chunking import Bracket, Chunk
from ingest.triples.copula import appositive, brackets
from ingest.triples.emission import Claim, emit
from ingest.triples.frames import Predicatives, Subject, frame
from ingest.triples.lexicon import lexicon
from ingest.triples.phrases import Line, phrase

_OPENERS = frozenset(("since", "after", "before", "until", "till", "as", "than", "for"))
_LISTING = frozenset(("include", "feature", "star", "comprise"))
_PLACING = frozenset(("in", "at", "near", "into"))
_BORDERS = frozenset(("conj", "com", "semi", "quo", "sub", "adv"))
_HYPOTHESIS = frozenset(("if", "unless", "whether", "lest"))


class Candidate(NamedTuple):
    """A candidate for a verb's subject."""

    chunk: Chunk | None
    confidence: float = 1.0
    relative_object: Chunk | None = None
    inside: bool = False


def read_clauses(line: Line, row: list[Chunk], bracketed: list[Bracket]) -> None:
    """Emit everything that the sentence says."""
    _Walk(line, row).run()
    brackets(line, bracketed)


class _Walk:
    """The state of one walk.

    `waiting` is the noun phrase that has no verb yet, `outer` one that waits behind a clause
    within, `latest` the last subject and `main` that of the main clause, `former` that of the
    clause before a semicolon.
    """

    __slots__ = (
        "former",
        "hypothesis",
        "latest",
        "line",
        "main",
        "opening",
        "outer",
        "participle_subject",
        "participles",
        "predicatives",
        "quoted",
        "row",
        "waiting",
    )  # fmt: skip

    def __init__(self, line: Line, row: list[Chunk]) -> None:
        self.line, self.row = line, row
        self.waiting: Chunk | None = None
        self.outer: Chunk | None = None
        self.latest: Chunk | None = None
        self.main: Chunk | None = None
        self.former: Chunk | None = None
        self.participles: list[int] = []
        self.participle_subject: Chunk | None = None
        self.predicatives: Predicatives = {}
        self.hypothesis = self.quoted = False
        self.opening = (
            len(row) > 3
            and row[0].kind == "prep"
            and row[1].kind == "np"
            and line.tags[row[1].end - 1] in "Ym"
        )

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
                self.former = self.main
                self.waiting = self.outer = self.main = None
                self.participles = []
                self.hypothesis = False
            elif kind == "sub":
                if self.waiting is not None and not self.waiting.used:
                    self.outer = self.waiting
                self.waiting = None
                self.hypothesis = self.line.low(chunk.start) in _HYPOTHESIS

    def _quotation(self, k: int) -> None:
        if self.line.words[self.row[k].start] == '"':
            self.quoted = not self.quoted
        if (
            self.waiting is not None
            and not self.waiting.used
            and k
            and self.row[k - 1].kind == "com"
        ):
            self.outer = self.waiting
        self.waiting = self.latest = self.main = None
        self.hypothesis = False

    def _noun_phrase(self, k: int) -> None:
        chunk, row, line = self.row[k], self.row, self.line
        preceding = row[k - 1] if k else None
        if len(chunk.items) == 2:
            pair = [phrase(part, line) for part in chunk.items]
            if pair[0] and pair[1]:
                line.context.pair = [pair[0], pair[1]]
                if all(line.tags[part.end - 1] == "E" for part in chunk.items):
                    line.context.plural = f"{pair[0].text} and {pair[1].text}"
                    line.context.plural_is_name = True
        governed = preceding is not None and (
            preceding.kind in ("prep", "vg", "inf", "ger")
            or (preceding.kind == "adv" and k > 1 and row[k - 2].kind == "vg")
        )
        if self.waiting is None and not governed:
            self.waiting = chunk
        self._name(chunk)
        is_place = preceding is not None and line.low(preceding.start) in _PLACING
        if is_place and line.tags[chunk.head_end() - 1] == "E" and line.context.mentions:
            line.context.places.add(line.context.mentions[-1].name)
        appositive(line, row, k)

    def _name(self, chunk: Chunk, subject: bool = False) -> None:
        """Names are there for pronouns to mean, also where nothing is said of them."""
        for part in chunk.parts():
            if self.line.tags[part.head_end() - 1] == "E":
                phrase(part, self.line, subject)

    def _verb(self, k: int) -> None:
        verb, row = self.row[k], self.row
        at = k - 1
        while at >= 0 and (
            row[at].kind == "adv" or (row[at].kind == "prep" and at and row[at - 1].kind == "rel")
        ):
            at -= 1
        preceding = row[at] if at >= 0 else None
        if self._is_past(k, preceding):
            verb.kind, verb.passive = "vg", False
        if verb.kind == "inf":
            candidate = Candidate(self.latest, 0.55)
        elif verb.kind == "ger":
            if preceding is None or preceding.kind in ("semi", "quo") or self._new_clause(at):
                self.participles = [k]
                return
            if preceding.kind == "conj" and self.participles and self.latest is None:
                self.participles.append(k)
                return
            candidate = self._of_participle(verb, preceding, at)
        else:
            candidate = self._of_finite(k, preceding, at)
        if candidate.chunk is None or candidate.chunk.kind != "np":
            return
        relative = preceding is not None and preceding.kind == "rel"
        if verb.kind == "vg":
            self._take(candidate, relative, preceding is not None)
        if not verb.lemma:
            return
        self._emit(k, candidate, relative)

    def _is_past(self, k: int, preceding: Chunk | None) -> bool:
        """ "Such words, you may think, moved her heart": no participle has an object of its own."""
        verb, row, tags = self.row[k], self.row, self.line.tags
        return (
            verb.kind == "ger"
            and verb.passive
            and self.line.tags[verb.start : verb.end] in ("L", "RL")
            and verb.lemma not in words.DITRANSITIVE
            and preceding is not None
            and preceding.kind == "com"
            and self.waiting is not None
            and not self.waiting.used
            and k + 1 < len(row)
            and row[k + 1].kind == "np"
            and tags[row[k + 1].start] in "DSE"
        )

    def _take(self, candidate: Candidate, relative: bool, inside: bool) -> None:
        """Remember the subject of a finite verb; a participle that waited for it gets it too."""
        subject = candidate.chunk
        assert subject is not None
        self._name(subject, True)
        if not relative:
            if candidate.relative_object is None and not candidate.inside:
                self.main = subject
            subject.used = True
        self.latest = subject
        if self.participles and inside and not relative:
            for k in self.participles:
                frame(self.line, self.row, k, Subject(subject, 0.8), self.predicatives)
            self.participles = []

    def _emit(self, k: int, candidate: Candidate, relative: bool) -> None:
        line, row, verb, subject = self.line, self.row, self.row[k], candidate.chunk
        assert subject is not None
        certainty = candidate.confidence
        if self.hypothesis:
            certainty *= 0.7
        if self.quoted:
            pronoun = line.tags[subject.start] == "P" and line.low(subject.start) in (
                "he", "she", "they", "it",
            )  # fmt: skip
            certainty *= 0.65 if pronoun else 0.95
        frame(
            line, row, k, Subject(subject, certainty, candidate.relative_object), self.predicatives
        )
        if self.opening and verb.kind == "vg" and not relative:
            self.opening = False
            relation = f"{verb.lemma} {line.low(row[0].start)}"
            claim = Claim("opening", relation, certainty * 0.8, verb, verb.negated, verb.modal)
            for part in subject.parts():
                emit(line, part, claim, row[1])

    def _of_participle(self, verb: Chunk, preceding: Chunk, at: int) -> Candidate:
        if preceding.kind == "np":
            certainty = (
                0.9 if verb.lemma in words.NOUN_PARTICIPLE else 0.85 if verb.passive else 0.75
            )
            if verb.progressive and self._is_duration_subject(preceding):
                return Candidate(self.latest, 0.75)
            nearest = self.predicatives.get(id(preceding), preceding)
            if nearest is preceding and preceding.items:
                latest = preceding.items[-1]
                # "air and a cabin surrounded by trees": only the cabin is
                nearest = latest if self.line.tags[latest.start] == "D" else preceding
            candidate = Candidate(nearest, certainty)
        elif preceding.kind == "com":
            candidate = Candidate(None)
            if self.latest is not None:
                candidate = Candidate(self.latest, 0.7)
            elif self.waiting is not None:
                candidate = Candidate(self.waiting, 0.6)
            if verb.lemma in _LISTING and at > 0 and self.row[at - 1].kind == "np":
                enumerated = self.row[at - 1]
                candidate = Candidate(self.predicatives.get(id(enumerated), enumerated), 0.7)
        elif preceding.kind == "conj":
            candidate = Candidate(self.participle_subject or self.latest, 0.75)
        else:
            return Candidate(None)
        self.participle_subject = candidate.chunk
        return candidate

    def _is_duration_subject(self, preceding: Chunk) -> bool:
        """ "Spent the day roaming": no time of the day roams."""
        low = self.line.low(preceding.end - 1)
        timed = low in nouns.TIME or low.removesuffix("s") in nouns.TIME
        return timed and preceding.of is None and self.latest is not None

    def _of_finite(self, k: int, preceding: Chunk | None, at: int) -> Candidate:
        if self.line.low(self.row[k].start) == "be":
            # "and be assured": an order
            return Candidate(None)
        if preceding is None or preceding.kind in ("semi", "quo"):
            return self._of_speech(k, preceding)
        if preceding.kind == "rel":
            return self._of_relative(preceding, at)
        if preceding.kind == "np":
            return Candidate(None) if self._is_doing(k) else self._of_noun_phrase(preceding, at)
        if preceding.kind == "conj":
            return Candidate(self.latest, self._after_and(k))
        if preceding.kind in ("com", "rp"):
            if self.waiting is not None and not self.waiting.used:
                return Candidate(self.waiting, 0.85)
            if self.outer is not None and not self.outer.used:
                return Candidate(self.outer, 0.75)
            if self.main is None and self._goes_on(at):
                return Candidate(self.former, 0.7)
            return Candidate(self.main, 0.75)
        if preceding.kind == "adj":
            return Candidate(self.latest, 0.4)
        if preceding.kind == "vg" and self.waiting is not None and not self.waiting.used:
            return Candidate(self.waiting, 0.75)
        return Candidate(self.latest, 0.5) if preceding.kind in ("vg", "inf") else Candidate(None)

    def _goes_on(self, at: int) -> bool:
        """ "Ada rose; and, after some words, left": nobody else was named since the semicolon."""
        row = self.row
        first = at
        while first and row[first - 1].kind != "semi":
            first -= 1
        return first > 0 and row[first].kind == "conj"

    def _new_clause(self, at: int) -> bool:
        """ "; and looking up, we saw": the participle waits for its subject."""
        row = self.row
        return at >= 1 and row[at].kind == "conj" and row[at - 1].kind in ("semi", "quo")

    def _is_doing(self, k: int) -> bool:
        """ "To work in this garden was a joy": what is done is the subject, no phrase."""
        first = k
        while first and self.row[first - 1].kind not in ("semi", "quo", "com", "sub", "vg", "rel"):
            first -= 1
        opens = first == 0 or self.row[first - 1].kind in ("semi", "quo")
        verb, after = self.row[first], self.row[min(first + 1, k)]
        # "directing credits go to": a phrase of its own
        transitive = after.kind == "prep" or self.line.tags[after.start] in "DSPE"
        return opens and (
            verb.kind == "inf" or (verb.kind == "ger" and verb.progressive and transitive)
        )

    def _after_and(self, k: int) -> float:
        """A bare base form after "and" may go on with an infinitive rather than the clause."""
        line, verb = self.line, self.row[k]
        base = (
            line.tags[verb.start] == "V"
            and lexicon().get(line.words[verb.start], "") in ("VB", "VBP")
            and any(chunk.kind == "inf" for chunk in self.row[max(0, k - 8) : k])
        )
        return 0.45 if base else 0.95

    def _of_speech(self, k: int, preceding: Chunk | None) -> Candidate:
        row, verb = self.row, self.row[k]
        if verb.lemma in words.SAY and k + 1 < len(row) and row[k + 1].kind == "np":
            self.latest = row[k + 1]
            self.latest.used = True
            phrase(self.latest, self.line, True)
            return Candidate(None)
        if (
            preceding is not None
            and preceding.kind == "quo"
            and self.outer is not None
            and not self.outer.used
            and verb.lemma not in words.SAY
        ):
            return Candidate(self.outer, 0.8)
        return Candidate(None)

    def _of_relative(self, preceding: Chunk, at: int) -> Candidate:
        """The antecedent: the nearest phrase, its last item or inner name after a comma."""
        row, line, tags = self.row, self.line, self.line.tags
        a = at - 1
        while a >= 0 and row[a].kind in ("com", "prep"):
            a -= 1
        if a < 0 or row[a].kind != "np":
            return Candidate(None)
        comma = row[at - 1].kind == "com"
        if (
            line.low(preceding.start) == "who"
            and row[at - 1].kind == "np"
            and a >= 2
            and row[a - 1].kind == "prep"
            and row[a - 2].kind == "np"
            and tags[row[a].end - 1] == "N"
            and line.low(row[a].end - 1) not in nouns.PERSON
        ):
            a -= 2
        if line.low(preceding.start) == "who" and tags[row[a].end - 1] == "E":
            a = self._preceding_places(a)
        antecedent = row[a]
        inner = antecedent.innermost()
        if (
            not comma
            and inner is not antecedent
            and not antecedent.items
            and line.low(preceding.start) == "who"
            and tags[inner.start] == "D"
            and line.low(inner.end - 1) in nouns.PERSON
        ):
            # "the cousin of the child who was drowned"
            return Candidate(inner, 0.8)
        subject = antecedent if comma else self.predicatives.get(id(antecedent), antecedent)
        latest = antecedent.parts()[-1]
        if antecedent.items and (comma or tags[latest.end - 1] == "E"):
            subject = latest
        if (
            latest.of is not None
            and comma
            and tags[latest.of.start - 2] != "E"
            and tags[latest.of.end - 1] == "E"
        ):
            subject = latest.of
        if self.waiting is None:
            self.waiting = antecedent
        return Candidate(subject, 0.85)

    def _preceding_places(self, a: int) -> int:
        """ "An equestrian from Ballinaskeagh, Northern Ireland, who": past the places."""
        row, tags = self.row, self.line.tags
        at = a
        while at >= 2 and row[at - 1].kind == "com" and row[at - 2].kind == "np":
            if tags[row[at - 2].end - 1] != "E":
                return a
            at -= 2
        if (
            at >= 2
            and row[at - 1].kind == "prep"
            and row[at - 2].kind == "np"
            and self.line.low(row[at - 1].start) in ("from", "in", "at", "near")
        ):
            return at - 2
        return a

    def _of_noun_phrase(self, preceding: Chunk, at: int) -> Candidate:
        row, tags = self.row, self.line.tags
        if at >= 2 and row[at - 1].kind == "prep" and row[at - 2].kind == "rel":
            # "that with slow pace is advancing"
            return self._of_relative(row[at - 2], at - 2)
        q = at
        if self.line.low(preceding.end - 1) in nouns.TIME and q >= 1 and row[q - 1].kind == "np":
            q -= 1
        while (
            q >= 2
            and row[q - 1].kind == "prep"
            and row[q - 2].kind == "np"
            and not row[q - 2].used
            and not self._opens_clause(q - 1)
        ):
            q -= 2
        subject, certainty = row[q], 1.0
        in_phrase = q >= 1 and row[q - 1].kind == "prep"
        if in_phrase and not self._opens_clause(q - 1):
            # "In 1996 Lam made": only a date was swallowed
            if self.waiting is not None and not self.waiting.used:
                subject = self.waiting
            elif row[q - 2].kind == "ger" and q >= 2 and row[q - 2].progressive:
                # "and looking in that direction saw"
                return Candidate(self.latest, 0.75)
            elif q >= 2 and row[q - 2].kind == "conj" and tags[preceding.end - 1] == "N":
                # "and in many cases carried"
                return Candidate(self.latest, 0.85)
            certainty = 0.8 if q < 2 else 0.6
        if self._inside_relative(q):
            assert self.waiting is not None
            return Candidate(self.waiting, 0.75)
        if q >= 2 and row[q - 1].kind == "rel" and row[q - 2].kind == "prep":
            # "the harbour into which the boats were coming"
            return Candidate(subject, certainty, inside=True)
        relative_object = self._relative_object(subject, q - 1)
        if relative_object is None:
            if (
                in_phrase
                and self.waiting is not None
                and not self.waiting.used
                and self.waiting is not subject
            ):
                self.outer = self.waiting
            self.waiting = subject
        elif tags[subject.start] not in "PE":
            certainty *= 0.9
        return Candidate(subject, certainty, relative_object)

    def _inside_relative(self, q: int) -> bool:
        """ "The grief that had seized the stranger overcame him": it is the grief's verb."""
        row = self.row
        return (
            q >= 2
            and row[q - 1].kind == "vg"
            and row[q - 2].kind == "rel"
            and row[q - 1].lemma not in words.SAY
            and self.waiting is not None
            and not self.waiting.used
            and self.waiting is not row[q]
        )

    def _relative_object(self, subject: Chunk, b: int) -> Chunk | None:
        """ "The house that Jack built", and without "that" for a pronoun or name as subject."""
        row, tags = self.row, self.line.tags
        if b < 0:
            return None
        if row[b].kind == "rel" and b >= 1 and row[b - 1].kind == "np":
            return row[b - 1]
        if (
            row[b].kind == "np"
            and tags[subject.start] in "PE"
            and not row[b].used
            and tags[row[b].end - 1] not in "YmE"
            and not self._opens_sentence(b)
            and not (b and row[b - 1].kind == "rel")
        ):
            return row[b]
        return None

    def _opens_sentence(self, b: int) -> bool:
        """ "But in Oslo I saw": a phrase before the subject, not what the verb is done to."""
        row = self.row
        return b >= 1 and row[b - 1].kind == "prep" and (b == 1 or row[b - 2].kind in _BORDERS)

    def _opens_clause(self, q: int) -> bool:
        """since, after, before … + noun phrase + finite verb, once the main verb has gone by."""
        word = self.line.low(self.row[q].start)
        return (
            word in _OPENERS
            and (word != "for" or q < 1 or self.row[q - 1].kind != "np")
            and any(chunk.kind == "vg" for chunk in self.row[:q])
        )
