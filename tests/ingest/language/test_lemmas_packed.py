"""The lexicon of English words, and their dictionary forms."""

import subprocess
import sys

import pytest

from ingest.triples.lexicon import Lexicon


def test_every_word_is_found_wherever_its_line_lies() -> None:
    words = [f"w{at:03}" for at in range(300)]
    known = Lexicon("\n".join([";;; tags", "", *(f"{word} T{word}|X" for word in words)]))
    assert [known.get(word) for word in words] == [f"T{word}" for word in words]
    for word in ("", "w", "w00", "w0000", "w299x", "W000", "zebra", ";;;", "a", "w000 Tw000|X"):
        assert word not in known
    assert known.get("zebra", "NN") == "NN"
    assert "" not in Lexicon("")


@pytest.mark.slow
def test_dictionary_forms_take_a_few_megabytes() -> None:
    code = (
        "import tracemalloc\n"
        "from ingest.triples.lexicon import lemma\n"
        "tracemalloc.start()\n"
        "print(lemma('whales'), lemma('mice'), lemma('ran'))\n"
        "print(tracemalloc.get_traced_memory()[0])\n"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    *forms, held = told.stdout.split()
    assert forms == ["whale", "mouse", "run"]
    assert int(held) < 10_000_000
