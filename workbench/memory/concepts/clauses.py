"""Clause by clause: who does what, when and where, and how clauses relate."""

from dataclasses import dataclass, field

from ingest.language.word_lists import classes
from workbench.memory.concepts import verbs
from workbench.memory.concepts.draft import Draft
from workbench.memory.concepts.records import AssociationType as Link
from workbench.memory.concepts.records import ConceptType

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
