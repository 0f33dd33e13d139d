"""Finds the concepts of a statement with their types (person, place, time …) and their roles."""

from dataclasses import dataclass, field

from ingest.language.word_lists import classes
from ingest.triples.lexicon import lexicon
from workbench.memory.concepts import verbs
from workbench.memory.concepts import vocabulary as known
from workbench.memory.concepts.draft import Draft
from workbench.memory.concepts.keys import key_of
from workbench.memory.concepts.records import AssociationType as Link
from workbench.memory.concepts.records import ConceptType
from workbench.memory.concepts.spans import Chunk
from workbench.memory.concepts.time_keys import time_key
from workbench.memory.vocabulary import COMMON, ENGLISH_STOP

# -- clauses ---------------------------------------------------------------------------------------
# Clause by clause: who does what, when and where, and how clauses relate.

TIME_CONNECTIVES = {
    word: Link[head.removeprefix("time_").upper()]
    for head, words in classes("concepts.txt").items()
    if head.startswith("time_")
    for word in words
}
_CAUSAL = (Link.CAUSED_BY, Link.LEADS_TO)
#: Links that may turn out to introduce only a time: "since 2019", "after Friday".
_TIMED = (Link.CAUSED_BY, Link.BEFORE, Link.AFTER, Link.DURING)


@dataclass(slots=True)
class Clause:
    """The concepts of one clause so far; positions in the draft, -1 for none."""

    subjects: list[int] = field(default_factory=list)
    objects: list[int] = field(default_factory=list)
    event: int = -1
    verb: str = ""
    relation: str = ""
    copula: bool = False
    passive: bool = False
    denied: bool = False
    place: int = -1
    time: int = -1

    @property
    def has_verb(self) -> bool:
        """Whether it has a verb."""
        return self.event >= 0 or self.copula or self.verb != ""

    @property
    def empty(self) -> bool:
        """Whether the clause has no concept and no verb."""
        return not (self.subjects or self.objects or self.has_verb)

    @property
    def theme(self) -> int:
        """The topic: the first subject or object."""
        return (self.subjects or self.objects or [-1])[0]

    @property
    def centre(self) -> int:
        """The event, or else the topic."""
        return self.event if self.event >= 0 else self.theme


