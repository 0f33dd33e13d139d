"""Versions of what was told: kept, compared, brought back, and forgotten with what is forgotten."""

import zlib
from pathlib import Path

import pytest

from tests.clock import Clock
from tests.variables import remove_variable
from workbench.errors import DamagedLibraryError, NotFoundError, UsageError
from workbench.library import Library
from workbench.library.options import Marks, TellOptions
from workbench.memory.facts.records import Fact

DAY = 86_400.0


def _read(fact: Fact) -> tuple[object, ...]:
    return (fact.text, fact.sources, fact.told, fact.at, fact.current, fact.kind, fact.priority,
            fact.expires, fact.strength, fact.archived)  # fmt: skip


def _state(library: Library) -> list[tuple[object, ...]]:
    facts = sorted(_read(fact) for fact in library.facts.list(collection="u"))
    notes = sorted(_read(note) for note in library.notes.list(collection="u"))
    held = sorted(
        (s.topic, s.text, s.intensity) for s in library.notes.list("stance", collection="u")
    )
    return [*facts, *notes, *held]


def _fill(library: Library) -> None:
    library.facts.tell("My plan is pro. The door is green.", collection="u", source="Ines")
    library.facts.tell(
        "The roof is slate.", collection="u", options=TellOptions(kind="decision", priority=7)
    )
    library.notes.add("instruction", "Answer briefly.", collection="u")
    library.notes.add("variable", "80", key="port", collection="u")
    library.notes.add("stance", "I like it", key="tea", collection="u")
    library.memory.strengthen("roof", collection="u")


def test_what_is_restored_reads_counts_and_fades_as_it_did(library: Library, clock: Clock) -> None:
    _fill(library)
    before = _state(library)
    library.versions.save("one", "u")
    clock.now += DAY
    library.facts.tell("My plan is free. The gate is open.", collection="u")
    library.facts.tell("The door is green.", collection="u", source="Jan")
    library.notes.add("variable", "81", key="port", collection="u")
    library.notes.add("stance", "I do not like it", key="tea", collection="u")
    library.notes.add("stance", "better", key="coffee", collection="u")
    library.memory.mark("door", Marks(pinned=True), collection="u")
    library.facts.forget("slate", collection="u", keep_versions=True)
    done = library.versions.restore("one", "u")
    clock.now -= DAY
    assert _state(library) == before
    assert (done.removed, done.brought_back) == (3, 1)
    answer = library.facts.value("what is my plan?", collection="u")
    assert answer is not None
    assert answer.value == "pro"
    assert library.verify().problems == ()


def test_a_restore_is_taken_back_by_restoring_what_was_before(
    library: Library, clock: Clock
) -> None:
    _fill(library)
    library.versions.save("one", "u")
    clock.now += 60
    library.facts.tell("My plan is free.", collection="u")
    library.facts.forget("door", collection="u", keep_versions=True)
    remove_variable(library, "port", collection="u")
    before = _state(library)
    done = library.versions.restore("one", "u")
    assert _state(library) != before
    library.versions.restore(done.before, "u")
    assert _state(library) == before


def test_of_facts_of_one_moment_the_later_told_still_counts(library: Library) -> None:
    library.facts.tell("My plan is pro. My plan is free. My plan is gold.", collection="u")
    library.versions.save("one", "u")
    library.facts.forget("free", collection="u", keep_versions=True)
    library.versions.restore("one", "u")
    answer = library.facts.value("what is my plan?", collection="u")
    assert answer is not None
    assert answer.value == "gold"
    told = [fact.text for fact in library.facts.history("my plan", collection="u")]
    assert told == ["My plan is pro.", "My plan is free.", "My plan is gold."]


def test_an_edit_is_a_change_and_comes_back(library: Library) -> None:
    library.facts.tell("The door is green.", collection="u")
    library.versions.save("one", "u")
    (fact,) = library.facts.list(collection="u")
    library.facts.edit(fact.id, "The door is red.")
    found = library.versions.diff("one", None, "u")
    assert (found.added, found.removed) == ((), ())
    assert [(c.before.text, c.after.text, c.what) for c in found.changed] == [
        ("The door is green.", "The door is red.", ("text",))
    ]
    library.versions.restore("one", "u")
    assert [each.text for each in library.facts.list(collection="u")] == ["The door is green."]


