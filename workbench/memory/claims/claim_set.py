"""The claims of facts in time: which are current, and which are superseded."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache

from ingest.language.analyse import analyse
from ingest.language.claims import Claim, claims_of
from ingest.language.events import Ending
from ingest.language.nouns import singular
from ingest.language.records import Clause, Phrase
from ingest.language.times import is_time
from ingest.language.verbs import forms
from ingest.language.word_lists import kinship, words
from workbench.memory.claims.cardinality import displaces_holder, same_topic, slots
from workbench.memory.claims.endings import (
    Aliases,
    bears_on,
    denies,
    ends,
    is_occasion,
    substituted_claim,
)
from workbench.memory.claims.identity import (
    Identity,
    definite,
    fuller,
    literally,
    names_in,
    refers_back,
)

#: Derivations of claims on things given or paid back.
_BACK = ("return", "regain", "repay")
#: Derivations of claims on changes.
_CHANGED = ("change", "repaired", "done", "broke")
#: Preceding statements, and seconds, of the same conversation.
_WINDOW, _TALK = 3, 6 * 3600.0
#: Derivations of paraphrases: whom one reports to is one's manager.
_REWORDED = ("report", "manager", "works")
#: More than the claims of any sentence.
_MAX_CLAIMS = 99
#: Verbs of succession in a role.
_SUCCEED = ("replace", "succeed", "takeover")
#: Derivations that supersede a claim of the same statement.
_SAME_STATEMENT = (*_BACK, *_SUCCEED, "corrected")


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement with its id, time of validity and preceding statements.

    `is_dated`: the time was given with it.
    """

    id: int
    text: str
    at: float
    context: tuple[str, ...] = ()
    is_dated: bool = False


@dataclass(frozen=True, slots=True)
class DatedClaim:
    """One claim of a statement; `order` sorts by time of validity, then of storage."""

    claim: Claim
    statement: Statement
    order: tuple[float, int, int]

    @property
    def clause(self) -> Clause:
        """The asserted clause."""
        return self.claim.clause


def owners(phrase: Phrase | None) -> Iterator[Phrase]:
    """Yield a thing, its owner, the owner's owner, and so on."""
    while phrase is not None:
        yield phrase
        phrase = phrase.owner


def words_of(*texts: str) -> frozenset[str]:
    """The words of texts in all inflected forms."""
    return frozenset[str]().union(*map(_words_of, texts))


@lru_cache(4000)
def _words_of(text: str) -> frozenset[str]:
    return frozenset(
        form
        for sentence in analyse(text).sentences
        for token in sentence.tokens
        for form in (token.low, singular(token.low), *(form.verb for form in forms(token.low)))
    )


