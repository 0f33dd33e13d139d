"""The claims of told statements with their time: which are valid now, and which were replaced."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from ingest.language.claims import GIVE_UP, Claim, claims_of
from ingest.language.records import Clause, Thing
from ingest.language.times import is_time
from ingest.language.word_lists import groups_of, kin, opposites, same_meaning, words
from workbench.memory.claims.things import Identity, literally, original

#: How a claim follows that something was given or paid back.
_BACK = ("return", "regain", "repay")
#: More than the claims of a sentence.
_LAST = 99
#: Verbs by which somebody takes the place of another.
_SUCCEED = ("replace", "succeed", "takeover")
#: What follows so replaces what the same statement says before.
_SAME_STATEMENT = (*_BACK, *_SUCCEED)


@dataclass(frozen=True, slots=True)
class Told:
    """A statement as it was told: its id, since when it holds, what was told just before it."""

    id: int
    text: str
    at: float
    context: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """One claim of a statement; `order` ranks by when it holds, then by when it was told."""

    claim: Claim
    told: Told
    order: tuple[float, int, int]

    @property
    def clause(self) -> Clause:
        """What it asserts."""
        return self.claim.clause


def owners(thing: Thing | None) -> Iterator[Thing]:
    """A thing, who has it, who has that one, and so on."""
    while thing is not None:
        yield thing
        thing = thing.owner


def verb_fits(asked: str, told: str) -> int:
    """1 where verbs ask for the same, -1 where one denies the other, else 0."""
    if asked == told or asked in same_meaning().get(told, ()):
        return 1
    return -1 if told in opposites().get(asked, ()) else 0


class Memory:
    """The claims of some statements; nothing replaces those that are `kept`.

    `today` is the day that ages are counted to (None: they are not).
    """

    def __init__(
        self, told: Iterable[Told], kept: Collection[int] = (), today: date | None = None
    ) -> None:
        self.statements = list(told)
        self.kept = kept
        self.today = today
        self.unsure: list[Told] = []
        self.claims: list[Held] = []
        for each in self.statements:
            found = claims_of(each.text, each.context)
            if not found.sure:
                self.unsure.append(each)
            for number, claim in enumerate(found.claims):
                self.claims.append(
                    Held(claim, each, (each.at, each.id, claim.sentence * 100 + number))
                )
        self.claims = [each for held in self.claims for each in self._with_offices(held)]
        self.claims.sort(key=lambda held: held.order, reverse=True)
        self.claims = [self._in_full(held) for held in self.claims]
        self._newer: dict[int, Held | None] = {}
        #: The names that are told of, by their words.
        self.names = {
            thing.words
            for held in self.claims
            for role in (held.clause.subject, held.clause.object, held.clause.complement)
            for thing in owners(role)
            if thing.kind == "name"
        }

    def _with_offices(self, held: Held) -> Iterator[Held]:
        """A claim and, where somebody takes another's place, what that one was told to be."""
        clause = held.clause
        who, former = clause.subject, clause.object or clause.role("from")
        told = held.claim.status in ("happened", "now") and not clause.negated
        if clause.verb in _SUCCEED and told and who is not None and former is not None:
            named = who.kind == "name" and not (who.determiner or clause.role("as"))
            one = former.names[0] if former.names else former
            for office in self._offices(former, held) if named else ():
                for person, negated in ((who, False), (one, True)):
                    made = Clause("be", person, complement=office, negated=negated)
                    claim = Claim(made, "now", clause.verb, held.claim.sentence)
                    yield Held(claim, held.told, (*held.order[:2], held.order[2] + _LAST))
        yield held

    def _offices(self, person: Thing, held: Held) -> Iterator[Thing]:
        """What somebody was told to be before a claim, but nobody's kin."""
        if person.kind == "noun" and definite(person):
            yield replace(person, names=())
        for each in self.claims:
            one, other = each.clause.subject, each.clause.complement
            if each.order >= held.order or each.clause.verb != "be" or each.clause.negated:
                continue
            if one is None or other is None or each.claim.status != "now":
                continue
            for noun, name in ((one, other), (other, one)):
                office = noun.kind == "noun" and definite(noun) and noun.head not in kin()
                # nobody becomes “the tallest boy” by taking his place
                office = office and not any(mod.endswith("est") for mod in noun.mods)
                if office and name.kind == "name" and literally(person, name):
                    yield noun

    def _in_full(self, held: Held) -> Held:
        """A claim with what was told before: what was given up, whose appointment was moved."""
        clause = held.clause
        if clause.verb == GIVE_UP:
            given_up = (
                replace(clause, verb=each.clause.verb)
                for each in self.claims
                if each.order[:2] < held.order[:2]
                and _denied(replace(clause, verb=each.clause.verb), each.clause)
            )
            found = next(given_up, clause)
            return replace(held, claim=replace(held.claim, clause=found))
        office = clause.complement
        if held.claim.derived in (*_SUCCEED, "resign") and office and not definite(office):
            # “resigned as chair”: of the club that has one
            known = (
                noun
                for each in self.claims
                if each.order < held.order and each.clause.verb == "be"
                for noun in (each.clause.subject, each.clause.complement)
                if noun is not None and noun.head == office.head and definite(noun)
            )
            named = replace(clause, complement=next(known, office))
            return replace(held, claim=replace(held.claim, clause=named))
        thing = clause.subject
        if held.claim.derived != "change" or thing is None or thing.kind != "noun":
            return held
        if thing.owner is None and thing.determiner != "the":
            return held
        older = {
            (
                other.mods,
                frozenset((p, t.words) for p, t in other.inside if not is_time(t, p)),
            ): other
            for each in self.claims
            if each.order[:2] < held.order[:2] and each.claim.derived != "change"
            for other in (each.clause.subject, each.clause.object)
            if other is not None and other.kind == "noun" and other.head == thing.head
            if thing.owner is None or _is_whose(thing.owner, other, each.clause)
        }
        if len(older) != 1:
            return held
        (meant,) = older.values()
        if not (thing.mods <= meant.mods and not thing.inside):
            return held
        # “the fair on 5 May” is the fair, whenever it is
        lasting = tuple(each for each in meant.inside if not is_time(each[1], each[0]))
        full = replace(thing, mods=meant.mods, inside=lasting)
        return replace(held, claim=replace(held.claim, clause=replace(held.clause, subject=full)))

    @cached_property
    def identities(self) -> Sequence[Identity]:
        """What is told to be the same, newest first."""
        found: list[Identity] = []
        later: list[Identity] = []
        for held in self.claims:
            clause = held.clause
            subject, what = clause.subject, clause.complement
            status = held.claim.status
            if clause.verb != "be" or clause.negated or status not in ("now", "will"):
                continue
            if subject is None or what is None or held.claim.derived == "kin":
                continue
            if subject.members or subject.number or what.members or clause.prepositions:
                # of “two cats, Tom and Kit” neither is the other
                continue
            for noun, name in ((subject, what), (what, subject)):
                definite = noun.owner is not None or noun.determiner == "the"
                named = noun.kind == "name" and noun.owner is not None
                if name.kind == "name" and ((noun.kind == "noun" and definite) or named):
                    if status == "will":
                        later.append((noun, name))
                    elif not self.replaced(held):
                        found.append((noun, name))
                    break
        # who will be the speaker is the speaker, where nobody is yet
        new = [
            (noun, name)
            for noun, name in later
            if not any(literally(noun, one) for one, _ in found)
        ]
        return [*found, *new]

    def replaced(self, held: Held) -> bool:
        """Whether something newer holds instead of what held then."""
        return self.newer(held) is not None

    def newer(self, held: Held) -> Held | None:
        """What holds instead of what held then."""
        key = id(held)
        if key not in self._newer:
            holds = held.claim.status == "now" and held.told.id not in self.kept
            others = (
                other
                for other in (self.claims if holds else ())
                if other.order > held.order
                and (other.told.id != held.told.id or other.claim.derived in _SAME_STATEMENT)
                and (
                    (other.claim.status == "happened" and _done_since(other.clause, held.clause))
                    or (
                        other.claim.status == "now"
                        and (
                            same_topic(other.clause, held.clause)
                            or _given_back(other, held)
                            or _handed_on(other, held.clause)
                        )
                    )
                )
            )
            self._newer[key] = next(others, None)
        return self._newer[key]

    def instead(self, held: Held) -> Held | None:
        """What holds now instead of what held then or was told to have been so."""
        if held.claim.status != "was":
            return self.newer(held)
        now = (each for each in self.claims if each.claim.status == "now")
        return next((each for each in now if same_topic(each.clause, held.clause)), None)


