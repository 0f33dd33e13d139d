"""Clauses as claims: what each asserts, when it holds, and what follows from it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from typing import Literal

from ingest.language.analyse import analyse
from ingest.language.consequences import entailments
from ingest.language.coreference import resolved
from ingest.language.corrections import corrected
from ingest.language.events import Ending, endings_of, relations_of_noun
from ingest.language.key_values import label_of
from ingest.language.normalization import active_voice, is_bounded, normalized
from ingest.language.records import Clause, Phrase, with_role
from ingest.language.times import is_time
from ingest.language.unasserted import is_unasserted
from ingest.language.word_lists import words

#: When a claim holds: formerly, once as an event, now, in future, or possibly.
Status = Literal["was", "happened", "now", "will", "maybe"]


@dataclass(frozen=True, slots=True)
class Claim:
    """What one clause asserts, and when it holds.

    `derived` says how it follows from the statement ("" if stated), `sentence` is the index of its
    sentence, `endings` what it ends.
    """

    clause: Clause
    status: Status
    derived: str = ""
    sentence: int = 0
    endings: tuple[Ending, ...] = ()


@dataclass(frozen=True, slots=True)
class Claims:
    """The claims of one statement; `complete` if all of it was analysed."""

    text: str
    claims: tuple[Claim, ...]
    complete: bool


@lru_cache(4000)
def claims_of(text: str, context: tuple[str, ...] = ()) -> Claims:
    """The claims of a statement that follows these, the latest last."""
    discourse: list[Clause] = []
    for statement in context:
        for sentence in analyse(statement).sentences:
            discourse += corrected(sentence, resolved(sentence.clauses, discourse), discourse)[0]
    claims: list[Claim] = []
    analysis = analyse(text)
    for number, sentence in enumerate(analysis.sentences):
        resolutions = resolved(sentence.clauses, discourse)
        clauses, retracted = corrected(sentence, resolutions, discourse)
        discourse += clauses
        if retracted is not None:
            claims.append(Claim(retracted, status_of(retracted), "corrected", number))
        for clause in clauses:
            if label_of(clause) == "reason":
                claims += [*_for_reason(clause, claims)]
            asserted = _claims(clause, number)
            if is_unasserted(sentence.text):
                asserted = (replace(claim, status="maybe", endings=()) for claim in asserted)
            claims += asserted
    return Claims(text, tuple(claims), all(sentence.complete for sentence in analysis.sentences))


def _for_reason(clause: Clause, claims: list[Claim]) -> Iterator[Claim]:
    """“DECISION: … REASON: …”: join the preceding note and its reason."""
    noted = {claim.sentence for claim in claims if claim.derived == "label"}
    for claim in claims:
        if claim.sentence in noted and claim.clause.verb != "be" and clause.complement is not None:
            yield replace(claim, clause=replace(claim.clause, reason=clause.complement))


def _claims(clause: Clause, sentence: int = 0) -> Iterator[Claim]:
    if clause.matrix is not None:
        lead = replace(clause.matrix, subject=clause.subject)
        yield Claim(lead, status_of(lead), "", sentence)
    clause = normalized(clause)
    for derivative, rule in chain(_expanded(clause), _location(clause)):
        endings = endings_of(derivative) if rule in ("", "state") else ()
        yield Claim(derivative, status_of(derivative), rule, sentence, endings)
        for ending in endings:
            noun = ending.other if ending.kind == "over" and ending.certain else None
            if noun is not None and noun.owner is not None and relations_of_noun(noun.head):
                # “Our contract with Nord ended”: we have none
                denial = Clause("have", noun.owner, object=noun, negated=True)
                yield Claim(denial, "now", "over", sentence)
    for derivative in _required(clause):
        yield Claim(derivative, "now", "required", sentence)


def _required(clause: Clause) -> Iterator[Clause]:
    """“You can get in only if you have a ticket”: not without one, and one is needed."""
    link, _, case = clause.condition.partition(" ")
    restrictive = "only" in clause.adverbs and not clause.negated and clause.subject is not None
    needed = clause.role("with") if restrictive and not link else None
    if needed is not None and clause.subject is not None and needed.kind == "noun":
        # “only with a permit”
        may = clause.modality in ("asserted", "possible") and not is_time(needed, "with")
        if may and (clause.subject.head == "you" or clause.passive or clause.verb == "be"):
            yield from _needing(with_role(clause, "with", None), needed)
        return
    restrictive = restrictive and link == "if"
    if not (restrictive or (link == "unless" and clause.negated)) or clause.subject is None:
        return
    needs = [claim for sentence in analyse(case).sentences for claim in sentence.clauses]
    requisite = needs[0].object if len(needs) == 1 and needs[0].verb in words("having") else None
    if requisite is not None and not needs[0].negated:
        yield from _needing(clause, requisite)


def _needing(clause: Clause, requisite: Phrase) -> Iterator[Clause]:
    """The claims that follow if a clause holds only with something."""
    if clause.subject is None:
        return
    anybody = Phrase("anybody", clause.subject.text, 0, 0, "anybody", determiner="every")
    subject = anybody if clause.subject.head == "you" else clause.subject
    adverbs = tuple(adverb for adverb in clause.adverbs if adverb != "only")
    unconditional = replace(
        clause, subject=subject, condition="", modality="asserted", adverbs=adverbs
    )
    yield with_role(replace(unconditional, negated=True), "without", requisite)
    if unconditional.object is None:
        yield replace(unconditional, object=requisite, negated=False, modality="obliged")


def _location(clause: Clause) -> Iterator[tuple[Clause, str]]:
    """“Mr. Falk in room 12 is a baker”: his location."""
    subject = clause.subject
    if subject is None or subject.kind != "name":
        return
    places = tuple((p, t) for p, t in subject.inside if p in words("place") and not is_time(t, p))
    if places:
        text = (
            subject.text[: places[0][1].start - subject.start].rstrip().removesuffix(places[0][0])
        )
        name = replace(subject, text=text.rstrip(), inside=())
        yield Clause("be", name, prepositions=places, tense=clause.tense), "where"


def status_of(clause: Clause) -> Status:
    """When a clause holds, by tense and modality."""
    if clause.modality in ("conditional", "possible", "quoted", "planned"):
        return "maybe" if clause.modality != "planned" else "will"
    if clause.tense == "future":
        return "will"
    if clause.habit or (is_bounded(clause) and not clause.negated):
        return "was"
    if clause.ceased and not clause.negated:
        return "was"
    if clause.tense == "past":
        return "was" if clause.verb in words("stative") or clause.progressive else "happened"
    return "now"


def _expanded(clause: Clause) -> Iterator[tuple[Clause, str]]:
    """The clause in the active voice with all its entailments, and their kinds."""
    assertions = [pair for single in _distributed(clause) for pair in active_voice(single)]
    pair = clause.subject.members if clause.subject is not None and clause.passive else ()
    if clause.verb == "marry" and len(pair) == 2:
        assertions.append((replace(clause, passive=False, subject=pair[0], object=pair[1]), ""))
    if any(phrase.members for phrase in clause.arguments):
        assertions += active_voice(clause)
    for active, rule in assertions:
        yield active, rule
        for more, derivation in entailments(active):
            yield more, derivation or rule


def _distributed(clause: Clause) -> Iterator[Clause]:
    """The clause for each member of its lists; “or” makes them possible only."""
    for role in ("subject", "object", "complement"):
        phrase = clause.role(role)
        if phrase is not None and phrase.members:
            if " or " in phrase.text.lower():
                clause = replace(clause, modality="possible")
            for member in phrase.members:
                yield from _distributed(with_role(clause, role, member))
            return
    for place, (preposition, phrase) in enumerate(clause.prepositions):
        if phrase.members and preposition != "between":
            for member in phrase.members:
                changed = list(clause.prepositions)
                changed[place] = (preposition, member)
                yield from _distributed(replace(clause, prepositions=tuple(changed)))
            return
    yield clause