@dataclass(slots=True)
class Clauses:
    """The current clause, the one before it, and the link between them.

    `previous` is the last clause of the sentence before, to which "therefore" refers. `pending` is
    the link of the next clause to the one before, or, if `fronted`, to the one after it.
    """

    draft: Draft
    current: Clause = field(default_factory=Clause)
    preceding: Clause | None = None
    previous: Clause | None = None
    pending: Link | None = None
    fronted: tuple[Link, Clause] | None = None

    def place_concept(self, place: int, preposition: str, word: str, *, kind: bool = False) -> None:
        """Assign a role to a concept by the letter `preposition` and the `word` before it.

        `kind`: it may name what something is, and not only how.
        """
        clause = self.current
        coordinated = preposition in ("c", ",")
        if preposition and preposition in "lfoti":
            self._after_preposition(clause, place, word)
        elif not clause.has_verb:
            if len(clause.subjects) < 4:
                clause.subjects.append(place)
        else:
            if not clause.copula:
                if clause.relation or not clause.passive:
                    self.relate(clause.relation or clause.verb, place)
                if clause.objects and coordinated:
                    self.draft.join(clause.event, Link.INVOLVES, place)
            elif not clause.objects and not coordinated and not clause.denied:
                self._equal(clause, place, kind=kind)
            clause.objects.append(place)

    def _after_preposition(self, clause: Clause, place: int, word: str) -> None:
        """Assign a role to a concept after a preposition."""
        draft, event = self.draft, clause.event
        if word == "by" and clause.passive:
            draft.join(place, Link.INVOLVES, event)
            self.relate(f"{clause.verb} by", place)
        elif clause.verb and self.relate(f"{clause.verb} {word}", place):
            clause.relation = f"{clause.verb} {word}"
            clause.objects.append(place)
        elif draft.types[place] == ConceptType.SPATIAL and word != "of":
            location = event if event >= 0 else (clause.objects or clause.subjects or [-1])[-1]
            draft.join(location, Link.AT_LOCATION, place)
            if location < 0 and clause.place < 0:
                clause.place = place
        elif word != "of" and event >= 0:
            draft.join(event, Link.INVOLVES, place)
        elif not clause.has_verb:
            (clause.objects if clause.subjects or word != "of" else clause.subjects).append(place)

    def relate(self, verb: str, place: int) -> bool:
        """Join subjects and a concept by the relation of a verb; False if it has none."""
        joins = verbs.RELATIONS.get(verb)
        if joins is None:
            return False
        type_, is_reversed = joins
        for subject in () if self.current.denied else self.current.subjects:
            ends = (place, subject) if is_reversed else (subject, place)
            self.draft.join(ends[0], type_, ends[1])
        return True

    def qualify(self, type_: Link, place: int) -> None:
        """Join every subject with a concept."""
        for subject in self.current.subjects:
            self.draft.join(subject, type_, place)

    def _equal(self, clause: Clause, place: int, *, kind: bool) -> None:
        """X is a Y: the complement of a copula is a quality or a kind."""
        if clause.verb in ("be", "become", "remain"):
            sensed = self.draft.types[place] in (ConceptType.STATE, ConceptType.SENSORY)
            self.qualify(Link.IS_A if kind and not sensed else Link.HAS_PROPERTY, place)

    def timed(self, place: int) -> None:
        """Assign a time, which may retract a connective: "since 2019" opens no clause."""
        if self.pending in _TIMED and self.current.empty:
            if self.preceding is not None:
                self.current, self.preceding = self.preceding, None
            self.pending = None
        if self.current.time < 0:
            self.current.time = place

    def happen(self, event: int, target: int) -> None:
        """Set the event of the clause; it involves its agents and its target."""
        clause, draft = self.current, self.draft
        clause.event = event
        for subject in clause.subjects:
            ends = (event, subject) if clause.passive else (subject, event)
            draft.join(ends[0], Link.INVOLVES, ends[1])
        draft.join(event, Link.INVOLVES, target)

    def open_clause(self, *, carry: bool) -> Clause:
        """The clause of a verb: the current one, or a new one, with the same subject if `carry`."""
        if self.current.has_verb:
            subjects = self.current.subjects
            self.close()
            if carry:
                self.current.subjects = list(subjects)
        return self.current

    def connect(self, type_: Link, *, back: bool = False) -> None:
        """Set the link of what follows to what came before.

        With `back` that may be the previous sentence.
        """
        if not self.current.empty:
            self.close()
        if self.preceding is None and (back or type_ == Link.LEADS_TO):
            self.preceding = self.previous
            if self.preceding is None:
                return
        self.pending = type_

    def end_sentence(self) -> None:
        """End a sentence: no link goes beyond it, except by connectives."""
        self.close()
        self.previous = self.preceding or self.previous
        self.fronted = self.preceding = None

    def close(self) -> None:
        """End a clause: assign its time and place, and link it to the one before."""
        clause = self.current
        if clause.empty:
            if clause.time < 0 and clause.place < 0:
                self.current = Clause()
            return
        self.draft.join(clause.centre, Link.HAPPENED_AT, clause.time)
        self.draft.join(clause.centre, Link.AT_LOCATION, clause.place)
        if self.pending:
            if self.preceding is None:
                self.fronted = (self.pending, clause)
            else:
                self._tie(self.preceding, self.pending, clause)
            self.pending = None
        elif self.fronted is not None:
            self._tie(clause, *self.fronted)
            self.fronted = None
        self.preceding = clause
        self.current = Clause()

    def _tie(self, head: Clause, type_: Link, tail: Clause) -> None:
        """Join the centres of two clauses; for cause and effect their topics, too."""
        self.draft.join(head.centre, type_, tail.centre)
        if head.event >= 0 and tail.event >= 0 and type_ in _CAUSAL:
            self.draft.join(head.theme, type_, tail.theme)


# -- concept roles ---------------------------------------------------------------------------------

