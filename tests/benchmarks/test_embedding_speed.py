"""The rows of embedding models are measured with the model that is installed."""

import json
import subprocess
import sys

import pytest

_MEASURED = """
import json
from tests.benchmarks import embedding_speed
from tests.benchmarks.retrieval import GOALS
rows = embedding_speed.rows(GOALS, lambda _said: None)
print(json.dumps({row.name: [row.value, row.input] for row in rows}))
"""


@pytest.mark.slow
def test_the_rows_of_embedding_models_are_measured() -> None:
    # In a process of its own: others look at how much memory this one has used at most.
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED], capture_output=True, text=True, check=True
    )
    rows = json.loads(done.stdout.splitlines()[-1])
    assert set(rows) == {"semantic_search_100k", "minilm_rate"}
    assert all(value > 0 for value, _ in rows.values())
    # Who looks at some directions first must still find nearly all that are nearest.
    found = float(rows["semantic_search_100k"][1].split("; ")[1].split(" ")[0])
    assert found >= 99
