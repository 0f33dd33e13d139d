"""Coreference: resolves pronouns to the latest matching noun phrase, subjects first.

With two candidates in the preceding sentence “she” stays unresolved, and answers no question.
"""

from collections.abc import Sequence
from dataclasses import replace

from ingest.language.gaps import filled_ellipsis
from ingest.language.nouns import singular
from ingest.language.records import Clause, Phrase, Tense, with_role
from ingest.language.times import is_time
from ingest.language.verbs import verb_of
from ingest.language.word_lists import is_person_noun, words

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
#: Preceding clauses searched for antecedents.
_WINDOW = 3
_POSSESSIVES = {"mine": "i", "ours": "we", "yours": "you", "his": "he", "hers": "she"}
_GIVING = ("give", "hand", "lend", "pass", "sell", "send")


def resolved(clauses: Sequence[Clause], context: Sequence[Clause]) -> list[Clause]:
    """The clauses with pronouns replaced by their antecedents in the context."""
    discourse = list(context)
    resolutions: list[Clause] = []
    for clause in clauses:
        resolution = _resolve(clause, discourse[-_WINDOW:])
        discourse.append(resolution)
        resolutions.append(resolution)
    return resolutions


def compared(clause: Clause) -> Clause:
    """“The blue lamp is older than the green one”: “one” is the noun of the other side."""
    other, subject = clause.role("than"), clause.subject
    if other is None or subject is None:
        return clause
    adverb = clause.adverbs[-1] if clause.adverbs else ""
    if clause.verb == "be" and clause.complement is None and adverb.endswith("er"):
        # “faster” may say how something is done as well
        quality = Phrase(adverb, adverb, 0, 0, "adjective")
        clause = replace(clause, complement=quality, adverbs=clause.adverbs[:-1])
    whose = _POSSESSIVES.get(other.text.lower(), "")
    if whose or not other.head:
        # “Is her boat older than mine?”
        owner = other.owner
        if whose:
            owner = Phrase(whose, other.text, other.start, other.end, "pronoun")
        standard = replace(other, head=subject.head, kind="noun", owner=owner)
        return with_role(clause, "than", standard)
    if "one" not in (other.head, subject.head):
        return clause
    head = other.head if subject.head == "one" else subject.head
    clause = replace(clause, subject=replace(subject, head=head))
    prepositions = tuple(
        (p, replace(t, head=head) if p == "than" else t) for p, t in clause.prepositions
    )
    return replace(clause, prepositions=prepositions)


def _resolve(clause: Clause, context: Sequence[Clause]) -> Clause:
    if context:
        clause = _succeeded(_left_out(clause, context[-1]), context[-1])
    if context and clause.verb == context[-1].verb:
        # “The first part has 12 pages; the second has 30.”
        phrase, model = clause.object, context[-1].object
        if phrase is not None and phrase.kind == "number" and model is not None:
            clause = replace(clause, object=filled_ellipsis(phrase, model))
    subject = clause.subject
    if subject is not None and not subject.head and context and context[-1].subject is not None:
        # “Nadia's number is 5142, and Omar's is 5177”
        subject = replace(subject, head=context[-1].subject.head, mods=context[-1].subject.mods)
        clause = replace(clause, subject=subject)
    clause = _with_nouns(clause, context[-1]) if context else clause

    def resolve(phrase: Phrase | None) -> Phrase | None:
        if phrase is None:
            return None
        if phrase.owner is not None:
            owner = _possessor(phrase, clause) or resolve(phrase.owner)
            whose = owner.owner if owner is not None and owner.head == phrase.head else None
            if whose is not None and whose.kind != "pronoun":
                # “My neighbour's surname is Falk. Her surname …”: no surname has one
                owner = whose
            phrase = replace(phrase, owner=owner)
        if phrase.members:
            phrase = replace(phrase, members=tuple(resolve(m) or m for m in phrase.members))
        if phrase.kind != "pronoun" or phrase.head not in _SORTS:
            return phrase
        return _antecedent(phrase, context, clause) or phrase

    clause, places = _located(clause, context)
    return replace(
        clause,
        subject=_pair(resolve(clause.subject), context),
        object=resolve(clause.object),
        second=resolve(clause.second),
        complement=resolve(clause.complement),
        prepositions=(*((p, resolve(t) or t) for p, t in clause.prepositions), *places),
    )


def _with_nouns(clause: Clause, previous: Clause) -> Clause:
    """“The lamp in the hall is broken. The one in the kitchen works.”: with the noun."""
    for role in ("subject", "object"):
        anaphor, model = clause.role(role), previous.role(role)
        if anaphor is None or model is None or (anaphor.head, anaphor.kind) != ("one", "noun"):
            continue
        if model.kind == "noun" and not model.members:
            clause = with_role(clause, role, replace(anaphor, head=model.head))
    return clause