def _is_whose(owner: Thing, thing: Thing, clause: Clause) -> bool:
    """Whether a thing is this owner's, by its words or since a clause says who has it."""
    has = thing.owner or (clause.subject if clause.verb == "have" else None)
    return has is not None and literally(owner, has)


def definite(thing: Thing) -> bool:
    """Whether a thing is a certain one: somebody's, or “the” one."""
    return thing.owner is not None or thing.determiner == "the"


def same_topic(newer: Clause, older: Clause) -> bool:
    """Whether both say what can only be one thing at a time."""
    subject, name = newer.subject, older.complement
    denied = newer.negated and newer.verb == older.verb == "be" and newer.complement is not None
    if denied and subject and name and name.kind == "name" and literally(subject, name):
        # “the chair is Bo”, “Bo is no longer the chair”
        older = replace(older, subject=name, complement=older.subject)
    if subject is None or older.subject is None:
        return False
    if newer.verb != older.verb:
        return False
    # “we have a new password: …”
    subject = replace(subject, mods=subject.mods - {"new"})
    if newer.verb not in words("functional") and newer.verb not in ("have", "own"):
        return _denied(replace(newer, subject=subject), older)
    both = literally(subject, older.subject) and literally(older.subject, subject)
    if not both and not any(literally(subject, name) for name in older.subject.names):
        # “Jan”, told of as “my nephew Jan”
        return False
    if newer.verb == "owe":
        to = newer.second, older.second
        return to[0] is not None and to[1] is not None and literally(to[0], to[1])
    if newer.verb in ("have", "own"):
        things = newer.object, older.object
        return (
            things[0] is not None
            and things[1] is not None
            and _mentions(things[0], things[1])
            and newer.negated != older.negated
        )
    if newer.complement is not None and _timed(newer) and not _timed(older):
        # “open on Monday” takes no place of “closed”
        return False
    if not _slots(newer) & {"object", "amount"} and not _same_object(newer, older):
        return False
    if newer.negated and newer.object is None and newer.complement is None:
        return bool(_slots(newer) & _slots(older)) and _overlaps(newer, older)
    return (bool(_slots(newer) & _slots(older)) and not newer.negated) or (
        newer.negated != older.negated and _overlaps(newer, older)
    )


