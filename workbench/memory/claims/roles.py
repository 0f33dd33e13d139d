"""Compares the roles of a question and a claim: same, opposite, exclusive or unrelated."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from ingest.language.key_values import is_code, label_of
from ingest.language.nouns import singular
from ingest.language.questions import Question
from ingest.language.records import Clause, Phrase
from ingest.language.times import is_time
from ingest.language.verbs import verb_of
from ingest.language.word_lists import groups_of, measures, opposites, words
from workbench.memory.claims.claim_set import ClaimSet, DatedClaim
from workbench.memory.claims.endings import verb_fits
from workbench.memory.claims.identity import (
    COMPOUNDING,
    Identity,
    fuller,
    names_in,
    same,
    same_name,
)

Fit = Literal["same", "opposite", "differs", "missing"]
#: Prepositions that are interchangeable for the same thing.
_INTERCHANGEABLE = (
    frozenset(("in", "at")),
    frozenset(("on", "at")),
    frozenset(("in", "inside")),
    frozenset(("to", "into", "onto")),
    frozenset(("for", "at", "with")),
    frozenset(("before", "by", "until")),
)
_SKIPPED = ("skip", "now", "before", "always")
#: Minimum letters of a noun that ends a compound.
_LONG = 5


def usable(question: Question, dated: DatedClaim, claim_set: ClaimSet) -> bool:
    """Whether a claim is valid at the time of the question."""
    query, clause = question.clause, dated.clause
    status = dated.claim.status
    if _of_namesake(query, clause, claim_set):
        return False
    if query.condition and not same_condition(query.condition, clause.condition):
        return False
    if clause.verb == "born":
        return not clause.negated
    if (
        dated.claim.derived == "except"
        and not question.hole
        and len(_times(query)) < len(_times(clause))
    ):
        # Closed on one day is not closed.
        return False
    obliged = clause.modality == "obliged" != query.modality
    if obliged and query.tense in ("past", "perfect"):
        # A task is not always done.
        return False
    if obliged and (not question.hole or clause.verb == "be" or question.state is not None):
        # An obligation is not a fact.
        return False
    if clause.progressive and clause.subject is None and question.state is not None:
        # What is being mended is not mended yet.
        return False
    if status == "maybe":
        if clause.modality == "possible" and words("hedge").intersection(query.adverbs):
            return True
        return clause.modality == "conditional" and bool(query.condition)
    if (status == "will" or dated.claim.derived == "label") and claim_set.replaced(dated):
        # a cancelled event does not take place
        return False
    if question.former:
        return status in ("was", "happened") or claim_set.replaced(dated)
    if query.tense == "future":
        return status == "will" or (
            status == "now" and bool(_times(clause)) and not claim_set.replaced(dated)
        )
    if status == "will":
        # “Is Felix coming?” is about the future, as is “who is the speaker?”
        if question.hole == "complement" and clause.verb == "be" and not clause.prepositions:
            return query.tense == "present" and clause.modality == "asserted"
        is_firm = clause.modality == "asserted" or (clause.modality == "planned" and clause.negated)
        return query.progressive and query.tense == "present" and is_firm
    if not query.verb and status in ("happened", "was"):
        # “how many riders?”
        return True
    if query.tense == "past":
        if clause.verb in words("lasting") or (status == "now" and label_of(clause)):
            return True
        return (
            status in ("was", "happened")
            or clause.tense == "perfect"
            or claim_set.replaced(dated)
            or (dated.claim.derived not in ("", "state") and clause.tense == "past")
        )
    if query.tense == "perfect":
        return not claim_set.replaced(dated)
    newer = claim_set.newer(dated)
    is_rescheduled = (
        newer is not None and newer.claim.derived == "change" and _is_schedule(newer.clause)
    )
    # “the exam was moved to Friday”: its place is unchanged
    return status == "now" and (newer is None or (question.hole == "place" and is_rescheduled))


def _is_schedule(clause: Clause) -> bool:
    """Whether a clause with be states only a time."""
    complement = clause.complement
    timed = complement is None or complement.kind == "time"
    return timed and all(is_time(phrase, p) for p, phrase in clause.prepositions)


def _of_namesake(query: Clause, clause: Clause, claim_set: ClaimSet) -> bool:
    """Whether a claim is on “Ann C. Holm” if the “Ann Holm” of the question is known, too."""
    names = list(names_in(clause))
    return any(
        any(fuller(name, other) for other in names)
        and not any(same_name(name, other) for other in names)
        and any(same_name(name, other) for other in claim_set.names)
        for name in names_in(query)
    )


def _times(clause: Clause) -> list[Phrase]:
    return [phrase for p, phrase in clause.prepositions if is_time(phrase, p)]


def same_condition(query: str, candidate: str) -> bool:
    """Whether two conditions are equal; “unless it rains” is “if it doesn't rain”."""
    (left, denied), (right, not_so) = map(_condition, (query, candidate))
    return denied == not_so and len(left & right) >= 0.75 * len(left)