def test_a_consolidation_since_then_is_taken_back_with_the_rest(library: Library) -> None:
    library.facts.tell("The door is green.", collection="u")
    library.facts.tell("The door is green.", collection="u", options=TellOptions(again=True))
    library.versions.save("one", "u")
    assert library.memory.consolidate("u").merged == 1
    library.versions.restore("one", "u")
    assert len(library.facts.list(collection="u")) == 2
    with pytest.raises(NotFoundError):
        library.undo("consolidation", collection="u")


def test_what_was_forgotten_for_good_comes_back_with_its_version_alone(library: Library) -> None:
    library.facts.tell("The door is green.", collection="u")
    library.facts.tell("The door is green.", collection="u", options=TellOptions(again=True))
    library.memory.consolidate("u")
    library.versions.save("one", "u")
    library.facts.forget("door", collection="u", keep_versions=True)
    library.versions.restore("one", "u")
    assert len(library.facts.list(collection="u")) == 1
    # What was forgotten for good is in no log.
    with pytest.raises(NotFoundError):
        library.undo("consolidation", collection="u")


def test_restoring_a_version_is_undone_and_done_again(library: Library) -> None:
    library.facts.tell("The door is green.", collection="u")
    library.versions.save("one", "u")
    library.facts.tell("The gate is open.", collection="u")
    library.versions.restore("one", "u")
    library.undo()
    assert {fact.text for fact in library.facts.list(collection="u")} == {
        "The door is green.", "The gate is open.",
    }  # fmt: skip
    assert [fact.text for fact in library.facts.recall("gate", collection="u")] != []
    library.redo()
    assert [fact.text for fact in library.facts.list(collection="u")] == ["The door is green."]


def test_a_restored_version_is_no_different(library: Library) -> None:
    _fill(library)
    library.versions.save("one", "u")
    library.facts.tell("The gate is open.", collection="u")
    library.versions.restore("one", "u")
    found = library.versions.diff("one", None, "u")
    assert (found.added, found.removed, found.changed) == ((), (), ())


@pytest.mark.slow
def test_versions_share_what_did_not_change(library: Library, tmp_path: Path) -> None:
    library.facts.tell(
        "\n".join(f"Box {n} holds jar {7 * n}." for n in range(3000)), collection="u"
    )
    library.versions.save("one", "u")
    first = _packed(library)
    library.facts.tell("The roof is slate.", collection="u")
    library.versions.save("two", "u")
    assert _packed(library) - first < first / 5
    assert [v.facts for v in library.versions.list("u")] == [3000, 3001]


def _packed(library: Library) -> int:
    rows = library._store.rows("SELECT sum(length(packed)) FROM version_pack")
    return int(rows[0][0])


def test_what_is_forgotten_for_good_leaves_versions_too(library: Library, tmp_path: Path) -> None:
    library.facts.tell("The password is gooseberry. The roof is slate.", collection="u")
    library.versions.save("one", "u")
    fact = next(fact for fact in library.facts.list(collection="u") if "password" in fact.text)
    changed = library.facts.edit(fact.id, "The password is raspberry.")
    library.versions.save("two", "u")
    library.facts.forget([changed.id])
    assert [v.facts for v in library.versions.list("u")] == [1, 1]
    library.versions.restore("one", "u")
    assert [each.text for each in library.facts.list(collection="u")] == ["The roof is slate."]
    _no_word(library, tmp_path, "gooseberry", "raspberry")


def test_forgetting_by_words_finds_them_in_versions_alone(library: Library, tmp_path: Path) -> None:
    library.facts.tell("The password is gooseberry. The roof is slate.", collection="u")
    library.versions.save("one", "u")
    library.facts.forget("gooseberry", collection="u", keep_versions=True)
    assert [v.facts for v in library.versions.list("u")] == [2]
    library.facts.forget("gooseberry", collection="u")
    assert [v.facts for v in library.versions.list("u")] == [1]
    _no_word(library, tmp_path, "gooseberry")


