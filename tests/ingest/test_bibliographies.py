"""Lists of references in BibTeX, RIS and CSL-JSON: each entry is a source with its metadata."""

import json
from pathlib import Path

import pytest

import ingest
from ingest.errors import EmptyFileError, NoTextError
from ingest.records import Notice, Section, Source
from tests.patience import seconds

ENTRY = "@article{ebbinghaus1885,\n  title = {Über das Gedächtnis},\n  year = 1885,\n}\n"
BIBLIOGRAPHIES = {
    "plain.bib": ENTRY,
    "nameless.txt": ENTRY,
    "spaced.txt": f"\n\n\t{ENTRY.replace('{ebb', ' { ebb')}",
    "jabref.bib": f"% Encoding: UTF-8\n\n{ENTRY}\n@Comment{{jabref-meta: databaseType:bibtex;}}\n",
    "strings.bib": f'@string{{jan = "January"}}\n@preamble{{"x"}}\n{ENTRY}',
    "remarks.bib": f"Papers that I have to read:\n\n{ENTRY}",
    "upper.bib": ENTRY.replace("@article", "@INPROCEEDINGS"),
    "marked.bib": "\ufeff" + ENTRY,
}
TEXTS = {
    "about.txt": f"BibTeX keeps a reference like this:\n\n{ENTRY}\nEach has a key.\n",
    "about.md": f"# References\n\n```\n{ENTRY}```\n\nEach has a key, which a text cites.\n",
    "code.txt": "@dataclass(frozen=True, slots=True)\nclass Ferry:\n    name = 1\n",
    "style.txt": "@media screen {\n  body { color: black }\n}\n",
    "mail.txt": "@ida, the ferry leaves at nine.\nBring the letter = that of yesterday.\n",
    "empty.bib": "Nothing is here yet, but there will be.\n",
    "type.txt": "TY is short for thank you.\n",
}
GAUGE = r"""
@article{holm2012,
  author = {Holm, Ada and Otto {van den Berg} and {{Harbour Board}}},
  title = {The {G}auge of Br\"ucken: a study, \emph{really}},
  journal = "Journal of Bridges", year = 2012, month = jan, volume = 3, number = {2},
  pages = {1--9}, doi = {https://doi.org/10.1000/xyz}, abstract = {Bridges are gauged. They hold.},
  note = {Read this first.},
}
@book{broken, title = {No end
@misc{twice, title = {Fine}, year = {1999}}
@misc{twice, title = {Fine again}}
@misc{nameless, year = {1999}}
"""
RIS = """TY  - JOUR
AU  - Holm, Ada
AU  - Berg, Otto
TI  - The Gauge
PY  - 2012/03/04
DO  - 10.1000/xyz
AB  - Bridges are gauged.
JO  - Journal of Bridges
SP  - 3
EP  - 9
ID  - h1
ER  -

TY  - BOOK
TI  - A Book of Weirs
ER  -
"""
CSL = [
    {
        "id": "holm2012",
        "type": "article-journal",
        "title": "The <i>Gauge</i>",
        "DOI": "10.1000/xyz",
        "issued": {"date-parts": [[2012, 3]]},
        "author": [{"given": "Ada", "family": "Holm"}, {"literal": "Harbour Board"}],
        "container-title": "Journal of Bridges",
    },
    "no item",
]


def _read(tmp_path: Path, name: str, text: str | bytes) -> list[Source | Section | Notice]:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return list(ingest.read(path))


def _sources(found: list[Source | Section | Notice]) -> list[Source]:
    return [each for each in found if isinstance(each, Source)]


def _texts(found: list[Source | Section | Notice]) -> list[str]:
    return [each.text for each in found if isinstance(each, Section)]