def _condition(text: str) -> tuple[set[str], bool]:
    """The words of a condition in the singular, and whether it is negated."""
    plain = re.sub(r"['’]m\b", " am", text.lower())
    plain, denials = re.subn(r"\b(?:(?:do|does|did) ?)?(?:n['’]t|not|never)\b", " ", plain)
    plain, unless = re.subn(r"\bunless\b", "if", plain)
    return {singular(word) for word in plain.split()}, (denials + unless) % 2 == 1


def fit_of(preposition: str, phrase: Phrase, clause: Clause, identities: Sequence[Identity]) -> Fit:
    """How a claim fills a prepositional role of a question."""
    best: Fit = "missing"
    phrases = list(clause.prepositions)
    time_complement = clause.complement
    # a reference to the presses table is none to the batches table
    elsewhere = any(prep == preposition for prep, _ in phrases)
    if clause.verb == "be" and time_complement is not None and time_complement.kind == "time":
        phrases.append(("", time_complement))
    for role in (clause.subject, clause.object, clause.complement):
        if role is not None:
            phrases += role.inside
            owner_is_name = role.owner is not None and role.owner.kind == "name"
            if (
                preposition in COMPOUNDING
                and not elsewhere
                and (
                    phrase.words <= role.mods
                    or (owner_is_name and same(phrase, role.owner, identities))
                )
            ):
                # “the password for the wifi” is the wifi password
                return "same"
    if any(
        p in words("without") and _same_phrase(phrase, other, identities) for p, other in phrases
    ):
        return "opposite"
    for prep, other in phrases:
        is_same = _same_phrase(phrase, other, identities)
        if is_same and (prep == preposition or _interchangeable(preposition, prep, phrase)):
            return "same"
        if is_same and (
            prep in opposites().get(preposition, ())
            or (
                preposition in words("exact")
                and prep in words("exact")
                and _comparable_place(phrase, other)
            )
        ):
            best = "opposite"
        elif best == "missing" and not is_same:
            timed = is_time(phrase, preposition), is_time(other, prep)
            if timed == (True, True) and (
                prep == preposition or {prep, preposition} <= {"at", "on", "in", ""}
            ):
                best = "differs" if _same_sort(phrase, other) else best
            elif timed == (False, False) and (
                prep == preposition or {prep, preposition} <= words("place")
            ):
                best = "differs"
    if (
        best == "missing"
        and preposition in ("on", "in", "at", "")
        and any(singular(word) == phrase.head for word in clause.adverbs)
    ):
        return "same"
    return best


def _same_phrase(query: Phrase, candidate: Phrase, identities: Sequence[Identity]) -> bool:
    if query.kind == candidate.kind == "clause":
        return same_condition(query.text, candidate.text)
    if query.kind == "time" and candidate.kind == "time":
        if (
            candidate.head == "day"
            and "every" in candidate.mods
            and "weekday" in groups_of(query.head)
        ):
            return True
        if query.head != candidate.head:
            return query.head in candidate.mods and not query.mods
        universal = frozenset(("every", "each", "all"))
        return (
            query.mods - universal <= candidate.mods - universal
            or candidate.mods - universal == frozenset()
        )
    return same(query, candidate, identities)


def _same_sort(query: Phrase, candidate: Phrase) -> bool:
    """Whether two times have one sort: weekday and weekday, this year and last year."""
    if query.head == candidate.head or groups_of(query.head) & groups_of(candidate.head):
        return True
    return query.head[:1].isdigit() and candidate.head[:1].isdigit()


def _interchangeable(query: str, candidate: str, phrase: Phrase) -> bool:
    if is_time(phrase, "at") and {query, candidate} <= {"at", "on", "in", ""}:
        return True
    return any(query in group and candidate in group for group in _INTERCHANGEABLE)


def _comparable_place(query: Phrase, candidate: Phrase) -> bool:
    return (
        not is_time(query, "at") and not is_time(candidate, "at")
    ) or query.kind == candidate.kind


def adverbs_fit(query: Clause, clause: Clause) -> Fit:
    """How a claim satisfies the adverbs of a question."""
    skipped = frozenset().union(*(words(name) for name in _SKIPPED))
    claim_words = set(clause.adverbs)
    if clause.complement is not None:
        claim_words |= clause.complement.words
        claim_words |= set(clause.complement.text.lower().split())
    for _, phrase in clause.prepositions:
        claim_words |= {singular(word) for word in phrase.text.lower().split()}
    state = query.complement.head if query.complement is not None else ""
    if verb_of(state, "participle"):
        # “plugged in” is “plugged”, but “switched on” is not “switched off”
        claim_words |= {"in", "up"}
    fit: Fit = "same"
    for adverb in query.adverbs:
        if adverb in skipped or adverb in claim_words:
            continue
        if opposites().get(adverb, frozenset()) & claim_words:
            fit = "opposite"
        else:
            return "missing"
    return fit


