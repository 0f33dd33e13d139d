"""Completes a follow-up question from the turns before it.

What stands for something said before (a pronoun, “there”, “the other one”) is replaced by the
subject of the turns before, and what leaves its predicate out (“Why?”, “And Jane?”) takes that of
the last question. Which subject is meant follows centering (Grosz, Joshi & Weinstein 1995): what
was asked for in the last turn, then what it was about, then what came before, as far as it agrees
with the pronoun. Whether a name is a he, a she or an it is read off the library's own sentences.
"""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from ingest.detection import detect_language
from ingest.language.questions import question_of
from ingest.language.word_lists import kin
from ingest.language.word_lists import words as listed
from ingest.patterns import later
from ingest.triples.chunking import Chunk, chunks
from ingest.triples.corrections import tags as tagged
from ingest.triples.lexicon import lemma
from ingest.triples.tokens import Token, even, tokens
from workbench.memory.graph.people import TITLES, person
from workbench.memory.lexicon import Lexicon
from workbench.recall.asked_again import asked_again, named_in
from workbench.recall.mentions import is_rather_a_verb, mentions
from workbench.recall.pronouns import counted
from workbench.recall.question import in_english, kind_of
from workbench.recall.reading_on import read_on, wants_more
from workbench.recall.records import Answer, Coverage
from workbench.recall.scope import scope_of
from workbench.recall.thread import Thread, thread_of
from workbench.recall.value import is_date
from workbench.recall.writing.turns import leans
from workbench.store import text
from workbench.store.store import Store

#: Turns before that a subject is taken from; letters of the longest question that is made whole.
_TURNS, _LONGEST = 4, 400
#: Subjects that are tried where a question can mean several.
_WAYS = 2
#: How sure an answer must be for what it names to be spoken of next.
_SURE = 0.5
#: Subjects that are offered instead of the one that was taken.
_OFFERED = 6
#: What stands between the subjects of a question that has several.
_ALSO = "; "
#: Letters of a subject; what is longer tells more than whom is meant.
_MOST = 90

#: Counts of he, she and it where sentences speak of a name.
Company = Callable[[str], tuple[int, int, int]]

