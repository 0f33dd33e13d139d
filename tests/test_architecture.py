"""The house keeps its shape: imports go one way, public names are the listed ones."""

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

import ingest
import workbench
from tests.patience import seconds

_ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.slow
def test_imports_go_one_way() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import sys; from importlinter.cli import lint_imports_command;"
         "sys.argv=['lint-imports', '--no-cache']; lint_imports_command()"],
        cwd=_ROOT, capture_output=True, text=True, timeout=seconds(100), check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("package", [workbench, ingest])
def test_public_names_are_there_and_sorted(package: object) -> None:
    names = package.__all__  # type: ignore[attr-defined]
    assert all(hasattr(package, name) for name in names)
    assert len(set(names)) == len(names)


def test_the_notebook_door_is_exactly_this() -> None:
    assert set(workbench.__all__) == {"AsyncLibrary", "Library", "__version__"}


def test_one_version_is_in_the_program_the_citation_and_the_changelog() -> None:
    citation = (_ROOT / "CITATION.cff").read_text("utf-8")
    assert f"\nversion: {workbench.__version__}\n" in citation
    (day,) = re.findall(r'^date-released: "(\S+)"$', citation, re.MULTILINE)
    changes = (_ROOT / "CHANGELOG.md").read_text("utf-8")
    headings = re.findall(r"^## (.+)$", changes, re.MULTILINE)
    assert headings[:2] == ["[Unreleased]", f"[{workbench.__version__}] - {day}"]


def test_the_top_level_holds_the_layout_and_nothing_else() -> None:
    if shutil.which("git") is None:
        pytest.skip("git, which lists the files, is not installed")
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=_ROOT, capture_output=True, text=True, check=False
    )
    if tracked.returncode:
        pytest.skip("not a git checkout: the source archive is built from the same list")
    top = {line.split("/")[0] for line in tracked.stdout.splitlines()}
    assert {name for name in top if not name.startswith(".")} <= {
        "pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "ARCHITECTURE.md",
        "CONTRIBUTING.md", "CITATION.cff",
        "workbench", "ingest", "resources", "tests", "packaging",
    }  # fmt: skip


def test_each_package_says_in_a_sentence_what_is_in_it() -> None:
    silent = [
        file.parent.relative_to(_ROOT).as_posix()
        for top in ("workbench", "ingest")
        for file in (_ROOT / top).rglob("__init__.py")
        if not (ast.get_docstring(ast.parse(file.read_bytes())) or "").split("\n")[0].endswith(".")
    ]
    assert silent == []


