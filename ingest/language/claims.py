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
from ingest.language.coreference import compared, is_person, left_office, resolved
from ingest.language.corrections import corrected
from ingest.language.events import Ending, endings_of, keyed, relations_named
from ingest.language.gaps import named_like
from ingest.language.groups import phrasal, remaining
from ingest.language.key_values import label_of
from ingest.language.phrases import me
from ingest.language.records import Clause, Tense, Thing, with_role
from ingest.language.times import is_time
from ingest.language.verbs import past_participle, verb_of
from ingest.language.word_lists import (
    Derived,
    aliases,
    derived,
    doers,
    kin,
    measures,
    opposites,
    relational_nouns,
    words,
)
from ingest.triples.lexicon import lexicon

#: When a claim holds: it did and does not, it happened, it holds, it is to come, it may be so.
Status = Literal["was", "happened", "now", "will", "maybe"]


@dataclass(frozen=True, slots=True)
class Claim:
    """What one clause asserts, and when that holds.

    `derived` says how it follows from what was told ("" where it was told), `sentence` which
    sentence of the text says it, `endings` what it ends of what was so before.
    """

    clause: Clause
    status: Status
    derived: str = ""
    sentence: int = 0
    endings: tuple[Ending, ...] = ()


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
            before += corrected(sentence, resolved(sentence.clauses, before), before)[0]
    found: list[Claim] = []
    analysis = analyse(text)
    for number, sentence in enumerate(analysis.sentences):
        resolutions = resolved(sentence.clauses, before)
        clauses, taken_back = corrected(sentence, resolutions, before)
        before += clauses
        if taken_back is not None:
            found.append(Claim(taken_back, status_of(taken_back), "corrected", number))
        for clause in clauses:
            if label_of(clause) == "reason":
                found += [*_for_reason(clause, found)]
            found += _claims(clause, number)
    return Claims(text, tuple(found), all(sentence.sure for sentence in analysis.sentences))


def _for_reason(clause: Clause, before: list[Claim]) -> Iterator[Claim]:
    """“DECISION: … REASON: …”: what was noted before, with the reason."""
    for claim in before:
        if claim.derived == "label" and clause.complement is not None:
            yield replace(claim, clause=replace(claim.clause, reason=clause.complement))


def _claims(clause: Clause, sentence: int = 0) -> Iterator[Claim]:
    if clause.within is not None:
        lead = replace(clause.within, subject=clause.subject)
        yield Claim(lead, status_of(lead), "", sentence)
    clause = _plain(clause)
    for each, how in chain(_expanded(clause), _where_named(clause)):
        endings = endings_of(each) if how in ("", "state") else ()
        yield Claim(each, status_of(each), how, sentence, endings)
        for ending in endings:
            over = ending.other if ending.kind == "over" and ending.sure else None
            if over is not None and over.owner is not None and relations_named(over.head):
                # “Our contract with Nord ended”: we have none
                without = Clause("have", over.owner, object=over, negated=True)
                yield Claim(without, "now", "over", sentence)
    for each in _required(clause):
        yield Claim(each, "now", "required", sentence)


def _required(clause: Clause) -> Iterator[Clause]:
    """“You can get in only if you have a ticket”: not without one, and one is needed."""
    link, _, case = clause.condition.partition(" ")
    only = "only" in clause.adverbs and not clause.negated and clause.subject is not None
    needed = clause.role("with") if only and not link else None
    if needed is not None and clause.subject is not None and needed.kind == "noun":
        # “only with a permit”
        may = clause.modality in ("asserted", "possible") and not is_time(needed, "with")
        if may and (clause.subject.head == "you" or clause.passive or clause.verb == "be"):
            yield from _needing(with_role(clause, "with", None), needed)
        return
    only = only and link == "if"
    if not (only or (link == "unless" and clause.negated)) or clause.subject is None:
        return
    needs = [claim for sentence in analyse(case).sentences for claim in sentence.clauses]
    thing = needs[0].object if len(needs) == 1 and needs[0].verb in words("having") else None
    if thing is not None and not needs[0].negated:
        yield from _needing(clause, thing)


