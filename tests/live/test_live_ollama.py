"""The walk of a person with a real Ollama: reached, tried, read by, answered by, stopped.

It is skipped unless WORKBENCH_LIVE_OLLAMA names a server ("localhost:11434"):

    WORKBENCH_LIVE_OLLAMA=localhost:11434 uv run --group dev pytest -m live -n 0 -s tests/live

The smallest model of each kind is used; WORKBENCH_LIVE_MODEL, WORKBENCH_LIVE_EMBEDDING and
WORKBENCH_LIVE_PULL (a small model to fetch) name others. A model is never trusted: what is asserted
holds whatever it says, and what it was worth is printed. Only an Ollama on this machine is asked.
"""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.triples.by_model import occurring
from workbench.errors import Cancelled, InputError
from workbench.jobs import Cancel, Progress
from workbench.library import Library
from workbench.models import server
from workbench.models.language import LanguageModel
from workbench.recall.writing.writing import Draft

ADDRESS = os.environ.get("WORKBENCH_LIVE_OLLAMA", "")
pytestmark = [
    pytest.mark.live,
    pytest.mark.timeout(1800),
    pytest.mark.skipif(
        not ADDRESS, reason="no real Ollama: set WORKBENCH_LIVE_OLLAMA to its address to walk this"
    ),
]

TEXTS = {
    "The Varn bridge": "The Varn bridge was built in 1911 by the engineer Ines Marlot. Its span is "
    "90 metres. A flood destroyed the northern pier in 1926. Ines Marlot never saw it again.",
    "The toll": "The keeper of the Varn bridge took a toll of two crowns. The council of Varn "
    "abolished the toll in 1926.",
    "Rye": "Rye is sown in autumn on the slopes above the river. Farmers cut it in July.",
}
QUESTION = "Who built the Varn bridge, and what was the toll?"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    server.forget()
    with Library.open(tmp_path / "live.brain") as made:
        # What is read in the background would race with the walk.
        made._core.graph.close()
        made._core._meaning.close()
        made._core._model_reading.close()
        made.models.choose(ADDRESS, "server")
        for title, text in TEXTS.items():
            made.add_text(text, title=title)
        made.graph.link()
        yield made


def _writer(library: Library) -> LanguageModel:
    return _smallest(library, os.environ.get("WORKBENCH_LIVE_MODEL", ""), writes=True)


def _smallest(library: Library, wanted: str, *, writes: bool) -> LanguageModel:
    found = [
        each
        for each in library.models.list()
        if (each.writes if writes else each.embeds) and wanted in ("", each.name)
    ]
    if not found:
        kind = "writes" if writes else "makes vectors"
        pytest.skip(f"this Ollama has no model that {kind}: fetch one, such as `ollama pull "
                    f"{'llama3.2:1b' if writes else 'nomic-embed-text'}`")  # fmt: skip
    return min(found, key=lambda each: each.size)


def test_m1_m2_a_model_is_listed_and_tried(library: Library) -> None:
    status = library.models.status()
    print(f"\n{status.sentence} {status.hint}")
    for each in library.models.list():
        print(
            f"  {each.name}: {each.size / 1e9:.1f} GB, {', '.join(each.capabilities)}; {each.fit}"
        )
        assert each.size > 0
    trial = library.models.try_(_writer(library).name)
    print(f"  {trial.model}: {trial.reply!r}, first word after {trial.first:.1f} s, "
          f"{trial.rate:.0f} tokens a second. {trial.hint}")  # fmt: skip
    assert trial.reply
    assert trial.version == status.version
    with pytest.raises(InputError, match="no model"):
        library.models.try_("a-model-that-nobody-has:0b")


def test_triples_are_read_and_each_stands_in_its_sentence(library: Library) -> None:
    library.models.choose(_writer(library).name, "extraction")
    begun = time.monotonic()
    read = library.models.update("language")
    took = time.monotonic() - begun
    print(f"\n{read.model}: {read.triples} triples of {read.sentences} sentences in {took:.0f} s, "
          f"{read.refused} refused, {read.unread} unread. {read.warning}")  # fmt: skip
    assert read.sentences == sum(text.count(".") for text in TEXTS.values())
    rows = library._store.rows(
        "SELECT e.text, m.subject, m.relation, m.object FROM model_triple m "
        "JOIN engram e ON e.id = m.engram"
    )
    assert len(rows) == read.triples
    for sentence, subject, relation, object_ in rows:
        print(f"  {subject} – {relation} – {object_}")
        assert occurring(sentence, subject)
        assert occurring(sentence, object_)
    assert library.models.update("language").sentences == 0


def test_a1_a2_an_answer_is_written_checked_and_stopped(library: Library) -> None:
    library.models.choose(_writer(library).name, "dialogue")
    quoted = library.ask(QUESTION)
    assert quoted.evidence
    first: list[float] = []
    begun = time.monotonic()

    def heard(draft: Draft) -> None:
        if not first and (draft.tail or draft.sentences):
            first.append(time.monotonic() - begun)

    answer = library.answers.write(quoted, on_draft=heard)
    print(f"\n{answer.model or '–'}: {answer.mode}, first words after "
          f"{first[0] if first else 0:.1f} s, all after {time.monotonic() - begun:.1f} s. "
          f"{answer.note}")  # fmt: skip
    known = {each.n for each in answer.evidence}
    for sentence in answer.sentences:
        mark = "supported" if sentence.supported else "not supported"
        print(f"  [{mark}] {sentence.text} {list(sentence.citations)}")
        assert set(sentence.citations) <= known
    assert answer.mode in ("written", "quotes")
    assert answer.evidence
    # Stopped at its first words, what was written until then stays, or the quotes do.
    cancel = Cancel()
    stopped = library.answers.write(quoted, on_draft=lambda _draft: cancel.set(), cancel=cancel)
    assert stopped.evidence
    assert stopped.mode in ("written", "quotes")


def test_m3_an_embedding_model_reads_and_answers(library: Library) -> None:
    model = _smallest(library, os.environ.get("WORKBENCH_LIVE_EMBEDDING", ""), writes=False)
    trial = library.models.try_(f"ollama:{model.name}", "embedding")
    print(f"\n{trial.model}: {trial.dimension} numbers, {trial.like:.2f} for what means the same, "
          f"{trial.unlike:.2f} for what does not")  # fmt: skip
    assert trial.like > trial.unlike
    space = library.models.use(f"ollama:{model.name}")
    assert (space.active, space.done, space.trouble) == (True, space.total, "")
    found = library.sources.related("High water tore away a pillar of the crossing.")
    print(f"  {found[0].nearness:.2f} {found[0].title}: {found[0].words}")
    assert found[0].tier == "semantic"
    assert found[0].title == "The Varn bridge"


def test_m2_a_model_is_fetched_and_stopped(library: Library) -> None:
    name = os.environ.get("WORKBENCH_LIVE_PULL", "")
    if not name:
        pytest.skip("nothing is fetched: set WORKBENCH_LIVE_PULL to a small model to try that")
    cancel, seen = Cancel(), list[Progress]()

    def report(progress: Progress) -> None:
        seen.append(progress)
        if progress.total and progress.done:
            cancel.set()

    try:
        library.models.fetch(name, report=report, cancel=cancel)
    except Cancelled:
        library.models.fetch(name)
    assert seen
    assert name in {each.name.removesuffix(":latest") for each in library.models.list()} | {
        each.name for each in library.models.list()
    }
