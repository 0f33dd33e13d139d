"""Word classes of the grammar as bit masks, and ids of verbs and roles.

A token is told once, by the lists of `speech`; afterwards the grammar sees but numbers. Bits hold
for a token as it is written, `MARKS` for one place in a text: the marks behind it.
"""

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from workbench.memory import words
from workbench.memory.facts import reading, speech
from workbench.memory.facts.reading import Token, carries
from workbench.memory.facts.times import LINKS, is_strong, is_weak
from workbench.memory.hashing import FORMS, combined, word_hash
from workbench.memory.irregular import LEMMAS

_TAIL_OF_TIME = {"am", "pm", "oclock", "ago"}
_TIMES = speech.TIME_WORDS | speech.WEEKDAYS | speech.MONTHS
_SUBJECTS = speech.these("he she it they we you there")
_SUBORDINATE = speech.these("because since although though unless so which who where when as")
_ASKS = speech.these("who whom whose what which when where why how whats whos wheres whens")
_YES_NO = (speech.AUXILIARIES | speech.these("is are was were am isnt arent wasnt werent")) - {
    "may", "will", "might"}  # fmt: skip
_WHOM = (speech.PRONOUNS - {"those"}) | speech.these("my our your the")

# Bits that are told by the word, in the order of their names below; the others by how it is
# written.
_SETS: tuple[tuple[str, frozenset[str]], ...] = (
    ("COPULA", speech.COPULAS),
    ("ENGLISH", speech.ENGLISH_COPULAS),
    ("AUXILIARY", speech.AUXILIARIES),
    ("NEGATION", speech.NEGATIONS),
    ("ADVERB", speech.ADVERBS),
    ("DOUBT", speech.DOUBT),
    ("DETERMINER", speech.DETERMINERS),
    ("SELF", speech.SELF),
    ("PREPOSITION", speech.PREPOSITIONS),
    ("FRESH", speech.FRESH),
    ("FORMER", speech.FORMER),
    ("CHATTER", speech.CHATTER),
    ("TRAILING", speech.these("now currently again too anymore nowadays instead please also btw"
                              " though")),
    ("SUBORDINATE", _SUBORDINATE),
    ("SUBJECT", speech.DETERMINERS | speech.SELF | _SUBJECTS),
    ("JOINS", speech.these("and but while whereas yet")),
    ("ANDBUT", speech.these("and but")),
    ("THATTHEN", speech.these("that then")),
    ("RELATIVE", speech.these("who which that")),
    ("SAYS", speech.these("that when if what where")),
    ("HAVE", speech.these("has have had")),
    ("BEEN", speech.these("been got")),
    ("NAUGHT", speech.these("no nothing nobody none neither")),
    ("ITSELF", speech.these("it he she they")),
    ("THIRD", speech.THIRD),
    ("COMPANY", speech.these("you they we to people")),
    ("RECEIVER", speech.SELF | speech.these("him her them")),
    ("MOVER", speech.SELF | speech.these("they he she")),
    ("LEMMA", frozenset(LEMMAS)),
    ("TIME", _TIMES),
    ("TIMELY", speech.PREPOSITIONS | speech.these("last next this the of a each every ago as")),
    ("LINK", LINKS),
    ("LINKEND", LINKS - _TAIL_OF_TIME),
    ("EARLY", speech.these("next last this every half other")),
    ("NUMERAL", speech.NUMBER_WORDS),
    ("ASKS", _ASKS),
    ("OPEN", speech.these("how what which whose")),
    ("YESNO", _YES_NO),
    ("WHOM", _WHOM),
    ("VAGUE", speech.these("a an some any every each all both no another one several many few")),
)  # fmt: skip
_BIT_OF = {name: 1 << at for at, (name, _) in enumerate(_SETS)}
_OWN = len(_SETS)


#: What each listed word is, all in one.
_LISTED: dict[str, int] = {}
for _name, _members in _SETS:
    for _member in _members:
        _LISTED[_member] = _LISTED.get(_member, 0) | _BIT_OF[_name]


