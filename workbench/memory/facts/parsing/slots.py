"""One clause → what it claims: a verb and slots (subject, object, key, value, prepositions).

Verbs in the passive are turned, so that "Petrel is owned by Ilona" and "Ilona owns Petrel" fill the
same slots. Claims are written to a tape of numbers: verb, flags, number of slots, and for each slot
its role and its tokens `[first, last)`.
"""

from workbench.memory.facts.parsing.classes import (
    ADVERB,
    AS,
    AUXILIARY,
    BACK,
    BE,
    BECAUSE,
    BORN,
    BY,
    CALL,
    CAPITAL,
    CHANGES,
    COMMA,
    COPULA,
    DETERMINER,
    DIGIT,
    DIGITS,
    DOUBT,
    DOWN,
    FORWARD,
    FROM,
    GET,
    GO,
    HAVE_VERB,
    ING,
    IT,
    ITSELF,
    JOINS,
    JOINT,
    LONGER,
    MARK,
    MOVER,
    MOVES,
    NAMES,
    NAUGHT,
    NEGATION,
    NO,
    NUMERIC,
    OF,
    ON,
    OWNER,
    PARTED,
    PARTICIPLE,
    PREPOSITION,
    RECEIVER,
    RELATIVE,
    ROLE_KEY,
    ROLE_OBJECT,
    ROLE_SUBJECT,
    ROLE_VALUE,
    SHIFTS,
    STRONG,
    SUBJECT,
    SUBORDINATE,
    THATTHEN,
    THERE,
    TIME,
    TIMELY,
    TO,
    TRAILING,
    UP,
    VERB_BITS,
    WEAK,
)
from workbench.memory.facts.parsing.clauses import cuts, verb_at
from workbench.memory.facts.parsing.phrases import PREFACE_BOUNDS, PREFACES, Found, led

#: Tokens of a sentence that are parsed; of what follows only the words count.
MOST_TOKENS = 240
#: Numbers that the claims of one sentence may need.
TAPE = 3 * 3 * MOST_TOKENS + 16
HEADER = 3
NEGATIVE, ENDED, DOUBTFUL = 1, 2, 4


def claims(found: Found, count: int, begins: bool, tape: list[int]) -> int:
    """Write the claims of a sentence of `count` tokens to the tape; the numbers written.

    `begins` says that nothing, not even a mark, stands before the first token.
    """
    first = 0
    if begins:
        first = led(found, count, PREFACES, PREFACE_BOUNDS)
        if first >= count:
            first = 0
    last = min(count, MOST_TOKENS)
    fill = 0
    before = thing = 0, 0
    begin = first
    for at in range(first + 1, last + 1):
        if at < last and not cuts(found, begin, at, last):
            continue
        start = begin
        while start < at and found.bits[start] & JOINS:
            start += 1
        if start < at:
            about = thing if thing[1] > 0 and found.small[start] == IT else before
            done = _clause(found, start, at, about, tape, fill)
            if done > fill:
                thing = _thing(found, tape, fill)
                before = tape[fill + HEADER + 1], tape[fill + HEADER + 2]
                fill = done
        begin = at
    return fill


def _thing(found: Found, tape: list[int], claim: int) -> tuple[int, int]:
    """What "it" is after "I renewed my passport"; (0, 0) where it is what the claim is about."""
    about, other = claim + HEADER, claim + HEADER + 3
    if tape[claim + 2] < 2 or tape[other] != ROLE_OBJECT:
        return 0, 0
    if tape[about + 2] - tape[about + 1] != 1 or not found.bits[tape[about + 1]] & MOVER:
        return 0, 0
    return tape[other + 1], tape[other + 2]


# -- writing ---------------------------------------------------------------------------------------


def _open(tape: list[int], fill: int, verb: int, flags: int) -> int:
    tape[fill] = verb
    tape[fill + 1] = flags
    tape[fill + 2] = 0
    return fill + HEADER


def _slot(tape: list[int], fill: int, role: int, first: int, last: int) -> int:
    tape[fill] = role
    tape[fill + 1] = first
    tape[fill + 2] = last
    return fill + 3


def _close(tape: list[int], begin: int, fill: int) -> int:
    tape[begin + 2] = (fill - begin - HEADER) // 3
    return fill


def _pair(
    tape: list[int], begin: int, verb: int, flags: int, key: tuple[int, int], value: tuple[int, int]
) -> int:
    fill = _open(tape, begin, verb, flags)
    fill = _slot(tape, fill, ROLE_KEY, key[0], key[1])
    fill = _slot(tape, fill, ROLE_VALUE, value[0], value[1])
    return _close(tape, begin, fill)


