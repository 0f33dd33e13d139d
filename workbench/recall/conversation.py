"""Completes a follow-up question from the turns before it.

Anaphoric words (`open_words`) are replaced by a subject of previous turns (`subjects`), and a
question without a predicate (“Why?”, “And Jane?”) takes that of the last question. “Tell me more”
and “What happened next?” show the text after the last answer.
"""

import re
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache

from ingest.detection import detect_language
from ingest.language.politeness import OPENING
from ingest.language.word_lists import is_person_noun
from ingest.patterns import later
from workbench.memory.lexicon import Lexicon
from workbench.memory.snapshot import Snapshot
from workbench.recall import quotes
from workbench.recall.content_words import content_stems
from workbench.recall.mentions import mentions
from workbench.recall.open_words import (
    ASKS,
    MANY,
    PERSON,
    POINTING,
    open_words,
    pronoun_counts,
    read,
    stands_for,
    unopened,
)
from workbench.recall.question import in_english, parse
from workbench.recall.question_forms import courtesy_reply, wants_more
from workbench.recall.quotes import Quote
from workbench.recall.records import TURNS, Answer, AnswerSentence, Coverage
from workbench.recall.search import Thread, scope_of
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
from workbench.recall.value import is_date
from workbench.recall.windows import MAX_SENTENCES, MAX_WORDS
from workbench.recall.writing.turns import leans
from workbench.store import text
from workbench.store.records import EngramRow
from workbench.store.store import Store

#: Maximum characters of a question to complete.
_LONGEST = 400
#: Maximum alternative subjects.
_OFFERED = 6