def roles_fit(query: Clause, clause: Clause, identities: Sequence[Identity], *but: str) -> bool:
    """Whether a claim has all roles that a question fills, except those named."""
    if verb_fits(query.verb, clause.verb) != 1:
        return False
    for role in ("subject", "object", "complement"):
        phrase, other = query.role(role), clause.role(role)
        if role in but or phrase is None:
            continue
        if role == "complement" and other is not None and "adjective" in (phrase.kind, other.kind):
            if phrase.head != other.head or words("blur") & (other.mods - phrase.mods):
                return False
        elif not same(phrase if clause.negated else as_owned(phrase, other), other, identities):
            return False
    if query.second is not None and not same(query.second, receiver(clause), identities):
        return False
    if any(
        fit_of(p, phrase, clause, identities) != "same"
        and not (p == "to" and same(phrase, receiver(clause), identities))
        for p, phrase in query.prepositions
    ):
        return False
    return adverbs_fit(query, clause) == "same"


def as_owned(query: Phrase | None, candidate: Phrase | None) -> Phrase | None:
    """The query with the candidate's owner: “a guitar” matches “Mila's guitar”."""
    if query is None or candidate is None or query.owner is not None or candidate.owner is None:
        return query
    any_ = query.determiner in ("a", "an", "any") and query.kind == "noun"
    return replace(query, owner=candidate.owner) if any_ else query


def receiver(clause: Clause) -> Phrase | None:
    """The recipient of a gift."""
    return clause.second or clause.role("to")


def answer_text(phrase: Phrase | None) -> str:
    """The words of a phrase in an answer: “you” for “I”."""
    if phrase is None:
        return ""
    return "you" if phrase.head == "i" and phrase.kind == "pronoun" else phrase.text


class Gap:
    """The open role of a question, matched with one claim."""

    def __init__(self, question: Question, dated: DatedClaim, claim_set: ClaimSet) -> None:
        self.question = question
        self.query = question.clause
        self.dated = dated
        self.text = dated.statement.text
        self.clause = dated.clause
        self.claim_set = claim_set
        self.identities = claim_set.identities
        #: Whether the topic is only in the preceding statement.
        self.contextual = False

    @property
    def times(self) -> list[tuple[str, Phrase]]:
        """The times of the claim with their prepositions."""
        return [(p, t) for p, t in self.clause.prepositions if is_time(t, p)]

    def roles_match(self, *but: str) -> bool:
        """Whether the claim has the roles that the question fills, except some."""
        if roles_fit(self.query, self.clause, self.identities, *but):
            return True
        state = self.question.state
        return state is not None and roles_fit(state, self.clause, self.identities, *but)

    def same(self, query: Phrase | None, candidate: Phrase | None) -> bool:
        """Whether two phrases are the same thing, by the identities of the claims."""
        return same(query, candidate, self.identities)

    def phrases_match(self) -> bool:
        """Whether the claim has each prepositional phrase of the question."""
        return all(self.fit(*adjunct) == "same" for adjunct in self.query.prepositions)

    def fit(self, preposition: str, phrase: Phrase) -> Fit:
        """How the claim fills a prepositional role of the question."""
        return fit_of(preposition, phrase, self.clause, self.identities)

    def has_sort(self, phrase: Phrase) -> bool:
        """Whether a phrase has the requested sort: “which hall”: hall 7."""
        noun = self.question.noun
        if not noun or noun in phrase.words or any(noun in m.words for m in phrase.members):
            # “which column of orders”: the column customer_id of the orders table
            owner = phrase.owner.words if phrase.owner is not None else frozenset[str]()
            return self.question.mods <= phrase.words | owner
        group = self.clause.role("of")
        if group is not None and phrase is self.clause.subject and noun == group.head:
            # “of the three ovens, Ida's is the best”
            return True
        if noun in ("sport", "game") and phrase.determiner == "the":
            # one plays the violin, but football without article
            return False
        if noun in words("code_noun"):
            return is_code(phrase.text)
        units = [measure.units for measure in measures().values() if noun in measure.nouns]
        if units and noun not in words("figure"):
            return phrase.kind == "number" or any(phrase.head in units_of for units_of in units)
        if noun in words("figure"):
            return phrase.kind == "number"
        if noun in words("generic"):
            return phrase.kind in ("name", "noun") and not phrase.number
        # a Fairphone is a phone, headphones are not
        compound = phrase.kind == "name" and len(noun) >= _LONG and phrase.head.endswith(noun)
        return compound or any(
            noun in left.words and self.same(right, phrase) for left, right in self.identities
        )