class ClaimSet:
    """The claims of some statements; those that are `exempt` are never superseded.

    `judged` maps statements to later ones that replace them beyond the grammar. `today` is the
    reference date of ages (None: ages are not computed).
    """

    def __init__(
        self,
        statements: Iterable[Statement],
        exempt: Collection[int] = (),
        today: date | None = None,
        judged: Mapping[int, int] | None = None,
    ) -> None:
        self.statements = list(statements)
        self.exempt = exempt
        self.judged = judged or {}
        self.today = today
        self._newer: dict[int, DatedClaim | None] = {}
        self._rivals: dict[str, list[DatedClaim]] = {}
        self._reworded: dict[tuple[int, int], list[DatedClaim]] = {}
        self._ambiguous: set[int] = set()
        self.claims: list[DatedClaim] = []
        for statement in self.statements:
            parsed = claims_of(statement.text, statement.context).claims
            for number, claim in enumerate(parsed):
                self.claims.append(
                    DatedClaim(
                        claim,
                        statement,
                        (statement.at, statement.id, claim.sentence * 100 + number),
                    )
                )
        self.claims = [expanded for dated in self.claims for expanded in self._with_offices(dated)]
        self.claims.sort(key=lambda dated: dated.order, reverse=True)
        self.claims = [self._in_full(dated) for dated in self.claims]
        self.aliases = Aliases(_names(self.claims))
        self._group()
        self._add_substitutions()

    def _with_offices(self, dated: DatedClaim) -> Iterator[DatedClaim]:
        """Yield a claim and, if somebody succeeds another, the offices taken over."""
        clause = dated.clause
        successor, predecessor = clause.subject, clause.object or clause.role("from")
        asserted = dated.claim.status in ("happened", "now") and not clause.negated
        if (
            clause.verb in _SUCCEED
            and asserted
            and successor is not None
            and predecessor is not None
        ):
            is_name = successor.kind == "name" and not (successor.determiner or clause.role("as"))
            predecessor_name = predecessor.names[0] if predecessor.names else predecessor
            for office in self._offices(predecessor, dated) if is_name else ():
                for person, negated in ((successor, False), (predecessor_name, True)):
                    appointment = Clause("be", person, complement=office, negated=negated)
                    claim = Claim(appointment, "now", clause.verb, dated.claim.sentence)
                    yield DatedClaim(
                        claim, dated.statement, (*dated.order[:2], dated.order[2] + _MAX_CLAIMS)
                    )
        yield dated

    def _add_substitutions(self) -> None:
        """Add claims that follow from substitutions, oldest first."""
        for event in reversed([dated for dated in self.claims if dated.claim.endings]):
            for ending in list(self._swaps(event)):
                substituted = {
                    claim.clause: claim
                    for state in self.claims
                    if state.order[:2] < event.order[:2] and state.claim.status == "now"
                    if not state.clause.negated
                    if (claim := substituted_claim(ending, event.claim, state.clause, self.aliases))
                    if self._is_left_by(state, event)
                }
                unclear = ending.relation == "service" and ending.other is None
                if unclear and ending.instead is not None and ending.instead.kind == "name":
                    # “I switched to ING”: the bank, or the plan? to oat milk: from what?
                    unclear = len(substituted) > 1
                if ending.kind == "change":
                    # “the meeting was moved”: ambiguous
                    unclear = (
                        len(
                            {
                                frozenset(
                                    word
                                    for phrase in owners(state.subject)
                                    for word in phrase.words
                                )
                                for state in substituted
                            }
                        )
                        > 1
                    )
                if substituted and unclear:
                    self._ambiguous.add(id(ending))
                    self._newer.clear()
                elif substituted:
                    order = (*event.order[:2], event.order[2] + _MAX_CLAIMS)
                    self.claims += [
                        DatedClaim(claim, event.statement, order) for claim in substituted.values()
                    ]
                    self.claims.sort(key=lambda dated: dated.order, reverse=True)
                    self._group()

    def _group(self) -> None:
        """Group potentially superseding claims by verb, newest first."""
        self._newer.clear()
        self._rivals, self._reworded = {"": []}, {}
        for dated in self.claims:
            clause = dated.clause
            if dated.claim.derived in _REWORDED:
                self._reworded.setdefault((dated.statement.id, dated.claim.sentence), []).append(
                    dated
                )
            if dated.claim.endings or clause.negated or clause.verb in words("choose"):
                self._rivals[""].append(dated)
            elif dated.claim.status in ("now", "happened"):
                self._rivals.setdefault(clause.verb, []).append(dated)

    def _is_left_by(self, state: DatedClaim, event: DatedClaim) -> bool:
        """Whether a state lasted until an event: only the same statement supersedes it."""
        newer = self.newer(state)
        return newer is None or newer.statement.id == event.statement.id

    def _swaps(self, event: DatedClaim) -> Iterator[Ending]:
        """Yield the substitutions of an event, including those of claims in the same statement."""
        for ending in event.claim.endings:
            changed = ending.kind == "change" and ending.instead is not None
            if ending.kind in ("swap", "new") or changed:
                yield ending
            elif ending.kind == "end" and ending.other is not None:
                # “gave up coffee and drinks tea instead”
                for claim in self.claims:
                    clause, simultaneous = claim.clause, claim.statement.id == event.statement.id
                    if simultaneous and "instead" in clause.adverbs and clause.object is not None:
                        yield replace(ending, kind="swap", relation="", instead=clause.object)

    def _offices(self, person: Phrase, dated: DatedClaim) -> Iterator[Phrase]:
        """Yield the offices of somebody before a claim, except kinship."""
        if person.kind == "noun" and definite(person):
            yield replace(person, names=())
        for prior in self.claims:
            subject, complement = prior.clause.subject, prior.clause.complement
            if prior.order >= dated.order or prior.clause.verb != "be" or prior.clause.negated:
                continue
            if subject is None or complement is None or prior.claim.status != "now":
                continue
            for noun, name in ((subject, complement), (complement, subject)):
                office = noun.kind == "noun" and definite(noun) and noun.head not in kinship()
                # “the tallest boy” is no office to take over
                office = office and not any(mod.endswith("est") for mod in noun.mods)
                if office and name.kind == "name" and literally(person, name):
                    yield noun

    def _in_full(self, dated: DatedClaim) -> DatedClaim:
        """A claim completed from earlier ones: what was given up, whose appointment was moved."""
        clause = dated.clause
        office = clause.complement
        if dated.claim.derived in (*_SUCCEED, "resign") and office and not definite(office):
            # “resigned as chair”: of the club that has one
            offices = (
                noun
                for prior in self.claims
                if prior.order < dated.order and prior.clause.verb == "be"
                for noun in (prior.clause.subject, prior.clause.complement)
                if noun is not None and noun.head == office.head and definite(noun)
            )
            completed = replace(clause, complement=next(offices, office))
            return replace(dated, claim=replace(dated.claim, clause=completed))
        subject = clause.subject
        if dated.claim.derived not in _CHANGED or subject is None or subject.kind != "noun":
            return dated
        if subject.owner is None and subject.determiner != "the":
            return dated
        older = {
            (
                other.mods,
                frozenset((p, t.words) for p, t in other.inside if not is_time(t, p)),
            ): other
            for prior in self.claims
            if prior.order[:2] < dated.order[:2] and prior.claim.derived not in _CHANGED
            for other in (prior.clause.subject, prior.clause.object)
            if other is not None and other.kind == "noun" and other.head == subject.head
            if subject.owner is None or _is_whose(subject.owner, other, prior.clause)
        }
        if len(older) != 1:
            return dated
        (referent,) = older.values()
        if not (subject.mods <= referent.mods and not subject.inside):
            return dated
        # “the fair on 5 May” is the fair, whatever its date
        lasting = tuple(item for item in referent.inside if not is_time(item[1], item[0]))
        full = replace(subject, mods=referent.mods, inside=lasting)
        return replace(
            dated, claim=replace(dated.claim, clause=replace(dated.clause, subject=full))
        )

    def mentions(self, word: str) -> bool:
        """Whether a word occurs in any form."""
        return word in self._vocabulary

    @cached_property
    def _vocabulary(self) -> frozenset[str]:
        return words_of(*(statement.text for statement in self.statements))

    @cached_property
    def spellings(self) -> frozenset[str]:
        """The words of the statements as written."""
        return frozenset(
            token.word
            for statement in self.statements
            for sentence in analyse(statement.text).sentences
            for token in sentence.tokens
            if token.word.isalpha()
        )

    def context_of(self, statement: Statement) -> tuple[str, ...]:
        """The statements of the same conversation just before one."""
        window = range(statement.id - _WINDOW, statement.id)
        return tuple(
            other.text
            for other in self.statements
            if other.id in window and 0 <= statement.at - other.at <= _TALK
        )

    def day_of(self, statement: Statement) -> date | None:
        """The day since which a statement holds; None outside the calendar."""
        try:
            return date.fromtimestamp(statement.at)
        except (OverflowError, OSError, ValueError):
            return None

    @cached_property
    def names(self) -> Sequence[Phrase]:
        """The names in the claims."""
        return [name for dated in self.claims for name in names_in(dated.clause)]

    @cached_property
    def identities(self) -> Sequence[Identity]:
        """The stated identities, newest first."""
        current: list[Identity] = []
        upcoming: list[Identity] = []
        for dated in self.claims:
            clause = dated.clause
            subject, complement = clause.subject, clause.complement
            status = dated.claim.status
            if clause.verb != "be" or clause.negated or status not in ("now", "will"):
                continue
            if subject is None or complement is None or dated.claim.derived == "kin":
                continue
            if subject.members or subject.number or complement.members or clause.prepositions:
                # in “two cats, Tom and Kit” neither is the other
                continue
            for noun, name in ((subject, complement), (complement, subject)):
                definite = noun.owner is not None or noun.determiner == "the"
                fuller_name = noun.kind == "name" and (noun.owner is not None or fuller(noun, name))
                if name.kind == "name" and ((noun.kind == "noun" and definite) or fuller_name):
                    if status == "will":
                        upcoming.append((noun, name))
                    elif not self.replaced(dated):
                        current.append((noun, name))
                    break
        # a future speaker is the speaker, if there is no present one
        new = [
            (noun, name)
            for noun, name in upcoming
            if not any(literally(noun, described) for described, _ in current)
        ]
        return [*current, *new]

    def replaced(self, dated: DatedClaim) -> bool:
        """Whether a claim is superseded."""
        return self.newer(dated) is not None

    def stale(self, ids: Collection[int]) -> set[int]:
        """Those of these statements whose claims about the present are all superseded."""
        claims: dict[int, list[DatedClaim]] = {}
        for dated in self.claims:
            explicit = dated.claim.derived in ("", "state")
            if dated.statement.id in ids and dated.claim.status == "now" and explicit:
                claims.setdefault(dated.statement.id, []).append(dated)
        return {id for id, present in claims.items() if all(map(self.replaced, present))}

    def newer(self, dated: DatedClaim) -> DatedClaim | None:
        """The claim that supersedes one."""
        key = id(dated)
        if key not in self._newer:
            is_present = (
                dated.claim.status in ("now", "will") and dated.statement.id not in self.exempt
            )
            verbs = ("", dated.clause.verb, "have" if dated.clause.verb == "be" else "")
            groups = (self._rivals.get(verb, ()) for verb in dict.fromkeys(verbs) if is_present)
            newest = (self._newest(group, dated) for group in groups)
            replacements = [other for other in newest if other is not None]
            same = self._labelled(dated) if dated.claim.derived == "label" else ()
            if is_present and not dated.claim.derived:
                same = self._reworded.get((dated.statement.id, dated.claim.sentence), ())
            # one may report to somebody other than the manager
            replacements += [
                other
                for claim in same
                if (other := self.newer(claim))
                and (not other.claim.derived or other.claim.derived != claim.claim.derived)
            ]
            judged = self.judged.get(dated.statement.id) if is_present else None
            if judged is not None and not replacements:
                replacements = [other for other in self.claims if other.statement.id == judged][:1]
            self._newer[key] = max(replacements, key=lambda other: other.order, default=None)
        return self._newer[key]

    def _labelled(self, dated: DatedClaim) -> list[DatedClaim]:
        """The claims after a label: “DECISION: paint the hall white”."""
        content = dated.clause.object
        return [
            claim
            for claim in self.claims
            if claim.statement.id == dated.statement.id and not claim.claim.derived
            if content is not None and claim.clause.verb == content.text.split(" ", 1)[0].lower()
        ]

    def _newest(self, rivals: Iterable[DatedClaim], dated: DatedClaim) -> DatedClaim | None:
        """The newest of some claims, in descending order, that supersedes one."""
        for other in rivals:
            if other.order <= dated.order:
                return None
            if (
                other.statement.id == dated.statement.id
                and other.claim.derived not in _SAME_STATEMENT
            ):
                continue
            if self._takes_place(other, dated):
                return other
        return None

    def _takes_place(self, newer: DatedClaim, older: DatedClaim) -> bool:
        """Whether a newer claim ends or supersedes an older one."""
        clause, state = newer.clause, older.clause
        if newer.claim.endings and self._ends(newer, state):
            return True
        return newer.claim.status == older.claim.status == "now" and (
            same_topic(clause, state)
            or displaces_holder(clause, state)
            or denies(clause, state, self.aliases)
            or _is_returned(newer, older)
            or _is_passed_on(newer, state)
        )

    def _ends(self, event: DatedClaim, state: Clause) -> bool:
        return not state.negated and any(
            ending.certain
            and id(ending) not in self._ambiguous
            and ends(ending, state, self.aliases)
            for ending in event.claim.endings
        )

    def doubt(self, dated: DatedClaim) -> DatedClaim | None:
        """The newest claim that may have ended or changed one."""
        if dated.claim.status not in ("now", "will") or dated.clause.negated:
            return None
        if dated.statement.id in self.exempt:
            return None
        for other in self.claims:
            if other.order[:2] <= dated.order[:2]:
                break
            if other.statement.id == dated.statement.id or other.claim.derived:
                continue
            perhaps = (
                ending
                for ending in other.claim.endings
                if not ending.certain or id(ending) in self._ambiguous
            )
            if any(is_occasion(ending, dated.clause) for ending in other.claim.endings):
                return other
            if any(ends(ending, dated.clause, self.aliases) for ending in perhaps):
                return other
            occurred = other.claim.status == "happened" and other.clause.modality == "asserted"
            unclassed = occurred and not other.claim.endings
            if unclassed and bears_on(other.clause, dated.clause, self.aliases):
                return other
        return None

    def instead(self, dated: DatedClaim) -> DatedClaim | None:
        """The current claim instead of a superseded or past one."""
        if dated.claim.status != "was":
            return self.newer(dated)
        present = (claim for claim in self.claims if claim.claim.status == "now")
        return next((claim for claim in present if same_topic(claim.clause, dated.clause)), None)


