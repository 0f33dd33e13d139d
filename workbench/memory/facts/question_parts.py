"""Splits a question into words that must match and the part that is asked for.

Every word that says something is a condition, since one shared word is no answer; only the noun
that names the kind of answer ("what city", "which company") may be missing from the fact.
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from ingest.language.politeness import unprefaced
from ingest.patterns import later
from workbench.memory.facts import speech
from workbench.memory.facts.claims import carries, dense_words, is_dense
from workbench.memory.facts.facets import Key, key_of
from workbench.memory.facts.reading import Token, tokens
from workbench.memory.irregular import LEMMAS

#: What leads in a question that is no whole one, “show me my plan”, or stands before any.
_LEAD = later(
    r"(?:(?:please|hey|hi|hello|ok|okay|so|and|well|um|also|now)[,!. ]+"
    r"|(?:(?:can|could|would|will) you )?(?:tell|remind|show|give) me(?: again)?,? "
    r"|remember |what about )+",
    re.IGNORECASE,
)
_WH = speech.these("who whom whose what which when where why how whats whos wheres whens")
#: Words that ask, and are answered for by the kind of question.
QUESTION_WORDS = _WH
_YES_NO = speech.AUXILIARIES | speech.these("is are was were am isnt arent wasnt werent")
#: How a statement is told from a question that begins so: “what I like”, “may be late”.
_OPEN = speech.these("how what which whose")
_HELPING = speech.COPULAS | speech.AUXILIARIES
_OPENING = _YES_NO - {"may", "will", "might"}
_WHOM = (speech.PRONOUNS - {"those"}) | speech.these("my our your the")
_SHORT = {"whats": "what", "whos": "who", "wheres": "where", "whens": "when"}
_MEASURES = speech.these("much long old tall far heavy big large high deep wide fast often")
_TIME_NOUNS = speech.these("time date day year month hour weekday week")
#: Words of time and manner that ask for nothing.
_IDLE = speech.these(
    "now currently still really actually just again please ever also already"
                  " anymore nowadays per"
)  # fmt: skip
#: Words by which a question asks for what is denied.
_DENYING = speech.NEGATIONS - {"no", "nor", "neither", "hardly"}
#: Nouns that say only what kind of thing a value is: an e-mail address is an e-mail.
GENERIC = speech.these("number address date time id")
#: Words that ask and are no condition.
_ASKING = speech.these(
    "what's who's where's exactly currently called named name know currently again still"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: words that must be met (`wanted`), and `soft` ones that may be.

    `kind` is who, where, when, many, much, what, yes, why or "" (a bare phrase). `roles` are the
    parts of a claim that may answer (empty: any). `mine` and `yours` say who is spoken of; `former`
    asks for what held before, `measure` is the dimension of "how long", `having` says that it asks
    who has a thing. `doer` is who does what is asked, in the words of "does *the red car* …"; `led`
    is the preposition of "for whom" and "what … for".
    """

    text: str
    kind: str
    wanted: tuple[Key, ...]
    soft: tuple[Key, ...] = ()
    counted: tuple[Key, ...] = ()
    roles: frozenset[str] = frozenset()
    mine: bool = False
    yours: bool = False
    former: bool = False
    measure: str = ""
    having: bool = False
    negative: bool = False
    led: str = ""
    doer: tuple[Key, ...] = ()
    dense: frozenset[str] = frozenset()


def is_question(text: str) -> bool:
    """Whether a sentence asks: by its mark, or by beginning as questions do."""
    said = text.strip().rstrip("\"'”’»)* ")
    if said.endswith(("?", "？", "؟")):
        return True
    found = words_of(said)
    if len(found) < 2:
        return False
    one, two = found[:2]
    if one.word in _OPEN and two.word not in speech.SELF:
        return one.word == "how" or any(token.word in _HELPING for token in found[1:6])
    if one.word in _WH:
        return two.word in _HELPING
    return one.word in _OPENING and two.word in _WHOM and not one.after


@lru_cache(maxsize=64)
def words_of(text: str) -> tuple[Token, ...]:
    """The tokens of a question without what leads it in: “So, can you tell me”."""
    lead = _LEAD.match(text)
    return tuple(tokens(unprefaced(text[lead.end() :] if lead else text)))


