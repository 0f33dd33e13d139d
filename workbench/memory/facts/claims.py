"""One sentence → what it claims: who or what, in which relation, to what, whether it is denied.

A pure function of the text. A clause is cut at its verb into slots (subject, object, one for each
preposition; a copula has a key and a value); verbs in the passive are turned, so that "Petrel is
owned by Ilona" and "Ilona owns Petrel" fill the same slots. No model: a list of verbs and the
places of words, after the shallow clause analysis of ReVerb (Fader et al. 2011).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from workbench.memory import words
from workbench.memory.facts import speech
from workbench.memory.facts.reading import Token, tokens
from workbench.memory.irregular import LEMMAS
from workbench.memory.vocabulary import DENSE_STOP, ENGLISH_STOP

#: Words that join; some that only ask in a question about a book do say something in a fact.
_IDLE = ENGLISH_STOP - {"give", "tell", "show", "explain", "describe"}
#: Tokens of a sentence that are parsed; of what follows only the words count.
MOST_TOKENS = 240

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Slot:
    """A part of a claim: tokens `[first, last)` of the sentence.

    `role` is subject, object, key, value, or the preposition that leads it in.
    """

    role: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Claim:
    """What one clause claims.

    `verb` is a dictionary form, "be" for a copula. `negative` claims are denials, `ended` says
    that it held before, `doubtful` that the speaker is not sure.
    """

    verb: str
    slots: tuple[Slot, ...]
    negative: bool = False
    ended: bool = False
    doubtful: bool = False

    def slot(self, role: str) -> Slot | None:
        """The first slot of a role."""
        return next((slot for slot in self.slots if slot.role == role), None)


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence with its tokens and claims."""

    text: str
    tokens: tuple[Token, ...]
    claims: tuple[Claim, ...]

    def span(self, first: int, last: int) -> Span:
        """The place in the text of tokens `[first, last)`."""
        return self.tokens[first].start, self.tokens[last - 1].end


_PREFACE = re.compile(
    r"(?:(?:please |kindly )?(?:remember|note|know|keep in mind|be aware)(?: that)? |(?:fyi|btw"
    r"|note|update|correction|reminder|fact|psst|by the way|for the record|actually|in fact|hello"
    r"|hi|hey|thanks|thank you|ok|okay|well|so|yes|no|oh|sorry|good news)[,:!.]+ "
    r"|(?:i think|i believe"
    r"|i guess|i heard|it turns out|as of (?:today|now),?|from now on,?|just so you know,?)"
    r"(?: that)? )+",
    re.IGNORECASE,
)
#: Words behind a value that are no part of it.
_TRAILING = speech.these("now currently again too anymore nowadays instead please also though")
_SUBORDINATE = speech.these("because since although though unless so")
_SUBJECT_STARTS = speech.DETERMINERS | speech.SELF | speech.these("he she it they we you there")


def read(text: str) -> Statement:
    """The claims of one sentence, in order; none where nothing can be told apart."""
    found = tuple(tokens(text))[: MOST_TOKENS * 8]
    statement = Statement(text, found, ())
    if not found:
        return statement
    dense = _dense(text, found)
    if dense is not None:
        return dense
    first = 0
    preface = _PREFACE.match(text)
    if preface:
        first = sum(token.start < preface.end() for token in found)
        if first >= len(found):
            first = 0
    claims: list[Claim] = []
    for start, end in _clauses(found, first, min(len(found), MOST_TOKENS)):
        subject = _subject(claims)
        for claim in _parse(found, start, end, subject):
            claims.append(claim)
    return replace(statement, claims=tuple(claims))


def _subject(claims: Sequence[Claim]) -> Slot | None:
    """What a clause without a subject of its own is about."""
    if not claims:
        return None
    return claims[-1].slots[0]


# -- clauses ---------------------------------------------------------------------------------------


