"""The page at `/`, the bookmark and the extension in a real browser, as a reader uses them."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.doors import chromium
from tests.doors.chromium import Browser
from tests.doors.serving import Served, served
from tests.web_server import Page, web_server
from workbench.library import Library
from workbench.paths import resources

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(chromium.PROGRAM is None, reason="needs Chromium"),
]

_REEF = (
    "<!doctype html><title>The reef of Anholt</title><article><h1>The reef of Anholt</h1>"
    "<p>The reef of Anholt was charted in 1788 by Ebbe Lind."
)
#: What the button of a form does, and what the page says then.
_SAID = "document.getElementById('said').textContent"


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Served]:
    with Library.open(tmp_path / "a.brain") as library:
        library.add_text("The lighthouse at Skagen was built by Maria Lindqvist.", title="Skagen")
        library.graph.link()
    with served(tmp_path / "a.brain", "--write") as server:
        yield server


@pytest.fixture
def article() -> Iterator[str]:
    """The address of a page that somebody reads."""
    with web_server() as server:
        server.pages["/reef"] = Page(_REEF.encode())
        yield server.url("/reef")


@pytest.fixture
def browser(there: Served, article: str, tmp_path: Path) -> Iterator[Browser]:
    """A browser that ends before the servers do: it keeps connections to them."""
    with chromium.running(tmp_path / "profile") as started:
        yield started


def test_a_colleague_asks_and_sees_concepts(browser: Browser, there: Served) -> None:
    tab = browser.open(f"{there.address}/")
    assert not tab.run("document.body.innerText.includes('Skagen')")

    def enter(token: str) -> None:
        tab.run(f"document.getElementById('token').value = {json.dumps(token)}")
        tab.run("document.querySelector('#enter button').click()")

    enter("wrong")
    assert "Enter the token" in tab.until(_SAID)
    enter(there.token)
    assert "Skagen" in tab.until("document.getElementById('sources').innerText")
    tab.run("document.getElementById('question').value = 'Who built the lighthouse at Skagen?'")
    tab.run("document.querySelector('#asking button').click()")
    assert "Maria Lindqvist" in tab.until("document.getElementById('answer').innerText")
    tab.until("document.querySelectorAll('#concepts button').length")
    tab.run("document.querySelector('#concepts button').click()")
    assert tab.until("document.querySelectorAll('#graph circle').length") > 1


def test_the_bookmark_offers_the_page_one_reads(
    browser: Browser, there: Served, article: str
) -> None:
    from workbench.ui.settings.library import BOOKMARKLET

    mark = BOOKMARKLET.replace("http://127.0.0.1:8765", there.address)
    browser.open(article).run(mark.removeprefix("javascript:"))
    tab = browser.opened(f"{there.address}/#add=")
    tab.run(f"document.getElementById('token').value = {json.dumps(there.token)}")
    tab.run("document.querySelector('#enter button').click()")
    assert tab.until("document.getElementById('link').innerText") == article
    tab.run("document.querySelector('#adding button').click()")
    # The page of this test is on this machine, and no link leads there.
    assert "on this machine" in tab.until(f"{_SAID} !== 'Adding…' && {_SAID}")


def test_the_extension_adds_the_page_one_reads(
    browser: Browser, there: Served, article: str
) -> None:
    folder = str(resources() / "web" / "extension")
    id = browser.call("Extensions.loadUnpacked", path=folder)["id"]
    browser.open(article)
    popup = browser.open(f"chrome-extension://{id}/popup.html")

    def add(address: str, token: str) -> str:
        given = {"address": address, "token": token, "said": ""}
        for name, value in given.items():
            popup.run(
                f"document.getElementById('{name}').{'textContent' if name == 'said' else 'value'}"
                f" = {json.dumps(value)}"
            )
        # A popup lies over the page; here it is a tab, and the page is brought before it.
        popup.run(
            f"chrome.tabs.query({{url: {json.dumps(article)}}})"
            ".then(([tab]) => chrome.tabs.update(tab.id, {active: true})).then(() => true)"
        )
        popup.run("document.getElementById('add').click()")
        return str(popup.until(f"{_SAID} !== 'Adding…' && {_SAID}"))

    assert add(there.address, "wrong") == "The token is missing or wrong."
    assert "workbench serve --write" in add("http://127.0.0.1:1", there.token)
    assert add(f"{there.address}/", there.token) == "Added “The reef of Anholt”."
    kept = popup.run("chrome.storage.local.get('token')")
    assert kept == {"token": there.token}
    _, _, said = there.ask("POST", "/v1/ask", {"question": "When was the reef charted?"})
    quote = json.loads(said)["evidence"][0]["quote"]
    assert quote == "The reef of Anholt was charted in 1788 by Ebbe Lind."
