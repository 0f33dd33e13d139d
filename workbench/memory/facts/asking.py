"""A question taken apart: which words must be answered for, and what kind of part is wanted.

Every word that says something is a condition, since one shared word is no answer; only the noun
that names the kind of answer ("what city", "which company") may be missing from the fact.
"""

import re
from dataclasses import dataclass

from workbench.memory.facts import speech
from workbench.memory.facts.claims import carries, dense_words, is_dense
from workbench.memory.facts.facets import Key, key_of
from workbench.memory.facts.reading import Token, tokens
from workbench.memory.irregular import LEMMAS

_LEAD = re.compile(
    r"(?:(?:please|hey|hi|hello|ok|okay|so|and|well|um|also|now)[,!. ]+|(?:can|could|would|will|do)"
    r" you (?:please )?(?:(?:tell|remind|show|give) me|know|remember|recall|say)(?: again)?,? "
    r"|(?:tell|remind|show|give) me(?: again)?,? |i (?:forgot|forget|wonder|want to know"
    r"|need to know|would like to know),? |any idea |do we know |remember |what about )+",
    re.IGNORECASE,
)
_WH = speech.these("who whom whose what which when where why how whats whos wheres whens")
_YES_NO = speech.AUXILIARIES | speech.these("is are was were am isnt arent wasnt werent")
_SHORT = {"whats": "what", "whos": "who", "wheres": "where", "whens": "when"}
_MEASURES = speech.these("much long old tall far heavy big large high deep wide fast often")
_TIME_NOUNS = speech.these("time date day year month hour weekday week")
#: Words of time and manner that ask for nothing.
_IDLE = speech.these(
    "now currently still really actually just again please ever also already"
                  " anymore nowadays"
)  # fmt: skip
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
    who has a thing.
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
    dense: frozenset[str] = frozenset()


def is_question(text: str) -> bool:
    """Whether a sentence asks: by its mark, or by beginning as questions do."""
    bare = text.strip().rstrip("\"'”’»)* ")
    if bare.endswith(("?", "？", "؟")):
        return True
    lead = _LEAD.match(bare)
    found = tokens(bare[lead.end() :] if lead else bare)
    if len(found) < 2:
        return False
    first, second = found[0].word, found[1].word
    if first in _WH:
        if first in ("how", "what", "which", "whose") and second not in speech.SELF:
            verb = {token.word for token in found[1:6]} & (speech.COPULAS | speech.AUXILIARIES)
            return bool(verb) or first == "how"
        return second in speech.COPULAS | speech.AUXILIARIES
    return first in _YES_NO - {"may", "will", "might"} and (
        second in speech.PRONOUNS - {"those"} or second in ("my", "our", "your", "the")
    ) and not found[0].after  # fmt: skip


