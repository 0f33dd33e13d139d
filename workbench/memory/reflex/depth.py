"""Chooses the depth of a recall from the wording of a question.

After NeuralMemory: what asks for reasons or feelings goes deep, what asks for habits goes for
patterns, how, comparisons and before or after go for context, all else is a lookup. Several signs
are weighed against each other by how much they say. The signs are English; of a question in another
language only what it names is counted.
"""

from enum import StrEnum, unique

from ingest.patterns import later
from workbench.errors import UsageError


@unique
class Depth(StrEnum):
    """How far recall goes: 1 hop, 3, 4, or as many as the settings allow."""

    INSTANT = "instant"
    CONTEXT = "context"
    HABIT = "habit"
    DEEP = "deep"


#: What may be asked for; "auto" looks at the question.
DEPTHS = (*Depth, "auto")


#: Signs of a depth, and how much each is worth.
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

#: Lookups that only sound like how: they want a number.
_NUMBERS = later(
    r"\bhow (?:many|much|old|tall|far|long|big|high|deep|heavy|wide|fast|large|late|soon)\b"
)

_TIMES_AND_NAMES = 2
_KEYWORD_LIMIT = 5


def depth_of(question: str, name_count: int = 0, keywords: int = 0) -> Depth:
    """The depth that a question wants.

    `name_count` is how many times, places and names it mentions, `keywords` how many other things
    that say something: where it has several of them they may only meet in the context.
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
    """The depth of this name; None for None, "" and "auto". Raises `UsageError` for another."""
    if name is None or not name.strip() or name.strip().casefold() == "auto":
        return None
    try:
        return Depth(name.strip().casefold())
    except ValueError:
        raise UsageError(
            f"There is no depth called “{name}”.", f"Use one of {', '.join(Depth)}, or auto."
        ) from None


def hops(depth: Depth, limit: int) -> int:
    """How many hops a depth may go where the settings allow `limit`."""
    return {Depth.INSTANT: 1, Depth.CONTEXT: min(3, limit), Depth.HABIT: max(4, limit)}.get(
        depth, limit
    )
