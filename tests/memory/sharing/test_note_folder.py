"""A library as linked notes: read back with their fields and links, written anew with care."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.errors import UsageError
from workbench.library import Library
from workbench.memory.sharing import note_folder
from workbench.memory.sharing.note_folder import safe

_SAMPLE = Path(__file__).parents[3] / "resources" / "sample"
_LINK = re.compile(r"\[\[([^\]|\\]+)")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library.open(tmp_path_factory.mktemp("notes") / "sample.brain") as opened:
        opened.add([*sorted(_SAMPLE.glob("*.md"))])
        first = opened.sources.list()[0]
        opened.sources.tag([first.id], "lights/coast")
        opened.collections.assign([first.id], "Harbour: “old”")
        opened.facts.tell("The keeper of Eddystone is Ada Holm.", source="a letter")
        opened.facts.tell("Ada Holm lives at Eddystone.", collection="Harbour: “old”")
        opened.notes.highlight(first.id, 0, 8, note="See *this*.")
        yield opened


def _notes(folder: Path) -> dict[str, str]:
    return {each.stem: each.read_text("utf-8") for each in folder.rglob("*.md")}


@pytest.mark.slow
def test_the_sample_comes_back_with_its_fields_and_links(library: Library, tmp_path: Path) -> None:
    done = library.export(tmp_path / "vault", format="markdown")
    notes = _notes(done.path)
    assert len(notes) == len(done.files) > done.concepts > 0
    links = {name: set(_LINK.findall(page)) for name, page in notes.items()}
    assert set().union(*links.values()) <= notes.keys()
    there, back = 0, 0
    for each in (done.path / "Sources").glob("*.md"):
        for name in links[each.stem]:
            there, back = there + 1, back + (each.stem in links[name])
    assert back > there / 2 > 0
    assert re.search(r"\[\[Eddystone\]\].*\(a letter\)", notes["Library"])
    with Library.open(tmp_path / "again.brain") as again:
        again.add([done.path / "Sources"])
        same = {each.title: each for each in again.sources.list()}
        for row in library.sources.list():
            came = same[row.title]
            assert (came.author, came.date, came.tags, came.collections) == (
                row.author, row.date, row.tags, row.collections
            )  # fmt: skip
            assert set(came.metadata["links"].splitlines()) == links[safe(row.title)]


@pytest.mark.slow
def test_only_what_was_written_is_written_anew(library: Library, tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    (vault / ".obsidian").mkdir(parents=True)
    mine = vault / "Eddystone.md"
    mine.write_text("My own words.", "utf-8")
    done = library.export(vault, format="markdown")
    assert (vault / "Concepts" / "Eddystone (2).md").is_file()
    changed = vault / next(each for each in done.files if each.startswith("Sources/"))
    changed.write_text("Changed by hand.", "utf-8")
    gone = json.loads((vault / note_folder.LIST).read_text("utf-8"))
    (vault / "Facts" / "Old.md").write_text("of a former export", "utf-8")
    gone["notes"]["Facts/Old.md"] = note_folder._digest(vault / "Facts" / "Old.md")
    outside = tmp_path / "outside.md"
    outside.write_text("of a former export", "utf-8")
    gone["notes"]["../outside.md"] = gone["notes"]["Facts/../../outside.md"] = gone["notes"][
        "Facts/Old.md"
    ]
    (vault / note_folder.LIST).write_text(json.dumps(gone), "utf-8")
    again = library.export(vault, format="markdown")
    assert again.kept == (changed.relative_to(vault).as_posix(),)
    assert changed.read_text("utf-8") == "Changed by hand."
    assert mine.read_text("utf-8") == "My own words."
    assert outside.is_file()
    assert not (vault / "Facts" / "Old.md").exists()
    assert again.files == done.files
    with pytest.raises(UsageError):
        library.export(tmp_path, format="markdown")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("A/B: what? [[x]] #1", "A B what x 1"),
        ("..con. ", "con_"),
        ("…", "…"),
        ("\0 . ", "Untitled"),
        ("Ä" * 300, "Ä" * 80),
    ],
)
def test_names_of_notes_are_safe_everywhere(title: str, name: str) -> None:
    assert safe(title) == name
