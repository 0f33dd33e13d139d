"""Installs the top-level package `ingest` as `workbench.ingest`.

The name is too common for site-packages, where another project may have it. The
hook gives the wheel a copy of both packages in which each `import` statement names the new place;
it checks that nothing else names a module. A checkout, and so an editable installation, stays as it
is.
"""

import ast
import os
import re
import shutil
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

#: The variable with the address that `workbench.version.releases` reads; a checkout has none.
RELEASES = "WORKBENCH_RELEASES"
_FROM = re.compile(r"^([ \t]*from )(ingest[. ])", re.MULTILINE)
_IMPORT = re.compile(r"^([ \t]*)(import ingest)$", re.MULTILINE)
_MODULE = re.compile(r"ingest(?:\.\w+)+(?::\w+)?")


class RelocatedIngest(BuildHookInterface):  # type: ignore[misc, unused-ignore]
    """Adds `workbench` with `workbench/ingest` to a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Copy both packages into a temporary folder, and add that to the wheel."""
        if version == "editable":
            return
        self.folder = Path(tempfile.mkdtemp(prefix="workbench-wheel-"))
        target = self.folder / "workbench"
        for package, place in (("workbench", target), ("ingest", target / "ingest")):
            shutil.copytree(
                Path(self.root) / package, place, ignore=shutil.ignore_patterns("__pycache__")
            )
        for path in target.rglob("*.py"):
            path.write_text(relocated(path.read_text("utf-8"), str(path)), encoding="utf-8")
        if address := os.environ.get(RELEASES):
            (target / "releases.txt").write_text(address, encoding="utf-8")
        build_data["force_include"][str(target)] = "workbench"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the temporary folder."""
        if version != "editable":
            shutil.rmtree(self.folder)


def relocated(source: str, path: str) -> str:
    """The source of a module with imports of `ingest` from `workbench.ingest`.

    Raises `ValueError` where a string or `import ingest.x` names a module: those stay behind.
    """
    changed = _FROM.sub(r"\1workbench.\2", source)
    changed = _IMPORT.sub(r"\1from workbench \2", changed)
    for node in ast.walk(ast.parse(changed, path)):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names if alias.name.split(".")[0] == "ingest"]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""] if (node.module or "").split(".")[0] == "ingest" else []
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            names = _MODULE.findall(node.value) if _MODULE.fullmatch(node.value) else []
        if names:
            raise ValueError(f"{path} names {names[0]}: import it by “from ingest import …”.")
    return changed
