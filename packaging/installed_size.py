"""How much the packages take that `uv run workbench` installs, each with what it is for.

    uv run --group dev python packaging/installed_size.py

Adds up the files of every distribution that pyproject.toml's `dependencies` lead to, as their
installers recorded them; what else is installed does not count. `packaging/bare_root.sh` measures
the same on a disk, with uv and its cache.
"""

import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution, requires
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
#: What Python compiles at the first start, as a share of the rest.
_COMPILED = 0.1
#: Packages below this many megabytes are one row.
_LEAST = 5


def sizes() -> dict[str, int]:
    """Bytes of each package that the program needs here, the largest first."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    found: dict[str, int] = {}
    ahead = [*named(project["dependencies"], frozenset())]
    done: set[tuple[str, frozenset[str]]] = set()
    while ahead:
        name, extras = ahead.pop()
        if (name, extras) in done:
            continue
        done.add((name, extras))
        try:
            package = distribution(name)
        except PackageNotFoundError:
            # Of another system or Python.
            continue
        found[name] = size(package)
        ahead += named(requires(name) or (), extras)
    return dict(sorted(found.items(), key=lambda item: -item[1]))


def named(
    lines: "list[str] | tuple[str, ...]", extras: frozenset[str]
) -> Iterator[tuple[str, frozenset[str]]]:
    """The packages that lines of requirements name here, with their own extras."""
    from packaging.requirements import Requirement

    for requirement in map(Requirement, lines):
        marker = requirement.marker
        if marker is None or any(marker.evaluate({"extra": each}) for each in ("", *extras)):
            name = re.sub(r"[-_.]+", "-", requirement.name).lower()
            yield name, frozenset(requirement.extras)


def size(package: Distribution) -> int:
    """Bytes of a distribution's files, without what Python compiles."""
    return sum(file.size or 0 for file in package.files or () if file.suffix != ".pyc")


def readme_figure(found: dict[str, int]) -> str:
    """The sum as README states it."""
    return f"{sum(found.values()) * (1 + _COMPILED) / 1e9:.1f} GB"


def main() -> None:
    """Print the table and the sum."""
    found = sizes()
    for name, octets in found.items():
        if octets >= _LEAST * 1e6:
            print(f"{octets / 1e6:6.0f} MB  {name}")
    rest = [octets for octets in found.values() if octets < _LEAST * 1e6]
    print(f"{sum(rest) / 1e6:6.0f} MB  {len(rest)} others")
    print(f"{sum(found.values()) / 1e6:6.0f} MB  in all")
    print(f"README: about {readme_figure(found)}, with what Python compiles at the first start")


if __name__ == "__main__":
    sys.exit(main())
