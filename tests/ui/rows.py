"""Rows of made-up sources for tests of tables."""

from dataclasses import replace

from workbench.store.records import SourceRow


def a_row(number: int, title: str, **more: object) -> SourceRow:
    """A verified text; `more` overrides its fields."""
    made = SourceRow(
        id=number, title=title, author="", language="en", date="", kind="text", key=None,
        hash=f"{number:064x}", state="verified", path=f"/b/{number}.txt",
        locations=(f"/b/{number}.txt",), size=1000, characters=1000, passages=3, engrams=9,
        pages=0, added=1.7e9 + number, verified=1.7e9, trashed=None, collections=(),
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]
