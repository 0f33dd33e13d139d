"""Whether words of a statement are of the kind that a question asks for: a time for “when”."""

import re
from collections.abc import Iterator

from ingest.language.claims import claims_of
from ingest.language.nouns import singular
from ingest.language.questions import Question
from ingest.language.records import Thing
from ingest.language.tagging import tagged
from ingest.language.times import is_time
from workbench.memory.claims.held import Told

_AMOUNTS = ("count", "amount", "price", "duration")
_AND = re.compile(r",? (?:and|but) ", re.IGNORECASE)


def unlike_asked(question: Question, start: int, end: int, told: Told) -> bool:
    """Whether the words `[start, end)` of a statement are surely no answer of the kind asked for.

    A name does not say what somebody does, an amount not who or where, a thing not when.
    """
    said, hole, asked = told.text[start:end], question.hole, question.clause
    within = [(p, t) for p, t in _things(told) if start <= t.start and t.end <= end]
    if hole == "count":
        return _counts_others(question.noun, end, told.text)
    if hole in ("price", "amount") and within:
        return not any(thing.number or any(map(str.isdigit, thing.text)) for _, thing in within)
    if not within or hole in _AMOUNTS:
        return False
    timed = [is_time(thing, p or "on") for p, thing in within]
    counted = [t or bool(thing.number) for t, (_, thing) in zip(timed, within, strict=True)]
    if hole == "time":
        figure = any(character.isdigit() for character in said)
        return not (figure or any(counted) or any(t.kind == "clause" for _, t in within))
    if hole == "deed" and not asked.prepositions and asked.modality == "asserted":
        return any(counted) or any(_named(thing) for _, thing in within)
    return all(counted) if hole == "place" or question.wh in ("who", "whom") else False


def without_more(start: int, end: int, told: Told) -> int:
    """Where an answer ends that runs on into something else: “TAP and come back” behind “TAP”.

    `start` where nothing that is told of begins there.
    """
    within = [thing for _, thing in _things(told) if start <= thing.start and thing.end <= end]
    if not within or not _AND.search(told.text[start:end]):
        return end
    lists = [thing for thing in within if len({bool(m.number) for m in thing.members}) < 2]
    return max((thing.end for thing in lists if thing.start == start), default=start)


def _things(told: Told) -> Iterator[tuple[str, Thing]]:
    """The things of all claims of a statement, with their prepositions."""
    for claim in claims_of(told.text, told.context).claims:
        clause = claim.clause
        for thing in (clause.subject, clause.object, clause.second, clause.complement):
            if thing is not None and thing.text:
                yield "", thing
        yield from clause.prepositions


def _named(thing: Thing) -> bool:
    return thing.kind == "name" or any(member.kind == "name" for member in thing.members)


def _counts_others(noun: str, end: int, text: str) -> bool:
    """Whether a number counts others than what is asked for, which is told of, too: “27 pupils”."""
    tokens = tagged(text)
    after = next((token for token in tokens if token.start >= end), None)
    if after is None or not after.may_be("N") or singular(after.low) == noun:
        return False
    return any(singular(token.low) == noun for token in tokens)
