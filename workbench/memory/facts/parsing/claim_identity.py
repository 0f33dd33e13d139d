"""Whether two claims are about the same thing, so that the newer replaces the older.

"My plan is pro" and "my plan is gold" have one topic; "the blue door code" and "the red door code"
have two. Things that one can have many of (liking, playing) have no topic: there only a denial of
the very same takes something's place. A topic is the number of a relation and a set of words, each
in its dictionary form or, if it is a name, as it stands.
"""

from collections.abc import Iterator
from functools import lru_cache

from workbench.memory.facts import speech, unspaced_scripts
from workbench.memory.facts.parsed_claims import Claim, Slot, Statement
from workbench.memory.facts.reading import carries
from workbench.memory.facts.speech import these
from workbench.memory.facts.times import time_span
from workbench.memory.hashing import combined, word_hash

#: Added to the number of a word that says who does it: that Bob does not like Ann takes nothing
#: back of her liking him.
_DOING = 0x2545F4914F6CDD1D
_VAGUE = these("a an some any every each all both no another one several many few")
#: Verbs of which one thing holds of their object, not of who does them.
_OF_OBJECT = these("own possess manage lead head supervise run employ chair oversee")
#: Words that tell no thing from another.
_IDLE = speech.SELF | speech.FRESH | speech.ADVERBS
#: The role of a claim that says when something is.
_WHEN = "when"


def about_of(claim: Claim) -> Slot:
    """The slot that says what a claim is about."""
    return claim.slot("key") or claim.slot("subject") or claim.slots[0]


def value_of(claim: Claim) -> Slot | None:
    """The slot of its value."""
    about = about_of(claim)
    others = (slot for slot in claim.slots if slot is not about)
    return claim.slot("value") or next(others, None)


def content(statement: Statement, claim: Claim) -> int:
    """The number of all that a claim says."""
    numbers: list[int] = []
    for slot in claim.slots:
        does = _DOING if slot.role == "subject" else 0
        numbers += (number ^ does for number in _telling(statement, slot))
    return combined(_relation(claim.verb), numbers)


def topic(statement: Statement, claim: Claim) -> int:
    """The number of what a claim settles; 0 where it settles nothing."""
    said, verb = statement.tokens, claim.verb
    if claim.negative or said[about_of(claim).first].word in speech.THIRD:
        # Of whom it is said, another sentence knows.
        return 0
    key = claim.slot("key")
    if key is not None:
        return _of_key(statement, claim, key)
    if verb == "have":
        return _of_number(statement, claim)
    if verb not in speech.FUNCTIONAL or len(claim.slots) < 2:
        return 0
    of = claim.slot("object" if verb in _OF_OBJECT else "subject")
    if of is None or (verb in _OF_OBJECT and not _definite(statement, of, verb)):
        return 0
    numbers = list(_telling(statement, of))
    for frame in speech.FRAMES.get(verb, ()):
        if claim.slot(frame.part) and claim.slot(frame.holder) is of:
            noun = min(map(_one, frame.nouns))
            return combined(_relation("be"), [*numbers, word_hash(noun)])
    role = min(slot.role for slot in claim.slots if slot is not of)
    return combined(_relation(verb, role), numbers)


def _of_number(statement: Statement, claim: Claim) -> int:
    """ "The kennel has 5 dogs": how many of these it has."""
    holder, thing = claim.slot("subject"), claim.slot("object")
    if thing is None:
        return 0
    numbers = [] if holder is None else list(_telling(statement, holder))
    counted = False
    for token in statement.tokens[thing.first : thing.last]:
        if _is_number(token.word):
            counted = True
        elif token.word not in speech.DETERMINERS:
            numbers.append(_plain(token.word))
    return combined(_relation("have"), numbers) if counted else 0


def _of_key(statement: Statement, claim: Claim, key: Slot) -> int:
    tokens = statement.tokens
    said = tokens[key.first : key.last]
    if any(token.word in speech.FORMER for token in said):
        return 0
    if len(said) == 1 and unspaced_scripts.is_dense(said[0].raw):
        pairs = map(word_hash, unspaced_scripts.dense_words(said[0].raw))
        return combined(_relation("be"), pairs)
    value = claim.slot("value")
    if value is not None and all(token.capital and not token.owner for token in said):
        # "Paris is the capital of France" settles what the capital is, not what Paris is.
        the = tokens[value.first].word == "the"
        return combined(_relation("be"), _telling(statement, value)) if the else 0
    numbers = list(_telling(statement, key))
    if not numbers:
        # "I am on the pro plan": no words of its own to be found by.
        return 0
    role = ""
    if len(claim.slots) > 1:
        other = value or claim.slots[1]
        alone = other.last - other.first == 1 and tokens[other.first].word.isdigit()
        timed = time_span(tokens, other.first, other.last) == (other.first, other.last)
        if timed and not (value is not None and alone):
            role = _WHEN
        elif value is None:
            role = "in" if other.role in speech.PLACE_PREPOSITIONS else other.role
    return combined(_relation("be", role), numbers)


def _definite(statement: Statement, slot: Slot, verb: str) -> bool:
    """Whether a part names one thing: "the boat", "Aurora", "sales"; many can own "a boat"."""
    said = statement.tokens[slot.first : slot.last]
    if said[0].word in _VAGUE or _is_number(said[0].word):
        return False
    named = said[0].word in speech.DETERMINERS or any(
        token.capital or token.owner or token.numeric for token in said
    )
    return named or verb not in ("own", "possess")


# -- words -----------------------------------------------------------------------------------------


def _telling(statement: Statement, slot: Slot) -> Iterator[int]:
    """The numbers of the words of a slot that tell it from others."""
    for at in range(slot.first, slot.last):
        token = statement.tokens[at]
        if carries(token) and token.word not in _IDLE:
            yield _plain(token.word) if token.capital and at > 0 else _canonical(token.word)
        elif token.word in speech.THIRD and at == slot.first:
            # What he does is not what I do.
            yield _plain(token.word)


def _is_number(word: str) -> bool:
    return word[:1].isdigit() or word in speech.NUMBER_WORDS


def _one(word: str) -> str:
    """One word for all that mean the same."""
    others = speech.ALIASES.get(word)
    return word if others is None else min(others | {word})


def _plain(word: str) -> int:
    return word_hash(_one(word))


@lru_cache(maxsize=16_384)
def _canonical(word: str) -> int:
    """The number of a word in its dictionary form."""
    return _plain(min(sorted(speech.kin(word)), key=len))


def _relation(verb: str, role: str = "") -> int:
    """The number of a relation, which begins that of a topic."""
    number = word_hash(verb, "v")
    return combined(number, (word_hash(role, "r"),)) if role else number
