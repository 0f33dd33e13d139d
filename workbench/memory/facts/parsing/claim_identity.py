"""Whether two claims are about the same thing, so that the newer replaces the older.

"My plan is pro" and "my plan is gold" have one topic; "the blue door code" and "the red door code"
have two. Things that one can have many of (liking, playing) have no topic: there only a denial of
the very same takes something's place. A topic is a relation and a set of words, told here as
*picks*: tokens, each in its dictionary form or as it stands.
"""

from workbench.memory.facts.parsing.classes import (
    ADVERB,
    BE,
    CAPITAL,
    CARRIES,
    DENSE,
    DETERMINER,
    DIGIT,
    EARLY,
    FORMER,
    FRAME_STARTS,
    FRAMES,
    FRESH,
    FUNCTIONAL,
    HAVE_VERB,
    IN,
    IS_PLACE,
    LINK,
    LINKEND,
    LONE,
    NUMERAL,
    NUMERIC,
    OF_OBJECT,
    OWN,
    OWNER,
    POSSESS,
    ROLE_KEY,
    ROLE_OBJECT,
    ROLE_SUBJECT,
    ROLE_VALUE,
    SELF,
    STRONG,
    THE,
    THIRD,
    VAGUE,
    VERB_BITS,
    WEAK,
    WHEN,
)
from workbench.memory.facts.parsing.phrases import Found
from workbench.memory.facts.parsing.slots import HEADER, NEGATIVE

#: How a picked token counts: its dictionary form, the word as it stands, the pairs of characters of
#: a script without spaces. A pick is `8 * token + kind`. `DOES` is added where it
#: says who does it, `DOING` to the number of such a word: that Bob does not like Ann
#: takes nothing back of her liking him.
CANON, PLAIN, PAIRS, DOES = 0, 1, 2, 4
DOING = 0x2545F4914F6CDD1D


# -- slots of a claim on the tape ------------------------------------------------------------------


def slot_of(tape: list[int], claim: int, role: int) -> int:
    """The place of the first slot of a role on the tape, or -1."""
    place = claim + HEADER
    for _ in range(tape[claim + 2]):
        if tape[place] == role:
            return place
        place += 3
    return -1


def about_of(tape: list[int], claim: int) -> int:
    """The slot that says what a claim is about."""
    place = slot_of(tape, claim, ROLE_KEY)
    if place < 0:
        place = slot_of(tape, claim, ROLE_SUBJECT)
    return place if place >= 0 else claim + HEADER


def value_of(tape: list[int], claim: int) -> int:
    """The slot of its value, or -1."""
    place = slot_of(tape, claim, ROLE_VALUE)
    if place >= 0:
        return place
    about = about_of(tape, claim)
    if tape[claim + 2] < 2:
        return -1
    first = claim + HEADER
    return first + 3 if about == first else first


# -- words -----------------------------------------------------------------------------------------


def _pick(found: Found, tape: list[int], slot: int, picks: list[int], fill: int) -> int:
    """Pick the words of a slot that tell it from others."""
    if slot < 0:
        return fill
    for at in range(tape[slot + 1], tape[slot + 2]):
        bits = found.bits[at]
        if bits & CARRIES and not bits & (SELF | FRESH | ADVERB):
            name = bits & CAPITAL and at > 0
            picks[fill] = 8 * at + (PLAIN if name else CANON)
            fill += 1
        elif bits & THIRD and at == tape[slot + 1]:
            # What he does is not what I do.
            picks[fill] = 8 * at + PLAIN
            fill += 1
    return fill


def content(found: Found, tape: list[int], claim: int, picks: list[int]) -> int:
    """Pick every word of a claim; their number. The relation is its verb."""
    fill = 0
    for i in range(tape[claim + 2]):
        slot = claim + HEADER + 3 * i
        before = fill
        fill = _pick(found, tape, slot, picks, fill)
        if tape[slot] == ROLE_SUBJECT:
            for at in range(before, fill):
                picks[at] += DOES
    return fill


def _is_number(bits: int) -> bool:
    return bits & (DIGIT | NUMERAL) != 0


# -- the topic -------------------------------------------------------------------------------------


