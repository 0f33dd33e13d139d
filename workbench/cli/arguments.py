"""What commands take, by what they are about; light, since help costs nothing of the library."""

import argparse
import math
from collections.abc import Callable

#: Makes the parser of a command of this name and help.
Command = Callable[[str, str], argparse.ArgumentParser]

#: What can be asked of the brain.
BRAIN_ACTIONS = ("status", "recall", "dream", "assembly", "map", "lessons", "unlearn")
_DEPTHS = ("auto", "instant", "context", "habit", "deep")
_STRATEGIES = ("hybrid", "reflex", "classic")
_POLICIES = ("prefer_local", "prefer_remote", "prefer_recent", "prefer_stronger")
_FORMATS = ("bundle", "jsonl", "csv", "markdown", "graphml")


def of_answers(command: Command) -> None:
    """The options of `answers`."""
    kept = command("answers", "List, show, export or forget saved answers.")
    kept.add_argument(
        "words", nargs="*", metavar="WORD", help=("only those that contain these words")
    )
    kept.add_argument("--collection", metavar="C", help=("only questions asked in this collection"))
    kept.add_argument("--limit", type=int, default=50, metavar="N", help="questions at most (50)")
    kept.add_argument("--show", type=int, metavar="ID", help="show one with its evidence")
    kept.add_argument("--export", type=int, metavar="ID", help="export one with its references")
    kept.add_argument("--thread", action="store_true", help="export the whole thread of it")
    kept.add_argument(
        "--form",
        choices=("markdown", "docx", "bibtex", "csl"),
        help="how; by the ending of the file if absent, else markdown",
    )
    kept.add_argument("--style", metavar="S", default="", help="cite by this style; see `cite`")
    kept.add_argument("--file", metavar="FILE", help="where to write it; standard output if absent")
    kept.add_argument(
        "--forget", type=int, action="append", default=[], metavar="ID", help=("forget this answer")
    )
    kept.add_argument("--forget-all", action="store_true", help="forget every question")


def of_citing(command: Command) -> None:
    """The options of `cite`."""
    cite = command("cite", "Cite sources by a style, or print them as references.")
    cite.add_argument("ids", nargs="*", type=int, metavar="ID", help="all sources if absent")
    cite.add_argument("--collection", metavar="C", help="the sources of this collection")
    cite.add_argument(
        "--style", metavar="S", default="apa", help="a name of --styles or a .csl file (apa)"
    )
    cite.add_argument("--page", metavar="P", help="the page cited, of one source")
    cite.add_argument("--list", action="store_true", help="print the list of references alone")
    cite.add_argument("--form", choices=("bibtex", "csl"), help="print them in this form instead")
    cite.add_argument("--styles", action="store_true", help="list the styles that come along")


def brain(command: Command) -> None:
    """Say what the command takes."""
    brain = command("brain", "Show what the spiking brain associates with a cue.")
    brain.add_argument("what", nargs="?", default="status", choices=BRAIN_ACTIONS)
    brain.add_argument("cue", nargs="?", metavar="CUE|CONCEPT|LESSON")
    brain.add_argument("--mode", metavar="M", help="focused or broad")
    brain.add_argument("--limit", type=int, default=12, metavar="N", help="concepts at most (12)")
    brain.add_argument("--collection", metavar="C", help="only concepts mentioned there")
    brain.add_argument("--hops", type=int, default=6, metavar="N", help="length of a dream (6)")
    brain.add_argument("--seed", type=int, default=0, metavar="N", help="random seed")
    brain.add_argument("--scale", type=float, metavar="S", help="0.01 to 1 (two million neurons)")


def serving(command: Command) -> None:
    """Add the commands of `mcp`, `serve` and `completion`."""
    agents = command(
        "mcp",
        "Let an agent use the library (Model Context Protocol, standard input and output).",
    )
    agents.add_argument(
        "--folder", action="append", default=[], metavar="DIR",
        help="a folder whose files the agent may add (repeatable; with --write)",
    )  # fmt: skip
    agents.add_argument(
        "--collection", metavar="C", help="show this collection and nothing else of the library"
    )
    server = command(
        "serve", "Serve the library to programs on this machine: HTTP, and /mcp for agents."
    )
    server.add_argument("--host", default="127.0.0.1", metavar="H", help="listen here (127.0.0.1)")
    server.add_argument("--port", type=int, default=8765, metavar="N", help="port (8765)")
    server.add_argument(
        "--name", action="append", default=[], metavar="HOST", help="answer to this name, too"
    )
    server.add_argument("--token", metavar="FILE", help="a file with the token to use")
    server.add_argument(
        "--connections", type=int, default=200, metavar="N", help="connections at most (200)"
    )
    server.add_argument(
        "--yes-beyond-this-machine", action="store_true",
        help="allow a --host that other machines can reach; nothing is encrypted",
    )  # fmt: skip
    for each in (agents, server):
        each.add_argument(
            "--write", action="store_true", help="allow saving and deleting; otherwise read only"
        )
    shells = command("completion", "Print what lets your shell complete commands and options.")
    shells.add_argument("shell", choices=["bash", "zsh", "fish"])


