"""The commands of the fact memory: remember, value, recall, history, forget."""

import argparse
import time
from collections.abc import Callable, Mapping

from workbench.cli import reflex
from workbench.cli.opening import open_library, open_scope
from workbench.cli.output import Output, many
from workbench.cli.piped import piped_text
from workbench.errors import InputError, NotFoundError, UsageError
from workbench.memory.facts.marking import NOTE_KINDS
from workbench.memory.facts.records import Fact, Left, Remembered

_WHY = {
    "question": "a question, which `workbench value` answers",
    "chatter": "it says nothing",
    "empty": "there are no words in it",
}


def _remember(arguments: argparse.Namespace, output: Output) -> int:
    text = arguments.text
    if text == "-":
        text = piped_text()
    with open_library(arguments, make=True) as library:
        made = library.facts.tell(
            text,
            collection=arguments.collection,
            source=arguments.source,
            at=arguments.at,
            replace=arguments.replace,
            kind=arguments.kind,
            priority=arguments.priority,
            expires_days=arguments.expires_days,
            tags=arguments.tag,
            trust=arguments.trust,
            project=arguments.project,
            salience=arguments.salience,
            reward=arguments.reward,
        )
    return say_remembered(made, arguments.kind, output)


def say_remembered(made: Remembered, kind: str | None, output: Output) -> int:
    """Say what became of a text; the exit code says whether anything was kept.

    With `--json` raises `InputError` where nothing was.
    """
    of = "note" if kind and kind.strip().casefold() in NOTE_KINDS else "fact"
    if output.as_json:
        output.record(made)
    else:
        if made.new:
            output.result(f"✓ Remembered: {many(len(made.new), of)}.")
        if made.known:
            output.result(f"✓ Already known: {many(len(made.known), of)}.")
        if made.dropped:
            output.complaint(
                f"The collection is full: {many(made.dropped)} of the oldest removed. "
                "Make room with: workbench stats --keep N"
            )
        for left in made.left:
            output.complaint(f"Not saved: “{_short(left)}” ({_WHY[left.reason]}).")
    if made.new or made.known:
        return 0
    if not output.as_json:
        return InputError.exit_code
    raise InputError(
        "There was nothing to remember in it.", "Write a statement, such as “my plan is pro”."
    )


def _short(left: Left) -> str:
    return left.text if len(left.text) <= 60 else f"{left.text[:59]}…"


def _turn(arguments: argparse.Namespace, output: Output) -> int:
    line = arguments.text
    if line == "-":
        line = piped_text()
    with open_library(arguments, make=True) as library:
        done = library.turn(line, collection=arguments.collection)
    if output.as_json:
        output.record(done)
    elif done.text:
        output.result(done.text)
    return 1 if done.kind == "unknown" else 0


def _value(arguments: argparse.Namespace, output: Output) -> int:
    if not arguments.question.strip():
        raise UsageError("What do you want to know?", "Ask in a few words.")
    with open_scope(arguments) as library:
        found = library.facts.value(
            arguments.question,
            collection=arguments.collection,
            as_of=arguments.as_of,
            depth=arguments.depth,
        )
        near = (
            []
            if found is not None
            else library.facts.closest(
                arguments.question, collection=arguments.collection, as_of=arguments.as_of
            )
        )
    if output.as_json:
        output.record(
            {
                "question": arguments.question,
                "value": None if found is None else found.value,
                "abstained": found is None,
                "confidence": 0.0 if found is None else found.confidence,
                "fact": None if found is None else found.fact,
                "also": None if found is None or found.also is None else found.also.fact,
                "near": near,
            }
        )
        return 1 if found is None else 0
    if found is None:
        if near:
            said = "; ".join(f"“{fact.text}”" for fact in near)
            raise NotFoundError("No statement answers that.", f"Closest statements: {said}")
        raise NotFoundError(
            "No statement answers that.", "See what is known about it with: workbench recall CUE"
        )
    output.result(found.shown)
    by = f"from {', '.join(found.fact.sources)}" if found.fact.sources else ""
    statement = "" if found.value is None else f"“{found.fact.text}”"
    origin = ", ".join(filter(None, (statement, by)))
    output.remark(" · ".join(filter(None, (origin, f"{found.confidence:.0%} sure"))))
    if found.also is not None:
        output.remark(f"But later: “{found.also.fact.text}”")
    return 0


