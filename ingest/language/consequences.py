"""What follows from a clause: the state that a deed leaves, exceptions, relative clauses.

What follows by a verb (who lent something no longer has it) stands in a table,
`resources/language/en/derived.txt`; what follows by the form of a clause stands here.
"""

from collections.abc import Iterator
from dataclasses import replace

from ingest.language.changes import changed, lasting, times_of
from ingest.language.coreference import is_person, resolved
from ingest.language.events import keyed
from ingest.language.gaps import filled_ellipsis
from ingest.language.normalization import active_voice, is_bounded, normalized
from ingest.language.predication import appositions, copular, spouses
from ingest.language.records import Clause, Phrase, with_role
from ingest.language.times import is_time
from ingest.language.verbs import past_participle
from ingest.language.word_lists import Derived, derived, measures, opposites, words


def entailments(clause: Clause) -> Iterator[tuple[Clause, str]]:
    """What follows from a clause and from those inside it."""
    yield from _consequences(clause)
    yield from _relatives(clause)


def _consequences(clause: Clause) -> Iterator[tuple[Clause, str]]:
    """What follows from a clause by its verb and its form."""
    if clause.modality == "quoted" and not clause.habit:
        # “Noor said that the conductor, Mr. Valente, is leaving” calls him so
        yield from appositions(clause)
    if clause.modality not in ("asserted", "obliged") and clause.tense != "future":
        return
    if (clause.habit or (is_bounded(clause) and not clause.passive)) and not clause.negated:
        ended = replace(clause, habit=False, negated=True, ceased=True, tense="present")
        yield with_role(with_role(ended, "until", None), "till", None), "ended"
    yield from appositions(clause)
    yield from _excepted(clause)
    yield from _unchanged(clause)
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
        yield from copular(clause)
    office = clause.role("as")
    if clause.verb == "have" and clause.object is not None and office is not None:
        # “Ann has Bo as her manager”
        noun = replace(office, owner=clause.subject, determiner="")
        holder = Clause("be", noun, complement=clause.object, tense=clause.tense)
        yield holder, "as"
        yield from copular(holder)
    if clause.verb in words("beat") | {"win", "lose"}:
        yield from _outcomes(clause)
    if clause.verb == "marry":
        yield from spouses(clause.subject, clause.object)
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
    lasts = clause.subject is not None or clause.tense == "perfect" or not _is_reversible(clause)
    turns = clause.verb in words("inchoative") and clause.object is None and done
    if turns and clause.subject is not None and not clause.passive:
        # what was reopened is open
        verb = clause.verb.removeprefix("re") if clause.verb == "reopen" else clause.verb
        state = past_participle(verb) if verb != "open" else verb
        # “the pond froze overnight”, “the room closed on Friday”
        turned = Phrase(state, state, 0, 0, "adjective")
        yield Clause("be", clause.subject, complement=turned), "done"
    if clause.verb in words("done") and clause.object is not None and done and lasts:
        state = past_participle(clause.verb)
        finished = Phrase(state, state, 0, 0, "adjective")
        yield Clause("be", clause.object, complement=finished), "done"
    if clause.verb in ("repair", "fix", "mend") and clause.object is not None and done:
        working = Phrase("working", "", 0, 0, "adjective")
        yield Clause("be", clause.object, complement=working), "repaired"
    yield from _switched(clause)
    apart = {"up", "away", "off"} & set(clause.adverbs)
    if clause.verb == "break" and not (clause.object or apart) and clause.subject is not None:
        broken = Phrase("broken", "", 0, 0, "adjective")
        yield Clause("be", clause.subject, complement=broken), "broke"
    above = clause.role("to") if clause.verb == "report" else None
    if above is not None and clause.subject is not None:
        manager = Phrase("manager", "", 0, 0, owner=clause.subject)
        yield Clause("be", manager, complement=above, tense=clause.tense), "report"
    appointed = clause.complement if clause.verb in words("promote") else None
    if appointed is not None and appointed.kind == "noun" and clause.object is not None and done:
        # “the committee appointed Nele treasurer”
        office = replace(appointed, determiner=appointed.determiner or "the")
        yield Clause("be", clause.object, complement=office), "office"
    if clause.verb in ("buy", "sell") and clause.object is not None:
        price = clause.role("for")
        if price is not None and (price.number or price.head[:1] in "£$€") and not _is_span(price):
            yield Clause("cost", clause.object, object=price), "price"


