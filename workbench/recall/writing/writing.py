"""A written answer from quoted evidence: streamed, split into cited sentences, and checked.

The quotes remain whatever happens: if the model is missing, slow, crashes or is stopped, its text
so far is kept with one sentence on the problem.
"""

import re
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from ingest.languages import word_set
from ingest.models.records import Reply
from ingest.segment import segment
from workbench.errors import Cancelled, WorkbenchError
from workbench.recall import reader_at_hand
from workbench.recall.checking.checking import (
    begins_with_pronoun,
    doubt,
    doubt_jointly,
    is_copied,
    is_fragment,
    is_supported_fragment,
)
from workbench.recall.checking.clauses import Clause, Word, clauses, sentences, words_of
from workbench.recall.checking.misplaced import adjacent_share
from workbench.recall.checking.roles import contains_form
from workbench.recall.checking.tables import BE, HEDGES
from workbench.recall.records import MARKED, Answer, AnswerSentence, Evidence
from workbench.recall.writing.language import language_of
from workbench.recall.writing.prompting import PROMPT, Prompt

#: The reply of a model if the passages do not answer.
_EMPTY = "NOTHING"
_ITEM = re.compile(r"\d{1,2}[.)]")
#: Final characters of a complete sentence.
_ENDS = tuple('.!?…。！？؟"”»')
#: Maximum sentences of an answer, and characters of one.
_LIMIT, _LONGEST = 40, 2000
#: The maximum ratio of unsupported sentences to supported ones.
_MOSTLY = 5
_UNSURE = "Nothing the model wrote is supported by the passages, so only the quotes are shown."
STOPPED = "The answer was stopped; what was written until then is kept."
_MARK = re.compile(r"[ \t\u00a0]*[\[【]\s*(\^?\d{1,3}(?:\s*[,;，、–-]\s*\^?\d{1,3})*)\s*[\]】]")
#: An incomplete citation mark.
_BEGUN = re.compile(r"[ \t\u00a0]*[\[【][\s\d,;^，、–-]{0,20}$")
#: Separators of numbers, as comma or dash.
_LISTED = str.maketrans(";，、–", ",,,-", "^")
_LEFTOVER = re.compile(r"^(?:(?:[-*•]|\d{1,2}[.)])\s+|#+\s*)|\*\*|__|`")


def extract_citations(text: str, known: Collection[int]) -> tuple[str, tuple[int, ...], bool]:
    """A sentence without marks, its known citations, and whether all were known."""
    numbers: list[int] = []
    for match in _MARK.finditer(text):
        for part in match[1].translate(_LISTED).split(","):
            ends = [int(end) for end in part.split("-") if end.strip()]
            numbers += range(ends[0], min(ends[-1], ends[0] + 20) + 1) if ends else []
    plain = " ".join(_LEFTOVER.sub("", _MARK.sub("", text).strip()).split())
    plain = re.sub(r"\s+([.,;:!?。，])", r"\1", plain)
    inside = tuple(dict.fromkeys(n for n in numbers if n in known))
    return plain, inside, bool(numbers) and all(n in known for n in numbers)


class SentenceSplitter:
    """A streaming sentence splitter; `feed` returns complete sentences, `tail` the rest."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._buffer = ""

    @property
    def tail(self) -> str:
        """The text of the incomplete sentence, without citation marks."""
        return " ".join(_BEGUN.sub("", _MARK.sub("", self._buffer)).split())

    @property
    def pending(self) -> int:
        """The number of characters of the incomplete sentence."""
        return len(self._buffer)

    def feed(self, piece: str) -> list[str]:
        """Add a chunk; returns the sentences it completes, with their marks."""
        self._buffer += piece
        spans = self._spans()
        if len(spans) < 2:
            return []
        # The last one may continue, and the one before may still get its marks.
        found = [self._buffer[a:b] for a, b in spans[:-1]]
        last = self._buffer[spans[-1][0] :]
        if _BEGUN.fullmatch(last) or not "".join(last.split()).strip("[]【】0123456789,;^–-"):
            return []
        self._buffer = last
        return found

    def end(self) -> list[str]:
        """End the stream; returns the rest."""
        found = [self._buffer[a:b] for a, b in self._spans()]
        self._buffer = ""
        return found

    def _spans(self) -> list[tuple[int, int]]:
        """The spans of sentences, including marks after the full stop."""
        text = self._buffer
        # Marks are masked: a bracket would begin a sentence.
        hidden = _MARK.sub(lambda found: " " * len(found[0]), text)
        spans: list[tuple[int, int]] = []
        for start, end in segment(hidden, self._language):
            for line in re.finditer(r"[^\n]+", hidden[start:end]):
                if line[0].strip():
                    spans.append((start + line.start(), start + line.end()))
        merged: list[tuple[int, int]] = []
        for at, (start, _) in enumerate(spans):
            stop = spans[at + 1][0] if at + 1 < len(spans) else len(text)
            merged.append((0 if at == 0 else start, stop))
        return merged


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer in progress: complete, checked sentences, and the unchecked rest.

    Before its first word the model for reading is at passage `reading` of `of`, 0 if none reads.
    """

    sentences: tuple[AnswerSentence, ...]
    tail: str = ""
    reading: int = 0
    of: int = 0

    def text(self) -> str:
        """The whole text so far."""
        return " ".join(filter(None, (*(sentence.text for sentence in self.sentences), self.tail)))


