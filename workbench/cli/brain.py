"""The command of the spiking brain: brain status|recall|dream."""

import argparse
from collections.abc import Callable, Mapping

from workbench import kernels
from workbench.brain.kernel_set import BRAIN_KERNELS
from workbench.cli.commands import open_library
from workbench.cli.output import Output
from workbench.errors import UsageError
from workbench.library import Library

_BAR = 24
#: A brain up to this scale needs no compiled loops.
_AT_ONCE = 0.05


def _brain(arguments: argparse.Namespace, output: Output) -> int:
    needs = arguments.what != "status"
    if needs != (arguments.cue is not None):
        raise UsageError(
            "Say with which concept to begin." if needs else "`brain status` takes no concept.",
            "Such as: workbench brain recall “Marie Curie”",
        )
    with open_library(arguments) as library:
        if arguments.scale is not None:
            library.resize_brain(arguments.scale)
        if needs and (arguments.scale is None or arguments.scale > _AT_ONCE):
            _prepare(library, output)
        return _WHAT[arguments.what](library, arguments, output)


def _prepare(library: Library, output: Output) -> None:
    if not kernels.made(BRAIN_KERNELS):
        output.remark("The brain is compiled for this machine, once; that takes a moment.")
    if not library.prepare_brain():
        output.remark("It cannot be compiled here: a small brain answers instead.")


def _status(library: Library, _arguments: argparse.Namespace, output: Output) -> int:
    found = library.brain_status()
    if output.as_json:
        output.record(found)
        return 0
    output.result(
        f"{found.neurons:,} neurons and {found.synapses:,} background synapses (scale "
        f"{found.scale:g}), which are computed and not stored"
    )
    for region in found.regions:
        output.result(f"{region.label:<20} {region.neurons:>9,}  {region.job}")
    return 0


def _recall(library: Library, arguments: argparse.Namespace, output: Output) -> int:
    found = library.brain_recall(
        arguments.cue,
        mode=arguments.mode,
        limit=arguments.limit,
        collection=arguments.collection,
        seed=arguments.seed,
        # A command has no next time: what nobody wrote is waited for.
        patience=None,
    )
    if output.as_json:
        recalled = found.recalled
        output.record(
            {
                "cue": found.cue, "mode": found.mode, "lit": found.lit, "regions": found.regions,
                "levels": found.levels,
                "seed": found.seed, "scale": found.scale, "milliseconds": found.milliseconds,
                "steps": [
                    {"spikes": spikes, "speaking": speaking}
                    for spikes, speaking in zip(
                        recalled.spikes.tolist(), recalled.speaking, strict=True
                    )
                ],
            }
        )  # fmt: skip
        return 0 if found.lit else 1
    output.result(f"{', '.join(found.cue)} ({found.mode}, {found.milliseconds:.0f} ms)")
    for lit in found.lit:
        way = f"  {' → '.join(lit.trail)}" if len(lit.trail) > 1 else ""
        share = f"{100 * lit.cover:3.0f} %" if lit.step >= 0 else "     "
        if lit.path:
            told = f"{lit.path} ({lit.odds_words} was found in print)"
            way = f"  {told}" + (f"  [{lit.edge}]" if lit.edge else "")
        output.result(f"{lit.tag:<10} {share}  {lit.name}{way}")
    most = max(found.regions.values(), default=0) or 1
    for name, spikes in found.regions.items():
        output.remark(f"{name:<12} {'█' * round(_BAR * spikes / most):<{_BAR}} {spikes:,} spikes")
    if not found.lit:
        output.remark("Nothing lit up: nothing is said of this yet.")
    return 0 if found.lit else 1


def _dream(library: Library, arguments: argparse.Namespace, output: Output) -> int:
    found = library.brain_dream(arguments.cue, hops=arguments.hops, seed=arguments.seed)
    if output.as_json:
        output.record({"dreamt": found})
        return 0 if found else 1
    for each in found:
        output.result(f"{each.name}  ({each.surprise:.1f} bits of surprise)")
    if not found:
        output.remark("Nothing lit up: nothing is said of this yet.")
    return 0 if found else 1


_WHAT: Mapping[str, Callable[[Library, argparse.Namespace, Output], int]] = {
    "status": _status, "recall": _recall, "dream": _dream,
}  # fmt: skip
COMMANDS: Mapping[str, Callable[[argparse.Namespace, Output], int]] = {"brain": _brain}