_PERSON = {"he": 0, "him": 0, "his": 0, "she": 1, "her": 1, "hers": 1, "it": 2, "its": 2}
_MANY = frozenset(("they", "them", "their", "theirs"))
_POINTING = frozenset(("this", "that", "these", "those"))
_OWNED = frozenset(("his", "her", "its", "their"))
_ASKS = frozenset(("who", "whom", "whose", "what", "which", "where", "when", "why", "how"))
_WORDS = later(r"[a-z]+")
_OPENS = later(
    r"\s*(?:(?:and|but|so|or|then|also|well|ok(?:ay)?)\b[,\s]+|(?:no|sorry|wait)\s*[,.:;–—-]+\s*)",
    re.IGNORECASE,
)
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
    r"(?:(?:in|on|at|to|from|for|by|of|with|under|into|through|about|near|after|since|until)\s+)?"
    r"(?:who|whom|whose|what|which|where|when|why|how)\b"
    r"(?:\s+(?:many|much|long|often|old|far|big|large|tall|high|deep)\b)?",
    re.IGNORECASE,
)
_IS = later(
    r"\s*(?P<asks>who|what)(?:['’]s|\s+(?:is|was|are|were))\s+(?P<rest>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
#: What ends “What is the estate called?” and “What is the stack like?” beside their subject.
_CALLED = later(r"\s+(?:called|named|like)$", re.IGNORECASE)
_NAME_OF = later(r"^the\s+names?\s+of\s+", re.IGNORECASE)
#: What follows an “it” that means nothing, unlike the “to” of “was it added to the list”.
_THAT = (
    r"\s(?:that|whether|if|when|to(?!\s+(?:the|an?|his|her|its|their|this|that|these|those"
    r"|(?-i:[A-ZÀ-Þ]))))\b"
)
#: “How long does it take to …”, “is it true that”: nothing is meant by it.
_EMPTY_IT = later(
    r"\b(?:is|was)\s+it\s+(?:true|false)\b|\bma(?:k|d)es?\s+it\s+\w+\s+(?:to|for)\b"
    r"|\bit\s+(?:\w+ly\s+)?(?:rains?|rained|snows?|snowed|seems?|seemed)\b"
    rf"|\bit\s+(?:\w+ly\s+)?(?:takes?|took|costs?|means?)\b.*?{_THAT}"
    rf"|\b(?:is|was|does)\s+it(?:\s+\w+){{0,2}}{_THAT}",
    re.IGNORECASE,
)
_PARTS_CLAUSES = frozenset(("than", "after", "before", "since", "until", "because"))
#: Behind these “that” is what happened, and no thing: “after that”, “Why did she do that?”
_EVENTS = _PARTS_CLAUSES | {"do", "did", "does", "done"}
#: Verbs between a phrase and a pronoun that are more than one clause has.
_TWO_CLAUSES = 2
_AUXILIARY = frozenset("XHOM")
_PHRASE = frozenset("NEG")


@dataclass(frozen=True, slots=True)
class Completed:
    """A question as it is looked up, and the subject that it takes from before ("" for none).

    `unclear` is one sentence that asks back, where it means something that nothing before names.
    `otherwise` has what else it may mean, likelier first, and `others` every subject that was
    spoken of.
    """

    question: str
    about: str = ""
    unclear: str = ""
    otherwise: tuple["Completed", ...] = ()
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """Something that was spoken of.

    `person` says whether it was asked for with “who”, `asked` that it is the thing or place that
    answered “which” or “where”; `told` that only an answer names it.
    """

    text: str
    person: bool = False
    asked: bool = False
    told: bool = False

    @property
    def head(self) -> str:
        """The word that says what it is: “mate” of “the third mate of the Pequod”."""
        line = _read(self.text)
        found = [each for each in line.chunks if each.kind == "np"]
        if not found:
            return self.text
        return line.words[found[0].own_end() - 1]

    @property
    def several(self) -> bool:
        """Whether more than one is meant, as far as its noun says so."""
        return _plural(self.head) or bool(_JOINED.search(self.text))


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
    known = [Subject(about)] if about else _subjects(before)
    last = before[-1] if before else None
    said = _unopened(question)
    if not in_english(said) and not _english_words(said):
        return _beside(question, known, about)
    if bare := _BARE.fullmatch(said):
        return _with_predicate(question, bare["asks"], last, about)
    if other := _OTHER.search(said):
        return _other(question, said, other, known, last)
    if last is not None and (named := _named_only(said)):
        return _with_subject(question, named, last)
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
    known = _subjects(turns[-_TURNS:])
    spoken = (each.text for each in known if not is_date(each.text))
    follow = replace(follow, others=tuple(spoken)[:_OFFERED])
    said = _unopened(question)
    thread, joins = thread_of(said, turns[-_TURNS:]), said != question or leans(question)
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
        made = replace(answer, question=question, about=each.about, asked_as=whole)
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
    found = next((raw for raw, *_ in _open_words(_read(question))), "")
    if found.lower() in (*_PERSON, *_MANY) and found.lower() not in ("it", "its"):
        return f"Whom do you mean by “{found}”?"
    if found:
        return f"What do you mean by “{found}”?"
    return "What do you want to know that of? Nothing was asked before."


# -- what a question leaves open ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Line:
    """A question read: its tokens, one tag each, and its phrases."""

    text: str
    tokens: Sequence[Token]
    tags: str
    chunks: Sequence[Chunk]

    @property
    def words(self) -> list[str]:
        return [token.word for token in self.tokens]


def _read(text: str) -> _Line:
    line = tokens(even(text))
    words = [token.word for token in line]
    tags = tagged(words)
    found, _ = chunks(words, tags)
    return _Line(text, line, tags, found)


def _open_words(line: _Line) -> Iterator[tuple[str, int, bool]]:
    """Words that stand for something else: as written, their place, whether they own what follows.

    One that means something which the question itself names before is none.
    """
    empty = [found.span() for found in _EMPTY_IT.finditer(line.text)]
    for at, token in enumerate(line.tokens):
        low = token.word.lower()
        following = line.tags[at + 1 : at + 2]
        if low in _PERSON or low in _MANY:
            if at and token.word[0].isupper():
                continue  # of a title
            if low == "it" and any(start <= token.start < end for start, end in empty):
                continue
            if at > 1 and low == "it" and line.text[token.end : token.end + 2] in ("'s", "’s"):
                low = "its"  # as it is often written
            if _named_before(line, at, low):
                continue
            owns = low in _OWNED and (low != "her" or (following in "NJECGL" and following != ""))
            yield token.word, at, owns
        elif low in _POINTING and not following.strip(".?") and at:
            if line.words[at - 1].lower() not in _EVENTS:
                yield token.word, at, False
        elif low in _POINTING and following in tuple("XVOMI"):
            # “What does that mean?” and “is that in”, not “the day that was”.
            if at and line.tags[at - 1] in _AUXILIARY and "W" not in line.tags[at + 1 : at + 3]:
                yield token.word, at, False
        elif low == "there" and at and not (following and following in "XH"):
            before = line.tags[at - 1]
            if before not in _AUXILIARY or following in "N":
                yield token.word, at, False


def _named_before(line: _Line, at: int, word: str) -> bool:
    """Whether a phrase of the question itself is what a pronoun in it means."""
    if at > 1 and line.tags[at - 1] == "&" and line.tags[at - 2] in _PHRASE:
        return True  # “Matisse and his wife”
    for each in line.chunks:
        if each.kind != "np" or each.start >= at or each.end > at:
            continue
        asked = each.start > 0 and line.words[each.start - 1].lower() in _ASKS
        if asked or line.words[each.start].lower() in (*_PERSON, *_MANY):
            continue
        if word in _OWNED:
            return True
        # In one clause another name is somebody else: “What did Holmes give him?”
        between = range(each.end, at)
        parted = any(
            line.tags[i] in "WA,&" or line.words[i].lower() in _PARTS_CLAUSES for i in between
        )
        verbs = sum(c.kind == "vg" and each.end <= c.start < at for c in line.chunks)
        if not parted and verbs < _TWO_CLAUSES:
            continue
        if "E" in line.tags[each.start : each.end] or word in ("it", "its", *_MANY):
            return True
    # “Contrary to what he is known for, what did Van Gogh …”
    comma = line.tags.find(",", at)
    return 0 <= comma < len(line.tags) and "E" in line.tags[comma:] and "W" not in line.tags[:1]


def _english_words(text: str) -> bool:
    """Whether it has a word of those that stand for another, or names a subject in English."""
    said = set(_WORDS.findall(text.lower()))
    if said & {*_PERSON, *_MANY, *_POINTING, "about", "other"} or not leans(text):
        return True
    return detect_language(text) == "en"


def _named_only(said: str) -> str:
    """The subject of a question that names one and asks nothing of it; "" for every other one."""
    opened = _NAMES_ONLY.match(said)
    rest = said[opened.end() :] if opened else said
    rest = rest.strip(" ?.!…")
    line = _read(rest)
    if not line.tokens or len(line.tokens) > 8 or set(line.tags) & set("VBXHOMWA"):
        return ""
    phrases = [each for each in line.chunks if each.kind in ("np", "date")]
    own = [each for each in phrases if line.words[each.start].lower() not in (*_PERSON, *_MANY)]
    starts = bool(line.chunks) and line.chunks[0].kind in ("np", "date", "prep")
    if not own or not starts or (not opened and len(phrases) > 2):
        return ""
    return "" if next(_open_words(line), None) else rest


# -- subjects of the turns before ---------------------------------------------------------------


def _subjects(turns: Sequence[Answer]) -> list[Subject]:
    """What was spoken of, most likely to be meant first, each once."""
    found: dict[str, Subject] = {}
    for turn in reversed(turns):
        for each in _of_turn(turn):
            known = found.get(each.text, each)
            # Whom an earlier question was about is no place that a later one asks for.
            found[each.text] = replace(
                known,
                person=known.person or each.person,
                asked=known.asked and not (known.person or each.person),
                told=known.told and each.told,
            )
    return list(found.values())


def _of_turn(turn: Answer) -> Iterator[Subject]:
    """What a turn spoke of.

    What “who” asked for is spoken of next; else what was spoken of before goes on to be.
    """
    asked = _unopened(turn.asked_as or turn.question)
    focus, others = subjects_of(asked)
    answer = _answered(turn)
    carried = Subject(turn.about) if turn.about and _ALSO not in turn.about else None
    named = focus is not None and (focus.person or _ASKS_FOR_NAME.match(asked))
    # “Who is Ahab?” is answered by what he is, “Who is the captain?” by a name.
    if focus is not None and named and not (focus.person and focus.text[:1].isupper()):
        if answer and (not focus.person or person(answer) is not None):
            yield Subject(answer, person=focus.person)
    elif answer and _WHO.match(asked) and person(answer) is not None:
        yield Subject(answer, person=True)
    if carried is not None and not (focus is not None and focus.person):
        yield carried
    if which := _WHICH.match(asked):
        # “On which island was he born?” asks for an island, whether or not it was found.
        yield Subject(answer or f"the {which['noun']}", asked=True)
    # “Where does he live?” was asked of him, and not of “he live”.
    if focus is not None and not (carried is not None and _goes_on(focus.text, carried.text)):
        yield focus
    if carried is not None:
        yield carried
    yield from others
    if answer:
        yield Subject(answer, asked=_WHERE.match(asked) is not None)
    if turn.sentences and not turn.abstained:
        yield from (Subject(name, told=True) for name in _names(turn.sentences[0].text))


def _names(sentence: str) -> list[str]:
    names = (each.raw for each in mentions(sentence))
    return [each for each in names if not (is_rather_a_verb(each) or is_date(each))]


def _goes_on(whole: str, start: str) -> bool:
    """Whether a text begins with another that does not own what follows."""
    return whole.startswith(start) and whole[len(start) : len(start) + 2] not in ("'s", "’s")


_ASKS_FOR_NAME = later(r"\s*what\s+(?:is|was|are|were)\b.*\b(?:called|named?)\b", re.IGNORECASE)
_JOINED = later(r"\s(?:and|or|&)\s")
_WHO = later(r"\s*who\b", re.IGNORECASE)
_WHICH = later(r"\s*(?:\w+\s+)?which\s+(?P<noun>(?!of\b)[\w-]+)", re.IGNORECASE)
_WHERE = later(r"\s*where\b", re.IGNORECASE)


def _plural(noun: str) -> bool:
    return noun.islower() and lemma(noun) != noun


def subjects_of(question: str) -> tuple[Subject | None, list[Subject]]:
    """What a question is about, and what else it names."""
    asked = question.strip().rstrip(" ?.!…")
    line = _read(asked)
    free = [
        each
        for each in line.chunks
        if each.kind == "np"
        and set(line.tags[each.start : each.end]) & _PHRASE
        and not (each.start and line.words[each.start - 1].lower() in (*_ASKS, "many", "much"))
    ]
    together = [Subject(_text(line, each)) for each in free if each.items]
    free = [part for each in free for part in each.parts()]
    phrases = [_text(line, each) for each in free]
    inner = [Subject(_text(line, each.of)) for each in free if each.of is not None]
    whole = _IS.fullmatch(asked)
    if whole is not None:
        rest = _NAME_OF.sub("", _CALLED.sub("", whole["rest"]))
        # “What are the gardeners doing?” is about the gardeners.
        kinds = ["sub", "rel", "vg"] + ["ger"] * (whole["asks"].lower() == "what")
        behind = [c for c in line.chunks if c.start > 1 and c.kind in kinds]
        if behind and behind[0].kind != "rel":
            rest = asked[whole.start("rest") : line.tokens[behind[0].start].start].rstrip(" ,")
        phrases = [_NAME_OF.sub("", each) for each in phrases]
        if phrases and rest.startswith(phrases[0]) and len(rest) <= _MOST:
            others = [Subject(each) for each in phrases[1:]]
            owners = [owner for each in phrases if (owner := _owner(each))]
            return (
                Subject(rest, person=whole["asks"].lower() == "who"),
                [*others, *map(Subject, owners), *inner],
            )
    names = [each for each in phrases if each[:1].isupper()]
    rest_of = [each for each in phrases if each not in names]
    found = [Subject(each) for each in (*names, *rest_of) if len(each) <= _MOST]
    found += [Subject(owner) for each in phrases if (owner := _owner(each))]
    return (found[0], [*found[1:], *inner, *together]) if found else (None, [])


def _text(line: _Line, chunk: Chunk) -> str:
    """The words of a phrase as they were written."""
    return line.text[line.tokens[chunk.start].start : line.tokens[chunk.end - 1].end]


def _owner(phrase: str) -> str:
    """Whose it is: “Mr. Darcy” of “Mr. Darcy's estate”."""
    found = re.match(r"(.+?)['’]s\s", phrase)
    return found[1] if found else ""


def _answered(turn: Answer) -> str:
    """The name that a turn gave for an answer; "" where it gave none."""
    if turn.abstained:
        return ""
    if not turn.value or turn.confidence < _SURE:
        return _told_name(turn)
    value = " ".join(turn.value.split()).strip(" .,;:\"“”'")
    whole = len(value) <= _MOST and ":" not in value
    return value if whole and any(map(str.isupper, value)) else ""


def _told_name(turn: Answer) -> str:
    """The first new name in the sentence that answered a question for a name; "" for none."""
    asked = turn.asked_as or turn.question
    if turn.value or not turn.sentences or kind_of(asked) != "name":
        return ""
    known = set(_WORDS.findall(asked.lower()))
    new = (
        each
        for each in _names(turn.sentences[0].text)
        if known.isdisjoint(_WORDS.findall(each.lower()))
    )
    return next(new, "")


# -- making it whole ---------------------------------------------------------------------------


def _resolved(
    question: str, said: str, known: Sequence[Subject], company: Company | None
) -> Completed:
    """The question with each word that stands for a subject replaced by it."""
    if not {*_PERSON, *_MANY, *_POINTING, "there"} & set(_WORDS.findall(said.lower())):
        # Most questions leave nothing open, and what reads them takes a moment to load.
        return _as_it_is(question, known)
    line = _read(said)
    left = list(_open_words(line))
    if not left:
        return _as_it_is(question, known)
    made: list[Completed] = []
    # What the first word stands for decides; the others take of the rest what agrees.
    first = _kind(left[0][0])
    for subject in _agreeing(first, known, company)[:_WAYS]:
        whole, at, meant = list[str](), 0, {first: subject}
        for raw, place, owns in left:
            kind = _kind(raw)
            free = [each for each in known if each not in meant.values()]
            found = meant.get(kind) or next(iter(_agreeing(kind, free, company)), None)
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
        about = _ALSO.join(dict.fromkeys(each.text for each in meant.values()))
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


def _unopened(question: str) -> str:
    """A question without the “And” that joins it to the one before."""
    opened = _OPENS.match(question)
    return question[opened.end() :] if opened else question


def _begun(question: str) -> str:
    return question[:1].upper() + question[1:]


def _kind(raw: str) -> str:
    """What a word can stand for: "he", "she", "it", "they" or "there"."""
    low = raw.lower()
    if low in _PERSON:
        return ("he", "she", "it")[_PERSON[low]]
    return "they" if low in (*_MANY, "these", "those") else "it" if low in _POINTING else low


def _agreeing(kind: str, known: Sequence[Subject], company: Company | None) -> list[Subject]:
    """The subjects that a word of this kind can stand for, likelier first."""
    told = [each for each in known if each.told]
    known = [each for each in known if not each.told]
    if kind == "there":
        places = (each for each in known if each.asked or _agrees(each, "it", company))
        return sorted(places, key=lambda each: not each.asked)
    if kind == "they":
        return sorted(known, key=lambda each: not each.several)
    found = [each for each in known if _agrees(each, kind, company)]
    if found:
        if kind == "it":
            return found
        # A goat is a he, but not before somebody who is spoken of.
        return sorted(found, key=lambda each: not (each.person or _bare_name(each)))
    if kind == "it":
        # A ship is a she to those who sail it, and a god may be a carved one.
        return [each for each in known if not each.person and not _bare_name(each)]
    # A name that nothing is known of may be anybody's.
    for each in (known, told):
        named = [one for one in each if one.person or person(one.text) is not None]
        if fitting := [one for one in named if not _is_other(one, kind, company)]:
            return fitting
    return []


def _bare_name(subject: Subject) -> bool:
    """Whether a subject is a name and no more: “Starbuck”, not “the Pequod”."""
    return subject.text[:1].isupper() and subject.head[:1].isupper()


def _title(subject: Subject) -> str:
    """The sex that the title before a name tells, "" where none does."""
    if _owner(subject.text):
        return ""
    return TITLES.get(subject.text.split()[0].rstrip(".").casefold(), "")


def _is_other(subject: Subject, kind: str, company: Company | None) -> bool:
    """Whether a name is clearly not a he, or not a she: by more sentences than chance gives."""
    if title := _title(subject):
        return title != ("m" if kind == "he" else "f")
    he, she, it = (0, 0, 0) if company is None else company(subject.head)
    own, other = (he, she + it) if kind == "he" else (she, he + it)
    return other > own and (other - own) ** 2 >= other + own


def _agrees(subject: Subject, kind: str, company: Company | None) -> bool:
    """Whether the subject can be a he, a she or an it."""
    if subject.asked or (kind == "it" and subject.several):
        return kind == "it" and not subject.several
    if title := _title(subject):
        return kind == ("he" if title == "m" else "she")
    he, she, it = (0, 0, 0) if company is None else company(subject.head)
    if kind == "it":
        return not subject.person and (1 if _bare_name(subject) else 3) * it >= he + she
    own, other = (he, she) if kind == "he" else (she, he)
    if subject.person:
        return own >= other
    # Of a cottage as many sentences go on with “he” as with anything else.
    somebody = _bare_name(subject) or subject.head in {*kin(), *listed("person")}
    least = 0 if somebody else own + other + it
    return own > other + it and (own - other - it) ** 2 > least


def _with_predicate(question: str, asks: str, last: Answer | None, about: str) -> Completed:
    """“Why?” with the predicate of the question before."""
    if last is None:
        return Completed(question, unclear=asks_back(question))
    before = (last.asked_as or last.question).strip().rstrip(" ?.!…")
    before = _unopened(before)
    line = _read(before)
    asked = _ASKED.match(before)
    rest = before[asked.end() :].strip() if asked else before
    if asked and asked[0].split()[-1].lower() in ("which", "what", "whose", "many", "much"):
        # “Which ship did he …”: the noun belongs to what asked.
        first = next((c for c in line.chunks if c.kind == "np"), None)
        if first is not None and line.tokens[first.start].start <= asked.end() + 1:
            rest = before[line.tokens[first.end - 1].end :].strip()
    answer = _answered(last)
    if asked and asked[0].lower() == "who" and answer:
        rest = f"{answer} {rest}"
    focus, _ = subjects_of(before)
    subject = about or last.about or (focus.text if focus else "") or answer
    if about and focus is not None and focus.text in rest:
        rest = rest.replace(focus.text, about)
    return Completed(
        f"{_begun(asks)} {rest[:1].lower() + rest[1:] if not asked else rest}?", subject
    )


def _with_subject(question: str, named: str, last: Answer) -> Completed:
    """“And Jane?”: the question before, asked of her."""
    before = (last.asked_as or last.question).strip().rstrip(" ?.!…")
    before = _unopened(before)
    pattern = question_of(before)
    again = asked_again(before, named, pattern) if pattern is not None else ""
    if again:
        return Completed(again)
    focus, others = subjects_of(before)
    things = [] if pattern is None else [thing.text for _, thing in named_in(pattern.clause)]
    if things:
        # what a question is about the grammar knows: “the hall” of “what does the hall cost?”
        owners = (each.text for each in others if each.text not in things)
        focus, others = Subject(things[0]), [*map(Subject, things[1:]), *map(Subject, owners)]
    line = _read(named)
    preposition = line.chunks[0].kind == "prep"
    plain = named[line.tokens[line.chunks[0].end].start :] if preposition else named
    if preposition:
        opens = line.text[: line.tokens[line.chunks[0].end - 1].end]
        there = re.search(rf"\b{re.escape(opens)}\s+(?=\w)", before, re.IGNORECASE)
        if there is not None:
            held = _read(before[there.end() :])
            if held.chunks and held.chunks[0].kind in ("np", "date"):
                end = there.end() + held.tokens[held.chunks[0].end - 1].end
                return Completed(f"{before[: there.end()]}{plain}{before[end:]}?", plain)
    name = plain[:1].isupper()
    spoken = [Subject(last.about)] if last.about in before and last.about else []
    same = spoken or [
        each
        for each in ([focus] if focus else []) + others
        if each.text[:1].isupper() == name and each.text in before
    ]
    old = same[0] if same else focus
    if old is not None and old.text in before and (same or not preposition):
        return Completed(f"{before.replace(old.text, plain, 1)}?", plain)
    return Completed(f"{before} {named}?", plain)


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
        return _with_subject(question, chosen.text, last)
    whole = f"{said[: other.start()]}{chosen.text}{said[other.end() :]}"
    return Completed(whole, chosen.text)


def _beside(question: str, known: Sequence[Subject], about: str) -> Completed:
    """A question in another language than English: its subject is put beside it."""
    if not leans(question) or (mentions(question) and not about):
        return Completed(question)
    if not known:
        return Completed(question, unclear=asks_back(question))
    return Completed(f"{question.rstrip()} ({known[0].text})", known[0].text)
