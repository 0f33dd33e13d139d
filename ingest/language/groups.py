"""Verb groups: auxiliaries, negation and main verb, and catenative verbs such as "want to".

“has stopped smoking” is about smoking and says that it ended; “wants to move” is about moving and
says that it is planned.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.language.nouns import singular
from ingest.language.records import Clause, Modality, Phrase, Tense, Token
from ingest.language.verbs import forms, verb_of
from ingest.language.word_lists import words

_AUXILIARY = "MXHO"
_FINITE = ("s", "past", "base")
_MODALITY: dict[str, Modality] = {
    "may": "possible",
    "might": "possible",
    "could": "possible",
    "would": "conditional",
    "'d": "conditional",
    "must": "obliged",
    "should": "obliged",
    "ought": "obliged",
}
_SHORT_BE = ("'s", "'re", "'m")
_SHALL = ("will", "'ll", "shall", "wo")
_PAST = ("was", "were", "had", "did")
_PLURAL = ("i", "you", "we", "they", "these", "those", "both", "all", "many", "few", "there")
#: Costs of a form that does not agree with its subject, and of one that is usually another word.
DISAGREES, _UNLIKELY = 4.0, 1.0


@dataclass(frozen=True, slots=True)
class Group:
    """A verb group that ends before the token `end`, as a clause without its roles.

    `lead` is the clause of the matrix verb: deciding, or an obligation.
    """

    clause: Clause
    end: int
    cost: float
    lead: Clause | None = None


#: Phrasal verbs with an idiomatic meaning.
_PHRASAL = dict(
    row.strip().split(": ")
    for row in """\
    give back: return
    bring back: return
    hand back: return
    take over: takeover
    pay back: repay
    get back: regain
    take back: regain
    pass on: pass
    put off: postpone
    step down: resign""".splitlines()
)


def phrasal(clause: Clause) -> Clause:
    """Merge “take over”, “pay back”, “can't stand” into one verb."""
    if clause.negated and clause.object is not None and clause.verb in ("stand", "bear"):
        return replace(clause, verb="like")
    heir = clause.role("to") if clause.verb == "leave" and clause.object is not None else None
    if heir is not None and heir.kind in ("name", "pronoun"):
        return replace(clause, verb="bequeath")
    order = clause.role("out_of") or (clause.role("of") if "out" in clause.adverbs else None)
    if clause.verb == "be" and order is not None and order.text.lower() == "order":
        state = Phrase("out_of_order", "out of order", order.start - 7, order.end, "adjective")
        return replace(clause.without_argument(order), complement=state, adverbs=())
    if clause.object is None and clause.verb in words("with_particle"):
        # “put out the bins” is “put the bins out”
        for particle, phrase in clause.prepositions:
            if particle in ("out", "off", "away", "up", "down") and phrase.kind == "noun":
                adverbs = (*clause.adverbs, particle)
                return replace(clause.without_argument(phrase), object=phrase, adverbs=adverbs)
    for adverb in clause.adverbs:
        verb = _PHRASAL.get(f"{clause.verb} {adverb}")
        if verb == "pass" and clause.object is None:
            # who passed on has died
            continue
        if verb == "regain" and clause.role("to"):
            verb = "return"
        if verb:
            remainder = tuple(argument for argument in clause.adverbs if argument != adverb)
            return replace(clause, verb=verb, adverbs=remainder)
    return clause


def remaining(clause: Clause) -> Clause:
    """“Stays open”, “remained closed” as states."""
    complement = clause.complement
    if (
        clause.verb not in ("stay", "remain")
        or complement is None
        or complement.kind != "adjective"
    ):
        return clause
    return replace(clause, verb="be", progressive=False)


def to_do(clause: Clause) -> Clause | None:
    """The clause of an obligation whose object is the action."""
    if clause.negated:
        return None
    return replace(clause, verb="do", modality="obliged", tense="present")


#: Tags of a word with which a verb group may begin.
BEGINS = frozenset("VMXHO")


