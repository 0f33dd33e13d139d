"""What public catalogues answer becomes the fields of a source; nothing is sent unasked."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest import catalogues
from ingest.errors import RefusedError
from tests.web_server import Page, WebServer, web_server
from workbench import Library
from workbench.errors import InputError, UsageError

_CROSSREF = {
    "status": "ok",
    "message": {
        "title": ["Weak memories first"], "type": "journal-article", "DOI": "10.5555/jsl.211",
        "author": [{"given": "Lucy", "family": "Okafor"}, {"name": "The Sleep Group"}],
        "container-title": ["Journal of Sleep"], "volume": "14", "page": "211-219",
        "issued": {"date-parts": [[2024, 3]]}, "publisher": "Kelso Press", "ISBN": [],
    },
}  # fmt: skip
_DATACITE = {
    "data": {
        "attributes": {
            "titles": [{"title": "Deep Nets"}], "publicationYear": 2015, "publisher": "arXiv",
            "creators": [{"name": "He, Kai", "familyName": "He", "givenName": "Kai"}],
            "types": {"citeproc": "article"}, "doi": "10.48550/arxiv.1512.03385",
        }
    }
}  # fmt: skip
_BOOK = {
    "ISBN:9780141439723": {
        "title": "Bleak House", "authors": [{"name": "Charles Dickens"}],
        "publish_date": "May 2003", "publishers": [{"name": "Penguin"}],
    }
}  # fmt: skip


@pytest.mark.parametrize(
    ("identifier", "address"),
    [
        ("10.5555/jsl.211", "https://api.crossref.org/works/10.5555/jsl.211"),
        ("https://doi.org/10.5555/a(b)", "https://api.crossref.org/works/10.5555/a%28b%29"),
        ("doi:10.5281/zenodo.7", "https://api.datacite.org/dois/10.5281/zenodo.7"),
        ("arXiv:1512.03385v2", "https://api.datacite.org/dois/10.48550/arXiv.1512.03385"),
        ("https://arxiv.org/abs/math/0309136", f"{catalogues.DATACITE}10.48550/arXiv.math/0309136"),
        ("978-0-14-143972-3", f"{catalogues.OPEN_LIBRARY}9780141439723"),
        ("ISBN 0-8044-2957-x", f"{catalogues.OPEN_LIBRARY}080442957X"),
    ],
)
def test_a_number_has_one_address(identifier: str, address: str) -> None:
    assert catalogues.request_address(identifier) == address


@pytest.mark.parametrize("identifier", ["", "hello", "10.5", "12345", "https://example.org/x"])
def test_what_is_no_number_is_refused(identifier: str) -> None:
    with pytest.raises(ValueError, match="No number"):
        catalogues.request_address(identifier)


def test_each_catalogue_is_read() -> None:
    found = catalogues.details(json.dumps(_CROSSREF).encode(), catalogues.CROSSREF)
    assert found["authors"].splitlines()[0] == "Okafor, Lucy"
    assert (found["title"], found["date"], found["type"]) == (
        "Weak memories first", "2024-03", "article-journal",
    )  # fmt: skip
    assert (found["venue"], found["volume"]) == ("Journal of Sleep", "14")
    found = catalogues.details(json.dumps(_DATACITE).encode(), catalogues.DATACITE)
    assert (found["title"], found["authors"], found["date"]) == ("Deep Nets", "He, Kai", "2015")
    found = catalogues.details(json.dumps(_BOOK).encode(), catalogues.OPEN_LIBRARY)
    assert (found["authors"], found["date"], found["type"]) == ("Charles Dickens", "2003", "book")
    assert found["isbn"] == "9780141439723"


@pytest.mark.parametrize(
    "answer", [b"", b"{}", b"[]", b"null", b"<html>", b'{"message": 3}', b"[" * 100_000]
)
@pytest.mark.parametrize(
    "address", [catalogues.CROSSREF, catalogues.DATACITE, catalogues.OPEN_LIBRARY]
)
def test_an_answer_that_describes_no_work_is_one_sentence(answer: bytes, address: str) -> None:
    with pytest.raises(RefusedError, match="does not know this work"):
        catalogues.details(answer, address)


@pytest.fixture
def catalogue(monkeypatch: pytest.MonkeyPatch) -> Iterator[WebServer]:
    with web_server() as server:
        monkeypatch.setattr(catalogues, "CROSSREF", server.url("/works/"))
        yield server


def test_nothing_is_asked_until_it_is_sent(catalogue: WebServer, tmp_path: Path) -> None:
    headers = {"Content-Type": "application/json"}
    catalogue.pages["/works/10.5555/jsl.211"] = Page(json.dumps(_CROSSREF).encode(), 200, headers)
    with Library.open(tmp_path / "l.brain") as library:
        found = library.sources.look_up("10.5555/jsl.211")
        assert found.address == catalogue.url("/works/10.5555/jsl.211")
        assert not found.details
        assert catalogue.paths == []
        found = library.sources.look_up("10.5555/jsl.211", send=True)
        assert found.details["title"] == "Weak memories first"
        assert catalogue.paths == ["/works/10.5555/jsl.211"]
        with pytest.raises(InputError):
            library.sources.look_up("10.5555/unknown", send=True)
        with pytest.raises(UsageError, match="neither a DOI"):
            library.sources.look_up("hello", send=True)
