"""Renders records for which the lines of the table are not enough.

For scripts: records that differ from their fields. For people: output that depends on several
fields, printed after the lines of the table. Parameters are arguments of the command, by name.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from workbench.cli import answer_output
from workbench.cli.output import Output, plain
from workbench.cli.table import lines_of, names_of
from workbench.cli.template import print_lines
from workbench.translation import known, tr

if TYPE_CHECKING:
    from ingest.media.playlist import Playlist
    from workbench.brain.library.assembly import Assembly
    from workbench.brain.library.concept_map import ConceptMap
    from workbench.brain.records import BrainRecall
    from workbench.cli.actions import SourceCard
    from workbench.memory.notes.records import Highlight
    from workbench.store.removal import Deletion
    from workbench.store.verify import Verified

#: Longest bar of a region's activity, in characters.
_BAR = 24


def as_json(value: object) -> Any:
    """The JSON of a record."""
    function = _JSON.get(type(value).__name__)
    return value if function is None else function(value)


def _assembly_json(assembly: "Assembly") -> dict[str, object]:
    fields = {name: getattr(assembly, name) for name in assembly.__dataclass_fields__}
    return {**fields, "neurons": assembly.neurons.tolist()}


def _brain_json(recall: "BrainRecall") -> dict[str, object]:
    steps = zip(recall.recalled.spikes.tolist(), recall.recalled.emitting, strict=True)
    names = ("cue", "mode", "lit", "regions", "levels", "kin", "seed", "scale", "milliseconds")
    return {
        **{name: getattr(recall, name) for name in names},
        "kin": [{"name": name, "neurons": neurons} for name, neurons in recall.kin],
        "steps": [{"spikes": spikes, "speaking": emitting} for spikes, emitting in steps],
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
    """Print a record by its type: the lines of the table, then the renderer."""

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


def highlights(record: Sequence["Highlight"], output: Output, **_: object) -> None:
    """Print highlights by source."""
    for title, rows in groupby(record, key=lambda row: row.title):
        output.result(title)
        for highlight in rows:
            show(highlight, output, {})


def brain_recall(record: "BrainRecall", output: Output, **_: object) -> None:
    """Print the activity of the regions of the brain."""
    maximum = max(record.regions.values(), default=0) or 1
    for name, spikes in record.regions.items():
        bar = "█" * round(_BAR * spikes / maximum)
        output.remark(f"{known(name):<12} {bar:<{_BAR}} {tr('{n} spikes', n=f'{spikes:,}')}")
    if not record.lit:
        output.remark(tr("No associations: nothing is known about this yet."))


def concept_map(record: "ConceptMap", output: Output, **_: object) -> None:
    """Print the positions of concepts on the map."""
    for point in record.points:
        near = tr("near {names}", names=", ".join(record.points[at].name for at in point.near))
        output.result(f"{point.x:6.2f} {point.y:6.2f}  {point.name}  ({near})")


def video_list(record: "Playlist", output: Output, *, first: int, count: int, **_: object) -> None:
    """Print how to list more videos."""
    following = (record.entries[-1].number if record.entries else first - 1) + 1
    more = 0 if record.total is None else record.total + 1 - following
    if more > 0:
        output.remark(tr("{more} more: go on with --first {first}.", more=more, first=following))
    elif record.total is None and len(record.entries) == count:
        output.remark(tr("There may be more: go on with --first {first}.", first=following))
    output.remark(tr("Add those that you want: workbench add ADDRESS …"))


def verified(report: "Verified", output: Output, *, repair: bool, **_: object) -> None:
    """Print the next step for a damaged library."""
    if report.sound:
        return
    if any(problem.startswith("The file is damaged") for problem in report.problems):
        step = tr(
            "Rebuild its indexes with workbench verify --repair; if that does not help, restore a "
            "backup (workbench restore-backup FILE) or save what can be read (workbench salvage "
            "OLD.brain NEW.brain)."
        )
    elif not repair:
        step = tr("Repair what can be repaired with: workbench verify --repair")
    elif all("(source " in problem for problem in report.problems):
        step = tr(
            "The remaining problems are in the text: read it again with workbench reindex ID."
        )
    else:
        step = tr(
            "Nobody can tell what the remaining rows were: correct a statement with workbench "
            "edit ID TEXT, or restore a backup (workbench restore-backup FILE)."
        )
    output.remark(step)


#: Renderers by type of record, or by the name used in the table.
RENDERERS: Mapping[str, Callable[..., None]] = {
    "BrainRecall": brain_recall,
    "ConceptMap": concept_map,
    "Playlist": video_list,
    "Verified": verified,
    "highlights": highlights,
    "saved_answer": answer_output.print_saved,
}