# -- a clause --------------------------------------------------------------------------------------


def _clause(
    found: Found, start: int, end: int, before: tuple[int, int], tape: list[int], fill: int
) -> int:
    """Write the claim of the clause, if it makes one; `before` is what the last one was about."""
    alone = before[1] == 0
    parted = _label(found, start, end, alone)
    if parted[0] > 0:
        return _pair(tape, fill, BE, 0, (start, parted[0]), (parted[1], end))
    end = _without_since(found, start, _without_reason(found, start, end))
    while end - start > 2 and found.bits[end - 1] & TRAILING:
        end -= 1
    at = verb_at(found, start, end)
    if at < 0 and not alone:
        step = start
        while step < end and found.bits[step] & (ADVERB | NEGATION):
            step += 1
        if step < end and (found.bits[step] & COPULA or found.verb[step]):
            at = step
    if at < 0:
        return fill
    subject = _subject(found, start, at)
    if subject[1] == 0 or (subject[1] - subject[0] == 1 and found.bits[subject[0]] & ITSELF):
        if not alone:
            subject = before
        elif subject[1] == 0:
            return fill
    flags = _mood(found, start, at)
    rest = at + 1
    while rest < end and found.bits[rest] & (ADVERB | NEGATION):
        bits = found.bits[rest]
        if bits & NEGATION:
            flags |= NEGATIVE
        if bits & DOUBT:
            flags |= DOUBTFUL
        if found.small[rest] == LONGER:
            flags |= ENDED
        rest += 1
    if found.bits[at] & NEGATION:
        flags |= NEGATIVE
    if found.bits[at] & COPULA:
        return _copular(found, subject, rest, end, tape, fill, flags)
    if rest < end and found.bits[rest] & NAUGHT:
        flags |= NEGATIVE
        rest += 1
    verb = found.verb[at] if found.verb[at] else HAVE_VERB
    if verb == GET and rest < end and found.bits[rest] & PARTICIPLE and (
        VERB_BITS[found.verb[rest]] & CHANGES
    ):  # fmt: skip
        # "Lunch got moved to one": as "was moved".
        return _copular(found, subject, rest, end, tape, fill, flags)
    return _verbal(found, subject, rest, end, tape, fill, verb, flags)


def _label(found: Found, start: int, end: int, alone: bool) -> tuple[int, int]:
    """Where a label ends and its value begins; 0 where there is none.

    "wifi password: plover88", "deadline = Friday", "gate → 5", "locker 12".
    """
    for at in range(start, min(end - 1, start + 8)):
        bits = found.bits[at]
        if bits & MARK and at > start and not bits & JOINT:
            return at, at + 1
        if found.marks[at] & PARTED:
            if verb_at(found, start, at + 1) >= 0:
                return 0, 0
            return at + 1, at + 1
    if not alone or end - start < 2 or not found.bits[end - 1] & NUMERIC:
        return 0, 0
    for at in range(start, end - 1):
        if found.bits[at] & NUMERIC:
            return 0, 0
    if verb_at(found, start, end) >= 0:
        return 0, 0
    return end - 1, end - 1


def _without_reason(found: Found, start: int, end: int) -> int:
    """The end of the clause before "because …", ", which …" and what stands behind."""
    for at in range(start + 2, end):
        if found.small[at] == BECAUSE or (
            found.marks[at - 1] & COMMA and found.bits[at] & SUBORDINATE
        ):
            return at
    return end


def _without_since(found: Found, start: int, end: int) -> int:
    """The end of the clause before "as of this month" and "from today on"."""
    for at in range(start + 3, end - 1):
        as_of = found.small[at] == AS and found.small[at + 1] == OF
        from_on = found.small[at] == FROM and found.small[end - 1] == ON
        if (as_of or from_on) and _says_when(found, at, end):
            return at
    return end


def _subject(found: Found, start: int, end: int) -> tuple[int, int]:
    """A subject without helpers, adverbs and what says only when; (0, 0) where none is left."""
    while end > start and (
        found.bits[end - 1] & (ADVERB | AUXILIARY | NEGATION | RELATIVE)
        or found.small[end - 1] == NO
    ):
        end -= 1
    changed = True
    while changed and start < end:
        changed = False
        if found.bits[start] & (ADVERB | THATTHEN) and end - start > 1:
            start += 1
            changed = True
            continue
        for stop in range(min(end - 1, start + 5), start, -1):
            name = found.bits[stop] & (CAPITAL | TIME) == CAPITAL
            if (
                found.marks[stop - 1] & COMMA
                or found.bits[stop] & (SUBJECT | OWNER)
                or (name and found.bits[start] & PREPOSITION)
            ) and _says_when(found, start, stop):
                start = stop
                changed = True
                break
    return (start, end) if start < end else (0, 0)


