"""Lists of PubMed, Web of Science and EndNote; signs of BibTeX that are easily lost."""

from pathlib import Path

import pytest

import ingest
from ingest.records import Section, Source

NBIB = """
PMID- 40112233
OWN - NLM
DP  - 2021 Jun 4
TI  - Wool in cold water: what a long
      winter does.
PG  - 31-8
LID - 10.1000/wool.7 [doi]
AB  - Wool shrinks by a tenth.
      Flax does not.
FAU - Sand, Wilma
AU  - Sand W
FAU - Berg, Odd
AU  - Berg O
CN  - The Weavers
LA  - eng
PT  - Journal Article
JT  - Weaving letters
VI  - 9
IP  - 2
OT  - wool
OT  - water

PMID- 40112234
TI  - Flax.
AU  - Lie K
DP  - 2020
"""
CIW = """FN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Sand, W
   Berg, O
AF Sand, Wilma
   Berg, Odd
TI Wool in cold water: what a long
   winter does
SO WEAVING LETTERS
LA English
DT Article
DE wool; water
AB Wool shrinks by a tenth. Flax does not.
PY 2021
VL 9
IS 2
BP 31
EP 38
DI 10.1000/wool.7
UT WOS:77
ER

PT J
AU Lie, K
TI Flax
PY 2020
ER

EF
"""
ENW = """%0 Journal Article
%A Sand, Wilma
%A Berg, Odd
%T Wool in cold water: what a long winter does
%J Weaving letters
%V 9
%N 2
%P 31-38
%D 2021
%R 10.1000/wool.7
%X Wool shrinks by a tenth. Flax does not.
%K wool
water

%0 Book
%A Lie, K.
%T Flax
%D 2020
"""
ENDNOTE = """<?xml version="1.0" encoding="UTF-8"?><xml><records><record><rec-number>5</rec-number>
<ref-type name="Journal Article">17</ref-type><contributors><authors><author><style face="normal">
Sand, Wilma</style></author><author>Berg, Odd</author></authors></contributors><titles><title>
<style>Wool in cold water: </style><style face="italic">what a long winter does</style></title>
<secondary-title>Weaving letters</secondary-title></titles><pages>31-38</pages><volume>9</volume>
<number>2</number><keywords><keyword>wool</keyword><keyword>water</keyword></keywords><dates>
<year>2021</year></dates><electronic-resource-num>10.1000/wool.7</electronic-resource-num>
<abstract>Wool shrinks by a tenth. Flax does not.</abstract></record><record>
<ref-type name="Book">6</ref-type><contributors><authors><author>Lie, K.</author></authors>
</contributors><titles><title>Flax</title></titles><dates><year>2020</year></dates></record>
</records></xml>"""


@pytest.mark.parametrize(
    ("kind", "content"), [("nbib", NBIB), ("ciw", CIW), ("enw", ENW), ("endnote", ENDNOTE)]
)
def test_references_are_records_with_their_fields(kind: str, content: str, tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text(content)
    assert ingest.sniff(path) == kind
    records = list(ingest.read(path))
    first, second = [record for record in records if isinstance(record, Source)]
    assert first.title == "Wool in cold water: what a long winter does"
    assert first.author.startswith("Wilma Sand, Odd Berg")
    assert first.date.startswith("2021")
    metadata = first.metadata
    assert metadata["authors"].split("\n")[:2] == ["Sand, Wilma", "Berg, Odd"]
    assert metadata["venue"].casefold() == "weaving letters"
    assert (metadata["doi"], metadata["volume"], metadata["issue"]) == ("10.1000/wool.7", "9", "2")
    assert metadata["page_range"].startswith("31–")
    assert metadata["tags"] == "wool\nwater"
    assert metadata["type"] == "article-journal"
    text = next(record.text for record in records if isinstance(record, Section))
    assert "Wool shrinks by a tenth. Flax does not." in text
    assert (second.title, second.date) == ("Flax", "2020")
    assert second.author.endswith("Lie")


def test_broken_lists_are_refused_or_lose_only_the_broken(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(ENDNOTE[:-40])
    with pytest.raises(ingest.IngestError):
        list(ingest.read(path))
    path = tmp_path / "a.nbib"
    path.write_text("PMID- 1\nOWN - NLM\n\n" + NBIB)
    assert sum(isinstance(record, Source) for record in ingest.read(path)) == 2


@pytest.mark.parametrize(
    ("source", "name"),
    [
        (r"Mu\~noz, Ana", "Muñoz, Ana"), (r"Magalh\~{a}es, Jo\~ao", "Magalhães, João"),
        (r"Ruiz, \'{I}\~{n}igo", "Ruiz, Íñigo"), (r"{\~N}u{\~n}ez, P.~Q.", "Ñuñez, P. Q."),
        (r"M\"uller, G", "Müller, G"),
    ],
)  # fmt: skip
def test_tildes_of_names_are_no_spaces(source: str, name: str, tmp_path: Path) -> None:
    for field in ("author", "editor"):
        path = tmp_path / "a.bib"
        path.write_text(f"@book{{a, {field} = {{{source}}}, title = {{Looms}}, year = 2001}}")
        first = next(iter(ingest.read(path)))
        assert isinstance(first, Source)
        assert first.metadata[f"{field}s"].replace("I\u0301", "Í") == name


@pytest.mark.parametrize(
    ("source", "title"),
    [
        ("Why 30% of {Wool} Shrinks", "Why 30% of Wool Shrinks"),
        ("{50% of {Flax} $x$}", "50% of Flax x"), ("{Sand & Berg} at work", "Sand & Berg at work"),
        ("Looms for <$5 and >$3 {Each}", "Looms for <$5 and >$3 Each"),
        (r"{Half}, 50\% \& more", "Half, 50% & more"), ("The $x^2$ {Loom}", "The x² Loom"),
    ],
)  # fmt: skip
def test_signs_of_titles_stay(source: str, title: str, tmp_path: Path) -> None:
    path = tmp_path / "a.bib"
    path.write_text(f"@book{{a, title = {{{source}}}, year = 2001,\n}}\n")
    first = next(iter(ingest.read(path)))
    assert isinstance(first, Source)
    assert first.title == title


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.ris", "TY  - JOUR\nAU  - Mu\\~noz, Jos{\\'e}\nTI  - The \\v{C}ech loom\nER  - \n"),
        ("a.enw", "%0 Journal Article\n%A Mu\\~noz, Jos\\'e\n%T The \\v{C}ech loom\n"),
        ("a.nbib", "PMID- 1\nTI  - The \\v{C}ech loom\nFAU - Mu{\\~n}oz, Jos\\'e\nDP  - 2001\n"),
    ],
)
def test_accents_of_tex_are_letters_in_other_lists_too(
    name: str, content: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_text(content)
    (source,) = (record for record in ingest.read(path) if isinstance(record, Source))
    assert (source.author, source.title) == ("José Muñoz", "The Čech loom")


def test_what_is_no_accent_stays_beside_one(tmp_path: Path) -> None:
    path = tmp_path / "a.ris"
    path.write_text("TY  - JOUR\nTI  - C:\\users\\new and \\'etale cost $5 and $6\nER  - \n")
    (source,) = (record for record in ingest.read(path) if isinstance(record, Source))
    assert source.title == "C:\\users\\new and étale cost $5 and $6"
