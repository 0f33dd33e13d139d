"""Quotes are cited, and sources listed, by styles of the Citation Style Language."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from workbench.cli.main import main
from workbench.errors import InputError, NotFoundError, UsageError
from workbench.library import Library
from workbench.recall.cited_sources import people
from workbench.recall.records import Place

LIST = r"""
@article{holm2012, author = {Holm, Ada and Otto van den Berg and {{Harbour Board}}},
  title = {The Gauge of Bridges}, journal = {Journal of Bridges}, year = 2012, volume = 3,
  number = 2, pages = {101--117}, doi = {10.1000/xyz}}
@book{ray1999, author = {Ben Ray}, title = {A Book of Weirs}, year = 1999, publisher = {Ald Press}}
"""
NOTE = "Bridges are gauged every spring. Nobody had counted them before.\n"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    (tmp_path / "refs.bib").write_text(LIST, encoding="utf-8")
    (tmp_path / "loose-leaf.txt").write_text(NOTE, encoding="utf-8")
    with Library.open(tmp_path / "a.brain") as made:
        made.add([tmp_path / "refs.bib", tmp_path / "loose-leaf.txt"])
        yield made


def ids(library: Library) -> dict[str, int]:
    return {row.title: row.id for row in library.sources.list()}


def page(label: str) -> Place:
    return Place(1, label, None, 0, 0)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("style", "text", "reference"),
    [
        ("apa", "(Holm et al., 2012, p. 104)",
         "Holm, A., van den Berg, O., & Harbour Board. (2012). The Gauge of Bridges. Journal of "
         "Bridges, 3(2), 101–117. https://doi.org/10.1000/xyz"),
        ("chicago-author-date", "(Holm et al. 2012, 104)",
         "Holm, Ada, Otto van den Berg, and Harbour Board. 2012. “The Gauge of Bridges.” Journal "
         "of Bridges 3 (2): 101–17. https://doi.org/10.1000/xyz."),
        ("modern-language-association", "(Holm et al. 104)",
         "Holm, Ada, et al. “The Gauge of Bridges.” Journal of Bridges, vol. 3, no. 2, 2012, "
         "pp. 101–17, https://doi.org/10.1000/xyz."),
        ("ieee", "[1, p. 104]",
         "[1] A. Holm, O. van den Berg, and Harbour Board, “The Gauge of Bridges,” Journal of "
         "Bridges, vol. 3, no. 2, pp. 101–117, 2012, doi: 10.1000/xyz."),
        ("nature", "¹",
         "1. Holm, A., van den Berg, O. & Harbour Board. The Gauge of Bridges. Journal of Bridges "
         "3, 101–117 (2012)."),
    ],
)  # fmt: skip
def test_a_quote_is_cited_as_the_style_says(
    library: Library, style: str, text: str, reference: str
) -> None:
    (made,) = library.sources.cite(
        [ids(library)["The Gauge of Bridges"]], style=style, places=[page("104")]
    )
    assert (made.text, made.reference) == (text, reference)
    gap = "" if style == "nature" else " "
    assert made.after("Gauged.") == f"“Gauged.”{gap}{text}\n\n{reference}"


@pytest.mark.slow
def test_a_style_of_footnotes_gives_a_footnote(library: Library) -> None:
    (made,) = library.sources.cite(
        [ids(library)["A Book of Weirs"]], style="chicago-notes-bibliography", places=[page("7")]
    )
    assert made.notes
    assert made.text == "Ben Ray, A Book of Weirs (Ald Press, 1999), 7."
    assert made.after("A weir.") == f"“A weir.”\n\n{made.text}"


@pytest.mark.slow
def test_every_style_cites_what_has_neither_author_nor_date(library: Library) -> None:
    named = ids(library)
    (loose,) = [id for title, id in named.items() if "eaf" in title]
    time = Place(None, None, None, 0, 0, seconds=761)
    names = [style.name for style in library.sources.citation_styles]
    assert len(names) >= 8
    for name in names:
        (made,) = library.sources.cite([loose], style=name, places=[time])
        assert "12:41" in made.text, name
        # What stands in place of an author does not come twice.
        assert made.reference.casefold().count("loose leaf") <= 1, name


@pytest.mark.slow
def test_numbers_follow_the_sources_and_a_list_is_in_the_order_of_its_style(
    library: Library,
) -> None:
    named = ids(library)
    wanted = [named["The Gauge of Bridges"], named["A Book of Weirs"]]
    made = library.sources.cite(wanted, style="ieee")
    assert [each.text for each in made] == ["[1]", "[2]"]
    assert made[1].reference.startswith("[2] B. Ray")
    told = library.sources.bibliography(wanted[::-1], form="apa").splitlines()
    assert [line.split(",")[0] for line in told] == ["Holm", "Ray"]
    with pytest.raises(UsageError):
        library.sources.cite(wanted, places=[page("1")])


@pytest.mark.slow
def test_bibtex_and_csl_come_out_as_they_went_in(library: Library) -> None:
    named = ids(library)
    told = library.sources.bibliography([named["The Gauge of Bridges"]], form="bibtex")
    for line in (
        "@article{holm2012,",
        "author = {Holm, Ada and van den Berg, Otto and {Harbour Board}}",
        "journal = {Journal of Bridges}",
        "number = {2}",
        "pages = {101--117}",
        "doi = {10.1000/xyz}",
    ):
        assert line in told
    (item,) = json.loads(library.sources.bibliography([named["A Book of Weirs"]], form="csl"))
    assert (item["type"], item["publisher"]) == ("book", "Ald Press")
    assert item["author"] == [{"family": "Ray", "given": "Ben"}]


def test_ris_comes_out_as_it_went_in(library: Library, tmp_path: Path) -> None:
    named = ids(library)
    wanted = [named["The Gauge of Bridges"], named["A Book of Weirs"]]
    told = library.sources.bibliography(wanted, form="ris")
    assert told.startswith("TY  - JOUR\nAU  - Holm, Ada\nAU  - van den Berg, Otto\n")
    path = tmp_path / "sources.ris"
    path.write_text(told, encoding="utf-8")
    with Library.open(tmp_path / "other.brain") as other:
        other.add(path)
        items = [
            json.loads(each.sources.bibliography(ids, form="csl"))
            for each, ids in ((library, wanted), (other, [row.id for row in other.sources.list()]))
        ]
    kept = [
        sorted(
            ({**item, "id": "", "language": ""} for item in each), key=lambda item: item["title"]
        )
        for each in items
    ]
    assert kept[0] == kept[1]


def test_people_of_a_chat_and_the_address_of_a_saved_page_are_cited(tmp_path: Path) -> None:
    entry = tmp_path / "a.bib"
    entry.write_text("@book{ray, author = {Ben Ray and others}, title = {Weirs}}")
    said = "12/03/2021, 18:05 - {}: Yes, at six in the evening.\n"
    chat = tmp_path / "WhatsApp Chat.txt"
    chat.write_text(said.format("Lina") + said.format("Tomás"), encoding="utf-8")
    page = tmp_path / "tram.html"
    page.write_text(
        '<html><head><title>Tram</title><link rel="canonical" href="https://example.org/tram">'
        "</head><body><p>Norwich will have a tram again, and soon.</p></body></html>"
    )
    with Library.open(tmp_path / "a.brain") as library:
        library.add([chat, page, entry])
        told = library.sources.bibliography([*ids(library).values()], form="bibtex")
    assert "author = {Ray, Ben and others}" in told
    assert "author = {{Lina} and {Tomás}}" in told
    assert "url = {https://example.org/tram}" in told


@pytest.mark.slow
@pytest.mark.parametrize(
    ("line", "families"),
    [
        ("Ada Holm, Otto Berg", ["Holm", "Berg"]),
        ("Holm, Ada", ["Holm"]),
        ("van den Berg, Otto; Holm, Ada", ["van den Berg", "Holm"]),
        ("Ludwig van Beethoven & Ada Holm", ["van Beethoven", "Holm"]),
        ("Fred L. Drake, Jr., Ada Holm", ["Drake Jr.", "Holm"]),
        ("Ursula K. Le Guin, Harry E Smith", ["Le Guin", "Smith"]),
        ("Plato", ["Plato"]),
        ("The Harbour Board", ["The Harbour Board"]),
        ("", []),
    ],
)
def test_family_names_are_told_from_a_line_of_authors(
    library: Library, line: str, families: list[str]
) -> None:
    row = replace(library.sources.list()[0], author=line, metadata={})
    assert [each.get("family", each.get("literal")) for each in people(row)] == families


def test_a_style_of_ones_own_and_files_that_are_none(library: Library, tmp_path: Path) -> None:
    own = tmp_path / "own.csl"
    own.write_text(
        '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text"><info/>'
        '<citation><layout prefix="{" suffix="}"><text variable="title"/></layout></citation>'
        "</style>",
        encoding="utf-8",
    )
    weirs = [ids(library)["A Book of Weirs"]]
    (made,) = library.sources.cite(weirs, style=str(own))
    assert (made.text, made.reference) == ("{A Book of Weirs}", "")
    for broken in ("<style>", "<a/>", own.read_text("utf-8").replace("citation", "other")):
        own.write_text(broken, encoding="utf-8")
        with pytest.raises(InputError):
            library.sources.cite(weirs, style=str(own))
    for absent in ("", "nope", "../styles/apa", "a\0b", "x" * 5000):
        with pytest.raises(NotFoundError):
            library.sources.cite(weirs, style=absent)


@pytest.mark.slow
def test_the_command_cites_lists_and_exports(
    library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, weirs = str(tmp_path / "a.brain"), str(ids(library)["A Book of Weirs"])
    library.answers.keep(library.ask("When are bridges gauged?"))

    def run(*words: str) -> str:
        capsys.readouterr()
        assert main(["--library", path, *words]) == 0
        return capsys.readouterr().out

    assert run("cite", weirs, "--page", "7").startswith("(Ray, 1999, p. 7)\n")
    assert run("cite", weirs, "--list", "--style", "nature") == (
        "1. Ray, B. A Book of Weirs. (Ald Press, 1999).\n"
    )
    assert run("cite", weirs, "--form", "bibtex").startswith("@book{ray1999")
    assert "apa " in run("cite", "--styles")
    assert json.loads(run("--json", "cite", weirs))["text"] == "(Ray, 1999)"
    told = run("answers", "--export", str(library.answers.list()[0].id), "--style", "apa")
    assert "“Bridges are gauged every spring" in told
    assert "## References\n" in told
    assert main(["--library", path, "cite", "--page", "7"]) == 2


def test_letters_of_other_alphabets_stand_in_keys_as_people_write_them(tmp_path: Path) -> None:
    file = tmp_path / "moraine.md"
    file.write_text(
        "---\ntitle: Øvre Straße\nauthor: Bjørn Sæther\ndate: 2004\n---\n\nIce lies there.\n",
        encoding="utf-8",
    )
    with Library.open(tmp_path / "x.brain") as made:
        source = made.add(file)[0].source or 0
        told = made.sources.bibliography([source], form="bibtex")
    assert "{saether2004ovre," in told