(
    COPULA, ENGLISH, AUXILIARY, NEGATION, ADVERB, DOUBT, DETERMINER, SELF, PREPOSITION, FRESH,
    FORMER, CHATTER, TRAILING, SUBORDINATE, SUBJECT, JOINS, ANDBUT, THATTHEN, RELATIVE, SAYS,
    HAVE, BEEN, NAUGHT, ITSELF, THIRD, COMPANY, RECEIVER, MOVER, LEMMA, TIME, TIMELY, LINK,
    LINKEND, EARLY, NUMERAL, ASKS, OPEN, YESNO, WHOM, VAGUE,
) = (1 << at for at in range(len(_SETS)))  # fmt: skip
#: It begins with a capital letter; it is a possessive; its word holds a digit; it is but a mark.
CAPITAL = 1 << _OWN
OWNER = 1 << _OWN + 1
NUMERIC = 1 << _OWN + 2
MARK = 1 << _OWN + 3
#: A mark that parts no label from its value.
JOINT = 1 << _OWN + 4
#: s, ed or an irregular past; ends with s; with one s, and is no verb; with ed, en or irregular.
INFLECTED = 1 << _OWN + 5
HISSING = 1 << _OWN + 6
PLURAL = 1 << _OWN + 7
PARTICIPLE = 1 << _OWN + 8
ING = 1 << _OWN + 9
#: It says something; a letter or digit is in it; it begins with a letter; it is not in lower case.
CARRIES = 1 << _OWN + 10
ALNUM = 1 << _OWN + 11
LETTER = 1 << _OWN + 12
CASED = 1 << _OWN + 13
#: The first character is a digit; the first four are.
DIGIT = 1 << _OWN + 14
DIGITS = 1 << _OWN + 15
#: A date or hour; a number that may be part of one; nothing but digits.
STRONG = 1 << _OWN + 16
WEAK = 1 << _OWN + 17
LONE = 1 << _OWN + 18
#: It is mostly of a script without spaces; it holds the end of a phrase that leads in.
DENSE = 1 << _OWN + 19
GLUED = 1 << _OWN + 20

#: Marks behind a token: what is among them, whether there are any.
COMMA = 1
SEMICOLON = 2
COLON = 4
BEHIND = 8
#: They begin with a colon; they end with one; either.
COLON_FIRST = 16
COLON_LAST = 32
PARTED = COLON_FIRST | COLON_LAST

#: What a slot is: its name is its preposition, or one of four others. Ids go by the alphabet.
ROLES = ("", *sorted(speech.PREPOSITIONS | {"subject", "object", "key", "value"}))
_ROLE = {name: at for at, name in enumerate(ROLES)}
ROLE_SUBJECT, ROLE_OBJECT = _ROLE["subject"], _ROLE["object"]
ROLE_KEY, ROLE_VALUE = _ROLE["key"], _ROLE["value"]
TO, FROM, BY, IN = _ROLE["to"], _ROLE["from"], _ROLE["by"], _ROLE["in"]
AS, ON = _ROLE["as"], _ROLE["on"]
#: A claim of when something is; no preposition.
WHEN = len(ROLES)
_SMALL = {word: at for at, word in enumerate(("of", "no", "not", "longer", "the", "born", "and",
                                              "how", "because", "there", "back", "am", "it",
                                              "forward", "up", "down"),
                                             start=len(ROLES) + 1)}  # fmt: skip
OF, NO, NOT, LONGER = _SMALL["of"], _SMALL["no"], _SMALL["not"], _SMALL["longer"]
THE, BECAUSE, THERE = _SMALL["the"], _SMALL["because"], _SMALL["there"]
BORN, AND, HOW = _SMALL["born"], _SMALL["and"], _SMALL["how"]
BACK, FORWARD, AM, IT = (_SMALL[word] for word in ("back", "forward", "am", "it"))
UP, DOWN = _SMALL["up"], _SMALL["down"]
IS_PLACE = tuple(name in speech.PLACE_PREPOSITIONS for name in ROLES)
ROLE_HASH = tuple(word_hash(name, "r") for name in (*ROLES, "when"))

VERBS = ("", *sorted(speech.VERBS))
_VERB = {name: at for at, name in enumerate(VERBS)}
BE, HAVE_VERB, CALL = _VERB["be"], _VERB["have"], _VERB["call"]
OWN, POSSESS, GET, GO = (_VERB[verb] for verb in ("own", "possess", "get", "go"))
NAMES, CHANGES, FUNCTIONAL, OF_OBJECT, MOVES, SHIFTS = 1, 2, 4, 8, 16, 32
_OF_OBJECT = speech.these("own possess manage lead head supervise run employ chair oversee")
VERB_BITS = tuple(
    NAMES * (name in speech.NAMERS)
    | CHANGES * (name in speech.CHANGES)
    | FUNCTIONAL * (name in speech.FUNCTIONAL)
    | OF_OBJECT * (name in _OF_OBJECT)
    | MOVES * (name in ("move", "relocate"))
    | SHIFTS * (name in speech.SHIFTS)
    for name in VERBS
)
VERB_HASH = tuple(word_hash(name, "v") for name in VERBS)


