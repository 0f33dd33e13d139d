"""Yes or no: every role of the question must match, or one must be certainly denied.

If all roles match, the claim decides; exactly one contradicting role (an opposite, another value of
a single-valued place, subject and object swapped) gives the contrary; otherwise there is no answer.
Exact matches precede contrasts.
"""

import re
from dataclasses import dataclass, replace

from ingest.language.consequences import exceptions
from ingest.language.events import relations_of
from ingest.language.questions import Question
from ingest.language.records import Clause, Phrase
from ingest.language.times import is_time
from ingest.language.word_lists import groups_of, measures, opposites, words
from workbench.memory.claims.cardinality import is_unique, narrows, slots
from workbench.memory.claims.claim_set import ClaimSet, DatedClaim
from workbench.memory.claims.endings import ends, verb_fits
from workbench.memory.claims.identity import fuller, literally, names_in, same, same_name
from workbench.memory.claims.roles import adverbs_fit, as_owned, fit_of, receiver, usable

#: Maximum letters of a stem that may begin with a negative prefix by chance.
_SHORT = 2
#: An exact answer, and one by contrast.
EXACT, CONTRAST = 2, 1
_MUTUAL = frozenset(
    ("marry", "meet", "know", "see", "like", "love", "hate", "be", "call", "help", "visit", "phone")
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Yes or no, by a claim; `exact` is False if inferred by contrast."""

    yes: bool
    exact: bool
    dated: DatedClaim


def verdict(question: Question, claim_set: ClaimSet) -> Verdict | None:
    """The verdict of the claims on a yes-no question; None if there is none."""
    if _is_empty(question.clause) and question.state is None:
        return None
    patterns = [question.clause] + ([question.state] if question.state is not None else [])
    contrast: Verdict | None = None
    for dated in claim_set.claims:
        if not usable(question, dated, claim_set):
            continue
        for query in patterns:
            outcome = _Comparison(query, dated, claim_set).result()
            if not outcome or _is_narrower_attribute(query, dated.clause):
                continue
            if abs(outcome) == CONTRAST and _is_narrower_sort(query, dated.clause):
                continue
            decision = Verdict(outcome > 0, abs(outcome) == EXACT, dated)
            if decision.exact:
                return decision
            contrast = contrast or decision
    return (
        contrast
        or _compared(question, claim_set)
        or _no_longer(question, claim_set)
        or _by_ending(question, claim_set)
    )


def _by_ending(question: Question, claim_set: ClaimSet) -> Verdict | None:
    """No, by an event that ends the state in question, even if that was never stated."""
    query = question.clause
    if query.tense != "present" or query.negated or question.former:
        return None
    exists = query.verb == "be" and not (query.complement or query.prepositions)
    state = query.complement.head if query.complement is not None else ""
    is_continuation = exists or query.verb in words("going_on") or state in words("binary")
    is_continuation = is_continuation or bool(relations_of(query))
    whose = query.subject.owner if query.subject is not None else None
    for dated in claim_set.claims:
        if dated.claim.status not in ("now", "happened") or dated.clause.modality != "asserted":
            continue
        for ending in dated.claim.endings:
            holder = ending.holder
            if not ending.certain or not (
                ending.kind == "end" or (ending.kind == "over" and is_continuation)
            ):
                continue
            # an ending for somebody is none for his parents
            theirs = whose is not None and holder is not None and literally(holder, whose)
            if not theirs and ends(ending, query, claim_set.aliases):
                return Verdict(False, False, dated)
    return None


def _no_longer(question: Question, claim_set: ClaimSet) -> Verdict | None:
    """No, by a claim that supersedes the one in question."""
    if question.clause.tense not in ("present", "future") or question.former:
        return None
    patterns = [question.clause] + ([question.state] if question.state is not None else [])
    for dated in claim_set.claims:
        newer = claim_set.instead(dated)
        if newer is not None and any(
            _Comparison(query, dated, claim_set).result() == EXACT for query in patterns
        ):
            return Verdict(False, False, newer)
    return None


def _quantity_fits(query: Phrase | None, candidate: Phrase | None) -> bool:
    """Whether a claim has the quantifier of the question: most are not all."""
    if query is None or candidate is None or query.head != candidate.head:
        return True
    if candidate.determiner in words("some"):
        return query.determiner == candidate.determiner
    return query.determiner not in words("every") or candidate.determiner != ""


def _is_narrower_attribute(query: Clause, candidate: Clause) -> bool:
    """Whether a claim has a narrower attribute: an old number is not the number."""
    left, right = query.subject, candidate.subject
    if query.role("than") is not None:
        return False
    return query.verb == "be" and left is not None and right is not None and narrows(left, right)


def _is_narrower_sort(query: Clause, candidate: Clause) -> bool:
    """Whether a claim is on a subclass: a closed shoe shop says nothing of other shops."""
    left, right = query.subject, candidate.subject
    if any(
        fuller(name, alternative) for name in names_in(query) for alternative in names_in(candidate)
    ):
        return not any(
            same_name(name, alternative)
            for name in names_in(query)
            for alternative in names_in(candidate)
        )
    if left is None or right is None or left.kind != "noun" or left.head != right.head:
        return False
    return not right.mods - {right.number.lower()} <= left.mods


def _is_empty(query: Clause) -> bool:
    """Whether a question with be has nothing to compare, so that it is never “yes”."""
    is_existential = query.verb == "be" and not (query.complement or query.prepositions)
    return (
        is_existential and not any(a not in words("skip") | words("now") for a in query.adverbs)
    ) or (query.subject is None and query.object is None)


class _Comparison:
    """A pattern compared with one claim."""

    def __init__(self, query: Clause, dated: DatedClaim, claim_set: ClaimSet) -> None:
        self.query = query
        self.dated = dated
        self.clause = dated.clause
        self.identities = claim_set.identities

    def result(self) -> int:
        """EXACT or CONTRAST, negative for no; 0 for no answer."""
        query, clause = self.query, self.clause
        sign = -1 if query.negated != clause.negated else 1
        works = self._works()
        if works:
            return works * sign
        fits = verb_fits(query.verb, clause.verb)
        occurred = self.dated.claim.status == "happened" and self.clause.verb in words("in_turn")
        if not fits or (fits < 0 and occurred):
            # the buyer of a boat may have sold it later
            return 0
        is_universal = query.subject is not None and query.subject.determiner in words("every")
        if is_universal and clause.negated and not query.negated and self._is_subset():
            # “all but one of the windows are closed”
            return self._with_modifiers(-EXACT)
        if not _quantity_fits(query.subject, clause.subject) or not _quantity_fits(
            query.object, clause.object
        ):
            return 0
        if self._is_reversed_identity():
            return self._with_modifiers(EXACT * sign)
        if not self._same(query.subject, clause.subject) and (query.subject or not query.object):
            denied = self._swapped() or self._other_holder() or self._other_count()
            return denied * sign if fits == 1 else 0
        excluded = [phrase for _, phrase in exceptions(clause) if not is_time(phrase)]
        if excluded and query.subject is not None:
            return -EXACT * sign if query.subject.determiner in words("every") else 0
        value = EXACT * sign * fits
        if query.object is not None:
            if clause.object is None:
                return 0
            if not self._same(query.object, clause.object):
                return self._other_number() * sign
        if query.second is not None and not self._same(query.second, receiver(clause)):
            return 0
        if query.verb == "be" and query.complement is None:
            if self._other_state():
                return 0
            endings = [ending for ending in self.dated.claim.endings if ending.certain]
            if endings and query.prepositions and not query.adverbs:
                # “the lesson on Friday is cancelled”: there is none on Friday
                is_over = any(ending.kind == "over" for ending in endings)
                return self._with_modifiers(-EXACT * sign) if is_over else 0
        if clause.negated and clause.role("without") and not query.role("without"):
            # who can't read without her glasses may read
            return 0
        if query.complement is not None:
            fit = self._complement()
            if not fit:
                return 0
            if fit < 0 and clause.negated and not _binary(query.complement, clause.complement):
                return 0
            value *= fit
            if fit < 0:
                value = value // EXACT * CONTRAST if abs(value) == EXACT else value
        outcome = self._with_modifiers(value)
        # a double negation is no yes: who lost to Bo did not win against Bo
        return 0 if fits < 0 and outcome * value < 0 else outcome

    def _is_subset(self) -> bool:
        """Whether a claim on a subset concerns what is asked of all."""
        query, clause = self.query, self.clause
        subset, complement = clause.subject, clause.complement
        if subset is None or query.subject is None or subset.determiner not in words("some"):
            return False
        if query.verb != clause.verb or subset.head != query.subject.head:
            return False
        if query.complement is not None:
            return complement is not None and complement.head == query.complement.head
        return query.object is None or self._same(query.object, clause.object)

    def _same(self, query: Phrase | None, candidate: Phrase | None) -> bool:
        return same(
            query if self.clause.negated else as_owned(query, candidate), candidate, self.identities
        )

    def _other_state(self) -> bool:
        """Whether a claim says what a namesake is: “Ann is a nurse in Wells” is not a place."""
        subject, complement = self.clause.subject, self.clause.complement
        return (
            subject is not None
            and subject.kind == "name"
            and complement is not None
            and complement.kind != "time"
        )

    def _works(self) -> int:
        """“Does the lift work?”: EXACT if it works, -EXACT if it is broken, else 0."""
        query, clause = self.query, self.clause
        if (
            query.verb not in ("work", "function", "run")
            or clause.verb != "be"
            or any(fit_of(p, t, clause, self.identities) != "same" for p, t in query.prepositions)
        ):
            return 0
        if not self._same(query.subject, clause.subject):
            return 0
        powered = {"on", "off"}.intersection(clause.adverbs) if not clause.complement else ()
        if powered and (query.progressive or "on" not in powered):
            # something switched off does not run
            return EXACT if "on" in powered else -EXACT
        if clause.complement is None:
            return 0
        state = clause.complement.head
        return -EXACT if state in words("broken") else EXACT if state == "working" else 0

    def _is_reversed_identity(self) -> bool:
        """Whether an identity matches in reverse: “Is Maren my niece?”, “my niece is Maren”."""
        query, clause = self.query, self.clause
        query_complement, complement = query.complement, clause.complement
        if query.verb != "be" or query_complement is None or complement is None:
            return False
        if "adjective" in (query_complement.kind, complement.kind):
            return False
        return self._same(query.subject, complement) and self._same(
            query_complement, clause.subject
        )

    def _swapped(self) -> int:
        """“Did Leo give me the atlas?”: -CONTRAST if I gave it to Leo, else 0."""
        query, clause = self.query, self.clause
        if clause.negated or (query.verb in _MUTUAL and query.verb != "be"):
            return 0
        if query.object is None or clause.object is None or query.subject is None:
            return self._reversed_comparison()
        if self._same(query.subject, clause.object) and self._same(query.object, clause.subject):
            return -CONTRAST
        recipient, claim_recipient = receiver(query), receiver(clause)
        if (
            recipient is not None
            and claim_recipient is not None
            and self._same(query.object, clause.object)
            and self._same(query.subject, claim_recipient)
            and self._same(recipient, clause.subject)
        ):
            return -CONTRAST
        source, claim_source = query.role("from"), clause.role("from")
        if (
            source is not None
            and claim_source is not None
            and self._same(query.object, clause.object)
            and self._same(query.subject, claim_source)
            and self._same(source, clause.subject)
        ):
            return -CONTRAST
        return 0

    def _reversed_comparison(self) -> int:
        """“Is Jule older than Mattis?”: -EXACT if Mattis is older, EXACT if younger, else 0."""
        query, clause = self.query, self.clause
        standard, claim_standard = query.role("than"), clause.role("than")
        if (
            standard is None
            or claim_standard is None
            or query.complement is None
            or clause.complement is None
        ):
            return 0
        if not (self._same(query.subject, claim_standard) and self._same(standard, clause.subject)):
            return 0
        return compared(query.complement, clause.complement) * -EXACT

    def _other_count(self) -> int:
        """“Are there 30 people on the list?”: no if there are 27, given the modifiers; else 0."""
        query, candidate = self.query.subject, self.clause.subject
        if (
            query is None
            or candidate is None
            or self.clause.negated
            or not (query.number and candidate.number)
        ):
            return 0
        kind = replace(query, number="", mods=query.mods - {query.number.lower()})
        if query.number == candidate.number or not self._same(kind, candidate):
            return 0
        roles = ("object", "complement", "second")
        same_roles = all(
            self._same(t, self.clause.role(r)) for r in roles if (t := self.query.role(r))
        )
        return self._with_modifiers(-CONTRAST) if same_roles else 0

    def _other_number(self) -> int:
        query, candidate = self.query.object, self.clause.object
        if query is None or candidate is None or self.clause.negated:
            return 0
        if (
            query.number
            and candidate.number
            and query.number != candidate.number
            and query.head == candidate.head
        ):
            return -CONTRAST
        return 0

    def _complement(self) -> int:
        """1 if equal, -1 if denied, 0 if unknown."""
        query, candidate = self.query.complement, self.clause.complement
        if query is None or candidate is None:
            return 0
        blurred = words("blur") & {
            *candidate.text.lower().split(),
            *candidate.mods,
            *self.clause.adverbs,
        }
        if blurred and candidate.text.lower() != query.text.lower():
            return 0
        if "adjective" not in (query.kind, candidate.kind):
            return self._identity(query, candidate)
        if candidate.number and not query.number and candidate.head in measures():
            # 34 years old is not “old”
            return 0
        if query.number and candidate.number and query.head == candidate.head:
            return 1 if query.number == candidate.number else -1
        if query.head == candidate.head:
            return 0 if query.mods - candidate.mods - words("degree") else 1
        comparison = compared(query, candidate)
        if self.clause.role("than") is not None or self.query.role("than") is not None:
            return comparison
        if opposites().get(query.head, frozenset()) & {candidate.head}:
            return -1
        if _denied_by_prefix(query.head, candidate.head) or _denied_by_prefix(
            candidate.head, query.head
        ):
            return -1
        if groups_of(query.head) & groups_of(candidate.head):
            return -1
        if candidate.head in words("broken") and query.head in ("working", "fine", "okay"):
            return -1
        if {candidate.head, query.head} <= words("broken"):
            return 1
        return 0

    def _identity(self, query: Phrase, candidate: Phrase) -> int:
        if self._same(query, candidate):
            return 1
        if candidate.members or query.members or self.clause.negated:
            return 0
        if query.kind == candidate.kind == "number" or (query.number and candidate.number):
            return -1 if query.number != candidate.number else 0
        if groups_of(query.head) & groups_of(candidate.head) and query.head != candidate.head:
            return -1
        if not slots(self.clause) & {"identity", "time"}:
            return 0
        if query.kind == candidate.kind == "time":
            return -1 if query.head != candidate.head else 0
        return (
            -1
            if query.kind == candidate.kind == "name" and not query.words & candidate.words
            else 0
        )

    def _other_holder(self) -> int:
        """“Is Bea my wife?”: -CONTRAST if my wife is Ada, else 0."""
        query, clause = self.query, self.clause
        if query.verb != "be" or clause.verb != "be" or clause.negated:
            return 0
        sides = [(clause.subject, clause.complement), (clause.complement, clause.subject)]
        for office, holder in sides:
            subject = query.subject
            if office is None or holder is None or subject is None or not is_unique(office):
                continue
            are_names = subject.kind == holder.kind == "name" and not subject.words & holder.words
            if are_names and self._same(query.complement, office):
                return -CONTRAST
        return 0

    def _with_modifiers(self, value: int) -> int:
        """The value adjusted by prepositions and adverbs."""
        flips = 0
        query, clause = self.query, self.clause
        for preposition, phrase in query.prepositions:
            if preposition == "to" and self._same(phrase, receiver(clause)):
                continue
            fit = fit_of(preposition, phrase, clause, self.identities)
            if fit == "same":
                continue
            denied = fit == "opposite" or (
                fit == "differs" and self._is_exclusive(preposition, phrase)
            )
            if denied and not clause.negated:
                flips += 1
            else:
                return 0
        adverbs = adverbs_fit(query, clause)
        if adverbs == "missing":
            return 0
        flips += adverbs == "opposite"
        if flips > 1:
            return 0
        if abs(value) == CONTRAST and (flips or self._is_time_bound()):
            # “open on Monday” does not say when it is closed
            return 0
        return value if not flips else (-CONTRAST if value > 0 else CONTRAST)

    def _is_time_bound(self) -> bool:
        """Whether the claim has a time and the question none."""
        is_timed = any(is_time(phrase, p) for p, phrase in self.query.prepositions)
        return not is_timed and any(is_time(phrase, p) for p, phrase in self.clause.prepositions)

    def _is_exclusive(self, preposition: str, phrase: Phrase) -> bool:
        """Whether a claim excludes another such place or time."""
        occupied = slots(self.clause)
        if is_time(phrase, preposition):
            return "only" in self.clause.adverbs or any(
                slot.startswith("time") for slot in occupied
            )
        return ("place" if preposition in words("place") else preposition) in occupied


def _denied_by_prefix(state: str, other: str) -> bool:
    """Whether a state is another with a negative prefix: “unpaid”, “impassable”."""
    prefix = state.removesuffix(other)
    return len(other) > _SHORT and state != other and prefix in words("denying_prefix")


def _binary(query: Phrase | None, candidate: Phrase | None) -> bool:
    """Whether two states are complementary: what is not open is closed."""
    heads = {phrase.head for phrase in (query, candidate) if phrase is not None}
    return heads <= words("binary")


def compared(query: Phrase, candidate: Phrase) -> int:
    """1 if two comparatives are equivalent, -1 if they are opposite, else 0.

    The query may be a superlative.
    """
    if query.head == candidate.head and query.mods == candidate.mods:
        return 1
    left, right = positive(query.head), positive(candidate.head)
    if left and left == right:
        return 1
    if left and right and right in opposites().get(left, frozenset()):
        return -1
    return 0


def positive(comparative: str) -> str:
    """The adjective of a comparative or superlative, "" if unknown."""
    irregular = {"better": "good", "worse": "bad", "farther": "far", "further": "far"}
    irregular |= {"best": "good", "worst": "bad", "farthest": "far", "furthest": "far"}
    if comparative in irregular:
        return irregular[comparative]
    comparative = re.sub(r"est$", "er", comparative)
    for cut, add in (("ier", "y"), ("er", ""), ("r", "")):
        stem = comparative.removesuffix(cut) + add
        if comparative.endswith(cut) and stem in opposites():
            return stem
        if (
            comparative.endswith(cut)
            and len(stem) > 2
            and stem[-1] == stem[-2]
            and stem[:-1] in opposites()
        ):
            return stem[:-1]
    return ""


def _compared(question: Question, claim_set: ClaimSet) -> Verdict | None:
    """The verdict by a chain of comparisons: older than somebody who is older than a third."""
    query = question.clause
    subject, standard = query.subject, query.role("than")
    if query.complement is None or subject is None or standard is None:
        return None
    steps = comparisons(query.complement, claim_set)
    for high, low, yes in ((subject, standard, True), (standard, subject, False)):
        evidence = _reaches(high, low, steps, claim_set)
        if evidence is not None:
            return Verdict(yes, False, evidence)
    return None


def comparisons(quality: Phrase, claim_set: ClaimSet) -> list[tuple[Phrase, Phrase, DatedClaim]]:
    """The greater and lesser of each stated comparison, with its claim; newest first."""
    steps = []
    for dated in claim_set.claims:
        clause = dated.clause
        low = clause.role("than")
        if clause.negated or clause.complement is None or clause.subject is None or low is None:
            continue
        if dated.claim.status != "now":
            continue
        sign = compared(quality, clause.complement)
        if sign:
            steps.append((clause.subject, low, dated) if sign > 0 else (low, clause.subject, dated))
    return steps


def _reaches(
    high: Phrase, low: Phrase, steps: list[tuple[Phrase, Phrase, DatedClaim]], claim_set: ClaimSet
) -> DatedClaim | None:
    todo, visits = [high], 0
    while todo and visits < 50:
        current = todo.pop()
        visits += 1
        for upper, lower, dated in steps:
            if same(current, upper, claim_set.identities):
                if same(lower, low, claim_set.identities):
                    return dated
                if not any(lower is pending for pending in todo):
                    todo.append(lower)
    return None
