"""The commands that care for a library: backup and the way back, removal for good, tags, repair,
and the places of originals."""

import argparse
from collections.abc import Callable, Mapping

from workbench.cli import sources
from workbench.cli.adding import say_added
from workbench.cli.opening import open_library
from workbench.cli.output import Output, ProgressLine, many, plain
from workbench.errors import InputError, UsageError
from workbench.library import Library
from workbench.sizes import size_words
from workbench.store.removal import Vanishing
from workbench.store.verify import Verified


def _backup(arguments: argparse.Namespace, output: Output) -> int:
    with open_library(arguments, reading=True) as library, ProgressLine(output) as line:
        made = library.backup(arguments.file, report=line)
    if output.as_json:
        output.record(made)
    else:
        output.result(f"✓ {made.path}")
        output.result(
            f"  {many(made.sources, 'source')}, {many(made.passages, 'passage')}, "
            f"{many(made.engrams, 'statement')}, "
            f"{size_words(made.bytes)}; every row was compared"
        )
    for problem in made.problems:
        output.complaint(f"✗ Damaged in the library, and therefore in the backup: {problem}")
    return 0


def _restore_backup(arguments: argparse.Namespace, output: Output) -> int:
    with ProgressLine(output) as line:
        restored = Library.restore_backup(
            arguments.file, getattr(arguments, "library", None), report=line
        )
    if output.as_json:
        output.record(restored)
        return 0
    output.result(f"✓ {restored.path}")
    checked = (
        "as they were when the backup was made"
        if restored.proven
        else "whole; this copy carries no digest to compare with"
    )
    output.result(
        f"  {many(restored.sources, 'source')}, {many(restored.passages, 'passage')}, "
        f"{many(restored.engrams, 'statement')}, {checked}"
    )
    if restored.aside is not None:
        output.result(f"  The previous library is now {restored.aside}")
    return 0


def _salvage(arguments: argparse.Namespace, output: Output) -> int:
    with ProgressLine(output) as line:
        made = Library.salvage(arguments.source, arguments.target, report=line)
    whole = not (made.lost or made.damaged)
    if output.as_json:
        output.record(made)
        return 0 if whole else 1
    output.result(f"✓ {made.path}")
    output.result(
        f"  {many(made.sources, 'source')}, {many(made.engrams, 'statement')}, "
        f"{many(made.facts, 'fact')}; "
        f"{'nothing is lost' if whole else 'not all is there:'}"
    )
    for kind, sentences in (
        ("Lost", made.lost), ("Damaged, and left out of answers", made.damaged),
        ("Rebuilt", made.derived),
    ):  # fmt: skip
        for sentence in sentences:
            output.result(f"  {kind}: {sentence}")
    return 0 if whole else 1


def _tag(arguments: argparse.Namespace, output: Output) -> int:
    with open_library(arguments) as library:
        change = library.sources.untag if arguments.remove else library.sources.tag
        change(arguments.ids, arguments.name)
        rows = [library.sources.get(source) for source in arguments.ids]
    for row in rows:
        output.say(
            {"source": row.id, "tags": row.tags},
            f"{row.id:>4}  {row.title} · {', '.join(row.tags) or 'no tags'}",
        )
    return 0


def _trash(arguments: argparse.Namespace, output: Output) -> int:
    if arguments.for_good:
        return _trash_for_good(arguments, output)
    if arguments.yes:
        raise UsageError(
            "--yes goes with --for-good.",
            "Moving to the trash needs no confirmation: `restore` undoes it.",
        )
    return sources.trash(arguments, output)


def _trash_for_good(arguments: argparse.Namespace, output: Output) -> int:
    with open_library(arguments) as library:
        vanishing = library.sources.preview_delete(arguments.ids)
        clean = library.sources.delete(arguments.ids) if arguments.yes else None
    if output.as_json:
        output.record({"deleted": arguments.yes, "clean": clean, **plain(vanishing)})
        return 0 if arguments.yes else 1
    _say_vanishing(vanishing, output)
    if not arguments.yes:
        output.result("Nothing was deleted yet. To delete it permanently, add --yes.")
        return 1
    output.result("Deleted permanently.")
    if not clean:
        output.remark(
            "Another program is reading the library: the last of the text leaves its log when "
            "that program closes it."
        )
    return 0


