"""Corrections of the preceding statement: “No wait, I mean 7:41”, “Oops, not 12 but 21”.

A correction begins (or ends) with a retraction, and gives a phrase, a clause that identifies one
thing with another, or the right person; the former statement is withdrawn.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from ingest.language.amendments import Amendment, amended
from ingest.language.analyse import analyse
from ingest.language.coreference import resolved
from ingest.language.phrases import PhraseParser
from ingest.language.records import Clause, Phrase, Sentence, Token
from ingest.language.times import is_time
from ingest.language.word_lists import words

_ROLES = ("complement", "object", "second", "subject")
_MARKS = (",", ":", ".", "-", "–", "—", ";", "!")
_INTERJECTIONS = ("oh", "ah", "well", "hmm", "um")
#: Words that retract only before a mark.
_AMBIGUOUS = ("no", "wait", "rather", "wrong", "correction")
#: Words of the longest retraction, tokens of the longest remark, and preceding clauses that may be
#: corrected.
_LONGEST, _REMARK, _WINDOW = 4, 8, 4
#: Words of a statement that may be a fragment, and punctuation around words.
_FRAGMENT, _PUNCTUATION = 6, '.,;:!?"“”()–—-'


def corrected(
    sentence: Sentence, clauses: list[Clause], context: Sequence[Clause]
) -> tuple[list[Clause], Clause | None]:
    """The clauses with corrections completed, and the clause that they withdraw."""
    recent = [clause for clause in reversed(context[-_WINDOW:]) if clause.subject is not None]
    if not recent:
        return clauses, None
    begin, end, retracted = _bounds(sentence.tokens)
    if retracted:
        marker = begin + _marker_length(sentence.tokens, begin)
        # “sorry, I meant my number is …”
        lead = marker if _is_explicit(sentence.tokens, begin, marker) else begin
        span = sentence.tokens[lead:end]
        inner = sentence.text[span[0].start : span[-1].end] if span else ""
        fragments = [clause for part in analyse(inner).sentences[:1] for clause in part.clauses]
        if fragments and _is_pro_verb(fragments[0]):
            revised = replace(recent[0], subject=fragments[0].subject)
            adverbs = (*revised.adverbs, "instead")
            return [replace(revised, adverbs=adverbs)], replace(recent[0], negated=True)
        fragments = resolved(fragments, context)
        first = next(iter(fragments), None)
        for clause in recent if first is not None and not first.negated else ():
            if _contradicts(first, clause):
                return fragments, replace(clause, negated=True)
    for clause in recent:
        for amendment in _amendments(sentence, begin, end, clause, retracted=retracted):
            changed = amended(clause, amendment)
            if changed is not None:
                adverbs = (*changed.adverbs, "instead")
                return [replace(changed, adverbs=adverbs)], replace(clause, negated=True)
    return clauses, None


@cache
def _signals() -> frozenset[str]:
    """Words that a longer statement needs to refer back."""
    single = {phrase for phrase in words("take_back") if "_" not in phrase}
    return words("anaphor") | words("retraction") | words("meaning_alone") | single | {"not"}


@lru_cache(4000)
def points_back(text: str) -> bool:
    """Whether a statement may refer back: “she”, “no, 14”, “the room”."""
    heard = [word.strip(_PUNCTUATION) for word in text.lower().replace("’", "'").split()]
    stems = {word.split("'")[0] for word in heard}
    ends = heard[-1:] and (heard[-1] in words("elliptic") or heard[-1].endswith("n't"))
    if len(heard) > _FRAGMENT and not ends and _signals().isdisjoint(stems):
        # most do not, and need no analysis for it
        return False
    for sentence in analyse(text).sentences:
        tokens = sentence.tokens
        low = {token.low for token in tokens}
        if not sentence.clauses or not low.isdisjoint(words("anaphor")):
            return True
        if _bounds(tokens)[2] or _is_explicit(tokens, 0, _marker_length(tokens, 0)):
            return True
        if tokens[-1].low in words("elliptic") or any(map(_is_minimal, sentence.clauses)):
            return True
    return False


def _is_minimal(clause: Clause) -> bool:
    """Whether a clause gives a value of “the day”, “the new room”, without an owner."""
    theme = clause.object if clause.verb in words("change") else clause.subject
    theme = theme or clause.subject
    return clause.verb in {"be", *words("change")} and theme is not None and _is_attribute(theme)


def _is_attribute(phrase: Phrase) -> bool:
    """Whether a phrase is “the room”, “new room”, without an owner."""
    lows = phrase.text.lower().split()
    return phrase.owner is None and phrase.kind != "name" and not {"the", "new"}.isdisjoint(lows)


def _contradicts(new: Clause | None, old: Clause) -> bool:
    """Whether a clause equals an older one except for the phrase of one role."""
    if new is None or new.verb != old.verb or new.subject is None or old.subject is None:
        return False
    if new.subject.head != old.subject.head or old.negated or new.tense != old.tense:
        return False
    if (
        new.subject.owner
        and old.subject.owner
        and new.subject.owner.words != old.subject.owner.words
    ):
        # Bo's number corrects nobody else's
        return False
    pairs = [(new.role(role), old.role(role)) for role in _ROLES]
    pairs += [(phrase, old.role(preposition)) for preposition, phrase in new.prepositions]
    return any(
        left is not None and right is not None and left.text.lower() != right.text.lower()
        for left, right in pairs
        if left is not new.subject
    )


def _is_pro_verb(clause: Clause) -> bool:
    """Whether a clause is “Jonas is” or “Jonas does it”: a new subject for the same predicate."""
    phrase = clause.object
    simple = clause.complement is None and not clause.prepositions
    empty = phrase is None or (phrase.kind == "pronoun" and phrase.head in ("it", "that", "this"))
    personal = clause.subject is not None and clause.subject.kind == "name"
    return clause.verb in ("be", "do") and simple and empty and personal


def _bounds(tokens: Sequence[Token]) -> tuple[int, int, bool]:
    """The tokens without retractions at both ends, and whether there are any."""
    begin = _opening(tokens)
    end = len(tokens)
    marks = [at for at in range(begin, end) if tokens[at].low in _MARKS]
    if marks and _takes_back(tokens[marks[-1] + 1 :]):
        end = marks[-1]
    return begin, end, bool(begin) or end < len(tokens)


def _opening(tokens: Sequence[Token]) -> int:
    """The number of tokens of a retraction at the beginning; 0 for none."""
    at = end = 0
    while at < len(tokens):
        if tokens[at].low in (*_MARKS, *_INTERJECTIONS):
            at += 1
            continue
        length = _match_length(tokens, at, "take_back")
        if not length:
            break
        at = end = at + length
    marked = end < len(tokens) and tokens[end].low in _MARKS
    while 0 < end < len(tokens) and tokens[end].low in _MARKS:
        end += 1
    denied = end < len(tokens) and tokens[end].low == "not"
    explicit = marked or denied or _marker_length(tokens, end)
    # “No parking”, “wait ten minutes” take nothing back
    if end and (explicit or tokens[end - 1].low not in _AMBIGUOUS):
        return end
    low = [token.low for token in tokens]
    begin = 0
    while begin < len(low) and low[begin] in (*_MARKS, *_INTERJECTIONS):
        begin += 1
    cut = begin
    while cut < len(low) and low[cut] not in (*_MARKS, "but"):
        cut += 1
    return cut + 1 if cut < len(low) and _takes_back(tokens[begin:cut]) else 0


def _takes_back(tokens: Sequence[Token]) -> bool:
    """Whether a remark admits an error: “I mixed up the digits”, “my fault”."""
    lows = {token.low for token in tokens}
    return len(tokens) <= _REMARK and not lows.isdisjoint(words("retraction"))


def _match_length(tokens: Sequence[Token], at: int, name: str) -> int:
    """The number of tokens from here on that are one phrase of a word class."""
    listing, low = words(name), [token.low for token in tokens[at : at + _LONGEST]]
    for length in range(len(low), 0, -1):
        if "_".join(low[:length]) in listing:
            return length
    return 0


def _marker_length(tokens: Sequence[Token], at: int) -> int:
    """The number of tokens that introduce a correction: “it should say”, “the right one is”."""
    low = [token.low for token in tokens[at:]]
    start = 1 if low[:1] and low[0] in words("meant_by") else 0
    if low[:1] == ["the"] and len(low) > 2 and low[1] in words("right"):
        start = 3
    end = start
    while end < len(low) and low[end] in words("meaning"):
        end += 1
    if end == start or (not start and low[0] not in words("meaning_alone")):
        return 0
    if not start and low[end : end + 1] in (["it"], ["that"]):
        # “correct that to 10”
        end += 1 + (low[end + 1 : end + 2] == ["to"])
    return end


def _is_explicit(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Whether a correction is explicit, and not only about “it”."""
    lows = {token.low for token in tokens[at:end]}
    return not lows.isdisjoint(words("meaning_alone"))


