"""What the second half of a sentence leaves out, taken from the clause before.

Gapping, after Ross (1970): a segment without a verb of its own whose phrases fill the same roles,
such as “Ann likes tea and Ben coffee”; a phrase that is denied or takes the place of the last one.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.language.groups import groups
from ingest.language.records import Clause, Phrase, Segment, with_role
from ingest.language.times import is_time
from ingest.language.verbs import past_participle
from ingest.language.word_lists import groups_of, words

if TYPE_CHECKING:
    from ingest.language.clauses import ClauseReader

#: Words that take back what was said just before.
SORRY = ("sorry", "rather", "no", "actually", "correction")


def amended(reader: "ClauseReader", at: int, before: tuple[Clause, ...]) -> Iterator[Segment]:
    """“…, not 1746” denies the last phrase; “…, sorry, brown” takes its place."""
    low, last = reader.low(at), before[-1]
    start = at + 1
    instead = last.negated and reader.low(at - 1) == "but"
    only = last.negated and low in ("only", "just")
    if instead and not only:
        # “isn't in Porto but in Braga”, “no coffee, only tea”
        start = at
    instead = instead or only
    if low == "no":
        # “… a stove but no oven”
        for end, thing in reader.phrases(at):
            changed = _replaced(before[-1], "", thing)
            if changed is not None and thing.determiner == "no" and not before[-1].negated:
                yield 0.2, (*before, replace(changed, negated=True)), end
    if low not in ("not", *SORRY) and not instead:
        return
    if reader.low(start) == ",":
        start += 1
    preposition, begin = reader.preposition(start) if start < reader.length else ("", start)
    for end, thing in reader.phrases(begin):
        changed = _replaced(last, preposition, thing)
        if changed is None:
            continue
        if low == "not" or instead:
            ended = last.ceased and not instead
            yield 0.2, (*before, replace(changed, negated=not instead, ceased=ended)), end
        else:
            yield 0.2, (*before[:-1], changed), end


def partitive(reader: "ClauseReader", at: int, before: tuple[Clause, ...]) -> Iterator[Segment]:
    """“…, 4 of whom dropped out”, “of whom 4 …”: some of what was counted before."""
    first = at + 2 * (reader.low(at) == "of")
    of = at + (first == at)
    some = reader.low(of) == "of" and reader.low(of + 1) in ("whom", "which", "them")
    last = before[-1]
    whole = last.object or last.complement or last.subject
    if some and reader.low(of + 1) == "which" and last.complement and last.complement.number:
        # “the budget is 900 euros, of which 300 …” are of the budget
        whole = last.subject
    counted = first < reader.length and reader.tokens[first].may_be("C")
    if not some or whole is None or not counted:
        return
    said, number = reader.parser.span(at, at + 3), reader.tokens[first].word
    part = replace(whole, text=said, number=number, determiner="some")
    role = next(r for r in ("object", "complement", "subject") if last.role(r) is whole)
    for end, kind in reader.phrases(at + 3):
        if kind.kind == "noun" and not (kind.number or kind.determiner or kind.owner):
            # “24 pupils, nine of them boys”
            counted_kind = replace(kind, number=number, determiner="some")
            yield 0.5, (*before, with_role(last, role, counted_kind)), end
    for group in groups(reader.tokens, at + 3, part) if at + 3 < reader.length else ():
        for cost, clauses, end in reader.complements(group.end, group.clause):
            yield group.cost + cost, (*before, *clauses), end


def likewise(reader: "ClauseReader", at: int, before: tuple[Clause, ...]) -> Iterator[Segment]:
    """“… and so is Felix”, “… and neither does Ben”."""
    word = "so" if reader.low(at - 1) == "so" else reader.low(at)
    verb = at if word == "so" else at + 1
    if word not in ("so", "neither", "nor") or verb >= reader.length:
        return
    for end, thing in reader.phrases(verb + 1) if reader.tokens[verb].may_be("XHMO") else ():
        yield 0.0, (*before, replace(before[-1], subject=thing, negated=word != "so")), end


def gapped(reader: "ClauseReader", at: int, before: tuple[Clause, ...]) -> Iterator[Segment]:
    """“… and Ben coffee”, “…, the one in Nancy at 6”, “… and by bus 35”."""
    last = before[-1]
    if last.subject is None or at >= reader.length:
        return
    yield from _other_one(reader, at, before)
    yield from _led(reader, at, before)
    times = [end for end, thing in reader.phrases(at) if thing.kind == "time"]
    for begin in range(max((at + 1, *times)), reader.length):
        subject = reader.parser.phrase(at, begin)
        if subject is None or subject.kind in ("adjective", "time"):
            continue
        if subject.kind == "pronoun" and reader.tokens[begin].may_be("VMXHO"):
            continue
        model = last.subject.members[0] if last.subject.members else last.subject
        owned = begin == at + 1 and reader.tokens[at].may_be("S")
        described = begin > at + 1 and reader.tokens[begin - 1].tags[0] in "JG"
        one = reader.low(begin) in words("floating")
        parallel = bool(contrasting_mods(subject, model))
        bare_owner = not subject.head and subject.owner is not None
        if (owned or (described and not parallel)) and (one or reader.tokens[begin].may_be("N")):
            # “… and her piano to Zoe”, “… and the white pill at night”
            continue
        if subject.kind == "number" and not model.number:
            continue
        bare = subject.kind == "noun" and not (subject.determiner or subject.owner)
        odd = 1.5 if bare and reader.tokens[at].may_be("V") else 0.5
        odd += 1.5 * bool(subject.relatives)
        # “… and a chemistry exam on Friday” tells of no chemistry
        odd += reader.tokens[begin - 1].tags[0] == "N" == reader.tokens[begin].tags[0]
        if bare_owner and (model.owner is None or model.owner.kind == "pronoun"):
            continue
        if bare_owner:
            # “Anna's cat is black and Tom's white”
            odd = -0.6
        subject = filled_ellipsis(subject, last.subject)
        like = replace(Clause(last.verb), subject=subject, passive=last.passive)
        for cost, clauses, end in _same_roles(reader, begin, like, before):
            yield odd + cost, clauses, end
    again = replace(Clause(last.verb), subject=last.subject, passive=last.passive)
    if last.passive and not any(p == "by" for p, _ in last.prepositions):
        # “is closed on Mondays and open on Fridays”
        word = past_participle(last.verb)
        closed = Phrase(word, word, 0, 0, "adjective")
        state = replace(last, verb="be", passive=False, complement=closed)
        stated = (*before[:-1], state)
        being = replace(again, verb="be", passive=False)
        for cost, clauses, end in _same_roles(reader, at, being, stated):
            if clauses[-1].complement is not None:
                yield 0.3 + cost, clauses, end
    for cost, clauses, end in _same_roles(reader, at, again, before):
        made = clauses[-1]
        if made.prepositions and (made.complement or made.object or len(made.prepositions) > 1):
            # “my size is M in shirts and 43 in shoes”
            yield 0.8 + cost, clauses, end
    if reader.tokens[at].may_be("I") and last.prepositions:
        low = reader.low(at)
        if low in {preposition for preposition, _ in last.prepositions}:
            yield from _same_roles(
                reader,
                at,
                replace(Clause(last.verb), subject=last.subject, passive=last.passive),
                before,
            )


def _led(reader: "ClauseReader", at: int, before: tuple[Clause, ...]) -> Iterator[Segment]:
    """“On Mondays Zoe cooks, on Tuesdays Karl”: what leads the clause leads its gap."""
    last = before[-1]
    preposition, begin = reader.preposition(at)
    subject = last.subject
    model = next(
        ((p, t) for p, t in last.prepositions if subject and t.start < subject.start), None
    )
    if model is None or model[0] != preposition or not preposition:
        return
    for end, lead in reader.phrases(begin):
        for stop, other in reader.phrases(end) if end < reader.length else ():
            alike = is_time(lead, preposition) == is_time(model[1], preposition)
            if alike and other.kind in ("name", "noun") and not other.number:
                rest = tuple(phrase for phrase in last.prepositions if phrase is not model)
                led = replace(last, subject=other, prepositions=((preposition, lead), *rest))
                yield 0.4, (*before, led), stop


def _other_one(reader: "ClauseReader", at: int, before: tuple[Clause, ...]) -> Iterator[Segment]:
    """“The code of the front door is 77, of the back door 88.”"""
    last, low = before[-1], reader.low(at)
    whole = last.subject
    if whole is None or low not in ("of", *(p for p, _ in whole.inside)):
        return
    if low == "of" and (whole.owner is None or whole.owner.start < whole.start + 2):
        return
    for end, thing in reader.phrases(at + 1):
        if low == "of":
            other = replace(whole, owner=thing)
        else:
            inside = tuple((p, thing if p == low else t) for p, t in whole.inside)
            other = replace(whole, inside=inside)
        like = replace(Clause(last.verb), subject=other, passive=last.passive)
        for cost, clauses, stop in _same_roles(reader, end, like, before):
            yield cost - 0.2, clauses, stop


def _same_roles(
    reader: "ClauseReader", at: int, clause: Clause, before: tuple[Clause, ...]
) -> Iterator[Segment]:
    last = before[-1]
    for cost, inner, end in reader.complements(at, clause):
        if len(inner) > 1:
            continue
        made = _filled(inner[0], last)
        if made is not None:
            lost = sum(
                getattr(last, role) is not None and getattr(made, role) is None
                for role in ("object", "complement")
            )
            yield cost + 0.5 + lost, (*before, _completed(made, last)), end


def _replaced(clause: Clause, preposition: str, thing: Phrase) -> Clause | None:
    """The clause with its last phrase of this kind replaced; None where it has none."""
    if preposition:
        held = [p for p, _ in clause.prepositions]
        places = [p for p in held if p in words("place")]
        if preposition not in held and preposition in words("place") and places:
            # “under the floor, not in the garage”
            others = tuple(each for each in clause.prepositions if each[0] not in places)
            return replace(clause, prepositions=(*others, (preposition, thing)))
        if preposition not in held:
            return None
        changed = tuple((p, thing if p == preposition else t) for p, t in clause.prepositions)
        return replace(clause, prepositions=changed)
    if clause.complement is not None:
        return replace(clause, complement=thing)
    if clause.object is not None and not clause.prepositions:
        return replace(clause, object=thing)
    if clause.prepositions:
        p, _ = clause.prepositions[-1]
        return replace(clause, prepositions=(*clause.prepositions[:-1], (p, thing)))
    return None


def contrasting_mods(thing: Phrase, model: Phrase) -> set[str]:
    """What “the blue” or “the second” stands instead of in “the red key”, “the first prize”."""
    if thing.determiner != "the" or thing.mods or thing.inside:
        return set()
    return {word for word in model.mods if groups_of(word) & groups_of(thing.head)}


def filled_ellipsis(thing: Phrase, model: Phrase) -> Phrase:
    """“the one in Nancy”, “the big one”, “40”: of the kind of the thing before."""
    model = model.members[0] if model.members else model
    if not thing.head and thing.owner is not None and model.owner is not None:
        # “Monday's soup …, Tuesday's …”
        return replace(model, owner=thing.owner, text=thing.text, start=thing.start, end=thing.end)
    apart = contrasting_mods(thing, model)
    if apart:
        # “the red key …, the blue …”, “the first prize …, the second …”
        return replace(
            thing, head=model.head, kind=model.kind, mods=model.mods - apart | {thing.head}
        )
    if thing.head == "one":
        return replace(thing, head=model.head, kind="noun")
    if thing.kind == "anybody" and thing.text.lower() == "none":
        return replace(model, text=thing.text, number="", determiner="no")
    if thing.kind == "number" and model.kind == "noun" and model.number:
        return replace(thing, head=model.head, kind="noun", mods=model.mods, number=thing.number)
    return thing


def _filled(inner: Clause, last: Clause) -> Clause | None:
    """The clause before with what stands here in its roles; None where the roles differ."""
    made = replace(
        last,
        subject=inner.subject,
        object=None,
        second=None,
        complement=None,
        prepositions=(),
        adverbs=(),
        reason=None,
        condition="",
        matrix=None,
    )
    filled = 0
    for role in ("object", "second", "complement"):
        thing: Phrase | None = getattr(inner, role)
        if thing is None:
            continue
        model: Phrase | None = getattr(last, role)
        if model is None:
            return None
        thing = filled_ellipsis(thing, model)
        if model.kind == "adjective" and model.number and thing.kind == "number":
            thing = replace(
                thing,
                head=model.head,
                kind="adjective",
                number=thing.number,
                inside=(("by", filled_ellipsis(thing, model.inside[0][1])),),
            )
        if "adjective" in (thing.kind, model.kind) and thing.kind != model.kind:
            return None
        made = with_role(made, role, thing)
        filled += 1
    if inner.complement is None and inner.object is not None and last.complement is not None:
        return None
    models = list(last.prepositions)
    for preposition, thing in inner.prepositions:
        match = next((m for m in models if m[0] == preposition), None)
        # “kept at 4 degrees and the larder at 12”
        amount = match is not None and match[1].number and not is_time(match[1], preposition)
        timed = is_time(thing, preposition) and not (amount and thing.kind == "number")
        match = match or next((m for m in models if is_time(m[1], m[0]) == timed), None)
        if match is None and timed and (made.complement or made.object or made.prepositions):
            made = replace(made, prepositions=(*made.prepositions, (preposition, thing)))
            continue
        if match is None or is_time(match[1], match[0]) != timed:
            return None
        models.remove(match)
        made = replace(
            made, prepositions=(*made.prepositions, (preposition, filled_ellipsis(thing, match[1])))
        )
        filled += 1
    if not filled and inner.adverbs and last.adverbs:
        filled += 1
    return replace(made, adverbs=inner.adverbs) if filled else None


def _completed(made: Clause, last: Clause) -> Clause:
    """A gap with what it shares: what was left “at the office”, what is watered “on Friday”."""
    said = made.object or made.second or made.complement
    if not said and last.verb != "be":
        return replace(made, object=last.object, second=last.second, complement=last.complement)
    if made.object is None or made.prepositions:
        return made
    shared = tuple(each for each in last.prepositions if not is_time(each[1], each[0]))
    return replace(made, prepositions=shared)
