"""The commands of strength: what fades, one memory, strengthen, let go, consolidate."""

import argparse
import time
from collections.abc import Callable, Mapping

from workbench.cli import sources
from workbench.cli.opening import open_library
from workbench.cli.output import Output, ProgressLine, many, plain
from workbench.errors import NotFoundError, UsageError
from workbench.memory.facts.consolidating import Consolidated
from workbench.memory.facts.plastic import Strength
from workbench.memory.fading.records import Curve, Fading

_DAY = 86_400.0
_WITHIN = 7.0
_SHORT = 80
#: Merges and faded facts that are told one by one.
_TOLD = 10


def listing(arguments: argparse.Namespace, output: Output) -> int:
    """List what will have faded soon, then what has."""
    days = _WITHIN if arguments.days is None else arguments.days
    with open_library(arguments, reading=True) as library:
        found = library.memory.fading(arguments.collection, within_days=days)
    if output.as_json:
        output.record(found)
        return 0
    now = time.time()
    for each in found.items:
        output.result(
            f"{each.engram:>6}  {_when(each, now)} · {100 * each.strength:.0f} % · "
            f"{_shortened(each.text)}"
        )
    if not found.items:
        output.remark(f"Nothing fades within {days:g} days.")
        return 0
    about = "" if found.complete else "about "
    output.remark(f"{len(found.items)} of {about}{found.total}")
    output.remark("Keep one with: workbench reinforce ID · let it go with: workbench let-go ID")
    return 0


def _when(each: Fading, now: float) -> str:
    days = (each.fades_at - now) / _DAY
    return f"in {days:.0f} days" if days >= 1 else "today" if days > 0 else f"{-days:.0f} days ago"


def _shortened(text: str) -> str:
    return text if len(text) <= _SHORT else f"{text[: _SHORT - 1]}…"


def _show(arguments: argparse.Namespace, output: Output) -> int:
    """Show the source of that id, or the memory where there is none or one is meant."""
    if not arguments.memory:
        try:
            return sources.show(arguments, output)
        except NotFoundError:
            with open_library(arguments, reading=True) as library:
                if library.memory.retention(arguments.id) is None:
                    raise
    return _memory(arguments, output)


def _memory(arguments: argparse.Namespace, output: Output) -> int:
    with open_library(arguments, reading=True) as library:
        found = library.memory.retention(arguments.id)
        if found is None:
            raise NotFoundError(
                f"There is no memory {arguments.id}.", "See `workbench list memories`."
            )
        curve = library.memory.curve(arguments.id)
    if output.as_json:
        output.record({"strength": plain(found), "curve": plain(curve)})
        return 0
    for name, value in _lines(found, curve).items():
        output.result(f"{name.ljust(10)} {value}")
    return 0


def _lines(found: Strength, curve: Curve) -> dict[str, str]:
    uses = "once" if found.uses == 1 else f"{found.uses} times"
    told = {
        "Says": found.text,
        "Kind": found.kind,
        "Strength": f"{found.strength:.3g} of {curve.cap:g}" + (", pinned" if found.pinned else ""),
        "Last use": f"{_date(found.used)}, used {uses}" if found.uses else "never used",
        "Half-life": f"{found.half_life / _DAY:.0f} days",
    }
    if curve.half_at is not None:
        told["Half of it"] = f"is left on {_date(curve.half_at)}"
    if found.archived:
        told["Laid aside"] = "archived: still found, ranked last among equals"
    return told


def _date(moment: float) -> str:
    return time.strftime("%d %B %Y", time.localtime(moment))


def _reinforce(arguments: argparse.Namespace, output: Output) -> int:
    with open_library(arguments) as library:
        done = library.memory.reinforce(*arguments.ids)
    return _said(output, "reinforced", done, "Reinforced")


def _let_go(arguments: argparse.Namespace, output: Output) -> int:
    with open_library(arguments) as library:
        if arguments.undo:
            return _said(
                output, "taken_back", library.memory.unarchive(*arguments.ids), "Counts again"
            )
        done = library.memory.archive(*arguments.ids)
    return _said(output, "let_go", done, "Archived; still searchable, and nothing is deleted")


def _said(output: Output, name: str, done: int, told: str) -> int:
    if output.as_json:
        output.record({name: done})
    elif done:
        output.result(f"✓ {told}: {'1 memory' if done == 1 else f'{done} memories'}.")
    else:
        output.remark("There is no such statement; nothing was changed.")
    return 0 if done else 1


def _strengthen(arguments: argparse.Namespace, output: Output) -> int:
    with open_library(arguments) as library:
        done = library.memory.strengthen(
            arguments.match, amount=arguments.amount, collection=arguments.collection
        )
    if output.as_json:
        output.record(done)
    elif done.touched:
        output.result(
            f"✓ Strengthened: {many(done.touched)}; the strongest is at {done.strength:.3g} of 8."
        )
    else:
        output.remark("No statement contains these words; nothing was changed.")
    return 0 if done.touched else 1


def _consolidate(arguments: argparse.Namespace, output: Output) -> int:
    if arguments.undo and (arguments.preview or arguments.prune_below is not None):
        raise UsageError("--undo takes no other options.")
    if arguments.undo:
        return _undo(arguments, output)
    with open_library(arguments) as library, ProgressLine(output) as line:
        done = library.memory.consolidate(
            arguments.collection,
            prune_below=arguments.prune_below,
            preview=arguments.preview,
            report=line,
        )
    if output.as_json:
        output.record(done)
    else:
        _tell_consolidated(done, output, preview=arguments.preview)
    return 0


def _undo(arguments: argparse.Namespace, output: Output) -> int:
    with open_library(arguments) as library:
        undone = library.memory.undo_consolidation(arguments.collection)
    output.say(
        undone,
        f"✓ Undone: {undone.merged} merged, {undone.archived} archived.",
    )
    return 0


def _tell_consolidated(done: Consolidated, output: Output, *, preview: bool) -> None:
    for merge in done.merges[:_TOLD]:
        output.remark(f"says the same as {len(merge.others)} more: “{merge.text}”")
    for text in done.faded[:_TOLD]:
        output.remark(f"faded: “{text}”")
    if preview:
        output.result(
            f"Would merge {many(done.merged)} and archive {done.archived} of {done.examined}."
        )
        return
    output.result(f"✓ Merged: {many(done.merged)}; archived: {done.archived}.")
    if done.run is not None:
        output.remark("Nothing is deleted. Undo it with: workbench consolidate --undo")


COMMANDS: Mapping[str, Callable[[argparse.Namespace, Output], int]] = {
    "list fading": listing,
    "show": _show,
    "reinforce": _reinforce,
    "let-go": _let_go,
    "strengthen": _strengthen,
    "consolidate": _consolidate,
}