def _located(
    clause: Clause, context: Sequence[Clause]
) -> tuple[Clause, tuple[tuple[str, Phrase], ...]]:
    """“Works there”: the clause with “there” replaced by the place mentioned before."""
    adverbs, locative = clause.adverbs, clause.object
    if locative is not None and (locative.head, locative.kind) == ("there", "pronoun"):
        clause, adverbs = replace(clause, object=None), (*adverbs, "there")
    place = _place(context) if "there" in adverbs else None
    if place is None:
        return replace(clause, adverbs=adverbs), ()
    adverbs = tuple(adverb for adverb in adverbs if adverb != "there")
    return replace(clause, adverbs=adverbs), (place,)


def _succeeded(clause: Clause, previous: Clause) -> Clause:
    """“The minister, Falk, resigned; Anke takes over”: as minister, from him."""
    succession = clause.verb == "take" and "over" in clause.adverbs and clause.object is None
    predecessor = previous.subject
    if (
        not succession
        or predecessor is None
        or clause.negated
        or clause.role("from")
        or clause.role("as")
    ):
        return clause
    if left_office(previous) and not predecessor.names:
        as_ = previous.role("as")
        more = (*clause.prepositions, ("from", predecessor), *((("as", as_),) if as_ else ()))
        return replace(clause, prepositions=more)
    if predecessor.names and (predecessor.owner is not None or predecessor.determiner == "the"):
        as_, from_ = replace(predecessor, names=()), predecessor.names[0]
        more = (*clause.prepositions, ("as", as_), ("from", from_))
        return replace(clause, prepositions=more)
    if previous.object is not None and previous.verb in words("stative"):
        # “Ann led the choir until May, then Ben took over”
        prepositions = tuple(
            argument for argument in previous.prepositions if not is_time(argument[1], argument[0])
        )
        tense: Tense = "future" if clause.tense == "future" else "present"
        return replace(
            previous,
            subject=clause.subject,
            prepositions=prepositions,
            tense=tense,
            habit=False,
            ceased=False,
        )
    return clause


def left_office(clause: Clause) -> bool:
    """Whether somebody leaves an office: resigns, is voted out, steps down."""
    state = clause.complement.head if clause.complement is not None else ""
    verb = clause.verb if clause.verb != "be" else verb_of(state, "participle")
    return verb in words("leave_office") or bool({"down", "out"} & set(clause.adverbs))


def _left_out(clause: Clause, previous: Clause) -> Clause:
    """“Hugo is vegetarian, his sister isn't”, “Ann drives, but Ben doesn't”: completed."""
    predicate = clause.object or clause.second or clause.complement or clause.prepositions
    particle = words("particle").intersection(clause.adverbs)
    if predicate or particle or clause.subject is None or clause.verb not in ("be", "do", "have"):
        return clause
    if (clause.verb == "be") != (previous.verb == "be" or previous.passive) or clause.passive:
        return clause
    if clause.verb == "have" and (previous.tense != "perfect" or clause.subject.head == "it"):
        return clause
    return replace(
        previous,
        subject=clause.subject,
        negated=clause.negated,
        ceased=clause.ceased,
        tense=clause.tense,
    )


def _possessor(phrase: Phrase, clause: Clause) -> Phrase | None:
    """“Emma lost her ring”, “the club raised its fee”: the antecedent, if no other precedes."""
    subject = clause.subject
    sort = _SORTS.get(phrase.owner.head, "") if phrase.owner is not None else ""
    if sort in ("", "place") or subject is None:
        return None
    # “it” refers to no person, “she” to no thing.
    other = sort == "thing"
    candidates = [
        t
        for t in _mentioned(clause)
        if t is not subject and t.start < phrase.start and is_person(t) is not other
    ]
    donated = phrase is clause.object and clause.verb in _GIVING and clause.second in candidates
    if donated and "back" not in clause.adverbs:
        # “Ann gave Bea her earrings”: gifts belonged to the giver.
        candidates = []
    if phrase is subject or candidates or subject.members or is_person(subject) is other:
        return None
    return subject if subject.kind in ("name", "noun") else None


def _pair(phrase: Phrase | None, context: Sequence[Clause]) -> Phrase | None:
    """“The two of them”, “both”: the two people of the preceding clause."""
    if phrase is None or not context:
        return phrase
    pair = phrase.head in ("two", "both") or (phrase.head == "they" and phrase.determiner == "both")
    if not (pair or phrase.head == "they"):
        return phrase
    people = [
        t
        for t in _mentioned(context[-1])
        if is_person(t) is not False and t.kind == "name" and not _is_place(context[-1], t)
    ]
    if len(people) == 2 and pair:
        text = f"{people[0].text} and {people[1].text}"
        return replace(people[0], text=text, members=tuple(people))
    return phrase


def is_person(phrase: Phrase) -> bool | None:
    """Whether a phrase is a person; None if a name may be either."""
    if phrase.kind == "name":
        return None if phrase.determiner not in ("the", "a", "an") else False
    return is_person_noun(phrase.head) or phrase.head in words("person")