def _says_when(found: Found, start: int, stop: int) -> bool:
    """Whether words before a subject say only when: "last week", "in March 2024", "since May"."""
    timed = False
    for at in range(start, stop):
        bits = found.bits[at]
        if bits & (TIME | DIGITS):
            timed = True
        if not bits & (TIME | TIMELY | DIGIT):
            return False
    return timed


def _mood(found: Found, start: int, at: int) -> int:
    flags = 0
    for i in range(start, at):
        bits = found.bits[i]
        if bits & NEGATION and found.small[i] != NO:
            flags |= NEGATIVE
        if bits & DOUBT:
            flags |= DOUBTFUL
        if found.small[i] == LONGER and i > start and found.small[i - 1] == NO:
            flags |= NEGATIVE | ENDED
    return flags


# -- with a copula ---------------------------------------------------------------------------------


def _copular(
    found: Found,
    key: tuple[int, int],
    rest: int,
    end: int,
    tape: list[int],
    begin: int,
    flags: int,
) -> int:
    if found.small[key[0]] == THERE and key[1] - key[0] == 1:
        # "There is a key under the mat": it is said of the key.
        stop = rest
        while stop < end and not found.bits[stop] & PREPOSITION:
            stop += 1
        if rest < stop < end:
            fill = _open(tape, begin, BE, flags)
            fill = _slot(tape, fill, ROLE_KEY, rest, stop)
            return _close(tape, begin, _by_preposition(found, stop, end, tape, fill))
    if rest >= end:
        return begin
    head = found.bits[rest]
    verb = found.verb[rest]
    alone = rest + 1 >= end
    ing = head & ING != 0
    by = not alone and found.small[rest + 1] == BY
    participle = (
        verb != 0
        and not head & CAPITAL
        and (head & (PARTICIPLE | ING) != 0 or by or found.small[rest] == BORN)
    )
    if participle:
        kind = VERB_BITS[verb]
        if kind & NAMES and not alone:
            return _pair(tape, begin, CALL, flags, key, (rest + 1, end))
        if kind & CHANGES:
            value = _changed_to(found, rest + 1, end)
            if value[1] > 0:
                return _pair(tape, begin, BE, flags, key, value)
        if alone and not kind & CHANGES and not ing:
            return _pair(tape, begin, BE, flags, key, (rest, end))
        if ing:
            return _verbal(found, key, rest + 1, end, tape, begin, verb, flags)
        if alone or found.bits[rest + 1] & PREPOSITION:
            return _passive(found, key, rest + 1, end, tape, begin, verb, flags)
    if head & PREPOSITION:
        fill = _open(tape, begin, BE, flags)
        fill = _slot(tape, fill, ROLE_KEY, key[0], key[1])
        done = _by_preposition(found, rest, end, tape, fill)
        if done > fill:
            return _close(tape, begin, done)
    return _pair(tape, begin, BE, flags, key, (rest, end))


def _passive(
    found: Found,
    subject: tuple[int, int],
    rest: int,
    end: int,
    tape: list[int],
    begin: int,
    verb: int,
    flags: int,
) -> int:
    """The agent is the subject, what was the subject the object."""
    fill = _open(tape, begin, verb, flags)
    fill = _slot(tape, fill, ROLE_OBJECT, subject[0], subject[1])
    done = _by_preposition(found, rest, end, tape, fill)
    for at in range(fill, done, 3):
        if tape[at] == BY:
            tape[at] = ROLE_SUBJECT
    return _close(tape, begin, done)


# -- with another verb -----------------------------------------------------------------------------


def _verbal(
    found: Found,
    subject: tuple[int, int],
    rest: int,
    end: int,
    tape: list[int],
    begin: int,
    verb: int,
    flags: int,
) -> int:
    if VERB_BITS[verb] & CHANGES:
        done = _changed(found, subject, rest, end, tape, begin, verb, flags)
        if done > begin:
            return done
    if VERB_BITS[verb] & SHIFTS and not flags:
        begin = _shifted(found, subject, rest, end, tape, begin, verb)
    fill = _open(tape, begin, verb, flags)
    fill = _slot(tape, fill, ROLE_SUBJECT, subject[0], subject[1])
    stop = rest
    while stop < end and (
        not found.bits[stop] & PREPOSITION or (stop > rest and found.small[stop - 1] == OF)
    ):
        stop += 1
    if stop > rest:
        fill = _objects(found, rest, stop, tape, fill)
    fill = _by_preposition(found, stop, end, tape, fill)
    return _close(tape, begin, fill)


