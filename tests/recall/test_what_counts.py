"""Which statements count is looked up anew when that has changed, and not whenever one asks."""

from pathlib import Path

import pytest

from workbench.library import Library
from workbench.store import text

_BARN = "The barn owl nests above the hayloft of the mill."
_HERON = "The heron fishes below the weir at dusk."


def _added(library: Library, folder: Path, name: str, said: str) -> int:
    file = folder / f"{name}.txt"
    file.write_text(said, encoding="utf-8")
    library.add(file)
    return next(each.id for each in library.sources.list() if (each.path or "").endswith(file.name))


def test_asking_does_not_read_again_which_statements_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[int] = []

    def counted(connection: object) -> list[text.Extent]:
        looked.append(1)
        return extents(connection)  # type: ignore[arg-type]

    extents = text.extents
    with Library.open(tmp_path / "birds.brain") as library:
        _added(library, tmp_path, "barn", _BARN)
        _added(library, tmp_path, "heron", _HERON)
        library.ask("Where does the barn owl nest?")
        monkeypatch.setattr(text, "extents", counted)
        for _ in range(6):
            # What is asked writes: it strengthens what answers, and is kept as asked.
            assert library.ask("Where does the barn owl nest?").evidence
            library.facts.tell("Nora feeds the owl.")
    assert not looked


@pytest.mark.slow
def test_what_another_window_adds_trashes_and_restores_counts_at_once(tmp_path: Path) -> None:
    question = "Where does the heron fish?"
    file = tmp_path / "birds.brain"
    with Library.open(file) as library, Library.open(file) as other:
        barn = _added(library, tmp_path, "barn", _BARN)
        assert [each.source.id for each in library.ask(question).evidence] in ([], [barn])
        heron = _added(other, tmp_path, "heron", _HERON)
        assert library.ask(question).evidence[0].quote == _HERON
        other.sources.trash([heron])
        assert all(each.source.id != heron for each in library.ask(question).evidence)
        other.sources.trash([heron], restore=True)
        assert library.ask(question).evidence[0].quote == _HERON
        other.sources.trash([heron])
        # What is added again comes back from the trash.
        other.add(tmp_path / "heron.txt")
        assert library.ask(question).evidence[0].quote == _HERON
        other.sources.trash([heron])
        other.sources.delete([heron])
        assert all(each.source.id != heron for each in library.ask(question).evidence)
