"""Completes a follow-up question from the turns before it.

What stands for something said before (`open_words`) is replaced by a subject of the turns before
(`subjects`), and what leaves its predicate out (“Why?”, “And Jane?”) takes that of the last
question. What names nothing at all may go on about the same: it is asked in both ways.
"""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache

from ingest.detection import detect_language
from ingest.language.politeness import OPENING
from ingest.patterns import later
from workbench.memory.lexicon import Lexicon
from workbench.recall.mentions import mentions
from workbench.recall.open_words import (
    MANY,
    PERSON,
    POINTING,
    open_words,
    read,
    stands_for,
    unopened,
)
from workbench.recall.pronouns import counted
from workbench.recall.question import in_english
from workbench.recall.reading_on import read_on, wants_more
from workbench.recall.records import Answer, Coverage
from workbench.recall.scope import scope_of
from workbench.recall.small_talk import asks_nothing
from workbench.recall.subjects import (
    ALSO,
    Company,
    Subject,
    agreeing,
    answer_of,
    subjects,
    subjects_of,
)
from workbench.recall.substitution import Substitution, substituted, with_heads
from workbench.recall.thread import Thread, thread_of
from workbench.recall.value import is_date
from workbench.recall.writing.turns import leans
from workbench.store import text
from workbench.store.store import Store

#: Turns before that a subject is taken from; letters of the longest question that is made whole.
_TURNS, _LONGEST = 4, 400
#: Subjects that are tried where a question can mean several.
_WAYS = 2
#: Subjects that are offered instead of the one that was taken.
_OFFERED = 6

