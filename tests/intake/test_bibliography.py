"""Lists of references bring the documents they name, and complete what is known of them."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.library import Library
from workbench.store.records import SourceRow

_TEXT = "Bridges of the north are gauged every spring. Nobody had counted them before 1910."
_ENTRY = """@article{holm2012,
  author = {Holm, Ada and Berg, Otto}, title = {The Gauge of Bridges}, year = 2012,
  doi = {10.1000/xyz}, abstract = {Keepers gauge bridges by hand.},
  file = {Full Text:papers/x1.txt:text/plain;Gone:papers/gone.pdf:application/pdf},
}
"""


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "bridges.brain") as made:
        yield made


@pytest.fixture
def references(tmp_path: Path) -> Path:
    papers = tmp_path / "papers"
    papers.mkdir()
    (papers / "x1.txt").write_text(_TEXT, encoding="utf-8")
    path = tmp_path / "refs.bib"
    path.write_text(_ENTRY, encoding="utf-8")
    return path


def _document(library: Library) -> SourceRow:
    (found,) = [each for each in library.sources.list() if each.kind == "text"]
    return found


def _known(row: SourceRow) -> tuple[str, str, str, str | None]:
    return row.title, row.author, row.date, row.metadata.get("citation_key")


_WHOLE = ("The Gauge of Bridges", "Ada Holm, Otto Berg", "2012", "holm2012")


@pytest.mark.slow
def test_what_a_list_names_is_read_with_it_and_gets_its_metadata(
    library: Library, references: Path
) -> None:
    done = library.add(references)
    assert [each.state for each in done] == ["verified", "verified"]
    assert _known(_document(library)) == _WHOLE
    answer = library.ask("When were the bridges of the north counted?")
    assert any("Nobody had counted them" in each.quote for each in answer.evidence)
    answer = library.ask("Who wrote The Gauge of Bridges?")
    assert "Ada Holm" in answer.evidence[0].quote
    assert library.verify().problems == ()
    # Once more brings nothing new.
    library.add(references)
    assert len(library.sources.list()) == 2


@pytest.mark.slow
def test_a_document_that_was_there_before_its_list_gets_the_metadata_too(
    library: Library, references: Path
) -> None:
    library.add(references.parent / "papers" / "x1.txt")
    assert _known(_document(library))[3] is None
    library.add(references)
    assert _known(_document(library)) == _WHOLE


@pytest.mark.slow
@pytest.mark.parametrize(("dated", "date"), [("date: 2012-05-01", "2012-05-01"), ("", "2012")])
def test_a_document_with_the_title_and_year_of_an_entry_gets_what_it_lacks(
    dated: str, date: str, library: Library, tmp_path: Path
) -> None:
    path = tmp_path / "gauge.md"
    path.write_text(f"---\n{dated}\n---\n# The gauge of bridges\n\n{_TEXT}\n", encoding="utf-8")
    library.add(path)
    (row,) = library.sources.list()
    assert (row.title, row.author) == ("The gauge of bridges", "")
    list_ = tmp_path / "refs.bib"
    list_.write_text(_ENTRY, encoding="utf-8")
    library.add(list_)
    (row,) = [each for each in library.sources.list() if each.kind == "markdown"]
    assert (row.title, row.author, row.date) == (
        "The gauge of bridges", "Ada Holm, Otto Berg", date,
    )  # fmt: skip
    assert row.metadata["doi"] == "10.1000/xyz"


_NAMED = ["papers/x1.exe", "/etc/hostname", "papers", "~nobody/x.pdf"]


@pytest.mark.slow
@pytest.mark.parametrize("named", _NAMED)
def test_what_is_no_document_is_not_read(library: Library, tmp_path: Path, named: str) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "x1.exe").write_bytes(b"MZ")
    list_ = tmp_path / "refs.bib"
    entry = f"@misc{{a, title = {{A Weir}}, file = {{{named}}}}}\n"
    list_.write_text(entry, encoding="utf-8")
    assert [each.state for each in library.add(list_)] == ["verified"]
    assert [each.title for each in library.sources.list()] == ["A Weir"]


def test_a_file_in_the_home_of_nobody_costs_nothing(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "home.bib"
    path.write_text("@book{a, title={Ferries}, file={~nobody at all/a.pdf}}", encoding="utf-8")
    (added,) = library.add(path)
    assert added.state == "verified"


def test_a_list_that_cannot_be_read_says_so(library: Library, tmp_path: Path) -> None:
    list_ = tmp_path / "refs.bib"
    list_.write_text("@misc{a, title = {No end\n", encoding="utf-8")
    (added,) = library.add(list_)
    assert added.state == "failed"
    assert "no reference with a title" in (added.error or "")
    assert library.sources.list() == []


def test_notes_of_a_vault_come_with_their_tags_and_links(tmp_path: Path) -> None:
    (tmp_path / "Bridges.md").write_text(
        "---\ntags:\n  - bridges\n  - far north\n---\n# Bridges\n\nThey are gauged, "
        "see [[Weirs|the weirs]] and [[Ferries#Hours]]. #todo/read\n\n"
        "`#code` is no tag, nor is #7.\n"
        "\n![[map.png]]\n",
        encoding="utf-8",
    )
    with Library.open(tmp_path / "a.brain") as library:
        library.add(tmp_path / "Bridges.md")
        (row,) = library.sources.list()
        assert row.tags == ("bridges", "far north", "todo/read")
        assert row.metadata["links"].splitlines() == ["Weirs", "Ferries"]


@pytest.mark.slow
def test_a_list_is_parsed_by_the_reading_process_alone(tmp_path: Path, references: Path) -> None:
    program = (
        "import sys\n"
        "from workbench.library import Library\n"
        "with Library.open(sys.argv[1]) as library:\n"
        "    assert len(library.add(sys.argv[2])) == 2\n"
        "assert 'bibtexparser' not in sys.modules and 'pylatexenc' not in sys.modules\n"
    )
    arguments = [sys.executable, "-c", program, str(tmp_path / "x.brain"), str(references)]
    subprocess.run(arguments, check=True, timeout=240)
