"""Puts a new phrase in the place of one of its sort: a time of a time, a number of a number.

What “moved to 10” makes of “starts at 9”, and “no, the 14th” of “is on the 13th”.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.language.gaps import named_like
from ingest.language.records import Clause, Thing, with_role
from ingest.language.times import is_clock, is_time, recurs
from ingest.language.word_lists import groups_of, words

_ROLES = ("complement", "object", "second", "subject")


@dataclass(frozen=True, slots=True)
class Amendment:
    """A phrase that takes the place of `old`, or of the last phrase of its sort."""

    preposition: str
    new: Thing
    old: Thing | None = None


def amended(clause: Clause, amendment: Amendment) -> Clause | None:
    """A clause with the new phrase in the place of one of its sort; None where it has none."""
    for strict in (True, False):
        for role, thing in _places(clause):
            if not _takes_place(amendment, role, thing, strict=strict):
                continue
            new = named_like(amendment.new, thing)
            if new.kind == "number" and thing.kind == "noun":
                new = _numbered(new, thing)
            elif new.head == thing.head:
                new = replace(new, mods=new.mods or thing.mods, owner=new.owner or thing.owner)
            if role in _ROLES:
                return with_role(clause, role, new)
            phrases = tuple(
                (amendment.preposition or p, new) if t is thing else (p, t)
                for p, t in clause.prepositions
            )
            return replace(clause, prepositions=phrases)
    return None


def rescheduled(state: Clause, new: Thing) -> Clause | None:
    """A state with the time, the amount or the number that its subject was changed to.

    None where it tells another sort of thing: a course that begins at 10 now may end as before.
    """
    timed = is_time(new, "to")
    if state.verb in words("ending") and timed:
        return None
    for role, thing in _places(state):
        if role == "subject":
            continue
        if is_time(thing, "" if role in _ROLES else role) and timed:
            same = is_clock(thing) == is_clock(new) and (recurs(thing) or not recurs(new))
        else:
            same = thing.head == new.head and thing.text != new.text
        if same:
            return amended(state, Amendment("", new, thing))
    return None


def sort_of(thing: Thing, preposition: str) -> str:
    """What sort of phrase a thing is: a time, a number, or by its kind."""
    if is_time(thing, preposition):
        return "time"
    return "number" if thing.number or thing.kind == "number" else thing.kind


def _numbered(new: Thing, old: Thing) -> Thing:
    """“14” in the place of “room 12”: room 14."""
    figures = {word for word in old.mods if any(map(str.isdigit, word))}
    before = " ".join(w for w in old.text.split() if w.lower() not in figures)
    return replace(
        old,
        text=f"{before} {new.text}",
        start=new.start,
        end=new.end,
        mods=old.mods - figures | {new.head},
    )


def _places(clause: Clause) -> Iterator[tuple[str, Thing]]:
    """The things of a clause, the last one first."""
    yield from reversed(clause.prepositions)
    for role in _ROLES:
        thing = clause.role(role)
        if thing is not None:
            yield role, thing


def _takes_place(amendment: Amendment, role: str, thing: Thing, *, strict: bool) -> bool:
    new, old, preposition = amendment.new, amendment.old, amendment.preposition
    if old is not None:
        alike = old.number == thing.number if old.number else old.head == thing.head
        return alike or old.text.lower() == thing.text.lower()
    if preposition and (role in _ROLES or is_time(thing, role) != is_time(new, preposition)):
        return False
    one, other = sort_of(new, preposition), sort_of(thing, "" if role in _ROLES else role)
    if one == other == "time":
        figures = any(map(str.isdigit, new.text)), any(map(str.isdigit, thing.text))
        return figures[0] == figures[1] or bool(groups_of(new.head) & groups_of(thing.head))
    if one == "number" and other == "time":
        return any(map(str.isdigit, thing.text))
    if one == "number" and other == "noun" and role != "subject":
        # “number 214”, “room 12”
        return new.kind == "number" and any(word.isdigit() for word in thing.mods)
    if strict:
        return one == other
    return role != "subject" and {one, other} == {"name", "noun"}
