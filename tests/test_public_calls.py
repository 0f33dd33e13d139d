"""Whatever is given to a public call, it answers or says in a sentence what is wrong."""

import inspect
import math
import operator
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import pytest

from workbench import Library
from workbench.arguments import Kind, check_of, flat_parameters, pack
from workbench.errors import WorkbenchError
from workbench.library.groups import GROUPS
from workbench.once import once
from workbench.recall.records import Answer

_TEXT = """The harbour of Bredal is deep. The ferry to Skagen leaves at noon. Maria Lindqvist built
the lighthouse at Skagen in 1862. The lighthouse burned rape oil until 1904.
"""

#: What is no value of any argument, or hardly one.
_WORDS: list[Any] = [
    "\ud800", "harbour\x00deep", 7, "", "\u202e\u2066", "%s{0}\\", "'\"; --", "x" * 20_000,
    "(" * 3_000, "²", "9" * 5_000, "../..", "nan", "a\udfffb", [], b"\xff",
]  # fmt: skip
_EXACT: list[Any] = ["", "a\udfffb", "x" * 20_000, 7, None]
_NUMBERS: list[Any] = [
    0, -1, 2**63 - 1, 2**63, 10**18, "7", 2**31, -(2**63) - 1, 10**400, 1.5, math.nan, None, [],
]  # fmt: skip
_FLOATS: list[Any] = [
    math.nan, 1e308, 10**400, "x", 0, -1.0, math.inf, -math.inf, 5e-324, 2**64, None, [],
]  # fmt: skip
_LISTS: list[Any] = ["harbour", 7, None, {}, range(3)]

#: They take seconds: of them fewer values are tried unless all are.
_COSTLY = {"brain.dream", "brain.recall", "brain.replay", "brain.beside_answer", "queue.playlist"}
#: They end, open or wait: for tests of their own.
_APART = {"close", "open", "subscribe"}


def calls() -> list[str]:
    """Every public call of the library and of its groups, as it is written after `library.`."""
    found = []
    for prefix, kind in (("", Library), *((f"{name}.", kind) for name, kind in GROUPS.items())):
        for name in dir(kind):
            static = inspect.getattr_static(kind, name)
            if not name.startswith("_") and not isinstance(static, property | once):
                found.append(prefix + name)
    return found


def parameters(name: str) -> dict[str, inspect.Parameter]:
    group, _, call = name.rpartition(".")
    given = flat_parameters(getattr(GROUPS.get(group, Library), call))
    given.pop("self", None)
    return given


def kinds_of(annotation: Any) -> Iterator[Any]:
    """What an argument may be: names of `Kind`, classes, and ("list", of what)."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from (each.name for each in annotation.__metadata__ if isinstance(each, Kind))
    elif origin in (Union, UnionType):
        for each in get_args(annotation):
            yield from kinds_of(each)
    elif origin in (Callable, Mapping):
        yield object
    elif origin is not None:
        yield "list", *(kind for each in get_args(annotation)[:1] for kind in kinds_of(each))
    else:
        yield annotation


def plain(kind: Any, tmp_path: Path, answer: Answer) -> Any:
    """A value that an argument of this kind may well have."""
    usual = {"id": 1, "limit": 3, "number": 1, "words": "harbour", "exact": "deep", float: 1.0}
    if isinstance(kind, tuple):
        return [plain(kind[1], tmp_path, answer)] if len(kind) > 1 else []
    if kind is Answer:
        return answer
    if kind in (Path, str):
        return str(tmp_path / "text.txt")
    return usual.get(kind)


def odd(kind: Any, every: bool) -> Iterator[Any]:
    """Odd values of a kind: all of them, or those that have done harm before."""
    if isinstance(kind, tuple):
        yield from _LISTS if every else _LISTS[:2]
        yield []
        for each in kind[1:]:
            for value in odd(each, every):
                yield [value]
        if len(kind) > 1 and kind[1] == "id":
            yield list(range(70_000))
    elif kind == "exact":
        # Each costs what makes a secret hard to guess.
        yield from _EXACT if every else _EXACT[1:2]
    elif kind in ("words", str, Path):
        yield from _WORDS if every else _WORDS[:3]
    elif kind in ("id", "limit", "number"):
        yield from _NUMBERS if every else _NUMBERS[:6]
    elif kind is float:
        yield from _FLOATS if every else _FLOATS[:4]
    elif kind is bool:
        yield from (True, False, " " * 9, "yes", 7, None, [])
    elif isinstance(kind, type) and kind is not NoneType:
        yield from (7, "x")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with a source, a fact and a collection, for every test to copy."""
    folder = tmp_path_factory.mktemp("odd")
    (folder / "text.txt").write_text(_TEXT, encoding="utf-8")
    with Library.open(folder / "odd.brain") as library:
        library.add([folder / "text.txt"])
        library.facts.tell("The harbour is deep.")
        library.collections.create("harbour")
    return folder


