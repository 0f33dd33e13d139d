"""Runs a command as the table of operations describes it: open the library, call it, print.

Wrong usage is refused before a library is opened. A result is printed by its type: as JSON for
scripts, by the lines of the table or by `render` for people.
"""

import argparse
from collections.abc import Callable, Mapping
from importlib import import_module
from operator import attrgetter
from pathlib import Path
from typing import Any

from workbench.arguments import flat_parameters, pack
from workbench.cli import opening
from workbench.cli.output import Output, ProgressLine, plain
from workbench.cli.piped import text_of
from workbench.cli.table import Condition, Variant, command
from workbench.cli.template import fill, find, print_lines
from workbench.errors import InputError, NotFoundError, UsageError


def run(name: str, arguments: argparse.Namespace, output: Output) -> int:
    """Run a command and return its exit code."""
    target = command(name)
    defaults = {argument.target: argument.default for argument in target.arguments}

    def value(name: str) -> Any:
        return getattr(arguments, name, None)

    def has_value(name: str) -> bool:
        typed = value(name)
        return typed is not None and typed is not False and typed != defaults.get(name)

    def holds_true(condition: str) -> bool:
        return Condition(condition).evaluate(value, has_value)

    for refusal in target.refusals:
        several = not refusal.condition and sum(map(has_value, target.several)) > 1
        if several or (refusal.condition and holds_true(refusal.condition)):
            raise UsageError(*(fill(text, vars(arguments)) for text in refusal.message))
    for argument in target.arguments:
        if argument.options.get("piped"):
            setattr(arguments, argument.target, text_of(value(argument.target)))
        if argument.options.get("joined"):
            setattr(arguments, argument.target, " ".join(value(argument.target)))
    variant = next(variant for variant in target.variants if holds_true(variant.condition))
    if variant.by:
        module, _, function = variant.by.partition(".")
        run_all = getattr(import_module(f"workbench.cli.{module}"), function)
        return int(run_all(arguments, output))
    return _Presenter(variant, _call(variant, arguments, output), arguments, output).code()


def _call(variant: Variant, arguments: argparse.Namespace, output: Output) -> Any:
    """Call the library, or a function of `actions`, with the arguments."""
    with opening.library_for(variant.opens, arguments) as library, ProgressLine(output) as line:
        for name in filter(None, (variant.first, variant.call)):
            if name.startswith("@"):
                module, _, function = name[1:].rpartition(".")
                actions = import_module(f"workbench.cli.{module or 'actions'}")
                result = getattr(actions, function)(library, arguments, output)
            else:
                name, _, part = name.partition(":")
                result = attrgetter(name)(library)
                if callable(result):
                    values = {**vars(arguments), "report": line}
                    words, keywords = _passed(result, variant, values)
                    result = result(*words, **keywords)
                result = getattr(result, part) if part else result
    return result


def _passed(
    call: Callable[..., Any], variant: Variant, values: Mapping[str, Any]
) -> tuple[list[Any], dict[str, Any]]:
    """The arguments of a call, positional if it takes any number of them."""
    takes, sets = variant.takes or {}, variant.sets or {}
    words: list[Any] = []
    keywords = dict(values.get(variant.spread) or ())
    for name, parameter in flat_parameters(call).items():
        value = sets[name] if name in sets else _value(takes.get(name, name), values)
        several = parameter.kind is parameter.VAR_POSITIONAL
        if value in (None, []) and (several or parameter.default is not parameter.empty):
            continue
        if several:
            words = value if isinstance(value, list) else [value]
        elif parameter.kind is not parameter.VAR_KEYWORD:
            keywords[name] = value
    return words, pack(call, keywords)


def _value(name: str, values: Mapping[str, Any]) -> Any:
    value: Any = values.get(name.lstrip("!/"))
    if name.startswith("!"):
        return value is None
    if name.startswith("/"):
        return int(value) if value.isdecimal() else Path(value)
    return value


class _Presenter:
    """Prints the result of a variant."""

    def __init__(
        self, variant: Variant, result: Any, arguments: argparse.Namespace, output: Output
    ):
        self._variant, self._result, self._output = variant, result, output
        self._arguments = vars(arguments)

    def code(self) -> int:
        """Print the result; returns the exit code."""
        variant, output, success = self._variant, self._output, self._succeeded()
        if variant.raw:
            if self._result is not None:
                output.result(str(self._result).removesuffix("\n"))
        elif output.as_json:
            self._record()
        elif success or not (variant.missing or variant.none):
            self._lines()
        elif variant.none and not variant.none.startswith("! "):
            print_lines(f"~ {variant.none}", output, *self._places())
        if not success and variant.none.startswith("! "):
            print_lines(variant.none, output, *self._places())
        if variant.missing and not success and not (output.as_json and variant.record):
            raise NotFoundError(*(fill(text, *self._places()) for text in variant.missing))
        if variant.unusable and not success:
            if output.as_json:
                raise InputError(*variant.unusable)
            return InputError.exit_code
        if variant.failed and any(getattr(row, variant.failed) for row in self._result):
            return InputError.exit_code
        return 1 if variant.success and not success else 0

    def _succeeded(self) -> bool:
        """Whether there is a result of the expected kind."""
        if not self._variant.success:
            # Zero is a result; an empty list is none.
            return self._result not in (None, [], (), False) or not self._variant.none
        return Condition(self._variant.success).evaluate(
            self._value, lambda name: bool(self._value(name))
        )

    def _value(self, name: str) -> Any:
        return find(name, self._places())

    def _places(self) -> tuple[Any, Mapping[str, Any]]:
        return self._result, self._arguments

    def _record(self) -> None:
        from workbench.cli.render import as_json

        variant, output = self._variant, self._output
        for row in [self._result] if variant.array else self._rows():
            if variant.record is not None:
                places = (row, self._arguments)
                output.record({key: find(name, places) for key, name in variant.record.items()})
            else:
                added = {name: getattr(row, name) for name in variant.adds.split()}
                output.record({**plain(as_json(row)), **added} if added else as_json(row))

    def _rows(self) -> list[Any]:
        """The records of a result."""
        if isinstance(self._result, list):
            return self._result
        return [] if self._result is None and self._variant.record is None else [self._result]

    def _lines(self) -> None:
        from workbench.cli.render import RENDERERS, show

        variant, output = self._variant, self._output
        renderer = RENDERERS.get(variant.show)
        if renderer is not None:
            renderer(self._result, output, **self._arguments)
        for row in [] if renderer is not None else self._rows():
            if variant.line:
                print_lines(variant.line, output, row, self._arguments)
            else:
                show(row, output, self._arguments)
        if variant.remark:
            print_lines(f"~ {variant.remark}", output, *self._places())