def of_list(listing: argparse.ArgumentParser) -> None:
    """Add what `list fading` takes."""
    listing.add_argument(
        "--days", type=float, metavar="N", help="what will have faded within this many days (7)"
    )


def of_show(show: argparse.ArgumentParser) -> None:
    """Add what `show` takes for a memory."""
    show.add_argument(
        "--memory", action="store_true", help="ID of a statement, a note or a sentence"
    )


def fading(command: Command) -> None:
    """Add the commands of what fades."""
    for name, says in (
        ("reinforce", "Recall statements on purpose, which strengthens them."),
        ("let-go", "Archive statements; they stay searchable. `--undo` restores them."),
    ):
        each = command(name, says)
        each.add_argument("ids", type=int, nargs="+", metavar="ID")
        if name == "let-go":
            each.add_argument("--undo", action="store_true", help="count them as before")


def graph(command: Command) -> None:
    """Add the commands of chains, paths, aliases and near words."""
    inside = "in this collection instead of the library's own facts"
    chain = command(
        "chain", ("Follow relations between statements, such as: Aurora owner manager.")
    )
    chain.add_argument("start", metavar="START")
    chain.add_argument("path", nargs="+", metavar="RELATION")
    chain.add_argument("--collection", metavar="C", help=inside)
    chain.add_argument("--as-of", metavar="TIME", help="use what was true then")
    near = command(
        "associate", ("Show what a cue is associated with: statements, or concepts with paths.")
    )
    near.add_argument("cue", metavar="CUE")
    near.add_argument(
        "--hops", type=int, default=2, metavar="N", help="how far (2); 0: all the way"
    )
    near.add_argument(
        "--limit", type=int, default=10, metavar="N", help=("statements at most (10)")
    )
    near.add_argument("--as-of", metavar="TIME", help="use what was true then")
    near.add_argument(
        "--over",
        choices=("facts", "graph"),
        help="follow statements, or associations (statements, else associations)",
    )
    near.add_argument("--collection", metavar="C", help=inside)
    path = command("path", "Show how two concepts are connected, with evidence for each step.")
    path.add_argument("start", metavar="NAME|#ID")
    path.add_argument("end", metavar="NAME|#ID")
    path.add_argument("--hops", type=int, default=6, metavar="N", help="at most (6)")
    path.add_argument("--collection", metavar="C", help="only this collection")
    word = command("near", "Show words used most like a word in the library, with cosines.")
    word.add_argument("word", metavar="WORD")
    word.add_argument(
        "other", nargs="?", metavar="OTHER", help=("show the similarity of this word instead")
    )
    word.add_argument("--limit", type=int, default=8, metavar="N", help="words at most (8)")
    names = command(
        "aliases", ("Show names that may mean the same; --merge joins the certain ones.")
    )
    names.add_argument("--state", choices=("open", "merged", "rejected"), default="open")
    one = names.add_mutually_exclusive_group()
    one.add_argument("--merge", action="store_true", help="merge the certain ones")
    one.add_argument("--accept", type=int, metavar="ID", help="these two are the same")
    one.add_argument(
        "--reject", type=int, metavar="ID", help=("they are different; undoes a merge")
    )


def add_wishes(add: argparse.ArgumentParser) -> None:
    """What `add` may be told about videos."""
    add.add_argument("--captions", metavar="L,L", help="videos: languages of captions, best first")
    add.add_argument(
        "--speech",
        action="store_true",
        help="videos without captions: download the sound and transcribe it",
    )


def add_profile(add: argparse.ArgumentParser) -> None:
    """Whether `add` says what took how long."""
    add.add_argument("--profile", action="store_true", help="say how long each stage took")


