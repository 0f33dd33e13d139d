"""Word tables that ship with the program, in `resources/facts`; read when first needed."""

from workbench import paths
from workbench.errors import WorkbenchError


def lines(name: str) -> list[str]:
    """The lines of a table without its comments. Raises `WorkbenchError` where it is missing."""
    try:
        text = (paths.resources() / "facts" / name).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise WorkbenchError(
            f"A file that ships with the program is missing or damaged (facts/{name}).",
            "Reinstall the program.",
        ) from problem
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