def ask(question: str) -> Asked:
    """Take a question apart."""
    text = " ".join(question[:2000].split())
    if is_dense(text):
        return Asked(text, "what", (), dense=dense_words(text))
    found = list(words_of(text))
    mine = any(token.word in speech.SELF for token in found)
    yours = any(token.word in ("you", "your", "yours") for token in found)
    at = next((i for i, token in enumerate(found) if token.word in _WH), None)
    head = found[0].word if found else ""
    if at is None or (at > 2 and head in _YES_NO):
        kind = "yes" if head in _YES_NO else ""
        skip = {0} if kind else set()
        return _asked(text, kind, found, skip, mine, yours)
    word = _SHORT.get(found[at].word, found[at].word)
    return _with_word(text, found, at, word, mine, yours)


def _with_word(text: str, found: list[Token], at: int, word: str, mine: bool, yours: bool) -> Asked:
    """A question with a question word, at place `at`."""
    skip = {at}
    after = found[at + 1].word if at + 1 < len(found) else ""
    kind = "who" if word in ("whom", "whose") else "what" if word == "which" else word
    begin, noun = at + 1, None
    counted: tuple[Key, ...] = ()
    if word == "how" and after == "many":
        kind = "many"
        begin = _counted_until(found, at + 2)
        counted = tuple(key_of(token, False) for token in found[at + 2 : begin])
        skip.update(range(at, begin))
    elif word == "how" and after in _MEASURES:
        kind, begin = "much", at + 2
        skip.add(at + 1)
    elif kind == "what" and not found[at].owner:
        noun = _kind_noun(found, at + 1)
        if noun is not None:
            begin = noun + 1
            if noun == at + 1 and after in _TIME_NOUNS:
                kind = "when"
    before = found[at - 1].word if at else ""
    if before in speech.PREPOSITIONS:
        # "Since when", "through which port".
        skip.add(at - 1)
    if word == "when" and before in speech.PREPOSITIONS:
        roles: frozenset[str] = frozenset()
    elif before == "by":
        # "By how much" asks for no doer.
        roles = _DOER if word != "how" else frozenset(("by",))
    elif word == "whom" or before in speech.PREPOSITIONS:
        roles = _DONE_TO - {"by"}
    elif kind == "where" and found[-1].word == "from":
        roles = frozenset(("from",))
    elif kind in ("who", "what") and begin < len(found):
        roles = _roles(kind, found, begin)
    else:
        roles = frozenset()
    if kind == "what" and after in speech.COPULAS and begin + 1 < len(found) and (
        found[begin + 1].word in speech.PLACE_PREPOSITIONS
    ):  # fmt: skip
        # "What is on the desk" does not ask where the desk is.
        roles = _THINGS
    soft = frozenset() if noun is None else frozenset((noun,))
    if roles == {"from"}:
        # Where a thing is from and where it comes from is the same.
        soft = frozenset(i for i, token in enumerate(found) if token.word in ("come", "comes"))
    asked = _asked(text, kind, found, skip, mine, yours, roles, soft, counted)
    said = [token.word for token in found if token.word not in speech.FORMER | speech.FRESH | _IDLE]
    led = {before, said[-1]} & speech.PREPOSITIONS - {"by"}
    return replace(asked, led=min(led)) if led and kind in ("who", "what") else asked


_THINGS = frozenset(("holder", "subject", "object", "value"))
_DOER = frozenset(("subject",))
_DONE_TO = frozenset(speech.PREPOSITIONS | {"object"})


def _counted_until(found: list[Token], start: int) -> int:
    """Where the noun that is counted ends: "how many | red chairs | are there"."""
    stop = start
    while stop < len(found) and carries(found[stop]):
        word = found[stop].word
        if stop > start and speech.verb_of(word) == word and word not in speech.ALIASES:
            break
        stop += 1
        if word.endswith("s"):
            break
    return stop


def _kind_noun(found: list[Token], start: int) -> int | None:
    """The place of the noun that says what kind of thing is asked for: "which *city* is …"."""
    if start >= len(found) or not carries(found[start]):
        return None
    noun = start
    while noun + 1 < len(found) and carries(found[noun + 1]):
        if speech.verb_of(found[noun + 1].word):
            return noun
        noun += 1
    return noun if noun + 1 < len(found) else None


