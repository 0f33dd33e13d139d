"""Teach the reader: `python -m workbench.bench.reader.training FOLDER`, resumed if run again.

FOLDER, outside the repository, gets `latest.pt`: the weights, and all that is needed to go on. The
last ones count, for which the rate of learning has fallen to nothing. A question comes with one
passage that answers and some that do not, or with none that does. The loss is that of choosing
among them (listwise), of saying of each whether it answers (binary), and of the answer's start and
end where they are known.
The rate of learning rises and falls over the questions that are to be seen or the minutes given,
whichever end first.

Each thread works through its own share of a step, and only then they meet: where other work wants
the cores, threads that met at every product would mostly wait for one another.
"""

import argparse
import json
import random
import time
from collections import deque
from collections.abc import Generator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from workbench.bench.reader import network
from workbench.bench.reader.drawing import Corpus, Example, Question, example, varied

#: Questions that are seen, counted again when seen again: five times all there are.
QUESTIONS = 240_000
#: Passages of a question, questions of a step, tokens of a pair.
PASSAGES, _STEP, _TOKENS = 8, 32, 112
#: Highest rates, of what was learned before and of the heads; share of the way until they are met.
_RATE, _HEADS_RATE, _RISE = 1.2e-4, 5e-4, 0.05
#: What stays as it was: the words.
_FIXED = ("embeddings.",)
#: What the binary loss and that of the span count beside the listwise one.
_BINARY, _SPAN = 0.8, 0.5
#: Share of the numbers that are left out while it learns.
_DROPOUT = 0.1
#: Questions of which like long ones are put into one step, and of the held out that are judged.
_SORTED, _JUDGED = 512, 200
#: Pairs that a processor reads at once, and a graphics card, which reads many as fast as few.
_TOGETHER, _TOGETHER_ON_CARD = 32, 4096
#: Seconds between checkpoints and looks at what was held out; share of the way before the first.
_SAVE, _LOOK, _FIRST_LOOK = 120, 1200, 0.5
_SEED = 7

#: What other processes prepare with, as they find it when they begin.
_preparing: "_Preparing | None" = None


@dataclass(slots=True)
class _Going:
    """Where a training stands: questions seen, seconds worked."""

    weights: network.Weights
    optimizer: Any
    seen: int = 0
    seconds: float = 0.0
    smooth: float = 0.0


@dataclass(frozen=True, slots=True)
class _Part:
    """What one thread learns from in a step: pairs, as many of each question, in a row.

    `places` are rows of pairs with the first and last token of the answer.
    """

    pairs: network.Sorted
    answered: tuple[bool, ...]
    places: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class _Preparing:
    """Makes steps of questions with so many passages: for `parts` threads, tokens and all.

    Pairs come `together` in batches.
    """

    corpus: Corpus
    tokenizer: Any
    passages: int
    parts: int
    together: int

    def __call__(self, number: int) -> list[list[_Part]]:
        return [
            [self._part(part) for first in range(self.parts) if (part := some[first :: self.parts])]
            for some in _steps(self.corpus, number, self.passages)
        ]

    def _part(self, some: Sequence[Example]) -> _Part:
        pairs = [(each.question, passage) for each in some for passage in each.passages]
        tokenized = self.tokenizer.encode_batch(pairs)
        places = [
            (row, *tokens)
            for row, each in zip(range(0, len(pairs), self.passages), some, strict=True)
            if (tokens := _tokens(tokenized[row], each.start, each.end)) is not None
        ]
        answered = tuple(each.answered for each in some)
        return _Part(network.by_length(tokenized, self.together), answered, tuple(places))


def main() -> None:
    """See the module."""
    arguments = argparse.ArgumentParser(description=str(__doc__).split(":")[0])
    arguments.add_argument(
        "folder", type=Path, help="where checkpoints lie, outside the repository"
    )
    arguments.add_argument("--questions", type=int, default=QUESTIONS, help="seen in all")
    arguments.add_argument("--minutes", type=float, default=1440.0, help="at most, of all runs")
    arguments.add_argument("--passages", type=int, default=PASSAGES, help="of a question")
    arguments.add_argument("--threads", type=int, default=2)
    arguments.add_argument(
        "--start", type=Path, help="a reader to go on from, at half the rate; else the base model"
    )
    arguments.add_argument(
        "--bfloat16", action="store_true", help="multiply in 16 bits, where the processor can"
    )
    arguments.add_argument("--device", default="cpu", help="as torch names it: cpu, cuda")
    chosen = arguments.parse_args()
    from workbench.bench.corpus import corpus_folder, own_questions
    from workbench.bench.reader.data import load
    from workbench.bench.reader.mining import mined
    from workbench.space.embeddings.folder import carried

    chosen.folder.mkdir(parents=True, exist_ok=True)
    own = own_questions()
    found = mined(chosen.folder / "mined.json", load(corpus_folder(), own=own))
    corpus = load(corpus_folder(), found, own)
    print(f"{len(corpus.learned)} questions, {len(corpus.held_out)} held out", flush=True)
    (model, *_) = carried()
    train(
        chosen.folder,
        corpus,
        model.path,
        chosen.questions,
        passages=chosen.passages,
        seconds=chosen.minutes * 60,
        threads=chosen.threads,
        start=chosen.start,
        bfloat16=chosen.bfloat16,
        device=chosen.device,
    )


