"""The numbers that ship are those that the script makes of the gold sentences that ship."""

from ingest.triples import fitted
from workbench.bench import triple_sureness


def test_the_numbers_are_of_this_script_and_these_sentences() -> None:
    # when this fails: python -m workbench.bench.triple_sureness --write
    assert triple_sureness.fingerprint() == fitted.FITTED_BY
