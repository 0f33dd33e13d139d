"""Prints an answer: lines for people, fields for scripts."""

import textwrap
from collections.abc import Sequence

from workbench.cli.output import Output, plain, plural
from workbench.cli.table import lines_of
from workbench.cli.template import print_lines
from workbench.memory.facts.records import Fact, Value
from workbench.recall.answered.saved import Answered
from workbench.recall.records import Answer, AnswerSentence, Evidence
from workbench.recall.wording import place_words, repeat_note
from workbench.translation import known, tr

_WIDTH = 92


def _fields(record: object, names: str) -> dict[str, object]:
    return {name: plain(getattr(record, name)) for name in names.split()}


def answer_record(answer: Answer) -> dict[str, object]:
    """The fields of `ask --json`, in their fixed order."""
    quoted = [value for value in (answer.told, *answer.also_told) if value is not None]
    return {
        **_fields(answer, "question mode abstained"),
        "confidence": round(answer.confidence, 4),
        "value": answer.value,
        "sentences": [
            # Quoted statements are sentences without a citation.
            *(
                {"text": value.fact.text, "citations": [], "supported": True}
                for value in quoted
                if value.value is None
            ),
            *map(_sentence_record, answer.sentences),
        ],
        "evidence": [_evidence_record(evidence) for evidence in answer.evidence],
        "coverage": plain(answer.coverage),
        "milliseconds": round(answer.milliseconds, 2),
        **_fields(answer, "suggestion about asked_as others"),
        "told": None if answer.told is None else _value_record(answer.told),
        **({"also_told": list(map(_value_record, answer.also_told))} if answer.also_told else {}),
        "near": [_fact_record(fact) for fact in answer.near],
        **(_fields(answer, "model prompt cut note hint") if answer.model or answer.note else {}),
        **(_fields(answer, "differs") if answer.differs else {}),
        **(_fields(answer, "brought") if answer.thought else {}),
        **(_fields(answer, "depth recalled") if answer.depth else {}),
    }


def saved_record(saved: Answered) -> dict[str, object]:
    """The fields of a saved answer."""
    return {
        **_fields(saved, "id asked redacted"),
        **answer_record(saved.written or saved.answer),
    }


def _sentence_record(sentence: AnswerSentence) -> dict[str, object]:
    """The fields of a sentence; only a study has headings."""
    return _fields(sentence, f"text citations supported{' heading' * bool(sentence.heading)}")


def _value_record(value: Value) -> dict[str, object]:
    return {**_fact_record(value.fact), "confidence": round(value.confidence, 4)}


def _fact_record(fact: Fact) -> dict[str, object]:
    return {"engram": fact.id, **_fields(fact, "text collection sources at")}


def _evidence_record(evidence: Evidence) -> dict[str, object]:
    optional = [name for name in ("reasons", "via", "path") if getattr(evidence, name)]
    optional += ["places", "elsewhere"] if evidence.places else []
    return {
        **_fields(evidence, "n engram quote"),
        "score": round(evidence.score, 4),
        "tags": list(evidence.tags),
        "tiers": {tier: round(share, 4) for tier, share in evidence.tiers.items()},
        "source": _fields(evidence.source, "id key title path"),
        "locator": _fields(evidence.locator, "page page_label chapter start end seconds box"),
        **_fields(evidence, " ".join(optional)),
    }


def print_answer(answer: Answer, output: Output, *, explain: bool) -> None:
    """Print an answer with its evidence for people."""
    if answer.about:
        others = f": {', '.join(answer.others)}" if answer.others else ""
        about = tr("About {name} (--about NAME asks about another", name=answer.about)
        output.result(f"{about}{others})\n")
    if answer.abstained and answer.mode == "none" and answer.suggestion.endswith("?"):
        # A question back: nothing was searched.
        output.result(known(answer.suggestion))
    elif answer.abstained:
        _print_abstention(answer, output)
    else:
        _print_sentences(answer, output)
    lit = answer.sentences if _may_answer(answer) else ()
    for evidence in answer.evidence:
        _print_evidence(evidence, output, explain=explain, lit=lit)
    if answer.recalled:
        output.result("\n" + tr("What comes to mind:"))
    for hit in answer.recalled:
        print_lines(lines_of(hit), output, hit, {"explain": explain})
    if answer.brought:
        output.result("\n" + tr("Associated in the brain:"))
    for association in answer.brought:
        print_lines(lines_of(association), output, association)
    if answer.note and not answer.differs:
        output.remark(f"\n{known(answer.note)} {known(answer.hint)}".rstrip())
    passages = ""
    if answer.coverage.of:
        passages = tr(
            "{count} of {of} passages, {sources}, ",
            **{"count": answer.coverage.passages, "of": answer.coverage.of},
            sources=plural(answer.coverage.sources, "source"),
        )
    output.remark(f"\n{passages}{answer.milliseconds:.0f} ms")


