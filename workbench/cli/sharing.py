"""The commands of versions, exports and imports: version, export, import, merge."""

import argparse
import time
from collections.abc import Callable, Mapping, Sequence

from workbench.cli.opening import open_library, open_scope
from workbench.cli.output import Output, ProgressLine, many, plain
from workbench.errors import UsageError
from workbench.library import Library
from workbench.memory.sharing.records import Conflict, Difference, Imported, Version
from workbench.sizes import size_words

#: Conflicts and changes that are told one by one.
_SHOWN = 20


def _version(arguments: argparse.Namespace, output: Output) -> int:
    action, names = arguments.action, arguments.names
    wanted = {"save": (1,), "list": (0,), "diff": (1, 2), "restore": (1,), "drop": (1,)}[action]
    if len(names) not in wanted:
        raise UsageError(
            f"`version {action}` takes {' or '.join(map(str, wanted))} names.",
            "See `workbench version --help`.",
        )
    if action in ("list", "diff"):
        with open_scope(arguments) as library:
            return _look(library, arguments, output)
    with open_library(arguments) as library:
        return _change(library, arguments, output)


def _look(library: Library, arguments: argparse.Namespace, output: Output) -> int:
    if arguments.action == "diff":
        after = arguments.names[1] if len(arguments.names) > 1 else None
        found = library.versions.diff(arguments.names[0], after, arguments.collection)
        output.shown(found, _say_difference)
        return 0
    versions = library.versions.list(arguments.collection, every=arguments.collection is None)
    return output.listed(
        versions, _line, "There are no versions yet. Save one with: workbench version save NAME"
    )


def _line(version: Version) -> str:
    day = time.strftime("%Y-%m-%d %H:%M", time.localtime(version.made))
    where = f" · {version.collection}" if version.collection is not None else ""
    held = f"{many(version.facts, 'fact')}, {many(version.notes, 'note')}"
    return f"{version.name}{where} · {day} · {held}"


def _say_difference(found: Difference, output: Output) -> None:
    for sign, told in (("+", found.added), ("-", found.removed)):
        for each in told:
            output.result(f"{sign} {each.text}")
    for change in found.changed:
        what = ", ".join(change.what)
        if "text" in change.what:
            output.result(f"~ {change.before.text} → {change.after.text}")
        else:
            output.result(f"~ {change.after.text} ({what})")
    if not (found.added or found.removed or found.changed):
        output.remark("There are no differences.")


def _change(library: Library, arguments: argparse.Namespace, output: Output) -> int:
    (name,), collection = arguments.names, arguments.collection
    if arguments.action == "save":
        made = library.versions.save(name, collection)
        output.say(made, f"✓ {_line(made)}")
    elif arguments.action == "restore":
        done = library.versions.restore(name, collection)
        if output.as_json:
            output.record(done)
        else:
            output.result(
                f"✓ As in “{done.name}”: {done.brought_back} brought back, {done.removed} removed, "
                f"{done.kept} kept."
            )
            output.remark(f"Undo it with: workbench version restore “{done.before}”")
    else:
        library.versions.drop(name, collection)
        output.say({"dropped": name, "collection": collection}, f"✓ The version “{name}” is gone.")
    return 0


def _export(arguments: argparse.Namespace, output: Output) -> int:
    with open_library(arguments, reading=True) as library, ProgressLine(output) as line:
        done = library.export(
            arguments.target,
            format=arguments.format,
            collection=arguments.collection,
            sources=arguments.source or None,
            memories=arguments.memory or None,
            report=line,
        )
    if output.as_json:
        output.record(done)
        return 0
    output.result(f"✓ {done.path}")
    parts = [
        many(number, name)
        for number, name in (
            (done.sources, "source"),
            (done.statements, "statement"),
            (done.facts, "fact"),
            (done.notes, "note"),
            (done.concepts, "concept"),
        )
        if number
    ]
    output.result(f"  {', '.join(parts) or 'nothing'}; {size_words(done.bytes)}")
    if done.kept:
        output.remark(f"You changed {many(len(done.kept), 'note')} there, which stayed as is.")
    return 0


def _import(arguments: argparse.Namespace, output: Output) -> int:
    if arguments.undo == (arguments.file is not None):
        raise UsageError("Give either a file or --undo.", "See `workbench import --help`.")
    if arguments.undo:
        return _undo(arguments, output)
    with open_library(arguments, make=True) as library, ProgressLine(output) as line:
        done = library.import_(
            arguments.file,
            collection=arguments.collection,
            policy=arguments.policy,
            preview=arguments.preview,
            report=line,
        )
    if output.as_json:
        output.record(plain(done))
    else:
        _say_imported(done, output)
    return 0


def _say_imported(done: Imported, output: Output) -> None:
    new = "Would be new" if done.preview else "New"
    output.result(
        f"{'' if done.preview else '✓ '}{new}: {many(done.sources, 'source')} with "
        f"{many(done.statements, 'statement')}, {many(done.added, 'memory', 'memories')}; "
        f"known: {many(done.known_sources, 'source')}, {many(done.known, 'memory', 'memories')}."
    )
    _say_conflicts(done.conflicts, output)
    for sentence in done.left:
        output.complaint(sentence)
    if done.run is not None:
        output.remark("Undo it with: workbench import --undo")


def _say_conflicts(conflicts: Sequence[Conflict], output: Output) -> None:
    for conflict in conflicts[:_SHOWN]:
        kept, other = conflict.local, conflict.remote
        if conflict.kept == "remote":
            kept, other = other, kept
        lost = "" if conflict.stored else "; the other was left out"
        output.result(f"  “{kept}” counts, not “{other}”{lost}")
    if len(conflicts) > _SHOWN:
        output.result(f"  and {len(conflicts) - _SHOWN} more contradictions")


def _undo(arguments: argparse.Namespace, output: Output) -> int:
    with open_library(arguments) as library:
        undone = library.undo_import()
    output.say(
        undone,
        f"✓ Taken back: {many(undone.sources, 'source')}, {many(undone.facts, 'fact')}, "
        f"{many(undone.notes, 'note')}; {undone.changed_back} are as before.",
    )
    return 0


def _merge(arguments: argparse.Namespace, output: Output) -> int:
    with open_library(arguments) as library:
        done = library.collections.merge(arguments.into, arguments.other, arguments.policy)
    if output.as_json:
        output.record(done)
        return 0
    output.result(f"✓ New: {many(done.added, 'memory', 'memories')}; known: {done.known}.")
    _say_conflicts(done.conflicts, output)
    if done.run is not None:
        output.remark("Undo it with: workbench import --undo")
    return 0


COMMANDS: Mapping[str, Callable[[argparse.Namespace, Output], int]] = {
    "version": _version,
    "export": _export,
    "import": _import,
    "merge": _merge,
}