def _needing(clause: Clause, thing: Thing) -> Iterator[Clause]:
    """What follows where a clause holds only with a thing."""
    if clause.subject is None:
        return
    anybody = Thing("anybody", clause.subject.text, 0, 0, "anybody", determiner="every")
    who = anybody if clause.subject.head == "you" else clause.subject
    adverbs = tuple(adverb for adverb in clause.adverbs if adverb != "only")
    bare = replace(clause, subject=who, condition="", modality="asserted", adverbs=adverbs)
    yield with_role(replace(bare, negated=True), "without", thing)
    if bare.object is None:
        yield replace(bare, object=thing, negated=False, modality="obliged")


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
    sums = clause.verb in ("come", "amount") and clause.role("from") is None
    if sums and amount is not None and amount.number:
        clause = with_role(replace(clause, verb="be", complement=amount), "to", None)
    if clause.verb == "turn" and clause.object is not None and clause.object.number:
        tense = "future" if clause.tense == "future" else "present"
        clause = replace(
            clause, verb="be", tense=tense, complement=clause.object, object=None, prepositions=()
        )
    if clause.verb in words("rename"):
        clause = _newly_named(clause)
    if clause.verb == "run" and clause.role("out_of") is not None:
        clause = replace(clause, verb="be", tense="present")
    milk = clause.role("of") if clause.verb == "be" and "out" in adverbs else None
    if milk is not None:
        clause = with_role(with_role(clause, "of", None), "out_of", milk)
    clause = phrasal(remaining(clause))
    if clause.ended and clause.tense == "past":
        clause = replace(clause, tense="present", negated=True)
    return clause


def _newly_named(clause: Clause) -> Clause:
    """“Renamed the street Peace Street”: the new name stands right behind what has it."""
    thing = clause.object
    if thing is None or thing.kind != "name" or clause.complement or clause.role("to"):
        return clause
    said = thing.text.split()
    begin = next((at for at, word in enumerate(said) if word[:1].isupper()), 0)
    if thing.determiner != "the" or begin < 2 or clause.passive:
        return clause
    noun, name = " ".join(said[:begin]), " ".join(said[begin:])
    start = thing.end - len(name)
    what = Thing(said[begin - 1].lower(), noun, thing.start, thing.start + len(noun))
    new = Thing(
        said[-1].lower(), name, start, thing.end, "name", frozenset(name.lower().split()[:-1])
    )
    return replace(clause, object=replace(what, determiner="the"), complement=new)


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
        renamed = clause.verb in words("rename") and clause.tense == "past"
        tense: Tense = "perfect" if renamed else clause.tense
        made = replace(clause, verb="be", passive=False, complement=named, object=None)
        if renamed:
            made = replace(made, adverbs=(*made.adverbs, "now"))
        yield replace(made, tense=tense), ""
        return
    if clause.verb == "bear":
        yield replace(clause, verb="born", passive=False), ""
        return
    if clause.verb in words("promote"):
        role = clause.object or clause.complement or clause.role("to") or clause.role("as")
        if role is not None:
            if role.kind == "noun" and not role.determiner and role.owner is not None:
                # “elected captain of the team”: there is one
                role = replace(role, determiner="the")
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
    yield from _kept(clause)
    yield from _working(clause)
    if clause.negated:
        return
    instead = clause.role("instead_of")
    if instead is not None:
        yield _instead(clause, instead), "instead"
    for key, bare in keyed(clause):
        for entry in derived().get(key, ()):
            made = _by_table(bare, entry)
            if made is None:
                continue
            if clause.verb in words("rename") | words("remodel"):
                made = replace(made, adverbs=("now",))
            yield made, clause.verb
            if clause.verb == "borrow" and made.object is not None and made.object.owner:
                # the ladder that was borrowed of somebody is “the ladder”, too
                yield replace(made, object=clause.object), clause.verb
    if clause.verb == "be":
        yield from _of_being(clause)
    office = clause.role("as")
    if clause.verb == "have" and clause.object is not None and office is not None:
        # “Ann has Bo as her manager”
        noun = replace(office, owner=clause.subject, determiner="")
        holder = Clause("be", noun, complement=clause.object, tense=clause.tense)
        yield holder, "as"
        yield from _of_being(holder)
    if clause.verb in words("beat") | {"win", "lose"}:
        yield from _won_and_lost(clause)
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
    # what was closed last week may be open again
    lasts = clause.subject is not None or clause.tense == "perfect" or not _undone(clause)
    turns = clause.verb in words("inchoative") and clause.object is None and done
    if turns and clause.subject is not None and not clause.passive:
        # what was reopened is open
        verb = clause.verb.removeprefix("re") if clause.verb == "reopen" else clause.verb
        state = past_participle(verb) if verb != "open" else verb
        # “the pond froze overnight”, “the room closed on Friday”
        turned = Thing(state, state, 0, 0, "adjective")
        yield Clause("be", clause.subject, complement=turned), "done"
    if clause.verb in words("done") and clause.object is not None and done and lasts:
        state = past_participle(clause.verb)
        finished = Thing(state, state, 0, 0, "adjective")
        yield Clause("be", clause.object, complement=finished), "done"
    if clause.verb in ("repair", "fix", "mend") and clause.object is not None and done:
        working = Thing("working", "", 0, 0, "adjective")
        yield Clause("be", clause.object, complement=working), "repaired"
    yield from _switched(clause)
    apart = {"up", "away", "off"} & set(clause.adverbs)
    if clause.verb == "break" and not (clause.object or apart) and clause.subject is not None:
        broken = Thing("broken", "", 0, 0, "adjective")
        yield Clause("be", clause.subject, complement=broken), "broke"
    above = clause.role("to") if clause.verb == "report" else None
    if above is not None and clause.subject is not None:
        manager = Thing("manager", "", 0, 0, owner=clause.subject)
        yield Clause("be", manager, complement=above, tense=clause.tense), "report"
    appointed = clause.complement if clause.verb in words("promote") else None
    if appointed is not None and appointed.kind == "noun" and clause.object is not None and done:
        # “the committee appointed Nele treasurer”
        office = replace(appointed, determiner=appointed.determiner or "the")
        yield Clause("be", clause.object, complement=office), "office"
    if clause.verb in ("buy", "sell") and clause.object is not None:
        price = clause.role("for")
        if price is not None and (price.number or price.head[:1] in "£$€") and not _lasts(price):
            yield Clause("cost", clause.object, object=price), "price"


