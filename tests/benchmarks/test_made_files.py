"""Made documents: the same everywhere, and read to their last word."""

from pathlib import Path

import pytest

from tests.benchmarks import made_files, made_pdf
from tests.benchmarks.prose import Prose
from workbench import Library
from workbench.memory import words


def test_prose_is_the_same_for_a_seed_and_another_for_the_next() -> None:
    assert Prose(4).text(3000) == Prose(4).text(3000)
    assert Prose(4).text(3000) != Prose(5).text(3000)
    assert len(Prose(4).text(3000)) >= 3000
    assert Prose(4).paragraph(50).count(" ") >= 49
    drawn = [Prose(4).name() for _ in range(1)] + [Prose(5).name()]
    assert len(set(drawn)) == 2


@pytest.mark.slow
def test_prose_has_rare_and_common_words_as_books_have() -> None:
    tokens = [w for token in words.tokens(Prose(1).text(200_000)) for w in token.words]
    counts = {word: tokens.count(word) for word in set(tokens)}
    assert len(counts) > 2000
    assert sum(count == 1 for count in counts.values()) > 300


@pytest.mark.slow
def test_a_made_pdf_is_read_in_columns_with_its_chapters_and_without_its_heads(
    tmp_path: Path,
) -> None:
    made = made_pdf.write(tmp_path / "made.pdf", 45)
    with Library.open(tmp_path / "l.brain") as library:
        (added,) = library.add(tmp_path / "made.pdf")
        assert added.source is not None
        pages = library.sources.pages(added.source)
        chapters = [
            section.title for section in library.sources.sections(added.source) if section.title
        ]
        read = "".join(
            library.sources.text(s.source, s.start, s.end)
            for s in library.sources.sections(added.source)
        )
    assert [page.number for page in pages] == list(range(1, 46))
    assert [chapter.split(".")[0] for chapter in chapters] == ["1", "2", "3"]
    assert abs(len(read.split()) - made) < made / 100
    assert "Page 7" not in read
    told = " ".join(read.split())
    prose = Prose(1)
    _title, _heading = prose.title(), prose.title()
    assert all(prose.paragraph(70) in told for _ in range(20))


@pytest.mark.slow
def test_every_kind_of_made_file_is_the_same_again_and_is_read(tmp_path: Path) -> None:
    for suffix, write in made_files.SMALL.items():
        file = tmp_path / f"made{suffix}"
        write(file, Prose(3), 3000)
        content = file.read_bytes()
        write(file, Prose(3), 3000)
        assert file.read_bytes() == content, suffix
    with Library.open(tmp_path / "l.brain") as library:
        added = library.add([tmp_path / f"made{suffix}" for suffix in made_files.SMALL])
    assert {each.state for each in added} == {"verified"}
    assert {Path(each.path).suffix for each in added if each.engrams > 2} == set(made_files.SMALL)


@pytest.mark.slow
def test_a_mixed_folder_and_nested_ones_are_added_whole(tmp_path: Path) -> None:
    made_files.mixed(tmp_path / "mixed", 4000)
    made_files.nested(tmp_path / "nested", 40)
    with Library.open(tmp_path / "l.brain") as library:
        added = library.add([tmp_path / "mixed", tmp_path / "nested"])
        assert {each.state for each in added} == {"verified"}
        assert sum(each.already for each in added) == 1
        assert len({each.path for each in added}) == 9 + 40
