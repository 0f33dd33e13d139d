"""The command line: arguments in, one call of the library, an exit code out.

Exit codes: 0 done; 1 the answer is no; 2 wrong usage; 3 an input could not be used; 4 the library
is locked or damaged. Global options may stand before or after the command.
"""

import argparse
import contextlib
import functools
import gc
import logging
import os
import re
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from ingest import installation
from workbench.capabilities import (
    dead_display,
    has_display,
    install_line,
    missing_system_libraries,
)
from workbench.cli import (
    answer_arguments,
    brain_arguments,
    door_arguments,
    fading_arguments,
    graph_arguments,
    kind_options,
    media_arguments,
    model_arguments,
    reflex_arguments,
    region_arguments,
    schema_arguments,
    sharing_arguments,
    vital_options,
)
from workbench.cli.output import Output, OutputError, silence
from workbench.errors import Cancelled, UsageError, WorkbenchError
from workbench.paths import is_there
from workbench.store import damage
from workbench.turns import loading
from workbench.version import __version__

# What is noted for the log of the window would otherwise be printed between sentences and JSON.
logging.getLogger("workbench").addHandler(logging.NullHandler())


def _ask_the_sample() -> str:
    asking = f'{installation.program()} ask --sample "What did Ebbinghaus measure?"'
    return f"Ask the sample book from this terminal instead: {asking}"


