"""The commands of notes and scopes: note, highlights, var, stance, edit, neighbours, stats."""

import argparse
import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from workbench import permissions
from workbench.cli.facts import check_cue, say_remembered, show
from workbench.cli.opening import open_library, open_scope
from workbench.cli.output import Output, many, plain
from workbench.cli.piped import piped_text
from workbench.errors import InputError, NotFoundError, UsageError
from workbench.library import Library
from workbench.memory.facts.records import Fact
from workbench.memory.notes.records import Scope, Stance


def text_of(argument: str) -> str:
    """The text of an argument; “-” is standard input without its last line break."""
    if argument != "-":
        return argument
    text = piped_text()
    return text.removesuffix("\n").removesuffix("\r")


def _note(arguments: argparse.Namespace, output: Output) -> int:
    with open_library(arguments, make=True) as library:
        made = library.notes.add(
            arguments.kind,
            text_of(arguments.text),
            collection=arguments.collection,
            priority=arguments.priority,
            expires_days=arguments.expires_days,
        )
    return say_remembered(made, arguments.kind, output)


def _var(arguments: argparse.Namespace, output: Output) -> int:
    action, key, value = arguments.action, arguments.key, arguments.value
    if action == "list":
        if key is not None:
            raise UsageError("A list takes no key.", "Get one with: workbench var get KEY")
    elif key is None:
        raise UsageError("Which variable?", f"Name its key: workbench var {action} KEY")
    if (action == "set") != (value is not None):
        raise UsageError(
            "A variable is set to a value." if action == "set" else f"To {action} takes no value.",
            "Write: workbench var set KEY VALUE",
        )
    return _VARIABLES[action](arguments, output)


def _var_set(arguments: argparse.Namespace, output: Output) -> int:
    with open_library(arguments, make=True) as library:
        made = library.notes.set_variable(
            arguments.key, text_of(arguments.value), collection=arguments.collection
        )
    output.say(made, f"✓ Set: {made.key}.")
    return 0


def _var_get(arguments: argparse.Namespace, output: Output) -> int:
    with open_scope(arguments) as library:
        value = library.notes.variable(arguments.key, collection=arguments.collection)
        others = [] if value is not None else _like(library, arguments)
    if output.as_json:
        output.record({"key": arguments.key, "value": value})
        return 1 if value is None else 0
    if value is None:
        raise NotFoundError(
            f"There is no variable “{arguments.key}”.",
            f"There is “{others[0]}”." if others else "See them with: workbench var list",
        )
    output.result(value)
    return 0


def _like(library: Library, arguments: argparse.Namespace) -> list[str]:
    """Keys that differ from the wanted one in case only."""
    wanted = " ".join(arguments.key.split()).casefold()
    known = library.notes.variables(collection=arguments.collection)
    return [variable.key for variable in known if variable.key.casefold() == wanted]


def _var_list(arguments: argparse.Namespace, output: Output) -> int:
    with open_scope(arguments) as library:
        known = library.notes.variables(collection=arguments.collection)
    for variable in known:
        output.say(variable, f"{variable.key} = {_short(variable.value)}")
    if not known and not output.as_json:
        output.remark("No variables yet. Set one with: workbench var set KEY VALUE")
    return 0


def _var_remove(arguments: argparse.Namespace, output: Output) -> int:
    with open_library(arguments) as library:
        gone = library.notes.remove_variable(arguments.key, collection=arguments.collection)
    if output.as_json:
        output.record({"key": arguments.key, "removed": gone})
        return 0 if gone else 1
    if not gone:
        raise NotFoundError(
            f"There is no variable “{arguments.key}”.", "See them with: workbench var list"
        )
    output.result(f"✓ Removed: {arguments.key}.")
    return 0


_VARIABLES: Mapping[str, Callable[[argparse.Namespace, Output], int]] = {
    "set": _var_set,
    "get": _var_get,
    "list": _var_list,
    "remove": _var_remove,
}


