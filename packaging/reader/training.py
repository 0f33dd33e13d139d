"""Teach the reader: `python -m reader.training FOLDER`, resumed if run again.

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

import numpy as np

from reader import OWN_QUESTIONS, network
from reader.drawing import Corpus, Example, Question, example, varied
from reader.recorded import Recorded

#: Questions that are seen, counted again when seen again: five times all there are.
QUESTIONS = 240_000
#: Passages of a question, questions of a step, tokens of a pair.
PASSAGES, STEP, _TOKENS = 8, 32, 112
#: Highest rates, of what was learned before and of the heads; share of the way until they are met.
_RATE, _HEADS_RATE, _RISE = 1.2e-4, 5e-4, 0.05
#: What stays as it was: the words.
_FIXED = ("embeddings.",)
#: What the binary loss and that of the span count beside the listwise one.
_BINARY, _SPAN = 0.8, 0.5
#: Questions of which like long ones are put into one step, and of the held out that are judged.
_SORTED, _JUDGED = 512, 200
#: Pairs that a processor reads at once, and a graphics card, which reads many as fast as few.
_TOGETHER, _TOGETHER_ON_CARD = 32, 4096
#: Seconds between checkpoints and looks at what was held out; share of the way before the first.
_SAVE, _LOOK, _FIRST_LOOK = 120, 1200, 0.5
#: Of what is drawn, and in which order.
SEED = 7

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

    Of each question whether anything answers, and the first and last token of the answer, -1 where
    they are not known: arrays, or tensors.
    """

    pairs: network.Sorted
    answered: Any
    starts: Any
    ends: Any

    def arrays(self) -> list[Any]:
        """All that it holds."""
        pairs = [
            each
            for some in self.pairs.batches
            for each in (some.ids, some.types, some.mask, some.inside)
        ]
        return [*pairs, self.pairs.order, self.answered, self.starts, self.ends]


@dataclass(frozen=True, slots=True)
class Course:
    """How it learns: so many questions in a step, and the share of the numbers that is left out.

    `rate` is the share of the highest rates. `replayed` is the share of the questions that are not
    recent (Rolnick et al. 2019, https://arxiv.org/abs/1811.11682), None where each comes as often
    as its `times` say. So many `frozen` layers from below stay as they are, for most of what is
    fitted lies in the upper ones (Lee et al. 2019, https://arxiv.org/abs/1911.03090): half of six
    save a third of the work, dropout of nothing another quarter.
    """

    step: int = STEP
    rate: float = 1.0
    dropout: float = 0.1
    replayed: float | None = None
    frozen: int = 0


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
    seed: int
    course: Course

    def __call__(self, number: int) -> list[list[_Part]]:
        return [
            [self._part(part) for first in range(self.parts) if (part := some[first :: self.parts])]
            for some in _steps(self.corpus, number, self.passages, self.seed, self.course)
        ]

    def _part(self, some: Sequence[Example]) -> _Part:
        pairs = [(each.question, passage) for each in some for passage in each.passages]
        tokenized = self.tokenizer.encode_batch(pairs)
        places = np.array(
            [
                _tokens(tokenized[row], each.start, each.end) or (-1, -1)
                for row, each in zip(range(0, len(pairs), self.passages), some, strict=True)
            ]
        )
        answered = np.array([each.answered for each in some])
        sorted_ = network.by_length(tokenized, self.together)
        return _Part(sorted_, answered, *np.ascontiguousarray(places.T))