def _working(clause: Clause) -> Iterator[tuple[Clause, str]]:
    """“The lift works”, “the printer doesn't work”: it is in order or not."""
    things = clause.object or clause.complement or clause.prepositions
    about = clause.subject
    if about is None or (clause.negated and (about.kind != "noun" or is_person(about))):
        # who doesn't work is not broken
        return
    if clause.verb == "work" and not things and not clause.ceased:
        working = Phrase("working", "", 0, 0, "adjective")
        made = Clause("be", about, complement=working, tense=clause.tense)
        yield replace(made, negated=clause.negated), "works"


def _unchanged(clause: Clause) -> Iterator[tuple[Clause, str]]:
    """“The shop is not closing after all”: it stays open."""
    coming = clause.progressive or clause.tense == "future"
    if not (clause.negated and coming) or clause.subject is None or clause.object is not None:
        return
    state = past_participle(clause.verb)
    for other in sorted(opposites().get(state, frozenset()) & words("binary")):
        kept = Phrase(other, other, 0, 0, "adjective")
        yield Clause("be", clause.subject, complement=kept), "state"


def _is_reversible(clause: Clause) -> bool:
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


def exceptions(clause: Clause) -> list[tuple[str, Phrase]]:
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
        thing = filled_ellipsis(one, whole) if whole is not None else one
        if is_time(thing):
            # “open every day except Friday” is closed then
            then = (*(each for each in bare.prepositions if not is_time(each[1])), ("on", thing))
            bare = replace(bare, prepositions=then)
            what = clause.complement
            other = opposites().get(what.head, frozenset()) if what is not None else frozenset()
            for state in sorted(other & words("binary")):
                yield replace(bare, complement=Phrase(state, state, 0, 0, "adjective")), "except"
            continue
        for role in ("subject", "object"):
            whole = clause.role(role)
            every = whole is not None and (
                whole.determiner in words("every") or whole.head == "everything"
            )
            if every and (thing.determiner == "the" or not thing.number):
                yield with_role(replace(bare, negated=not clause.negated), role, thing), "except"
                break


def _instead(clause: Clause, other: Phrase) -> Clause:
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
    if entry.status != "same" and (clause.progressive or moves):
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

    def thing(role: str) -> Phrase | None:
        if role.startswith(":"):
            return Phrase(role[1:], "", 0, 0, "adjective")
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
    if entry.status == "same":
        return replace(
            made,
            tense=clause.tense,
            modality=clause.modality,
            prepositions=(*made.prepositions, *times_of(clause)),
        )
    if entry.status == "past":
        return replace(made, tense="past", habit=True)
    return replace(made, tense="present")


def _relatives(clause: Clause) -> Iterator[tuple[Clause, str]]:
    """What relative clauses tell beside."""
    for thing in clause.arguments:
        for each in thing.relatives:
            told = each
            for role in ("subject", "object"):
                about = told.role(role)
                if about is not None and about.start == thing.start and about.head == thing.head:
                    told = with_role(told, role, replace(thing, relatives=()))
            for active, how in active_voice(normalized(resolved([told], [clause])[0])):
                yield active, how
                yield from _consequences(active)


def _outcomes(clause: Clause) -> Iterator[tuple[Clause, str]]:
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


def _is_span(thing: Phrase) -> bool:
    return thing.head in measures()["long"].units
