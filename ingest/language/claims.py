"""Clauses as claims: what each asserts, when that holds, and what follows from it.

What follows by a verb (who lent something no longer has it) stands in a table,
`resources/language/en/derived.txt`; what follows by the form of a clause (passives, apposition,
lists, kin) stands here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from typing import Literal

from ingest.language.analyse import analyse
from ingest.language.changes import changed, lasting, times_of
from ingest.language.coreference import compared, left_office, resolved
from ingest.language.groups import phrasal
from ingest.language.phrases import me
from ingest.language.records import Clause, Thing, with_role
from ingest.language.times import is_time
from ingest.language.verbs import past_participle, verb_of
from ingest.language.word_lists import (
    Derived,
    derived,
    doers,
    kin,
    measures,
    opposites,
    words,
)

#: The verb of what follows from giving something up, of whatever was done with it.
GIVE_UP = "give up"
#: When a claim holds: it did and does not, it happened, it holds, it is to come, it may be so.
Status = Literal["was", "happened", "now", "will", "maybe"]


@dataclass(frozen=True, slots=True)
class Claim:
    """What one clause asserts, and when that holds.

    `derived` says how it follows from what was told ("" where it was told), `sentence` which
    sentence of the text says it.
    """

    clause: Clause
    status: Status
    derived: str = ""
    sentence: int = 0


@dataclass(frozen=True, slots=True)
class Claims:
    """The claims of one statement; `sure` says that all of it was taken apart."""

    text: str
    claims: tuple[Claim, ...]
    sure: bool


@lru_cache(4000)
def claims_of(text: str, context: tuple[str, ...] = ()) -> Claims:
    """What a statement claims, told after these (the last one last)."""
    before: list[Clause] = []
    for each in context:
        for sentence in analyse(each).sentences:
            before += resolved(sentence.clauses, before)
    found: list[Claim] = []
    analysis = analyse(text)
    for number, sentence in enumerate(analysis.sentences):
        clauses = resolved(sentence.clauses, before)
        before += clauses
        for clause in clauses:
            found += _claims(clause, number)
    return Claims(text, tuple(found), all(sentence.sure for sentence in analysis.sentences))


def _claims(clause: Clause, sentence: int = 0) -> Iterator[Claim]:
    clause = _plain(clause)
    for each, how in chain(_expanded(clause), _where_named(clause)):
        yield Claim(each, status_of(each), how, sentence)


def _where_named(clause: Clause) -> Iterator[tuple[Clause, str]]:
    """“Mr. Falk in room 12 is a baker”: that is where he is."""
    who = clause.subject
    if who is None or who.kind != "name":
        return
    where = tuple((p, t) for p, t in who.inside if p in words("place") and not is_time(t, p))
    if where:
        said = who.text[: where[0][1].start - who.start].rstrip().removesuffix(where[0][0])
        bare = replace(who, text=said.rstrip(), inside=())
        yield Clause("be", bare, prepositions=where, tense=clause.tense), "where"


def status_of(clause: Clause) -> Status:
    """When a clause holds, by its tense and how it is said."""
    if clause.modality in ("conditional", "possible", "quoted", "planned"):
        return "maybe" if clause.modality != "planned" else "will"
    if clause.tense == "future":
        return "will"
    if clause.habit or (_over(clause) and not clause.negated):
        return "was"
    if clause.ended and not clause.negated:
        return "was"
    if clause.tense == "past":
        return "was" if clause.verb in words("stative") or clause.progressive else "happened"
    return "now"


def _over(clause: Clause) -> bool:
    """Whether a clause of the past says until when it held (what is postponed goes on)."""
    state = clause.complement.head if clause.complement is not None else ""
    return (
        clause.tense == "past"
        and bool(clause.role("until") or clause.role("till"))
        and not {clause.verb, verb_of(state, "participle")} & words("change")
    )


def _plain(clause: Clause) -> Clause:
    """The clause with what its words mean for it: hedges, negative words, verbs of becoming."""
    clause, adverbs = _moved_whole(compared(clause)), clause.adverbs
    if any(word in words("hedge") for word in adverbs) and clause.modality == "asserted":
        clause = replace(clause, modality="possible")
    nearly = next((a for a in adverbs if a in ("almost", "nearly")), "")
    what = clause.complement
    if nearly and clause.verb == "be" and what is not None and nearly not in what.mods:
        text = f"{nearly} {what.text}"
        clause = replace(clause, complement=replace(what, text=text, mods=what.mods | {nearly}))
        nearly = ""
    if "either" in adverbs or (nearly and (clause.verb != "be" or what is None)):
        clause = replace(clause, modality="possible")
    things = (clause.subject, clause.object, clause.complement)
    if any(thing is not None and thing.determiner in ("no", "neither") for thing in things):
        clause = replace(clause, negated=True)
    if any(word in ("hardly", "rarely", "seldom") for word in adverbs):
        clause = replace(clause, modality="possible")
    if clause.verb == "become":
        tense = "present" if clause.tense in ("past", "perfect") else clause.tense
        clause = replace(
            clause,
            verb="be",
            tense=tense,
            complement=clause.complement or clause.object,
            object=None,
        )
    if clause.verb == "get" and clause.complement is not None:
        clause = replace(
            clause, verb="be", tense="present" if clause.tense != "future" else "future"
        )
    if clause.tense == "present" and any(
        not p and thing.text.lower().startswith("last ") for p, thing in clause.prepositions
    ):
        # “I read 42 books last year”
        clause = replace(clause, tense="past")
    amount = clause.role("to")
    if clause.verb in ("come", "amount") and amount is not None and amount.number:
        clause = with_role(replace(clause, verb="be", complement=amount), "to", None)
    if clause.verb == "turn" and clause.object is not None and clause.object.number:
        tense = "future" if clause.tense == "future" else "present"
        clause = replace(
            clause, verb="be", tense=tense, complement=clause.object, object=None, prepositions=()
        )
    if clause.verb == "run" and clause.role("out_of") is not None:
        clause = replace(clause, verb="be", tense="present")
    milk = clause.role("of") if clause.verb == "be" and "out" in adverbs else None
    if milk is not None:
        clause = with_role(with_role(clause, "of", None), "out_of", milk)
    clause = phrasal(clause)
    if clause.ended and clause.tense == "past":
        clause = replace(clause, tense="present", negated=True)
    return clause


def _moved_whole(clause: Clause) -> Clause:
    """“Moved the meeting with Ida to Friday”: what stands right behind a thing says which it is."""
    thing = clause.object
    goal = clause.role("to") or clause.role("until")
    if thing is None or goal is None or clause.verb not in words("change") | words("travel"):
        return clause
    kept = []
    for preposition, beside in clause.prepositions:
        behind = beside.start - thing.end == len(preposition) + 2
        if behind and preposition in words("which") and not is_time(beside, preposition):
            text = f"{thing.text} {preposition} {beside.text}"
            inside = (*thing.inside, (preposition, beside))
            thing = replace(thing, text=text, end=beside.end, inside=inside)
        else:
            kept.append((preposition, beside))
    return replace(clause, object=thing, prepositions=tuple(kept))


def _expanded(clause: Clause) -> Iterator[tuple[Clause, str]]:
    """The clause in the active voice with all that follows from it, and how."""
    told: list[tuple[Clause, str]] = []
    for each in _listed(clause):
        for active, how in _active(each):
            told.append((active, how))
    pair = clause.subject.members if clause.subject is not None and clause.passive else ()
    if clause.verb == "marry" and len(pair) == 2:
        told.append((replace(clause, passive=False, subject=pair[0], object=pair[1]), ""))
    everything = (*_things(clause), *(thing for _, thing in clause.prepositions))
    if any(thing.members for thing in everything):
        told += [(active, how) for active, how in _active(clause)]
    for active, how in told:
        yield active, how
        for more, way in _following(active):
            yield more, way or how


def _things(clause: Clause) -> list[Thing]:
    roles = (clause.subject, clause.object, clause.complement)
    return [thing for thing in roles if thing is not None]


def _listed(clause: Clause) -> Iterator[Clause]:
    """The clause of each member of its lists; “or” leaves it open which."""
    for role in ("subject", "object", "complement"):
        thing = clause.role(role)
        if thing is not None and thing.members:
            if " or " in thing.text.lower():
                clause = replace(clause, modality="possible")
            for member in thing.members:
                yield from _listed(with_role(clause, role, member))
            return
    for place, (preposition, thing) in enumerate(clause.prepositions):
        if thing.members and preposition != "between":
            for member in thing.members:
                changed = list(clause.prepositions)
                changed[place] = (preposition, member)
                yield from _listed(replace(clause, prepositions=tuple(changed)))
            return
    yield clause


def _active(clause: Clause) -> Iterator[tuple[Clause, str]]:
    """The clause in the active voice, and the state that a passive leaves."""
    if not clause.passive:
        yield clause, ""
        return
    if clause.verb in words("passive_name") and (clause.object or clause.complement):
        named = clause.object or clause.complement
        if named is not None and named.kind == "noun" and not (named.owner or named.determiner):
            named = replace(named, kind="name", head=named.text.split()[-1].lower())
        yield replace(clause, verb="be", passive=False, complement=named, object=None), ""
        return
    if clause.verb == "bear":
        yield replace(clause, verb="born", passive=False), ""
        return
    if clause.verb in words("promote"):
        role = clause.object or clause.complement or clause.role("to") or clause.role("as")
        if role is not None:
            yield (
                replace(
                    clause, verb="be", passive=False, complement=role, object=None, tense="present"
                ),
                "",
            )
            return
    agent = next(
        (thing for p, thing in clause.prepositions if p == "by" and not is_time(thing, p)), None
    )
    if agent is None and not clause.progressive:
        particle = next((a for a in clause.adverbs if a in words("particle")), "")
        state = past_participle(clause.verb)
        thing = Thing(state, " ".join((state, particle)).strip(), 0, 0, "adjective")
        yield replace(clause, verb="be", passive=False, complement=thing, object=None), "state"
        if clause.tense == "present" and not clause.progressive and clause.modality == "asserted":
            # “is closed” is a state and no deed
            return
    yield (
        replace(
            clause,
            subject=agent,
            object=clause.subject,
            second=None,
            passive=False,
            prepositions=tuple(each for each in clause.prepositions if each[1] is not agent),
        ),
        "",
    )


def _following(clause: Clause) -> Iterator[tuple[Clause, str]]:
    """What follows from a clause and from those inside it."""
    yield from _consequences(clause)
    yield from _relatives(clause)


def _consequences(clause: Clause) -> Iterator[tuple[Clause, str]]:
    """What follows from a clause by its verb and its form."""
    if clause.modality == "quoted" and not clause.habit:
        # “Noor said that the conductor, Mr. Valente, is leaving” calls him so
        yield from _called(clause)
    if clause.modality not in ("asserted", "obliged") and clause.tense != "future":
        return
    if (clause.habit or (_over(clause) and not clause.passive)) and not clause.negated:
        ended = replace(clause, habit=False, negated=True, ended=True, tense="present")
        yield with_role(with_role(ended, "until", None), "till", None), "ended"
    yield from _called(clause)
    yield from _excepted(clause)
    if clause.negated:
        return
    instead = clause.role("instead_of")
    if instead is not None:
        yield _instead(clause, instead), "instead"
    given_up = clause.role("up") or (clause.object if "up" in clause.adverbs else None)
    if clause.verb == "give" and given_up is not None and clause.tense != "future":
        # “gave up the cello” does not say what was done with it before
        yield Clause(GIVE_UP, clause.subject, object=given_up, negated=True, ended=True), "ended"
    for entry in derived().get(clause.verb, ()):
        made = _by_table(clause, entry)
        if made is not None:
            yield made, clause.verb
            if clause.verb == "borrow" and made.object is not None and made.object.owner:
                # the ladder that was borrowed of somebody is “the ladder”, too
                yield replace(made, object=clause.object), clause.verb
    if clause.verb == "be":
        yield from _of_being(clause)
    if clause.verb == "marry":
        yield from _spouses(clause.subject, clause.object)
    yield from lasting(clause)
    yield from changed(clause)
    event = clause.object if clause.verb == "have" and times_of(clause) else None
    if event is not None and event.kind == "noun" and not (event.owner or event.number):
        # “Ann has an exam on Friday”: then it is
        owned = replace(event, owner=clause.subject)
        yield Clause("be", owned, prepositions=times_of(clause), tense=clause.tense), "date"
    places = tuple(
        (p, thing)
        for p, thing in clause.prepositions
        if (p in words("place") or "_" in p) and not is_time(thing, p)
    )
    if (
        clause.verb in words("put")
        and clause.object is not None
        and places
        and clause.tense != "future"
        and clause.modality == "asserted"
    ):
        yield Clause("be", clause.object, prepositions=places), "put"
    if clause.verb in words("posture") and places and clause.object is None:
        subject = clause.subject
        if subject is not None and subject.kind == "noun" and clause.modality == "asserted":
            yield (
                Clause(
                    "be", subject, prepositions=places, tense=clause.tense, negated=clause.negated
                ),
                "put",
            )
    done = clause.tense in ("past", "perfect")
    if clause.verb in words("done") and clause.object is not None and done:
        state = past_participle(clause.verb)
        finished = Thing(state, state, 0, 0, "adjective")
        yield Clause("be", clause.object, complement=finished), "done"
    if clause.verb in ("repair", "fix", "mend") and clause.object is not None and done:
        working = Thing("working", "", 0, 0, "adjective")
        yield Clause("be", clause.object, complement=working), "repaired"
    apart = {"up", "away", "off"} & set(clause.adverbs)
    if clause.verb == "break" and not (clause.object or apart) and clause.subject is not None:
        broken = Thing("broken", "", 0, 0, "adjective")
        yield Clause("be", clause.subject, complement=broken), "broke"
    above = clause.role("to") if clause.verb == "report" else None
    if above is not None and clause.subject is not None:
        manager = Thing("manager", "", 0, 0, owner=clause.subject)
        yield Clause("be", manager, complement=above, tense=clause.tense), "report"
    things = clause.object or clause.complement or clause.prepositions
    if clause.verb == "work" and not things and clause.subject is not None:
        working = Thing("working", "", 0, 0, "adjective")
        yield Clause("be", clause.subject, complement=working, tense=clause.tense), "works"
    if clause.verb in ("buy", "sell") and clause.object is not None:
        price = clause.role("for")
        if price is not None and (price.number or price.head[:1] in "£$€") and not _lasts(price):
            yield Clause("cost", clause.object, object=price), "price"


def exceptions(clause: Clause) -> list[tuple[str, Thing]]:
    """What a clause about all does not hold of, with the preposition that says so."""
    inside = clause.subject.inside if clause.subject is not None else ()
    return [each for each in (*clause.prepositions, *inside) if each[0] in words("without")]


def _excepted(clause: Clause) -> Iterator[tuple[Clause, str]]:
    """“All chapters are edited except chapter nine”: of that one the contrary is told."""
    for preposition, thing in exceptions(clause):
        bare = with_role(clause, preposition, None)
        if is_time(thing):
            # “open every day except Friday” is closed then
            then = (*(each for each in bare.prepositions if not is_time(each[1])), ("on", thing))
            bare = replace(bare, prepositions=then)
            what = clause.complement
            other = opposites().get(what.head, frozenset()) if what is not None else frozenset()
            for state in sorted(other & words("binary")):
                yield replace(bare, complement=Thing(state, state, 0, 0, "adjective")), "except"
            continue
        for role in ("subject", "object"):
            whole = clause.role(role)
            every = whole is not None and (
                whole.determiner in words("every") or whole.head == "everything"
            )
            if every and not thing.number:
                yield with_role(replace(bare, negated=not clause.negated), role, thing), "except"
                break


def _instead(clause: Clause, other: Thing) -> Clause:
    """“To Iceland instead of Norway”: of the other it is denied, in the role before it."""
    denied = with_role(replace(clause, negated=True), "instead_of", None)
    if denied.prepositions and denied.prepositions[-1][1].start < other.start:
        return with_role(denied, denied.prepositions[-1][0], other)
    return with_role(denied, "object" if denied.object is not None else "complement", other)


def _by_table(clause: Clause, entry: Derived) -> Clause | None:
    """What a row of the table makes of a clause; None where a role that it needs is empty."""
    if clause.tense == "future" or clause.modality == "obliged":
        return None
    moves = clause.tense == "present" and clause.verb in words("travel")
    if entry.when != "same" and (clause.progressive or moves):
        # who moves to Graz in May does not live there
        return None
    if clause.verb in words("travel") and clause.object is not None and "object" not in entry.needs:
        # nor who moves the papers to the safe
        return None
    used = clause.object if clause.verb == "use" else None
    if used is not None and (used.owner is not None or used.determiner == "the"):
        # what belongs to somebody else may be used, too
        return None

    lent = clause.object if entry.verb == "owe" and clause.verb in ("lend", "borrow") else None
    if lent is not None and not (lent.head in words("money") or lent.head[:1] in "£$€"):
        # a book that was lent is had, and not owed
        return None

    def thing(role: str) -> Thing | None:
        found = clause.role(role)
        if role == "to" and found is None:
            return clause.second or clause.role("into")
        if role == "from" and found is None and clause.verb == "borrow" and clause.object:
            return clause.object.owner
        if role == "object" and clause.verb == "borrow" and clause.object is not None:
            owner = clause.role("from")
            if clause.object.owner is None and owner is not None:
                return replace(clause.object, owner=owner)
        return found

    if any(thing(role) is None for role in entry.needs):
        return None
    if any((found := thing(role)) is not None and is_time(found, role) for role in entry.needs):
        return None
    if "back" in clause.adverbs and entry.verb not in ("have", "owe"):
        return None
    made = Clause(entry.verb, negated=entry.denied)
    for role, of in entry.roles:
        made = with_role(made, role, thing(of))
    if entry.when == "same":
        return replace(
            made,
            tense=clause.tense,
            modality=clause.modality,
            prepositions=(*made.prepositions, *times_of(clause)),
        )
    if entry.when == "past":
        return replace(made, tense="past", habit=True)
    return replace(made, tense="present")


def _relatives(clause: Clause) -> Iterator[tuple[Clause, str]]:
    """What relative clauses tell beside."""
    for thing in (*_things(clause), *(t for _, t in clause.prepositions)):
        for each in thing.relatives:
            told = each
            for role in ("subject", "object"):
                about = told.role(role)
                if about is not None and about.start == thing.start and about.head == thing.head:
                    told = with_role(told, role, thing)
            for active, how in _active(_plain(resolved([told], [clause])[0])):
                yield active, how
                yield from _consequences(active)


def _called(clause: Clause) -> Iterator[tuple[Clause, str]]:
    """“My sister Clara”, “two daughters, Romy and Leni”: a name beside a thing."""
    for thing in (*_things(clause), *(t for _, t in clause.prepositions)):
        for name in thing.names:
            owner = thing.owner
            if owner is None and clause.verb == "have" and thing is clause.object:
                owner = clause.subject
            before = 0 if thing.number else max(0, name.start - thing.start)
            said = thing.text if thing.kind == "name" else thing.text[:before].rstrip(" ,:")
            bare = replace(thing, names=(), owner=owner, text=said)
            past = _leaves(clause, thing)
            for each in (*name.members, name):
                # “the minister, Falk Reuter, resigned”: he was the minister
                called = Clause("be", bare, complement=each, habit=past)
                yield replace(called, tense="past" if past else "present"), "called"
                if clause.verb == "have" and thing is clause.object and thing.number:
                    # “two cats, Tom and Kit”: there is a cat Tom
                    one = Thing(thing.head, each.text, each.start, each.end, mods=each.words)
                    yield replace(clause, object=one), "called"


def _leaves(clause: Clause, thing: Thing) -> bool:
    """Whether a clause tells that somebody no longer is what they were called beside their name."""
    leaver = clause.object if clause.subject is None else clause.subject
    who = thing.owner is None and thing.determiner == "the"
    to_come = clause.progressive or clause.tense in ("present", "future")
    to_come = to_come or clause.modality == "quoted"
    return bool(who and left_office(clause) and leaver is thing and not (clause.negated or to_come))


def _of_being(clause: Clause) -> Iterator[tuple[Clause, str]]:
    subject, what = clause.subject, clause.complement
    if subject is None:
        return
    holder = clause.role("with")
    if what is None:
        if holder is not None and holder.kind in ("name", "pronoun"):
            yield Clause("have", holder, object=subject, tense=clause.tense), "with"
        gone = clause.role("out_of")
        if gone is not None and subject.kind in ("pronoun", "name"):
            yield Clause("have", subject, object=gone, negated=True, tense=clause.tense), "without"
        if (
            subject.kind == "noun"
            and not (subject.determiner or subject.owner)
            and any(
                p in words("place") and not is_time(thing, p) for p, thing in clause.prepositions
            )
        ):
            # “there is milk in the cellar”: then we have some
            yield Clause("have", me(), object=subject, tense=clause.tense), "there"
        return
    if what.head == me().head and what.text.lower() == "mine":
        yield (
            replace(clause, verb="own", subject=me("you"), object=subject, complement=None),
            "mine",
        )
    if not what.head and what.owner is not None:
        yield (
            replace(clause, verb="own", subject=what.owner, object=subject, complement=None),
            "own",
        )
    if subject.head == "name" and subject.owner is not None:
        yield replace(clause, subject=subject.owner), "name"
    if what.head == "name" and what.owner is not None:
        yield replace(clause, subject=what.owner, complement=subject), "name"
    for doer, who, at in ((what, subject, what), (subject, what, subject)):
        if doer.head in doers() and doer.owner is not None and who.kind != "adjective":
            yield (
                replace(
                    clause, verb=doers()[doer.head], subject=who, object=at.owner, complement=None
                ),
                "doer",
            )
    for one, other in ((subject, what), (what, subject)):
        if one.head == "manager" and one.owner is not None and other.kind in ("name", "pronoun"):
            yield Clause("report", one.owner, prepositions=(("to", other),)), "manager"
    place = clause.role("at") or clause.role("for")
    if (
        what.kind == "noun"
        and what.determiner in ("a", "an")
        and place is not None
        and not is_time(place, "at")
        and subject.kind in ("name", "pronoun", "noun")
    ):
        yield Clause("work", subject, prepositions=(("at", place),), tense=clause.tense), "job"
    wed = what.kind == "adjective" and what.head == "married"
    wed = wed and not (clause.habit or _over(clause))
    if wed and clause.role("to") is not None:
        yield Clause("marry", subject, object=clause.role("to"), tense=clause.tense), "marry"
        if clause.tense == "present":
            yield from _spouses(subject, clause.role("to"))
    yield from _kin(clause, subject, what)


def _spouses(one: Thing | None, other: Thing | None) -> Iterator[tuple[Clause, str]]:
    """Who is married to somebody is the spouse of that one."""
    if one is None or other is None or one.members or other.members:
        return
    for whose, who in ((one, other), (other, one)):
        yield Clause("be", Thing("spouse", "", 0, 0, owner=whose), complement=who), "marry"


def _kin(clause: Clause, subject: Thing, what: Thing) -> Iterator[tuple[Clause, str]]:
    """“My daughter is Lea”: I am a parent of Lea; in general words, which are never shown."""
    for relation, name in ((subject, what), (what, subject)):
        if relation.head not in kin() or relation.owner is None or relation.members:
            continue
        if name.kind not in ("name", "pronoun") or name.members:
            continue
        _, other = kin()[relation.head]
        turned = Thing(other, "", 0, 0, "noun", owner=name)
        yield replace(clause, subject=turned, complement=relation.owner), "kin"


def _lasts(thing: Thing) -> bool:
    return thing.head in measures()["long"][1]