def train(
    place: Path,
    corpus: Corpus,
    model: Path,
    questions: int,
    *,
    passages: int = PASSAGES,
    seconds: float = float("inf"),
    threads: int = 1,
    start: Path | None = None,
    bfloat16: bool = False,
    device: str = "cpu",
) -> float:
    """Learn until so many questions were seen or so many seconds worked; checkpoints in `place`.

    `model` is the folder of what is begun with. On a graphics card the threads prepare what it
    learns from. The share of the questions held out for which the passage that answers comes first
    at the end.
    """
    import torch

    place.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    torch.manual_seed(_SEED)
    tokenizer = read_tokenizer(model)
    config = json.loads((model / "config.json").read_text(encoding="utf-8"))
    alone = device == "cpu"
    workers, together = (threads, _TOGETHER) if alone else (1, _TOGETHER_ON_CARD)
    prepare = _Preparing(corpus, tokenizer, passages, workers, together)
    began = time.monotonic()
    going = _begin(place, model, start, device)
    judged = _held_out(corpus)
    saved = looked = began
    share = 0.0
    steps = _prepared(prepare, going.seen // _SORTED, 0 if alone else threads)
    while (progress := max(going.seen / questions, going.seconds / seconds)) < 1:
        # By number, so that a training that was broken off goes on with the very next questions.
        for parts in next(steps):
            progress = max(going.seen / questions, going.seconds / seconds)
            _set_rate(going.optimizer, min(progress / _RISE, 1.0) * max(0.0, 1 - progress))
            loss, right = _learn(going, config, parts, bfloat16)
            some = sum(len(part.answered) for part in parts)
            going.seen += some
            going.smooth = right if not going.smooth else 0.98 * going.smooth + 0.02 * right
            going.seconds += time.monotonic() - began
            began = time.monotonic()
        print(
            f"{going.seen} questions, {going.seconds:.0f} s, loss {loss:.3f}, "
            f"right of {passages} {going.smooth:.3f}",
            flush=True,
        )
        last = max(going.seen / questions, going.seconds / seconds) >= 1
        if last or (began - looked > _LOOK and progress > _FIRST_LOOK):
            share = _look(going.weights, config, tokenizer, judged)
            looked = time.monotonic()
        if last or began - saved > _SAVE:
            _save(going, place)
            saved = time.monotonic()
        began = time.monotonic()
    steps.close()
    return share


def read_tokenizer(model: Path) -> Any:
    """What cuts pairs into tokens, as many as are learned from."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(_TOKENS)
    return tokenizer


def _prepared(prepare: _Preparing, first: int, processes: int) -> Generator[list[list[_Part]]]:
    """The steps of one stretch of questions after the other, ahead of time in other processes."""
    if not processes:
        for number in count(first):
            yield prepare(number)
        return
    global _preparing
    _preparing = prepare
    with ProcessPoolExecutor(processes, get_context("fork")) as pool:
        ahead: deque[Future[list[list[_Part]]]] = deque()
        try:
            for number in count(first):
                ahead.append(pool.submit(_prepare, number))
                if len(ahead) > 2 * processes:
                    yield ahead.popleft().result()
        finally:
            pool.shutdown(cancel_futures=True)


def _prepare(number: int) -> list[list[_Part]]:
    assert _preparing is not None
    return _preparing(number)


def _begin(place: Path, model: Path, start: Path | None, device: str) -> _Going:
    import torch

    weights = network.go_on_from(model, start) if start else network.start_from(model)
    weights = {name: value.to(device) for name, value in weights.items()}
    share = 0.5 if start else 1.0
    learned = {
        name: value.requires_grad_()
        for name, value in weights.items()
        if not name.startswith(_FIXED)
    }
    heads = [value for name, value in learned.items() if name.startswith(("score", "span"))]
    body = [value for name, value in learned.items() if not name.startswith(("score", "span"))]
    groups = [{"params": body, "top": share * _RATE}, {"params": heads, "top": share * _HEADS_RATE}]
    going = _Going(weights, torch.optim.AdamW(groups, lr=_RATE, weight_decay=0.01))
    if (place / "latest.pt").is_file():
        kept = torch.load(place / "latest.pt", map_location=device)
        with torch.no_grad():
            for name, value in kept["weights"].items():
                weights[name].copy_(value)
        going.optimizer.load_state_dict(kept["optimizer"])
        going.seen, going.seconds = kept["seen"], kept["seconds"]
        print(f"going on after {going.seen} questions", flush=True)
    return going


def _save(going: _Going, place: Path) -> None:
    """Write where it stands, whole or not at all."""
    import torch

    state = {
        "weights": going.weights,
        "optimizer": going.optimizer.state_dict(),
        "seen": going.seen,
        "seconds": going.seconds,
    }
    partial = place / "latest.partial"
    torch.save(state, partial)
    partial.replace(place / "latest.pt")


def _steps(corpus: Corpus, number: int, passages: int) -> list[list[Example]]:
    """The examples of the `number`th stretch of questions, those of like length together."""
    per_pass = max(1, sum(each.times for each in corpus.learned) // _SORTED)
    order = [i for i, each in enumerate(corpus.learned) for _ in range(each.times)]
    random.Random(f"{_SEED} pass {number // per_pass}").shuffle(order)
    first = number % per_pass * _SORTED
    chance = random.Random(f"{_SEED} stretch {number}")
    drawn = [
        varied(corpus, corpus.learned[i], passages, chance) for i in order[first : first + _SORTED]
    ]
    drawn.sort(key=lambda each: max(map(len, each.passages)) + len(each.question))
    steps = [drawn[i : i + _STEP] for i in range(0, len(drawn), _STEP)]
    chance.shuffle(steps)
    return steps


def _held_out(corpus: Corpus) -> list[Example]:
    chance = random.Random(_SEED)
    known: Sequence[Question] = [each for each in corpus.held_out if each.sentence >= 0]
    some = chance.sample(known, min(_JUDGED, len(known)))
    return [example(corpus, each, PASSAGES, chance) for each in some]


def _set_rate(optimizer: Any, share: float) -> None:
    for group in optimizer.param_groups:
        group["lr"] = group["top"] * share


def _learn(
    going: _Going, config: Any, parts: Sequence[_Part], bfloat16: bool
) -> tuple[float, float]:
    """One step: its loss, and the share for which the passage that answers came first."""
    import torch

    learned = [value for group in going.optimizer.param_groups for value in group["params"]]
    some = sum(len(part.answered) for part in parts)
    device = learned[0].device

    def work(part: _Part) -> tuple[Any, Any, Any]:
        # What is on holds in one thread alone.
        with torch.autocast(device.type, torch.bfloat16, enabled=bfloat16):
            loss, right = _loss(going.weights, config, part, device)
        loss = loss * len(part.answered) / some
        return torch.autograd.grad(loss, learned, allow_unused=True), loss.detach(), right

    with ThreadPoolExecutor(len(parts)) as pool:
        done = list(pool.map(work, parts))
    for value, *gradients in zip(learned, *(each[0] for each in done), strict=True):
        known = [each for each in gradients if each is not None]
        value.grad = sum(known[1:], known[0]) if known else None
    torch.nn.utils.clip_grad_norm_(learned, 1.0)
    going.optimizer.step()
    return float(sum(each[1] for each in done)), int(sum(each[2] for each in done)) / some


def _loss(weights: network.Weights, config: Any, part: _Part, device: Any) -> tuple[Any, Any]:
    """The mean loss of questions, and for how many the passage that answers came first.

    A list in which nothing answers counts in the binary loss alone.
    """
    import torch
    from torch.nn import functional

    scores, spans = network.read_sorted(weights, config, part.pairs, device, _DROPOUT)
    scores = scores.float().view(len(part.answered), -1)
    answered = torch.tensor(part.answered, device=device)
    answers = torch.zeros_like(scores)
    answers[:, 0] = answered.to(scores.dtype)
    first = torch.zeros(len(scores), dtype=torch.long, device=device)
    chosen = functional.cross_entropy(scores, first, reduction="none")
    loss = (chosen * answers[:, 0]).mean()
    loss = loss + _BINARY * functional.binary_cross_entropy_with_logits(scores, answers)
    if part.places:
        rows, starts, ends = torch.tensor(part.places, device=device).T
        told = functional.cross_entropy(spans[rows, :, 0].float(), starts)
        told = told + functional.cross_entropy(spans[rows, :, 1].float(), ends)
        # By their share: where one answer is known it counts less than where eight are.
        loss = loss + _SPAN * told * len(part.places) / len(scores)
    # Where nothing answers nothing comes first; right is to say so of all.
    right = torch.where(answered, scores.argmax(1) == 0, (scores < 0).all(1))
    return loss, right.sum()


def _tokens(tokenized: Any, start: int, end: int) -> tuple[int, int] | None:
    """The first and last token of the answer; none where it is not known or cut off."""
    if start < 0:
        return None
    first, last = tokenized.char_to_token(start, 1), tokenized.char_to_token(end - 1, 1)
    return None if first is None or last is None else (first, last)


def _look(
    weights: network.Weights, config: Any, tokenizer: Any, judged: Sequence[Example]
) -> float:
    """Print how the held out go; the share for which the passage that answers comes first."""
    import torch

    first = whole = known = 0
    device = weights["score.weight"].device
    with torch.no_grad():
        for each in judged:
            tokenized = tokenizer.encode_batch([(each.question, p) for p in each.passages])
            scores, spans = network.read(weights, config, network.batch(tokenized).to(device))
            first += int(scores.argmax()) == 0
            place = _tokens(tokenized[0], each.start, each.end)
            if place is not None:
                known += 1
                whole += tuple(spans[0].argmax(0).tolist()) == place
    share = first / len(judged)
    print(
        json.dumps({"held out": len(judged), "first": round(share, 3), "spans": [whole, known]}),
        flush=True,
    )
    return share


if __name__ == "__main__":
    main()
