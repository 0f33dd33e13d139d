"""The types of concepts and the kinds of associations on screen: words, signs and inks.

Types that are near to each other share an ink; the shape of the sign tells them apart, and the word
says it.
"""

from workbench.ui.language import tr

#: By type: its word, its sign, its ink.
_TYPES: dict[str, tuple[str, str, str]] = {
    "time": (tr("Time"), "clock", "confirmed"),
    "spatial": (tr("Place"), "place", "confirmed"),
    "entity": (tr("Name"), "entity", "explicit"),
    "concept": (tr("Idea"), "concept", "explicit"),
    "action": (tr("Action"), "action", "emergent"),
    "intent": (tr("Aim"), "intent", "emergent"),
    "state": (tr("State"), "state", "predicted"),
    "sensory": (tr("Sense"), "eye", "predicted"),
}
#: By kind of association: how the other concept stands to this one, as its tail and as its head.
_HOW: dict[str, tuple[str, str]] = {
    "happened_at": (tr("when"), tr("what happened")),
    "before": (tr("later"), tr("earlier")),
    "after": (tr("earlier"), tr("later")),
    "during": (tr("during"), tr("meanwhile")),
    "caused_by": (tr("cause"), tr("effect")),
    "leads_to": (tr("leads to"), tr("comes from")),
    "enables": (tr("enables"), tr("enabled by")),
    "prevents": (tr("prevents"), tr("prevented by")),
    "co_occurs": (tr("named with"), tr("named with")),
    "related_to": (tr("related"), tr("related")),
    "similar_to": (tr("similar"), tr("similar")),
    "is_a": (tr("is a"), tr("example")),
    "has_property": (tr("is so"), tr("said of")),
    "involves": (tr("involves"), tr("part in")),
    "at_location": (tr("where"), tr("what is there")),
    "contains": (tr("contains"), tr("part of")),
    "felt": (tr("felt"), tr("felt by")),
    "evokes": (tr("evokes"), tr("evoked by")),
    "contradicts": (tr("contradicts"), tr("contradicts")),
    "resolved_by": (tr("resolved by"), tr("resolves")),
    "supersedes": (tr("replaces"), tr("replaced by")),
    "evolves_from": (tr("grew from"), tr("became")),
    "owns": (tr("owns"), tr("owned by")),
    "part_of": (tr("part of"), tr("has as a part")),
    "member_of": (tr("member of"), tr("has as a member")),
    "works_for": (tr("works for"), tr("who works there")),
    "created": (tr("made"), tr("made by")),
    "influenced": (tr("influenced"), tr("influenced by")),
    "kin_of": (tr("kin of"), tr("kin of")),
    "role_of": (tr("stands to"), tr("stands to")),
    "named": (tr("also called"), tr("also called")),
    "acts_on": (tr("acts on"), tr("acted on by")),
    "denied": (tr("said not to"), tr("said not to")),
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