def _clauses(found: Sequence[Token], first: int, last: int) -> list[Span]:
    """Cut `[first, last)` where a clause with a verb of its own begins."""
    cuts = [first]
    for at in range(first + 1, last):
        token, before = found[at], found[at - 1]
        if ";" in before.after:
            cuts.append(at)
            continue
        joined = token.word in ("and", "but", "while", "whereas", "yet")
        if not joined and "," not in before.after:
            continue
        begin = at + 1 if joined else at
        whole = _verb_at(found, cuts[-1], at) is not None
        if whole and begin < last and _own_clause(found, begin, last, comma="," in before.after,
                                                  joined=joined):  # fmt: skip
            cuts.append(at)
    spans = []
    for start, end in zip(cuts, [*cuts[1:], last], strict=True):
        begin = start
        while begin < end and found[begin].word in ("and", "but", "while", "whereas", "yet"):
            begin += 1
        if begin < end:
            spans.append((begin, end))
    return spans


def _own_clause(
    found: Sequence[Token], begin: int, last: int, *, comma: bool, joined: bool
) -> bool:
    """Whether a clause of its own begins at `begin`: a subject with its verb, or a finite verb."""
    end = begin
    while end < last and not (
        end > begin and (";" in found[end - 1].after or found[end].word in ("and", "but"))
    ):
        end += 1
    head = found[begin].word
    if joined and (
        head in speech.COPULAS
        or (speech.verb_of(head) and speech.is_inflected(head) and not found[begin].capital)
    ):
        return True
    if joined and head in speech.ADVERBS | {"no", "not"} and begin + 1 < end:
        following = found[begin + 1].word
        if following in speech.COPULAS or (
            speech.verb_of(following) and speech.is_inflected(following)
        ):
            return True
    verb = _verb_at(found, begin, end)
    if verb is None or verb == begin:
        return False
    if joined:
        # "slow and steady wins" is one thing; a clause of its own says plainly what it is about.
        plain = head in _SUBJECT_STARTS or found[begin].owner or found[begin].capital
        return comma or plain or found[verb].word in speech.COPULAS
    return comma and (head in _SUBJECT_STARTS or found[begin].owner or found[begin].capital)


def _verb_at(found: Sequence[Token], start: int, end: int) -> int | None:
    """The place of the verb that holds a clause together: its copula, or a finite verb."""
    english = any(found[i].word in speech.ENGLISH_COPULAS for i in range(start, end))
    for at in range(start, end):
        token = found[at]
        if token.word not in speech.COPULAS or (english and token.word not in
                                                speech.ENGLISH_COPULAS):  # fmt: skip
            continue
        if at == start and token.raw != token.raw.lower():
            continue
        said = _finite(found, start, at)
        if said is not None and found[said + 1].word in ("that", "when", "if", "what", "where"):
            return said
        if said is not None and any(
            found[i].word in speech.PREPOSITIONS or "," in found[i].after
            for i in range(said, at)
        ) and found[said].word not in ("who", "which", "that"):  # fmt: skip
            return said
        return at
    return _finite(found, start, end)


def _finite(found: Sequence[Token], start: int, end: int) -> int | None:
    """The place of the first finite verb that is no copula."""
    for at in range(start, end):
        token = found[at]
        word = token.word
        if word in speech.AUXILIARIES:
            if word in ("has", "have", "had") and _main_have(found, at, end):
                return at if at > start else None
            continue
        if token.owner or (token.capital and at > start) or not token.raw[:1].isalpha():
            continue
        if not speech.verb_of(word) or at == start:
            continue
        before = found[at - 1]
        if before.word in speech.DETERMINERS or before.owner:
            continue
        if before.word in speech.PREPOSITIONS and before.word != "to":
            continue
        if before.word in ("who", "which", "that") and at - 1 > start:
            continue
        if speech.is_inflected(word):
            following = found[at + 1].word if at + 1 < end else ""
            if word.endswith("s") and following in speech.COPULAS:
                continue
            return at
        if (
            before.word in speech.SELF
            or any(each.word == "and" for each in found[start:at])
            or before.word in ("you", "they", "we", "to", "people")
            or before.word in speech.AUXILIARIES | speech.NEGATIONS | speech.ADVERBS
            or (before.word.endswith("s") and not before.word.endswith("ss") and at - start > 0
                and speech.verb_of(before.word) == "")
        ):  # fmt: skip
            return at
    return None


