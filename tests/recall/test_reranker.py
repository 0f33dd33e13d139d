"""The reranker on a small model of random weights, and the order that its scores make."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from reader.export import export
from tests.recall.test_reader import made  # noqa: F401
from tests.space.embeddings import tiny_model
from tests.space.embeddings.tiny_model import HIDDEN, LONGEST, Floats
from workbench.errors import InputError
from workbench.recall import reranker
from workbench.recall.reranker import Reranker, reordered
from workbench.space.embeddings import folder

_PASSAGES = ["salt is mined", "salt is mined in deep old mountains", "is old", "mountains"] * 4


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Reranker:
    base, place = tmp_path_factory.mktemp("base"), tmp_path_factory.mktemp("reranker")
    chance = np.random.default_rng(4)
    heads: Mapping[str, Floats] = {
        "pooler.weight": chance.standard_normal((HIDDEN, HIDDEN)).astype(np.float32),
        "pooler.bias": np.zeros(HIDDEN, np.float32),
        "score.weight": chance.standard_normal((1, HIDDEN)).astype(np.float32),
        "score.bias": np.array([0.5], np.float32),
    }
    weights = {**tiny_model.write(base), **heads}
    export(weights, folder.inspect_folder(base), place, tokens=LONGEST)
    return Reranker.load(place)


def test_scores_do_not_depend_on_what_else_is_read(tiny: Reranker) -> None:
    together = tiny.scores("is salt mined", _PASSAGES)
    alone = [tiny.scores("is salt mined", [each])[0] for each in _PASSAGES]
    assert together == pytest.approx(alone, abs=2e-3)
    assert len(set(together)) > 1


def test_bad_input_has_scores(tiny: Reranker) -> None:
    assert tiny.scores("", []) == []
    assert np.isfinite(tiny.scores("why " * 4000, ["", "\ud800", "salt " * 4000])).all()


def test_a_reader_is_no_reranker(made: tuple[Path, Mapping[str, Floats]]) -> None:  # noqa: F811
    with pytest.raises(InputError):
        Reranker.load(made[0])


def test_retrieval_decides_among_equals() -> None:
    found = reordered([1.0, 1.0, 5.0], [2.0, 2.0, 2.0], [0.5, 1.0, 0.9])
    assert list(np.argsort(-found)) == [2, 1, 0]


def test_retrieval_of_nothing_changes_nothing() -> None:
    assert list(reordered([1.0, 3.0], [1.0, 0.0], [0.0, 0.0]).argsort()) == [0, 1]


def test_the_included_one_prefers_the_passage_that_answers() -> None:
    place = reranker.shipped()
    assert place is not None
    model = Reranker.load(place)
    answers = "If you lose the password of a repository, there is no way to read its data again."
    repeats = "The password of a repository is asked for when a backup is made."
    scores = model.scores("What happens if I forget my password?", [repeats, answers])
    assert scores[1] > scores[0]
