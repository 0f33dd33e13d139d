"""How an answer is printed: as lines for people, as fields for scripts."""

import textwrap
from collections.abc import Sequence

from workbench.cli.output import Output, plain
from workbench.memory.facts.records import Fact, Value
from workbench.memory.reflex.records import Hit
from workbench.recall.records import Answer, Evidence
from workbench.recall.wording import place_words, said_elsewhere

_WIDTH = 92


def answer_record(answer: Answer) -> dict[str, object]:
    """The fields of `ask --json`, in the order that DESIGN fixes, ours after them."""
    return {
        "question": answer.question,
        "mode": answer.mode,
        "abstained": answer.abstained,
        "confidence": round(answer.confidence, 4),
        "value": answer.value,
        "sentences": [
            # Quoted statements are sentences that cite no source.
            *(
                {"text": quoted.fact.text, "citations": [], "supported": True}
                for quoted in (answer.told, *answer.also_told)
                if quoted is not None and quoted.value is None
            ),
            *(
                {"text": s.text, "citations": list(s.citations), "supported": s.supported}
                for s in answer.sentences
            ),
        ],
        "evidence": [_evidence_record(evidence) for evidence in answer.evidence],
        "coverage": {
            "passages": answer.coverage.passages,
            "of": answer.coverage.of,
            "sources": answer.coverage.sources,
        },
        "milliseconds": round(answer.milliseconds, 2),
        "suggestion": answer.suggestion,
        "about": answer.about,
        "asked_as": answer.asked_as,
        "others": list(answer.others),
        "told": None if answer.told is None else _told_record(answer.told),
        **({"also_told": list(map(_told_record, answer.also_told))} if answer.also_told else {}),
        "near": [_fact_record(fact) for fact in answer.near],
        **_written_record(answer),
        **({"brought": list(answer.brought)} if answer.thought else {}),
        **({"depth": answer.depth, "recalled": plain(answer.recalled)} if answer.depth else {}),
    }


def _written_record(answer: Answer) -> dict[str, object]:
    """What there is to say of the model, where one was asked."""
    if not answer.model and not answer.note:
        return {}
    return {
        "model": answer.model,
        "prompt": answer.prompt,
        "cut": answer.cut,
        "note": answer.note,
        "hint": answer.hint,
    }


def _told_record(told: Value) -> dict[str, object]:
    return {**_fact_record(told.fact), "confidence": round(told.confidence, 4)}


def _fact_record(fact: Fact) -> dict[str, object]:
    return {
        "engram": fact.id,
        "text": fact.text,
        "collection": fact.collection,
        "sources": list(fact.sources),
        "at": fact.at,
    }


def _evidence_record(evidence: Evidence) -> dict[str, object]:
    place = evidence.locator
    record: dict[str, object] = {
        "n": evidence.n,
        "engram": evidence.engram,
        "quote": evidence.quote,
        "score": round(evidence.score, 4),
        "tags": list(evidence.tags),
        "tiers": {tier: round(share, 4) for tier, share in evidence.tiers.items()},
        "source": {
            "id": evidence.source.id,
            "key": evidence.source.key,
            "title": evidence.source.title,
            "path": evidence.source.path,
        },
        "locator": {
            "page": place.page,
            "page_label": place.page_label,
            "chapter": place.chapter,
            "start": place.start,
            "end": place.end,
            "seconds": place.seconds,
            "box": None if place.box is None else list(place.box),
        },
    }
    if evidence.reasons:
        record["reasons"] = list(evidence.reasons)
    if evidence.via is not None:
        record["via"] = plain(evidence.via)
    if evidence.path:
        record["path"] = [plain(step) for step in evidence.path]
    if evidence.places:
        record["places"] = evidence.places
        record["elsewhere"] = [plain(place) for place in evidence.elsewhere]
    return record