def _main_have(found: Sequence[Token], at: int, end: int) -> bool:
    """Whether "have" is the verb itself, not the helper of another."""
    for token in found[at + 1 : end]:
        word = token.word
        if word in speech.ADVERBS | speech.NEGATIONS:
            continue
        participle = word.endswith(("ed", "en")) or word in LEMMAS
        helps = speech.verb_of(word) and participle and not token.capital
        return not (helps or word in ("been", "got"))
    return True


# -- one clause ------------------------------------------------------------------------------------


def _parse(found: Sequence[Token], start: int, end: int, inherited: Slot | None) -> list[Claim]:
    labelled = _labelled(found, start, end, alone=inherited is None)
    if labelled is not None:
        return [labelled]
    end = _without_reason(found, start, end)
    while end - start > 2 and found[end - 1].word in _TRAILING:
        end -= 1
    at = _verb_at(found, start, end)
    if at is None and inherited is not None and start < end:
        head = found[start].word
        step = start
        while step < end and found[step].word in speech.ADVERBS | speech.NEGATIONS:
            step += 1
        head = found[step].word if step < end else ""
        if head in speech.COPULAS or speech.verb_of(head):
            at = step
    if at is None:
        return []
    subject = _trimmed(found, start, at)
    if subject is None or (
        subject[1] - subject[0] == 1 and found[subject[0]].word in ("it", "he", "she", "they")
    ):
        if inherited is None:
            if subject is None:
                return []
            slot = Slot("subject", *subject)
        else:
            slot = inherited
    else:
        slot = Slot("subject", *subject)
    negative, doubtful, ended = _mood(found, start, at)
    rest = at + 1
    while rest < end and found[rest].word in speech.ADVERBS | speech.NEGATIONS:
        negative = negative or found[rest].word in speech.NEGATIONS
        doubtful = doubtful or found[rest].word in speech.DOUBT
        ended = ended or found[rest].word == "longer"
        rest += 1
    negative = negative or (found[at].word in speech.NEGATIONS)
    if rest < end and found[at].word not in speech.COPULAS and found[rest].word in (
        "no", "nothing", "nobody", "none", "neither"):  # fmt: skip
        negative = True
        rest += 1
    verb = "be" if found[at].word in speech.COPULAS else speech.verb_of(found[at].word) or "have"
    claim = Claim(verb, (), negative, ended, doubtful)
    if verb == "be":
        return _copular(found, claim, slot, rest, end)
    return _verbal(found, claim, slot, rest, end)


def _mood(found: Sequence[Token], start: int, at: int) -> tuple[bool, bool, bool]:
    near = [token.word for token in found[start:at]]
    negative = any(word in speech.NEGATIONS - {"no"} for word in near)
    ended = ("no", "longer") in pairwise(near)
    return negative or ended, any(word in speech.DOUBT for word in near), ended


def _trimmed(found: Sequence[Token], start: int, end: int) -> Span | None:
    """A subject without helpers, adverbs and what says only when."""
    while end > start and (
        found[end - 1].word
        in speech.ADVERBS | speech.AUXILIARIES | speech.NEGATIONS | {"who", "which", "that", "no"}
    ):
        end -= 1
    changed = True
    while changed and start < end:
        changed = False
        if found[start].word in speech.ADVERBS | {"that", "then"} and end - start > 1:
            start, changed = start + 1, True
            continue
        for stop in range(min(end - 1, start + 5), start, -1):
            lead = [token.word for token in found[start:stop]]
            if _is_lead(lead) and (
                "," in found[stop - 1].after
                or found[stop].word in _SUBJECT_STARTS
                or found[stop].owner
            ):
                start, changed = stop, True
                break
    return (start, end) if start < end else None


def _is_lead(lead: Sequence[str]) -> bool:
    """Whether words before a subject say only when: "last week", "in March 2024", "since May"."""
    times = speech.TIME_WORDS | speech.WEEKDAYS | speech.MONTHS
    small = speech.PREPOSITIONS | speech.these("last next this the of a each every ago as")
    return any(word in times or word[:4].isdigit() for word in lead) and all(
        word in times or word in small or word[:1].isdigit() for word in lead
    )


def _without_reason(found: Sequence[Token], start: int, end: int) -> int:
    """The end of the clause before "because …", ", which …" and what stands behind."""
    for at in range(start + 2, end):
        if found[at].word == "because" or (
            "," in found[at - 1].after
            and found[at].word in _SUBORDINATE | {"which", "who", "where", "when", "as"}
        ):
            return at
    return end


