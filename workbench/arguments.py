"""The types of the arguments of public calls, and their validation.

A signature declares an argument as `Id`, `Limit`, `Number`, `Words` or `Exact`; for mypy these are
`int` and `str`. `checked` decorates a class: each of its public calls validates its arguments
first, so that no integer beyond SQLite's 64 bits, no lone surrogate and no list in place of a
number gets further. Related arguments are a record of `Options`; servers and commands take its
fields one by one.
"""

import inspect
import math
import operator
import os
import types
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache, wraps
from pathlib import Path
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from workbench.errors import InputError, NotFoundError, UsageError

T = TypeVar("T")
#: Takes the name and value of an argument; returns the value to use, or raises `UsageError`.
Check = Callable[[str, Any], Any]

_BITS = 1 << 63
#: Upper bound of counts: more rows than anybody reads, few enough to sort. Larger values are
#: clipped.
MAX_NUMBER = 1_000_000


@dataclass(frozen=True, slots=True)
class Kind:
    """The kind of an argument, by the name of its type."""

    name: str


def _int(name: str, value: Any) -> int:
    try:
        return operator.index(value)
    except TypeError:
        raise UsageError(
            f"“{name}” is not a whole number.", f"Give {name} as a number, such as 1."
        ) from None


def _id(name: str, value: Any) -> int:
    number = _int(name, value)
    if not -_BITS <= number < _BITS:
        raise NotFoundError(
            f"“{name}” is larger than any number in a library.",
            "Look the number up, such as with `workbench list sources`.",
        )
    return number


def _limit(name: str, value: Any) -> int:
    """The number, clipped to ±`MAX_NUMBER`."""
    return max(-MAX_NUMBER, min(_int(name, value), MAX_NUMBER))


def _number(name: str, value: Any) -> int:
    number = _int(name, value)
    if not -_BITS <= number < _BITS:
        raise UsageError(f"“{name}” is too large a number.", "Give one with at most 18 digits.")
    return number


def _float(name: str, value: Any) -> Any:
    if isinstance(value, bool | int | float):
        number = value
    else:
        try:
            number = float(value)
        except (TypeError, ValueError, OverflowError):
            raise _no_number(name) from None
    if isinstance(number, float) and math.isnan(number):
        raise _no_number(name)
    if not isinstance(number, float) and not -_BITS <= number < _BITS:
        raise UsageError(f"“{name}” is too large a number.", "Give one with at most 18 digits.")
    return number