def one(word: str) -> str:
    """One word for all that mean the same."""
    others = speech.ALIASES.get(word)
    return word if others is None else min(others | {word})


def relation_hash(verb: int, role: int) -> int:
    """The number of a relation, which begins that of a topic; `role` 0 where it has none."""
    number = VERB_HASH[verb]
    return combined(number, (ROLE_HASH[role],)) if role else number


#: Verb → its frames as (part, holder, noun): `NOUN_HASH[noun]` stands for what the part is called.
_FRAMES = [(_VERB[verb], frame) for verb, frames in speech.FRAMES.items() for frame in frames]
_FRAMES.sort(key=lambda each: each[0])
NOUNS = tuple(sorted({min(map(one, frame.nouns)) for _, frame in _FRAMES}))
NOUN_HASH = tuple(map(word_hash, NOUNS))
FRAMES = tuple(
    (_ROLE[frame.part], _ROLE[frame.holder], NOUNS.index(min(map(one, frame.nouns))))
    for _, frame in _FRAMES
)
#: The frames of verb v are `FRAMES[FRAME_STARTS[v]:FRAME_STARTS[v + 1]]`.
FRAME_STARTS = tuple(
    bisect_left(_FRAMES, verb, key=lambda each: each[0]) for verb in range(len(VERBS) + 1)
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A token as the grammar sees it.

    `small` is the id of a preposition or of a few other words, `verb` that of the verb it is a form
    of. `hash` is the word's number, `forms` those of its other dictionary forms; `plain` stands for
    the word among those that mean the same, `canon` for its dictionary form.
    """

    word: str
    bits: int
    small: int
    verb: int
    hash: int
    plain: int
    canon: int
    forms: tuple[int, ...]


def entry_of(token: Token) -> Entry:
    """A token as the grammar sees it."""
    return _entry(token.raw, token.word, token.owner, token.capital)


@lru_cache(maxsize=50_000)
def _entry(raw: str, word: str, owner: bool, capital: bool) -> Entry:
    token = Token(raw, 0, len(raw), word, "", owner, capital)
    kin = sorted(speech.kin(word))
    verb = speech.verb_of(word)
    return Entry(
        word=word,
        bits=_LISTED.get(word, 0) | _written(token, verb),
        small=_small(word),
        verb=_VERB[verb],
        hash=word_hash(word),
        plain=word_hash(one(word)),
        canon=word_hash(one(min(kin, key=len))),
        forms=tuple(word_hash(form, FORMS) for form in kin if form != word),
    )


def _small(word: str) -> int:
    return _ROLE[word] if word in speech.PREPOSITIONS else _SMALL.get(word, 0)


def _written(token: Token, verb: str) -> int:
    raw, word = token.raw, token.word
    hissing = word.endswith("s")
    dense = [words.is_dense(c) for c in raw if c.isalpha()] if not raw.isascii() else []
    return (
        CAPITAL * token.capital
        | OWNER * token.owner
        | NUMERIC * token.numeric
        | MARK * token.mark
        | JOINT * (raw in ("&", "+", "/", "*", "•"))
        | INFLECTED * speech.is_inflected(word)
        | HISSING * hissing
        | PLURAL * (hissing and not word.endswith("ss") and not verb)
        | PARTICIPLE * (word.endswith(("ed", "en")) or word in LEMMAS)
        | ING * word.endswith("ing")
        | CARRIES * carries(token)
        | ALNUM * any(map(str.isalnum, raw))
        | LETTER * raw[:1].isalpha()
        | CASED * (raw != raw.lower())
        | DIGIT * word[:1].isdigit()
        | DIGITS * word[:4].isdigit()
        | STRONG * is_strong(word, token.capital)
        | WEAK * is_weak(word)
        | LONE * word.isdigit()
        | DENSE * (bool(dense) and 2 * sum(dense) >= len(dense))
        | GLUED * reading.is_glued(raw)
    )


def marks(after: str) -> int:
    """The marks behind a token."""
    if not after:
        return 0
    return (
        COMMA * ("," in after)
        | SEMICOLON * (";" in after)
        | COLON_FIRST * after.startswith(":")
        | COLON_LAST * after.endswith((":", "："))
        | COLON * (":" in after)
        | BEHIND
    )
