"""Fields of BibTeX and RIS that are joined, inherited, verbatim or of editors."""

from pathlib import Path

import pytest

from ingest.bibliography import Reference, _bibtex, _ris
from ingest.records import AND_OTHERS
from tests.ingest.conftest import Read


def _only(text: str) -> Reference:
    return _bibtex(text)[0][0]


def test_values_are_joined() -> None:
    """“#” joins strings, numbers and macros, in a macro, too."""
    entry = _only(
        '@string{rev = {Review of }}@string{mill = rev # "Mills"}'
        '@article{a, title = {Wheels # gears}, journal = mill, year = "19" # 87}'
    )
    assert (entry.title, entry.venue, entry.date) == ("Wheels # gears", "Review of Mills", "1987")


def test_a_part_takes_the_fields_of_its_book() -> None:
    """Title of the book, editor and date come from the parent, given fields stay."""
    entry = _only(
        "@incollection{p, title={On Oars}, author={Moe, Liv}, crossref={B}, xdata={x}}"
        "@xdata{x, publisher={Fjord}}@book{b, title={Boats}, editor={Dahl, Tor}, year={1999}}"
    )
    assert (entry.venue, entry.editors, entry.date) == ("Boats", ("Dahl, Tor",), "1999")
    assert (entry.publisher, entry.names) == ("Fjord", ("Moe, Liv",))


def test_people_that_are_not_named_are_no_person() -> None:
    """“and others” stands as et al."""
    entry = _only("@book{b, title={Nets}, author={Lund, Per and others}}")
    assert entry.names == ("Lund, Per", AND_OTHERS)
    assert entry.line.startswith("Per Lund et al. wrote")


def test_addresses_and_formulas() -> None:
    """A tilde stays in an address; a formula is told in plain signs."""
    entry = _only(r"@misc{m, title={Heat of $\alpha$ and H$_2$O}, url={https://e.org/~a\_b}}")
    assert (entry.title, entry.url) == ("Heat of α and H2O", "https://e.org/~a_b")


def test_ris_journals_and_people() -> None:
    """Journals have many tags, a line may hold several authors."""
    (entry,) = _ris("TY  - JOUR\nTI  - Eels\nAU  - Rix, T.; Oy, B.\nJF  - Rivers\nER  - \n")[0]
    assert (entry.venue, entry.names) == ("Rivers", ("Rix, T.", "Oy, B."))


def test_months_and_what_stands_for_nothing() -> None:
    """A month is part of the date; a macro for sorting is none of the year."""
    entry = _only(
        '@article{a, title={A}, author={H. \\O{}re}, month = mar # "~5", year={\\noop{9}1999},'
        "howpublished={\\url{https://e.org/~a}}}"
    )
    assert (entry.date, entry.names) == ("1999-03-05", ("Øre, H.",))
    assert entry.url == "https://e.org/~a"
    assert _only("@book{b, title={B}, month={12}, year=2001}").date == "2001-12"


def test_fractions_of_titles() -> None:
    """A fraction keeps its parts together, an address under words is left out."""
    entry = _only(r"@misc{m, title={On $\frac{a+b}{2c}$ and \href{https://e.org}{eels}}}")
    assert entry.title == "On (a+b)/(2c) and eels"


def test_ris_of_one_blank_and_repeated_tags() -> None:
    """One address is taken of several; keywords and people may share a line."""
    lines = ["TY - JOUR", "TI - Eels", "AU - Rix, T., Oy, B. C.", "UR - https://e.org/1"]
    lines += ["UR - https://e.org/2", "KW - eels; weirs", "JO - Riv.", "JF - Rivers", "ER - ", ""]
    (entry,) = _ris("\n".join(lines))[0]
    assert (entry.url, entry.tags) == ("https://e.org/1", ("eels", "weirs"))
    assert (entry.venue, entry.names) == ("Rivers", ("Rix, T.", "Oy, B. C."))


@pytest.mark.parametrize(
    ("name", "entry"),
    [
        ("a.bib", "@book{k, title={Looms}, author={Berg, Odd}, year=2001, edition={2nd}, "
                  "series={Crafts}, address={Hamar}, isbn={978-82-1}}"),
        ("a.ris", "TY  - BOOK\nTI  - Looms\nAU  - Berg, Odd\nPY  - 2001\nET  - 2nd\nT3  - Crafts\n"
                  "CY  - Hamar\nSN  - 978-82-1\nC1  - Shelf of Wilma\nER  - \n"),
    ],
)  # fmt: skip
def test_fields_without_a_place_of_their_own_are_a_note(
    name: str, entry: str, tmp_path: Path, read: Read
) -> None:
    path = tmp_path / name
    path.write_text(entry)
    text = read(path).text
    wanted = ("2nd", "Hamar", "978-82-1", "Shelf of Wilma" if name == "a.ris" else "Crafts")
    assert all(words in text for words in wanted)
