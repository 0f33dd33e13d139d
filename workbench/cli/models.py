"""The commands of embedding and language models: models, see-also."""

import argparse
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager

from workbench import model_kinds, paths
from workbench.cli import languages
from workbench.cli.opening import open_library
from workbench.cli.output import Output, ProgressLine
from workbench.cli.questions import trouble_of
from workbench.errors import UsageError
from workbench.library import Library
from workbench.recall.embedding_models import EmbeddingSpace
from workbench.sizes import size_words

#: Letters of a passage that is told.
_SAID = 160
#: What can be asked before there is a library.
_ANYWHERE = ("list", "try")


def _models(arguments: argparse.Namespace, output: Output) -> int:
    needs = arguments.what in ("use", "try", "pull", "use-language", "server")
    if needs != (arguments.model is not None):
        raise UsageError(
            "Say which model." if needs else f"`models {arguments.what}` takes no model.",
            "See which there are with `workbench models`.",
        )
    if arguments.what in languages.WHAT:
        # These are this machine's, of whatever library.
        with Library.open(":memory:") as any_library:
            return languages.WHAT[arguments.what](any_library, arguments, output)
    with _library(arguments) as library:
        return _WHAT[arguments.what](library, arguments, output)


def _library(arguments: argparse.Namespace) -> AbstractContextManager[Library]:
    """The library; an empty one where there is none yet and what is asked needs none."""
    named = getattr(arguments, "library", None)
    there = named is None or paths.is_there(paths.absolute(named))
    if there or arguments.what not in _ANYWHERE:
        return open_library(arguments)
    return Library.open(":memory:")


def _list(library: Library, _arguments: argparse.Namespace, output: Output) -> int:
    models, spaces = library.embeddings.models(), library.embeddings.spaces()
    written = languages.listed(library)
    rows = model_kinds.kinds(library.path)
    if output.as_json:
        output.record(
            {"models": models, "spaces": spaces, "language_models": written, "kinds": rows}
        )
        return 0
    for row in rows:
        size = size_words(row.size) if row.size else ""
        told = filter(None, (row.model, size, row.speed, row.how or row.does))
        output.result(f"{row.name:<18}{row.state:<15}{' · '.join(told)}")
    output.result("")
    for model in models:
        size = size_words(model.size) if model.size else ""
        output.result(f"{model.name}  {size}  {model.path}")
        if model.why:
            output.remark(model.why)
    if not models:
        output.remark("There is no embedding model; search uses words only.")
    for space in spaces:
        output.result(_space(space))
        if space.trouble:
            output.remark(space.trouble)
    languages.show(library, written, output)
    return 0


def _space(space: EmbeddingSpace) -> str:
    share = 100 * space.done // space.total if space.total else 100
    state = "answers" if space.active else "is being made"
    if space.trouble:
        state = "does not answer"
    return f"{space.model} {state}: {share} % read, {space.vectors} vectors"


def _use(library: Library, arguments: argparse.Namespace, output: Output) -> int:
    with ProgressLine(output) as line:
        done = library.embeddings.use(arguments.model, report=line)
    output.say(done, f"✓ {_space(done)}")
    return 0


def _update(library: Library, _arguments: argparse.Namespace, output: Output) -> int:
    with ProgressLine(output) as line:
        made = library.embeddings.update(report=line)
    output.say({"made": made}, f"✓ {made} vectors made.")
    return 0


def _off(library: Library, _arguments: argparse.Namespace, output: Output) -> int:
    gone = library.embeddings.drop()
    output.say(
        {"removed": gone}, "✓ Search uses words only; no model reads the library automatically."
    )
    return 0


def _try(library: Library, arguments: argparse.Namespace, output: Output) -> int:
    if arguments.model in model_kinds.KINDS:
        file = paths.absolute(arguments.file) if arguments.file is not None else None
        trial = model_kinds.try_kind(arguments.model, library.path, file=file)
        if output.as_json:
            output.record(trial)
        else:
            output.result(f"{trial.model}: {trial.said}")
            output.result(f"{trial.speed[:1].upper()}{trial.speed[1:]}.")
        return 0
    if languages.is_language(library, arguments.model):
        return languages.tried(library, arguments, output)
    found = library.embeddings.try_(arguments.model)
    output.say(
        found,
        f"{found.model}: {found.like:.2f} for two sentences that mean the same, "
        f"{found.unlike:.2f} for two that do not.",
    )
    return 0


def _see_also(arguments: argparse.Namespace, output: Output) -> int:
    with open_library(arguments) as library:
        found = library.sources.related(arguments.text, limit=arguments.limit)
        trouble = trouble_of(library)
    if output.as_json:
        output.record(found)
        return 0
    for each in found:
        said = each.words if len(each.words) <= _SAID else f"{each.words[:_SAID].rstrip()}…"
        output.result(f"{each.nearness:.2f}  {each.title}: “{said}”")
    if not found:
        output.remark("Nothing similar in the library yet.")
    elif found[0].tier == "lexical":
        words = "no embedding model reads this library (workbench models)."
        output.remark(f"Found by words: {trouble or words}")
    return 0


_WHAT: Mapping[str, Callable[[Library, argparse.Namespace, Output], int]] = {
    "list": _list, "use": _use, "update": _update, "off": _off, "try": _try,
    "read": languages.read,
}  # fmt: skip
COMMANDS: Mapping[str, Callable[[argparse.Namespace, Output], int]] = {
    "models": _models,
    "see-also": _see_also,
}
