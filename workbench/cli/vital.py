"""The commands of alerts, health and follow-up questions."""

import argparse
from collections.abc import Callable, Mapping, Sequence

from workbench.cli.opening import open_library, open_scope
from workbench.cli.output import Output
from workbench.errors import UsageError
from workbench.library import Library
from workbench.memory.vital.records import Alert, Health

#: The options that mark an alert, and what they mark it.
_MARKS = {"seen": "seen", "acknowledge": "acknowledged", "resolve": "resolved"}


def _alerts(arguments: argparse.Namespace, output: Output) -> int:
    given = _limits(arguments.limit)
    marks = [(getattr(arguments, name), status) for name, status in _MARKS.items()]
    wanted = [(which, status) for which, status in marks if which is not None]
    changed: dict[str, float | None] = {}
    for each in arguments.set:
        name, _, value = each.partition("=")
        changed[f"alert_{name.strip()}"] = (
            None if value.strip() == "usual" else _limits([each])[name.strip()]
        )
    with open_scope(arguments) if not (wanted or changed) else open_library(arguments) as library:
        if changed:
            library.brain.configure(**changed)
        if wanted:
            found = [_marked(library, which, status, arguments) for which, status in wanted]
        else:
            found = library.alerts(arguments.collection, limits=given, resolved=arguments.resolved)
    for alert in found:
        output.shown(alert, _show_alert)
    if not found and not output.as_json:
        output.remark("✓ No limit is exceeded.")
    return 0


def _marked(library: Library, which: str, status: str, arguments: argparse.Namespace) -> Alert:
    number = int(which) if which.isdecimal() else which
    return library.acknowledge(number, status, collection=arguments.collection)


def _limits(words: Sequence[str]) -> dict[str, float]:
    found: dict[str, float] = {}
    for each in words:
        name, sign, value = each.partition("=")
        try:
            found[name.strip()] = float(value)
        except ValueError as error:
            raise UsageError(
                f"“{each}” sets no limit." if sign else f"“{each}” names no number.",
                "Write a name and a number, such as memories=5000.",
            ) from error
    return found


def _show_alert(alert: Alert, output: Output) -> None:
    output.result(f"{alert.id}  {alert.severity} · {alert.status} · {alert.message}")
    if alert.advice:
        output.result(f"   {alert.advice}")


def _health(arguments: argparse.Namespace, output: Output) -> int:
    with open_scope(arguments) as library:
        found = library.health(arguments.collection)
    output.shown(found, _show_health)
    return 0 if found.grade is not None else 1


def _show_health(health: Health, output: Output) -> None:
    output.result(health.message)
    if health.purity is not None:
        output.result(f"Purity {health.purity:g} of 100, {health.memories:,} memories.")
    for part in health.parts:
        value = "  –" if part.value is None else f"{100 * part.value:3.0f}"
        output.result(f"  {value}  {part.name} ({part.weight:.0%}): {part.told}")
        if part.advice:
            output.result(f"       {part.advice}")


def _suggest(arguments: argparse.Namespace, output: Output) -> int:
    if arguments.learn is not None or arguments.forget:
        return _settle(arguments, output)
    if arguments.limit < 1:
        raise UsageError(f"{arguments.limit} is not a number of topics.", "Ask for one or more.")
    with open_scope(arguments) as library:
        if arguments.question is None:
            found = library.memory.query_patterns(
                collection=arguments.collection, limit=max(arguments.limit, 100)
            )
        else:
            found = library.memory.suggest(
                arguments.question, collection=arguments.collection, limit=arguments.limit
            )
    return output.listed(
        found,
        lambda each: f"{each.topic} · after {each.after}, {each.times} times",
        "Nothing to suggest yet: a question has to follow another three times within ten minutes.",
    )


def _settle(arguments: argparse.Namespace, output: Output) -> int:
    """Forget what was asked, or switch learning it on or off."""
    said: dict[str, object] = {}
    with open_library(arguments) as library:
        if arguments.learn is not None:
            library.brain.configure(query_patterns=arguments.learn == "on")
            said["learn"] = arguments.learn == "on"
        if arguments.forget:
            said["forgotten"] = library.memory.forget_asked(collection=arguments.collection)
    if output.as_json:
        output.record(said)
    elif arguments.forget:
        output.result("✓ Forgot which questions follow one another.")
    else:
        output.result(f"✓ Learning which questions follow one another is {arguments.learn}.")
    return 0


COMMANDS: Mapping[str, Callable[[argparse.Namespace, Output], int]] = {
    "alerts": _alerts,
    "health": _health,
    "suggest": _suggest,
}