def test_forgetting_a_source_takes_its_words_out_of_versions(library: Library) -> None:
    library.facts.tell("The door is green. The roof is slate.", collection="u", source="Ines")
    library.facts.tell("The roof is slate.", collection="u", source="Jan")
    library.versions.save("one", "u")
    library.facts.forget(None, collection="u", source="Ines")
    library.versions.restore("one", "u")
    assert [(f.text, f.sources) for f in library.facts.list(collection="u")] == [
        ("The roof is slate.", ("Jan",))
    ]


def test_forgetting_a_scope_drops_its_versions(library: Library, tmp_path: Path) -> None:
    library.facts.tell("The password is gooseberry.", collection="u")
    library.notes.add("variable", "quince", key="word", collection="u")
    library.versions.save("one", "u")
    library.facts.forget(None, collection="u", everything=True)
    assert library.versions.list("u") == []
    _no_word(library, tmp_path, "gooseberry", "quince")


def test_a_note_that_is_removed_leaves_versions_and_its_namesake_stays(library: Library) -> None:
    library.notes.add("variable", "80", key="port", collection="u")
    library.notes.add("variable", "80", key="backup", collection="u")
    library.versions.save("one", "u")
    remove_variable(library, "port", collection="u")
    library.versions.restore("one", "u")
    assert [v.key for v in library.notes.list("variable", collection="u")] == ["backup"]


def test_a_collection_takes_its_versions_with_it(library: Library, tmp_path: Path) -> None:
    library.facts.tell("The door is green.", collection="u")
    library.versions.save("one", "u")
    library.collections.remove("u")
    library.collections.create("v")
    assert library.versions.list(every=True) == []
    assert library._store.rows("SELECT count(*) FROM version_pack") == [(0,)]


def test_names_are_taken_once_and_must_be_known(library: Library) -> None:
    library.facts.tell("The door is green.")
    library.versions.save("May")
    with pytest.raises(UsageError, match="already"):
        library.versions.save("may")
    with pytest.raises(UsageError, match="name"):
        library.versions.save("  ")
    with pytest.raises(UsageError):
        library.versions.save("x" * 200)
    with pytest.raises(NotFoundError):
        library.versions.restore("june")
    with pytest.raises(NotFoundError):
        library.versions.diff("may", "june")
    with pytest.raises(NotFoundError):
        library.versions.save("one", "nowhere")
    library.versions.drop("may")
    assert library.versions.list() == []


def test_few_versions_are_kept_of_restores(library: Library) -> None:
    library.facts.tell("The door is green.")
    library.versions.save("one")
    for _ in range(9):
        library.versions.restore("one")
    assert sum(version.automatic for version in library.versions.list()) <= 7


def test_a_damaged_version_is_told_and_nothing_is_changed(library: Library) -> None:
    library.facts.tell("The door is green.")
    library.versions.save("one")
    library._store.write(lambda c: c.execute("UPDATE version_pack SET packed = x'00'") and None)
    assert any("versions are damaged" in problem for problem in library.verify().problems)
    with pytest.raises(DamagedLibraryError):
        library.versions.restore("one")
    assert [fact.text for fact in library.facts.list()] == ["The door is green."]
    assert [version.name for version in library.versions.list()] == ["one"]
    library.versions.drop("one")
    assert library.verify().problems == ()


def _no_word(library: Library, folder: Path, *words: str) -> None:
    """Close the library and look into all of its files, and into what is packed there."""
    library.close()
    held = [file.read_bytes().lower() for file in folder.glob("library.brain*")]
    assert held
    with Library.open(folder / "library.brain") as again:
        held += [
            zlib.decompress(packed).lower()
            for (packed,) in again._store.rows("SELECT packed FROM version_pack")
        ]
    assert not [word for word in words for part in held if word.encode() in part]
