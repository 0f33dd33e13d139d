"""The rows of the suite `ollama` with a real model: SmolLM2 135M in llama.cpp's own server.

It is so small that it is wrong most of the time, which is what the checks are for. Nonsense is what
it answers to questions on things that were made up, without having read the passages: whatever is
then said to stand there, and is more than the question again, was guessed.
"""

import json
import statistics
import threading
import time
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import islice, product
from pathlib import Path
from tempfile import TemporaryDirectory

from ingest.models import serving
from ingest.models.records import CONTEXT, ChatRequest, Message, Model, Server
from tests.benchmarks import real_models
from tests.benchmarks.rows import Goal, Row, Say, agreed, judged
from tests.benchmarks.written import answer_from, blocks, shown
from workbench import paths
from workbench.library import Library
from workbench.recall.checking.clauses import clauses
from workbench.recall.checking.roles import contains_form
from workbench.recall.writing.language import language_of
from workbench.recall.writing.prompting import Prompt, prompt
from workbench.recall.writing.writing import Draft, SentenceSplitter, compose

GOALS: Mapping[str, Goal] = {
    "first_quotes_real": Goal("ms", 100, False),
    "first_words_over_server_real": Goal("ms", 150, False),
    "nonsense_shown_of_200_real": Goal("count", 0, False),
}
#: What is asked of the sample book.
_ASKED = "Who learned nonsense syllables?"
#: How often first words are timed, how many answers are guessed, and their tokens.
_TIMED, _GUESSES, _TOKENS = 12, 200, 48
#: Seconds after which no answer is begun, and seconds between two words on it.
_SECONDS, _TOLD = 600.0, 30.0
#: From the likeliest words to nearly any.
_TEMPERATURES = (0.0, 0.5, 0.8, 1.0, 1.3, 1.6, 2.0)


def run(say: Say, guesses: int = _GUESSES, seconds: float = _SECONDS) -> list[Row]:
    """Measure every row; where the model is not installed, say so in each.

    Answers by guess are those that are begun within so many seconds: what a slow machine leaves
    out is told in the row.
    """
    weights = real_models.language()
    if weights is None:
        lacking = f"{real_models.LANGUAGE} or {real_models.RUNTIME} is not installed"
        say(f"no real language model was run: {lacking}")
        return agreed([], GOALS, lacking)
    with (
        TemporaryDirectory(prefix="workbench-ollama-") as folder,
        Library.open(Path(folder) / "read.brain") as library,
        real_models.llama(weights) as running,
    ):
        library._core._model_reading.close()
        book = (paths.resources() / "sample" / "the-trace.md").read_text("utf-8")
        library.add_text(book, title="The Trace")
        server = serving.reach(running.address)
        model = serving.model(server, real_models.NAME)
        rows = [
            _words(library, server, model),
            _quotes(library, server, model),
            _nonsense(server, model, say, guesses, seconds),
        ]
        for each in rows:
            say(f"{each.name} {each.value} {each.unit}: {each.input}")
        return rows


def _within(what: str, many: int, seconds: float, say: Say) -> Iterator[int]:
    """Numbers from 0, as long as there are some and time is left, with a word now and then."""
    begun = told = time.monotonic()
    for number in range(many):
        now = time.monotonic()
        if now - begun >= seconds:
            return
        if now - told >= _TOLD:
            told = now
            say(f"{what}: {number} of {many} after {now - begun:.0f} s")
        yield number


def _quotes(library: Library, server: Server, model: Model) -> Row:
    """Milliseconds to the first look at a question, while the model writes something else."""
    over = threading.Event()

    def write() -> None:
        asked = [Message("user", "Tell a long story about a bridge.")]
        while not over.is_set():
            for _ in serving.chat(server, ChatRequest(model, asked, max_tokens=200)):
                if over.is_set():
                    break

    times: list[float] = []
    library.ask(_ASKED)
    writing = threading.Thread(target=write)
    writing.start()
    try:
        for _ in range(_TIMED):
            begun = time.perf_counter()
            assert library.ask(_ASKED, read=False).evidence
            times.append(1000 * (time.perf_counter() - begun))
    finally:
        over.set()
        writing.join()
    note = f"median of {_TIMED} questions to the sample book, slowest {max(times):.0f} ms"
    return judged("first_quotes_real", statistics.median(times), GOALS, note)