def _working(clause: Clause) -> Iterator[tuple[Clause, str]]:
    """“The lift works”, “the printer doesn't work”: it is in order or not."""
    things = clause.object or clause.complement or clause.prepositions
    about = clause.subject
    if about is None or (clause.negated and (about.kind != "noun" or is_person(about))):
        # who doesn't work is not broken
        return
    if clause.verb == "work" and not things and not clause.ended:
        working = Thing("working", "", 0, 0, "adjective")
        made = Clause("be", about, complement=working, tense=clause.tense)
        yield replace(made, negated=clause.negated), "works"


def _kept(clause: Clause) -> Iterator[tuple[Clause, str]]:
    """“The shop is not closing after all”: it stays open."""
    coming = clause.progressive or clause.tense == "future"
    if not (clause.negated and coming) or clause.subject is None or clause.object is not None:
        return
    state = past_participle(clause.verb)
    for other in sorted(opposites().get(state, frozenset()) & words("binary")):
        kept = Thing(other, other, 0, 0, "adjective")
        yield Clause("be", clause.subject, complement=kept), "state"


def _undone(clause: Clause) -> bool:
    """Whether what was done is easily undone: what was closed is opened."""
    if clause.verb in words("final"):
        return False
    return bool(opposites().get(past_participle(clause.verb), frozenset()) & words("binary"))


def _switched(clause: Clause) -> Iterator[tuple[Clause, str]]:
    """“Switched the heating off”, “the light went out”: it is off."""
    if clause.verb not in words("switch") or clause.tense not in ("past", "perfect"):
        return
    for adverb in {"on", "off"}.intersection(clause.adverbs):
        about = clause.object or clause.subject
        yield Clause("be", about, adverbs=(adverb,)), "state"
    for preposition, thing in clause.prepositions if clause.object is None else ():
        if preposition in ("on", "off") and not is_time(thing, preposition):
            yield Clause("be", thing, adverbs=(preposition,)), "state"


def exceptions(clause: Clause) -> list[tuple[str, Thing]]:
    """What a clause about all does not hold of, with the preposition that says so."""
    inside = list(clause.subject.inside) if clause.subject is not None else []
    # “everyone in the team except Ann”
    inside += [within for _, thing in inside for within in thing.inside]
    return [each for each in (*clause.prepositions, *inside) if each[0] in words("without")]


def _excepted(clause: Clause) -> Iterator[tuple[Clause, str]]:
    """“All chapters are edited except chapter nine”: of that one the contrary is told."""
    for preposition, one in exceptions(clause):
        bare = with_role(clause, preposition, None)
        whole = clause.subject if one.head == "one" else None
        thing = named_like(one, whole) if whole is not None else one
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
            if every and (thing.determiner == "the" or not thing.number):
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
        if role.startswith(":"):
            return Thing(role[1:], "", 0, 0, "adjective")
        if role.startswith("!"):
            return clause.subject if clause.role(role[1:]) is None else None
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
                    told = with_role(told, role, replace(thing, relatives=()))
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
            yield from _siblings(thing, name)
            for each in (*name.members, name):
                # “the minister, Falk Reuter, resigned”: he was the minister
                called = Clause("be", bare, complement=each, habit=past)
                yield replace(called, tense="past" if past else "present"), "called"
                yield from _kin(called, bare, each) if not each.members else ()
                if clause.verb == "have" and thing is clause.object and thing.number:
                    # “two cats, Tom and Kit”: there is a cat Tom
                    one = Thing(thing.head, each.text, each.start, each.end, mods=each.words)
                    yield replace(clause, object=one), "called"


