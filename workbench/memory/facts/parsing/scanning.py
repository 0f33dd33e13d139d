"""UTF-8 bytes of a text into the columns of its tokens; compiled, and told as `reading` tells them.

A token is a row of the vocabulary's table, looked up by the hash of its bytes; those with digits
(keys, amounts, dates) are told here, since most of them occur once. Texts with letters of scripts
that need more than that are left to Python: `ODD` says so.
"""

from workbench.kernels import inner
from workbench.memory.facts.parsing.characters import (
    ASCII,
    SPACE,
    UPPER,
    Bytes,
    Numbers,
    characters,
    closes_at,
    gap_between,
    is_odd,
    marks_behind,
    opens_at,
    space_at,
)
from workbench.memory.facts.parsing.classes import AM, CARRIES, CHATTER, GLUED, NUMERIC
from workbench.memory.facts.parsing.numerals import is_numeral, numeral
from workbench.memory.facts.parsing.sentences import MOST
from workbench.memory.hashing import OFFSET, finish, step

#: Parts the texts of a batch; white space wherever it stands in one.
PARTER = 0x1E

#: Rows of the work space, a column for each token: what `Found` has, where the token stands in
#: characters and in bytes, the numbers of its word for topics.
(BITS, MARKS, SMALL, VERB, LEAD, GAP, START, END, FROM_BYTE, TO_BYTE, CANON, PLAIN) = range(12)
WORK = (12, MOST)

#: Columns of the vocabulary's table: the hash of the token, of its word, its bits (`PENDING` before
#: they are known), its numbers for topics, ids (`unpacked` with these shifts), where its forms
#: begin, and the number of the entry.
(KEY, HASH, CLASSES, CANONICAL, AS_IT_IS, IDS, FORM, NUMBER) = range(8)
ROW = 8
PENDING = -1
VERB_SHIFT, LEAD_SHIFT, FORMS_SHIFT, TOLD = 8, 20, 32, 1 << 48

#: What came out of a scan: tokens, the byte behind the text, whether Python has to read it or words
#: are unknown, whether letters beyond ASCII are in it, bits of all tokens together, tokens that
#: mean something, the hash of what is the same in all ways to write it, fill of terms and words.
(COUNT, STOP, ODD, WIDE, ALL, MEANT, SAME, TERMS, WORDS, UNKNOWN, COLONS, WAITS) = range(12)
SCAN = 12


@inner
def _lookup(data: Bytes, start: int, end: int, table: Numbers) -> int:
    """The row of a token, or -1 - the row that is free for it."""
    number = OFFSET
    for at in range(start, end):
        number = step(number, data[at])
    number = finish(number)
    mask = table.shape[0] - 1
    row: int = (number >> 20) & mask
    while table[row, KEY] != 0:
        if table[row, KEY] == number:
            return row
        row = (row + 1) & mask
    return -1 - row


@inner
def _note(
    data: Bytes, start: int, end: int, row: int, table: Numbers, unknown: Numbers, out: Numbers
) -> None:
    """Put an unknown token on the list, if there is room, and keep its row for it."""
    place = out[UNKNOWN]
    if place >= unknown.shape[0]:
        return
    number = OFFSET
    for at in range(start, end):
        number = step(number, data[at])
    table[row, KEY] = finish(number)
    table[row, CLASSES] = PENDING
    unknown[place, 0] = row
    unknown[place, 1] = start
    unknown[place, 2] = end
    out[UNKNOWN] = place + 1


# -- a text ----------------------------------------------------------------------------------------


