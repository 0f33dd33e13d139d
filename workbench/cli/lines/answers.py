"""Lines of an answer with its evidence."""

import textwrap
from collections.abc import Sequence

from workbench.cli.lines.form import Lines, Remark
from workbench.cli.lines.graph import brought
from workbench.cli.lines.told import hit
from workbench.cli.output import plural
from workbench.memory.facts.records import Fact
from workbench.recall.answered.saved import Answered
from workbench.recall.records import Answer, AnswerSentence, Evidence
from workbench.recall.wording import place_words, repeat_note
from workbench.translation import known, tr

_WIDTH = 92


def answer_lines(answer: Answer, explain: bool) -> Lines:
    """An answer with its evidence."""
    if answer.about:
        others = f": {', '.join(answer.others)}" if answer.others else ""
        about = tr("About {name} (--about NAME asks about another", name=answer.about)
        yield f"{about}{others})\n"
    if answer.abstained and answer.mode == "none" and answer.suggestion.endswith("?"):
        # A question back: nothing was searched.
        yield known(answer.suggestion)
    elif answer.abstained:
        yield from _abstention(answer)
    else:
        yield from _sentences(answer)
    lit = answer.sentences if _may_answer(answer) else ()
    for evidence in answer.evidence:
        yield from _evidence(evidence, explain, lit)
    if answer.recalled:
        yield "\n" + tr("What comes to mind:")
    for recalled in answer.recalled:
        yield from hit(recalled, explain)
    if answer.brought:
        yield "\n" + tr("Associated in the brain:")
    for association in answer.brought:
        yield from brought(association)
    if answer.note and not answer.differs:
        yield Remark(f"\n{known(answer.note)} {known(answer.hint)}".rstrip())
    passages = ""
    if answer.coverage.of:
        passages = tr(
            "{count} of {of} passages, {sources}, ",
            **{"count": answer.coverage.passages, "of": answer.coverage.of},
            sources=plural(answer.coverage.sources, "source"),
        )
    yield Remark(f"\n{passages}{answer.milliseconds:.0f} ms")


def _abstention(answer: Answer) -> Lines:
    empty = answer.mode == "none" and not answer.coverage.of
    yield tr("There is nothing to answer from yet." if empty else "Not in your sources.")
    if answer.suggestion:
        yield known(answer.suggestion)
    if answer.near:
        yield "\n" + tr("Closest statements:")
    yield from _facts(answer.near, width=_WIDTH)
    if answer.evidence:
        yield "\n" + tr("The closest passages:")


def _sentences(answer: Answer) -> Lines:
    if _may_answer(answer):
        yield from _facts(answer.facts, end="\n")
        if answer.near:
            yield tr("Closest statements:") if answer.sentences else tr("May answer:")
            yield from _facts(answer.near, width=_WIDTH)
            yield from [""] if answer.evidence else []
        if answer.sentences:
            yield tr("May answer (the likeliest sentence of each passage between asterisks):")
        elif answer.evidence:
            yield tr("The closest passages:")
        return
    written = answer.mode == "written"
    yield tr("Written by {model}", model=answer.model) if written else tr("Answer")
    if answer.value:
        yield f"\n  {answer.value}\n"
    yield from _facts(answer.facts, end="\n")
    if answer.differs:
        yield f"{known(answer.note)}\n"
    for sentence in answer.sentences:
        if sentence.heading:
            yield f"\n{sentence.heading}"
        marks = "".join(f"[{n}]" for n in sentence.citations)
        text = sentence.text if answer.mode == "written" else f"“{sentence.text}”"
        doubt = "" if sentence.supported else tr(" (unsupported)")
        yield textwrap.fill(f"{text} {marks}{doubt}", _WIDTH)
    if answer.evidence:
        yield "\n" + tr("Evidence:")


def _may_answer(answer: Answer) -> bool:
    """Whether passages are shown without a claim."""
    return answer.possible and answer.mode == "quotes" and not answer.differs


def _facts(facts: Sequence[Fact], width: int = 0, end: str = "") -> Lines:
    for fact in facts:
        text = textwrap.shorten(fact.text, width) if width else fact.text
        names = ", ".join(fact.sources) or tr("you")
        yield f"  “{text}” ({tr('said by {names}', names=names)}){end}"


def _evidence(evidence: Evidence, explain: bool, lit: Sequence[AnswerSentence]) -> Lines:
    place = place_words(evidence.locator, evidence.source)
    title = " · ".join(filter(None, (evidence.source.title, place)))
    tags = f"  ({', '.join(evidence.tags)})" if evidence.tags else ""
    yield f"\n[{evidence.n}] {title}{tags}"
    quote = evidence.quote
    for sentence in lit:
        if evidence.n in sentence.citations:
            quote = quote.replace(sentence.text, f"*{sentence.text}*", 1)
    yield textwrap.indent(textwrap.fill(f"“{quote}”", _WIDTH - 4), "    ")
    if explain:
        share = f"{100 * evidence.score:.0f}"
        likely = tr("{share} % likely to bear on the question.", share=share)
        reasons = (*map(known, evidence.reasons), likely)
        yield "\n".join(f"      {reason}" for reason in reasons)
    if evidence.places:
        yield f"      {repeat_note(evidence)}"


def saved(row: Answered) -> Lines:
    """A saved answer under its question."""
    yield f"{row.answer.question}\n"
    yield from answer_lines(row.written or row.answer, explain=False)