@pytest.mark.parametrize("name", [name for name in calls() if name not in _APART])
@pytest.mark.parametrize("every", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_no_value_is_too_odd(
    name: str, every: bool, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for file in ("odd.brain", "text.txt"):
        shutil.copyfile(made / file, tmp_path / file)
    # From here “../..” is a folder of this test, not of every other one.
    inside = tmp_path / "deep" / "deeper"
    inside.mkdir(parents=True)
    monkeypatch.chdir(inside)
    wrong: list[str] = []
    with Library.open(tmp_path / "odd.brain") as library:
        answer = library.ask("Who built the lighthouse?", quotes=True)
        asked = parameters(name)
        for about, parameter in asked.items():
            usual: dict[str, Any] = {}
            for other, each in asked.items():
                if each.default is each.empty and each.kind is not each.VAR_KEYWORD:
                    kinds = list(kinds_of(each.annotation))
                    usual[other] = plain(kinds[0], tmp_path, answer)
            many = [each for each in asked.values() if each.kind is each.VAR_POSITIONAL]
            values = [v for kind in kinds_of(parameter.annotation) for v in odd(kind, every)]
            for value in values[:: 4 if name in _COSTLY and not every else 1]:
                given = {**usual, about: value}
                if parameter.kind is parameter.VAR_KEYWORD:
                    given = {**usual, "harbour": value}
                rest = [given.pop(each.name) for each in many]
                try:
                    call = operator.attrgetter(name)(library)
                    call(*rest, **pack(call, given))
                except WorkbenchError as error:
                    if not error.message.endswith((".", "?", "!")) or "\ud800" in str(error):
                        wrong.append(f"{about}={value!a:.60}: no sentence: {error.message!a:.100}")
                except Exception as error:  # noqa: BLE001 - this is what the test is about
                    wrong.append(
                        f"{about}={value!a:.60}: {type(error).__name__}: {str(error)!a:.120}"
                    )
        if name not in ("sources.delete", "sources.trash", "facts.forget"):
            assert library.ask("Who built the lighthouse?", quotes=True).evidence
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("group", ["facts", "notes", "graph", "memory", "sleep", "brain"])
def test_no_call_takes_more_than_seven_arguments(group: str) -> None:
    for name in calls():
        if name.startswith(f"{group}."):
            call = getattr(GROUPS[group], name.rpartition(".")[2])
            assert len(inspect.signature(call).parameters) - 1 <= 7, name


def test_every_argument_has_one_of_the_types_that_are_checked() -> None:
    """So that no call that comes later takes a number or words that nobody has looked at."""
    bare = []
    for name in calls():
        for about, parameter in parameters(name).items():
            annotation = parameter.annotation
            texts = Path in get_args(annotation)
            for kind in kinds_of(annotation):
                inner = kind[1:] if isinstance(kind, tuple) else (kind,)
                if int in inner or (str in inner and not texts and Path not in inner):
                    bare.append(f"{name}({about}: {annotation})")
            if annotation is float:
                assert check_of(annotation) is not None
    assert not bare, "\n".join(bare)