@inner
def scan(
    data: Bytes,
    begin: int,
    table: Numbers,
    forms: Numbers,
    work: Numbers,
    word: Numbers,
    terms: Numbers,
    spelled: Numbers,
    unknown: Numbers,
    out: Numbers,
) -> None:
    """The tokens of the text that begins at this byte, into `work` and `out` (see `SCAN`).

    Terms and spelled words are written from `out[TERMS]` and `out[WORDS]` on; where there is no
    room for them these are -1. Unknown tokens get a row that is pending, and are listed.
    """
    size = data.size
    at = begin
    shown = begin
    character = 0
    count = meant = colons = 0
    every = 0
    number = kept = OFFSET
    first_chunk = True
    wide = odd = False
    pending = False
    fill_terms, fill_words = out[TERMS], out[WORDS]
    while at < size and data[at] != PARTER:
        gap = space_at(data, at)
        if gap:
            at += gap
            continue
        chunk = at
        if not first_chunk:
            number = step(number, 32)
        first_chunk = False
        broad = False
        while at < size and data[at] != PARTER:
            byte = data[at]
            if byte < 0x80:
                kind = ASCII[byte]
                if kind & SPACE:
                    break
                small = byte + 0
                if kind & UPPER:
                    small += 32
                number = step(number, small)
                if byte != 46 and byte != 33:
                    kept = number
                at += 1
                continue
            if space_at(data, at):
                break
            if is_odd(data, at):
                odd = True
            broad = True
            at += 1
            while at < size and data[at] & 0xC0 == 0x80:
                at += 1
        stop = at
        if broad:
            wide = True
        if odd:
            continue
        start = chunk
        while start < stop:
            gap = opens_at(data, start, stop)
            if gap == 0:
                break
            start += gap
        end = stop
        while end > start:
            gap = closes_at(data, start, end)
            if gap == 0:
                break
            end -= gap
        if start == end:
            if stop - chunk == 1 and (data[chunk] == 58 or data[chunk] == 42):
                # But a mark, and yet a token of its own.
                start, end = chunk, stop
            else:
                if count and count <= MOST:
                    work[MARKS, count - 1] = marks_behind(data, chunk, stop, work[MARKS, count - 1])
                if count:
                    for i in range(chunk, stop):
                        if data[i] == 58:
                            colons += 1
                continue
        for i in range(end, stop):
            if data[i] == 58:
                colons += 1
        row = -1
        if is_numeral(data, start, end):
            numeral(data, start, end, word, out[SCAN:])
            bits = out[SCAN]
            number_of = out[SCAN + 1]
        else:
            row = _lookup(data, start, end, table)
            bits = PENDING
            number_of = 0
            if row < 0:
                _note(data, start, end, -1 - row, table, unknown, out)
            else:
                bits = table[row, CLASSES]
                number_of = table[row, HASH]
            if bits == PENDING:
                pending = True
                count += 1
                continue
        if bits & GLUED:
            odd = True
        every |= bits
        if row >= 0 and table[row, IDS] & 0xFF == AM:
            if fill_terms >= terms.size:
                fill_terms = -1
                break
            terms[fill_terms] = number_of
            fill_terms += 1
        elif bits & CARRIES:
            if not bits & CHATTER:
                meant += 1
            many = 0
            if row >= 0:
                many = (table[row, IDS] >> FORMS_SHIFT) & 0xFF
            if fill_terms + 1 + many > terms.size or fill_words >= spelled.size:
                fill_terms = -1
                break
            terms[fill_terms] = number_of
            fill_terms += 1
            for i in range(many):
                terms[fill_terms] = forms[table[row, FORM] + i]
                fill_terms += 1
            if row >= 0 and not bits & NUMERIC and not table[row, IDS] & TOLD:
                spelled[fill_words] = row
                fill_words += 1
        if count < MOST:
            character += characters(data, shown, start)
            work[START, count] = character
            character += characters(data, start, end)
            work[END, count] = character
            shown = end
            work[BITS, count] = bits
            work[MARKS, count] = marks_behind(data, end, stop, 0)
            work[FROM_BYTE, count] = start
            work[TO_BYTE, count] = end
            if row >= 0:
                ids = table[row, IDS]
                work[SMALL, count] = ids & 0xFF
                work[VERB, count] = (ids >> VERB_SHIFT) & 0xFFF
                work[LEAD, count] = (ids >> LEAD_SHIFT) & 0xFFF
                work[CANON, count] = table[row, CANONICAL]
                work[PLAIN, count] = table[row, AS_IT_IS]
            else:
                work[SMALL, count] = 0
                work[VERB, count] = 0
                work[LEAD, count] = 0
                work[CANON, count] = number_of
                work[PLAIN, count] = number_of
        count += 1
    while at < size and data[at] != PARTER:
        at += 1
    if count > MOST:
        # Its phrases are too long for the work space.
        odd = odd or work[LEAD, 0] != 0
    elif count and not pending and not odd:
        last = count - 1
        odd = work[TO_BYTE, last] - work[FROM_BYTE, last] == 1 and (
            data[work[FROM_BYTE, last]] == 42
        )
        if work[LEAD, 0]:
            for i in range(count):
                until = work[FROM_BYTE, i + 1] if i < last else at
                work[GAP, i] = gap_between(data, work[TO_BYTE, i], until)
            for i in range(work[TO_BYTE, last], at):
                if space_at(data, i):
                    # Marks that stand alone at the end are no part of a question.
                    odd = True
    out[COUNT] = count
    out[STOP] = at
    out[ODD] = odd
    out[WIDE] = wide
    out[ALL] = every
    out[MEANT] = meant
    out[SAME] = finish(kept)
    out[TERMS] = fill_terms
    out[WORDS] = fill_words
    out[COLONS] = colons
    out[WAITS] = pending