def _amendments(
    sentence: Sentence, begin: int, end: int, clause: Clause, *, retracted: bool
) -> Iterator[Amendment]:
    """The amendments of a sentence without a clause of its own."""
    tokens = sentence.tokens[:end]
    marker = _marker_length(tokens, begin)
    start = begin + marker
    lows = [token.low for token in tokens[start:]]
    parser = PhraseParser(sentence.text, tokens)
    denied = "not" in lows[:1]
    if retracted or (marker and _is_explicit(tokens, begin, start)) or denied:
        yield from _contrasted(parser, tokens, start, lows, denied=denied)
        single = _phrase(parser, tokens, start, len(tokens)) if not denied else None
        if single is not None:
            yield Amendment(*single)
        for cut in _cuts(tokens, start) if retracted or marker else ():
            part = _phrase(parser, tokens, start, cut) if not denied else None
            if part is not None:
                yield Amendment(*part)
    elif "not" in lows or "instead" in lows:
        yield from _contrasted(parser, tokens, start, lows, denied=False)
    for cut in (*_cuts(tokens, 0), len(tokens)):
        part = _phrase(parser, tokens, 0, cut)
        old = _same_sort(clause, part[1]) if part is not None else None
        if part is not None and old is not None:
            yield Amendment(*part, old)
    yield from _bridged(sentence.clauses, clause)