def may_begin(token: Token) -> bool:
    """Whether a verb group may begin with this token."""
    return not BEGINS.isdisjoint(token.tags)


def groups(tokens: Sequence[Token], begin: int, subject: Phrase | None) -> Iterator[Group]:
    """The readings of a finite verb group that begins here, for this subject."""
    clause = Clause("", subject=subject)
    chain: list[str] = []
    short = 0.0
    after = tokens[begin + 1] if begin + 1 < len(tokens) else None
    if after is not None and tokens[begin].low == "'s":
        # “Ann's is red”, “Ann's brother” have an owner, no verb
        if "X" in after.tags and after.low != "been":
            return
        short = 2.0 * (after.tags[0] in "NE")
    at = begin
    while at < len(tokens):
        token = tokens[at]
        if token.low in ("not", "n't", "never"):
            clause = replace(clause, negated=not clause.negated)
        elif token.low == "no" and at + 1 < len(tokens) and tokens[at + 1].low == "longer":
            clause = replace(clause, negated=True, ceased=True)
            at += 1
        elif token.tags[0] == "R" and (chain or clause.negated or clause.adverbs or at == begin):
            # “is late” tells of a state
            state = "J" in token.tags or token.low in words("now")
            if state and not (at + 1 < len(tokens) and tokens[at + 1].may_be("VLGBMXHO")):
                break
            clause = replace(clause, adverbs=(*clause.adverbs, token.low))
        elif token.may_be(_AUXILIARY) and not (token.low == "'s" and chain):
            chain.append(token.low)
        else:
            break
        at += 1
    if not chain and (at >= len(tokens) or not tokens[at].may_be("VB")):
        return
    clause = _with_chain(clause, chain)
    if not chain:
        yield from _plain(tokens, at, clause, subject)
        return
    # “on the reading list are …” is no list that are
    short += chain[0] == "are" and not _plural(subject)
    for group in _after(tokens, at, clause, chain, subject):
        yield replace(group, cost=group.cost + short)


def _with_chain(clause: Clause, chain: list[str]) -> Clause:
    tense: Tense = "present"
    modality = clause.modality
    for place, word in enumerate(chain):
        if word in _SHALL:
            tense = "future"
        elif word in _PAST:
            tense = "past"
        elif word in ("has", "have", "'ve", "'s") and "been" in chain[place + 1 :]:
            tense = "perfect" if tense == "present" else tense
        elif word in ("has", "have", "'ve") and place + 1 < len(chain) and tense == "present":
            tense = "perfect"
        modality = _MODALITY.get(word, modality)
    continuous = "being" in chain[1:]
    return replace(clause, tense=tense, modality=modality, progressive=continuous)


def _plain(
    tokens: Sequence[Token], at: int, clause: Clause, subject: Phrase | None
) -> Iterator[Group]:
    """A verb without auxiliaries."""
    for form in dict.fromkeys(forms(tokens[at].low)):
        if form.form not in _FINITE:
            continue
        cost = 0.0 if tokens[at].tags[0] in "VB" else _UNLIKELY
        tense: Tense = "past" if form.form == "past" else "present"
        if (form.form == "s" and _plural(subject)) or (
            form.form == "base" and not _plural(subject)
        ):
            # “it cost ten euros”, “she put it there”: a past without a form of its own
            same = any(f.form == "past" and f.verb == form.verb for f in forms(tokens[at].low))
            if form.form == "base" and same:
                continue
            cost += DISAGREES
        if form.form == "base" and form.verb in words("past_like"):
            # “I put it there” tells what was done
            tense = "past"
        if form.form == "past" and form.verb == tokens[at].low and _plural(subject):
            continue
        yield from catenative_groups(
            tokens, at + 1, replace(clause, verb=form.verb, tense=tense), cost
        )