def _changed(
    found: Found,
    subject: tuple[int, int],
    rest: int,
    end: int,
    tape: list[int],
    begin: int,
    verb: int,
    flags: int,
) -> int:
    """ "my plan changed to gold", "we moved the review to Friday": what holds from now on."""
    value = _changed_to(found, rest, end)
    if value[1] == 0:
        return begin
    to = value[0] - 1
    stop = _until(found, rest, to, FROM)
    while stop > rest + 1 and found.small[stop - 1] in (BACK, FORWARD):
        stop -= 1
    if stop > rest and found.small[rest] not in (BACK, FORWARD):
        return _pair(tape, begin, BE, flags, (rest, stop), value)
    if found.bits[subject[0]] & MOVER and subject[1] - subject[0] == 1:
        return begin
    if VERB_BITS[verb] & MOVES and _is_name(found, subject[0]) and _is_name(found, value[0]):
        # "Nora moved to Nantes": she lives there, and is no Nantes.
        return begin
    return _pair(tape, begin, BE, flags, subject, value)


def _shifted(
    found: Found,
    subject: tuple[int, int],
    rest: int,
    end: int,
    tape: list[int],
    begin: int,
    verb: int,
) -> int:
    """ "The rent rose to 950 euros", "went from 9 to 7 percent": how much it is from now on.

    A claim of its own before that of the verb.
    """
    first, last = _changed_to(found, rest, end)
    head = found.bits[subject[0]]
    if last == 0 or not found.bits[first] & NUMERIC:
        return begin
    alone = subject[1] - subject[0] == 1
    if (alone and head & MOVER) or (head & CAPITAL and not head & (DETERMINER | OWNER)):
        # "She went up to 5 people": of somebody it tells no amount.
        return begin
    from_ = False
    for at in range(rest, first - 1):
        if found.small[at] in (FROM, BY):
            from_ = True
        elif not from_ and found.small[at] not in (UP, DOWN) and not found.bits[at] & ADVERB:
            return begin
    if verb == GO:
        timed = True
        for at in range(first, last):
            if not found.bits[at] & (STRONG | WEAK | TIME):
                timed = False
        if timed or not (from_ or found.small[rest] in (UP, DOWN)):
            # "The show goes from 5 to 9".
            return begin
    stop = first + 1
    while stop < last and not found.bits[stop] & PREPOSITION:
        stop += 1
    fill = _open(tape, begin, BE, 0)
    fill = _slot(tape, fill, ROLE_KEY, subject[0], subject[1])
    return _close(tape, begin, _slot(tape, fill, ROLE_VALUE, first, stop))


def _is_name(found: Found, at: int) -> bool:
    bits = found.bits[at]
    return bits & CAPITAL != 0 and not bits & (DETERMINER | OWNER | NUMERIC | TIME | STRONG)


def _changed_to(found: Found, start: int, end: int) -> tuple[int, int]:
    """What stands behind the first "to", before a "from"; (0, 0) where nothing does."""
    first = _until(found, start, end, TO) + 1
    if first >= end or found.small[first] == FROM:
        return 0, 0
    return first, _until(found, first, end, FROM)


def _until(found: Found, start: int, end: int, word: int) -> int:
    for at in range(start, end):
        if found.small[at] == word:
            return at
    return end


def _objects(found: Found, rest: int, stop: int, tape: list[int], fill: int) -> int:
    """One object, or a receiver and an object: "lent Boris the ladder"."""
    for at in range(rest + 1, min(stop, rest + 4)):
        if not found.bits[at - 1] & (CAPITAL | RECEIVER):
            break
        if found.bits[at] & DETERMINER or (
            found.bits[at] & NUMERIC and not found.bits[at - 1] & NUMERIC and at + 1 < stop
        ):
            fill = _slot(tape, fill, TO, rest, at)
            return _slot(tape, fill, ROLE_OBJECT, at, stop)
    return _slot(tape, fill, ROLE_OBJECT, rest, stop)


def _by_preposition(found: Found, start: int, end: int, tape: list[int], fill: int) -> int:
    at = start
    while at < end:
        leads = found.bits[at] & PREPOSITION != 0
        role = found.small[at] if leads else ROLE_OBJECT
        first = at + 1 if leads else at
        if leads and first < end and (found.bits[first] & PREPOSITION or found.small[first] == OF):
            first += 1
        stop = max(first, at + 1)
        while stop < end and not (found.bits[stop] & PREPOSITION and stop > first):
            stop += 1
        if first < stop:
            fill = _slot(tape, fill, role, first, stop)
        at = max(stop, at + 1)
    return fill