@pytest.mark.parametrize("name", BIBLIOGRAPHIES)
def test_bibtex_is_known_by_its_first_entry(tmp_path: Path, name: str) -> None:
    found = _read(tmp_path, name, BIBLIOGRAPHIES[name])
    (source,) = _sources(found)
    assert (source.key, source.title, source.date) == (
        "ebbinghaus1885", "Über das Gedächtnis", "1885",
    )  # fmt: skip
    assert _texts(found) == ["“Über das Gedächtnis” (1885)."]


@pytest.mark.parametrize("name", TEXTS)
def test_what_only_looks_like_it_is_text(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(TEXTS[name], encoding="utf-8")
    assert ingest.sniff(path) in ("text", "markdown")


def test_entries_of_bibtex_say_who_wrote_what_where_and_when(tmp_path: Path) -> None:
    found = _read(tmp_path, "bridges.bib", GAUGE)
    gauge, *others = _sources(found)
    assert gauge.title == "The Gauge of Brücken: a study, really"
    assert gauge.author == "Ada Holm, Otto van den Berg, Harbour Board"
    assert gauge.date == "2012-01"
    assert gauge.metadata["citation_key"] == "holm2012"
    assert gauge.metadata["doi"] == "10.1000/xyz"
    assert gauge.metadata["venue"] == "Journal of Bridges"
    assert _texts(found)[0] == (
        "Ada Holm, Otto van den Berg and Harbour Board wrote "
        "“The Gauge of Brücken: a study, really” "
        "(Journal of Bridges, 3(2), 1–9, 2012, doi:10.1000/xyz).\n\n"
        "Bridges are gauged. They hold.\n\nRead this first."
    )
    # Two with one key are two; what is not whole or has no title is named.
    assert [each.title for each in others] == ["Fine", "Fine again"]
    told = [each.message for each in found if isinstance(each, Notice)]
    assert told == [
        "The entry in line 9 is not whole and was left out.",
        "The entry “nameless” has no title and was left out.",
    ]


def test_entries_of_ris_and_csl_say_the_same(tmp_path: Path) -> None:
    ris = _read(tmp_path, "bridges.ris", RIS)
    gauge, book = _sources(ris)
    assert (gauge.key, gauge.author, gauge.date) == ("h1", "Ada Holm, Otto Berg", "2012-03-04")
    assert gauge.metadata["doi"] == "10.1000/xyz"
    assert "wrote “The Gauge” (Journal of Bridges, 3–9, 2012" in _texts(ris)[0]
    assert book.title == "A Book of Weirs"
    csl = _read(tmp_path, "bridges.json", json.dumps(CSL))
    (gauge,) = _sources(csl)
    assert (gauge.title, gauge.author, gauge.date) == (
        "The Gauge",
        "Ada Holm, Harbour Board",
        "2012-03",
    )
    assert gauge.metadata["citation_key"] == "holm2012"


_UNORDERED = """Provider: Fjord

AU  - Moe, Liv
TY  - BOOK
TI  - On Oars
ER  -
DB  - Net
KW  - nets
TI  - On Nets
TY  - JOUR
JO  - Fish
ER  -

TI  - On Sails
PY  - 1999
ER  -
TY  - BOOK
TI  - On Keels
TY  - JOUR
TI  - On Masts
"""


@pytest.mark.parametrize("name", ["a.ris", "a.txt"])
def test_fields_of_ris_may_stand_before_the_type(tmp_path: Path, name: str) -> None:
    text = _UNORDERED if name == "a.ris" else _UNORDERED.partition("\n\n")[2]
    found = _read(tmp_path, name, text)
    assert [(each.title, each.author, each.metadata.get("type")) for each in _sources(found)] == [
        ("On Oars", "Liv Moe", "book"),
        ("On Nets", "", "article-journal"),
        ("On Sails", "", None),
        ("On Keels", "", "book"),
        ("On Masts", "", "article-journal"),
    ]
    assert not [each for each in found if isinstance(each, Notice)]
    assert "On Sails” (1999)" in _texts(found)[2]


_GERMAN = (
    "Die Boote wurden im Winter an Land gezogen und dort von den Leuten des Dorfes repariert, "
    "bevor das Eis im Frühling wieder von der Küste wich."
)


@pytest.mark.parametrize(
    ("fields", "language"),
    [
        ("author = {van Dijk, Anke and de Boer, Jan}", ""),
        ("author = {García, Ana}, journal = {Revista de Barcos}", ""),
        ("langid = {english}", "en"),
        ("language = {de-AT}, author = {Smith, John}", "de-AT"),
        (f"abstract = {{{_GERMAN}}}", "de"),
        ("abstract = {Barcos.}", ""),
    ],
)
def test_the_language_of_an_entry_is_none_that_its_names_suggest(
    tmp_path: Path, fields: str, language: str
) -> None:
    (source,) = _sources(_read(tmp_path, "a.bib", f"@book{{b, title = {{Accents}}, {fields}}}"))
    assert source.language == language


def test_files_of_a_list_that_are_not_there_are_named(tmp_path: Path) -> None:
    (tmp_path / "here.txt").write_text("Here.", encoding="utf-8")
    files = ";".join(("here.txt", r":C\:\\Papers\\gone.pdf:PDF", "/no/where.epub", "data.bin"))
    found = _read(tmp_path, "a.bib", f"@book{{b, title = {{Oars}}, file = {{{files}}}}}")
    (notice,) = (each for each in found if isinstance(each, Notice))
    assert notice.message == (
        "Files that this list names are not there and were left out: “gone.pdf”, “where.epub”."
    )


def test_a_list_in_another_encoding_is_read(tmp_path: Path) -> None:
    (source,) = _sources(_read(tmp_path, "old.bib", ENTRY.encode("latin-1")))
    assert source.title == "Über das Gedächtnis"


@pytest.mark.parametrize("text", ["@misc{a,\n  year = 1999\n}\n", "@misc{a,\n  title = {No end\n"])
def test_a_list_without_a_single_whole_entry_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises((EmptyFileError, NoTextError), match="no reference with a title"):
        _read(tmp_path, "none.bib", text)


@pytest.mark.slow
def test_macros_that_double_sixty_times_stand_for_little(tmp_path: Path) -> None:
    """They stood for a trillion letters, and ended the program for want of memory."""
    doubled = "".join(f"@string{{s{n} = s{n - 1} # s{n - 1}}}\n" for n in range(1, 24))
    more = "".join(f"@book{{k{n}, title={{Ferries}}, abstract=s23}}\n" for n in range(40))
    file = tmp_path / "doubled.bib"
    file.write_text(f'@string{{s0 = "aa"}}\n{doubled}{ENTRY}{more}', encoding="utf-8")
    records = list(ingest.read(file))
    assert sum(isinstance(record, Source) for record in records) == 41
    assert sum(len(record.text) for record in records if isinstance(record, Section)) < 4_000_000
    assert any(isinstance(record, Notice) and "abbreviations" in str(record) for record in records)


@pytest.mark.timeout(seconds(30))
def test_entries_that_all_inherit_from_one_another_are_read(tmp_path: Path) -> None:
    """The time grew with the eighth power of their number."""
    keys = ",".join(f"k{n}" for n in range(12))
    entries = "".join(f"@book{{k{n}, title={{T{n}}}, xdata={{{keys}}}}}\n" for n in range(12))
    file = tmp_path / "circle.bib"
    file.write_text(entries.replace("title={T0}, ", ""), encoding="utf-8")
    titles = [record.title for record in ingest.read(file) if isinstance(record, Source)]
    assert titles[1:] == [f"T{n}" for n in range(1, 12)]
    assert titles[0]


def test_ten_thousand_entries_are_all_read(tmp_path: Path) -> None:
    text = "\n".join(ENTRY.replace("1885,", f"{number},", 1) for number in range(10_000))
    assert len({each.key for each in _sources(_read(tmp_path, "many.bib", text))}) == 10_000