class _Parser(argparse.ArgumentParser):
    """A parser that raises our own error, so that `--json` holds for wrong usage, too."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(
            f"{message[:1].upper()}{message[1:]}.", f"See `{self.prog} --help` for the usage."
        )


@functools.cache
def _parser() -> argparse.ArgumentParser:
    shared = _Parser(add_help=False)
    group = shared.add_argument_group("global options")
    group.add_argument(
        "--library", metavar="FILE.brain", default=argparse.SUPPRESS, help="the library to use"
    )
    group.add_argument(
        "--json", action="store_true", default=argparse.SUPPRESS, help="print JSON for scripts"
    )
    group.add_argument(
        "--quiet", action="store_true", default=argparse.SUPPRESS, help="no progress, no remarks"
    )
    parser = _Parser(
        prog="workbench",
        parents=[shared],
        description="Reads your books and papers and answers questions with citations. "
        "Without a command it opens the window; files, links and a .brain file named instead of a "
        "command are opened in it.",
    )
    parser.add_argument(
        "--smoke", nargs="?", const="", metavar="PICTURE.png", help=argparse.SUPPRESS
    )
    parser.add_argument("--version", action="version", version=f"workbench {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)

    def command(name: str, text: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=text, description=text, parents=[shared])

    add = command("add", "Add files and web pages; returns when each is searchable.")
    add.add_argument("paths", nargs="+", metavar="PATH|URL|-")
    add.add_argument("--collection", metavar="C", help="add them to this collection")
    add.add_argument("--title", metavar="T", help="use this title")
    add.add_argument(
        "--wait", metavar="STAGE", default="verified",
        help="read, searchable, verified, embedded (also by an embedding model) or linked",
    )  # fmt: skip

    media_arguments.add_wishes(add)
    media_arguments.add_profile(add)
    add.add_argument(
        "--replace", action="store_true", help="replace the earlier version of a changed file"
    )

    ask = command("ask", "Ask a question; the answer is quotes with citations.")
    ask.add_argument("question", nargs="?", metavar="QUESTION")
    ask.add_argument(
        "--batch", metavar="FILE.jsonl",
        help="lines of {id, question, collection?, sources?, conversation?, about?}",
    )  # fmt: skip
    ask.add_argument(
        "--conversation", metavar="NAME",
        help="save the answer in this conversation; follow-ups refer to earlier questions",
    )  # fmt: skip
    ask.add_argument(
        "--about", metavar="NAME", default="", help=("the subject of a follow-up question")
    )
    ask.add_argument("--collection", metavar="C", help="search only this collection")
    ask.add_argument(
        "--source", type=int, action="append", metavar="ID",
        help="search only this source (repeatable)",
    )  # fmt: skip
    ask.add_argument("--limit", type=int, default=5, metavar="N", help="quotes at most (5)")
    ask.add_argument("--as-of", metavar="TIME", help="answer from what was known then")
    ask.add_argument("--quotes", action="store_true", help="never call a language model")
    ask.add_argument(
        "--written",
        action="store_true",
        help=("with --batch: also write answers with the chosen model"),
    )
    ask.add_argument(
        "--keep", action="store_true", help="save question and answer; `answers` lists them"
    )
    ask.add_argument(
        "--brain", action="store_true", help="add what the spiking brain associates with it"
    )
    ask.add_argument("--explain", action="store_true", help="show why each quote was found")
    reflex_arguments.depth(ask)
    ask.add_argument("--sample", action="store_true", help="ask the sample book, not your library")
    answer_arguments.of_answers(command)
    answer_arguments.of_citing(command)

    listing = command("list", "List sources, collections, tags, statements or concepts.")
    listing.add_argument(
        "what", choices=["sources", "collections", "tags", "memories", "concepts", "fading"]
    )
    fading_arguments.of_list(listing)
    listing.add_argument("--collection", metavar="C", help="only this collection")
    listing.add_argument(
        "--kind", metavar="K", help="only statements of this kind, concepts of this type"
    )
    listing.add_argument("--tag", metavar="T", help="only sources with this tag")
    listing.add_argument("--trashed", action="store_true", help="sources in the trash")

    listing.add_argument(
        "--missing", action="store_true", help="only sources whose original file is missing"
    )

    show = command("show", "Show one source with its indexed text, or one statement.")
    show.add_argument("id", type=int, metavar="ID")
    fading_arguments.of_show(show)
    show.add_argument("--passages", action="store_true", help="print every passage as indexed")

    trash = command("trash", "Move sources to the trash; `restore` brings them back.")
    trash.add_argument("ids", type=int, nargs="+", metavar="ID")
    trash.add_argument(
        "--for-good",
        action="store_true",
        help=("show what would be deleted permanently; --yes does it"),
    )
    trash.add_argument("--yes", action="store_true", help="delete permanently without asking")
    restore = command("restore", "Restore sources from the trash.")
    restore.add_argument("ids", type=int, nargs="+", metavar="ID")

    tag = command("tag", "Add a tag to sources, or remove it.")
    tag.add_argument("name", metavar="TAG")
    tag.add_argument("ids", type=int, nargs="+", metavar="ID")
    tag.add_argument("--remove", action="store_true", help="remove the tag")

    _facts(command)
    _notes(command)
    graph_arguments.arguments(command)
    _plastic(command)
    sharing_arguments.arguments(command)
    schema_arguments.add(command)
    reflex_arguments.arguments(command)
    kind_options.add_parsers(command)
    region_arguments.arguments(command)
    fading_arguments.arguments(command)
    vital_options.add_parsers(command)
    _concepts(command)
    model_arguments.add_parsers(command)
    brain_arguments.add_parsers(command)
    door_arguments.add_parsers(command)

    media_arguments.add_parsers(command)
    watch = command("watch", "Add new files of a folder automatically while the window is open.")
    watch.add_argument("folder", nargs="?", metavar="FOLDER")
    watch.add_argument("--collection", metavar="C", help="add new files to this collection")
    watch.add_argument("--stop", action="store_true", help="stop watching this folder")

    vault = command(
        "vault",
        (
            "Encrypt a value with a secret, or decrypt it. You are asked for the secret; "
            "piped in, it is the first line, and for `put` the rest is the value."
        ),
    )
    vault.add_argument("action", choices=["put", "get"])
    vault.add_argument("scope", metavar="SCOPE")
    vault.add_argument("key", metavar="KEY", help="a key, or for `get` a question")
    # Taken in only to be refused without being repeated: it may be the value.
    vault.add_argument("more", nargs="*", help=argparse.SUPPRESS)

    backup = command(
        "backup", ("Back up the library to one checked file, even while it is in use.")
    )
    backup.add_argument("file", metavar="FILE", help="a file name, or a folder for it")
    back = command(
        "restore-backup", ("Replace the library with a backup; the present one is moved aside.")
    )
    back.add_argument("file", metavar="FILE")

    saved = command("salvage", "Recover what is readable in a damaged library into a new one.")
    saved.add_argument("source", metavar="FROM.brain")
    saved.add_argument("target", metavar="TO.brain")

    reindex = command(
        "reindex", ("Read sources again from their original files; notes and tags stay.")
    )
    reindex.add_argument("ids", type=int, nargs="*", metavar="ID")
    reindex.add_argument("--all", action="store_true", help="every source that has an original")
    locate = command("locate", "Say where the original file of a source is now.")
    locate.add_argument("id", type=int, metavar="ID")
    locate.add_argument("path", metavar="PATH")

    verify = command("verify", "Check the library: integrity, quotes, counts and index.")
    verify.add_argument("--repair", action="store_true", help="repair what can be derived")
    doctor = command("doctor", "Show what works on this computer, and how to add what does not.")
    doctor.add_argument(
        "--repair", action="store_true", help="close files that other users can read"
    )

    bench = command("bench", "Run the benchmarks on this computer.")
    bench.add_argument("suite", nargs="?", default="all", metavar="SUITE|all")
    bench.add_argument(
        "--sizes", metavar="N,N", help="numbers of facts, passages or trials, for some suites"
    )
    bench.add_argument(
        "--only", metavar="PART,PART", help="run these parts alone, for the suite reliability"
    )
    bench.add_argument("--report", metavar="FILE", help="also write a report (.json or .md)")
    return parser


def _facts(command: Callable[[str, str], argparse.ArgumentParser]) -> None:
    """The commands of the fact memory."""
    inside = "in this collection instead of the library's own facts"
    told = command("remember", "Save the statements of a text; say what was not saved.")
    told.add_argument("text", metavar="TEXT|-")
    told.add_argument("--collection", metavar="C", help=inside)
    told.add_argument("--source", metavar="NAME", help="who said it")
    told.add_argument("--at", metavar="TIME", help="since when it is true, such as 2026-07-01")
    told.add_argument(
        "--replace", action="store_true", help=("undo everything else this source said")
    )
    _weight(told)
    region_arguments.of_remember(told)
    told.add_argument("--kind", metavar="K", help="fact, user, decision, preference, todo, …")
    told.add_argument("--tag", action="append", default=[], metavar="T", help="add this tag")
    told.add_argument("--trust", type=float, metavar="0-1", help="how much to trust it")
    told.add_argument("--project", metavar="P", help="assign it to this project, too")
    turn = command("turn", "Handle a line of conversation: save statements, answer, calculate.")
    turn.add_argument("text", metavar="TEXT|-")
    turn.add_argument("--collection", metavar="C", help=inside)
    value = command("value", "Answer a question with the value from a statement.")
    value.add_argument("question", metavar="QUESTION")
    value.add_argument("--collection", metavar="C", help=inside)
    value.add_argument("--as-of", metavar="TIME", help="answer as of then")
    reflex_arguments.depth(value)
    recall = command("recall", "Show the statements that match a cue.")
    recall.add_argument("cue", metavar="CUE")
    recall.add_argument("--collection", metavar="C", help=inside)
    recall.add_argument(
        "--limit", type=int, default=5, metavar="N", help=("statements at most (5)")
    )
    recall.add_argument(
        "--kind", metavar="K", help="only this kind, such as todo, or a note's: instruction, …"
    )
    recall.add_argument("--min-priority", type=int, default=0, metavar="N", help="0-10")
    recall.add_argument("--expired", action="store_true", help="also what has expired")
    recall.add_argument("--project", metavar="P", help="only this project")
    recall.add_argument("--tag", metavar="T", help="only with this tag")
    recall.add_argument("--as-of", metavar="TIME", help="what was known at this time")
    recall.add_argument(
        "--across", action="store_true", help="also the collections inside it (C__name)"
    )
    reflex_arguments.of_recall(recall)
    history = command("history", "Show what was said about something over time.")
    history.add_argument("cue", metavar="CUE")
    history.add_argument("--as-of", metavar="TIME", help="until this date")
    history.add_argument("--collection", metavar="C", help=inside)
    forget = command(
        "forget", ("Permanently delete the statements that contain these whole words.")
    )
    forget.add_argument("match", nargs="?", metavar="WORDS")
    forget.add_argument("--collection", metavar="C", help=inside)
    forget.add_argument("--source", metavar="NAME", help="only what no other source says")
    forget.add_argument(
        "--all", action="store_true", help=("every statement and note of the scope")
    )
    forget.add_argument(
        "--id", type=int, action="append", metavar="ID", help="exactly this statement or note"
    )


def _weight(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--priority", type=int, metavar="0-10", help="how much it matters")
    parser.add_argument(
        "--expires-days", type=kind_options.days, metavar="N|never", help=("until when it is valid")
    )


def _notes(command: Callable[[str, str], argparse.ArgumentParser]) -> None:
    """The commands of notes and scopes."""
    inside = "in this collection instead of the library's own"
    note = command(
        "note", ("Save a note: an instruction, stance, variable or a statement of some kind.")
    )
    note.add_argument("kind", metavar="KIND", help="instruction, stance, variable, fact, user, …")
    note.add_argument("text", metavar="TEXT|-")
    _weight(note)
    marked = command("highlights", "List what you highlighted, or print it as a file.")
    marked.add_argument("source", nargs="?", type=int, metavar="ID", help="only in this source")
    marked.add_argument(
        "--format",
        choices=["markdown", "annotations"],
        help="Markdown, or JSON by the W3C Web Annotation model",
    )
    var = command("var", "Set a variable, or print its text exactly as it was set.")
    var.add_argument("action", choices=["set", "get", "list", "remove"])
    var.add_argument("key", nargs="?", metavar="KEY")
    var.add_argument("value", nargs="?", metavar="VALUE|-")
    stance = command("stance", "State your view of a topic, or show it; none shows all.")
    stance.add_argument("topic", nargs="?", metavar="TOPIC")
    stance.add_argument("text", nargs="?", metavar="TEXT|-")
    edit = command("edit", "Correct a statement or note; its former words stay in the history.")
    edit.add_argument("id", type=int, metavar="ID")
    edit.add_argument("text", nargs="?", metavar="TEXT|-")
    edit.add_argument("--undo", action="store_true", help="undo the last edit")
    near = command("neighbours", "Show what you said just before and after a statement.")
    near.add_argument("cue", metavar="CUE")
    near.add_argument(
        "--window", type=int, default=1, metavar="N", help=("statements on each side (1)")
    )
    stats = command(
        "stats", ("Show your statements, who said them and when, and how many are kept.")
    )
    stats.add_argument(
        "--keep",
        metavar="N|all",
        help=("keep at most this many statements; the oldest are deleted"),
    )
    for each in (note, var, stance, near, stats):
        each.add_argument("--collection", metavar="C", help=inside)


def _plastic(command: Callable[[str, str], argparse.ArgumentParser]) -> None:
    """The commands by which facts grow stronger, become one, and are laid aside."""
    inside = "in this collection instead of the library's own facts"
    strong = command("strengthen", "Strengthen the statements that contain these whole words.")
    strong.add_argument("match", metavar="WORDS")
    strong.add_argument("--amount", type=float, default=1.0, metavar="N", help="by how much (1)")
    strong.add_argument("--collection", metavar="C", help=inside)
    joined = command("consolidate", "Merge duplicate statements; archive faded ones.")
    joined.add_argument("--collection", metavar="C", help=inside)
    joined.add_argument(
        "--prune-below", type=float, metavar="S", help="archive statements weaker than this"
    )
    joined.add_argument("--preview", action="store_true", help="only show what would be done")
    joined.add_argument("--undo", action="store_true", help="undo the last one")


def _concepts(command: Callable[[str, str], argparse.ArgumentParser]) -> None:
    """The commands of what memories are about."""
    inside = "only what is mentioned in this collection"
    concept = command("concept", "Show or correct a concept: its type, neighbours and history.")
    concept.add_argument("name", nargs="?", metavar="NAME|#ID")
    concept.add_argument("--rename", metavar="NAME", help="new name")
    concept.add_argument("--retype", metavar="TYPE", help="entity, spatial, time, action, …")
    concept.add_argument("--merge", metavar="NAME", help="merge it with this one")
    concept.add_argument("--split", metavar="FORM", help=("a different concept with this spelling"))
    concept.add_argument("--undo", action="store_true", help="undo the last change")
    links = command(
        "links", ("Show what the statements that contain these words are linked to, and how.")
    )
    links.add_argument("match", metavar="WORDS")
    links.add_argument("--kind", metavar="K", help="together, causal, temporal, caused_by, …")
    links.add_argument("--limit", type=int, default=20, metavar="N", help="links at most (20)")
    for each in (concept, links):
        each.add_argument("--collection", metavar="C", help=inside)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    output = Output(as_json="--json" in words, quiet="--quiet" in words)
    try:
        words, opened = _opened_with(words)
        arguments = _parser().parse_args(words)
        if opened:
            return _window(arguments, output, opened)
        damage.left_out()
        code = _run(arguments, output)
        damaged = damage.left_out()
        if damaged:
            output.remark(damaged)
        return code
    except Cancelled as error:
        output.error(error)
        return 130
    except OutputError as error:
        silence()
        with contextlib.suppress(OutputError):
            # The same disk may be full for it.
            output.error(error)
        return error.exit_code
    except WorkbenchError as error:
        output.error(error, getattr(error, "reason", None))
        return error.exit_code
    except KeyboardInterrupt:
        output.error(
            Cancelled("Stopped.", "What was finished is kept; run the same command again.")
        )
        return 130
    except BrokenPipeError:
        # The reader of our output (head, less) has gone; that is its right.
        silence()
        return 0


def _opened_with(words: list[str]) -> tuple[list[str], list[str]]:
    """The options, and what the window is to open: files and links where a command would stand.

    That is how a desktop starts a program with files dropped on its icon. A word that is neither a
    file nor a link is left for the parser to complain about.
    """
    at = 0
    while at < len(words) and words[at].startswith("-"):
        at += 2 if words[at] == "--library" else 1
    names = words[at:]
    if not names or not all("://" in name or is_there(Path(name)) for name in names):
        return words, []
    if re.fullmatch(r"[a-z-]+", names[0]):
        # A folder called "add" is no reason to open the window; "./add" is.
        return words, []
    return words[:at], names


def _run(arguments: argparse.Namespace, output: Output) -> int:
    command = arguments.command
    if command is None:
        return _window(arguments, output)
    if command == "doctor":
        from workbench.cli.doctor import doctor

        return doctor(output, getattr(arguments, "library", None), repair=arguments.repair)
    if command == "bench":
        from workbench.cli.bench import bench

        return bench(arguments, output)
    if command == "completion":
        from workbench.cli import completion

        return completion.COMMANDS[command](arguments, output)
    if command in ("mcp", "serve"):
        from workbench.cli import doors

        return doors.COMMANDS[command](arguments, output)
    with loading():
        from workbench.cli import (
            aliases,
            answers,
            brain,
            care,
            chains,
            commands,
            concepts,
            facts,
            fading,
            kinds,
            media,
            models,
            near,
            notes,
            pictures,
            plastic,
            reflex,
            regions,
            schemas,
            sharing,
            vault,
            vital,
            watch,
        )

    if command == "list" and arguments.what == "memories":
        return notes.memories(arguments, output)
    if command == "list" and arguments.what == "fading":
        return fading.listing(arguments, output)
    if command == "list" and arguments.what == "concepts":
        return concepts.listing(arguments, output)
    if command == "list" and arguments.what == "collections" and arguments.kind is None:
        return notes.collections(arguments, output)
    known = {
        **commands.COMMANDS,
        **aliases.COMMANDS,
        **answers.COMMANDS,
        **care.COMMANDS,
        **watch.COMMANDS,
        **vault.COMMANDS,
        **facts.COMMANDS,
        **notes.COMMANDS,
        **chains.COMMANDS,
        **plastic.COMMANDS,
        **sharing.COMMANDS,
        **reflex.COMMANDS,
        **schemas.COMMANDS,
        **kinds.COMMANDS,
        **regions.COMMANDS,
        **concepts.COMMANDS,
        **vital.COMMANDS,
        **media.COMMANDS,
        **models.COMMANDS,
        **near.COMMANDS,
        **pictures.COMMANDS,
        **brain.COMMANDS,
        **fading.COMMANDS,  # `show` among them, which knows sources as well
    }
    return known[command](arguments, output)


def _window(arguments: argparse.Namespace, output: Output, opened: Sequence[str] = ()) -> int:
    smoke = arguments.smoke
    if smoke is not None and not has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    obstacle = _obstacle()
    if obstacle is not None:
        output.error(obstacle)
        return 1
    if smoke is not None:
        return _smoke(smoke, output)
    # Ctrl+C in the terminal ends the window; Qt's loop would otherwise never let Python see it.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    # What is loaded now stays; `workbench.ui.pauses` collects once the window stands.
    gc.disable()
    from workbench.ui.app import run

    library = getattr(arguments, "library", None)
    libraries = [name for name in opened if name.endswith(".brain")]
    if libraries and library is None:
        library = libraries[0]
    return run(library, files=[name for name in opened if name not in libraries])


def _obstacle() -> WorkbenchError | None:
    """Why no window can open here, found out before Qt, which would end the process over it."""
    packages = missing_system_libraries()
    if packages:
        return WorkbenchError(
            "The window cannot open: system libraries are missing.",
            f"Install them with: {install_line(packages)}",
        )
    if not has_display():
        return WorkbenchError(
            "There is no display here, so the window cannot open.", _ask_the_sample()
        )
    dead = dead_display()
    if dead:
        return WorkbenchError(
            f"The display “{dead}” does not answer, so the window cannot open.",
            f"Check DISPLAY. {_ask_the_sample()}",
        )
    return None


def _smoke(picture: str, output: Output) -> int:
    """Open the window, read the sample, ask it, open the citation, draw a picture; for bundles."""
    from workbench.ui import smoke

    failure = smoke.run(Path(picture) if picture else None)
    if failure:
        output.error(WorkbenchError(f"The trial run failed: {failure}.", "Run `workbench doctor`."))
        return 1
    output.result("smoke: the window opened, read the sample, answered and showed the quote")
    return 0
