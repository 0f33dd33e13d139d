"""Prints records: lines by their type for people, and JSON for scripts that is not their fields."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from workbench.cli import answer_output
from workbench.cli.lines import care, graph, models, sources, told  # noqa: F401
from workbench.cli.lines.form import Complaint, Lines, Remark, rendered, renderer_of
from workbench.cli.output import Output, plain

if TYPE_CHECKING:
    from workbench.brain.library.assembly import Assembly
    from workbench.brain.records import BrainRecall
    from workbench.cli.actions import SourceCard
    from workbench.store.removal import Deletion


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


def print_lines(lines: Lines, output: Output) -> None:
    """Print lines where each belongs."""
    for line in lines:
        if isinstance(line, Remark):
            output.remark(line)
        elif isinstance(line, Complaint):
            output.complaint(line)
        else:
            output.result(line)


def show(record: object, output: Output, arguments: Mapping[str, Any]) -> None:
    """Print a record by its type, or else its fields."""
    renderer = renderer_of(record)
    if renderer is not None:
        print_lines(rendered(renderer, record, arguments), output)
        return
    fields = plain(as_json(record))
    pairs = fields.items() if isinstance(fields, dict) else [("", fields)]
    for name, value in pairs:
        if value not in (None, "", 0, [], {}):
            output.result(f"{name:<12} {value}".strip())
