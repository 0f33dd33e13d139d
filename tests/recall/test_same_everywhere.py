"""What a library has learned of its words lies in it: a copy answers alike on another machine."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from workbench.cli.answer_output import answer_record
from workbench.library import Library

_NETWORK = (
    "To get online at the lodge, connect a laptop to the wifi and open the browser.",
    "The wifi router has a password, and the browser asks for it once.",
    "Guests who want to be online use the wifi with their phone or laptop.",
    "A browser needs a connection: the router gives one to every laptop.",
    "If the connection drops, switch the router off and on, and get online again.",
    "The phone keeps the wifi password, so the connection comes back by itself.",
    "Without the router no laptop gets online, and no browser opens a page.",
)
_KITCHEN = (
    "Rye bread needs a sour dough, salt and a hot oven.",
    "The oven is heated before the dough is shaped into a loaf.",
    "A loaf of bread cools on the rack while the oven is swept.",
    "Salt the dough late, so that the bread rises well.",
    "The baker weighs flour, salt and water for each loaf.",
    "Flour from the mill gives the dough its colour.",
    "A hot oven and a wet dough give the loaf its crust.",
)
_ANSWER = "The router sits behind the tall bookcase in the study."
_QUESTIONS = (
    "the thing used to get online",
    "What does bread need?",
    "Where is the router?",
    "Who weighs the flour?",
)


def _told(path: Path) -> list[dict[str, Any]]:
    """What a library answers, but for the time that it took."""
    with Library.open(path, read_only=True) as library:
        records = [answer_record(library.ask(each, limit=9, explain=True)) for each in _QUESTIONS]
        near = [library.graph.near_words(each) for each in ("bread", "oven")]
    for record in records:
        record.pop("milliseconds")
    return [*json.loads(json.dumps(records, default=str)), {"near": near}]


def _elsewhere(path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the library, on a machine that has seen nothing of it."""
    other = folder / "other"
    other.mkdir()
    monkeypatch.setenv("WORKBENCH_HOME", str(other / "home"))
    return Path(shutil.copy(path, other / path.name))


def _add(library: Library, name: str, texts: tuple[str, ...]) -> list[int]:
    return [
        library.add_text(text, title=f"{name} {number}")[0].source or 0
        for number, text in enumerate(texts)
    ]


@pytest.mark.slow
def test_a_large_library_answers_alike_on_another_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "lodge.brain"
    with Library.open(path) as library:
        _add(library, "network", _NETWORK)
        _add(library, "kitchen", _KITCHEN)
        _add(library, "answer", (_ANSWER,))
        assert library.graph.near_words("bread")
        # What comes after it was learned is too little to learn it anew.
        _add(library, "more", ("The bread of the lodge is baked by Ann.",))
    before = _told(path)
    assert _told(_elsewhere(path, tmp_path, monkeypatch)) == before


@pytest.mark.slow
def test_what_was_read_anew_and_removed_leaves_no_trace_in_the_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "lodge.brain"
    file = tmp_path / "page.txt"
    with Library.open(path) as library:
        _add(library, "network", _NETWORK)
        gone = _add(library, "kitchen", _KITCHEN)
        file.write_text(" ".join(_KITCHEN[:4]), encoding="utf-8")
        (page,) = library.add([file])
        file.write_text("The router has a new password. " + _KITCHEN[0], encoding="utf-8")
        library.add([page.source or 0])
        library.ask(_QUESTIONS[0])
        library.sources.trash(gone[:3])
        library.sources.delete(gone[:2])
    before = _told(path)
    assert _told(_elsewhere(path, tmp_path, monkeypatch)) == before
