"""Renew `packaging/constraints.txt`: the exact version of every package, transitive ones too.

    uv run python packaging/pin.py

Resolves what `pyproject.toml` allows anew, for every system and Python, all extras and groups, and
prints what changed. The pins bound what is installed and bring nothing in: `uv sync` takes them
through the member `packaging/pins`; `uv pip`, `uv tool` and pip by `--constraint`. A lock file
would name the host that each package came from.

`packaging/hashes.txt` has the same versions with the hashes of their files, of what users install.
It is a file of its own because pip, once it reads one hash, refuses a project without any. The
extra `vision` is not in it: each index of torch has builds of its own.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CONSTRAINTS = ROOT / "packaging" / "constraints.txt"
HASHES = ROOT / "packaging" / "hashes.txt"
_HEADER = "# The exact version of every package, made by packaging/pin.py from pyproject.toml.\n"
_HASHES_HEADER = "# What users install, with the hash of every file, made by packaging/pin.py.\n"
#: What uv needs to resolve the project without its pins; metadata are built from these files.
_SOURCES = (
    "pyproject.toml",
    "README.md",
    "LICENSE",
    "workbench/version.py",
    "packaging/relocation.py",
    "packaging/pins/pyproject.toml",
    "packaging/pins/hatch_build.py",
)


def main() -> int:
    """Pin; 0 when it is done, 1 where uv cannot resolve."""
    previous = read_pins(CONSTRAINTS)
    try:
        renewed = resolve(ROOT, "--no-hashes", "--all-extras", "--all-groups")
        hashed = resolve(ROOT, "--all-extras", "--no-extra", "vision", pins=renewed)
    except subprocess.CalledProcessError as error:
        print(f"pin: uv could not resolve the dependencies.\n{error.stderr}", file=sys.stderr)
        return 1
    CONSTRAINTS.write_text(_HEADER + "\n".join(renewed) + "\n", encoding="utf-8")
    HASHES.write_text(_HASHES_HEADER + "\n".join(hashed) + "\n", encoding="utf-8")
    for sign, changed in (("-", {*previous} - {*renewed}), ("+", {*renewed} - {*previous})):
        for requirement in sorted(changed):
            print(f"{sign} {requirement}")
    return 0


def read_pins(constraints: Path) -> list[str]:
    """The pins of a file of constraints: requirements with `==` and perhaps a marker."""
    lines = constraints.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def resolve(project: Path, *options: str, pins: Sequence[str] = ()) -> list[str]:
    """The lines of uv's export of a project under pins, the newest versions that it allows."""
    environment = {name: value for name, value in os.environ.items() if name != "UV_FIND_LINKS"}
    with tempfile.TemporaryDirectory(prefix="workbench-pins-") as folder:
        copy = Path(folder)
        for name in _SOURCES:
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(project / name, copy / name)
        (copy / CONSTRAINTS.relative_to(ROOT)).write_text("\n".join(pins), encoding="utf-8")
        exported = subprocess.run(
            ["uv", "export", "--quiet", "--no-emit-workspace", "--no-annotate", "--no-header",
             "--project", folder, *options],
            capture_output=True, text=True, check=True, env=environment, cwd=folder,
        ).stdout  # fmt: skip
    return [line for line in exported.splitlines() if line]


if __name__ == "__main__":
    sys.exit(main())