def _labelled(found: Sequence[Token], start: int, end: int, *, alone: bool) -> Claim | None:
    """ "wifi password: plover88", "deadline = Friday", "gate → 5"."""
    for at in range(start, min(end - 1, start + 8)):
        token = found[at]
        parted = token.after.startswith(":") or token.after.endswith((":", "："))
        if found[at].mark and at > start and token.raw not in ("&", "+", "/", "*", "•"):
            return Claim("be", (Slot("key", start, at), Slot("value", at + 1, end)))
        if parted:
            if _verb_at(found, start, at + 1) is not None:
                return None
            return Claim("be", (Slot("key", start, at + 1), Slot("value", at + 1, end)))
    if (
        alone
        and _verb_at(found, start, end) is None
        and end - start > 1
        and found[end - 1].numeric
        and not any(found[i].numeric for i in range(start, end - 1))
    ):
        return Claim("be", (Slot("key", start, end - 1), Slot("value", end - 1, end)))
    return None


def _copular(
    found: Sequence[Token], claim: Claim, subject: Slot, rest: int, end: int
) -> list[Claim]:
    if rest >= end:
        return []
    head = found[rest].word
    base = speech.verb_of(head)
    key = Slot("key", subject.first, subject.last)
    following = found[rest + 1].word if rest + 1 < end else ""
    participle = base and (
        head.endswith(("ed", "en", "ing")) or head in LEMMAS or following == "by" or head == "born"
    ) and not found[rest].capital  # fmt: skip
    if participle and base in speech.NAMERS and rest + 1 < end:
        return [replace(claim, verb="call", slots=(key, Slot("value", rest + 1, end)))]
    if participle and base in speech.CHANGES:
        to = _first(found, rest + 1, end, "to")
        if to is not None and to + 1 < end:
            value = Slot("value", to + 1, _until(found, to + 1, end, {"from"}))
            return [replace(claim, slots=(key, value))]
    alone = rest + 1 >= end
    if participle and alone and base not in speech.CHANGES and not head.endswith("ing"):
        return [replace(claim, slots=(key, Slot("value", rest, end)))]
    if participle and (following in speech.PREPOSITIONS or alone):
        if head.endswith("ing"):
            return _verbal(found, replace(claim, verb=base), subject, rest + 1, end)
        return _passive(found, replace(claim, verb=base), subject, rest + 1, end)
    if participle and head.endswith("ing"):
        return _verbal(found, replace(claim, verb=base), subject, rest + 1, end)
    if head in speech.PREPOSITIONS:
        parts = _by_preposition(found, rest, end)
        return [replace(claim, slots=(key, *parts))]
    return [replace(claim, slots=(key, Slot("value", rest, end)))]


def _passive(
    found: Sequence[Token], claim: Claim, subject: Slot, rest: int, end: int
) -> list[Claim]:
    """The agent is the subject, what was the subject the object."""
    parts = _by_preposition(found, rest, end)
    slots = [Slot("object", subject.first, subject.last)]
    slots += [replace(slot, role="subject") if slot.role == "by" else slot for slot in parts]
    return [replace(claim, slots=tuple(slots))]


def _verbal(
    found: Sequence[Token], claim: Claim, subject: Slot, rest: int, end: int
) -> list[Claim]:
    owner = replace(subject, role="subject")
    if claim.verb in speech.CHANGES:
        changed = _changed(found, claim, owner, rest, end)
        if changed is not None:
            return [changed]
    slots = [owner]
    stop = rest
    while stop < end and (
        found[stop].word not in speech.PREPOSITIONS
        or (stop > rest and found[stop - 1].word == "of")
        or (stop == rest and found[stop].numeric)
    ):
        stop += 1
    if stop > rest:
        slots += _objects(found, rest, stop)
    slots += _by_preposition(found, stop, end)
    return [replace(claim, slots=tuple(slots))]


