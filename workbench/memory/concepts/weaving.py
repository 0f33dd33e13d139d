"""A walk over the pieces of a statement: concepts of each, and clause by clause what joins them."""

from dataclasses import dataclass, field

from workbench.memory.concepts import verbs
from workbench.memory.concepts import vocabulary as known
from workbench.memory.concepts.chunks import Chunk
from workbench.memory.concepts.draft import Draft
from workbench.memory.concepts.keys import key_of
from workbench.memory.concepts.moments import moment
from workbench.memory.concepts.records import AssociationType as Joins
from workbench.memory.concepts.records import ConceptType as Type
from workbench.memory.facts.speech import these
from workbench.memory.vocabulary import COMMON, ENGLISH_STOP

_LED_BY = frozenset("lfoti")
_PLACING = these("near inside outside within across beside behind under along around")
_BREAKS = frozenset(".:;w,c(")
_ASIDE = known.NOISE | ENGLISH_STOP | known.DESCRIPTIVE
_CAUSAL = (Joins.CAUSED_BY, Joins.LEADS_TO)
_CAUSE = {"because": Joins.CAUSED_BY, "due": Joins.CAUSED_BY, "thanks": Joins.CAUSED_BY}
_WHEN = {
    "before": Joins.BEFORE, "until": Joins.BEFORE, "till": Joins.BEFORE, "after": Joins.AFTER,
    "once": Joins.AFTER, "during": Joins.DURING, "while": Joins.DURING, "when": Joins.DURING,
    "whenever": Joins.DURING, "since": Joins.CAUSED_BY,
}  # fmt: skip


@dataclass(slots=True)
class _Clause:
    """What one clause has named so far; places in the draft, -1 for nothing."""

    subjects: list[int] = field(default_factory=list)
    objects: list[int] = field(default_factory=list)
    event: int = -1
    verb: str = ""
    copula: bool = False
    passive: bool = False
    denied: bool = False
    place: int = -1
    time: int = -1

    @property
    def said(self) -> bool:
        """Whether it has its verb."""
        return self.event >= 0 or self.copula or bool(self.verb)

    @property
    def empty(self) -> bool:
        """Whether nothing is in it."""
        return not self.said and not self.subjects and not self.objects

    def theme(self) -> int:
        """What it is about."""
        return self.subjects[0] if self.subjects else self.objects[0] if self.objects else -1


def weave(
    text: str,
    tokens: list[str],
    places: list[int],
    letters: str,
    pieces: list[Chunk],
    at: float | None,
) -> Draft:
    """Concepts and bonds of a statement cut into tokens, their letters and the pieces of these."""
    return _Weaver(text, tokens, places, letters, pieces, at).run()


