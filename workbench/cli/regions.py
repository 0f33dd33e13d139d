"""The commands of the regions of remembering: perceive, working-memory, rehearse, sleep."""

import argparse
from collections.abc import Callable, Mapping

from workbench.cli.facts import say_remembered
from workbench.cli.opening import open_library, open_scope
from workbench.cli.output import Output, many
from workbench.cli.piped import piped_text
from workbench.cli.sleeping import sleep
from workbench.memory.facts.records import Remembered
from workbench.memory.kinds import details

#: Why the gate refuses.
_WHY = {
    "empty": "there are no words in it",
    "chatter": "it says nothing",
    "faint": "it says too little",
}


def _perceive(arguments: argparse.Namespace, output: Output) -> int:
    text = piped_text() if arguments.text == "-" else arguments.text
    with open_library(arguments, make=True) as library:
        done = library.facts.perceive(
            text,
            collection=arguments.collection,
            source=arguments.source,
            at=arguments.at,
            kind=arguments.kind,
            salience=arguments.salience,
            reward=arguments.reward,
            hint=arguments.hint,
        )
    kept = bool(done.new or done.known)
    if output.as_json:
        output.record(done)
        return 0 if kept else 1
    for each in done.refused:
        output.complaint(f"Refused: “{each.text[:60]}” ({_WHY[each.refused]}).")
    if done.refused:
        output.remark("Save it anyway with: workbench remember TEXT")
    if kept or done.left:
        made = Remembered(done.new, done.known, done.left)
        return 0 if say_remembered(made, arguments.kind, output) == 0 else 1
    return 1


def _working(arguments: argparse.Namespace, output: Output) -> int:
    with open_scope(arguments) as library:
        found = library.memory.working(arguments.collection)
    for each in found:
        left = "pinned" if each.hours_left is None else f"for {each.hours_left:.2g} hours yet"
        output.say(each, f"{each.text} · {left}")
    if not found and not output.as_json:
        output.remark("Working memory is empty; your notes are all kept.")
    return 0 if found else 1


def _rehearse(arguments: argparse.Namespace, output: Output) -> int:
    with open_library(arguments) as library:
        touched = library.memory.rehearse(arguments.match, collection=arguments.collection)
    if output.as_json:
        output.record({"touched": touched})
    elif touched:
        output.result(f"✓ Kept in working memory: {many(touched)}.")
    else:
        raise details.missing(arguments.match)
    return 0 if touched else 1


COMMANDS: Mapping[str, Callable[[argparse.Namespace, Output], int]] = {
    "perceive": _perceive,
    "working-memory": _working,
    "rehearse": _rehearse,
    "sleep": sleep,
}
