"""What may be part of the product: the rule, and that what we depend on keeps it."""

import importlib.util
import json
import re
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from itertools import chain
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def licences() -> ModuleType:
    """The script, which lies beside the package and in no package itself."""
    import sys

    spec = importlib.util.spec_from_file_location("licences", ROOT / "packaging" / "licences.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["licences"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("licence", "forbidden"),
    [
        ("MIT", False),
        ("LGPL-3.0-only", False),
        ("LGPL-3.0-only OR GPL-2.0-only", False),
        ("GPL-2.0-or-later WITH Bootloader-exception", False),
        ("GPL-3.0-only", True),
        ("GPLv3", True),
        ("AGPL-3.0-or-later", True),
        ("GPL-2.0-only OR GPL-3.0-only", True),
        ("GNU General Public License v3 (GPLv3)", True),
        ("MIT AND GPL-3.0-only", True),
    ],
)
def test_the_gpl_is_told_from_what_only_sounds_like_it(
    licences: ModuleType, licence: str, forbidden: bool
) -> None:
    assert licences.forbidden(licence) is forbidden


def test_p4_nothing_that_the_program_needs_is_under_the_gpl(licences: ModuleType) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lines = [*project["dependencies"], *project["optional-dependencies"]["speech"]]
    names = {each.split(">")[0].split(";")[0].strip() for each in lines}
    for name in names:
        licence = licences.licence_of(distribution(name))
        assert licence, name
        assert not licences.forbidden(licence), (name, licence)


def needed(names: set[str]) -> set[str]:
    """These distributions, and those that they need, as far as they are installed."""
    found: set[str] = set()
    waiting = [name.lower().replace("_", "-") for name in names]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        try:
            lines = distribution(name).requires or []
        except PackageNotFoundError:
            # For another system.
            continue
        found.add(name)
        waiting += [
            re.split(r"[^\w.-]", line)[0].lower().replace("_", "-")
            for line in lines
            if "extra ==" not in line
        ]
    return found


def test_every_licence_that_is_not_permissive_is_named(licences: ModuleType) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = chain.from_iterable(project["optional-dependencies"].values())
    lines = [*project["dependencies"], *extras]
    readme = (ROOT / "README.md").read_text("utf-8").lower()
    # Under the name of what people know.
    called = {"pyside6-essentials": "pyside6", "shiboken6": "pyside6", "av": "pyav"}
    for name in needed({re.split(r"[^\w.-]", line)[0] for line in lines}):
        licence = licences.licence_of(distribution(name))
        if any(word in licence for word in ("LGPL", "Lesser", "MPL", "Mozilla")):
            assert called.get(name, name) in readme, (name, licence)


@pytest.mark.slow
def test_a_file_of_unknown_origin_stops_the_build(licences: ModuleType, tmp_path: Path) -> None:
    stray = tmp_path / "libreadline.so.8"
    stray.write_bytes(b"")
    own = ROOT / "workbench" / "version.py"
    with pytest.raises(licences.Unlicensed, match="libreadline"):
        licences.components([("libreadline.so.8", str(stray)), ("v.py", str(own))], ROOT)


@pytest.mark.slow
def test_parts_are_named_by_the_files_that_came_along(licences: ModuleType, tmp_path: Path) -> None:
    import platformdirs

    own = ROOT / "workbench" / "version.py"
    contents = [("a", str(own)), ("b", str(Path(platformdirs.__file__)))]
    parts = licences.components(contents, ROOT)
    assert {part.name for part in parts} == {"python", "engram-workbench", "platformdirs"}
    licences.write(parts, tmp_path / "LICENSES")
    told = (tmp_path / "LICENSES" / "LICENSES.md").read_text("utf-8")
    assert "| platformdirs |" in told
    assert list((tmp_path / "LICENSES" / "platformdirs").iterdir())
    assert (tmp_path / "LICENSES" / "engram-workbench" / "english-words.txt").is_file()


@pytest.mark.slow
def test_the_bill_of_materials_is_valid_and_the_same_each_time(
    licences: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    import platformdirs
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1750000000")
    contents = [("a", str(ROOT / "workbench" / "version.py")), ("b", platformdirs.__file__)]
    parts = licences.components(contents, ROOT)
    text = licences.bill_of_materials(parts)
    assert text == licences.bill_of_materials(parts)
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    bill = json.loads(text)
    assert bill["metadata"]["timestamp"].startswith("2025-06-15")
    assert bill["metadata"]["component"]["name"] == "engram-workbench"
    assert f"pkg:pypi/platformdirs@{platformdirs.__version__}" in text


@pytest.mark.slow
def test_of_the_hooks_of_the_packager_only_those_that_run_may_come_along(
    licences: ModuleType,
) -> None:
    own = ("v.py", str(ROOT / "workbench" / "version.py"))
    files = distribution("pyinstaller-hooks-contrib").files or ()
    places = [Path(str(file.locate())) for file in files if file.suffix == ".py"]
    runs = next(place for place in places if "rthooks" in place.parts)
    builds = next(place for place in places if "stdhooks" in place.parts)
    parts = licences.components([own, ("a", str(runs))], ROOT)
    (part,) = (part for part in parts if part.name == "pyinstaller-hooks-contrib")
    assert part.licence == "Apache-2.0"
    with pytest.raises(licences.Unlicensed, match="hooks-contrib"):
        licences.components([own, ("a", str(runs)), ("b", str(builds))], ROOT)