def _plural(subject: Phrase | None) -> bool:
    if subject is None:
        return True
    if (
        subject.members
        or subject.head in _PLURAL
        or subject.determiner in ("these", "those", "all")
    ):
        return True
    numeric = subject.kind in ("noun", "number") and subject.number not in ("1", "one", "half")
    if subject.number and numeric:
        return True
    head = subject.text.split()[-1].lower() if subject.text else ""
    if subject.owner is not None or subject.inside or subject.relatives:
        starts = [phrase.start for _, phrase in subject.inside]
        starts += [subject.owner.start] if subject.owner is not None else []
        offsets = [start - subject.start for start in starts if start > subject.start]
        first = subject.text[: min(offsets, default=None)].lower().split()
        if offsets and not subject.relatives:
            # “the orders table of the shop” is one table
            first = first[-2:-1]
        return any(singular(w) != w and not w.endswith("'s") for w in first)
    numbered = any(char.isdigit() for char in head)
    if subject.kind == "name" and subject.determiner == "the" and head.endswith("s"):
        # “the Hubers”
        return True
    plain_noun = subject.kind == "noun" and not numbered
    return plain_noun and head != subject.head and not head.endswith("'s")


def _after(
    tokens: Sequence[Token], at: int, clause: Clause, chain: list[str], subject: Phrase | None
) -> Iterator[Group]:
    """The group after auxiliaries: a verb follows, or the last of them is the verb."""
    auxiliary = chain[-1]
    kind = verb_of(auxiliary, *_FINITE, "participle", "ing") or (
        "be" if auxiliary in _SHORT_BE else "modal"
    )
    token = tokens[at] if at < len(tokens) else None
    has = auxiliary == "'ve" or (
        auxiliary == "'s" and token is not None and _is_perfect(token, subject)
    )
    kind = "have" if has else kind
    if kind not in ("be", "have", "do"):
        kind = "modal"
    if token is not None and kind in ("modal", "do"):
        base = verb_of(token.low, "base") or ("have" if token.low == "have" else "")
        if base and token.may_be("BVN"):
            yield from catenative_groups(tokens, at + 1, replace(clause, verb=base), 0.0)
    if token is not None and kind == "be":
        yield from _after_be(tokens, at, clause)
    if token is not None and kind == "have":
        yield from _after_have(tokens, at, clause, chain)
    main = {"be": "be", "have": "have", "do": "do"}.get(kind)
    if main:
        tense = clause.tense
        if len(chain) == 1:
            tense = "past" if auxiliary in _PAST else "present"
        yield Group(replace(clause, verb=main, tense=tense), at, 0.5 if main == "do" else 0.0)


def _after_be(tokens: Sequence[Token], at: int, clause: Clause) -> Iterator[Group]:
    """“is going to sing”, “is sung”, “is supposed to sing”, “is singing”."""
    token = tokens[at]
    if token.low == "going" and at + 2 < len(tokens) and tokens[at + 1].low == "to":
        base = verb_of(tokens[at + 2].low, "base")
        if base:
            yield Group(replace(clause, verb=base, tense="future", modality="planned"), at + 3, 0.0)
    base = verb_of(token.low, "participle")
    if base and "L" in token.tags and token.low not in ("supposed",):
        yield from catenative_groups(tokens, at + 1, replace(clause, verb=base, passive=True), 0.0)
    if token.low == "supposed" and at + 2 < len(tokens) and tokens[at + 1].low == "to":
        base = verb_of(tokens[at + 2].low, "base")
        yield Group(replace(clause, verb=base, modality="obliged"), at + 3, 0.0)
    base = verb_of(token.low, "ing")
    if base and "G" in token.tags:
        final = at + 1 >= len(tokens) or tokens[at + 1].may_be(",;&.")
        subject = clause.subject
        cost = 3.0 if final and subject is not None and subject.kind == "noun" else 0.0
        yield from catenative_groups(
            tokens, at + 1, replace(clause, verb=base, progressive=True), cost
        )