OnDraft = Callable[[Draft], object]


def unseen(_draft: Draft) -> None:
    """The default callback."""


def compose(
    answer: Answer,
    query: Prompt,
    pieces: Iterable[str | Reply],
    model: str,
    *,
    on_draft: OnDraft = unseen,
    begun: float | None = None,
) -> Answer:
    """The answer with the text of a model, each sentence checked once complete.

    An exception while streaming (an error or a cancellation) ends the answer; the text so far is
    kept. Unsupported sentences are marked; if no sentence is supported, the quotes remain.
    """
    begun = time.perf_counter() if begun is None else begun
    evidence = {item.n: item for item in answer.evidence if item.n in query.shown}
    stream = SentenceSplitter(language_of(answer.question))
    outputs: list[AnswerSentence] = []
    size = 0
    note, hint, empty, early, full = "", "", False, False, False
    try:
        for piece in pieces:
            if isinstance(piece, Reply):
                full = not piece.cut
                if piece.truncated:
                    note = "The model read only a part of the passages."
                elif piece.cut:
                    note = "The answer is cut: it grew longer than the model may write."
                continue
            wording = _judged(answer, stream.feed(piece), evidence)
            _take(outputs, wording)
            # Repetitions count: a model may loop.
            size += len(wording)
            if size >= _LIMIT or stream.pending > _LONGEST:
                note = "The answer was ended: it went on and on."
                break
            if not _EMPTY.startswith(stream.tail[: len(_EMPTY)]):
                on_draft(Draft(tuple(outputs), stream.tail))
    except Cancelled:
        note, early = STOPPED, True
    except WorkbenchError as error:
        note, hint, early = error.message, error.hint, True
    remainder = stream.end()
    if not outputs and " ".join(remainder).strip().strip(".*\"' ") == _EMPTY:
        remainder, empty = [], True
    final = _judged(answer, remainder, evidence)
    if final and not full and not final[-1].text.endswith(_ENDS):
        # An incomplete sentence cannot be checked.
        final[-1] = replace(final[-1], supported=False, citations=())
    _take(outputs, final)
    supported = sum(item.supported for item in outputs)
    if supported and len(outputs) >= _MOSTLY * supported and not early:
        # Mostly unsupported: only the rest is shown.
        note = f"The model wrote {len(outputs) - supported} sentences that no passage supports."
        outputs = [item for item in outputs if item.supported]
    on_draft(Draft(tuple(outputs)))
    note = note or _remarks(answer, query) or answer.note
    elapsed = answer.milliseconds + 1000 * (time.perf_counter() - begun)
    result = replace(
        answer,
        milliseconds=elapsed,
        model=model,
        prompt=PROMPT,
        cut=query.cut,
        note=note,
        hint=hint,
    )
    if empty:
        return replace(result, note="The model found no answer in these passages.")
    if not (early and outputs) and not any(sentence.supported for sentence in outputs):
        return replace(result, note=note or (_UNSURE if outputs else "The model wrote nothing."))
    return replace(result, mode="written", sentences=tuple(outputs))


def _remarks(answer: Answer, query: Prompt) -> str:
    """Remarks on suspicious passages and those that did not fit."""
    tokens = []
    if query.cut:
        passages = "passage" if query.cut == 1 else "passages"
        tokens.append(f"{query.cut} {passages} did not fit into what the model reads")
    odd = sum(MARKED in item.tags and item.n in query.shown for item in answer.evidence)
    if odd:
        contain = "passage contains" if odd == 1 else "passages contain"
        tokens.append(f"{odd} {contain} marks that are meant for a language model")
    return f"{'; '.join(tokens)}." if tokens else ""


def _take(outputs: list[AnswerSentence], matches: Sequence[AnswerSentence]) -> None:
    """Append sentences without duplicates.

    One whose subject is a pronoun is doubtful if the previous one is.
    """
    for item in matches:
        if outputs and not outputs[-1].supported and begins_with_pronoun(item.text):
            item = replace(item, supported=False)
        if all(item.text.casefold() != other.text.casefold() for other in outputs):
            outputs.append(item)


