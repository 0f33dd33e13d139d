"""Clause by clause: who does what, when and where, and how one clause stands to the next."""

from workbench.memory.concepts import kinds, verbs
from workbench.memory.concepts.draft import Draft

_TIME_CONNECTIVES = {
    "before": kinds.BEFORE,
    "until": kinds.BEFORE,
    "till": kinds.BEFORE,
    "after": kinds.AFTER,
    "once": kinds.AFTER,
    "during": kinds.DURING,
    "while": kinds.DURING,
    "when": kinds.DURING,
    "whenever": kinds.DURING,
    "ere": kinds.BEFORE,
    "since": kinds.CAUSED_BY,
}
_CAUSAL = (kinds.CAUSED_BY, kinds.LEADS_TO)
#: What may turn out to lead in a mere time: "since 2019", "after Friday".
_TIMED = (kinds.CAUSED_BY, kinds.BEFORE, kinds.AFTER, kinds.DURING)


class Clause:
    """What one clause has named so far; places in the draft, -1 for nothing."""

    __slots__ = (
        "copula", "denied", "event", "objects", "passive", "place", "relation", "subjects",
        "time", "verb",
    )  # fmt: skip

    def __init__(self) -> None:
        self.subjects: list[int] = []
        self.objects: list[int] = []
        self.event = -1
        self.verb = ""
        self.relation = ""
        self.copula = False
        self.passive = False
        self.denied = False
        self.place = -1
        self.time = -1

    @property
    def has_verb(self) -> bool:
        """Whether it has its verb."""
        return self.event >= 0 or self.copula or self.verb != ""

    @property
    def empty(self) -> bool:
        """Whether nothing is in it."""
        return not (self.subjects or self.objects or self.has_verb)

    def theme(self) -> int:
        """What it is about."""
        return self.subjects[0] if self.subjects else self.objects[0] if self.objects else -1


