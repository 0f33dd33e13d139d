"""The grammar of the command line: every command with what it takes."""

import argparse
import re
from collections.abc import Collection
from typing import Any, NoReturn

from workbench.cli import arguments
from workbench.cli.arguments import Command
from workbench.errors import UsageError
from workbench.version import __version__

_EXIT_CODES = """\
exit status:
  0    done
  1    done, and the answer is no: nothing found, or not sound
  2    wrong usage
  3    an input could not be used
  4    the library is locked, full or damaged
  130  stopped by Ctrl+C
"""


#: What `argparse` says, and the same in plain words.
_PLAIN = (
    (r"argument COMMAND: invalid choice: '?(.*?)'? \(choose from .*", "There is no command “{0}”"),
    (r"argument (.*): invalid int value: '(.*)'", "{0} must be a whole number, not “{1}”"),
    (r"argument (.*): invalid float value: '(.*)'", "{0} must be a number, not “{1}”"),
    (r"the following arguments are required: (.*)", "This is missing: {0}"),
    (r"unrecognized arguments: (.*)", "There is no option or argument “{0}” here"),
)


class _Parser(argparse.ArgumentParser):
    """A parser that raises our own error, so that `--json` holds for wrong usage, too."""

    def error(self, message: str) -> NoReturn:
        for pattern, plain in _PLAIN:
            if found := re.fullmatch(pattern, message, re.DOTALL):
                message = plain.format(*found.groups())
                break
        raise UsageError(
            f"{message[:1].upper()}{message[1:]}.", f"See `{self.prog} --help` for the usage."
        )


class _Help(argparse.HelpFormatter):
    """Help whose table of exit codes keeps its lines."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return text if text is _EXIT_CODES else super()._fill_text(text, width, indent)


class _Manual(argparse.Action):
    """Prints the manual page and ends."""

    def __init__(self, option_strings: list[str], dest: str, help: str) -> None:
        super().__init__(option_strings, dest, nargs=0, default=argparse.SUPPRESS, help=help)

    def __call__(self, parser: argparse.ArgumentParser, *_given: object) -> None:
        from workbench.cli import manual
        from workbench.cli.output import Output

        Output().result(manual.page(parser))
        parser.exit()


class _Unasked:
    """In the place of the parser of a command that nobody asks for: it has no options.

    To describe those of all commands took longer than all that `--help` does besides.
    """

    def __getattr__(self, name: str) -> "_Unasked":
        return self

    def __call__(self, *_: object, **__: object) -> "_Unasked":
        return self


def parser(words: Collection[str] | None = None) -> argparse.ArgumentParser:
    """The whole grammar; given the words of a command line, the options of their commands only."""

    class Described(_Parser):
        """The parser of a command, or what takes its place."""

        def __new__(cls, **given: Any) -> Any:
            asked = words is None or given["prog"].split()[-1] in words
            return super().__new__(cls) if asked else _Unasked()

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
    whole = _Parser(
        prog="workbench",
        parents=[shared],
        description="Reads your books and papers and answers questions with citations. "
        "Without a command it opens the window; files, links and a .brain file named instead of a "
        "command are opened in it.",
        epilog=_EXIT_CODES,
        formatter_class=_Help,
    )
    whole.add_argument("--man", action=_Manual, help="print the manual page")
    whole.add_argument(
        "--smoke", nargs="?", const="", metavar="PICTURE.png", help=argparse.SUPPRESS
    )
    whole.add_argument("--version", action="version", version=f"workbench {__version__}")
    commands: argparse._SubParsersAction[_Parser] = whole.add_subparsers(
        dest="command", metavar="COMMAND", parser_class=Described
    )

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

    arguments.add_wishes(add)
    arguments.add_profile(add)
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
    arguments.depth(ask)
    ask.add_argument("--sample", action="store_true", help="ask the sample book, not your library")
    arguments.of_answers(command)
    arguments.of_citing(command)

    listing = command("list", "List sources, collections, tags, statements or concepts.")
    listing.add_argument(
        "what", choices=["sources", "collections", "tags", "memories", "concepts", "fading"]
    )
    arguments.of_list(listing)
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
    arguments.of_show(show)
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
    arguments.graph(command)
    _plastic(command)
    arguments.sharing(command)
    arguments.schemas(command)
    arguments.reflex(command)
    arguments.kinds(command)
    arguments.regions(command)
    arguments.fading(command)
    arguments.vital(command)
    _concepts(command)
    arguments.models(command)
    arguments.brain(command)
    arguments.serving(command)

    arguments.media(command)
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
        "--sizes",
        metavar="N,N",
        help="numbers of facts, passages, sources or trials, for some suites",
    )
    bench.add_argument(
        "--only", metavar="PART,PART", help="run these parts alone, for the suite reliability"
    )
    bench.add_argument("--report", metavar="FILE", help="also write a report (.json or .md)")
    return whole


def _facts(command: Command) -> None:
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
    arguments.of_remember(told)
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
    arguments.depth(value)
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
    arguments.of_recall(recall)
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
        "--expires-days", type=arguments.days, metavar="N|never", help=("until when it is valid")
    )


def _notes(command: Command) -> None:
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
        choices=["markdown", "annotations", "pdf"],
        help="Markdown, JSON by the W3C Web Annotation model, or a copy of the PDF with its notes",
    )
    marked.add_argument("--to", metavar="FILE", help="write it to a new file")
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


def _plastic(command: Command) -> None:
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


def _concepts(command: Command) -> None:
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
