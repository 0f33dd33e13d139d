"""The rows of embedding models are measured with the model that is installed."""

import pytest

from workbench.bench import embedding_speed
from workbench.bench.retrieval import GOALS


@pytest.mark.slow
def test_the_rows_of_embedding_models_are_measured() -> None:
    said: list[str] = []
    rows = {row.name: row for row in embedding_speed.rows(GOALS, said.append)}
    assert set(rows) == {"semantic_search_100k", "minilm_rate"}
    assert all(row.value is not None and row.value > 0 for row in rows.values())
    # Who looks at some directions first must still find nearly all that are nearest.
    found = int(rows["semantic_search_100k"].input.split("; ")[1].split(" ")[0])
    assert found >= 95
