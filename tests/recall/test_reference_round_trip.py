"""What a list of references brings in goes out again without loss, in each format."""

import json
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ingest.bibliography import Reference, _bibtex, _csl, _ris
from workbench.recall import cited_sources
from workbench.recall.cited_sources import Cited
from workbench.store.records import SourceRow

_WORDS = st.lists(
    st.sampled_from(
        [
            "Weir",
            "Æbel",
            "naïve",
            "50%",
            "R&D",
            "C#",
            "a_b",
            "{x}",
            "H₂O",
            "~n",
            "$5",
            "x^y",
            "Łódź",
        ]
    ),
    min_size=1,
    max_size=4,
).map(lambda words: "Of " + " ".join(words))
_NAMES = st.lists(
    st.sampled_from(["Holm, Ada", "van den Berg, Otto", "Le Guin, U. K.", "Ørsted, Åse", "Bø, B."]),
    max_size=3,
    unique=True,
).map(tuple)
_OPTIONAL = st.sampled_from(["", "7", "12"])
_ROWS: st.SearchStrategy[dict[str, object]] = st.builds(
    dict,
    title=_WORDS,
    names=_NAMES,
    editors=_NAMES,
    date=st.sampled_from(["", "1998", "2011-03", "2011-03-09"]),
    venue=st.one_of(st.just(""), _WORDS),
    volume=_OPTIONAL,
    issue=_OPTIONAL,
    pages=st.sampled_from(["", "12–19", "7"]),
    publisher=st.sampled_from(["", "Heron & Sons"]),
    doi=st.sampled_from(["", "10.1234/a_b.7"]),
    url=st.sampled_from(["", "https://example.org/~ada/a_b%20c"]),
    tags=st.sampled_from([(), ("eels", "still water")]),
    language=st.sampled_from(["", "de"]),
    kind=st.sampled_from(["article-journal", "paper-conference", "chapter", "report", "thesis"]),
)


def _row(said: dict[str, object]) -> SourceRow:
    names = {"names": "authors", "pages": "page_range", "kind": "type"}
    metadata = {
        names.get(name, name): "\n".join(value) if isinstance(value, tuple) else str(value)
        for name, value in said.items()
        if value and name not in ("title", "date", "language")
    }
    return SourceRow(
        1, str(said["title"]), "", str(said["language"]), str(said["date"]), "record", "k", "h",
        "verified", None, (), 0, 0, 0, 0, 0, 0.0, None, None, (), (),
        metadata | {"citation_key": "k1"},
    )  # fmt: skip


def _csl_again(cited: list[Cited]) -> Reference:
    return _csl(json.dumps(cited_sources.csl_items(cited)))[0][0]


@pytest.mark.parametrize(
    "again",
    [
        lambda cited: _bibtex(cited_sources.bibtex(cited))[0][0],
        lambda cited: _ris(cited_sources.ris(cited))[0][0],
        _csl_again,
    ],
    ids=["bibtex", "ris", "csl"],
)
@settings(max_examples=60, deadline=None)
@given(said=_ROWS)
@example(
    said=dict.fromkeys(("names", "editors", "tags"), ())
    | dict.fromkeys(("date", "venue", "volume", "issue", "pages", "publisher", "doi", "url"), "")
    | {"title": "Of $5 a_b $5", "language": "", "kind": "article-journal"}
)
def test_every_field_comes_back(
    again: Callable[[list[Cited]], Reference], said: dict[str, object]
) -> None:
    reference = again([Cited(_row(said))])
    for name, value in said.items():
        if name == "venue" and not value:
            continue
        assert getattr(reference, name) == value, name
