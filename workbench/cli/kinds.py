"""The commands of kinds, projects, reviews and contradictions."""

import argparse
import time
from collections.abc import Callable, Mapping

from workbench.cli.opening import open_library, open_scope
from workbench.cli.output import Output, many
from workbench.errors import NotFoundError, UsageError
from workbench.library import Library
from workbench.memory.kinds import details
from workbench.memory.kinds.records import Conflict, Info, Project, Review

# -- kinds -----------------------------------------------------------------------------------------


def _info(arguments: argparse.Namespace, output: Output) -> int:
    with open_scope(arguments) as library:
        found = library.facts.info(arguments.match, collection=arguments.collection)
    if found is None:
        raise details.missing(arguments.match)
    output.shown(found, _show_info)
    return 0


#: The stages of maturation as they are told.
_STAGES = {
    "stm": "new", "working": "in use", "episodic": "an episode",
    "semantic": "knowledge",
}  # fmt: skip


def _show_info(info: Info, output: Output) -> None:
    output.result(info.text)
    lines = {
        "kind": info.type,
        "priority": info.priority,
        "tags": ", ".join(info.tags),
        "projects": ", ".join(info.projects),
        "said by": info.source,
        "trust": f"{info.trust:g}",
        "saved": _day(info.told),
        "true since": _day(info.at),
        "counts": "replaced by a newer note" if not info.current else "",
        "expires": _expiry(info),
        "pinned": "yes" if info.pinned else "",
        "archived": "yes" if info.archived else "",
        "strength": f"{info.strength:.3g} of 8, recalled {info.access_count} times",
        "stage": _STAGES[info.stage],
        "kept": "for long" if info.layer == "long_term" else "until the next sleep",
        "review": "" if info.due is None else f"due {_day(info.due)}, box {info.box} of 5",
    }
    for name, value in lines.items():
        if value not in ("", None):
            output.result(f"  {name}: {value}")


def _expiry(info: Info) -> str:
    if info.expires is None or info.expires_in_days is None:
        return "never"
    if info.expired:
        return f"expired on {_day(info.expires)}"
    return f"in {info.expires_in_days:.3g} days, on {_day(info.expires)}"


def _day(moment: float) -> str:
    return time.strftime("%d %b %Y", time.localtime(moment))


def _mark(arguments: argparse.Namespace, output: Output) -> int:
    said = (arguments.kind, arguments.priority, arguments.expires_days, arguments.trust)
    noted = any(each is not None for each in said) or arguments.tag or arguments.untag
    if not (noted or arguments.pin or arguments.unpin):
        raise UsageError(
            "Nothing was given to set.", "Give a kind, priority, expiry, tag or trust."
        )
    touched = 0
    with open_library(arguments) as library:
        if noted:
            touched = library.facts.mark(
                arguments.match,
                kind=arguments.kind,
                priority=arguments.priority,
                expires_days=arguments.expires_days,
                tags=arguments.tag,
                untag=arguments.untag,
                trust=arguments.trust,
                collection=arguments.collection,
            )
        if arguments.pin or arguments.unpin:
            touched = max(
                touched,
                library.memory.pin(
                    arguments.match, pinned=arguments.pin, collection=arguments.collection
                ),
            )
    if output.as_json:
        output.record({"touched": touched})
    elif touched:
        output.result(f"✓ Noted of {many(touched, 'memory', 'memories')}.")
    else:
        raise details.missing(arguments.match)
    return 0 if touched else 1


# -- projects --------------------------------------------------------------------------------------


def _project(arguments: argparse.Namespace, output: Output) -> int:
    action = arguments.action
    if (action == "list") != (arguments.name is None):
        raise UsageError(
            "A list takes no name." if action == "list" else "Which project?",
            f"Write: workbench project {action}" + ("" if action == "list" else " NAME"),
        )
    if (action in ("assign", "remove")) != (arguments.words is not None):
        raise UsageError(
            "Give words from the statements to assign.",
            "Write: workbench project assign NAME WORDS",
        )
    return _PROJECT[action](arguments, output)


def _project_add(arguments: argparse.Namespace, output: Output) -> int:
    with open_library(arguments, make=True) as library:
        made = library.collections.add_project(
            arguments.name,
            duration_days=arguments.days,
            starts=arguments.starts,
            description=arguments.description,
            tags=arguments.tag,
            collection=arguments.collection,
        )
    output.say(made, f"✓ Started: {_project_line(made)}.")
    return 0


def _project_info(arguments: argparse.Namespace, output: Output) -> int:
    with open_scope(arguments) as library:
        found = library.collections.project(arguments.name, collection=arguments.collection)
    if output.as_json:
        output.record(found)
        return 0
    output.result(_project_line(found))
    if found.description:
        output.result(f"  {found.description}")
    return 0


def _project_list(arguments: argparse.Namespace, output: Output) -> int:
    with open_scope(arguments) as library:
        found = library.collections.projects(collection=arguments.collection)
    return output.listed(
        found,
        _project_line,
        "There are no projects. Start one with: workbench project add NAME --days N",
    )