def say_answer(answer: Answer, output: Output, *, explain: bool) -> None:
    """Print an answer with its evidence for people."""
    if answer.about:
        others = f": {', '.join(answer.others)}" if answer.others else ""
        output.result(f"About {answer.about} (--about NAME asks about another{others})\n")
    if answer.abstained and answer.mode == "none" and answer.suggestion.endswith("?"):
        # It asks back: nothing was looked up.
        output.result(answer.suggestion)
    elif answer.abstained:
        empty = answer.mode == "none" and not answer.coverage.of
        output.result("There is nothing to answer from yet." if empty else "No answer found.")
        if answer.suggestion:
            output.result(answer.suggestion)
        if answer.near:
            output.result("\nClosest statements:")
        for fact in answer.near:
            by = ", ".join(fact.sources) or "you"
            output.result(f"  “{textwrap.shorten(fact.text, _WIDTH)}” (said by {by})")
        if answer.evidence:
            output.result("\nThe closest passages:")
    else:
        likely = "Possible answer" if answer.possible else "Answer"
        output.result("Written" if answer.mode == "written" else likely)
        if answer.value:
            output.result(f"\n  {answer.value}\n")
        for fact in answer.facts:
            by = ", ".join(fact.sources) or "you"
            output.result(f"  “{fact.text}” (said by {by})\n")
        for sentence in answer.sentences:
            marks = "".join(f"[{n}]" for n in sentence.citations)
            said = sentence.text if answer.mode == "written" else f"“{sentence.text}”"
            doubt = "" if sentence.supported else " (unsupported)"
            output.result(textwrap.fill(f"{said} {marks}{doubt}", _WIDTH))
        if answer.evidence:
            output.result("\nEvidence:")
    for evidence in answer.evidence:
        where = " · ".join(
            filter(
                None, [evidence.source.title, place_words(evidence.locator, evidence.source.kind)]
            )
        )
        tagged = f"  ({', '.join(evidence.tags)})" if evidence.tags else ""
        output.result(f"\n[{evidence.n}] {where}{tagged}")
        output.result(textwrap.indent(textwrap.fill(f"“{evidence.quote}”", _WIDTH - 4), "    "))
        if explain:
            likely = f"{round(100 * evidence.score)} % likely to bear on the question."
            output.result("\n".join(f"      {each}" for each in (*evidence.reasons, likely)))
        if evidence.places:
            output.result(f"      {said_elsewhere(evidence)}")
    say_recalled(answer.recalled, output, explain=explain)
    if answer.brought:
        output.result("\nAssociated in the brain:")
    for brought in answer.brought:
        way = brought.path or " → ".join(brought.trail) or brought.name
        odds = f" ({brought.odds} such links was found in print)" if brought.odds else ""
        output.result(f"  {brought.tag:<10} {way}{odds}")
    if answer.note:
        output.remark(f"\n{answer.note} {answer.hint}".rstrip())
    coverage = answer.coverage
    read = (
        f"{coverage.passages} of {coverage.of} passages, {coverage.sources} "
        f"{'source' if coverage.sources == 1 else 'sources'}, "
    )
    output.remark(f"\n{read if coverage.of else ''}{answer.milliseconds:.0f} ms")


def say_hit(hit: Hit, output: Output, *, explain: bool) -> None:
    """Print a memory with where it is from, and why it came to mind."""
    was = "" if hit.current else " · replaced"
    was += " · archived" if hit.archived else ""
    output.result(f"{hit.text}  · {_origin_of(hit)} · {hit.score:.2f}{was}")
    for reason in hit.reasons if explain else ():
        output.result(f"    {reason}")


def say_recalled(hits: Sequence[Hit], output: Output, *, explain: bool) -> None:
    """Print what came to mind beside an answer, under a heading."""
    if hits:
        output.result("\nWhat comes to mind:")
    for hit in hits:
        say_hit(hit, output, explain=explain)


def _origin_of(hit: Hit) -> str:
    origin = hit.origin
    if origin.told:
        return ", ".join(origin.sources) or "told"
    page = f"p. {origin.page}" if origin.page else ""
    return " · ".join(filter(None, (origin.title, origin.chapter, page)))
