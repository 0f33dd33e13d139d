"""The house keeps its shape: imports go one way, public names are the listed ones."""

import ast
import re
import shutil
import subprocess
import sys
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


def test_the_rooms_are_those_of_the_page_each_with_its_sentence() -> None:
    page = (_ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^- `([a-z_/]+)`: (.+)$", page, re.MULTILINE))
    rooms = {
        file.parent.relative_to(_ROOT).as_posix(): ast.get_docstring(ast.parse(file.read_bytes()))
        for top in ("workbench", "ingest")
        for file in (_ROOT / top).rglob("__init__.py")
    }
    del rooms["workbench"]
    assert told == {room: (words or "").split("\n")[0] for room, words in rooms.items()}


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


@cache
def _modules() -> dict[str, ast.Module]:
    """The product's modules by their paths."""
    return {
        file.relative_to(_ROOT).as_posix(): ast.parse(file.read_bytes())
        for top in ("workbench", "ingest")
        for file in (_ROOT / top).rglob("*.py")
    }


#: Goes with the older grammar of told statements.
_OLDER = "workbench/memory/facts/"


def test_one_module_says_what_a_question_is() -> None:
    names = {"is_question", "asks", "is_asked", "is_interrogative"}
    found = {
        name
        for name, module in _modules().items()
        for node in ast.walk(module)
        if isinstance(node, ast.FunctionDef) and node.name.lstrip("_") in names
        if not name.startswith(_OLDER)
    }
    assert found == {"ingest/language/question_detection.py"}


def test_number_words_months_and_weekdays_are_read_from_the_data() -> None:
    numbers = {"three", "four", "five", "seven", "eight", "eleven", "twelve", "fifth", "seventh"}
    calendar = {"january", "february", "april", "october", "monday", "tuesday", "wednes", "sunday"}

    def lists(statement: ast.stmt) -> bool:
        text = " ".join(
            node.value
            for node in ast.walk(statement)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        )
        words = set(re.findall(r"[a-z]+", text.lower()))
        return len(words & numbers) > 2 or len(words & calendar) > 2

    found = {
        name
        for name, module in _modules().items()
        for statement in module.body
        if isinstance(statement, (ast.Assign, ast.AnnAssign)) and lists(statement)
    }
    assert found == set()


def test_the_tokenizers_are_those_of_the_index_and_of_the_grammar() -> None:
    found = {
        name
        for name, module in _modules().items()
        for node in ast.walk(module)
        if isinstance(node, ast.ClassDef) and node.name == "Token"
        if not name.startswith(_OLDER)
    }
    # `triples.tokens` cuts what `language.tagging` joins.
    assert found == {
        "workbench/memory/words.py", "ingest/language/records.py", "ingest/triples/tokens.py",
    }  # fmt: skip
    # Sums, words of sources and the checking of answers have patterns of their own.
    cutting = {
        name
        for name, module in _modules().items()
        for node in ast.walk(module)
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        if node.targets[0].id == "_TOKEN" and not name.startswith((_OLDER, "ingest/books/"))
    }
    assert cutting == {
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
        "workbench/memory/concepts/clauses.py",
        "workbench/recall/checking/clauses.py",
    ),
    "Question": ("ingest/language/questions.py",),
    "Sentence": ("ingest/language/records.py", "workbench/memory/schemas/sentences.py"),
}


def test_text_is_analysed_by_no_further_module() -> None:
    defined: dict[str, set[str]] = {name: set() for name in _ANALYSES}
    for top in ("workbench", "ingest"):
        for file in (_ROOT / top).rglob("*.py"):
            for node in ast.parse(file.read_bytes()).body:
                if isinstance(node, ast.ClassDef) and node.name in defined:
                    defined[node.name].add(file.relative_to(_ROOT).as_posix())
    assert {name: set(files) for name, files in _ANALYSES.items()} == defined


def test_no_module_gives_one_name_two_values() -> None:
    twice = []
    for room in ("ingest", "workbench"):
        for file in sorted((_ROOT / room).rglob("*.py")):
            targets: list[ast.expr] = []
            for node in ast.parse(file.read_text(encoding="utf-8")).body:
                if isinstance(node, ast.Assign):
                    targets += node.targets
                elif isinstance(node, ast.AnnAssign) and node.value is not None:
                    targets.append(node.target)
            names = [
                name.id
                for target in targets
                for name in (target.elts if isinstance(target, ast.Tuple) else [target])
                if isinstance(name, ast.Name)
            ]
            twice += [f"{file.name}: {name}" for name in {*names} if names.count(name) > 1]
    assert twice == []