def _print_abstention(answer: Answer, output: Output) -> None:
    empty = answer.mode == "none" and not answer.coverage.of
    output.result(tr("There is nothing to answer from yet." if empty else "Not in your sources."))
    if answer.suggestion:
        output.result(known(answer.suggestion))
    if answer.near:
        output.result("\n" + tr("Closest statements:"))
    _print_facts(answer.near, output, width=_WIDTH)
    if answer.evidence:
        output.result("\n" + tr("The closest passages:"))


def _print_sentences(answer: Answer, output: Output) -> None:
    if _may_answer(answer):
        marked = tr("May answer (the likeliest sentence of each passage between asterisks):")
        output.result(marked if answer.sentences else tr("May answer:"))
        _print_facts(answer.facts, output)
        if answer.near and answer.sentences:
            output.result("\n" + tr("Closest statements:"))
        _print_facts(answer.near, output, width=_WIDTH)
        if answer.evidence and not answer.sentences:
            output.result("\n" + tr("The closest passages:"))
        return
    written = answer.mode == "written"
    output.result(tr("Written by {model}", model=answer.model) if written else tr("Answer"))
    if answer.value:
        output.result(f"\n  {answer.value}\n")
    _print_facts(answer.facts, output, end="\n")
    if answer.differs:
        output.result(f"{known(answer.note)}\n")
    for sentence in answer.sentences:
        if sentence.heading:
            output.result(f"\n{sentence.heading}")
        marks = "".join(f"[{n}]" for n in sentence.citations)
        text = sentence.text if answer.mode == "written" else f"“{sentence.text}”"
        doubt = "" if sentence.supported else tr(" (unsupported)")
        output.result(textwrap.fill(f"{text} {marks}{doubt}", _WIDTH))
    if answer.evidence:
        output.result("\n" + tr("Evidence:"))


def _may_answer(answer: Answer) -> bool:
    """Whether passages are shown without a claim."""
    return answer.possible and answer.mode == "quotes" and not answer.differs


def _print_facts(facts: Sequence[Fact], output: Output, *, width: int = 0, end: str = "") -> None:
    for fact in facts:
        text = textwrap.shorten(fact.text, width) if width else fact.text
        names = ", ".join(fact.sources) or tr("you")
        output.result(f"  “{text}” ({tr('said by {names}', names=names)}){end}")


def _print_evidence(
    evidence: Evidence, output: Output, *, explain: bool, lit: Sequence[AnswerSentence] = ()
) -> None:
    place = place_words(evidence.locator, evidence.source)
    title = " · ".join(filter(None, (evidence.source.title, place)))
    tags = f"  ({', '.join(evidence.tags)})" if evidence.tags else ""
    output.result(f"\n[{evidence.n}] {title}{tags}")
    quote = evidence.quote
    for sentence in lit:
        if evidence.n in sentence.citations:
            quote = quote.replace(sentence.text, f"*{sentence.text}*", 1)
    output.result(textwrap.indent(textwrap.fill(f"“{quote}”", _WIDTH - 4), "    "))
    if explain:
        share = f"{100 * evidence.score:.0f}"
        likely = tr("{share} % likely to bear on the question.", share=share)
        reasons = (*map(known, evidence.reasons), likely)
        output.result("\n".join(f"      {reason}" for reason in reasons))
    if evidence.places:
        output.result(f"      {repeat_note(evidence)}")


def print_saved(saved: Answered, output: Output, **_: object) -> None:
    """Print a saved answer under its question."""
    output.result(f"{saved.answer.question}\n")
    print_answer(saved.written or saved.answer, output, explain=False)
