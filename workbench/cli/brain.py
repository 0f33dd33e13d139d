"""The command of the spiking brain: brain status|recall|dream|assembly|map|lessons|unlearn."""

import argparse
from collections.abc import Callable, Mapping
from datetime import datetime

from workbench import kernels
from workbench.brain.engine.kernel_set import BRAIN_KERNELS
from workbench.cli.opening import open_library
from workbench.cli.output import Output
from workbench.errors import UsageError
from workbench.library import Library

_BAR = 24
#: Kin of a cue that are told.
_KIN = 5
_OF_A_CONCEPT = ("recall", "dream", "assembly")
#: A brain up to this scale needs no compiled loops.
_AT_ONCE = 0.05


def _brain(arguments: argparse.Namespace, output: Output) -> int:
    needs = arguments.what in _OF_A_CONCEPT
    if needs != (arguments.cue is not None) and arguments.what != "unlearn":
        raise UsageError(
            "Say with which concept to begin."
            if needs
            else f"`brain {arguments.what}` takes no concept.",
            "Such as: workbench brain recall “Marie Curie”",
        )
    with open_library(arguments) as library:
        if arguments.scale is not None:
            library.brain.resize(arguments.scale)
        fires = arguments.what in ("recall", "dream")
        if fires and (arguments.scale is None or arguments.scale > _AT_ONCE):
            _prepare(library, output)
        return _WHAT[arguments.what](library, arguments, output)


def _prepare(library: Library, output: Output) -> None:
    if not kernels.made(BRAIN_KERNELS):
        output.remark("Compiling the brain for this machine, once; this takes a moment.")
    if not library.brain.prepare():
        output.remark("It cannot be compiled here; a small brain answers instead.")


def _status(library: Library, _arguments: argparse.Namespace, output: Output) -> int:
    found = library.brain.status()
    if output.as_json:
        output.record(found)
        return 0
    output.result(
        f"{found.neurons:,} neurons and {found.synapses:,} background synapses (scale "
        f"{found.scale:g}), which are computed and not stored"
    )
    for region in found.regions:
        output.result(f"{region.label:<20} {region.neurons:>9,}  {region.job}")
    if found.taught:
        output.remark(
            f"{found.taught} links have changed because of your questions. See them with: "
            "workbench brain lessons"
        )
    return 0


def _recall(library: Library, arguments: argparse.Namespace, output: Output) -> int:
    found = library.brain.recall(
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
                "kin": [{"name": name, "neurons": many} for name, many in found.kin],
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
            told = lit.path
            if lit.odds_words:
                told += f" ({lit.odds_words} was found in print)"
            way = f"  {told}" + (f"  [{lit.edge}]" if lit.edge else "")
        output.result(f"{lit.tag:<10} {share}  {lit.name}{way}")
    if found.kin:
        kin = ", ".join(f"{name} ({many} of 100 neurons)" for name, many in found.kin[:_KIN])
        output.remark(f"Related in meaning, partly active: {kin}")
    most = max(found.regions.values(), default=0) or 1
    for name, spikes in found.regions.items():
        output.remark(f"{name:<12} {'█' * round(_BAR * spikes / most):<{_BAR}} {spikes:,} spikes")
    if not found.lit:
        output.remark("No associations: nothing is known about this yet.")
    return 0 if found.lit else 1


def _dream(library: Library, arguments: argparse.Namespace, output: Output) -> int:
    found = library.brain.dream(arguments.cue, hops=arguments.hops, seed=arguments.seed)
    if output.as_json:
        output.record({"dreamt": found})
        return 0 if found else 1
    for each in found:
        way = f"  {' → '.join(each.trail)}" if len(each.trail) > 2 else ""
        way = f"  {each.path}" if each.path else way
        output.result(f"{each.name}  ({each.told}){way}")
    if not found:
        output.remark("No associations: nothing is known about this yet.")
    return 0 if found else 1


def _assembly(library: Library, arguments: argparse.Namespace, output: Output) -> int:
    concept = library.graph.concept(arguments.cue).concept
    found = library.brain.assembly(concept.id, collection=arguments.collection)
    if output.as_json:
        told = {name: getattr(found, name) for name in found.__dataclass_fields__}
        output.record({**told, "neurons": found.neurons.tolist()})
        return 0
    output.result(
        f"{found.name}: {len(found.neurons)} of the {found.size:,} neurons of the association "
        f"cortex, {found.shared} of them shared"
    )
    for each in found.sharing[: arguments.limit]:
        output.result(f"{len(each.places):>4}  {each.name}")
    return 0


def _map(library: Library, arguments: argparse.Namespace, output: Output) -> int:
    found = library.brain.map(limit=max(arguments.limit, 1), collection=arguments.collection)
    if output.as_json:
        output.record(found)
        return 0 if found.points else 1
    for each in found.points:
        near = ", ".join(found.points[at].name for at in each.near)
        output.result(f"{each.x:6.2f} {each.y:6.2f}  {each.name}  (near {near})")
    if not found.points:
        output.remark("There is too little text for a map yet.")
    return 0 if found.points else 1


def _lessons(library: Library, arguments: argparse.Namespace, output: Output) -> int:
    found = library.brain.lessons(arguments.limit)
    for each in found:
        when = datetime.fromtimestamp(each.at).strftime("%Y-%m-%d %H:%M")
        links = ", ".join(f"{one} → {other} {much:+.3f}" for one, other, much in each.links)
        output.say(each, f"{each.id}  {when}  {each.why}  {links}")
    if not found and not output.as_json:
        output.remark("The brain has learned nothing from your questions yet.")
    return 0 if found else 1


def _unlearn(library: Library, arguments: argparse.Namespace, output: Output) -> int:
    which = arguments.cue
    if which is not None and which != "all" and not which.isdecimal():
        raise UsageError(
            f"“{which}” is not a lesson.", "Give the number of one, or all; see: brain lessons"
        )
    lesson = None if which in (None, "all") else int(which)
    links = library.brain.unlearn(lesson, everything=which == "all")
    output.say({"links": links}, f"✓ {links} links of the brain have their former weight again.")
    return 0


_WHAT: Mapping[str, Callable[[Library, argparse.Namespace, Output], int]] = {
    "status": _status, "recall": _recall, "dream": _dream, "assembly": _assembly, "map": _map,
    "lessons": _lessons, "unlearn": _unlearn,
}  # fmt: skip
COMMANDS: Mapping[str, Callable[[argparse.Namespace, Output], int]] = {"brain": _brain}
