"""A written answer from the evidence of a quoted one: streamed, checked, and never trusted.

The quotes stand whatever becomes of the model: where it is absent, slow, dies or is stopped, what
it has said so far is kept with one sentence on what happened.
"""

import re
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from ingest.models.records import Said
from workbench.errors import Cancelled, WorkbenchError
from workbench.recall.checking.checking import check, check_together, is_said_of
from workbench.recall.records import Answer, AnswerSentence, Evidence
from workbench.recall.writing.injection import MARKED
from workbench.recall.writing.language import language_of
from workbench.recall.writing.prompting import PROMPT, Prompt
from workbench.recall.writing.sentences import Sentences, cited

#: What the model writes where the passages do not answer.
_NOTHING = "NOTHING"
_ITEM = re.compile(r"\d{1,2}[.)]")
#: What a sentence ends with that is whole.
_ENDS = tuple('.!?…。！？؟"”»')
#: Sentences, and letters of one, after which an answer is long enough, whatever the model thinks.
_MOST, _LONGEST = 40, 2000
#: So many sentences for one that is supported are too many.
_MOSTLY = 5
_UNSURE = "Nothing the model wrote is supported by the passages, so only the quotes are shown."
STOPPED = "The answer was stopped; what was written until then is kept."


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer under way: whole sentences, checked, and the words of the next, which is not."""

    sentences: tuple[AnswerSentence, ...]
    tail: str = ""

    def text(self) -> str:
        """Everything so far."""
        return " ".join(filter(None, (*(each.text for each in self.sentences), self.tail)))


OnDraft = Callable[[Draft], object]


def unseen(_draft: Draft) -> None:
    """A draft that nobody looks at."""


def written(
    answer: Answer,
    asked: Prompt,
    pieces: Iterable[str | Said],
    model: str,
    *,
    on_draft: OnDraft = unseen,
    begun: float | None = None,
) -> Answer:
    """The answer with what a model writes, piece by piece, each sentence checked when it is whole.

    What stops the pieces (an error for the user, or somebody's wish) ends the answer there, and
    what was written until then is kept. Sentences that nothing supports are marked; where a whole
    answer has none that is supported, the quotes stand.
    """
    begun = time.perf_counter() if begun is None else begun
    evidence = {item.n: item for item in answer.evidence if item.n in asked.shown}
    heard = Sentences(language_of(answer.question))
    made: list[AnswerSentence] = []
    many = 0
    note, hint, nothing, early, whole = "", "", False, False, False
    try:
        for piece in pieces:
            if isinstance(piece, Said):
                whole = not piece.cut
                if piece.truncated:
                    note = "The model read only a part of the passages."
                elif piece.cut:
                    note = "The answer is cut: it grew longer than the model may write."
                continue
            said = _judged(answer, heard.hear(piece), evidence)
            _take(made, said)
            # What is repeated counts: a model may say one thing without end.
            many += len(said)
            if many >= _MOST or heard.held > _LONGEST:
                note = "The answer was ended: it went on and on."
                break
            if not _NOTHING.startswith(heard.tail[: len(_NOTHING)]):
                on_draft(Draft(tuple(made), heard.tail))
    except Cancelled:
        note, early = STOPPED, True
    except WorkbenchError as error:
        note, hint, early = error.message, error.hint, True
    rest = heard.end()
    if not made and " ".join(rest).strip().strip(".*\"' ") == _NOTHING:
        rest, nothing = [], True
    last = _judged(answer, rest, evidence)
    if last and not whole and not last[-1].text.endswith(_ENDS):
        # What it was about to say nobody knows.
        last[-1] = replace(last[-1], supported=False)
    _take(made, last)
    supported = sum(each.supported for each in made)
    if supported and len(made) >= _MOSTLY * supported and not early:
        # Hardly anything of it holds: the reader is spared the rest.
        note = f"The model wrote {len(made) - supported} sentences that no passage supports."
        made = [each for each in made if each.supported]
    on_draft(Draft(tuple(made)))
    note = note or _remarks(answer, asked) or answer.note
    took = answer.milliseconds + 1000 * (time.perf_counter() - begun)
    result = replace(
        answer, milliseconds=took, model=model, prompt=PROMPT, cut=asked.cut, note=note, hint=hint
    )
    if nothing:
        return replace(result, note="The model found no answer in these passages.")
    if not (early and made) and not any(sentence.supported for sentence in made):
        return replace(result, note=note or (_UNSURE if made else "The model wrote nothing."))
    return replace(result, mode="written", sentences=tuple(made))


def _remarks(answer: Answer, asked: Prompt) -> str:
    """What the reader should know of the passages that were read and those that were not."""
    said = []
    if asked.cut:
        passages = "passage" if asked.cut == 1 else "passages"
        said.append(f"{asked.cut} {passages} did not fit into what the model reads")
    odd = sum(MARKED in item.tags and item.n in asked.shown for item in answer.evidence)
    if odd:
        hold = "passage contains" if odd == 1 else "passages contain"
        said.append(f"{odd} {hold} marks that are meant for a language model")
    return f"{'; '.join(said)}." if said else ""


def _take(made: list[AnswerSentence], found: Sequence[AnswerSentence]) -> None:
    """Add sentences, but none that the model has said before."""
    for each in found:
        if all(each.text.casefold() != other.text.casefold() for other in made):
            made.append(each)


def _judged(
    answer: Answer, sentences: Sequence[str], evidence: dict[int, Evidence]
) -> list[AnswerSentence]:
    """Each sentence with the evidence that it cites, and whether that supports it."""
    found = []
    for raw in sentences:
        text, numbers, known = cited(raw, evidence)
        if not any(sign.isalnum() for sign in text):
            continue
        for n in numbers:
            # A small model copies the title that stands before a passage, too.
            text = text.removeprefix(f"({' '.join(evidence[n].source.title.split())})").lstrip()
        texts = [evidence[n].quote for n in numbers]
        about = " ".join([answer.question, *(evidence[n].source.title for n in numbers)])
        # "1." begins a list; it states no number.
        ok = known and not _ITEM.fullmatch(text)
        ok = ok and check_together(text, texts, about).supported
        ok = ok and is_said_of(text, texts, answer.question)
        cites = _needed(text, numbers, evidence, about) if ok else numbers
        found.append(AnswerSentence(text, cites, ok))
    return found


def _needed(
    text: str, numbers: tuple[int, ...], evidence: dict[int, Evidence], about: str
) -> tuple[int, ...]:
    """The citations of a supported sentence that say it alone, or without which it is not said.

    A passage does not lend its name to what only another one says.
    """
    kept = list(numbers)
    for n in numbers:
        others = [evidence[m].quote for m in kept if m != n]
        spare = others and check(text, others, about).supported
        if spare and not check(text, [evidence[n].quote], about).supported:
            kept.remove(n)
    return tuple(kept)