class _Weaver:
    def __init__(
        self,
        text: str,
        tokens: list[str],
        places: list[int],
        letters: str,
        pieces: list[Chunk],
        at: float | None,
    ) -> None:
        self.text, self.tokens, self.places = text, tokens, places
        self.letters, self.pieces, self.told = letters, pieces, at
        self.draft = Draft()
        self.clause = _Clause()
        self.before = _Clause()
        #: How the clause to come stands to the one before, or, fronted, to the one after it.
        self.pending: Joins | None = None
        self.fronted: tuple[Joins, _Clause] | None = None
        self.size = len(tokens)

    def run(self) -> Draft:
        at, pieces = 0, self.pieces
        count = len(pieces)
        while at < count:
            chunk = pieces[at]
            kind = chunk.kind
            if kind == "nouns" or kind == "name":
                at = self._nominal(at)
            elif kind == "mark":
                self._mark(at)
            elif kind == "verb" or kind == "intent":
                at = self._verb(at)
            elif kind == "copula":
                self._copula(chunk)
            elif kind == "adjective":
                self._adjective(chunk)
            elif kind == "time":
                self._time(chunk)
            elif kind == "because":
                self._because(chunk)
            elif kind == "figure":
                self._figure(chunk)
            elif kind == "have":
                self.clause.verb = "have"
            at += 1
        self._close()
        return self.draft

    def _span(self, first: int, last: int) -> tuple[int, int]:
        return self.places[2 * first], self.places[2 * last - 1]

    def _add(self, key: str, type_: Type, first: int, last: int, weight: float) -> int:
        start, end = self._span(first, last)
        weight *= 1.0 - 0.3 * first / self.size
        return self.draft.add(key, self.text[start:end], type_, start, end, weight)

    # -- pieces --------------------------------------------------------------------------------

    def _time(self, chunk: Chunk) -> None:
        first, last = chunk.first, chunk.last
        words = [raw.lower() for raw in self.tokens[first:last] if raw not in ","]
        if self.letters[first] in "dQ" and words[0] in ("the", "my", "our"):
            first, words = first + 1, words[1:]
        key = moment(words, self.told)
        if not key:
            return
        place = self._add(key, Type.TIME, first, last, 0.6)
        if self.pending in (Joins.CAUSED_BY, Joins.BEFORE, Joins.AFTER, Joins.DURING):
            # "since 2019", "after Friday": a time and no clause.
            if self.clause.empty:
                self.clause, self.before, self.pending = self.before, _Clause(), None
            self.fronted = None
        if self.clause.time < 0:
            self.clause.time = place

    def _figure(self, chunk: Chunk) -> None:
        start, end = self._span(chunk.first, chunk.last)
        name = self.text[start:end]
        key = name.casefold().replace(" ", "").replace(",", "")
        for scheme in ("https://", "http://", "www."):
            key = key.removeprefix(scheme)
        place = self._add(key.rstrip("/.,"), Type.ENTITY, chunk.first, chunk.last, 0.55)
        self._stands(place, chunk.first)

    def _nominal(self, at: int) -> int:
        chunk = self.pieces[at]
        place = self._name(chunk) if chunk.kind == "name" else self._phrase(chunk)
        if place >= 0:
            self._stands(place, chunk.first)
            return self._alias(at, place)
        return at

    def _name(self, chunk: Chunk) -> int:
        _, first, last = chunk
        if self.letters[first] in "dQ":
            first += 1
        if self.letters[last - 1] == "." and len(self.tokens[last - 2]) > 1:
            last -= 1
        start, end = self._span(first, last)
        raw = self.text[start:end]
        key = key_of(raw, plural=self.letters[last - 1] == "A")
        if key in known.NOISE_NAMES or len(key) < 2:
            return -1
        type_ = Type.ENTITY
        weight = 0.9 if last - first > 1 or self.letters[first] != "A" else 0.75
        if key in known.GAZETTEER or self._led_to_place(key, first):
            type_, weight = Type.SPATIAL, 0.85
        elif self.clause.copula and key in known.EMOTIONS:
            type_ = Type.STATE
        return self._add(key, type_, first, last, weight)

    def _led_to_place(self, key: str, first: int) -> bool:
        head = key.rsplit(" ", 1)[-1]
        if head in known.PLACES and head != key:
            return True
        if not first:
            return False
        before, letter = self.tokens[first - 1].lower(), self.letters[first - 1]
        if letter == "d" and first > 1:
            before, letter = self.tokens[first - 2].lower(), self.letters[first - 2]
        if letter == "l":
            if before == "at":
                return self.clause.verb not in ("work", "study", "look", "teach")
            return before == "in" or before in _PLACING
        return letter in "ft" and self.clause.verb in known.MOTION

    def _phrase(self, chunk: Chunk) -> int:
        first, last, tokens, letters = chunk.first, chunk.last, self.tokens, self.letters
        while first < last and (
            letters[first] in "dQRrj#," or tokens[first].lower() in known.DESCRIPTIVE
        ):
            first += 1
        if first == last:
            return -1
        head = tokens[last - 1].lower()
        led = self.letters[chunk.first - 1] if chunk.first else ""
        if led and led in "lio" and (state := self._state_phrase(chunk.first, last)):
            return self._hold(state, chunk.first - state.count("-"), last)
        # What is red or loud is one thing, that it is so another.
        quality = -1
        if first < last - 1 and tokens[first].lower() in known.SENSORY:
            quality = self._add(tokens[first].lower(), Type.SENSORY, first, first + 1, 0.5)
            first += 1
        if last - first == 1 and (head in _ASIDE or len(head) < 3):
            return -1
        start, end = self._span(first, last)
        key = key_of(self.text[start:end])
        if not key:
            return -1
        place = self._add(key, *self._kind(key, head, first, last), weight=self._weight(key))
        self.draft.join(place, Joins.HAS_PROPERTY, quality)
        return place

    def _kind(self, key: str, head: str, first: int, last: int) -> tuple[Type, int, int]:
        one = key.rsplit(" ", 1)[-1]
        type_ = Type.CONCEPT
        if last - first == 1 and self.letters[first] == "A":
            type_ = Type.ENTITY
        elif one in known.PLACES and not (one in known.NOT_PLACES and not self._located(first)):
            type_ = Type.SPATIAL
        elif one in known.SENSATIONS or key in known.SENSORY:
            type_ = Type.SENSORY
        elif key in known.EMOTIONS:
            type_ = Type.STATE
        elif key in known.GAZETTEER:
            type_ = Type.SPATIAL
        return type_, first, last

    def _located(self, first: int) -> bool:
        at = first - 1
        while at >= 0 and self.letters[at] in "dQRa":
            at -= 1
        return at >= 0 and self.letters[at] in "lf"

    def _weight(self, key: str) -> float:
        if " " in key:
            return 0.7
        return 0.35 if key in COMMON else 0.55

    def _state_phrase(self, first: int, last: int) -> str:
        words = "-".join(token.lower() for token in self.tokens[max(0, first - 1) : last])
        if words in known.STATE_PHRASES:
            return words
        longer = "-".join(token.lower() for token in self.tokens[max(0, first - 2) : last])
        return longer if longer in known.STATE_PHRASES else ""

    def _hold(self, state: str, first: int, last: int) -> int:
        """A condition that the subject is in."""
        key = state.replace("-", " ")
        clause = self.clause
        if clause.denied:
            key = f"not {key}"
        place = self._add(key, Type.STATE, first, last, 0.65)
        self._qualify(place, Joins.HAS_PROPERTY)
        clause.event = place if clause.event < 0 else clause.event
        return -1

    def _qualify(self, place: int, type_: Joins) -> None:
        for subject in self.clause.subjects:
            self.draft.join(subject, type_, place)

    def _alias(self, at: int, place: int) -> int:
        """`KV cache (KVC)`: the short form in brackets is another name of the long one."""
        pieces = self.pieces
        chunk = pieces[at]
        if at + 2 >= len(pieces) or self.letters[chunk.last : chunk.last + 1] != "(":
            return at
        short = pieces[at + 2]
        if short.first != chunk.last + 1 or self.letters[short.last : short.last + 1] != ")":
            return at
        raw = self.tokens[short.first]
        words = self.tokens[chunk.first : chunk.last]
        if self.letters[chunk.first] in "dQ":
            del words[0]
        if short.last - short.first != 1 or not _abbreviates(raw, words):
            return at
        other = self._add(key_of(raw), self.draft.types[place], short.first, short.last, 0.75)
        self.draft.join(place, Joins.SIMILAR_TO, other)
        return at + 2

    def _stands(self, place: int, first: int) -> None:
        """Give a concept its part in the clause by what stands before it."""
        clause = self.clause
        led = self.letters[first - 1] if first else ""
        if led and led in _LED_BY:
            self._led(place, first)
        elif not clause.said:
            clause.subjects.append(place)
            del clause.subjects[4:]
        elif clause.copula:
            if not clause.objects and led not in ("c", ","):
                self._equal(place, first)
            clause.objects.append(place)
        else:
            clause.objects.append(place)
            self._relate(clause, place)

    def _led(self, place: int, first: int) -> None:
        """A concept after a preposition."""
        clause, draft = self.clause, self.draft
        word = self.tokens[first - 1].lower()
        if word == "by" and clause.passive:
            if clause.event >= 0:
                draft.join(place, Joins.INVOLVES, clause.event)
            self._relate(clause, place, agent=True)
            return
        if word in ("to", "from", "of", "in", "into", "by", "with") and clause.verb:
            joins = verbs.RELATIONS.get(f"{clause.verb} {word}")
            if joins is not None:
                self._join_all(clause, joins, place)
                clause.objects.append(place)
                return
        if draft.types[place] is Type.SPATIAL and word != "of":
            if clause.event >= 0:
                draft.join(clause.event, Joins.AT_LOCATION, place)
            elif clause.objects or clause.subjects:
                draft.join((clause.objects or clause.subjects)[-1], Joins.AT_LOCATION, place)
            elif clause.place < 0:
                clause.place = place
        elif word != "of" and clause.event >= 0:
            draft.join(clause.event, Joins.INVOLVES, place)
        elif not clause.subjects and not clause.said:
            clause.subjects.append(place)

    def _relate(self, clause: _Clause, place: int, *, agent: bool = False) -> None:
        """What the verb itself says of subject and object."""
        joins = verbs.RELATIONS.get(f"{clause.verb} by" if agent else clause.verb)
        if joins is not None and not clause.denied:
            self._join_all(clause, joins, place)

    def _join_all(self, clause: _Clause, joins: tuple[Joins, bool], place: int) -> None:
        type_, turned = joins
        if clause.denied:
            return
        for subject in clause.subjects:
            if turned:
                self.draft.join(place, type_, subject)
            else:
                self.draft.join(subject, type_, place)

    def _equal(self, place: int, first: int) -> None:
        """X is a Y: only a real copula and an article make the one a kind of the other."""
        clause, draft = self.clause, self.draft
        if clause.verb not in ("be", "become", "remain") or clause.denied:
            return
        if draft.types[place] in (Type.STATE, Type.SENSORY):
            self._qualify(place, Joins.HAS_PROPERTY)
        else:
            self._qualify(place, Joins.IS_A)

    def _copula(self, chunk: Chunk) -> None:
        clause = self._clause_for_verb()
        words = self.tokens[chunk.first : chunk.last]
        letters = self.letters[chunk.first : chunk.last]
        clause.copula = True
        clause.denied = any(letter in "BKN" for letter in letters)
        word = next((w for w, x in zip(words, letters, strict=True) if x in "bB"), words[0]).lower()
        clause.verb = verbs.COPULAS.get(word, "be")

    def _adjective(self, chunk: Chunk) -> None:
        """A quality said of the subject."""
        clause = self.clause
        word = self.tokens[chunk.last - 1].lower()
        first = chunk.last - 1
        if self.letters[first] == "e" and not clause.copula and word not in known.STATES:
            return
        if clause.copula and word not in known.IDLE_QUALITIES:
            self._quality(word, first, chunk.last)

    def _quality(self, word: str, first: int, last: int) -> None:
        clause = self.clause
        key = f"not {word}" if clause.denied else word
        type_, joins, weight = Type.STATE, Joins.HAS_PROPERTY, 0.55
        if word in known.EMOTIONS:
            joins = Joins.FELT
        elif word in known.SENSORY:
            type_, weight = Type.SENSORY, 0.5
        place = self._add(key, type_, first, last, weight)
        self._qualify(place, joins)
        if clause.event < 0:
            clause.event = place

    def _clause_for_verb(self, *, carry: bool = True) -> _Clause:
        """The clause that a verb opens: the present one, or another with the same subject."""
        if self.clause.said:
            subjects = self.clause.subjects
            self._close()
            if carry:
                self.clause.subjects = list(subjects)
        return self.clause

    def _verb(self, at: int) -> int:
        chunk = self.pieces[at]
        tokens, letters = self.tokens, self.letters[chunk.first : chunk.last]
        reading = verbs.read(tuple(tokens[chunk.first : chunk.last]), letters)
        if reading.base == "" and chunk.kind != "intent":
            return at
        self._purpose(chunk)
        clause = self._clause_for_verb(carry=letters[0] != "g")
        clause.verb, clause.passive, clause.denied = reading.last, reading.passive, reading.denied
        quality = reading.participle
        if quality in known.STATES or quality in known.EMOTIONS:
            clause.copula = True
            self._quality(quality, chunk.last - 1, chunk.last)
            return at
        last, key, target = chunk.last, reading.base, -1
        following = self.pieces[at + 1] if at + 1 < len(self.pieces) else None
        adjacent = following is not None and following.first == last
        if adjacent and following is not None and following.kind in ("nouns", "name"):
            clause.objects = []
            target = self._object(following)
            if target >= 0:
                key = f"{key} {self.draft.keys[target]}".strip()
                last = following.last
                at = self._alias(at + 1, target)
        intended = chunk.kind == "intent"
        if key and (intended or target >= 0 or reading.last not in known.WEAK_VERBS):
            weak = reading.last in known.WEAK_VERBS and not intended
            if not weak or reading.last in ("make", "take", "give", "see", "call", "use"):
                self._event(chunk, last, key, intended, reading, target)
        if target >= 0:
            clause.objects.append(target)
            if clause.event < 0 and reading.last == "have":
                self._join_all(clause, (Joins.INVOLVES, False), target)
            if chunk.kind != "intent":
                self._relate(clause, target)
        return at

    def _object(self, chunk: Chunk) -> int:
        return self._name(chunk) if chunk.kind == "name" else self._phrase(chunk)

    def _event(
        self, chunk: Chunk, last: int, key: str, intended: bool, reading: verbs.Reading, target: int
    ) -> None:
        clause, draft = self.clause, self.draft
        if reading.denied:
            key = f"not {key}"
        type_, weight = (Type.INTENT, 0.75) if intended else (Type.ACTION, 0.65)
        if reading.last in known.PERCEIVING:
            type_ = Type.SENSORY
        if target < 0 and not intended:
            weight = 0.45
        first = chunk.first
        while first < chunk.last - 1 and self.letters[first] in "mKhbBNrp" and not intended:
            first += 1
        event = self._add(key, type_, first, last, weight)
        clause.event = event
        for subject in clause.subjects:
            if reading.passive:
                draft.join(event, Joins.INVOLVES, subject)
            else:
                draft.join(subject, Joins.INVOLVES, event)
        draft.join(event, Joins.INVOLVES, target)

    def _purpose(self, chunk: Chunk) -> None:
        """In order to: what is done enables what it is done for."""
        words = [token.lower() for token in self.tokens[max(0, chunk.first - 3) : chunk.first]]
        if words == ["in", "order", "to"] and not self.clause.empty:
            self._close()
            self.pending = Joins.ENABLES

    # -- connectives ---------------------------------------------------------------------------

    def _mark(self, at: int) -> None:
        chunk = self.pieces[at]
        letter = self.letters[chunk.first]
        if letter == "x":
            word = self.tokens[chunk.first].lower()
            self._connect(_WHEN[word])
        elif letter == ">":
            self._connect(Joins.LEADS_TO)
        elif letter == ".":
            self._close()
            self.fronted, self.before = None, _Clause()
        elif letter in _BREAKS and (self.clause.said or self.fronted or self.pending):
            if letter == "," or letter == "c":
                if self.pending and not self.clause.said and not self._at_front:
                    return
                if self._lists(at):
                    return
            self._close()

    @property
    def _at_front(self) -> bool:
        return self.before.empty

    def _lists(self, at: int) -> bool:
        """Whether a comma or "and" goes on with a list and not with a clause."""
        for chunk in self.pieces[at + 1 :]:
            if chunk.kind in ("verb", "copula", "intent", "have"):
                return False
            if chunk.kind == "mark" and self.letters[chunk.first] in ".;x:":
                return True
            if chunk.kind == "because":
                return True
        return True

    def _because(self, chunk: Chunk) -> None:
        word = self.tokens[chunk.first].lower()
        following = self.letters[chunk.last : chunk.last + 1]
        if word in _CAUSE:
            if word == "because" or following == "t":
                self._connect(Joins.CAUSED_BY)
        elif word == "accordingly" or word != "so" or following not in ("a", "r", ".", ""):
            self._connect(Joins.LEADS_TO)

    def _connect(self, type_: Joins) -> None:
        if not self.clause.empty:
            self._close()
        self.pending = type_

    def _close(self) -> None:
        """End a clause: its time and place, and how it stands to the one before."""
        clause, draft = self.clause, self.draft
        if clause.empty and clause.time < 0 and clause.place < 0:
            return
        centre = clause.event if clause.event >= 0 else clause.theme()
        draft.join(centre, Joins.HAPPENED_AT, clause.time)
        if clause.place >= 0 and centre >= 0:
            draft.join(centre, Joins.AT_LOCATION, clause.place)
        if self.pending is not None and not clause.empty:
            if self.before.empty:
                self.fronted = (self.pending, clause)
            else:
                self._tie(self.before, self.pending, clause)
            self.pending = None
        elif self.fronted is not None and not clause.empty:
            type_, cause = self.fronted
            self._tie(clause, type_, cause)
            self.fronted = None
        if not clause.empty:
            self.before = clause
        self.clause = _Clause()

    def _tie(self, head: _Clause, type_: Joins, tail: _Clause) -> None:
        """Join what two clauses say; of cause and effect what they are about, too."""
        about, other = head.theme(), tail.theme()
        done, doing = head.event, tail.event
        self.draft.join(done if done >= 0 else about, type_, doing if doing >= 0 else other)
        if done >= 0 and doing >= 0 and type_ in _CAUSAL:
            self.draft.join(about, type_, other)


def _abbreviates(short: str, words: list[str]) -> bool:
    """Whether the capitals of a short form are initials of the words, in order."""
    letters = [c.lower() for c in short if c.isupper()]
    if len(letters) < 2 or len(short) > 10:
        return False
    rest = iter("".join(words).lower())
    return words[0][0].lower() == letters[0] and all(c in rest for c in letters)
