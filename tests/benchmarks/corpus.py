"""The evaluation data, which is never shipped: where it lies, and how it becomes libraries."""

import gzip
import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from workbench.errors import InputError
from workbench.library import Library
from workbench.memory.lexicon import Lexicon
from workbench.recall.reader import Reader
from workbench.recall.recall import Recall
from workbench.space.embeddings.searching import Embeddings
from workbench.store.store import Store

Record = Mapping[str, str]

#: Where sentences of an XQuAD paragraph are cut: as the published baselines cut them.
_SENTENCE = re.compile(r"(?<=[.!?][\s\"”)])(?=[\"“(]?[A-Z0-9])")


@dataclass(frozen=True, slots=True)
class Question:
    """A question of an evaluation set.

    `gold` are the keys of the records that answer it, empty where nothing does. `half` is A or B.
    """

    id: str
    text: str
    gold: frozenset[str]
    half: str
    answers: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Dataset:
    """Records for one library and the questions about them. `fold` names the set it is part of."""

    name: str
    fold: str
    records: tuple[Record, ...]
    questions: tuple[Question, ...]


class NoCorpus(InputError):
    """The evaluation data is not where it is looked for."""


def corpus_folder() -> Path:
    """The folder named by `WORKBENCH_CORPUS`, or `../shared/data`. Raises `NoCorpus`."""
    named = os.environ.get("WORKBENCH_CORPUS", "../shared/data")
    folder = Path(named).expanduser()
    if not (folder / "books").is_dir():
        raise NoCorpus(
            f"There is no evaluation data in “{named}”.",
            "Set WORKBENCH_CORPUS to its folder.",
            "missing",
        )
    return folder


def half_of(question: str) -> str:
    """A or B, by the hash of the question's id: the same everywhere and for ever."""
    digest = hashlib.md5(question.encode(), usedforsecurity=False).hexdigest()
    return "AB"[int(digest, 16) % 2]


def rows_of(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file, packed or not."""
    data = path.read_bytes()
    content = gzip.decompress(data) if path.suffix == ".gz" else data
    return [json.loads(line) for line in content.decode().split("\n") if line.strip()]


def passages_set(corpus: Path, name: str) -> Dataset:
    """A set of titled passages: musique, 2wiki, hotpotqa, lihua, cranfield, xquad."""
    folder = corpus / name
    records = [
        {"id": row["id"], "title": row["title"], "text": row["text"]}
        for row in rows_of(folder / "passages.jsonl.gz")
    ]
    questions = _questions(rows_of(folder / "questions.jsonl.gz"))
    return Dataset(name, name, tuple(records), questions)


def chats(corpus: Path) -> Iterator[Dataset]:
    """LoCoMo, a library a conversation: every turn a record, its session the title."""
    for file in sorted((corpus / "locomo").glob("*.turns.jsonl.gz")):
        name = file.name.removesuffix(".turns.jsonl.gz")
        records = [
            {
                "id": row["id"],
                "title": f"Session {row['session']}, {row['date_time']}",
                "author": row["speaker"],
                "text": f"{row['text']} {row.get('image_caption') or ''}".strip(),
            }
            for row in rows_of(file)
        ]
        questions = _questions(rows_of(file.with_name(f"{name}.questions.jsonl.gz")))
        yield Dataset(name, "locomo", tuple(records), questions)


def xquad_sentences(corpus: Path) -> Dataset:
    """XQuAD cut into sentences: the record that holds the answer is the gold one."""
    records: list[Record] = []
    spans: dict[str, list[tuple[int, int, str]]] = {}
    for row in rows_of(corpus / "xquad" / "passages.jsonl.gz"):
        at = 0
        for number, sentence in enumerate(_SENTENCE.split(row["text"])):
            key = f"{row['id']}.{number}"
            records.append({"id": key, "title": row["title"], "text": sentence})
            spans.setdefault(row["id"], []).append((at, at + len(sentence), key))
            at += len(sentence)
    questions = []
    for row in rows_of(corpus / "xquad" / "questions.jsonl.gz"):
        place = row["answer_start"]
        gold = [key for start, end, key in spans[row["gold"][0]] if start <= place < end]
        questions.append(_question({**row, "gold": gold}))
    return Dataset("xquad", "xquad", tuple(records), tuple(questions))


def _questions(rows: Sequence[Mapping[str, Any]]) -> tuple[Question, ...]:
    """The questions of a set, without those that are answered by a record it does not name.

    Nothing can be judged by them, and taken for questions without an answer they would be wrong.
    """
    return tuple(
        _question(row) for row in rows if row.get("gold") or not row.get("answerable", True)
    )


def _question(row: Mapping[str, Any]) -> Question:
    gold = row.get("gold") or [] if row.get("answerable", True) else []
    return Question(
        id=row["id"],
        text=row["question"],
        gold=frozenset(gold),
        half=half_of(row["id"]),
        answers=tuple(row.get("answers") or ()),
        facts=row,
    )


@contextmanager
def library_of(records: Sequence[Record], files: Sequence[Path] = ()) -> Iterator[Library]:
    """A library that holds these records, added as JSON Lines, and files; gone afterwards."""
    with TemporaryDirectory(prefix="workbench-bench-") as folder:
        wanted = [*files, _written(records, Path(folder))] if records else list(files)
        with Library.open(Path(folder) / "bench.brain") as library:
            library.add(wanted)
            yield library


def _written(records: Sequence[Record], folder: Path) -> Path:
    file = folder / "records.jsonl"
    with file.open("w", encoding="utf-8") as out:
        for record in records:
            out.write(json.dumps(dict(record), ensure_ascii=False) + "\n")
    return file


@contextmanager
def recall_over(
    *,
    records: Sequence[Record] = (),
    files: Sequence[Path] = (),
    reader: Reader | None = None,
    vectors: bool = False,
) -> Iterator[tuple[Recall, dict[str, int]]]:
    """The recall of a library of these records or files; gone afterwards.

    With it come the ids of the sources, by key, or by the name of the file without its suffix.

    What `ask` weighs lies open here, which the front of the library keeps to itself. With `vectors`
    the embedding model that ships with the program has read it.
    """
    with TemporaryDirectory(prefix="workbench-bench-") as folder, ExitStack() as open_too:
        wanted = list(files)
        if records:
            wanted.append(_written(records, Path(folder)))
        path = Path(folder) / "bench.brain"
        with Library.open(path) as library:
            library.add(wanted)
            keys = {
                row.key if row.key is not None else Path(row.path or row.title).stem: row.id
                for row in library.sources.list()
            }
            if vectors:
                library.models.update("embedding")
        with Store.open(path, read_only=True) as store:
            embeddings = Embeddings(store) if vectors else None
            if embeddings is not None:
                open_too.callback(embeddings.close)
            lexicon = Lexicon(store, None)
            yield Recall(store, lexicon, nearness=lambda: embeddings, reader=lambda: reader), keys