def topic(found: Found, tape: list[int], claim: int, picks: list[int]) -> tuple[int, int, int, int]:
    """What a claim settles: (verb, role, noun, picks); the verb is 0 where it settles nothing.

    The relation is the verb with the role (0: none), `noun` a noun of `NOUNS` beside the picks
    (-1: none).
    """
    verb = tape[claim]
    if tape[claim + 1] & NEGATIVE or found.bits[tape[about_of(tape, claim) + 1]] & THIRD:
        # Of whom it is said, another sentence knows.
        return 0, 0, -1, 0
    key = slot_of(tape, claim, ROLE_KEY)
    if key >= 0:
        return _of_key(found, tape, claim, key, picks)
    if verb == HAVE_VERB:
        return _of_number(found, tape, claim, picks)
    kind = VERB_BITS[verb]
    if not kind & FUNCTIONAL or tape[claim + 2] < 2:
        return 0, 0, -1, 0
    of = slot_of(tape, claim, ROLE_OBJECT if kind & OF_OBJECT else ROLE_SUBJECT)
    if of < 0 or (kind & OF_OBJECT and not _definite(found, tape[of + 1], tape[of + 2], verb)):
        return 0, 0, -1, 0
    for part, holder, noun in FRAMES[FRAME_STARTS[verb] : FRAME_STARTS[verb + 1]]:
        if slot_of(tape, claim, part) >= 0 and slot_of(tape, claim, holder) == of:
            return BE, 0, noun, _pick(found, tape, of, picks, 0)
    role = WHEN
    for i in range(tape[claim + 2]):
        place = claim + HEADER + 3 * i
        if place != of:
            role = min(role, tape[place])
    return verb, role, -1, _pick(found, tape, of, picks, 0)


def _definite(found: Found, first: int, last: int, verb: int) -> bool:
    """Whether a part names one thing: "the boat", "Aurora", "sales"; many can own "a boat"."""
    bits = found.bits[first]
    if bits & VAGUE or _is_number(bits):
        return False
    named = bits & DETERMINER
    for at in range(first, last):
        named |= found.bits[at] & (CAPITAL | OWNER | NUMERIC)
    return named != 0 or (verb != OWN and verb != POSSESS)


def _of_number(
    found: Found, tape: list[int], claim: int, picks: list[int]
) -> tuple[int, int, int, int]:
    """ "The kennel has 5 dogs": how many of these it has."""
    thing = slot_of(tape, claim, ROLE_OBJECT)
    if thing < 0:
        return 0, 0, -1, 0
    fill = _pick(found, tape, slot_of(tape, claim, ROLE_SUBJECT), picks, 0)
    counted = False
    for at in range(tape[thing + 1], tape[thing + 2]):
        bits = found.bits[at]
        if _is_number(bits):
            counted = True
        elif not bits & DETERMINER:
            picks[fill] = 8 * at + PLAIN
            fill += 1
    if not counted:
        return 0, 0, -1, 0
    return HAVE_VERB, 0, -1, fill


def _of_key(
    found: Found, tape: list[int], claim: int, key: int, picks: list[int]
) -> tuple[int, int, int, int]:
    first, last = tape[key + 1], tape[key + 2]
    bare = True
    for at in range(first, last):
        bits = found.bits[at]
        if bits & FORMER:
            return 0, 0, -1, 0
        if not bits & CAPITAL or bits & OWNER:
            bare = False
    if last - first == 1 and found.bits[first] & DENSE:
        picks[0] = 8 * first + PAIRS
        return BE, 0, -1, 1
    value = slot_of(tape, claim, ROLE_VALUE)
    if value >= 0 and bare:
        if found.small[tape[value + 1]] == THE:
            # "Paris is the capital of France" settles what the capital is, not what Paris is.
            return BE, 0, -1, _pick(found, tape, value, picks, 0)
        return 0, 0, -1, 0
    fill = _pick(found, tape, key, picks, 0)
    if fill == 0:
        # "I am on the pro plan": no words of its own to be found by.
        return 0, 0, -1, 0
    if tape[claim + 2] == 1:
        # Nothing is said of it but that there is one: behind it another claim begins.
        return BE, 0, -1, fill
    other = value if value >= 0 else claim + HEADER + 3
    alone = tape[other + 2] - tape[other + 1] == 1 and found.bits[tape[other + 1]] & LONE
    if not (value >= 0 and alone) and only_time(found, tape[other + 1], tape[other + 2]):
        return BE, WHEN, -1, fill
    if value >= 0:
        return BE, 0, -1, fill
    role = tape[other]
    return BE, IN if IS_PLACE[role] else role, -1, fill


# -- words of time ---------------------------------------------------------------------------------


def only_time(found: Found, first: int, last: int) -> bool:
    """Whether `[first, last)` is nothing but words that say when."""
    start, stop = time_span(found.bits, first, last)
    return start == first and stop == last


def time_span(classes: list[int], first: int, last: int) -> tuple[int, int]:
    """The longest run of words in `[first, last)` that says when; (-1, -1) where none does."""
    best = -1, -1
    at = first
    while at < last:
        if not classes[at] & (STRONG | WEAK):
            at += 1
            continue
        end = at
        while end < last and classes[end] & (STRONG | WEAK | LINK):
            end += 1
        start = at
        while start > first and classes[start - 1] & EARLY:
            start -= 1
        stop = end
        while stop > start and classes[stop - 1] & LINKEND:
            stop -= 1
        timed = stop - start == 1 and classes[start] & LONE != 0 and at == first and stop == last
        for i in range(start, stop):
            if classes[i] & STRONG:
                timed = True
        if timed and stop - start > best[1] - best[0]:
            best = start, stop
        at = max(end, at + 1)
    return best
