"""Coreference: resolves pronouns to the latest matching noun phrase, subjects first.

Two people in the sentence before leave “she” open: then it stands for nothing, and what is said of
her answers no question.
"""

from collections.abc import Sequence
from dataclasses import replace

from ingest.language.gaps import filled_ellipsis
from ingest.language.records import Clause, Phrase, Tense, with_role
from ingest.language.times import is_time
from ingest.language.verbs import verb_of
from ingest.language.word_lists import kinship, words

_SORTS = {
    "he": "person",
    "she": "person",
    "him": "person",
    "her": "person",
    "it": "thing",
    "they": "many",
    "them": "many",
    "there": "place",
}
_PRONOUN_GENDER = {"he": "male", "him": "male", "she": "female", "her": "female"}
#: Clauses before this one in which something may be named.
_LOOKED = 3
_POSSESSIVES = {"mine": "i", "ours": "we", "yours": "you", "his": "he", "hers": "she"}
_GIVING = ("give", "hand", "lend", "pass", "sell", "send")


def resolved(clauses: Sequence[Clause], before: Sequence[Clause]) -> list[Clause]:
    """The clauses with their pronouns replaced by what was named in these clauses before."""
    known = list(before)
    found: list[Clause] = []
    for clause in clauses:
        each = _resolve(clause, known[-_LOOKED:])
        known.append(each)
        found.append(each)
    return found


def compared(clause: Clause) -> Clause:
    """“The blue lamp is older than the green one”: of what is compared it is one."""
    other, subject = clause.role("than"), clause.subject
    if other is None or subject is None:
        return clause
    last = clause.adverbs[-1] if clause.adverbs else ""
    if clause.verb == "be" and clause.complement is None and last.endswith("er"):
        # “faster” may say how something is done as well
        quality = Phrase(last, last, 0, 0, "adjective")
        clause = replace(clause, complement=quality, adverbs=clause.adverbs[:-1])
    whose = _POSSESSIVES.get(other.text.lower(), "")
    if whose or not other.head:
        # “Is her boat older than mine?”
        owner = other.owner
        if whose:
            owner = Phrase(whose, other.text, other.start, other.end, "pronoun")
        whole = replace(other, head=subject.head, kind="noun", owner=owner)
        return with_role(clause, "than", whole)
    if "one" not in (other.head, subject.head):
        return clause
    head = other.head if subject.head == "one" else subject.head
    clause = replace(clause, subject=replace(subject, head=head))
    others = tuple((p, replace(t, head=head) if p == "than" else t) for p, t in clause.prepositions)
    return replace(clause, prepositions=others)


def _resolve(clause: Clause, before: Sequence[Clause]) -> Clause:
    if before:
        clause = _succeeded(_left_out(clause, before[-1]), before[-1])
    if before and clause.verb == before[-1].verb:
        # “The first part has 12 pages; the second has 30.”
        thing, model = clause.object, before[-1].object
        if thing is not None and thing.kind == "number" and model is not None:
            clause = replace(clause, object=filled_ellipsis(thing, model))
    subject = clause.subject
    if subject is not None and not subject.head and before and before[-1].subject is not None:
        # “Nadia's number is 5142, and Omar's is 5177”
        subject = replace(subject, head=before[-1].subject.head, mods=before[-1].subject.mods)
        clause = replace(clause, subject=subject)
    for role in ("subject", "object"):
        # “The lamp in the hall is broken. The one in the kitchen works.”
        one, model = clause.role(role), before[-1].role(role) if before else None
        if one is None or model is None or (one.head, one.kind) != ("one", "noun"):
            continue
        if model.kind == "noun" and not model.members:
            clause = with_role(clause, role, replace(one, head=model.head))

    def told(thing: Phrase | None) -> Phrase | None:
        if thing is None:
            return None
        if thing.owner is not None:
            own = _own_subject(thing, clause) or told(thing.owner)
            whose = own.owner if own is not None and own.head == thing.head else None
            if whose is not None and whose.kind != "pronoun":
                # “My neighbour's surname is Falk. Her surname …”: no surname has one
                own = whose
            thing = replace(thing, owner=own)
        if thing.members:
            thing = replace(thing, members=tuple(told(m) or m for m in thing.members))
        if thing.kind != "pronoun" or thing.head not in _SORTS:
            return thing
        return _named(thing, before, clause) or thing

    prepositions = [(p, told(t) or t) for p, t in clause.prepositions]
    adverbs = clause.adverbs
    there = clause.object
    if there is not None and (there.head, there.kind) == ("there", "pronoun"):
        # “works there”
        clause, adverbs = replace(clause, object=None), (*adverbs, "there")
    if "there" in adverbs:
        place = _place(before)
        if place is not None:
            prepositions.append(place)
            adverbs = tuple(a for a in adverbs if a != "there")
    return replace(
        clause,
        subject=_pair(told(clause.subject), before),
        object=told(clause.object),
        second=told(clause.second),
        complement=told(clause.complement),
        prepositions=tuple(prepositions),
        adverbs=adverbs,
    )


