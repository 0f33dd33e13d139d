"""How records are shown where the lines of the table do not say it all.

For scripts: records that are more than their fields. For people: what follows from more than one
field, printed behind the lines that the table has for the type. Arguments of the command come by
name.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from workbench.cli import answer_output
from workbench.cli.output import Output, plain, plural
from workbench.cli.table import lines_of, names_of
from workbench.cli.template import FORMATS, print_lines
from workbench.sizes import size_words

if TYPE_CHECKING:
    from ingest.media.listed import Listed
    from workbench.brain.library.assembly import Assembly
    from workbench.brain.records import BrainRecall, Dreamt, Lesson
    from workbench.cli.actions import CollectionCard, SourceCard, Valued
    from workbench.intake.records import Added
    from workbench.intake.speech import SpeechModelRow
    from workbench.memory.notes.records import Highlight
    from workbench.memory.reflex.records import Recollection
    from workbench.memory.schemas.records import Trained
    from workbench.memory.sharing.records import ChangedText, Exported
    from workbench.recall.concept_map import ConceptMap
    from workbench.store.removal import Deletion
    from workbench.store.verify import Verified

#: Related concepts that a person sees, and the longest bar of a region's activity.
_RELATED, _BAR = 5, 24
#: Changed statements of a database that a person sees.
_CHANGES = 12


def as_json(value: object) -> Any:
    """What a script gets of a record."""
    function = _JSON.get(type(value).__name__)
    return value if function is None else function(value)


def _assembly_json(assembly: "Assembly") -> dict[str, object]:
    fields = {name: getattr(assembly, name) for name in assembly.__dataclass_fields__}
    return {**fields, "neurons": assembly.neurons.tolist()}


def _brain_json(recall: "BrainRecall") -> dict[str, object]:
    steps = zip(recall.recalled.spikes.tolist(), recall.recalled.speaking, strict=True)
    names = ("cue", "mode", "lit", "regions", "levels", "kin", "seed", "scale", "milliseconds")
    return {
        **{name: getattr(recall, name) for name in names},
        "kin": [{"name": name, "neurons": neurons} for name, neurons in recall.kin],
        "steps": [{"spikes": spikes, "speaking": speaking} for spikes, speaking in steps],
    }


def _source_json(page: "SourceCard") -> dict[str, object]:
    return {
        "source": page.source,
        "original": page.original,
        "read": page.read,
        "not_read": page.source.notices,
        "references": page.references,
        "sections": page.sections,
        "passages": page.passages,
    }


def _deletion_json(deletion: "Deletion") -> dict[str, object]:
    vanishing = plain(deletion.vanishing)
    return {"deleted": deletion.deleted, "clean": deletion.clean, **vanishing}


_JSON: Mapping[str, Callable[[Any], object]] = {
    "Answer": answer_output.answer_record,
    "Answered": answer_output.saved_record,
    "Assembly": _assembly_json,
    "BrainRecall": _brain_json,
    "Deletion": _deletion_json,
    "SourceCard": _source_json,
}


def show(record: object, output: Output, arguments: Mapping[str, Any]) -> None:
    """Print a record by its type: the lines of the table, then what is here."""

    def inner(item: object) -> None:
        show(item, output, arguments)

    print_lines(lines_of(record), output, record, arguments, show=inner)
    function = next((RENDERERS[name] for name in names_of(record) if name in RENDERERS), None)
    if function is not None:
        function(record, output, **arguments)
    elif not lines_of(record):
        fields = plain(as_json(record))
        pairs = fields.items() if isinstance(fields, dict) else [("", fields)]
        for name, value in pairs:
            if value not in (None, "", 0, [], {}):
                output.result(f"{name:<12} {value}".strip())


# -- statements ------------------------------------------------------------------------------------


def valued(answer: "Valued", output: Output, **_: object) -> None:
    """Print a value with the statement that it was taken from."""
    fact = answer.fact
    if fact is None:
        return
    output.result(answer.value or f"“{fact.text}”")
    statement = "" if answer.value is None else f"“{fact.text}”"
    by = f"from {', '.join(fact.sources)}" if fact.sources else ""
    origin = ", ".join(filter(None, (statement, by)))
    output.remark(" · ".join(filter(None, (origin, f"{answer.confidence:.0%} sure"))))
    if answer.also is not None:
        when = "later" if answer.also.at > fact.at else "used more before"
        output.remark(f"But {when}: “{answer.also.text}”")


def recollection(
    record: "Recollection", output: Output, *, explain: bool = False, **_: object
) -> None:
    """Print what came to mind by reflex."""
    for hit in record.hits:
        answer_output.print_hit(hit, output, explain=explain)
    bound = ", ".join(f"“{pair.concept}” {pair.strength:.2f}" for pair in record.co_activations[:5])
    if explain and bound:
        output.remark(f"Bound together: {bound}")
    if explain and record.unknown:
        output.remark(f"Nothing mentions {', '.join(f'“{name}”' for name in record.unknown)}.")
    if record.unlinked:
        output.remark(
            f"{record.unlinked} memories are not linked yet; only their words were found."
        )
    output.remark(
        f"{record.depth}, {record.strategy} · {record.confidence:.0%} sure that the first answers"
        f" · {record.milliseconds:.0f} ms"
    )


def highlights(record: Sequence["Highlight"], output: Output, **_: object) -> None:
    """Print highlights under the titles of their sources."""
    title = None
    for highlight in record:
        if highlight.title != title:
            title = highlight.title
            output.result(title)
        show(highlight, output, {})


# -- the graph and the brain -----------------------------------------------------------------------


def brain_recall(record: "BrainRecall", output: Output, **_: object) -> None:
    """Print what the brain associates with a cue, and how active its regions were."""
    output.result(f"{', '.join(record.cue)} ({record.mode}, {record.milliseconds:.0f} ms)")
    for active in record.lit:
        route = f"  {' → '.join(active.trail)}" if len(active.trail) > 1 else ""
        share = f"{100 * active.cover:3.0f} %" if active.step >= 0 else "     "
        if active.path:
            odds = f" ({active.odds_words} was found in print)" if active.odds_words else ""
            route = f"  {active.path}{odds}" + (f"  [{active.edge}]" if active.edge else "")
        output.result(f"{active.tag:<10} {share}  {active.name}{route}")
    if record.kin:
        similar = ", ".join(
            f"{name} ({share} of 100 neurons)" for name, share in record.kin[:_RELATED]
        )
        output.remark(f"Related in meaning, partly active: {similar}")
    maximum = max(record.regions.values(), default=0) or 1
    for name, spikes in record.regions.items():
        output.remark(
            f"{name:<12} {'█' * round(_BAR * spikes / maximum):<{_BAR}} {spikes:,} spikes"
        )
    if not record.lit:
        output.remark("No associations: nothing is known about this yet.")


def dreamt(record: "Dreamt", output: Output, **_: object) -> None:
    """Print one step of a dream."""
    route = f"  {' → '.join(record.trail)}" if len(record.trail) > 2 else ""
    output.result(f"{record.name}  ({record.told}){f'  {record.path}' if record.path else route}")


def concept_map(record: "ConceptMap", output: Output, **_: object) -> None:
    """Print where concepts are on the map."""
    for point in record.points:
        neighbours = ", ".join(record.points[at].name for at in point.near)
        output.result(f"{point.x:6.2f} {point.y:6.2f}  {point.name}  (near {neighbours})")


def lesson(record: "Lesson", output: Output, **_: object) -> None:
    """Print what the brain learned from one question."""
    links = ", ".join(f"{head} → {tail} {weight:+.3f}" for head, tail, weight in record.links)
    output.result(f"{record.id}  {FORMATS['minute'](record.at, '')}  {record.why}  {links}")


# -- sources, models and whole libraries -----------------------------------------------------------


def added(row: "Added", output: Output, **_: object) -> None:
    """Print what became of one source."""
    from workbench.intake import places

    if row.error:
        place = places.name_of(row.path) if places.is_pasted(row.path) else row.path
        output.complaint(f"✗ {place}: {row.error}")
        return
    if row.already:
        summary = "already in the library; this place was noted"
    elif row.renewed:
        summary = f"read again, {plural(row.passages, 'passage')}, {row.seconds:.1f} s"
    elif row.restored:
        summary = "restored from the trash"
    else:
        summary = f"{plural(row.passages, 'passage')}, {plural(row.engrams, 'statement')}"
        summary += f", {row.seconds:.1f} s"
    output.result(f"✓ {row.source}  {row.title}  · {summary}")
    for notice in row.notices:
        output.remark(f"  {notice}")
    if row.former is not None:
        output.remark(f"  The earlier version is source {row.former}; see add --replace.")


def collection(row: "CollectionCard", output: Output, **_: object) -> None:
    """Print a collection with what it holds."""
    counts = [(row.facts, "fact"), (row.notes, "note")]
    parts = [plural(row.sources, "source")] if row.name else []
    parts += [f"{number} {noun}{'' if number == 1 else 's'}" for number, noun in counts if number]
    output.result(f"{row.name or 'In no collection'}  · {' · '.join(parts)}")


def speech_models(rows: Sequence["SpeechModelRow"], output: Output, **_: object) -> None:
    """Print the models that transcribe recordings."""
    for row in rows:
        state = "in use" if row.used else "here" if row.folder else "not here"
        output.result(
            f"{row.name:<16}{size_words(row.disk):>9}  about {size_words(row.memory)} of memory  "
            f"{state:<8}  {row.words}"
        )
    if not any(row.folder for row in rows):
        output.remark("Recordings need one of them: workbench speech get base")


def video_list(record: "Listed", output: Output, *, first: int, count: int, **_: object) -> None:
    """Print how to see more of a list of videos."""
    final = record.entries[-1].number if record.entries else first - 1
    if record.total is not None and record.total > final:
        output.remark(f"{record.total - final} more: go on with --first {final + 1}.")
    elif record.total is None and len(record.entries) == count:
        output.remark(f"There may be more: go on with --first {final + 1}.")
    output.remark("Add those that you want: workbench add ADDRESS …")


def verified(report: "Verified", output: Output, *, repair: bool, **_: object) -> None:
    """Print the next step where a library is not sound."""
    if report.sound:
        return
    if any(problem.startswith("The file is damaged") for problem in report.problems):
        step = (
            "Rebuild its indexes with workbench verify --repair; if that does not help, restore a "
            "backup (workbench restore-backup FILE) or save what can be read (workbench salvage "
            "OLD.brain NEW.brain)."
        )
    elif repair:
        step = "The remaining problems are in the text: read it again with workbench reindex ID."
    else:
        step = "Repair what can be repaired with: workbench verify --repair"
    output.remark(step)


def changed_text(record: "ChangedText", output: Output, **_: object) -> None:
    """Print how a statement differs between two versions."""
    if "text" in record.what:
        output.result(f"~ {record.before.text} → {record.after.text}")
    else:
        output.result(f"~ {record.after.text} ({', '.join(record.what)})")


def exported(outcome: "Exported", output: Output, **_: object) -> None:
    """Print what was exported, and where."""
    nouns = ("source", "statement", "fact", "note", "concept")
    counts = [(getattr(outcome, f"{noun}s"), noun) for noun in nouns]
    parts = ", ".join(plural(number, noun) for number, noun in counts if number)
    output.result(f"✓ {outcome.path}")
    output.result(f"  {parts or 'nothing'}; {size_words(outcome.bytes)}")
    if outcome.kept:
        output.remark(f"You changed {plural(len(outcome.kept), 'note')} there, which stayed as is.")


def trained(outcome: "Trained", output: Output, **_: object) -> None:
    """Print what changed in a database's schema since it was learned."""
    for mark, texts in (("-", outcome.removed), ("+", outcome.added)) if outcome.removed else ():
        for text in texts[:_CHANGES]:
            output.remark(f"{mark} {text}")
        if len(texts) > _CHANGES:
            output.remark(f"{mark} … and {len(texts) - _CHANGES:,} more (see --json)")
    output.remark(f"Fingerprint {outcome.fingerprint} · {outcome.place}")
    for notice in outcome.notices:
        output.complaint(notice)


#: What prints records of a type, or what a variant of the table names.
RENDERERS: Mapping[str, Callable[..., None]] = {
    "Added": added,
    "BrainRecall": brain_recall,
    "ChangedText": changed_text,
    "CollectionCard": collection,
    "ConceptMap": concept_map,
    "Dreamt": dreamt,
    "Exported": exported,
    "Lesson": lesson,
    "Listed": video_list,
    "Recollection": recollection,
    "Trained": trained,
    "Valued": valued,
    "Verified": verified,
    "highlights": highlights,
    "saved_answer": answer_output.print_saved,
    "speech_models": speech_models,
}
