"""The exact versions in constraints.txt: of everything that is installed here, and nothing else."""

import re
import runpy
import sys
import tomllib
from importlib.metadata import distributions
from pathlib import Path
from types import SimpleNamespace

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PACKAGING = ROOT / "packaging"
LINES = [
    line
    for line in (PACKAGING / "constraints.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
PINS = [Requirement(line) for line in LINES]


def test_a_pin_is_a_single_version_and_names_no_host() -> None:
    for pin in PINS:
        assert re.fullmatch(r"==[^*,]+", str(pin.specifier)), pin
        assert pin.url is None


def test_requirements_of_the_project_are_pinned_for_all_pythons() -> None:
    lines = list(PROJECT["project"]["dependencies"])
    for extra in PROJECT["project"]["optional-dependencies"].values():
        lines += extra
    for group in PROJECT["dependency-groups"].values():
        lines += [member for member in group if isinstance(member, str)]
    for requirement in map(Requirement, lines):
        name = canonicalize_name(requirement.name)
        candidates = [pin for pin in PINS if canonicalize_name(pin.name) == name]
        assert candidates, f"{name} is not pinned: run packaging/pin.py"
        for python in ("3.11.7", "3.12.1", "3.13.0"):
            environment = {
                "python_version": python.rpartition(".")[0],
                "python_full_version": python,
            }
            if requirement.marker and not requirement.marker.evaluate(environment):
                continue
            (pin,) = [p for p in candidates if not p.marker or p.marker.evaluate(environment)]
            (version,) = [specifier.version for specifier in pin.specifier]
            assert requirement.specifier.contains(version, prereleases=True), (requirement, pin)


def test_pinned_packages_run_on_the_lowest_python_of_the_project() -> None:
    """A pin of a later Python alone cannot be resolved, and nothing installs any more."""
    lowest = PROJECT["project"]["requires-python"].removeprefix(">=") + ".0"
    pins = {
        canonicalize_name(pin.name)
        for pin in PINS
        if not pin.marker or pin.marker.evaluate({"python_full_version": lowest})
    }
    installed = [p for p in distributions() if canonicalize_name(p.metadata["Name"]) in pins]
    assert len(installed) > 50
    for package in installed:
        told = "Requires-Python" in package.metadata
        pythons = SpecifierSet(package.metadata["Requires-Python"] or "" if told else "")
        assert pythons.contains(lowest), (package.metadata["Name"], str(pythons))


@pytest.mark.slow
def test_installed_packages_have_their_pinned_version() -> None:
    pins = {
        canonicalize_name(pin.name): pin for pin in PINS if not pin.marker or pin.marker.evaluate()
    }
    installed = {
        canonicalize_name(package.metadata["Name"]): package for package in distributions()
    }
    required = {
        canonicalize_name(requirement.name)
        for name, package in installed.items()
        if name in {*pins, "engram-workbench"}
        for requirement in map(Requirement, package.requires or ())
        if not requirement.marker or requirement.marker.evaluate({"extra": ""})
    }
    for name in sorted(installed.keys() & (required | pins.keys())):
        assert name in pins, f"{name} is not pinned: run packaging/pin.py"
        assert pins[name].specifier.contains(installed[name].version, prereleases=True), name


def test_the_workspace_has_a_member_that_depends_on_all_pins(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert PROJECT["tool"]["uv"]["workspace"]["members"] == ["packaging/pins"]
    # What builds the member is fetched by uv and not installed here.
    interface = "hatchling.metadata.plugin.interface"
    monkeypatch.setitem(sys.modules, interface, SimpleNamespace(MetadataHookInterface=object))
    for package in ("hatchling", "hatchling.metadata", "hatchling.metadata.plugin"):
        monkeypatch.setitem(sys.modules, package, SimpleNamespace())
    hook = runpy.run_path(str(PACKAGING / "pins" / "hatch_build.py"))["PinnedDependencies"]()
    hook.root = str(PACKAGING / "pins")
    metadata: dict[str, list[str]] = {}
    hook.update(metadata)
    assert metadata == {"dependencies": LINES}


def test_each_line_that_installs_without_uv_s_project_takes_the_tested_versions() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    lines = re.findall(r"uv tool install[^`\n]*|^pip install (?!uv ).*", readme, re.MULTILINE)
    assert len(lines) >= 3
    assert all(
        "-c" in line or "--constraints" in line or "--require-hashes" in line for line in lines
    )


def test_what_users_install_has_hashes_of_the_pinned_versions() -> None:
    text = (PACKAGING / "hashes.txt").read_text(encoding="utf-8").replace("\\\n", "")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    hashed = [re.split(r"\s+--hash=sha256:", line) for line in lines]
    assert all(re.fullmatch(r"[0-9a-f]{64}", each) for _, *hashes in hashed for each in hashes)
    assert all(hashes for _, *hashes in hashed)
    assert {line for line, *_ in hashed} <= {*LINES}
    named = {canonicalize_name(Requirement(line).name) for line, *_ in hashed}
    extras = PROJECT["project"]["optional-dependencies"]
    for name, lines in {**extras, "": PROJECT["project"]["dependencies"]}.items():
        if name != "vision":
            assert {canonicalize_name(Requirement(line).name) for line in lines} <= named, name


def test_pin_resolves_with_all_files_that_metadata_are_built_from() -> None:
    sources = runpy.run_path(str(PACKAGING / "pin.py"))["_SOURCES"]
    hooks = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["hooks"]
    for hook in hooks.values():
        assert hook["path"] in sources


def test_extras_but_the_one_with_torch_are_there_for_developers() -> None:
    extras = PROJECT["project"]["optional-dependencies"]
    lines = {line for name, extra in extras.items() if name != "vision" for line in extra}
    assert lines <= {line for line in PROJECT["dependency-groups"]["dev"] if isinstance(line, str)}


def test_readme_states_the_measured_size_of_what_users_install() -> None:
    script = runpy.run_path(str(PACKAGING / "installed_size.py"))
    found = script["sizes"]()
    assert {"pyside6-essentials", "ctranslate2", "numpy"} <= found.keys()
    assert not {"faster-whisper", "onnxruntime", "av", "torch", "pytest", "mypy"} & found.keys()
    figure = script["readme_figure"](found)
    assert f"about {figure}, once" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert sum(found.values()) <= 900e6


def test_ci_runs_the_test_command_of_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (command,) = re.findall(r"^(pip install uv && uv run .*?pytest) ", readme, re.MULTILINE)
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert command in ci.splitlines()
