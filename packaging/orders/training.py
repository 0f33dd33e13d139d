"""Make the weights that tell orders to a program from other sentences: `resources/orders`.

    uv run python packaging/orders/training.py [--write]

It learns from the examples beside it (`free.txt` and what `parts.txt` is put together to give
orders; `plain.txt`, the claims of `parts.txt`, what `statements.txt` is put together to say, half
of the guide and help, sentences of half of the documents of the evaluation data, and half of its
manuals and of the descriptions of installed packages do not). Reported are the sentences of
`tests/benchmarks/data/orders.txt`, which nothing was learned from, and what is marked in the other
halves.
"""

import argparse
import gzip
import json
import random
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import distributions
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from ingest.ends import sentence_ends  # noqa: E402
from tests.benchmarks.corpus import corpus_folder, half_of  # noqa: E402
from tests.benchmarks.orders import held_out  # noqa: E402
from workbench.arrays import F32, F64  # noqa: E402
from workbench.recall.writing.injection import SIZE, judged, parts  # noqa: E402

HERE = Path(__file__).parent
TARGET = ROOT / "resources" / "orders" / "weights.npy"
_SLOT = re.compile(r"\{(\w+)\}")
#: Sentences put together for each language, the more the more there is to put together.
_COMPOSED, _STATED = 6, 30
#: What an example counts: composed, written as an order, written as none, claims, of the guide, of
#: a document, of a manual, put together as plain statements.
_COUNTS = (1.0, 4.0, 2.0, 2.0, 2.0, 1.0, 1.0, 1.5)
#: Sentences of documents that are learned from, and how surely what is marked gives orders (logit).
_READ, MARGIN = 26_000, 0.3
_RIDGE, _ROUNDS, _BATCH, _RATE = 2e-6, 6, 256, 0.05

Features = Sequence[NDArray[np.int64]]


def lines_of(name: str) -> list[tuple[str, str]]:
    """The sentences of a file of examples, each with its language."""
    rows = (HERE / name).read_text(encoding="utf-8").splitlines()
    parted = (row.split(" ", 1) for row in rows if not row.startswith("# "))
    return [(language, text) for language, text in parted]


def lines(name: str) -> list[str]:
    """The sentences of a file of examples."""
    return [text for _, text in lines_of(name)]


def word_lists(file: str = "parts.txt") -> Mapping[str, Mapping[str, list[str]]]:
    """By language the lists of a file of parts."""
    found: dict[str, dict[str, list[str]]] = {}
    language = name = ""
    for row in (HERE / file).read_text(encoding="utf-8").splitlines():
        if row.startswith("@ "):
            language = row[2:]
            found[language] = {}
        elif row.startswith("= "):
            name = row[2:]
            found[language][name] = []
        elif language:
            found[language][name].append(row)
    return found


def filled(form: str, words: Mapping[str, list[str]], chance: random.Random) -> str:
    """A form whose slots are filled at random, those with a capital letter at the beginning."""

    def one(slot: re.Match[str]) -> str:
        text = filled(chance.choice(words[slot[1].lower()]), words, chance)
        return text[0].upper() + text[1:] if slot[1][0].isupper() else text

    return _SLOT.sub(one, form)


def statements(chance: random.Random) -> list[str]:
    """Plain statements put together from parts."""
    made = set()
    for words in word_lists("statements.txt").values():
        for _ in range(_STATED * len(words["plain"])):
            made.add(filled(chance.choice(words["plain"]), words, chance))
    return sorted(made)


def composed(chance: random.Random, languages: Sequence[str] = ()) -> list[str]:
    """Orders put together from parts, in all languages or in these."""

    orders = set()
    for language, words in word_lists().items():
        if languages and language not in languages:
            continue
        for _ in range(_COMPOSED * sum(map(len, words.values()))):
            orders.add(filled(chance.choice(words["form"]), words, chance))
    return sorted(orders)


def manuals() -> Iterator[tuple[str, str]]:
    """User guides, specifications, what installed packages say of themselves, each with a name."""
    for pattern in ("peers/files/book/*.md", "peers/files/peps/*.rst"):
        for file in sorted(corpus_folder().glob(pattern)):
            yield file.name, file.read_text(encoding="utf-8", errors="replace")
    for package in sorted(distributions(), key=lambda each: each.name):
        yield package.name, str(package.metadata.get_payload())


def documents() -> Iterator[tuple[str, str]]:
    """Novels, papers and encyclopedic passages, each with a name."""
    folder = corpus_folder()
    for pattern in ("books/*.txt", "books2/*.txt"):
        for file in sorted(folder.glob(pattern)):
            yield file.name, file.read_text(encoding="utf-8", errors="replace")
    for file in sorted([*folder.glob("stories/*.gz"), *folder.glob("*/passages.jsonl.gz")]):
        with gzip.open(file, "rt", encoding="utf-8") as rows:
            for number, row in enumerate(rows):
                record = json.loads(row)
                yield f"{file.parent.name}/{file.name}:{number}", record.get("text") or ""


