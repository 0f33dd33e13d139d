"""Elided parts of a second conjunct, restored from the clause before.

Gapping, after Ross (1970): a segment without a verb whose phrases fill the same roles, such as “Ann
likes tea and Ben coffee”; and phrases that deny or replace the last one.
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

#: Words that retract what precedes.
SORRY = ("sorry", "rather", "no", "actually", "correction")


def amended(reader: "ClauseReader", at: int, preceding: tuple[Clause, ...]) -> Iterator[Segment]:
    """“…, not 1746” denies the last phrase; “…, sorry, brown” takes its place."""
    low, previous = reader.low(at), preceding[-1]
    start = at + 1
    instead = previous.negated and reader.low(at - 1) == "but"
    exclusive = previous.negated and low in ("only", "just")
    if instead and not exclusive:
        # “isn't in Porto but in Braga”, “no coffee, only tea”
        start = at
    instead = instead or exclusive
    if low == "no":
        # “… a stove but no oven”
        for end, phrase in reader.phrases(at):
            changed = _replaced(preceding[-1], "", phrase)
            if changed is not None and phrase.determiner == "no" and not preceding[-1].negated:
                yield 0.2, (*preceding, replace(changed, negated=True)), end
    if low not in ("not", *SORRY) and not instead:
        return
    if reader.low(start) == ",":
        start += 1
    preposition, begin = reader.preposition(start) if start < reader.length else ("", start)
    for end, phrase in reader.phrases(begin):
        changed = _replaced(previous, preposition, phrase)
        if changed is None:
            continue
        if low == "not" or instead:
            ceased = previous.ceased and not instead
            yield 0.2, (*preceding, replace(changed, negated=not instead, ceased=ceased)), end
        else:
            yield 0.2, (*preceding[:-1], changed), end


def partitive(reader: "ClauseReader", at: int, preceding: tuple[Clause, ...]) -> Iterator[Segment]:
    """“…, 4 of whom dropped out”, “of whom 4 …”: a subset of what was counted before."""
    first = at + 2 * (reader.low(at) == "of")
    of = at + (first == at)
    is_partitive = reader.low(of) == "of" and reader.low(of + 1) in ("whom", "which", "them")
    previous = preceding[-1]
    antecedent = previous.object or previous.complement or previous.subject
    if (
        is_partitive
        and reader.low(of + 1) == "which"
        and previous.complement
        and previous.complement.number
    ):
        # “the budget is 900 euros, of which 300 …” are of the budget
        antecedent = previous.subject
    numbered = first < reader.length and "C" in reader.tokens[first].tags
    if not is_partitive or antecedent is None or not numbered:
        return
    text, number = reader.parser.span(at, at + 3), reader.tokens[first].word
    part = replace(antecedent, text=text, number=number, determiner="some")
    role = next(r for r in ("object", "complement", "subject") if previous.role(r) is antecedent)
    for end, kind in reader.phrases(at + 3):
        if kind.kind == "noun" and not (kind.number or kind.determiner or kind.owner):
            # “24 pupils, nine of them boys”
            subset = replace(kind, number=number, determiner="some")
            yield 0.5, (*preceding, with_role(previous, role, subset)), end
    for group in groups(reader.tokens, at + 3, part) if at + 3 < reader.length else ():
        for cost, clauses, end in reader.complements(group.end, group.clause):
            yield group.cost + cost, (*preceding, *clauses), end


def likewise(reader: "ClauseReader", at: int, preceding: tuple[Clause, ...]) -> Iterator[Segment]:
    """“… and so is Felix”, “… and neither does Ben”."""
    word = "so" if reader.low(at - 1) == "so" else reader.low(at)
    verb = at if word == "so" else at + 1
    if word not in ("so", "neither", "nor") or verb >= reader.length:
        return
    for end, phrase in reader.phrases(verb + 1) if reader.tokens[verb].may_be("XHMO") else ():
        yield 0.0, (*preceding, replace(preceding[-1], subject=phrase, negated=word != "so")), end


def gapped(reader: "ClauseReader", at: int, preceding: tuple[Clause, ...]) -> Iterator[Segment]:
    """“… and Ben coffee”, “…, the one in Nancy at 6”, “… and by bus 35”."""
    previous = preceding[-1]
    if previous.subject is None or at >= reader.length:
        return
    yield from _sister_phrase(reader, at, preceding)
    yield from _fronted(reader, at, preceding)
    times = [end for end, phrase in reader.phrases(at) if phrase.kind == "time"]
    for begin in range(max((at + 1, *times)), reader.length):
        subject = reader.parser.phrase(at, begin)
        if subject is None or subject.kind in ("adjective", "time"):
            continue
        if subject.kind == "pronoun" and reader.tokens[begin].may_be("VMXHO"):
            continue
        model = previous.subject.members[0] if previous.subject.members else previous.subject
        owned = begin == at + 1 and "S" in reader.tokens[at].tags
        described = begin > at + 1 and reader.tokens[begin - 1].tags[0] in "JG"
        floating = reader.low(begin) in words("floating")
        parallel = bool(contrasting_mods(subject, model))
        elliptic_owner = not subject.head and subject.owner is not None
        if (owned or (described and not parallel)) and (
            floating or "N" in reader.tokens[begin].tags
        ):
            # “… and her piano to Zoe”, “… and the white pill at night”
            continue
        if subject.kind == "number" and not model.number:
            continue
        unmodified = subject.kind == "noun" and not (subject.determiner or subject.owner)
        odd = 1.5 if unmodified and "V" in reader.tokens[at].tags else 0.5
        odd += 1.5 * bool(subject.relatives)
        # “… and a chemistry exam on Friday” tells of no chemistry
        odd += reader.tokens[begin - 1].tags[0] == "N" == reader.tokens[begin].tags[0]
        if elliptic_owner and (model.owner is None or model.owner.kind == "pronoun"):
            continue
        if elliptic_owner:
            # “Anna's cat is black and Tom's white”
            odd = -0.6
        subject = filled_ellipsis(subject, previous.subject)
        like = Clause(previous.verb, subject, passive=previous.passive)
        for cost, clauses, end in _same_roles(reader, begin, like, preceding):
            yield odd + cost, clauses, end
    yield from _resumed(reader, at, preceding)


def _resumed(reader: "ClauseReader", at: int, preceding: tuple[Clause, ...]) -> Iterator[Segment]:
    """“… and 43 in shoes”: the same subject and verb with other roles."""
    previous = preceding[-1]
    resumed = Clause(previous.verb, previous.subject, passive=previous.passive)
    if previous.passive and not any(p == "by" for p, _ in previous.prepositions):
        # “is closed on Mondays and open on Fridays”
        word = past_participle(previous.verb)
        closed = Phrase(word, word, 0, 0, "adjective")
        state = replace(previous, verb="be", passive=False, complement=closed)
        states = (*preceding[:-1], state)
        being = replace(resumed, verb="be", passive=False)
        for cost, clauses, end in _same_roles(reader, at, being, states):
            if clauses[-1].complement is not None:
                yield 0.3 + cost, clauses, end
    for cost, clauses, end in _same_roles(reader, at, resumed, preceding):
        clause = clauses[-1]
        if clause.prepositions and (
            clause.complement or clause.object or len(clause.prepositions) > 1
        ):
            # “my size is M in shirts and 43 in shoes”
            yield 0.8 + cost, clauses, end
    if "I" in reader.tokens[at].tags and previous.prepositions:
        low = reader.low(at)
        if low in {preposition for preposition, _ in previous.prepositions}:
            yield from _same_roles(reader, at, resumed, preceding)


def _fronted(reader: "ClauseReader", at: int, preceding: tuple[Clause, ...]) -> Iterator[Segment]:
    """“On Mondays Zoe cooks, on Tuesdays Karl”: the fronted phrase is replaced, too."""
    previous = preceding[-1]
    preposition, begin = reader.preposition(at)
    subject = previous.subject
    model = next(
        ((p, t) for p, t in previous.prepositions if subject and t.start < subject.start), None
    )
    if model is None or model[0] != preposition or not preposition:
        return
    for end, lead in reader.phrases(begin):
        for stop, other in reader.phrases(end) if end < reader.length else ():
            same_kind = is_time(lead, preposition) == is_time(model[1], preposition)
            if same_kind and other.kind in ("name", "noun") and not other.number:
                remainder = tuple(phrase for phrase in previous.prepositions if phrase is not model)
                clause = replace(
                    previous, subject=other, prepositions=((preposition, lead), *remainder)
                )
                yield 0.4, (*preceding, clause), stop


def _sister_phrase(
    reader: "ClauseReader", at: int, preceding: tuple[Clause, ...]
) -> Iterator[Segment]:
    """“The code of the front door is 77, of the back door 88.”"""
    previous, low = preceding[-1], reader.low(at)
    antecedent = previous.subject
    if antecedent is None or low not in ("of", *(p for p, _ in antecedent.inside)):
        return
    if low == "of" and (antecedent.owner is None or antecedent.owner.start < antecedent.start + 2):
        return
    for end, phrase in reader.phrases(at + 1):
        if low == "of":
            other = replace(antecedent, owner=phrase)
        else:
            inside = tuple((p, phrase if p == low else t) for p, t in antecedent.inside)
            other = replace(antecedent, inside=inside)
        like = Clause(previous.verb, other, passive=previous.passive)
        for cost, clauses, stop in _same_roles(reader, end, like, preceding):
            yield cost - 0.2, clauses, stop


def _same_roles(
    reader: "ClauseReader", at: int, clause: Clause, preceding: tuple[Clause, ...]
) -> Iterator[Segment]:
    previous = preceding[-1]
    for cost, inner, end in reader.complements(at, clause):
        if len(inner) > 1:
            continue
        filled = _filled(inner[0], previous)
        if filled is not None:
            missing = sum(
                getattr(previous, role) is not None and getattr(filled, role) is None
                for role in ("object", "complement")
            )
            yield cost + 0.5 + missing, (*preceding, _completed(filled, previous)), end


def _replaced(clause: Clause, preposition: str, phrase: Phrase) -> Clause | None:
    """The clause with its last phrase of this kind replaced; None if it has none."""
    if preposition:
        used = [p for p, _ in clause.prepositions]
        places = [p for p in used if p in words("place")]
        if preposition not in used and preposition in words("place") and places:
            # “under the floor, not in the garage”
            remainder = tuple(
                argument for argument in clause.prepositions if argument[0] not in places
            )
            return replace(clause, prepositions=(*remainder, (preposition, phrase)))
        if preposition not in used:
            return None
        changed = tuple((p, phrase if p == preposition else t) for p, t in clause.prepositions)
        return replace(clause, prepositions=changed)
    if clause.complement is not None:
        return replace(clause, complement=phrase)
    if clause.object is not None and not clause.prepositions:
        return replace(clause, object=phrase)
    if clause.prepositions:
        p, _ = clause.prepositions[-1]
        return replace(clause, prepositions=(*clause.prepositions[:-1], (p, phrase)))
    return None


def contrasting_mods(phrase: Phrase, model: Phrase) -> set[str]:
    """Modifiers that “the blue” or “the second” replaces in “the red key”, “the first prize”."""
    if phrase.determiner != "the" or phrase.mods or phrase.inside:
        return set()
    return {word for word in model.mods if groups_of(word) & groups_of(phrase.head)}


def filled_ellipsis(phrase: Phrase, model: Phrase) -> Phrase:
    """“the one in Nancy”, “the big one”, “40”: with the noun of the preceding phrase."""
    model = model.members[0] if model.members else model
    if not phrase.head and phrase.owner is not None and model.owner is not None:
        # “Monday's soup …, Tuesday's …”
        return replace(
            model, owner=phrase.owner, text=phrase.text, start=phrase.start, end=phrase.end
        )
    contrast = contrasting_mods(phrase, model)
    if contrast:
        # “the red key …, the blue …”, “the first prize …, the second …”
        return replace(
            phrase, head=model.head, kind=model.kind, mods=model.mods - contrast | {phrase.head}
        )
    if phrase.head == "one":
        return replace(phrase, head=model.head, kind="noun")
    if phrase.kind == "anybody" and phrase.text.lower() == "none":
        return replace(model, text=phrase.text, number="", determiner="no")
    if phrase.kind == "number" and model.kind == "noun" and model.number:
        return replace(phrase, head=model.head, kind="noun", mods=model.mods, number=phrase.number)
    return phrase


def _filled(inner: Clause, previous: Clause) -> Clause | None:
    """The clause before with these phrases in its roles; None if the roles differ."""
    completed = replace(
        previous,
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
        phrase: Phrase | None = getattr(inner, role)
        if phrase is None:
            continue
        model: Phrase | None = getattr(previous, role)
        if model is None:
            return None
        phrase = filled_ellipsis(phrase, model)
        if model.kind == "adjective" and model.number and phrase.kind == "number":
            phrase = replace(
                phrase,
                head=model.head,
                kind="adjective",
                number=phrase.number,
                inside=(("by", filled_ellipsis(phrase, model.inside[0][1])),),
            )
        if "adjective" in (phrase.kind, model.kind) and phrase.kind != model.kind:
            return None
        completed = with_role(completed, role, phrase)
        filled += 1
    if inner.complement is None and inner.object is not None and previous.complement is not None:
        return None
    models = list(previous.prepositions)
    for preposition, phrase in inner.prepositions:
        match = next((m for m in models if m[0] == preposition), None)
        # “kept at 4 degrees and the larder at 12”
        amount = match is not None and match[1].number and not is_time(match[1], preposition)
        timed = is_time(phrase, preposition) and not (amount and phrase.kind == "number")
        match = match or next((m for m in models if is_time(m[1], m[0]) == timed), None)
        if (
            match is None
            and timed
            and (completed.complement or completed.object or completed.prepositions)
        ):
            completed = completed.adding(preposition, phrase)
            continue
        if match is None or is_time(match[1], match[0]) != timed:
            return None
        models.remove(match)
        completed = replace(
            completed,
            prepositions=(
                *completed.prepositions,
                (preposition, filled_ellipsis(phrase, match[1])),
            ),
        )
        filled += 1
    if not filled and inner.adverbs and previous.adverbs:
        filled += 1
    return replace(completed, adverbs=inner.adverbs) if filled else None


def _completed(clause: Clause, previous: Clause) -> Clause:
    """A gap with the shared modifiers: “at the office”, “on Friday”."""
    predicate = clause.object or clause.second or clause.complement
    if not predicate and previous.verb != "be":
        return replace(
            clause, object=previous.object, second=previous.second, complement=previous.complement
        )
    if clause.object is None or clause.prepositions:
        return clause
    shared = tuple(
        argument for argument in previous.prepositions if not is_time(argument[1], argument[0])
    )
    return replace(clause, prepositions=shared)
