"""Runs a command as the table of operations describes it: open the library, call it, print.

Wrong usage is refused before a library is opened. A result is printed by its type: as JSON for
scripts, as lines for people.
"""

import argparse
from collections.abc import Callable, Mapping
from importlib import import_module
from operator import attrgetter
from pathlib import Path
from typing import Any

from workbench.arguments import flat_parameters, pack
from workbench.cli import opening
from workbench.cli.output import Output, ProgressLine, plain, plural
from workbench.cli.piped import text_of
from workbench.cli.table import Condition, Variant, command
from workbench.errors import InputError, NotFoundError, UsageError
from workbench.translation import tr


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
        several = "" in refusal.conditions and sum(map(has_value, target.several)) > 1
        if several or any(map(holds_true, filter(None, refusal.conditions))):
            raise UsageError(*(tr(text, **vars(arguments)) for text in refusal.message))
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
        elif success or not (variant.missing or variant.none or variant.complaint):
            self._lines()
        elif variant.none:
            output.remark(self._sentence(variant.none))
        if variant.complaint and not success:
            output.complaint(self._sentence(variant.complaint))
        if variant.missing and not success and not (output.as_json and variant.record):
            raise NotFoundError(*map(self._sentence, variant.missing))
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
            lambda name: self._value(self._result, name),
            lambda name: bool(self._value(self._result, name)),
        )

    def _value(self, row: Any, name: str) -> Any:
        """A field of a record, or an argument; “it” is the record, a number its item."""
        if name == "it":
            return row
        if name.isdecimal():
            return row[int(name)]
        return getattr(row, name) if hasattr(row, name) else self._arguments[name]

    def _sentence(self, text: str) -> str:
        values = {
            name: " ".join(map(str, value)) if isinstance(value, list) else value
            for name, value in self._arguments.items()
        }
        if nouns := self._variant.counts:
            values["count"] = plural(self._result, *nouns.split("/"))
        return tr(text, result=self._result, **values)

    def _record(self) -> None:
        from workbench.cli.render import as_json

        variant, output = self._variant, self._output
        for row in [self._result] if variant.array else self._rows():
            if variant.record is not None:
                fields = variant.record.items()
                output.record({key: self._value(row, name) for key, name in fields})
            else:
                added = {name: getattr(row, name) for name in variant.adds.split()}
                output.record({**plain(as_json(row)), **added} if added else as_json(row))

    def _rows(self) -> list[Any]:
        """The records of a result."""
        if isinstance(self._result, list):
            return self._result
        return [] if self._result is None and self._variant.record is None else [self._result]

    def _lines(self) -> None:
        from workbench.cli.lines.form import rendered
        from workbench.cli.render import print_lines, show

        variant, output = self._variant, self._output
        if variant.show:
            module, _, name = variant.show.partition(".")
            renderer = getattr(import_module(f"workbench.cli.lines.{module}"), name)
            print_lines(rendered(renderer, self._result, self._arguments), output)
        elif variant.line:
            output.result(self._sentence(variant.line))
        else:
            for row in self._rows():
                show(row, output, self._arguments)
        if variant.remark:
            output.remark(self._sentence(variant.remark))