def _siblings(thing: Thing, names: Thing) -> Iterator[tuple[Clause, str]]:
    """Of “two daughters, Romy and Leni” each is the sister of the other."""
    word = {"daughter": "sister", "son": "brother", "child": "sibling", "sister": "sister",
            "brother": "brother"}.get(thing.head)  # fmt: skip
    for one in names.members if word else ():
        for other in names.members:
            if one is not other:
                yield Clause("be", Thing(word or "", "", 0, 0, owner=one), complement=other), "kin"


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
    for attribute, name in ((subject, what), (what, subject)):
        named = attribute.head == "name" and not attribute.mods - words("whole")
        if named and attribute.owner is not None:
            # a maiden name or a user name is none that one goes by
            yield replace(clause, subject=attribute.owner, complement=name), "name"
    noted = _noted(clause, what)
    if noted is not None:
        yield noted, "label"
    for doer, who, at in ((what, subject, what), (subject, what, subject)):
        if doer.head in doers() and doer.owner and who.kind != "adjective" and _whole(doer):
            yield (
                replace(
                    clause, verb=doers()[doer.head], subject=who, object=at.owner, complement=None
                ),
                "doer",
            )
    for one, other in ((subject, what), (what, subject)):
        above = one.head == "manager" or one.head in aliases()["manager"]
        if above and one.owner is not None and other.kind in ("name", "pronoun"):
            yield Clause("report", one.owner, prepositions=(("to", other),)), "manager"
    for noun, other in ((subject, what), (what, subject)):
        relation = relational_nouns().get(noun.head) if noun.owner is not None else None
        if relation is not None and other.kind in ("name", "noun") and noun.kind == "noun":
            verb, preposition = relation
            yield Clause(verb, noun.owner, prepositions=((preposition, other),)), "noun"
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


def _whole(doer: Thing) -> bool:
    """Whether an “owner” owns: a “budget owner” or a “former owner” does not."""
    qualities = all(lexicon().get(word, "").startswith("JJ") for word in doer.mods)
    return qualities and not doer.mods & words("other_office")


def _noted(clause: Clause, what: Thing) -> Clause | None:
    """What is noted under a label, by the verb for it: “DECISION: use Rust” was decided."""
    verb = label_of(clause)
    content = Thing(what.head, what.text, what.start, what.end, "clause")
    if verb in ("decide", "learn"):
        return Clause(verb, Thing("we", "", 0, 0, "pronoun"), object=content, tense="past")
    if verb == "prefer":
        return Clause(verb, me(), object=content)
    return Clause("do", me(), object=content, modality="obliged") if verb == "do" else None


def _won_and_lost(clause: Clause) -> Iterator[tuple[Clause, str]]:
    """Who beat somebody won, the other lost; who won in the final won the final."""
    against = clause.role("to") or clause.role("against") or clause.role("over")
    phrases = tuple(e for e in clause.prepositions if e[0] not in ("to", "against", "over", "by"))
    if clause.verb in words("beat"):
        winner, loser = clause.subject, clause.object
    elif clause.verb == "lose":
        # “lost to Bo” and no “lost the key to the shed”
        winner, loser = (against, clause.subject) if clause.object is None else (None, None)
    else:
        winner, loser = clause.subject, against
    contest = clause.object if clause.verb == "win" else None
    contests = [t for p, t in phrases if p in ("in", "at") and t.kind == "noun"]
    for who, verb in ((winner, "win"), (loser, "lose")):
        if who is None:
            continue
        # who lost lost to somebody, who won won against somebody
        other, link = (winner, "to") if verb == "lose" else (loser, "against")
        rival = ((link, other),) if other is not None else ()
        all_phrases = (*phrases, *rival)
        bare = replace(
            clause, verb=verb, subject=who, object=contest, second=None, prepositions=all_phrases
        )
        if verb != clause.verb:
            yield bare, "beat"
        for thing in contests if contest is None else ():
            others = tuple(each for each in all_phrases if each[1] is not thing)
            yield replace(bare, object=thing, prepositions=others), "beat"
    if winner is not None and loser is not None and clause.verb not in words("beat"):
        yield (
            replace(clause, verb="beat", subject=winner, object=loser, prepositions=phrases),
            "beat",
        )


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
    return thing.head in measures()["long"].units
