"""The claims of told statements with their time: which are valid now, and which were replaced."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from typing import Literal

from ingest.language.analyse import analyse
from ingest.language.claims import Claim, claims_of
from ingest.language.events import Ending, relations_of
from ingest.language.nouns import singular
from ingest.language.records import Clause, Phrase
from ingest.language.times import is_time
from ingest.language.verbs import forms
from ingest.language.word_lists import kinship, words
from workbench.memory.claims.cardinality import competes, excludes, has_one_holder, slots
from workbench.memory.claims.endings import Aliases, bears_on, denies, ends, taken_over
from workbench.memory.claims.things import Identity, fuller, literally, names_in, original

#: How a claim follows that something was given or paid back.
_BACK = ("return", "regain", "repay")
#: How a claim follows that something is not as it was.
_CHANGED = ("change", "repaired", "done", "broke")
#: Statements, and seconds, before one that belong to the same talk.
_NEAR, _TALK = 3, 6 * 3600.0
#: How a claim follows that says the same in other words: whom one reports to is one's manager.
_REWORDED = ("report", "manager", "works")
#: More than the claims of a sentence.
_LAST = 99
#: Verbs by which somebody takes the place of another.
_SUCCEED = ("replace", "succeed", "takeover")
#: What follows so replaces what the same statement says before.
_SAME_STATEMENT = (*_BACK, *_SUCCEED, "corrected")


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


def owners(thing: Phrase | None) -> Iterator[Phrase]:
    """A thing, who has it, who has that one, and so on."""
    while thing is not None:
        yield thing
        thing = thing.owner


def words_of(*texts: str) -> frozenset[str]:
    """The words of texts in the forms in which they may stand elsewhere."""
    return frozenset[str]().union(*map(_words_of, texts))


@lru_cache(4000)
def _words_of(text: str) -> frozenset[str]:
    return frozenset(
        form
        for sentence in analyse(text).sentences
        for token in sentence.tokens
        for form in (token.low, singular(token.low), *(form.verb for form in forms(token.low)))
    )


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
        self._newer: dict[int, Held | None] = {}
        self._rivals: dict[str, list[Held]] = {}
        self._reworded: dict[tuple[int, int], list[Held]] = {}
        self._ambiguous: set[int] = set()
        self.claims: list[Held] = []
        for each in self.statements:
            found = claims_of(each.text, each.context)
            if not found.complete:
                self.unsure.append(each)
            for number, claim in enumerate(found.claims):
                self.claims.append(
                    Held(claim, each, (each.at, each.id, claim.sentence * 100 + number))
                )
        self.claims = [each for held in self.claims for each in self._with_offices(held)]
        self.claims.sort(key=lambda held: held.order, reverse=True)
        self.claims = [self._in_full(held) for held in self.claims]
        self.known = Aliases(_names(self.claims))
        self._group()
        self._take_over()

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

    def _take_over(self) -> None:
        """Add what is so since one thing took the place of another, oldest first."""
        for event in reversed([held for held in self.claims if held.claim.endings]):
            for ending in list(self._swaps(event)):
                made = {
                    claim.clause: claim
                    for state in self.claims
                    if state.order[:2] < event.order[:2] and state.claim.status == "now"
                    if not state.clause.negated
                    if (claim := taken_over(ending, event.claim, state.clause, self.known))
                    if self._is_left_by(state, event)
                }
                unclear = ending.relation == "service" and ending.other is None
                if ending.kind == "change":
                    # “the meeting was moved”: which of two
                    unclear = len({_named_by(state) for state in made}) > 1
                if len(made) > 1 and unclear:
                    # “I switched to ING”: the bank, or the plan
                    self._ambiguous.add(id(ending))
                    self._newer.clear()
                elif made:
                    order = (*event.order[:2], event.order[2] + _LAST)
                    self.claims += [Held(claim, event.told, order) for claim in made.values()]
                    self.claims.sort(key=lambda held: held.order, reverse=True)
                    self._group()

    def _group(self) -> None:
        """Group the claims that may replace others by the verb of these, newest first."""
        self._newer.clear()
        self._rivals, self._reworded = {"": []}, {}
        for held in self.claims:
            clause = held.clause
            if held.claim.derived in _REWORDED:
                self._reworded.setdefault((held.told.id, held.claim.sentence), []).append(held)
            if held.claim.endings or clause.negated or clause.verb in words("choose"):
                self._rivals[""].append(held)
            elif held.claim.status in ("now", "happened"):
                self._rivals.setdefault(clause.verb, []).append(held)

    def _is_left_by(self, state: Held, event: Held) -> bool:
        """Whether a state held until an event: nothing but what is told along with it ended it."""
        newer = self.newer(state)
        return newer is None or newer.told.id == event.told.id

    def _swaps(self, event: Held) -> Iterator[Ending]:
        """What takes the place of something by an event, also by what is told along with it."""
        for ending in event.claim.endings:
            changed = ending.kind == "change" and ending.instead is not None
            if ending.kind in ("swap", "new") or changed:
                yield ending
            elif ending.kind == "end" and ending.other is not None:
                # “gave up coffee and drinks tea instead”
                for claim in self.claims:
                    clause, along = claim.clause, claim.told.id == event.told.id
                    if along and "instead" in clause.adverbs and clause.object is not None:
                        yield replace(ending, kind="swap", relation="", instead=clause.object)

    def _offices(self, person: Phrase, held: Held) -> Iterator[Phrase]:
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
                office = noun.kind == "noun" and definite(noun) and noun.head not in kinship()
                # nobody becomes “the tallest boy” by taking his place
                office = office and not any(mod.endswith("est") for mod in noun.mods)
                if office and name.kind == "name" and literally(person, name):
                    yield noun

    def _in_full(self, held: Held) -> Held:
        """A claim with what was told before: what was given up, whose appointment was moved."""
        clause = held.clause
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
        if held.claim.derived not in _CHANGED or thing is None or thing.kind != "noun":
            return held
        if thing.owner is None and thing.determiner != "the":
            return held
        older = {
            (
                other.mods,
                frozenset((p, t.words) for p, t in other.inside if not is_time(t, p)),
            ): other
            for each in self.claims
            if each.order[:2] < held.order[:2] and each.claim.derived not in _CHANGED
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

    def mentions(self, word: str) -> bool:
        """Whether a word was told of, in whatever form."""
        return word in self._vocabulary

    @cached_property
    def _vocabulary(self) -> frozenset[str]:
        return words_of(*(statement.text for statement in self.statements))

    @cached_property
    def spellings(self) -> frozenset[str]:
        """The words of the statements as they were told."""
        return frozenset(
            token.word
            for statement in self.statements
            for sentence in analyse(statement.text).sentences
            for token in sentence.tokens
            if token.word.isalpha()
        )

    def before(self, told: Told) -> tuple[str, ...]:
        """What was told in the same talk just before a statement."""
        near = range(told.id - _NEAR, told.id)
        return tuple(
            other.text
            for other in self.statements
            if other.id in near and 0 <= told.at - other.at <= _TALK
        )

    @cached_property
    def names(self) -> Sequence[Phrase]:
        """The names that are told of."""
        return [name for held in self.claims for name in names_in(held.clause)]

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
                named = noun.kind == "name" and (noun.owner is not None or fuller(noun, name))
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
            holds = held.claim.status in ("now", "will") and held.told.id not in self.kept
            verbs = ("", held.clause.verb, "have" if held.clause.verb == "be" else "")
            groups = (self._rivals.get(verb, ()) for verb in dict.fromkeys(verbs) if holds)
            newest = (self._newest(group, held) for group in groups)
            found = [other for other in newest if other is not None]
            same = self._labelled(held) if held.claim.derived == "label" else ()
            if holds and not held.claim.derived:
                same = self._reworded.get((held.told.id, held.claim.sentence), ())
            # who reports to one may report to another, whoever is told to be the manager
            found += [
                other
                for claim in same
                if (other := self.newer(claim))
                and (not other.claim.derived or other.claim.derived != claim.claim.derived)
            ]
            self._newer[key] = max(found, key=lambda other: other.order, default=None)
        return self._newer[key]

    def _labelled(self, held: Held) -> list[Held]:
        """What is claimed by what stands behind a label: “DECISION: paint the hall white”."""
        content = held.clause.object
        return [
            claim
            for claim in self.claims
            if claim.told.id == held.told.id and not claim.claim.derived
            if content is not None and claim.clause.verb == content.text.split(" ", 1)[0].lower()
        ]

    def _newest(self, rivals: Iterable[Held], held: Held) -> Held | None:
        """The newest of some claims, told newest first, that takes the place of one."""
        for other in rivals:
            if other.order <= held.order:
                return None
            if other.told.id == held.told.id and other.claim.derived not in _SAME_STATEMENT:
                continue
            if self._takes_place(other, held):
                return other
        return None

    def _takes_place(self, newer: Held, older: Held) -> bool:
        """Whether a newer claim ends what an older one tells, or holds instead of it."""
        clause, state = newer.clause, older.clause
        if newer.claim.endings and self._ends(newer, state):
            return True
        if older.claim.status != "now":
            return False
        if newer.claim.status == "happened":
            return _done_since(clause, state)
        return newer.claim.status == "now" and (
            same_topic(clause, state)
            or _takes_over(clause, state)
            or denies(clause, state, self.known)
            or _given_back(newer, older)
            or _handed_on(newer, state)
        )

    def _ends(self, event: Held, state: Clause) -> bool:
        return not state.negated and any(
            ending.certain and id(ending) not in self._ambiguous and ends(ending, state, self.known)
            for ending in event.claim.endings
        )

    def doubt(self, held: Held) -> Held | None:
        """What newer claim may have ended or changed what held then, the newest."""
        if held.claim.status not in ("now", "will") or held.clause.negated:
            return None
        if held.told.id in self.kept:
            return None
        for other in self.claims:
            if other.order[:2] <= held.order[:2]:
                break
            if other.told.id == held.told.id or other.claim.derived:
                continue
            perhaps = (
                ending
                for ending in other.claim.endings
                if not ending.certain or id(ending) in self._ambiguous
            )
            if any(ends(ending, held.clause, self.known) for ending in perhaps):
                return other
            done = other.claim.status == "happened" and other.clause.modality == "asserted"
            unclassed = done and not other.claim.endings
            if unclassed and bears_on(other.clause, held.clause, self.known):
                return other
        return None

    def instead(self, held: Held) -> Held | None:
        """What holds now instead of what held then or was told to have been so."""
        if held.claim.status != "was":
            return self.newer(held)
        now = (each for each in self.claims if each.claim.status == "now")
        return next((each for each in now if same_topic(each.clause, held.clause)), None)


def _names(claims: Iterable[Held]) -> Iterator[Identity]:
    """What is or was called by a name: “Rex is our dog”, “a cat called Minka”."""
    for held in claims:
        clause = held.clause
        one, other = clause.subject, clause.complement
        if clause.verb != "be" or clause.negated or one is None or other is None:
            continue
        for noun, name in ((one, other), (other, one)):
            # many may have one number: it is no name of any of them
            named = name.kind == "name" and not name.head[:1].isdigit()
            if noun.kind == "noun" and named and not clause.prepositions:
                yield noun, name


def _named_by(clause: Clause) -> frozenset[str]:
    """The words by which the subject of a clause is told apart."""
    return frozenset(word for thing in owners(clause.subject) for word in thing.words)


def _is_whose(owner: Phrase, thing: Phrase, clause: Clause) -> bool:
    """Whether a thing is this owner's, by its words or since a clause says who has it."""
    has = thing.owner or (clause.subject if clause.verb == "have" else None)
    return has is not None and literally(owner, has)


