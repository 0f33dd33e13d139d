"""What `workbench models` does with language models: status, server, pull, use-language, try."""

import argparse
from collections.abc import Callable, Mapping, Sequence

from workbench.cli.output import Output, ProgressLine
from workbench.errors import InputError
from workbench.library import Library
from workbench.models.language import LanguageModel
from workbench.sizes import size_words


def listed(library: Library) -> list[LanguageModel]:
    """The language models of the chosen server; none where no server answers."""
    try:
        return library.models.language()
    except InputError:
        return []


def show(library: Library, models: Sequence[LanguageModel], output: Output) -> None:
    """A line each, and one on how it stands."""
    for model in models:
        can = "embeds" if model.embeds and not model.writes else "writes"
        words = [
            model.name,
            size_words(model.size) if model.size else "",
            can,
            ", ".join(model.languages),
        ]
        chosen = f"chosen for {' and '.join(model.chosen)}" if model.chosen else ""
        output.result("  ".join(filter(None, [*words, model.fit, chosen])))
    status = library.models.status()
    output.remark(f"{status.sentence} {status.hint}".strip())


def is_language(library: Library, name: str) -> bool:
    """Whether a name means a model of the server that writes rather than one for embeddings."""
    if any(each.name.casefold() == name.casefold() for each in library.embeddings.models()):
        return False
    return any(each.name == name and each.writes for each in listed(library))


def tried(library: Library, arguments: argparse.Namespace, output: Output) -> int:
    """Ask a model something small."""
    trial = library.models.try_(arguments.model)
    if output.as_json:
        output.record(trial)
        return 0
    output.result(f"{trial.model} ({trial.address}, {trial.server}): {trial.reply}")
    output.result(
        f"First word after {trial.first:.1f} s, {trial.rate:.0f} tokens a second, "
        f"{trial.context} tokens of context."
    )
    if trial.hint:
        output.remark(trial.hint)
    return 0


def _status(library: Library, _arguments: argparse.Namespace, output: Output) -> int:
    status = library.models.status()
    if output.as_json:
        output.record(status)
        return 0
    output.result(status.sentence)
    cards = ", ".join(card.name for card in status.graphics)
    output.result(
        f"Graphics: {cards}." if cards else "Graphics: none found; the processor is used."
    )
    if status.hint:
        output.remark(status.hint)
    return 0


def _server(library: Library, arguments: argparse.Namespace, output: Output) -> int:
    chosen = library.models.set_server(arguments.model, beyond=arguments.beyond)
    output.say(chosen, f"✓ The language model server is {chosen.address}.")
    return 0


def _pull(library: Library, arguments: argparse.Namespace, output: Output) -> int:
    with ProgressLine(output) as line:
        library.models.pull(arguments.model, report=line)
    output.say({"fetched": arguments.model}, f"✓ {arguments.model} is there.")
    return 0


def _use(library: Library, arguments: argparse.Namespace, output: Output) -> int:
    name = "" if arguments.model == "none" else arguments.model
    chosen = library.models.choose(name, arguments.purpose)
    output.say(
        chosen,
        f"✓ {name} is used for {arguments.purpose}."
        if name
        else f"✓ No model is used for {arguments.purpose}.",
    )
    return 0


def read(library: Library, _arguments: argparse.Namespace, output: Output) -> int:
    """Let the model that is chosen for extraction read what it has not read yet."""
    with ProgressLine(output) as line:
        done = library.models.read(report=line)
    if output.as_json:
        output.record(done)
    else:
        output.result(f"✓ {done.sentences} sentences read, {done.triples} statements found.")
        if done.warning:
            output.remark(done.warning)
    return 0


WHAT: Mapping[str, Callable[[Library, argparse.Namespace, Output], int]] = {
    "status": _status,
    "server": _server,
    "pull": _pull,
    "use-language": _use,
}