def media(command: Command) -> None:
    """The commands of videos and recordings."""
    speech = command("speech", "List, download or choose models that transcribe recordings.")
    speech.add_argument("what", nargs="?", default="list", choices=["list", "get", "use"])
    speech.add_argument("model", nargs="?", metavar="NAME|FOLDER")
    speech.add_argument("--language", metavar="L", default="", help="spoken language (detected)")
    correct = command("correct", "Correct words of a transcript; citations follow.")
    correct.add_argument("id", type=int, metavar="ID")
    correct.add_argument("was", metavar="WORDS", help="the words to correct")
    correct.add_argument("now", metavar="WORDS", help="the correct words")
    correct.add_argument(
        "--at", metavar="TIME", help=("the time, where they occur more than once: 1:02:09")
    )
    playlist = command("playlist", "Show the videos of a list; nothing is added.")
    playlist.add_argument("link", metavar="URL")
    playlist.add_argument("--first", type=int, default=1, metavar="N", help="start at number N")
    playlist.add_argument(
        "--count", type=int, default=50, metavar="N", help=("at most this many (50)")
    )
    pictures = command(
        "pictures", ("Choose an image model; find pictures by words or by a picture.")
    )
    pictures.add_argument(
        "what",
        nargs="?",
        default="list",
        choices=["list", "use", "update", "off", "find", "like", "names"],
    )
    pictures.add_argument("argument", nargs="?", metavar="FOLDER|WORDS|SOURCE|FILE")
    pictures.add_argument(
        "--limit", type=int, default=12, metavar="N", help=("results at most (12)")
    )


def models(command: Command) -> None:
    """Say what the commands take."""
    models = command("models", "List every kind of model; choose, download and try them.")
    models.add_argument(
        "what",
        nargs="?",
        default="list",
        choices=[
            *("list", "use", "update", "off", "try", "read"),
            *("status", "pull", "use-language", "server"),
        ],
    )
    models.add_argument("model", nargs="?", metavar="NAME|FOLDER|ADDRESS|KIND")
    models.add_argument("--file", metavar="FILE", help="try: a recording or a picture of yours")
    models.add_argument(
        "--for",
        dest="purpose",
        default="dialogue",
        choices=["dialogue", "extraction"],
        help="purpose for use-language (dialogue)",
    )
    models.add_argument(
        "--beyond",
        action="store_true",
        help="allow the texts a model reads to be sent to a server on another computer",
    )
    also = command("see-also", "Find the passages most similar to a sentence.")
    also.add_argument("text", metavar="TEXT")
    also.add_argument("--limit", type=int, default=8, metavar="N", help="passages at most (8)")


def of_recall(recall: argparse.ArgumentParser) -> None:
    """Add what `recall` takes for going by reflex."""
    depth(recall)
    recall.add_argument(
        "--explain", action="store_true", help="show which concepts lead to each statement"
    )
    recall.add_argument("--strategy", choices=_STRATEGIES, help="how activation spreads")
    recall.add_argument("--context", action="store_true", help="combine the results into one text")
    recall.add_argument("--max-tokens", type=int, metavar="N", help="size of the context (1500)")
    recall.add_argument("--no-learn", action="store_true", help="learn nothing from this")


def depth(asking: argparse.ArgumentParser) -> None:
    """Add `--depth`."""
    asking.add_argument(
        "--depth", choices=_DEPTHS, help="how far to follow what statements have in common"
    )


def reflex(command: Command) -> None:
    """Add the commands of recall by reflex."""
    config = command("brain-config", "Show or change the settings of associative recall.")
    config.add_argument("changes", nargs="*", metavar="NAME=VALUE", help="“usual” as value resets")


def of_remember(told: argparse.ArgumentParser) -> None:
    """Add what `remember` takes for how much a memory matters."""
    told.add_argument("--salience", type=float, metavar="0-1", help="how much it matters")
    told.add_argument(
        "--reward", type=float, metavar="0-1", help=("save it as a habit, named by this")
    )


