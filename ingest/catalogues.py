"""Public catalogues: the request for a DOI, arXiv number or ISBN, and its answer; releases.

Crossref (https://api.crossref.org) has the DOIs of most publishers, DataCite
(https://support.datacite.org/docs/api) those of arXiv and of data, Open Library
(https://openlibrary.org/dev/docs/api/books) books by ISBN. Nothing is sent here.
"""

import json
import re
import urllib.parse
from collections.abc import Callable, Mapping
from typing import Any

from ingest.bibliography import csl_reference
from ingest.errors import RefusedError

CROSSREF = "https://api.crossref.org/works/"
DATACITE = "https://api.datacite.org/dois/"
OPEN_LIBRARY = "https://openlibrary.org/api/books?format=json&jscmd=data&bibkeys=ISBN:"
#: Prefixes of DOIs that DataCite registers: arXiv, Zenodo, figshare, Dryad.
_AT_DATACITE = ("10.48550/", "10.5281/", "10.6084/", "10.5061/")
_DOI = re.compile(r"(?i)^(?:(?:https?://)?(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)$")
_ARXIV = re.compile(
    r"(?i)^(?:(?:https?://)?arxiv\.org/(?:abs|pdf)/|arxiv:\s*)?"
    r"(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})(?:v\d+)?(?:\.pdf)?$"
)
_ISBN = re.compile(r"(?i)^(?:isbn:?\s*)?((?:97[89][- ]?)?(?:\d[- ]?){9}[\dx])$")
#: CSL names of Crossref types that differ.
_TYPES = {
    "journal-article": "article-journal", "proceedings-article": "paper-conference",
    "book-chapter": "chapter", "monograph": "book", "edited-book": "book",
    "reference-book": "book", "dissertation": "thesis", "posted-content": "manuscript",
}  # fmt: skip


def request_address(identifier: str) -> str:
    """The address of the request for a work. Raises `ValueError` for an invalid identifier."""
    name = identifier.strip()
    if match := _DOI.match(name):
        service = DATACITE if match[1].startswith(_AT_DATACITE) else CROSSREF
        return service + urllib.parse.quote(match[1], safe="/")
    if match := _ARXIV.match(name):
        return f"{DATACITE}10.48550/arXiv.{urllib.parse.quote(match[1], safe='/')}"
    if match := _ISBN.match(name):
        return OPEN_LIBRARY + re.sub(r"[- ]", "", match[1]).upper()
    raise ValueError(f"No number of a work: {identifier}")


def details(answer: bytes, address: str) -> dict[str, str]:
    """The fields of a work in the answer; names are one per line.

    Raises `RefusedError` for an answer that describes no work.
    """
    read: Callable[[Any], dict[str, str]] = _of_crossref
    if address.startswith(DATACITE):
        read = _of_datacite
    elif address.startswith(OPEN_LIBRARY):
        read = _of_open_library
    try:
        values = read(json.loads(answer))
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError):
        values = {}
    if not values.get("title"):
        raise RefusedError(
            "The catalogue does not know this work.", "Check the number, or fill in the fields."
        )
    return {name: " ".join(value.split(" ")) for name, value in values.items() if value}


def release(answer: bytes, own: str) -> dict[str, str]:
    """The newest `version` in the answer of a package index, and a `sentence` on the `own` one.

    Raises `RefusedError` for an answer that names no version.
    """
    try:
        newest = json.loads(answer)["info"]["version"]
        is_newer = _numbers(newest) > _numbers(own)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise RefusedError(
            "What was sent does not name a version.", "Look where you got the program."
        ) from error
    sentence = f"Version {own} is the newest."
    if is_newer:
        sentence = f"Version {newest} has been released; this is version {own}."
    return {"version": newest, "sentence": sentence}


def _numbers(version: str) -> list[int]:
    """The numbers of a version, up to a suffix like “rc1”."""
    return [int(number) for number in re.split(r"[^\d.]", version)[0].split(".")]


def _of_crossref(answer: Any) -> dict[str, str]:
    message = answer["message"]
    reference = csl_reference(message)
    return {
        "title": reference.title,
        "authors": "\n".join(reference.names),
        "editors": "\n".join(reference.editors),
        "date": reference.date,
        "type": _TYPES.get(reference.kind, reference.kind),
        "venue": reference.venue,
        "publisher": reference.publisher,
        "volume": reference.volume,
        "issue": reference.issue,
        "page_range": reference.pages,
        "doi": reference.doi,
        "isbn": str((message.get("ISBN") or [""])[0]),
    }


def _of_datacite(answer: Any) -> dict[str, str]:
    existing: Mapping[str, Any] = answer["data"]["attributes"]
    publisher = existing.get("publisher") or ""
    names = (
        ", ".join(filter(None, (name.get("familyName"), name.get("givenName"))))
        or str(name.get("name") or "")
        for name in existing.get("creators") or ()
    )
    return {
        "title": existing["titles"][0]["title"],
        "authors": "\n".join(filter(None, names)),
        "date": str(existing.get("publicationYear") or ""),
        "type": (existing.get("types") or {}).get("citeproc") or "",
        "publisher": publisher.get("name", "") if isinstance(publisher, dict) else publisher,
        "doi": existing.get("doi") or "",
    }


def _of_open_library(answer: Any) -> dict[str, str]:
    [(key, existing)] = answer.items()
    year = re.search(r"\b\d{4}\b", existing.get("publish_date") or "")
    subtitle = existing.get("subtitle")
    return {
        "title": f"{existing['title']}: {subtitle}" if subtitle else existing["title"],
        "authors": "\n".join(name["name"] for name in existing.get("authors") or ()),
        "date": year[0] if year else "",
        "type": "book",
        "publisher": ", ".join(name["name"] for name in existing.get("publishers") or ()),
        "isbn": key.partition(":")[2],
    }