def _judged(
    answer: Answer, sentences: Sequence[str], evidence: dict[int, Evidence]
) -> list[AnswerSentence]:
    """Each sentence with its citations, and whether they support it."""
    matches = []
    for raw in sentences:
        text, numbers, existing = extract_citations(raw, evidence)
        if not any(sign.isalnum() for sign in text):
            continue
        for n in numbers:
            # Small models also copy the title before a passage.
            text = text.removeprefix(f"({' '.join(evidence[n].source.title.split())})").lstrip()
        texts = [evidence[n].quote for n in numbers]
        topic = " ".join([answer.question, *(evidence[n].source.title for n in numbers)])
        # "1." is a list item, not a number.
        ok = existing and not _ITEM.fullmatch(text)
        ok = ok and not doubt_jointly(text, texts, topic)
        ok = ok and is_supported_fragment(text, texts, answer.question)
        cites = _needed(text, numbers, evidence, topic) if ok else numbers
        if not ok and not _ITEM.fullmatch(text):
            source = _copied_from(text, answer.question, evidence) or restated_from(
                text, answer.question, [evidence[n] for n in numbers or evidence]
            )
            cites, ok = ((source,), True) if source else (cites, False)
        matches.append(AnswerSentence(text, cites, ok))
    return matches


def _copied_from(text: str, question: str, evidence: dict[int, Evidence]) -> int:
    """The passage that a sentence is copied from, regardless of its citations; 0 if there is none.

    Small models omit the numbers. Passages with instructions are excluded.
    """
    for n, item in evidence.items():
        topic = f"{question} {item.source.title}"
        if (
            MARKED not in item.tags
            and not begins_with_pronoun(text)
            and is_copied(text, item.quote)
            and not doubt(text, [item.quote], topic)
            and is_supported_fragment(text, [item.quote], question)
        ):
            return n
    return 0


def _needed(
    text: str, numbers: tuple[int, ...], evidence: dict[int, Evidence], topic: str
) -> tuple[int, ...]:
    """The citations of a supported sentence that support it alone, or are necessary.

    A passage is not _cited for what only another one says.
    """
    selection = list(numbers)
    for n in numbers:
        alternatives = [evidence[m].quote for m in selection if m != n]
        spare = alternatives and not doubt(text, alternatives, topic)
        if spare and doubt(text, [evidence[n].quote], topic):
            selection.remove(n)
    return tuple(selection)


#: The minimum probability that a passage answers.
_ANSWERS = 0.6
_ARTICLE = re.compile(r"^(?:an?|the)\s+", re.IGNORECASE)
#: Words that move or vanish when a question becomes a statement.
_AUXILIARIES = BE | word_set("do does did have has had the a an")


def restated_from(text: str, question: str, evidence: Iterable[Evidence]) -> int:
    """The number of the passage whose answer a sentence restates, 0 for none.

    Such a sentence has words of the question that its passage lacks. It is right if the passage
    answers the question, as judged by the reader without the sentence.

    Passages with instructions are excluded.
    """
    for item in evidence:
        span = None if MARKED in item.tags else _answer(question, item.quote)
        if span is not None and restates(text, question, item.quote, span):
            return item.n
    return 0


@lru_cache(64)
def _answer(question: str, passage: str) -> tuple[int, int] | None:
    """The span of a passage that answers a question, None if it probably does not."""
    reader = reader_at_hand.at_hand()
    (reading,) = reader.read(question, [passage]) if reader is not None else (None,)
    if reading is None or reading.probability < _ANSWERS or reading.end <= reading.start:
        return None
    return reading.start, reading.end


def restates(text: str, question: str, passage: str, span: tuple[int, int]) -> bool:
    """Whether a sentence consists of words of the question and the complete answer at `span`.

    Negations and hedges must be those of the question and of the passage's sentence, and the
    question's words must be in order.
    """
    wording, queries, answer = clauses(text), clauses(question), clauses(passage[slice(*span)])
    source = next((s for s in reversed(sentences(clauses(passage))) if s[0].start <= span[0]), [])
    if is_fragment(text) or not _denied(wording) == _denied(queries) == _denied(source):
        return False
    question_words, answer_words = _content(queries), _content(answer)
    new = [word for word in _content(wording) if not contains_form(question_words, word)]
    added = [word for word in answer_words if not contains_form(question_words, word)]
    weakened = [word for word in words_of(source) if word.text in HEDGES]
    if not all(contains_form(words_of(wording), word) for word in weakened):
        return False
    numbers, answer_numbers = _numbers(wording), _numbers(answer)
    if not (new or numbers - _numbers(queries)) or numbers - _numbers(queries) != answer_numbers:
        return False
    if not all(contains_form(answer_words, word) for word in new) or not all(
        contains_form(new, word) for word in added
    ):
        return False
    before, _, after = text.partition(_ARTICLE.sub("", passage[slice(*span)], count=1))
    answer_forms = [word for word in words_of(answer) if not contains_form(words_of(queries), word)]
    remainder = [
        w for w in _fixed(clauses(f"{before} {after}")) if not contains_form(answer_forms, w)
    ]
    return adjacent_share(remainder, [_fixed(queries)]) == 1.0


def _denied(matches: Sequence[Clause]) -> bool:
    return any(clause.denial for clause in matches)


def _content(matches: Sequence[Clause]) -> list[Word]:
    return [word for word in words_of(matches) if not word.light]


def _fixed(matches: Sequence[Clause]) -> list[Word]:
    return [word for word in words_of(matches) if word.text not in _AUXILIARIES]


def _numbers(matches: Sequence[Clause]) -> set[float]:
    return {amount.value for clause in matches for amount in clause.amounts}
