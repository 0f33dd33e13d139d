"""One sentence: its tokens and what its clauses claim."""

import re
from collections.abc import Sequence

from ingest.patterns import later
from workbench.memory.facts import unspaced_scripts
from workbench.memory.facts.parsed_claims import Claim, Slot, Statement
from workbench.memory.facts.parsing import claim_identity, slots
from workbench.memory.facts.reading import Token, tokens
from workbench.store.claim_records import ClaimRow

#: What leads in a statement, and is no part of it: “note that …”, “by the way, …”.
_PREFACE = later(
    r"(?:(?:(?:please |kindly )?(?:remember|note|know|keep in mind|be aware)(?: that)? "
    r"|(?:i (?:think|believe|guess|heard|mean|meant|said)|it turns out)(?: that)? "
    r"|(?:as of (?:today|now)|from now on|just so you know)(?:,? that |,? )"
    r"|(?:fyi|btw|note|remember|update|correction|reminder|fact|psst|actually|hello|hi|hey|thanks"
    r"|ok|okay|well|so|yes|no|oh|sorry|by the way|for the record|in fact|thank you|good news)"
    r"[,:!.]+ )+)",
    re.IGNORECASE,
)


def sentence(text: str, known: Sequence[Token] = ()) -> Statement:
    """Take one sentence apart; its tokens may be `known`."""
    parts = unspaced_scripts.key_and_value(text)
    if parts is not None:
        return _dense(text, *parts)
    said = tuple(known or tokens(text))
    lead = _PREFACE.match(text)
    first = 0 if lead is None else sum(token.start < lead.end() for token in said)
    return Statement(text, said, tuple(slots.claims(said, first if first < len(said) else 0)))


def _dense(text: str, key: tuple[int, int], value: tuple[int, int], negative: bool) -> Statement:
    said = tuple(
        Token(raw, start, end, raw, "", False, False)
        for start, end in (key, value)
        for raw in (text[start:end].strip(),)
    )
    claim = Claim("be", (Slot("key", 0, 1), Slot("value", 1, 2)), negative)
    return Statement(text, said, (claim,))


def rows(said: Statement) -> tuple[ClaimRow, ...]:
    """The claims of a sentence as they are stored."""
    return tuple(_row(said, claim) for claim in said.claims)


def _row(said: Statement, claim: Claim) -> ClaimRow:
    about, value = claim_identity.about_of(claim), claim_identity.value_of(claim)
    return ClaimRow(
        subject=said.span(about.first, about.last),
        relation="is" if claim.verb == "be" else claim.verb,
        value=(0, 0) if value is None else said.span(value.first, value.last),
        topic=claim_identity.topic(said, claim),
        content=claim_identity.content(said, claim),
        negative=claim.negative,
        ended=claim.ended,
        doubtful=claim.doubtful,
    )
