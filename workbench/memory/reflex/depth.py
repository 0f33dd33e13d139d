"""Selects the depth of a recall by the wording of a question.

After NeuralMemory: reasons and feelings need deep recall, habits patterns; how, comparisons and
before or after need context; the rest is a lookup. Several signs are weighted. The signs are
English; in other languages only the number of concepts counts.
"""

from enum import StrEnum, unique

from ingest.patterns import later
from workbench.errors import UsageError


@unique
class Depth(StrEnum):
    """The range of recall: 1 hop, 3, 4, or the maximum of the settings."""

    INSTANT = "instant"
    CONTEXT = "context"
    HABIT = "habit"
    DEEP = "deep"


#: The valid depths; "auto" decides by the question.
DEPTHS = (*Depth, "auto")


#: The signs of each depth, with their weights.
_SIGNS = tuple(
    (depth, worth, later(rf"\b(?:{phrases})\b"))
    for depth, worth, phrases in (
        (
            Depth.DEEP,
            1.5,
            "how (?:did|do|does) (?:i|you|we|he|she|they) feel|feel about|feelings?|emotions?|mood"
            "|(?:i|you|we|he|she|they) felt",
        ),
        (
            Depth.DEEP,
            1.2,
            "why|how come|what for|what (?:made|makes|led|brought)|reasons?|causes?|caused|because",
        ),
        (
            Depth.HABIT,
            1.3,
            "usual(?:ly)?|typical(?:ly)?|patterns?|often|always|habits?|habitual(?:ly)?|routines?"
            "|regularly|normally|generally|every (?:day|week|month|year|time)|each time|tend to"
            "|mostly|on (?:mon|tues|wednes|thurs|fri|satur|sun)days",
        ),
        (
            Depth.CONTEXT,
            1.2,
            "how (?:did|was|were|to|do|does|is|are|can|could|would|should|has|have|had|will)"
            "|in what way|by what means",
        ),
        (
            Depth.CONTEXT,
            1.2,
            "compared?|comparison|differences?|differ|versus|vs|better|worse|similar(?:ities)?",
        ),
        (Depth.CONTEXT, 0.5, "before|after|afterwards|then|meanwhile|while|until|during"),
    )
)

#: Questions for numbers, which are lookups.
_NUMBERS = later(
    r"\bhow (?:many|much|old|tall|far|long|big|high|deep|heavy|wide|fast|large|late|soon)\b"
)

_TIMES_AND_NAMES = 2
_KEYWORD_LIMIT = 5


def depth_of(question: str, name_count: int = 0, keywords: int = 0) -> Depth:
    """The depth for a question.

    `name_count` is the number of its times, places and names, `keywords` that of other content
    words: several of them may meet only in context.
    """
    text = " ".join(question.casefold().replace("’", "'").split())
    stripped = _NUMBERS.sub(" ", text)
    weights: dict[Depth, float] = {}
    for depth, weight, phrases in _SIGNS:
        matches = len({match[0] for match in phrases.finditer(stripped)})
        if matches:
            weights[depth] = weights.get(depth, 0.0) + matches * weight
    if weights:
        return max(weights, key=lambda depth: weights[depth])
    if name_count >= _TIMES_AND_NAMES or keywords >= _KEYWORD_LIMIT:
        return Depth.CONTEXT
    return Depth.INSTANT


def parse_depth(name: str | None) -> Depth | None:
    """The depth of this name; None for None, "" and "auto". Raises `UsageError` for others."""
    if name is None or not name.strip() or name.strip().casefold() == "auto":
        return None
    try:
        return Depth(name.strip().casefold())
    except ValueError:
        raise UsageError(
            f"There is no depth called “{name}”.", f"Use one of {', '.join(Depth)}, or auto."
        ) from None


def hops(depth: Depth, limit: int) -> int:
    """The hops of a depth, if the settings allow `limit`."""
    return {Depth.INSTANT: 1, Depth.CONTEXT: min(3, limit), Depth.HABIT: max(4, limit)}.get(
        depth, limit
    )
