"""Make each line of `packaging/constraints.txt` a dependency of `engram-workbench-pins`."""

from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface


class PinnedDependencies(MetadataHookInterface):
    """The pinned versions, as hatchling asks for them."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Set the dependencies in place; comments and blank lines are left out."""
        lines = (
            (Path(self.root).parent / "constraints.txt").read_text(encoding="utf-8").splitlines()
        )
        metadata["dependencies"] = [line for line in lines if line and not line.startswith("#")]
