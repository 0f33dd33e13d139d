"""Compares the roles of a question and a claim: same, opposite, exclusive or unrelated."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from ingest.language.key_values import label_of
from ingest.language.nouns import singular
from ingest.language.questions import Question
from ingest.language.records import Clause, Phrase
from ingest.language.times import is_time
from ingest.language.verbs import verb_of
from ingest.language.word_lists import groups_of, opposites, words
from workbench.memory.claims.endings import verb_fits
from workbench.memory.claims.held import Held, Memory
from workbench.memory.claims.things import (
    COMPOUNDING,
    Identity,
    fuller,
    names_in,
    same,
    same_name,
)

Fit = Literal["same", "opposite", "differs", "missing"]
#: Prepositions that may stand for each other where the thing is the same.
_NEAR = (
    frozenset(("in", "at")),
    frozenset(("on", "at")),
    frozenset(("in", "inside")),
    frozenset(("to", "into", "onto")),
    frozenset(("for", "at", "with")),
    frozenset(("before", "by", "until")),
)
_SKIPPED = ("skip", "now", "before", "always")


def usable(question: Question, held: Held, memory: Memory) -> bool:
    """Whether a claim holds at the time that a question asks about."""
    asked, clause = question.clause, held.clause
    status = held.claim.status
    if _of_namesake(asked, clause, memory):
        return False
    if asked.condition and not same_condition(asked.condition, clause.condition):
        return False
    if clause.verb == "born":
        return not clause.negated
    if (
        held.claim.derived == "except"
        and not question.hole
        and len(_times(asked)) < len(_times(clause))
    ):
        # Who is closed on one day is not called closed.
        return False
    obliged = clause.modality == "obliged" != asked.modality
    if obliged and asked.tense in ("past", "perfect"):
        # Who was to bring it did not always.
        return False
    if obliged and (not question.hole or clause.verb == "be" or question.state is not None):
        # What should be done may well not be.
        return False
    if clause.progressive and clause.subject is None and question.state is not None:
        # What is being mended is not mended yet.
        return False
    if status == "maybe":
        if clause.modality == "possible" and words("hedge").intersection(asked.adverbs):
            return True
        return clause.modality == "conditional" and bool(asked.condition)
    if (status == "will" or held.claim.derived == "label") and memory.replaced(held):
        # what was called off does not come
        return False
    if question.former:
        return status in ("was", "happened") or memory.replaced(held)
    if asked.tense == "future":
        return status == "will" or (
            status == "now" and bool(_times(clause)) and not memory.replaced(held)
        )
    if status == "will":
        # “Is Felix coming?” asks what will be, and so does “who is the speaker?”
        if question.hole == "complement" and clause.verb == "be" and not clause.prepositions:
            return asked.tense == "present" and clause.modality == "asserted"
        sure = clause.modality == "asserted" or (clause.modality == "planned" and clause.negated)
        return asked.progressive and asked.tense == "present" and sure
    if not asked.verb and status in ("happened", "was"):
        # “how many riders?”
        return True
    if asked.tense == "past":
        if clause.verb in words("lasting") or (status == "now" and label_of(clause)):
            return True
        return (
            status in ("was", "happened")
            or clause.tense == "perfect"
            or memory.replaced(held)
            or (held.claim.derived not in ("", "state") and clause.tense == "past")
        )
    if asked.tense == "perfect":
        return not memory.replaced(held)
    newer = memory.newer(held)
    later = newer is not None and newer.claim.derived == "change" and _when(newer.clause)
    # “the exam was moved to Friday”: it is where it was to be
    return status == "now" and (newer is None or (question.hole == "place" and later))


def _when(clause: Clause) -> bool:
    """Whether a clause with be says only when something is."""
    what = clause.complement
    timed = what is None or what.kind == "time"
    return timed and all(is_time(thing, p) for p, thing in clause.prepositions)


def _of_namesake(asked: Clause, clause: Clause, memory: Memory) -> bool:
    """Whether a claim is of “Ann C. Holm” where the “Ann Holm” that is asked about is told of."""
    told = list(names_in(clause))
    return any(
        any(fuller(name, other) for other in told)
        and not any(same_name(name, other) for other in told)
        and any(same_name(name, other) for other in memory.names)
        for name in names_in(asked)
    )


def _times(clause: Clause) -> list[Phrase]:
    return [thing for p, thing in clause.prepositions if is_time(thing, p)]


def same_condition(asked: str, told: str) -> bool:
    """Whether two clauses beside others say the same; “unless it rains” is “if it doesn't rain”."""
    (one, denied), (other, not_so) = map(_condition, (asked, told))
    return denied == not_so and len(one & other) >= 0.75 * len(one)


def _condition(said: str) -> tuple[set[str], bool]:
    """The words of such a clause in the singular, and whether it is denied."""
    plain = re.sub(r"['’]m\b", " am", said.lower())
    plain, denials = re.subn(r"\b(?:(?:do|does|did) ?)?(?:n['’]t|not|never)\b", " ", plain)
    plain, unless = re.subn(r"\bunless\b", "if", plain)
    return {singular(word) for word in plain.split()}, (denials + unless) % 2 == 1


