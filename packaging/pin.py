"""Pins the exact version of everything that is installed, packages of packages included.

    python packaging/pin.py                      resolve anew, newest allowed, into pyproject.toml
    python packaging/pin.py --constraints FILE   the pinned versions as a file for pip and uv tool

The versions lie in `[tool.uv] constraint-dependencies`, for every system and Python: a lock file
would name the host that each file came from. They bound what is installed and bring nothing in.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_LIST = re.compile(r"^constraint-dependencies = \[\n.*?^\]\n", re.MULTILINE | re.DOTALL)
#: What resolving needs besides the project file itself: metadata are built from them.
_NEEDED = ("README.md", "LICENSE", "workbench/version.py")


def main(words: Sequence[str] | None = None) -> int:
    """Pin, or write the pins; 0 when it is done, 1 where uv cannot resolve."""
    parser = argparse.ArgumentParser(prog="pin.py", description="Pin the exact versions.")
    parser.add_argument("--constraints", type=Path, metavar="FILE", help="only write the pins")
    chosen = parser.parse_args(words)
    project = ROOT / "pyproject.toml"
    if chosen.constraints:
        chosen.constraints.write_text("\n".join(pinned(project)) + "\n", encoding="utf-8")
        return 0
    before = pinned(project)
    try:
        after = resolved(project)
    except subprocess.CalledProcessError as error:
        print(f"pin: uv could not resolve the dependencies.\n{error.stderr}", file=sys.stderr)
        return 1
    rows = "".join(f"    {_quoted(each)},\n" for each in after)
    text, count = _LIST.subn(
        lambda _: f"constraint-dependencies = [\n{rows}]\n", project.read_text(encoding="utf-8")
    )
    if count != 1:
        print("pin: pyproject.toml lacks `constraint-dependencies` in [tool.uv].", file=sys.stderr)
        return 1
    project.write_text(text, encoding="utf-8")
    for sign, these, those in (("-", before, after), ("+", after, before)):
        for each in sorted(set(these) - set(those)):
            print(f"{sign} {each}")
    return 0


def pinned(project: Path) -> list[str]:
    """The pins of a project file: requirements with `==` and perhaps a marker."""
    settings = tomllib.loads(project.read_text(encoding="utf-8"))["tool"]["uv"]
    return list(settings.get("constraint-dependencies", []))


def resolved(project: Path) -> list[str]:
    """The newest versions that a project allows, of all extras and groups on every system."""
    environment = {name: value for name, value in os.environ.items() if name != "UV_FIND_LINKS"}
    with tempfile.TemporaryDirectory(prefix="workbench-pins-") as folder:
        copy = Path(folder)
        for name in _NEEDED:
            (copy / name).parent.mkdir(exist_ok=True)
            shutil.copy(project.parent / name, copy / name)
        text = _LIST.sub("", project.read_text(encoding="utf-8"))
        (copy / "pyproject.toml").write_text(text, encoding="utf-8")
        done = subprocess.run(
            ["uv", "export", "--quiet", "--no-hashes", "--no-emit-project", "--all-extras",
             "--all-groups", "--no-annotate", "--no-header", "--project", folder],
            capture_output=True, text=True, check=True, env=environment, cwd=folder,
        )  # fmt: skip
    # What no system installs is named by an override and needs no version.
    return [line for line in done.stdout.splitlines() if line and "'never'" not in line]


def _quoted(requirement: str) -> str:
    return '"' + requirement.replace("\\", "\\\\").replace('"', '\\"') + '"'


if __name__ == "__main__":
    sys.exit(main())
