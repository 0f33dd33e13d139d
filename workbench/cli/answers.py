"""The command of questions and answers of before: answers."""

import argparse
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from workbench.cli.answer_output import answer_record, say_answer
from workbench.cli.opening import open_library
from workbench.cli.output import Output, plain
from workbench.errors import UsageError
from workbench.library import Library
from workbench.recall.answered.saved import Answered
from workbench.recall.records import Place

_MOST = 5000  # answers of one thread: as many as are kept


def _answers(arguments: argparse.Namespace, output: Output) -> int:
    changes = bool(arguments.forget or arguments.forget_all)
    if changes and (arguments.show is not None or arguments.export is not None):
        raise UsageError(
            "An answer cannot be forgotten and shown at the same time.", "Give --forget alone."
        )
    with open_library(arguments, reading=not changes) as library:
        if changes:
            return _forget(library, arguments, output)
        if arguments.export is not None:
            return _export(library, arguments, output)
        if arguments.show is not None:
            _show(library.answers.get(arguments.show), output)
            return 0
        found = library.answers.list(
            " ".join(arguments.words), collection=arguments.collection, limit=arguments.limit
        )
    for each in found:
        if output.as_json:
            output.record(_record(each))
        else:
            when = time.strftime("%Y-%m-%d %H:%M", time.localtime(each.asked))
            where = f"  · {each.collection}" if each.collection else ""
            output.result(f"#{each.id} {when}  {each.answer.question}{where}")
    if not found and not output.as_json:
        output.remark("There is no saved answer with this number.")
    return 0


def _forget(library: Library, arguments: argparse.Namespace, output: Output) -> int:
    gone = library.answers.forget(*arguments.forget, everything=arguments.forget_all)
    output.say({"forgotten": gone}, f"Forgot {gone} {'question' if gone == 1 else 'questions'}.")
    return 0


def _export(library: Library, arguments: argparse.Namespace, output: Output) -> int:
    kept = library.answers.get(arguments.export)
    thread = [kept.written or kept.answer]
    if arguments.thread and (name := str(kept.answer.scope.get("conversation") or "")):
        found = library.answers.list(conversation=name, limit=_MOST)
        thread = [each.written or each.answer for each in reversed(found)]
    if arguments.file is None:
        form = arguments.form or "markdown"
        output.result(library.answers.export(thread, form, style=arguments.style).rstrip("\n"))
        return 0
    file = library.answers.save(
        thread, Path(arguments.file), arguments.form or "", style=arguments.style
    )
    output.remark(f"Written to {file}.")
    return 0


def _show(found: Answered, output: Output) -> None:
    if output.as_json:
        output.record(_record(found))
        return
    output.result(f"{found.answer.question}\n")
    say_answer(found.written or found.answer, output, explain=False)


def _record(found: Answered) -> dict[str, object]:
    return {
        "id": found.id,
        "asked": found.asked,
        "redacted": found.redacted,
        **answer_record(found.written or found.answer),
    }


def _cite(arguments: argparse.Namespace, output: Output) -> int:
    with open_library(arguments, reading=True) as library:
        if arguments.styles:
            for style in library.sources.citation_styles():
                output.say(style, f"{style.name.ljust(28)} {style.title}")
            return 0
        if arguments.page and len(arguments.ids) != 1:
            raise UsageError("--page needs exactly one source.", "Give one ID.")
        ids = arguments.ids or [
            row.id for row in reversed(library.sources.list(collection=arguments.collection))
        ]
        if arguments.form or arguments.list:
            form = arguments.form or arguments.style
            output.result(library.sources.bibliography(ids, form=form).rstrip("\n"))
            return 0
        places = [Place(0, arguments.page, None, 0, 0)] if arguments.page else None
        made_all = library.sources.cite(ids, style=arguments.style, places=places)
        for id, made in zip(ids, made_all, strict=True):
            output.say(
                {"source": id, **plain(made)},
                made.text if made.notes else f"{made.text}\n    {made.reference}",
            )
    return 0


COMMANDS: Mapping[str, Callable[[argparse.Namespace, Output], int]] = {
    "answers": _answers,
    "cite": _cite,
}
