"""One word that names different people in different books, and what keeps them apart."""

import itertools
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.errors import NotFoundError, UsageError
from workbench.library import Library
from workbench.library.options import SourceDetails
from workbench.memory.graph.aliases import CERTAIN

#: What each made book says of its Ottilie.
_HALLVARD = (
    "Ottilie Hallvard lived in a mill by the river with her brother. Every morning Ottilie "
    "walked to the market, and she sold her bread there. Ottilie Hallvard kept three geese. When "
    "it rained, Ottilie stayed at home and wrote letters, which her brother carried to the town."
)
_SAUREN = (
    "Doctor Weiss had a ward of whom he spoke often. Ottilie Sauren had come from the south when "
    "she was four. In the evening Ottilie played, and her guardian listened to her. Ottilie "
    "Sauren never spoke of the south. One winter Ottilie fell ill, and the doctor nursed her."
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "namesakes.brain") as opened:
        yield opened


def added(library: Library, folder: Path, name: str, text: str) -> int:
    file = folder / f"{name}.txt"
    file.write_text(text, "utf-8")
    source = library.add(file)[0].source
    assert source is not None
    return source


def settled(library: Library) -> None:
    """Link what is pending and settle names, as the background does."""
    library.graph.link()
    library.graph.aliases(merge=CERTAIN)
    library.graph.link()


def places(library: Library) -> set[tuple[str, frozenset[int]]]:
    """Each concept that is called Ottilie, with the sources that mention it."""
    rows = library._store.rows(
        "SELECT c.name, json_group_array(DISTINCT m.place) FROM concept c "
        "JOIN mention m ON m.concept = c.id WHERE c.name LIKE 'Ottilie%' GROUP BY c.id"
    )
    return {(name, frozenset(map(int, sources.strip("[]").split(",")))) for name, sources in rows}


def numbers(library: Library, name: str = "Ottilie") -> dict[int, int]:
    """The mentions of the concepts of a name by source."""
    return dict(
        library._store.rows(
            "SELECT m.place, count(*) FROM concept c JOIN mention m ON m.concept = c.id "
            "WHERE c.name LIKE ? || '%' GROUP BY m.place",
            (name,),
        )
    )


def test_a_given_name_of_two_books_is_two_people(library: Library, tmp_path: Path) -> None:
    mill, ward = added(library, tmp_path, "mill", _HALLVARD), added(library, tmp_path, "w", _SAUREN)
    library.graph.link()
    before = numbers(library)
    settled(library)
    assert all(len(sources) == 1 for _, sources in places(library))
    assert numbers(library) == before
    assert library.verify().sound
    for source, other in ((mill, "Ottilie Sauren"), (ward, "Ottilie Hallvard")):
        names = {
            library.graph.concept(name).concept.name
            for name, sources in places(library)
            if source in sources
        }
        assert other not in names
    # It is said once, and holds for what is read later.
    assert len(places(library)) == len({*places(library)})
    settled(library)
    assert all(len(sources) == 1 for _, sources in places(library))


def test_books_that_come_one_after_the_other_are_kept_apart(
    library: Library, tmp_path: Path
) -> None:
    text = f"{_HALLVARD} Miss Hallvard sang. The town liked Miss Hallvard."
    mill = added(library, tmp_path, "mill", text)
    settled(library)
    assert {("Ottilie Hallvard", frozenset((mill,)))} == places(library)
    ward = added(library, tmp_path, "ward", _SAUREN)
    settled(library)
    assert all(len(sources) == 1 for _, sources in places(library))
    assert any(sources == {ward} for _, sources in places(library))
    assert library.verify().sound


