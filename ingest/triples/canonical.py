"""Canonical relations of several wordings: "owner of", "own" and "is owned by"."""

from functools import lru_cache

from ingest.triples.words import CLASSES

#: Role -> the relation that it means in "X is the ROLE of Y", and whether the arguments swap.
_ROLE = {
    role: (head.split("_")[1].replace("-", " "), head.endswith("_turned"))
    for head, roles in CLASSES.items()
    if head.startswith("role_")
    for role in roles
}
_PLACE_OF_LIFE = frozenset(("reside in", "live at", "dwell in", "be based in"))


@lru_cache(50_000)
def canonical(relation: str, rule: str) -> tuple[str, bool]:
    """The canonical relation, and whether subject and object swap."""
    parts = relation.split()
    if rule == "role subject":
        # (Y, owner, X): it is X who owns Y.
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