def regions(command: Command) -> None:
    """Add the commands of perceiving, working memory and sleep."""
    sleep = command("sleep", "Consolidate memory: keep what is used, merge duplicates.")
    sleep.add_argument(
        "--prune-below", type=float, metavar="S", help=("archive statements weaker than this, too")
    )
    sleep.add_argument("--preview", action="store_true", help="only show what would be done")
    sleep.add_argument(
        "--undo",
        nargs="?",
        type=int,
        const=0,
        metavar="N",
        help=("undo the last sleep, or sleep N"),
    )
    sleep.add_argument(
        "--settings",
        nargs="*",
        metavar="NAME=VALUE",
        help=("show or set when it sleeps automatically"),
    )
    sleep.add_argument("--list", action="store_true", help="show the last sleeps")
    sleep.add_argument("--proposals", action="store_true", help="show the links it proposes")
    sleep.add_argument("--accept", type=int, metavar="N", help="accept a proposed link")
    sleep.add_argument("--reject", type=int, metavar="N", help="reject a proposed link for good")
    perceive = command("perceive", "Save a note unless it says nothing new.")
    perceive.add_argument("text", metavar="TEXT|-")
    perceive.add_argument("--source", metavar="NAME", help="who said it")
    perceive.add_argument(
        "--at", metavar="TIME", help=("since when it is true, such as 2026-07-01")
    )
    perceive.add_argument("--kind", metavar="K", help="semantic, episodic, procedural, …")
    perceive.add_argument("--hint", default="", metavar="TEXT", help="what is being looked for")
    of_remember(perceive)
    working = command("working-memory", "Show working memory: at most seven statements.")
    rehearse = command("rehearse", "Keep statements in working memory.")
    rehearse.add_argument("match", metavar="WORDS")
    for each in (sleep, perceive, working, rehearse):
        each.add_argument(
            "--collection",
            metavar="C",
            help=(
                "in this collection only"
                if each is sleep
                else "in this collection instead of the library's own"
            ),
        )


def schemas(command: Command) -> None:
    """Tell the parser of the command that learns what a database is made of."""
    train = command(
        "train-db",
        ("Learn the tables, columns and references of a database; its rows are not read."),
    )
    train.add_argument(
        "url", metavar="URL", help="FILE, sqlite:///FILE or postgresql://user@host/database"
    )
    train.add_argument("--domain", default="", metavar="NAME", help="what to call the database")
    train.add_argument("--collection", metavar="C", help="add to this collection")
    train.add_argument(
        "--max-tables", type=int, default=100, metavar="N", help="tables and views at most (100)"
    )
    train.add_argument("--no-patterns", action="store_true", help="leave patterns out")
    train.add_argument("--no-relationships", action="store_true", help="leave references out")
    train.add_argument(
        "--salience-ceiling", type=float, default=0.5, metavar="0-1",
        help="how much weight a statement can have at most (0.5)",
    )  # fmt: skip
    train.add_argument(
        "--stage", default="episodic", metavar="S", help="stm, working, episodic or semantic"
    )
    train.add_argument("--consolidate", action="store_true", help="afterwards merge duplicates")


def sharing(command: Command) -> None:
    """Add the commands of versions, exports and imports."""
    inside = "of this collection instead of the library's own facts"
    version = command(
        "version",
        "Save the statements of a collection as a version; compare or restore versions.",
    )
    version.add_argument("action", choices=["save", "list", "diff", "restore", "drop"])
    version.add_argument(
        "names", nargs="*", metavar="NAME", help="diff takes one, for now, or two versions"
    )
    version.add_argument("--collection", metavar="C", help=inside)

    out = command("export", "Export the library, or a part of it.")
    out.add_argument("target", metavar="DIR|FILE")
    out.add_argument(
        "--format",
        choices=_FORMATS,
        default="bundle",
        help="a bundle can be imported completely; markdown is a folder for Obsidian (bundle)",
    )
    out.add_argument("--collection", metavar="C", help="only this collection")
    out.add_argument(
        "--source", type=int, action="append", metavar="ID", help="only these sources; repeatable"
    )
    out.add_argument(
        "--memory",
        type=int,
        action="append",
        metavar="ID",
        help=("only these statements; repeatable"),
    )

    come = command(
        "import", "Import a bundle, JSON Lines, GraphML, or what NeuralMemory or neuron-db keep."
    )
    come.add_argument("file", nargs="?", metavar="FILE")
    come.add_argument("--collection", metavar="C", help="add everything to this collection")
    _policy(come)
    come.add_argument("--preview", action="store_true", help="only show what would be done")
    come.add_argument("--undo", action="store_true", help="undo the last import or merge")

    merge = command("merge", "Copy the statements of one collection into another.")
    merge.add_argument("into", metavar="INTO")
    merge.add_argument("other", metavar="OTHER")
    _policy(merge)


def _policy(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--policy",
        choices=_POLICIES,
        default="prefer_recent",
        help="how to resolve contradictions (prefer_recent)",
    )


def days(text: str) -> float:
    """A number of days as it is typed; “never” is for good."""
    return math.inf if text.strip().casefold() == "never" else float(text)