def _say_vanishing(vanishing: Vanishing, output: Output) -> None:
    for source, title in zip(vanishing.sources, vanishing.titles, strict=True):
        output.result(f"{source:>4}  {title}")
    output.result(
        f"To be deleted: {many(vanishing.passages, 'passage')}, "
        f"{many(vanishing.engrams, 'statement')}, "
        f"{size_words(vanishing.bytes)}"
    )
    if vanishing.triples:
        output.result(
            f"  and {vanishing.triples} triples, with {vanishing.links} links that nothing else "
            f"says; {vanishing.links_kept} links stay, since other sources say them, too"
        )
    if vanishing.questions:
        output.result(f"  and what {vanishing.questions} saved answers quote of it")
    if vanishing.tags:
        output.result(f"  and the tags {', '.join(vanishing.tags)}")
    kept = [f"the original {place}" for place in vanishing.locations]
    kept += [f"the collection {name}" for name in vanishing.collections]
    kept += [f"the backup {copy}, which contains the text" for copy in vanishing.copies]
    for line in kept:
        output.result(f"  Kept: {line}")


def _reindex(arguments: argparse.Namespace, output: Output) -> int:
    if bool(arguments.ids) == arguments.all:
        raise UsageError("Give either the numbers of sources or --all.", "See `list sources`.")
    with open_library(arguments) as library, ProgressLine(output) as line:
        outcomes = library.sources.reindex(None if arguments.all else arguments.ids, report=line)
    for added in outcomes:
        output.shown(added, say_added)
    return InputError.exit_code if any(added.error for added in outcomes) else 0


def _locate(arguments: argparse.Namespace, output: Output) -> int:
    with open_library(arguments) as library:
        found = library.sources.locate(arguments.id, arguments.path)
        path = library.sources.get(arguments.id).path
    if output.as_json:
        output.record({"located": found, "path": path})
    else:
        also = f", and {len(found) - 1} more sources of that file" if len(found) > 1 else ""
        output.result(f"✓ {arguments.id} is at {path}{also}")
    return 0


def _verify(arguments: argparse.Namespace, output: Output) -> int:
    with (
        open_library(arguments, reading=not arguments.repair) as library,
        ProgressLine(output) as line,
    ):
        report = library.verify(repair=arguments.repair, report=line)
    if output.as_json:
        output.record(report)
    else:
        for sentence in report.repaired:
            output.result(f"  Mended: {sentence}")
        for problem in report.problems:
            output.result(f"✗ {problem}")
        state = "sound" if report.sound else f"{len(report.problems)} problems"
        told = f", {many(report.facts, 'fact')}" if report.facts else ""
        output.result(
            f"{'✓' if report.sound else '✗'} {many(report.sources, 'source')}, "
            f"{many(report.passages, 'passage')}, "
            f"{many(report.engrams, 'statement')}{told}: {state}"
        )
        if not report.sound:
            output.remark(_next_step(arguments, report))
    return 0 if report.sound else 1


def _next_step(arguments: argparse.Namespace, report: Verified) -> str:
    if any(problem.startswith("The file is damaged") for problem in report.problems):
        return (
            "Rebuild its indexes with workbench verify --repair; if that does not help, restore a "
            "backup (workbench restore-backup FILE) or save what can be read (workbench salvage "
            "OLD.brain NEW.brain)."
        )
    if arguments.repair:
        return "The remaining problems are in the text: read it again with workbench reindex ID."
    return "Repair what can be repaired with: workbench verify --repair"


COMMANDS: Mapping[str, Callable[[argparse.Namespace, Output], int]] = {
    "backup": _backup,
    "locate": _locate,
    "reindex": _reindex,
    "restore-backup": _restore_backup,
    "salvage": _salvage,
    "tag": _tag,
    "trash": _trash,
    "verify": _verify,
}
