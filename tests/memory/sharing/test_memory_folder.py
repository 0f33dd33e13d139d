"""A folder of Markdown notes and a collection, kept alike both ways; nobody's words are lost."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from workbench.cli.main import main
from workbench.errors import UsageError
from workbench.library import Library
from workbench.library.options import Marks, TellOptions
from workbench.memory.notes.records import FolderConflict, FolderSync

_NOW = datetime(2026, 7, 1, 12).timestamp()


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "x.brain", clock=lambda: _NOW) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "notes"
    made.mkdir()
    return made


def _files(folder: Path) -> dict[str, str]:
    return {file.name: file.read_text("utf-8") for file in folder.rglob("*.md")}


def test_statements_are_written_with_what_is_noted_of_them(library: Library, folder: Path) -> None:
    options = TellOptions(kind="todo", priority=7, tags=("q3", "field work"))
    library.facts.tell("Ship the survey by Friday.", options=options, source="Ada")
    library.facts.tell("The quay is long.", collection="other")
    done = library.notes.sync(folder)
    assert done.written == ("Ship the survey by Friday.md",)
    (page,) = _files(folder).values()
    head, _, body = page.removeprefix("---\n").partition("---\n")
    assert body == "\nShip the survey by Friday.\n"
    assert 'kind: "todo"' in head
    assert 'priority: "7"' in head
    assert 'expires: "2026-07-31"' in head
    assert '  - "field work"' in head
    assert 'by:\n  - "Ada"' in head
    again = library.notes.sync(folder)
    assert again == FolderSync()
    assert _files(folder) == {"Ship the survey by Friday.md": page}


def test_notes_by_hand_are_told_and_changed_on_the_next_look(
    library: Library, folder: Path
) -> None:
    note = folder / "Deep" / "rope.md"
    note.parent.mkdir()
    note.write_text(
        "---\ntitle: Rope\nkind: todo\npriority: 8\nexpires: 2026-08-01\n"
        "tags: [tender, deck]\n---\nOrder rope for the tender.\n",
        "utf-8",
    )
    seen = library.notes.sync(folder, collection="ship", preview=True)
    assert seen.read == ("Deep/rope.md",)
    assert library.collections.list() == []
    assert library.notes.sync(folder, collection="ship").read == ("Deep/rope.md",)
    (fact,) = library.facts.list(collection="ship")
    info = library.facts.get(fact.id).info
    assert (info.text, info.type, info.priority) == ("Order rope for the tender.", "todo", 8)
    assert set(info.tags) == {"tender", "deck"}
    assert info.expires == datetime(2026, 8, 1).timestamp()

    note.write_text(note.read_text("utf-8").replace("rope for", "chain for"), "utf-8")
    note.write_text(note.read_text("utf-8").replace("priority: 8", "priority: 3"), "utf-8")
    note.write_text(note.read_text("utf-8").replace(", deck", ""), "utf-8")
    mine = note.read_text("utf-8")
    assert library.notes.sync(folder, collection="ship").changed == ("Deep/rope.md",)
    (fact,) = library.facts.list(collection="ship")
    info = library.facts.get(fact.id).info
    assert (info.text, info.priority, info.tags) == ("Order chain for the tender.", 3, ("tender",))
    assert note.read_text("utf-8") == mine

    # What is changed here goes there, under the same name.
    library.facts.edit(fact.id, "Order wire for the tender.")
    assert library.notes.sync(folder, collection="ship").written == ("Deep/rope.md",)
    assert "Order wire for the tender." in note.read_text("utf-8")
    assert len(library.facts.list(collection="ship")) == 1


def test_what_both_sides_changed_is_shown_and_waits_for_a_person(
    library: Library, folder: Path
) -> None:
    for text in ("The plan is pro.", "The pier is long."):
        library.facts.tell(text)
    library.notes.sync(folder)
    for here, there, file in (
        ("The plan is basic.", "The plan is team.", "The plan is pro.md"),
        ("The pier is wide.", "The pier is short.", "The pier is long.md"),
    ):
        (fact,) = [each for each in library.facts.list() if each.text == file[:-2]]
        library.facts.edit(fact.id, here)
        (folder / file).write_text((folder / file).read_text().replace(file[:-2], there), "utf-8")
    for _ in range(2):
        done = library.notes.sync(folder)
        assert done.conflicts == (
            FolderConflict("The pier is long.md", "The pier is short.", "The pier is wide."),
            FolderConflict("The plan is pro.md", "The plan is team.", "The plan is basic."),
        )
        assert (done.written, done.changed) == ((), ())
    done = library.notes.sync(folder, keep="file")
    assert done.changed == ("The pier is long.md", "The plan is pro.md")
    assert {fact.text for fact in library.facts.list()} == {
        "The plan is team.", "The pier is short.",
    }  # fmt: skip
    assert library.notes.sync(folder).conflicts == ()
    with pytest.raises(UsageError):
        library.notes.sync(folder, keep="both")


def test_nothing_is_deleted_on_either_side(library: Library, folder: Path) -> None:
    library.facts.tell("The plan is pro. The pier is long.")
    library.notes.sync(folder)
    (folder / "The plan is pro.md").unlink()
    library.facts.forget("The pier is long")
    for _ in range(2):
        done = library.notes.sync(folder)
        assert (done.missing, done.forgotten) == (("The plan is pro.md",), ("The pier is long.md",))
        assert [fact.text for fact in library.facts.list()] == ["The plan is pro."]
        assert set(_files(folder)) == {"The pier is long.md"}
    assert library.notes.sync(folder, keep="library").written == ("The plan is pro.md",)
    assert library.notes.sync(folder, keep="file").read == ("The pier is long.md",)
    assert len(library.facts.list()) == len(_files(folder)) == 2
    # Who deletes both means it.
    (folder / "The plan is pro.md").unlink()
    library.facts.forget("The plan is pro")
    done = library.notes.sync(folder)
    assert done == FolderSync()


def test_a_note_with_observations_is_read_line_by_line(library: Library, folder: Path) -> None:
    note = folder / "Tender.md"
    note.write_text(
        "---\ntitle: Tender\ntype: note\ntags:\n- ship\n---\n# Tender\n\n## Observations\n"
        "- [decision] The tender is moored at Bredal #quay (since May)\n"
        "- [colour] Its hull is painted red\n\n## Relations\n- belongs_to [[Harbour Office]]\n",
        "utf-8",
    )
    assert library.notes.sync(folder, collection="base").read == ("Tender.md",)
    facts = {fact.text: fact for fact in library.facts.list(collection="base")}
    assert facts.keys() == {
        "The tender is moored at Bredal (since May)",
        "Its hull is painted red",
        "Tender belongs to Harbour Office.",
    }
    moored = library.facts.get(facts["The tender is moored at Bredal (since May)"].id).info
    assert (moored.type, set(moored.tags)) == ("decision", {"ship", "quay"})
    assert library.notes.sync(folder, collection="base").read == ()
    text = note.read_text("utf-8").replace("- [colour] Its hull is painted red\n", "")
    note.write_text(text + "- serves [[Anholt]]\n", "utf-8")
    done = library.notes.sync(folder, collection="base")
    assert done.read == ("Tender.md",)
    assert done.left == ("“Tender.md” no longer says: Its hull is painted red",)
    assert len(library.facts.list(collection="base")) == 4
    assert note.read_text("utf-8").endswith("- serves [[Anholt]]\n")


def test_odd_folders(library: Library, folder: Path) -> None:
    library.facts.tell("The plan is pro.")
    library.facts.tell("The plan is pro!", options=TellOptions(again=True))
    (folder / "the PLAN is pro.md").write_text("The plan of a stranger is free.", "utf-8")
    (folder / "Empty.md").write_text("---\ntitle: x\n---\n", "utf-8")
    (folder / "Bad.md").write_bytes(b"\xff\xfe\x00caf\xe9 is here")
    (folder / "Odd.md").write_text(
        "---\npriority: much\nexpires: soon\n---\nA mast is tall.", "utf-8"
    )
    (folder / "Past.md").write_text("---\nexpires: 2020-01-01\n---\nA sail is white.", "utf-8")
    (folder / "Rule.md").write_text("---\nkind: rule\n---\nThe tide is checked.", "utf-8")
    (folder / ".obsidian").mkdir()
    (folder / ".obsidian" / "hidden.md").write_text("A secret is hidden.", "utf-8")
    (folder / "link.md").symlink_to(folder / "Odd.md")
    done = library.notes.sync(folder)
    assert set(done.read) >= {"the PLAN is pro.md", "Odd.md"}
    assert not any("hidden" in fact.text for fact in library.facts.list())
    assert set(done.left) >= {
        "“Empty.md” says nothing.",
        "“Past.md” has expired, and is not told.",
        "“Rule.md”: “rule” is no kind of a statement; told as a fact.",
    }
    names = [file.name.casefold() for file in folder.glob("*.md")]
    assert len(names) == len(set(names))
    assert (folder / "the PLAN is pro.md").read_text("utf-8") == "The plan of a stranger is free."
    with pytest.raises(UsageError):
        library.notes.sync(folder / "Odd.md")
    (folder / ".engram-memories.json").write_text("{", "utf-8")
    again = library.notes.sync(folder)
    # Without its list all is known again by its words, and nothing is doubled.
    assert not again.written
    library.memory.mark("mast", Marks(priority=9))
    assert library.notes.sync(folder).written == ("Odd.md",)


def test_the_command_says_what_waits(
    library: Library, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "mast.md").write_text("The mast is tall.\n", "utf-8")
    library.close()
    typed = ["--library", str(folder.parent / "x.brain"), "sync", str(folder)]
    assert main(typed) == 0
    assert capsys.readouterr().out == "✓ Read: 1; changed here: 0; written: 0.\n"
    (folder / "mast.md").unlink()
    assert main(typed) == 0
    printed = capsys.readouterr()
    assert "mast.md is gone; its statement is still here." in printed.out + printed.err
    assert main([*typed, "--keep", "library"]) == 0
    assert "The mast is tall." in (folder / "mast.md").read_text("utf-8")
    assert main([*typed[:3], str(folder / "mast.md")]) != 0


@pytest.mark.slow
def test_ten_thousand_notes_are_looked_through_in_seconds(library: Library, folder: Path) -> None:
    for n in range(10_000):
        (folder / f"buoy {n}.md").write_text(f"Buoy {n} is kept by clerk {n % 97}.\n", "utf-8")
    assert len(library.notes.sync(folder).read) == 10_000
    (folder / "buoy 77.md").write_text("Buoy 77 is kept by Ada.\n", "utf-8")
    assert library.notes.sync(folder).changed == ("buoy 77.md",)