def _project_assign(arguments: argparse.Namespace, output: Output) -> int:
    with open_library(arguments) as library:
        touched = library.collections.assign_project(
            arguments.name,
            arguments.words,
            collection=arguments.collection,
            remove=arguments.action == "remove",
        )
    if output.as_json:
        output.record({"touched": touched})
    elif touched:
        done = "Removed from" if arguments.action == "remove" else "Added to"
        output.result(f"✓ {done} {arguments.name}: {many(touched, 'fact', 'facts')}.")
    else:
        raise details.missing(arguments.words)
    return 0 if touched else 1


def _project_end(arguments: argparse.Namespace, output: Output) -> int:
    with open_library(arguments) as library:
        library.collections.end_project(arguments.name, collection=arguments.collection)
    output.say(
        {"ended": arguments.name},
        f"✓ {arguments.name} is an ordinary collection now; its statements stay.",
    )
    return 0


def _project_line(project: Project) -> str:
    if project.days_left is None:
        left = "without an end"
    elif project.ended:
        left = f"ended {-project.days_left:.3g} days ago"
    else:
        left = f"{project.days_left:.3g} days left"
    tags = f" · {', '.join(project.tags)}" if project.tags else ""
    return f"{project.name} · {many(project.memories, 'memory', 'memories')} · {left}{tags}"


# -- reviews ---------------------------------------------------------------------------------------


def _reviews(arguments: argparse.Namespace, output: Output) -> int:
    if arguments.limit < 1:
        raise UsageError(f"{arguments.limit} is not a number of reviews.", "Ask for one or more.")
    with open_library(arguments) as library:
        found = library.memory.due(limit=arguments.limit, collection=arguments.collection)
    for each in found:
        of = f" · {each.title}" if each.title else ""
        output.say(each, f"{each.id}  {each.text}{of} · box {each.box} of 5")
    if not found and not output.as_json:
        output.remark("Nothing is due for review.")
    return 0 if found else 1


def _review(arguments: argparse.Namespace, output: Output) -> int:
    with open_library(arguments) as library:
        done = _reviewed(library, arguments)
    if output.as_json:
        output.record(done)
    elif done.due is None or done.days is None:
        output.result("✓ Removed from review.")
    else:
        output.result(f"✓ Due again in {done.days:.3g} days, on {_day(done.due)}.")
    return 0


def _reviewed(library: Library, arguments: argparse.Namespace) -> Review:
    if arguments.keep:
        library.memory.keep(arguments.id)
    elif arguments.stop:
        library.memory.stop_reviewing(arguments.id)
    elif arguments.grade is not None:
        return library.memory.review(arguments.id, grade=arguments.grade)
    else:
        return library.memory.review(arguments.id, bool(arguments.remembered))
    found = library.memory.reviews(arguments.id)
    if not found:
        raise NotFoundError(
            f"Nothing with the number {arguments.id} is kept for review.",
            "See `workbench reviews`.",
        )
    return found[0]


# -- contradictions --------------------------------------------------------------------------------


def _conflicts(arguments: argparse.Namespace, output: Output) -> int:
    if arguments.limit < 1:
        raise UsageError(f"{arguments.limit} is not a number of pairs.", "Ask for one or more.")
    with open_scope(arguments) as library:
        found = library.facts.conflicts(
            arguments.collection, limit=arguments.limit, settled=arguments.settled
        )
    for each in found:
        output.shown(each, _show_conflict)
    if not found and not output.as_json:
        output.remark("There are no contradictions.")
    return 0 if found else 1


def _show_conflict(conflict: Conflict, output: Output) -> None:
    for name, fact in (("older", conflict.older), ("newer", conflict.newer)):
        output.result(f"{name} {fact.id}: {fact.text} · {_day(fact.at)}")
    if conflict.state == "open":
        output.remark(
            f"The newer one counts. Resolve it with: workbench resolve {conflict.older.id} "
            f"{conflict.newer.id} --keep newer|older|both"
        )
    else:
        output.remark(f"Settled: {conflict.state}.")


def _resolve(arguments: argparse.Namespace, output: Output) -> int:
    with open_library(arguments) as library:
        if arguments.undo:
            done = library.facts.undo_resolution(arguments.older, arguments.newer)
        else:
            done = library.facts.resolve(arguments.older, arguments.newer, keep=arguments.keep)
    output.shown(done, _show_conflict)
    return 0


_PROJECT: Mapping[str, Callable[[argparse.Namespace, Output], int]] = {
    "add": _project_add,
    "info": _project_info,
    "list": _project_list,
    "assign": _project_assign,
    "remove": _project_assign,
    "end": _project_end,
}

COMMANDS: Mapping[str, Callable[[argparse.Namespace, Output], int]] = {
    "info": _info,
    "mark": _mark,
    "project": _project,
    "reviews": _reviews,
    "review": _review,
    "conflicts": _conflicts,
    "resolve": _resolve,
}