_PLACING = classes("memory.txt")["concepts_concept_roles_placing"]
#: Verbs after which "in" introduces a language, a currency or a belief.
_ABSTRACT_IN = classes("memory.txt")["concepts_concept_roles_said_in"]
#: Titles of saints, in names of places: "to St. James".
_SAINT = frozenset(("st", "saint"))
_FUNCTION_WORDS = known.NOISE | ENGLISH_STOP | known.DESCRIPTIVE
#: Words that are no concepts, including verbs such as "come" and "see".
_NON_CONCEPTS = (
    _FUNCTION_WORDS
    | (known.WEAK_VERBS - classes("memory.txt")["concepts_concept_roles_everyday"])
    | {"going", "coming"}
)
#: Verbs before the speaker of a quotation.
_SPEECH = classes("memory.txt")["concepts_concept_roles_speech"]
#: Kinds of pieces with a verb, which begin a clause.
_VERBAL = ("verb", "copula", "intent", "have")


@dataclass(slots=True)
class Weaver:
    """Finds concepts and bonds of a statement in its tokens, their letters and pieces of these.

    `places` are the ends of tokens and of the text between; `reference` is the time of the
    statement.
    """

    text: str
    tokens: list[str]
    places: list[int]
    letters: str
    pieces: list[Chunk]
    reference: float | None
    lower: list[str] = field(init=False)
    draft: Draft = field(default_factory=Draft)
    clauses: Clauses = field(init=False)
    #: The possessor of the noun at a token.
    owner: tuple[int, int] = (-1, -1)

    def __post_init__(self) -> None:
        self.lower = list(map(str.lower, self.tokens))
        self.clauses = Clauses(self.draft)
        # Padding, so that the next piece can always be read.
        end = len(self.tokens)
        self.pieces += [("", end, end)] * 2

    def run(self) -> Draft:
        """Find the concepts and links of the statement."""
        at, pieces = 0, self.pieces
        while at < len(pieces):
            kind, first, end = pieces[at]
            if kind == "nouns" or kind == "name":
                at = self._nominal(at)
            elif kind == "mark":
                self._mark(at, self.letters[first], first)
            elif kind == "verb" or kind == "intent":
                at = self._verb(at)
            elif kind == "copula":
                self._copula(first, end)
            elif kind == "adjective":
                self._adjective(end - 1)
            elif kind == "time":
                self._time(first, end)
            elif kind == "because":
                self._causal_connective(first)
            elif kind == "figure":
                self._figure(first, end)
            elif kind == "have":
                self.clauses.open_clause(carry=True).verb = "have"
            at += 1
        self.clauses.close()
        return self.draft

    def _add(self, key: str, type_: ConceptType, first: int, stop: int, weight: float) -> int:
        start, end = self.places[2 * first], self.places[2 * stop - 1]
        weight *= 1.0 - 0.3 * first / len(self.tokens)
        return self.draft.add(key, self.text[start:end], type_, start, end, weight)

    def _raw(self, first: int, stop: int) -> str:
        if stop - first == 1:
            return self.tokens[first]
        return self.text[self.places[2 * first] : self.places[2 * stop - 1]]

    # -- things --------------------------------------------------------------------------------

    def _nominal(self, at: int) -> int:
        kind, first, stop = self.pieces[at]
        letters, lower, clauses = self.letters, self.lower, self.clauses
        after = letters[stop : stop + 1]
        if lower[stop - 1] == "result" and first and lower[first - 1] == "as":
            clauses.connect(Link.CAUSED_BY if after == "o" else Link.LEADS_TO)
            return at
        if after == ":" and lower[stop - 1] in ("reason", "cause", "because"):
            clauses.connect(Link.CAUSED_BY, back=True)
            return at
        place = self._name(first, stop) if kind == "name" else self._phrase(first, stop)
        if place < 0:
            return at
        if after == "'":
            self.owner = place, stop + 1
            return at
        if self.owner[1] == first:
            self.draft.join(self.owner[0], Link.RELATED_TO, place)
        is_predicate = clauses.current.copula and (kind == "name" or self._is_kind(first, stop))
        clauses.place_concept(place, *self._preceding(first), kind=is_predicate)
        return self._alias(at, place)

    def _preceding(self, first: int) -> tuple[str, str]:
        """The letter and text of the token before."""
        return (self.letters[first - 1], self.lower[first - 1]) if first else ("", "")

    def _is_kind(self, first: int, stop: int) -> bool:
        """Whether a phrase after "is" is a kind: it has an article or is a noun."""
        return self.letters[first] in "dQ#" or (
            self.letters[stop - 1] in "sA" or lexicon().get(self.lower[stop - 1], "") == "NN"
        )

    def _name(self, first: int, stop: int) -> int:
        letters = self.letters
        if letters[first] in "dQ":
            first += 1
        if letters[stop - 1] == "." and len(self.tokens[stop - 2]) > 1:
            stop -= 1
        key = key_of(self._raw(first, stop), plural=letters[stop - 1] == "A")
        if key in known.NOISE_NAMES:
            return -1
        type_, weight = ConceptType.ENTITY, 0.9
        titled = letters[first] == "T" and self.lower[first] not in _SAINT
        # "In Python 2.5" is a version, not a place.
        numbered = key[-1:].isdigit()
        if not (titled or numbered) and (
            key in known.GAZETTEER or self._is_place_phrase(key, first)
        ):
            type_, weight = ConceptType.SPATIAL, 0.85
        return self._add(key, type_, first, stop, weight)

    def _is_place_phrase(self, key: str, first: int) -> bool:
        head = key.rsplit(" ", 1)[-1]
        if head in known.PLACES and head != key:
            return True
        at = first - 1
        if at > 0 and self.letters[at] == "d":
            at -= 1
        if at < 0:
            return False
        previous, letter, verb = self.lower[at], self.letters[at], self.clauses.current.verb
        if letter == "l":
            if previous == "at":
                return verb not in ("work", "study", "look", "teach")
            return previous in _PLACING and verb not in _ABSTRACT_IN and key not in COMMON
        return letter in "ft" and verb in known.MOTION

    def _phrase(self, first: int, stop: int) -> int:
        lower, letters = self.lower, self.letters
        phrase_start = first
        while first < stop and (letters[first] in "dQRrj#," or lower[first] in known.DESCRIPTIVE):
            first += 1
        if first == stop:
            return -1
        if phrase_start and letters[phrase_start - 1] in "lio":
            if (
                stop - phrase_start == 1
                and f"{lower[phrase_start - 1]}-{lower[stop - 1]}" in known.IDLE_PHRASES
            ):
                return -1
            if self._condition(phrase_start, stop):
                return -1
        # A red or loud thing is a concept, and its quality another.
        quality = -1
        if first < stop - 1 and lower[first] in known.SENSORY:
            quality = self._add(lower[first], ConceptType.SENSORY, first, first + 1, 0.5)
            first += 1
        if stop - first == 1 and (
            lower[first] in _NON_CONCEPTS or len(lower[first]) < 2 + (letters[first] != "A")
        ):
            return -1
        key = key_of(self._raw(first, stop))
        weight = 0.7 if " " in key else 0.35 if key in COMMON else 0.55
        place = self._add(key, self._type(key, first, stop), first, stop, weight)
        if quality >= 0:
            self.draft.join(place, Link.HAS_PROPERTY, quality)
        return place

    def _type(self, key: str, first: int, stop: int) -> ConceptType:
        if stop - first == 1 and self.letters[first] == "A":
            return ConceptType.ENTITY
        head = key[key.rfind(" ") + 1 :]
        if head in known.PLACES and (head not in known.NOT_PLACES or self._located(first)):
            return ConceptType.SPATIAL
        if first > 1 and self._is_near_phrase(first):
            return ConceptType.SPATIAL
        if head in known.SENSATIONS or key in known.SENSORY:
            return ConceptType.SENSORY
        if key in known.EMOTIONS:
            return ConceptType.STATE
        return ConceptType.SPATIAL if key in known.GAZETTEER else ConceptType.CONCEPT

    def _is_near_phrase(self, first: int) -> bool:
        """Whether "near the", "inside our" precedes: then anything is a place."""
        index = first - 2 if self.letters[first - 1] == "d" else first - 1
        return self.lower[index] in ("near", "inside", "outside", "beside", "behind")

    def _located(self, first: int) -> bool:
        at = first - 1
        while at >= 0 and self.letters[at] in "dQRa":
            at -= 1
        return at >= 0 and self.letters[at] in "lf"

    def _condition(self, first: int, stop: int) -> bool:
        """Qualify the subject by a state of several words, "on leave", that ends here, if any."""
        if stop - first > 1:
            return False
        for words in (2, 3):
            state = "-".join(self.lower[max(0, stop - words) : stop])
            if state in known.STATE_PHRASES:
                key = state.replace("-", " ")
                self._qualify(key, ConceptType.STATE, Link.HAS_PROPERTY, stop - words, stop, 0.65)
                return True
        return False

    def _alias(self, at: int, place: int) -> int:
        """`KV cache (KVC)`: the short form in brackets is an alias of the long one."""
        _, first, stop = self.pieces[at]
        if self.letters[stop : stop + 1] != "(":
            return at
        _, start, end = self.pieces[at + 2]
        if start != stop + 1 or end - start != 1 or self.letters[end : end + 1] != ")":
            return at
        short = self.tokens[start]
        words = self.tokens[first + (self.letters[first] in "dQ") : stop]
        if not _abbreviates(short, words):
            return at
        other = self._add(key_of(short), self.draft.types[place], start, end, 0.75)
        self.draft.join(place, Link.SIMILAR_TO, other)
        return at + 2

    def _figure(self, first: int, stop: int) -> None:
        key = self._raw(first, stop).casefold().replace(" ", "").replace(",", "")
        for scheme in ("https://", "http://", "www."):
            key = key.removeprefix(scheme)
        place = self._add(key.rstrip("/.,"), ConceptType.ENTITY, first, stop, 0.55)
        self.clauses.place_concept(place, *self._preceding(first))

    def _time(self, first: int, stop: int) -> None:
        if self.letters[first] == "d" and self.lower[first] not in ("a", "an"):
            first += 1
        key = time_key([word for word in self.lower[first:stop] if word != ","], self.reference)
        if key:
            self.clauses.timed(self._add(key, ConceptType.TIME, first, stop, 0.6))

    # -- actions, states and intents -----------------------------------------------------------

    def _copula(self, first: int, stop: int) -> None:
        clause = self._open_verb_clause(first, carry=True)
        clause.copula, clause.verb = True, "be"
        for at in range(first, stop):
            letter = self.letters[at]
            if letter in "BKN":
                clause.denied = True
            if letter in "bBL":
                clause.verb = verbs.COPULAS.get(self.lower[at], clause.verb)

    def _open_verb_clause(self, first: int, *, carry: bool) -> Clause:
        """The clause of a verb; its subject precedes it, unless there is a pronoun or "to"."""
        preposition, _ = self._preceding(first)
        clause = self.clauses.open_clause(carry=carry and preposition != "t")
        if preposition == "p":
            clause.subjects.clear()
        return clause

    def _adjective(self, at: int) -> None:
        word, clause = self.lower[at], self.clauses.current
        if self.letters[at] == "e" and word not in known.STATES:
            return
        if clause.copula and word not in known.IDLE_QUALITIES:
            self._quality(word, at)

    def _quality(self, word: str, at: int) -> None:
        """Assign a quality to the subject."""
        type_, joins, weight = ConceptType.STATE, Link.HAS_PROPERTY, 0.55
        if word in known.EMOTIONS:
            joins = Link.FELT
        elif word in known.SENSORY:
            type_, weight = ConceptType.SENSORY, 0.5
        self._qualify(word, type_, joins, at, at + 1, weight)

    def _qualify(
        self, key: str, type_: ConceptType, joins: Link, first: int, stop: int, weight: float
    ) -> None:
        clause = self.clauses.current
        key = f"not {key}" if clause.denied else key
        place = self._add(key, type_, first, stop, weight)
        self.clauses.qualify(joins, place)
        if clause.event < 0:
            clause.event = place

    def _verb(self, at: int) -> int:
        kind, first, stop = self.pieces[at]
        letters = self.letters[first:stop]
        reading = verbs.read(tuple(self.lower[first:stop]), letters)
        intended = kind == "intent"
        if first > 2 and self.lower[first - 3 : first] == ["in", "order", "to"]:
            self.clauses.connect(Link.ENABLES)
        if reading.head in _SPEECH and (speaker := self._speaker(at)) >= 0:
            clause = self.clauses.current
            clause.subjects.append(speaker)
            clause.verb = reading.head
            self._event(first, stop, stop, reading, -1, intended)
            return at + 1
        clause = self._open_verb_clause(first, carry=letters[0] != "g")
        clause.verb, clause.passive, clause.denied = reading.head, reading.passive, reading.denied
        quality = reading.participle
        if quality in known.STATES or quality in known.EMOTIONS:
            clause.copula = True
            self._quality(quality, stop - 1)
            return at
        target, end = self._noun_phrase(at + 1, stop), stop
        if target >= 0:
            at += 1
            end = self.pieces[at][2]
            at = self._alias(at, target)
        self._event(first, stop, end, reading, target, intended)
        if target >= 0:
            clause.objects.append(target)
            if not intended:
                self.clauses.relate(reading.head, target)
        return at

    def _noun_phrase(self, at: int, first: int) -> int:
        """The concept of the piece if it is a noun phrase at this token; else -1."""
        kind, start, stop = self.pieces[at]
        if start != first or kind not in ("nouns", "name"):
            return -1
        return self._name(start, stop) if kind == "name" else self._phrase(start, stop)

    def _speaker(self, at: int) -> int:
        """The speaker after the verb, as in: "No!" cried Ahab; -1 for other constructions."""
        _, first, stop = self.pieces[at]
        kind, start, _ = self.pieces[at + 1]
        quoted = self.letters[max(first - 1, 0) : first] in ("", '"')
        if self.letters[first:stop] != "e" or not quoted or start != stop:
            return -1
        if kind in ("nouns", "name"):
            self.clauses.close()
        return self._noun_phrase(at + 1, stop)

    def _event(
        self, first: int, stop: int, end: int, reading: verbs.Reading, target: int, intended: bool
    ) -> None:
        key, weight = reading.base, 0.65
        if reading.head in known.WEAK_VERBS and not intended:
            if target < 0 or reading.head not in known.WITH_OBJECT:
                return
        elif target < 0 and not intended:
            weight = 0.45
        if target >= 0:
            key = f"{key} {self.draft.keys[target]}" if key else self.draft.keys[target]
        if not key:
            return
        if reading.denied:
            key = f"not {key}"
        type_ = ConceptType.ACTION
        if intended:
            type_, weight = ConceptType.INTENT, 0.75
            while first < end - 1 and self.letters[first] in "G:,":
                first += 1
        else:
            if reading.head in known.PERCEIVING:
                type_ = ConceptType.SENSORY
            while first < stop - 1 and self.letters[first] in "mKhbBNrp":
                first += 1
        self.clauses.happen(self._add(key, type_, first, end, weight), target)

    # -- links between clauses -----------------------------------------------------------------

    def _mark(self, at: int, letter: str, first: int) -> None:
        clauses = self.clauses
        if letter == "x":
            clauses.connect(TIME_CONNECTIVES[self.lower[first]])
        elif letter == ".":
            clauses.end_sentence()
        elif letter == ":" and not clauses.current.has_verb:
            # A label is not the subject of its text.
            clauses.current.subjects.clear()
        elif letter == ">":
            clauses.connect(Link.LEADS_TO)
        elif clauses.current.has_verb or clauses.fronted or clauses.pending:
            if letter == "," or letter == "c":
                is_inside = (
                    clauses.pending
                    and not clauses.current.has_verb
                    and clauses.preceding is not None
                )
                if is_inside:
                    return
                kind, start, _ = self.pieces[at + 1]
                if kind in _VERBAL and self.letters[start] != "g":
                    clauses.open_clause(carry=True)
                    return
                if self._lists(at):
                    return
            clauses.close()

    def _lists(self, at: int) -> bool:
        """Whether a comma or "and" continues a list instead of a clause."""
        for kind, first, _ in self.pieces[at + 1 : at + 12]:
            if kind in _VERBAL:
                return False
            if kind == "because" or (kind == "mark" and self.letters[first] in ".;x:,c"):
                return True
        return True

    def _causal_connective(self, first: int) -> None:
        word, following = self.lower[first], self.letters[first + 1 : first + 2]
        if word == "because" or (word in ("due", "thanks") and following == "t"):
            self.clauses.connect(Link.CAUSED_BY)
        elif word not in ("due", "thanks", "so") or (word == "so" and following not in "ar."):
            self.clauses.connect(Link.LEADS_TO)


def _abbreviates(short: str, words: list[str]) -> bool:
    """Whether the words contain the capitals of a short form in order, the first at the start."""
    letters = [c.lower() for c in short if c.isupper()]
    if len(letters) < 2 or not words:
        return False
    remaining = iter("".join(words).lower())
    return words[0][0].lower() == letters[0] and all(c in remaining for c in letters)
