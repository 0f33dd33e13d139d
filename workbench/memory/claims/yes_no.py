"""Yes or no: every role of the question must match, or one of them be surely denied.

All the same says what the claim says; exactly one role that denies (an opposite, another place for
what is in one place at a time, subject and object swapped) says the contrary; anything else is
silence. What says it exactly goes before what only denies it.
"""

import re
from dataclasses import dataclass, replace

from ingest.language.consequences import exceptions
from ingest.language.events import relations_of
from ingest.language.questions import Question
from ingest.language.records import Clause, Phrase
from ingest.language.times import is_time
from ingest.language.word_lists import groups_of, measures, opposites, words
from workbench.memory.claims.cardinality import has_one, narrows, slots
from workbench.memory.claims.endings import ends, verb_fits
from workbench.memory.claims.held import Held, Memory
from workbench.memory.claims.roles import adverbs_fit, fit_of, one_of, receiver, usable
from workbench.memory.claims.things import fuller, literally, names_in, same, same_name

#: Letters of a word that a prefix may by chance seem to deny.
_SHORT = 2
#: How sure an answer is that says it exactly, and one that denies by contrast.
EXACT, CONTRAST = 2, 1
_MUTUAL = frozenset(
    ("marry", "meet", "know", "see", "like", "love", "hate", "be", "call", "help", "visit", "phone")
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Yes or no, by a claim; `exact` unless only a contrast says it."""

    yes: bool
    exact: bool
    held: Held


def verdict(question: Question, memory: Memory) -> Verdict | None:
    """What the claims say to a question for yes or no; None where they say nothing."""
    if _asks_nothing(question.clause) and question.state is None:
        return None
    patterns = [question.clause] + ([question.state] if question.state is not None else [])
    contrast: Verdict | None = None
    for held in memory.claims:
        if not usable(question, held, memory):
            continue
        for asked in patterns:
            found = _Comparison(asked, held, memory).result()
            if not found or _of_less(asked, held.clause):
                continue
            if abs(found) == CONTRAST and _narrower(asked, held.clause):
                continue
            made = Verdict(found > 0, abs(found) == EXACT, held)
            if made.exact:
                return made
            contrast = contrast or made
    return (
        contrast
        or _compared(question, memory)
        or _no_longer(question, memory)
        or _ended(question, memory)
    )


def _ended(question: Question, memory: Memory) -> Verdict | None:
    """No by an event that ends the state that is asked for, also where that was never told."""
    asked = question.clause
    if asked.tense != "present" or asked.negated or question.former:
        return None
    exists = asked.verb == "be" and not (asked.complement or asked.prepositions)
    state = asked.complement.head if asked.complement is not None else ""
    over = exists or asked.verb in words("going_on") or state in words("binary")
    over = over or bool(relations_of(asked))
    whose = asked.subject.owner if asked.subject is not None else None
    for held in memory.claims:
        if held.claim.status not in ("now", "happened") or held.clause.modality != "asserted":
            continue
        for ending in held.claim.endings:
            holder = ending.holder
            if not ending.certain or not (ending.kind == "end" or (ending.kind == "over" and over)):
                continue
            # what ended for somebody did not for his parents
            theirs = whose is not None and holder is not None and literally(holder, whose)
            if not theirs and ends(ending, asked, memory.known):
                return Verdict(False, False, held)
    return None


def _no_longer(question: Question, memory: Memory) -> Verdict | None:
    """No by what holds instead of the very thing that is asked."""
    if question.clause.tense not in ("present", "future") or question.former:
        return None
    patterns = [question.clause] + ([question.state] if question.state is not None else [])
    for held in memory.claims:
        newer = memory.instead(held)
        if newer is not None and any(
            _Comparison(asked, held, memory).result() == EXACT for asked in patterns
        ):
            return Verdict(False, False, newer)
    return None


def _as_many(asked: Phrase | None, told: Phrase | None) -> bool:
    """Whether a claim is about as many of them as the question: most are not all."""
    if asked is None or told is None or asked.head != told.head:
        return True
    if told.determiner in words("some"):
        return asked.determiner == told.determiner
    return asked.determiner not in words("every") or told.determiner != ""


def _of_less(asked: Clause, told: Clause) -> bool:
    """Whether a claim is of a narrower attribute: an old number is not the number."""
    one, other = asked.subject, told.subject
    if asked.role("than") is not None:
        return False
    return asked.verb == "be" and one is not None and other is not None and narrows(one, other)


def _narrower(asked: Clause, told: Clause) -> bool:
    """Whether a claim is of one sort only: the shoe shop's being closed denies of no shop."""
    one, other = asked.subject, told.subject
    if any(fuller(name, each) for name in names_in(asked) for each in names_in(told)):
        return not any(same_name(name, each) for name in names_in(asked) for each in names_in(told))
    if one is None or other is None or one.kind != "noun" or one.head != other.head:
        return False
    return not other.mods - {other.number.lower()} <= one.mods


def _asks_nothing(asked: Clause) -> bool:
    """A question with be and nothing to compare is never “yes”."""
    there = asked.verb == "be" and not (asked.complement or asked.prepositions)
    return (there and not any(a not in words("skip") | words("now") for a in asked.adverbs)) or (
        asked.subject is None and asked.object is None
    )


class _Comparison:
    """A pattern beside one claim."""

    def __init__(self, asked: Clause, held: Held, memory: Memory) -> None:
        self.asked = asked
        self.held = held
        self.clause = held.clause
        self.known = memory.identities

    def result(self) -> int:
        """EXACT or CONTRAST, negative for no; 0 where the claim says nothing."""
        asked, clause = self.asked, self.clause
        sign = -1 if asked.negated != clause.negated else 1
        works = self._works()
        if works:
            return works * sign
        fits = verb_fits(asked.verb, clause.verb)
        done = self.held.claim.status == "happened" and self.clause.verb in words("in_turn")
        if not fits or (fits < 0 and done):
            # who bought the boat may have sold it later
            return 0
        every = asked.subject is not None and asked.subject.determiner in words("every")
        if every and clause.negated and not asked.negated and self._some_of_them():
            # “all but one of the windows are closed”
            return self._rest(-EXACT)
        if not _as_many(asked.subject, clause.subject) or not _as_many(asked.object, clause.object):
            return 0
        if self._turned():
            return self._rest(EXACT * sign)
        if not self._same(asked.subject, clause.subject) and (asked.subject or not asked.object):
            denied = self._swapped() or self._other_holder() or self._other_count()
            return denied * sign if fits == 1 else 0
        some = [thing for _, thing in exceptions(clause) if not is_time(thing)]
        if some and asked.subject is not None:
            return -EXACT * sign if asked.subject.determiner in words("every") else 0
        value = EXACT * sign * fits
        if asked.object is not None:
            if clause.object is None:
                return 0
            if not self._same(asked.object, clause.object):
                return self._other_number() * sign
        if asked.second is not None and not self._same(asked.second, receiver(clause)):
            return 0
        if asked.verb == "be" and asked.complement is None and self._other_state():
            return 0
        if asked.complement is not None:
            alike = self._complement()
            if not alike:
                return 0
            if alike < 0 and clause.negated and not _binary(asked.complement, clause.complement):
                return 0
            value *= alike
            if alike < 0:
                value = value // EXACT * CONTRAST if abs(value) == EXACT else value
        found = self._rest(value)
        # two denials are no yes: who lost to Bo did not win against Bo
        return 0 if fits < 0 and found * value < 0 else found

    def _some_of_them(self) -> bool:
        """Whether a claim says of some of those who are asked about what is asked of all."""
        asked, clause = self.asked, self.clause
        some, what = clause.subject, clause.complement
        if some is None or asked.subject is None or some.determiner not in words("some"):
            return False
        if asked.verb != clause.verb or some.head != asked.subject.head:
            return False
        if asked.complement is not None:
            return what is not None and what.head == asked.complement.head
        return asked.object is None or self._same(asked.object, clause.object)

    def _same(self, asked: Phrase | None, told: Phrase | None) -> bool:
        return same(asked if self.clause.negated else one_of(asked, told), told, self.known)

    def _other_state(self) -> bool:
        """Whether a claim says what one by this name is: “Ann is a nurse in Wells” is not where."""
        who, what = self.clause.subject, self.clause.complement
        return who is not None and who.kind == "name" and what is not None and what.kind != "time"

    def _works(self) -> int:
        """“Does the lift work?” where the lift is broken."""
        asked, clause = self.asked, self.clause
        if (
            asked.verb not in ("work", "function", "run")
            or clause.verb != "be"
            or any(fit_of(p, t, clause, self.known) != "same" for p, t in asked.prepositions)
        ):
            return 0
        if not self._same(asked.subject, clause.subject):
            return 0
        powered = {"on", "off"}.intersection(clause.adverbs) if not clause.complement else ()
        if powered and (asked.progressive or "on" not in powered):
            # what was switched off does not run
            return EXACT if "on" in powered else -EXACT
        if clause.complement is None:
            return 0
        state = clause.complement.head
        return -EXACT if state in words("broken") else EXACT if state == "working" else 0

    def _turned(self) -> bool:
        """Either direction of an identity: “Is Maren my niece?”, “my niece is Maren”."""
        asked, clause = self.asked, self.clause
        one, other = asked.complement, clause.complement
        if asked.verb != "be" or one is None or other is None:
            return False
        if "adjective" in (one.kind, other.kind):
            return False
        return self._same(asked.subject, other) and self._same(one, clause.subject)

    def _swapped(self) -> int:
        """“Did Leo give me the atlas?” where I gave it to Leo."""
        asked, clause = self.asked, self.clause
        if clause.negated or (asked.verb in _MUTUAL and asked.verb != "be"):
            return 0
        if asked.object is None or clause.object is None or asked.subject is None:
            return self._than()
        if self._same(asked.subject, clause.object) and self._same(asked.object, clause.subject):
            return -CONTRAST
        gets, got = receiver(asked), receiver(clause)
        if (
            gets is not None
            and got is not None
            and self._same(asked.object, clause.object)
            and self._same(asked.subject, got)
            and self._same(gets, clause.subject)
        ):
            return -CONTRAST
        source, told = asked.role("from"), clause.role("from")
        if (
            source is not None
            and told is not None
            and self._same(asked.object, clause.object)
            and self._same(asked.subject, told)
            and self._same(source, clause.subject)
        ):
            return -CONTRAST
        return 0

    def _than(self) -> int:
        """“Is Jule older than Mattis?” where Mattis is older than Jule."""
        asked, clause = self.asked, self.clause
        one, other = asked.role("than"), clause.role("than")
        if one is None or other is None or asked.complement is None or clause.complement is None:
            return 0
        if not (self._same(asked.subject, other) and self._same(one, clause.subject)):
            return 0
        return compared(asked.complement, clause.complement) * -EXACT

    def _other_count(self) -> int:
        """“Are there 30 people on the list?” where there are 27."""
        asked, told = self.asked.subject, self.clause.subject
        if (
            asked is None
            or told is None
            or self.clause.negated
            or not (asked.number and told.number)
        ):
            return 0
        kind = replace(asked, number="", mods=asked.mods - {asked.number.lower()})
        if asked.number == told.number or not self._same(kind, told):
            return 0
        roles = ("object", "complement", "second")
        alike = all(self._same(t, self.clause.role(r)) for r in roles if (t := self.asked.role(r)))
        return self._rest(-CONTRAST) if alike else 0

    def _other_number(self) -> int:
        asked, told = self.asked.object, self.clause.object
        if asked is None or told is None or self.clause.negated:
            return 0
        if asked.number and told.number and asked.number != told.number and asked.head == told.head:
            return -CONTRAST
        return 0

    def _complement(self) -> int:
        """1 the same, -1 one that is denied, 0 nothing known."""
        asked, told = self.asked.complement, self.clause.complement
        if asked is None or told is None:
            return 0
        blurred = words("blur") & {*told.text.lower().split(), *told.mods, *self.clause.adverbs}
        if blurred and told.text.lower() != asked.text.lower():
            return 0
        if "adjective" not in (asked.kind, told.kind):
            return self._identity(asked, told)
        if told.number and not asked.number and told.head in measures():
            # who is 34 years old is not “old” for it
            return 0
        if asked.number and told.number and asked.head == told.head:
            return 1 if asked.number == told.number else -1
        if asked.head == told.head:
            return 0 if asked.mods - told.mods - words("degree") else 1
        comparison = compared(asked, told)
        if self.clause.role("than") is not None or self.asked.role("than") is not None:
            return comparison
        if opposites().get(asked.head, frozenset()) & {told.head}:
            return -1
        if _denied_by_prefix(asked.head, told.head) or _denied_by_prefix(told.head, asked.head):
            return -1
        if groups_of(asked.head) & groups_of(told.head):
            return -1
        if told.head in words("broken") and asked.head in ("working", "fine", "okay"):
            return -1
        if {told.head, asked.head} <= words("broken"):
            return 1
        return 0

    def _identity(self, asked: Phrase, told: Phrase) -> int:
        if self._same(asked, told):
            return 1
        if told.members or asked.members or self.clause.negated:
            return 0
        if asked.kind == told.kind == "number" or (asked.number and told.number):
            return -1 if asked.number != told.number else 0
        if groups_of(asked.head) & groups_of(told.head) and asked.head != told.head:
            return -1
        if not slots(self.clause) & {"identity", "time"}:
            return 0
        if asked.kind == told.kind == "time":
            return -1 if asked.head != told.head else 0
        return -1 if asked.kind == told.kind == "name" and not asked.words & told.words else 0

    def _other_holder(self) -> int:
        """“Is Bea my wife?” where my wife is Ada."""
        asked, told = self.asked, self.clause
        if asked.verb != "be" or told.verb != "be" or told.negated:
            return 0
        sides = [(told.subject, told.complement), (told.complement, told.subject)]
        for office, holder in sides:
            one = asked.subject
            if office is None or holder is None or one is None or not has_one(office):
                continue
            named = one.kind == holder.kind == "name" and not one.words & holder.words
            if named and self._same(asked.complement, office):
                return -CONTRAST
        return 0

    def _rest(self, value: int) -> int:
        """The value with what prepositions and adverbs say to it."""
        flips = 0
        asked, clause = self.asked, self.clause
        for preposition, thing in asked.prepositions:
            if preposition == "to" and self._same(thing, receiver(clause)):
                continue
            how = fit_of(preposition, thing, clause, self.known)
            if how == "same":
                continue
            denied = how == "opposite" or (how == "differs" and self._only_one(preposition, thing))
            if denied and not clause.negated:
                flips += 1
            else:
                return 0
        adverbs = adverbs_fit(asked, clause)
        if adverbs == "missing":
            return 0
        flips += adverbs == "opposite"
        if flips > 1:
            return 0
        if abs(value) == CONTRAST and (flips or self._only_sometimes()):
            # “open on Monday” does not say when it is closed
            return 0
        return value if not flips else (-CONTRAST if value > 0 else CONTRAST)

    def _only_sometimes(self) -> bool:
        """Whether the claim is of a time that the question does not name."""
        asked = any(is_time(thing, p) for p, thing in self.asked.prepositions)
        return not asked and any(is_time(thing, p) for p, thing in self.clause.prepositions)

    def _only_one(self, preposition: str, thing: Phrase) -> bool:
        """Whether a claim leaves no room for another such place or time, so that one is denied."""
        taken = slots(self.clause)
        if is_time(thing, preposition):
            return "only" in self.clause.adverbs or any(slot.startswith("time") for slot in taken)
        return ("place" if preposition in words("place") else preposition) in taken


def _denied_by_prefix(state: str, other: str) -> bool:
    """Whether a state is another with a prefix that denies it: “unpaid”, “impassable”."""
    prefix = state.removesuffix(other)
    return len(other) > _SHORT and state != other and prefix in words("denying_prefix")


def _binary(asked: Phrase | None, told: Phrase | None) -> bool:
    """Whether there is nothing between two states: what is not open is closed."""
    heads = {thing.head for thing in (asked, told) if thing is not None}
    return heads <= words("binary")


def compared(asked: Phrase, told: Phrase) -> int:
    """1 where two comparatives say the same, -1 where one is of the opposite quality, else 0.

    What is asked may be a superlative.
    """
    if asked.head == told.head and asked.mods == told.mods:
        return 1
    one, other = positive(asked.head), positive(told.head)
    if one and one == other:
        return 1
    if one and other and other in opposites().get(one, frozenset()):
        return -1
    return 0


def positive(comparative: str) -> str:
    """The adjective of a comparative or superlative, "" where it is none that is known."""
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


def _compared(question: Question, memory: Memory) -> Verdict | None:
    """A chain of comparisons: who is older than somebody who is older than somebody."""
    asked = question.clause
    one, other = asked.subject, asked.role("than")
    if asked.complement is None or one is None or other is None:
        return None
    steps = comparisons(asked.complement, memory)
    for high, low, yes in ((one, other, True), (other, one, False)):
        found = _reaches(high, low, steps, memory)
        if found is not None:
            return Verdict(yes, False, found)
    return None


def comparisons(quality: Phrase, memory: Memory) -> list[tuple[Phrase, Phrase, Held]]:
    """What has more of a quality, what has less, and the claim that says so; newest first."""
    steps = []
    for held in memory.claims:
        clause = held.clause
        low = clause.role("than")
        if clause.negated or clause.complement is None or clause.subject is None or low is None:
            continue
        if held.claim.status != "now":
            continue
        way = compared(quality, clause.complement)
        if way:
            steps.append((clause.subject, low, held) if way > 0 else (low, clause.subject, held))
    return steps


def _reaches(
    high: Phrase, low: Phrase, steps: list[tuple[Phrase, Phrase, Held]], memory: Memory
) -> Held | None:
    todo, seen = [high], 0
    while todo and seen < 50:
        here = todo.pop()
        seen += 1
        for upper, lower, held in steps:
            if same(here, upper, memory.identities):
                if same(lower, low, memory.identities):
                    return held
                if not any(lower is each for each in todo):
                    todo.append(lower)
    return None
