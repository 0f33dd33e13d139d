"""Clauses as claims: what each asserts, when that holds, and what follows from it."""

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
from ingest.language.word_lists import words

#: When a claim holds: it did and does not, it happened, it holds, it is to come, it may be so.
Status = Literal["was", "happened", "now", "will", "maybe"]


@dataclass(frozen=True, slots=True)
class Claim:
    """What one clause asserts, and when that holds.

    `derived` says how it follows from what was told ("" where it was told), `sentence` which
    sentence of the text says it, `endings` what it ends of what was so before.
    """

    clause: Clause
    status: Status
    derived: str = ""
    sentence: int = 0
    endings: tuple[Ending, ...] = ()


@dataclass(frozen=True, slots=True)
class Claims:
    """The claims of one statement; `complete` says that all of it was taken apart."""

    text: str
    claims: tuple[Claim, ...]
    complete: bool


@lru_cache(4000)
def claims_of(text: str, context: tuple[str, ...] = ()) -> Claims:
    """What a statement claims, told after these (the last one last)."""
    before: list[Clause] = []
    for each in context:
        for sentence in analyse(each).sentences:
            before += corrected(sentence, resolved(sentence.clauses, before), before)[0]
    found: list[Claim] = []
    analysis = analyse(text)
    for number, sentence in enumerate(analysis.sentences):
        resolutions = resolved(sentence.clauses, before)
        clauses, taken_back = corrected(sentence, resolutions, before)
        before += clauses
        if taken_back is not None:
            found.append(Claim(taken_back, status_of(taken_back), "corrected", number))
        for clause in clauses:
            if label_of(clause) == "reason":
                found += [*_for_reason(clause, found)]
            found += _claims(clause, number)
    return Claims(text, tuple(found), all(sentence.complete for sentence in analysis.sentences))


def _for_reason(clause: Clause, before: list[Claim]) -> Iterator[Claim]:
    """“DECISION: … REASON: …”: what was noted before, with the reason."""
    for claim in before:
        if claim.derived == "label" and clause.complement is not None:
            yield replace(claim, clause=replace(claim.clause, reason=clause.complement))


def _claims(clause: Clause, sentence: int = 0) -> Iterator[Claim]:
    if clause.matrix is not None:
        lead = replace(clause.matrix, subject=clause.subject)
        yield Claim(lead, status_of(lead), "", sentence)
    clause = normalized(clause)
    for each, how in chain(_expanded(clause), _where_named(clause)):
        endings = endings_of(each) if how in ("", "state") else ()
        yield Claim(each, status_of(each), how, sentence, endings)
        for ending in endings:
            over = ending.other if ending.kind == "over" and ending.certain else None
            if over is not None and over.owner is not None and relations_of_noun(over.head):
                # “Our contract with Nord ended”: we have none
                without = Clause("have", over.owner, object=over, negated=True)
                yield Claim(without, "now", "over", sentence)
    for each in _required(clause):
        yield Claim(each, "now", "required", sentence)


def _required(clause: Clause) -> Iterator[Clause]:
    """“You can get in only if you have a ticket”: not without one, and one is needed."""
    link, _, case = clause.condition.partition(" ")
    only = "only" in clause.adverbs and not clause.negated and clause.subject is not None
    needed = clause.role("with") if only and not link else None
    if needed is not None and clause.subject is not None and needed.kind == "noun":
        # “only with a permit”
        may = clause.modality in ("asserted", "possible") and not is_time(needed, "with")
        if may and (clause.subject.head == "you" or clause.passive or clause.verb == "be"):
            yield from _needing(with_role(clause, "with", None), needed)
        return
    only = only and link == "if"
    if not (only or (link == "unless" and clause.negated)) or clause.subject is None:
        return
    needs = [claim for sentence in analyse(case).sentences for claim in sentence.clauses]
    thing = needs[0].object if len(needs) == 1 and needs[0].verb in words("having") else None
    if thing is not None and not needs[0].negated:
        yield from _needing(clause, thing)


def _needing(clause: Clause, thing: Phrase) -> Iterator[Clause]:
    """What follows where a clause holds only with a thing."""
    if clause.subject is None:
        return
    anybody = Phrase("anybody", clause.subject.text, 0, 0, "anybody", determiner="every")
    who = anybody if clause.subject.head == "you" else clause.subject
    adverbs = tuple(adverb for adverb in clause.adverbs if adverb != "only")
    bare = replace(clause, subject=who, condition="", modality="asserted", adverbs=adverbs)
    yield with_role(replace(bare, negated=True), "without", thing)
    if bare.object is None:
        yield replace(bare, object=thing, negated=False, modality="obliged")


def _where_named(clause: Clause) -> Iterator[tuple[Clause, str]]:
    """“Mr. Falk in room 12 is a baker”: that is where he is."""
    who = clause.subject
    if who is None or who.kind != "name":
        return
    where = tuple((p, t) for p, t in who.inside if p in words("place") and not is_time(t, p))
    if where:
        said = who.text[: where[0][1].start - who.start].rstrip().removesuffix(where[0][0])
        bare = replace(who, text=said.rstrip(), inside=())
        yield Clause("be", bare, prepositions=where, tense=clause.tense), "where"


def status_of(clause: Clause) -> Status:
    """When a clause holds, by its tense and how it is said."""
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
    """The clause in the active voice with all that follows from it, and how."""
    told: list[tuple[Clause, str]] = []
    for each in _listed(clause):
        for active, how in active_voice(each):
            told.append((active, how))
    pair = clause.subject.members if clause.subject is not None and clause.passive else ()
    if clause.verb == "marry" and len(pair) == 2:
        told.append((replace(clause, passive=False, subject=pair[0], object=pair[1]), ""))
    if any(thing.members for thing in clause.arguments):
        told += [(active, how) for active, how in active_voice(clause)]
    for active, how in told:
        yield active, how
        for more, way in entailments(active):
            yield more, way or how


def _listed(clause: Clause) -> Iterator[Clause]:
    """The clause of each member of its lists; “or” leaves it open which."""
    for role in ("subject", "object", "complement"):
        thing = clause.role(role)
        if thing is not None and thing.members:
            if " or " in thing.text.lower():
                clause = replace(clause, modality="possible")
            for member in thing.members:
                yield from _listed(with_role(clause, role, member))
            return
    for place, (preposition, thing) in enumerate(clause.prepositions):
        if thing.members and preposition != "between":
            for member in thing.members:
                changed = list(clause.prepositions)
                changed[place] = (preposition, member)
                yield from _listed(replace(clause, prepositions=tuple(changed)))
            return
    yield clause
