"""Replaces a phrase of a clause by one of its sort: a time by a time, a number by a number.

So “moved to 10” amends “starts at 9”, and “no, the 14th” amends “is on the 13th”.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.language.gaps import filled_ellipsis
from ingest.language.records import Clause, Phrase, with_role
from ingest.language.times import is_clock, is_time, recurs
from ingest.language.word_lists import groups_of, words

_ROLES = ("complement", "object", "second", "subject")


@dataclass(frozen=True, slots=True)
class Amendment:
    """A phrase that replaces `old`, or the last phrase of its sort."""

    preposition: str
    new: Phrase
    old: Phrase | None = None


def amended(clause: Clause, amendment: Amendment) -> Clause | None:
    """The clause with its phrase of that sort replaced; None if it has none."""
    for strict in (True, False):
        for role, phrase in _places(clause):
            if not _takes_place(amendment, role, phrase, strict=strict):
                continue
            new = filled_ellipsis(amendment.new, phrase)
            if new.kind == "number" and phrase.kind == "noun":
                new = _numbered(new, phrase)
            elif new.head == phrase.head:
                new = replace(new, mods=new.mods or phrase.mods, owner=new.owner or phrase.owner)
            if role in _ROLES:
                return with_role(clause, role, new)
            phrases = tuple(
                (amendment.preposition or p, new) if t is phrase else (p, t)
                for p, t in clause.prepositions
            )
            return replace(clause, prepositions=phrases)
    return None


def rescheduled(state: Clause, new: Phrase) -> Clause | None:
    """A state whose time, amount or number is what its subject was changed to.

    None for another sort of phrase: a course that begins at 10 now may end as before.
    """
    timed = is_time(new, "to")
    if state.verb in words("ending") and timed:
        return None
    for role, phrase in _places(state):
        if role == "subject":
            continue
        if is_time(phrase, "" if role in _ROLES else role) and timed:
            same = is_clock(phrase) == is_clock(new) and (recurs(phrase) or not recurs(new))
        else:
            same = phrase.head == new.head and phrase.text != new.text
        if same:
            return amended(state, Amendment("", new, phrase))
    return None


def sort_of(phrase: Phrase, preposition: str) -> str:
    """The sort of a phrase: a time, a number, or its kind."""
    if is_time(phrase, preposition):
        return "time"
    return "number" if phrase.number or phrase.kind == "number" else phrase.kind


def _numbered(new: Phrase, old: Phrase) -> Phrase:
    """“14” replacing “room 12”: room 14."""
    figures = {word for word in old.mods if any(map(str.isdigit, word))}
    prefix = " ".join(w for w in old.text.split() if w.lower() not in figures)
    return replace(
        old,
        text=f"{prefix} {new.text}",
        start=new.start,
        end=new.end,
        mods=old.mods - figures | {new.head},
    )


def _places(clause: Clause) -> Iterator[tuple[str, Phrase]]:
    """The phrases of a clause, from the last."""
    yield from reversed(clause.prepositions)
    for role in _ROLES:
        phrase = clause.role(role)
        if phrase is not None:
            yield role, phrase


def _takes_place(amendment: Amendment, role: str, phrase: Phrase, *, strict: bool) -> bool:
    new, old, preposition = amendment.new, amendment.old, amendment.preposition
    if old is not None:
        same_kind = old.number == phrase.number if old.number else old.head == phrase.head
        return same_kind or old.text.lower() == phrase.text.lower()
    if preposition and (role in _ROLES or is_time(phrase, role) != is_time(new, preposition)):
        return False
    new_sort, old_sort = sort_of(new, preposition), sort_of(phrase, "" if role in _ROLES else role)
    if new_sort == old_sort == "time":
        figures = any(map(str.isdigit, new.text)), any(map(str.isdigit, phrase.text))
        return figures[0] == figures[1] or bool(groups_of(new.head) & groups_of(phrase.head))
    if new_sort == "number" and old_sort == "time":
        return any(map(str.isdigit, phrase.text))
    if new_sort == "number" and old_sort == "noun" and role != "subject":
        # “number 214”, “room 12”
        return new.kind == "number" and any(word.isdigit() for word in phrase.mods)
    if strict:
        return new_sort == old_sort
    return role != "subject" and {new_sort, old_sort} == {"name", "noun"}