def _after_have(
    tokens: Sequence[Token], at: int, clause: Clause, chain: list[str]
) -> Iterator[Group]:
    """“has got a dog”, “has sung”, “has to sing”."""
    token = tokens[at]
    follows = tokens[at + 1] if at + 1 < len(tokens) else None
    closes = follows is not None and (
        follows.low in words("particle") or follows.low == "rid" or follows.tags[0] == "L"
    )
    if token.low == "got" and not closes:
        # “has got over her cold” has none
        yield Group(replace(clause, verb="have", tense="present"), at + 1, 0.0)
    base = verb_of(token.low, "participle")
    if base and token.may_be("LV") and len(chain) == 1:
        tense: Tense = "past" if chain[-1] == "had" else "perfect"
        cost = 0.0 if token.low != "got" else 1.0
        yield from catenative_groups(tokens, at + 1, replace(clause, verb=base, tense=tense), cost)
    if token.low == "to" and at + 1 < len(tokens):
        base = verb_of(tokens[at + 1].low, "base")
        if base:
            obliged = replace(clause, verb=base, modality="obliged")
            yield Group(obliged, at + 2, 0.0, to_do(clause))


def _is_perfect(token: Token, subject: Phrase | None) -> bool:
    """Whether “'s” before this word is “has”: “she's got”, “Ida's moved to Bonn”."""
    personal = subject is not None and subject.kind in ("name", "pronoun") and subject.head != "it"
    return token.low == "got" or (personal and verb_of(token.low, "participle") in words("travel"))


def catenative_groups(
    tokens: Sequence[Token], at: int, clause: Clause, cost: float
) -> Iterator[Group]:
    """The group as it is, or that of the verb it introduces."""
    low = tokens[at].low if at < len(tokens) else ""
    after = at + 1
    negated = after < len(tokens) and low == "not" and tokens[after].low == "to"
    to = low == "to" or negated
    base = (
        verb_of(tokens[after + negated].low, "base") if to and after + negated < len(tokens) else ""
    )
    ing = verb_of(low, "ing")
    verb = clause.verb
    end = after + 1 + negated
    clause_ = replace(clause, negated=clause.negated or negated)
    state = verb_of(low, "participle")
    if verb == "get" and state and at < len(tokens) and "L" in tokens[at].tags:
        tense: Tense = "perfect" if clause.tense == "past" else clause.tense
        yield Group(replace(clause, verb=state, passive=True, tense=tense), after, cost)
        return
    if verb == "use" and clause.tense == "past" and base:
        yield Group(replace(clause, verb=base, habit=True), end, cost)
        return
    if base and verb in ("need", "have"):
        obliged = replace(clause_, verb=base, modality="obliged", tense="present")
        yield Group(obliged, end, cost, to_do(clause_))
        return
    if base and (
        verb in words("plan") or (verb in ("like", "love") and clause.modality == "conditional")
    ):
        planned = replace(clause_, verb=base, modality="planned", tense="future")
        yield Group(planned, end, cost, clause if verb in words("plan") else None)
        return
    if base and verb in ("seem", "appear"):
        yield Group(replace(clause_, verb=base, modality="possible"), end, cost)
        return
    if base and verb in ("forget", "remember") and clause.tense == "present":
        yield Group(replace(clause, verb=base, modality="obliged", negated=False), end, cost)
        return
    if ing and verb in words("end") and not clause.negated:
        yield Group(
            replace(clause, verb=ing, negated=True, ceased=True, tense="present"), after, cost
        )
        return
    if low == "up" and verb == "give" and after < len(tokens):
        ing = verb_of(tokens[after].low, "ing")
        if ing:
            yield Group(
                replace(clause, verb=ing, negated=True, ceased=True, tense="present"),
                after + 1,
                cost,
            )
            return
    if verb == "go" and base in words("stative") and clause.tense == "past":
        # “went to live with her son”
        yield Group(replace(clause, verb=base, tense="present"), end, cost)
        return
    if verb in words("go_on") and (ing or base):
        tense = "present" if clause.tense in ("past", "perfect") else clause.tense
        future = replace(clause, verb=ing or base, tense=tense)
        yield Group(future, after if ing else end, cost)
        return
    yield Group(clause, at, cost, to_do(clause) if clause.modality == "obliged" else None)
