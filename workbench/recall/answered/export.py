"""The sources that an answer cites, as references for other programs and by a style."""

import json
from collections.abc import Mapping

from workbench.recall import citation_styles, cited_sources
from workbench.recall.cited_sources import Cited
from workbench.recall.records import Answer, Evidence
from workbench.recall.wording import place_words
from workbench.store.records import SourceRow

#: Forms in which an answer can be exported, and how their files end.
FORMS: Mapping[str, str] = {"markdown": "md", "bibtex": "bib", "csl": "json"}


def cited(answer: Answer) -> list[Evidence]:
    """The evidence that the answer cites, each once; all of it where no sentence cites any."""
    numbers = {n for sentence in answer.sentences for n in sentence.citations}
    return [item for item in answer.evidence if item.n in numbers or not numbers]


def bibtex(answer: Answer, rows: Mapping[int, SourceRow]) -> str:
    """An entry for each source cited, with the places that are; empty where there is none."""
    return cited_sources.bibtex(_sources(answer, rows))


def csl(answer: Answer, rows: Mapping[int, SourceRow]) -> str:
    """A JSON list with an item for each source cited."""
    items = cited_sources.csl_items(_sources(answer, rows))
    return json.dumps(items, ensure_ascii=False, indent=1) + "\n"


def styled(answer: Answer, rows: Mapping[int, SourceRow], style: str) -> tuple[dict[int, str], str]:
    """The citation of each piece of evidence by its number, and the list of references.

    Raises as `citation_styles.cite`.
    """
    evidence = [item for item in answer.evidence if item.source.id in rows]
    items = cited_sources.csl_items([Cited(rows[item.source.id]) for item in evidence])
    made = citation_styles.cite(items, style, [item.locator for item in evidence])
    once = list({item.source.id: Cited(rows[item.source.id]) for item in evidence}.values())
    listed = citation_styles.reference_list(cited_sources.csl_items(once), style)
    texts = {item.n: each.text for item, each in zip(evidence, made, strict=True)}
    return texts, "\n\n".join(filter(None, listed))


def _sources(answer: Answer, rows: Mapping[int, SourceRow]) -> list[Cited]:
    """Each source cited, in the order of the answer, with the places of its quotes."""
    found: dict[int, list[Evidence]] = {}
    for item in cited(answer):
        if item.source.id in rows:
            found.setdefault(item.source.id, []).append(item)
    return [Cited(rows[id], _places(items)) for id, items in found.items()]


def _places(items: list[Evidence]) -> str:
    places = dict.fromkeys(place_words(item.locator, item.source.kind) for item in items)
    told = "; ".join(place for place in places if place)
    return f"Cited: {told}" if told else ""