def _succeeded(clause: Clause, last: Clause) -> Clause:
    """“The minister, Falk, resigned; Anke takes over”: as minister, from him."""
    over = clause.verb == "take" and "over" in clause.adverbs and clause.object is None
    before = last.subject
    if not over or before is None or clause.negated or clause.role("from") or clause.role("as"):
        return clause
    if left_office(last) and not before.names:
        as_ = last.role("as")
        more = (*clause.prepositions, ("from", before), *((("as", as_),) if as_ else ()))
        return replace(clause, prepositions=more)
    if before.names and (before.owner is not None or before.determiner == "the"):
        as_, from_ = replace(before, names=()), before.names[0]
        more = (*clause.prepositions, ("as", as_), ("from", from_))
        return replace(clause, prepositions=more)
    if last.object is not None and last.verb in words("stative"):
        # “Ann led the choir until May, then Ben took over”
        kept = tuple(each for each in last.prepositions if not is_time(each[1], each[0]))
        now: Tense = "future" if clause.tense == "future" else "present"
        return replace(
            last, subject=clause.subject, prepositions=kept, tense=now, habit=False, ceased=False
        )
    return clause


def left_office(clause: Clause) -> bool:
    """Whether somebody leaves an office: resigns, is voted out, steps down."""
    state = clause.complement.head if clause.complement is not None else ""
    verb = clause.verb if clause.verb != "be" else verb_of(state, "participle")
    return verb in words("leave_office") or bool({"down", "out"} & set(clause.adverbs))


def _left_out(clause: Clause, last: Clause) -> Clause:
    """“Hugo is vegetarian, his sister isn't”, “Ann drives, but Ben doesn't”: with what is said."""
    said = clause.object or clause.second or clause.complement or clause.prepositions
    particle = words("particle").intersection(clause.adverbs)
    if said or particle or clause.subject is None or clause.verb not in ("be", "do", "have"):
        return clause
    if (clause.verb == "be") != (last.verb == "be" or last.passive) or clause.passive:
        return clause
    if clause.verb == "have" and (last.tense != "perfect" or clause.subject.head == "it"):
        return clause
    return replace(
        last,
        subject=clause.subject,
        negated=clause.negated,
        ceased=clause.ceased,
        tense=clause.tense,
    )


def _own_subject(thing: Phrase, clause: Clause) -> Phrase | None:
    """“Emma lost her ring”, “the club raised its fee”: where no other is named before it."""
    subject = clause.subject
    sort = _SORTS.get(thing.owner.head, "") if thing.owner is not None else ""
    if sort in ("", "place") or subject is None:
        return None
    # “it” is nobody, “she” no thing
    other = sort == "thing"
    others = [
        t
        for t in _mentioned(clause)
        if t is not subject and t.start < thing.start and is_person(t) is not other
    ]
    given = thing is clause.object and clause.verb in _GIVING and clause.second in others
    if given and "back" not in clause.adverbs:
        # “Ann gave Bea her earrings”: what is given was the giver's
        others = []
    if thing is subject or others or subject.members or is_person(subject) is other:
        return None
    return subject if subject.kind in ("name", "noun") else None


def _pair(thing: Phrase | None, before: Sequence[Clause]) -> Phrase | None:
    """“The two of them”, “both”: the two people of the clause before."""
    if thing is None or not before:
        return thing
    pair = thing.head in ("two", "both") or (thing.head == "they" and thing.determiner == "both")
    if not (pair or thing.head == "they"):
        return thing
    people = [
        t
        for t in _mentioned(before[-1])
        if is_person(t) is not False and t.kind == "name" and not _is_place(before[-1], t)
    ]
    if len(people) == 2 and pair:
        text = f"{people[0].text} and {people[1].text}"
        return replace(people[0], text=text, members=tuple(people))
    return thing


