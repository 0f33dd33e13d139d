"""The numbers that ship are those that the script makes of the gold sentences that ship."""

import triple_sureness
from ingest.triples import fitted


def test_the_numbers_are_of_this_script_and_these_sentences() -> None:
    # when this fails: see packaging/triple_sureness.py
    assert triple_sureness.fingerprint() == fitted.FITTED_BY
