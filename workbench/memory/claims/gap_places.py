"""Fills the gap of a question for a place, or for the object of a preposition."""

from collections.abc import Sequence
from dataclasses import replace

from ingest.language.records import Phrase
from ingest.language.times import is_time
from ingest.language.word_lists import words
from workbench.memory.claims.roles import Gap, answer_text, receiver


def place_of(gap: Gap) -> str:
    """The place with its preposition."""
    if not gap.roles_match() or gap.query.verb == "do":
        return ""
    moving = gap.clause.verb in words("travel")
    query_phrases = [phrase for _, phrase in gap.query.prepositions]
    places = [
        (p, t)
        for p, t in gap.clause.prepositions
        if (p in words("place") or "_" in p or (p in words("motion") and moving))
        and not (is_time(t, p) or p == "because_of" or t.kind == "clause")
        and not any(gap.same(a, t) for a in query_phrases)
    ]
    if gap.clause.verb == "work" and not places:
        # “works for Danfoss”
        places = [(p, t) for p, t in gap.clause.prepositions if p == "for" and t.kind == "name"]
    if places:
        subject = gap.clause.subject
        start = subject.start if subject is not None else 0
        # “In act 4 Ida finds the ring under the stairs”
        places.sort(key=lambda item: item[1].start < start)
        preposition, phrase = (
            next(((p, t) for p, t in places if p == "to"), places[0]) if moving else places[0]
        )
        place = _extended_place(gap, phrase, places)
        text = _with_preposition(preposition, place)
        # “moved from room 5”: it was in room 5, but not in these words
        return text if text in gap.text else place.text
    inside = gap.clause.subject.inside if gap.clause.subject is not None else ()
    modifiers = [(p, t) for p, t in inside if p in words("place") and not is_time(t, p)]
    if gap.clause.verb == gap.query.verb == "be" and modifiers and not query_phrases:
        # “dinner at Mario's is at seven”
        return _with_preposition(*modifiers[0])
    if gap.clause.verb == "be" and gap.clause.complement is None:
        holder = gap.clause.role("with")
        if holder is not None:
            return f"with {holder.text}"
    return next((a for a in gap.clause.adverbs if a in words("whereabouts")), "")


def _extended_place(gap: Gap, place: Phrase, phrases: Sequence[tuple[str, Phrase]]) -> Phrase:
    """“the drawer under the oven”: a place with the phrases right after it."""
    text, end = gap.text, place.end
    for preposition, more in phrases:
        between = text[end : more.start].strip(" ,").lower().replace(" ", "_")
        if (
            more.start > end
            and more.kind != "number"
            and between == preposition
            and text[place.start : end]
        ):
            end = more.end
    return place if end == place.end else replace(place, text=text[place.start : end], end=end)


def prepositional_object(gap: Gap, preposition: str) -> str:
    """The object of a preposition, or of an equivalent one."""
    if preposition == "to" and gap.question.wh in ("who", "whom"):
        phrase = receiver(gap.clause)
        return answer_text(phrase) if phrase is not None and gap.roles_match() else ""
    if preposition == "of":
        for role in ("complement", "object", "subject"):
            candidate, query = gap.clause.role(role), gap.query.role(role)
            if candidate is None or query is None or candidate.owner is None:
                continue
            possessed = replace(candidate, owner=query.owner)
            if gap.same(query, possessed) and gap.roles_match(role):
                return answer_text(candidate.owner)
    if not gap.roles_match():
        return ""
    alternatives = {"in": ("in", "at", "on"), "at": ("at", "in"), "on": ("on", "in", "at")}.get(
        preposition, (preposition,)
    )
    subject = gap.clause.subject
    phrases = (*gap.clause.prepositions, *(subject.inside if subject is not None else ()))
    for alternative in alternatives:
        for prep, phrase in phrases:
            if (
                prep == alternative
                and not is_time(phrase, prep)
                and gap.has_sort(phrase)
                and (alternative == preposition or gap.question.noun)
            ):
                if gap.question.wh == "where":
                    # “from a nursery in Wells”
                    places = [item for item in phrases if item[0] in words("place")]
                    phrase = _extended_place(gap, phrase, places)
                return answer_text(phrase)
    return ""


def _with_preposition(preposition: str, phrase: Phrase) -> str:
    if preposition == "to" or (phrase.kind == "name" and preposition in ("in", "at")):
        return phrase.text
    return f"{preposition.replace('_', ' ')} {phrase.text}"
