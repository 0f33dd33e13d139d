"""A walk in which the server is killed at one request after another: nothing is lost or made twice.

Every step either is done or says one sentence; with a server again the walk comes to what it comes
to where nobody was killed.
"""

import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.ollama_server import Asked, Body, FakeModel, OllamaServer, hashed, ollama_server
from tests.patience import seconds
from workbench.errors import WorkbenchError
from workbench.library import Library
from workbench.models import server

#: How what is said ends: a sentence, or the command that helps.
_ENDS = (".", "extraction", "dialogue")
TEXT = " ".join(
    f"Warden {n} of the polder bought the barge {name} in 19{n:02d}."
    for n, name in enumerate(("Aal", "Bever", "Das", "Egel", "Fazant", "Gans", "Haas", "Ijs"), 10)
)
MORE = " ".join(f"The barge of warden {n} carried peat to the quay." for n in range(30, 50))


class _KillsAt(list[Asked]):
    """What was asked; at the request with this number the server is killed."""

    def __init__(self, running: OllamaServer, number: int) -> None:
        super().__init__()
        self._running, self._number = running, number
        self.killed = threading.Event()

    def append(self, asked: Asked) -> None:
        super().append(asked)
        if len(self) == self._number:
            # The one who asks holds the server's lock.
            threading.Thread(target=self._kill, daemon=True).start()

    def _kill(self) -> None:
        self._running.kill()
        self.killed.set()


def _says(body: Body) -> str:
    if not body.get("format"):
        return "Warden 12 bought the barge Das in 1912 [1]."
    triples = []
    for line in body["messages"][-1]["content"].splitlines():
        told = json.loads(line)
        words = told["text"].rstrip(".").split()
        triples.append(
            {"sentence": told["sentence"], "subject": words[-1], "relation": "see",
             "object": "barge"}
        )  # fmt: skip
    return json.dumps({"triples": triples})


def _models() -> list[FakeModel]:
    return [
        FakeModel("writer", says=_says, wait=0.002),
        FakeModel(
            "vectors", capabilities=("embedding",), dimension=32, vectors=lambda t: hashed(t, 32)
        ),
    ]


def _walk(library: Library) -> list[str]:
    """Go all of the way; returns what was said on the way of what went wrong."""
    steps: list[Callable[[], object]] = [
        library.models.list,
        lambda: library.models.choose("writer", "extraction"),
        lambda: library.models.choose("writer", "dialogue"),
        library.models.try_,
        lambda: library.models.update("language"),
        lambda: library.models.use("ollama:vectors"),
        lambda: library.answers.write(library.ask("Which warden bought the barge Das?")),
    ]
    said: list[str] = []
    for step in steps:
        try:
            step()
        except WorkbenchError as error:
            said.append(f"{error.message} {error.hint}")
    answer = library.answers.write(library.ask("Which warden bought the barge Das?"))
    assert "Das" in " ".join(each.quote for each in answer.evidence)
    if answer.mode != "written":
        assert answer.note
        said.append(answer.note)
    return said


def _stored(library: Library) -> list[Any]:
    return [
        library._store.rows(
            "SELECT e.text, m.subject, m.relation, m.object FROM model_triple m "
            "JOIN engram e ON e.id = m.engram ORDER BY m.engram, m.number"
        ),
        library._store.rows(
            "SELECT h.name, s.relation, t.name FROM saying s JOIN concept h ON h.id = s.head "
            "JOIN concept t ON t.id = s.tail ORDER BY 1, 2, 3"
        ),
        library._store.rows("SELECT first, count, numbers FROM vector ORDER BY first"),
        [(each.model, each.active, each.done) for each in library.models.readings("embedding")],
    ]


def _opened(path: Path) -> Library:
    library = Library.open(path)
    # What is done in the background would race with the walk.
    library._core.graph.close()
    library._core._meaning.close()
    library._core._model_reading.close()
    library.add_text(TEXT, title="Barges")
    library.add_text(MORE, title="Peat")
    library.graph.link()
    return library


@pytest.mark.slow
def test_a_server_that_is_killed_at_any_moment_of_a_walk_costs_nothing(tmp_path: Path) -> None:
    server.forget()
    with ollama_server(*_models()) as whole, _opened(tmp_path / "whole.brain") as library:
        library.models.choose(whole.address, "server")
        assert _walk(library) == []
        wanted, requests = _stored(library), len(whole.asked)
    assert requests > 15
    for number in range(1, requests, 4):
        server.forget()
        with _opened(tmp_path / f"{number}.brain") as library:
            for purpose in ("extraction", "dialogue"):
                library.models.choose("", purpose)
            with ollama_server(*_models()) as dying:
                dying.asked = killing = _KillsAt(dying, number)
                library.models.choose(dying.address, "server")
                said = _walk(library)
                assert killing.killed.wait(seconds(10)), number
                assert said, number
                assert not any("\n" in each for each in said), number
                assert all(each.endswith(_ENDS) for each in said), said
            server.forget()
            with ollama_server(*_models()) as running:
                library.models.choose(running.address, "server")
                assert _walk(library) == [], number
                assert _stored(library) == wanted, number
