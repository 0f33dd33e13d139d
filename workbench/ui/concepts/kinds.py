"""The types of concepts and the kinds of associations on screen: words, signs and inks.

Types that are near to each other share an ink; the shape of the sign tells them apart, and the word
says it.
"""

#: By type: its word, its sign, its ink.
_TYPES: dict[str, tuple[str, str, str]] = {
    "time": ("Time", "clock", "confirmed"),
    "spatial": ("Place", "place", "confirmed"),
    "entity": ("Name", "entity", "explicit"),
    "concept": ("Idea", "concept", "explicit"),
    "action": ("Action", "action", "emergent"),
    "intent": ("Aim", "intent", "emergent"),
    "state": ("State", "state", "predicted"),
    "sensory": ("Sense", "eye", "predicted"),
}
#: By kind of association: how the other concept stands to this one, as its tail and as its head.
_HOW: dict[str, tuple[str, str]] = {
    "happened_at": ("when", "what happened"),
    "before": ("later", "earlier"),
    "after": ("earlier", "later"),
    "during": ("during", "meanwhile"),
    "caused_by": ("cause", "effect"),
    "leads_to": ("leads to", "comes from"),
    "enables": ("enables", "enabled by"),
    "prevents": ("prevents", "prevented by"),
    "co_occurs": ("named with", "named with"),
    "related_to": ("related", "related"),
    "similar_to": ("similar", "similar"),
    "is_a": ("is a", "example"),
    "has_property": ("is so", "said of"),
    "involves": ("involves", "part in"),
    "at_location": ("where", "what is there"),
    "contains": ("contains", "part of"),
    "felt": ("felt", "felt by"),
    "evokes": ("evokes", "evoked by"),
    "contradicts": ("contradicts", "contradicts"),
    "resolved_by": ("resolved by", "resolves"),
    "supersedes": ("replaces", "replaced by"),
    "evolves_from": ("grew from", "became"),
    "owns": ("owns", "owned by"),
    "part_of": ("part of", "has as a part"),
    "member_of": ("member of", "has as a member"),
    "works_for": ("works for", "who works there"),
    "created": ("made", "made by"),
    "influenced": ("influenced", "influenced by"),
    "kin_of": ("kin of", "kin of"),
    "role_of": ("stands to", "stands to"),
    "named": ("also called", "also called"),
    "acts_on": ("acts on", "acted on by"),
    "denied": ("said not to", "said not to"),
}
TYPES = tuple(_TYPES)


def word(type: str) -> str:
    """A type in a word."""
    return _TYPES[type][0]


def glyph(type: str) -> str:
    """The sign of a type."""
    return _TYPES[type][1]


def ink(type: str) -> str:
    """The ink of a type: a token of the theme."""
    return _TYPES[type][2]


def how(kind: str, *, outgoing: bool) -> str:
    """How the other concept of an association stands to this one."""
    there = _HOW.get(kind, (kind.replace("_", " "),) * 2)
    return there[0] if outgoing else there[1]