@pytest.mark.parametrize("page", ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_what_a_page_names_is_there(page: str) -> None:
    words = (_ROOT / page).read_text(encoding="utf-8")
    files = re.findall(r"`((?:workbench|ingest|tests|packaging|resources)/[\w/.]+)`", words)
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", words)
    modules = re.findall(
        r"`((?:intake|recall|memory|store|space|ui|sleep|care)(?:\.[a-z_]+)+)`", words
    )
    missing = [name for name in files + links if not (_ROOT / name).exists()]
    for name in modules:
        place = _ROOT / "workbench" / Path(*name.split("."))
        if not (place.is_dir() or place.with_suffix(".py").is_file()):
            missing.append(name)
    assert missing == []


@dataclass
class _Module:
    """What a module defines, on any level, and the values at its top."""

    classes: set[str] = field(default_factory=set)
    functions: set[str] = field(default_factory=set)
    assigned: set[str] = field(default_factory=set)
    #: Names that its own statements give a value, as often as they do.
    names: list[str] = field(default_factory=list)
    #: The strings in each of those statements.
    texts: list[str] = field(default_factory=list)


@cache
def _modules() -> dict[str, _Module]:
    """The product's modules by their paths, each read once."""
    return {
        file.relative_to(_ROOT).as_posix(): _read(ast.parse(file.read_bytes()))
        for top in ("workbench", "ingest")
        for file in (_ROOT / top).rglob("*.py")
    }


def _read(tree: ast.Module) -> _Module:
    module = _Module()
    left: list[ast.AST] = [tree]
    while left:
        node = left.pop()
        if isinstance(node, ast.ClassDef):
            module.classes.add(node.name)
        elif isinstance(node, ast.FunctionDef):
            module.functions.add(node.name)
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            module.assigned.add(node.targets[0].id)
        # Only statements hold statements, and these are all there is to find.
        left += [each for each in ast.iter_child_nodes(node) if isinstance(each, _HOLDERS)]
    for statement in tree.body:
        if isinstance(statement, (ast.Assign, ast.AnnAssign)):
            targets = (
                [statement.target] if isinstance(statement, ast.AnnAssign) else statement.targets
            )
            if statement.value is not None:
                for target in targets:
                    parts = target.elts if isinstance(target, ast.Tuple) else [target]
                    module.names += [part.id for part in parts if isinstance(part, ast.Name)]
            module.texts.append(
                " ".join(
                    node.value
                    for node in ast.walk(statement)
                    if isinstance(node, ast.Constant) and isinstance(node.value, str)
                )
            )
    return module


_HOLDERS = (ast.stmt, ast.ExceptHandler, ast.match_case)


#: Goes with the older grammar of told statements.
_OLDER = "workbench/memory/facts/"


def _where(defines: Callable[[_Module], bool], *, older: bool = False) -> set[str]:
    """The modules that define something; of the older grammar, too."""
    return {
        name
        for name, module in _modules().items()
        if defines(module) and (older or not name.startswith(_OLDER))
    }


def test_one_module_says_what_a_question_is() -> None:
    names = {"is_question", "asks", "is_asked", "is_interrogative"}
    found = _where(lambda module: any(name.lstrip("_") in names for name in module.functions))
    assert found == {"ingest/language/question_detection.py"}


def test_number_words_months_and_weekdays_are_read_from_the_data() -> None:
    numbers = {"three", "four", "five", "seven", "eight", "eleven", "twelve", "fifth", "seventh"}
    calendar = {"january", "february", "april", "october", "monday", "tuesday", "wednes", "sunday"}

    def lists(text: str) -> bool:
        words = set(re.findall(r"[a-z]+", text.lower()))
        return len(words & numbers) > 2 or len(words & calendar) > 2

    assert _where(lambda module: any(map(lists, module.texts)), older=True) == set()


def test_the_tokenizers_are_those_of_the_index_and_of_the_grammar() -> None:
    # `triples.tokens` cuts what `language.tagging` joins.
    assert _where(lambda module: "Token" in module.classes) == {
        "workbench/memory/words.py", "ingest/language/records.py", "ingest/triples/tokens.py",
    }  # fmt: skip
    # Sums, words of sources and the checking of answers have patterns of their own.
    cutting = _where(lambda module: "_TOKEN" in module.assigned)
    assert {name for name in cutting if not name.startswith("ingest/books/")} == {
        "workbench/memory/words.py", "ingest/triples/tokens.py",
        "workbench/memory/turn/arithmetic.py", "workbench/memory/graph/source_words.py",
        "workbench/recall/checking/clauses.py",
    }  # fmt: skip


#: Which modules define what an analysis of text holds. The first of each is the one of told
#: statements and questions; the others are left to go, and none may come.
_ANALYSES = {
    "Token": (
        "ingest/language/records.py",
        "ingest/triples/tokens.py",
        "workbench/memory/words.py",
    ),
    "Clause": (
        "ingest/language/records.py",
        "workbench/memory/concepts/concept_roles.py",
        "workbench/recall/checking/clauses.py",
    ),
    "Question": ("ingest/language/questions.py",),
    "Sentence": ("ingest/language/records.py", "workbench/memory/schemas/sentences.py"),
}


@pytest.mark.parametrize("analysis", _ANALYSES)
def test_text_is_analysed_by_no_further_module(analysis: str) -> None:
    found = _where(lambda module: analysis in module.classes, older=True)
    assert found == set(_ANALYSES[analysis])


def test_no_module_gives_one_name_two_values() -> None:
    twice = [
        f"{path}: {name}"
        for path, module in _modules().items()
        for name in set(module.names)
        if module.names.count(name) > 1
    ]
    assert twice == []
