"""Saved web pages and books in HTML: their main text.

Title, author, date and language come from the page's own metadata, best first: the tags of
scholarly and news sites, JSON-LD, Open Graph, plain `meta` elements, the heading.
"""

import json
import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from ingest import mailbox
from ingest.books import document, gutenberg, main_text, markup, naming
from ingest.books.document import Document
from ingest.books.markup import Block
from ingest.errors import NoTextError
from ingest.kinds import is_web_archive
from ingest.media.remarks import BOILERPLATE, UNSHOWN
from ingest.patterns import later
from ingest.records import Notice, Reading, ReadRequest

READER = "html/12"

_TITLES = ("citation_title", "dc.title", "dcterms.title", "og:title", "twitter:title")
_AUTHORS = ("citation_author", "dc.creator", "dcterms.creator", "author", "parsely-author",
            "sailthru.author", "article:author", "byl", "book:author")  # fmt: skip
_DATES = ("citation_publication_date", "citation_date", "article:published_time", "dc.date.issued",
          "dcterms.date", "dcterms.issued", "dc.date", "datepublished", "pubdate",
          "publication_date", "parsely-pub-date", "date", "book:release_date")  # fmt: skip
_SITE_MARK = re.compile(r"\s+[|·»•–—-]\s+")
_SITE_BEGIN = re.compile(r"\s*\Z|\s+[|·»•–—-]\s|:\s")
_SITE_END = re.compile(r"\s[|·»•–—-]\s+\Z")
_MAX_JSON = 400_000
#: Fewest characters of text per bold heading.
_RUNNING = 8
#: Bytes that contain the headers of an archive.
_MAX_HEADERS = 1 << 14
_OPENING_QUOTES = "“„«\"'¿¡"
#: Omitted parts quoted in a notice, and characters of each.
_MAX_SHOWN = 3
_LONGEST_SHOWN = 80
#: One word in so many of a page may be left out without a notice, but no number.
_LOST = 50


def read(path: Path, request: ReadRequest) -> Iterator[Reading]:
    """Read one page: `Source`, then its `Section`s from `start_section` on, perhaps a `Notice`.

    Raises `NoTextError` if a page has no text of its own.
    """
    data, address = _saved(path.read_bytes())
    page, around = _read_from(markup.decoded(data))
    if address.startswith(("http://", "https://")):
        page.metadata.setdefault("address", address[:500])
    empty = NoTextError(
        "This page has no text in it; perhaps a program in it fetches the text when it is shown.",
        "Open it in a browser, save it as “Web page, complete” or print it to PDF, and add that.",
    )
    yield from document.records(page, path, document.Format("html", READER), request, nothing=empty)
    if around.hidden:
        yield unshown(around.hidden)
    if around.left_out:
        yield left_out("around_the_text", BOILERPLATE, around.left_out, around.linked)
    elif any(map(str.isdigit, around.linked)) or len(around.linked) * _LOST > sum(
        len(block.text.split()) for block in page.blocks
    ):
        yield Notice(
            "around_the_text",
            f"{BOILERPLATE}: menus and lists of links ({len(around.linked):,} words).",
            "Open the original to see the whole page.",
            words=" ".join(around.linked),
        )


def _saved(data: bytes) -> tuple[bytes, str]:
    """The HTML of a file, and the original address in MHTML (RFC 2557)."""
    if not is_web_archive(data[:_MAX_HEADERS]):
        return data, ""
    for part in mailbox.parsed(data).walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            page = part.get_payload(decode=True)
            if isinstance(page, bytes):
                return page, "".join(str(part.get("Content-Location", "")).split())
    return b"", ""


#: Private use characters around a quotation in an HTML mail.
_QUOTES, _UNQUOTES = "\uf5a0", "\uf5a1"
_QUOTING = later(f"([{_QUOTES}{_UNQUOTES}])")


def letter(html: str) -> tuple[str, list[str], list[str]]:
    """The text of an HTML mail, quoted lines with ">", what is not shown of it, and its links.

    Links are lines with hardly any other words.
    """
    tree = markup.parse(html)
    for quotation in tree.css("blockquote"):
        quotation.insert_before(_QUOTES)
        quotation.insert_after(_UNQUOTES)
    found = main_text.visible_text(tree)
    blocks = markup.blocks_of(found.nodes)
    texts = (f"{'' if b.mark == markup.BULLET else b.mark} {b.text}".lstrip(" ") for b in blocks)
    lines: list[str] = []
    depth = 0
    for part in _QUOTING.split("\n\n".join(texts)):
        depth = max(0, depth + (part == _QUOTES) - (part == _UNQUOTES))
        for paragraph in part.split("\n\n"):
            if any(map(str.isalnum, paragraph)):
                marks = f"{'>' * depth} " if depth else ""
                lines += ["", *(f"{marks}{line}" for line in paragraph.strip("\n").split("\n"))]
    links = [block.text for block in blocks if block.linked * 2 > len(block.text)]
    return "\n".join(lines[1:]), found.hidden, links