_WORDS = later(r"[a-z]+")
#: “What about Jane?” and “I meant Jane” name a subject and nothing else.
_NAMES_ONLY = later(
    r"\s*(?:(?:what|how)\s+about|i\s+(?:mean|meant|was\s+asking\s+(?:about|of)))\s+",
    re.IGNORECASE,
)
#: “Why?”, “And where?”, “How so?”, “When was that?”: the predicate is that of the question before.
_BARE = later(
    r"\s*(?P<asks>(?:(?:since|until|till|from|by|to|for|with|in|at|on)\s+)?"
    r"(?:why|where|when|how(?:\s+(?:long|often|many|much|far|old))?|who|whom|whose|with\s+whom"
    r"|what|which(?:\s+one)?|how\s+come)(?:\s+(?:else|exactly|so|not))?)"
    r"(?:(?<=why|ere|hen|how)\s+(?:was|did)\s+(?:that|this)(?:\s+(?:so|happen))?)?\s*[?!.…]*\s*",
    re.IGNORECASE,
)
_OTHER = later(
    r"\b(?:the|that)\s+(?:other|second|latter|last|former|first)(?:\s+one\b|\b(?!\s+\w))",
    re.IGNORECASE,
)
_FORMER = later(r"\b(?:first|former)\b", re.IGNORECASE)
#: What asks in a question, from its beginning; what comes behind it is its predicate.
_ASKED = later(
    rf"{OPENING}"
    r"(?:\s+(?:many|much|long|often|old|far|big|large|tall|high|deep)\b)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Completed:
    """A question as it is looked up, and the subject that it takes from before ("" for none).

    `unclear` is one sentence that asks back, where it means something that nothing before names.
    `otherwise` has what else it may mean, likelier first, and `others` every subject that was
    spoken of. `substitution` is what was named alone.
    """

    question: str
    about: str = ""
    unclear: str = ""
    otherwise: tuple["Completed", ...] = ()
    others: tuple[str, ...] = ()
    substitution: Substitution | None = None


def completed(
    question: str, turns: Sequence[Answer], about: str = "", company: Company | None = None
) -> Completed:
    """The question with what it leaves to the turns before, oldest first.

    `about` is a subject that somebody chose; it stands for whatever is left open. A question that
    leaves nothing open comes back as it is.
    """
    if len(question) > _LONGEST:
        return Completed(question)
    before = [turn for turn in turns if turn.question][-_TURNS:]
    known = [Subject(about)] if about else subjects(before)
    last = before[-1] if before else None
    said = unopened(question)
    if not in_english(said) and not _english_words(said):
        return _beside(question, known, about)
    if bare := _BARE.fullmatch(said):
        return _with_predicate(question, bare["asks"], last, about)
    if other := _OTHER.search(said):
        return _other(question, said, other, known, last)
    if last is not None and (named := _named_only(said)):
        return _with_subject(named, last)
    if last is not None and (headed := with_heads(said, _asked(last))) != said:
        return Completed(_begun(headed))
    return _resolved(question, said, known, None if about else company)


def followed(
    store: Store,
    lexicon: Lexicon,
    question: str,
    turns: Sequence[Answer],
    about: str,
    sources: Collection[int] | None,
    answered: Callable[[str, Thread | None], Answer],
) -> Answer:
    """What `answered` gives for the question made whole, of several ways the first that answers.

    The sentences of `sources` (None: all) tell whether a name is a he, a she or an it.
    """
    snapshot = lexicon.refresh()
    # Thanks are no turn, and leave open nothing that one before them said.
    turns = [turn for turn in turns if not asks_nothing(turn.question)]
    if asks_nothing(question):
        return answered(question, None)
    if turns and not about and wants_more(question):
        more = read_on(store, snapshot, question, turns)
        if more is not None:
            return more

    @cache
    def company(word: str) -> tuple[int, int, int]:
        with store.read() as connection:
            scope = scope_of(text.extents(connection), sources, snapshot)
            return counted(connection, snapshot, scope, word)

    follow = completed(question, turns, about, company)
    known = subjects(turns[-_TURNS:])
    spoken = (each.text for each in known if not is_date(each.text))
    follow = replace(follow, others=tuple(spoken)[:_OFFERED])
    said = unopened(question)
    thread = thread_of(said, turns[-_TURNS:], follow.substitution) if turns else None
    joins = said != question or leans(question)
    if follow.unclear and turns:
        # Where it means what nothing names, it may still be told near to what was said.
        return _or_back(answered(question, thread), follow.unclear)
    if follow.unclear:
        nothing = Coverage(0, 0, 0)
        return Answer(
            question, "none", True, 0.0, None, (), (), nothing, 0.0, suggestion=follow.unclear
        )
    tried = []
    for each in (follow, *follow.otherwise):
        # What leaves nothing to the turns before is a question like any other.
        answer = answered(each.question, thread if each.about or joins else None)
        whole = "" if each.question == question else each.question
        others = tuple(name for name in follow.others if name != each.about)
        made = replace(
            answer, question=question, about=each.about, asked_as=answer.asked_as or whole
        )
        tried.append(replace(made, others=others if each.about else ()))
        if not answer.abstained and follow.about:
            return tried[-1]
    if follow.about:
        return tried[0]
    # Whether a question that names nothing goes on about the same is seen from what answers.
    return max(tried, key=lambda each: (not each.abstained, each.confidence))


def _or_back(answer: Answer, back: str) -> Answer:
    return replace(answer, suggestion=back) if answer.abstained else answer


def asks_back(question: str) -> str:
    """One sentence that asks what is meant, where nothing before a question tells."""
    found = next((raw for raw, *_ in open_words(read(question))), "")
    if found.lower() in (*PERSON, *MANY) and found.lower() not in ("it", "its"):
        return f"Whom do you mean by “{found}”?"
    if found:
        return f"What do you mean by “{found}”?"
    return "What do you want to know that of? Nothing was asked before."


def _english_words(text: str) -> bool:
    """Whether it has a word of those that stand for another, or names a subject in English."""
    said = set(_WORDS.findall(text.lower()))
    if said & {*PERSON, *MANY, *POINTING, "about", "other"} or not leans(text):
        return True
    return detect_language(text) == "en"


def _named_only(said: str) -> str:
    """The subject of a question that names one and asks nothing of it; "" for every other one."""
    opened = _NAMES_ONLY.match(said)
    rest = said[opened.end() :] if opened else said
    rest = rest.strip(" ?.!…")
    line = read(rest)
    if not line.tokens or len(line.tokens) > 8 or set(line.tags) & set("VBXHOMWA"):
        return ""
    phrases = [each for each in line.chunks if each.kind in ("np", "date")]
    own = [each for each in phrases if line.words[each.start].lower() not in (*PERSON, *MANY)]
    starts = bool(line.chunks) and line.chunks[0].kind in ("np", "date", "prep")
    if not own or not starts or (not opened and len(phrases) > 2):
        return ""
    return "" if next(open_words(line), None) else rest


# -- making it whole ---------------------------------------------------------------------------


def _resolved(
    question: str, said: str, known: Sequence[Subject], company: Company | None
) -> Completed:
    """The question with each word that stands for a subject replaced by it."""
    if not {*PERSON, *MANY, *POINTING, "there"} & set(_WORDS.findall(said.lower())):
        # Most questions leave nothing open, and what reads them takes a moment to load.
        return _as_it_is(question, known)
    line = read(said)
    left = list(open_words(line))
    if not left:
        return _as_it_is(question, known)
    made: list[Completed] = []
    # What the first word stands for decides; the others take of the rest what agrees.
    first = stands_for(left[0][0])
    for subject in agreeing(first, known, company)[:_WAYS]:
        whole, at, meant = list[str](), 0, {first: subject}
        for raw, place, owns in left:
            kind = stands_for(raw)
            free = [each for each in known if each not in meant.values()]
            found = meant.get(kind) or next(iter(agreeing(kind, free, company)), None)
            if found is None or (kind == "they" and kind != first and not found.several):
                continue
            meant[kind] = found
            token = line.tokens[place]
            stands = found.text
            if raw.lower() == "there":
                stands = f"in {stands}"
            whole += [line.text[at : token.start], f"{stands}'s" if owns else stands]
            at = token.end
        whole.append(line.text[at:])
        about = ALSO.join(dict.fromkeys(each.text for each in meant.values()))
        made.append(Completed(_begun("".join(whole)), about))
    if not made:
        return Completed(question, unclear=asks_back(said))
    return replace(made[0], otherwise=tuple(made[1:]))


def _as_it_is(question: str, known: Sequence[Subject]) -> Completed:
    """A question that leaves nothing open; one that names nothing may go on about the same."""
    if not known or mentions(question[:1].lower() + question[1:]):
        return Completed(question)
    about = known[0].text
    beside = Completed(f"{question.strip().rstrip(' ?.!…')} ({about})?", about)
    return Completed(question, otherwise=(beside,))


def _begun(question: str) -> str:
    return question[:1].upper() + question[1:]


def _with_predicate(question: str, asks: str, last: Answer | None, about: str) -> Completed:
    """“Why?” with the predicate of the question before."""
    if last is None:
        return Completed(question, unclear=asks_back(question))
    before = _asked(last)
    line = read(before)
    asked = _ASKED.match(before)
    rest = before[asked.end() :].strip() if asked else before
    if asked and asked[0].split()[-1].lower() in ("which", "what", "whose", "many", "much"):
        # “Which ship did he …”: the noun belongs to what asked.
        first = next((c for c in line.chunks if c.kind == "np"), None)
        if first is not None and line.tokens[first.start].start <= asked.end() + 1:
            rest = before[line.tokens[first.end - 1].end :].strip()
    answer = answer_of(last)
    if asked and asked[0].lower() == "who" and answer:
        rest = f"{answer} {rest}"
    focus, _ = subjects_of(before)
    subject = about or last.about or (focus.text if focus else "") or answer
    if about and focus is not None and focus.text in rest:
        rest = rest.replace(focus.text, about)
    return Completed(
        f"{_begun(asks)} {rest[:1].lower() + rest[1:] if not asked else rest}?", subject
    )


def _with_subject(named: str, last: Answer) -> Completed:
    """“And Jane?”: the question before, asked of her."""
    made = substituted(_asked(last), named)
    return Completed(made.question, made.about, substitution=made)


def _asked(turn: Answer) -> str:
    """The question of a turn as it was looked up, without its mark."""
    return unopened((turn.asked_as or turn.question).strip().rstrip(" ?.!…"))


def _other(
    question: str, said: str, other: re.Match[str], known: Sequence[Subject], last: Answer | None
) -> Completed:
    """“And the other one?”: of two that were named, the one that was not spoken of last."""
    names = [each for each in known if each.text[:1].isupper()]
    rivals = [each for each in (names if len(names) > 1 else known) if not each.several]
    several = next((each for each in known if each.several), None)
    if len(rivals) < 2 and several is not None:
        # “What is the second one?” after “What are the rules?” is one of them.
        one = other[0].removesuffix(" one")
        whole = f"{said[: other.start()]}{one} of {several.text}{said[other.end() :]}"
        return Completed(_begun(whole), several.text)
    if last is None or len(rivals) < 2:
        return Completed(question, unclear=f"Which one do you mean by “{other[0]}”?")
    chosen = rivals[-1] if _FORMER.search(other[0]) else rivals[1]
    rest = (said[: other.start()] + said[other.end() :]).strip(" ?.!…")
    if not rest or _NAMES_ONLY.fullmatch(f"{rest} "):
        return _with_subject(chosen.text, last)
    whole = f"{said[: other.start()]}{chosen.text}{said[other.end() :]}"
    return Completed(whole, chosen.text)


def _beside(question: str, known: Sequence[Subject], about: str) -> Completed:
    """A question in another language than English: its subject is put beside it."""
    if not leans(question) or (mentions(question) and not about):
        return Completed(question)
    if not known:
        return Completed(question, unclear=asks_back(question))
    return Completed(f"{question.rstrip()} ({known[0].text})", known[0].text)