def _bool(name: str, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    try:
        if operator.index(value) in (0, 1):
            return bool(value)
    except TypeError:
        pass
    raise UsageError(f"“{name}” must be true or false.", f"Give {name} as True or False.")


def _no_number(name: str) -> UsageError:
    return UsageError(f"“{name}” is not a number.", f"Give {name} as a number, such as 0.5.")


def _str(name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise UsageError(f"“{name}” is not text.", f"Give {name} as words in quotation marks.")
    return value


def _words(name: str, value: Any) -> str:
    """The text with U+FFFD for each lone surrogate, which UTF-8 cannot encode."""
    words = _str(name, value)
    if words.isascii():
        return words
    try:
        words.encode()
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= sign <= "\udfff" else sign for sign in words)
    return words


def _path(name: str, value: Any) -> Any:
    if not isinstance(value, str | os.PathLike):
        raise UsageError(f"“{name}” is neither a path nor a link.", "Give the name of a file.")
    if "\0" in str(value):
        raise InputError("A name cannot contain a zero byte.", "Check the name.")
    try:
        os.fsencode(value)
    except UnicodeEncodeError:
        raise InputError("A name cannot contain half a character.", "Check the name.") from None
    return value


#: The id of a source, statement, concept, job and so on.
Id = Annotated[int, Kind("id")]
#: How many rows, or how many steps.
Limit = Annotated[int, Kind("limit")]
#: Any other integer: an offset in a text, a page, a seed.
Number = Annotated[int, Kind("number")]
#: Text of users, of any length and in any language.
Words = Annotated[str, Kind("words")]
#: Text stored character by character; the call itself refuses what it cannot store.
Exact = Annotated[str, Kind("exact")]

_KINDS: dict[str, Check] = {
    "id": _id,
    "limit": _limit,
    "number": _number,
    "words": _words,
    "exact": _str,
}


class Options:
    """A frozen dataclass of related arguments, which are validated on construction."""

    __slots__ = ()

    def __post_init__(self) -> None:
        record: Any = type(self)
        for name, check in _field_checks(record):
            object.__setattr__(self, name, check(name, getattr(self, name)))


@cache
def _field_checks(cls: Any) -> list[tuple[str, Check]]:
    checks = [(field.name, check_of(field.type)) for field in fields(cls)]
    return [(name, check) for name, check in checks if check is not None]


def _records(call: Callable[..., Any]) -> dict[str, Any]:
    """The parameters of a call that are `Options`, with their classes."""
    return {
        name: parameter.annotation
        for name, parameter in inspect.signature(call).parameters.items()
        if isinstance(parameter.annotation, type) and issubclass(parameter.annotation, Options)
    }


def flat_parameters(call: Callable[..., Any]) -> dict[str, inspect.Parameter]:
    """The parameters of a call, with its options replaced by their fields."""
    records = _records(call)
    parameters: dict[str, inspect.Parameter] = {}
    for name, parameter in inspect.signature(call).parameters.items():
        if name not in records:
            parameters[name] = parameter
            continue
        for field in fields(records[name]):
            parameters[field.name] = inspect.Parameter(
                field.name, parameter.KEYWORD_ONLY, default=field.default, annotation=field.type
            )
    return parameters


def pack(call: Callable[..., Any], arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Collect the fields of options into their records."""
    packed = dict(arguments)
    for name, record in _records(call).items():
        names = [field.name for field in fields(record) if field.name in packed]
        packed[name] = record(**{field: packed.pop(field) for field in names})
    return packed


def unpack(call: Callable[..., Any], arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The inverse of `pack`, without options at their defaults."""
    unpacked = dict(arguments)
    for name, record in _records(call).items():
        options = unpacked.pop(name, None)
        for field in fields(record) if options is not None else ():
            if getattr(options, field.name) != field.default:
                unpacked[field.name] = getattr(options, field.name)
    return unpacked


def checked(cls: type[T]) -> type[T]:
    """Make every public call of a class validate its arguments by their types."""
    for name in dir(cls):
        if name.startswith("_"):
            continue
        static = inspect.getattr_static(cls, name)
        if isinstance(static, staticmethod | classmethod):
            call = _checking(static.__func__)
            if call is not None:
                setattr(cls, name, type(static)(call))
        elif inspect.isfunction(static):
            call = _checking(static)
            if call is not None:
                setattr(cls, name, call)
    return cls


def _checking(call: Callable[..., Any]) -> Callable[..., Any] | None:
    """Wrap a call in checks of its arguments; None if none of them is checked."""
    signature = inspect.signature(call)
    checks: dict[str, Check] = {}
    for name, parameter in signature.parameters.items():
        check = check_of(parameter.annotation)
        if check is not None and parameter.kind is not parameter.VAR_KEYWORD:
            checks[name] = (
                _member_check(check) if parameter.kind is parameter.VAR_POSITIONAL else check
            )
    if not checks:
        return None

    @wraps(call)
    def checked_call(*args: Any, **keywords: Any) -> Any:
        bound = signature.bind(*args, **keywords)
        for name, check in checks.items():
            if name in bound.arguments:
                bound.arguments[name] = check(name, bound.arguments[name])
        return call(*bound.args, **bound.kwargs)

    return checked_call


def check_of(annotation: Any) -> Check | None:
    """The check for a type; None if nothing is checked."""
    if get_origin(annotation) is Annotated:
        kinds = [kind for kind in annotation.__metadata__ if isinstance(kind, Kind)]
        return _KINDS[kinds[0].name] if kinds else None
    if annotation is bool:
        return _bool
    if annotation is float:
        return _float
    if annotation is Path:
        return _path
    if isinstance(annotation, type) and annotation.__module__.startswith(("workbench.", "ingest.")):
        return _of(annotation)
    origin = get_origin(annotation)
    if origin in (Union, types.UnionType):
        return _union_check(get_args(annotation))
    if origin is Callable:
        return _callable
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _mapping(*map(check_of, get_args(annotation)))
    if isinstance(origin, type) and issubclass(origin, Sequence | Collection):
        arguments = get_args(annotation)
        each = check_of(arguments[0]) if len(arguments) == 1 else None
        return None if each is None else _member_check(each)
    return None


def _of(kind: type[Any]) -> Check:
    """The check for a record of another call, or another class of the program."""

    def check(name: str, value: Any) -> Any:
        if not isinstance(value, kind):
            raise UsageError(
                f"“{name}” is of the wrong type.", f"Give an object of {kind.__name__}."
            )
        return value

    return check


def _callable(name: str, value: Any) -> Any:
    if not callable(value):
        raise UsageError(f"“{name}” cannot be called.", f"Give a function as {name}.")
    return value


def _mapping(key: Check | None, member: Check | None) -> Check:
    """The check of a mapping's keys and values."""

    def check(name: str, value: Any) -> Any:
        if not isinstance(value, Mapping):
            raise UsageError(f"“{name}” is not a mapping.", f"Give {name} as a dictionary.")
        return {
            item if key is None else key(name, item): at if member is None else member(name, at)
            for item, at in value.items()
        }

    return check


def _member_check(check_member: Check) -> Check:
    """The check of a collection's members."""

    def check(name: str, value: Any) -> Any:
        if isinstance(value, str | bytes) or not isinstance(value, Collection):
            raise UsageError(f"“{name}” is not a list.", f"Give {name} as a list, such as [1, 2].")
        checked = [check_member(name, member) for member in value]
        # Other collections, such as arrays, become lists.
        kind: Callable[[list[Any]], Any] = type(value)
        return kind(checked) if isinstance(value, tuple | set | frozenset) else checked

    return check


def _union_check(alternatives: Sequence[Any]) -> Check | None:
    """The check of a union; the value selects the member."""
    checks = [
        (alternative, check_of(alternative))
        for alternative in alternatives
        if alternative is not type(None)
    ]
    if all(check is None for _, check in checks) and str not in alternatives:
        return None
    optional = type(None) in alternatives
    if Path in alternatives:
        # A `str` in a union with `Path` is a path or a link.
        checks = [(each, _path if each in (str, Path) else check) for each, check in checks]

    def check(name: str, value: Any) -> Any:
        if value is None and optional:
            return None
        selected = None
        for alternative, alternative_check in checks:
            if alternative_check is not None and _fits(alternative, value):
                selected = alternative_check
                break
            if (
                alternative_check is None
                and isinstance(alternative, type)
                and isinstance(value, alternative)
            ):
                # Of an unchecked type, such as bytes.
                return value
        if selected is None:
            # No member fits: the last one raises the error.
            selected = next(found for _, found in reversed(checks) if found is not None)
        return selected(name, value)

    return check


def _fits(annotation: Any, value: Any) -> bool:
    """Whether a value can be of a type, so that its check applies."""
    plain = get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation
    origin = get_origin(plain)
    if origin is Callable:
        return callable(value)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return isinstance(value, Mapping)
    if origin is not None:
        return isinstance(value, Collection) and not isinstance(value, str | bytes)
    if plain is float:
        return isinstance(value, float | int) and not isinstance(value, bool)
    if plain is int:
        return hasattr(value, "__index__")
    return isinstance(value, plain)