def kinds(command: Command) -> None:
    """Add the commands of kinds, projects, reviews and contradictions."""
    inside = "in this collection instead of the library's own"
    info = command("info", "Show all details of the newest statement with these words.")
    info.add_argument("match", metavar="WORDS")
    mark = command("mark", "Set the kind, priority, expiry, tags and trust of statements.")
    mark.add_argument("match", metavar="WORDS")
    mark.add_argument("--kind", metavar="K", help="fact, decision, preference, todo, …")
    mark.add_argument("--priority", type=int, metavar="0-10", help="how much it matters")
    mark.add_argument(
        "--expires-days", type=days, metavar="N|never", help=("until when it is valid")
    )
    mark.add_argument("--tag", action="append", default=[], metavar="T", help="add this tag")
    mark.add_argument("--untag", action="append", default=[], metavar="T", help="remove it")
    mark.add_argument("--trust", type=float, metavar="0-1", help="how much to trust it")
    pin = mark.add_mutually_exclusive_group()
    pin.add_argument("--pin", action="store_true", help="let it never fade")
    pin.add_argument("--unpin", action="store_true", help="let it fade again")
    project = command("project", "Create, show, fill or end a project: a collection with dates.")
    project.add_argument("action", choices=["add", "info", "list", "assign", "remove", "end"])
    project.add_argument("name", nargs="?", metavar="NAME")
    project.add_argument(
        "words", nargs="?", metavar="WORDS", help=("statements to assign or remove")
    )
    project.add_argument("--days", type=float, metavar="N", help="how long it goes on")
    project.add_argument("--starts", metavar="TIME", help="start date, such as 2026-07-01")
    project.add_argument("--description", default="", metavar="TEXT")
    project.add_argument("--tag", action="append", default=[], metavar="T")
    reviews = command("reviews", "Show what is due for review.")
    reviews.add_argument("--limit", type=int, default=20, metavar="N", help="at most (20)")
    review = command("review", "Record how well you remembered something, or stop reviewing it.")
    review.add_argument("id", type=int, metavar="ID")
    how = review.add_mutually_exclusive_group(required=True)
    how.add_argument("--remembered", action="store_true")
    how.add_argument("--forgotten", action="store_true")
    how.add_argument(
        "--grade", type=int, metavar="0-5", help=("0 for no idea, up to 5 for instantly")
    )
    how.add_argument("--keep", action="store_true", help="review it from tomorrow on")
    how.add_argument("--stop", action="store_true", help="stop reviewing it")
    clash = command("conflicts", "Show statements that contradict each other.")
    clash.add_argument("--limit", type=int, default=20, metavar="N", help="at most (20)")
    clash.add_argument("--settled", action="store_true", help="include resolved ones")
    settle = command("resolve", "Resolve a contradiction: keep the newer, the older, or both.")
    settle.add_argument("older", type=int, metavar="ID")
    settle.add_argument("newer", type=int, metavar="ID")
    which = settle.add_mutually_exclusive_group(required=True)
    which.add_argument("--keep", choices=["newer", "older", "both"])
    which.add_argument("--undo", action="store_true", help="reopen it")
    for each in (info, mark, project, reviews, clash):
        each.add_argument("--collection", metavar="C", help=inside)


def vital(command: Command) -> None:
    """Add the commands of alerts, health and follow-up questions."""
    alerts = command("alerts", "Show warnings about the library, and what to do.")
    alerts.add_argument(
        "--limit", action="append", default=[], metavar="NAME=N",
        help="use another limit once, such as memories=5000",
    )  # fmt: skip
    alerts.add_argument(
        "--set", action="append", default=[], metavar="NAME=N",
        help="set another limit; NAME=usual resets it",
    )  # fmt: skip
    alerts.add_argument("--resolved", action="store_true", help="include ended projects")
    alerts.add_argument("--seen", metavar="ID|TYPE", help="mark one as seen")
    alerts.add_argument("--acknowledge", metavar="ID|TYPE", help="mark one as known")
    alerts.add_argument("--resolve", metavar="ID|TYPE", help="mark one as done")
    health = command("health", "Grade the health of the library and say what to do about it.")
    suggest = command("suggest", "Suggest questions that usually follow a question or topic.")
    suggest.add_argument(
        "question", nargs="?", metavar="QUESTION", help=("without a topic: all patterns")
    )
    suggest.add_argument("--limit", type=int, default=5, metavar="N", help="topics at most (5)")
    suggest.add_argument("--forget", action="store_true", help="forget the questions asked here")
    suggest.add_argument(
        "--learn", choices=["on", "off"], help=("whether to learn which topics are asked together")
    )
    for each in (alerts, health):
        each.add_argument("--collection", metavar="C", help="only this collection")
    suggest.add_argument(
        "--collection", metavar="C", help="in this collection instead of the library's own"
    )
