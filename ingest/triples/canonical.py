"""Typed relations on which several wordings agree: "owner of", "own" and "is owned by"."""

from functools import lru_cache

#: Role to the relation that it means in "X is the ROLE of Y", and whether the two change places.
_ROLE = {
    "owner": ("own", False),
    "manager": ("report to", True),
    "boss": ("report to", True),
    "supervisor": ("report to", True),
    "home": ("live in", True),
    "author": ("write", False),
    "writer": ("write", False),
    "director": ("direct", False),
    "founder": ("found", False),
    "producer": ("produce", False),
    "composer": ("compose", False),
    "employee": ("work for", False),
    "resident": ("live in", False),
}
_PLACE_OF_LIFE = frozenset(("reside in", "live at", "dwell in", "be based in"))


@lru_cache(50_000)
def canonical(relation: str, rule: str) -> tuple[str, bool]:
    """The typed relation, and whether subject and object change places for it."""
    parts = relation.split()
    if rule == "role subject":
        # (Y, owner, X): it is X who owns Y
        if relation not in _ROLE:
            return relation, False
        typed, turned = _ROLE[relation]
        return typed, not turned
    if "by" in parts:
        verb = parts[0]
        return ("report to", False) if verb == "manage" else (verb, True)
    if relation in ("manage", "supervise"):
        return "report to", True
    if parts[0] in ("be", "become") and len(parts) > 2 and parts[2] == "of":
        return _ROLE.get(parts[1], (relation, False))
    if relation in _PLACE_OF_LIFE:
        return "live in", False
    return relation, False
