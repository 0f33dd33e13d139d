"""The words of a claim that say when."""

import re
from collections.abc import Sequence

from workbench.memory.facts import speech
from workbench.memory.facts.claims import Claim
from workbench.memory.facts.facets import Facet
from workbench.memory.facts.question_parts import Asked
from workbench.memory.facts.reading import Token
from workbench.memory.facts.times import time_span

_ORDINAL = re.compile(r"(?:[12]?\d|3[01])(?:st|nd|rd|th)")


def time_in(
    asked: Asked, tokens: Sequence[Token], claim: Claim | None, facet: Facet
) -> tuple[int, int] | None:
    """What says when in a facet, or elsewhere in its claim; any value where a time is named."""
    spans = [(facet.first, facet.last)]
    if claim is not None:
        others = [slot for slot in claim.slots if slot.role not in ("key", "subject")]
        spans += [(slot.first, slot.last) for slot in others]
    found = (time_span(tokens, *span) for span in spans)
    named = any(key.kin & speech.KIND_NOUNS["when"] for key in asked.wanted)
    whole = spans[0] if named and facet.role == "value" else None
    best = next((span for span in found if span is not None), None)
    if best is None and claim is not None:
        best = _said_before(tokens, claim) or _day_of_month(tokens, claim)
    if best is None:
        return whole
    for span in spans:
        # A date and an hour beside it, each led by a preposition, are one time: "Friday | at 9".
        other = time_span(tokens, *span)
        if other is not None and 0 <= other[0] - best[1] <= 1:
            best = best[0], other[1]
        elif other is not None and 0 <= best[0] - other[1] <= 1:
            best = other[0], best[1]
    return best


def _said_before(tokens: Sequence[Token], claim: Claim) -> tuple[int, int] | None:
    """What says when before the clause: "in 2019 | we moved"."""
    first = min((slot.first for slot in claim.slots), default=0)
    time = time_span(tokens, 0, first)
    return time if time is not None and time[0] <= 1 and time[1] == first else None


def _day_of_month(tokens: Sequence[Token], claim: Claim) -> tuple[int, int] | None:
    """ "On the 6th", of which nothing else says that it is a day."""
    slot = claim.slot("on")
    if slot is None or slot.last - slot.first > 2 or not _ORDINAL.fullmatch(
        tokens[slot.last - 1].word
    ):  # fmt: skip
        return None
    return slot.first, slot.last