def _denied(newer: Clause, older: Clause) -> bool:
    """Whether a claim is taken back as it was told: “she no longer plays the cello”."""
    subjects = newer.subject, older.subject
    return (
        subjects[0] is not None
        and subjects[1] is not None
        and newer.negated
        and not older.negated
        and (literally(subjects[0], subjects[1]) or literally(subjects[1], subjects[0]))
        # who does not always play may still play
        and not set(newer.adverbs) - words("now") - {"longer"}
        and _overlaps(newer, older)
    )


def _done_since(newer: Clause, older: Clause) -> bool:
    """Whether what had not been done was done: “Bo hasn't paid yet”, “Bo paid on Friday”."""
    subjects, things = (newer.subject, older.subject), (newer.object, older.object)
    return (
        older.tense == "perfect"
        and older.negated
        and not newer.negated
        and newer.verb == older.verb
        and subjects[0] is not None
        and subjects[1] is not None
        and _mentions(subjects[0], subjects[1])
        and (things[1] is None or (things[0] is not None and _mentions(things[0], things[1])))
    )


def _handed_on(newer: Held, older: Clause) -> bool:
    """Whether somebody got what had its place: a key that was taken back is under no doormat."""
    thing, had = newer.clause.object, older.subject
    return (
        newer.clause.verb == "have"
        and newer.claim.derived in words("hand_on")
        and not newer.clause.negated
        and older.verb == "be"
        and older.complement is None
        and "place" in _slots(older)
        and thing is not None
        and had is not None
        and _mentions(thing, had)
    )


