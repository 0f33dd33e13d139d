"""No sentence in the window sends anybody to a command line."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import ingest
import workbench
from workbench.ui.components.pointing import place, pointed

#: What only the command line does.
_TYPED = ("export", "project")


def _sentences() -> Iterator[str]:
    """Every string of the program that is neither documentation nor of the command line."""
    for package in (workbench, ingest):
        root = Path(str(package.__file__)).parent
        for file in sorted(root.rglob("*.py")):
            if file.relative_to(root).parts[0] != "cli":
                yield from _strings(ast.parse(file.read_text(encoding="utf-8")))


def _strings(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            node.value.value = ""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


@pytest.mark.slow
def test_every_command_that_a_sentence_names_has_its_place_in_the_window() -> None:
    named = {
        part.removeprefix("workbench ")
        for said in _sentences()
        for part in said.split("`")[1::2]
        if part.startswith("workbench ") and part[10].isalpha()
    }
    assert "list sources" in named
    assert not {each for each in named if place(each) is None and not each.startswith(_TYPED)}


@pytest.mark.parametrize(
    ("advice", "said"),
    [
        ("See `workbench list tags`.", "See “Library › Tags…”."),
        ("See `workbench list sources`.", "See the Library."),
        (
            "Load it with `workbench speech get base`, or see `workbench speech`.",
            "Load it in “Settings › Models”.",
        ),
        ("Retry it; if that fails, run `workbench verify`.",
         "Retry it; if that fails, run “File › Verify Library”."),
        ("Choose a file that `workbench export` has made.",) * 2,
        ("Write `this` instead.",) * 2,
        ("",) * 2,
    ],
)  # fmt: skip
def test_advice_is_told_as_a_place(advice: str, said: str) -> None:
    assert pointed(advice) == said
