"""Many texts at once into what the memory keeps of them, compiled: two to six microseconds a fact.

Texts lie one behind the other in UTF-8, parted by `PARTER`. The kernel reads one after the other
through the vocabulary's table; where it meets unknown tokens it lists those of the rest, too, and
returns, so that Python can tell them; then it goes on with the first text that waited.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from workbench.kernels import inner, kernel
from workbench.memory.facts.parsing import scanning
from workbench.memory.facts.parsing.characters import Bytes, Numbers, asks_by_mark, begins_bare
from workbench.memory.facts.parsing.classes import (
    ALNUM,
    NOUN_HASH,
    NUMERIC,
    ROLE_HASH,
    VERB_HASH,
    VERBS,
)
from workbench.memory.facts.parsing.phrases import Found, asks
from workbench.memory.facts.parsing.scanning import scan
from workbench.memory.facts.parsing.sentences import MOST
from workbench.memory.facts.parsing.settling import (
    DOES,
    DOING,
    PLAIN,
    about_of,
    content,
    topic,
    value_of,
)
from workbench.memory.facts.parsing.slots import DOUBTFUL, ENDED, HEADER, MOST_TOKENS, NEGATIVE
from workbench.memory.facts.parsing.slots import claims as claims_of
from workbench.memory.hashing import FORMS, OFFSET, combine, finish, step
from workbench.store import claim_records

#: Why a text is no statement; 0 says that it is one, `LEFT` that Python has to read it.
STORED, EMPTY, QUESTION, CHATTER, LEFT = 0, 1, 2, 3, 4

#: How the kernel returns: all done, words unknown, no room left for what comes out.
DONE, UNKNOWN, FULL = 0, 1, 2
#: Where it is: text, byte, fill of terms, claims, records, spelled and unknown words; how many
#: texts Python has to look at.
(TEXT, BYTE, TERMS, CLAIMS, RECORDS, SPELLED, UNKNOWNS, OPEN) = range(8)
STATE = 8
#: What comes out of text i, in column i + 1: why it is none, the hash of what is the same (0:
#: Python counts it), and where its terms, claims and record end.
(REASON, SAME, TERMS_END, CLAIMS_END, RECORD_END) = range(5)
HEAD = 5

_RELATIONS = b"".join(
    bytes((len(name),)) + name
    for name in ((verb if verb != "be" else "is").encode() for verb in VERBS)
)
_RELATION = np.frombuffer(_RELATIONS, np.uint8)
_RELATION_AT = np.cumsum([0, *(1 + len(v if v != "be" else "is") for v in VERBS)])
_FEW = 48


@inner
def _sorted_distinct(values: Numbers, start: int, end: int) -> int:
    """Sort a part of an array and close it up to its distinct values; where it ends then."""
    gap = 1
    if end - start > _FEW:
        while gap < (end - start) // 9:
            gap = 3 * gap + 1
    while gap > 0:
        for at in range(start + gap, end):
            value = values[at]
            place = at
            while place >= start + gap and values[place - gap] > value:
                values[place] = values[place - gap]
                place -= gap
            values[place] = value
        gap //= 3
    fill = start
    for at in range(start, end):
        if at == start or values[at] != values[at - 1]:
            values[fill] = values[at]
            fill += 1
    return fill


@inner
def _put(records: Bytes, fill: int, number: int) -> int:
    while number > 0x7F:
        records[fill] = number & 0x7F | 0x80
        fill += 1
        number >>= 7
    records[fill] = number
    return fill + 1


@inner
def _put_eight(records: Bytes, fill: int, number: int) -> int:
    for _ in range(8):
        records[fill] = number & 0xFF
        fill += 1
        number >>= 8
    return fill


@inner
def _put_span(records: Bytes, fill: int, work: Numbers, tape: Numbers, slot: int) -> int:
    start = end = 0
    if slot >= 0:
        start = work[scanning.START, tape[slot + 1]]
        end = work[scanning.END, tape[slot + 2] - 1]
    return _put(records, _put(records, fill, start), end - start)


@inner
def _gathered(work: Numbers, picks: Numbers, count: int) -> None:
    """Replace picks by the numbers of the words picked."""
    for at in range(count):
        pick = picks[at]
        if pick & PLAIN:
            number = work[scanning.PLAIN, pick >> 3]
        else:
            number = work[scanning.CANON, pick >> 3]
        picks[at] = number ^ DOING if pick & DOES else number


@inner
def _claim(
    found: Found,
    work: Numbers,
    tape: Numbers,
    claim: int,
    picks: Numbers,
    claims: Numbers,
    place: int,
    records: Bytes,
    fill: int,
) -> int:
    """Write a claim to its column and its record; where the record ends."""
    verb = tape[claim]
    flags = tape[claim + 1]
    count = content(found, tape, claim, picks)
    _gathered(work, picks, count)
    said = combine(VERB_HASH[verb], picks, count)
    head, role, noun, count = topic(found, tape, claim, picks)
    settled = 0
    if head:
        _gathered(work, picks, count)
        if noun >= 0:
            picks[count] = NOUN_HASH[noun]
            count += 1
        relation = VERB_HASH[head]
        if role:
            picks[count] = ROLE_HASH[role]
            relation = combine(relation, picks[count:], 1)
        settled = combine(relation, picks, count)
    claims[0, place] = settled
    claims[1, place] = said
    claims[2, place] = flags & NEGATIVE
    kind = flags & (NEGATIVE | ENDED | DOUBTFUL)
    if settled:
        kind |= claim_records.TOPICAL
    records[fill] = kind
    fill = _put_span(records, fill + 1, work, tape, about_of(tape, claim))
    fill = _put_span(records, fill, work, tape, value_of(tape, claim))
    for at in range(_RELATION_AT[verb], _RELATION_AT[verb + 1]):
        records[fill] = _RELATION[at]
        fill += 1
    if settled:
        fill = _put_eight(records, fill, settled)
    return _put_eight(records, fill, said)


@inner
def _reason(
    data: Bytes, begin: int, stop: int, found: Found, work: Numbers, out: Numbers, few: int
) -> int:
    """Why a text is no statement, as far as its tokens tell; `few` of them are in the columns."""
    bare = few > 0 and begins_bare(data, begin, work[scanning.FROM_BYTE, 0])
    if asks_by_mark(data, begin, stop) or asks(found, few, bare):
        return QUESTION
    if not out[scanning.ALL] & ALNUM and out[scanning.COUNT] < 2:
        return EMPTY
    return STORED if out[scanning.MEANT] else CHATTER


@kernel
def parse(
    data: Bytes,
    table: Numbers,
    forms: Numbers,
    work: Numbers,
    tape: Numbers,
    heads: Numbers,
    terms: Numbers,
    claims: Numbers,
    records: Bytes,
    spelled: Numbers,
    unknown: Numbers,
    state: Numbers,
    count: int,
    weighed: bool,
) -> int:
    """Read `count` texts from `state` on; `DONE`, or why it stopped before (see there)."""
    out = np.zeros(scanning.SCAN + 2, np.int64)
    word = np.empty(256, np.int64)
    picks = np.empty(4 * MOST_TOKENS + 16, np.int64)
    found = Found(
        work[scanning.BITS],
        work[scanning.MARKS],
        work[scanning.SMALL],
        work[scanning.VERB],
        work[scanning.LEAD],
        work[scanning.GAP],
    )
    text, begin = state[TEXT], state[BYTE]
    out[scanning.UNKNOWN] = 0
    waits = False
    while text < count:
        out[scanning.TERMS] = state[TERMS]
        out[scanning.WORDS] = state[SPELLED]
        scan(data, begin, table, forms, work, word, terms, spelled, unknown, out)
        stop = out[scanning.STOP]
        if out[scanning.WAITS]:
            waits = True
        if waits:
            if out[scanning.UNKNOWN] >= unknown.shape[0]:
                break
            text += 1
            begin = stop + 1
            continue
        room = records.size - state[RECORDS] > MOST_TOKENS * claim_records.MOST_BYTES + 1
        if out[scanning.TERMS] < 0 or not room or claims.shape[1] - state[CLAIMS] < MOST_TOKENS:
            return FULL
        reason = LEFT
        fill = 0
        if not out[scanning.ODD]:
            few = min(out[scanning.COUNT], MOST)
            reason = _reason(data, begin, stop, found, work, out, few)
            if reason == STORED:
                bare = work[scanning.FROM_BYTE, 0] == begin
                fill = claims_of(found, few, bare, tape)
                if (
                    fill == 0
                    and not weighed
                    and out[scanning.COUNT] < 3
                    and not out[scanning.ALL] & NUMERIC
                    and not out[scanning.COLONS]
                ):
                    reason = CHATTER
        if reason == STORED:
            end = state[RECORDS]
            at = 0
            if fill:
                records[end] = claim_records.VERSION
                end += 1
            while at < fill:
                end = _claim(found, work, tape, at, picks, claims, state[CLAIMS], records, end)
                state[CLAIMS] += 1
                at += HEADER + 3 * tape[at + 2]
            state[RECORDS] = end
            state[TERMS] = _sorted_distinct(terms, state[TERMS], out[scanning.TERMS])
            for at in range(state[SPELLED], out[scanning.WORDS]):
                row = spelled[at]
                if not table[row, scanning.IDS] & scanning.TOLD:
                    table[row, scanning.IDS] |= scanning.TOLD
                    spelled[state[SPELLED]] = table[row, scanning.NUMBER]
                    state[SPELLED] += 1
        text += 1
        heads[REASON, text] = reason
        heads[SAME, text] = out[scanning.SAME]
        if out[scanning.WIDE] or reason == LEFT:
            heads[SAME, text] = 0
            state[OPEN] += 1
        heads[TERMS_END, text] = state[TERMS]
        heads[CLAIMS_END, text] = state[CLAIMS]
        heads[RECORD_END, text] = state[RECORDS]
        begin = stop + 1
        state[TEXT] = text
        state[BYTE] = begin
    state[UNKNOWNS] = out[scanning.UNKNOWN]
    return UNKNOWN if waits else DONE


@kernel
def text_hashes(data: Bytes, numbers: Numbers) -> None:
    """The hash of each of the texts that are parted in `data`."""
    at = 0
    for text in range(numbers.size):
        number = OFFSET
        while at < data.size and data[at] != scanning.PARTER:
            number = step(number, data[at])
            at += 1
        at += 1
        numbers[text] = finish(number)


def hashes(texts: Sequence[str]) -> Numbers:
    """`hashing.text_hash` of texts in which no `PARTER` is, signed; where kernels are ready."""
    joined = chr(scanning.PARTER).join(texts)
    data = np.frombuffer(joined.encode("utf-8", "surrogatepass"), np.uint8)
    numbers = np.zeros(len(texts), np.int64)
    text_hashes(data, numbers)
    return numbers


def either_of(words: Sequence[str]) -> NDArray[np.uint64]:
    """`hashing.either` of each of these words, one row each; where kernels are ready.

    They can only be read, as those of `seeking.hashes`: to a kernel, others are another type.
    """
    spelled = [text for word in words for text in (word, f"{FORMS}\x1f{word}")]
    found: NDArray[np.uint64] = hashes(spelled).view(np.uint64).reshape(len(words), 2)
    found.setflags(write=False)
    return found
