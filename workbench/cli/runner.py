"""Run a command as the table of operations describes it: open the library, call it, show.

What a command refuses is said before a library is opened. A result is printed by its type: for
scripts as JSON, for people by the lines of the table or by `render`.
"""

import argparse
import inspect
from collections.abc import Callable, Mapping
from importlib import import_module
from operator import attrgetter
from typing import Any

from workbench.cli import opening
from workbench.cli.output import Output, ProgressLine, plain
from workbench.cli.piped import text_of
from workbench.cli.table import Command, Condition, Way, command
from workbench.cli.template import fill, find, say
from workbench.errors import InputError, NotFoundError, UsageError


def run(name: str, arguments: argparse.Namespace, output: Output) -> int:
    """Run a command and return its exit code."""
    wanted = command(name)
    given = _given(wanted, arguments)
    _refuse(wanted, arguments, given)
    for argument in wanted.arguments:
        if argument.told.get("piped"):
            setattr(arguments, argument.target, text_of(getattr(arguments, argument.target)))
        if argument.told.get("joined"):
            setattr(arguments, argument.target, " ".join(getattr(arguments, argument.target)))

    def value(name: str) -> Any:
        return getattr(arguments, name, None)

    way = next(way for way in wanted.ways if Condition(way.when).holds(value, given))
    if way.by:
        module, _, function = way.by.partition(".")
        done: int = getattr(import_module(f"workbench.cli.{module}"), function)(arguments, output)
        return done
    return _Shown(way, _called(way, arguments, output), arguments, output).code()


def _given(wanted: Command, arguments: argparse.Namespace) -> Callable[[str], bool]:
    """Whether an argument was typed with something else than its usual value."""
    usual = {argument.target: argument.default for argument in wanted.arguments}

    def given(name: str) -> bool:
        value = getattr(arguments, name, None)
        return value is not None and value is not False and value != usual.get(name)

    return given


def _refuse(wanted: Command, arguments: argparse.Namespace, given: Callable[[str], bool]) -> None:
    def value(name: str) -> Any:
        return getattr(arguments, name, None)

    for refusal in wanted.refusals:
        wrong = (
            Condition(refusal.when).holds(value, given)
            if refusal.when
            else (sum(map(given, wanted.several)) > 1)
        )
        if wrong:
            raise UsageError(*(fill(text, vars(arguments)) for text in refusal.says))


def _called(way: Way, arguments: argparse.Namespace, output: Output) -> Any:
    """What the library, or a function of `actions`, makes of the arguments."""
    with opening.opened(way.opens, arguments) as library, ProgressLine(output) as line:
        for name in filter(None, (way.first, way.call)):
            if name.startswith("@"):
                module, _, function = name[1:].rpartition(".")
                actions = import_module(f"workbench.cli.{module or 'actions'}")
                result = getattr(actions, function)(library, arguments, output)
            else:
                call = attrgetter(name)(library)
                words, named = _passed(call, way, {**vars(arguments), "report": line})
                result = call(*words, **named)
    return result


def _passed(
    call: Callable[..., Any], way: Way, values: Mapping[str, Any]
) -> tuple[list[Any], dict[str, Any]]:
    """Arguments of a call, by position where it takes any number of them."""
    takes, sets = way.takes or {}, way.sets or {}
    words: list[Any] = []
    named = dict(values.get(way.spread) or ())
    for name, parameter in inspect.signature(call).parameters.items():
        value = sets[name] if name in sets else _value(takes.get(name, name), values)
        if value in (None, []) and parameter.default is not parameter.empty:
            continue
        if parameter.kind is parameter.VAR_POSITIONAL:
            words = value if isinstance(value, list) else [value]
        elif parameter.kind is not parameter.VAR_KEYWORD:
            named[name] = value
    return words, named


def _value(name: str, values: Mapping[str, Any]) -> Any:
    value: Any = values.get(name.lstrip("!#"))
    if name.startswith("!"):
        return value is None
    if name.startswith("#") and value.isdecimal():
        return int(value)
    return value


class _Shown:
    """The result of a way, and how it is printed."""

    def __init__(self, way: Way, result: Any, arguments: argparse.Namespace, output: Output):
        self._way, self._result, self._output = way, result, output
        self._arguments = vars(arguments)

    def code(self) -> int:
        """Print the result; the exit code says whether it is what was asked for."""
        way, output, done = self._way, self._output, self._done()
        if way.raw:
            if self._result is not None:
                output.result(str(self._result).removesuffix("\n"))
        elif output.as_json:
            self._record()
            if not done and way.none.startswith("! "):
                say(way.none, output, *self._places())
        elif done or not (way.missing or way.none):
            self._lines()
        elif way.none:
            say(way.none if way.none.startswith("! ") else f"~ {way.none}", output, *self._places())
        if way.missing and not done and not (output.as_json and way.record):
            raise NotFoundError(*(fill(text, *self._places()) for text in way.missing))
        if way.unusable and not done:
            if output.as_json:
                raise InputError(*way.unusable)
            return InputError.exit_code
        if way.failed and any(getattr(row, way.failed) for row in self._result):
            return InputError.exit_code
        return 1 if way.done and not done else 0

    def _done(self) -> bool:
        """Whether there is a result, of the kind that the table asks for."""
        if not self._way.done:
            # A number of nothing is a result; an empty list is none.
            return self._result not in (None, [], (), False) or not self._way.none
        return Condition(self._way.done).holds(self._value, lambda name: bool(self._value(name)))

    def _value(self, name: str) -> Any:
        return find(name, self._places())

    def _places(self) -> tuple[Any, Mapping[str, Any]]:
        return self._result, self._arguments

    def _record(self) -> None:
        from workbench.cli.render import as_json

        way, output = self._way, self._output
        for row in [self._result] if way.whole else self._rows():
            if way.record is not None:
                places = (row, self._arguments)
                output.record({key: find(name, places) for key, name in way.record.items()})
            else:
                added = {name: getattr(row, name) for name in way.adds.split()}
                output.record({**plain(as_json(row)), **added} if added else as_json(row))

    def _rows(self) -> list[Any]:
        """The records of a result; nothing is none, unless the table makes a record of it."""
        if isinstance(self._result, list):
            return self._result
        return [] if self._result is None and self._way.record is None else [self._result]

    def _lines(self) -> None:
        from workbench.cli.render import SHOWN, show

        way, output = self._way, self._output
        shown = SHOWN.get(way.show)
        if shown is not None:
            shown(self._result, output, **self._arguments)
        for row in [] if shown is not None else self._rows():
            if way.line:
                say(way.line, output, row, self._arguments)
            else:
                show(row, output, self._arguments)
        if way.remark:
            say(f"~ {way.remark}", output, *self._places())