def _part_of(arrays: Sequence[Any]) -> _Part:
    """What `_Part.arrays` took apart."""
    *pairs, order, answered, starts, ends = arrays
    batches = tuple(network.Batch(*some) for some in zip(*[iter(pairs)] * 4, strict=True))
    return _Part(network.Sorted(batches, order), answered, starts, ends)


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
    arguments.add_argument("--rate", type=float, help="share of the highest rates")
    arguments.add_argument("--step", type=int, default=STEP, help="questions of a step")
    arguments.add_argument("--dropout", type=float, default=0.1, help="share that is left out")
    arguments.add_argument("--frozen", type=int, default=0, help="lowest layers that stay")
    arguments.add_argument(
        "--replayed",
        type=float,
        help="share of what the shipped reader has learned from beside what it has not; else all",
    )
    arguments.add_argument(
        "--bfloat16", action="store_true", help="multiply in 16 bits, where the processor can"
    )
    arguments.add_argument("--device", default="cpu", help="as torch names it: cpu, cuda")
    arguments.add_argument("--seed", type=int, default=SEED, help="of what is drawn, and the order")
    chosen = arguments.parse_args()
    from reader.data import load
    from reader.mining import mined
    from tests.benchmarks.corpus import corpus_folder
    from workbench.space.embeddings.folder import carried

    chosen.folder.mkdir(parents=True, exist_ok=True)
    own = OWN_QUESTIONS
    recent = chosen.replayed is not None
    found = mined(chosen.folder / "mined.json", load(corpus_folder(), own=own, recent=recent))
    corpus = load(corpus_folder(), found, own, recent=recent)
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
        seed=chosen.seed,
        course=Course(
            chosen.step,
            chosen.rate or (0.5 if chosen.start else 1.0),
            chosen.dropout,
            chosen.replayed,
            chosen.frozen,
        ),
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
    seed: int = SEED,
    course: Course = Course(),
) -> float:
    """Learn until so many questions were seen or so many seconds worked; checkpoints in `place`.

    `model` is the folder of what is begun with. On a graphics card the threads prepare what it
    learns from. The share of the questions held out for which the passage that answers comes first
    at the end.
    """
    import torch

    place.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    tokenizer = read_tokenizer(model)
    config = json.loads((model / "config.json").read_text(encoding="utf-8"))
    config["hidden_dropout_prob"] = course.dropout
    alone = device == "cpu"
    workers, together = (threads, _TOGETHER) if alone else (1, _TOGETHER_ON_CARD)
    prepare = _Preparing(corpus, tokenizer, passages, workers, together, seed, course)
    began = time.monotonic()
    going = _begin(place, model, start, device, course)
    judged = _held_out(corpus)
    recorded = None if alone else _learn_on_card(going, config, bfloat16)
    saved = looked = began
    share = 0.0
    steps = _prepared(prepare, going.seen // _SORTED, 0 if alone else threads)
    while (progress := max(going.seen / questions, going.seconds / seconds)) < 1:
        # By number, so that a training that was broken off goes on with the very next questions.
        stretch = next(steps)
        told: Any = 0.0
        before = going.seen
        for parts in stretch:
            progress = max(going.seen / questions, going.seconds / seconds)
            if progress >= 1:
                break
            _set_rate(going.optimizer, min(progress / _RISE, 1.0) * max(0.0, 1 - progress))
            if recorded is None:
                told = told + _learn(going, config, parts, bfloat16)
            else:
                told = told + recorded(parts[0].arrays())
            going.seen += sum(len(part.answered) for part in parts)
            going.seconds += time.monotonic() - began
            began = time.monotonic()
        loss, right = (float(each) for each in told)
        right /= going.seen - before
        going.smooth = right if not going.smooth else 0.7 * going.smooth + 0.3 * right
        print(
            f"{going.seen} questions, {going.seconds:.0f} s, loss {loss / len(stretch):.3f}, "
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


def _begin(place: Path, model: Path, start: Path | None, device: str, course: Course) -> _Going:
    import torch

    weights = network.go_on_from(model, start) if start else network.start_from(model)
    weights = {name: value.to(device) for name, value in weights.items()}
    fixed = (*_FIXED, *(f"encoder.layer.{number}." for number in range(course.frozen)))
    learned = {
        name: value.requires_grad_()
        for name, value in weights.items()
        if not name.startswith(fixed)
    }
    heads = [value for name, value in learned.items() if name.startswith(("score", "span"))]
    body = [value for name, value in learned.items() if not name.startswith(("score", "span"))]
    groups = [
        {"params": some, "top": course.rate * rate, "lr": torch.tensor(rate, device=device)}
        for some, rate in ((body, _RATE), (heads, _HEADS_RATE))
    ]
    card = device != "cpu"
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=card, capturable=card)
    going = _Going(weights, optimizer)
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


def _steps(
    corpus: Corpus, number: int, passages: int, seed: int, course: Course
) -> list[list[Example]]:
    """The examples of the `number`th stretch of questions, those of like length together."""
    chance = random.Random(f"{seed} stretch {number}")
    if course.replayed is None:
        questions = _stretch(corpus.learned, number, _SORTED, seed)
    else:
        known = round(course.replayed * _SORTED)
        questions = [
            *_stretch([each for each in corpus.learned if not each.recent], number, known, seed),
            *_stretch(
                [each for each in corpus.learned if each.recent], number, _SORTED - known, seed
            ),
        ]
    drawn = [varied(corpus, each, passages, chance) for each in questions]
    drawn.sort(key=lambda each: max(map(len, each.passages)) + len(each.question))
    steps = [drawn[i : i + course.step] for i in range(0, len(drawn), course.step)]
    chance.shuffle(steps)
    return steps


def _stretch(some: Sequence[Question], number: int, size: int, seed: int) -> list[Question]:
    """The `number`th so many of questions, in an order that is another in each pass."""
    per_pass = max(1, sum(each.times for each in some) // size)
    order = [each for each in some for _ in range(each.times)]
    random.Random(f"{seed} pass {number // per_pass}").shuffle(order)
    first = number % per_pass * size
    return order[first : first + size]


def _held_out(corpus: Corpus) -> list[Example]:
    chance = random.Random(SEED)
    known: Sequence[Question] = [each for each in corpus.held_out if each.sentence >= 0]
    some = chance.sample(known, min(_JUDGED, len(known)))
    return [example(corpus, each, PASSAGES, chance) for each in some]


def _set_rate(optimizer: Any, share: float) -> None:
    for group in optimizer.param_groups:
        # In place: a recorded step reads it where it lies.
        group["lr"].fill_(group["top"] * share)


def _learn(going: _Going, config: Any, parts: Sequence[_Part], bfloat16: bool) -> Any:
    """One step, a thread for each part: its loss, and for how many what answers came first."""
    import torch

    some = sum(len(part.answered) for part in parts)

    def work(part: _Part) -> tuple[Sequence[Any], Any]:
        tensors = [torch.from_numpy(each) for each in part.arrays()]
        return _gradients(going, config, tensors, some, bfloat16)

    with ThreadPoolExecutor(len(parts)) as pool:
        done = list(pool.map(work, parts))
    _change(going, [gradients for gradients, _ in done])
    return sum(found for _, found in done)


def _learn_on_card(going: _Going, config: Any, bfloat16: bool) -> Recorded:
    """A step as `_learn` does it, of one part, of which all is done on the card."""

    def step(tensors: Sequence[Any]) -> Any:
        some = _part_of(tensors).answered.shape[0]
        gradients, found = _gradients(going, config, tensors, some, bfloat16)
        _change(going, [gradients])
        return found

    return Recorded(step, _learned(going)[0].device)


def _learned(going: _Going) -> list[Any]:
    return [value for group in going.optimizer.param_groups for value in group["params"]]


def _gradients(
    going: _Going, config: Any, tensors: Sequence[Any], some: int, bfloat16: bool
) -> tuple[Sequence[Any], Any]:
    """Those of a part of a step of `some` questions; its loss, and how many are right."""
    import torch

    part = _part_of(tensors)
    # What is on holds in one thread alone.
    with torch.autocast(part.answered.device.type, torch.bfloat16, enabled=bfloat16):
        loss, right = _loss(going.weights, config, part)
    loss = loss * (part.answered.shape[0] / some)
    gradients = torch.autograd.grad(loss, _learned(going), allow_unused=True)
    return gradients, torch.stack([loss.detach(), right.to(loss.dtype)])


def _change(going: _Going, parts: Sequence[Sequence[Any]]) -> None:
    """Let the sum of the parts' gradients change what is learned."""
    import torch

    learned = _learned(going)
    for value, *gradients in zip(learned, *parts, strict=True):
        known = [each for each in gradients if each is not None]
        value.grad = sum(known[1:], known[0]) if known else None
    torch.nn.utils.clip_grad_norm_(learned, 1.0)
    going.optimizer.step()


def _loss(weights: network.Weights, config: Any, part: _Part) -> tuple[Any, Any]:
    """The mean loss of questions, and for how many the passage that answers came first.

    A list in which nothing answers counts in the binary loss alone.
    """
    import torch
    from torch.nn import functional

    scores, spans = network.read_sorted(weights, config, part.pairs, config["hidden_dropout_prob"])
    scores = scores.float().view(part.answered.shape[0], -1)
    answers = torch.zeros_like(scores)
    answers[:, 0] = part.answered.to(scores.dtype)
    first = torch.zeros_like(part.starts)
    chosen = functional.cross_entropy(scores, first, reduction="none")
    loss = (chosen * answers[:, 0]).mean()
    loss = loss + _BINARY * functional.binary_cross_entropy_with_logits(scores, answers)
    of_first = spans.float().view(*scores.shape, *spans.shape[1:])[:, 0]
    for side, places in enumerate((part.starts, part.ends)):
        # By their share: where one answer is known it counts less than where eight are.
        told = functional.cross_entropy(
            of_first[:, :, side], places, ignore_index=-1, reduction="sum"
        )
        loss = loss + _SPAN * told / scores.shape[0]
    # Where nothing answers nothing comes first; right is to say so of all.
    right = torch.where(part.answered, scores.argmax(1) == 0, (scores < 0).all(1))
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
