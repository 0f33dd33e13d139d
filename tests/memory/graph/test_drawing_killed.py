"""A program is killed while it draws triples: nothing is lost or doubled, as if one did it all."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from workbench.library import Library

_TEXTS = [
    "\n\n".join(
        f"Odile Brandt founded school {n}. She trained Piet Haan{n % 9}. "
        f"Piet Haan{n % 9} did not like dyke {n % 5}, because the dyke flooded the polder."
        for n in range(part, part + 60)
    )
    for part in (0, 40)
]


@contextmanager
def _library(file: Path) -> Iterator[Library]:
    with Library.open(file) as library:
        library._core.graph.close()
        yield library


def _all(library: Library) -> list[set[tuple[Any, ...]]]:
    """Sayings, edges, associations and mentions, by names and words instead of numbers."""
    ends = "JOIN concept h ON h.id = x.head JOIN concept t ON t.id = x.tail"
    return [
        set(library._store.rows(query))
        for query in (
            "SELECT h.name, x.type, t.name, x.place, e.text, x.relation, x.flags, x.start, x.end, "
            f"x.confidence FROM saying x {ends} JOIN engram e ON e.id = x.engram",
            f"SELECT h.name, x.type, t.name, x.strength, x.sayings, x.places FROM edge x {ends}",
            "SELECT iif(x.type IN (20, 21, 22), min(h.name, t.name), h.name), x.type, "
            "iif(x.type IN (20, 21, 22), max(h.name, t.name), t.name), x.evidence "
            f"FROM association x {ends}",
            "SELECT name, mentions FROM concept",
        )
    ]


@pytest.mark.slow
def test_a_kill_while_triples_are_drawn_loses_and_doubles_nothing(tmp_path: Path) -> None:
    file = tmp_path / "killed.brain"
    with _library(file) as library:
        for text in _TEXTS:
            library.add_text(text)
        library.graph.link(concepts_only=True)
        left = library._core.graph.backlog() + library._core.graph.stating.backlog()
        command = [sys.executable, "-m", "tests.memory.graph.drawing_child", str(file)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == "drawn\n"
            child.kill()
        assert 0 < library._core.graph.backlog() + library._core.graph.stating.backlog() < left
        assert library.verify().sound
        library.graph.link()
        assert library._core.graph.backlog() + library._core.graph.stating.backlog() == 0
        assert library.verify().sound
        said = _all(library)
    with _library(tmp_path / "whole.brain") as whole:
        for text in _TEXTS:
            whole.add_text(text)
        whole.graph.link()
        assert all(said)
        assert said == _all(whole)