def fit_of(preposition: str, thing: Phrase, clause: Clause, known: Sequence[Identity]) -> Fit:
    """How a claim fills the prepositional role of a question."""
    best: Fit = "missing"
    others = list(clause.prepositions)
    when = clause.complement
    # what refers to the presses table refers to no batches, though it be the batches table
    elsewhere = any(prep == preposition for prep, _ in others)
    if clause.verb == "be" and when is not None and when.kind == "time":
        others.append(("", when))
    for role in (clause.subject, clause.object, clause.complement):
        if role is not None:
            others += role.inside
            named = role.owner is not None and role.owner.kind == "name"
            if (
                preposition in COMPOUNDING
                and not elsewhere
                and (thing.words <= role.mods or (named and same(thing, role.owner, known)))
            ):
                # “the password for the wifi” is the wifi password
                return "same"
    if any(p in words("without") and _same_phrase(thing, other, known) for p, other in others):
        return "opposite"
    for prep, other in others:
        alike = _same_phrase(thing, other, known)
        if alike and (prep == preposition or _near(preposition, prep, thing)):
            return "same"
        if alike and (
            prep in opposites().get(preposition, ())
            or (
                preposition in words("exact")
                and prep in words("exact")
                and _near_place(thing, other)
            )
        ):
            best = "opposite"
        elif best == "missing" and not alike:
            timed = is_time(thing, preposition), is_time(other, prep)
            if timed == (True, True) and (
                prep == preposition or {prep, preposition} <= {"at", "on", "in", ""}
            ):
                best = "differs" if _same_sort(thing, other) else best
            elif timed == (False, False) and (
                prep == preposition or {prep, preposition} <= words("place")
            ):
                best = "differs"
    if (
        best == "missing"
        and preposition in ("on", "in", "at", "")
        and any(singular(word) == thing.head for word in clause.adverbs)
    ):
        return "same"
    return best


def _same_phrase(asked: Phrase, told: Phrase, known: Sequence[Identity]) -> bool:
    if asked.kind == told.kind == "clause":
        return same_condition(asked.text, told.text)
    if asked.kind == "time" and told.kind == "time":
        if told.head == "day" and "every" in told.mods and "weekday" in groups_of(asked.head):
            return True
        if asked.head != told.head:
            return asked.head in told.mods and not asked.mods
        every = frozenset(("every", "each", "all"))
        return asked.mods - every <= told.mods - every or told.mods - every == frozenset()
    return same(asked, told, known)


def _same_sort(asked: Phrase, told: Phrase) -> bool:
    """Whether two times are of one sort: weekday and weekday, this year and last year."""
    if asked.head == told.head or groups_of(asked.head) & groups_of(told.head):
        return True
    return asked.head[:1].isdigit() and told.head[:1].isdigit()


def _near(asked: str, told: str, thing: Phrase) -> bool:
    if is_time(thing, "at") and {asked, told} <= {"at", "on", "in", ""}:
        return True
    return any(asked in group and told in group for group in _NEAR)


def _near_place(asked: Phrase, told: Phrase) -> bool:
    return (not is_time(asked, "at") and not is_time(told, "at")) or asked.kind == told.kind


def adverbs_fit(asked: Clause, clause: Clause) -> Fit:
    """How a claim fills the adverbs of a question."""
    skipped = frozenset().union(*(words(name) for name in _SKIPPED))
    here = set(clause.adverbs)
    if clause.complement is not None:
        here |= clause.complement.words
        here |= set(clause.complement.text.lower().split())
    for _, thing in clause.prepositions:
        here |= {singular(word) for word in thing.text.lower().split()}
    state = asked.complement.head if asked.complement is not None else ""
    if verb_of(state, "participle"):
        # “plugged in” is “plugged”, but “switched on” is not “switched off”
        here |= {"in", "up"}
    found: Fit = "same"
    for adverb in asked.adverbs:
        if adverb in skipped or adverb in here:
            continue
        if opposites().get(adverb, frozenset()) & here:
            found = "opposite"
        else:
            return "missing"
    return found


def roles_fit(asked: Clause, clause: Clause, known: Sequence[Identity], *but: str) -> bool:
    """Whether all roles that a question fills are the claim's, but those named."""
    if verb_fits(asked.verb, clause.verb) != 1:
        return False
    for role in ("subject", "object", "complement"):
        thing, other = asked.role(role), clause.role(role)
        if role in but or thing is None:
            continue
        if role == "complement" and other is not None and "adjective" in (thing.kind, other.kind):
            if thing.head != other.head or words("blur") & (other.mods - thing.mods):
                return False
        elif not same(thing if clause.negated else one_of(thing, other), other, known):
            return False
    if asked.second is not None and not same(asked.second, receiver(clause), known):
        return False
    if any(
        fit_of(p, thing, clause, known) != "same"
        and not (p == "to" and same(thing, receiver(clause), known))
        for p, thing in asked.prepositions
    ):
        return False
    return adverbs_fit(asked, clause) == "same"


def one_of(asked: Phrase | None, told: Phrase | None) -> Phrase | None:
    """The thing that is asked for as one that somebody has: “a guitar” for “Mila's guitar”."""
    if asked is None or told is None or asked.owner is not None or told.owner is None:
        return asked
    any_ = asked.determiner in ("a", "an", "any") and asked.kind == "noun"
    return replace(asked, owner=told.owner) if any_ else asked


def receiver(clause: Clause) -> Phrase | None:
    """Who gets what is given."""
    return clause.second or clause.role("to")