def unshown(texts: list[str]) -> Notice:
    """A notice about text that no browser shows."""
    return left_out("hidden_text", UNSHOWN, texts)


def left_out(
    code: str,
    what: str,
    texts: list[str],
    more: Sequence[str] = (),
    hint: str = "Open the original to see the whole page.",
) -> Notice:
    """A notice about omitted parts: their length, and how the longest begin."""
    words = sum(len(text.split()) for text in texts)
    longest = sorted(texts, key=len, reverse=True)[:_MAX_SHOWN]
    visible = ", ".join(
        f"“{textwrap.shorten(text, _LONGEST_SHOWN, placeholder=' …')}”" for text in longest
    )
    return Notice(
        code=code,
        message=f"{what} ({words:,} words): {visible}.",
        hint=hint,
        words=" ".join([*texts, *more]),
    )


def _read_from(html: str) -> tuple[Document, main_text.MainText]:
    """A page, and what was omitted around its own text."""
    tree = markup.parse(html)
    page = Document()
    _describe(tree, page)
    results = main_text.find(tree)
    page.blocks = _headed(_without_rubble(markup.blocks_of(results.nodes)))
    # The Project Gutenberg wrapper says more than the head of the page.
    wrapping = gutenberg.unwrap("\n\n".join(block.text for block in page.blocks[:60]))
    page.title = wrapping.title or page.title
    page.author = wrapping.author or page.author
    page.date = wrapping.date or page.date
    page.language = wrapping.language or page.language
    page.metadata.update(wrapping.metadata)
    return page, results


def _without_rubble(found: list[Block]) -> list[Block]:
    """Drop blocks without words."""
    return [
        block
        for block in found
        if not block.text or any(character.isalnum() for character in block.text)
    ]


# -- headings that only look like some -------------------------------------------------------------


def _headed(blocks: list[Block]) -> list[Block]:
    """Turn short bold blocks above running text into headings, as on old pages.

    Not if the page has as many real headings, or much bold text.
    """
    visible = [block for block in blocks if block.text]
    real = [block.level for block in visible if block.level]
    titles = [
        block
        for block, following in pairwise(visible)
        if _is_title(block) and not following.level and not following.bold
    ]
    if len(titles) == 1 and not titles[0].centred:
        # Such as a byline.
        return blocks
    size = sum(len(block.text) for block in visible)
    bold = sum(len(block.text) for block in titles)
    if len(real) >= len(titles) or size < _RUNNING * bold:
        return blocks
    selected = {id(block) for block in titles}
    side = min(max(real, default=1) + 1, 6)
    return [
        replace(block, level=1 if block.centred else side) if id(block) in selected else block
        for block in blocks
    ]


def _is_title(block: Block) -> bool:
    return (
        block.bold
        and not (block.level or block.depth or block.note)
        and len(block.text) <= markup.LONGEST_TITLE
        and block.linked * 2 < len(block.text)
        and (block.text[0].isalnum() or block.text[0] in _OPENING_QUOTES)
        and (block.text[-1] not in ".,;:?!" or (block.centred and block.text[-1] in "?!"))
    )


# -- what a page says about itself -----------------------------------------------------------------


def _describe(tree: Any, page: Document) -> None:
    facts = _meta(tree)
    linked = _linked_data(tree)
    page.language = naming.language_tag(_attribute(tree, "html", "lang"))
    page.language = page.language or naming.language_tag(_first(facts, ("content-language",)))
    page.title = naming.tidy(_first(facts, _TITLES[:3]) or _headline(tree, facts, linked))
    page.author = ", ".join(_authors(tree, facts, linked))
    dates = (
        _first(facts, _DATES),
        _text_of(linked.get("datePublished")),
        _attribute(tree, "time[pubdate], time[itemprop=datePublished], article time", "datetime"),
        _attribute(tree, "time", "datetime"),
        _printed_date(tree),
    )
    page.date = next((date for date in map(naming.iso_date, dates) if date), "")
    address = _attribute(tree, "link[rel=canonical]", "href") or _first(facts, ("og:url",))
    if address.startswith(("http://", "https://")):
        page.metadata["address"] = address[:500]
    site = _first(facts, ("og:site_name", "citation_journal_title"))
    if site:
        page.metadata["publisher"] = site[:200]