def _roles(kind: str, found: list[Token], begin: int) -> frozenset[str]:
    """Which part of a claim "who" or "what" asks for, told by the verb at `begin`; empty: any."""
    verb, last = found[begin].word, found[-1].word
    following = found[begin + 1].word if begin + 1 < len(found) else ""
    if verb in speech.COPULAS:
        if last == "by" or (following.endswith("ing") and speech.verb_of(following)):
            return _DOER
        if following.endswith("ed") and speech.verb_of(following):
            return frozenset(("object", "value", "holder"))
        return _DONE_TO if last.endswith("ing") and speech.verb_of(last) else frozenset()
    if verb in ("do", "does", "did", "dont", "doesnt", "didnt"):
        if kind == "who" and speech.verb_of(following) == following != "":
            # "Who doesn't eat fish".
            return _DOER
        # "What plan do I have" asks for a value of mine, not for what is done to it.
        return frozenset() if last in ("have", "has", "got") else _DONE_TO
    if verb in speech.AUXILIARIES:
        possesses = verb in ("has", "have", "had") and not speech.verb_of(following)
        if (
            kind == "who"
            and not possesses
            and following in speech.SELF | speech.PRONOUNS | speech.DETERMINERS
        ):
            # "Who should I call", "who will the committee choose".
            return _DONE_TO
        return _DOER if kind == "who" and not possesses else frozenset()
    finite = speech.verb_of(verb) and (speech.verb_of(verb) != verb or verb in LEMMAS)
    return _DOER if finite and not verb.endswith("ing") else frozenset()


def _asked(
    text: str,
    kind: str,
    found: list[Token],
    skip: set[int],
    mine: bool,
    yours: bool,
    roles: frozenset[str] = frozenset(),
    soft: frozenset[int] = frozenset(),
    counted: tuple[Key, ...] = (),
) -> Asked:
    wanted: list[Key] = []
    may: list[Key] = []
    former = False
    for i, token in enumerate(found):
        if i in skip or token.word in speech.SELF or token.word in ("you", "your", "yours"):
            continue
        if token.word in ("use", "used") and i + 1 < len(found) and found[i + 1].word == "to":
            former = True
            continue
        if token.word in speech.FORMER:
            before = token.word != "old" or (i > 0 and found[i - 1].word in ("my", "the", "our"))
            if before and (token.word not in ("before", "earlier") or i == len(found) - 1):
                former = True
                continue
        if not carries(token) or token.word in _IDLE | speech.FRESH | _DENYING:
            continue
        after = found[i + 1].word if i + 1 < len(found) else ""
        if token.word == "first" and (speech.is_inflected(after) or speech.verb_of(after)):
            # "When was it first shown".
            continue
        key = key_of(token, i == 0)
        if (
            i in soft
            or (token.word in GENERIC and wanted and not found[i - 1].owner)
            or token.word in _ASKING
            or (token.word in ("do", "did") and kind)
        ):
            may.append(key)
        else:
            wanted.append(key)
    negative = any(token.word in _DENYING | {"hardly"} for token in found)
    if not wanted and not counted:
        wanted, may = may, []
    doer = _doer(found)
    having = any(token.word in ("has", "have", "had") for token in found)
    measured = next((t for t in found[:4] if kind == "much" and t.word in _MEASURES), None)
    if measured is not None and mine and not wanted and not counted:
        # "How old am I" names nothing else by which a fact could be found.
        wanted = [key_of(measured, False)]
    measure = "" if measured is None else measured.word
    return Asked(text, kind, tuple(wanted), tuple(may), counted, roles, mine, yours, former,
                 measure, having, negative, doer=doer)  # fmt: skip


def _doer(found: list[Token]) -> tuple[Key, ...]:
    """Who does what is asked: what stands between "does" and the verb. Empty for the speaker."""
    helps = ("do", "does", "did")
    at = next((i for i, token in enumerate(found) if token.word in helps), None)
    if at is None:
        return ()
    said: list[Key] = []
    named = False
    for token in found[at + 1 :]:
        if token.word in speech.SELF or token.word in speech.PREPOSITIONS:
            return ()
        if named and not token.capital:
            # Behind a name comes the verb, known or not.
            return tuple(said)
        named = token.capital and not token.owner
        if speech.verb_of(token.word) == token.word and not token.capital and said:
            return tuple(said)
        if carries(token):
            said.append(key_of(token, False))
    return ()