def _stance(arguments: argparse.Namespace, output: Output) -> int:
    topic = arguments.topic
    if arguments.text is not None:
        with open_library(arguments, make=True) as library:
            held = library.notes.set_stance(
                topic, text_of(arguments.text), collection=arguments.collection
            )
        _say_stances([held], output)
        return 0
    with open_scope(arguments) as library:
        if topic is None:
            known = library.notes.stances(collection=arguments.collection)
        else:
            one = library.notes.stance(topic, collection=arguments.collection)
            known = [] if one is None else [one]
    _say_stances(known, output)
    if not known and not output.as_json:
        about = "" if topic is None else f" about “{topic}”"
        output.remark(f"No stance{about} yet. State one with: workbench stance TOPIC TEXT")
    return 0 if known or topic is None else 1


def _say_stances(stances: list[Stance], output: Output) -> None:
    for held in stances:
        hard = ", hardened" if held.hardened else ""
        output.say(held, f"{held.topic}: {held.text}  · {held.intensity:.2g}{hard}")


def _edit(arguments: argparse.Namespace, output: Output) -> int:
    if arguments.undo == (arguments.text is not None):
        raise UsageError(
            "The new text is missing.",
            "Write: workbench edit ID TEXT, or: workbench edit ID --undo",
        )
    with open_library(arguments) as library:
        if arguments.undo:
            changed = library.facts.undo_edit(arguments.id)
        else:
            changed = library.facts.edit(arguments.id, text_of(arguments.text))
    output.say(changed, f"✓ {changed.id}: {_short(changed.text)}")
    return 0


def _neighbours(arguments: argparse.Namespace, output: Output) -> int:
    check_cue(arguments.cue)
    with open_scope(arguments) as library:
        found = library.collections.neighbours(
            arguments.cue, window=arguments.window, collection=arguments.collection
        )
    return show(found, output)


def _stats(arguments: argparse.Namespace, output: Output) -> int:
    gone = 0
    if arguments.keep is not None:
        most = _most(arguments.keep)
        with open_library(arguments, make=True) as library:
            gone = library.collections.set_capacity(most, collection=arguments.collection)
            held = library.stats(collection=arguments.collection)
    else:
        with open_scope(arguments) as library:
            held = library.stats(collection=arguments.collection)
    if output.as_json:
        output.record(held)
        return 0
    if gone:
        output.complaint(f"{gone} of the oldest facts were removed to make room.")
    of = "of your own" if held.collection is None else f"in “{held.collection}”"
    output.result(f"{many(held.facts)} {of}")
    if held.archived:
        output.result(f"  archived as well: {held.archived}")
    for kind, number in held.kinds.items():
        output.result(f"  {kind}: {number}")
    if held.capacity is not None:
        output.result(f"  room for {held.capacity}; {held.dropped} of the oldest were removed")
    for teller, number in held.tellers.items():
        output.result(f"  said by {teller or 'you'}: {number}")
    if held.first_told is not None and held.last_told is not None:
        first, last = (
            time.strftime("%d %b %Y", time.localtime(at))
            for at in (held.first_told, held.last_told)
        )
        output.result(f"  first saved {first}, last saved {last}")
    return 0


def _most(keep: str) -> int | None:
    if keep == "all":
        return None
    try:
        return int(keep)
    except ValueError as error:
        raise UsageError(
            f"“{keep}” is not a number of facts.", "Give a number from 1 on, or “all”."
        ) from error


def memories(arguments: argparse.Namespace, output: Output) -> int:
    """List the facts of a scope, newest first, or its memories of one kind, with their ids."""
    with open_scope(arguments) as library:
        found = library.facts.list(collection=arguments.collection, kind=arguments.kind)
    for fact in found:
        of = "" if fact.kind == "fact" else f"{fact.kind}: "
        output.say(fact, f"{fact.id:>6}  {of}{_short(fact.text)}{_state(fact)}")
    if not found and not output.as_json:
        output.remark("Nothing yet. Save a statement with: workbench remember TEXT")
    return 0