def definite(thing: Phrase) -> bool:
    """Whether a thing is a certain one: somebody's, or “the” one."""
    return thing.owner is not None or thing.determiner == "the"


def same_topic(newer: Clause, older: Clause) -> bool:
    """Whether a clause denies an older one, or gives another value of what has one at a time."""
    newer, older = _by_role(newer), _by_role(older)
    subject, before = newer.subject, older.subject
    if subject is None or before is None:
        return False
    if choices_differ(newer, older):
        return True
    if newer.verb != older.verb:
        return False
    if "new" in subject.mods | before.mods:
        # “we have a new password: …”
        subject = replace(subject, mods=subject.mods - {"new"})
        before = replace(before, mods=before.mods - {"new"})
    if newer.negated and not older.negated and newer.verb not in ("have", "own", "owe"):
        return _denied(newer, older)
    both = literally(subject, before) and literally(before, subject)
    if not both and not any(literally(subject, name) for name in before.names):
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
    if older.negated:
        return not newer.negated and _overlaps(newer, older)
    free = excludes(newer) or slots(newer) & {"amount", "object"}
    return (bool(free) or _same_object(newer, older)) and competes(newer, older)


def _takes_over(newer: Clause, older: Clause) -> bool:
    """“Leif conducts the choir now”, “Bo owns the car”: then nobody else does."""
    one, other = newer.object, older.object
    if newer.verb != older.verb or newer.negated or older.negated:
        return False
    if one is None or other is None or not (literally(one, other) and literally(other, one)):
        return False
    if set(newer.adverbs) & words("now") and "office" in relations_of(newer):
        return True
    people = newer.subject, older.subject
    return (
        has_one_holder(newer)
        and people[0] is not None
        and people[1] is not None
        and not (people[0].members or people[1].members)
        and not (literally(people[0], people[1]) or literally(people[1], people[0]))
    )


