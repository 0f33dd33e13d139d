"""What a format promises to bring back: exported, imported and exported again, it is equal.

The facts are drawn: several sentences of many kinds, marks, dates and tellers.
"""

import csv
import json
import tempfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as draw

from tests.variables import value_of
from workbench.library import Library
from workbench.library.options import Marks

_NAMES = draw.sampled_from(
    ("Ada", "Berta", "Søren", "the mill at Gudhjem", "北京", "Zoë “Z.” O'Neil")
)
_VALUES = draw.text(
    draw.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp")), min_size=1
).map(lambda text: " ".join(f"v{text}".split()))
_FACTS = draw.lists(
    draw.tuples(
        draw.sampled_from((None, "trip", "Ärger & Co")),
        draw.tuples(_NAMES, draw.sampled_from(("plan", "desk", "code")), _VALUES),
        draw.sampled_from(("", "Ada", "a letter")),
        draw.none() | draw.integers(0, 10),
        draw.none() | draw.integers(1, 900),
    ),
    min_size=1,
    max_size=6,
)


def _tell(library: Library, facts: list[Any]) -> None:
    for collection, (who, what, value), source, priority, days in facts:
        text = f"The {what} of {who} is {value}."
        made = library.facts.tell(text, collection=collection, source=source)
        if made.new and priority is not None:
            library.memory.mark(text, Marks(priority=priority), collection=collection)
        if made.new and days is not None:
            library.memory.mark(text, Marks(expires_days=days), collection=collection)
    library.notes.add("variable", "  two\nlines ", key="tide", collection=None)


def _facts(target: Path, format: str) -> list[dict[str, Any]]:
    if format == "bundle":
        with ZipFile(target) as bundle:
            lines = bundle.read("facts.jsonl").decode().splitlines()
    else:
        lines = (target / "facts.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.mark.slow
@pytest.mark.parametrize("format", ["bundle", "jsonl"])
@settings(
    max_examples=6, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)  # fmt: skip
@given(facts=_FACTS)
def test_what_comes_back_is_equal(format: str, facts: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as name:
        ending = ".brainbundle" if format == "bundle" else ""
        first, second = (Path(name) / f"{each}{ending}" for each in ("first", "second"))
        folder = Path(name)
        now = 1_700_000_000.0
        with Library.open(folder / "a.brain", clock=lambda: now) as library:
            _tell(library, facts)
            library.export(first, format=format)
            told = {each.text for each in library.facts.list()}
        with Library.open(folder / "b.brain", clock=lambda: now) as library:
            library.import_(first)
            library.export(second, format=format)
            assert {each.text for each in library.facts.list()} == told
            assert value_of(library, "tide") == "  two\nlines "
        assert _facts(second, format) == _facts(first, format)


@pytest.mark.slow
def test_x3_others_read_the_open_formats_and_references_keep_their_keys(tmp_path: Path) -> None:
    references = tmp_path / "refs.bib"
    references.write_text(
        "@article{holm2012, author = {Holm, Ada}, title = {The Gauge of Bridges}, year = 2012,\n"
        "file = {Full Text:bridges.txt:text/plain}}\n",
        "utf-8",
    )
    text = "Maria Lindqvist built the bridge at Hven. Maria Lindqvist lived at Hven."
    (tmp_path / "bridges.txt").write_text(text, "utf-8")
    with Library.open(tmp_path / "open.brain") as library:
        library.add(references)
        library.facts.tell("Ada's plan is “pro”, not basic.", source="a letter")
        for format in ("jsonl", "csv", "markdown", "graphml"):
            library.export(tmp_path / format, format=format)
        (document,) = [each for each in library.sources.list() if each.kind == "text"]
        assert document.metadata["citation_key"] == "holm2012"
        concepts = {each.name for each in library.graph.concepts(limit=-1)}
    (fact,) = [
        json.loads(line) for line in (tmp_path / "jsonl" / "facts.jsonl").read_text().splitlines()
    ]
    assert fact["text"] == "Ada's plan is “pro”, not basic."
    with (tmp_path / "csv" / "facts.csv").open(newline="", encoding="utf-8-sig") as stream:
        assert [row["text"] for row in csv.DictReader(stream)] == [fact["text"]]
    listed = "".join(each.read_text("utf-8") for each in (tmp_path / "csv").iterdir())
    assert "holm2012" in listed
    pages = {each.name: each.read_text("utf-8") for each in (tmp_path / "markdown").rglob("*.md")}
    assert any("Maria Lindqvist built the bridge at Hven." in page for page in pages.values())
    assert any("holm2012" in page for page in pages.values())
    drawn = ElementTree.parse(tmp_path / "graphml" / "concepts.graphml").getroot()
    space = "{http://graphml.graphdrawing.org/xmlns}"
    nodes = {
        each.get("id"): each.findtext(f"{space}data[@key='name']")
        for each in drawn.iter(f"{space}node")
    }
    assert set(nodes.values()) == concepts
    assert all(
        {each.get("source"), each.get("target")} <= set(nodes)
        for each in drawn.iter(f"{space}edge")
    )
    with Library.open(tmp_path / "again.brain") as again:
        again.import_(tmp_path / "jsonl" / "facts.jsonl")
        (same,) = again.facts.list()
        assert (same.text, same.sources) == (fact["text"], ("a letter",))
