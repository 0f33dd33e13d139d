"""A long PDF is added while the window stays free: its thread never waits for the library."""

import functools
import inspect
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from tests.benchmarks import made_pdf
from tests.ui.conftest import MakeWindow
from workbench.library import Library
from workbench.library.groups import GROUPS
from workbench.store.store import Store

#: What is known without looking into the file.
_FREE = {"path", "id", "read_only", "notice", "clock_notice", "subscribe"}


def _watched(kind: type[Any], seen: list[str]) -> type[Any]:
    """A subclass that notes the public calls that come from the thread of the window."""

    def noting(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(call)
        def noted(*arguments: Any, **options: Any) -> Any:
            if threading.current_thread() is threading.main_thread():
                seen.append(f"{kind.__name__}.{name}")
            return call(*arguments, **options)

        return noted

    found: dict[str, Any] = {}
    for name in dir(kind):
        if name.startswith("_") or name in _FREE:
            continue
        part = inspect.getattr_static(kind, name)
        if isinstance(part, property) and part.fget is not None:
            found[name] = property(noting(name, part.fget))
        elif inspect.isfunction(part):
            found[name] = noting(name, part)
    if kind is Library:

        def begun(library: Any, *arguments: Any) -> None:
            Library.__init__(library, *arguments)
            for name in GROUPS:
                group = getattr(library, name)
                group.__class__ = _watched(type(group), seen)

        found["__init__"] = begun
    return type(f"Watched{kind.__name__}", (kind,), found)


@pytest.mark.slow
def test_i6_the_thread_of_the_window_never_waits_for_the_library(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    pages = 25
    made_pdf.write(tmp_path / "long.pdf", pages)
    seen: list[str] = []
    library = _watched(Library, seen)
    window = make_window(opens=library.open)
    qtbot.waitUntil(lambda: window.shelf.loaded)
    window.navigate.show_library()
    window.navigate.show_panel("activity")
    window.adding.add([tmp_path / "long.pdf"])
    qtbot.waitUntil(
        lambda: [s.pages for s in window.shelf.sources if s.verified is not None] == [pages],
        timeout=30_000,
    )
    assert seen == []


def test_i6_what_the_window_calls_is_noted_at_all(tmp_path: Path) -> None:
    seen: list[str] = []
    with _watched(Library, seen).open(tmp_path / "l.brain") as library:
        library.sources.list()
        assert not library.queue.paused
        assert library.stats().facts == 0
    assert {"Sources.list", "Queue.paused", "Library.stats"} <= set(seen)
    seen.clear()
    with _watched(Store, seen).open(tmp_path / "l.brain") as store:
        store.data_version()
    assert "Store.data_version" in seen