def test_a_full_name_and_a_name_of_the_same_person_stay_one(
    library: Library, tmp_path: Path
) -> None:
    text = "Richard Semon wrote a book, and he sent it to Jena. Later Semon left. {} Richard Semon"
    for number, end in enumerate(("sold his house.", "met R. Semon again.", "died in Munich.")):
        added(library, tmp_path, f"life{number}", f"{text.format(end)} {end} He said so of Semon.")
    settled(library)
    rows = library._store.rows(
        "SELECT count(DISTINCT m.place) FROM concept c JOIN mention m ON m.concept = c.id "
        "WHERE c.name LIKE '%Semon' AND c.name <> 'R. Semon' GROUP BY c.id"
    )
    assert {number for (number,) in rows} == {3}


def test_products_of_one_maker_are_no_people(library: Library, tmp_path: Path) -> None:
    for name, other in (("Karst Server", "rack"), ("Karst Mail", "inbox")):
        added(
            library, tmp_path, other,
            f"We installed {name} in March. {name} needs a licence. The {other} shows Karst. "
            f"Without Karst the {other} stays empty. An update of Karst came in May.",
        )  # fmt: skip
    settled(library)
    rows = library._store.rows("SELECT count(*) FROM concept WHERE name = 'Karst'")
    assert rows == [(1,)]


def test_two_formats_of_one_work_have_the_same_people(library: Library, tmp_path: Path) -> None:
    mill = added(library, tmp_path, "mill", _HALLVARD)
    ward = added(library, tmp_path, "ward", _SAUREN)
    settled(library)
    page = tmp_path / "ward.html"
    page.write_text(f"<html><body><p>{_SAUREN}</p></body></html>", "utf-8")
    copy = library.add(page)[0].source
    settled(library)
    assert {sources for _, sources in places(library)} == {
        frozenset((mill,)), frozenset((ward, copy)),
    }  # fmt: skip


def test_a_split_is_undone_and_not_repeated(library: Library, tmp_path: Path) -> None:
    added(library, tmp_path, "mill", _HALLVARD)
    added(library, tmp_path, "ward", _SAUREN)
    library.graph.link()
    before = places(library), numbers(library)
    library.graph.aliases(merge=1.0)
    (change,) = [row for row in library.changes() if row.kind == "concept split"]
    assert places(library) != before[0]
    # Nobody's last act: it is undone by its number.
    with pytest.raises(NotFoundError):
        library.undo("concept")
    library.undo("concept", change.id)
    library.graph.link()
    assert (places(library), numbers(library)) == before
    library.graph.aliases(merge=1.0)
    assert (places(library), numbers(library)) == before
    assert library.verify().sound


def test_two_of_one_name_are_made_one_by_hand_and_stay_so(library: Library, tmp_path: Path) -> None:
    added(library, tmp_path, "mill", _HALLVARD)
    added(library, tmp_path, "ward", _SAUREN)
    settled(library)
    ids = [row[0] for row in library._store.rows(
        "SELECT id FROM concept WHERE name LIKE 'Ottilie%' ORDER BY mentions DESC"
    )]  # fmt: skip
    for other in ids[1:]:
        library.graph.change(other, into=ids[0])
    settled(library)
    ((_, sources),) = places(library)
    assert len(sources) == 2
    # And apart again.
    for _ in ids[1:]:
        library.undo("concept")
    settled(library)
    assert all(len(sources) == 1 for _, sources in places(library))
    assert library.verify().sound


def test_a_form_of_one_book_is_split_off_by_hand(library: Library, tmp_path: Path) -> None:
    added(library, tmp_path, "mill", _HALLVARD)
    ward = added(library, tmp_path, "ward", _SAUREN)
    settled(library)
    (other,) = library._store.rows(
        "SELECT DISTINCT c.id FROM concept c JOIN mention m ON m.concept = c.id "
        "WHERE c.name = 'Ottilie' AND m.place = ?", (ward,)
    )[0]  # fmt: skip
    library.graph.change(other, into="Ottilie Sauren")
    change = library.graph.change("Ottilie Sauren", form="Ottilie")
    library.graph.link()
    assert ("Ottilie", frozenset((ward,))) in places(library)
    with pytest.raises(UsageError, match="ottilie sauren"):
        library.graph.change("Ottilie Sauren", form="Semon")
    library.undo("concept", change.id)
    library.graph.link()
    assert ("Ottilie", frozenset((ward,))) not in places(library)