def _changed(
    found: Sequence[Token], claim: Claim, subject: Slot, rest: int, end: int
) -> Claim | None:
    """ "my plan changed to gold", "we moved the review to Friday": what holds from now on."""
    to = _first(found, rest, end, "to")
    if to is None or to + 1 >= end:
        return None
    value = Slot("value", to + 1, _until(found, to + 1, end, {"from"}))
    stop = _until(found, rest, to, {"from"})
    about = found[subject.first].word in speech.SELF | {"they", "he", "she"}
    if stop > rest:
        key = Slot("key", rest, stop)
    elif about and subject.last - subject.first == 1:
        return None
    else:
        key = Slot("key", subject.first, subject.last)
    return replace(claim, verb="be", slots=(key, value))


def _objects(found: Sequence[Token], rest: int, stop: int) -> list[Slot]:
    """One object, or a receiver and an object: "lent Boris the ladder"."""
    for at in range(rest + 1, min(stop, rest + 4)):
        receiver = all(found[i].capital or found[i].word in speech.SELF | {"him", "her", "them"}
                       for i in range(rest, at))  # fmt: skip
        if receiver and (
            found[at].word in speech.DETERMINERS
            or (found[at].numeric and not found[at - 1].numeric and at + 1 < stop)
        ):
            return [Slot("to", rest, at), Slot("object", at, stop)]
    return [Slot("object", rest, stop)]


def _by_preposition(found: Sequence[Token], start: int, end: int) -> list[Slot]:
    slots: list[Slot] = []
    at = start
    while at < end:
        role = found[at].word if found[at].word in speech.PREPOSITIONS else "object"
        first = at + (role != "object")
        if first < end and role != "object" and found[first].word in speech.PREPOSITIONS | {"of"}:
            first += 1
        stop = max(first, at + 1)
        while stop < end and not (found[stop].word in speech.PREPOSITIONS and stop > first):
            stop += 1
        if first < stop:
            slots.append(Slot(role, first, stop))
        at = max(stop, at + 1)
    return slots


def _first(found: Sequence[Token], start: int, end: int, word: str) -> int | None:
    return next((i for i in range(start, end) if found[i].word == word), None)


def _until(found: Sequence[Token], start: int, end: int, stops: set[str]) -> int:
    return next((i for i in range(start, end) if found[i].word in stops), end)


# -- scripts without spaces ------------------------------------------------------------------------

_DENSE_COPULA = re.compile(r"是|为|為|：|は|(?<=\S)叫做?|等于")
_DENSE_TAIL = re.compile(r"(?:です|でした|だ|である)?[。！!.]*$")


def _dense(text: str, found: Sequence[Token]) -> Statement | None:
    """Chinese and Japanese: "A 是 B", "A は B です"; None for every other text."""
    letters = [c for c in text if c.isalpha()]
    if 2 * sum(map(words.is_dense, letters)) < len(letters) or not letters:
        return None
    copula = _DENSE_COPULA.search(text)
    if copula is None or not text[: copula.start()].strip():
        return None
    tail = _DENSE_TAIL.search(text, copula.end())
    end = tail.start() if tail else len(text)
    start = copula.end()
    if end <= start:
        return None
    key, value = text[: copula.start()], text[start:end]
    negative = text[: copula.start()].endswith("不")
    parts = (
        Token(key.strip(), 0, copula.start(), key.strip(), "", False, False),
        Token(value.strip(), start, end, value.strip(), "", False, False),
    )
    claim = Claim("be", (Slot("key", 0, 1), Slot("value", 1, 2)), negative)
    return Statement(text, parts, (claim,))


def dense_words(text: str) -> frozenset[str]:
    """The pairs of characters that a text without spaces is found by; single ones where alone."""
    found: set[str] = set()
    for token in words.tokens(DENSE_STOP.sub(" ", text)):
        for word in token.words:
            if words.is_dense(word) and len(word) == 1 and len(token.raw) > 1:
                continue
            found.add(word)
    return frozenset(found)


def is_dense(text: str) -> bool:
    """Whether the text is mostly of a script without spaces."""
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and 2 * sum(map(words.is_dense, letters)) >= len(letters)


def carries(token: Token) -> bool:
    """Whether a token says something: it is neither a word that joins nor a mark."""
    if token.mark:
        return False
    if token.raw in ("US", "IT", "UK", "AM", "PM") or (len(token.raw) == 1 and token.capital):
        return token.word != "i"
    if token.capital and token.word in ("may", "will"):
        return True
    return token.word not in _IDLE