_WORDS = later(r"[a-z]+")
#: “What about Jane?” and “I meant Jane” name only a subject.
_BARE_TOPIC = later(
    r"\s*(?:(?:what|how)\s+about|i\s+(?:mean|meant|was\s+asking\s+(?:about|of)))\s+",
    re.IGNORECASE,
)
#: “When was that?” refers to the predicate of the previous question.
_THAT_HAPPENED = later(
    r"\s+(?:was|did)\s+(?:that|this)(?:\s+(?:so|happen))?[\s?!.…]*$", re.IGNORECASE
)
#: Maximum words of a bare question phrase, and the tags of words in it.
#: The content words of a first question from which a pronoun need not be asked back.
_SAYS_ENOUGH = 2
_FEW_WORDS, _BESIDE_ASKING = 5, frozenset("NJDPRn")
#: Possessives, as they appear after “of”.
_OF_OWNER = {"its": "it", "his": "him", "her": "her", "their": "them"}
#: The question phrase at the beginning; the predicate follows.
_QUESTION_OPENING = later(
    rf"{OPENING}"
    r"(?:\s+(?:many|much|long|often|old|far|big|large|tall|high|deep)\b)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Completed:
    """A completed question, and the subject that was inserted ("" for none).

    `unclear` is a clarification question, if a reference has no antecedent; `substitution` is a
    subject named alone.
    """

    question: str
    about: str = ""
    unclear: str = ""
    substitution: Substitution | None = None


def completed(
    question: str, turns: Sequence[Answer], topic: str = "", company: Company | None = None
) -> Completed:
    """Complete a question from the turns before, oldest first.

    `topic` is a subject selected by the user, which replaces every reference. A complete question
    is returned unchanged.
    """
    if len(question) > _LONGEST:
        return Completed(question)
    history = [turn for turn in turns if turn.question][-TURNS:]
    entities = [Subject(topic)] if topic else subjects(history)
    previous = history[-1] if history else None
    wording = unopened(question)
    if not in_english(wording) and not _english_words(wording):
        return _with_subject_appended(question, entities, topic)
    if interrogative := _interrogative(wording):
        return _with_predicate(question, interrogative, previous, topic)
    if previous is not None:
        asked = _resolved_question(previous)
        if entity := _bare_subject(wording):
            # “And Jane?”: the previous question with this subject.
            other = substituted(asked, entity)
            return Completed(other.question, other.about, substitution=other)
        if (headed := with_heads(wording, asked)) != wording:
            return Completed(_capitalized(headed))
    return _resolved(question, wording, entities, None if topic else company)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question with the turns before it, oldest first.

    `topic` is a subject selected by the user, or "". The sentences of `sources` (None: all)
    determine the pronoun of a name.
    """

    question: str
    turns: Sequence[Answer]
    topic: str
    sources: Collection[int] | None


def followed(
    store: Store,
    lexicon: Lexicon,
    follow_up: FollowUp,
    answer_for: Callable[[str, Thread | None], Answer],
) -> Answer:
    """The answer of `answer_for` to the completed question."""
    question, topic, snapshot = follow_up.question, follow_up.topic, lexicon.refresh()
    # Thanks are no turn, and do not answer an open reference.
    turns = [turn for turn in follow_up.turns if not courtesy_reply(turn.question)]
    if courtesy_reply(question):
        return answer_for(question, None)
    reads_on = bool(turns) and not topic and wants_more(question)
    if reads_on and (more := _read_on(store, snapshot, question, turns)):
        return more

    @cache
    def company(word: str) -> tuple[int, int, int]:
        with store.read() as connection:
            scope = scope_of(text.extents(connection), follow_up.sources, snapshot)
            return pronoun_counts(connection, snapshot, scope, word)

    follow = completed(question, turns, topic, company)
    wording, recent, thread = unopened(question), turns[-TURNS:], None
    if recent:
        # A bare name is no question by itself.
        primary = wording if follow.substitution is None else follow.substitution.question
        thread = Thread(primary, follow.substitution)
    if follow.unclear and not recent and len(content_stems(wording)) < _SAYS_ENOUGH:
        return Answer(question, "none", abstained=True, suggestion=follow.unclear)
    if follow.unclear:
        # Without an antecedent, the answer may still be near the previous one, or the other words
        # say enough: “What food made him so ill?”
        answer = answer_for(question, thread)
        if not answer.found:
            return replace(answer, suggestion=follow.unclear)
        return replace(answer, note=answer.note or follow.unclear) if answer.possible else answer
    # A question without references is independent.
    joins = follow.about or wording != question or leans(question)
    answer = answer_for(follow.question, thread if joins else None)
    rewritten = "" if follow.question == question else follow.question
    entities = subjects(recent) if follow.about else ()
    mentioned = [item.text for item in entities if not (is_date(item.text) or item.is_quantity)]
    return replace(
        answer,
        question=question,
        about=follow.about,
        asked_as=answer.asked_as or rewritten,
        others=tuple(name for name in mentioned[:_OFFERED] if name != follow.about),
    )


def clarification(question: str) -> str:
    """A clarification question for a reference without an antecedent."""
    pronoun = next((raw for raw, *_ in open_words(read(question))), "")
    if pronoun.lower() in (*PERSON, *MANY) and pronoun.lower() not in ("it", "its"):
        return f"Whom do you mean by “{pronoun}”?"
    if pronoun:
        return f"What do you mean by “{pronoun}”?"
    return "What do you want to know that of? Nothing was asked before."


def _english_words(text: str) -> bool:
    """Whether a text has an English anaphor, or names a subject in English."""
    tokens = set(_WORDS.findall(text.lower()))
    if tokens & {*PERSON, *MANY, *POINTING, "about", "other"} or not leans(text):
        return True
    return detect_language(text) == "en"


def _interrogative(wording: str) -> str:
    """The question phrase of “Why?”, “When was that?”, “From which platform?”; else ""."""
    remainder = _THAT_HAPPENED.sub("", wording).strip(" ?!.…")
    if len(remainder.split()) > _FEW_WORDS or ASKS.isdisjoint(remainder.lower().split()[:2]):
        return ""
    line = read(remainder)
    tags = line.tags[1:] if line.tags[0] in "IT" else line.tags
    if tags[:1] in ("W", "A") and (
        _BESIDE_ASKING.issuperset(tags[1:]) or line.words[-1].lower() == "come"
    ):
        return remainder
    return ""


def _bare_subject(wording: str) -> str:
    """The subject of a question that names nothing else; "" for any other."""
    opening = _BARE_TOPIC.match(wording)
    remainder = wording[opening.end() :] if opening else wording
    remainder = remainder.strip(" ?.!…")
    line = read(remainder)
    if not line.tokens or len(line.tokens) > 8 or set(line.tags) & set("VBXHOMWA"):
        return ""
    phrases = [chunk for chunk in line.chunks if chunk.kind in ("np", "date")]
    is_free = any(line.words[row.start].lower() not in (*PERSON, *MANY) for row in phrases)
    starts = bool(line.chunks) and line.chunks[0].kind in ("np", "date", "prep")
    if not is_free or not starts or (not opening and len(phrases) > 2):
        return ""
    return "" if next(open_words(line), None) else remainder


# -- completion --------------------------------------------------------------------------------


def _resolved(
    question: str, wording: str, entities: Sequence[Subject], company: Company | None
) -> Completed:
    """The question with each anaphor replaced by its antecedent."""
    if not {*PERSON, *MANY, *POINTING, "there"} & set(_WORDS.findall(wording.lower())):
        # Most questions have none, and loading the parser takes a moment.
        return Completed(question)
    line = read(_as_possession(wording))
    left = [(stands_for(raw), raw, place, owns) for raw, place, owns in open_words(line)]
    rewritten, at, referents = list[str](), 0, dict[str, Subject]()
    # The first anaphor determines the subject; the others take agreeing ones of the rest.
    for kind, raw, place, owns in left:
        free = [item for item in entities if item not in referents.values()]
        candidate = referents.get(kind) or next(iter(agreeing(kind, free, company)), None)
        if candidate is None and not referents:
            return Completed(question, unclear=clarification(wording))
        is_first = not referents or kind == left[0][0]
        if candidate is None or (kind == "they" and not is_first and not candidate.several):
            continue
        referents[kind] = candidate
        token = line.tokens[place]
        referent = candidate.text
        if raw.lower() == "there":
            referent = f"in {referent}"
        rewritten += [line.text[at : token.start], f"{referent}'s" if owns else referent]
        at = token.end
    if not referents:
        return Completed(question)
    rewritten.append(line.text[at:])
    topic = ALSO.join(dict.fromkeys(item.text for item in referents.values()))
    return Completed(_capitalized("".join(rewritten)), topic)


def _as_possession(wording: str) -> str:
    """“Its rent?” as a question: “What is the rent of it?”."""
    opening = _BARE_TOPIC.match(wording)
    line = read((wording[opening.end() :] if opening else wording).strip(" ?.!…"))
    owner = _OF_OWNER.get(line.words[0].lower()) if len(line.chunks) == 1 else None
    if owner is None or len(line.tokens) == 1 or line.chunks[0].kind != "np":
        return wording
    interrogative = "Who" if is_person_noun(line.words[-1].lower()) else "What"
    return f"{interrogative} is the {line.text[line.tokens[1].start :]} of {owner}?"


def _capitalized(question: str) -> str:
    return question[:1].upper() + question[1:]


def _with_predicate(
    question: str, interrogative: str, previous: Answer | None, topic: str
) -> Completed:
    """“Why?” with the predicate of the previous question."""
    if previous is None:
        return Completed(question, unclear=clarification(question))
    prefix = _resolved_question(previous)
    line = read(prefix)
    query = _QUESTION_OPENING.match(prefix)
    remainder = prefix[query.end() :].strip() if query else prefix
    if query and query[0].split()[-1].lower() in ("which", "what", "whose", "many", "much"):
        # “Which ship did he …”: the noun belongs to the question phrase.
        first = next((c for c in line.chunks if c.kind == "np"), None)
        if first is not None and line.tokens[first.start].start <= query.end() + 1:
            remainder = prefix[line.tokens[first.end - 1].end :].strip()
    answer = answer_of(previous)
    if query and query[0].lower() == "who" and answer:
        remainder = f"{answer} {remainder}"
    focus, _ = subjects_of(prefix)
    subject = topic or previous.about or (focus.text if focus else "") or answer
    if topic and focus is not None and focus.text in remainder:
        remainder = remainder.replace(focus.text, topic)
    if not query:
        remainder = remainder[:1].lower() + remainder[1:]
    return Completed(f"{_capitalized(interrogative)} {remainder}?", subject)


def _resolved_question(turn: Answer) -> str:
    """The completed question of a turn, without its question mark."""
    return unopened((turn.asked_as or turn.question).strip().rstrip(" ?.!…"))


def _with_subject_appended(question: str, entities: Sequence[Subject], topic: str) -> Completed:
    """A question in another language: its subject is appended."""
    if not leans(question) or (mentions(question) and not topic):
        return Completed(question)
    if not entities:
        return Completed(question, unclear=clarification(question))
    return Completed(f"{question.rstrip()} ({entities[0].text})", entities[0].text)


# -- reading on -------------------------------------------------------------------------------


def _read_on(
    store: Store, snapshot: Snapshot, question: str, turns: Sequence[Answer]
) -> Answer | None:
    """The sentences after the first one of the last answer.

    None if it had none, or if its source ends there.
    """
    start_time = time.perf_counter()
    previous = turns[-1]
    if previous.abstained or not previous.sentences or not previous.sentences[0].citations:
        return None
    statement = previous.sentences[-1] if wants_more(previous.question) else previous.sentences[0]
    cited = next((item for item in previous.evidence if item.n == statement.citations[0]), None)
    if cited is None:
        return None
    with store.read() as connection:
        ids = cited.engrams
        existing = text.engrams_between(connection, ids[0], ids[-1] + 4 * MAX_SENTENCES)
        rows = _next(existing, statement.text, [sentence.text for sentence in previous.sentences])
        if not rows:
            return None
        quote = Quote(0, tuple(rows), 1.0)
        context = quotes.surroundings(connection, [quote])
        scope = scope_of(text.extents(connection), [rows[0].source], snapshot)
        cue = parse(question, snapshot, scope, frozenset())
    return Answer(
        question, "quotes", False, previous.confidence, None,
        tuple(AnswerSentence(_plain(row), (1,)) for row in rows),
        (quotes.evidence(quote, 1, previous.confidence, cue, context),),
        Coverage(len({row.passage for row in rows}), previous.coverage.of, 1),
        (time.perf_counter() - start_time) * 1000,
        about=previous.about,
        asked_as=previous.asked_as or previous.question,
    )  # fmt: skip


def _next(existing: Sequence[EngramRow], passage: str, tokens: Collection[str]) -> list[EngramRow]:
    """The following sentences of the same section that were not in the answer."""
    at = next((n for n, row in enumerate(existing) if passage.startswith(_plain(row))), 0)
    following = [row for row in existing[at + 1 :] if row.source == existing[at].source]
    rows: list[EngramRow] = []
    total = 0
    for row in following:
        total += len(row.text.split())
        separate = rows and (row.section != rows[0].section or row.id != rows[-1].id + 1)
        if len(rows) == MAX_SENTENCES or separate or (rows and total > MAX_WORDS):
            break
        if not any(_plain(row) in item for item in tokens):
            rows.append(row)
    return rows


def _plain(row: EngramRow) -> str:
    return " ".join(row.text.split())