def collections(arguments: argparse.Namespace, output: Output) -> int:
    """List the collections with how many sources, facts and notes each holds."""
    with open_library(arguments, reading=True) as library:
        held = {scope.collection: scope for scope in library.collections.scopes()}
        known = library.collections.list()
    for row in known:
        scope = held.get(row.name, Scope(row.name, 0, 0, 0, 0))
        if output.as_json:
            output.record({**plain(row), "facts": scope.facts, "notes": _notes(scope)})
        else:
            parts = [f"{many(row.sources, 'source')}", *_told(scope)]
            output.result(f"{row.name}  · {' · '.join(parts)}")
    if None in held and not output.as_json:
        output.result(f"In no collection  · {' · '.join(_told(held[None]))}")
    if not held and not known and not output.as_json:
        output.remark("Nothing yet. Add something with: workbench add FILE")
    return 0


def _highlights(arguments: argparse.Namespace, output: Output) -> int:
    with open_library(arguments) as library:
        if arguments.to is not None or arguments.format == "pdf":
            return _exported(library, arguments, output)
        if arguments.format is not None and not output.as_json:
            # As it is: what is printed is a file.
            text = library.notes.export_highlights(arguments.source, format=arguments.format)
            output.result(text.removesuffix("\n"))
            return 0
        found = library.notes.highlights(arguments.source)
    title = None
    for each in found:
        if output.as_json:
            output.record(each)
            continue
        if each.title != title:
            title = each.title
            output.result(f"{plain(title)}")
        lost = " · no longer in the text" if each.lost else ""
        output.result(f"  {each.id}  “{_short(each.quote)}” · {each.colour}{lost}")
        if each.note:
            output.result(f"      {_short(each.note)}")
    if not found and not output.as_json:
        output.remark("No highlights yet. Select words in the Reader to make one.")
    return 0


def _exported(library: Library, arguments: argparse.Namespace, output: Output) -> int:
    """Write highlights to a new file."""
    to, source = arguments.to, arguments.source
    if to is None:
        raise UsageError("A PDF cannot be printed here.", "Say where to write it: --to COPY.pdf")
    if arguments.format != "pdf":
        form = arguments.format or "markdown"
        made = library.notes.export_highlights(source, format=form).encode()
    elif source is None:
        raise UsageError(
            "A PDF copy is made for one source at a time.", "Say which source: highlights ID"
        )
    else:
        made = library.notes.marked_pdf(source)
    if os.path.lexists(to):
        # Nothing is replaced, the original least of all.
        raise UsageError(f"“{to}” is there already.", "Choose the name of a new file.")
    try:
        permissions.private(Path(to)).write_bytes(made)
    except OSError as error:
        raise InputError(
            f"“{to}” could not be written: {error.strerror}.", "Choose another folder."
        ) from error
    output.result(to)
    return 0


def _notes(scope: Scope) -> int:
    return scope.notes + scope.variables + scope.stances + scope.highlights


def _told(scope: Scope) -> list[str]:
    told = {"fact": scope.facts, "note": _notes(scope)}
    return [f"{n} {what}{'' if n == 1 else 's'}" for what, n in told.items() if n]


def _state(fact: Fact) -> str:
    day = time.strftime("%d %b %Y", time.localtime(fact.at))
    by = f" · {', '.join(fact.sources)}" if fact.sources else ""
    was = "" if fact.current else " · replaced"
    gone = " · expired" if fact.expired else ""
    weight = "" if fact.priority is None else f" · priority {fact.priority}"
    return f"  · {day}{by}{weight}{was}{gone}"


def _short(text: str) -> str:
    # A terminal takes control characters as orders.
    line = " ".join("".join(c if c.isprintable() else " " for c in text[:400]).split())
    return line if len(line) <= 200 and len(text) <= 400 else f"{line[:199]}…"


COMMANDS: Mapping[str, Callable[[argparse.Namespace, Output], int]] = {
    "list memories": memories,
    "list collections": collections,
    "note": _note,
    "var": _var,
    "stance": _stance,
    "edit": _edit,
    "neighbours": _neighbours,
    "stats": _stats,
    "highlights": _highlights,
}
