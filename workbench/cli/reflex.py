"""Recall by reflex on the command line: recall with a depth or as a context, and its settings."""

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from workbench.cli.answer_output import say_hit
from workbench.cli.opening import open_library, open_scope
from workbench.cli.output import Output, plain
from workbench.errors import UsageError


def wanted(arguments: argparse.Namespace) -> bool:
    """Whether `recall` is to go by reflex."""
    return bool(
        arguments.depth
        or arguments.strategy
        or arguments.context
        or arguments.explain
        or arguments.max_tokens is not None
    )


def recall(arguments: argparse.Namespace, output: Output) -> int:
    """The command `recall` with a depth, as a context, or with its reasons."""
    limits = arguments.kind, arguments.min_priority, arguments.project, arguments.tag
    if arguments.across or arguments.expired or any(limits):
        raise UsageError(
            "These options do not work with --depth, --context or --strategy.",
            "Leave --across, --kind, --min-priority, --project, --tag and --expired out.",
        )
    if arguments.context or arguments.max_tokens is not None:
        return _context(arguments, output)
    with open_scope(arguments) as library:
        found = library.facts.reflex(
            arguments.cue,
            depth=arguments.depth,
            collection=arguments.collection,
            limit=arguments.limit,
            as_of=arguments.as_of,
            strategy=arguments.strategy,
            learn=not arguments.no_learn,
        )
    if output.as_json:
        output.record({**plain(found), "abstained": found.abstained})
        return 0 if found.hits else 1
    for hit in found.hits:
        say_hit(hit, output, explain=arguments.explain)
    if not found.hits:
        output.remark("Nothing was found.")
        return 1
    bound = ", ".join(f"“{each.concept}” {each.strength:.2f}" for each in found.co_activations[:5])
    if arguments.explain and bound:
        output.remark(f"Bound together: {bound}")
    if arguments.explain and found.unknown:
        output.remark(f"Nothing mentions {', '.join(f'“{each}”' for each in found.unknown)}.")
    if found.unlinked:
        output.remark(f"{found.unlinked} memories are not linked yet; only their words were found.")
    output.remark(
        f"{found.depth}, {found.strategy} · {found.confidence:.0%} sure that the first answers · "
        f"{found.milliseconds:.0f} ms"
    )
    return 0


def _context(arguments: argparse.Namespace, output: Output) -> int:
    with open_scope(arguments) as library:
        found = library.facts.context(
            arguments.cue,
            max_tokens=arguments.max_tokens,
            depth=arguments.depth,
            collection=arguments.collection,
            as_of=arguments.as_of,
        )
    if output.as_json:
        output.record({**plain(found), "text": found.text})
    else:
        if found.items:
            output.result(found.text)
        left = f"; {found.dropped} left out" if found.dropped else ""
        output.remark(f"{len(found.items)} memories, about {found.tokens} tokens{left}.")
    return 0 if found.items else 1


def _brain_config(arguments: argparse.Namespace, output: Output) -> int:
    with open_library(arguments, reading=not arguments.changes) as library:
        given = _given(arguments.changes)
        config = library.brain.configure(**given) if given else library.brain.settings()
    if output.as_json:
        output.record(config)
        return 0
    for name, value in asdict(config).items():
        output.result(f"{name} = {value}")
    return 0


def _given(changes: Sequence[str]) -> dict[str, Any]:
    """NAME=VALUE as names and values; "usual" brings back the usual value."""
    found: dict[str, Any] = {}
    for change in changes:
        name, sign, text = (part.strip() for part in change.partition("="))
        if not sign or not name or not text:
            raise UsageError(
                f"“{change}” sets nothing.", "Write NAME=VALUE, such as max_spread_hops=6."
            )
        found[name] = _value(text)
    return found


def _value(text: str) -> float | int | bool | str | None:
    if text.casefold() in ("usual", "default"):
        return None
    if text.casefold() in ("true", "on", "yes", "false", "off", "no"):
        return text.casefold() in ("true", "on", "yes")
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


COMMANDS: Mapping[str, Callable[[argparse.Namespace, Output], int]] = {
    "brain-config": _brain_config,
}