def _by_role(clause: Clause) -> Clause:
    """“Bo is the chair” as “the chair is Bo”."""
    who, what = clause.subject, clause.complement
    if clause.verb != "be" or who is None or what is None:
        return clause
    turned = who.kind in ("name", "pronoun") and what.kind == "noun" and definite(what)
    return replace(clause, subject=what, complement=who) if turned else clause


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
        and "place" in slots(older)
        and thing is not None
        and had is not None
        and _mentions(thing, had)
    )


def _same_object(newer: Clause, older: Clause) -> bool:
    """Whether both are of the same, as keeping the jam in the cellar is of no bread."""
    one, other = newer.object, older.object
    if one is None or other is None:
        return one is other
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


def _mentions(newer: Phrase, older: Phrase) -> bool:
    """Whether the newer is the older one, as that was called or shorter: “the drill”."""
    older = original(older)
    return literally(original(newer), older) or (
        newer.determiner == "the" and literally(newer, replace(older, owner=None))
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


Contradiction = Literal["value", "denial", "choice"]


def contradiction(one: Held, other: Held) -> Contradiction | None:
    """Why two claims about the present cannot both be so; None where they can.

    A claim that says itself that something changed (“now”, “no longer”) contradicts nothing.
    """
    newer, older = (one, other) if one.order > other.order else (other, one)
    if not (_stands(newer) and _stands(older)):
        return None
    if set(newer.clause.adverbs) & (words("now") | {"longer", "instead"}):
        return None
    if choices_differ(newer.clause, older.clause):
        return "choice"
    if newer.clause.negated != older.clause.negated:
        denial = newer.clause if newer.clause.negated else older.clause
        asserted = older.clause if newer.clause.negated else newer.clause
        return "denial" if same_topic(denial, asserted) else None
    if newer.clause.negated or not same_topic(newer.clause, older.clause):
        return None
    return None if _same_values(newer.clause, older.clause) else "value"


def _stands(held: Held) -> bool:
    """Whether a claim tells how something is, or what was settled: “we decided to use Go”."""
    clause = held.clause
    if held.claim.derived not in ("", "state"):
        return False
    if held.claim.status == "now":
        # “the shop has been closed” tells of a change
        return not held.claim.derived or clause.tense == "present"
    if held.claim.status == "happened":
        return clause.verb != "use" and _purpose(clause) is not None
    decided = clause.matrix is not None and clause.matrix.verb in words("choose")
    return held.claim.status == "will" and decided and _purpose(clause) is not None


def restates(newer: Clause, older: Clause) -> bool:
    """Whether a claim says of somebody what another says, or as much in more words."""
    one, other = newer.subject, older.subject
    return (
        newer.verb == older.verb
        and newer.negated == older.negated
        and one is not None
        and other is not None
        and literally(one, other)
        and _same_values(newer, older)
    )


def _same_values(newer: Clause, older: Clause) -> bool:
    """Whether two claims on one topic say the same of it, or one says it in more words."""
    roles = {"object", "complement", *(name for name, _ in newer.prepositions)}
    pairs = [(newer.role(name), older.role(name)) for name in roles]
    return all(
        one is None or other is None or literally(one, other) or literally(other, one)
        for one, other in pairs
    )


def choices_differ(newer: Clause, older: Clause) -> bool:
    """Whether two claims settle on different things for one purpose: “we use X for the docs”.

    An addition (“also X”) and a list settle nothing.
    """
    one, other = _purpose(newer), _purpose(older)
    things = newer.object, older.object
    if one is None or other is None or things[0] is None or things[1] is None:
        return False
    by = newer.subject, older.subject
    return (
        by[0] is not None
        and by[1] is not None
        and literally(by[0], by[1])
        and literally(one, other)
        and literally(other, one)
        and not literally(things[0], things[1])
        and not literally(things[1], things[0])
    )


def _purpose(clause: Clause) -> Phrase | None:
    """What somebody settles on a thing for; None where a clause settles nothing."""
    thing = clause.object
    if clause.verb not in words("adopt") or clause.negated or thing is None or thing.members:
        return None
    if set(clause.adverbs) & words("additive"):
        return None
    return clause.role("for") or clause.role("as") or clause.role("to")