def _printed_date(tree: Any) -> str:
    """A date printed beside the author."""
    for node in tree.css("time, .date, .published, .post-date, .entry-date, .byline, .dateline"):
        words = _words(node.text())
        if len(words) <= 120 and re.search(r"\d", words):
            return words
    return ""


def _meta(tree: Any) -> dict[str, list[str]]:
    facts: dict[str, list[str]] = {}
    for node in tree.css("meta"):
        attributes = node.attributes
        name = (
            attributes.get("name")
            or attributes.get("property")
            or attributes.get("itemprop")
            or attributes.get("http-equiv")
            or ""
        )
        value = " ".join((attributes.get("content") or "").split())
        if name and value:
            facts.setdefault(name.lower(), []).append(value[:500])
    return facts


def _first(facts: dict[str, list[str]], names: tuple[str, ...]) -> str:
    return next((facts[name][0] for name in names if name in facts), "")


def _attribute(tree: Any, selector: str, name: str) -> str:
    node = tree.css_first(selector)
    return (node.attributes.get(name) or "").strip() if node is not None else ""


def _linked_data(tree: Any) -> dict[str, Any]:
    """The first JSON-LD object that describes a text."""
    for node in tree.css('script[type="application/ld+json"]'):
        text = node.text() or ""
        if len(text) > _MAX_JSON:
            continue
        try:
            data = json.loads(text)
        except (ValueError, RecursionError):
            continue
        for item in _objects(data):
            if "headline" in item or "datePublished" in item:
                return item
    return {}


def _objects(data: Any) -> Iterator[dict[str, Any]]:
    if isinstance(data, dict):
        yield data
        yield from _objects(data.get("@graph"))
    elif isinstance(data, list):
        for item in data[:50]:
            if isinstance(item, dict):
                yield from _objects(item)


def _headline(tree: Any, facts: dict[str, list[str]], linked: dict[str, Any]) -> str:
    headings = [_words(node.text()) for node in tree.css("h1")]
    node = tree.css_first("title")
    title = _words(node.text()) if node is not None else ""
    full = title.casefold()
    existing = [heading for heading in headings if heading]
    for heading in existing:
        # "Heading | Site" in the title: the heading is the page's name.
        if not title or (
            full.startswith(heading.casefold()) and _SITE_BEGIN.match(title[len(heading) :])
        ):
            return heading
    for heading in existing:
        # "Page | Heading": the heading is the site's name.
        previous = title[: -len(heading)] if full.endswith(heading.casefold()) else ""
        if _SITE_END.search(previous):
            return previous.rstrip(" |·»•–—-:")
    for heading in existing:
        if heading.casefold() in full:
            return heading
    visible = _first(facts, _TITLES[3:]) or _text_of(linked.get("headline"))
    if visible:
        return visible
    site = _first(facts, ("og:site_name",))
    parts = _SITE_MARK.split(title)
    if len(parts) > 1 and (parts[-1].casefold() == site.casefold() or len(parts[-1].split()) <= 3):
        return title[: title.rindex(parts[-1])].rstrip(" |·»•–—-")
    return title


def _words(text: str | None) -> str:
    return " ".join((text or "").split())


def _text_of(value: Any) -> str:
    return _words(value) if isinstance(value, str) else ""


def _authors(tree: Any, facts: dict[str, list[str]], linked: dict[str, Any]) -> list[str]:
    for name in _AUTHORS:
        results = [item for item in facts.get(name, []) if not item.startswith("http")]
        if results:
            return list(dict.fromkeys(_name(item) for item in results))
    names = _people(linked.get("author"))
    if names:
        return names
    for selector in ("[itemprop=author]", "a[rel=author]", ".byline, .author, .p-author"):
        node = tree.css_first(selector)
        name = _name(_words(node.text())) if node is not None else ""
        if name and len(name) <= 80:
            return [name]
    return []


def _people(value: Any) -> list[str]:
    if isinstance(value, list):
        return list(dict.fromkeys(name for item in value[:30] for name in _people(item)))
    if isinstance(value, dict):
        value = value.get("name")
    return [_words(value)] if isinstance(value, str) and value.strip() else []


def _name(text: str) -> str:
    name = re.sub(r"^(?:by|von|par|por)\s+", "", _words(text), flags=re.IGNORECASE)
    return re.split(r"\s+[|·•]\s+|\s+on\s+\d|\s*,\s*\d", name)[0]
