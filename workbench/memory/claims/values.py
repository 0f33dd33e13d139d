"""Answers with a value: selects among the fillers for the open role of a question.

A question for a route is answered by the shortest path over connections stated in facts.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from ingest.language.analyse import analyse
from ingest.language.coreference import is_person
from ingest.language.diaries import writer_of
from ingest.language.key_values import is_code
from ingest.language.nouns import singular
from ingest.language.questions import OLDEST, Question
from ingest.language.records import Clause, Phrase, with_role
from ingest.language.rewordings import parts
from ingest.language.tagging import tagged
from ingest.language.times import is_time
from ingest.language.verbs import forms
from ingest.language.word_lists import words
from workbench.memory.claims.cardinality import adds_up, narrows
from workbench.memory.claims.claim_set import ClaimSet, DatedClaim, words_of
from workbench.memory.claims.gap_filling import fill
from workbench.memory.claims.identity import fuller, names_in, same, same_name, unlabelled
from workbench.memory.claims.roles import Gap, usable
from workbench.memory.claims.yes_no import comparisons
from workbench.memory.vocabulary import ENGLISH_STOP

_UNOWNED = re.compile(r"^(?:my|our|his|her|its|their|the) ", re.IGNORECASE)
#: Maximum values in one answer.
_MAX_VALUES = 12
#: Open roles that may have several values; an amount or age has one.
_MULTIPLE = ("object", "complement", "place", "time", "deed")
#: Maximum steps of a route.
_MAX_STEPS = 6
_PLAIN = re.compile(r"^(?:the|a|an) | (?:table|view|of|\().*$", re.IGNORECASE)

#: Further groups of a code: each has a digit or is in capitals.
_GROUPS = re.compile(r"(?: (?=\S*\d|[A-Z]{1,4}\b)[0-9A-Za-z][\w/.-]*\w|[ ][0-9A-Z](?=\W|$))+")

_Path = tuple[tuple[Phrase, ...], DatedClaim | None]


@dataclass(frozen=True, slots=True)
class Filler:
    """A value as answered, and its claim.

    `contextual`: the topic is only in the preceding statement. `of` names the subject of the claim
    if it has a fuller name or narrower attribute than the question: “Tom Baker's dog” for “Tom's
    dog”.
    """

    text: str
    dated: DatedClaim
    contextual: bool = False
    of: str = ""


def value(question: Question, claim_set: ClaimSet) -> Filler | None:
    """The value that the claims give to a question; None if there is none."""
    fillers: list[Filler] = []
    for dated in claim_set.claims:
        if dated.clause.negated != question.clause.negated:
            continue
        if question.surely and dated.clause.modality != "asserted":
            continue
        gap = Gap(question, dated, claim_set)
        text = fill(gap)
        # validity is checked only for potential answers
        if text and usable(question, dated, claim_set):
            narrowed = _narrowed(question, dated.clause, text)
            fillers.append(Filler(text, dated, gap.contextual, narrowed))
    if question.former and question.adjective == OLDEST:
        fillers = fillers[-1:]
    if question.hole == "deed" and question.clause.modality == "obliged":
        fillers = [filler for filler in fillers if not _is_done(filler, claim_set)]
    if not fillers and question.hole == "time":
        changed = question.clause.verb in words("alter")
        return (_time_of_change(question, claim_set) if changed else None) or _day_of_event(
            question, claim_set
        )
    if not fillers and question.clause.role("before") is not None:
        return _predecessor(question, claim_set)
    if not fillers and question.hole in ("subject", "complement"):
        extreme = _extreme(question, claim_set)
        if extreme is not None or question.hole == "subject":
            return extreme
    path = _route(question, claim_set) if not fillers else None
    if path is not None:
        return Filler(*path)
    if not fillers or _of_several(question, fillers):
        return None
    query = question.clause.subject
    query_name = query if query is not None and query.kind == "name" else None
    namesakes = _namesakes(question, fillers)
    if namesakes is not None:
        return namesakes
    # literal matches precede inferred ones
    named = {filler.of: filler for filler in reversed(fillers)}
    if query_name is not None and "" not in named and len(named) > 1:
        # “Anna” may be Anna Berg or Anna Holt
        texts = [f"{filler.text} ({name})" for name, filler in named.items()]
        return replace(fillers[0], text=", ".join(texts[:_MAX_VALUES]))
    literal = [filler for filler in fillers if not filler.of] or fillers
    best = _with_whole_code(_combined(question, literal, claim_set))
    return replace(best, text=f"{best.text} ({best.of})") if best.of else best


def _is_done(task: Filler, claim_set: ClaimSet) -> bool:
    """Whether something told later says that a task is done: “Got the passport renewed.”"""
    tokens = [token for token in tagged(task.text) if token.word[:1].isalnum()]
    if not tokens:
        return False
    verb, *rest = tokens
    objects = {singular(t.low) for t in takewhile(lambda t: t.tags[0] not in "IT", rest)}
    objects -= ENGLISH_STOP
    for later in claim_set.claims:
        if later.order <= task.dated.order:
            break
        clause = later.clause
        did = clause.verb == verb.low or (clause.verb in ("get", "have") and clause.object)
        happened = later.claim.status in ("happened", "was") and did and not clause.negated
        if happened and {verb.low, *objects} <= words_of(later.statement.text):
            return True
    return False


def _with_whole_code(filler: Filler) -> Filler:
    """A code in groups whole: “My IBAN is NO93 8601 1117 947”."""
    text, (key, code) = filler.dated.statement.text, _key_and_code(filler.dated.clause)
    if code is None or key not in words("code_noun") or filler.text != code.text:
        return filler
    start = text.find(filler.text)
    match = _GROUPS.match(text, start + len(filler.text)) if start >= 0 else None
    if match is None or not is_code(filler.text):
        return filler
    return replace(filler, text=filler.text + match[0])


def _key_and_code(clause: Clause) -> tuple[str, Phrase | None]:
    """The head of what has a code, and the code."""
    if clause.verb != "be" or clause.subject is None:
        return "", None
    return clause.subject.head, clause.complement


def _time_of_change(question: Question, claim_set: ClaimSet) -> Filler | None:
    """“When did my plan change?”: since when the claim holds that superseded another last."""
    topic = question.clause.subject
    if topic is not None and (topic.kind == "pronoun" or is_person(topic)):
        # “When did I change my name?” is about the name.
        topic = question.clause.object
    if topic is None:
        return None
    # “My weight” is of what I weigh.
    verbs = {frame.verb: owner for frame, owner in parts(topic) if frame.holder == "subject"}

    def is_on_topic(clause: Clause) -> bool:
        named = verbs.get(clause.verb, topic)
        return same(named, clause.subject, claim_set.identities)

    related = [dated for dated in claim_set.claims if is_on_topic(dated.clause)]
    newer = next((new for dated in related if (new := claim_set.newer(dated)) is not None), None)
    if newer is not None:
        since = _times(newer.clause)
        day = claim_set.day_of(newer.statement)
        told = "" if day is None else f"{day.day} {day:%B %Y}"
        return Filler(since[0].text if since else told, newer) if since or told else None
    if any(dated.claim.status == "was" for dated in related):
        # “It was 2.40 until December”, “on 1 January it became 2.80”
        now = [dated for dated in related if dated.claim.status == "now" and _times(dated.clause)]
        return Filler(_times(now[0].clause)[0].text, now[0]) if now else None
    return None


def _times(clause: Clause) -> list[Phrase]:
    return [phrase for preposition, phrase in clause.prepositions if is_time(phrase, preposition)]


def _day_of_event(question: Question, claim_set: ClaimSet) -> Filler | None:
    """“When did I join the choir?”: the day for which it was told that this happened.

    Of what was told without a day only a diary is of the day on which it was written.
    """
    query, became = question.clause, _is_becoming(question.text)
    if (query.tense != "past" and not became) or question.adjective:
        return None
    # “When did I move?” is rather about me than about what I moved.
    alike = sorted(
        claim_set.claims,
        key=lambda dated: (dated.clause.object is None) != (query.object is None),
    )
    for dated in alike:
        statement = dated.statement
        happened = dated.claim.status == "happened" or (became and _is_becoming(statement.text))
        if not happened or not (statement.is_dated or _is_diary(dated)):
            continue
        day = claim_set.day_of(statement)
        same_event = day is not None and Gap(question, dated, claim_set).roles_match()
        if day is not None and same_event and usable(question, dated, claim_set):
            return Filler(f"{day.day} {day:%B %Y}", dated)
    return None


def _is_becoming(text: str) -> bool:
    """Whether a text says that somebody became something, which is analysed as what they are."""
    return any(form.verb == "become" for token in tagged(text) for form in forms(token.low))


def _is_diary(dated: DatedClaim) -> bool:
    """Whether a sentence leaves its writer out."""
    sentence = analyse(dated.statement.text).sentences[dated.claim.sentence]
    return bool(writer_of(sentence.tokens))


def _namesakes(question: Question, fillers: Sequence[Filler]) -> Filler | None:
    """For “How old is Max?” with two people of that name: the value of each, and whose he is."""
    query = question.clause.subject
    if query is None or query.kind != "name":
        return None
    bearers: dict[frozenset[str], Filler] = {}
    for filler in fillers:
        bearer = filler.dated.clause.subject
        if bearer is not None and bearer.owner is not None and bearer.names:
            # “my aunt Anna” and “my colleague Anna” may be two
            key = bearer.owner.words | {bearer.head} if is_person(bearer) else bearer.owner.words
            bearers.setdefault(key, filler)
    if len(bearers) < 2:
        return None
    texts = [
        f"{filler.text} ({bearer.text})"
        for filler in bearers.values()
        if (bearer := filler.dated.clause.subject) is not None
    ]
    return replace(next(iter(bearers.values())), text=", ".join(texts))


def _narrowed(question: Question, clause: Clause, text: str) -> str:
    """The subject of a claim, if a question has a shorter name or wider attribute for it."""
    query, subject = question.clause, clause.subject
    if question.hole == "place" and _is_another(query.subject, subject):
        # “the key” is hardly the spare key
        return _UNOWNED.sub("", subject.text) if subject is not None else ""
    if question.hole == "complement" and query.subject is not None:
        # “the password for the wifi” is the wifi password
        full_subject = replace(query.subject, inside=(*query.subject.inside, *query.prepositions))
        for phrase in (subject, clause.complement):
            if phrase is not None and phrase.text != text and narrows(full_subject, phrase):
                return _UNOWNED.sub("", phrase.text)
    phrases = (phrase for _, phrase in clause.prepositions)
    for phrase in (subject, clause.object, clause.second, clause.complement, *phrases):
        if phrase is None or phrase.text == text:
            continue
        names = list(names_in(Clause("", phrase)))
        for name in names_in(query):
            is_same = any(same_name(name, other) for other in names)
            if not is_same and any(fuller(name, other) for other in names):
                return _UNOWNED.sub("", phrase.text)
    return ""


def _is_another(query: Phrase | None, subject: Phrase | None) -> bool:
    """Whether a subject is called another than the usual one: spare, second, old."""
    if query is None or subject is None or query.kind != "noun" or subject.head != query.head:
        return False
    return bool((subject.mods - query.words) & words("another"))


def _predecessor(question: Question, claim_set: ClaimSet) -> Filler | None:
    """“Who was the treasurer before Lea?”, “Where did Bo live before Hull?”: from the present."""
    successor, clause = question.clause.role("before"), with_role(question.clause, "before", None)
    if successor is None or successor.kind in ("time", "clause"):
        return None
    current = value(replace(question, clause=replace(clause, tense="present")), claim_set)
    prior = value(replace(question, clause=replace(clause, tense="past")), claim_set)
    if current is None or prior is None or prior.text == current.text:
        return None
    return prior if successor.words <= {*current.text.lower().split()} else None


def _of_several(question: Question, fillers: Sequence[Filler]) -> bool:
    """Whether “What is the code?” is ambiguous, as between a north code and a south code."""
    query = question.clause.subject
    if question.hole != "complement" or query is None or query.kind != "noun":
        return False
    subjects = [filler.dated.clause.subject for filler in fillers]
    if any(phrase is None or phrase.head != query.head for phrase in subjects):
        return False
    kinds = {_extra_words(phrase, query) for phrase in subjects if phrase is not None}
    return len(kinds) > 1 and frozenset() not in kinds


def _extra_words(phrase: Phrase, query: Phrase) -> frozenset[str]:
    """The modifiers of a phrase beyond those of the query."""
    inside = {word for _, other in phrase.inside for word in other.words}
    return frozenset(phrase.mods | inside) - query.words


def _combined(question: Question, fillers: list[Filler], claim_set: ClaimSet) -> Filler:
    """One of the values, or several together if they are compatible."""
    query = question.clause
    if query.subject is not None and query.subject.head == "we":
        # a meeting is on us rather than on me
        ours = [
            filler
            for filler in fillers
            if (s := filler.dated.clause.subject) is not None and s.head == "we"
        ]
        fillers = ours or fillers
    if query.tense == "past":
        fillers = [
            filler for filler in fillers if filler.dated.claim.status in ("was", "happened")
        ] or fillers
        # “has been since May”, “costs 11 euros now” go on
        fillers = [filler for filler in fillers if not _goes_on(filler.dated, claim_set)] or fillers
    if query.tense == "present":
        fillers = [filler for filler in fillers if filler.dated.claim.status != "will"] or fillers
    if question.wh == "who" and question.hole == "complement":
        fillers = [filler for filler in fillers if _is_name(filler)] or fillers
    if query.subject is not None and query.subject.kind == "name":
        # “my dog Rolo is a beagle”: this precedes the name
        fillers = [
            filler for filler in fillers if filler.dated.claim.derived != "called"
        ] or fillers
    if question.hole == "deed" and query.modality == "obliged":
        tasks = dict.fromkeys(filler.text for filler in fillers)
        return replace(fillers[0], text="; ".join([*tasks][:_MAX_VALUES]))
    statements = _by_statement(fillers)
    best = _of_statement(question, statements[0])
    if not _adds_up(question, best.dated.clause):
        return best
    further = [_of_statement(question, values).text for values in statements[1:]]
    texts = _distinct([best.text, *further])
    separator = " and " if question.hole in ("subject", "time") else ", "
    return replace(best, text=separator.join(texts[:_MAX_VALUES])) if len(texts) > 1 else best


def _goes_on(dated: DatedClaim, claim_set: ClaimSet) -> bool:
    """Whether a claim is valid now, too."""
    return dated.claim.status == "now" and not claim_set.replaced(dated)


def _by_statement(fillers: Sequence[Filler]) -> list[list[Filler]]:
    """The values by statement, in order."""
    by_id: dict[int, list[Filler]] = {}
    for filler in fillers:
        by_id.setdefault(filler.dated.statement.id, []).append(filler)
    return list(by_id.values())


def _of_statement(question: Question, fillers: list[Filler]) -> Filler:
    """One of the values of a statement, or several together."""
    several = _several(question, fillers)
    if several is not None:
        return several
    lists = (
        [filler for filler in fillers if _is_list(filler.dated.clause)]
        if question.hole != "count"
        else []
    )
    if lists:
        return lists[0]
    if question.hole in ("time", "price"):
        # “at 23:10, on Fridays at 0:40”: the general value comes first
        fewest = min(len(filler.dated.clause.prepositions) for filler in fillers)
        fillers = [filler for filler in fillers if len(filler.dated.clause.prepositions) == fewest]
    best = fillers[0]
    if question.hole == "time":
        # “on Mondays in the hall and on Fridays in the church”
        derivation = best.dated.claim.derived
        texts = [
            filler.text for filler in reversed(fillers) if filler.dated.claim.derived == derivation
        ]
        return replace(best, text=" and ".join(dict.fromkeys(texts)))
    if not _adds_up(question, best.dated.clause):
        return best
    separator = " and " if question.hole == "subject" else ", "
    return replace(best, text=separator.join(_distinct([filler.text for filler in fillers])))


def _adds_up(question: Question, clause: Clause) -> bool:
    """Whether the values of several claims are compatible."""
    query, hole = question.clause, question.hole
    if hole == "subject":
        content = query.object if query.verb in ("have", "own") else query.complement
        if query.verb in ("have", "own"):
            return (
                content is not None
                and content.determiner in ("", "a", "an", "any")
                and not content.owner
            )
        return query.verb != "be" or content is None or content.kind == "adjective"
    if hole in _MULTIPLE or hole.startswith("to:"):
        return adds_up(clause, hole.removeprefix("to:"))
    return False


def _distinct(texts: Sequence[str]) -> list[str]:
    """The values without those contained in others: “Rome” beside “Rome, Italy”."""
    low = [text.lower() for text in texts]
    return list(
        dict.fromkeys(
            value
            for value in texts
            if not any(value.lower() != other and value.lower() in other for other in low)
        )
    )


def _is_name(filler: Filler) -> bool:
    """Whether a value is a name: Clara, before “the aunt of Till”."""
    clause = filler.dated.clause
    phrases = [phrase for phrase in (clause.subject, clause.complement) if phrase is not None]
    return any(phrase.kind == "name" and phrase.text == filler.text for phrase in phrases)


def _several(question: Question, fillers: list[Filler]) -> Filler | None:
    """“M in shirts and 43 in shoes”, if the question does not say of what."""
    statement = fillers[0].dated.statement
    if question.hole != "complement" or question.clause.prepositions:
        return None
    parts = [
        phrase
        for filler in fillers
        if filler.dated.statement.id == statement.id and not filler.dated.claim.derived
        for phrase in (
            filler.dated.clause.complement,
            *(t for _, t in filler.dated.clause.prepositions),
        )
        if phrase is not None and phrase.text in statement.text and filler.dated.clause.prepositions
    ]
    if (
        len({filler.text for filler in fillers if filler.dated.statement.id == statement.id}) < 2
        or not parts
    ):
        return None
    start, end = min(part.start for part in parts), max(part.end for part in parts)
    return Filler(statement.text[start:end], fillers[0].dated)


def _is_list(clause: Clause) -> bool:
    """Whether a claim is on a whole list."""
    roles = (clause.subject, clause.object, clause.complement)
    phrases = [*roles, *(phrase for _, phrase in clause.prepositions)]
    return any(phrase is not None and phrase.members for phrase in phrases)


def _extreme(question: Question, claim_set: ClaimSet) -> Filler | None:
    """“Which tower is higher?”, “who is the tallest?” by stated comparisons or two amounts."""
    query, quality = question.clause, question.clause.complement
    if quality is None and query.subject is not None and query.subject.determiner == "the":
        # “the tallest”, without another condition
        quality = None if query.subject.mods or query.subject.inside else query.subject
    elif query.subject is not None or quality is None or quality.kind != "adjective":
        return None
    if query.verb != "be" or query.prepositions or quality is None:
        return None
    steps = comparisons(quality, claim_set)
    tops = {
        high.text: dated
        for high, _, dated in reversed(steps)
        if not any(same(high, low, claim_set.identities) for _, low, _ in steps)
        and (not question.noun or question.noun in high.words)
    }
    if not tops:
        return _by_amounts(question, claim_set) if quality.kind == "adjective" else None
    return Filler(*next(iter(tops.items()))) if len(tops) == 1 else None


def _by_amounts(question: Question, claim_set: ClaimSet) -> Filler | None:
    from workbench.memory.claims.yes_no import positive

    complement = question.clause.complement
    quality = positive(complement.head) if complement is not None else ""
    amounts: list[tuple[float, str, DatedClaim]] = []
    for dated in claim_set.claims:
        clause = dated.clause
        if (
            clause.verb != "be"
            or clause.subject is None
            or clause.complement is None
            or clause.negated
        ):
            continue
        if clause.complement.head != quality or not clause.complement.number:
            continue
        if (
            question.noun and question.noun not in clause.subject.words
        ) or dated.claim.status != "now":
            continue
        try:
            amount = float(clause.complement.number.split()[0].replace(",", ""))
        except ValueError:
            continue
        amounts.append((amount, clause.subject.text, dated))
    if len(amounts) != 2 or amounts[0][0] == amounts[1][0]:
        return None
    _, text, dated = max(amounts, key=lambda entry: entry[0])
    return Filler(text, dated)


def _route(question: Question, claim_set: ClaimSet) -> tuple[str, DatedClaim] | None:
    """The things on the shortest route of a question, and the claim of its first step."""
    ends = _ends(question)
    if ends is None:
        return None
    start, goal = (unlabelled(end) for end in ends)
    steps = list(_steps(claim_set))
    paths: list[_Path] = [((ends[0],), None)]
    visited = {start}
    for _ in range(_MAX_STEPS):
        more: list[_Path] = []
        for path, first in paths:
            for source, target, dated in steps:
                key = unlabelled(target)
                if key in visited or unlabelled(source) != unlabelled(path[-1]):
                    continue
                visited.add(key)
                more.append(((*path, target), first or dated))
                if key == goal:
                    return ", ".join(_PLAIN.sub("", phrase.text) for phrase in more[-1][0]), (
                        first or dated
                    )
        paths = more
    return None


def _ends(question: Question) -> tuple[Phrase, Phrase] | None:
    """The two ends of the requested route."""
    clause = question.clause
    if question.hole != "manner" or clause.verb not in words("reach") | words("connect"):
        return None
    members = clause.object.members if clause.object is not None else ()
    start = clause.role("from") or clause.object
    goal = clause.role("to") or clause.role("with")
    if len(members) == 2:
        return members[0], members[1]
    return None if start is None or goal is None else (start, goal)


def _steps(claim_set: ClaimSet) -> Iterator[tuple[Phrase, Phrase, DatedClaim]]:
    """Yield the stated connections, in both directions."""
    for dated in claim_set.claims:
        clause = dated.clause
        other = clause.role("to") or clause.object
        if clause.verb not in words("connect") or clause.negated or dated.claim.status != "now":
            continue
        if clause.subject is not None and other is not None and not other.members:
            yield clause.subject, other, dated
            yield other, clause.subject, dated