def _names(claims: Iterable[DatedClaim]) -> Iterator[Identity]:
    """Yield the identities of named things: “Rex is our dog”, “a cat called Minka”."""
    for dated in claims:
        clause = dated.clause
        subject, complement = clause.subject, clause.complement
        if clause.verb != "be" or clause.negated or subject is None or complement is None:
            continue
        for noun, name in ((subject, complement), (complement, subject)):
            # several things may have one number: it is not a name
            is_name = name.kind == "name" and not name.head[:1].isdigit()
            if noun.kind == "noun" and is_name and not clause.prepositions:
                yield noun, name


def _is_whose(owner: Phrase, phrase: Phrase, clause: Clause) -> bool:
    """Whether a thing belongs to this owner, by its words or by the clause."""
    has = phrase.owner or (clause.subject if clause.verb == "have" else None)
    return has is not None and literally(owner, has)


def _is_passed_on(newer: DatedClaim, older: Clause) -> bool:
    """Whether somebody got a thing that had a place: a key taken back is no longer there."""
    item, possession = newer.clause.object, older.subject
    return (
        newer.clause.verb == "have"
        and newer.claim.derived in words("hand_on")
        and not newer.clause.negated
        and older.verb == "be"
        and older.complement is None
        and "place" in slots(older)
        and item is not None
        and possession is not None
        and refers_back(item, possession)
    )


def _is_returned(newer: DatedClaim, older: DatedClaim) -> bool:
    """Whether something lent was returned."""
    objects = newer.clause.object, older.clause.object
    return (
        newer.claim.derived in _BACK
        and older.claim.derived in ("lend", "borrow")
        and newer.clause.verb == older.clause.verb == "have"
        and older.clause.negated
        and objects[0] is not None
        and objects[1] is not None
        and refers_back(objects[0], objects[1])
    )