class Clauses:
    """The clause being read, the one before it, and what joins them."""

    __slots__ = ("before", "draft", "former", "fronted", "now", "pending")

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.now = Clause()
        self.before: Clause | None = None
        #: The last clause of the sentence before, to which "therefore" goes back.
        self.former: Clause | None = None
        #: How the clause to come stands to the one before, or, fronted, to the one after it.
        self.pending = 0
        self.fronted: tuple[int, Clause] | None = None

    # -- parts of a clause ---------------------------------------------------------------------

    def place_concept(self, place: int, preposition: str, word: str, *, kind: bool = False) -> None:
        """Give a concept its part by the letter `preposition` and the `word` that stand before it.

        `kind` says that it may name what something is, and not only how.
        """
        clause = self.now
        if preposition and preposition in "lfoti":
            self._after_preposition(clause, place, word)
        elif not clause.has_verb:
            if len(clause.subjects) < 4:
                clause.subjects.append(place)
        else:
            if not clause.copula:
                if clause.relation or not clause.passive:
                    self.relate(clause.relation or clause.verb, place)
                if clause.objects and (preposition == "c" or preposition == ","):
                    self.draft.join(clause.event, kinds.INVOLVES, place)
            elif not clause.objects and preposition != "c" and preposition != ",":
                self._equal(clause, place, kind=kind)
            clause.objects.append(place)

    def _after_preposition(self, clause: Clause, place: int, word: str) -> None:
        """A concept after a preposition."""
        draft = self.draft
        if word == "by" and clause.passive:
            if clause.event >= 0:
                draft.join(place, kinds.INVOLVES, clause.event)
            self.relate(f"{clause.verb} by", place)
            return
        if clause.verb and self.relate(f"{clause.verb} {word}", place):
            clause.relation = f"{clause.verb} {word}"
            clause.objects.append(place)
            return
        if draft.types[place] == kinds.SPATIAL and word != "of":
            if clause.event >= 0:
                draft.join(clause.event, kinds.AT_LOCATION, place)
            elif clause.objects or clause.subjects:
                draft.join((clause.objects or clause.subjects)[-1], kinds.AT_LOCATION, place)
            elif clause.place < 0:
                clause.place = place
        elif word != "of" and clause.event >= 0:
            draft.join(clause.event, kinds.INVOLVES, place)
        elif not clause.has_verb:
            (clause.objects if clause.subjects or word != "of" else clause.subjects).append(place)

    def relate(self, verb: str, place: int) -> bool:
        """What a verb itself says of the subjects and this; whether it says anything."""
        joins = verbs.RELATIONS.get(verb)
        if joins is None:
            return False
        if not self.now.denied:
            type_, is_reversed = joins
            for subject in self.now.subjects:
                if is_reversed:
                    self.draft.join(place, type_, subject)
                else:
                    self.draft.join(subject, type_, place)
        return True

    def qualify(self, type_: int, place: int) -> None:
        """Join every subject with this."""
        for subject in self.now.subjects:
            self.draft.join(subject, type_, place)

    def _equal(self, clause: Clause, place: int, *, kind: bool) -> None:
        """X is a Y: what follows a real copula is a quality or a kind."""
        if clause.verb not in ("be", "become", "remain") or clause.denied:
            return
        type_ = self.draft.types[place]
        quality = not kind or type_ == kinds.STATE or type_ == kinds.SENSORY
        self.qualify(kinds.HAS_PROPERTY if quality else kinds.IS_A, place)

    def timed(self, place: int) -> None:
        """A time, which may take back a connective: "since 2019" opens no clause."""
        if self.pending in _TIMED and self.now.empty:
            if self.before is not None:
                self.now, self.before = self.before, None
            self.pending = 0
        if self.now.time < 0:
            self.now.time = place

    def happen(self, event: int, target: int) -> None:
        """Make this the event of the clause; it involves who does it and what it is done to."""
        clause, draft = self.now, self.draft
        clause.event = event
        for subject in clause.subjects:
            if clause.passive:
                draft.join(event, kinds.INVOLVES, subject)
            else:
                draft.join(subject, kinds.INVOLVES, event)
        draft.join(event, kinds.INVOLVES, target)

    # -- from clause to clause -----------------------------------------------------------------

    def open_clause(self, *, carry: bool) -> Clause:
        """The clause that a verb opens: this one, or another, of the same subject if `carry`."""
        if self.now.has_verb:
            subjects = self.now.subjects
            self.close()
            if carry:
                self.now.subjects = list(subjects)
        return self.now

    def connect_time(self, word: str) -> None:
        """A connective of time."""
        self.connect(_TIME_CONNECTIVES[word])

    def connect(self, type_: int, *, back: bool = False) -> None:
        """A connective: what follows stands so to what was before.

        With `back` that may be in the sentence before.
        """
        if not self.now.empty:
            self.close()
        if self.before is None and (back or type_ == kinds.LEADS_TO):
            self.before = self.former
            if self.before is None:
                return
        self.pending = type_

    def end_sentence(self) -> None:
        """A full stop: nothing goes on beyond it."""
        self.close()
        self.former = self.before or self.former
        self.fronted = self.before = None

    def close(self) -> None:
        """End a clause: its time and place, and how it stands to the one before."""
        clause = self.now
        if clause.empty:
            if clause.time >= 0 or clause.place >= 0:
                return
            self.now = Clause()
            return
        centre = clause.event if clause.event >= 0 else clause.theme()
        self.draft.join(centre, kinds.HAPPENED_AT, clause.time)
        self.draft.join(centre, kinds.AT_LOCATION, clause.place)
        if self.pending:
            if self.before is None:
                self.fronted = (self.pending, clause)
            else:
                self._tie(self.before, self.pending, clause)
            self.pending = 0
        elif self.fronted is not None:
            type_, cause = self.fronted
            self._tie(clause, type_, cause)
            self.fronted = None
        self.before = clause
        self.now = Clause()

    def _tie(self, head: Clause, type_: int, tail: Clause) -> None:
        """Join what two clauses say; of cause and effect what they are about, too."""
        head_theme, tail_theme = head.theme(), tail.theme()
        head_event, tail_event = head.event, tail.event
        self.draft.join(
            head_event if head_event >= 0 else head_theme,
            type_,
            tail_event if tail_event >= 0 else tail_theme,
        )
        if head_event >= 0 and tail_event >= 0 and type_ in _CAUSAL:
            self.draft.join(head_theme, type_, tail_theme)