def _recall(arguments: argparse.Namespace, output: Output) -> int:
    check_cue(arguments.cue)
    if arguments.limit < 1:
        raise UsageError(f"{arguments.limit} is not a number of facts.", "Ask for one or more.")
    if reflex.wanted(arguments):
        return reflex.recall(arguments, output)
    with open_scope(arguments) as library:
        if arguments.across:
            said = arguments.kind or arguments.min_priority or arguments.expired
            if said or arguments.project or arguments.tag:
                raise UsageError("--across finds statements of every kind.", "Leave --across out.")
            found = library.facts.recall_across(
                arguments.cue,
                collection=arguments.collection,
                limit=arguments.limit,
                as_of=arguments.as_of,
            )
        else:
            found = library.facts.recall(
                arguments.cue,
                collection=arguments.collection,
                limit=arguments.limit,
                kind=arguments.kind,
                min_priority=arguments.min_priority,
                include_expired=arguments.expired,
                project=arguments.project,
                tag=arguments.tag,
                as_of=arguments.as_of,
            )
    return show(found, output)


def check_cue(cue: str) -> None:
    """Raise `UsageError` for a cue without a word."""
    if not any(map(str.isalnum, cue)):
        raise UsageError("What is it about?", "Name a few words.")


def _history(arguments: argparse.Namespace, output: Output) -> int:
    check_cue(arguments.cue)
    with open_scope(arguments) as library:
        found = library.facts.history(
            arguments.cue, collection=arguments.collection, as_of=arguments.as_of
        )
    return show(found, output)


def show(found: list[Fact], output: Output) -> int:
    """Print facts, one a line; the exit code says whether there was any."""
    for fact in found:
        day = time.strftime("%d %b %Y", time.localtime(fact.at))
        by = f" · {', '.join(fact.sources)}" if fact.sources else ""
        was = "" if fact.current else " · replaced"
        was += " · expired" if fact.expired else ""
        was += " · archived" if fact.archived else ""
        output.say(fact, f"{fact.text}  · {day}{by}{was}")
    if not found and not output.as_json:
        output.remark("Nothing is known about that.")
    return 0 if found else 1


def _forget(arguments: argparse.Namespace, output: Output) -> int:
    if arguments.all and arguments.match is not None:
        raise UsageError("Give words or --all, not both.")
    if arguments.id:
        return _forget_ids(arguments, output)
    with open_library(arguments) as library:
        gone = library.facts.forget(
            arguments.match,
            collection=arguments.collection,
            source=arguments.source,
            everything=arguments.all,
        )
    if output.as_json:
        output.record(gone)
    else:
        notes = f" and {many(gone.notes, 'note')}" if gone.notes else ""
        output.result(f"✓ Forgotten: {many(gone.forgotten)}{notes}; {gone.remaining} left.")
        if not gone.clean:
            output.remark(
                "Another program is reading the library: what is left of them leaves its log when "
                "that program closes it."
            )
    return 0 if gone.forgotten or gone.notes else 1


def _forget_ids(arguments: argparse.Namespace, output: Output) -> int:
    if arguments.match is not None or arguments.all or arguments.source is not None:
        raise UsageError(
            "--id already names one fact or note.", "Leave out the words, --all and --source."
        )
    with open_library(arguments) as library:
        gone = library.facts.remove(arguments.id)
    if output.as_json:
        output.record({"forgotten": gone})
    elif gone:
        output.result(f"✓ Forgotten: {gone} of {len(set(arguments.id))}.")
    else:
        output.complaint("There is no such fact or note. See: workbench list memories")
    return 0 if gone else 1


COMMANDS: Mapping[str, Callable[[argparse.Namespace, Output], int]] = {
    "remember": _remember,
    "turn": _turn,
    "value": _value,
    "recall": _recall,
    "history": _history,
    "forget": _forget,
}