def claims(languages: Sequence[str] = ()) -> list[str]:
    """What is claimed in composed orders, as plain statements, and whom they are given to."""
    found = []
    for language, words in word_lists().items():
        if languages and language not in languages:
            continue
        found += [f"{claim[0].upper()}{claim[1:]}." for claim in words["claim"]] * 2
        found += [*words["who"], *words["short"]]
    english = word_lists()["en"]
    begins = ("He said", "The report states", "It is known", "Some claim", "She wrote")
    does = ("answered the question", "was tested on two sets", "must cite its sources")
    found += [f"{begin} that {claim}." for claim in english["claim"] for begin in begins]
    return found + [f"The {who} {done}." for who in english["who"] for done in does]


def ordinary(half: str) -> list[str]:
    """The sentences of the documents of one half, “A” or “B”."""
    return [row for name, text in documents() if half_of(name) == half for row in cut(text)]


def technical(half: str) -> list[str]:
    """The sentences of the manuals of one half, and their lines."""
    chosen = [text for name, text in manuals() if half_of(name) == half]
    lines = (line.strip() for text in chosen for line in text.splitlines())
    return [*(row for text in chosen for row in cut(text)), *(row for row in lines if " " in row)]


def guide(half: str) -> list[str]:
    """The sentences of one half of the files of the guide and the help."""
    files = sorted((ROOT / "resources").glob("*/*.md"))
    chosen = (file for file in files if half_of(file.name) == half and file.name != "CARD.md")
    lines = (line for file in chosen for line in file.read_text(encoding="utf-8").splitlines())
    return [row for line in lines for row in cut(line)]


def cut(text: str) -> Iterator[str]:
    """The sentences of a text of more than one word."""
    for paragraph in re.split(r"\n\s*\n", text):
        line = " ".join(paragraph.split())
        for start, end in pairwise([0, *sentence_ends(line), len(line)]):
            if " " in (sentence := line[start:end].strip()):
                yield sentence


def fitted(seen: Features, truth: F64, counts: F64) -> F64:
    """The weights of a ridge logistic regression, the constant last; by Adam, in fixed order."""
    weights = np.zeros(SIZE + 1)
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    order, step = np.arange(len(seen)), 0
    total = _ROUNDS * -(-len(seen) // _BATCH)
    for number in range(_ROUNDS):
        np.random.default_rng(number).shuffle(order)
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            sizes = np.array([len(seen[at]) for at in batch])
            flat = np.concatenate([seen[at] for at in batch])
            rows = np.repeat(np.arange(len(batch)), sizes)
            scale = sizes**-0.5
            logits = np.bincount(rows, weights[flat], len(batch)) * scale + weights[-1]
            error = counts[batch] * (1 / (1 + np.exp(-logits)) - truth[batch]) / _BATCH
            slope = np.bincount(flat, (error * scale)[rows], SIZE + 1) + 2 * _RIDGE * weights
            slope[-1] = error.sum()
            step += 1
            first += 0.1 * (slope - first)
            second += 0.001 * (slope**2 - second)
            mean, spread = first / (1 - 0.9**step), second / (1 - 0.999**step)
            weights -= _RATE * (1 - step / total) * mean / (np.sqrt(spread) + 1e-8)
    return weights


def scores(weights: F64 | F32, sentences: Sequence[str]) -> F64:
    """The highest logit of the parts of each sentence."""
    return np.array(
        [
            max(
                (weights[row].sum() * len(row) ** -0.5 + weights[-1] for row in judged(sentence)),
                default=-np.inf,
            )
            for sentence in sentences
        ]
    )


def main() -> None:
    """Fit, report, and with `--write` keep the weights."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--write", action="store_true")
    chance = random.Random(61)
    documents = chance.sample(ordinary("A"), _READ)
    groups = (
        composed(chance), lines("free.txt"), lines("plain.txt"), claims(), guide("A"), documents,
        technical("A"), statements(chance),
    )  # fmt: skip
    print("examples:", *map(len, groups), flush=True)
    seen, truth, counts = [], [], []
    for at, (group, count) in enumerate(zip(groups, _COUNTS, strict=True)):
        for sentence in group:
            rows = list(parts(sentence))
            seen += rows
            truth += [float(at < 2)] * len(rows)
            counts += [count] * len(rows)
    weights = fitted(seen, np.array(truth), np.array(counts))
    weights[-1] -= MARGIN
    short = weights.astype(np.float16)
    if parser.parse_args().write:
        TARGET.parent.mkdir(exist_ok=True)
        np.save(TARGET, short)
    report(short.astype(np.float32))


def report(weights: F32) -> None:
    """Print what is marked of sentences that were not seen."""
    rows = held_out()
    marked = scores(weights, [text for _, _, text in rows]) > 0
    for wanted, name in ((True, "orders"), (False, "others")):
        found = {
            language: [
                hit for hit, row in zip(marked, rows, strict=True) if row[:2] == (wanted, language)
            ]
            for language in dict.fromkeys(row[1] for row in rows)
        }
        of = [f"{language} {sum(hits)}/{len(hits)}" for language, hits in found.items()]
        print(name, f"{sum(map(sum, found.values()))}/{sum(map(len, found.values()))}:", *of)
    unseen = {"guide": guide("B"), "documents": ordinary("B")[::4], "manuals": technical("B")}
    for name, sentences in unseen.items():
        print(f"{name}: {(scores(weights, sentences) > 0).sum()}/{len(sentences)}", flush=True)


if __name__ == "__main__":
    main()