def _same_object(newer: Clause, older: Clause) -> bool:
    """Whether both are of the same, as meeting Ida on Monday is of no Ben on Friday."""
    one, other = newer.object, older.object
    if one is None or other is None:
        return one is other or newer.verb != "meet"
    return literally(one, other) or literally(other, one)


def _given_back(newer: Held, older: Held) -> bool:
    """Whether what somebody no longer had, being lent, was returned."""
    things = newer.clause.object, older.clause.object
    return (
        newer.claim.derived in _BACK
        and older.claim.derived in ("lend", "borrow")
        and newer.clause.verb == older.clause.verb == "have"
        and older.clause.negated
        and things[0] is not None
        and things[1] is not None
        and _mentions(things[0], things[1])
    )


def _mentions(newer: Thing, older: Thing) -> bool:
    """Whether the newer is the older one, as that was called or shorter: “the drill”."""
    older = original(older)
    return literally(original(newer), older) or (
        newer.determiner == "the" and literally(newer, replace(older, owner=None))
    )


def _timed(clause: Clause) -> bool:
    return any(
        is_time(thing, p) and p not in ("since", "until") for p, thing in clause.prepositions
    )


def _overlaps(newer: Clause, older: Clause) -> bool:
    """Whether a denial is about the very same."""
    for role in ("object", "complement"):
        one, other = newer.role(role), older.role(role)
        if (one is None) != (other is None):
            return False
        if one is not None and other is not None and not literally(one, other):
            return False
    return all(
        (thing := older.role(preposition)) is not None and literally(each, thing)
        for preposition, each in newer.prepositions
    )


def _slots(clause: Clause) -> set[str]:
    """What of a clause holds one value at a time."""
    found: set[str] = set()
    for preposition, thing in clause.prepositions:
        if is_time(thing, preposition):
            if clause.verb != "be" or clause.complement is None:
                at = preposition in ("at", "on", "in", "")
                found.add(f"time:{preposition}" if not at else "time")
        elif preposition in words("place"):
            found.add("place")
        elif preposition not in ("with", "for", "by", "because_of"):
            found.add(preposition)
    what = clause.complement
    if what is not None:
        found.discard("place")
        found.discard("time")
        found |= _kinds(what)
    if clause.object is not None and clause.verb in ("cost", "weigh", "take", "last", "measure"):
        found.add("amount")
    if clause.object is not None and clause.verb in ("study", "teach", "drive", "run"):
        found.add("object")
    for adverb in clause.adverbs:
        if adverb in opposites():
            found |= _state(adverb)
    return found


def _state(word: str) -> set[str]:
    """A state, and those that it denies, which cannot be so at the same time."""
    return {f"state:{word}", *(f"state:{other}" for other in opposites()[word])}


def _kinds(what: Thing) -> set[str]:
    if what.kind == "adjective" and what.number:
        # “180 cm tall” takes no place of “34 years old”
        return {"amount", f"amount:{what.head}"} if what.head == "old" else {f"amount:{what.head}"}
    if what.kind == "adjective":
        groups = groups_of(what.head)
        if groups:
            return {f"group:{name}" for name in groups}
        if what.head not in opposites():
            # “my plan is basic”: what it is called
            return {f"state:{what.head}", "identity"}
        return _state(what.head)
    if what.kind == "number" or what.number:
        return {"amount"}
    if what.kind == "time":
        return {"time"}
    if what.determiner in ("a", "an"):
        return {"kind:" + what.head}
    return {"identity"}