def ask(question: str) -> Asked:
    """Take a question apart."""
    text = " ".join(question[:2000].split())
    if is_dense(text):
        return Asked(text, "what", (), dense=dense_words(text))
    lead = _LEAD.match(text)
    found = tokens(text[lead.end() :] if lead and lead.end() < len(text) else text)
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
    skip = {at}
    after = found[at + 1].word if at + 1 < len(found) else ""
    kind, noun = word, -1
    counted: tuple[Key, ...] = ()
    roles: frozenset[str] = frozenset()
    if word in ("whom", "whose"):
        kind = "who"
    if word == "how":
        kind = "many" if after in ("many",) else "much" if after in _MEASURES else "how"
        if kind != "how":
            skip.add(at + 1)
    if kind == "many":
        stop = at + 2
        nouns: list[Key] = []
        while (
            stop < len(found)
            and carries(found[stop])
            and not (
                nouns
                and speech.verb_of(found[stop].word) == found[stop].word
                and found[stop].word not in speech.ALIASES
            )
        ):
            nouns.append(key_of(found[stop], False))
            skip.add(stop)
            stop += 1
            if found[stop - 1].word.endswith("s") and len(nouns) >= 1:
                break
        counted = tuple(nouns)
    if word in ("what", "which") and after and carries(found[at + 1]) and not found[at].owner:
        noun = at + 1
        while (
            noun + 1 < len(found)
            and carries(found[noun + 1])
            and not speech.verb_of(found[noun + 1].word)
        ):
            noun += 1
        if noun + 1 >= len(found):
            noun = -1
        elif found[noun].word in _TIME_NOUNS and noun == at + 1:
            kind = "when"
    begin = (noun if noun > 0 else at) + 1
    if kind == "many":
        begin = max(skip) + 1
    elif kind == "much":
        begin = at + 2
    following = found[begin].word if begin < len(found) else ""
    does = following in speech.AUXILIARIES and not (
        following in ("has", "have", "had")
        and begin + 1 < len(found)
        and speech.verb_of(found[begin + 1].word) == ""
        and kind == "who"
    )
    before = found[at - 1].word if at else ""
    if word == "whom" or before in speech.PREPOSITIONS:
        roles = frozenset(speech.PREPOSITIONS | {"object"}) - {"by"}
        if before == "by":
            roles = frozenset({"subject"})
    elif kind in ("who", "what", "which") and following not in speech.COPULAS:
        helps = does and following not in ("has", "have", "had", "will", "would", "can", "could")
        if helps and found[-1].word in ("have", "has", "got"):
            # "What plan do I have" asks for a value of mine, not for what is done to it.
            roles = frozenset()
        elif helps:
            roles = frozenset(speech.PREPOSITIONS | {"object"})
        elif (
            begin < len(found)
            and speech.verb_of(following)
            and not following.endswith("ing")
            and (following != speech.verb_of(following) or following in LEMMAS)
        ) or (kind == "who" and does):
            roles = frozenset({"subject"})
    elif kind in ("who", "what", "which") and begin + 1 < len(found):
        verb = speech.verb_of(found[-1].word)
        if found[-1].word == "by" or (
            speech.verb_of(found[begin + 1].word) and found[begin + 1].word.endswith("ing")
        ):
            roles = frozenset({"subject"})
        elif speech.verb_of(found[begin + 1].word) and found[begin + 1].word.endswith("ed"):
            roles = frozenset({"object", "value", "holder"})
        elif verb and found[-1].word.endswith("ing"):
            roles = frozenset(speech.PREPOSITIONS | {"object"})
    soft = {noun} if noun > 0 else set()
    return _asked(text, "what" if kind == "which" else kind, found, skip, mine, yours, roles, soft,
                  counted)  # fmt: skip


def _asked(
    text: str,
    kind: str,
    found: list[Token],
    skip: set[int],
    mine: bool,
    yours: bool,
    roles: frozenset[str] = frozenset(),
    soft: set[int] | None = None,
    counted: tuple[Key, ...] = (),
) -> Asked:
    wanted: list[Key] = []
    may: list[Key] = []
    former = False
    for i, token in enumerate(found):
        if i in skip or token.word in speech.SELF or token.word in ("you", "your", "yours"):
            continue
        if token.word in speech.FORMER:
            before = token.word != "old" or (i > 0 and found[i - 1].word in ("my", "the", "our"))
            if before and (token.word not in ("before", "earlier") or i == len(found) - 1):
                former = True
                continue
        if not carries(token) or token.word in _IDLE | speech.FRESH:
            continue
        key = key_of(token, i == 0)
        if (
            (soft and i in soft)
            or (token.word in GENERIC and wanted and not found[i - 1].owner)
            or token.word in _ASKING
            or (token.word in ("do", "did") and kind)
        ):
            may.append(key)
        else:
            wanted.append(key)
    negative = any(token.word in speech.NEGATIONS - {"no"} for token in found)
    if not wanted and not counted:
        wanted, may = may, []
    having = any(token.word in ("has", "have", "had") for token in found)
    measure = next((t.word for t in found[:4] if kind == "much" and t.word in _MEASURES), "")
    return Asked(text, kind, tuple(wanted), tuple(may), counted, roles, mine, yours, former,
                 measure, having, negative)  # fmt: skip