def is_person(thing: Phrase) -> bool | None:
    """Whether a thing is somebody; None where a name may be both."""
    if thing.kind == "name":
        return None if thing.determiner not in ("the", "a", "an") else False
    return bool(
        thing.head in kinship()
        or thing.head in words("person_noun")
        or thing.head in words("person")
    )


def _mentioned(clause: Clause) -> list[Phrase]:
    """What a clause names, the subject first."""
    things = [clause.subject, clause.object, clause.second, clause.complement]
    things += [t for p, t in clause.prepositions if p != "per" and not is_time(t, p)]
    found: list[Phrase] = []
    for thing in things:
        if thing is not None:
            found += [thing] if not thing.members else list(thing.members)
    return [t for t in found if t.kind in ("noun", "name")]


def _named(pronoun: Phrase, before: Sequence[Clause], here: Clause) -> Phrase | None:
    sort = _SORTS[pronoun.head]
    if (
        pronoun.head == "it"
        and before
        and before[-1].subject is not None
        and before[-1].subject.head == "it"
    ):
        # “it takes 50 minutes by boat and 35 by bus” is about nothing named
        return None
    for clause in reversed(before):
        subject = clause.subject
        if sort == "many":
            if subject is not None and subject.members:
                return subject
            found = [
                t for t in _mentioned(clause) if t.kind == "noun" and t.text.lower().endswith("s")
            ]
            if found:
                return found[0]
            continue
        things = _mentioned(clause)
        if sort == "person":
            # an identity names one person twice
            said = clause.complement or (clause.object if clause.passive else None)
            same = clause.verb in ("be", "call") and said is not None
            # what somebody owns or builds is nobody
            patient = clause.subject if clause.passive else clause.object
            goods = patient if clause.verb in words("of_goods") else None
            people = [t for t in things if is_person(t) is not False and not _is_place(clause, t)]
            people = [t for t in people if t is not goods]
            if _gender(clause) not in ("", _PRONOUN_GENDER.get(pronoun.head, "")):
                return None
            if same and subject is not None and people:
                return subject
            if not people and subject is not None and subject.kind == "noun":
                # “Ida's old bicycle was blue; she's got a red one”
                # “the caretaker is away; his name is Ludo”: he is no thing
                if here.subject is not None and here.subject.head == subject.head:
                    # “my number is 12, hers …”, “my number …, her number …”: of another
                    return None
                owner = subject.owner
                who = owner if owner is not None and owner.kind in ("name", "noun") else subject
                certain = owner is not None or subject.determiner == "the"
                alone = who.kind == "name" or (clause is before[-1] and things == [subject])
                people = [who] if certain and alone and not who.members and not who.number else []
            if len({t.text for t in people}) > 1:
                return None
            return people[0] if people else None
        # “it” is no amount
        found = [t for t in things if is_person(t) is False and not t.number]
        if found:
            # “the password at the cabin is …, at home it is …”: the one at home
            said_here = {preposition for preposition, _ in here.prepositions}
            kept = tuple(each for each in found[0].inside if each[0] not in said_here)
            own = clause.verb in words("acquire") and found[0] is clause.object
            if own and found[0].owner is None and found[0].determiner in ("a", "an"):
                # “bought a motorbike; he keeps it …”: his motorbike
                return replace(found[0], inside=kept, owner=subject)
            return replace(found[0], inside=kept)
    return None


def _gender(clause: Clause) -> str:
    """What a clause says its people are, by words for kin; "" where it says nothing."""
    said = {word for thing in _mentioned(clause) for word in thing.words}
    female, male = bool(said & words("female")), bool(said & words("male"))
    return "" if female == male else "female" if female else "male"


def _is_place(clause: Clause, thing: Phrase) -> bool:
    return any(t is thing and p in words("place") | words("motion") for p, t in clause.prepositions)


def _place(before: Sequence[Clause]) -> tuple[str, Phrase] | None:
    for clause in reversed(before):
        for preposition, thing in clause.prepositions:
            of_work = clause.verb == "work" and preposition in ("for", "with")
            if (preposition in words("place") or of_work) and not is_time(thing, preposition):
                return preposition, thing
    return None