def _contrasted(
    parser: PhraseParser, tokens: Sequence[Token], start: int, lows: list[str], *, denied: bool
) -> Iterator[Amendment]:
    """“10, not 8”, “not at 8 but at 10”, “not at 8, at 10”."""
    for sign, size in (("not", 1), ("instead", 2), ("rather", 2)) if not denied else (("but", 1),):
        if sign in lows:
            cut = start + lows.index(sign)
            contrast = _phrase(parser, tokens, start + denied, cut)
            other = _phrase(parser, tokens, cut + size, len(tokens))
            if contrast is not None and other is not None:
                new, old = (other, contrast) if denied else (contrast, other)
                yield Amendment(*new, old[1])
    if denied and "," in lows:
        cut = start + lows.index(",")
        contrast = _phrase(parser, tokens, start + 1, cut)
        # “not the hall, sorry, the studio”
        remark = next((k for k in _cuts(tokens, cut) if _takes_back(tokens[cut + 1 : k])), cut)
        other = _phrase(parser, tokens, remark + 1, len(tokens))
        if contrast is not None and other is not None:
            yield Amendment(*other, contrast[1])


def _cuts(tokens: Sequence[Token], start: int) -> list[int]:
    return [at for at in range(start + 1, len(tokens)) if tokens[at].low in _MARKS]


def _same_sort(clause: Clause, new: Phrase) -> Phrase | None:
    """The phrase of a clause that a fragment replaces: “platform 6” after “platform 4”."""
    figures = any(map(str.isdigit, new.text))
    for phrase in (clause.object, clause.complement, *(t for _, t in clause.prepositions)):
        if phrase is None or phrase.kind != new.kind or phrase.head != new.head:
            continue
        if figures and any(map(str.isdigit, phrase.text)) and phrase.text != new.text:
            return phrase
    return None


def _bridged(clauses: Sequence[Clause], old: Clause) -> Iterator[Amendment]:
    """“The room is 14 now”, “the day has changed to Tuesday”: with the owner from the context."""
    for clause in clauses:
        topic, new = clause.subject or clause.object, clause.complement
        if clause.passive or clause.subject is None or clause.verb in words("change"):
            topic = clause.object or clause.subject
            new = clause.role("to") or new
        if topic is None or new is None or clause.negated or not _is_attribute(topic):
            continue
        for preposition, phrase in (*old.prepositions, ("", old.complement)):
            if old.negated or (phrase is not None and phrase.determiner):
                # “Arne is no longer the treasurer. The treasurer is Wilma.”
                continue
            timed = topic.head in words("time_noun") and is_time(phrase, preposition)
            if phrase is not None and (timed or phrase.head == topic.head):
                yield Amendment("", new, phrase)


def _phrase(
    parser: PhraseParser, tokens: Sequence[Token], start: int, end: int
) -> tuple[str, Phrase] | None:
    """The tokens of a span as a phrase with its preposition; None if they are none."""
    while start < end and tokens[start].low in _MARKS:
        start += 1
    while start < end and tokens[end - 1].low in _MARKS:
        end -= 1
    if start < end and tokens[end - 1].low == "now":
        end -= 1
    preposition = ""
    if end - start > 1 and "I" in tokens[start].tags and "D" not in tokens[start].tags:
        preposition, start = tokens[start].low, start + 1
    phrase = parser.phrase(start, end) if start < end else None
    return None if phrase is None or phrase.kind in ("clause", "pronoun") else (preposition, phrase)