def _mentioned(clause: Clause) -> list[Phrase]:
    """The phrases of a clause, the subject first."""
    roles = [clause.subject, clause.object, clause.second, clause.complement]
    roles += [t for p, t in clause.prepositions if p != "per" and not is_time(t, p)]
    phrases: list[Phrase] = []
    for phrase in roles:
        if phrase is not None:
            phrases += [phrase] if not phrase.members else list(phrase.members)
    return [t for t in phrases if t.kind in ("noun", "name")]


def _antecedent(pronoun: Phrase, context: Sequence[Clause], current: Clause) -> Phrase | None:
    sort = _SORTS[pronoun.head]
    if (
        pronoun.head == "it"
        and context
        and context[-1].subject is not None
        and context[-1].subject.head == "it"
    ):
        # The “it” of “it takes 50 minutes by boat and 35 by bus” has no antecedent.
        return None
    for clause in reversed(context):
        subject = clause.subject
        mentions = _mentioned(clause)
        if sort == "many":
            if subject is not None and subject.members:
                return subject
            plural = (t for t in mentions if t.kind == "noun" and t.text.lower().endswith("s"))
            if several := next(plural, None):
                return several
            continue
        if sort == "person":
            return _personal_antecedent(pronoun, clause, current)
        # “it” refers to no amount.
        candidates = [t for t in mentions if is_person(t) is False and not t.number]
        if candidates:
            # “the password at the cabin is …, at home it is …”: the one at home
            used = {preposition for preposition, _ in current.prepositions}
            modifiers = tuple(
                modifier for modifier in candidates[0].inside if modifier[0] not in used
            )
            acquired = clause.verb in words("acquire") and candidates[0] is clause.object
            if acquired and candidates[0].owner is None and candidates[0].determiner in ("a", "an"):
                # “bought a motorbike; he keeps it …”: his motorbike
                return replace(candidates[0], inside=modifiers, owner=subject)
            return replace(candidates[0], inside=modifiers)
    return None


def _personal_antecedent(pronoun: Phrase, clause: Clause, current: Clause) -> Phrase | None:
    """The person of the preceding clause that “he” or “she” refers to, if there is only one."""
    subject, mentions = clause.subject, _mentioned(clause)
    # An identity names one person twice.
    predicate = clause.complement or (clause.object if clause.passive else None)
    same = clause.verb in ("be", "call") and predicate is not None
    # What somebody owns or builds is no person.
    patient = clause.subject if clause.passive else clause.object
    goods = patient if clause.verb in words("of_goods") else None
    people = [t for t in mentions if is_person(t) is not False and not _is_place(clause, t)]
    people = [t for t in people if t is not goods]
    if _gender(clause) not in ("", _PRONOUN_GENDER.get(pronoun.head, "")):
        return None
    if same and subject is not None and people:
        return subject
    animal = clause.object
    if not people and animal is not None and animal.head in words("animal") and not animal.number:
        # “Adopted a dog. She is called Luna.”
        owned = animal.determiner in ("a", "an") and clause.verb in words("acquire")
        return replace(animal, owner=subject, determiner="") if owned else animal
    if subject is not None and _is_bare(subject):
        # “Miso ran away”
        return subject if not people else None
    if not people and subject is not None and subject.kind == "noun":
        # “Ida's old bicycle was blue; she's got a red one”
        # “the caretaker is away; his name is Ludo”: he is no thing
        if current.subject is not None and current.subject.head == subject.head:
            # “my number is 12, hers …”, “my number …, her number …”: of another
            return None
        owner = subject.owner
        person = owner if owner is not None and owner.kind in ("name", "noun") else subject
        certain = owner is not None or subject.determiner == "the"
        unambiguous = person.kind == "name" or mentions == [subject]
        people = (
            [person] if certain and unambiguous and not person.members and not person.number else []
        )
    if len({t.text for t in people}) > 1:
        return None
    return people[0] if people else None


def _is_bare(phrase: Phrase) -> bool:
    """Whether a noun may be a name: one capitalised word, at the beginning of a sentence."""
    alone = phrase.kind == "noun" and not (phrase.determiner or phrase.owner or phrase.number)
    is_singular = singular(phrase.text.lower()) == phrase.text.lower()
    return alone and phrase.text.istitle() and " " not in phrase.text and is_singular


def _gender(clause: Clause) -> str:
    """The gender of a clause's people, by kinship terms; "" without any."""
    vocabulary = {word for phrase in _mentioned(clause) for word in phrase.words}
    female, male = bool(vocabulary & words("female")), bool(vocabulary & words("male"))
    return "" if female == male else "female" if female else "male"


def _is_place(clause: Clause, phrase: Phrase) -> bool:
    return any(
        t is phrase and p in words("place") | words("motion") for p, t in clause.prepositions
    )


def _place(context: Sequence[Clause]) -> tuple[str, Phrase] | None:
    for clause in reversed(context):
        for preposition, phrase in clause.prepositions:
            of_work = clause.verb == "work" and preposition in ("for", "with")
            if (preposition in words("place") or of_work) and not is_time(phrase, preposition):
                return preposition, phrase
    return None