def test_a_deleted_book_takes_its_people_along_and_a_new_reading_keeps_them(
    library: Library, tmp_path: Path
) -> None:
    mill = added(library, tmp_path, "mill", _HALLVARD)
    ward = added(library, tmp_path, "ward", _SAUREN)
    settled(library)
    before = places(library), numbers(library)
    (tmp_path / "ward.txt").write_text(f"{_SAUREN} It was spring again.", "utf-8")
    library.add([ward])
    settled(library)
    assert (places(library), numbers(library)) == before
    library.sources.trash([ward])
    library.sources.delete([ward])
    settled(library)
    assert {sources for _, sources in places(library)} == {frozenset((mill,))}
    assert not library._store.rows("SELECT 1 FROM concept_key WHERE key < ' '")
    assert library._store.rows("SELECT name FROM concept WHERE name = 'Ottilie Sauren'") == []
    assert library.verify().sound


def test_a_backup_and_an_export_have_what_they_need(library: Library, tmp_path: Path) -> None:
    added(library, tmp_path, "mill", _HALLVARD)
    added(library, tmp_path, "ward", _SAUREN)
    settled(library)
    library.export(tmp_path / "out.wbx")
    with Library.open(tmp_path / "other.brain") as other:
        other.import_(tmp_path / "out.wbx")
        settled(other)
        assert {len(sources) for _, sources in places(other)} == {1}
        assert other.verify().sound


def test_a_word_stands_for_whom_it_names_most_often_and_in_a_collection_for_who_is_there(
    library: Library, tmp_path: Path
) -> None:
    file = tmp_path / "ward.txt"
    file.write_text(_SAUREN, "utf-8")
    ward = library.add(file, collection="ward")[0].source
    mill = added(library, tmp_path, "mill", _HALLVARD * 2)
    settled(library)
    library.graph.change(library.graph.concept("Ottilie").concept.id, into="Ottilie Hallvard")
    assert library.graph.concept("Ottilie").concept.name == "Ottilie Hallvard"
    assert (library.graph.concept("Ottilie", collection="ward").concept.mentions) == 2
    assert mill != ward


_PEOPLE = ("Hallvard", "Sauren", "Tamuro")


@pytest.mark.parametrize("seed", range(6))
def test_names_are_the_same_in_whatever_order_books_come(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    books = [(f"book{n}", chance.choice(_PEOPLE), chance.randint(2, 4)) for n in range(4)]

    def text(name: str, surname: str, times: int) -> str:
        full = f"Ottilie {surname} came to {name}, and she stayed with her aunt."
        return " ".join([full] * 2 + [f"In year {n} Ottilie said that she was glad."
                                      for n in range(times)])  # fmt: skip

    groupings = []
    for number, order in enumerate(itertools.islice(itertools.permutations(books), 0, 24, 11)):
        with Library.open(tmp_path / f"{number}.brain") as library:
            titles = {}
            for book in order:
                folder = tmp_path / str(number)
                folder.mkdir(exist_ok=True)
                titles[added(library, folder, book[0], text(*book))] = book[0]
                if chance.random() < 0.5:
                    settled(library)
            settled(library)
            assert library.verify().sound
            groupings.append(
                {frozenset(titles[source] for source in sources) for _, sources in places(library)}
            )
    surnames = {name: surname for name, surname, _ in books}
    for grouping in groupings:
        assert all(len({surnames[name] for name in group}) == 1 for group in grouping)


def test_a_format_that_counts_apart_has_the_same_people_still(
    library: Library, tmp_path: Path
) -> None:
    ward = added(library, tmp_path, "ward", _SAUREN)
    library.sources.edit([ward], SourceDetails(same_work="no"))
    settled(library)
    assert len({sources for _, sources in places(library)}) == 1
