"""A written answer from quoted evidence: streamed, checked, and never trusted.

The quotes remain whatever happens: if the model is missing, slow, crashes or is stopped, its text
so far is kept with one sentence on the problem.
"""

import re
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from ingest.models.records import Reply
from workbench.errors import Cancelled, WorkbenchError
from workbench.recall.checking.checking import (
    begins_with_pronoun,
    check,
    check_jointly,
    is_copied,
    is_supported_fragment,
)
from workbench.recall.records import MARKED, Answer, AnswerSentence, Evidence
from workbench.recall.writing.language import language_of
from workbench.recall.writing.prompting import PROMPT, Prompt
from workbench.recall.writing.restating import restated_from
from workbench.recall.writing.sentences import Sentences, cited

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


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer in progress: complete, checked sentences, and the unchecked rest."""

    sentences: tuple[AnswerSentence, ...]
    tail: str = ""

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
    stream = Sentences(language_of(answer.question))
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
            wording = _judged(answer, stream.hear(piece), evidence)
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
        text, numbers, existing = cited(raw, evidence)
        if not any(sign.isalnum() for sign in text):
            continue
        for n in numbers:
            # Small models also copy the title before a passage.
            text = text.removeprefix(f"({' '.join(evidence[n].source.title.split())})").lstrip()
        texts = [evidence[n].quote for n in numbers]
        topic = " ".join([answer.question, *(evidence[n].source.title for n in numbers)])
        # "1." is a list item, not a number.
        ok = existing and not _ITEM.fullmatch(text)
        ok = ok and check_jointly(text, texts, topic).supported
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
            and check(text, [item.quote], topic).supported
            and is_supported_fragment(text, [item.quote], question)
        ):
            return n
    return 0


def _needed(
    text: str, numbers: tuple[int, ...], evidence: dict[int, Evidence], topic: str
) -> tuple[int, ...]:
    """The citations of a supported sentence that support it alone, or are necessary.

    A passage is not cited for what only another one says.
    """
    selection = list(numbers)
    for n in numbers:
        alternatives = [evidence[m].quote for m in selection if m != n]
        spare = alternatives and check(text, alternatives, topic).supported
        if spare and not check(text, [evidence[n].quote], topic).supported:
            selection.remove(n)
    return tuple(selection)
