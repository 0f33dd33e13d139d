"""The `ask` command: one question, or a file of them."""

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from workbench.cli.actions import model_problem, thread_of
from workbench.cli.answer_output import answer_record
from workbench.cli.lines.answers import answer_lines
from workbench.cli.opening import open_library, open_sample
from workbench.cli.output import Output
from workbench.cli.render import print_lines
from workbench.errors import InputError, WorkbenchError
from workbench.library import Library
from workbench.recall.records import TURNS, Answer
from workbench.translation import known


def answer_questions(arguments: argparse.Namespace, output: Output) -> int:
    """Answer a question, or those of a file."""
    with (
        open_sample(output)
        if arguments.sample
        else open_library(arguments, reading=True) as library
    ):
        if arguments.batch:
            return _answer_batch(library, arguments, output)
        conversation = arguments.conversation
        turns = None if conversation is None else thread_of(library, conversation, TURNS)
        request = {"question": arguments.question, "about": arguments.about}
        answer = _answer(library, arguments, request, turns)
        if conversation is not None:
            answer = replace(answer, scope={**answer.scope, "conversation": conversation})
        if arguments.outgoing:
            output.result(library.answers.outgoing(answer, turns=turns or ()))
            return 0
        written, told = answer, answer.note
        writes = not arguments.quotes and library.answers.writes
        if writes:
            if not output.as_json:
                # A model may take minutes, so quotes are printed first.
                print_lines(answer_lines(answer, arguments.explain), output)
            written = library.answers.write(answer, turns=turns or ())
        if arguments.keep or conversation is not None:
            saved = library.answers.keep(answer, written)
            written = replace(written, id=saved.id)
        answer = written
        if arguments.brain:
            answer = library.brain.beside_answer(answer)
        problem = model_problem(library)
    if output.as_json:
        output.record(answer_record(answer))
    elif not writes or answer.mode == "written" or arguments.brain:
        print_lines(answer_lines(answer, arguments.explain), output)
    elif answer.note != told:
        output.remark(f"\n{known(answer.note)} {known(answer.hint)}")
    if problem:
        output.remark(problem)
    return 1 if answer.abstained else 0


def _answer_batch(library: Library, arguments: argparse.Namespace, output: Output) -> int:
    try:
        lines = Path(arguments.batch).read_bytes().splitlines()
    except OSError as error:
        raise InputError(
            f"The questions in {arguments.batch} could not be read: {error.strerror}.",
            "Give a UTF-8 file with one JSON object {id, question} a line.",
        ) from error
    healthy = True
    conversations: dict[str, list[Answer]] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        ident: object = number
        try:
            request = _batch_line(line, number)
            ident = request.get("id", number)
            conversation = request.get("conversation")
            turns = (
                None if conversation is None else conversations.setdefault(str(conversation), [])
            )
            answer = _answer(library, arguments, request, turns, number)
            if arguments.written and not arguments.quotes:
                answer = library.answers.write(answer, turns=turns or ())
            if turns is not None:
                turns.append(answer)
            if arguments.brain:
                answer = library.brain.beside_answer(answer)
        except WorkbenchError as error:
            healthy = False
            record = {"code": error.code, "message": error.message, "hint": error.hint}
            output.record({"id": ident, "error": record})
        else:
            output.record({"id": ident, **answer_record(answer)})
    return 0 if healthy else InputError.exit_code


def _answer(
    library: Library,
    arguments: argparse.Namespace,
    request: Mapping[str, object],
    turns: Sequence[Answer] | None,
    number: int = 1,
) -> Answer:
    """Answer a question; its own fields, or those of its line, override the options."""
    question = request.get("question")
    if not isinstance(question, str):
        raise InputError(f"Line {number} has no question.", 'Give it a "question".')
    return library.ask(
        question,
        collection=_text_or_none(request.get("collection", arguments.collection)),
        sources=_sources_or_none(request.get("sources", arguments.source or None), number),
        limit=arguments.limit,
        quotes=arguments.quotes,
        explain=arguments.explain,
        as_of=arguments.as_of,
        depth=arguments.depth,
        turns=turns,
        about=_text_or_none(request.get("about")) or "",
    )


def _batch_line(line: bytes, number: int) -> Mapping[str, object]:
    try:
        request = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        kind = "UTF-8" if isinstance(error, UnicodeDecodeError) else "JSON"
        raise InputError(
            f"Line {number} is not {kind}.", "Correct the line and ask again."
        ) from error
    if not isinstance(request, dict):
        raise InputError(f"Line {number} is not a JSON object.", "Correct the line and ask again.")
    return request


def _text_or_none(value: object) -> str | None:
    return None if value is None else str(value)


def _sources_or_none(value: object, number: int) -> list[int] | None:
    if value is None:
        return None
    if not isinstance(value, list) or any(type(number) is not int for number in value):
        raise InputError(
            f"The sources in line {number} are not numbers of sources.",
            'Write them like "sources": [3, 7]; see `workbench list sources`.',
        )
    return value