def _words(library: Library, server: Server, model: Model) -> Row:
    """Milliseconds from a question to its first words, beyond those of the server asked barely.

    The prompt is one that the server has read before, so that both wait for one token.
    """
    answer = library.ask(_ASKED)
    asked = prompt(answer, (), model.context or CONTEXT)
    ours: list[float] = []
    bare: list[float] = []
    for _ in range(_TIMED + 1):
        bare.append(_bare(server, asked))
        seen: list[float] = []

        def heard(draft: Draft, seen: list[float]) -> None:
            if draft.tail or draft.sentences:
                seen.append(time.perf_counter())

        begun = time.perf_counter()
        pieces = serving.chat(server, ChatRequest(model, asked.messages, max_tokens=8))
        compose(answer, asked, pieces, model.name, on_draft=partial(heard, seen=seen))
        ours.append(1000 * (seen[0] - begun))
    # The first of them read the prompt.
    middle, alone = statistics.median(ours[1:]), statistics.median(bare[1:])
    note = f"median of {_TIMED}, {middle:.0f} ms here and {alone:.0f} ms of the server alone"
    return judged("first_words_over_server_real", middle - alone, GOALS, note)


def _bare(server: Server, asked: Prompt) -> float:
    """Milliseconds until the server's first word, by a client that does nothing else."""
    import httpx

    body = {
        "messages": [{"role": each.role, "content": each.content} for each in asked.messages],
        "stream": True,
        "max_tokens": 8,
        "temperature": 0,
    }
    begun = time.perf_counter()
    url = f"{server.address.url}/v1/chat/completions"
    first = 0.0
    with httpx.stream("POST", url, json=body, timeout=None) as told:
        for line in told.iter_lines():
            if not first and line.startswith("data: {"):
                delta = json.loads(line[6:])["choices"][0]["delta"]
                first = time.perf_counter() - begun if delta.get("content") else 0.0
    return 1000 * first


def _nonsense(server: Server, model: Model, say: Say, guesses: int, seconds: float) -> Row:
    """How many answers by guess have a sentence that is shown as supported."""
    made = [*blocks("a"), *blocks("b")]
    wrong = sentences = asked = 0
    tries = [*islice(product(_TEMPERATURES, made), guesses)]
    for number in _within("guesses", len(tries), seconds, say):
        temperature, block = tries[number]
        question = [Message("user", f"{block.question} Answer in two sentences.")]
        pieces = serving.chat(
            server, ChatRequest(model, question, max_tokens=_TOKENS, temperature=temperature)
        )
        guessed = _cut(serving.complete(pieces).text, block.question)
        asked += 1
        sentences += len(guessed)
        marks = "".join(f"[{n}]" for n in range(1, len(block.texts) + 1))
        reply = " ".join(f"{each} {marks}" for each in guessed)
        told = [each for each, _ in shown(answer_from(block.question, block.texts), reply)]
        told = [each for each in told if _adds(each, block.question)]
        wrong += bool(told)
        for each in told:
            say(f"shown although it was guessed: {block.question} {each}")
    note = f"{asked} answers, {sentences} sentences, each citing every passage"
    return judged("nonsense_shown_of_200_real", wrong, GOALS, note)


def _cut(text: str, question: str) -> list[str]:
    heard = SentenceSplitter(language_of(question))
    return [each.strip() for each in (*heard.feed(text), *heard.end()) if each.strip()]


def _adds(sentence: str, question: str) -> bool:
    """Whether a sentence says more than the question."""
    asked = [word for clause in clauses(question) for word in clause.words]
    return any(
        clause.amounts or any(not contains_form(asked, word) for word in clause.content)
        for clause in clauses(sentence)
    )
