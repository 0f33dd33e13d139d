"""Every visible word is in the library, or a notice says what was left out.

What readers find is compared with what `dumb` extracts, which shares no code with them: on
documents made at random in every format, and on public files.
"""

import os
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import ingest
from ingest.records import Notice, Section, Source
from tests.ingest import dumb
from tests.ingest.marked import MAKERS, Paragraph

#: Words lost without a notice, of ten thousand. Most of them are no words: halves of ligatures, and
#: words that the second extractor joins at a hyphen.
MOST_LOST = 1.0


def _found(path: Path) -> tuple[str, bool]:
    """The text of all records of a file, and whether what is not there has a notice.

    Words that a notice names are not lost; where it names none, all may be among the left out.
    """
    texts: list[str] = []
    explained = False
    for record in ingest.read(path):
        if isinstance(record, Section):
            texts += [record.text, *(page.label for page in record.pages)]
        elif isinstance(record, Source):
            texts += [record.title, record.author, record.date, record.key or ""]
            texts += record.metadata.values()
        elif isinstance(record, Notice):
            texts += [record.message, record.words or ""]
            # Many are shortened, as by `completeness`; recognised text is not that of the file.
            many = record.words == "" or len(record.words or "") > 3_900
            explained = explained or many or record.code == "text_recognised"
    return "\n".join(texts), explained


_SYLLABLES = ("ba", "ko", "mi", "tu", "re", "sol", "fen", "gar", "lin", "dou")
_WORDS = st.lists(st.sampled_from(_SYLLABLES), min_size=2, max_size=4).map("".join)
_RUNS = st.tuples(
    st.lists(_WORDS, min_size=1, max_size=6).map(lambda words: " ".join(words) + " "),
    st.sampled_from(["", "", "", "struck", "down"]),
)
_DOCUMENTS = st.lists(st.lists(_RUNS, min_size=1, max_size=4), min_size=1, max_size=6)


@pytest.mark.parametrize("form", list(MAKERS))
@given(paragraphs=_DOCUMENTS)
@settings(
    max_examples=12,
    deadline=None,
    phases=(Phase.generate,),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_every_word_of_a_document_made_at_random_is_read(
    form: str, paragraphs: list[Paragraph], tmp_path: Path
) -> None:
    path = MAKERS[form](tmp_path / "a", paragraphs)
    words = dumb.bag(" ".join(text for runs in paragraphs for text, _ in runs))
    try:
        found, _ = _found(path)
    except ingest.NoTextError:
        # Refused by name, which may only be where nothing that holds is left.
        assert all(how == "struck" for runs in paragraphs for _, how in runs)
        return
    # Runs without a space between them may join.
    assert dumb.lost(words, found) == []


@pytest.mark.slow
@pytest.mark.skipif("WORKBENCH_CORPUS" not in os.environ, reason="needs public files")
@pytest.mark.timeout(900)
def test_hardly_a_word_of_public_files_is_lost_without_a_notice() -> None:
    words, missing = Counter[str](), Counter[str]()
    numbers: list[tuple[str, str]] = []
    corpus = Path(os.environ["WORKBENCH_CORPUS"])
    for folder in ("peers/files", "books", "pdf"):
        for path in sorted((corpus / folder).rglob("*")):
            extract = dumb.EXTRACTORS.get(path.suffix)
            if extract is None or not path.is_file():
                continue
            try:
                every = dumb.bag(extract(path))
                found, explained = _found(path)
            except Exception:  # noqa: BLE001 - broken on purpose, or refused with a reason
                continue
            words[path.suffix] += sum(every.values())
            if not explained:
                lost = dumb.lost(every, found)
                missing[path.suffix] += sum(every[word] for word in lost)
                numbers += [(path.name, word) for word in lost if word.isdigit()]
    total = sum(words.values())
    assert total > 500_000
    assert 10_000 * sum(missing.values()) / total <= MOST_LOST, missing
    assert numbers == []
